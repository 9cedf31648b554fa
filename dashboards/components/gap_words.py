"""What is missing in a figure, said under it."""

import pandas as pd
import streamlit as st

from dashboards.components import figures
from dashboards.locales import translate as _


def under(rows: pd.DataFrame) -> None:
    """Say which months were not delivered, are too low to be true, or still grow.

    Args:
        rows: Of ``rpt_completeness``, those of the figure.
    """
    if rows.empty:
        return
    for flag, of_flag in rows.groupby("flag", sort=True):
        months = of_flag["month"].drop_duplicates().sort_values()
        if flag == "provisional":
            _provisional(of_flag.iloc[-1], months.iloc[-1])
            continue
        texts = {
            "missing": _(
                "**Niet geleverd: {months}.** Er staat daarom geen nul, en niets wat "
                "die maanden nodig heeft."
            ),
            "missing_code": _(
                "**Waarschijnlijk niet geleverd: {months}.** Van dit delict staat "
                "nergens iets, terwijl het in de omgeving wel voorkomt."
            ),
            "possibly_incomplete": _(
                "**Mogelijk niet compleet: {months}.** Over alle delicten samen staat "
                "er te weinig om waar te zijn; er is geen oordeel over."
            ),
        }
        st.warning(
            texts[str(flag)].format(months=_months(months)),
            icon=":material/event_busy:",
        )


def _provisional(row: pd.Series, month: pd.Timestamp) -> None:
    if pd.isna(row["completeness_estimate"]):
        said = _("{month} is voorlopig: er komen nog aangiften bij.")
        st.caption(said.format(month=figures.month(month).capitalize()))
        return
    st.caption(
        _(
            "{month} is voorlopig: van eerdere maanden was na deze tijd {share} % "
            "binnen. Onder 95 % staat er geen oordeel over de maand, noch over drie "
            "maanden met deze erbij."
        ).format(
            month=figures.month(month).capitalize(),
            share=figures.count(100 * row["completeness_estimate"]),
        )
    )


def _months(months: pd.Series) -> str:
    """Return the months, or the first and the last of many in a row."""
    many = 3
    if len(months) <= many:
        return ", ".join(figures.month(month) for month in months)
    return _("{first} tot en met {last}").format(
        first=figures.month(months.iloc[0]), last=figures.month(months.iloc[-1])
    )

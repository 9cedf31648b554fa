"""The area scan in words and tables."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from dashboards.components import (
    alternatives,
    charts,
    figures,
    month_charts,
    pickers,
    tables,
)
from dashboards.locales import translate as _
from wijkbeeld.measures.expectation import MONTHS_NEEDED

_HIGH_BY_CHANCE = 0.03
"""The part of verdicts that come out high where nothing changed (MEASURES A5)."""


def ranked(month: pd.DataFrame, base: str) -> None:
    """Draw the buurten, highest yearly rate first."""
    frame = pd.DataFrame(
        {
            _("Buurt"): row["buurt_name"],
            _("Deze maand"): figures.count(
                row["crime_count"], is_small=row["is_small"]
            ),
            _("Verwacht"): figures.span(row["expected_lower"], row["expected_upper"]),
            _("Oordeel"): figures.verdict(row["status"]),
            _("3 maanden"): _three_months(row),
            _("12 maanden"): figures.count(row["count_12_months"]),
            base.capitalize(): figures.interval(
                row["rate_per_1000"], row["rate_lower"], row["rate_upper"]
            ),
            _("Jaar ervoor"): figures.change(row),
        }
        for row in month.to_dict("records")
    )
    # A column in which nothing may be shown says nothing.
    shown = frame.loc[:, (frame != figures.UNKNOWN).any()]
    tables.small(
        shown,
        left=[name for name in (_("Buurt"), _("Oordeel")) if name in shown],
        alt=_("Buurten op volgorde van het cijfer over twaalf maanden"),
    )


def _three_months(row: Mapping[str, object]) -> str:
    if pd.isna(row["count_3_months"]):
        return figures.UNKNOWN
    count = figures.count(row["count_3_months"])
    return f"{figures.sign(row['status_3_months'])} {count}"


def to_buurt(address: dict[str, str], buurt: str) -> None:
    """Lead to the page with all that is known of the buurt."""
    st.page_link(
        "app_pages/buurt.py",
        label=_("Alles over {buurt}").format(buurt=figures.plain(buurt)),
        icon=":material/location_on:",
        query_params=address,
    )


def legend() -> None:
    """Explain the signs on the map."""
    st.markdown(
        " · ".join(
            f"**{figures.sign(code)}** {figures.status(code)}" for code in figures.SIGNS
        )
    )
    st.caption(
        _(
            "Grijs op de kaart: geen cijfer bekend of getoond. De kleur is afgevlakt: "
            "hoe minder woningen of inwoners, hoe zwaarder het cijfer van het hele "
            "gebied meetelt, zodat één misdrijf een kleine buurt niet donker maakt."
        )
    )


def no_rates(month: pd.DataFrame, verdict_count: int) -> None:
    """Say why some have no rate, and how many verdicts come out high by chance.

    Args:
        month: One row per buurt, of one offence and month.
        verdict_count: Verdicts of that month over all offences and buurten.
    """
    notes = month.dropna(subset=["rate_note"])
    for note, rows in notes.groupby("rate_note"):
        everywhere = len(rows) == len(month)
        st.caption(
            _("Geen cijfer per 1.000: {buurten} ({reason}).").format(
                buurten=_("alle buurten")
                if everywhere
                else figures.plain(", ".join(rows["buurt_name"])),
                reason=figures.rate_note(note),
            )
        )
    st.caption(
        _(
            "Tussen haakjes: waartussen het cijfer met 95 % zekerheid ligt. Jaar "
            "ervoor: deze twaalf maanden tegen de twaalf daarvoor; bij kleine "
            "aantallen zonder percentage."
        )
    )
    if verdict_count:
        st.caption(
            _(
                "Oordelen over deze maand, van alle delicten en buurten samen: "
                "{count}. Door toeval is ongeveer 3 % daarvan “meer dan verwacht”, "
                "hier {chance}. Eén maand is bijna nooit “minder dan verwacht”: "
                "daarvoor zijn de aantallen te klein."
            ).format(
                count=figures.count(verdict_count),
                chance=figures.decimal(verdict_count * _HIGH_BY_CHANCE),
            )
        )


def one_buurt(
    title: str,
    history: pd.DataFrame,
    breaks: list[date],
    month: pd.Timestamp,
    picker: str,
) -> None:
    """Draw one buurt through time, over what was to be expected.

    A click on a month chooses it.

    Args:
        title: Names of the buurt and the offence.
        history: Its months.
        breaks: Months from which the offence may be counted in another way.
        month: The one that is chosen.
        picker: Key of the widget that holds the month.
    """
    st.header(figures.plain(title), anchor=False)
    if history["crime_count"].isna().all():
        st.info(_("Over deze buurt en dit delict is geen aantal bekend of getoond."))
        return
    st.markdown(_of_month(history, month))
    charts.draw(
        month_charts.counts_with_expectation,
        history,
        breaks,
        month,
        alt=alternatives.counts_with_expectation(history.to_dict("records")),
        what=title,
        rows=history,
        key=f"{picker}-history",
        on_select=lambda: pickers.take_month(f"{picker}-history", picker),
        selection_mode="picked",
    )
    st.caption(
        _(
            "Lijn: aantal per maand. Grijze band: wat te verwachten was. Open punt: "
            "voorlopig of nog niet compleet. Streepje: minder dan vijf. Gestippeld: "
            "onbekend. Ring: de gekozen maand; klik op een punt om een andere te "
            "kiezen."
        )
    )
    _too_short(history, month)
    for broken in breaks:
        st.warning(
            _(
                "Vanaf {month} wordt dit delict mogelijk anders geteld: het aantal "
                "sprong hier en in de omgeving tegelijk. Cijfers van ervoor en erna "
                "zijn niet te vergelijken; een oordeel of verschil over die grens "
                "heen geven we niet."
            ).format(month=figures.month(broken))
        )


def _too_short(history: pd.DataFrame, month: pd.Timestamp) -> None:
    """Say why nothing was expected of a month that has too few before it."""
    of_month = history[history["month"] == month].dropna(subset=["crime_count"])
    if of_month.empty or of_month["expected_lower"].notna().all():
        return
    known = history[history["month"] < month].dropna(subset=["crime_count"])
    count = int(known["source"].isin(of_month["source"]).sum())
    if count < MONTHS_NEEDED:
        st.caption(
            _(
                "Wat in {month} te verwachten was is niet te zeggen: daarvoor zijn "
                "{needed} maanden ervóór nodig uit dezelfde bron, en er zijn er "
                "{count}."
            ).format(
                month=figures.month(month),
                needed=figures.count(MONTHS_NEEDED),
                count=figures.count(count),
            )
        )


def _of_month(history: pd.DataFrame, month: pd.Timestamp) -> str:
    found = history[history["month"] == month]
    if found.empty:
        return _("{month}: niet bekend").format(month=figures.month(month).capitalize())
    row = found.iloc[0]
    count = figures.count(row["crime_count"], is_small=row["is_small"])
    said = f"{figures.month(month).capitalize()}: **{figures.plain(count)}**"
    expected = figures.span(row["expected_lower"], row["expected_upper"])
    if expected != figures.UNKNOWN:
        said += " · " + _("verwacht: {expected}").format(
            expected=figures.plain(expected)
        )
    if row["status"] in figures.SIGNS:
        said += f" · **{figures.verdict(row['status'])}**"
    return said

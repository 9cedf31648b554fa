"""The buurten beside each other, on one axis."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboards.components import (
    alternatives,
    charts,
    downloads,
    figures,
    month_charts,
    pickers,
)
from dashboards.locales import translate as _

Row = Mapping[Hashable, Any]

_WIDTH = 300
_LEAST_AXIS = 4.0
_DRAWN = (
    "month", "at", "label", "words", "crime_count", "expected_lower", "expected_upper",
    "is_out", "is_chosen",
)  # fmt: skip


def draw(
    histories: pd.DataFrame, order: pd.Series, month: pd.Timestamp, page: str
) -> None:
    """Draw one small chart per buurt; a click chooses buurt and month.

    Args:
        histories: The months of every buurt.
        order: Codes of the buurten, as in the table.
        month: The month that is chosen.
        page: What the keys of its pickers begin with.
    """
    st.header(_("Alle buurten, op dezelfde schaal"), anchor=False)
    st.caption(
        _(
            "Lijn: aantal per maand. Grijs: verwacht. Ruit: een maand buiten het "
            "verwachte. Ring: de gekozen maand. Een klik kiest de buurt en de maand; "
            "de lijsten bovenaan doen hetzelfde."
        )
    )
    ends = histories[["crime_count", "expected_upper"]].astype(float).max().max()
    most = _LEAST_AXIS if pd.isna(ends) else max(_LEAST_AXIS, float(ends))
    chart = charts.alike(month_charts.small_multiple, most)
    drawn = month_charts.values_of_small_multiple(histories, month)
    values = charts.written(drawn[list(_DRAWN)])
    parts = histories.groupby("buurt_code", sort=False).indices
    with st.container(horizontal=True, gap="medium"):
        for code in order:
            if code in parts:
                its_values = values.iloc[parts[code]]
                its_months = histories.iloc[parts[code]].to_dict("records")
                _one(chart, its_values, its_months, month, page)
    downloads.offer_figures(histories, _("alle buurten per maand"))


def _one(
    chart: dict[str, object],
    values: pd.DataFrame,
    months: list[Row],
    chosen: pd.Timestamp,
    page: str,
) -> None:
    name, code = months[0]["buurt_name"], months[0]["buurt_code"]
    key = f"{page}-klein-{code}"
    charts.draw_alike(
        chart,
        values,
        alt=f"{name}. {alternatives.counts_with_expectation(months)}",
        heading=_heading(months, chosen),
        key=key,
        on_select=lambda: _choose(key, page, code),
        selection_mode="picked",
        width=_WIDTH,
    )


def _heading(months: list[Row], chosen: pd.Timestamp) -> str:
    name = str(months[0]["buurt_name"])
    for row in months:
        if row["month"] == chosen:
            count = figures.count(row["crime_count"], is_small=row["is_small"])
            return f"{figures.SIGNS.get(row['status'], '')} {name}: {count}".strip()
    return name


def _choose(key: str, page: str, code: str) -> None:
    pickers.take_month(key, f"{page}-maand")
    if st.session_state[key]["selection"].get("picked"):
        st.session_state[f"{page}-buurt"] = code

"""What the watch teams did, per buurt and month."""

import pandas as pd
import streamlit as st

from dashboards.components import (
    alternatives,
    charts,
    figures,
    month_charts,
    pattern_charts,
    tables,
)
from dashboards.locales import translate as _


def of_month(row: dict[str, object], *, is_rounded: bool) -> None:
    """Draw the totals of one month; those of residents are of figures in fives."""
    least = row["is_lower_bound"]
    for place, (title, value) in zip(
        st.columns(3),
        [
            (
                _("Uren op straat"),
                figures.count(row["patrol_hours"], is_lower_bound=least),
            ),
            (_("Buurten met een ronde"), figures.count(row["buurt_count"])),
            (
                _("Signalen"),
                figures.count(
                    row["signal_count"], is_lower_bound=row["has_unknown_signals"]
                ),
            ),
        ],
        strict=True,
    ):
        place.metric(title, value, border=True)
    if is_rounded:
        st.caption(
            _(
                "≥: ten minste. Afgerond op vijf: een 5 staat voor 5 en meer, een 10 "
                "voor 8 signalen of 7,5 uur en meer. Van een tot en met vier rondes in "
                "een buurt staan er geen uren."
            )
        )
        return
    if least:
        st.caption(
            _(
                "≥ bij de uren: ten minste zoveel, want niet van elke ronde zijn ze "
                "bekend."
            )
        )
    if row["has_unknown_signals"]:
        st.caption(
            _(
                "≥ bij de signalen: ten minste zoveel, want niet van elke ronde is het "
                "aantal bekend."
            )
        )


def by_buurt(rows: pd.DataFrame, *, is_rounded: bool) -> None:
    """Draw the buurten beside each other, most hours first."""
    hours = figures.count if is_rounded else figures.decimal
    frame = pd.DataFrame(
        {
            _("Buurt"): row["buurt_name"],
            _("Rondes"): figures.count(
                row["patrol_count"], is_small=row["is_few_patrols"]
            ),
            _("Uren"): hours(row["patrol_hours"], is_lower_bound=row["is_lower_bound"]),
            _("Uren per 1.000 woningen"): figures.decimal(
                row["hours_per_1000_dwellings"], is_lower_bound=row["is_lower_bound"]
            ),
            _("Signalen"): figures.count(
                row["signal_count"], is_small=row["is_few_signals"]
            ),
        }
        for row in rows.to_dict("records")
    )
    tables.small(frame, left=[_("Buurt")], alt=_("Rondes per buurt in deze maand"))
    st.caption(
        _(
            "– betekent: geen ronde gemeld, niet bekend of niet getoond. Een ronde "
            "door twee buurten telt in beide; de uren zijn over de buurten verdeeld."
        )
    )
    if is_rounded:
        st.caption(
            _(
                "Rondes en signalen zijn afgerond op vijf; “\\<5” is één tot en met "
                "vier, om privacy niet precies getoond."
            )
        )


def doubts(counts: dict[str, int]) -> None:
    """Say what a coordinator may want to look at in the lists."""
    words = {
        "overlapping": _("{n} tegelijk met een andere ronde van hetzelfde team"),
        "new_team": _("{n} van een team dat nieuw is in de lijsten"),
        "track_missing": _("{n} waarvan het genoemde spoor niet is geleverd"),
    }
    if counts:
        said = "; ".join(words[name].format(n=n) for name, n in counts.items())
        st.caption(_("Rondes om na te kijken in de lijst: {said}.").format(said=said))


def through_time(months: pd.DataFrame, buurten: pd.DataFrame) -> None:
    """Draw the hours of all buurten together, and of each by itself."""
    st.header(_("Uren per maand"), anchor=False)
    charts.draw(
        month_charts.bars_by_month,
        months,
        "patrol_hours",
        "is_lower_bound",
        alt=alternatives.by_month(months, "patrol_hours", open_flag="is_lower_bound"),
        what=_("Uren per maand, alle buurten samen"),
        rows=months,
    )
    st.caption(_("Open staaf: ten minste zoveel uur."))
    with st.expander(_("Per buurt, maand na maand")):
        charts.draw(
            pattern_charts.heat,
            buurten,
            "buurt_name",
            "hours_per_1000_dwellings",
            _("Uren per 1.000 woningen"),
            alt=alternatives.heat(buurten, "buurt_name", "hours_per_1000_dwellings"),
            what=_("Uren per 1.000 woningen, per buurt en maand"),
            rows=buurten,
        )

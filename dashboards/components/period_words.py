"""Two periods of the reader's choice, side by side."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboards.components import figures, pickers, tables
from dashboards.locales import translate as _
from wijkbeeld.measures import periods

Chosen = tuple[periods.Kind, pd.Timestamp, pd.Timestamp]
_KINDS: list[periods.Kind] = ["twelve", "year", "three"]


def choose(page: str, sources: pd.Series, breaks: list[date]) -> Chosen | None:
    """Let the reader choose a kind of period, a later and an earlier one.

    Args:
        page: What the keys of the pickers begin with.
        sources: Source of the counts by complete month.
        breaks: Months from which may be counted in another way.

    Returns:
        Kind, and last month of the earlier and of the later period; none when there
        is nothing to compare.
    """
    st.header(_("Vergelijk twee perioden"), anchor=False)
    left, middle, right = st.columns(3)
    with left:
        kind = pickers.choice(_("Soort"), f"{page}-soort", _KINDS, _kind)
    ends = periods.latest_ends(kind, sources)
    if not ends:
        st.info(_("Er zijn nog geen twee volledige perioden om te vergelijken."))
        return None

    def name(end: pd.Timestamp) -> str:
        return _period(kind, end)

    with middle:
        latest = pickers.choice(_("Periode"), f"{page}-periode", ends, name)
    earlier = periods.earlier_ends(kind, latest, sources, breaks)
    if earlier.across:
        st.caption(
            _(
                "Perioden tot en met {month} staan er niet bij: daartussen wordt "
                "mogelijk anders geteld, of komt het aantal uit een andere bron."
            ).format(month=figures.month(earlier.across[0]))
        )
    if not earlier.comparable:
        st.info(_("Met deze periode is geen eerdere te vergelijken."))
        return None
    with right:
        first = pickers.choice(
            _("Vergeleken met"), f"{page}-eerder", earlier.comparable, name
        )
    return kind, first, latest


def table(rows: pd.DataFrame, together: pd.DataFrame, chosen: Chosen) -> None:
    """Draw the buurten in two periods, most in the later one first.

    Args:
        rows: What ``compared`` says of each buurt, by name.
        together: The same of all together.
        chosen: Kind and ends of the periods.
    """
    kind, first, latest = chosen
    all_rows = [
        *rows.sort_values("count_now", ascending=False, kind="stable").iterrows(),
        (_("Alle buurten samen"), together.iloc[0]),
    ]
    frame = pd.DataFrame(
        {
            _("Buurt"): str(name),
            _as_heading(kind, first): figures.count(row["count_before"]),
            _as_heading(kind, latest): figures.count(row["count_now"]),
            _("Verschil"): figures.change(
                {
                    "count_12_months_before": row["count_before"],
                    "count_12_months": row["count_now"],
                    "change_ratio": row["change_ratio"],
                    "change_lower": row["change_lower"],
                    "change_upper": row["change_upper"],
                }
            ),
        }
        for name, row in all_rows
    )
    tables.small(frame, left=[_("Buurt")], alt=_("Twee perioden vergeleken"))
    st.caption(
        _(
            "Tussen haakjes: waartussen het verschil met 95 % zekerheid ligt. Loopt "
            "het van min naar plus, dan kan het toeval zijn. Kleine aantallen staan "
            "er als “van … naar …”. Er tellen alleen volledige maanden mee."
        )
    )


def _kind(kind: periods.Kind) -> str:
    return {
        "twelve": _("Twaalf maanden"),
        "year": _("Kalenderjaren"),
        "three": _("Drie maanden"),
    }[kind]


def _as_heading(kind: periods.Kind, end: pd.Timestamp) -> str:
    # Not capitalize(), which takes the capital from a second month in English.
    said = _period(kind, end)
    return f"{said[:1].upper()}{said[1:]}"


def _period(kind: periods.Kind, end: pd.Timestamp) -> str:
    if kind == "year":
        return str(end.year)
    first = periods.first_month(kind, end)
    return _("{first} t/m {last}").format(
        first=figures.month(first), last=figures.month(end)
    )

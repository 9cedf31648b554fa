"""How soon the police are there after a call (MEASURES B10)."""

import numpy as np
import pandas as pd

from wijkbeeld.measures import figure_rows, survival
from wijkbeeld.measures.cases import Cases, Span, at_levels, in_windows
from wijkbeeld.measures.months import YEAR

URGENT = 1
_COMPARED = (1, 2)
WITH, WITHOUT = "with_report", "without_report"
FEWEST = survival.FEWEST[survival.MEDIAN]


def measure(calls: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Return the figures of calls to which a unit was sent.

    Args:
        calls: ``buurt_code``, ``priority``, ``month``, ``minutes`` until somebody was
            there and whether that ``is_within`` the norm (both null when the arrival
            was not registered), ``has_report``: a watch team passed on a signal of it,
            and ``weight``: how many calls are alike.
        span: Months of the calls, and which of them are told.
    """
    known = calls.assign(
        is_within=calls["is_within"].astype("boolean"),
        is_seen=calls["minutes"].notna(),
    )
    urgent = at_levels(
        known[known["priority"] == URGENT],
        {"all": (None, None), "buurt": ("buurt_code", None)},
    )
    rows = in_windows(
        urgent,
        span,
        is_told=lambda window: (
            (window["level"] == "all") | (window["month_count"] == YEAR)
        ),
    )
    both = known[known["priority"].isin(_COMPARED)]
    both = both.assign(
        level="priority", subject=both["priority"].astype(int).astype(str)
    )
    with_or_without = np.where(both["has_report"], WITH, WITHOUT)
    compared = in_windows(both.assign(part=with_or_without), span, (YEAR,))
    together = in_windows(both.assign(part=""), span, (YEAR,))
    return figure_rows.together(
        "calls",
        [
            *figure_rows.each(
                rows,
                lambda each: figure_rows.shares(each, "within_15_share", "is_within"),
                lambda each: figure_rows.share_bounds(
                    each, "within_15_share_bounds", "is_within"
                ),
                lambda each: figure_rows.waits(
                    each, "response_minutes", "minutes", "is_seen"
                ),
            ),
            *figure_rows.each(
                compared,
                lambda each: figure_rows.waits(
                    each, "response_minutes", "minutes", "is_seen"
                ),
            ),
            *figure_rows.each(together, _sooner),
        ],
    )


def _sooner(cases: Cases) -> pd.DataFrame:
    """Return how likely the two kinds of calls differ so much by chance."""
    known = cases.only(cases.rows["is_seen"])
    # In place of whether it ended, since all did, stands of which kind it is.
    found, times = figure_rows.waited(known, "minutes", "has_report")
    chance = survival.log_rank(
        times["group"].to_numpy(np.intp),
        times["time"].to_numpy(float),
        times["seen"].to_numpy(bool),
        times["weight"].to_numpy(float),
        len(found),
    )
    rest = found["base_count"] - found["event_count"]
    is_few = np.minimum(found["event_count"], rest) < FEWEST
    chance = np.where(is_few, np.nan, chance)
    return figure_rows.said(
        cases, found.assign(is_too_few=is_few), "report_p_value",
        (chance, chance, chance), "none", fewest=0,
    )  # fmt: skip

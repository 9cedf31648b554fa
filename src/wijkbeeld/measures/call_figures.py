"""How soon the police are there after a call (MEASURES B10)."""

import numpy as np
import pandas as pd

from wijkbeeld.measures import figure_rows, survival
from wijkbeeld.measures.figure_rows import GROUP
from wijkbeeld.measures.months import YEAR

URGENT, NORM_MINUTES = 1, 15
_COMPARED = (1, 2)
WITH, WITHOUT = "with_report", "without_report"


def measure(calls: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of calls to which a unit was sent.

    Args:
        calls: ``call_id``, ``buurt_code``, ``priority``, ``month``,
            ``response_minutes`` (null when the arrival was not registered) and
            ``has_report``: a watch team passed on a signal of it.
    """
    known = calls.sort_values("call_id", ignore_index=True)
    minutes = known["response_minutes"].astype(float)
    known = known.assign(
        minutes=minutes,
        is_within=(minutes <= NORM_MINUTES).astype("boolean").mask(minutes.isna()),
        is_seen=minutes.notna(),
    )
    urgent = known[known["priority"] == URGENT]
    rows = figure_rows.in_windows(
        figure_rows.at_levels(
            urgent, {"all": (None, None), "buurt": ("buurt_code", None)}
        )
    )
    rows = rows[(rows["level"] == "all") | (rows["month_count"] == YEAR)]
    both = known[known["priority"].isin(_COMPARED)]
    both = both.assign(
        level="priority",
        subject=both["priority"].astype(int).astype(str),
        part=np.where(both["has_report"], WITH, WITHOUT),
    )
    compared = figure_rows.in_windows(both, (YEAR,))
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
                _sooner,
            ),
        ],
    )


def _sooner(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how likely the two kinds of calls differ so much by chance."""
    known = rows.dropna(subset=["minutes"])
    found = []
    for key, group in known.groupby([name for name in GROUP if name != "part"]):
        arms = [
            group.loc[group["part"] == part, "minutes"].to_numpy(float)
            for part in (WITH, WITHOUT)
        ]
        fewest = min(map(len, arms))
        is_few = fewest < survival.FEWEST[survival.MEDIAN]
        chance = np.nan
        if not is_few:
            seen = [np.ones(len(arm), bool) for arm in arms]
            chance = survival.log_rank((arms[0], arms[1]), (seen[0], seen[1]))
        level, subject, month, month_count = key
        found.append(
            {
                "measure": "report_p_value", "level": level, "subject": subject,
                "part": "", "month": month, "month_count": month_count,
                "figure_estimate": chance, "figure_lower": chance,
                "figure_upper": chance, "interval_kind": "none",
                "event_count": len(arms[0]), "base_count": len(group),
                "unknown_count": 0, "is_too_few": is_few,
            }
        )  # fmt: skip
    return pd.DataFrame(found)

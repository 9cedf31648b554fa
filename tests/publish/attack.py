"""An attacker with a solver, who knows the rules and all that was ever published.

He reads public files and nothing else, and shares no code with the audit: each figure
becomes a pair of bounds on a sum of months of buurten, or of what of a month falls in a
part of the week, and every figure that is not shown is minimised and maximised by
itself.
"""

import numpy as np
from dateutil.relativedelta import relativedelta
from scipy.optimize import Bounds, LinearConstraint, milp

MOST = 500
FEWEST_OF_A_CLOCK = 50


def ranges(rows, buurten, wanted=None):
    """Yield, per hidden figure, its row and the least and most that it can have been.

    Args:
        rows: Of ``rpt_public_crimes`` and of what it replaced, one offence of one
            source, as dictionaries.
        buurten: Pairs of a buurt and its wijk.
        wanted: The rows that are attacked; all hidden ones when none are given.
    """
    months = sorted({month for row in rows for month in _months(row)})
    cells = {
        (buurt, month): at
        for at, (buurt, month) in enumerate(
            (buurt, month) for buurt, _ in buurten for month in months
        )
    }
    clocks = [row for row in rows if row["level"] == "clock"]
    parts = {row["area_code"] for row in clocks} - {"all"}
    timed = {month for row in clocks for month in _months(row)}
    for part in sorted(parts | ({"some time"} if clocks else set())):
        for month in sorted(timed):
            cells[part, month] = len(cells)
    known = [row for row in rows if row["reason"] in (None, "small_count", "too_few")]
    ties = [_tie(month, cells, buurten) for month in sorted(timed)]
    said = np.array([*(_sum(row, cells, buurten) for row in known), *ties])
    limits = np.array([*(_limits(row) for row in known), *[(0, np.inf)] * len(ties)])
    is_whole = np.array([place in dict(buurten) for place, _ in cells])
    for row in rows if wanted is None else wanted:
        if row["reason"] in (None, "unknown"):
            continue
        goal = _sum(row, cells, buurten)
        yield (
            row,
            *(
                round(sign * _solve(sign * goal, said, limits, is_whole), 6)
                for sign in (1, -1)
            ),
        )


def _months(row):
    month = row["first_month"]
    while month <= row["last_month"]:
        yield month
        month += relativedelta(months=1)


def _sum(row, cells, buurten):
    inside = np.zeros(len(cells))
    if row["level"] == "clock":
        months = set(_months(row))
        for (place, month), at in cells.items():
            in_part = row["area_code"] in ("all", place)
            inside[at] = in_part and place not in dict(buurten) and month in months
        return inside
    for buurt, wijk in buurten:
        if row["area_code"] in ("team", wijk, buurt):
            inside[[cells[buurt, month] for month in _months(row)]] = 1
    return inside


def _tie(month, cells, buurten):
    """A month has at least as many crimes as there is weight in its clock."""
    inside = np.zeros(len(cells))
    for (place, of_month), at in cells.items():
        if of_month == month:
            inside[at] = 1 if place in dict(buurten) else -1
    return inside


def _limits(row):
    if row["reason"] == "too_few":
        return 0, FEWEST_OF_A_CLOCK - 1
    is_clock = row["level"] == "clock"
    if row["reason"] == "small_count":
        return (0, 5) if is_clock else (1, 4)
    count = row["crime_count"]
    if count == 0:
        return 0, 0
    if is_clock:
        fewest = FEWEST_OF_A_CLOCK if row["area_code"] == "all" else 5
        return max(count - 2.5, fewest), count + 2.5
    return max(count - 2, 5), count + 2


def _solve(goal, said, limits, is_whole):
    answer = milp(
        goal,
        integrality=is_whole.astype(int),
        bounds=Bounds(0, MOST),
        constraints=[LinearConstraint(said, limits[:, 0], limits[:, 1])],
    )
    assert answer.success, "the published figures contradict each other"
    return answer.fun

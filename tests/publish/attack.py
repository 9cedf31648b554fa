"""An attacker with a solver, who knows the rules and all that was ever published.

He reads public files and nothing else, and shares no code with the audit: each figure
becomes a pair of bounds on a sum of months of buurten, and every figure that is not
shown is minimised and maximised by itself.
"""

import numpy as np
from dateutil.relativedelta import relativedelta
from scipy.optimize import Bounds, LinearConstraint, milp

MOST = 500


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
    known = [row for row in rows if row["reason"] in (None, "small_count")]
    said = np.array([_sum(row, cells, buurten) for row in known])
    limits = np.array([_limits(row) for row in known])
    for row in rows if wanted is None else wanted:
        if row["reason"] in (None, "unknown"):
            continue
        goal = _sum(row, cells, buurten)
        yield (
            row,
            *(round(sign * _solve(sign * goal, said, limits)) for sign in (1, -1)),
        )


def _months(row):
    month = row["first_month"]
    while month <= row["last_month"]:
        yield month
        month += relativedelta(months=1)


def _sum(row, cells, buurten):
    inside = np.zeros(len(cells))
    for buurt, wijk in buurten:
        if row["area_code"] in ("team", wijk, buurt):
            inside[[cells[buurt, month] for month in _months(row)]] = 1
    return inside


def _limits(row):
    if row["reason"] == "small_count":
        return 1, 4
    count = row["crime_count"]
    if count == 0:
        return 0, 0
    return max(count - 2, 5), count + 2


def _solve(goal, said, limits):
    answer = milp(
        goal,
        integrality=np.ones(len(goal)),
        bounds=Bounds(0, MOST),
        constraints=[LinearConstraint(said, limits[:, 0], limits[:, 1])],
    )
    assert answer.success, "the published figures contradict each other"
    return answer.fun

"""An attacker with a solver, who knows the rules and all that is published.

Every published figure that is a linear function of cells becomes an equation: the
cells that are shown, totals, and the twelve months in sums, rates and expectations
(the marts of these tests have no season). A hidden cell is 1 to 4, or 0 to 4 in a
month of which no zero is shown, for then zeros may be hidden as well.
"""

import numpy as np
from publish import marts
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from wijkbeeld import reference

BUURTEN = [buurt.buurt_code for buurt in reference.buurten()]
MONTHS = marts.months()
MOST = 4


def ranges(query, offence):
    """Yield, per hidden cell, the least and the most that it can have been."""
    cells = {
        (buurt, month): count
        for buurt, month, count in query(
            "select buurt_code, month, crime_count from marts.rpt_area_scan "
            f"where offence_code = '{offence}'"
        )
    }
    hidden = [key for key, count in cells.items() if count is None]
    with_zeros = {month for (_, month), count in cells.items() if count == 0}
    least = np.array([int(month in with_zeros) for _, month in hidden])
    index = {key: position for position, key in enumerate(hidden)}
    rows, values = [], []
    for keys, value in [*_of_cells(query, offence), *_of_totals(query, offence)]:
        row = np.zeros(len(hidden))
        row[[index[key] for key in keys if key in index]] = 1
        if row.any():
            rows.append(row)
            values.append(value - sum(cells[key] or 0 for key in keys))
    yield from _extremes(np.array(rows), np.array(values), least)


def _of_cells(query, offence):
    for buurt, month, year, rate, expected, homes in query(
        "select buurt_code, month, count_12_months, rate_per_1000, expected_count, "
        "dwelling_count from marts.rpt_area_scan "
        "inner join marts.dim_buurten using (buurt_code) "
        f"where offence_code = '{offence}'"
    ):
        at = MONTHS.index(month)
        window = [(buurt, m) for m in MONTHS[max(at - 11, 0) : at + 1]]
        if year is not None:
            yield window, year
        if rate is not None:
            yield window, round(rate * homes / 1000)
        if expected is not None:
            yield [(buurt, m) for m in MONTHS[at - 12 : at]], round(expected * 12)


def _of_totals(query, offence):
    for month, total, last_year, expected in query(
        "select month, crime_count, count_last_year, expected_count "
        f"from marts.rpt_briefing where offence_code = '{offence}'"
    ):
        at = MONTHS.index(month)
        if total is not None:
            yield _team([month]), total
        if last_year is not None:
            yield _team([MONTHS[at - 12]]), last_year
        if expected is not None:
            yield _team(MONTHS[at - 12 : at]), round(expected * 12)


def _team(months):
    return [(buurt, month) for month in months for buurt in BUURTEN]


def _extremes(rows, values, least):
    if not len(rows):
        yield from ((low, MOST) for low in least)
        return
    # Cells that no equation links do not matter to one another, and cells that
    # stand in the same equations with the same bounds have the same range.
    _, group = connected_components(rows.T @ rows)
    known = {}
    for at in range(len(least)):
        alike = (rows[:, at].tobytes(), int(least[at]))
        if alike not in known:
            near = np.flatnonzero(group == group[at])
            touching = rows[:, near].any(axis=1)
            equal = LinearConstraint(
                rows[np.ix_(touching, near)], values[touching], values[touching]
            )
            bounds = Bounds(least[near], MOST)
            goal = (near == at).astype(float)
            known[alike] = tuple(
                _solve(sign * goal, bounds, equal, near == at) for sign in (1, -1)
            )
        yield known[alike]


def _solve(goal, bounds, equal, here):
    if not equal.A.size:
        return int(bounds.lb[here][0]) if goal.sum() > 0 else MOST
    answer = milp(
        goal, integrality=np.ones(len(goal)), bounds=bounds, constraints=[equal]
    )
    assert answer.success, "the published figures contradict each other"
    return round(answer.x[here][0])

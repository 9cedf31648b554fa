"""What a reader with a solver can find out about counts that are not shown.

Every published figure is a sum of unknown counts and bounds it: a published 10 says
8 to 12, *fewer than 5* says 1 to 4. The weights of a clock are unknown too, and need
not be whole. A figure that is not shown passes when the most
and the least that it can have been lie two or more apart (MEASURES E.5).

Figures that share no unknown count tell nothing of each other, so every linked part
is judged by itself. Within one, two answers of the solver that differ by two prove a
figure safe, and one answer proves many: only what no answer has moved is minimised
and maximised by itself.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from wijkbeeld.language import say

WIDE = 2
"""So far apart must the least and the most of a hidden figure be."""
_ROUNDS = 6
_SEED = 20260101
_GAP = 0.2
_ROOM = 10
_DECIMALS = 6


class ContradictionError(RuntimeError):
    """The published figures cannot all be true; the message says what to do."""


class System(NamedTuple):
    """Published figures over unknown counts, none of them negative."""

    sums: csr_array
    """A row per figure, a column per count; one where the figure counts it, minus one
    where a row subtracts it."""
    least: NDArray[np.float64]
    """What a figure is at least."""
    most: NDArray[np.float64]
    """What a figure is at most; infinite when nothing is said."""
    is_whole: NDArray[np.bool_]
    """Per count whether it is a whole number."""


def ranges(system: System, rows: NDArray[np.int64]) -> list[tuple[float, float]]:
    """Return the least and the most that each of some figures can have been.

    Args:
        system: What is published.
        rows: Which figures.

    Raises:
        ContradictionError: No counts at all fit what is published.
    """
    goals = system.sums[rows].toarray()
    return [
        (
            round(float(goal @ _answer(system, goal)), _DECIMALS),
            round(float(goal @ _answer(system, -goal)), _DECIMALS),
        )
        for goal in goals
    ]


def told(
    system: System,
    truth: NDArray[np.float64],
    hidden: NDArray[np.int64],
    figure_count: int | None = None,
) -> NDArray[np.int64]:
    """Return which of the hidden rows a reader can work out.

    Args:
        system: What is published; the truth fits it.
        truth: The counts, one answer that needs no solver.
        hidden: Rows that are not shown.
        figure_count: Rows from here on are no figures of the cube but what those
            are sums of; such a one may be known to be *none or one*.

    Raises:
        ContradictionError: No counts at all fit what is published.
    """
    may_be_none = hidden >= (
        len(system.least) if figure_count is None else figure_count
    )
    is_open = _not_moved(system, truth, hidden, may_be_none)
    found = np.array(ranges(system, hidden[is_open])).reshape(-1, 2)
    is_told = ~_is_safe(found[:, 0], found[:, 1], may_be_none[is_open])
    return hidden[is_open][is_told]


def _is_safe(
    least: NDArray[np.float64],
    most: NDArray[np.float64],
    may_be_none: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    is_safe: NDArray[np.bool_] = (most - least >= WIDE) | (may_be_none & (least == 0))
    return is_safe


def parts(sums: csr_array) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield the rows and the columns of each part that is linked by nothing else."""
    rows, columns = sums.shape
    links = csr_array(
        (
            np.ones(sums.nnz, dtype=np.int8),
            (sums.tocoo().row, sums.tocoo().col + rows),
        ),
        shape=(rows + columns, rows + columns),
    )
    count, part = connected_components(links, directed=False)
    order = np.argsort(part, kind="stable")
    for members in np.split(order, np.cumsum(np.bincount(part, minlength=count))[:-1]):
        yield members[members < rows], members[members >= rows] - rows


def _not_moved(
    system: System,
    truth: NDArray[np.float64],
    hidden: NDArray[np.int64],
    may_be_none: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Return which hidden rows stay about the same in all answers that were seen."""
    goals = system.sums[hidden]
    least = most = goals @ truth
    draw = np.random.default_rng(_SEED)
    for turn in range(_ROUNDS):
        is_open = ~_is_safe(least, most, may_be_none)
        if not is_open.any():
            break
        # All at once, down and up; then in ever other proportions.
        weights = is_open * (draw.uniform(0.1, 1, len(hidden)) if turn > 1 else 1)
        sign = 1 if turn % 2 == 0 else -1
        value = goals @ _answer(system, sign * (goals.T @ weights), gap=_GAP)
        least, most = np.minimum(least, value), np.maximum(most, value)
    return ~_is_safe(least, most, may_be_none)


def _answer(
    system: System, goal: NDArray[np.float64], gap: float = 0
) -> NDArray[np.float64]:
    """Return counts that fit all figures and for which the goal is least."""
    finite = system.most[np.isfinite(system.most)]
    ceiling = max([*finite, *system.least, 0]) + _ROOM
    answer = milp(
        goal,
        integrality=system.is_whole.astype(int),
        bounds=Bounds(0, ceiling),
        constraints=[LinearConstraint(system.sums, system.least, system.most)],
        options={"mip_rel_gap": gap},
    )
    if answer.x is None:
        raise ContradictionError(
            say(
                "de cijfers voor bewoners spreken elkaar tegen, dus een ervan is fout; "
                "er is niets gepubliceerd. Meld dit als defect ({reason})",
                reason=answer.message,
            )
        )
    counts: NDArray[np.float64] = np.where(
        system.is_whole, np.round(answer.x), answer.x
    )
    return counts

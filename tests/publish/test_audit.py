"""E: what a reader with a solver can find out (MEASURES E, oracle)."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from wijkbeeld.publish import audit

SMALL, NONE_OR_SMALL = (1, 4), (0, 4)
# Bounds of each figure, which counts it is the sum of, and the range of the first ones.
ORACLE = {
    "E-1 S(3), 12, 26 and their total, all exact": (
        [SMALL, (12, 12), (26, 26), (41, 41)],
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]],
        [(3, 3)],
        False,
    ),
    "E-2 the same, rounded": (
        [SMALL, (8, 12), (23, 27), (38, 42)],
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]],
        [(1, 4)],
        True,
    ),
    "E-3 two hidden beside 14, total 20": (
        [SMALL, SMALL, (14, 14), (20, 20)],
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]],
        [(2, 4), (2, 4)],
        True,
    ),
    "E-4 total 16": (
        [SMALL, SMALL, (14, 14), (16, 16)],
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]],
        [(1, 1), (1, 1)],
        False,
    ),
    "E-4 total 22": (
        [SMALL, SMALL, (14, 14), (22, 22)],
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]],
        [(4, 4), (4, 4)],
        False,
    ),
    "E-5 S(4) in two groupings that overlap": (
        [SMALL, (8, 12), (8, 12), (13, 17), (13, 17)],
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0, 1, 1]],
        [(4, 4)],
        False,
    ),
    "E-6 windows of 15 and then 20: the new month, the dropped one": (
        [NONE_OR_SMALL, NONE_OR_SMALL, (13, 17), (18, 22)],
        [[1, 0, 0], [0, 1, 0], [0, 1, 1], [1, 0, 1]],
        [(1, 4), (0, 3)],
        True,
    ),
}


@pytest.mark.parametrize("case", ORACLE)
def test_e_ranges_of_hidden_counts(case):
    limits, sums, expected, passes = ORACLE[case]
    system = audit.System(
        csr_array(np.array(sums, dtype=float)),
        *np.array(limits, dtype=float).T,
        np.ones(3, dtype=bool),
    )
    hidden = np.arange(len(expected))
    assert audit.ranges(system, hidden) == expected

    [truth] = [audit._answer(system, np.zeros(3))]
    assert (len(audit.told(system, truth, hidden)) == 0) is passes


def test_e_figures_that_contradict_each_other_are_an_error():
    system = audit.System(
        csr_array(np.array([[1.0], [1.0]])),
        np.array([1.0, 8]),
        np.array([4.0, 12]),
        np.array([True]),
    )
    with pytest.raises(audit.ContradictionError, match="spreken elkaar tegen"):
        audit.ranges(system, np.array([0]))


def test_what_is_linked_by_no_count_is_judged_apart():
    sums = csr_array(np.array([[1.0, 1, 0], [0, 1, 0], [0, 0, 1]]))
    found = [(sorted(rows), sorted(columns)) for rows, columns in audit.parts(sums)]
    assert sorted(found) == [([0, 1], [0, 1]), ([2], [2])]

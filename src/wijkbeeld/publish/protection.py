"""Withhold further figures until no small count can be worked out (MEASURES E.5).

Which ones: those of a clock, where that helps; else those that share a count with what
is told come first, of these the smallest, and of equals the coarser level. Never by
habit: a figure goes only when the audit fails, and only while taking it away helps.

What was found for a part holds as long as nothing in it changes, so a month's work
solves a month's parts.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, vstack

from wijkbeeld.publish import audit

_COARSE_FIRST = {"clock": 0, "team": 1, "wijk": 2, "buurt": 3}
_LEAST_SHOWN = 5


class Part(NamedTuple):
    """Figures that are linked, and the counts that they are sums of."""

    figures: pd.DataFrame
    """``figure_id``, ``level``, ``crime_count``, ``least``, ``most``, ``is_hidden``,
    ``is_past``, ``was_told``; a past one was published before, and stays known; one
    that was told is published again as it was."""
    sums: csr_array
    truth: NDArray[np.float64]
    is_single: NDArray[np.bool_]
    """Not several counts that stand in the same figures, and are one to a reader."""
    is_whole: NDArray[np.bool_]


class Found(NamedTuple):
    """What goes, and what was found for each part, to be known the next time."""

    withheld: list[int]
    """Figures, by their ``figure_id``."""
    known: dict[str, list[int]]
    """Per part that was judged, which of its figures go, by their place in it."""


def find(
    figures: pd.DataFrame,
    counts: pd.DataFrame,
    members: pd.DataFrame,
    known: Mapping[str, list[int]],
) -> Found:
    """Find which figures are to be withheld as well.

    Args:
        figures: What is published and what was; ``exact`` is the true sum.
        counts: ``exact`` and ``is_whole`` of each count, by its position.
        members: ``row``, ``column`` and ``factor``: which figure counts which count.
        known: What was found before.

    Raises:
        ContradictionError: The figures cannot all be true.
    """
    withheld: list[int] = []
    found: dict[str, list[int]] = {}
    for part in _parts(figures, counts, members):
        going = _going(part, known, found)
        if part.figures["was_told"].iloc[going].any():
            going = _going(_with_what_was_told(part), known, found)
        withheld += part.figures["figure_id"].iloc[going].tolist()
    return Found(withheld, found)


def _going(
    part: Part, known: Mapping[str, list[int]], found: dict[str, list[int]]
) -> list[int]:
    """Return which figures go, by their place, and keep it in ``found``."""
    name = _name(part)
    if name not in found:
        found[name] = known[name] if name in known else _withheld(part)
    return found[name]


def _with_what_was_told(part: Part) -> Part:
    """Return the part with a past figure, which cannot go, beside what was told.

    Where nothing goes that was told, these change nothing: the same figure is there,
    and is taken away by nobody. Without them a part is what it was before its figures
    were first told, so what was found of it then holds.
    """
    told = np.flatnonzero(part.figures["was_told"])
    past = part.figures.iloc[told].assign(is_past=True)
    return part._replace(
        figures=pd.concat([part.figures, past], ignore_index=True),
        sums=vstack([part.sums, part.sums[told]], format="csr"),
    )


def _name(part: Part) -> str:
    """Return a name that changes with anything that the judgement rests on."""
    content = hashlib.sha256(_rules())
    judged = part.figures.drop(columns=["figure_id", "was_told"])
    content.update(judged.to_csv(index=False).encode())
    matrix = (part.sums.indptr, part.sums.indices, part.sums.data)
    for array in (*matrix, part.truth, part.is_single, part.is_whole):
        content.update(array.tobytes())
    return content.hexdigest()


@cache
def _rules() -> bytes:
    return Path(__file__).read_bytes() + Path(audit.__file__).read_bytes()


def _parts(
    figures: pd.DataFrame, counts: pd.DataFrame, members: pd.DataFrame
) -> Iterator[Part]:
    sums = csr_array(
        (members["factor"], (members["row"], members["column"])),
        shape=(len(figures), len(counts)),
    )
    truth = counts["exact"].to_numpy(dtype=float)
    is_whole = counts["is_whole"].to_numpy(dtype=bool)
    # What was published of counts that were corrected since says nothing of these.
    is_true = figures["exact"].between(figures["least"], figures["most"]).to_numpy()
    known_zero = (sums[is_true & (figures["most"] == 0).to_numpy()].sum(axis=0)) > 0
    is_open = is_true & (figures["most"] > 0).to_numpy()
    columns, rows = np.flatnonzero(~known_zero), np.flatnonzero(is_open)
    sums = sums[rows][:, columns]
    for inside, over in audit.parts(sums):
        if len(inside):
            merged, of = _merged(sums[inside][:, over], is_whole[columns[over]])
            yield Part(
                figures.iloc[rows[inside]].reset_index(drop=True),
                merged,
                np.bincount(of, truth[columns[over]]).astype(float),
                np.bincount(of) == 1,
                np.bincount(of, is_whole[columns[over]]) > 0,
            )


def _merged(
    sums: csr_array, is_whole: NDArray[np.bool_]
) -> tuple[csr_array, NDArray[np.int64]]:
    """Return the sums with counts that stand in the same figures as one.

    Any of these may be none, if another has it all. Beside it, of which one each count
    is a part.
    """
    by_count = sums.tocsc()
    by_count.sort_indices()
    figures_of = np.split(by_count.indices, by_count.indptr[1:-1])
    _, first, of = np.unique(
        np.array(
            [
                rows.tobytes() + bytes([bool(whole)])
                for rows, whole in zip(figures_of, is_whole, strict=True)
            ],
            dtype=object,
        ),
        return_index=True,
        return_inverse=True,
    )
    return sums[:, first], of


def _withheld(part: Part) -> list[int]:
    figures = part.figures.copy()
    taken: list[int] = []
    beyond: set[int] = set()
    while told := [row for row in _told(part, figures) if row not in beyond]:
        taking = _cheapest(part, figures, told[0])
        if not taking:
            # What was published before tells it; nothing of today can mend that.
            beyond.add(told[0])
            continue
        taken += taking
        figures.loc[taking, ["least", "most", "is_hidden"]] = [0, np.inf, True]
    return taken


def _system(part: Part, figures: pd.DataFrame) -> audit.System:
    """Return the figures, and below them each count, of which nothing is said."""
    size = len(part.truth)
    return audit.System(
        vstack([part.sums, eye_array(size)], format="csr"),
        np.concatenate([figures["least"].to_numpy(float), np.zeros(size)]),
        np.concatenate([figures["most"].to_numpy(float), np.full(size, np.inf)]),
        part.is_whole,
    )


def _told(part: Part, figures: pd.DataFrame) -> list[int]:
    hidden = np.flatnonzero(figures["is_hidden"] & ~figures["is_past"])
    is_small = (part.truth > 0) & (part.truth < _LEAST_SHOWN)
    small = np.flatnonzero(is_small & part.is_single)
    rows = np.concatenate([hidden, len(figures) + small]).astype(np.int64)
    told = audit.told(_system(part, figures), part.truth, rows, len(figures))
    return [int(row) for row in told]


def _cheapest(part: Part, figures: pd.DataFrame, told: int) -> list[int]:
    """Return what goes: what helps by itself, else the first that could.

    A clock is worth less than the figure of a month, so before any of these it is
    tried whether all that is told of one tells it.
    """
    clock = figures.index[_can_go(figures) & figures["level"].eq("clock")].tolist()
    order = [[row] for row in _in_order(part, figures, told)]
    for rows in [clock, *order] if clock else order:
        without = figures.copy()
        without.loc[rows, ["least", "most"]] = [0, np.inf]
        system = _system(part, without)
        [(least, most)] = audit.ranges(system, np.array([told]))
        if most - least >= audit.WIDE:
            return rows
    return order[0] if order else clock


def _can_go(figures: pd.DataFrame) -> pd.Series:
    return ~figures["is_past"] & np.isfinite(figures["most"])


def _in_order(part: Part, figures: pd.DataFrame, told: int) -> list[int]:
    system = _system(part, figures)
    touched = (part.sums @ system.sums[[told]].T).toarray()[:, 0] > 0
    can_go = figures[_can_go(figures)]
    # Far ones can help, but without all near ones nothing is said of it any more.
    near = can_go[touched[can_go.index]]
    order = (can_go if near.empty else near).assign(
        # A figure that is hidden already goes last: then it says not even "small".
        is_small=lambda rows: rows["is_hidden"],
        coarse=lambda rows: rows["level"].map(_COARSE_FIRST),
    )
    by = ["is_small", "crime_count", "coarse"]
    return [int(row) for row in order.sort_values(by, kind="stable").index]

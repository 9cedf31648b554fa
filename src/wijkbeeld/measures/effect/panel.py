"""Starts at different moments: a panel of areas and months (MEASURES C4, C5).

The effects of area and month are fitted on what was not treated yet, and say what the
treated months would have had. Plain two-way fixed effects would use areas that are
treated already as a comparison, and pull a growing effect to nothing.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from wijkbeeld.measures.effect.randomisation import SEED, probability
from wijkbeeld.measures.months import Floats

Flags = npt.NDArray[np.bool_]
Starts = npt.NDArray[np.int64]
NEVER = 10_000
"""The start of an area that never starts; later than any month."""
_TURNS, _CLOSE = 500, 1e-10
BIN = 3
BINS = tuple(range(-12, 12, BIN))
"""First months of the bins of an event study, since the start."""
GRID = np.exp(np.linspace(np.log(0.1), np.log(4.0), 75))
"""Ratios that are tried for an interval."""


class Panel(NamedTuple):
    """What is to be looked at."""

    counts: Floats
    """Of shape (…, areas, months); null where nothing complete was reported."""
    starts: Starts
    """Per area the month of its start, of shape (…, areas); NEVER without one."""
    left_out: Flags | None = None
    """Cells that are no comparison and not treated, as those of neighbours."""
    first: int = 1
    """The first month that counts: that of the start is neither before nor after."""
    until: int = 36
    """So many months after a start still count."""


class Imputed(NamedTuple):
    """What the treated months had, and would have had."""

    expected: Floats
    """Without the start, for every cell; null where that cannot be told."""
    treated: Flags
    """Treated cells that can be imputed."""
    dropped: Floats
    """Treated cells of months in which nobody is left to compare with."""
    log_ratio: Floats
    avoided: Floats
    statistic: Floats
    """Log of the ratio in Poisson errors, for comparing draws."""


def impute(panel: Panel) -> Imputed:
    """Fit areas and months on untreated cells, and impute the treated ones."""
    months = np.arange(panel.counts.shape[-1])
    since = months - panel.starts[..., None]
    known = ~np.isnan(panel.counts)
    if panel.left_out is not None:
        known = known & ~panel.left_out
    wanted = known & (since >= panel.first) & (since <= panel.until)
    expected = fitted(np.nan_to_num(panel.counts), known & (since < 0))
    treated = wanted & ~np.isnan(expected)
    seen = np.where(treated, panel.counts, 0).sum(axis=(-2, -1))
    without = np.where(treated, expected, 0).sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        log_ratio = np.where(seen > 0, np.log(seen / without), np.nan)
        statistic = log_ratio / np.sqrt(1 / seen + 1 / without)
    return Imputed(
        expected, treated, (wanted & ~treated).sum(axis=(-2, -1)).astype(float),
        log_ratio, without - seen, statistic,
    )  # fmt: skip


def fitted(counts: Floats, untreated: Flags) -> Floats:
    """Return what a Poisson regression on area and month expects of every cell.

    The maximum of its likelihood, found by scaling areas and months in turn. Null
    where an area or a month has no untreated cell, or nothing in it.
    """
    shape = np.broadcast_shapes(untreated.shape, counts.shape)
    weight = np.broadcast_to(untreated, shape).astype(float)
    of_area = (counts * weight).sum(axis=-1)
    of_month = (counts * weight).sum(axis=-2)
    month = np.ones(of_month.shape)
    area = np.ones(of_area.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(_TURNS):
            before = area
            area = of_area / np.matmul(weight, month[..., None])[..., 0]
            area = np.where(np.isfinite(area), area, 0)
            month = of_month / np.matmul(area[..., None, :], weight)[..., 0, :]
            month = np.where(np.isfinite(month), month, 0)
            if np.allclose(area, before, rtol=_CLOSE, atol=0):
                break
    expected = area[..., :, None] * month[..., None, :]
    areas, months = (area > 0)[..., :, None], weight.max(axis=-2)[..., None, :] > 0
    return np.where(areas & months, expected, np.nan)


def events(panel: Panel, found: Imputed) -> Floats:
    """Return the log ratio by months since the start, in bins of three.

    Bins before the start are set beside what area and month lead one to expect.
    """
    since = np.arange(panel.counts.shape[-1]) - panel.starts[..., None]
    usable = ~np.isnan(panel.counts) & ~np.isnan(found.expected)
    if panel.left_out is not None:
        usable = usable & ~panel.left_out
    ratios = []
    for first in BINS:
        # After the start the months 1 to 3 are the first bin.
        first_since = first + 1 if first >= 0 else first
        within = usable & (since >= first_since) & (since < first_since + BIN)
        seen = np.where(within, panel.counts, 0).sum(axis=(-2, -1))
        without = np.where(within, found.expected, 0).sum(axis=(-2, -1))
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios.append(np.where(seen > 0, np.log(seen / without), np.nan))
    return np.stack(ratios, axis=-1)


def drawn_starts(starts: Starts, draws: int, seed: int = SEED) -> Starts:
    """Return the starts given to other areas, of shape (draws, areas)."""
    random = np.random.default_rng(seed)
    order = random.random((draws, len(starts))).argsort(axis=1)
    return np.asarray(starts[order])


def drawn(panel: Panel, starts: Starts, ratio: float = 1.0) -> tuple[Floats, Floats]:
    """Return the statistic as it was and for each draw, if the ratio were the truth.

    What was treated is first given back what the ratio took, so that under it all
    areas are alike whoever started when.
    """
    restored = restore(panel, ratio)
    observed = impute(restored).statistic
    # A draw is a panel of its own; the counts are those of all.
    others = restored._replace(
        counts=restored.counts[..., None, :, :], starts=starts, left_out=None
    )
    return observed, impute(others).statistic


def restore(panel: Panel, ratio: float) -> Panel:
    """Return the panel as it would be without an effect of so much."""
    since = np.arange(panel.counts.shape[-1]) - panel.starts[..., None]
    return panel._replace(
        counts=np.where(since >= panel.first, panel.counts / ratio, panel.counts)
    )


def tried(panel: Panel, draws: Starts, ratio: float) -> float:
    """Return the probability of what was seen if the ratio were the truth."""
    observed, others = drawn(panel, draws, ratio)
    return float(probability(observed, others, is_all=False))


def ratio_interval(
    panel: Panel, draws: Starts, level: float = 0.05
) -> tuple[float, float]:
    """Return the lowest and highest ratio of a grid that are not rejected.

    The ends are looked for by halving on either side of the estimate: a ratio further
    away is never likelier. Null when even the end of the grid is not rejected.
    """
    estimate = float(np.exp(impute(panel).log_ratio))
    if not np.isfinite(estimate):
        return float("nan"), float("nan")
    at = int(np.clip(np.searchsorted(GRID, estimate), 1, len(GRID) - 2))
    return (
        _end(panel, draws, level, at, 0),
        _end(panel, draws, level, at, len(GRID) - 1),
    )


def _end(panel: Panel, draws: Starts, level: float, near: int, far: int) -> float:
    if tried(panel, draws, float(GRID[far])) > level:
        return float("nan")
    while abs(far - near) > 1:
        middle = (far + near) // 2
        if tried(panel, draws, float(GRID[middle])) > level:
            near = middle
        else:
            far = middle
    # The last that is not rejected.
    return float(GRID[near])

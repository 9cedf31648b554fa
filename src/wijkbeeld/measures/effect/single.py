"""One area: interrupted time series and synthetic control (MEASURES C6)."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from wijkbeeld.measures.change import TAIL
from wijkbeeld.measures.months import YEAR, Floats

FEWEST_BEFORE, FEWEST_AFTER = 24, 6
FEWEST_DONORS, MOST_DONORS = 40, 120
WORST_FIT = 0.35
BETWEEN = 3
"""Months that are summed, so that single burglaries are not what is fitted."""
_LAGS = 3
_SUM_TO_ONE = 1e4


class Series(NamedTuple):
    """An interrupted time series as it was fitted."""

    coefficients: Floats
    """Level, slope, step, slope since, and the season as cosine and sine."""
    ratio: float
    lower: float
    upper: float
    avoided: float
    probability: float


class Synthetic(NamedTuple):
    """An area beside the mixture of others that was most like it."""

    weights: Floats
    fit: float
    """Root of the mean squared error before the start, as a share of the mean."""
    ratio: float
    lower: float
    upper: float
    probability: float
    """Rank of how much worse the mixture fits since, among the same for donors."""
    donor_count: int


def interrupted(
    counts: Floats, start: int, compared: Floats | None = None, skipped: int = 0
) -> Series:
    """Fit a Poisson regression with a step and a bend at the start.

    Args:
        counts: Counts per month of one area, without a gap.
        start: The first month that counts as after.
        compared: Counts of its comparison, which the area is measured by.
        skipped: Months right before ``start`` that are left out.
    """
    # Loading it takes seconds; most builds have nothing to fit.
    from statsmodels.genmod.families import Poisson  # noqa: PLC0415
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415

    at = np.arange(len(counts), dtype=float)
    kept = (at < start - skipped) | (at >= start)
    post = (at >= start).astype(float)
    design = np.column_stack(
        [
            np.ones(len(at)), at, post, (at - start) * post,
            np.cos(2 * np.pi * at / YEAR), np.sin(2 * np.pi * at / YEAR),
        ]
    )  # fmt: skip
    offset = np.zeros(len(at)) if compared is None else np.log(compared + 0.5)
    fit = GLM(counts[kept], design[kept], family=Poisson(), offset=offset[kept]).fit(
        cov_type="HAC", cov_kwds={"maxlags": _LAGS}
    )
    found, spread = np.asarray(fit.params), np.asarray(fit.cov_params())
    after = at >= start
    neutral = design.copy()
    neutral[:, 2:4] = 0
    without = np.exp(offset + neutral @ found)[after]
    change = np.exp(design[after][:, 2:4] @ found[2:4])
    ratio = float((without * change).sum() / without.sum())
    # How the log of the ratio moves with step and bend.
    slope = np.zeros(len(found))
    share = without * change / (without * change).sum()
    slope[2:4] = share @ design[after][:, 2:4]
    error = float(np.sqrt(slope @ spread @ slope))
    width = stats.norm.ppf(1 - TAIL) * error
    chance = 2 * stats.norm.sf(abs(np.log(ratio)) / error) if error > 0 else np.nan
    return Series(
        found, ratio, float(ratio * np.exp(-width)), float(ratio * np.exp(width)),
        float(without.sum() - (without * change).sum()), float(chance),
    )  # fmt: skip


def mixture(treated: Floats, donors: Floats) -> Floats:
    """Return weights of donors, none below 0 and 1 together, that come closest.

    Args:
        treated: Sums before the start.
        donors: The same of each donor, of shape (donors, sums).
    """
    scale = max(float(np.abs(treated).mean()), 1e-9)
    # That the weights are 1 together is one more sum to meet, and the heaviest.
    matrix = np.vstack([donors.T / scale, np.full(len(donors), _SUM_TO_ONE)])
    wanted = np.append(treated / scale, _SUM_TO_ONE)
    weights, _ = optimize.nnls(matrix, wanted)
    return np.asarray(weights / weights.sum())


def synthetic(treated: Floats, donors: Floats, before: int, after: int) -> Synthetic:
    """Set an area beside a mixture of donors, and each donor beside one of the others.

    Args:
        treated: Counts per month, without a gap; the months between are left out.
        donors: The same of areas outside the programme, of shape (donors, months).
        before: So many months at the beginning are before the start.
        after: So many at the end are after it.
    """
    mean = treated[:before].mean()
    levels = donors[:, :before].mean(axis=1)
    near = np.argsort(np.abs(levels - mean), kind="stable")[:MOST_DONORS]
    donors = donors[np.sort(near)]
    weights, fit, log_ratio, worse = _beside(treated, donors, before, after)
    others = [
        _beside(donor, np.delete(donors, at, axis=0), before, after)
        for at, donor in enumerate(donors)
        if len(donors) > 1
    ]
    logs = np.array([other[2] for other in others])
    ranks = np.array([other[3] for other in others])
    logs, ranks = logs[np.isfinite(logs)], ranks[np.isfinite(ranks)]
    is_enough = len(ranks) >= FEWEST_DONORS
    low, high = np.quantile(logs, [TAIL, 1 - TAIL]) if is_enough else (np.nan, np.nan)
    chance = (1 + (ranks >= worse).sum()) / (1 + len(ranks)) if is_enough else np.nan
    return Synthetic(
        weights, fit, float(np.exp(log_ratio)), float(np.exp(log_ratio - high)),
        float(np.exp(log_ratio - low)), float(chance), len(donors),
    )  # fmt: skip


def _beside(
    area: Floats, donors: Floats, before: int, after: int
) -> tuple[Floats, float, float, float]:
    earlier = _sums(area[:before]), _sums(donors[:, :before])
    later = _sums(area[-after:]), _sums(donors[:, -after:])
    weights = mixture(*earlier)
    error_before = _root(earlier[0] - weights @ earlier[1])
    error_after = _root(later[0] - weights @ later[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        log_ratio = np.log(later[0].sum() / (weights @ later[1]).sum())
        fit = error_before / earlier[0].mean()
        worse = error_after / max(error_before, 1e-9)
    return weights, float(fit), float(log_ratio), float(worse)


def _sums(counts: npt.NDArray[np.float64]) -> Floats:
    whole = counts.shape[-1] // BETWEEN * BETWEEN
    kept = counts[..., counts.shape[-1] - whole :]
    return np.asarray(kept.reshape(*kept.shape[:-1], -1, BETWEEN).sum(axis=-1))


def _root(errors: Floats) -> float:
    return float(np.sqrt(np.mean(np.square(errors))))

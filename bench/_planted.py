"""Districts in which the effect is known, many at a time (MEASURES C10)."""

from typing import NamedTuple

import numpy as np

from wijkbeeld.measures.effect.panel import NEVER

MEANS = np.array(
    [0.18, 1.84, 1.20, 0.66, 2.28, 0.04, 6.65, 1.47, 0.40, 4.19, 0.90, 0.40, 0.99]
)
"""Burglaries a month in the thirteen buurten of Loosduinen, 21.2 together."""
AREAS = len(MEANS)
SEASON, TREND, SHOCK, SPREAD, DRIFT = 0.3, -0.10, 0.15, 0.19, 0.03


class Arm(NamedTuple):
    """What is planted."""

    name: str
    effect: float = 0.0
    treated: int = 6
    spread: float = SPREAD
    """``a`` of NB2; 0 is pure Poisson."""
    drift: float = 0.0
    zone: int = 0
    """Areas around the treated ones."""
    moved: float = 0.0
    """Share of what is prevented that goes to the zone."""
    reporting: float = 1.0
    """How much more of it is reported in the treated areas."""
    months: int = 25
    is_staggered: bool = False


class Districts(NamedTuple):
    """Counts of many districts, and what is true of them."""

    counts: np.ndarray
    """Of shape (districts, areas, months)."""
    expected: np.ndarray
    """Without effect, drift and noise."""
    treated: np.ndarray
    """1 for treated areas, of shape (districts, areas)."""
    zone: np.ndarray
    starts: np.ndarray
    """Month of the start per area, of shape (districts, areas)."""


def districts(arm: Arm, count: int, seed: int) -> Districts:
    random = np.random.default_rng(seed)
    order = random.random((count, AREAS)).argsort(axis=1).argsort(axis=1)
    treated = order < arm.treated
    zone = (order >= arm.treated) & (order < arm.treated + arm.zone)
    month = np.arange(arm.months)
    shape = (count, AREAS, arm.months)
    common = (
        1
        + SEASON * np.cos(2 * np.pi * (month + random.integers(0, 12, (count, 1))) / 12)
    ) * np.exp(
        np.log1p(TREND) * month / 12 + random.normal(0, SHOCK, (count, arm.months))
    )
    expected = MEANS[None, :, None] * common[:, None, :]
    starts = np.where(treated, _starts(arm, random, count), NEVER)
    since = month - starts[:, :, None]
    happened = np.where(since > 0, 1 - arm.effect, 1.0) * expected
    prevented = np.where(since > 0, arm.effect * expected, 0).sum(axis=1, keepdims=True)
    share = np.where(zone, MEANS, 0) / np.maximum(
        np.where(zone, MEANS, 0).sum(axis=1, keepdims=True), 1e-9
    )
    happened = happened + arm.moved * share[:, :, None] * prevented
    happened *= np.where(since > 0, arm.reporting, 1.0)
    if arm.drift:
        steps = random.normal(0, arm.drift, shape)
        happened = happened * np.exp(steps.cumsum(axis=2))
    if arm.spread:
        happened = happened * random.gamma(1 / arm.spread, arm.spread, shape)
    counts = random.poisson(happened).astype(float)
    return Districts(
        counts, expected, treated.astype(float), zone.astype(float), starts
    )


def _starts(arm: Arm, random: np.random.Generator, count: int) -> np.ndarray:
    middle = arm.months // 2
    if not arm.is_staggered:
        return np.full((count, AREAS), middle)
    return random.integers(middle - 9, middle + 4, (count, AREAS))

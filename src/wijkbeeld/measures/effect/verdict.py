"""What may be said of a start, in four words and no others (MEASURES C8)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wijkbeeld.measures.months import Floats

WORKS = "works"
NO_SIGN = "no sign that it works"
TOO_FEW = "too few to say"
WORSE = "made worse"

LEVEL = 0.05
FEWEST_EACH, FEWEST_TREATED, FEWEST_AREAS = 10, 20, 4


class Evidence(NamedTuple):
    """What a verdict is made of; an effect below ``nothing`` is fewer offences."""

    lower: float
    upper: float
    probability: float
    """Of the family: the larger of interval and randomisation, after Holm."""
    least_effect: float
    goal_effect: float
    nothing: float = 0.0
    """0 for a difference, 1 for a ratio."""
    is_reporting_sensitive: bool = False
    missing: str | None = None
    """Why nothing can be said, whatever the figures."""


def holm(probabilities: Sequence[float]) -> Floats:
    """Return probabilities that allow for how many there are (Holm 1979).

    Null is of a test that could not be made; it was still looked for, and counts.
    """
    given = np.asarray(probabilities, float)
    filled = np.where(np.isnan(given), 1.0, given)
    order = np.argsort(filled, kind="stable")
    steps = filled[order] * np.arange(len(filled), 0, -1)
    adjusted = np.empty(len(filled))
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return np.where(np.isnan(given), np.nan, adjusted)


def verdict(found: Evidence) -> tuple[str, str | None]:
    """Return the verdict, and why it is no more than that."""
    if found.missing:
        return TOO_FEW, found.missing
    if np.isnan([found.lower, found.upper, found.probability]).any():
        return TOO_FEW, "no_interval"
    if found.upper < found.nothing or found.lower > found.nothing:
        return _outside(found)
    if found.least_effect <= found.goal_effect:
        return NO_SIGN, None
    return TOO_FEW, "study_too_small"


def _outside(found: Evidence) -> tuple[str, str | None]:
    if found.probability > LEVEL:
        return TOO_FEW, "chance_not_ruled_out"
    if found.upper < found.nothing:
        return WORKS, None
    if found.is_reporting_sensitive:
        return TOO_FEW, "more_reporting_possible"
    return WORSE, None


def lacking(counts: Sequence[float], areas: int, freedom: float) -> str | None:
    """Tell which minimum of MEASURES 0.4 is not met.

    Args:
        counts: Treated before and after, compared before and after.
        areas: Comparison areas.
        freedom: Degrees of freedom of the noise.
    """
    if areas < FEWEST_AREAS:
        return "few_comparison_areas"
    if np.isnan(counts).any():
        return "missing_months"
    if min(counts) < FEWEST_EACH or counts[0] + counts[1] < FEWEST_TREATED:
        return "few_crimes"
    if freedom < 3:  # noqa: PLR2004 - C0
        return "few_areas_with_crime"
    return None

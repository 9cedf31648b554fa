"""Relative effect size (MEASURES C2), as a ratio: below 1 is fewer offences.

The same as the interaction of a Poisson regression on the four counts.
"""

import numpy as np

from wijkbeeld.measures.effect.displacement import Difference, told
from wijkbeeld.measures.effect.groups import Group, Noise, noise_of
from wijkbeeld.measures.months import Floats


def relative(treated: Group, compared: Group, noise: Noise | None = None) -> Difference:
    """Compare the change of a treated group with that of its comparison.

    Returns:
        The log of the ratio of the two changes, 1/RES; null when one of the counts is
        zero: nothing is added to a published figure.
    """
    counts = [treated.after, treated.before, compared.before, compared.after]
    with np.errstate(divide="ignore", invalid="ignore"):
        after, before, compared_before, compared_after = (
            np.where(count > 0, count, np.nan) for count in counts
        )
        log_ratio = np.log(after * compared_before / (before * compared_after))
        variance = sum(
            1 / each for each in (after, before, compared_before, compared_after)
        )
    found = noise or noise_of(treated, compared)
    return told(log_ratio, np.asarray(variance), found)


def as_ratio(found: Difference) -> tuple[Floats, Floats, Floats]:
    """Return estimate, lower and upper as ratios."""
    return np.exp(found.estimate), np.exp(found.lower), np.exp(found.upper)

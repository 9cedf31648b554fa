"""What could be seen at all, told before the start (MEASURES C7)."""

import numpy as np
import numpy.typing as npt
from scipy import stats

from wijkbeeld.measures.change import TAIL
from wijkbeeld.measures.months import YEAR

POWER = 0.8
NEEDED = float(stats.norm.ppf(1 - TAIL) + stats.norm.ppf(POWER))
_EFFECTS = np.linspace(0.0001, 0.9999, 9999)
_LOGS = -np.log(1 - _EFFECTS)


def least_effect(
    count: float, noise: float, before: float = np.inf, after: float = np.inf
) -> float:
    """Return the smallest reduction that is found with 80 % power.

    Args:
        count: Crimes in the baseline.
        noise: How often the variance of Poisson counts, from before the start.
        before: Crimes of the comparison area in the baseline; without one, endless:
            the effect is then the least that any comparison could show.
        after: Crimes of the comparison area since.

    Returns:
        A share of the baseline; null when not even an end to all crime would be found.
    """
    if not (count > 0 and noise > 0 and before > 0 and after > 0):
        return float("nan")
    is_found = _power(count, noise, before, after) <= 0
    return float(_EFFECTS[is_found.argmax()]) if is_found.any() else float("nan")


def months_needed(effect: float, count: float, noise: float, around: float) -> int:
    """Return how many months before and after show an effect, with 80 % power.

    Args:
        effect: The reduction looked for, a share.
        count: Crimes in twelve months of the baseline.
        noise: How often the variance of Poisson counts.
        around: Crimes of the comparison area in twelve months.

    Returns:
        Whole years of months; 0 when that cannot be told.
    """
    if not (0 < effect < 1 and count > 0 and noise > 0 and around > 0):
        return 0
    parts = 1 / count + 1 / (count * (1 - effect)) + 2 / around
    years = noise * parts * (NEEDED / np.log(1 - effect)) ** 2
    return int(np.ceil(years)) * YEAR


def least_of_interval(lower: float, upper: float) -> float:
    """Return the smallest reduction that an interval so wide shows with 80 % power.

    For designs whose error has no formula: the width is used, not where it lies.

    Args:
        lower: Lower end of a 95 % interval of a ratio.
        upper: Its upper end.

    Returns:
        A share of the baseline; null when an end is.
    """
    error = np.log(upper / lower) / (2 * stats.norm.ppf(1 - TAIL))
    return float(1 - np.exp(-NEEDED * error))


def months_until(effect: float, least: float, months: int) -> int:
    """Return how many months show an effect, when so many show another.

    Args:
        effect: The reduction looked for, a share.
        least: The smallest reduction that is seen now.
        months: Months after the starts that are looked at now.

    Returns:
        Whole years of months; 0 when that cannot be told.
    """
    if not (0 < effect < 1 and 0 < least < 1):
        return 0
    times = (np.log1p(-least) / np.log1p(-effect)) ** 2
    return int(np.ceil(months * times / YEAR)) * YEAR


def _power(
    count: float, noise: float, before: float, after: float
) -> npt.NDArray[np.float64]:
    parts = 1 / count + 1 / (count * (1 - _EFFECTS)) + 1 / before + 1 / after
    return np.asarray(NEEDED * np.sqrt(noise * parts) - _LOGS)

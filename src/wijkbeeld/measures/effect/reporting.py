"""When more is reported, more is registered (MEASURES C9)."""

import math

WELL_REPORTED = frozenset({"1.1.1", "1.2.2", "1.4.2", "1.4.7", "2.5.1"})
"""Insured or too grave to leave: the share that is reported hardly moves."""


def is_sensitive(offence_code: str) -> bool:
    """Tell whether a rise of an offence may be a rise of its reporting.

    That also holds for what the police discover: looking more finds more.
    """
    return offence_code not in WELL_REPORTED


def true_ratio(registered: float, before: float, after: float) -> float:
    """Return the ratio of what happened, from that of what was registered.

    Args:
        registered: Registered offences after, over those before.
        before: Share of offences that was reported before.
        after: Share that was reported after.
    """
    return registered * before / after


def break_even(effect: float, unit: str, count_after: float) -> float:
    """Return the reporting ratio at which an effect would vanish.

    That is the share of offences reported after over that before at which the true
    ratio is 1: the registered ratio itself.

    Args:
        effect: What was found, or an end of its interval; null if it is not known.
        unit: ``ratio`` (registered over expected) or ``offences`` (their difference).
        count_after: Registered after; only for ``offences``.

    Returns:
        The ratio, or null where it is not known: also where as many offences more
        were found as there are, for then none were expected.
    """
    if unit == "ratio":
        return effect
    expected = count_after - effect
    return count_after / expected if expected > 0 else math.nan

"""When more is reported, more is registered (MEASURES C9)."""

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

"""Whether there were patrols when it happens: overlap, targeting, dosage (MEASURES B9).

The week is cut in parts. Where these are not equally long (the day-part clock), a part
counts by its length, so that 1 is still no better than at any time.
"""

import numpy as np

from wijkbeeld.measures.months import Floats

HALF = 0.5
_NEARLY = 1e-9


def overlap(walked: Floats, risk: Floats) -> Floats:
    """Return the share of the two that lies in the same parts, 0 to 1.

    Args:
        walked: Share of the time of patrols per part, along the last axis.
        risk: Share of the offences per part.
    """
    return np.asarray(np.minimum(walked, risk).sum(axis=-1))


def targeting(walked: Floats, risk: Floats, length: Floats | None = None) -> Floats:
    """Return how often the risk of any time there was where patrols were.

    Args:
        walked: Share of the time of patrols per part, along the last axis.
        risk: Share of the offences per part.
        length: Share of the hours of a week per part; equal when left out.
    """
    parts = np.full(risk.shape[-1], 1 / risk.shape[-1]) if length is None else length
    return np.asarray((walked * risk / parts).sum(axis=-1))


def hot_parts(risk: Floats, length: Floats | None = None) -> Floats:
    """Return the fewest hours that hold half of the offences.

    Returns:
        Of each part how much of it belongs to them: 1, or 0.
    """
    parts = np.full(len(risk), 1 / len(risk)) if length is None else length
    # The densest first; of equals the earliest.
    order = np.argsort(-(risk / parts), kind="stable")
    needed = np.searchsorted(risk[order].cumsum(), HALF - _NEARLY) + 1
    is_hot = np.zeros(len(risk))
    is_hot[order[:needed]] = 1
    return is_hot

"""Groups of areas before and after a start, and how unruly their counts are.

Implements the dispersion of MEASURES C0. All functions take many districts and many
draws at once: the areas are the last axis of the counts, and each row of ``members``
makes a group of them.
"""

from typing import NamedTuple

import numpy as np

from wijkbeeld.measures.months import Floats

FEWEST_FREEDOM = 3


class Group(NamedTuple):
    """The areas of a group together."""

    before: Floats
    after: Floats
    unruly: Floats
    """Sum over the areas of how far each leaves the change of its group, squared."""
    known: Floats
    """Areas with any crime; the others say nothing of noise."""


class Noise(NamedTuple):
    """How often the variance of Poisson counts the areas have."""

    phi: Floats
    freedom: Floats
    """Degrees of freedom that it was told from."""


def grouped(before: Floats, after: Floats, members: Floats) -> Group:
    """Add up the areas of groups.

    Args:
        before: Counts of the areas before the start, of shape (…, areas).
        after: Counts after it.
        members: 1 for the areas of the group, of shape (…, areas) or (draws, areas).

    Returns:
        Sums without the axis of areas, and with one of draws where there are draws.
    """
    both = before + after
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = np.where(both > 0, after**2 / both, 0)
        olds, news, odd, known = (
            _summed(values, members)
            for values in (before, after, squares, (both > 0).astype(float))
        )
        share = news / (olds + news)
        unruly = (odd - news * share) / (share * (1 - share))
    # A group without crime on one side does not tell how far its areas differ.
    unruly = np.where((share > 0) & (share < 1), np.maximum(unruly, 0), 0)
    return Group(olds, news, unruly, known)


def noise_of(*groups: Group) -> Noise:
    """Return the noise of some groups together; each has a change of its own."""
    freedom = sum(group.known - (group.known > 0) for group in groups)
    unruly = sum(group.unruly for group in groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = np.where(freedom > 0, np.maximum(1, unruly / freedom), np.nan)
    return Noise(np.asarray(phi), np.asarray(freedom))


def _summed(values: Floats, members: Floats) -> Floats:
    if members.ndim == 1:
        return np.asarray(values @ members)
    if members.shape == values.shape:
        return np.asarray((values * members).sum(axis=-1))
    return np.asarray(values @ members.T)

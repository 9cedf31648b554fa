"""Weighted displacement difference, the default design (MEASURES C1).

After Wheeler & Ratcliffe (2018), with the dispersion and the t of MEASURES C0: with
the textbook error three times too many programmes would work by chance.
"""

from typing import NamedTuple

import numpy as np
from scipy import special

from wijkbeeld.measures.change import TAIL
from wijkbeeld.measures.effect.groups import FEWEST_FREEDOM, Group, Noise, noise_of
from wijkbeeld.measures.months import Floats


class Pair(NamedTuple):
    """A count before and one after, as they go into the difference."""

    sign: int
    """1 for places where something was done, or where crime may have gone; -1 for
    what they are compared with."""
    before: Floats | float
    after: Floats | float
    before_weight: Floats | float = 1.0
    """How many times the treated area and period the count stands for."""
    after_weight: Floats | float = 1.0


class Difference(NamedTuple):
    """A change beside that of the comparison; below 0 is fewer offences."""

    estimate: Floats
    error: Floats
    lower: Floats
    upper: Floats
    probability: Floats
    """Two-sided, of so large a difference by chance."""


def weighted(*pairs: Pair) -> tuple[Floats, Floats]:
    """Return the weighted displacement difference, and its variance for Poisson."""
    estimate, variance = np.zeros(()), np.zeros(())
    with np.errstate(divide="ignore", invalid="ignore"):
        for pair in pairs:
            before, after = np.asarray(pair.before), np.asarray(pair.after)
            estimate = estimate + pair.sign * (
                after / pair.after_weight - before / pair.before_weight
            )
            variance = variance + (
                after / np.square(pair.after_weight)
                + before / np.square(pair.before_weight)
            )
    return np.asarray(estimate), np.asarray(variance)


def difference(treated: Group, compared: Group, *beside: Group) -> Difference:
    """Compare a treated group with a comparison that is made as large.

    Args:
        treated: Where something was done; where the zone around it counts as well,
            both together.
        compared: What it is compared with; its weight makes it as large.
        beside: The groups that noise is told from, if not those two.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = compared.before / treated.before
    estimate, variance = weighted(
        Pair(1, treated.before, treated.after),
        Pair(-1, compared.before, compared.after, weight, weight),
    )
    return told(estimate, variance, noise_of(*(beside or (treated, compared))))


def together(group: Group, other: Group) -> Group:
    """Return two groups as one, each with its own change."""
    return Group(*(mine + theirs for mine, theirs in zip(group, other, strict=True)))


def told(estimate: Floats, variance: Floats, noise: Noise) -> Difference:
    """Give an estimate its 95 % interval; without enough areas it has none."""
    freedom = np.where(noise.freedom >= FEWEST_FREEDOM, noise.freedom, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(noise.phi * variance)
        width = special.stdtrit(freedom, 1 - TAIL) * error
        probability = 2 * special.stdtr(freedom, -np.abs(estimate / error))
    return Difference(
        estimate, error, estimate - width, estimate + width, np.asarray(probability)
    )

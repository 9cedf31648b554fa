"""Where crime went: weighted displacement quotient and net effect (MEASURES C3).

Neither has an interval, so they stand beside the difference of C1 and never alone.
"""

import numpy as np

from wijkbeeld.measures.effect.groups import Group
from wijkbeeld.measures.months import Floats

FEWEST = 10
"""Crimes of the comparison in either period."""


def displaced_share(treated: Group, zone: Group, compared: Group) -> Floats:
    """Return what the zone gained of what the treated area gained (WDQ).

    Above 0 the zone profits as well, between -1 and 0 part of the crime moved there,
    below -1 more moved than was prevented. Null when the treated area did not do
    better than its comparison. Whether that is more than chance, C1 says.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        success = treated.after / compared.after - treated.before / compared.before
        around = zone.after / compared.after - zone.before / compared.before
        return np.where(success < 0, around / success, np.nan)


def net_effect(treated: Group, zone: Group, compared: Group) -> Floats:
    """Return the offences avoided in area and zone together (TNE)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        change = compared.after / compared.before
        avoided = (treated.before * change - treated.after) + (
            zone.before * change - zone.after
        )
    is_enough = (compared.before >= FEWEST) & (compared.after >= FEWEST)
    return np.where(is_enough, avoided, np.nan)

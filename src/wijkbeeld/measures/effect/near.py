"""Which areas lie next to each other."""

from itertools import combinations

import pandas as pd
import shapely

NEAR_M = 50.0
"""Borders that are drawn roughly leave a gap."""


def pairs(shapes: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the areas that touch, each pair once.

    Args:
        shapes: ``buurt_code`` and ``geometry_wkt`` in metres, one row per area.
    """
    known = shapes.dropna(subset=["geometry_wkt"]).sort_values("buurt_code")
    outlines = dict(
        zip(
            known["buurt_code"],
            shapely.from_wkt(known["geometry_wkt"].to_numpy(object)),
            strict=True,
        )
    )
    return [
        (one, other)
        for one, other in combinations(outlines, 2)
        if shapely.distance(outlines[one], outlines[other]) <= NEAR_M
    ]

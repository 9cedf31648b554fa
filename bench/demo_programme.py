"""How often the programme that is planted in the demo is found, over many demos.

A demo is one draw. Here its counts are drawn with many seeds and judged as a build
judges them, so that the demo is known not to be a lucky one. The programme is in four
of the largest buurten, and not where chance would have put it.
"""

import os
from datetime import date

import numpy as np
import pandas as pd

from bench import _report
from bench.figure import Figure
from wijkbeeld.demo import counts, places
from wijkbeeld.demo.effects import BICYCLES
from wijkbeeld.demo.months import first_day, month_of
from wijkbeeld.demo.offences import CODES
from wijkbeeld.measures.effect.near import pairs
from wijkbeeld.measures.effect.study import measure
from wijkbeeld.measures.effect.verdict import WORKS

DEMOS = int(os.environ.get("BENCH_DEMOS", "200"))
FIRST, LAST = month_of(date(2024, 5, 1)), month_of(date(2026, 10, 1))
TITLE = "The programme of the demo"


def rows() -> list[Figure]:
    """Return how often it is found, and how often the interval holds it."""
    found = pd.concat([_judged(seed) for seed in range(DEMOS)])
    works = float((found["verdict"] == WORKS).mean())
    holds = float(
        found["effect_lower"]
        .le(BICYCLES.rate_ratio)
        .mul(found["effect_upper"].ge(BICYCLES.rate_ratio))
        .mean()
    )
    middle = float(np.exp(np.log(found["effect_estimate"]).mean()))
    _report.write(
        TITLE,
        [
            f"A ratio of {BICYCLES.rate_ratio:g} is planted in {len(BICYCLES.starts)} "
            "of the largest buurten, in two steps;",
            f"of {DEMOS} demos of thirty months {works:.0%} say that it works. The "
            "geometric mean of what",
            f"they find is {middle:.2f}, and the interval holds the truth in "
            f"{holds:.0%}. That is less",
            "than 95 %, since draws give the start to any buurt, and most leave a "
            "larger comparison",
            "than there is: where the largest buurten start, an interval is too "
            "narrow.",
        ],
    )
    how = f"{DEMOS} demos; see docs/effects-report.md"
    return [
        Figure("demos that say the planted programme works", 100 * works, "%", how),
        Figure("their intervals that hold the truth", 100 * holds, "%", how),
    ]


def _judged(seed: int) -> pd.DataFrame:
    """Return the finding that counts, of the demo of a seed."""
    offence = CODES.index(BICYCLES.offence_code)
    months = pd.DataFrame(
        [
            {
                "source": "police__incidents",
                "area_code": code,
                "offence_code": BICYCLES.offence_code,
                "month": pd.Timestamp(first_day(month)),
                "crime_count": float(count),
                "is_shown": True,
            }
            for month in range(FIRST, LAST + 1)
            for code, count in zip(
                places.CODES, counts.of_month(seed, 1, month)[offence], strict=True
            )
        ]
    )
    studies = pd.DataFrame(
        [
            {
                "study_id": BICYCLES.programme,
                "study_kind": "programme",
                "kind": "evenement",
                "study_name": "x",
                "buurt_code": code,
                "start_month": pd.Timestamp(start),
                "offence_code": BICYCLES.offence_code,
                "comparison_buurt_codes": None,
                "goal_effect": np.nan,
            }
            for code, start in BICYCLES.starts.items()
        ]
    )
    no_breaks = months[["source", "offence_code", "month"]].head(0)
    shapes = pd.DataFrame(
        [(code, shape.wkt) for code, shape in places.polygons().items()],
        columns=["buurt_code", "geometry_wkt"],
    )
    found = measure(studies, months, no_breaks, pairs(shapes))
    return found[found["is_primary"]]

"""How long judging every start takes, for one team and for many, with its memory."""

import os
import resource
import time

import numpy as np
import pandas as pd

from bench.figure import Figure
from wijkbeeld.measures.effect.study import measure

MONTHS, AREAS, TEAMS = 60, 13, 168
MANY = int(os.environ.get("BENCH_TEAMS", "8"))
AT_MOST_S, AT_MOST_GIB, AT_MOST_TIMES = 60, 8, 1.5
_OFFENCES = ("1.1.1", "1.2.1", "1.2.3", "2.2.1")


def rows() -> list[Figure]:
    """Return the seconds of one team, and how they grow with more teams."""
    one = _seconds(1)
    many = _seconds(MANY)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    how = f"{AREAS} buurten, {MONTHS} months, 4 studies of {len(_OFFENCES)} offences"
    return [
        Figure(f"effects of one team, {MONTHS} months", one, "s", how,
               at_most=AT_MOST_S),
        Figure(f"effects of {MANY} teams / {MANY} × one team", many / (MANY * one), "×",
               f"{many:.1f} s; {TEAMS} teams then take {many / MANY * TEAMS:.0f} s",
               at_most=AT_MOST_TIMES),
        Figure(f"memory of {MANY} teams, one after the other", peak, "GiB",
               "peak of the whole process; a team leaves nothing behind",
               at_most=AT_MOST_GIB),
    ]  # fmt: skip


def _seconds(teams: int) -> float:
    begun = time.process_time()
    for team in range(teams):
        measure(*_team(team))
    return time.process_time() - begun


def _team(
    seed: int,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, list[tuple[str, str]]]:
    random = np.random.default_rng(seed)
    areas = [f"A{at:02d}" for at in range(AREAS)]
    months = pd.date_range("2021-11-01", periods=MONTHS, freq="MS")
    grid = pd.MultiIndex.from_product(
        [_OFFENCES, areas, months], names=["offence_code", "area_code", "month"]
    ).to_frame(index=False)
    counts = grid.assign(
        source="police__incidents",
        crime_count=random.poisson(6, len(grid)).astype(float),
        is_shown=True,
    )
    # Two programmes, all of their kind, and a start in nearly every buurt.
    starts = [
        ("P1", "programme", areas[:2], [24, 24]),
        ("P2", "programme", areas[2:4], [38, 38]),
        ("kind:x", "kind", areas[:4], [24, 24, 38, 38]),
        ("whatsapp", "whatsapp", areas[:8], range(20, 44, 3)),
    ]
    studies = pd.DataFrame(
        [
            {
                "study_id": study, "study_kind": kind, "kind": "x", "study_name": study,
                "buurt_code": area, "start_month": months[at],
                "offence_code": offence, "comparison_buurt_codes": None,
                "goal_effect": np.nan,
            }
            for study, kind, places, at_months in starts
            for area, at in zip(places, at_months, strict=True)
            for offence in _OFFENCES
        ]
    )  # fmt: skip
    none = pd.DataFrame(
        {"source": ["x"], "offence_code": ["x"], "month": [months[0]]}
    ).head(0)
    return studies, counts, none, [("A00", "A11"), ("A02", "A12")]

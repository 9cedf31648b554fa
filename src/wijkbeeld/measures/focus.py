"""Which buurten to speak of first, per theme: an agenda, not a measurement.

Implements MEASURES A16. Every part of a score lies between 0 and 1 and is kept beside
it, so that a reader can see what a line stands on.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from wijkbeeld.measures import rates
from wijkbeeld.measures.expectation import MONTH, THREE_MONTHS, TOO_FEW, expect_counts
from wijkbeeld.measures.months import YEAR, Floats

PARTS = ("burden", "volume", "deviation", "persistence", "near_repeat")
WEIGHTS = np.array([30.0, 20, 25, 10, 15])
STREET_WEIGHT = 15.0
HIGHEST_SHARE = 0.25
DRAWS, LEAST_FACTOR, MOST_FACTOR = 1000, 0.75, 1.25
LOW, HIGH = 0.05, 0.95
SEED = 20260101
# A year on year, three months and twelve of them reach so far back.
REACH_OF_RATE, REACH_OF_THREE_MONTHS, REACH_OF_YEAR = 11, 17, 26
POOL = ("source", "theme")
LINE = ["theme", "buurt_code"]
_DIGITS = 9


class Ranks(NamedTuple):
    """The place of each line, and between which it moves when the weights do."""

    rank: npt.NDArray[np.int64]
    lower: npt.NDArray[np.int64]
    upper: npt.NDArray[np.int64]


def burden(rate: Floats, team_rate: Floats) -> Floats:
    """Say how bad it is: half when as bad as the team, whole from twice; 0 unknown."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.nan_to_num(np.minimum(1, rate / (2 * team_rate))))


def volume(count: Floats, team_count: Floats) -> Floats:
    """Say how many they are: whole from a quarter of the crimes of the team."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = count / np.where(team_count > 0, team_count, np.nan)
    return np.asarray(np.nan_to_num(np.minimum(1, share / HIGHEST_SHARE)))


def deviation(position: Floats, is_enough: npt.NDArray[np.bool_]) -> Floats:
    """Say whether it rises: from the mid-p position of three months, 0 if too few."""
    above = np.maximum(0, 2 * (position - 0.5))
    return np.asarray(np.where(is_enough, np.nan_to_num(above), 0))


def score(parts: Floats, theme_weight: Floats, street: Floats) -> Floats:
    """Return the score of each line.

    Args:
        parts: Lines by the five parts, each 0 to 1.
        theme_weight: 0.5 to 2.
        street: What the street says, -1 (less of a problem) to 1 (more).
    """
    weighed = (parts * WEIGHTS).sum(axis=-1)
    return np.asarray(theme_weight * weighed + STREET_WEIGHT * street)


def ranks(
    parts: Floats, theme_weight: Floats, street: Floats, seed: int = SEED
) -> Ranks:
    """Rank lines that come in the order in which ties are to be broken.

    The interval holds the 5th to the 95th percentile of the place over draws in which
    each of the five weights is up to a quarter less or more, of 100 together.
    """
    if not len(parts):
        return Ranks(*(np.empty(0, np.int64) for _ in Ranks._fields))
    factors = np.random.default_rng(seed).uniform(
        LEAST_FACTOR, MOST_FACTOR, (DRAWS, len(WEIGHTS))
    )
    drawn = WEIGHTS * factors
    drawn *= WEIGHTS.sum() / drawn.sum(axis=1, keepdims=True)
    weighed = (parts[:, None, :] * drawn).sum(axis=-1)
    moved = _places(theme_weight[:, None] * weighed + STREET_WEIGHT * street[:, None])
    lower, upper = np.quantile(moved, [LOW, HIGH], axis=1, method="inverted_cdf")
    own = _places(score(parts, theme_weight, street)[:, None])[:, 0]
    return Ranks(own, lower.astype(np.int64), upper.astype(np.int64))


def expect_themes(months: pd.DataFrame) -> pd.DataFrame:
    """Set each month of each theme and buurt beside what lies before it.

    Args:
        months: ``source``, ``theme``, ``buurt_code``, ``month``, ``crime_count`` (null
            where nothing complete was reported) and ``is_shown``; buurten that are not
            shown lend their season and dispersion.

    Returns:
        One row per source, theme, shown buurt and month: ``is_above`` (more than was
        expected), and the three months up to it: ``status_3_months``,
        ``position_3_months``, ``count_3_months``, ``expected_3_months_lower`` and
        ``expected_3_months_upper``.
    """
    keys = ["source", *LINE, "month"]
    ordered = months.sort_values(keys, ignore_index=True)
    month, three = (
        expect_counts(ordered, POOL, "buurt_code", "is_shown", how)
        for how in (MONTH, THREE_MONTHS)
    )
    return month[keys].assign(
        is_above=month["crime_count"] > month["expected_count"],
        status_3_months=three["status"],
        position_3_months=three["position"],
        count_3_months=three["judged_count"],
        expected_3_months_lower=three["expected_lower"],
        expected_3_months_upper=three["expected_upper"],
    )


def focus_list(
    lines: pd.DataFrame, expected: pd.DataFrame, seed: int = SEED
) -> pd.DataFrame:
    """Rank themes by buurten.

    Args:
        lines: ``theme``, ``buurt_code``, ``source``, ``month`` (the newest complete
            one of the theme; null where there are no figures), ``count_12_months``,
            ``base_count``, ``is_residential``, ``months_since_break``,
            ``months_since_late`` (0 to 2 when late reports are to come of one of the
            three months; null when of none), ``is_zone_active``, ``theme_weight`` and
            ``street_judgement``.
        expected: What ``expect_themes`` says of the months of the lines.
        seed: Of the draws of weights.

    Returns:
        ``lines`` in the order of the list, with the five parts, what they were made of,
        ``note`` (codes, with blanks between), ``score``, ``rank``, ``rank_lower``
        and ``rank_upper``.
    """
    found = lines.sort_values(LINE, ignore_index=True)
    found["month"] = pd.to_datetime(found["month"])
    found = _with_rates(_with_expectations(found, expected))
    since = found["months_since_break"].to_numpy(float, na_value=np.inf)
    is_whole = since >= REACH_OF_RATE
    # A count that still grows would seem lower than it is, so it gets no verdict.
    is_late = found["months_since_late"].notna()
    found["status_3_months"] = found["status_3_months"].mask(
        is_late & found["status_3_months"].notna(), TOO_FEW
    )
    is_enough = found["status_3_months"].ne(TOO_FEW) & found["status_3_months"].notna()
    found["burden"] = np.where(
        is_whole, burden(_of(found, "shrunk_rate"), _of(found, "team_rate")), 0
    )
    found["volume"] = np.where(
        is_whole, volume(_of(found, "count_12_months"), _of(found, "team_count")), 0
    )
    found["deviation"] = deviation(
        _of(found, "position_3_months"),
        is_enough.to_numpy() & (since >= REACH_OF_THREE_MONTHS),
    )
    found["persistence"] = np.where(
        since >= REACH_OF_YEAR, _of(found, "months_above") / YEAR, 0
    )
    found["near_repeat"] = found["is_zone_active"].to_numpy(float)
    found["note"] = _notes(found, since, is_late.to_numpy(), is_enough.to_numpy())

    parts = found[list(PARTS)].to_numpy(float)
    weight, street = _of(found, "theme_weight"), _of(found, "street_judgement")
    street = np.nan_to_num(street)
    placed = ranks(parts, weight, street, seed)
    return (
        found.assign(
            score=score(parts, weight, street),
            rank=placed.rank,
            rank_lower=placed.lower,
            rank_upper=placed.upper,
        )
        .sort_values("rank", kind="stable", ignore_index=True)
        .drop(columns=["team_count"])
    )


def _with_expectations(lines: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """Add the three months up to that of the line, and how many of a year are above."""
    keys = ["source", *LINE]
    told = expected.assign(month=pd.to_datetime(expected["month"]))
    of_line = told.merge(lines[[*keys, "month"]], on=keys, suffixes=("", "_of_line"))
    since = of_line["month_of_line"] - pd.DateOffset(months=YEAR)
    of_year = of_line[
        (of_line["month"] > since) & (of_line["month"] <= of_line["month_of_line"])
    ]
    above = of_year.groupby(keys)["is_above"].sum().rename("months_above")
    return (
        lines.merge(told.drop(columns="is_above"), how="left", on=[*keys, "month"])
        .merge(above.reset_index(), how="left", on=keys)
        .fillna({"months_above": 0})
        .astype({"months_above": float})
    )


def _with_rates(lines: pd.DataFrame) -> pd.DataFrame:
    counts = _of(lines, "count_12_months")
    groups = lines.groupby("theme", sort=True).ngroup().to_numpy(np.intp)
    is_home = lines["is_residential"].fillna(value=False).to_numpy(bool)
    shrunk = rates.shrink(counts, _of(lines, "base_count"), groups, is_home)
    known = ~np.isnan(shrunk.rates.estimate)
    return lines.assign(
        shrunk_rate=shrunk.rates.estimate,
        shrunk_rate_lower=shrunk.rates.lower,
        shrunk_rate_upper=shrunk.rates.upper,
        team_rate=np.where(known, shrunk.mean, np.nan),
        # Of a team of which a buurt is unknown, no share is known.
        team_count=lines.groupby("theme")["count_12_months"].transform(
            lambda of_theme: of_theme.sum(skipna=False)
        ),
    )


def _notes(
    lines: pd.DataFrame,
    since: Floats,
    is_late: npt.NDArray[np.bool_],
    is_enough: npt.NDArray[np.bool_],
) -> list[str | None]:
    has_figures = lines["month"].notna().to_numpy()
    said = {
        "no_figures": ~has_figures,
        "missing_months": has_figures & lines["count_12_months"].isna().to_numpy(),
        "definition_break": has_figures & (since < REACH_OF_YEAR),
        "no_rate": has_figures & lines["shrunk_rate"].isna().to_numpy(),
        "late_reports": has_figures & is_late,
        "too_few": has_figures & ~is_enough & ~is_late,
    }
    return [
        " ".join(code for code, holds in said.items() if holds[at]) or None
        for at in range(len(lines))
    ]


def _places(scores: Floats) -> npt.NDArray[np.int64]:
    """Return the place of each line, per column; of equals the first comes first."""
    # What differs by less than a sum can tell is equal.
    order = np.argsort(-scores.round(_DIGITS), axis=0, kind="stable")
    places = np.empty(scores.shape, np.int64)
    np.put_along_axis(places, order, np.arange(1, len(scores) + 1)[:, None], axis=0)
    return places


def _of(lines: pd.DataFrame, column: str) -> Floats:
    return np.asarray(lines[column].to_numpy(float, na_value=np.nan))

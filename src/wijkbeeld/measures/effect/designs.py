"""The designs of MEASURES C, run on one case; each gives a row of figures."""

from collections.abc import Iterator

import numpy as np
from scipy import special

from wijkbeeld.measures.change import TAIL
from wijkbeeld.measures.effect import panel as panels
from wijkbeeld.measures.effect.cases import Case
from wijkbeeld.measures.effect.detectable import (
    least_effect,
    least_of_interval,
    months_needed,
    months_until,
)
from wijkbeeld.measures.effect.displacement import (
    Difference,
    difference,
    together,
)
from wijkbeeld.measures.effect.groups import Group, grouped, noise_of
from wijkbeeld.measures.effect.randomisation import (
    DRAWS,
    assignments,
    probability,
    smallest_probability,
)
from wijkbeeld.measures.effect.relative import as_ratio, relative
from wijkbeeld.measures.effect.single import (
    FEWEST_AFTER,
    FEWEST_BEFORE,
    FEWEST_DONORS,
    WORST_FIT,
    interrupted,
    synthetic,
)
from wijkbeeld.measures.effect.verdict import lacking
from wijkbeeld.measures.effect.zones import displaced_share, net_effect
from wijkbeeld.measures.months import YEAR, Floats

Row = dict[str, object]
PANEL_DRAWS = 199
PRE_TREND = 0.05


def rows_of(case: Case) -> Iterator[Row]:
    """Run every design that the case allows, the one that counts first."""
    if not case.is_staggered:
        yield from _around_one_start(case)
        yield from _series(case)
        yield from _mixture(case)
    yield from _panel(case)


class _Year:
    """Counts of the year before and the year after a start, the start left out."""

    def __init__(self, case: Case, shift: int = 0) -> None:
        at = case.start - shift
        counts = case.counts
        if case.comparison == "region":
            counts = np.concatenate([counts, case.region])
        size = len(counts)
        self.is_there = at >= YEAR and at + YEAR < counts.shape[1]
        later = counts[:, at + 1 : at + 1 + YEAR]
        self.before = counts[:, max(0, at - YEAR) : at].sum(axis=1)
        self.after = later.sum(axis=1)
        flags = np.zeros((3, size))
        flags[:, : len(case.areas)] = case.treated, case.zone, case.compared
        if case.comparison == "region":
            # A donor of which a month is missing cannot lend the others.
            known = ~np.isnan(self.before + self.after)
            flags[2, len(case.areas) :] = known[len(case.areas) :]
        self.treated, self.zone, self.compared = flags
        self.used = flags.sum(axis=0) > 0

    def group(self, members: Floats) -> Group:
        """Add up areas; a month that is missing in none of them matters not."""
        known = np.where(self.used, self.before, 0), np.where(self.used, self.after, 0)
        return grouped(*known, members)


def _around_one_start(case: Case) -> Iterator[Row]:
    year = _Year(case)
    base = _base(case, year)
    if base["missing"]:
        yield base | {"design": "wdd", "is_primary": True, "unit": "offences"}
        return
    treated, zone, compared = (
        year.group(m) for m in (year.treated, year.zone, year.compared)
    )
    local = difference(treated, compared)
    has_zone = year.zone.any()
    whole, moved = local, None
    if has_zone:
        moved = difference(zone, compared)
        whole = difference(together(treated, zone), compared, treated, zone, compared)
    chance, least = _randomised(case, year, whole)
    yield base | {
        "design": "wdd", "is_primary": True, "unit": "offences",
        **_interval("effect", whole), **_interval("local", local),
        **(_interval("displacement", moved) if moved else {}),
        "displaced_share": float(displaced_share(treated, zone, compared))
        if has_zone and local.upper < 0 else np.nan,
        "net_effect": float(net_effect(treated, zone, compared))
        if has_zone else np.nan,
        "probability": _larger(float(whole.probability), chance),
        "smallest_probability": least,
    }  # fmt: skip
    found = relative(treated, compared)
    ratio, lower, upper = (float(value) for value in as_ratio(found))
    chance, least = _randomised(case, year, found, is_relative=True)
    yield base | {
        "design": "res", "is_primary": False, "unit": "ratio",
        "effect_estimate": ratio, "effect_lower": lower, "effect_upper": upper,
        "probability": _larger(float(found.probability), chance),
        "smallest_probability": least,
    }  # fmt: skip


def _base(case: Case, year: _Year) -> Row:
    """Return what all designs around one start have in common."""
    treated, compared = year.group(year.treated), year.group(year.compared)
    noise = noise_of(treated, compared)
    four = [
        float(value)
        for value in (treated.before, treated.after, compared.before, compared.after)
    ]
    areas = int(year.compared.sum())
    missing = None
    if case.has_break:
        missing = "break_inside"
    elif not year.is_there:
        missing = "too_early"
    else:
        missing = lacking(four, areas, float(noise.freedom))
    phi = _noise_before(case, year, float(noise.phi))
    least = least_effect(four[0], phi, four[2], four[2])
    return {
        "missing": missing,
        "count_before": four[0], "count_after": four[1],
        "comparison_before": four[2], "comparison_after": four[3],
        "minimum_detectable_effect": least,
        "months_needed": months_needed(case.goal_effect, four[0], phi, four[2]),
        "treated_area_count": int(case.treated.sum()),
        "comparison_area_count": areas,
        "zone_area_count": int(case.zone.sum()),
        "months_before": YEAR, "months_after": _months_since(case),
        "phi": float(noise.phi), "degrees_of_freedom": float(noise.freedom),
    }  # fmt: skip


def _noise_before(case: Case, year: _Year, otherwise: float) -> float:
    """Return the noise between the two years before the start, if they are known."""
    earlier = _Year(case, shift=YEAR + 1)
    if case.start < 2 * YEAR + 1:
        return otherwise
    noise = noise_of(earlier.group(year.treated), earlier.group(year.compared))
    return float(noise.phi) if np.isfinite(noise.phi) else otherwise


def _months_since(case: Case) -> int:
    return int(max(0, min(YEAR, case.counts.shape[1] - 1 - case.start)))


def _randomised(
    case: Case, year: _Year, found: Difference, *, is_relative: bool = False
) -> tuple[float, float]:
    """Return how rare the statistic is when others are treated, and how rare at all."""
    count = int(case.treated.sum())
    pool = np.flatnonzero(_pool(case, year)).astype(np.int64)
    chosen = assignments(len(pool), count)
    members = np.zeros((len(chosen), len(year.before)))
    members[:, pool] = chosen
    least = smallest_probability(len(pool), count)
    rest = _rest(pool, year) - members
    drawn_zone = None
    if case.comparison == "team":
        near = case.near.astype(float)
        drawn_zone = ((members @ near) > 0) * rest
        rest = rest - drawn_zone
    treated, compared = year.group(members), year.group(rest)
    many = _drawn(year, treated, compared, drawn_zone, is_relative=is_relative)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, drawn = found.estimate / found.error, many.estimate / many.error
    is_all = len(chosen) * least >= 1 - 1e-9 and len(chosen) <= DRAWS
    return float(probability(observed, drawn, is_all=is_all)), least


def _drawn(
    year: _Year,
    treated: Group,
    compared: Group,
    zone_members: Floats | None,
    *,
    is_relative: bool,
) -> Difference:
    if is_relative:
        return relative(treated, compared)
    if zone_members is None or not year.zone.any():
        return difference(treated, compared)
    zone = year.group(zone_members)
    return difference(together(treated, zone), compared, treated, zone, compared)


def _pool(case: Case, year: _Year) -> Floats:
    """Return to which areas the start could have been given."""
    if case.comparison == "team":
        pool = np.zeros(len(year.before))
        pool[: len(case.areas)] = case.free
        return pool
    return year.treated + year.compared


def _rest(pool: panels.Starts, year: _Year) -> Floats:
    rest = np.zeros(len(year.before))
    rest[pool] = 1
    return rest


def _series(case: Case) -> Iterator[Row]:
    """Interrupted time series of the treated areas, measured by their comparison."""
    ours = case.counts[case.treated].sum(axis=0)
    beside = case.counts[case.compared].sum(axis=0) if case.compared.any() else None
    after = len(ours) - 1 - case.start
    is_known = not np.isnan(ours).any() and (
        beside is None or not np.isnan(beside).any()
    )
    if case.start < FEWEST_BEFORE or after < FEWEST_AFTER or not is_known:
        return
    if case.has_break or ours[: case.start].sum() < YEAR or ours.sum() < 2 * YEAR:
        return
    found = interrupted(ours, case.start + 1, beside, skipped=1)
    yield {
        "missing": "no_randomisation", "design": "its", "is_primary": False,
        "unit": "ratio", "effect_estimate": found.ratio, "effect_lower": found.lower,
        "effect_upper": found.upper, "probability": found.probability,
        "count_before": float(ours[: case.start].sum()),
        "count_after": float(ours[case.start + 1 :].sum()),
        "treated_area_count": int(case.treated.sum()),
        "comparison_area_count": int(case.compared.sum()),
        "months_before": case.start, "months_after": after,
    }  # fmt: skip


def _mixture(case: Case) -> Iterator[Row]:
    """Synthetic control from areas of others."""
    after = min(YEAR, case.counts.shape[1] - 1 - case.start)
    ours = case.counts[case.treated].sum(axis=0)
    donors = case.region[~np.isnan(case.region).any(axis=1)]
    if len(donors) < FEWEST_DONORS or case.treated.sum() != 1 or case.has_break:
        return
    if case.start < FEWEST_BEFORE or after < FEWEST_AFTER or np.isnan(ours).any():
        return
    until = case.start + 1 + after
    if not ours[: case.start].sum() > 0:
        return
    found = synthetic(ours[:until], donors[:, :until], case.start, after)
    yield {
        "missing": "poor_fit" if found.fit > WORST_FIT else None,
        "design": "synthetic", "is_primary": False, "unit": "ratio",
        "effect_estimate": found.ratio, "effect_lower": found.lower,
        "effect_upper": found.upper, "probability": found.probability,
        "fit": found.fit, "treated_area_count": 1,
        "comparison_area_count": found.donor_count,
        "months_before": case.start, "months_after": after,
    }  # fmt: skip


def _panel(case: Case) -> Iterator[Row]:
    """Imputation, with the interval of randomisation and an event study."""
    kept = case.treated | case.compared | (case.free & (case.starts != panels.NEVER))
    counts, starts = case.counts[kept], case.starts[kept]
    panel = panels.Panel(counts, starts, until=12 if not case.is_staggered else 24)
    found = panels.impute(panel)
    seen, without = _seen(panel, found)
    beside = _areas_beside(starts, found)
    missing = _missing_in_panel(case, panel, found, beside)
    row: Row = {
        "missing": missing, "design": "panel", "is_primary": case.is_staggered,
        "unit": "ratio", "count_after": seen, "expected_after": without,
        "treated_area_count": int((starts != panels.NEVER).sum()),
        "comparison_area_count": beside,
        "months_before": int(case.start), "months_after": _treated_months(found),
        "dropped_month_count": int(found.dropped),
        "smallest_probability": smallest_probability(
            len(starts), int((starts != panels.NEVER).sum())
        ),
    }  # fmt: skip
    if missing:
        yield row
        return
    draws = panels.drawn_starts(starts, PANEL_DRAWS)
    lower, upper = panels.ratio_interval(panel, draws)
    logs, spread, trend = event_study(panel, found, draws)
    phi = float(np.nan_to_num(_noise_of_cells(counts, found), nan=1.0))
    least = least_of_interval(lower, upper)
    # Where all have started, more months bring nothing to compare with.
    is_compared = bool((starts == panels.NEVER).any())
    yield row | {
        "missing": "pre_trend" if trend <= PRE_TREND else None,
        "effect_estimate": float(np.exp(found.log_ratio)),
        "effect_lower": lower, "effect_upper": upper,
        "probability": panels.tried(panel, draws, 1.0),
        "minimum_detectable_effect": least,
        "months_needed": months_until(case.goal_effect, least, _treated_months(found))
        if is_compared else 0,
        "phi": phi, "pre_trend_probability": trend,
    }  # fmt: skip
    width = special.stdtrit(max(1, len(starts) - 2), 1 - TAIL) * spread
    for first, log, wide in zip(panels.BINS, logs, width, strict=True):
        if np.isfinite(log) and np.isfinite(wide):
            yield {
                "design": "event", "is_primary": False, "unit": "ratio",
                "missing": None, "event_from_month": first + (first >= 0),
                "effect_estimate": float(np.exp(log)),
                "effect_lower": float(np.exp(log - wide)),
                "effect_upper": float(np.exp(log + wide)),
            }  # fmt: skip


def _missing_in_panel(
    case: Case, panel: panels.Panel, found: panels.Imputed, beside: int
) -> str | None:
    seen, without = _seen(panel, found)
    if case.has_break:
        return "break_inside"
    if np.isnan(panel.counts).any():
        return "missing_months"
    if not found.treated.any() or _treated_months(found) < FEWEST_AFTER:
        return "too_early"
    compared = float(panel.counts[panel.starts == panels.NEVER].sum())
    return lacking([without, seen, *[max(compared, without)] * 2], beside, np.inf)


def _seen(panel: panels.Panel, found: panels.Imputed) -> tuple[float, float]:
    """Return what the treated cells had, and what they would have had."""
    return (
        float(np.where(found.treated, panel.counts, 0).sum()),
        float(np.where(found.treated, found.expected, 0).sum()),
    )


def _areas_beside(starts: panels.Starts, found: panels.Imputed) -> int:
    """Count the areas that are not treated yet in a month that is imputed."""
    months = np.arange(found.treated.shape[1])
    imputed = found.treated.any(axis=0)
    return int(np.sum(((months < starts[:, None]) & imputed).any(axis=1)))


def _treated_months(found: panels.Imputed) -> int:
    return int(found.treated.any(axis=0).sum())


def _noise_of_cells(counts: Floats, found: panels.Imputed) -> float:
    """Return how unruly untreated cells are around what is expected of them."""
    cells = ~found.treated & ~np.isnan(found.expected) & (found.expected > 0)
    freedom = cells.sum() - sum(counts.shape) + 1
    if freedom < 1:
        return float("nan")
    odd = (counts[cells] - found.expected[cells]) ** 2 / found.expected[cells]
    return max(1.0, float(odd.sum() / freedom))


def event_study(
    panel: panels.Panel, found: panels.Imputed, draws: panels.Starts
) -> tuple[Floats, Floats, float]:
    """Return log ratios by bin, their spread by chance, and the test of early bins."""
    logs = panels.events(panel, found)
    # As it would be without the start, given to others.
    restored = panels.restore(panel, float(np.exp(found.log_ratio)))
    others = restored._replace(counts=restored.counts[None], starts=draws)
    drawn = panels.events(others, panels.impute(others))
    early = np.array(panels.BINS) < 0
    known = np.isfinite(drawn)
    squares = np.where(known, drawn, 0) ** 2
    spread = np.sqrt(squares.sum(axis=0) / np.maximum(known.sum(axis=0), 1))
    spread = np.where(known.sum(axis=0) >= PANEL_DRAWS // 4, spread, np.nan)
    seen, chance = (
        np.nansum(values[..., early] ** 2, axis=-1) for values in (logs, drawn)
    )
    trend = float(probability(seen, chance, is_all=False))
    return logs, spread, trend


def _interval(name: str, found: Difference) -> Row:
    return {
        f"{name}_estimate": float(found.estimate),
        f"{name}_lower": float(found.lower),
        f"{name}_upper": float(found.upper),
    }


def _larger(interval: float, drawn: float) -> float:
    """Both must be rare; of what is not known, nothing is."""
    return float(np.maximum(interval, drawn))

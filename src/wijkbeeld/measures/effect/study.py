"""Every start beside its comparison, and what may be said of it.

What no new delivery touched is taken from the build before: each study has a
fingerprint of all that its figures are made of.
"""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from wijkbeeld.measures.effect.cases import Case, arranged
from wijkbeeld.measures.effect.designs import Row, rows_of
from wijkbeeld.measures.effect.reporting import is_sensitive
from wijkbeeld.measures.effect.verdict import (
    LEVEL,
    TOO_FEW,
    Evidence,
    holm,
    verdict,
)

TEXTS = (
    "study_id", "study_kind", "study_name", "offence_code", "design", "buurt_codes",
    "source", "comparison", "unit", "verdict", "reason", "fingerprint",
)  # fmt: skip
DAYS = ("start_month", "last_start_month")
FLAGS = ("is_primary", "is_reporting_sensitive", "is_goal_agreed")
NUMBERS = (
    "event_from_month", "effect_estimate", "effect_lower", "effect_upper",
    "local_estimate", "local_lower", "local_upper", "displacement_estimate",
    "displacement_lower", "displacement_upper", "displaced_share", "net_effect",
    "count_before", "count_after", "expected_after", "comparison_before",
    "comparison_after", "probability", "smallest_probability",
    "minimum_detectable_effect", "goal_effect", "months_needed", "months_before",
    "months_after", "treated_area_count", "comparison_area_count", "zone_area_count",
    "test_count", "phi", "degrees_of_freedom", "pre_trend_probability",
    "dropped_month_count", "fit",
)  # fmt: skip
FEWEST_OF_A_KIND = 2
"""Fewer buurten are one of its programmes, which is a study already."""
COLUMNS = [*TEXTS, *DAYS, *FLAGS, *NUMBERS]
_KEY = ["study_id", "offence_code"]


def measure(
    studies: pd.DataFrame,
    months: pd.DataFrame,
    breaks: pd.DataFrame,
    pairs: Sequence[tuple[str, str]],
    kept: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Judge every study by every design that its figures allow.

    Args:
        studies: One row per study, area and offence: ``study_id``, ``study_kind``,
            ``study_name``, ``buurt_code``, ``start_month``, ``offence_code``,
            ``comparison_buurt_codes`` and ``goal_effect`` (null without a goal).
        months: ``source``, ``area_code``, ``offence_code``, ``month``,
            ``crime_count`` (null where nothing complete was reported) and
            ``is_shown`` (false for areas of others).
        breaks: ``source``, ``offence_code`` and ``month`` from which may be counted
            in another way.
        pairs: Neighbouring areas.
        kept: What was found before; used where the fingerprint is the same.

    Returns:
        Rows with ``COLUMNS``: one per study, offence and design, and one per bin of an
        event study (design ``event``). An estimate without an interval is null.
    """
    of_offence = dict(list(months.groupby("offence_code")))
    known = {} if kept is None else dict(list(kept.groupby("fingerprint")))
    found: list[pd.DataFrame] = []
    for _, study in studies.sort_values([*_KEY, "buurt_code"]).groupby("study_id"):
        cases = list(_cases(study, studies, of_offence, breaks, pairs))
        mark = _fingerprint(study, cases)
        if mark in known:
            found.append(known[mark][COLUMNS])
            continue
        rows = _judged([row for case in cases for row in _rows(study, *case)])
        found.append(
            pd.DataFrame([row | {"fingerprint": mark} for row in rows]).reindex(
                columns=COLUMNS
            )
        )
    return typed(pd.concat(found) if found else pd.DataFrame(columns=COLUMNS))


def typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Give columns their types; where there is no row they are anybody's guess."""
    return rows.astype(
        dict.fromkeys(TEXTS, "str")
        | dict.fromkeys(DAYS, "datetime64[us]")
        | dict.fromkeys(FLAGS, bool)
        | dict.fromkeys(NUMBERS, float)
    ).sort_values([*_KEY, "design", "event_from_month"], ignore_index=True)


def _cases(
    study: pd.DataFrame,
    studies: pd.DataFrame,
    of_offence: dict[str, pd.DataFrame],
    breaks: pd.DataFrame,
    pairs: Sequence[tuple[str, str]],
) -> Iterable[tuple[str, Case | None]]:
    for offence, part in study.groupby("offence_code"):
        months = of_offence.get(str(offence))
        if months is None:
            yield str(offence), None
            continue
        others = _others(part, studies)
        broken = breaks[breaks["offence_code"] == offence]
        case = arranged(part, months, pairs, others)
        if case is not None:
            is_kind = bool(part["study_kind"].eq("kind").all())
            if is_kind and case.treated.sum() < FEWEST_OF_A_KIND:
                # Of the others no figures are from before: it is no study of several.
                continue
            of_source = broken[broken["source"] == case.source]
            last = case.first_month + case.counts.shape[1] - 1
            shifted = of_source["month"].dt.to_period("M")
            case = case._replace(
                has_break=any(case.first_month < b <= last for b in shifted)
            )
        yield str(offence), case


def _others(part: pd.DataFrame, studies: pd.DataFrame) -> dict[str, list[pd.Period]]:
    """Return the starts of other programmes that aim at the offence, per area.

    Groups on WhatsApp are everywhere, and a kind is its own programmes together.
    """
    one = part.iloc[0]
    others = studies[
        (studies["offence_code"] == one["offence_code"])
        & (studies["study_id"] != one["study_id"])
        & ~studies["study_kind"].isin(["whatsapp", "kind"])
    ]
    if one["study_kind"] == "kind":
        mine = set(zip(part["buurt_code"], part["start_month"], strict=True))
        others = others[
            [
                pair not in mine
                for pair in zip(
                    others["buurt_code"], others["start_month"], strict=True
                )
            ]
        ]
    starts: dict[str, list[pd.Period]] = {}
    for area, month in zip(others["buurt_code"], others["start_month"], strict=True):
        starts.setdefault(str(area), []).append(month.to_period("M"))
    return starts


def _fingerprint(study: pd.DataFrame, cases: Sequence[tuple[str, Case | None]]) -> str:
    text = study.to_csv(index=False, date_format="%Y-%m")
    mark = hashlib.blake2b(text.encode(), digest_size=16)
    for offence, case in cases:
        mark.update(offence.encode())
        if case is not None:
            named = (case.areas, case.source, case.first_month, case.has_break,
                     case.comparison)  # fmt: skip
            mark.update(repr(named).encode())
            for part in (case.counts, case.region, case.near, case.free):
                mark.update(np.ascontiguousarray(part).tobytes())
    return mark.hexdigest()


def _rows(study: pd.DataFrame, offence: str, case: Case | None) -> Iterable[Row]:
    part = study[study["offence_code"] == offence]
    common: Row = {
        "study_id": part["study_id"].iloc[0],
        "study_kind": part["study_kind"].iloc[0],
        "study_name": part["study_name"].iloc[0],
        "offence_code": offence,
        "buurt_codes": " ".join(part["buurt_code"]),
        "start_month": part["start_month"].min(),
        "last_start_month": part["start_month"].max(),
        "is_goal_agreed": bool(part["goal_effect"].notna().any()),
        "is_reporting_sensitive": is_sensitive(offence),
    }
    if case is None:
        is_many = part["start_month"].nunique() > 1
        yield common | {
            "design": "panel" if is_many else "wdd", "is_primary": True,
            "unit": "ratio" if is_many else "offences", "missing": "no_history",
        }  # fmt: skip
        return
    treated = [area for area, is_in in zip(case.areas, case.treated, strict=True)
               if is_in]  # fmt: skip
    common |= {
        "source": case.source, "comparison": case.comparison,
        "goal_effect": case.goal_effect, "buurt_codes": " ".join(treated),
        "start_month": (case.first_month + case.start).to_timestamp(),
        "last_start_month": (
            case.first_month + int(case.starts[case.treated].max())
        ).to_timestamp(),
    }  # fmt: skip
    for row in rows_of(case):
        yield common | row


def _judged(rows: list[Row]) -> list[Row]:
    """Give every row its verdict, allowing for the tests of its study and design."""
    for design in {str(row["design"]) for row in rows} - {"event"}:
        family = [row for row in rows if row["design"] == design]
        given = [_number(row, "probability") for row in family]
        for row, probability in zip(family, holm(given), strict=True):
            row |= {"probability": float(probability), "test_count": len(family)}
            row["verdict"], row["reason"] = _said(row)
    return [_shown(row) for row in rows]


def _shown(row: Row) -> Row:
    """Take away an estimate that has no interval."""
    bounds = [_number(row, f"effect_{end}") for end in ("lower", "upper")]
    return row | ({"effect_estimate": None} if np.isnan(bounds).any() else {})


def _said(row: Row) -> tuple[str, str | None]:
    said, reason = verdict(
        Evidence(
            lower=_number(row, "effect_lower"), upper=_number(row, "effect_upper"),
            probability=_number(row, "probability"),
            least_effect=_number(row, "minimum_detectable_effect"),
            goal_effect=_number(row, "goal_effect"),
            nothing=0.0 if row["unit"] == "offences" else 1.0,
            is_reporting_sensitive=bool(row["is_reporting_sensitive"]),
            missing=None if row["missing"] is None else str(row["missing"]),
        )
    )  # fmt: skip
    if said == TOO_FEW and _number(row, "smallest_probability") > LEVEL:
        # No figure could have shown it, however large the effect.
        is_bare = reason in {
            "chance_not_ruled_out", "study_too_small", "no_interval",
        }  # fmt: skip
        reason = "one_area" if is_bare else reason
    return said, reason


def _number(row: Row, name: str) -> float:
    value = row.get(name)
    return float("nan") if value is None else float(str(value))

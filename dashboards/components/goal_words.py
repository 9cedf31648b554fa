"""Goals: what was promised, how far it is, and whether that can be seen at all."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards.components import figures, tables
from dashboards.locales import translate as _


def goals(rows: pd.DataFrame) -> None:
    """Draw the goals with their progress, and warn of those that cannot be seen."""
    if rows.empty:
        st.info(_("Er zijn nog geen doelen geleverd."))
        return
    frame = pd.DataFrame(
        {
            _("Doel"): row["goal_id"],
            _("Waarover"): _about(row),
            _("Van → naar"): f"{_value(row['baseline_value'])} → "
            f"{_value(row['target_value'])}",
            _("Uiterlijk"): figures.day(row["end_date"]),
            _("Nu"): figures.interval(
                row["current_value"],
                row["current_value_lower"],
                row["current_value_upper"],
            ),
            _("Rechte lijn"): figures.decimal(row["linear_path_value"]),
            _("Op weg"): _progress(row),
            _("Stand"): status(row["status"], row["note"]),
            _("Van wie"): row["owner"],
        }
        for row in rows.to_dict("records")
    )
    left = [_("Doel"), _("Waarover"), _("Stand"), _("Van wie")]
    tables.small(frame, left, alt=_("Doelen en hoe ver ze zijn"))
    st.caption(
        _(
            "Nu: de nulmeting maal de verhouding tussen de maanden sindsdien en "
            "dezelfde maanden van de nulmeting; tussen haakjes waartussen het met 95 % "
            "zekerheid ligt. Een percentage staat er alleen als het verschil groter is "
            "dan toeval."
        )
    )
    for row in rows.to_dict("records"):
        _warn(row)


def status(code: object, note: object) -> str:
    """Return how a goal stands, with a sign that tells it apart without colour."""
    if note == "not_measured":
        return _("– wordt hier niet gemeten")
    return {
        "on course": _("▲ op koers"),
        "behind": _("▼ achter"),
        "reached": _("✔ gehaald"),
        "stopped": _("■ gestopt"),
    }.get(str(code), _("○ te weinig om iets te zeggen"))


def why(code: object) -> str:
    """Return why a goal has no progress."""
    return {
        "not_measured": _("dit gaat niet over misdrijven en wordt hier niet gemeten"),
        "baseline_not_a_year": _("de nulmeting is geen heel jaar"),
        "baseline_is_zero": _("de nulmeting is nul"),
        "target_is_baseline": _("de streefwaarde is gelijk aan de nulmeting"),
        "baseline_unknown": _("niet alle maanden van de nulmeting zijn bekend"),
        "too_early": _("er zijn nog geen drie maanden sinds de nulmeting"),
        "missing_months": _("niet alle maanden zijn bekend"),
        "too_few": _("te weinig misdrijven om te vergelijken"),
    }.get(str(code), str(code))


def _about(row: Mapping[str, object]) -> str:
    what = figures.indicator(row["indicator"])
    theme = row["theme"]
    if isinstance(theme, str):
        what += f", {figures.theme(theme).lower()}"
    where = row["buurt_name"]
    everywhere = _("hele gebied")
    return f"{what}, {where if isinstance(where, str) else everywhere}"


def _progress(row: Mapping[str, object]) -> str:
    if pd.isna(row["progress_estimate"]) or row["status"] == "too few to say":
        return figures.UNKNOWN
    estimate, lower, upper = (
        figures.count(100 * float(str(row[name])))
        for name in ("progress_estimate", "progress_lower", "progress_upper")
    )
    return _("{estimate} % ({lower} tot {upper})").format(
        estimate=estimate, lower=lower, upper=upper
    )


def _value(value: float) -> str:
    is_whole = float(value).is_integer()
    return figures.count(value) if is_whole else figures.decimal(value)


def _warn(row: Mapping[str, object]) -> None:
    goal = figures.plain(row["goal_id"])
    if row["is_refused"]:
        effect = 1 - float(str(row["target_value"])) / float(str(row["baseline_value"]))
        least = row["minimum_detectable_effect"]
        seen = (
            _("in dit aantal is geen enkele daling met zekerheid te zien")
            if pd.isna(least)
            else _("pas een daling van {least} % is met zekerheid te zien").format(
                least=figures.count(100 * float(str(least)))
            )
        )
        st.warning(
            _(
                "**{goal} is te klein om te zien.** Het doel is {effect} % minder; "
                "{seen}. Maak het gebied groter, de periode langer of het thema breder."
            ).format(
                goal=goal, effect=figures.count(100 * effect), seen=figures.plain(seen)
            )
        )
    if isinstance(row["note"], str):
        st.caption(
            _("{goal} zonder voortgang: {why}.").format(goal=goal, why=why(row["note"]))
        )
    if row["is_moved"]:
        st.caption(
            _("{goal} is verzet; dit is versie {version}.").format(
                goal=goal, version=figures.count(row["version"])
            )
        )

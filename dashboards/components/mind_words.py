"""What would change our mind about whether something works."""

from collections.abc import Mapping

import pandas as pd

from dashboards.components import figures
from dashboards.locales import translate as _

_OF_HUNDRED = 100


def of(row: Mapping[str, object]) -> str:
    """Return what would change a verdict, and what could be seen of the goal."""
    if pd.isna(row["goal_effect"]):
        return _("Cijfers van ten minste een jaar voor de start.")
    effect = float(str(row["goal_effect"]))
    goal = figures.count(_OF_HUNDRED * effect)
    turn = _turn(str(row["verdict"]))
    wanted = (
        _("Het doel is {goal} % minder.")
        if row["is_goal_agreed"]
        else _("Er is geen doel afgesproken; we rekenen met {goal} % minder.")
    ).format(goal=goal)
    least = row["minimum_detectable_effect"]
    seen = (
        _("In deze opzet is geen enkele daling met zekerheid te zien.")
        if pd.isna(least)
        else _(
            "In deze opzet is een daling van {least} % of meer goed te zien."
        ).format(least=figures.count(_OF_HUNDRED * float(str(least))))
    )
    text = f"{turn} {wanted} {seen}"
    months = row["months_needed"]
    is_seen = not pd.isna(least) and float(str(least)) <= effect
    if not (is_seen or pd.isna(months)) and float(str(months)) > 0:
        text += " " + _(
            "Om het doel te zien zijn er {months} maanden voor en na de start nodig, "
            "of meer buurten."
        ).format(months=figures.count(float(str(months))))
    if row["reason"] == "one_area":
        text += " " + _(
            "Laat meer buurten beginnen, of lever de open data van de hele regio aan: "
            "dan is er genoeg om mee te vergelijken."
        )
    return text


def _turn(code: str) -> str:
    """Return which figures would give another verdict."""
    return {
        "works": _(
            "Komt de streep met meer maanden toch over nul, of begon er in deze "
            "buurten tegelijk iets anders, dan trekken we dit oordeel in."
        ),
        "made worse": _(
            "Komt de streep met meer maanden toch over nul, of werd er alleen meer "
            "gemeld, dan trekken we dit oordeel in."
        ),
    }.get(
        code,
        _(
            "Ligt de hele streep onder nul, en is dat zelden toeval, dan zeggen we dat "
            "het werkt."
        ),
    )

"""The slides of a briefing: what is told of a month, in which order.

Every slide is one sentence that is true of the figures, what stands under it, and what
the speaker may say. Residents' slides hold figures of their file only, or words.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from wijkbeeld.language import say, spoken
from wijkbeeld.output import (
    publication_facts,
    slides_of_crime,
    slides_of_places,
    slides_of_the_evening,
    slides_of_work,
    told,
)
from wijkbeeld.output.facts import Facts
from wijkbeeld.output.slide import Key, Presentation, Slide

_MADE: dict[Key, Callable[[Facts], Slide]] = {
    Key.WELCOME: slides_of_the_evening.welcome,
    Key.ACTIONS_BEFORE: slides_of_the_evening.actions_before,
    Key.BURGLARY: slides_of_crime.burglary,
    Key.THEFT_FROM_CARS: slides_of_crime.theft_from_cars,
    Key.BICYCLE_THEFT: slides_of_crime.bicycle_theft,
    Key.EXPECTED: slides_of_crime.expected,
    Key.WHERE: slides_of_places.where,
    Key.DONE: slides_of_work.done,
    Key.HELPED: slides_of_work.helped,
    Key.AHEAD: slides_of_work.ahead,
    Key.ASKED: slides_of_the_evening.asked,
    Key.GUEST: slides_of_the_evening.guest,
    Key.ACTIONS: slides_of_the_evening.actions,
}


def presentation(path: Path, month: date) -> Presentation:
    """Return the briefing about a month, all slides in the order of ``Key``.

    Args:
        path: The DuckDB file of residents or of the team.
        month: Any day of the month that the figures are of.
    """
    known = publication_facts.read(path, month)
    return Presentation(
        month=f"{known.month:%Y-%m}",
        title=say("Briefing over {month}", month=told.month(known.month)),
        team=say("Politie Loosduinen"),
        publication=known.publication,
        role=known.role,
        has_demo=known.has_demo,
        language=spoken(),
        slides=tuple(_MADE[key](known) for key in Key),
    )

"""Which figures of a month have changed since it was presented, and why."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from wijkbeeld.language import say
from wijkbeeld.output import publication_facts, told, words
from wijkbeeld.output.facts import Offence
from wijkbeeld.output.told import Count


class Correction(NamedTuple):
    """One figure or verdict that is another than was presented."""

    offence: str
    before: str
    after: str
    reason: str
    """Empty where the counts do not tell."""
    is_verdict: bool = False

    def __str__(self) -> str:
        """Return it as it is told: ``was 10, is nu 11: een late melding``."""
        form = (
            say("oordeel was “{before}”, is nu “{after}”")
            if self.is_verdict
            else say("was {before}, is nu {after}")
        )
        text = form.format(before=self.before, after=self.after)
        return f"{text}: {self.reason}" if self.reason else text


def between(presented: Path, now: Path, month: date) -> list[Correction]:
    """Return what changed in a month from one publication to another.

    Args:
        presented: The file of a role that the briefing was held with.
        now: That of the same role in the publication of now.
        month: Any day of the month.
    """
    then = publication_facts.read(presented, month)
    later = publication_facts.read(now, month)
    found: list[Correction] = []
    for before in then.offences:
        if after := later.offence(before.code):
            found += _changed(before, after)
    return found


def _changed(before: Offence, after: Offence) -> list[Correction]:
    name, found = words.offence(after), list[Correction]()
    counts = told.count(before.count), told.count(after.count)
    if counts[0] != counts[1]:
        found.append(Correction(name, *counts, _reason(before, after)))
    verdicts = words.status(before.status), words.status(after.status)
    if verdicts[0] != verdicts[1]:
        found.append(Correction(name, *verdicts, "", is_verdict=True))
    return found


def _reason(before: Offence, after: Offence) -> str:
    """Say why a count changed, as far as the counts tell."""
    if before.source != after.source:
        return say("nu geteld in {source}", source=words.source(after.source))
    more = _more(before.count, after.count)
    if more is None:
        return ""
    if more < 0:
        return say("ingetrokken of anders ingedeeld")
    return (
        say("een late melding")
        if more == 1
        else say("{count} late meldingen", count=told.number(more))
    )


def _more(before: Count, after: Count) -> int | None:
    """Return by how much a count grew; of rounded ones nobody may tell."""
    if before.is_rounded or before.value is None or after.value is None:
        return None
    return after.value - before.value or None

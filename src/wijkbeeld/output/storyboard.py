"""What the video tells, scene by scene, before anything is drawn or timed.

A scene holds what is drawn, and the captions under it. The captions alone tell the
whole story, because most people see it on a phone without sound. Every figure is one
of the bulletin.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from wijkbeeld.language import say, speaking
from wijkbeeld.output import facts, tips, told
from wijkbeeld.output.bulletin import Bulletin, Change, Form, Told
from wijkbeeld.output.slide import AreaMap
from wijkbeeld.output.told import SMALL

_DIRECTIONS: Final = {Change.MORE: 1, Change.LESS: -1, Change.SAME: 0}
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!])\s+")
"""A question stays with its answer."""
_YEAR: Final = 12


@dataclass(frozen=True)
class Bar:
    """One bar of a count: a rounded value, or a word where there is none."""

    label: str
    value: int | None
    told: str

    @property
    def is_few(self) -> bool:
        """Whether it is withheld because it is 1 to 4."""
        return self.value is None and self.told == SMALL


@dataclass(frozen=True)
class Opening:
    """Whose video it is, and of which month."""

    team: str
    title: str
    month: str
    captions: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is read in the picture and said in no caption."""
        return self.title


@dataclass(frozen=True)
class Count:
    """One offence: its count, a word for the change, and a bar for each year."""

    offence: str
    told: str
    change: str
    direction: int | None
    """1 for more, -1 for less, 0 for as many; none when it is not known."""
    bars: tuple[Bar, ...]
    captions: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is read in the picture and said in no caption."""
        return self.offence


@dataclass(frozen=True)
class Places:
    """The map of the buurten, with the names of those with most."""

    map: AreaMap
    title: str
    period: str
    captions: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is read in the picture and said in no caption."""
        return f"{self.title} {self.period}"


@dataclass(frozen=True)
class Advice:
    """One thing to do, with a picture that fits theme and season."""

    theme: str
    """The offence that it prevents, as ``1.1.1``."""
    season: str
    title: str
    captions: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is read in the picture and said in no caption."""
        return self.title


@dataclass(frozen=True)
class Closing:
    """Whom to call, and when."""

    title: str
    ways: tuple[tuple[str, str], ...]
    """What to call or visit, and when to."""
    captions: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is read in the picture and said in no caption."""
        return self.title


Scene = Opening | Count | Places | Advice | Closing


@dataclass(frozen=True)
class Storyboard:
    """A video from beginning to end, ready to be timed and drawn."""

    title: str
    team: str
    month: str
    language: str
    has_demo: bool
    scenes: tuple[Scene, ...]


def of(bulletin: Bulletin) -> Storyboard:
    """Return what the video of a bulletin tells, in the language of the bulletin."""
    with speaking(bulletin.language):
        return Storyboard(
            title=f"{bulletin.team}: {bulletin.title}",
            team=bulletin.team,
            month=bulletin.month_told,
            language=bulletin.language,
            has_demo=bulletin.has_demo,
            scenes=(
                _opening(bulletin),
                *_counts(bulletin),
                *_places(bulletin),
                _advice(bulletin),
                _closing(bulletin),
            ),
        )


def _opening(bulletin: Bulletin) -> Opening:
    about = (
        say("Dit zijn de cijfers over {month}.", month=bulletin.month_told)
        if bulletin.has_figures
        else say("Over {month} zijn er nog geen cijfers.", month=bulletin.month_told)
    )
    welcome = say("Het nieuws van {team}.", team=bulletin.team)
    captions: tuple[str, ...] = (welcome, about)
    if bulletin.has_demo:
        captions += (say("Let op: alles is verzonnen. Dit is een voorbeeld."),)
    return Opening(bulletin.team, bulletin.title, bulletin.month_told, captions)


def _counts(bulletin: Bulletin) -> tuple[Count, ...]:
    if not bulletin.has_figures:
        return ()
    *first, last = (_count(bulletin, counted) for counted in bulletin.counts)
    remark = (bulletin.remark,) if bulletin.remark else ()
    return (*first, replace(last, captions=last.captions + remark))


def _count(bulletin: Bulletin, counted: Told) -> Count:
    before = facts.add_months(bulletin.month, -_YEAR)
    said = [counted.sentence, counted.compared]
    # The video has room for one of them: of the offence whose turn it is.
    if bulletin.form is Form.YEAR and counted.offence_code == bulletin.lead:
        said.append(counted.extra)
    return Count(
        offence=counted.name,
        told=counted.told,
        change=counted.change_told or _no_change(counted),
        direction=_DIRECTIONS.get(counted.change),
        bars=(
            Bar(told.month(before), counted.last_year.value, counted.last_year_told),
            Bar(bulletin.month_told, counted.count.value, told.label(counted.count)),
        ),
        captions=tuple(text for text in said if text),
    )


def _no_change(counted: Told) -> str:
    if not counted.count.is_known:
        return say("geen cijfer bekend")
    if not counted.last_year.is_known:
        return say("een jaar eerder is niet bekend")
    return say("één maand zegt weinig")


def _places(bulletin: Bulletin) -> tuple[Places, ...]:
    if bulletin.areas is None:
        return ()
    [name] = (c.name for c in bulletin.counts if c.offence_code == bulletin.lead)
    period = bulletin.areas.title.removeprefix(f"{name}, ")
    where = {
        "1.1.1": say("Waar werd er ingebroken? De kaart toont een jaar."),
        "1.2.1": say("Waar werd uit auto’s gestolen? De kaart toont een jaar."),
        "1.2.3": say("Waar werden fietsen gestolen? De kaart toont een jaar."),
    }[bulletin.lead]
    return (Places(bulletin.areas, name, period, (where, bulletin.most)),)


def _advice(bulletin: Bulletin) -> Advice:
    return Advice(
        theme=bulletin.tip.offence_code,
        season=tips.season(bulletin.day),
        title=say("Onze tip"),
        captions=sentences(bulletin.tip.long),
    )


def _closing(bulletin: Bulletin) -> Closing:
    return Closing(
        title=say("Wat kunt u doen?"),
        ways=(
            ("112", say("U ziet het nu gebeuren")),
            ("0900-8844", say("U bedenkt het later")),
            ("politie.nl", say("U doet aangifte")),
        ),
        captions=(
            *sentences(bulletin.always),
            say("Is er iets gestolen? Doe aangifte op politie.nl."),
        ),
    )


def sentences(text: str) -> tuple[str, ...]:
    """Return the captions that a text makes: one per sentence."""
    return tuple(_SENTENCE_ENDS.split(text.strip()))

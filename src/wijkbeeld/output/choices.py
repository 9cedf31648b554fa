"""What the chief chose for one briefing: which slides, in which order, with what added.

``briefings/<month>.json`` in the home, one file per briefing. The figures are never in
it: a choice hides, moves and adds words, and changes no slide in any other way.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from wijkbeeld import files
from wijkbeeld.language import say
from wijkbeeld.output import redaction
from wijkbeeld.output.slide import Key, Lines, Presentation, Slide
from wijkbeeld.settings import settings

FOLDER = "briefings"
LONGEST = 160
"""Letters of what is added to a slide: more would push its figures off the wall."""
LONGEST_TEXT = 240
"""Letters of what stands on the slide of the welcome, or of the guest."""


class UnreadableChoicesError(ValueError):
    """The file of a briefing was not written by this house, or was damaged."""


class RefusedChoicesError(ValueError):
    """A text may not be shown to residents, or does not fit on a slide."""


@dataclass(frozen=True)
class Choices:
    """The choices for one briefing; none of them is the briefing as it comes."""

    hidden: frozenset[str] = frozenset()
    """Keys of the slides that are not shown."""
    order: tuple[str, ...] = ()
    """Keys in the order in which they are shown; others keep their place."""
    annotations: dict[str, str] = field(default_factory=dict)
    """Per key what the chief added to the slide."""
    guest: str = ""
    """Who speaks, and about what."""
    welcome: str = ""
    """What stands on the first slide."""


_FORM = TypeAdapter(Choices)


def path(month: date) -> Path:
    """Return where the choices for the briefing about a month are kept."""
    return settings().home / FOLDER / f"{month:%Y-%m}.json"


def read(month: date) -> Choices:
    """Return the choices for the briefing about a month; none when none were made.

    Raises:
        UnreadableChoicesError: The file holds something else.
    """
    kept = path(month)
    try:
        return _FORM.validate_json(kept.read_bytes())
    except FileNotFoundError:
        return Choices()
    except ValidationError as reason:
        first = reason.errors()[0]
        raise UnreadableChoicesError(
            say(
                "{path}: dit zijn geen keuzes voor een briefing ({where}); zet een "
                "goede kopie terug, of haal het bestand weg en kies opnieuw",
                path=kept,
                where=".".join(map(str, first["loc"])) or first["type"],
            )
        ) from None


def change(month: date, how: Callable[[Choices], Choices]) -> None:
    """Change what is kept of a briefing; who changes it meanwhile waits.

    Raises:
        RefusedChoicesError: A text may not be shown, or does not fit.
        UnreadableChoicesError: The file holds something else.
    """
    # Beside the choices, because the container of the pages writes nowhere else.
    with files.exclusive(path(month).with_name(f".{month:%Y-%m}.lock")):
        write(month, how(read(month)))


def write(month: date, choices: Choices) -> None:
    """Keep the choices for the briefing about a month, whole or not at all.

    Raises:
        RefusedChoicesError: A text may not be shown, or does not fit.
    """
    if said := faults(choices):
        raise RefusedChoicesError("\n".join(said))
    files.write_text(
        path(month), _FORM.dump_json(choices, indent=1).decode("utf-8") + "\n"
    )


def faults(choices: Choices) -> list[str]:
    """Return in words what keeps a text from the wall; nothing when all is well."""
    return [
        said
        for place, text, longest in _texts(choices)
        for said in (*_too_long(place, text, longest), *_forbidden(place, text))
    ]


def apply(presentation: Presentation, choices: Choices) -> Presentation:
    """Return the presentation as the chief chose it.

    Slides that the choices do not name, because a later release made them, stay where
    they come by themselves: after the slide that they follow.
    """
    shown = [
        _with_words(slide, choices)
        for slide in in_order(presentation.slides, choices.order)
        if slide.key not in choices.hidden
    ]
    return replace(presentation, slides=tuple(shown))


def in_order(slides: tuple[Slide, ...], order: tuple[str, ...]) -> list[Slide]:
    """Return all slides, those that are named in the order in which they are named."""
    by_key: dict[str, Slide] = {slide.key: slide for slide in slides}
    told = [by_key[key] for key in dict.fromkeys(order) if key in by_key]
    for place, slide in enumerate(slides):
        if slide not in told:
            before = slides[place - 1] if place else None
            told.insert(told.index(before) + 1 if before else 0, slide)
    return told


def _with_words(slide: Slide, choices: Choices) -> Slide:
    if slide.key == Key.WELCOME and (lines := _lines(choices.welcome)):
        slide = replace(slide, parts=(Lines(lines),))
    if slide.key == Key.GUEST and (lines := _lines(choices.guest)):
        rest = (Lines(lines[1:]),) if lines[1:] else ()
        slide = replace(slide, message=lines[0], parts=rest)
    added = choices.annotations.get(slide.key, "").strip()
    return replace(slide, annotation=added) if added else slide


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _texts(choices: Choices) -> list[tuple[str, str, int]]:
    """Return the chief's words: where they stand, what they are, how long may be."""
    added = [
        (say("toevoeging op een dia"), text, LONGEST)
        for text in choices.annotations.values()
    ]
    return [
        (say("welkomsttekst"), choices.welcome, LONGEST_TEXT),
        (say("tekst over de gast"), choices.guest, LONGEST_TEXT),
        *added,
    ]


def _too_long(place: str, text: str, longest: int) -> Iterator[str]:
    if len(text) > longest:
        yield say(
            "{place}: {count} tekens, er passen er {longest} op de dia; maak het "
            "korter",
            place=place,
            count=len(text),
            longest=longest,
        )


def _forbidden(place: str, text: str) -> Iterator[str]:
    for found in redaction.findings(text):
        yield say(
            "{place}: {what} ({masked}); {remedy}",
            place=place,
            what=found.what,
            masked=found.masked,
            remedy=found.remedy,
        )

"""All that leaves the house of one briefing: deck, handout, figures, pictures.

Made of the publication that the briefing was frozen with; of that of now when it was
not, which is then said. The same publication and choices give the same bytes.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from wijkbeeld import files, publish
from wijkbeeld.language import speaking, spoken
from wijkbeeld.output import (
    choices,
    corrections,
    deck,
    handout,
    marks,
    pictures,
    slides,
    workbook,
)
from wijkbeeld.output.corrections import Correction
from wijkbeeld.output.slide import AreaMap, Bars, Presentation
from wijkbeeld.settings import settings

_WRITERS: dict[str, Callable[[Presentation], bytes]] = {
    ".pptx": deck.write,
    ".pdf": handout.write,
    ".xlsx": workbook.xlsx,
    "-cijfers.csv": workbook.csv,
}
_PICTURES = "png"
_PICTURE = re.compile(r"\d\d-[a-z0-9_-]+\.png")


class Prepared(NamedTuple):
    """A briefing as it is shown."""

    presentation: Presentation
    is_frozen: bool
    """It is, and stays, as it was presented."""


class Written(NamedTuple):
    """What was written."""

    folder: Path
    files: tuple[Path, ...]
    publication: str
    is_frozen: bool


def prepared(month: date, role: str = "public") -> Prepared:
    """Return the briefing about a month as the chief chose it, in the language spoken.

    Args:
        month: Any day of the month.
        role: ``public``, or ``team`` for what residents may not see.

    Raises:
        NothingPublishedError: There is no publication yet.
        UnreadableChoicesError: The file of what the chief chose is damaged.
    """
    first = month.replace(day=1)
    frozen = publish.frozen(role).get(first)
    path = frozen[1] if frozen else publish.current(role)
    shown = choices.apply(slides.presentation(path, first), choices.read(first))
    return Prepared(shown, frozen is not None)


def write(
    month: date, folder: Path, role: str = "public", *, language: str | None = None
) -> Written:
    """Write all exports of a briefing into a folder, all of them or none.

    Those for the team, and those in another language than that of the installation,
    say so in their names.

    Args:
        month: Any day of the month.
        folder: Is made if it is not there.
        role: ``public``, or ``team``.
        language: The one of the installation when none is given.

    Raises:
        NothingPublishedError: There is no publication yet.
        UnreadableChoicesError: The file of what the chief chose is damaged.
        TooMuchError: It does not fit on the two pages of the handout.
    """
    with speaking(language or spoken()):
        made = prepared(month, role)
        shown = made.presentation
        documents = contents(shown)
        images = _images(shown)
    below = folder / f"{_PICTURES}{_end(shown)}"
    with (
        files.appearing_together(folder) as file,
        files.appearing_together(below) as image,
    ):
        for name, content in documents.items():
            file(name).write_bytes(content)
        for name, content in images.items():
            image(name).write_bytes(content)
    # Of a briefing that had more slides, or had them in another order.
    for old in below.iterdir():
        if _PICTURE.fullmatch(old.name) and old.name not in images:
            old.unlink()
    written = [folder / name for name in documents] + [below / name for name in images]
    return Written(folder, tuple(written), shown.publication, made.is_frozen)


def contents(presentation: Presentation) -> dict[str, bytes]:
    """Return deck, handout, sheet and figures of a briefing by the names of the files.

    Raises:
        TooMuchError: It does not fit on the two pages of the handout.
    """
    stem = f"briefing-{presentation.month}{_end(presentation)}"
    return {f"{stem}{what}": draw(presentation) for what, draw in _WRITERS.items()}


def _end(presentation: Presentation) -> str:
    """Return what the names of files for the team, or in another language, end in."""
    end = "" if presentation.role == "public" else f"-{presentation.role}"
    is_translated = presentation.language != settings().language
    return end + (f"-{presentation.language}" if is_translated else "")


def _images(presentation: Presentation) -> dict[str, bytes]:
    """Return every chart and map by the name of its file."""
    signature = marks.footer(presentation)
    found: dict[str, bytes] = {}
    for number, slide in enumerate(presentation.slides, start=1):
        drawn = [part for part in slide.parts if isinstance(part, Bars | AreaMap)]
        for at, part in enumerate(drawn, start=1):
            which = f"-{at}" if at > 1 else ""
            name = f"{number:02}-{slide.key}{which}.png"
            found[name] = pictures.png(part, signature=signature)
    return found


def corrected(month: date, role: str = "public") -> list[Correction]:
    """Return the figures of a briefing that were corrected since it was presented.

    None when the month was not frozen: it is then shown with the figures of now.
    """
    frozen = publish.frozen(role).get(month.replace(day=1))
    if frozen is None:
        return []
    return corrections.between(frozen[1], publish.current(role), month)

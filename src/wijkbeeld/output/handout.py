"""The handout: two pages of A4 that residents take home, as PDF/UA by Typst."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import typst

from wijkbeeld.language import say
from wijkbeeld.output import archives, fitting, look, marks, pictures
from wijkbeeld.output.slide import (
    AreaMap,
    Bars,
    Key,
    Lines,
    Numbers,
    Part,
    Presentation,
    Slide,
    Table,
)

_FORM = Path(__file__).with_name("handout.typ")
_SECOND = frozenset(
    {Key.DONE, Key.HELPED, Key.AHEAD, Key.ASKED, Key.GUEST, Key.ACTIONS}
)
"""What was done and is asked stands on the second page."""
# As wide as a column, so that its letters have the size of the text around it.
_SHORT, _LONG = 15, 24
"""Characters: columns of short texts get what they take, the shortest first, as long as
the others keep room. These share the rest: each as much as it is long, and none more
than a long one."""
_PICTURE = {Bars: (520, 300), AreaMap: (520, 400)}


class TooMuchError(ValueError):
    """What is told does not fit on two pages, however small."""


class _Step(NamedTuple):
    """A way to make it fit: smaller letters, then less text."""

    points: float
    characters: int
    rows: int
    picture: float
    """Height of a picture, in lines."""


_STEPS = (
    *(_Step(points / 2, 2000, 40, 13) for points in range(25, 17, -1)),
    *(_Step(points / 2, 1000, 20, 11) for points in range(18, 15, -1)),
    _Step(8, 300, 10, 10),
    _Step(7.5, 160, 8, 9),
    _Step(7, 100, 5, 8),
    _Step(6, 60, 3, 7),
)


def write(presentation: Presentation) -> bytes:
    """Return the handout as PDF; the same presentation gives the same bytes.

    Letters are as large as fits; only then is long text cut, and says so.

    Raises:
        TooMuchError: It does not fit on two pages.
    """
    drawn: dict[Part, str] = {
        part: pictures.svg(part, *_PICTURE[type(part)])
        for slide in presentation.slides
        for part in slide.parts
        if isinstance(part, Bars | AreaMap)
    }
    steps: list[_Step | None] = [None, None]
    for step in _STEPS:
        taken = _taken(_given(presentation, (step, step), drawn))
        steps = [
            kept or (step if pages == 1 else None)
            for kept, pages in zip(steps, taken, strict=True)
        ]
        first, second = steps
        if first and second:
            return _compiled(_given(presentation, (first, second), drawn), presentation)
    raise TooMuchError(
        say(
            "{title} past niet op twee bladzijden: verberg een dia of kort de "
            "toelichtingen in",
            title=presentation.title,
        )
    )


def _taken(given: dict[str, str]) -> tuple[int, int]:
    """Return how many pages each half takes."""
    first, last = json.loads(
        typst.query(
            str(_FORM), "<end>", field="value", sys_inputs=given,
            ignore_system_fonts=True, font_paths=[str(look.FONTS)],
        )
    )  # fmt: skip
    return first, last - first


def _compiled(given: dict[str, str], presentation: Presentation) -> bytes:
    at = archives.moment(presentation.publication)
    written: bytes = typst.compile(
        str(_FORM), format="pdf", sys_inputs=given, pdf_standards=["ua-1"],
        ignore_system_fonts=True, font_paths=[str(look.FONTS)],
        timestamp=int(at.timestamp()),
    )  # fmt: skip
    return written


def _given(
    presentation: Presentation, steps: tuple[_Step, _Step], drawn: dict[Part, str]
) -> dict[str, str]:
    at = archives.moment(presentation.publication)
    halves: tuple[list[Slide], list[Slide]] = ([], [])
    for slide in presentation.slides:
        halves[slide.key in _SECOND].append(slide)
    often = _said_often(presentation)
    data = {
        "title": presentation.title,
        "team": presentation.team,
        "language": presentation.language,
        "footer": marks.footer(presentation),
        "warning": "" if presentation.role == "public" else marks.for_the_police(),
        "font": look.FONT,
        "date": [*at.timetuple()[:6]],
        "colours": {
            "blue": look.BLUE,
            "ink": look.INK,
            "pale": look.PALE,
            "grey": look.GREY,
            "small": look.SMALL_PRINT,
            "warning": look.WARNING,
        },
        "pages": [
            {
                "size": step.points,
                "slides": [_slide(slide, step, drawn, often) for slide in half],
                "small": often if is_first else [],
                "own": "" if is_first else say("Uw aantekeningen"),
            }
            for half, step, is_first in zip(halves, steps, (True, False), strict=True)
        ],
    }
    return {"data": json.dumps(data)}


def _said_often(presentation: Presentation) -> list[str]:
    """Return the remarks of more than one slide, which are then said once."""
    said = Counter(text for slide in presentation.slides for text in set(slide.remarks))
    ordered = dict.fromkeys(
        text for slide in presentation.slides for text in slide.remarks
    )
    return [text for text in ordered if said[text] > 1]


def _slide(
    slide: Slide, step: _Step, drawn: dict[Part, str], often: list[str]
) -> dict[str, Any]:
    own = [text for text in slide.remarks if text not in often]
    return {
        "title": slide.title,
        "message": fitting.cut(slide.message, 2 * step.characters),
        "annotation": fitting.cut(slide.annotation, step.characters),
        "remarks": [fitting.cut(text, step.characters) for text in own],
        "parts": [_part(part, step, drawn) for part in slide.parts if _has_any(part)],
    }


def _has_any(part: Part) -> bool:
    return not isinstance(part, Lines | Numbers) or bool(part.items)


def _part(part: Part, step: _Step, drawn: dict[Part, str]) -> dict[str, Any]:
    match part:
        case Lines(items):
            kept = [fitting.cut(text, step.characters) for text in items]
            return {"kind": "lines", "items": kept}
        case Numbers(items):
            told = [
                {"label": item.label, "told": item.told, "note": item.note}
                for item in items
            ]
            return {"kind": "numbers", "items": told}
        case Table():
            return _table(part, step)
        case Bars() | AreaMap():
            taller = 1.3 if isinstance(part, AreaMap) else 1.0
            return {
                "kind": "picture",
                "svg": drawn[part],
                "alt": part.alt,
                "height": taller * step.picture,
            }


def _table(part: Table, step: _Step) -> dict[str, Any]:
    left_out = len(part.rows) - step.rows
    kept = replace(part, rows=part.rows[: step.rows])
    longest = [
        max(len(row[at]) for row in [part.columns, *kept.rows])
        for at in range(len(part.columns))
    ]
    return {
        "kind": "table",
        "columns": part.columns,
        "rows": [
            [fitting.cut(text, step.characters) for text in row] for row in kept.rows
        ],
        "shares": _shares(longest),
        "more": say("En nog {count} regels.", count=left_out) if left_out > 0 else "",
    }


def _shares(longest: list[int]) -> list[int]:
    """Return what each column gets of the width; 0 is what its texts take."""
    shares = [min(size, _LONG) for size in longest]
    # Two columns of long texts have one word per line beside a day and a state.
    is_crowded = sum(size > _SHORT for size in longest) > 1
    room = _LONG if is_crowded else sum(longest) + 1
    for at in sorted(range(len(longest)), key=lambda at: longest[at]):
        if longest[at] <= _SHORT and longest[at] < room:
            shares[at], room = 0, room - longest[at]
    return shares

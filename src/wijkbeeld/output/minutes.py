"""The minutes of a briefing for the public: a web page, and a PDF to keep.

Both are made of the same sections. Figures are those that were shown on the evening,
and all else is in the file of residents, so nothing is told that is not public.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import typst

from wijkbeeld import files, publish
from wijkbeeld.language import say
from wijkbeeld.output import (
    archives,
    briefing,
    look,
    marks,
    owners,
    publication_facts,
    told,
)
from wijkbeeld.output.facts import Action, Briefing, Facts
from wijkbeeld.output.slide import Key, Numbers, Presentation

_FORM = Path(__file__).with_name("minutes.typ")
_FIGURES = (Key.BURGLARY, Key.THEFT_FROM_CARS, Key.BICYCLE_THEFT)
_STYLE = f"""
body {{ font: 1.125rem/1.5 "Source Sans Pro", system-ui, sans-serif; margin: 0 auto;
  max-width: 46rem; padding: 1rem; color: {look.INK}; background: #fff; }}
h1, h2 {{ color: {look.BLUE}; line-height: 1.2; }}
table {{ border-collapse: collapse; width: 100%; }}
caption {{ text-align: left; font-weight: 600; padding: .5rem 0; }}
th, td {{ border-bottom: 1px solid {look.EDGE}; padding: .4rem .6rem .4rem 0;
  text-align: left; vertical-align: top; overflow-wrap: break-word; }}
thead th {{ color: {look.SMALL_PRINT}; }}
footer {{ color: {look.SMALL_PRINT}; font-size: .95rem; margin-top: 2rem; }}
@media (max-width: 30rem) {{
  body {{ font-size: 1rem; }} th, td {{ padding-right: .35rem; }}
}}
"""


class NoBriefingError(LookupError):
    """No briefing was held about that month, as far as residents may know."""


@dataclass(frozen=True)
class Rows:
    """A table of texts; the first cell of a row names it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading, sentences or points under it, and a table."""

    heading: str
    lines: tuple[str, ...] = ()
    is_list: bool = False
    table: Rows | None = None


@dataclass(frozen=True)
class Minutes:
    """The minutes of one evening."""

    title: str
    sections: tuple[Section, ...]
    footer: str
    team: str
    language: str
    publication: str


def of(month: date) -> Minutes:
    """Return the minutes of the briefing about a month.

    Args:
        month: Any day of the month that the figures are of.

    Raises:
        NoBriefingError: No briefing about that month was held.
        NothingPublishedError: There is no publication yet.
    """
    path = publish.current("public")
    known = publication_facts.read(path, month)
    evening = known.briefing
    if evening is None or evening.status != "gehouden":
        raise NoBriefingError(
            say(
                "over {month} is geen gehouden briefing bekend: vul de lijst van "
                "briefings aan en bouw opnieuw",
                month=f"{month:%Y-%m}",
            )
        )
    shown = briefing.prepared(month).presentation
    return Minutes(
        say("Verslag van de briefing van {day}", day=told.day(evening.held_on)),
        (
            _evening(path, evening),
            _figures(shown),
            _points(path, evening),
            *_actions(known),
            _next(known),
        ),
        marks.footer(shown),
        shown.team,
        shown.language,
        known.publication,
    )


def write(month: date, folder: Path) -> list[Path]:
    """Write the minutes as a web page and as PDF into a folder, both or neither.

    Raises:
        NoBriefingError: No briefing about that month was held.
        NothingPublishedError: There is no publication yet.
    """
    minutes = of(month)
    contents = {".html": as_html(minutes), ".pdf": as_pdf(minutes)}
    with files.appearing_together(folder) as file:
        names = {end: f"verslag-{month:%Y-%m}{end}" for end in contents}
        for end, content in contents.items():
            file(names[end]).write_bytes(content)
    return [folder / name for name in names.values()]


def as_html(minutes: Minutes) -> bytes:
    """Return the page: no script, and nothing that is fetched from anywhere."""
    page = ElementTree.Element("html", lang=minutes.language)
    head = ElementTree.SubElement(page, "head")
    ElementTree.SubElement(head, "meta", charset="utf-8")
    ElementTree.SubElement(
        head, "meta", name="viewport", content="width=device-width, initial-scale=1"
    )
    _text(head, "title", minutes.title)
    _text(head, "style", _STYLE)
    body = ElementTree.SubElement(page, "body")
    main = ElementTree.SubElement(body, "main")
    _text(main, "h1", minutes.title)
    for section in minutes.sections:
        _text(main, "h2", section.heading)
        inside = ElementTree.SubElement(main, "ul") if section.is_list else main
        for line in section.lines:
            _text(inside, "li" if section.is_list else "p", line)
        if section.table:
            _table(main, section.table)
    _text(ElementTree.SubElement(body, "footer"), "p", minutes.footer)
    written: bytes = ElementTree.tostring(page, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + written


def as_pdf(minutes: Minutes) -> bytes:
    """Return the PDF, tagged for who has it read out (PDF/UA)."""
    at = archives.moment(minutes.publication)
    data = {
        "title": minutes.title,
        "team": minutes.team,
        "language": minutes.language,
        "footer": minutes.footer,
        "font": look.FONT,
        "blue": look.BLUE,
        "ink": look.INK,
        "edge": look.EDGE,
        "date": [*at.timetuple()[:6]],
        "sections": [
            {
                "heading": section.heading,
                "lines": section.lines,
                "is_list": section.is_list,
                "table": section.table
                and {
                    "caption": section.table.caption,
                    "columns": section.table.columns,
                    "rows": section.table.rows,
                },
            }
            for section in minutes.sections
        ],
    }
    written: bytes = typst.compile(
        str(_FORM), format="pdf", sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"], ignore_system_fonts=True,
        font_paths=[str(look.FONTS)], timestamp=int(at.timestamp()),
    )  # fmt: skip
    return written


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text


def _table(parent: ElementTree.Element, table: Rows) -> None:
    drawn = ElementTree.SubElement(parent, "table")
    _text(drawn, "caption", table.caption)
    top = ElementTree.SubElement(ElementTree.SubElement(drawn, "thead"), "tr")
    for column in table.columns:
        ElementTree.SubElement(top, "th", scope="col").text = column
    body = ElementTree.SubElement(drawn, "tbody")
    for first, *others in table.rows:
        row = ElementTree.SubElement(body, "tr")
        ElementTree.SubElement(row, "th", scope="row").text = first
        for cell in others:
            _text(row, "td", cell)


def _evening(path: Path, evening: Briefing) -> Section:
    lines = [say("Datum: {day}.", day=told.day(evening.held_on))]
    if evening.venue:
        lines.append(say("Plaats: {venue}.", venue=evening.venue))
    if evening.guest_from:
        lines.append(say("Gast: {guest}.", guest=evening.guest_from))
    present = _asked(
        path,
        "select attendance_residents, attendance_coordinators, "
        "attendance_administrators, attendance_total from marts.fct_briefings "
        "where briefing_id = ?",
        evening.briefing_id,
    )
    groups = (
        say("bewoners"),
        say("coördinatoren van de buurtpreventie"),
        say("beheerders van WhatsApp-groepen"),
        say("samen"),
    )
    counted = [
        (who, told.number(float(str(count))))
        for who, count in zip(groups, present[0] if present else (), strict=False)
        if count is not None
    ]
    if not counted:
        return Section(say("De avond"), (*lines, say("Wie er waren is niet geteld.")))
    lines.append(
        say("Aantallen zijn afgerond op vijf en tellen daardoor niet altijd op.")
    )
    table = Rows(say("Wie er waren"), (say("Groep"), say("Aantal")), tuple(counted))
    return Section(say("De avond"), tuple(lines), table=table)


def _figures(shown: Presentation) -> Section:
    told_slides = [slide for slide in shown.slides if slide.key in _FIGURES]
    lines = tuple(slide.message for slide in told_slides)
    rows = tuple(
        (f"{slide.title}: {number.label}", number.told)
        for slide in told_slides
        for part in slide.parts
        if isinstance(part, Numbers)
        for number in part.items
    )
    table = Rows(say("Cijfers"), (say("Wat"), say("Aantal")), rows) if rows else None
    return Section(say("De cijfers van de maand"), lines, table=table)


def _points(path: Path, evening: Briefing) -> Section:
    points = _asked(
        path,
        "select point from marts.fct_minutes where briefing_id = ? order by point_no",
        evening.briefing_id,
    )
    heading = say("Wat we afspraken")
    if not points:
        return Section(heading, (say("Er zijn geen punten opgeschreven."),))
    return Section(heading, tuple(str(point) for (point,) in points), is_list=True)


def _actions(known: Facts) -> tuple[Section, Section]:
    promised = known.promised()
    return (
        _listed(
            say("Acties die klaar zijn"), say("Er is niets afgerond."),
            [(a, a.done_on) for a in promised.ended], say("Klaar op"),
        ),
        _listed(
            say("Acties die nog lopen"), say("Er loopt niets."),
            [(a, a.due_on) for a in promised.still], say("Klaar voor"),
        ),
    )  # fmt: skip


def _listed(
    heading: str, nothing: str, listed: list[tuple[Action, date | None]], day: str
) -> Section:
    if not listed:
        return Section(heading, (nothing,))
    rows = tuple(
        (
            action.description
            + (say(" (vervallen)") if action.status == "dropped" else ""),
            owners.told(action.owner),
            told.day(on) if on else told.UNKNOWN,
        )
        for action, on in listed
    )
    return Section(
        heading,
        table=Rows(say("Wat, wie en wanneer"), (say("Actie"), say("Wie"), day), rows),
    )


def _next(known: Facts) -> Section:
    coming = known.next_briefing
    line = say("De volgende briefing is nog niet gepland.")
    if coming:
        line = say("De volgende briefing is op {day}.", day=told.day(coming.held_on))
    return Section(say("De volgende keer"), (line,))


def _asked(path: Path, query: str, *values: str) -> list[tuple[object, ...]]:
    """Return rows of a publication; none where it is of before these tables."""
    with duckdb.connect(str(path), read_only=True) as con:
        try:
            return con.execute(query, list(values)).fetchall()
        except (duckdb.CatalogException, duckdb.BinderException):
            return []

"""The column of the fortnight for the door-to-door paper, as DOCX and as plain text.

The paper keeps room for 150 to 220 words. What must be told stands in it always; what
may be told is added, the most useful first, as long as there is room.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Doc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from wijkbeeld import files
from wijkbeeld.language import say, speaking
from wijkbeeld.output import marks, slides_of_places, tips
from wijkbeeld.output.bulletin import Bulletin, Change, Form, Told

LEAST_WORDS, MOST_WORDS = 150, 220
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_TAGS = {"nl": "nl-NL", "en": "en-GB"}
_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""Of every part of the file, so that it is the same when it is made again."""


class ColumnError(ValueError):
    """The column does not fit the room in the paper."""


@dataclass(frozen=True)
class Section:
    """A heading, empty for the first lines, with its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """The column, ready to be printed."""

    title: str
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        """Return all of it as plain text."""
        parts = [self.title]
        for section in self.sections:
            parts += [section.heading] if section.heading else []
            parts += section.paragraphs
        return "\n\n".join(parts) + "\n"

    @property
    def word_count(self) -> int:
        """Return how many words it has, title and headings too."""
        return len(words(self.text))


def words(text: str) -> list[str]:
    """Return the words of a text; a number is one."""
    return _WORD.findall(text)


def of(bulletin: Bulletin) -> Column:
    """Return the column of a bulletin, in its language.

    Raises:
        ColumnError: It has too few or too many words for the paper.
    """
    with speaking(bulletin.language):
        must, may = _pieces(bulletin)
        chosen = [*must]
        for piece in may:
            if _column(bulletin, [*chosen, piece]).word_count <= MOST_WORDS:
                chosen.append(piece)
        for piece in _other_tips(bulletin):
            is_short = _column(bulletin, chosen).word_count < LEAST_WORDS
            if is_short and piece not in chosen:
                chosen.append(piece)
        column = _column(bulletin, chosen)
        if not LEAST_WORDS <= column.word_count <= MOST_WORDS:
            raise ColumnError(
                say(
                    "de column heeft {count} woorden; de krant wil er {least} tot "
                    "{most}: maak de tip {tip} langer of korter (output/tips.yml)",
                    count=column.word_count,
                    least=LEAST_WORDS,
                    most=MOST_WORDS,
                    tip=bulletin.tip.code,
                )
            )
        return column


def write(bulletin: Bulletin, folder: Path) -> list[Path]:
    """Write the column into a folder as ``column.docx`` and ``column.txt``.

    Raises:
        ColumnError: It has too few or too many words for the paper.
    """
    column = of(bulletin)
    docx, txt = folder / "column.docx", folder / "column.txt"
    with files.appearing(docx) as scratch:
        scratch.write_bytes(_as_docx(bulletin, column))
    files.write_text(txt, column.text)
    return [docx, txt]


_FIRST, _FIGURES, _WHERE, _TIP, _HELP = range(5)


@dataclass(frozen=True)
class _Piece:
    """One paragraph, and where it stands."""

    section: int
    order: int
    text: str


def _pieces(bulletin: Bulletin) -> tuple[list[_Piece], list[_Piece]]:
    """Return what must be told, and what may be, the most useful first."""
    must = [
        _Piece(_FIRST, 1, _opening(bulletin)),
        _Piece(_TIP, 0, bulletin.tip.long),
        _Piece(_HELP, 0, bulletin.always),
    ]
    if bulletin.has_demo:
        must.append(_Piece(_FIRST, 0, marks.invented()))
    anonymous = say(
        "Wilt u niet zeggen wie u bent? Bel dan Meld Misdaad Anoniem: 0800-7000."
    )
    join = say(
        "Wilt u meekijken in uw buurt? Vraag uw wijkagent naar de WhatsApp-groep of "
        "naar de buurtpreventie."
    )
    may = [_Piece(_HELP, 1, anonymous), _Piece(_HELP, 2, join)]
    if not bulletin.has_figures:
        return must, [*may, *_other_tips(bulletin)]
    has_year = bulletin.form is Form.YEAR
    must += [
        _Piece(_FIGURES, at, _counted(told, told.extra if has_year else ""))
        for at, told in enumerate(bulletin.counts)
    ]
    where = [bulletin.most] if bulletin.most else []
    if bulletin.form is Form.PLACES and where:
        where = [told.extra for told in bulletin.counts if told.extra]
    if where:
        where.append(say("Dit gaat over {period}.", period=bulletin.areas_period))
        larger = slides_of_places.more_where_more_live()
        may.insert(0, _Piece(_WHERE, len(where), larger))
    must += [_Piece(_WHERE, at, text) for at, text in enumerate(where)]
    return must, [*_explained(bulletin), *may]


def _explained(bulletin: Bulletin) -> list[_Piece]:
    """Return what may be said about the figures, the most useful first."""
    remark, rounded, judged, mopeds = (
        bulletin.remark,
        say("Wij ronden aantallen af op vijf. Zo is niemand te herkennen."),
        bulletin.judged,
        say("Brommers en scooters tellen wij mee bij de fietsen."),
    )
    after = len(bulletin.counts)
    placed = [(2, remark), (3, rounded), (0, judged), (1, mopeds)]
    return [_Piece(_FIGURES, after + at, text) for at, text in placed if text]


def _other_tips(bulletin: Bulletin) -> list[_Piece]:
    """Return the tips about the other two, where there is little else to tell."""
    others = [
        c.offence_code for c in bulletin.counts if c.offence_code != bulletin.lead
    ]
    return [
        _Piece(_TIP, 1 + at, tips.tip(code, bulletin.day).long)
        for at, code in enumerate(others)
    ]


def _opening(bulletin: Bulletin) -> str:
    if not bulletin.has_figures:
        return say(
            "Elke twee weken vertelt {team} wat er in uw wijk gebeurt. Over {month} "
            "hebben wij nog geen cijfers. Zodra ze er zijn, leest u ze hier. Wel geven "
            "wij u alvast een paar tips. Zo maakt u het een dief moeilijk.",
            team=bulletin.team,
            month=bulletin.month_told,
        )
    if bulletin.form is Form.YEAR:
        return say(
            "Elke twee weken vertelt {team} wat er in uw wijk gebeurt. Nu kijken wij "
            "terug op een heel jaar. We beginnen met {month}.",
            team=bulletin.team,
            month=bulletin.month_told,
        )
    if bulletin.form is Form.PLACES:
        return say(
            "Elke twee weken vertelt {team} wat er in uw wijk gebeurt. Nu kijken wij "
            "waar het gebeurde. We beginnen met {month}.",
            team=bulletin.team,
            month=bulletin.month_told,
        )
    return say(
        "Elke twee weken vertelt {team} wat er in uw wijk gebeurt. Dit zijn de cijfers "
        "van {month}.",
        team=bulletin.team,
        month=bulletin.month_told,
    )


def _counted(told: Told, extra: str) -> str:
    said = [told.sentence, told.compared]
    if told.change is Change.MORE:
        said.append(say("Het werd dus meer."))
    elif told.change is Change.LESS:
        said.append(say("Het werd dus minder."))
    return " ".join(filter(None, [*said, extra]))


def _column(bulletin: Bulletin, pieces: list[_Piece]) -> Column:
    has_tips = sum(piece.section == _TIP for piece in pieces) > 1
    headings = {
        _FIRST: "",
        _FIGURES: say("De cijfers"),
        _WHERE: say("Waar gebeurde het?"),
        _TIP: say("Onze tips") if has_tips else say("Onze tip"),
        _HELP: say("Helpt u mee?"),
    }
    in_order = sorted(pieces, key=lambda piece: (piece.section, piece.order))
    sections = (
        Section(heading, tuple(p.text for p in in_order if p.section == at))
        for at, heading in headings.items()
    )
    return Column(bulletin.title, tuple(s for s in sections if s.paragraphs))


def _as_docx(bulletin: Bulletin, column: Column) -> bytes:
    document = Document()
    _dress(document, _TAGS[bulletin.language])
    _describe(document, bulletin, column)
    document.add_heading(column.title, level=0)
    for section in column.sections:
        if section.heading:
            document.add_heading(section.heading, level=1)
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph)
    written = BytesIO()
    document.save(written)
    return _timeless(written)


def _dress(document: Doc, tag: str) -> None:
    """Choose letters, and say in which language it is to be read aloud and spelt."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    sizes = {"Normal": 11, "Title": 20, "Heading 1": 14}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        # Letters of a theme would go before ours.
        for attribute in list(fonts.attrib):
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        language = OxmlElement("w:lang")
        for attribute in ("w:val", "w:eastAsia", "w:bidi"):
            language.set(qn(attribute), tag)
        properties.append(language)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), tag)


def _describe(document: Doc, bulletin: Bulletin, column: Column) -> None:
    """Fill in what the paper, and the list of pieces, want to know of it."""
    properties = document.core_properties
    made = datetime.combine(bulletin.day, time())
    properties.title = column.title
    properties.author = properties.last_modified_by = bulletin.team
    properties.subject = bulletin.month_told
    properties.language = _TAGS[bulletin.language]
    properties.keywords = bulletin.tip.code
    properties.comments = say(
        "{count} woorden; publicatie {publication}",
        count=column.word_count,
        publication=bulletin.publication,
    )
    properties.created = properties.modified = made


def _timeless(written: BytesIO) -> bytes:
    """Return the same document without the moment at which it was zipped."""
    again = BytesIO()
    with ZipFile(written) as made, ZipFile(again, "w") as same:
        for name in made.namelist():
            same.writestr(ZipInfo(name, _MADE), made.read(name), ZIP_DEFLATED)
    return again.getvalue()

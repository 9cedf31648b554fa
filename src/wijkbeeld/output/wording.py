"""The words in a file that is to leave, whatever form it has.

Figures are not words: sheets and pictures hold what the public file holds, drawn from
the same definitions, and are not read here.
"""

import re
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from wijkbeeld.language import say

_PLAIN, _OFFICE = {".txt", ".md", ".srt"}, {".docx", ".pptx"}
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL)
_NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}
# A row of a table is one line, because a name may stand in two cells of it.
_LINES = etree.XPath(
    "//a:tr | //w:tr | //a:p[not(ancestor::a:tr)] | //w:p[not(ancestor::w:tr)]"
    " | //c:strCache//c:v | //p:text",
    namespaces=_NAMESPACES,
)
_WORDS_AND_BREAKS = etree.XPath(
    ".//a:t | .//w:t | self::c:v | self::p:text"
    " | .//a:p | .//w:p | .//a:br | .//w:br | .//w:cr | .//w:tab",
    namespaces=_NAMESPACES,
)


class UnreadableError(ValueError):
    """Its words cannot be read, so it cannot be checked; the message says so."""


def of(path: Path) -> str:
    """Return the words in a file; none where its form is not one of words.

    Raises:
        UnreadableError: Its form is one of words, and they cannot be read.
    """
    form = path.suffix.lower()
    if form in _PLAIN:
        return path.read_text("utf-8")
    if form == ".html":
        return unescape(_TAG.sub(" ", path.read_text("utf-8")))
    try:
        if form in _OFFICE:
            return "\n".join(_in_office(path))
        if form == ".pdf":
            return _in_pdf(path)
    except (BadZipFile, zlib.error, etree.XMLSyntaxError, PyPdfError):
        raise UnreadableError(_unread(path)) from None
    return ""


def _in_office(path: Path) -> Iterator[str]:
    """Yield the lines of every part: slides, notes, charts, headers, comments."""
    with ZipFile(path) as parts:
        for name in parts.namelist():
            if name.endswith(".xml"):
                part = etree.fromstring(parts.read(name), _closed())
                yield from map(_line, _LINES(part))


def _closed() -> etree.XMLParser:
    """Return a parser that fetches nothing that a file names."""
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _line(element: etree._Element) -> str:
    pieces = (piece.text or " " for piece in _WORDS_AND_BREAKS(element))
    return "".join(pieces).strip()


def _in_pdf(path: Path) -> str:
    """Return the text of all pages; a picture of a text has none.

    Raises:
        UnreadableError: There is none.
    """
    text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if not text.strip():
        raise UnreadableError(_unread(path))
    return text


def _unread(path: Path) -> str:
    return say(
        "de tekst in {name} is niet te lezen en dus niet nagekeken; bewaar haar als "
        ".txt of .docx",
        name=path.name,
    )

"""The words in a file that is to leave, whatever form it has.

Figures are not words: sheets and pictures hold what the public file holds, drawn from
the same definitions, and are not read here.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from docx import Document
from pptx import Presentation

_PLAIN = {".txt", ".md", ".srt"}
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL)


def of(path: Path) -> str:
    """Return the words in a file; none where its form is not one of words."""
    if path.suffix in _PLAIN:
        return path.read_text("utf-8")
    if path.suffix == ".html":
        return unescape(_TAG.sub(" ", path.read_text("utf-8")))
    if path.suffix == ".docx":
        return "\n".join(_in_document(path))
    if path.suffix == ".pptx":
        return "\n".join(_in_deck(path))
    return ""


def _in_document(path: Path) -> Iterator[str]:
    document = Document(str(path))
    for paragraph in document.paragraphs:
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            yield " ".join(cell.text for cell in row.cells)


def _in_deck(path: Path) -> Iterator[str]:
    for slide in Presentation(str(path)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text

"""Every string a reader sees goes through the catalogue, and has an English text."""

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from dashboards import locales
from dashboards.components import figures, problem_words
from wijkbeeld.landing.problems import ORDER

DASHBOARDS = Path(__file__).parents[2] / "dashboards"
CATALOGUE = DASHBOARDS / "locales" / "en" / "LC_MESSAGES" / "messages.po"
# Calls whose texts a reader sees.
SHOWN = {
    "title", "header", "subheader", "caption", "markdown", "text", "write", "info",
    "warning", "error", "success", "metric", "selectbox", "text_area", "button",
    "download_button", "expander", "tabs", "spinner", "segmented_control", "Tooltip",
    "Legend", "missing", "TextColumn", "badge",
}  # fmt: skip
# The name of the product; the switch itself, which is in both languages.
IN_EVERY_LANGUAGE = {"Wijkbeeld", "Taal / Language"}


# A text that goes with a number is there for one, and for any other.
Text = str | tuple[str, str]
KEYWORDS = {"_": None, "translate": None, "_n": (1, 2)}


def texts_in_code() -> set[Text]:
    found = extract_from_dir(str(DASHBOARDS), keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


def catalogue() -> dict[Text, Text]:
    return {
        message.id: message.string
        for message in read_po(io.BytesIO(CATALOGUE.read_bytes()))
        if message.id
    }


def test_every_text_has_an_english_one():
    known = catalogue()
    assert {text for text in texts_in_code() if not known.get(text)} == set()
    assert [said for said in known.values() if not all(_each(said))] == []


def test_the_catalogue_holds_no_text_that_is_no_longer_shown():
    assert set(catalogue()) - texts_in_code() == set()


def test_english_says_neighbourhood_wherever_dutch_says_buurt():
    told = [said for each in catalogue().values() for said in _each(each)]
    assert [
        said for said in told if re.search(r"(?<![{\w])buurt(en)?\b", said, re.I)
    ] == ([])


def test_both_languages_have_the_same_places_for_figures():
    def places(text: str) -> list[str]:
        return sorted(part.split("}")[0] for part in text.split("{")[1:])

    assert [
        one
        for text, said in catalogue().items()
        for one, other in zip(_each(text), _each(said), strict=True)
        if places(one) != places(other)
    ] == []


def _each(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize(
    "module",
    sorted(DASHBOARDS.rglob("*.py")),
    ids=lambda path: str(path.relative_to(DASHBOARDS)),
)
def test_no_text_reaches_the_page_past_the_catalogue(module):
    tree = ast.parse(module.read_text("utf-8"))
    bare = [
        (node.lineno, text.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _name(node.func) in SHOWN
        for argument in [
            *node.args,
            *(k.value for k in node.keywords if k.arg in _WORDS),
        ]
        for text in _bare(argument)
        if _has_words(text.value) and text.value not in IN_EVERY_LANGUAGE
    ]

    assert bare == []


_WORDS = {"label", "help", "title", "alt", "placeholder", "body"}


def _name(function: ast.expr) -> str:
    return (
        function.attr
        if isinstance(function, ast.Attribute)
        else getattr(function, "id", "")
    )


def _bare(node: ast.expr) -> list[ast.Constant]:
    """Return the texts in an expression that are not inside a call."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node]
    if isinstance(node, ast.Call):
        # ``_("…").format(…)`` and the like see to it themselves.
        return []
    return [text for child in ast.iter_child_nodes(node) for text in _bare(child)]


def _has_words(text: str) -> bool:
    # An altair field (``name:N``), a marker or a key is no word for readers.
    letters = [part for part in text.split() if part.isalpha() and len(part) > 2]
    return " " in text.strip() and bool(letters)


def test_dutch_is_what_the_code_says(monkeypatch):
    monkeypatch.setattr(locales, "language", lambda: "nl")
    assert figures.status("higher") == "meer dan verwacht"


def test_english_comes_from_the_catalogue(monkeypatch):
    monkeypatch.setattr(locales, "language", lambda: "en")
    assert figures.status("higher") == "higher than expected"


def test_every_problem_code_has_a_meaning():
    assert [code for code in ORDER if problem_words.meaning(code) == code] == []

"""What whoever delivers files gets to read is Dutch, and has an English text."""

import ast
import io
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from wijkbeeld import language
from wijkbeeld.landing import agreement, problems
from wijkbeeld.landing.schema import SOURCES
from wijkbeeld.settings import settings

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "src/wijkbeeld/locales/en/LC_MESSAGES/messages.po"
SAID = [
    path
    for folder in ("src/wijkbeeld", "src/wijkbeeld/commands", "src/wijkbeeld/demo",
                   "src/wijkbeeld/landing",
                   "src/wijkbeeld/output",
                   "src/wijkbeeld/publish", "src/wijkbeeld/pull",
                   "src/wijkbeeld/senders", "src/wijkbeeld/up",
                   "expectations/deliveries", "expectations/publication")
    for path in sorted((ROOT / folder).glob("*.py"))
] + [ROOT / "expectations/audit.py"]  # fmt: skip
"""What senders and whoever types commands get to read is written in these."""


def texts() -> set[str]:
    in_code = {
        message
        for path in SAID
        for _line, message, _comments, _context in extract_from_file(
            "python", path, keywords={"say": None, "later": None}
        )
    }
    agreed = [agreement.source(name) for name in SOURCES]
    in_agreements = {
        text
        for source in agreed
        for named in (source.refused.values(), source.refusals, source.noted)
        for text in (*named, *source.warnings, *source.counted)
    }
    return in_code | in_agreements


def catalogue() -> dict[str, str]:
    return {
        message.id: message.string
        for message in read_po(io.BytesIO(CATALOGUE.read_bytes()))
        if message.id
    }


def test_every_text_has_an_english_one():
    known = catalogue()
    assert {text for text in texts() if not known.get(text)} == set()


def test_the_catalogue_holds_no_text_that_is_no_longer_said():
    assert set(catalogue()) - texts() == set()


def test_both_languages_have_the_same_places_for_values():
    def places(text: str) -> list[str]:
        return sorted(part.split("}")[0] for part in text.split("{")[1:])

    assert [
        text for text, said in catalogue().items() if places(text) != places(said)
    ] == []


@pytest.mark.parametrize(
    "module",
    SAID,
    ids=lambda path: path.stem,
)
def test_no_reason_or_warning_is_written_past_the_catalogue(module):
    bare = [
        (node.lineno, text)
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for shown in _shown(node)
        for text in _bare(shown)
    ]
    assert bare == []


def _shown(call: ast.Call) -> list[ast.expr]:
    """Return the arguments that whoever delivers files gets to read."""
    name = ast.unparse(call.func)
    is_said = name in {"AuditError", "RejectedError"} or name.endswith(
        "warnings.append"
    )
    # Of a rule of the audit, its name and its remedy.
    told = call.args if is_said else call.args[:3:2] if name == "Rule" else []
    described = [word.value for word in call.keywords if word.arg == "description"]
    return told + described


def _bare(node: ast.expr) -> list[str]:
    """Return the words in an expression that are not inside a call."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value] if any(map(str.isalpha, node.value)) else []
    if isinstance(node, ast.Call):
        return []
    return [text for child in ast.iter_child_nodes(node) for text in _bare(child)]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (None, "dit is een PDF; sla de gegevens op als .xlsx of CSV"),
        ("nl", "dit is een PDF; sla de gegevens op als .xlsx of CSV"),
        ("en", "this is a PDF; save as .xlsx or CSV"),
    ],
)
def test_a_text_is_said_in_the_language_of_the_installation(monkeypatch, chosen, said):
    if chosen:
        monkeypatch.setenv("WIJKBEELD_LANGUAGE", chosen)
    settings.cache_clear()
    what = language.say("een PDF")
    form = "dit is {what}; sla de gegevens op als .xlsx of CSV"
    try:
        assert language.say(form, what=what) == said
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_a_value_with_braces_is_said_as_it_is():
    assert language.say("onderdeel {name!r}", name="{0}") == "onderdeel '{0}'"


def test_every_problem_has_a_meaning_and_a_remedy():
    assert set(problems.MEANINGS) == set(problems.REMEDIES) == set(problems.ORDER)

"""The column fits the paper, is plain, and tells no figure that is not public."""

from datetime import date, timedelta

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from tests.output import public_files, readability
from tests.output.figures import assert_public
from tests.output.public_files import SMALL
from tests.output.test_bulletin import OCTOBER, WHERE, YEARS

from wijkbeeld.language import speaking
from wijkbeeld.output import bulletin, column, whatsapp
from wijkbeeld.output.redaction import findings

FILES = {
    "ordinary": YEARS,
    "few": {code: [0] * 24 + [SMALL] for code in YEARS},
    "none at all": {code: [0] * 25 for code in YEARS},
    "one known": {"1.1.1": [5]},
    "no figures": {},
}
DAYS = [date(2026, 11, 12), date(2026, 11, 26), date(2027, 1, 7)]


@pytest.fixture(scope="module", params=list(FILES))
def public(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("public") / "public.duckdb"
    where = WHERE if request.param == "ordinary" else {}
    return public_files.write(path, OCTOBER, FILES[request.param], where=where)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_column_and_message_keep_to_every_rule(public, language):
    with speaking(language):
        told = [bulletin.of(public, day) for day in DAYS]
    for one in told:
        printed, sent = column.of(one).text, whatsapp.text_of(one)
        count = len(printed.split())
        assert column.LEAST_WORDS <= column.of(one).word_count <= column.MOST_WORDS
        # As the paper counts them, a dash or so aside.
        assert abs(count - column.of(one).word_count) <= 5
        assert findings(printed) == findings(sent) == []
        assert len(sent.strip()) <= 700
        assert sent.startswith("BERICHT VAN POLITIE LOOSDUINEN\n")
        assert_public([printed, sent], public)
        assert "DEMO" in printed
        assert "DEMO" in sent


def test_the_column_is_plain_dutch(public):
    for day in DAYS[:2]:
        text = column.of(bulletin.of(public, day)).text
        assert readability.words_per_sentence(text) <= 12
        assert max(len(column.words(s)) for s in readability.sentences(text)) <= 20
        assert readability.flesch_douma(text) >= 70


def test_column_and_message_tell_the_same_figures_and_the_same_tip(public):
    told = bulletin.of(public, DAYS[0])
    printed, sent = column.of(told).text, whatsapp.text_of(told)
    assert told.tip.text.split("?")[0].rstrip(".") in printed
    assert told.tip.text in sent
    for count in told.counts:
        assert (count.sentence in printed) == told.has_figures
        assert (f"- {count.name}: " in sent) == told.has_figures


def test_the_document_has_headings_a_language_and_what_the_list_of_pieces_asks(
    public, tmp_path
):
    told = bulletin.of(public, DAYS[0])
    docx, txt = column.write(told, tmp_path)
    document = Document(str(docx))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert "Heading 1" in styles
    properties = document.core_properties
    assert properties.language == "nl-NL"
    assert properties.title == told.title
    assert properties.author == "Politie Loosduinen"
    assert properties.keywords == told.tip.code
    assert 'w:val="nl-NL"' in document.styles.element.xml
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said == [line for line in txt.read_text("utf-8").splitlines() if line]


def test_the_same_bulletin_gives_the_same_bytes(public, tmp_path):
    told = bulletin.of(public, DAYS[0])
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        column.write(told, folder)
    assert (first / "column.docx").read_bytes() == (second / "column.docx").read_bytes()


def test_a_column_that_is_too_long_is_refused_and_says_what_to_do(public):
    from dataclasses import replace

    told = bulletin.of(public, DAYS[0])
    long = replace(told, tip=replace(told.tip, long="Doe de deur op slot. " * 40))
    with pytest.raises(column.ColumnError) as refused:
        column.of(long)
    assert "de krant wil er 150 tot 220" in str(refused.value)
    assert told.tip.code in str(refused.value)


def test_a_title_of_each_fortnight_fits_its_form(tmp_path):
    path = public_files.write(tmp_path / "p.duckdb", OCTOBER, YEARS, where=WHERE)
    days = [date(2026, 11, 12) + timedelta(days=14 * n) for n in range(2)]
    assert [bulletin.of(path, day).title for day in days] == [
        "Inbraak en diefstal in oktober",
        "Inbraak en diefstal: terugblik op een jaar",
    ]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("fiets", 1), ("inbraak", 2), ("gebeurde", 3), ("tweeëntwintig", 4),
        ("nieuwe", 2), ("sneeuw", 1), ("buurtpreventie", 4), ("hm", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word, count):
    assert readability.syllables(word) == count


def test_the_formula_is_that_of_douma():
    # Two sentences of three words, nine syllables.
    text = "Ik fiets vaak. Mijn fiets staat buiten."
    words, syllables = 7, 8
    assert readability.flesch_douma(text) == pytest.approx(
        206.84 - 0.93 * words / 2 - 77 * syllables / words
    )


@given(st.text(max_size=100))
def test_any_text_can_be_counted(text):
    assert len(readability.sentences(text)) <= len(column.words(text))

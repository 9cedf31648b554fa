"""A bulletin tells what the file of residents holds, and no more."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.output import public_files
from tests.output.public_files import SMALL

from wijkbeeld.language import speaking
from wijkbeeld.output import bulletin, column, storyboard, tips, whatsapp
from wijkbeeld.output.bulletin import Change, Form
from wijkbeeld.output.redaction import findings
from wijkbeeld.output.told import Count

OCTOBER = date(2026, 10, 1)
YEARS = {
    "1.1.1": [15] * 13 + [10] * 5 + [15] + [10] * 6,
    "1.2.1": [20] * 13 + [10] * 6 + [25] * 5 + [20],
    "1.2.3": [30] * 24 + [SMALL],
}
WHERE = {
    "1.1.1": {"BU05181786": 40, "BU05181795": 25, "BU05181893": SMALL},
    "1.2.1": {"BU05181786": 40, "BU05181795": 40, "BU05181893": 40, "BU05181697": 40},
    "1.2.3": {"BU05181697": 45, "BU05181795": SMALL},
}


@pytest.fixture(scope="module")
def october(tmp_path_factory):
    path = tmp_path_factory.mktemp("public") / "public.duckdb"
    return public_files.write(path, OCTOBER, YEARS, where=WHERE)


def texts(told: bulletin.Bulletin) -> str:
    said = [told.title, told.most, told.judged, told.remark, told.tip.text, told.always]
    for count in told.counts:
        said += [count.sentence, count.compared, count.change_told, count.extra]
    return "\n".join(said)


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        (Count(15), Count(10), Change.MORE),
        (Count(10), Count(15), Change.LESS),
        (Count(10), Count(10), Change.SAME),
        (Count(0), Count(0), Change.SAME),
        (Count(None, "small_count"), Count(5), Change.LESS),
        (Count(5), Count(None, "small_count"), Change.MORE),
        (Count(None, "small_count"), Count(0), Change.MORE),
        (Count(0), Count(None, "small_count"), Change.LESS),
        (Count(None, "small_count"), Count(None, "small_count"), Change.SAME),
        (Count(None), Count(10), Change.UNKNOWN),
        (Count(10), Count(None), Change.UNKNOWN),
        (Count(10), Count(None, "protected"), Change.UNKNOWN),
        (Count(10, is_lower_bound=True), Count(15), Change.UNKNOWN),
        (Count(20, is_lower_bound=True), Count(15), Change.MORE),
        (Count(15), Count(10, is_lower_bound=True), Change.UNKNOWN),
        (Count(10, is_lower_bound=True), Count(10), Change.UNKNOWN),
    ],
)
def test_two_figures_are_compared_as_far_as_they_tell(now, before, change):
    assert bulletin.change(now, before) is change


def rounded(exact: int) -> Count:
    if 0 < exact < 5:
        return Count(None, "small_count", is_rounded=True)
    return Count(5 * ((exact * 2 + 5) // 10), is_rounded=True)


@given(st.integers(0, 60), st.integers(0, 60))
def test_more_and_less_are_true_of_the_exact_counts(now, before):
    said = bulletin.change(rounded(now), rounded(before))
    assert {
        Change.MORE: now > before,
        Change.LESS: now < before,
        Change.SAME: abs(now - before) <= 4,
    }[said]


@pytest.mark.parametrize(
    ("day", "first", "form"),
    [
        (date(2026, 11, 12), date(2026, 11, 12), Form.MONTH),
        (date(2026, 11, 25), date(2026, 11, 12), Form.MONTH),
        (date(2026, 11, 26), date(2026, 11, 26), Form.YEAR),
        (date(2026, 10, 29), date(2026, 10, 29), Form.PLACES),
    ],
)
def test_bulletins_of_one_month_look_at_it_from_different_sides(
    october, day, first, form
):
    told = bulletin.of(october, day)
    assert (told.day, told.form) == (first, form)


def test_a_bulletin_tells_the_newest_complete_month(october):
    told = bulletin.of(october, date(2026, 11, 12))
    assert (told.month, told.month_told) == (OCTOBER, "oktober 2026")
    burglary, cars, bicycles = told.counts
    assert (burglary.told, burglary.last_year_told) == ("10", "15")
    assert burglary.sentence == "In oktober werd ongeveer 10 keer ingebroken."
    assert cars.change_told == "ongeveer evenveel als een jaar eerder"
    assert bicycles.told == "<5"
    assert bicycles.sentence == "In oktober werd minder dan 5 keer een fiets gestolen."
    # Of bicycles there are too few to say.
    assert told.judged.startswith(
        "Bij woninginbraak en autokraak past dat bij wat wij verwachten."
    )


@pytest.mark.parametrize(
    ("status", "counts", "change", "said"),
    [
        ("higher", (10, 15), Change.MORE, "meer dan een jaar eerder"),
        ("lower", (15, 10), Change.LESS, "minder dan een jaar eerder"),
        ("as expected", (10, 15), Change.UNKNOWN, "zoals verwacht"),
        ("too few to say", (10, 15), Change.UNKNOWN, ""),
        (None, (15, 10), Change.UNKNOWN, ""),
        # More than the months before foretold, and yet less than a year before.
        ("higher", (15, 10), Change.UNKNOWN, "meer dan verwacht"),
        (None, (10, 10), Change.SAME, "ongeveer evenveel als een jaar eerder"),
    ],
)
def test_more_and_less_are_only_said_of_a_month_with_that_verdict(
    tmp_path, status, counts, change, said
):
    before, now = counts
    path = public_files.write(
        tmp_path / "public.duckdb", OCTOBER, {"1.1.1": [before] * 24 + [now]}
    )
    public_files.judge(path, OCTOBER, status)
    told = bulletin.of(path, date(2026, 11, 12))
    assert (told.counts[0].change, told.counts[0].change_told) == (change, said)
    printed, sent = column.of(told).text, whatsapp.text_of(told)
    [burglary, *_others] = [
        scene
        for scene in storyboard.of(told).scenes
        if isinstance(scene, storyboard.Count)
    ]
    assert ("Het werd dus" in printed) == (change in (Change.MORE, Change.LESS))
    assert (burglary.direction or 0) == (change is Change.MORE) - (
        change is Change.LESS
    )
    assert ("dan een jaar eerder" in sent) == (change in (Change.MORE, Change.LESS))
    # Both counts are told, whatever may be said of them.
    assert said or f"ongeveer {now} (een jaar eerder {before})" in sent


def test_a_month_that_is_not_over_or_not_complete_is_not_told(tmp_path):
    path = public_files.write(
        tmp_path / "public.duckdb", date(2026, 11, 1), YEARS, is_incomplete=True
    )
    assert bulletin.of(path, date(2026, 12, 24)).month == OCTOBER
    assert bulletin.of(path, date(2026, 11, 12)).month == OCTOBER
    assert bulletin.of(path, date(2026, 10, 15)).month == date(2026, 9, 1)


def test_the_year_is_told_in_months_and_never_as_a_sum(october):
    told = bulletin.of(october, date(2026, 11, 26))
    assert [count.extra for count in told.counts] == [
        "In elf van de twaalf maanden was het minder dan een jaar eerder.",
        "In de ene maand was het meer dan een jaar eerder, in de andere minder.",
        "Over het hele jaar is er weinig verschil met het jaar ervoor.",
    ]


def test_places_are_named_where_few_stand_out(tmp_path):
    path = public_files.write(
        tmp_path / "public.duckdb", date(2026, 9, 1), YEARS, where=WHERE
    )
    told = bulletin.of(path, date(2026, 10, 29))
    assert told.form is Form.PLACES
    assert told.title == "Waar werd er ingebroken?"
    assert told.areas is not None
    assert told.areas.title == "Woninginbraak, oktober 2025 tot en met september 2026"
    assert told.most == (
        "In twaalf maanden was het aantal woninginbraken het hoogst in Houtwijk."
    )
    assert "Waar meer mensen wonen, gebeurt vaak meer." in column.of(told).text
    assert [count.extra for count in told.counts] == [
        told.most,
        "De autokraken zijn verspreid: geen buurt springt eruit.",
        "In twaalf maanden was het aantal fietsendiefstallen het hoogst in "
        "Kraayenstein en Vroondaal.",
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_bulletins_that_follow_differ_and_all_pass_the_check(october, language):
    with speaking(language):
        said = [
            texts(bulletin.of(october, date(2026, 11, 12) + timedelta(days=14 * n)))
            for n in range(7)
        ]
    assert len(set(said)) == len(said)
    assert [str(found) for text in said for found in findings(text)] == []


def test_each_of_the_three_leads_in_its_turn(october):
    days = [date(2026, 11, 12) + timedelta(days=14 * n) for n in range(4)]
    told = [bulletin.of(october, day) for day in days]
    assert [t.lead for t in told] == ["1.2.1", "1.2.3", "1.1.1", "1.2.1"]
    assert all(t.tip.offence_code == t.lead for t in told)


def test_december_is_told_in_january_beside_december_a_year_before(tmp_path):
    path = public_files.write(tmp_path / "public.duckdb", date(2026, 12, 1), YEARS)
    told = bulletin.of(path, date(2027, 1, 7))
    assert told.month_told == "december 2026"
    assert told.counts[0].sentence == "In december werd ongeveer 10 keer ingebroken."
    assert told.counts[0].compared == "Een jaar eerder was dat 15 keer."


def test_a_month_without_figures_is_told_as_such(tmp_path):
    path = public_files.write(tmp_path / "public.duckdb", OCTOBER, {})
    told = bulletin.of(path, date(2026, 11, 12))
    assert not told.has_figures
    assert (told.month, told.areas, told.judged) == (OCTOBER, None, "")
    assert [count.told for count in told.counts] == ["–", "–", "–"]
    assert told.counts[0].sentence == (
        "Over woninginbraak in oktober is geen cijfer bekend."
    )
    assert told.counts[0].compared == ""


def test_a_file_of_before_the_first_delivery_gives_a_bulletin(tmp_path):
    import duckdb

    path = tmp_path / "public.duckdb"
    duckdb.connect(str(path)).execute("create schema marts").close()
    told = bulletin.of(path, date(2026, 11, 12))
    assert not told.has_figures
    assert told.tip.text


def test_one_of_a_kind_is_told_as_fewer_than_five(tmp_path):
    few = {code: [0] * 24 + [SMALL] for code in YEARS}
    path = public_files.write(tmp_path / "public.duckdb", OCTOBER, few)
    told = bulletin.of(path, date(2026, 11, 12))
    assert told.counts[0].sentence == "In oktober werd minder dan 5 keer ingebroken."
    assert told.counts[0].compared == "Een jaar eerder was dat geen enkele keer."
    assert told.counts[0].change is Change.UNKNOWN


@settings(max_examples=25)
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_bulletin_comes_out_every_fourteen_days(day):
    number = tips.fortnight(day)
    first = tips.first_bulletin() + timedelta(days=14 * number)
    assert first <= day < first + timedelta(days=14)

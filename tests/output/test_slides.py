"""What is told of a month is true of the file of residents, whatever is in it."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from output import public_file
from output.figures import assert_public, numbers_in, parts, texts_of
from output.public_file import BICYCLES, BURGLARY, BUURTEN, CARS, VANDALISM, in_month

from wijkbeeld.language import speaking
from wijkbeeld.output import facts, slides, slides_of_work
from wijkbeeld.output.facts import MonthCount
from wijkbeeld.output.slide import AreaMap, Bars, Key, Lines, Numbers, Table
from wijkbeeld.output.told import Count

OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def dutch():
    with speaking("nl"):
        yield


def of_priorities(count=10, last_year=20, month=OCTOBER, **known):
    return [
        in_month(code, month, count, last_year, **known)
        for code in (BURGLARY, CARS, BICYCLES)
    ]


def test_all_slides_are_there_in_order_and_each_says_something(present):
    shown = present(rpt_briefing=of_priorities())
    assert list(shown) == list(Key)
    for slide in shown.values():
        assert slide.message.endswith((".", "?"))
        assert slide.notes
        assert slide.remarks[-1].startswith("DEMODATA")


@pytest.mark.parametrize(
    ("count", "last_year", "said"),
    [
        (15, 25, "In oktober werd ongeveer 15 keer ingebroken. "
                 "Een jaar eerder was dat 25 keer."),
        (15, 15, "In oktober werd ongeveer 15 keer ingebroken. "
                 "Een jaar eerder was dat ook 15 keer."),
        (0, 5, "In oktober werd nergens ingebroken. "
               "Een jaar eerder was dat ongeveer 5 keer."),
        (0, 0, "In oktober werd nergens ingebroken. Een jaar eerder ook niet."),
        (5, 0, "In oktober werd ongeveer 5 keer ingebroken. "
               "Een jaar eerder was dat geen enkele keer."),
        (15, None, "In oktober werd ongeveer 15 keer ingebroken. "
                   "Van een jaar eerder is het niet bekend."),
    ],
)  # fmt: skip
def test_a_count_is_told_beside_that_of_a_year_before(present, count, last_year, said):
    shown = present(rpt_briefing=[in_month(BURGLARY, OCTOBER, count, last_year)])
    assert shown[Key.BURGLARY].message == said


def test_two_small_counts_are_the_same_as_far_as_anybody_may_know(present):
    row = in_month(BURGLARY, OCTOBER, None, None, reason_last_year="small_count")
    assert present(rpt_briefing=[row])[Key.BURGLARY].message == (
        "In oktober werd minder dan 5 keer ingebroken. "
        "Een jaar eerder was dat ook minder dan 5 keer."
    )


def test_a_rounded_count_to_which_some_may_be_added_says_so(present):
    row = in_month(BURGLARY, OCTOBER, 15, 25, is_lower_bound=True)
    slide = present(rpt_briefing=[row])[Key.BURGLARY]
    assert slide.message.startswith(
        "In oktober werd ongeveer 15 keer of vaker ingebroken."
    )
    assert parts(slide, Numbers)[0].items[0].told == "15 of meer"
    assert parts(slide, Bars)[0].told[0][-1] == "15+"


def test_what_may_be_more_is_not_called_as_many_as_a_year_before(present):
    row = in_month(CARS, OCTOBER, 15, 15, is_lower_bound=True)
    assert present(rpt_briefing=[row])[Key.THEFT_FROM_CARS].message.endswith(
        "Een jaar eerder was dat 15 keer."
    )


def test_a_count_that_protects_another_is_not_told_and_not_called_small(present):
    row = in_month(BURGLARY, OCTOBER, None, reason="protected")
    slide = present(rpt_briefing=[row])[Key.BURGLARY]
    assert slide.message == "Over woninginbraak in oktober laten we geen cijfer zien."
    assert parts(slide, Numbers)[0].items[0].told == "–"


def test_what_is_not_final_is_said_on_the_slide(present):
    provisional = present(rpt_briefing=of_priorities(is_provisional=True))
    assert "Voorlopige cijfers" in provisional[Key.BURGLARY].remarks[0]
    incomplete = present(rpt_briefing=of_priorities(is_incomplete=True))
    assert "niet compleet" in incomplete[Key.BURGLARY].remarks[0]
    assert any("Afgerond op vijf" in r for r in incomplete[Key.WHERE].remarks) is False


def test_a_change_of_source_or_of_counting_is_said_under_the_bars(present):
    rows = [
        in_month(BURGLARY, date(2025, 12, 1), 10, source="police__open_data"),
        in_month(BURGLARY, OCTOBER, 10),
    ]
    shift = {"offence_code": BURGLARY, "month": date(2026, 2, 1),
             "is_suspected_break": True, "is_strongest": True}  # fmt: skip
    slide = present(rpt_briefing=rows, fct_level_shifts=[shift])[Key.BURGLARY]
    assert slide.remarks[:2] == (
        "Niet alle maanden komen uit dezelfde bron.",
        "Sinds februari 2026 is misschien anders geteld.",
    )


def test_what_is_more_than_expected_is_told_first(present):
    rows = [
        in_month(BURGLARY, OCTOBER, 10, status="as expected"),
        in_month(CARS, OCTOBER, 30, status="higher"),
        in_month(BICYCLES, OCTOBER, 15, status="as expected"),
        in_month(VANDALISM, OCTOBER, 40, status="lower"),
    ]
    slide = present(rpt_briefing=rows)[Key.EXPECTED]
    assert slide.message == (
        "Autokraak: meer dan verwacht. "
        "Woninginbraak en fietsendiefstal: zoals verwacht."
    )
    first, others = parts(slide, Table)
    assert first.rows[1] == ("Autokraak", "30", "–", "▲ meer dan verwacht")
    assert [row[3] for row in others.rows] == ["▼ minder dan verwacht"]


def before(count):
    """Return so many months of burglary before October."""
    return [in_month(BURGLARY, facts.add_months(OCTOBER, -n - 1), 10)
            for n in range(count)]  # fmt: skip


def test_without_a_verdict_nothing_is_called_expected(present):
    slide = present(rpt_briefing=[*of_priorities(None), *before(24)])[Key.EXPECTED]
    assert slide.message == (
        "Of het meer of minder is, weten we niet. Daarvoor zijn de aantallen te klein."
    )
    assert parts(slide, Table)[0].rows[0][3] == "○ te weinig om iets te zeggen"


def test_where_months_are_missing_too_few_crimes_are_not_the_reason(present):
    rows = [*of_priorities(10), *before(23)]
    slide = present(rpt_briefing=rows)[Key.EXPECTED]
    assert slide.message == (
        "Of het meer of minder is, weten we nog niet. Er zijn nog te weinig maanden "
        "bekend om mee te vergelijken."
    )
    assert "te klein" in present(rpt_briefing=[in_month(BURGLARY, OCTOBER, 10),
        *before(24)])[Key.EXPECTED].message  # fmt: skip


def test_the_buurt_with_the_highest_figure_is_named(present):
    cells = [
        public_file.of_year(BURGLARY, code, OCTOBER, count)
        for code, count in zip(BUURTEN, [5, 25, 10, *[5] * 10], strict=True)
    ]
    slide = present(rpt_public_crimes=cells)[Key.WHERE]
    [drawn] = parts(slide, AreaMap)
    most = next(area.name for area in drawn.areas if area.value == 25)
    assert slide.message == (
        f"In twaalf maanden was het aantal woninginbraken het hoogst in {most}."
    )
    assert "Waar meer mensen wonen, gebeurt vaak meer." in slide.remarks
    assert len(drawn.areas) == len(BUURTEN)


def test_a_buurt_that_is_not_shown_could_have_the_most(present):
    cells = [
        public_file.of_year(BURGLARY, BUURTEN[0], OCTOBER, 25),
        public_file.of_year(BURGLARY, BUURTEN[1], OCTOBER, None, reason="protected"),
    ]
    message = present(rpt_public_crimes=cells)[Key.WHERE].message
    assert message.startswith("Voor zover bekend")


def test_where_all_buurten_are_alike_none_stands_out(present):
    cells = [public_file.of_year(BURGLARY, code, OCTOBER, 5) for code in BUURTEN]
    slide = present(rpt_public_crimes=cells)[Key.WHERE]
    assert slide.message == (
        "De woninginbraken zijn verspreid: geen buurt springt eruit."
    )


def test_rounds_of_which_the_hours_are_withheld_are_told_without_a_number(present):
    slide = present(
        rpt_patrols=[
            {"buurt_code": BUURTEN[0], "month": OCTOBER, "patrol_hours": None,
             "signal_count": 15, "is_lower_bound": False}
        ]
    )[Key.DONE]  # fmt: skip
    assert slide.message == "De buurtpreventie liep in oktober door de wijk."
    [numbers] = parts(slide, Numbers)
    assert [(n.label, n.told) for n in numbers.items] == [("signalen", "≥ 10")]


def test_hours_and_posts_are_told_as_what_there_is_at_least(present):
    slide = present(
        rpt_patrols=[
            {"buurt_code": BUURTEN[0], "month": OCTOBER, "patrol_hours": 10,
             "signal_count": None, "is_lower_bound": False}
        ],
        rpt_reach=[
            {"channel": "facebook", "month": OCTOBER, "post_count": 10,
             "reach_max_lower": 1200, "reach_sum_upper": 8400,
             "reach_reported_post_count": 10},
            {"channel": "instagram", "month": OCTOBER, "post_count": 10,
             "reach_max_lower": 900, "reach_reported_post_count": 5},
            {"channel": "x", "month": OCTOBER},
        ],
    )[Key.DONE]  # fmt: skip
    assert slide.message == (
        "De buurtpreventie liep in oktober ten minste 5 uur door de wijk."
    )
    assert parts(slide, Table)[0].rows == (
        ("Facebook", "10", "1.200 tot 8.400"),
        ("Instagram", "10", "≥ 900"),
        ("X", "<5", "–"),
    )
    assert slide.remarks[0].startswith("Afgerond op vijf")


def test_a_rounded_figure_is_said_to_be_one_and_a_zero_is_none(present):
    rows = [in_month(BURGLARY, OCTOBER, 15, 0), in_month(CARS, OCTOBER, 0, 5)]
    shown = present(rpt_briefing=rows)
    notes = [
        [(number.told, number.note) for number in parts(shown[key], Numbers)[0].items]
        for key in (Key.BURGLARY, Key.THEFT_FROM_CARS)
    ]
    assert notes == [
        [("15", "afgerond"), ("0", "")],
        [("0", ""), ("5", "afgerond")],
    ]


def an_effect(verdict, **known):
    return {
        "study_id": verdict, "study_kind": "programme", "study_name": "Lampen",
        "offence_code": BURGLARY, "design": "wdd", "verdict": verdict,
        "start_month": date(2025, 3, 1), "is_reporting_sensitive": False,
    } | known  # fmt: skip


def test_what_helped_is_told_and_of_the_rest_that_it_is_not_known(present):
    slide = present(
        rpt_public_effects=[
            an_effect("too few to say", study_name="Borden", reason="too_early"),
            an_effect("works"),
        ]
    )[Key.HELPED]
    assert slide.message == "Lampen: het werkt. Van de rest weten we het nog niet."
    assert parts(slide, Table)[0].rows[1][2] == (
        "te weinig om te zeggen: er is nog geen jaar voorbij"
    )
    # Nearly all burglaries are reported.
    assert parts(slide, Lines) == []


def test_more_reporting_is_only_told_of_what_is_not_always_reported(present):
    slide = present(
        rpt_public_effects=[
            an_effect("works"),
            an_effect(
                "too few to say", offence_code=BICYCLES, is_reporting_sensitive=True
            ),
        ]
    )[Key.HELPED]
    [said] = parts(slide, Lines)[0].items
    assert said.startswith("Van fietsendiefstal wordt niet alles gemeld.")
    assert "inbraak" not in said


def test_no_sign_that_it_works_is_not_left_to_be_read_as_a_failure(present):
    slide = present(rpt_public_effects=[an_effect("no sign that it works")])[Key.HELPED]
    [said] = parts(slide, Lines)[0].items
    assert said.endswith("is niet hetzelfde als “het werkt niet”.")


def test_what_it_was_against_has_a_name_also_in_a_month_without_figures(present):
    against_vandalism = an_effect("works", offence_code="2.2.1")
    slide = present(rpt_public_effects=[against_vandalism])[Key.HELPED]
    assert parts(slide, Table)[0].rows[0][1] == "Vernieling cq. zaakbeschadiging"


def test_when_nothing_can_be_said_no_programme_is_called_a_failure(present):
    slide = present(rpt_public_effects=[an_effect("too few to say")])[Key.HELPED]
    assert slide.message == (
        "Of het hielp, weten we nog niet. Er is te weinig om dat te zeggen."
    )


def of_seasons(dark, light, year=2026):
    """Return 36 months up to December, so many in the dark half and in the light."""
    months = [facts.add_months(date(year, 12, 1), -back) for back in range(36)]
    return [
        in_month(BURGLARY, m, dark if m.month in (10, 11, 12, 1, 2, 3) else light)
        for m in months
    ]


DARKER = "Let op: in de donkere maanden wordt hier vaker ingebroken."
AS_IT_WAS = "Zo was het een jaar geleden in januari en februari."


@pytest.mark.parametrize(
    ("dark", "light", "said"),
    [
        (20, 10, DARKER),
        (10, 10, AS_IT_WAS),
        # 10 stands for 8 to 12 and 5 for 5 to 7: chance explains 144 beside 126.
        (10, 5, AS_IT_WAS),
        (5, None, AS_IT_WAS),
        (10, None, DARKER),
        (5, 10, AS_IT_WAS),
    ],
)
def test_a_season_is_told_only_where_the_own_history_shows_it(
    present, dark, light, said
):
    rows = of_seasons(dark, light)
    shown = present(date(2026, 12, 1), rpt_briefing=rows)
    assert shown[Key.AHEAD].message == said


@pytest.mark.parametrize(
    "oldest_is",
    [
        {"source": "police__open_data"},
        {"is_incomplete": True},
        {"is_lower_bound": True},
        {"crime_count": None, "reason": "unknown"},
    ],
)
def test_a_season_is_told_of_three_whole_years_of_one_source(present, oldest_is):
    *rows, oldest = of_seasons(20, 10)
    shown = present(date(2026, 12, 1), rpt_briefing=[*rows, oldest | oldest_is])
    assert shown[Key.AHEAD].message == AS_IT_WAS


@pytest.mark.parametrize(
    ("dark", "light", "season"),
    [(10, 10, 0), (20, 10, 1), (10, 20, -1), (11, 10, 0), (3, 2, 0), (1, 0, 1)],
)
def test_a_season_is_no_difference_that_chance_explains(dark, light, season):
    months = [
        MonthCount(
            month,
            Count(dark if month.month in (10, 11, 12, 1, 2, 3) else light),
            "police__incidents",
        )
        for month in (facts.add_months(OCTOBER, -back) for back in range(36))
    ]
    assert slides_of_work.seasons(tuple(months)) == season
    assert slides_of_work.seasons(tuple(months[:-12])) == 0


def test_after_december_comes_january_of_the_new_year(present):
    rows = [
        in_month(BURGLARY, date(2026, month, 1), 5 * month) for month in range(1, 13)
    ]
    shown = present(date(2026, 12, 1), rpt_briefing=rows)
    assert shown[Key.BURGLARY].message.startswith("In december werd ongeveer 60 keer")
    assert parts(shown[Key.BURGLARY], Bars)[0].categories[-1] == "dec 26"
    [table] = parts(shown[Key.AHEAD], Table)
    assert table.columns == ("Misdrijf", "januari 2026", "februari 2026")
    assert table.rows[0] == ("Woninginbraak", "5", "10")


def test_january_looks_back_on_that_of_a_year_before(present):
    rows = [in_month(BURGLARY, date(2026, 1, 1), 10, 20)]
    slide = present(date(2026, 1, 1), rpt_briefing=rows)[Key.BURGLARY]
    assert [n.label for n in parts(slide, Numbers)[0].items] == [
        "januari 2026", "januari 2025"
    ]  # fmt: skip
    assert slide.message.endswith("Een jaar eerder was dat 20 keer.")


def test_a_month_without_data_says_so_and_still_shows_the_months_before(present):
    shown = present(date(2026, 11, 1), rpt_briefing=of_priorities())
    for key in (Key.BURGLARY, Key.THEFT_FROM_CARS, Key.BICYCLE_THEFT, Key.EXPECTED):
        assert shown[key].message == "Over november 2026 zijn nog geen cijfers."
    assert parts(shown[Key.BURGLARY], Bars)[0].series[0].values[-2:] == (10, None)
    assert not parts(shown[Key.BURGLARY], Numbers)


def test_a_month_with_one_incident_says_fewer_than_five(present):
    shown = present(rpt_briefing=[in_month(BURGLARY, OCTOBER, None)])
    assert shown[Key.BURGLARY].message.startswith(
        "In oktober werd minder dan 5 keer ingebroken."
    )
    assert parts(shown[Key.BURGLARY], Numbers)[0].items[0].told == "<5"
    assert parts(shown[Key.BURGLARY], Bars)[0].told[0][-1] == "<5"


def test_a_month_before_the_first_delivery_says_when_the_figures_begin(present):
    shown = present(date(2019, 5, 1), rpt_briefing=of_priorities())
    assert shown[Key.BURGLARY].message == (
        "Over mei 2019 is niets bekend: de cijfers beginnen in oktober 2026."
    )
    assert shown[Key.DONE].message == "Wat er in mei 2019 is gedaan, is niet geleverd."


def test_a_file_without_anything_still_gives_a_briefing(present):
    shown = present()
    assert list(shown) == list(Key)
    assert shown[Key.BURGLARY].message == "Er zijn nog geen cijfers geleverd."
    assert not any(parts(slide, Bars) for slide in shown.values())


def test_everything_is_said_in_english_as_well(present):
    with speaking("en"):
        shown = present(rpt_briefing=of_priorities(15, 25))
    assert shown[Key.BURGLARY].message == (
        "In October homes were broken into about 15 times. "
        "A year before that was 25 times."
    )
    assert shown[Key.ASKED].title == "What do we ask of you?"


# What a published count can be: none because it is small or not known, or fives.
counts = st.sampled_from(
    ["small_count", "protected", "unknown", 0, 5, 10, 15, 120, 1250]
)
statuses = st.sampled_from([None, "higher", "lower", "as expected"])
EDGES = [date(2026, 12, 1), date(2026, 1, 1), date(2026, 10, 1), date(2020, 2, 1)]


def _cell(count):
    is_told = isinstance(count, int)
    return {
        "crime_count": count if is_told else None,
        "reason": None if is_told else count,
    }


@settings(
    max_examples=15,
    deadline=None,
    # A failure is read from what was drawn; to make it small would take minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_number_is_told_that_is_not_in_the_file_of_residents(tmp_path, data):
    month = data.draw(st.sampled_from(EDGES))
    path = tmp_path / "drawn.duckdb"
    with public_file.made(path) as con:
        briefing = [
            in_month(code, facts.add_months(month, -back), None)
            | _cell(data.draw(counts))
            | {
                "status": data.draw(statuses),
                "is_lower_bound": data.draw(st.booleans()),
            }
            for code in (BURGLARY, CARS, BICYCLES, VANDALISM)
            for back in data.draw(st.sets(st.integers(0, 12), max_size=6))
        ]
        areas = [
            public_file.of_year(BURGLARY, code, month, None) | _cell(data.draw(counts))
            for code in data.draw(st.sets(st.sampled_from(BUURTEN)))
        ]
        patrols = [
            {"buurt_code": code, "month": month, "is_lower_bound": False,
             "patrol_hours": data.draw(st.sampled_from([None, 5, 10, 40])),
             "signal_count": data.draw(st.sampled_from([None, 0, 5, 10, 35]))}
            for code in data.draw(st.sets(st.sampled_from(BUURTEN)))
        ]  # fmt: skip
        for table, rows in (
            ("rpt_briefing", briefing),
            ("rpt_public_crimes", areas),
            ("rpt_patrols", patrols),
        ):
            if rows:
                public_file.put(con, table, *rows)
    for language in ("nl", "en"):
        with speaking(language):
            assert_public(texts_of(slides.presentation(path, month)), path)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Op 1 januari 2027 bel 112 of 0900-8844.", []),
        ("In oktober 2026 en in 2025, January 1, 2027", []),
        ("okt 26", []),
        ("“<5” is 1 tot en met 4.", []),
        ("In oktober werd 3 keer ingebroken, in mei 4 keer.", [3, 4]),
        ("12.320 tot 34.185 accounts", [12320, 34185]),
        ("ten minste 15 keer, een jaar eerder 20", [15, 20]),
        ("Er werd één keer ingebroken, of twee keer ingebroken", [1, 2]),
    ],
)
def test_the_check_itself_finds_numbers_and_lets_days_be(text, numbers):
    assert [told.number for told in numbers_in(text)] == numbers


def test_the_check_itself_refuses_what_is_not_in_the_file(tmp_path):
    path = tmp_path / "public.duckdb"
    with public_file.made(path) as con:
        public_file.put(con, "rpt_briefing", in_month(BURGLARY, OCTOBER, 15))
    assert_public(["15 keer"], path)
    with pytest.raises(AssertionError, match="small count"):
        assert_public(["In oktober 3 keer"], path)
    with pytest.raises(AssertionError, match="no figure"):
        assert_public(["16 keer"], path)

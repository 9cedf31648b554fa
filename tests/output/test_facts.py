"""What a publication knows of a month, also where that is little or nothing."""

from datetime import date

import duckdb
import pytest
from output import public_file
from output.public_file import BICYCLES, BURGLARY, BUURTEN, CARS, VANDALISM

from wijkbeeld.output import facts, publication_facts
from wijkbeeld.output.told import NOT_KNOWN, Count

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def read(tmp_path):
    """Return what writes tables of residents, and reads a month of them."""
    path = tmp_path / "public.duckdb"

    def written(month=OCTOBER, change="", **tables):
        with public_file.made(path) as con:
            for table, rows in tables.items():
                public_file.put(con, table, *rows)
            con.execute(change)
        return publication_facts.read(path, month)

    return written


def test_the_priorities_come_first_in_the_order_in_which_they_are_told(read):
    known = read(
        rpt_briefing=[
            public_file.in_month(code, OCTOBER, 10)
            for code in (VANDALISM, BICYCLES, BURGLARY, CARS)
        ]
    )
    assert [o.code for o in known.offences] == [BURGLARY, CARS, BICYCLES, VANDALISM]
    assert known.role == "public"
    assert known.has_demo


def test_a_small_count_and_one_that_is_not_known_are_no_zero(read):
    known = read(
        rpt_briefing=[
            public_file.in_month(BURGLARY, OCTOBER, None, 10),
            public_file.in_month(CARS, OCTOBER, None, reason="unknown"),
            public_file.in_month(BICYCLES, OCTOBER, 0),
        ]
    )
    small, unknown, none = (o.count for o in known.offences)
    assert small.is_small
    assert not unknown.is_known
    assert none == Count(0, is_rounded=True)


def test_at_least_none_is_not_known(read):
    row = public_file.in_month(BURGLARY, OCTOBER, 0, is_lower_bound=True)
    assert not read(rpt_briefing=[row]).offences[0].count.is_known


def test_the_history_has_every_month_also_those_without_a_row(read):
    known = read(
        rpt_briefing=[
            public_file.in_month(BURGLARY, month, count)
            for month, count in ((date(2025, 10, 1), 20), (date(2026, 9, 1), 5))
        ]
    )
    shown = known.shown(BURGLARY)
    assert [m.month for m in shown][:: len(shown) - 1] == [date(2025, 10, 1), OCTOBER]
    assert [m.count.value for m in shown] == [20, *[None] * 10, 5, None]
    assert not any(m.count.is_small for m in shown)


def test_the_map_is_of_the_newest_whole_period_up_to_the_month(read, tmp_path):
    cells = [
        public_file.of_year(BURGLARY, BUURTEN[0], date(2026, 10, 1), 15),
        public_file.of_year(
            BURGLARY, BUURTEN[0], date(2025, 12, 1), 25, period_kind="year"
        ),
    ]
    now = read(rpt_public_crimes=cells).where[BURGLARY]
    assert (now.first_month, now.last_month) == (date(2025, 11, 1), OCTOBER)
    before = publication_facts.read(tmp_path / "public.duckdb", date(2026, 8, 1)).where[
        BURGLARY
    ]
    assert (before.first_month, before.last_month) == (
        date(2025, 1, 1), date(2025, 12, 1)
    )  # fmt: skip
    assert before.counts[BUURTEN[0]].value == 25
    assert (
        publication_facts.read(tmp_path / "public.duckdb", date(2025, 11, 1)).where
        == {}
    )


def test_of_rounded_signals_and_hours_only_what_there_surely_is_adds_up(read):
    known = read(
        rpt_patrols=[
            {"buurt_code": code, "month": OCTOBER, "patrol_hours": hours,
             "signal_count": count, "is_lower_bound": False}
            for code, count, hours in zip(
                BUURTEN, (5, 10, 20, None), (5, 10, 15, None), strict=False
            )
        ]
    )  # fmt: skip
    # 5 and 7.5 and 12.5 at least.
    assert known.patrols.hours == 25
    assert known.patrols.is_lower_bound
    # 5 and 8 and 18 at least, which is 31, in whole fives.
    assert known.patrols.signals == Count(30, is_lower_bound=True)


def test_hours_that_nobody_reported_are_not_known(read):
    assert read().patrols == facts.Patrols(None, False, NOT_KNOWN, is_reported=False)


def test_only_what_began_up_to_the_month_can_have_helped(read):
    effect = {
        "study_id": "P-1", "study_kind": "programme", "study_name": "Lampen",
        "offence_code": BURGLARY, "design": "wdd", "verdict": "works",
        "is_reporting_sensitive": False,
    }  # fmt: skip
    known = read(
        rpt_public_effects=[
            effect | {"start_month": date(2026, 10, 1)},
            effect | {"start_month": date(2026, 11, 1), "study_name": "Sloten"},
            effect | {"verdict": "too few to say", "study_name": "Borden"},
        ]
    )
    assert [e.study_name for e in known.effects] == ["Lampen", "Borden"]


def test_a_programme_in_more_buurten_is_one_programme(read):
    rows = [
        {"programme_id": "P-1", "buurt_code": code, "name": "Lampen", "kind": "anders",
         "status": "loopt", "start_date": date(2026, 9, 1)}
        for code in BUURTEN[:2]
    ]  # fmt: skip
    [programme] = read(fct_programmes=rows).programmes
    assert len(programme.buurten) == 2


@pytest.mark.parametrize(
    "table",
    ["rpt_briefing", "rpt_public_crimes", "rpt_patrols", "rpt_reach", "dim_buurten",
     "dim_buurt_shapes", "dim_offences", "fct_programmes", "rpt_public_effects",
     "fct_level_shifts", "publication"],
)  # fmt: skip
def test_a_file_without_a_table_has_that_part_empty(read, table):
    known = read(change=f"drop table marts.{table}")
    assert known.missing
    assert known.role == "public"


def test_a_file_of_another_release_has_that_part_empty(read):
    known = read(change="alter table marts.rpt_reach drop column reach_max_lower")
    assert known.posts == ()
    assert "rpt_reach" in known.missing


def test_a_file_without_any_table_is_no_error(tmp_path):
    path = tmp_path / "public.duckdb"
    duckdb.connect(str(path)).close()
    known = publication_facts.read(path, OCTOBER)
    assert (known.role, known.offences, known.first_month) == ("public", (), None)


@pytest.mark.parametrize(
    ("month", "count", "there"),
    [
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 1, 1), -12, date(2025, 1, 1)),
        (date(2026, 11, 1), 14, date(2028, 1, 1)),
    ],
)
def test_months_go_on_over_the_turn_of_the_year(month, count, there):
    assert facts.add_months(month, count) == there

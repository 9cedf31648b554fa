"""Nobody reads a withheld count back from the public file."""

from itertools import pairwise

import duckdb
import numpy as np
import pytest
from publish import attack, marts

from wijkbeeld import publish, reference
from wijkbeeld.publish import disclosure
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings

BUURTEN = [buurt.buurt_code for buurt in reference.buurten()]
LAST = marts.months()[-1]
COUNT_COLUMNS = ("crime_count", "gross_count", "count_12_months", "count_last_year")


@pytest.fixture
def shown(home):
    """Publish given counts, and return a function that queries the public file."""

    def published(counts=None, change=""):
        with marts.made(settings().warehouse, counts) as con:
            con.execute(change)
        publish.publish("a")

        def query(text, role="public"):
            with duckdb.connect(str(publish.current(role)), read_only=True) as con:
                return con.sql(text).fetchall()

        return query

    return published


def one_month(*counts, offence=marts.COMMON, others=9):
    """Return cells: the given ones in the last month, ``others`` everywhere else."""
    filled = [*counts, *[others] * (len(BUURTEN) - len(counts))]
    return [
        (buurt, offence, month, count if month == LAST else others)
        for buurt, count in zip(BUURTEN, filled, strict=True)
        for month in marts.months()
    ]


def in_last_month(query, columns, mart="rpt_area_scan"):
    return query(
        f"select {columns} from marts.{mart} where month = '{LAST}' order by all"
    )


def test_the_public_file_has_these_tables_only(shown):
    tables = shown()("select table_name from duckdb_tables() order by 1")
    assert {table for (table,) in tables} == {
        "columns",
        "dim_buurt_shapes",
        "dim_buurten",
        "dim_months",
        "dim_offences",
        "fct_deliveries",
        "fct_level_shifts",
        "fct_registered_crimes",
        "publication",
        "rpt_area_scan",
        "rpt_briefing",
        "rpt_freshness",
        "rpt_patrols",
        "rpt_reach",
    }


def test_the_team_has_no_incidents_and_the_analyst_has(shown):
    assert "fct_incidents" not in ROLES["team"]
    query = shown()
    assert query("select count(*) from marts.fct_incidents", "analyst") > [(0,)]
    with pytest.raises(duckdb.CatalogException):
        query("from marts.fct_incidents", "team")


def test_coordinates_reach_no_file_even_if_a_mart_had_them(shown):
    query = shown(change="alter table marts.fct_incidents add column x_rd integer")
    # A forecast is about a cell of its grid, and about nobody.
    columns = query(
        "select column_name from duckdb_columns() "
        "where table_name <> 'fct_forecast_cells'",
        "analyst",
    )
    assert ("x_rd",) not in columns


def test_a_new_column_of_a_mart_is_not_public_by_itself(shown):
    added = "; ".join(
        f"alter table marts.{table} add column suspect_name varchar default 'Jansen'"
        for table in disclosure.PUBLIC
    )
    query = shown(change=added)
    assert query("from marts.columns where column_name = 'suspect_name'") == []
    assert b"Jansen" not in publish.current("public").read_bytes()


def test_residents_see_no_count_of_one_to_four(shown):
    query = shown()
    for table in ("fct_registered_crimes", "rpt_area_scan", "rpt_briefing"):
        there = query(
            "select column_name from duckdb_columns() "
            f"where table_name = '{table}' and column_name in {COUNT_COLUMNS}"
        )
        assert there
        for (column,) in there:
            small = f"select * from marts.{table} where {column} between 1 and 4"
            assert query(small) == []
    assert query("from marts.rpt_patrols where signal_count between 1 and 4") == []


def test_a_withheld_count_is_flagged_and_others_are_not_touched(shown):
    query = shown(one_month(0, 1, 2, 3, 4, 5))
    assert in_last_month(query, "buurt_code, crime_count, is_suppressed")[:6] == [
        (BUURTEN[0], 0, False),
        (BUURTEN[1], None, True),
        (BUURTEN[2], None, True),
        (BUURTEN[3], None, True),
        (BUURTEN[4], None, True),
        (BUURTEN[5], 5, False),
    ]
    assert in_last_month(
        query,
        "buurt_code, crime_count, gross_count, is_suppressed",
        "fct_registered_crimes",
    )[:6] == [
        (BUURTEN[0], 0, 0, False),
        *((buurt, None, None, True) for buurt in BUURTEN[1:5]),
        (BUURTEN[5], 5, 5, False),
    ]


def test_what_is_null_at_the_source_stays_null(shown):
    query = shown(
        one_month(),
        change="update marts.rpt_area_scan "
        "set crime_count = null, is_suppressed = true "
        f"where buurt_code = '{BUURTEN[0]}'",
    )
    assert in_last_month(query, "crime_count, is_suppressed")[-1] == (None, True)


def test_the_other_source_does_not_tell(shown):
    query = shown(
        one_month(3, 2, 1),
        change="insert into marts.fct_registered_crimes "
        "select * replace ('police__open_data' as source, crime_count + 4 as "
        "crime_count, null as gross_count) from marts.fct_registered_crimes",
    )
    cell = f"where buurt_code = '{BUURTEN[0]}' and month = '{LAST}'"
    assert (
        query(
            f"select crime_count, is_suppressed from marts.fct_registered_crimes {cell}"
        )
        == [(None, True)] * 2
    )


def test_gross_counts_do_not_tell(shown):
    query = shown(
        one_month(0, 9),
        change="update marts.fct_registered_crimes set gross_count = 3 "
        "where crime_count = 0",
    )
    assert in_last_month(query, "crime_count, gross_count", "fct_registered_crimes")[
        -1
    ] == (None, None)


# Counts of the last month beside nines: who is hidden, and what the total says.
TOTALS = [
    # One cell hidden, no zero: the total minus the others is the cell.
    ((3,), 1, False),
    # One hidden, but zeros can be hidden with it.
    ((3, 0), 2, True),
    # One offence somewhere: it is no more than one wherever it was.
    ((1, 0), 1, False),
    # Two that add up to two, or to eight: both are known.
    ((1, 1), 2, False),
    ((4, 4), 2, False),
    ((1, 1, 0, 0), 4, True),
    ((4, 4, 0), 3, True),
    # Three that add up to four: none is over two.
    ((1, 1, 2), 3, False),
    # 2 + 2 could be 1 + 3 and 3 + 1.
    ((2, 2), 2, True),
    ((1, 4), 2, True),
    ((3, 4), 2, False),
    ((2, 2, 0), 2, True),
    ((0, 0), 0, True),
]


@pytest.mark.parametrize(("counts", "hidden_count", "is_total_shown"), TOTALS)
def test_the_total_minus_the_buurten_does_not_tell(
    shown, counts, hidden_count, is_total_shown
):
    query = shown(one_month(*counts))
    [(total, is_suppressed)] = in_last_month(
        query, "crime_count, is_suppressed", "rpt_briefing"
    )
    exact = sum(counts) + 9 * (13 - len(counts))
    assert total == (exact if is_total_shown else None)
    assert is_suppressed is not is_total_shown
    [(hidden,)] = in_last_month(query, "count(*) filter (crime_count is null)")
    assert hidden == hidden_count


def test_a_total_withheld_is_not_told_a_year_later(shown):
    year_ago = LAST.replace(year=LAST.year - 1)
    counts = [
        (buurt, offence, month, 3 if month == year_ago and n == 0 else count)
        for n, (buurt, offence, month, count) in enumerate(
            sorted(one_month(), key=lambda cell: (cell[2] != year_ago, cell[0]))
        )
    ]
    query = shown(counts)
    assert in_last_month(query, "crime_count, count_last_year", "rpt_briefing") == [
        (117, None)
    ]


def test_a_small_total_of_the_team_is_withheld(shown):
    query = shown(one_month(*[0] * 11, 2, 2))
    assert in_last_month(query, "crime_count, is_suppressed", "rpt_briefing") == [
        (None, True)
    ]
    # The zeros may stay: they say nothing of a total that is not there.
    assert in_last_month(query, "count(*) filter (crime_count = 0)") == [(11,)]


def months_of(query, columns, buurt=BUURTEN[0]):
    return query(
        f"select {columns} from marts.rpt_area_scan where buurt_code = '{buurt}' "
        f"and offence_code = '{marts.COMMON}' order by month"
    )


DERIVED = (
    "count_12_months, rate_per_1000, expected_count, expected_lower, expected_upper, "
    "status"
)


def test_where_nothing_is_withheld_everything_is_shown(shown):
    query = shown(one_month())
    assert months_of(query, DERIVED) == months_of(lambda q: query(q, "team"), DERIVED)
    assert months_of(query, DERIVED)[-1] == (
        108,
        pytest.approx(45.957, abs=1e-3),
        9,
        4,
        12,
        "as expected",
    )


def test_a_sum_with_a_withheld_month_in_it_is_withheld(shown):
    """Consecutive sums of twelve months differ by two months."""
    hole = marts.months()[20]
    query = shown(
        [
            (b, o, m, 3 if (m, b) == (hole, BUURTEN[0]) else n)
            for b, o, m, n in one_month()
        ]
    )
    series = months_of(query, DERIVED)
    for position, derived in enumerate(series):
        if 20 <= position <= 35:
            assert derived == (None,) * 6
        elif position < 12:
            assert derived[2:5] == (None,) * 3
    assert months_of(query, "rate_note")[20] == ("suppressed",)
    # Of the total too: it is withheld, so the season that it makes is as well.
    assert series[-1] == (None,) * 6


def test_notes_about_the_source_stay(shown):
    query = shown()
    assert months_of(query, "rate_note, count_12_months")[0] == (
        "too few months",
        None,
    )


def test_rates_times_homes_do_not_tell(shown):
    query = shown()
    assert (
        query(
            "select * from marts.rpt_area_scan inner join marts.dim_buurten "
            "using (buurt_code) "
            "where round(rate_per_1000 * dwelling_count / 1000) between 1 and 4"
        )
        == []
    )


def test_the_count_of_all_offences_is_not_public(shown):
    query = shown(one_month() + one_month(offence="0.0.0"))
    for table in ("fct_registered_crimes", "rpt_area_scan", "rpt_briefing"):
        assert query(f"from marts.{table} where offence_code = '0.0.0'") == []
        assert query(f"from marts.{table}") != []


def test_how_much_was_delivered_does_not_tell_how_many_incidents(shown):
    query = shown(one_month(3))
    for row in query(
        "select row_count, accepted_count, problem_count, size_bytes "
        "from marts.fct_deliveries where source = 'police__incidents'"
    ):
        assert row == (None,) * 4
    assert query(
        "select row_count, problem_count from marts.rpt_freshness "
        "where source = 'police__incidents'"
    ) == [(None, None)]
    assert query(
        "select row_count from marts.fct_deliveries "
        "where source = 'social__facebook_posts'"
    ) == [(1,)]


def test_what_may_not_be_seen_is_not_in_the_bytes(shown):
    shown()
    public, analyst = (publish.current(r).read_bytes() for r in ("public", "analyst"))
    secrets = (
        marts.CAPTION,
        marts.FILE_NAME,
        marts.REASON,
        marts.PROBLEM,
        marts.ADDRESS_KEY,
        "WT-HOUTWIJK",
        "one warning",
    )
    for secret in secrets:
        assert secret.encode() in analyst, f"{secret} would not be found anyway"
        assert secret.encode() not in public
    assert b"Houtwijk" in public


def small_cube(seed):
    """Return counts over all months, for a solver to chew on in a test."""
    draw = np.random.default_rng(seed)
    scale = draw.choice([0.1, 0.5, 1, 2, 8], size=len(BUURTEN))
    return [
        (buurt, marts.COMMON, month, int(draw.poisson(scale[n])))
        for n, buurt in enumerate(BUURTEN)
        for month in marts.months()
    ]


@pytest.mark.parametrize("seed", range(6))
def test_a_solver_cannot_pin_a_withheld_count(shown, seed):
    found = list(attack.ranges(shown(small_cube(seed)), marts.COMMON))
    assert len(found) > 50
    assert min(most - least for least, most in found) >= 2


# What the rule is, and what it says instead; the attack must then succeed.
WITHOUT_A_RULE = {
    "totals": ("_WITHHELD_TOTALS", "cell_count > 0", "cell_count < 0"),
    "totals of two or more": (
        "_WITHHELD_TOTALS",
        "hidden_sum < cell_count + 2",
        "false",
    ),
    "zeros": ("_WITHHELD_ZEROS", "total.is_without_zeros", "false"),
    "windows": (
        "_CELLS",
        "not bool_or(cell.month is not null) over",
        "true or bool_or(cell.month is not null) over",
    ),
}


@pytest.mark.parametrize("rule", WITHOUT_A_RULE)
def test_without_the_rule_the_solver_pins_a_count(shown, monkeypatch, rule):
    name, says, instead = WITHOUT_A_RULE[rule]
    query = getattr(disclosure, name)
    assert says in query
    monkeypatch.setattr(disclosure, name, query.replace(says, instead))
    found = attack.ranges(shown(small_cube(0)), marts.COMMON)
    assert any(most - least < 2 for least, most in found)


def test_sums_of_twelve_months_that_are_shown_differ_by_shown_months(shown):
    query = shown(small_cube(3))
    for buurt in BUURTEN:
        for (_, before), (count, after) in pairwise(
            months_of(query, "crime_count, count_12_months", buurt)
        ):
            assert None in (before, after) or count is not None

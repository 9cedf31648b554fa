"""Nobody reads a withheld count back from the public file."""

import duckdb
import numpy as np
import pytest
from publish import attack, marts
from tests.contracts import columns

from wijkbeeld import publish, reference
from wijkbeeld.publish import audit, disclosure
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings

BUURTEN = [buurt.buurt_code for buurt in reference.buurten()]
LAST = marts.months()[-1]


@pytest.fixture
def shown(home):
    """Publish given counts, and return a function that queries the public file."""

    def published(counts=None, change=""):
        with marts.made(settings().warehouse, counts) as con:
            con.execute(change)
        publish.publish(f"build {len(publish.publications())}")

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


def in_last_month(query, columns, mart="rpt_briefing"):
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
        "fct_actions",
        "fct_briefings",
        "fct_deliveries",
        "fct_level_shifts",
        "fct_programmes",
        "fct_minutes",
        "fct_public_crimes_replaced",
        "publication",
        "rpt_briefing",
        "rpt_freshness",
        "rpt_patrols",
        "rpt_public_crimes",
        "rpt_public_effects",
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
        if "public_" not in table
    )
    query = shown(change=added)
    assert query("from marts.columns where column_name = 'suspect_name'") == []
    assert b"Jansen" not in publish.current("public").read_bytes()


# Of CBS, who round their figures themselves and publish them.
NOT_OURS = ("dim_buurten",)
NO_COUNTS = ("warn_after_days", "error_after_days", "point_no")


def test_e8_no_count_is_one_to_four_and_every_one_is_a_multiple_of_five(shown):
    query = shown(
        change="update marts.rpt_patrols set patrol_count = 7, signal_count = 3; "
        "update marts.rpt_reach set post_count = 6, reach_reported_post_count = 4"
    )
    columns = query(
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'marts' and data_type in "
        "('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UBIGINT') "
        f"and table_name not in {(*NOT_OURS, '')} "
        "and not contains(column_name, 'vintage')"
    )
    assert ("rpt_public_crimes", "crime_count") in columns
    assert ("rpt_patrols", "signal_count") in columns
    for table, column in [*columns, ("rpt_briefing", "count_last_year")]:
        # Limits of age are settings, a number of a point is a place in a list: no
        # counts of anybody.
        if column in NO_COUNTS:
            continue
        small = f"from marts.{table} where {column} between 1 and 4"
        assert query(small) == [], (table, column)
        assert query(f"from marts.{table} where {column} % 5 <> 0") == [], table


def test_no_rate_expectation_or_interval_is_public(shown):
    query = shown()
    derived = query(
        "select table_name, column_name from duckdb_columns() where "
        "regexp_matches(column_name, 'rate_|expected|change_|shift_|shrunk|_z$') "
        "and column_name <> 'rate_base'"
    )
    assert derived
    for table, column in derived:
        assert query(f"from marts.{table} where {column} is not null") == []


def test_a_small_total_says_so_and_others_are_rounded(shown):
    small = shown(one_month(*[0] * 11, 2, 1))
    assert in_last_month(small, "crime_count, reason, is_suppressed, status") == [
        (None, "small_count", True, None)
    ]


def test_the_briefing_is_made_of_the_cells_of_the_cube(shown):
    query = shown(one_month(7))
    assert in_last_month(query, "crime_count, reason, count_last_year") == [
        # 12 times 9 and 7 is 115; a year before it was 117.
        (115, None, 115)
    ]
    assert query(
        "select count(*) from marts.rpt_briefing as briefing "
        "left join marts.rpt_public_crimes as cell on level = 'team' "
        "and briefing.offence_code = cell.offence_code "
        "and briefing.month = cell.last_month "
        "where briefing.crime_count is distinct from cell.crime_count"
    ) == [(0,)]


def test_a_verdict_is_public_where_count_and_expectation_are_five_or_more(shown):
    few = "update marts.rpt_briefing set expected_count = 4.9"
    assert in_last_month(shown(one_month()), "status") == [("as expected",)]
    assert in_last_month(shown(one_month(), change=few), "status") == [(None,)]


def test_months_of_fewer_than_five_posts_are_withheld_whole(shown):
    assert shown()(
        "select columns(* exclude (channel, month)) from marts.rpt_reach"
    ) == [(None,) * 12]
    six = "update marts.rpt_reach set post_count = 6, views_sum = 4"
    query = (
        "select post_count, reach_sum_upper, reach_max_lower, views_sum, "
        "impressions_sum, engagement_sum from marts.rpt_reach"
    )
    many = shown(change=f"{six}, reach_reported_post_count = 6")
    assert many(query) == [(5, 3890, 3890, None, None, 95)]
    # Of five of them nobody knows whom they reached.
    untold = shown(change=f"{six}, reach_reported_post_count = 1")
    assert untold(query) == [(5, None, 3890, None, None, 95)]


def test_signals_are_withheld_or_rounded(shown):
    query = shown(
        change="update marts.rpt_patrols set patrol_count = 5, signal_count = 8"
    )
    assert query("select signal_count, is_suppressed from marts.rpt_patrols") == [
        (10, False)
    ]
    assert shown()("select signal_count, is_suppressed from marts.rpt_patrols") == [
        (None, True)
    ]


@pytest.mark.parametrize(
    ("rounds", "hours", "told"),
    [
        (1, 1.5, (None, None, None, None, True)),
        (4, 9.0, (None, None, None, None, True)),
        (5, 9.0, (5, 10, None, 4.255, False)),
        (13, 41.6, (15, 40, None, 17.021, False)),
        # Of many short rounds the hours may be few.
        (5, 4.0, (5, None, None, None, False)),
    ],
)
def test_hours_of_few_rounds_are_withheld_and_others_rounded(
    shown, rounds, hours, told
):
    query = shown(
        change=f"update marts.rpt_patrols set patrol_count = {rounds}, patrol_hours = "
        f"{hours}, person_hours = {hours * 4}, signal_count = 0, "
        f"hours_per_1000_dwellings = {hours / 2.35}"
    )
    assert query(
        "select patrol_count, patrol_hours, person_hours, "
        "round(hours_per_1000_dwellings, 3), is_suppressed from marts.rpt_patrols"
    ) == [told]


@pytest.mark.parametrize(
    ("careful", "careless", "told"),
    [
        ("rounded_hours as patrol_hours", "patrol_hours", "rpt_patrols.patrol_hours"),
        ("null::bigint as person_hours", "person_hours", "rpt_patrols.person_hours"),
        ("in_fives_if_many(signal_count) as", "", "rpt_patrols.signal_count"),
    ],
)
def test_e8_a_publication_that_tells_a_small_count_is_refused(
    shown, monkeypatch, careful, careless, told
):
    query = disclosure.PUBLIC["rpt_patrols"]
    assert careful in query
    monkeypatch.setitem(
        disclosure.PUBLIC, "rpt_patrols", query.replace(careful, careless)
    )
    with pytest.raises(publish.SmallCountError, match=told):
        shown()


ATTENDANCE = (
    "select attendance_residents, attendance_coordinators, "
    "attendance_administrators, attendance_total, is_suppressed "
    "from marts.fct_briefings"
)


@pytest.mark.parametrize(
    ("present", "told"),
    [
        ((0, 9, 21), (0, 10, 20, 30, False)),
        # Of who was not counted nobody knows, so all together are not known either.
        ((None, 9, 21), (None, 10, 20, None, False)),
        ((40, None, 12), (40, None, 10, None, False)),
        ((40, None, 3), (None, None, None, None, True)),
        # The total and the others would tell of the four who they are.
        ((12, 4, 21), (None, None, None, 35, True)),
        ((0, 1, 2), (None, None, None, None, True)),
        ((0, 0, 0), (0, 0, 0, 0, False)),
        ((None, None, None), (None, None, None, None, False)),
    ],
)
def test_who_was_there_is_told_in_fives_or_together(shown, present, told):
    counts = ", ".join("null::integer" if n is None else str(n) for n in present)
    query = shown(
        change="insert into marts.fct_briefings by name select 'B-1' as briefing_id, "
        "date '2026-10-29' as started_date, 'gehouden' as status, 3 as police_count, "
        "a as resident_count, b as coordinator_count, c as administrator_count "
        f"from (select {counts}) as present (a, b, c)"
    )
    assert query(ATTENDANCE) == [told]


def test_words_that_could_name_somebody_are_not_public(shown):
    query = shown(
        change="insert into marts.fct_minutes by name select * from (values "
        "('B-1', 1, 'Lamp aan bij de voordeur'), ('B-1', 2, 'Jan de Vries belt'), "
        "('B-1', 3, 'Bel 06-12345678'), ('B-1', 4, 'Kijk op Zeekraalpad 12')) "
        "as minutes (briefing_id, point_no, point); "
        "insert into marts.fct_actions by name select 'A-1' as action_id, "
        "'Mevrouw Kanarie bellen' as description, 'Ging goed' as note; "
        "insert into marts.fct_briefings by name select 'B-1' as briefing_id, "
        "'Wijkcentrum' as venue, 'J. Kanarie' as guest_from"
    )
    points = query("select point from marts.fct_minutes order by point_no")
    assert points == [("Lamp aan bij de voordeur",)]
    assert query("from marts.fct_actions") == []
    assert query("select venue, guest_from from marts.fct_briefings") == [
        ("Wijkcentrum", None)
    ]
    shown_bytes = publish.current("public").read_bytes()
    assert b"Kanarie" not in shown_bytes
    assert b"Ging goed" not in shown_bytes


def test_the_count_of_all_offences_is_not_public(shown):
    query = shown(one_month() + one_month(offence="0.0.0"))
    for table in ("rpt_public_crimes", "rpt_briefing"):
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
        "select row_count, problem_count, delivery_count from marts.rpt_freshness "
        "where source = 'police__incidents'"
    ) == [(None, None, None)]


def test_what_may_not_be_seen_is_not_in_the_bytes(shown):
    shown()
    public, analyst = (publish.current(r).read_bytes() for r in ("public", "analyst"))
    texts = (
        marts.CAPTION,
        marts.FILE_NAME,
        marts.REASON,
        marts.PROBLEM,
        "WT-HOUTWIJK",
        "one warning",
    )
    # As DuckDB keeps a UUID: the lower half first, its lowest byte first.
    half = (marts.ADDRESS_KEY.int % 2**64).to_bytes(8, "little")
    for secret in (half, *(text.encode() for text in texts)):
        assert secret in analyst, f"{secret!r} would not be found anyway"
        assert secret not in public
    assert b"Houtwijk" in public


def small_cube(seed):
    """Return counts over all months, for a solver to chew on in a test."""
    draw = np.random.default_rng(seed)
    scale = draw.choice([0.1, 0.5, 1, 2, 8], size=len(BUURTEN))
    return [
        (buurt, marts.COMMON, month, int(draw.poisson(scale[n])))
        for n, buurt in enumerate(BUURTEN)
        for month in marts.months()[-22:]
    ]


def test_e8_a_solver_cannot_work_out_what_is_withheld(shown):
    query = shown(small_cube(0))
    columns = "select column_name from marts.columns where table_name = "
    names = [name for (name,) in query(f"{columns}'rpt_public_crimes'")]
    rows = [
        dict(zip(names, row, strict=True))
        for row in query("from marts.rpt_public_crimes")
    ]
    buurten = [(buurt.buurt_code, buurt.wijk_code) for buurt in reference.buurten()]
    found = [most - least for _, least, most in attack.ranges(rows, buurten)]
    assert len(found) > 10
    assert min(found) >= 2


def test_e_figures_that_contradict_each_other_stop_the_publication(shown, monkeypatch):
    shown()
    before = publish.current("public")

    def contradict(*_):
        raise audit.ContradictionError("the figures for the public contradict")

    monkeypatch.setattr(audit, "told", contradict)
    with marts.made(settings().warehouse, small_cube(1)) as con:
        con.execute("update marts.dim_months set is_complete = true")
    with pytest.raises(publish.ContradictionError, match="contradict"):
        publish.publish("b")
    assert publish.current("public") == before


def test_e_a_publication_of_the_demo_does_not_freeze_real_figures(home):
    for is_demo, count, build in ((True, 9, "a"), (False, 19, "b")):
        marts.make(settings().warehouse, one_month(others=count), is_demo=is_demo)
        publish.publish(build)
    with duckdb.connect(str(publish.current("public")), read_only=True) as con:
        assert con.sql("from marts.fct_public_crimes_replaced").fetchall() == []
        assert con.sql(
            "select distinct crime_count from marts.rpt_briefing"
        ).fetchall() == [(245,)]


@pytest.fixture
def told():
    """Return what fills a mart with one row, and gives what residents read of it."""

    def read(mart, table, **row):
        with duckdb.connect() as con:
            con.execute("attach ':memory:' as warehouse; create schema warehouse.marts")
            listed = ", ".join(f"{c} {kind}" for c, kind in columns()[mart].items())
            con.execute(f"create table warehouse.marts.{mart} ({listed})")
            con.execute(
                f"insert into warehouse.marts.{mart} ({', '.join(row)}) "
                f"values ({', '.join(['?'] * len(row))})",
                list(row.values()),
            )
            return con.execute(disclosure.PUBLIC[table]).df()

    return read


@pytest.fixture
def effect(told):
    """Return what gives the verdict and reason of one finding on large counts."""
    found = {
        "study_id": "P-1", "study_kind": "programme", "study_name": "Lampen (demo)",
        "offence_code": "1.1.1", "design": "wdd", "is_primary": True,
        "start_month": "2024-03-01", "effect_estimate": -12.5, "effect_lower": -20.1,
        "effect_upper": -4.9, "verdict": "works", "unit": "offences",
        "count_before": 40, "count_after": 27, "comparison_before": 60,
        "comparison_after": 61,
        "is_goal_agreed": True, "is_reporting_sensitive": False,
    }  # fmt: skip

    def read(**known):
        rows = told("rpt_effects", "rpt_public_effects", **found | known)
        shown = rows[["verdict", "reason"]].astype(object).where(rows.notna(), None)
        return [tuple(row) for row in shown.to_numpy()]

    return read


def test_what_was_started_is_told_without_a_number(told):
    rows = told(
        "rpt_effects", "rpt_public_effects", study_id="P-1", study_kind="programme",
        offence_code="1.1.1", design="wdd", is_primary=True, verdict="works",
        effect_estimate=-12.5, count_before=40, count_after=27,
    )  # fmt: skip
    assert rows.select_dtypes("number").empty
    assert "12.5" not in rows.to_csv()


def test_a_verdict_on_many_is_told(effect):
    assert effect() == [("works", None)]


@pytest.mark.parametrize(
    "few",
    ["count_before", "count_after", "expected_after", "comparison_before",
     "comparison_after"],
)  # fmt: skip
def test_a_verdict_that_rests_on_fewer_than_five_is_too_few_to_say(effect, few):
    assert effect(**{few: 4}) == [("too few to say", None)]


def test_a_verdict_without_a_count_is_too_few_to_say(effect):
    assert effect(count_after=None) == [("too few to say", None)]


@pytest.mark.parametrize(
    ("reason", "said"),
    [("too_early", "too_early"), ("few_crimes", None), ("chance_not_ruled_out", None),
     ("more_reporting_possible", None)],
)  # fmt: skip
def test_a_reason_that_is_a_word_on_counts_is_not_told(effect, reason, said):
    assert effect(verdict="too few to say", reason=reason) == [("too few to say", said)]


def test_a_design_that_does_not_count_is_not_told(effect):
    assert effect(is_primary=False) == []


def test_of_a_programme_residents_read_its_name_place_and_days(told):
    rows = told(
        "fct_programmes", "fct_programmes", programme_id="P-1", name="Lampen (demo)",
        buurt_code="BU05181786", kind="preventie", status="loopt",
        start_date="2026-03-01", participant_count=3, partners="School (demo)",
    )  # fmt: skip
    assert list(rows.columns) == [
        "programme_id", "buurt_code", "name", "kind", "status", "start_date", "end_date"
    ]  # fmt: skip
    assert rows["name"].tolist() == ["Lampen (demo)"]

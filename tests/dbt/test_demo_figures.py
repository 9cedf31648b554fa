"""From real deliveries, through landing and dbt, to the figures that were planted."""

import json
from datetime import date

import duckdb
import pytest
from tests.dbt.zone import Zone

from wijkbeeld import demo
from wijkbeeld.landing import zone as landing_zone
from wijkbeeld.landing.deliver import SOURCES, deliver
from wijkbeeld.landing.inbox_files import waiting
from wijkbeeld.settings import settings

MONTHS = 16


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("demo")
        patch.setenv("WIJKBEELD_HOME", str(path))
        patch.setenv("WIJKBEELD_PSEUDONYM_KEY", "the key of this test")
        settings.cache_clear()
        demo.write(path / "inbox", months=MONTHS, seed=7, end=date(2026, 11, 1))
        landing_zone.prepare()
        for source in SOURCES:
            for delivery in waiting(source):
                deliver(delivery, source, lambda _: None)
        zone = Zone(path)
        zone.dbt("build", "--exclude-resource-type", "unit_test")
        yield zone
    settings.cache_clear()


@pytest.fixture(scope="module")
def truth(home):
    return json.loads((home.home / "demo" / "truth.json").read_text("utf-8"))


def test_burglaries_are_those_that_happened(home, truth):
    counted = home.query(
        "select buurt_code, strftime(month, '%Y-%m'), crime_count, gross_count"
        " from marts.fct_registered_crimes"
        " where source = 'police__incidents' and offence_code = '1.1.1'"
        f" and month < '{truth['end']}' order by all"
    )
    happened = [
        (buurt, month, cell["net"], cell["gross"])
        for buurt, months in truth["burglaries_by_buurt_and_month"].items()
        for month, cell in months.items()
    ]
    assert counted == sorted(happened)


def test_all_offences_are_those_that_were_registered(home, truth):
    counted = home.query(
        "select offence_code, year(month), sum(crime_count), sum(gross_count)"
        " from marts.fct_registered_crimes where source = 'police__incidents'"
        " group by all having sum(gross_count) > 0 order by all"
    )
    registered = [
        (offence, int(year), cell["net"], cell["gross"])
        for offence, years in truth["registered_by_offence_and_year"].items()
        for year, cell in years.items()
        if cell["gross"]
    ]
    assert counted == sorted(registered)


def test_open_data_are_those_that_were_published(home, truth):
    counted = home.query(
        "select offence_code, year(month), sum(crime_count)"
        " from marts.fct_registered_crimes where source = 'police__open_data'"
        " group by all having sum(crime_count) > 0 order by all"
    )
    published = [
        (offence, int(year), count)
        for offence, years in truth["open_data_by_offence_and_year"].items()
        for year, count in years.items()
        if count
    ]
    assert counted == sorted(published)


def test_rounds_are_those_that_were_walked(home, truth):
    counted = home.query(
        "select strftime(timezone('Europe/Amsterdam', timezone('UTC', started_at)),"
        " '%Y-%m') as month, count(*) from marts.fct_patrols"
        " where not is_withdrawn group by 1 order by 1"
    )
    assert counted == sorted(truth["rounds_by_month"].items())


@pytest.mark.parametrize(
    ("source", "counted"),
    [
        ("watch__signals", "substr(signal_id, 3, 4) || '-' || substr(signal_id, 8, 2)"
         " from marts.fct_signals"),
        ("outreach__print", "substr(article_id, 3, 7) from marts.fct_articles"),
        ("outreach__briefings", "strftime(started_date, '%Y-%m')"
         " from marts.fct_briefings where status = 'gehouden'"),
        ("outreach__actions", "strftime(asked_on, '%Y-%m') from marts.fct_actions"),
        ("outreach__minutes", "substr(briefing_id, 3) from marts.fct_minutes"),
        ("outreach__ride_alongs", "strftime(started_date, '%Y-%m')"
         " from marts.fct_ride_along_posts"),
    ],
)  # fmt: skip
def test_lists_hold_what_was_written_down(home, truth, source, counted):
    rows = home.query(f"select month, count(*) from (select {counted}) t(month)"
                      " group by 1 order by 1")  # fmt: skip
    written = truth["records_by_source_and_month"][source]
    assert rows == sorted((m, n) for m, n in written.items() if n)


def test_an_action_is_counted_once_and_not_before_its_day_is_over(home):
    [(month, done, due)] = home.query(
        "select month, event_count, base_count from marts.rpt_engagement"
        " where measure = 'actions_on_time_share' and month_count = 12"
        " qualify month = max(month) over ()"
    )
    [counted] = home.query(
        "select count_if(status = 'done' and done_on <= due_on),"
        " count_if(status <> 'dropped' or done_on > due_on)"
        " from marts.fct_actions"
        " where due_on < (select max(greatest(asked_on, done_on))"
        "                 from marts.fct_actions)"
        f" and date_trunc('month', due_on) between date '{month}'"
        f" - interval 11 month and date '{month}'"
    )
    assert (done, due) == counted
    assert 0 < done < due


def test_c10_planted_effects_lie_within_their_intervals(home, truth):
    # What is planted is the ratio of the treated buurt, without its neighbours.
    found = home.query(
        "select study_id, effect_lower, effect_upper from marts.rpt_effects"
        " where design = 'res' and offence_code = '1.1.1'"
    )
    intervals = {study: (lower, upper) for study, lower, upper in found}
    planted = [effect for effect in truth["planted_effects"] if effect["team"]]
    assert len(planted) == 2
    for effect in planted:
        lower, upper = intervals[f"P-{effect['team']}"]
        assert lower <= effect["rate_ratio"] <= upper


def test_what_no_delivery_touched_is_not_measured_again(home):
    made = "select * from intermediate.int_effects_measured order by all"
    before = home.query(made)

    def change(column):
        with duckdb.connect(home.home / "warehouse" / "wijkbeeld.duckdb") as con:
            con.execute(f"update intermediate.int_effects_measured set {column}")
        home.dbt("run", "--select", "int_effects_measured")

    # A mark by which is seen what was taken from the build before.
    change("fit = -1")
    kept = home.query("select distinct fit from intermediate.int_effects_measured")
    assert kept == [(-1.0,)]
    change("fingerprint = 'of other figures'")
    assert home.query(made) == before


def test_the_start_that_was_moved_keeps_its_history(home):
    starts = home.query(
        "select start_dates from marts.fct_programmes"
        " where programme_id = 'P-GRAFFITI-1'"
    )
    assert starts == [("2026-03-01 2026-04-01",)]


def test_every_signal_of_the_demo_belongs_to_its_round(home):
    notes = home.query("select distinct patrol_note from marts.fct_signals")
    assert set(notes) <= {(None,), ("no_patrol",)}


def test_nuisance_is_what_was_published(home, truth):
    kinds = home.query(
        "select nuisance_code, sum(crime_count) from marts.fct_nuisance"
        " group by 1 order by 1"
    )
    assert kinds == sorted(truth["nuisance_by_kind"].items())


def test_years_are_those_of_their_own_table(home, truth):
    years = home.query(
        "select offence_code, year, sum(crime_count)"
        " from marts.fct_registered_crime_years where table_number = '47018NED'"
        " group by 1, 2 order by 1, 2"
    )
    published = truth["open_data_by_offence_and_year"]
    assert {year for _, year, _ in years} >= {2012, 2025}
    assert years == [
        (offence, year, published[offence].get(str(year), 0))
        for offence, year, _ in years
    ]


def test_of_more_units_the_first_of_the_police_counts(home):
    # The ambulance was there before them.
    assert home.query(
        "select count(*) > 0, bool_and(first_sent = dispatched_at) from ("
        " select call_id, min(dispatched_at) as first_sent from staging"
        ".stg_police__calls where is_of_police group by call_id, file_sha256"
        " having count(*) > 1) join marts.fct_calls using (call_id)"
    ) == [(True, True)]


def test_a_track_finds_its_round_by_its_name_and_by_the_list(home):
    links = home.query(
        "select linked_by, count(*) = count_if(has_track) from marts.fct_tracks"
        " left join marts.fct_patrols using (patrol_id) group by 1 order by 1"
    )
    assert links == [("list", True), ("name", True)]


def test_every_delivered_row_is_accounted_for(home, truth):
    delivered = home.query(
        "select source, sum(row_count), sum(accepted_count), sum(problem_count)"
        " from marts.fct_deliveries group by 1 order by 1"
    )
    planned = [
        (
            source,
            *(
                sum(file[count] for file in files.values())
                for count in ("row_count", "accepted_count", "problem_count")
            ),
        )
        for source, files in sorted(truth["deliveries"].items())
    ]
    assert delivered == planned


def test_every_column_that_was_built_is_described_and_no_other(home):
    manifest = json.loads((home.home / "dbt/target/manifest.json").read_text("utf-8"))
    described = {
        (node["schema"], node["name"], column["name"])
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["config"]["materialized"] != "ephemeral"
        for column in node["columns"].values()
        if column["description"]
    }
    built = home.query(
        "select schema_name, table_name, column_name from duckdb_columns()"
        " where schema_name in ('staging', 'intermediate', 'marts')"
    )
    assert described ^ set(built) == set()


def test_an_analyst_finds_every_description_in_the_file(home):
    assert (
        home.query(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name = 'marts' and comment is null"
            " union all select table_name, '' from duckdb_tables()"
            " where schema_name = 'marts' and comment is null"
        )
        == []
    )


def test_calls_with_a_report_were_reached_sooner_as_planted(home, truth):
    # Over the months there are, since one month has too few.
    rows = home.query(
        "select median(response_minutes) filter (where call_id in (select call_id"
        " from marts.fct_signals)) < median(response_minutes) filter (where call_id"
        " not in (select call_id from marts.fct_signals where call_id is not null)),"
        " count(*) filter (where call_id in (select call_id from marts.fct_signals))"
        " from marts.fct_calls where priority = 1"
    )
    assert truth["calls_with_report"]["are_of_soonest_share"] == 0.5
    [(is_sooner, number)] = rows
    assert is_sooner
    assert number > 5


def test_the_figures_of_the_engagement_are_there_to_be_told(home):
    rows = home.query(
        "select topic, count(*) filter (where not is_too_few) from marts.rpt_engagement"
        " group by topic order by topic"
    )
    assert [topic for topic, told in rows if told] == [
        "briefing", "calls", "reach", "ride_along", "video", "watch", "whatsapp",
    ]  # fmt: skip
    solved = home.query(
        "select max(event_count) from marts.rpt_engagement"
        " where measure = 'solved_share' and month_count = 12"
    )
    assert solved[0][0] > 0

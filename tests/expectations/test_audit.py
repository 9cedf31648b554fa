"""A build that breaks one rule is not published; the error says which."""
# ruff: noqa: E501 - a breakage reads best on one line

from datetime import date

import duckdb
import pytest
from publish import marts

from expectations import audit, publication
from wijkbeeld import language

TODAY = date(2026, 11, 24)
ONE_CELL = (
    "where (buurt_code, offence_code, month) = ('BU05181481', '1.1.1', '2026-10-01')"
)
ONE_SNAPSHOT = (
    "insert into marts.fct_post_snapshots by name select 'facebook' as channel, "
    "'1' as post_id, timestamp '2026-10-01' as exported_on, 9 as reach"
)
ONE_TOTAL = "where (offence_code, month) = ('1.1.1', '2026-10-01')"


@pytest.fixture(autouse=True)
def english():
    """Read the rules in English, as the breakages below name them."""
    with language.speaking("en"):
        yield


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("sound") / "wijkbeeld.duckdb"
    marts.make(path)
    return path


@pytest.fixture
def breaking(sound, tmp_path):
    def breaking(statement):
        path = tmp_path / "wijkbeeld.duckdb"
        path.write_bytes(sound.read_bytes())
        with duckdb.connect(str(path)) as con:
            con.execute(statement)
        return path

    return breaking


def test_a_sound_build_passes(sound):
    audit.check(sound, TODAY)


def test_an_empty_warehouse_passes(breaking):
    emptied = ";".join(
        f"delete from marts.{table}"
        for table in publication.TABLES
        if table not in {"dim_buurten", "dim_offences", "rpt_freshness"}
    )
    audit.check(breaking(emptied), TODAY)


FIGURES = (
    "insert into marts.fct_buurt_figures by name select 'BU05181786' as buurt_code, "
    "2025 as vintage_year"
)
JUDGEMENT = (
    "insert into marts.fct_street_knowledge by name select 'SK-1' as judgement_id, "
    "3 as severity, 'more' as direction, 'school' as judged_by, 'x' as reason"
)
HOLDER = (
    "insert into marts.dim_portfolios by name select 'jeugd' as theme, "
    "'police' as organisation, 'agent' as role_name, date '2026-01-01' as "
    "valid_from_date"
)
GOAL = (
    "insert into marts.fct_goals by name select 'D-1' as goal_id, 1 as version, "
    "true as is_latest"
)
RELEASE = (
    "insert into marts.fct_releases by name select 'briefing' as kind, 'd' as draft, "
    "'released' as status, '2026-10' as release_id, 'chef' as decided_by"
)
HOUR = (
    "insert into marts.fct_clock_hours by name select 'BU05181786' as buurt_code, "
    "'1.1.1' as offence_code, date '2026-10-01' as month, 3 as hour_of_week, "
    "1.0 as weight"
)
PARTS = (
    "insert into marts.rpt_clock by name select 'team' as level, '1.1.1' as "
    "offence_code, date '2026-10-01' as month, unnest(range(8))::varchar as day_part, "
    "'weekend' as week_part, 0.125 as share_estimate, 0.1 as share_lower, "
    "0.2 as share_upper, false as is_too_few"
)
PAIRS = (
    "insert into marts.rpt_near_repeats by name select '1.1.1' as offence_code, "
    "'0' as distance_band, '0-6' as day_band, 3 as observed_count, "
    "true as is_pattern, 0.01 as p_value, false as is_too_few"
)
ZONE = (
    "insert into marts.fct_near_repeat_zones by name select 'BU05181786' as "
    "buurt_code, '1.1.1' as offence_code, date '2026-10-01' as active_from, "
    "date '2026-10-07' as active_until"
)
BESIDE = (
    "insert into marts.rpt_area_comparison by name select 'BU05181786' as "
    "buurt_code, '1.1.1' as offence_code, date '2026-10-01' as month, "
    "'wijk' as compared_with, 12 as count_12_months, 20 as other_count_12_months, "
    "1.2 as ratio_estimate, 0.6 as ratio_lower, 2.4 as ratio_upper"
)
PLACES = (
    "insert into marts.rpt_concentration by name select '1.1.1' as offence_code, "
    "0.5 as gini_generalised_estimate, 0.4 as gini_generalised_lower, "
    "0.6 as gini_generalised_upper, false as is_too_few"
)
SIGNAL = (
    "insert into marts.fct_signals by name select 'S-1' as signal_id, "
    "timestamp '2026-03-12 20:00' as reported_at"
)
TRACK = (
    "insert into marts.fct_tracks by name select 'T-1' as track_id, 1.0 as length_km, "
    "timestamp '2026-03-12 20:00' as started_at"
)
PART = (
    f"{TRACK}; insert into marts.fct_track_buurten by name select 'T-1' as track_id, "
    "'BU05181786' as buurt_code, 1.0 as share, 1.0 as length_km"
)
ARTICLE = (
    "insert into marts.fct_articles by name select 'A-1' as article_id, 'x' as title"
)
BRIEFING = (
    "insert into marts.fct_briefings by name select 'B-1' as briefing_id, "
    "timestamp '2026-03-12 20:00' as started_at"
)
ACTION = (
    "insert into marts.fct_actions by name select 'A-1' as action_id, "
    "'open' as status, 'wijkagent' as owner, date '2026-03-12' as asked_on, "
    "date '2026-04-12' as due_on, 'Lamp melden' as description, 0 as carried_count"
)
POINT = (
    "insert into marts.fct_minutes by name select 'B-1' as briefing_id, "
    "1 as point_no, 'Lamp aan' as point"
)
EVENING = (
    "insert into marts.fct_ride_along_posts by name select 'M-1' as evening_id, "
    "timestamp '2026-03-12 20:00' as started_at, "
    "timestamp '2026-03-12 20:00' as called_at"
)
PROGRAMME = (
    "insert into marts.fct_programmes by name select 'P-1' as programme_id, "
    "'BU05181786' as buurt_code, date '2026-03-12' as start_date"
)
DAY = (
    "insert into marts.fct_channel_days by name select 'x' as channel, "
    "'ons' as account_id, date '2026-03-12' as day, 'views' as metric"
)
CALL = (
    "insert into marts.fct_calls by name select md5('C-1')::uuid as call_id, 1 as priority, "
    "timestamp '2026-03-12 20:00' as created_at, true as is_withdrawn"
)
RESPONSE = (
    "insert into marts.rpt_response by name select 'BU05181786' as buurt_code, "
    "date '2026-03-01' as month, 1 as priority, 0 as call_count, "
    "0 as registered_count, 0 as within_15_minutes_count"
)
NUISANCE = (
    "insert into marts.fct_nuisance by name select 'BU05181786' as buurt_code, "
    "'E35' as nuisance_code, date '2026-03-01' as month, 1 as crime_count"
)
YEAR = (
    "insert into marts.fct_registered_crime_years by name select "
    "'BU05181786' as buurt_code, '1.1.1' as offence_code, 2025 as year, "
    "1 as crime_count"
)
CELL = (
    "insert into marts.fct_forecast_cells by name select 'kde' as model, "
    "'1' as model_version, 'woninginbraak' as theme, date '2026-03-02' as "
    "period_start, date '2026-03-08' as period_end, 'alle' as day_part, "
    "76875 as x_rd, 452500 as y_rd, 0.1 as score, 'probability' as score_kind"
)
BROADCAST = "update marts.fct_broadcasts set text ="
REACHABLE = "no e-mail address, mobile number or IBAN"
# Table, the rule as it is named, what breaks it, and how many rows are said to.
BREAKAGES = [
    ("dim_buurten", "13 buurten", "delete from marts.dim_buurten where buurt_code = 'BU05181481'", 1),
    ("dim_buurten", "13 buurten", "insert into marts.dim_buurten select * replace ('BU05990101' as buurt_code) from marts.dim_buurten limit 1", 1),
    ("dim_buurten", "13 buurten", "update marts.dim_buurten set buurt_code = 'BU05990101' where buurt_code = 'BU05181481'", 2),
    ("dim_buurten", "none is negative", "update marts.dim_buurten set dwelling_count = -99997", 13),
    ("dim_buurt_shapes", "buurt_code names one row", "insert into marts.dim_buurt_shapes from marts.dim_buurt_shapes limit 1", 1),
    ("dim_buurt_shapes", "every buurt_code is in dim_buurten", "update marts.dim_buurt_shapes set buurt_code = 'BU1' where buurt_code = 'BU05181481'", 1),
    ("dim_buurt_shapes", "every buurt has a shape", "delete from marts.dim_buurt_shapes where buurt_code = 'BU05181481'", 1),
    ("dim_offences", "offence_code names one row", "insert into marts.dim_offences from marts.dim_offences", 2),
    ("dim_offences", "rate_base is one of", "update marts.dim_offences set rate_base = 'shops'", 2),
    ("dim_months", "month names one row", "insert into marts.dim_months from marts.dim_months limit 1", 1),
    ("dim_months", "no month is left out", "delete from marts.dim_months where month = '2024-03-01'", 1),
    ("fct_buurt_figures", "names one row", f"{FIGURES}; {FIGURES}", 1),
    ("fct_buurt_figures", "every buurt_code is in", f"{FIGURES}; update marts.fct_buurt_figures set buurt_code = 'BU1'", 1),
    ("fct_buurt_figures", "none is negative", f"{FIGURES}; update marts.fct_buurt_figures set dwelling_count = -1", 1),
    ("dim_days", "day names one row", "insert into marts.dim_days by name select unnest([date '2026-01-01', '2026-01-01', '2026-01-02']) as day", 1),
    ("dim_days", "no day is left out", "insert into marts.dim_days by name select unnest([date '2026-01-01', '2026-01-03']) as day", 1),
    ("fct_incidents", "incident_id names one row", "insert into marts.fct_incidents from marts.fct_incidents limit 1", 1),
    ("fct_incidents", "incident_id names one row", "update marts.fct_incidents set incident_id = null where incident_id in (from (select incident_id from marts.fct_incidents limit 1))", 2),
    ("fct_incidents", "every offence_code is in dim_offences", "update marts.fct_incidents set offence_code = '9.9.9' where offence_code = '1.4.6'", None),
    ("fct_incidents", "every buurt_code is in dim_buurten", "update marts.fct_incidents set buurt_code = 'BU1' where buurt_code = 'BU05181481'", None),
    ("fct_incidents", "has a date of registration", "update marts.fct_incidents set registered_at = null", None),
    ("fct_incidents", "occurred_from_at is not after", "update marts.fct_incidents set occurred_to_at = '2000-01-01'", None),
    ("fct_incidents", "at least one", "update marts.fct_incidents set registration_count = 0", None),
    ("fct_incidents", "from a landed delivery", "update marts.fct_deliveries set file_sha256 = 'd' where status = 'landed'", None),
    ("fct_registered_crimes", "names one row", "insert into marts.fct_registered_crimes from marts.fct_registered_crimes limit 1", 1),
    ("fct_registered_crimes", "every buurt_code is in dim_buurten", f"update marts.fct_registered_crimes set buurt_code = 'BU1' {ONE_CELL}", 1),
    ("fct_registered_crimes", "every offence_code is in", f"update marts.fct_registered_crimes set offence_code = '9' {ONE_CELL}", 1),
    ("fct_registered_crimes", "source is one of", f"update marts.fct_registered_crimes set source = 'x' {ONE_CELL}", 1),
    ("fct_registered_crimes", "none is negative", f"update marts.fct_registered_crimes set crime_count = -1 {ONE_CELL}", 1),
    ("fct_registered_crimes", "first day of a month", f"update marts.fct_registered_crimes set month = '2026-10-02' {ONE_CELL}", 1),
    ("fct_registered_crimes", "in the future", f"update marts.fct_registered_crimes set month = '2026-12-01' {ONE_CELL}", 1),
    ("fct_registered_crimes", "withheld by the publisher is null", f"update marts.fct_registered_crimes set is_suppressed = true {ONE_CELL}", 1),
    ("fct_registered_crimes", "gross_count is not below", f"update marts.fct_registered_crimes set gross_count = crime_count - 1 {ONE_CELL}", 1),
    ("fct_registered_crimes", "counts every placed incident once", f"update marts.fct_registered_crimes set crime_count = crime_count - 3 {ONE_CELL}", 3),
    ("fct_registered_crimes", "counts every placed incident once", "delete from marts.fct_registered_crimes", None),
    ("rpt_area_scan", "names one row", "insert into marts.rpt_area_scan from marts.rpt_area_scan limit 1", 1),
    ("rpt_area_scan", "has a cell for every buurt", f"delete from marts.rpt_area_scan {ONE_CELL}", 1),
    ("rpt_area_scan", "every counted offence and month is in it", f"delete from marts.rpt_area_scan {ONE_TOTAL}", 1),
    ("rpt_area_scan", "every buurt_code is in", f"update marts.rpt_area_scan set buurt_code = 'BU1' {ONE_CELL}", 1),
    ("rpt_area_scan", "status is one of", f"update marts.rpt_area_scan set status = 'rising' {ONE_CELL}", 1),
    ("rpt_area_scan", "rate_per_1000: none is negative", f"update marts.rpt_area_scan set rate_per_1000 = -1 {ONE_CELL}", 1),
    ("rpt_area_scan", "expected_upper: none is negative", f"update marts.rpt_area_scan set expected_count = -1, expected_lower = -2 {ONE_CELL}", 1),
    ("rpt_area_scan", "first day of a month", f"update marts.rpt_area_scan set month = '2026-10-31' {ONE_CELL}", 1),
    ("rpt_area_scan", "in the future", f"update marts.rpt_area_scan set month = '2027-01-01' {ONE_CELL}", 1),
    ("rpt_area_scan", "are in this order", f"update marts.rpt_area_scan set expected_lower = 80, expected_upper = 79, expected_count = 79.5 {ONE_CELL}", 1),
    ("rpt_area_scan", "are in this order", f"update marts.rpt_area_scan set expected_upper = floor(expected_count) - 1 {ONE_CELL}", 1),
    ("rpt_area_scan", "are in this order", f"update marts.rpt_area_scan set expected_lower = expected_count + 1.6, expected_upper = 99 {ONE_CELL}", 1),
    ("rpt_area_scan", "both its bounds, or without", f"update marts.rpt_area_scan set expected_upper = null {ONE_CELL}", 1),
    ("rpt_area_scan", "both its bounds, or without", f"update marts.rpt_area_scan set expected_lower = null {ONE_CELL}", 1),
    ("rpt_area_scan", "add up to those of fct_registered_crimes", f"update marts.rpt_area_scan set crime_count = crime_count + 1 {ONE_CELL}", 1),
    ("rpt_briefing", "names one row", "insert into marts.rpt_briefing from marts.rpt_briefing limit 1", 1),
    ("rpt_briefing", "status is one of", f"update marts.rpt_briefing set status = null {ONE_TOTAL}", 1),
    ("rpt_briefing", "none is negative", f"update marts.rpt_briefing set count_last_year = -2 {ONE_TOTAL}", 1),
    ("rpt_briefing", "first day of a month", f"update marts.rpt_briefing set month = '2026-10-31' {ONE_TOTAL}", 1),
    ("rpt_briefing", "in the future", f"update marts.rpt_briefing set month = '2027-01-01' {ONE_TOTAL}", 1),
    ("rpt_briefing", "are in this order", f"update marts.rpt_briefing set expected_lower = expected_upper + 1 {ONE_TOTAL}", 1),
    ("rpt_briefing", "both its bounds", f"update marts.rpt_briefing set expected_count = null {ONE_TOTAL}", 1),
    ("rpt_briefing", "the sums of the cells", f"update marts.rpt_briefing set crime_count = 0 {ONE_TOTAL}", 1),
    ("rpt_briefing", "the sums of the cells", f"delete from marts.rpt_briefing {ONE_TOTAL}", 1),
    ("fct_post_snapshots", "exported_on names one row", f"{ONE_SNAPSHOT}; {ONE_SNAPSHOT}", 1),
    ("fct_post_snapshots", "none is negative", ONE_SNAPSHOT.replace("9 as reach", "-9 as reach"), 1),
    ("fct_posts", "channel, post_id names one row", "insert into marts.fct_posts from marts.fct_posts", 1),
    ("fct_posts", "none is negative", "update marts.fct_posts set reach = -1", 1),
    ("fct_posts", "first_exported_on is not after", "update marts.fct_posts set first_exported_on = '2027-01-01'", 1),
    ("fct_patrols", "patrol_id names one row", "insert into marts.fct_patrols from marts.fct_patrols", 1),
    ("fct_patrols", "every buurt_code is in", "update marts.fct_patrols set buurt_code = 'BU1'", 1),
    ("fct_patrols", "none is negative", "update marts.fct_patrols set volunteer_count = -1", 1),
    ("fct_patrols", "no patrol ends before", "update marts.fct_patrols set ended_at = '2020-01-01'", 1),
    ("dim_whatsapp_groups", "group_id names one row", "insert into marts.dim_whatsapp_groups from marts.dim_whatsapp_groups", 1),
    ("dim_whatsapp_groups", "every buurt_code is in", "update marts.dim_whatsapp_groups set buurt_code = 'BU1'", 1),
    ("fct_whatsapp_groups", "names one row", "insert into marts.fct_whatsapp_groups from marts.fct_whatsapp_groups", 1),
    ("fct_whatsapp_groups", "none is negative", "update marts.fct_whatsapp_groups set member_count = -1", 1),
    ("fct_broadcasts", "names one row", "insert into marts.fct_broadcasts from marts.fct_broadcasts", 1),
    ("fct_broadcasts", "none is negative", "update marts.fct_broadcasts set tip_count = -1", 1),
    ("fct_group_weeks", "names one row", "insert into marts.fct_group_weeks from marts.fct_group_weeks", 1),
    ("fct_group_weeks", "none is negative", "update marts.fct_group_weeks set message_count = -1", 1),
    ("fct_group_weeks", "fewer than five residents", "update marts.fct_group_weeks set resident_count = 4", 1),
    ("fct_group_weeks", "fewer than five residents", "update marts.fct_group_weeks set is_suppressed = true", 1),
    ("rpt_reach", "none is negative", "update marts.rpt_reach set views_sum = -1", 1),
    ("rpt_reach", "lower bound of reach", "update marts.rpt_reach set reach_max_lower = reach_sum_upper + 1", 1),
    ("rpt_reach", "counts every post that is no reply once", "update marts.rpt_reach set post_count = 3", 2),
    ("rpt_reach", "counts every post that is no reply once", "delete from marts.rpt_reach", 1),
    ("rpt_patrols", "names one row", "insert into marts.rpt_patrols from marts.rpt_patrols", 1),
    ("rpt_patrols", "every buurt_code is in", "update marts.rpt_patrols set buurt_code = 'BU1'", 1),
    ("rpt_patrols", "none is negative", "update marts.rpt_patrols set person_hours = -1", 1),
    ("fct_clock_hours", "every buurt_code is in", f"{HOUR}; update marts.fct_clock_hours set buurt_code = 'BU1'", 1),
    ("fct_clock_hours", "every hour is of a week", f"{HOUR}; update marts.fct_clock_hours set hour_of_week = 168", 1),
    ("rpt_clock", "has eight parts", f"{PARTS}; delete from marts.rpt_clock where day_part = '3'", 1),
    ("rpt_clock", "add up to one", f"{PARTS}; update marts.rpt_clock set share_estimate = 0.12", 1),
    ("rpt_clock", "within its interval", f"{PARTS}; update marts.rpt_clock set share_lower = 0.13 where day_part = '3'", 1),
    ("rpt_near_repeats", "names one row", f"{PAIRS}; {PAIRS}", 1),
    ("rpt_near_repeats", "none is negative", f"{PAIRS}; update marts.rpt_near_repeats set ratio = -1", 1),
    ("rpt_near_repeats", "no pattern is told", f"{PAIRS}; update marts.rpt_near_repeats set p_value = null", 1),
    ("fct_near_repeat_zones", "names one row", f"{ZONE}; {ZONE}", 1),
    ("fct_near_repeat_zones", "every buurt_code is in", f"{ZONE}; update marts.fct_near_repeat_zones set buurt_code = 'BU1'", 1),
    ("fct_near_repeat_zones", "seven days", f"{ZONE}; update marts.fct_near_repeat_zones set active_until = '2026-10-08'", 1),
    ("rpt_area_comparison", "names one row", f"{BESIDE}; {BESIDE}", 1),
    ("rpt_area_comparison", "every buurt_code is in", f"{BESIDE}; update marts.rpt_area_comparison set buurt_code = 'BU1'", 1),
    ("rpt_area_comparison", "none is negative", f"{BESIDE}; update marts.rpt_area_comparison set count_12_months = -1", 1),
    ("rpt_area_comparison", "between its bounds", f"{BESIDE}; update marts.rpt_area_comparison set ratio_lower = 1.5", 1),
    ("rpt_concentration", "names one row", f"{PLACES}; {PLACES}", 1),
    ("rpt_concentration", "between its bounds", f"{PLACES}; update marts.rpt_concentration set gini_generalised_lower = 0.55", 1),
    ("fct_street_knowledge", "judgement_id names one row", f"{JUDGEMENT}; {JUDGEMENT}", 1),
    ("fct_street_knowledge", "every buurt_code is in", f"{JUDGEMENT}; update marts.fct_street_knowledge set buurt_code = 'BU1'", 1),
    ("fct_street_knowledge", "direction is one of", f"{JUDGEMENT}; update marts.fct_street_knowledge set direction = 'up'", 1),
    ("fct_street_knowledge", "severity is from 1 to 5", f"{JUDGEMENT}; update marts.fct_street_knowledge set severity = 6", 1),
    ("fct_street_knowledge", "no words of residents", f"{JUDGEMENT}; update marts.fct_street_knowledge set judged_by = 'resident'", 1),
    ("dim_portfolios", "names one row", f"{HOLDER}; {HOLDER}", 1),
    ("dim_portfolios", "no holder has a mobile number", f"{HOLDER}; update marts.dim_portfolios set general_phone = '06-0'", 1),
    ("fct_goals", "names one row", f"{GOAL}; {GOAL}", 1),
    ("fct_goals", "every buurt_code is in", f"{GOAL}; update marts.fct_goals set buurt_code = 'BU1'", 1),
    ("fct_goals", "every offence_code is in", f"{GOAL}; update marts.fct_goals set offence_code = '9.9.9'", 1),
    ("fct_goals", "every goal has one newest version", f"{GOAL}; update marts.fct_goals set is_latest = false", 1),
    ("fct_deliveries", "names one row", "insert into marts.fct_deliveries from marts.fct_deliveries limit 1", 1),
    ("fct_deliveries", "source is one of", "update marts.fct_deliveries set source = 'x' where status = 'rejected'", 1),
    ("fct_deliveries", "status is one of", "update marts.fct_deliveries set status = 'lost' where status = 'rejected'", 1),
    ("fct_deliveries", "none is negative", "update marts.fct_deliveries set size_bytes = -1 where status = 'rejected'", 1),
    ("fct_deliveries", "rows accepted and rows with a problem", "update marts.fct_deliveries set accepted_count = accepted_count - 1 where status = 'landed'", 2),
    ("fct_deliveries", "rows accepted and rows with a problem", "update marts.fct_deliveries set row_count = null where status = 'landed'", 2),
    ("fct_deliveries", "says why", "update marts.fct_deliveries set reason = null", 1),
    ("fct_problems", "names one row", "insert into marts.fct_problems from marts.fct_problems", 1),
    ("fct_problems", "as many as the deliveries say", "delete from marts.fct_problems", 1),
    ("fct_problems", "as many as the deliveries say", "update marts.fct_problems set file_sha256 = 'd'", 2),
    ("fct_releases", "names one row", f"{RELEASE}; {RELEASE}", 1),
    ("fct_releases", "status is one of", f"{RELEASE}; update marts.fct_releases set status = 'sent'", 1),
    ("fct_releases", "approved by a person", f"{RELEASE}; update marts.fct_releases set decided_by = null", 1),
    ("fct_releases", "a name of its own", f"{RELEASE}; {RELEASE}; update marts.fct_releases set draft = 'other' where rowid = 0", 1),
    ("rpt_freshness", "source names one row", "insert into marts.rpt_freshness from marts.rpt_freshness limit 1", 1),
    ("rpt_freshness", "every source that may be delivered", "delete from marts.rpt_freshness where source = 'watch__patrols'", 1),
    ("fct_posts", REACHABLE, "update marts.fct_posts set caption = 'mail jan@voorbeeld.nl'", 1),
    ("fct_patrols", "has_track says", "update marts.fct_patrols set has_track = true", 1),
    ("fct_broadcasts", REACHABLE, f"{BROADCAST} 'bel 06-12 34 56 78'", 1),
    ("fct_broadcasts", REACHABLE, f"{BROADCAST} '+31 (0)612345678.'", 1),
    ("fct_broadcasts", REACHABLE, f"{BROADCAST} 'op NL12 ABCD 0123 4567 89'", 1),
    ("fct_signals", "signal_id names one row", f"{SIGNAL}; {SIGNAL}", 1),
    ("fct_signals", "every buurt_code is in", f"{SIGNAL}; update marts.fct_signals set buurt_code = 'BU1'", 1),
    ("fct_signals", "not before reported_at", f"{SIGNAL}; update marts.fct_signals set responded_at = '2026-03-12 19:59'", 1),
    ("fct_tracks", "track_id names one row", f"{TRACK}; {TRACK}", 1),
    ("fct_tracks", "none is negative", f"{TRACK}; update marts.fct_tracks set length_km = -1", 1),
    ("fct_tracks", "not before started_at", f"{TRACK}; update marts.fct_tracks set ended_at = '2026-03-12 19:59'", 1),
    ("fct_tracks", "has its patrol", f"{TRACK}; update marts.fct_tracks set linked_by = 'list', patrol_id = 'R-9'", 1),
    ("fct_track_buurten", "one row for each", f"{PART}; insert into marts.fct_track_buurten from marts.fct_track_buurten", 1),
    ("fct_track_buurten", "every buurt_code is in", f"{PART}; update marts.fct_track_buurten set buurt_code = 'BU1'", 1),
    ("fct_track_buurten", "every track_id is in", f"{PART}; update marts.fct_track_buurten set track_id = 'T-2'", 1),
    ("fct_track_buurten", "none is negative", f"{PART}; update marts.fct_track_buurten set length_km = -1", 1),
    ("fct_track_buurten", "add up to 1", f"{PART}; update marts.fct_track_buurten set share = 0.9", 1),
    ("fct_articles", "article_id names one row", f"{ARTICLE}; {ARTICLE}", 1),
    ("fct_articles", "none is negative", f"{ARTICLE}; update marts.fct_articles set circulation = -1", 1),
    ("fct_articles", REACHABLE, f"{ARTICLE}; update marts.fct_articles set title = 'a@b.nl'", 1),
    ("fct_briefings", "briefing_id names one row", f"{BRIEFING}; {BRIEFING}", 1),
    ("fct_briefings", "none is negative", f"{BRIEFING}; update marts.fct_briefings set resident_count = -1", 1),
    ("fct_briefings", "not before started_at", f"{BRIEFING}; update marts.fct_briefings set ended_at = '2026-03-12 19:59'", 1),
    ("fct_briefings", REACHABLE, f"{BRIEFING}; update marts.fct_briefings set guest_from = 'a@b.nl'", 1),
    ("fct_actions", "action_id names one row", f"{ACTION}; {ACTION}", 1),
    ("fct_actions", "status is one of", f"{ACTION}; update marts.fct_actions set status = 'gedaan'", 1),
    ("fct_actions", "owner is one of", f"{ACTION}; update marts.fct_actions set owner = 'Jan'", 1),
    ("fct_actions", "not before asked_on", f"{ACTION}; update marts.fct_actions set done_on = '2026-03-11'", 1),
    ("fct_actions", "none is negative", f"{ACTION}; update marts.fct_actions set carried_count = -1", 1),
    ("fct_actions", REACHABLE, f"{ACTION}; update marts.fct_actions set description = 'a@b.nl'", 1),
    ("fct_minutes", "names one row", f"{POINT}; {POINT}", 1),
    ("fct_minutes", REACHABLE, f"{POINT}; update marts.fct_minutes set point = 'a@b.nl'", 1),
    ("fct_ride_along_posts", "one row for each", f"{EVENING}; {EVENING}", 1),
    ("fct_ride_along_posts", "not before started_at", f"{EVENING}; update marts.fct_ride_along_posts set ended_at = '2026-03-12 19:59'", 1),
    ("fct_ride_along_posts", "not before called_at", f"{EVENING}; update marts.fct_ride_along_posts set published_at = '2026-03-12 19:59'", 1),
    ("fct_programmes", "one row for each", f"{PROGRAMME}; {PROGRAMME}", 1),
    ("fct_programmes", "every buurt_code is in", f"{PROGRAMME}; update marts.fct_programmes set buurt_code = 'BU1'", 1),
    ("fct_programmes", "not before start_date", f"{PROGRAMME}; update marts.fct_programmes set end_date = '2026-03-11'", 1),
    ("fct_programmes", "none is negative", f"{PROGRAMME}; update marts.fct_programmes set activity_count = -1", 1),
    ("fct_programmes", REACHABLE, f"{PROGRAMME}; update marts.fct_programmes set partners = 'a@b.nl'", 1),
    ("fct_channel_days", "names one row", f"{DAY}; {DAY}", 1),
    ("fct_channel_days", "in the future", f"{DAY}; update marts.fct_channel_days set day = '2026-12-01'", 1),
    ("dim_metric_definitions", "one row for each", "insert into marts.dim_metric_definitions by name select unnest(['x', 'x']) as channel", 1),
    ("dim_metric_definitions", "not before valid_from", "insert into marts.dim_metric_definitions by name select date '2026-02-01' as valid_from, date '2026-01-01' as valid_to", 1),
    ("fct_calls", "call_id names one row", f"{CALL}; {CALL}", 1),
    ("fct_calls", "every buurt_code is in", f"{CALL}; update marts.fct_calls set buurt_code = 'BU1'", 1),
    ("fct_calls", "not before created_at", f"{CALL}; update marts.fct_calls set on_scene_at = '2026-03-12 19:59'", 1),
    ("fct_calls", "priority is from", f"{CALL}; update marts.fct_calls set priority = 9", 1),
    ("rpt_response", "one row for each", f"{RESPONSE}; {RESPONSE}", 1),
    ("rpt_response", "every buurt_code is in", f"{RESPONSE}; update marts.rpt_response set buurt_code = 'BU1'", 1),
    ("rpt_response", "within 15 minutes are no more", f"{RESPONSE}; update marts.rpt_response set within_15_minutes_count = 1", 1),
    ("rpt_response", "every call to which somebody", f"{CALL}; update marts.fct_calls set is_withdrawn = false, on_scene_at = '2026-03-12 20:09'", 1),
    ("fct_nuisance", "names one row", f"{NUISANCE}; {NUISANCE}", 1),
    ("fct_nuisance", "every buurt_code is in", f"{NUISANCE}; update marts.fct_nuisance set buurt_code = 'BU1'", 1),
    ("fct_nuisance", "none is negative", f"{NUISANCE}; update marts.fct_nuisance set crime_count = -1", 1),
    ("fct_nuisance", "withheld by the publisher", f"{NUISANCE}; update marts.fct_nuisance set is_suppressed = true", 1),
    ("fct_registered_crime_years", "names one row", f"{YEAR}; {YEAR}", 1),
    ("fct_registered_crime_years", "every buurt_code is in", f"{YEAR}; update marts.fct_registered_crime_years set buurt_code = 'BU1'", 1),
    ("fct_registered_crime_years", "every offence_code is in", f"{YEAR}; update marts.fct_registered_crime_years set offence_code = '9.9.9'", 1),
    ("fct_registered_crime_years", "none is negative", f"{YEAR}; update marts.fct_registered_crime_years set crime_count = -1", 1),
    ("fct_registered_crime_years", "withheld by the publisher", f"{YEAR}; update marts.fct_registered_crime_years set is_suppressed = true", 1),
    ("fct_forecast_cells", "names one row", f"{CELL}; {CELL}", 1),
    ("fct_forecast_cells", "every buurt_code is in", f"{CELL}; update marts.fct_forecast_cells set buurt_code = 'BU1'", 1),
    ("fct_forecast_cells", "none is negative", f"{CELL}; update marts.fct_forecast_cells set score = -1", 1),
    ("fct_forecast_cells", "a probability is", f"{CELL}; update marts.fct_forecast_cells set score = 1.1", 1),
    ("fct_forecast_cells", "no period ends", f"{CELL}; update marts.fct_forecast_cells set period_end = '2026-03-01'", 1),
    ("fct_street_knowledge", REACHABLE, f"{JUDGEMENT}; update marts.fct_street_knowledge set reason = 'a@b.nl'", 1),
    ("dim_portfolios", "not before valid_from_date", f"{HOLDER}; update marts.dim_portfolios set valid_to_date = '2025-01-01'", 1),
    ("dim_portfolios", REACHABLE, f"{HOLDER}; update marts.dim_portfolios set role_name = 'a@b.nl'", 1),
    ("fct_goals", REACHABLE, f"{GOAL}; update marts.fct_goals set owner = 'a@b.nl'", 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def counting(sound, tmp_path_factory):
    """Count what breaks the rules of a table, and take the breakage back."""
    path = tmp_path_factory.mktemp("counting") / "wijkbeeld.duckdb"
    path.write_bytes(sound.read_bytes())
    with duckdb.connect(str(path)) as con:

        def counting(table, statement):
            con.begin()
            try:
                con.execute(statement)
                rules = publication.TABLES[table]
                counts = audit._count(con, table, rules, TODAY)
                names = (rule.said() for rule in rules)
                return dict(zip(names, counts, strict=True))
            finally:
                con.rollback()

        yield counting


@pytest.mark.parametrize(("table", "rule", "statement", "offending"), BREAKAGES)
def test_a_broken_rule_counts_what_breaks_it(
    counting, table, rule, statement, offending
):
    counts = counting(table, statement)
    count = next(n for name, n in counts.items() if rule in name and n)
    assert count == offending if offending else count > 0


@pytest.mark.parametrize("at", range(0, len(BREAKAGES), 25))
def test_a_broken_rule_is_named_with_what_to_do(breaking, at):
    table, rule, statement, _ = BREAKAGES[at]
    with pytest.raises(audit.AuditError) as refused:
        audit.check(breaking(statement), TODAY)
    line = next(
        line
        for line in str(refused.value).splitlines()
        if line.startswith(f"  {table}: rule: ") and rule in line
    )
    said, _, remedy = line.partition(" offending; ")
    assert int(said.rpartition(": ")[2]) > 0
    assert remedy


RULES = [
    pytest.param(rule, id=f"{table}-{at}")
    for table, rules in publication.TABLES.items()
    for at, rule in enumerate(rules)
]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_and_its_remedy_is_said_in_both_languages(rule):
    with language.speaking("nl"):
        dutch = rule.said(), rule.advice()
    assert dutch[0] == rule.key()
    for said, in_english in zip(dutch, (rule.said(), rule.advice()), strict=True):
        assert said.strip()
        assert in_english.strip()
        assert said != in_english


def test_a_refusal_tells_the_rule_and_the_remedy_in_dutch(breaking):
    with language.speaking("nl"), pytest.raises(audit.AuditError) as refused:
        audit.check(breaking("update marts.fct_posts set reach = -1"), TODAY)
    first, second = str(refused.value).splitlines()
    assert first == "deze bouw mag niet worden gepubliceerd"
    rule, _, remedy = second.partition(" keer geschonden; ")
    assert rule.startswith("  fct_posts: regel: reach, views, impressions")
    assert ": nergens negatief: " in rule
    assert remedy == (
        "zoek in fct_deliveries uit welke levering het komt en herstel die; voer dan "
        "uit: wijkbeeld build --full-refresh"
    )


def test_a_rule_is_remembered_whatever_language_is_spoken(breaking, monkeypatch):
    path = breaking("select 1")
    audit.check(path, TODAY)
    monkeypatch.delattr("expectations.judge.broken_rules")
    with language.speaking("nl"):
        audit.check(path, TODAY)


def test_every_rule_was_broken_once():
    broken = {
        (table, name)
        for table, said, *_ in BREAKAGES
        for name in (rule.said() for rule in publication.TABLES[table])
        if said in name
    }
    rules = {
        (table, rule.said())
        for table, rules in publication.TABLES.items()
        for rule in rules
    }
    assert rules - broken == set()


def test_a_missing_mart_is_named(breaking):
    with pytest.raises(audit.AuditError, match="fct_posts: it is missing; run"):
        audit.check(breaking("drop table marts.fct_posts"), TODAY)


def test_all_that_is_wrong_is_said_at_once(breaking):
    with pytest.raises(audit.AuditError) as refused:
        audit.check(
            breaking(
                "update marts.fct_patrols set volunteer_count = -1; "
                "update marts.fct_posts set reach = -1"
            ),
            TODAY,
        )
    assert len(str(refused.value).splitlines()) == 3


def test_a_count_that_the_publisher_withheld_is_no_fault(breaking):
    path = breaking(f"""
        delete from marts.fct_incidents;
        update marts.fct_registered_crimes
        set source = 'police__open_data', gross_count = null;
        update marts.fct_registered_crimes
        set crime_count = null, is_suppressed = true {ONE_CELL};
        update marts.rpt_briefing set crime_count = crime_count - (
            select crime_count from marts.rpt_area_scan {ONE_CELL}
        ) {ONE_TOTAL};
        update marts.rpt_area_scan set source = 'police__open_data';
        update marts.rpt_area_scan
        set crime_count = null, is_suppressed = true {ONE_CELL};
    """)
    audit.check(path, TODAY)


def test_the_audit_leaves_the_warehouse_as_it_was(sound):
    before = sound.read_bytes()
    audit.check(sound, TODAY)
    assert sound.read_bytes() == before
    beside = {p.name for p in sound.parent.iterdir()} - {sound.name}
    assert beside == {"wijkbeeld.duckdb.passed"}


def test_the_same_counts_are_judged_once_and_others_anew(breaking, monkeypatch):
    path = breaking("select 1")
    audit.check(path, TODAY)
    monkeypatch.delattr("expectations.judge.broken_rules")
    audit.check(path, TODAY)
    with duckdb.connect(str(path)) as con:
        con.execute("update marts.fct_posts set post_id = null")
    with pytest.raises(AttributeError):
        audit.check(path, TODAY)


def test_what_was_found_wrong_is_not_remembered(breaking):
    path = breaking("drop table marts.fct_posts")
    for _ in range(2):
        with pytest.raises(audit.AuditError):
            audit.check(path, TODAY)
    assert [p.name for p in path.parent.iterdir()] == [path.name]

"""A small warehouse with the marts that dbt would make, for tests that need no dbt.

Two offences over 13 buurten and four years: one common, one rare. ``make`` returns
a connection that is still open, so that a test may break what it is about.
"""

import random
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

import duckdb
from tests.contracts import add_missing_columns, make_missing

from wijkbeeld import reference

FIRST, LAST = date(2022, 11, 1), date(2026, 10, 1)
COMMON, RARE = "1.1.1", "1.4.6"
CAPTION = "Zet een lamp op een tijdklok"
FILE_NAME = "export-van-agent-Jansen.csv"
REASON = "kolom Slachtoffer is niet afgesproken"
PROBLEM = "bad_coordinates"
ADDRESS_KEY = UUID("f00dfeed-f00d-4eed-a00d-feedf00dfee1")
INCIDENTS_SHA, POSTS_SHA, REFUSED_SHA = "a" * 64, "b" * 64, "c" * 64

_TABLES = """
create table marts.dim_buurten (
    buurt_code varchar, buurt_name varchar, wijk_code varchar, wijk_name varchar,
    inhabitant_count integer, dwelling_count integer, household_count integer,
    is_residential boolean, vintage_year integer
);
create table marts.dim_buurt_shapes (
    buurt_code varchar, vintage_year integer, geometry_wkt varchar
);
create table marts.dim_offences (
    offence_code varchar, offence_name_nl varchar, offence_name_en varchar,
    theme varchar, is_citizen_reported boolean, rate_base varchar
);
create table marts.dim_months (month date, is_complete boolean);
create table marts.fct_incidents (
    incident_id uuid, offence_code varchar, buurt_code varchar,
    occurred_from_at timestamp, occurred_to_at timestamp, registered_at timestamp,
    has_time boolean, is_long_window boolean, is_attempt boolean,
    registration_count integer, is_withdrawn boolean, address_key uuid,
    file_sha256 varchar
);
create table marts.fct_registered_crimes (
    buurt_code varchar, offence_code varchar, month date, source varchar,
    crime_count integer, gross_count integer, is_suppressed boolean,
    is_provisional boolean, is_incomplete boolean
);
create table marts.fct_posts (
    channel varchar, post_id varchar, published_at timestamp, format varchar,
    theme varchar, caption varchar, permalink varchar, reach bigint, views bigint,
    impressions bigint, reaction_count bigint, comment_count bigint,
    share_count bigint, engagement_count bigint, link_click_count bigint,
    duration_s double, metric_definition varchar, snapshot_count integer,
    first_exported_on timestamp, last_exported_on timestamp,
    save_count bigint, follow_count bigint, bookmark_count bigint,
    profile_visit_count bigint, is_reply boolean
);
create table marts.fct_patrols (
    patrol_id varchar, team_id varchar, buurt_code varchar, buurt_codes varchar,
    buurt_count integer,
    started_at timestamp, ended_at timestamp, volunteer_count integer,
    duration_minutes double, person_hours double, distance_km double,
    signal_count integer, conversation_count integer,
    is_registered_with_police boolean, is_advice_followed boolean, month date,
    has_track boolean, is_track_missing boolean, is_overlapping boolean,
    is_new_team boolean, is_withdrawn boolean
);
create table marts.fct_deliveries (
    file_sha256 varchar, source varchar, file_name varchar, status varchar,
    reason varchar, warnings varchar, row_count bigint, accepted_count bigint,
    problem_count bigint, size_bytes bigint, exported_on timestamp,
    landed_at timestamp, is_demo boolean
);
create table marts.fct_problems (
    file_sha256 varchar, row_number bigint, source varchar, file_name varchar,
    problem varchar
);
create table marts.rpt_area_scan (
    buurt_code varchar, offence_code varchar, month date, source varchar,
    crime_count integer, rate_per_1000 double, rate_note varchar,
    expected_count double, expected_lower integer, expected_upper integer,
    status varchar, count_12_months integer, is_suppressed boolean,
    is_provisional boolean, is_incomplete boolean
);
create table marts.rpt_briefing (
    offence_code varchar, month date, source varchar, crime_count integer,
    count_last_year integer, expected_count double, expected_lower integer,
    expected_upper integer, status varchar, null_cell_count integer,
    is_lower_bound boolean, is_provisional boolean, is_incomplete boolean
);
create table marts.rpt_reach (
    channel varchar, month date, format varchar, theme varchar, post_count integer,
    reach_sum_upper bigint, reach_max_lower bigint, views_sum bigint,
    impressions_sum bigint, engagement_sum bigint, reach_reported_post_count integer
);
create table marts.rpt_patrols (
    buurt_code varchar, month date, patrol_count integer, patrol_hours double,
    person_hours double, signal_count integer, hours_per_1000_dwellings double,
    is_lower_bound boolean
);
create table marts.rpt_freshness (
    source varchar, name_nl varchar, name_en varchar, last_landed_at timestamp,
    last_exported_on timestamp, delivery_count integer, rejected_count integer,
    problem_count bigint, row_count bigint, warn_after_days integer,
    error_after_days integer
);
comment on table marts.rpt_area_scan is 'One row per buurt, offence and month.';
comment on column marts.rpt_area_scan.crime_count is 'It''s null if withheld.';
comment on column marts.fct_posts.caption is 'Our own text.';
"""

# Counts become incidents, incidents become the marts: what dbt would do, in short.
_FILL = """
insert into marts.dim_months
select unnest(generate_series(date '2022-11-01', date '2026-10-01', interval 1 month)),
    true;

insert into marts.fct_incidents
select
    md5(concat_ws('-', buurt_code, offence_code, month, n))::uuid, offence_code,
    buurt_code, month + interval 10 day, month + interval 11 day,
    month + interval 12 day, true, false, n % 5 = 0, 1, false,
    if(n = 0, $address, md5(concat_ws('-', buurt_code, month, n))::uuid), $incidents
from counts, lateral (select unnest(range(crime_count)) as n);

insert into marts.fct_registered_crimes
select buurt_code, offence_code, month, 'police__incidents', crime_count,
    crime_count, false, false, false
from counts;

insert into marts.rpt_area_scan
select
    buurt_code, offence_code, month, 'police__incidents', crime_count,
    case when n = 12 then 1000 * s12 / dwelling_count end,
    case when n < 12 then 'too few months' end,
    case when base_n = 12 then base / 12 end,
    case when base_n = 12 then floor(base / 24)::integer end,
    case when base_n = 12 then ceil(base / 12)::integer + 3 end,
    case
        when coalesce(base_n, 0) < 12 then 'too few to say'
        when crime_count > ceil(base / 12) + 3 then 'higher'
        when crime_count < floor(base / 24) then 'lower'
        else 'as expected'
    end,
    case when n = 12 then s12 end, false, false, false
from (
    select
        *,
        count(*) over year as n,
        sum(crime_count) over year as s12,
        count(*) over base as base_n,
        sum(crime_count) over base as base
    from counts
    window
        year as (
            partition by buurt_code, offence_code order by month rows 11 preceding
        ),
        base as (
            partition by buurt_code, offence_code order by month
            rows between 12 preceding and 1 preceding
        )
) inner join marts.dim_buurten using (buurt_code);

insert into marts.rpt_briefing
select
    offence_code, month, 'police__incidents', total,
    lag(total, 12) over (partition by offence_code order by month),
    case when base_n = 12 then base / 12 end,
    case when base_n = 12 then floor(base / 24)::integer end,
    case when base_n = 12 then ceil(base / 12)::integer + 3 end,
    case when base_n = 12 then 'as expected' else 'too few to say' end,
    0, false, false, false
from (
    select *, count(*) over base as base_n, sum(total) over base as base
    from (
        select offence_code, month, sum(crime_count) as total
        from counts group by offence_code, month
    )
    window base as (
        partition by offence_code order by month
        rows between 12 preceding and 1 preceding
    )
);

insert into marts.fct_posts values (
    'facebook', '9000000000000101', '2026-10-04 16:30', 'photo', 'preventie',
    $caption, 'https://example.org/101', 3890, 5120, null, 61, 22, 13, 96, 5, 0,
    'views', 1, '2026-11-01', '2026-11-01', null, null, null, null, false
);
insert into marts.rpt_reach values (
    'facebook', '2026-10-01', 'photo', 'preventie', 1, 3890, 3890, 5120, null, 96, 1
);
insert into marts.fct_patrols values (
    'R-1', 'WT-HOUTWIJK', 'BU05181786', 'BU05181786', 1, '2026-10-12 18:00',
    '2026-10-12 19:30', 4, 90, 6, 5.2, 2, 3, true, false,
    '2026-10-01', false, false, false, false, false
);
insert into marts.dim_whatsapp_groups values (
    'WA-07', 'Buurtapp (demo)', 'buurtpreventie', 'BU05181786', 'BU05181786', null,
    640, 212, 3, true, true, '2019-03-01', null, '2026-09-01'
);
insert into marts.fct_whatsapp_groups from marts.dim_whatsapp_groups;
insert into marts.fct_broadcasts values (
    'WB-1', 'WA-07', '2026-09-12 18:15', '2026-09-12', 'getuigenoproep',
    'woninginbraak', true, true, null, 'x', 1, true, 212, 6, 11, 2, null
);
insert into marts.fct_group_weeks by name
select 'WA-07' as group_id, 2026 as iso_year, 40 as iso_week, false as is_suppressed,
    41 as message_count, 3 as police_message_count, 6 as resident_count;
insert into marts.rpt_patrols values (
    'BU05181786', '2026-10-01', 1, 1.5, 6, 2, 0.2, false
);
insert into marts.fct_deliveries values
    ($incidents, 'police__incidents', $file_name, 'landed', null, null,
        (select count(*) + 1 from marts.fct_incidents),
        (select count(*) from marts.fct_incidents), 1, 9000, '2026-11-01',
        '2026-11-02', $is_demo),
    ($posts, 'social__facebook_posts', 'posts.csv', 'landed', null, 'one warning',
        1, 1, 0, 500, '2026-11-01', '2026-11-02', false),
    ($refused, 'police__incidents', $file_name, 'rejected', $reason, null, null,
        null, null, 70, '2026-11-01', '2026-11-02', false);
insert into marts.fct_problems values
    ($incidents, 7, 'police__incidents', $file_name, $problem);
"""

_FRESHNESS = """
insert into marts.rpt_freshness
select
    due.source, due.name_nl, due.name_en, max(landed_at), max(exported_on),
    count(*) filter (status = 'landed'), count(*) filter (status = 'rejected'),
    coalesce(sum(problem_count), 0), coalesce(sum(row_count), 0), 35, 62
from due left join marts.fct_deliveries as delivery using (source)
group by 1, 2, 3
"""


@contextmanager
def made(path, counts=None, *, is_demo=False):
    """Yield a connection to a new warehouse at ``path``, open for breaking."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        con.execute(_TABLES)
        make_missing(con)
        _reference(con)
        con.execute(
            "create temp table counts "
            "(buurt_code varchar, offence_code varchar, month date, crime_count int)"
        )
        con.executemany(
            "insert into counts values (?, ?, ?, ?)", counts or random_counts()
        )
        values = {
            "address": ADDRESS_KEY,
            "incidents": INCIDENTS_SHA,
            "posts": POSTS_SHA,
            "refused": REFUSED_SHA,
            "caption": CAPTION,
            "file_name": FILE_NAME,
            "reason": REASON,
            "problem": PROBLEM,
            "is_demo": is_demo,
        }
        for statement in duckdb.extract_statements(_FILL):
            used = {k: v for k, v in values.items() if k in statement.named_parameters}
            con.execute(statement, used)
        con.execute(
            "create temp table due (source varchar, name_nl varchar, name_en varchar)"
        )
        con.executemany(
            "insert into due values (?, ?, ?)",
            [s[:3] for s in reference.delivery_sources()],
        )
        con.execute(_FRESHNESS)
        con.execute("drop table due")
        con.execute("drop table counts")
        add_missing_columns(con)
        yield con


def number(con, n):
    """Let tables of every part say that they are of state ``n``."""
    con.execute(f"""
        update marts.dim_buurten set inhabitant_count = {n};
        update marts.rpt_area_scan set expected_upper = {n};
        update marts.rpt_reach set views_sum = {n};
        update marts.rpt_freshness set warn_after_days = {n};
    """)


def make(path, counts=None, *, is_demo=False):
    """Make a warehouse, and close it."""
    with made(path, counts, is_demo=is_demo):
        pass


def months():
    month, found = FIRST, []
    while month <= LAST:
        found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found


def random_counts(seed=1):
    """Return counts per cell: busy buurten, quiet ones, and a rare offence."""
    draw = random.Random(seed)
    return [
        (buurt.buurt_code, offence, month, draw.randint(*limits))
        for n, buurt in enumerate(reference.buurten())
        for offence, limits in (
            (COMMON, (6, 14) if n % 3 == 0 else (0, 6)),
            (RARE, (0, 1)),
        )
        for month in months()
    ]


def _reference(con):
    con.executemany(
        "insert into marts.dim_buurten values (?, ?, ?, ?, 4100, 2350, 2200, ?, 2025)",
        [(b[0], b[1], b[2], b[3], b[4]) for b in reference.buurten()],
    )
    con.execute(
        "insert into marts.dim_buurt_shapes "
        "select buurt_code, 2025, 'POLYGON ((0 0, 1 0, 1 1, 0 0))' "
        "from marts.dim_buurten"
    )
    con.execute(
        "insert into marts.dim_offences values "
        "('1.1.1', 'Diefstal/inbraak woning', 'Burglary of dwellings', "
        "'woninginbraak', true, 'dwellings'), "
        "('1.4.6', 'Straatroof', 'Street robbery', 'straatroof_overval', true, "
        "'inhabitants')"
    )

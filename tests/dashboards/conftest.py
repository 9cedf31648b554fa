"""Publications to open the pages on, written by the house's own ``publish``."""

import json
import math
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pytest
import streamlit as st
from docs import cookbook
from streamlit.testing.v1 import AppTest
from tests.contracts import add_missing_columns, make_missing

from expectations import gate
from wijkbeeld import demo, reference
from wijkbeeld.build import build
from wijkbeeld.landing import inbox
from wijkbeeld.publish import current, publish
from wijkbeeld.settings import settings

APP = Path(__file__).parents[2] / "dashboards" / "app.py"
LAST_MONTH = date(2026, 10, 1)
MONTHS = 40

_TABLES = """
    create schema marts;
    create table marts.dim_buurten (
        buurt_code varchar, buurt_name varchar, wijk_code varchar, wijk_name varchar,
        inhabitant_count int, dwelling_count int, household_count int,
        is_residential boolean, vintage_year int);
    create table marts.dim_buurt_shapes (
        buurt_code varchar, vintage_year int, geometry_wkt varchar);
    create table marts.dim_offences (
        offence_code varchar, offence_name_nl varchar, offence_name_en varchar,
        theme varchar, is_citizen_reported boolean, rate_base varchar);
    create table marts.dim_months (month date, is_complete boolean);
    create table marts.fct_incidents (
        incident_id uuid, offence_code varchar, buurt_code varchar,
        occurred_from_at timestamp, occurred_to_at timestamp, registered_at timestamp,
        has_time boolean, is_long_window boolean, is_attempt boolean,
        registration_count int, is_withdrawn boolean, address_key uuid,
        file_sha256 varchar);
    create table marts.fct_registered_crimes (
        buurt_code varchar, offence_code varchar, month date, source varchar,
        crime_count int, gross_count int, is_suppressed boolean,
        is_provisional boolean, is_incomplete boolean);
    create table marts.fct_posts (
        channel varchar, post_id varchar, published_at timestamp, format varchar,
        theme varchar, caption varchar, permalink varchar, reach int, views int,
        impressions int, reaction_count int, comment_count int, share_count int,
        engagement_count int, link_click_count int, duration_s int,
        metric_definition varchar, snapshot_count int, first_exported_on timestamp,
        last_exported_on timestamp);
    create table marts.fct_patrols (
        patrol_id varchar, team_id varchar, buurt_code varchar, buurt_count int,
        started_at timestamp, ended_at timestamp, volunteer_count int,
        duration_minutes int, person_hours double, distance_km double,
        signal_count int, conversation_count int, is_registered_with_police boolean,
        is_advice_followed boolean, has_track boolean, is_track_missing boolean,
        is_overlapping boolean, is_new_team boolean, month date,
        is_withdrawn boolean);
    create table marts.fct_deliveries (
        file_sha256 varchar, source varchar, file_name varchar, status varchar,
        reason varchar, warnings varchar, row_count bigint, accepted_count bigint,
        problem_count bigint, size_bytes bigint, exported_on timestamp,
        landed_at timestamp, is_demo boolean);
    create table marts.fct_problems (
        file_sha256 varchar, row_number bigint, source varchar, file_name varchar,
        problem varchar);
    create table marts.rpt_area_scan (
        buurt_code varchar, offence_code varchar, month date, source varchar,
        crime_count int, rate_per_1000 double, rate_note varchar,
        expected_count double, expected_lower int, expected_upper int, status varchar,
        count_12_months int, is_suppressed boolean, is_provisional boolean,
        is_incomplete boolean);
    create table marts.rpt_briefing (
        offence_code varchar, month date, source varchar, crime_count int,
        count_last_year int, expected_count double, expected_lower int,
        expected_upper int, status varchar, null_cell_count int,
        is_lower_bound boolean, is_provisional boolean, is_incomplete boolean);
    create table marts.rpt_reach (
        channel varchar, month date, format varchar, theme varchar, post_count int,
        reach_sum_upper int, reach_max_lower int, views_sum int, impressions_sum int,
        engagement_sum int, reach_reported_post_count int);
    create table marts.rpt_patrols (
        buurt_code varchar, month date, patrol_count int, patrol_hours double,
        person_hours double, signal_count int, hours_per_1000_dwellings double,
        is_lower_bound boolean);
    create table marts.rpt_freshness (
        source varchar, name_nl varchar, name_en varchar, last_landed_at timestamp,
        last_exported_on timestamp, delivery_count int, rejected_count int,
        problem_count int, row_count bigint, warn_after_days int,
        error_after_days int);
    comment on table marts.rpt_area_scan is 'One row per buurt, offence and month.';
    comment on column marts.rpt_area_scan.status is 'Verdict on the month.';
"""
EVIL = (
    "<b>vet</b> <script>alert(1)</script> [klik](http://elders.nl) **sterk** "
    "$x$ :red[a]"
)
HOUTWIJK = "BU05181786"
_AUDITED: dict[str, list[int]] = {}
BROKEN = "2.5.2"
"""The offence that may be counted in another way since nine months."""
OFFENCES = ("1.1.1", "1.2.1", "1.2.3", "2.2.1", "2.5.2")


def month_at(back: int) -> date:
    """Return the month so many before the last."""
    at = LAST_MONTH.year * 12 + LAST_MONTH.month - 1 - back
    return date(at // 12, at % 12 + 1, 1)


def write_marts(
    warehouse: Path, *, is_demo: bool = True, age_days: int = 5, is_empty: bool = False
) -> None:
    """Write a warehouse with believable marts.

    Args:
        warehouse: The file; must not exist.
        is_demo: The deliveries are of the demo.
        age_days: How long ago the last delivery came.
        is_empty: Nothing was delivered: no row in any table but the lists.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(warehouse) as con:
        con.execute(_TABLES)
        make_missing(con)
        _lists(con)
        if not is_empty:
            _crimes(con)
            _engagement(con)
            _deliveries(con, is_demo, age_days)
        _freshness(con, age_days, is_empty)
        add_missing_columns(con)
        if not is_empty:
            _buurt(con)


def _insert(
    con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]]
) -> None:
    names = [f"c{at}" for at in range(len(rows[0]))]
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    con.register("given", pa.table(columns, names))
    con.execute(f"insert into marts.{table} from given")
    con.unregister("given")


def _lists(con: duckdb.DuckDBPyConnection) -> None:
    seeds = settings().dbt_project / "seeds"
    con.execute(
        "insert into marts.dim_offences from read_csv(?, all_varchar = true)",
        [str(seeds / "offence_groups.csv")],
    )
    buurten = reference.buurten()
    _insert(
        con,
        "dim_buurten",
        [
            (b.buurt_code, b.buurt_name, b.wijk_code, b.wijk_name,
             4000 if b.is_residential else 60, 1800 if b.is_residential else 25,
             1750, b.is_residential, 2025)
            for b in buurten
        ],
    )  # fmt: skip
    _insert(
        con,
        "dim_buurt_shapes",
        [
            (
                b.buurt_code,
                2025,
                _hexagon(74_000 + 1300 * (at % 5), 450_000 + 1200 * (at // 5)),
            )
            for at, b in enumerate(buurten)
        ],
    )
    _insert(con, "dim_months", [(month_at(back), True) for back in range(MONTHS)])


def _hexagon(x: float, y: float) -> str:
    corners = [
        (x + 700 * math.cos(k * math.pi / 3), y + 700 * math.sin(k * math.pi / 3))
        for k in range(7)
    ]
    return "POLYGON ((" + ", ".join(f"{px:.1f} {py:.1f}" for px, py in corners) + "))"


def _crimes(con: duckdb.DuckDBPyConnection) -> None:
    random = Random(20260101)
    cells, scan, briefing = [], [], []
    for offence in OFFENCES:
        for back in range(MONTHS):
            month, counts = month_at(back), []
            for at, buurt in enumerate(reference.buurten()):
                count = round(random.gammavariate(1.5, 1 + at / 3))
                counts.append(count)
                cells.append((buurt.buurt_code, offence, month, "police__incidents",
                              count, count, False, back == 0, False))  # fmt: skip
                few = at < 3
                scan.append((
                    buurt.buurt_code, offence, month, "police__incidents", count,
                    None if not buurt.is_residential else 3.0 + at / 2,
                    None if buurt.is_residential else "low_denominator",
                    2.5, 0, 3 + at, "too few to say" if few else
                    "higher" if count > 3 + at else "as expected",
                    30 + at, False, back == 0, False,
                ))  # fmt: skip
            total = sum(counts)
            briefing.append((
                offence, month, "police__incidents", total, total + 4, 40.0, 28, 55,
                "higher" if total > 55 else "lower" if total < 28 else "as expected",
                0, False, back == 0, False,
            ))  # fmt: skip
    _insert(con, "fct_registered_crimes", cells)
    _insert(con, "rpt_area_scan", scan)
    _insert(con, "rpt_briefing", briefing)
    broken = ("police__incidents", BROKEN, month_at(9), 1.9, 5.7, 1.3, 8.5, True, True)
    _insert(con, "fct_level_shifts", [broken])


def _engagement(con: duckdb.DuckDBPyConnection) -> None:
    random = Random(20260101)
    reach, posts, patrols = [], [], []
    for back in range(MONTHS):
        month = month_at(back)
        for form in ("photo", "video"):
            seen = random.randint(800, 3000)
            reach.append(("facebook", month, form, "woninginbraak", 3, 3 * seen, seen,
                          5 * seen if back < 12 else None,
                          None if back < 12 else 4 * seen, seen // 20, 3))  # fmt: skip
        posts.append((
            "facebook", f"p{back}", datetime.combine(month.replace(day=9), time(11)),
            "photo",
            "woninginbraak", EVIL, "https://www.facebook.com/p", 900, 4000, None, 20,
            4, 6, 30, 1, None, "views", 1, month, month,
        ))  # fmt: skip
        for at, buurt in enumerate(reference.buurten()):
            if at % 3:
                hours = random.uniform(4, 30)
                patrols.append((buurt.buurt_code, month, 6, hours, 2 * hours,
                                at, hours / 1.8, at == 4 and back == 2))  # fmt: skip
    _insert(con, "rpt_reach", reach)
    _insert(con, "fct_posts", posts)
    _insert(con, "rpt_patrols", patrols)


def _buurt(con: duckdb.DuckDBPyConnection) -> None:
    """Tell of Houtwijk what is known of a buurt; of all others nothing is."""

    def put(table: str, **values: object) -> None:
        marks = ", ".join(["?"] * len(values))
        con.execute(
            f"insert into marts.{table} ({', '.join(values)}) values ({marks})",
            list(values.values()),
        )

    day, here = LAST_MONTH, {"buurt_code": HOUTWIJK}
    group, car = {"group_id": "G1"}, {"theme": "autokraak"}
    put("dim_whatsapp_groups", **here, **group, area_buurt_codes=HOUTWIJK,
        member_count=120, as_of_date=day)  # fmt: skip
    put("fct_broadcasts", **group, **car, message_id="M1", sent_date=day,
        kind="preventie", text=EVIL)  # fmt: skip
    put("fct_street_knowledge", **here, **car, judgement_id="S1", judged_date=day,
        valid_until_date=day + timedelta(150), judged_by="wijkagent", severity=4,
        day_part="night", direction="more", reason=EVIL)  # fmt: skip
    put("fct_street_knowledge", **here, theme="jeugd", judgement_id="S0",
        judged_date=day - timedelta(300), valid_until_date=day - timedelta(120),
        judged_by="school", severity=2, direction="same",
        reason="Lang geleden")  # fmt: skip
    put("rpt_goals", **here, **car, goal_id="D1", agreed_date=day - timedelta(300),
        owner="teamchef", indicator="crime_count", baseline_value=30, version=2,
        target_value=22.5, end_date=day + timedelta(90), is_moved=True,
        is_refused=False, status="behind")  # fmt: skip
    put("fct_near_repeat_zones", **here, offence_code="1.1.1",
        active_from=day + timedelta(3), active_until=day + timedelta(9),
        incident_count=1)  # fmt: skip


def _deliveries(con: duckdb.DuckDBPyConnection, is_demo: bool, age_days: int) -> None:
    landed = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=age_days)
    name = "demo" if is_demo else "export"
    _insert(
        con,
        "fct_deliveries",
        [
            ("a" * 64, "police__incidents", f"incidenten_{name}.csv", "landed", None,
             "mostly_problems", 5000, 4990, 10, 812_345, landed, landed, is_demo),
            ("b" * 64, "watch__patrols", f"rondes_{EVIL}.xlsx", "rejected",
             f"rondes.xlsx: kolom start ontbreekt {EVIL}; voeg haar toe", None, None,
             None, None, 9_000, None, landed, is_demo),
        ],
    )  # fmt: skip
    _insert(
        con,
        "fct_problems",
        [
            ("a" * 64, at + 2, "police__incidents", f"incidenten_{name}.csv", problem)
            for at, problem in enumerate(["bad_date"] * 6 + ["outside_area"] * 4)
        ],
    )


def _freshness(con: duckdb.DuckDBPyConnection, age_days: int, is_empty: bool) -> None:
    last = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=age_days)
    rows = []
    for due in reference.delivery_sources():
        has_none = is_empty or due.source == "police__open_data"
        rows.append((
            due.source, due.name_nl, due.name_en, None if has_none else last,
            None if has_none else last, 0 if has_none else 1, 0, 0,
            0 if has_none else 5000, due.warn_after_days, due.error_after_days,
        ))  # fmt: skip
    _insert(con, "rpt_freshness", rows)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a home of its own, in which nothing is published."""
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    st.cache_data.clear()
    yield tmp_path
    st.cache_data.clear()
    st.cache_resource.clear()
    settings.cache_clear()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for homes that were published before, to copy."""
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def publication(home: Path, made: Path) -> Callable[..., str]:
    """Return what publishes marts of one kind.

    The first publication of a home is made once for all tests that ask for the same.
    """

    def publish_marts(build: str = "one", **kind: object) -> str:
        asked = "_".join(f"{name}-{value}" for name, value in sorted(kind.items()))
        before = made / f"{build}_{asked}"
        is_first = not settings().published.exists()
        if is_first and before.exists():
            shutil.copytree(before, home, dirs_exist_ok=True)
            return current("team").parent.name
        settings().warehouse.unlink(missing_ok=True)
        write_marts(settings().warehouse, **kind)
        # The figures are the same in each test: they are audited once.
        audited = settings().warehouse.with_name("audited.json")
        audited.write_text(json.dumps(_AUDITED))
        name = publish(build)
        _AUDITED.update(json.loads(audited.read_text()))
        if is_first:
            shutil.copytree(home, before)
        return name

    return publish_marts


@pytest.fixture
def open_as(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Return what opens a page in one role, at one address."""

    def open_app(role: str = "team", page: str = "", **address: str) -> AppTest:
        monkeypatch.setenv("WIJKBEELD_ROLE", role)
        settings.cache_clear()
        app = AppTest.from_file(str(APP), default_timeout=120)
        app.query_params.update(address)
        app.run()
        if page:
            # Residents have an area scan of their own, at the same address.
            is_theirs = role == "public" and page == "gebiedsscan"
            file = f"{page}_public" if is_theirs else page
            app.switch_page(f"app_pages/{file}.py").run()
        return app

    return open_app


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home in which the demo was delivered, landed, built and published."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("chain")
        patch.setenv("WIJKBEELD_HOME", str(home))
        settings.cache_clear()
        demo.write(settings().inbox, **cookbook.DEMO)
        list(inbox.land([], gate.of, None, say=lambda *_said: None))
        build()
    settings.cache_clear()
    return home


@pytest.fixture(scope="module")
def chain(demo_home: Path) -> Iterator[str]:
    """Live in the home of the demo; give the name of its publication."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIJKBEELD_HOME", str(demo_home))
        settings.cache_clear()
        st.cache_data.clear()
        yield current("analyst").parent.name
        st.cache_data.clear()
        st.cache_resource.clear()
    settings.cache_clear()

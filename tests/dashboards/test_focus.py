"""The list for the discussion, and a judgement of the street that is added to it."""

import csv
import io
import json
import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import duckdb
import pytest
from tests.dashboards.conftest import EVIL, write_marts
from tests.dashboards.test_pages import said

from dashboards.components import focus_words
from dashboards.queries import offered, street
from wijkbeeld.landing.deliver import deliver
from wijkbeeld.landing.inspection import Inspection, Sample
from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

WALDECK, AMSTERDAM = "BU05181840", ZoneInfo("Europe/Amsterdam")
SEEN = Inspection(
    file_name="x.csv", size_bytes=10, source=street.SOURCE, why="", form="tekst",
    row_count=1, problem_count=0, verdict="accepted",
)  # fmt: skip
FILL = """
    insert into marts.rpt_focus by name
    select
        rank, rank as rank_lower, rank + 2 as rank_upper, theme, buurt_code,
        if(rank = 2, date '2026-08-01', date '2026-10-01') as month,
        'police__incidents' as source, '1.1.1'
            as offence_codes,
        80.0 - rank as score, 0.5 as burden, 30 as burden_weight, 0.5 as volume,
        20 as volume_weight, 0.9 as deviation, 25 as deviation_weight,
        0.5 as persistence, 10 as persistence_weight, 1.0 as near_repeat,
        15 as near_repeat_weight,
        case when rank = 1 then -0.5 end as street_judgement, 15 as street_weight,
        1.0 as theme_weight, 30 as count_12_months, 5.9 as shrunk_rate_estimate,
        3.5 as shrunk_rate_lower, 9.1 as shrunk_rate_upper,
        5.1 as team_rate_per_1000, 12 as count_3_months,
        2 as expected_3_months_lower, 9 as expected_3_months_upper,
        case when rank = 1 then 'higher' else 'too few to say' end as status_3_months,
        6 as months_above_count, case when rank = 1 then 2 else 0 end
            as judgement_count,
        case when rank = 1 then 1 else 0 end as moved_count, 0 as more_count,
        0 as same_count, case when rank = 1 then 2 else 0 end as less_count,
        case when rank = 2 then 'too_few' end as note,
        case when rank = 1 then $evil end as reason
    from (values
        (1, 'woninginbraak', 'BU05181786'), (2, 'autokraak', 'BU05181840')
    ) as lines (rank, theme, buurt_code);
    insert into marts.dim_portfolios by name
    select 'woninginbraak' as theme, 'police' as organisation,
        'operationeel expert wijk' as role_name, valid_from_date
    from (values (date '2020-01-01'), (date '2022-01-01')) as held (valid_from_date);
    insert into marts.dim_portfolios by name
    select 'woninginbraak' as theme, 'police' as organisation,
        'vorige houder' as role_name, date '2020-01-01' as valid_from_date,
        date '2021-01-01' as valid_to_date;
    insert into marts.fct_street_knowledge by name
    select id as judgement_id, judged as judged_date, until as valid_until_date,
        'wijkagent' as judged_by, 'BU05181786' as buurt_code,
        'woninginbraak' as theme, 4 as severity, 'less' as direction,
        -1 as moved_places, $evil as reason, is_superseded
    from (values
        ('SK-1', date '2026-10-01', date '2999-01-01', false),
        ('SK-2', date '2026-09-01', date '2026-11-05', false),
        ('SK-0', date '2026-01-01', date '2026-07-01', true)
    ) as judged (id, judged, until, is_superseded);
    insert into marts.rpt_goals by name
    select *, 1 as version, false as is_moved, 'woninginbraak' as theme,
        'crime_count' as indicator, 'down' as direction, 'teamchef' as owner,
        if(goal_id = 'D-5', date '2099-12-31', date '2026-12-31') as end_date,
        167.0 as baseline_value, 110.0 as linear_path_value
    from (values
        ('D-1', 100.0, 120.0, 105.0, 140.0, 0.701, 0.4, 0.93, 0.35, false,
            'on course', null),
        ('D-2', 150.0, 160.0, 100.0, 220.0, 0.4, -3.0, 4.0, 0.45, true,
            'too few to say', null),
        ('D-3', 150.0, null, null, null, null, null, null, null, false,
            'too few to say', 'too_early'),
        ('D-4', 150.0, null, null, null, null, null, null, null, false,
            'too few to say', 'not_measured'),
        ('D-5', 150.0, null, null, null, null, null, null, null, false,
            'too few to say', 'too_early')
    ) as goals (goal_id, target_value, current_value, current_value_lower,
        current_value_upper, progress_estimate, progress_lower, progress_upper,
        minimum_detectable_effect, is_refused, status, note);
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Publish a list of two lines once, with goals, holders and judgements."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("listed")
        patch.setenv("WIJKBEELD_HOME", str(path))
        settings.cache_clear()
        write_marts(settings().warehouse)
        with duckdb.connect(str(settings().warehouse)) as con:
            for statement in duckdb.extract_statements(FILL):
                uses = statement.named_parameters
                con.execute(statement, {"evil": EVIL} if "evil" in uses else {})
        yield path, publish("one")
    settings.cache_clear()


@pytest.fixture
def listed(published, home, monkeypatch):
    """Give the home of that list, with an empty inbox."""
    path, name = published
    shutil.rmtree(path / "inbox", ignore_errors=True)
    monkeypatch.setenv("WIJKBEELD_HOME", str(path))
    settings.cache_clear()
    return name


@pytest.fixture
def looked(monkeypatch):
    """Answer for what landing would say; return what it was asked."""
    asked = []

    def answer_with(seen):
        monkeypatch.setattr(
            offered, "inspect_bytes", lambda *given: asked.append(given) or seen
        )
        return asked

    return answer_with


def waiting():
    folder = settings().inbox / street.SOURCE
    return sorted(folder.glob("*")) if folder.exists() else []


def send(app, **given):
    for key, value in given.items():
        kind = {"plaatsen": "select_slider", "reden": "text_input"}.get(
            key, "selectbox"
        )
        getattr(app, kind)(f"focus-{key}").set_value(value)
    return app.button("focus-voeg").click().run(timeout=300)


def test_a_line_shows_its_place_its_parts_and_who_holds_it(listed, open_as):
    app = open_as("team", "focus")
    told = said(app)

    assert not app.exception
    assert "een agenda, geen meting" in told.lower()
    for part in ("1 (1–3)", "Woninginbraak", "Houtwijk", "79,0", "22,5", "\u22127,5",
                 "▲ 12 (verwacht 2 tot 9)", "5,9 (3,5 tot 9,1)",
                 "operationeel expert wijk (politie)"):  # fmt: skip
        assert part in told
    assert "vorige houder" not in told
    assert "drie maanden: te weinig om iets te zeggen" in told


def test_what_the_street_wrote_is_text_and_nothing_else(listed, open_as):
    app = open_as("team", "focus")
    written = [each.value for each in app.markdown if "straat:" in each.value]
    assert len(written) == 1
    assert "\\<script\\>" in written[0]


def test_the_parts_that_are_drawn_are_the_score(listed, open_as):
    frame = (
        duckdb.connect(
            str(settings().published / listed / "team.duckdb"), read_only=True
        )
        .sql("from marts.rpt_focus")
        .df()
    )
    points = focus_words.points(frame).groupby("rank")["points"].sum()
    # 15 + 10 + 22.5 + 5 + 15, and the street takes half of its 15.
    assert points.tolist() == [60.0, 67.5]


def test_the_alternative_of_the_chart_names_the_first_lines(listed, open_as):
    app = open_as("team", "focus")
    alternatives = [chart.proto.alt for chart in app.get("vega_lite_chart")] or [
        json.dumps(str(chart.proto)) for chart in app.get("arrow_vega_lite_chart")
    ]
    assert any("Woninginbraak · Houtwijk" in text for text in alternatives)


def test_street_and_figures_are_counted_side_by_side(listed, open_as):
    app = open_as("team", "focus")
    (table,) = [t.value for t in app.table if "straat: minder" in list(t.value.columns)]
    by_verdict = dict(zip(table.iloc[:, 0], table["straat: minder"], strict=True))
    assert by_verdict["▲ meer dan verwacht"] == "2"
    assert by_verdict["● zoals verwacht"] == "0"


def test_a_goal_that_is_not_measured_is_not_called_too_few(listed, open_as):
    app = open_as("team", "focus")
    (goals,) = [t.value for t in app.table if "Op weg" in t.value]

    assert goals["Stand"].str.replace("\\", "").tolist()[3:5] == [
        "○ te weinig om iets te zeggen", "– wordt hier niet gemeten",
    ]  # fmt: skip


def test_goals_show_progress_with_its_interval_or_say_why_not(listed, open_as):
    told = said(open_as("team", "focus"))
    assert "70 % (40 tot 93)" in told
    assert "▲ op koers" in told
    assert "D-2 is te klein om te zien." in told
    assert "pas een daling van 45 % is met zekerheid te zien" in told
    assert "D-3 zonder voortgang: er zijn nog geen drie maanden" in told
    # What may be chance is no percentage.
    assert "40 % (" not in told


def test_a_goal_of_long_hence_hides_none_that_runs(listed, open_as):
    app = open_as("team", "focus")
    (goals,) = [t.value for t in app.table if "Op weg" in t.value]
    # That ends in 2099, the others this year.
    named = goals["Doel"].str.replace("\\", "").tolist()
    assert named[:2] == ["D-5", "D-1"]


def test_a_theme_that_ends_sooner_or_is_left_out_is_named(listed, open_as):
    told = [caption.value for caption in open_as("team", "focus").caption]
    [sooner] = [text for text in told if text.startswith("Tot en met")]
    [absent] = [text for text in told if text.startswith("Niet in de lijst")]
    assert "augustus 2026: Autokraak." in sooner
    assert "Vernieling" in absent
    assert "Autokraak" not in absent


def test_history_is_kept_apart_from_what_holds_on_the_day_of_the_list(listed, open_as):
    app = open_as("team", "focus")
    now, before = [
        f.value["Datum"].tolist() for f in app.dataframe if "Datum" in f.value
    ]
    # The list ends with October; of the second judgement the time ran out since.
    assert now == ["1 oktober 2026", "1 september 2026"]
    assert before == ["1 januari 2026", "5 december 2025"]
    told = said(app)
    assert "Gerekend op 31 oktober 2026, net als in de lijst." in told
    assert "Aantallen oordelen die op 31 oktober 2026 gelden" in told


def test_a_function_that_several_hold_is_named_once(listed, open_as):
    app = open_as("team", "focus")
    (told,) = [frame.value["Wie"] for frame in app.dataframe if "Wie" in frame.value]
    assert told.iloc[0].replace("\\", "") == "operationeel expert wijk (politie)"


def test_the_public_has_neither_page_nor_tables(listed, home):
    with duckdb.connect(
        str(settings().published / listed / "public.duckdb"), read_only=True
    ) as con:
        names = {
            name
            for (name,) in con.execute("""
            select table_name from information_schema.tables
        """).fetchall()
        }
    hidden = {"rpt_focus", "rpt_goals", "fct_street_knowledge", "dim_portfolios",
              "rpt_completeness", "rpt_reconciliation"}  # fmt: skip
    assert not names & hidden


def test_in_english_nothing_stays_dutch(listed, open_as):
    told = said(open_as("team", "focus", language="English"))
    assert "An agenda, not a measurement." in told
    assert "70 % (40 to 93)" in told


def test_the_analyst_reads_and_adds_nothing(listed, open_as):
    app = open_as("analyst", "focus")
    assert "Houtwijk" in said(app)
    assert not [b for b in app.button if b.key == "focus-voeg"]
    with pytest.raises(PermissionError):
        street.put("x.csv", b"x")


def test_a_judgement_becomes_a_delivery_of_one_line(listed, open_as, looked):
    asked = looked(SEEN)
    app = send(
        open_as("team", "focus"), thema="jeugd", buurt=WALDECK, bron="wijkagent",
        richting="meer", plaatsen=2, reden='Donker pad; "achter" het café',
    )  # fmt: skip

    assert not app.exception
    assert any("wacht in de inbox" in each.value for each in app.success)
    (target,) = waiting()
    assert target.name.startswith(
        f"{datetime.now(AMSTERDAM):%Y-%m-%d}__straatkennis_SK-"
    )
    assert asked[0][1] == target.read_bytes()
    (row,) = csv.DictReader(io.StringIO(target.read_text("utf-8-sig")), delimiter=";")
    assert row["thema"] == "jeugd"
    assert row["buurtcode"] == WALDECK
    assert row["verplaatst_op_focuslijst"] == "2"
    assert row["reden"] == 'Donker pad; "achter" het café'
    assert row["ernst"] == "3"


def test_two_judgements_alike_are_two(listed, open_as, looked):
    looked(SEEN)
    app = send(open_as("team", "focus"))
    send(app)
    assert len(waiting()) == 2


def test_who_moves_a_line_says_why(listed, open_as, looked):
    asked = looked(SEEN)
    app = send(open_as("team", "focus"), plaatsen=-1)
    assert any("geeft een reden" in error.value for error in app.error)
    assert asked == waiting() == []


def test_a_reason_about_somebody_is_refused_and_not_kept(listed, open_as, looked):
    problem = Sample(
        problem="personal_data_found", rule="Er staat iets over een persoon in.",
        remedy="Schrijf over plekken.", columns=("reden",), row_count=1, rows=(2,),
    )  # fmt: skip
    looked(SEEN.model_copy(update={"problem_count": 1, "samples": (problem,)}))
    app = send(open_as("team", "focus"), plaatsen=1, reden="de buurman op nummer 3")
    assert any("iets over een persoon" in error.value for error in app.error)
    assert waiting() == []


def test_a_judgement_lands_without_a_problem(listed, tmp_path):
    judgement = street.Judgement(
        "wijkagent", WALDECK, "jeugd", 4, "meer", "hoog", "avond", 1, "Donker pad"
    )
    name, content = street.written(judgement)
    (tmp_path / name).write_bytes(content)
    landed = deliver(tmp_path / name, street.SOURCE, lambda _: None)
    assert (landed.row_count, landed.problem_count) == (1, 0)


def test_before_anything_was_delivered_the_page_says_so(publication, open_as):
    publication(is_empty=True)
    app = open_as("team", "focus")
    assert not app.exception
    assert "nog geen misdrijven geleverd" in said(app)

"""Each page in each of its states."""

import ast
import json
import math
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboards.conftest import APP, EVIL, write_marts

from dashboards.components import around, briefing_cards
from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

PAGES = ["briefing", "gebiedsscan", "bereik", "buurtpreventie", "datakwaliteit", "sql"]
HOUTWIJK_VANDALISM = {
    "gebiedsscan-buurt": "Houtwijk",
    "gebiedsscan-delict": "Vernieling cq. zaakbeschadiging",
    "gebiedsscan-maand": "maart 2026",
}


def said(app) -> str:
    """Return all that is written on the page."""
    parts = [
        element.value
        for kind in ("title", "header", "subheader", "markdown", "caption", "text",
                     "info", "warning", "error", "success", "code")
        for element in app.get(kind)
        if getattr(element, "value", None)
    ]  # fmt: skip
    parts += [
        json.dumps(frame.value.to_dict(), default=str, ensure_ascii=False)
        for kind in ("table", "dataframe")
        for frame in app.get(kind)
    ]
    parts += [str(metric.value) for metric in app.metric]
    return "\n".join(map(str, parts)).replace("\\", "")


@pytest.mark.parametrize(
    ("role", "page"),
    [(role, page) for role in ("team", "public", "analyst") for page in PAGES]
    + [("team", "buurt")],
)
def test_every_page_shows_publication_freshness_and_demo_mark(
    publication, open_as, page, role
):
    name = publication()
    app = open_as(role, page)

    assert not app.exception
    assert name in said(app)
    assert "oudere versie" not in said(app)
    assert "DEMODATA" in said(app)
    if page not in {"datakwaliteit", "sql"}:
        assert "november 2026" in said(app)


@pytest.mark.parametrize("page", PAGES)
def test_real_figures_are_not_called_demo(publication, open_as, page):
    publication(is_demo=False)

    assert "DEMODATA" not in said(open_as("team", page))


def test_before_anything_is_published_the_page_says_so(open_as):
    app = open_as()

    assert not app.exception
    assert "nog niets gepubliceerd" in said(app)


@pytest.mark.parametrize("page", [*PAGES, "buurt"])
def test_a_publication_without_deliveries_says_what_is_missing(
    publication, open_as, page
):
    publication(is_empty=True)
    app = open_as("team", page)

    assert not app.exception
    if page != "sql":
        assert "geleverd" in said(app)


@pytest.mark.parametrize(
    "page", ["briefing", "gebiedsscan", "bereik", "buurtpreventie"]
)
def test_figures_that_are_too_old_say_so(publication, open_as, page):
    publication(age_days=70)

    assert any("te oud" in warning.value for warning in open_as("team", page).warning)


def test_a_source_is_late_before_it_is_too_old(publication, open_as):
    publication(age_days=40)
    app = open_as("team", "datakwaliteit")

    assert around.state_in_words("late") in said(app)
    assert "vraag om een nieuwe levering" in said(app)
    assert not open_as("team", "briefing").warning


def test_residents_are_not_told_to_ask_and_see_no_empty_columns(publication, open_as):
    publication(age_days=40)
    app = open_as("public", "datakwaliteit")
    table = app.table[0].value

    assert around.state_in_words("late") in set(table["Stand"])
    assert "vraag om een nieuwe levering" not in said(app)
    assert table.columns.tolist() == ["Bron", "Stand", "Geëxporteerd", "Ontvangen"]
    assert list(app.dataframe[-1].value) == ["Ontvangen", "Bron"]


@pytest.mark.parametrize("page", [*PAGES, "buurt"])
def test_english_is_behind_a_switch(publication, open_as, page):
    publication()
    app = open_as("team", page, language="English")

    assert not app.exception
    assert "Publication" in said(app)
    assert "Publicatie" not in said(app)


def test_an_unknown_language_in_the_address_is_dutch(publication, open_as):
    publication()

    assert "Publicatie" in said(open_as("team", language="Frysk"))


def test_the_address_chooses_offence_month_and_buurt(publication, open_as):
    publication()
    app = open_as("team", "gebiedsscan", **HOUTWIJK_VANDALISM)

    assert app.selectbox("gebiedsscan-buurt").value == "BU05181786"
    assert app.selectbox("gebiedsscan-delict").value == "2.2.1"
    assert "Maart 2026" in said(app)
    assert app.header[0].value.startswith("Houtwijk")


@pytest.mark.parametrize("role", ["team", "public"])
def test_an_offence_that_may_be_counted_in_another_way_says_so(
    publication, open_as, role
):
    publication()
    broken = open_as(role, "gebiedsscan", **{"gebiedsscan-delict": "Winkeldiefstal"})
    whole = open_as(role, "gebiedsscan", **{"gebiedsscan-delict": "Woninginbraak"})

    assert [w for w in broken.warning if "mogelijk anders geteld" in w.value]
    assert not [w for w in whole.warning if "mogelijk anders geteld" in w.value]


@pytest.mark.parametrize("key", ["buurt", "delict", "maand"])
def test_nonsense_in_the_address_falls_back_to_the_first_choice(
    publication, open_as, key
):
    publication()
    app = open_as("team", "gebiedsscan", **{f"gebiedsscan-{key}": "<script>"})

    assert not app.exception
    assert app.selectbox("gebiedsscan-delict").value == "1.1.1"


def test_the_briefing_begins_with_burglary_and_never_with_a_bare_percentage(
    publication, open_as
):
    publication()
    app = open_as("team")

    assert [sub.value for sub in app.subheader] == [
        "Woninginbraak", "Autokraak", "Fietsendiefstal",
    ]  # fmt: skip
    assert "%" not in said(app)
    assert "verwacht" in said(app)
    assert "Vorig jaar" in said(app)


def test_the_briefing_says_that_the_month_is_provisional(publication, open_as):
    publication()
    assert "Voorlopige cijfers" in said(open_as("team"))
    assert "Voorlopige cijfers" not in said(
        open_as("team", **{"briefing-maand": "september 2026"})
    )


def test_residents_see_no_count_of_one_to_four(publication, open_as):
    publication()
    app = open_as("public", "gebiedsscan", **{"gebiedsscan-delict": "Autokraak"})
    counts = app.table[0].value["Aantal, afgerond"].tolist()

    assert len(counts) == 13
    assert "Afgerond op vijf" in said(app)
    for count in counts:
        assert (
            count in ("0", "–", "minder dan 5")
            or int(count.removeprefix("ongeveer ").removesuffix(" of meer")) % 5 == 0
        )


def charted(app) -> list[dict[str, object]]:
    """Return all rows that the charts of a page were drawn of."""
    return [
        row
        for chart in app.get("vega_lite_chart")
        for rows in chart.proto.datasets
        for row in pa.ipc.open_stream(rows.data.data).read_all().to_pylist()
    ]


@pytest.mark.parametrize(
    ("status", "months", "said"),
    [
        ("too few to say", 23, "er zijn er 23."),
        # Enough months, and yet too few crimes.
        ("too few to say", 24, ""),
        ("as expected", 0, ""),
    ],
)
def test_the_briefing_says_why_there_is_no_verdict(monkeypatch, status, months, said):
    row = {"offence_code": "1.1.1", "crime_count": 12, "status": status,
           "expected_lower": None}  # fmt: skip
    captions = []
    monkeypatch.setattr("streamlit.caption", captions.append)
    briefing_cards.too_short(
        pd.DataFrame([row]), pd.DataFrame({"offence_code": ["1.1.1"],
                                           "month_count": [months]})
    )  # fmt: skip
    assert "".join(captions).endswith(said)
    assert bool(captions) == bool(said)
    is_judged = status == "as expected"
    assert ("geen oordeel" in briefing_cards._verdict(row)) != is_judged


@pytest.mark.parametrize("page", ["briefing", "bereik", "buurtpreventie"])
def test_residents_read_that_figures_are_rounded(publication, open_as, page):
    publication()
    assert "Afgerond op vijf" in said(open_as("public", page))
    assert "Afgerond op vijf" not in said(open_as("team", page))


def test_residents_read_about_how_many_posts_there_were(publication, open_as):
    publication()
    assert "**ongeveer " in said(open_as("public", "briefing"))
    assert "Ongeveer " in open_as("public", "bereik").header[0].value
    assert "ngeveer" not in said(open_as("team", "briefing"))


def test_the_map_of_residents_names_the_buurten_that_have_room(publication, open_as):
    publication()
    [drawn] = [
        chart
        for chart in open_as("public", "gebiedsscan").get("vega_lite_chart")
        if "geoshape" in chart.proto.spec
    ]
    assert '"words": ["Ockenburgh", ' in drawn.proto.spec


def test_the_pale_bars_of_residents_are_explained(publication, open_as):
    publication()
    assert "Lichte balk: " in said(open_as("public", "gebiedsscan"))


def test_e8_figures_on_the_page_of_residents_are_in_the_public_file(
    publication, open_as
):
    import duckdb

    from wijkbeeld.publish import current

    publication()
    with duckdb.connect(str(current("public")), read_only=True) as con:
        published = {
            (row[0].isoformat(), row[1])
            for row in con.sql(
                "select first_month, crime_count from marts.rpt_public_crimes "
                "where offence_code = '1.1.1' and level <> 'buurt'"
            ).fetchall()
        }
        buurten = dict(
            con.sql(
                "select buurt_name, crime_count from marts.rpt_public_crimes "
                "join marts.dim_buurten on buurt_code = area_code where "
                "offence_code = '1.1.1' and period_kind = 'briefing'"
            ).fetchall()
        )
    app = open_as("public", "gebiedsscan")
    drawn = [row for row in charted(app) if "first_month" in row and "words" in row]
    assert len(drawn) > 30
    for row in drawn:
        count = row["crime_count"]
        known = None if count is None or math.isnan(count) else count
        assert (str(row["first_month"])[:10], known) in published
    for row in app.table[0].value.to_dict("records"):
        shown = row["Aantal, afgerond"].removeprefix("ongeveer ")
        exact = buurten[row["Buurt"].replace("\\", "")]
        assert shown == ("minder dan 5" if exact is None else str(exact))


def test_a_buurt_of_which_no_difference_shows_is_not_called_average(
    publication, open_as
):
    publication()
    app = open_as("public", "gebiedsscan")
    told = set(app.table[0].value["Vergeleken met alle woonbuurten samen"])

    assert "● geen verschil aangetoond" in told
    assert not [words for words in told if "ongeveer gemiddeld" in words]
    assert "Woningen en inwoners zijn in elke periode die van 2025;" in said(app)


def test_verdicts_that_chance_makes_high_are_counted_where_there_are_verdicts(
    publication, open_as
):
    publication()
    # Of five offences in the ten buurten of which there is enough to judge.
    assert (
        "Oordelen over deze maand, van alle delicten en buurten samen: 50. Door toeval "
        "is ongeveer 3 % daarvan “meer dan verwacht”, hier 1,5."
    ) in said(open_as("team", "gebiedsscan"))


def test_where_nothing_is_judged_no_verdict_is_counted(publication, open_as):
    publication()
    with duckdb.connect(settings().warehouse) as con:
        con.execute("update marts.rpt_area_scan set status = 'too few to say'")
    publish("none_judged")
    told = said(open_as("team", "gebiedsscan"))
    assert "Tussen haakjes: waartussen het cijfer" in told
    assert "Oordelen over deze maand" not in told


def test_the_team_sees_them(publication, open_as):
    publication()
    counts = open_as("team", "gebiedsscan").table[0].value["Deze maand"].tolist()

    assert {"1", "2", "3", "4"} & set(counts)
    assert "<5" not in counts


def test_a_buurt_without_patrols_has_no_zero(publication, open_as):
    publication()
    hours = open_as("team", "buurtpreventie").table[0].value["Uren"]

    assert hours.iloc[-1].replace("\\", "") == "–"


def test_signals_are_at_least_as_many_only_where_a_round_did_not_tell(home, open_as):
    write_marts(settings().warehouse)
    with duckdb.connect(str(settings().warehouse)) as con:
        # Rounds came through it, and it is the main buurt of none.
        con.execute(
            "update marts.rpt_patrols set signal_count = null where buurt_code = "
            "(select min(buurt_code) from marts.rpt_patrols)"
        )
        con.execute(
            "insert into marts.fct_patrols (patrol_id, month, signal_count, "
            "is_withdrawn) select 'r', max(month), 2, false from marts.rpt_patrols"
        )
    publish("all told")
    told = open_as("team", "buurtpreventie")
    with duckdb.connect(str(settings().warehouse)) as con:
        con.execute("update marts.fct_patrols set signal_count = null")
    publish("one not told")
    untold = open_as("team", "buurtpreventie")

    assert not told.metric[2].value.startswith("≥")
    assert untold.metric[2].value.startswith("≥")
    assert "niet van elke ronde is het aantal bekend" in said(untold)


def test_residents_read_of_patrols_what_is_too_few_to_show_and_what_was_not_reported(
    home, open_as
):
    write_marts(settings().warehouse)
    with duckdb.connect(str(settings().warehouse)) as con:
        con.execute("update marts.rpt_patrols set patrol_count = 3, signal_count = 2")
    publish("few")
    app = open_as("public", "buurtpreventie")
    rows = app.table[0].value.map(lambda cell: cell.replace("\\", ""))
    reported = rows[rows["Rondes"] == "<5"]

    assert len(reported) == int(app.metric[1].value)
    assert set(reported["Signalen"]) == {"<5"}
    assert set(rows.loc[rows["Rondes"] != "<5", "Signalen"]) == {"–"}
    assert "afgerond op vijf" in said(app)
    assert "≥: ten minste" in said(app)
    assert "<5" not in set(open_as("team", "buurtpreventie").table[0].value["Rondes"])


def test_a_lower_bound_is_marked(publication, open_as):
    publication()
    app = open_as("team", "buurtpreventie", **{"buurtpreventie-maand": "augustus 2026"})

    assert any("≥" in hours for hours in app.table[0].value["Uren"])


def test_reach_is_a_stretch_and_what_was_not_offered_is_no_zero(publication, open_as):
    publication()
    app = open_as("team", "bereik")

    assert " tot " in app.markdown[1].value
    assert "niet aangeboden" in said(app)


def test_texts_of_others_are_shown_as_texts(publication, open_as):
    publication()
    posts = open_as("team", "bereik")
    quality = open_as("team", "datakwaliteit")

    assert posts.dataframe[0].value["Tekst"].iloc[0] == EVIL
    assert any(EVIL in text.value for text in quality.text)
    for app in (posts, quality):
        assert not any(EVIL in element.value for element in app.markdown)


def test_a_rejected_file_says_why_and_what_to_do(publication, open_as):
    publication()
    app = open_as("team", "datakwaliteit")

    assert "kolom start ontbreekt" in said(app)
    assert "Verbeter het bestand" in said(app)


def test_residents_see_no_file_name_and_no_reason(publication, open_as):
    publication()
    app = open_as("public", "datakwaliteit")

    assert "kolom start ontbreekt" not in said(app)
    assert "incidenten_demo" not in said(app)
    assert "bad_date" not in said(app)


def test_problems_are_explained_and_found_back(publication, open_as):
    publication()
    app = open_as("team", "datakwaliteit")

    assert "De datum of tijd is niet te lezen." in said(app)
    assert "incidenten_demo.csv" in said(app)


def test_a_query_is_answered_and_marked_as_demo(publication, open_as):
    publication()
    app = open_as("team", "sql")
    app.text_area[0].set_value("select 41 + 1 as answer").run()
    app.button[0].click().run()

    assert app.dataframe[-1].value["answer"].tolist() == [42]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("drop table marts.dim_buurten", "precies één vraag"),
        ("select 1; select 2", "precies één vraag"),
        ("select * from read_text('/etc/passwd')", "kan niet worden uitgevoerd"),
        ("select repeat('x', 2000000000)", "te groot"),
    ],
)
def test_a_bad_query_is_refused_in_words(publication, open_as, query, reason):
    publication()
    app = open_as("team", "sql")
    app.text_area[0].set_value(query).run()
    app.button[0].click().run()

    assert not app.exception
    assert reason in app.error[0].value


def test_the_examples_run_for_every_role(publication, open_as):
    import duckdb

    from dashboards.queries import catalogue
    from wijkbeeld import sandbox
    from wijkbeeld.publish import current

    publication()
    for role in ("public", "team", "analyst"):
        with duckdb.connect(str(current(role)), read_only=True) as con:
            there = {
                name
                for (name,) in con.sql(
                    "select table_name from duckdb_tables()"
                ).fetchall()
            }
        for name, query in catalogue.EXAMPLES.items():
            if catalogue.TABLE[name] in there:
                assert sandbox.run(query, current(role)).columns
    assert set(catalogue.TABLE) == set(catalogue.EXAMPLES)


def test_the_page_follows_a_new_publication_without_a_restart(publication, open_as):
    first = publication("first")
    app = open_as("team")
    assert first in said(app)

    second = publication("second")
    app.run()
    assert second in said(app)
    assert first not in said(app)


def test_a_page_is_not_routed_when_the_role_lacks_its_table(
    publication, open_as, monkeypatch
):
    from wijkbeeld.publish import roles

    poor = {name: query for name, query in roles.ROLES["public"].items()
            if name not in {"rpt_reach", "rpt_briefing"}}  # fmt: skip
    monkeypatch.setitem(roles.ROLES, "public", poor)
    publication()
    app = open_as("public")

    assert not app.exception
    assert app.title[0].value == "Gebiedsscan"


def test_a_role_with_an_empty_file_gets_a_designed_page(
    publication, open_as, monkeypatch
):
    from wijkbeeld.publish import roles

    monkeypatch.setitem(roles.ROLES, "public", {
        "rpt_freshness": roles.ROLES["public"]["rpt_freshness"],
    })  # fmt: skip
    publication()
    monkeypatch.setattr("dashboards.queries.publication.promised", frozenset)
    app = open_as("public")

    assert not app.exception
    assert "geen bladzijde" in said(app)


def test_pages_are_thin_and_hold_no_sql():
    for path in (APP.parent / "app_pages").glob("*.py"):
        source = path.read_text("utf-8")
        imports = [
            node
            for node in ast.parse(source).body
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        assert len(source.splitlines()) - imports[-1].end_lineno <= 60, path.name


def test_components_never_query_and_only_queries_hold_sql():
    for folder in ("app_pages", "components"):
        for path in (APP.parent / folder).glob("*.py"):
            names = {
                alias.name
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            }
            assert not {"duckdb", "fetch"} & names, path.name


def test_no_html_is_drawn_with_data():
    source = "\n".join(
        path.read_text("utf-8") for path in Path(APP.parent).rglob("*.py")
    )

    assert "unsafe_allow" not in source
    # Style sheets, words of the catalogue, two numbers, and a slide that is escaped.
    drawn = {
        path.name: count
        for path in Path(APP.parent).rglob("*.py")
        if (count := path.read_text("utf-8").count("st.html("))
    }
    assert drawn == {
        "around.py": 1, "native_words.py": 1, "offered_words.py": 1,
        "preparing.py": 1, "presenter.py": 1,
        "slide_view.py": 2,
    }  # fmt: skip
    [template] = Path(APP.parent).rglob("slide.html*")
    assert "autoescape=True" in source
    assert "safe" not in template.read_text("utf-8")


def test_a_warning_is_shown_without_the_code_by_which_it_is_known(home, open_as):
    write_marts(settings().warehouse)
    with duckdb.connect(settings().warehouse) as con:
        con.execute(
            "update marts.fct_deliveries set warnings = "
            "'mostly_problems: 9 van de 10 rijen hebben een probleem'"
        )
    publish("warned")
    app = open_as("team", "datakwaliteit")
    assert "9 van de 10 rijen" in said(app)
    assert "mostly_problems" not in said(app)
    assert "Meer dan een vijfde van de regels" in said(app)


def test_files_with_many_problems_are_named_in_one_message():
    def page():
        import pandas as pd

        from dashboards.components import quality_words

        names = [f"lijst{at}.csv" for at in range(8)]
        rows = pd.DataFrame({"file_name": names, "warnings": "mostly_problems: …"})
        quality_words.mostly_problems(rows)

    [message] = AppTest.from_function(page).run().error
    assert "lijst0" in message.value
    assert "en nog 3" in message.value


def test_residents_read_hours_in_fives_and_together_at_least_so_many(
    publication, open_as
):
    publication()
    app = open_as("public", "buurtpreventie")
    [hours, _, signals] = [metric.value for metric in app.metric[:3]]
    for told in (hours, signals):
        assert told.startswith("≥ ")
        assert int(told[2:]) % 5 == 0
    said = app.table[0].value["Uren"]
    assert all(text == "–" or int(text.removeprefix("≥ ")) % 5 == 0 for text in said)
    assert any("Afgerond op vijf" in caption.value for caption in app.caption)


def test_the_briefing_of_residents_names_no_hours_where_rounds_are_few(
    publication, open_as
):
    publication()
    with duckdb.connect(settings().warehouse) as con:
        con.execute("update marts.rpt_patrols set patrol_count = 4")
    publish("two")
    said = [text.value for text in open_as("public", "briefing").markdown]
    assert any(text.startswith("De buurtpreventie liep in **") for text in said)
    assert not any(" uur** in" in text for text in said)

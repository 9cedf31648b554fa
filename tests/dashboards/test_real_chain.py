"""The pages on what the chain itself makes of demo deliveries."""

import json

import duckdb
import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboards.conftest import APP

from wijkbeeld.publish import current
from wijkbeeld.settings import settings

PAGES = ["briefing", "gebiedsscan", "bereik", "buurtpreventie", "datakwaliteit", "sql"]


OF_THE_TEAM = ["buurt", "focus"]


@pytest.mark.parametrize(
    ("role", "page"),
    [(role, page) for role in ("public", "team", "analyst") for page in PAGES]
    + [("team", page) for page in OF_THE_TEAM],
)
def test_every_page_shows_what_the_chain_made(chain, monkeypatch, page, role):
    monkeypatch.setenv("WIJKBEELD_ROLE", role)
    settings.cache_clear()
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.run()
    is_theirs = role == "public" and page == "gebiedsscan"
    app.switch_page(f"app_pages/{page}{'_public' if is_theirs else ''}.py").run()

    assert not app.exception
    assert any(str(chain)[:16] in caption.value for caption in app.caption)
    assert any("DEMODATA" in text.value for text in app.markdown)


def opened():
    """Open the file of analysts as the pages do, which may still hold it."""
    closed = {"enable_external_access": "false"}
    return duckdb.connect(str(current("analyst")), read_only=True, config=closed)


def test_c10_a_planted_programme_works_and_the_single_buurten_are_too_few(chain):
    truth = json.loads((settings().home / "demo" / "truth.json").read_text("utf-8"))
    planted = {
        effect["programme"]: (effect["offence_code"], effect["rate_ratio"])
        for effect in truth["planted_effects"]
        if effect["programme"]
    }
    with opened() as con:
        found = con.execute(
            "select study_id, offence_code, verdict, effect_estimate, effect_lower, "
            "effect_upper, unit from marts.rpt_effects where is_primary"
        ).fetchall()
    works = {row[0]: row[1:] for row in found if row[2] == "works"}
    assert works.keys() == planted.keys()
    for study, (offence, ratio) in planted.items():
        aimed_at, _, estimate, lower, upper, unit = works[study]
        assert (aimed_at, unit) == (offence, "ratio")
        assert estimate < 1
        assert lower <= ratio <= upper < 1
    of_teams = {row[2] for row in found if row[0].startswith("P-WT-")}
    assert of_teams == {"too few to say"}


def test_b6_how_much_sooner_a_video_is_watched_is_known_of_instagram(chain):
    with opened() as con:
        [(ratio, lower, videos)] = con.execute(
            "select figure_estimate, figure_lower, event_count "
            "from marts.rpt_engagement where measure = 'video_ratio_views_24h' "
            "and level = 'channel' and not is_too_few"
        ).fetchall()
    assert videos >= 6
    assert lower < ratio


def test_the_briefing_has_a_count_for_each_priority(chain, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_ROLE", "team")
    settings.cache_clear()
    app = AppTest.from_file(str(APP), default_timeout=120).run()

    assert app.selectbox("briefing-maand").value.month == 10
    assert all(metric.value.strip("≥ ").isdigit() for metric in app.metric)
    assert len(app.metric) == 3

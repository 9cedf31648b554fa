"""The pages on what the chain itself makes of demo deliveries."""

import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboards.conftest import APP

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
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.run()
    is_theirs = role == "public" and page == "gebiedsscan"
    app.switch_page(f"app_pages/{page}{'_public' if is_theirs else ''}.py").run()

    assert not app.exception
    assert any(str(chain)[:16] in caption.value for caption in app.caption)
    assert any("DEMODATA" in text.value for text in app.markdown)


def test_the_briefing_has_a_count_for_each_priority(chain, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_ROLE", "team")
    settings.cache_clear()
    app = AppTest.from_file(str(APP), default_timeout=60).run()

    assert app.selectbox("briefing-maand").value.month == 10
    assert all(metric.value.strip("≥ ").isdigit() for metric in app.metric)
    assert len(app.metric) == 3

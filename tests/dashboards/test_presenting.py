"""The wall shows what residents may see; the team prepares it."""

import io
import json
import shutil
from pathlib import Path

import pptx
import pytest
from tests.dashboards.conftest import EVIL, LAST_MONTH, write_marts
from tests.dashboards.test_pages import said

from dashboards.components import slide_view, wall
from wijkbeeld import publish
from wijkbeeld.language import speaking
from wijkbeeld.output import choices, slides
from wijkbeeld.output.choices import Choices
from wijkbeeld.output.slide import Key, Lines, Presentation, Slide, Table
from wijkbeeld.settings import settings

MONTH = f"{LAST_MONTH:%Y-%m}"
WARNING = "Alleen voor de politie"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Publish the marts once; no test writes to them."""
    made = tmp_path_factory.mktemp("presenting")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIJKBEELD_HOME", str(made))
        settings.cache_clear()
        write_marts(settings().warehouse)
        publish.publish("presented")
    settings.cache_clear()
    return made


@pytest.fixture
def publication(published, home):
    """Give the home of a test that publication; return its name."""
    shutil.copytree(published / "published", settings().published)

    def name():
        return publish.current("team").parent.name

    return name


def drawn(app):
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("role", ["public", "team", "analyst"])
def test_the_wall_opens_in_every_role_on_the_public_figures(publication, open_as, role):
    publication()
    app = open_as(role, "presenteren", maand=MONTH)
    assert not app.exception
    assert "Welkom" in drawn(app)
    assert WARNING not in drawn(app)
    app.button(key="on").click().run()
    app.button(key="on").click().run()
    assert app.query_params["dia"] == "3"
    assert "Woninginbraak" in drawn(app)
    app.button(key="key-End").click().run()
    assert app.query_params["dia"] == str(len(Key))
    app.button(key="key-Home").click().run()
    assert app.query_params["dia"] == "1"


def test_the_wall_of_the_team_and_that_of_residents_are_the_same(publication, open_as):
    publication()
    for slide in ("3", "6", "7"):
        walls = []
        for role in ("team", "public"):
            wall.of.clear()
            app = open_as(role, "presenteren", maand=MONTH, dia=slide)
            walls.append([e.proto.body for e in app.get("html") if "slide" in
                          e.proto.body][-1])  # fmt: skip
        assert walls[0] == walls[1]


@pytest.mark.parametrize(
    "address",
    [{"weergave": "team"}, {"team": "1"}, {"rol": "team"}, {"notities": "1"},
     {"presenter-for-team": MONTH}],
)  # fmt: skip
def test_residents_reach_neither_the_team_nor_notes_by_any_address(
    publication, open_as, address
):
    publication()
    app = open_as("public", "presenteren", maand=MONTH, **address)
    app.session_state["presenter-for-team"] = LAST_MONTH
    app.run()
    assert not app.exception
    assert WARNING not in drawn(app)
    assert "Nu op het scherm" not in said(app)
    keys = {button.key for button in app.button}
    assert not keys & {"team", "team-yes", "clock"}


def test_residents_have_no_page_to_prepare(publication, open_as):
    publication()
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_as("public", "voorbereiden")


def test_the_figures_of_the_team_ask_for_a_step_and_carry_a_warning(
    publication, open_as
):
    publication()
    app = open_as("team", "presenteren", maand=MONTH, weergave="team")
    assert WARNING not in drawn(app)
    app.button(key="team").click().run()
    assert WARNING not in drawn(app)
    app.button(key="team-yes").click().run()
    assert WARNING in drawn(app)
    app.button(key="on").click().run()
    assert WARNING in drawn(app)
    app.button(key="public-again").click().run()
    assert WARNING not in drawn(app)


def test_notes_steer_the_wall_and_follow_it(publication, open_as):
    publication()
    on_the_wall = open_as("team", "presenteren", maand=MONTH)
    notes = open_as("team", "presenteren", maand=MONTH, notities="1")
    assert not notes.exception
    assert "Nu op het scherm: 1 van 13" in said(notes)
    notes.button(key="on").click().run()
    on_the_wall.run()
    assert on_the_wall.query_params["dia"] == "2"
    on_the_wall.button(key="key-End").click().run()
    notes.run()
    assert "Nu op het scherm: 13 van 13" in said(notes)
    assert "laatste dia" in said(notes)


@pytest.mark.parametrize("slide", ["0", "99", "-3", "drie", ""])
def test_an_address_of_no_slide_opens_one_that_is_there(publication, open_as, slide):
    publication()
    app = open_as("public", "presenteren", maand="nooit", dia=slide)
    assert not app.exception
    assert app.query_params["maand"] == MONTH
    assert 1 <= int(app.query_params["dia"]) <= len(Key)


def test_a_choice_is_kept_at_once_and_shows_on_the_wall(publication, open_as):
    publication()
    app = open_as("team", "voorbereiden")
    assert not app.exception
    assert "Nog niet bevroren" in said(app)
    prefix = f"{LAST_MONTH:%Y%m}"
    app.toggle(key=f"show-{prefix}-welcome").set_value(False).run()
    app.button(key="up-theft_from_cars").click().run()
    app.button(key="up-theft_from_cars").click().run()
    app.text_input(key=f"added-{prefix}-theft_from_cars").set_value("<b>Let op</b>")
    app.run()
    assert not app.exception
    assert "laatst bewaard" in said(app)
    kept = choices.read(LAST_MONTH)
    assert kept.hidden == {"welcome"}
    assert kept.annotations == {"theft_from_cars": "<b>Let op</b>"}
    shown = open_as("team", "presenteren", maand=MONTH, dia="1")
    assert "Autokraak" in drawn(shown)
    assert "&lt;b&gt;Let op&lt;/b&gt;" in drawn(shown)
    assert "/ 12" in drawn(shown)


def test_words_that_may_not_be_on_the_wall_are_refused_on_the_page(
    publication, open_as
):
    publication()
    app = open_as("team", "voorbereiden")
    app.text_area(key=f"guest-{LAST_MONTH:%Y%m}").set_value("Bel 06-12345678").run()
    assert "Niet bewaard" in said(app)
    assert "telefoonnummer" in said(app)
    assert choices.read(LAST_MONTH) == Choices()


def test_files_are_made_after_a_click_with_what_was_chosen(publication, open_as):
    publication()
    added = "Let op uw fiets"
    choices.write(
        LAST_MONTH,
        Choices(hidden=frozenset({"expected"}), annotations={"bicycle_theft": added}),
    )
    app = open_as("team", "voorbereiden")
    assert not app.get("download_button")
    app.button(key="make-files").click().run()
    assert not app.exception
    shown, made = app.session_state["preparing-files"]
    assert [Path(name).suffix for name in made] == [".pptx", ".pdf", ".xlsx", ".csv"]
    assert len(app.get("download_button")) == len(made)
    assert shown.role == "public"
    assert "expected" not in [slide.key for slide in shown.slides]
    deck = pptx.Presentation(io.BytesIO(made[f"briefing-{MONTH}.pptx"]))
    told = [
        shape.text_frame.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    assert any(added in text for text in told)
    assert not any("meer of minder dan verwacht" in text for text in told)
    app.toggle(key=f"show-{LAST_MONTH:%Y%m}-guest").set_value(False).run()
    assert not app.get("download_button")


def test_when_all_is_hidden_the_wall_says_so(publication, open_as):
    publication()
    choices.write(LAST_MONTH, Choices(hidden=frozenset(map(str, Key))))
    app = open_as("team", "presenteren", maand=MONTH)
    assert not app.exception
    assert "verborgen" in said(app)
    assert "er is niets om te tonen" in said(open_as("team", "voorbereiden"))
    # Residents read all that the file tells.
    assert "Welkom" in drawn(open_as("public", "presenteren", maand=MONTH))


def test_a_damaged_file_is_named_and_stops_no_briefing(publication, open_as):
    publication()
    place = choices.path(LAST_MONTH)
    place.parent.mkdir()
    place.write_text("{")
    assert "2026-10.json" in said(open_as("team", "voorbereiden"))
    app = open_as("team", "presenteren", maand=MONTH)
    assert not app.exception
    assert "Welkom" in drawn(app)


def test_a_frozen_month_is_shown_as_it_was(publication, open_as):
    name = publication()
    publish.freeze(LAST_MONTH)
    later = settings().published / "20301231T000000Z_later-00000000"
    shutil.copytree(settings().published / name, later)
    (settings().published / "current").write_text(later.name)
    for role in ("team", "public"):
        assert name in drawn(open_as(role, "presenteren", maand=MONTH))
    page = said(open_as("team", "voorbereiden"))
    assert "Bevroren op" in page
    assert "sindsdien veranderd" in page


def test_a_wall_of_yesterday_does_not_move_that_of_tonight():
    shared = wall.Wall()
    shared.show("guest")
    assert shared.shown() == ("guest", 1)
    shared._moved -= 2 * wall._LONGEST_EVENING
    assert shared.shown() == (None, 1)
    began = shared.began
    shared.show("welcome")
    assert shared.began > began


def test_the_choices_are_text_that_a_person_can_read(publication, open_as):
    publication()
    choices.write(LAST_MONTH, Choices(guest="De wijkagent"))
    assert json.loads(choices.path(LAST_MONTH).read_text())["guest"] == "De wijkagent"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_invented_figures_are_marked_as_such_in_every_language(publication, language):
    publication()
    with speaking(language):
        shown = slides.presentation(publish.current("public"), LAST_MONTH)
    assert '<strong class="demo">DEMO' in slide_view.html(shown, 0)


def test_html_of_others_is_text_on_a_slide():
    parts = (Lines((EVIL,)), Table((EVIL,), ((EVIL,),), EVIL))
    slide = Slide(Key.ACTIONS, EVIL, EVIL, parts, EVIL, (EVIL,), EVIL)
    shown = Presentation(MONTH, EVIL, EVIL, EVIL, "public", False, "nl", (slide,))
    page = slide_view.html(shown, 0, EVIL)
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<b>" not in page

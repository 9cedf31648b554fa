"""A file goes from a browser into the inbox, and only where the team is."""

from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from docs.screenshots import open_page, settle
from tests.landing.offers import SAMPLES

pytestmark = pytest.mark.browser

PATROLS = "watch__patrols"
NAME, TEXT = SAMPLES[PATROLS]


def choose(page, name, content):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def test_a_file_is_looked_at_and_put_in_the_inbox(watch, team, home):
    watched = watch()
    page = watched.page
    open_page(page, team + "/datakwaliteit")
    # Streamlit's own words are English.
    assert not page.get_by_text("Upload", exact=True).is_visible()
    assert not page.get_by_text("per file").is_visible()
    choose(page, NAME, TEXT.encode())
    page.get_by_text("Dit bestand zou worden ingelezen").wait_for()
    settle(page)
    assert page.get_by_text("herkend aan de kolommen ronde_id").is_visible()
    assert not list((home / "inbox").glob("*/*"))

    page.get_by_role("button", name="Zet in de inbox").click()
    page.get_by_text("wacht in de inbox").wait_for()
    settle(page)
    assert (home / "inbox" / PATROLS / NAME).read_text("utf-8") == TEXT
    assert page.locator("[data-testid=stFileUploaderFile]").count() == 0
    assert watched.hosts == {"127.0.0.1"}
    assert watched.errors == []


def test_an_odd_name_is_told_so(watch, team, home):
    page = watch().page
    open_page(page, team + "/datakwaliteit")
    choose(page, "rondes\u202evsc.csv", TEXT.encode())
    page.get_by_text("kan niet worden gebruikt").wait_for(timeout=30_000)
    assert not [p for p in (home / "inbox").glob("*/*") if "vsc" in p.name]


def test_residents_see_no_place_to_send_a_file(watch, public):
    page = watch().page
    open_page(page, public + "/datakwaliteit")
    assert page.locator("input[type=file]").count() == 0


@pytest.mark.parametrize("role", ["team", "public"])
def test_what_is_sent_without_a_page_is_refused(request, role):
    host = urlsplit(request.getfixturevalue(role)).netloc
    connection = HTTPConnection(host, timeout=120)
    # It may hang up on what it does not want to read.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.request(
            "PUT", "/_stcore/upload_file/elders/x", body=b"x" * (60 << 20)
        )
    assert connection.getresponse().status in {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    }

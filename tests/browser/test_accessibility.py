"""Every page of both roles, as axe-core judges it by WCAG 2.2 AA."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from docs.screenshots import NOT_PUBLIC, PAGES, open_page

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}
WALL = ("presenteren?maand=2026-10&dia=3", "presenteren?maand=2026-10&dia=7")
TEAM = (*PAGES, *WALL, "presenteren?maand=2026-10&notities=1", "voorbereiden")
PUBLIC = (*(page for page in PAGES if page not in NOT_PUBLIC), *WALL)


def findings(page):
    for found in Axe().run(page, options=RULES).response["violations"]:
        if found["impact"] not in {"serious", "critical"}:
            continue
        for node in found["nodes"]:
            yield found["id"], " ".join(map(str, node["target"])), node["html"][:160]


@pytest.mark.parametrize("role", ["team", "public"])
def test_no_page_has_a_serious_finding(watch, request, role):
    address = request.getfixturevalue(role)
    page = watch().page
    told = {}
    for name in TEAM if role == "team" else PUBLIC:
        open_page(page, f"{address}/{name}")
        if said := sorted(set(findings(page))):
            told[name] = said
    assert told == {}

"""Routes, and what every page has around it."""

from pathlib import Path

import streamlit as st

from dashboards.components import around, downloads, native_words, presented
from dashboards.locales import choose_language
from dashboards.locales import translate as _
from dashboards.queries import buurt, effects, minutes, publication, quality
from wijkbeeld.publish import NothingPublishedError

# Whichever of a group was delivered last is the one that counts are taken from.
CRIME = ("police__incidents", "police__open_data")
ICON = Path(__file__).with_name("icon.png")
POSTS, PATROLS = ("social__facebook_posts",), ("watch__patrols",)

# A picture of our own: that of a page would be fetched from the internet.
st.set_page_config(page_title="Wijkbeeld", page_icon=str(ICON), layout="wide")
around.readable_from_afar()
house = st.container(key="house")
heading, about, switch = house.columns([3, 5, 2], vertical_alignment="center")
with switch:
    choose_language()
native_words.replace()
try:
    shown = publication.pin()
except NothingPublishedError:
    around.nothing_published()
    st.stop()
except publication.OlderPublicationError:
    around.older_publication()
    st.stop()

# File, title, icon, the tables it shows, the sources that feed it.
routes = [
    ("briefing", _("Briefing"), "groups",
     {"rpt_briefing", "rpt_patrols", "rpt_reach"}, [CRIME, PATROLS, POSTS]),
    ("presenteren", _("Presenteren"), "slideshow", {"rpt_briefing"}, []),
    ("voorbereiden", _("Briefing voorbereiden"), "edit_note", {"rpt_briefing"}, []),
    ("verslag", _("Verslag en acties"), "task_alt", minutes.TABLES, []),
    ("gebiedsscan", _("Gebiedsscan"), "map",
     {"rpt_area_scan", "dim_buurt_shapes"}, [CRIME]),
    ("buurt", _("Buurt"), "location_on", buurt.TABLES, [CRIME]),
    ("gebiedsscan_public", _("Gebiedsscan"), "map",
     {"rpt_public_crimes", "dim_buurt_shapes"}, [CRIME]),
    ("focus", _("Focus"), "target", {"rpt_focus"}, [CRIME]),
    ("bereik", _("Bereik"), "campaign", {"rpt_reach"}, [POSTS]),
    ("buurtpreventie", _("Buurtpreventie"), "directions_walk",
     {"rpt_patrols"}, [PATROLS]),
    ("effect", _("Effect"), "balance", effects.TABLES, [CRIME]),
    ("datakwaliteit", _("Datakwaliteit"), "fact_check", {"fct_deliveries"}, []),
    ("sql", _("SQL"), "database", {"columns"}, []),
]  # fmt: skip
# Reached from the briefing: they are of one evening, not for every day.
beside_the_menu = {"presenteren", "voorbereiden", "verslag"}
hidden_from_residents = {"voorbereiden"}
# A page is there only when the file of this role holds what it shows; when it is of an
# older release the page says so.
pages = {
    name: st.Page(
        f"app_pages/{name}.py",
        title=title,
        icon=f":material/{icon}:",
        # One address for all roles.
        url_path=name.removesuffix("_public"),
        visibility="hidden" if name in beside_the_menu else "visible",
    )
    for name, title, icon, needs, _feeds in routes
    if needs <= publication.promised()
    and not (shown.role == "public" and name in hidden_from_residents)
}
if not pages:
    around.nothing_for_role()
    st.stop()

page = st.navigation(list(pages.values()), position="top")
st.set_page_config(page_title=f"{page.title} · Wijkbeeld", page_icon=str(ICON))
feeds = next(feeds for name, *_rest, feeds in routes if pages.get(name) is page)
if page is pages.get("briefing"):
    month = presented.asked(publication.presented())
    shown = shown if month is None else publication.pin_presented(month.date())
downloads.of(shown)
if page is pages.get("presenteren"):
    # A slide is all there is: what stands around a page stands on it already.
    try:
        page.run()
    except publication.OlderPublicationError:
        around.older_publication()
    st.stop()
heading.title(page.title, anchor=False)
warning = st.container()
try:
    with about:
        around.marks(shown, quality.freshness(), feeds)
    around.warnings(shown, quality.freshness(), feeds)
    page.run()
except publication.OlderPublicationError:
    with warning:
        around.older_publication()

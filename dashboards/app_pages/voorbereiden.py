import streamlit as st

from dashboards.components import (
    around,
    draft_words,
    pickers,
    preparing,
    presented,
    presenter,
)
from dashboards.locales import translate as _
from dashboards.queries import briefing, presenting, publication, releases

prepared, decided, since = st.container(), st.container(), st.container()
# Drawn first, because what waits must be seen also where nothing can be prepared.
with decided:
    draft_words.waiting(releases.waiting())

with prepared:
    months = briefing.months()
    if not months:
        around.no_crimes()
        st.stop()

    choice, way = st.columns([1, 3], vertical_alignment="bottom")
    with choice:
        picked = pickers.month(
            "voorbereiden-maand", months, briefing.latest_complete_month()
        )
    month = picked.date()
    with way:
        preparing.links(month)
    preparing.frozen(month)

    chosen = preparing.read(month)
    if chosen is None:
        st.stop()
    st.header(_("Dia’s"), anchor=False)
    preparing.kept(month)
    preparing.slides(
        presenting.presentation(month, presenting.RESIDENTS), chosen, month
    )
    st.header(_("Welkom en gast"), anchor=False)
    preparing.texts(chosen, month)
    st.header(_("Bestanden om te delen"), anchor=False)
    preparing.files(presenter.presentation(month))

if f"{month:%Y-%m}" in publication.presented():
    with since:
        st.header(_("Verbeterd sinds het bevriezen"), anchor=False)
        presented.corrected(presenting.corrected(month))

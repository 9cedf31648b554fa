import streamlit as st

from dashboards.components import around, presenter, slide_view
from dashboards.queries import briefing, presenting, publication

publication.pin_as(presenting.RESIDENTS)
months = briefing.months()
if not months:
    around.no_crimes()
    st.stop()

slide_view.full_screen()
month = presenter.month(months, briefing.latest_complete_month())
shown = presenter.presentation(month)
is_notes = presenter.NOTES in st.query_params and not presenter.is_for_residents_only()
is_for_team = presenter.is_for_team(month) and not is_notes
if is_for_team:
    shown = presenter.for_team(month)
if not shown.slides:
    presenter.all_hidden()
    st.stop()

at = presenter.place(shown, month)
if is_notes:
    presenter.notes(shown, month, at)
else:
    slide_view.draw(shown, at, presenter.warning() if is_for_team else "")
    presenter.bar(shown, month, at)
    if not presenter.is_for_residents_only():
        presenter.follow(month)
    # While the first slide is read: whoever goes on interrupts it.
    slide_view.make_ready(shown)

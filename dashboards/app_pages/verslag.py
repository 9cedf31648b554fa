import streamlit as st

from dashboards.components import around, minutes_words, offered_words
from dashboards.locales import translate as _
from dashboards.queries import minutes
from wijkbeeld.landing.rejected import RejectedError

evenings, known = minutes.briefings(), minutes.actions()
minutes_words.said(minutes.waiting())
st.subheader(_("Acties"), anchor=False)
if known.empty:
    st.info(_("Er zijn nog geen acties afgesproken."))
else:
    minutes_words.actions(known)
if evenings.empty:
    around.missing(
        _(
            "**Er zijn nog geen briefings geleverd.** Lever de lijst van briefings "
            "aan, dan kunt u hier het verslag invullen."
        )
    )
elif minutes.is_welcome():
    st.subheader(_("Na de briefing"), anchor=False)
    if told := minutes_words.form(evenings, known):
        try:
            deliveries = minutes.written(told)
            with st.spinner(_("Het verslag wordt bekeken…")):
                seen = [minutes.looked(delivery) for delivery in deliveries]
            bad = [
                one
                for one in seen
                if one.verdict in {"rejected", "failed"} or one.problem_count
            ]
            for one in bad:
                offered_words.form_refused(one)
            if not bad:
                minutes.put(deliveries)
                minutes_words.put()
        except RejectedError as reason:
            offered_words.refused(str(reason))

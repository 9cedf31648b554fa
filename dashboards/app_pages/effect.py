import streamlit as st

from dashboards.components import around, effect_words
from dashboards.locales import translate as _
from dashboards.queries import effects

rows = effects.findings()
if rows.empty:
    around.missing(
        _(
            "**Er is nog geen begin van iets geleverd.** Lever de lijst van "
            "programma’s of van WhatsApp-groepen aan, dan staat hier of het werkt."
        )
    )
    st.stop()

effect_words.summary(rows)
chosen = effect_words.choose(rows)
left, right = st.columns([3, 2], gap="large")
with left:
    effect_words.finding(chosen)
with right:
    effect_words.quarters(
        effects.events(chosen["study_id"], chosen["offence_code"]), chosen
    )
effect_words.method(effects.designs(chosen["study_id"], chosen["offence_code"]))
st.header(_("Alle antwoorden"), anchor=False)
effect_words.table(rows)

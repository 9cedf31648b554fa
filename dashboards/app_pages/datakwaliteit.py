import streamlit as st

from dashboards.components import around, quality_words
from dashboards.locales import translate as _
from dashboards.queries import publication, quality

quality_words.freshness(quality.freshness())
quality_words.publication(publication.pinned())

deliveries = quality.deliveries()
if deliveries.empty:
    around.missing(_("**Er is nog niets geleverd.** De inbox was leeg."))
    st.stop()
quality_words.rejected(deliveries[deliveries["status"] == "rejected"])

quality_words.mostly_problems(deliveries[deliveries["status"] == "landed"])

if "fct_problems" in publication.tables():
    problems = quality.problems()
    quality_words.problems(problems)
    if not problems.empty:
        quality_words.first_rows(
            quality.first_rows(*quality_words.choose_problem(problems))
        )
else:
    st.caption(_("De regels met een probleem staan alleen in de cijfers van het team."))

quality_words.deliveries(deliveries[deliveries["status"] == "landed"])

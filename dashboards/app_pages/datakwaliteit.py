import streamlit as st

from dashboards.components import (
    around,
    offered_words,
    quality_words,
    reconciliation_words,
    release_words,
)
from dashboards.locales import language
from dashboards.locales import translate as _
from dashboards.queries import (
    offered,
    publication,
    quality,
    reconciliation,
    releases,
)
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import speaking

with speaking(language()):
    late = releases.late()
release_words.late(late)
quality_words.freshness(quality.freshness())
quality_words.publication(publication.pinned())

if offered.is_welcome() and (
    given := offered_words.choose(offered.ENDINGS, offered.limit_mb())
):
    try:
        name = offered.checked(given.name)
        with st.spinner(_("Het bestand wordt bekeken…")):
            seen = offered.look(name, given.content, None)
        if seen.source is None:
            source = offered_words.choose_source(offered.SOURCES)
            if source:
                with st.spinner(_("Het bestand wordt bekeken…")):
                    seen = offered.look(name, given.content, source)
        offered_words.shown(seen)
        if offered_words.wants_to_put(seen):
            waits = offered.put(seen.source, name, given.content)
            offered_words.put(seen, waits.name)
    except RejectedError as reason:
        offered_words.refused(str(reason))

if "fct_releases" in publication.tables():
    release_words.decided(releases.decided())

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
if not (compared := reconciliation.totals()).empty:
    reconciliation_words.totals(compared.iloc[0].to_dict())
    reconciliation_words.by_offence(reconciliation.by_offence())

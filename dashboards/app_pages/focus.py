import streamlit as st

from dashboards.components import (
    around,
    focus_words,
    goal_words,
    offered_words,
    street_words,
)
from dashboards.locales import translate as _
from dashboards.queries import focus, street
from wijkbeeld.landing.rejected import RejectedError

lines, holders = focus.lines(), focus.holders()
if lines.empty:
    around.missing(
        _(
            "**Er zijn nog geen misdrijven geleverd.** Lever incidenten of open data "
            "aan, dan staat hier de lijst voor het gesprek."
        )
    )
else:
    focus_words.agenda(lines)
    focus_words.left_out(focus.themes_without_figures())

listed, said, promised, made = st.tabs(
    [_("De lijst"), _("Straatkennis"), _("Doelen"), _("Hoe de score ontstaat")]
)
with listed:
    if not lines.empty:
        focus_words.table(lines, holders)
        focus_words.reasons(lines.head(focus_words.SHOWN))
with said:
    day = focus.street_day()
    if not lines.empty:
        focus_words.agreement(lines, day)
    street_words.held(focus.judgements(is_history=False), day)
    with st.expander(_("Eerdere oordelen")):
        street_words.judgements(
            focus.judgements(is_history=True), _("Eerdere oordelen")
        )
    if street.is_welcome():
        st.subheader(_("Een oordeel toevoegen"), anchor=False)
        if judgement := street_words.form(focus.buurten()):
            try:
                name, content = street.written(judgement)
                with st.spinner(_("Het oordeel wordt bekeken…")):
                    seen = street.looked(name, content)
                if seen.verdict in {"rejected", "failed"} or seen.problem_count:
                    offered_words.form_refused(seen)
                else:
                    street.put(name, content)
                    street_words.put()
            except RejectedError as reason:
                offered_words.refused(str(reason))
with promised:
    goal_words.goals(focus.goals())
with made:
    focus_words.method()

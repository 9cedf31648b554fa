import streamlit as st

from dashboards.components import (
    around,
    clock,
    figures,
    patrol_words,
    pickers,
    response_words,
    watch_words,
)
from dashboards.locales import translate as _
from dashboards.queries import clock as clocks
from dashboards.queries import engagement, patrols

months = patrols.months()
if not months:
    around.missing(
        _(
            "**Er zijn nog geen rondes geleverd.** Lever de rondelijst van de "
            "buurtpreventie aan, dan staan hier de uren."
        )
    )
    st.stop()

choice, said = st.columns([1, 3], vertical_alignment="bottom")
with choice:
    month = pickers.month("buurtpreventie-maand", months, None)
with said:
    st.header(
        _("Buurtpreventie in {month}").format(month=figures.month(month)),
        anchor=False,
    )

around.rounded()
totals = patrols.by_month()
is_rounded = patrols.is_rounded()
patrol_words.of_month(
    totals[totals["month"] == month].iloc[0].to_dict(), is_rounded=is_rounded
)
if engagement.is_there():
    year = engagement.of("watch", month)
    watch_words.cycle(engagement.of("watch", month, 1), year, month)
    if teams := watch_words.teams(year):
        team = pickers.team("buurtpreventie-team", teams)
        watch_words.of_team(team, engagement.of_team(team))
patrol_words.by_buurt(patrols.by_buurt(month), is_rounded=is_rounded)
patrol_words.doubts(patrols.doubts(month))
patrol_words.through_time(totals, patrols.of_buurten())

if clocks.is_there() and not (offences := clocks.offences()).empty:
    st.header(_("Wanneer gebeurt het?"), anchor=False)
    code = pickers.offence("buurtpreventie-delict", offences)
    chosen = offences.set_index("offence_code", drop=False).loc[code]
    name, week = figures.offence(chosen), clocks.of_team(code, month)
    weeks = [(name, week, clocks.hours_of_team(code, month))]
    parts, hours = clock.beside_each_other(weeks)
    with parts:
        clock.of_week(name, week)
    with hours:
        clock.by_hour(weeks)
if engagement.is_there():
    watch_words.on_time(year, figures.priorities())
    response_words.of_year(engagement.latest_of(response_words.TOPICS, month))

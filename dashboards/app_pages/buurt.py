import streamlit as st

from dashboards.components import (
    area_words,
    around,
    buurt_words,
    clock,
    figures,
    gap_words,
    pickers,
    repeat_words,
)
from dashboards.locales import translate as _
from dashboards.queries import area_scan, buurt, gaps, patterns, quality
from dashboards.queries import clock as clocks

months, offences = area_scan.months(), area_scan.offences()
if not months or offences.empty:
    around.no_crimes()
    st.stop()

buurten = area_scan.buurten().set_index("buurt_code", drop=False)
offence, month, code = pickers.of_area(
    "buurt", offences, months, area_scan.latest_complete_month(), buurten
)
row, until = buurten.loc[code].to_dict(), area_scan.shown_until(month)
chosen = offences.set_index("offence_code", drop=False).loc[offence]
title = f"{row['buurt_name']}: {figures.offence(chosen).lower()}"
fresh = quality.freshness()

buurt_words.about(row)
trend, mix = st.columns([5, 7], gap="medium")
with trend:
    area_words.one_buurt(
        title,
        area_scan.history(code, offence, until),
        area_scan.breaks(offence, until),
        month,
        "buurt-maand",
    )
    gap_words.under(gaps.of(offence, until))
    repeat_words.zones(
        patterns.zones(code, month), month, patterns.near_repeats(offence), chosen
    )
with mix:
    buurt_words.offences(buurt.offences(code, month))
    buurt_words.beside(buurt.beside(code, offence, month))

st.header(_("Wanneer gebeurt het?"), anchor=False)
here, team = clocks.of_buurt(code, offence, month), clocks.of_team(offence, month)
everywhere = _("{what}, alle buurten samen").format(what=title)
weeks = [
    (title, here, clocks.hours_of_buurt(code, offence, month)),
    (everywhere, team, clocks.hours_of_team(offence, month)),
]
parts, hours = clock.beside_each_other(weeks)
with parts:
    clock.of_week(title, here, team)
with hours:
    clock.by_hour(weeks)

walked, sent = st.columns(2, gap="large")
with walked:
    buurt_words.patrols(buurt.patrols(code, until), buurt.tracks(code, month), fresh)
with sent:
    buurt_words.groups(buurt.groups(code), fresh)
    buurt_words.messages(
        buurt.messages_by_month(code, until), buurt.messages(code, month), fresh
    )
buurt_words.street_knowledge(buurt.street_knowledge(code, month), fresh)
buurt_words.goals(buurt.goals(code, month), fresh)
around.small_counts()

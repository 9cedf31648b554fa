import streamlit as st

from dashboards.components import (
    around,
    briefing_cards,
    effect_words,
    figures,
    pickers,
    presented,
)
from dashboards.locales import translate as _
from dashboards.queries import briefing, effects, presenting, publication

months = briefing.months()
if not months:
    around.no_crimes()
    st.stop()

briefing_cards.on_the_evening()
kept = publication.presented()
shown = presented.asked(kept)
if shown is None:
    around.old_figures(briefing.latest_complete_month())
else:
    presented.banner(kept[f"{shown:%Y-%m}"])
is_choice = bool(kept) and shown is None
choice, *between, said = st.columns(
    [1, 1, 2] if is_choice else [1, 3], vertical_alignment="bottom"
)
if kept:
    with choice:
        presented.choose(kept)
month = shown
if month is None:
    with between[0] if between else choice:
        month = pickers.month(
            "briefing-maand", months, briefing.latest_complete_month()
        )
rows = briefing.offences(month)
with said:
    st.header(
        _("Wat gebeurde er in {month}?").format(month=figures.month(month)),
        anchor=False,
    )
if shown is not None:
    presented.corrected(presenting.corrected(month.date()))
briefing_cards.notes(rows)

first = rows[rows["offence_code"].isin(figures.PRIORITY)].sort_values("offence_code")
with briefing_cards.on_the_wall():
    briefing_cards.too_short(first, briefing.months_before(month))
    for place, row in zip(st.columns(3), first.to_dict("records"), strict=False):
        with place:
            briefing_cards.offence(row)
    done, asked = st.columns(2, gap="large")
    with done:
        briefing_cards.what_we_did(
            briefing.patrols(month).iloc[0].to_dict(), briefing.posts(month)
        )
    with asked:
        briefing_cards.what_we_ask(first["offence_code"].tolist(), month)
    if not (found := effects.findings()).empty:
        effect_words.on_the_wall(found, month)

with st.expander(_("Alle andere delicten")):
    briefing_cards.the_rest(rows.drop(first.index))
briefing_cards.how_to_read(first)
around.small_counts()
around.counting(rows["source"])

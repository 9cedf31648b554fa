import streamlit as st

from dashboards.components import (
    area_map,
    area_words,
    around,
    cluster_words,
    concentration_words,
    figures,
    gap_words,
    period_words,
    pickers,
    repeat_words,
    small_multiples,
)
from dashboards.queries import area_scan, gaps, patterns, publication
from dashboards.queries.buurt import TABLES as TABLES_OF_BUURT
from wijkbeeld.measures import periods

months, offences = area_scan.months(), area_scan.offences()
if not months or offences.empty:
    around.no_crimes()
    st.stop()

latest = area_scan.latest_complete_month()
around.old_figures(latest)
buurten = area_scan.buurten()
offence, month, buurt = pickers.of_area(
    "gebiedsscan", offences, months, latest, buurten
)
chosen = offences.set_index("offence_code", drop=False).loc[offence]
name = buurten.set_index("buurt_code").loc[buurt, "buurt_name"]
base = figures.base(chosen["rate_base"])
rows, until = area_scan.month(offence, month), area_scan.shown_until(month)

picture, through_time = st.columns([5, 6], gap="medium")
with picture:
    area_map.area_map(area_scan.shapes(), rows, base, buurt, "gebiedsscan-buurt")
with through_time:
    title = f"{name}: {figures.offence(chosen).lower()}"
    breaks = area_scan.breaks(offence, until)
    history = area_scan.history(buurt, offence, until)
    area_words.one_buurt(title, history, breaks, month, "gebiedsscan-maand")
    gap_words.under(gaps.of(offence, until))
    if publication.tables() >= TABLES_OF_BUURT:
        address = pickers.address("buurt", figures.offence(chosen), month, name)
        area_words.to_buurt(address, name)
    area_words.legend()
area_words.ranked(rows, base)
area_words.no_rates(rows, area_scan.verdict_count(month))
if publication.pinned().role != "public":
    small_multiples.draw(
        area_scan.histories(offence, until), rows["buurt_code"], month, "gebiedsscan"
    )
    pair = period_words.choose(
        "gebiedsscan", area_scan.sources(offence), area_scan.all_breaks(offence)
    )
    if pair:
        counts = area_scan.counts(offence, *pair[1:])
        compared = periods.compared(counts, *pair, area="buurt_name")
        period_words.table(compared, periods.compared_together(counts, *pair), pair)
    if patterns.is_there():
        repeats, places = st.columns(2, gap="large")
        with repeats:
            cells = patterns.near_repeats(offence)
            repeat_words.of_offence(cells, figures.offence(chosen))
            zones = patterns.zones_by_buurt(offence, month)
            repeat_words.zones_of_buurten(zones, month)
        with places:
            concentration_words.of_offences(patterns.concentration(), offence)
    cluster_words.of_buurten(rows, area_scan.shapes())
around.counting(rows["source"])
around.small_counts()

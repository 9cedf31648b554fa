import streamlit as st

from dashboards.components import area_map, area_words, around, figures, pickers
from dashboards.locales import translate as _
from dashboards.queries import area_scan

BUURT = "gebiedsscan-buurt"

months, offences = area_scan.months(), area_scan.offences()
if not months or offences.empty:
    around.missing(
        _(
            "**Er zijn nog geen misdrijven geleverd.** Lever incidenten of open data "
            "aan, dan staat hier de gebiedsscan."
        )
    )
    st.stop()

around.old_figures(area_scan.latest_complete_month())
buurten = area_scan.buurten()
left, middle, right = st.columns(3)
with left:
    offence = pickers.offence("gebiedsscan-delict", offences)
with middle:
    month = pickers.month(
        "gebiedsscan-maand", months, area_scan.latest_complete_month()
    )
with right:
    buurt = pickers.buurt(BUURT, buurten)

chosen = offences.set_index("offence_code", drop=False).loc[offence]
base = figures.base(chosen["rate_base"])
rows = area_scan.month(offence, month)
shapes = area_scan.shapes()

picture, through_time = st.columns([5, 6], gap="medium")
with picture:
    if shapes.empty:
        around.missing(_("**Geen kaart.** De grenzen van de buurten ontbreken nog."))
    else:
        area_map.area_map(shapes, rows, base, buurt, BUURT)
with through_time:
    area_words.one_buurt(
        buurten.set_index("buurt_code").loc[buurt, "buurt_name"],
        figures.offence(chosen),
        area_scan.history(buurt, offence, month),
        area_scan.breaks(offence, month),
    )
    area_words.legend()
area_words.ranked(rows, base)
area_words.no_rates(rows)
around.counting(rows["source"])
around.small_counts()

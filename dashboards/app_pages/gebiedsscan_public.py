import streamlit as st

from dashboards.components import around, clock, figures, pickers, public_scan
from dashboards.locales import translate as _
from dashboards.queries import area_scan
from dashboards.queries import public_scan as published

offences = published.offences()
if offences.empty:
    around.no_crimes()
    st.stop()

around.old_figures(published.newest_month())
left, middle, right = st.columns(3)
with left:
    offence = pickers.offence("gebiedsscan-delict", offences)
periods = published.periods(offence).to_dict("records")
wijken = published.wijken().set_index("wijk_code")["wijk_name"]
if not periods:
    around.missing(
        _("**Nog geen heel jaar.** Van dit delict zijn er te weinig maanden.")
    )
    st.stop()
with middle:
    at = pickers.choice(
        _("Periode"),
        "gebiedsscan-periode",
        list(range(len(periods))),
        lambda place: public_scan.period(periods[place]),
    )
with right:
    wijk = pickers.choice(
        _("Wijk"), "gebiedsscan-wijk", list(wijken.index), wijken.__getitem__
    )

chosen = offences.set_index("offence_code", drop=False).loc[offence]
when, name = periods[at], figures.offence(chosen)
first, last = when["first_month"], when["last_month"]
buurten = published.buurten(offence, when["period_kind"], last)
since = last - 3 * (last - first)
breaks = published.breaks(offence, since)
picture, through_time = st.columns([5, 6], gap="medium")
with picture:
    st.header(f"{name}, {public_scan.period(when)}", anchor=False)
    public_scan.picture(area_scan.shapes(), buurten, public_scan.period(when))
with through_time:
    public_scan.trend(
        published.through_time(offence, "team", since, last),
        "month", _("Heel het gebied, per maand"), breaks,
    )  # fmt: skip
    public_scan.trend(
        published.through_time(offence, wijk, since, last),
        "quarter", _("Wijk {wijk}, per kwartaal").format(wijk=wijken[wijk]), breaks,
    )  # fmt: skip
    public_scan.broken(breaks)
months = published.through_time(offence, "team", first, last)
public_scan.ranked(buurten, months, chosen["rate_base"])
st.header(_("Wanneer in de week?"), anchor=False)
clock.of_rounded_week(
    _("{offence}, heel het gebied").format(offence=name), published.clock(offence)
)
public_scan.how_to_read()
around.counting(buurten["source"])

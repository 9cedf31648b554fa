import streamlit as st

from dashboards.components import around, figures, outlet_words, pickers, reach_words
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n
from dashboards.queries import engagement, publication, reach
from wijkbeeld.settings import settings

channels = reach.channels()
if not channels:
    around.missing(
        _(
            "**Er zijn nog geen berichten geleverd.** Lever de export van Facebook, "
            "Instagram of X aan, dan staat hier het bereik."
        )
    )
    st.stop()

left, right, _space = st.columns([1, 1, 2])
with left:
    channel = pickers.channel("bereik-kanaal", channels)
with right:
    month = pickers.month("bereik-maand", reach.months(channel), None)

months = reach.by_month(channel)
row = months[months["month"] == month].iloc[0].to_dict()
st.header(
    _n(
        "{posts} bericht op {channel} in {month}",
        "{posts} berichten op {channel} in {month}",
        row["post_count"],
    ).format(
        posts=figures.about(
            row["post_count"], is_rounded=settings().role == "public"
        ).capitalize(),
        channel=figures.channel(channel),
        month=figures.month(month),
    ),
    anchor=False,
)
around.rounded()
has_breaks = "dim_metric_definitions" in publication.tables()
breaks = reach.breaks(channel) if has_breaks else None
reach_words.of_month(row, reach.inhabitants())
reach_words.by_format(reach.by_format(channel, month))
reach_words.through_time(months, breaks)
if breaks is not None:
    reach_words.breaks(breaks)
if engagement.is_there():
    outlet_words.growth(engagement.growth(channel, month))
    year = engagement.latest("reach", month)
    outlet_words.by_theme(year, channel)
    outlet_words.response(year, channel)
    outlet_words.video(engagement.latest("video", month))
    outlets = engagement.outlets(month)
    outlet_words.side_by_side(outlets, month)
    outlet_words.not_reached(engagement.audience(), outlets)

if "fct_posts" in publication.tables():
    reach_words.posts(reach.posts(channel, month))
else:
    st.caption(_("De berichten zelf staan niet in de publieke cijfers."))

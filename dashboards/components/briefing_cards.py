"""The briefing on the wall: few words, large type."""

from collections.abc import Container, Mapping
from datetime import date

import pandas as pd
import streamlit as st

from dashboards.components import (
    around,
    charts,
    downloads,
    figures,
    month_charts,
    tables,
)
from dashboards.locales import language
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n
from wijkbeeld.language import speaking
from wijkbeeld.measures.expectation import MONTHS_NEEDED
from wijkbeeld.output import tips
from wijkbeeld.settings import settings


def offence(row: dict[str, object]) -> None:
    """Draw one offence: the count, the verdict, last year and what was expected."""
    verdict = _verdict(row)
    last_year = figures.count(
        row["count_last_year"], is_small=_is_small(row, "reason_last_year")
    )
    if is_rounded(row) and last_year != figures.UNKNOWN:
        last_year = figures.about(row["count_last_year"], is_rounded=True)
    expected = figures.span(row["expected_lower"], row["expected_upper"])
    with st.container(border=True, height="stretch"):
        st.subheader(figures.plain(figures.offence(row)), anchor=False)
        counted = row["crime_count"]
        is_about = is_rounded(row) and not pd.isna(counted) and counted > 0
        st.metric(
            _("ongeveer") if is_about else _("keer"),
            count(row),
            label_visibility="visible"
            if is_about
            # Figures beside one another stay on one line.
            else "hidden"
            if is_rounded(row)
            else "collapsed",
        )
        st.markdown(f"### :{_COLOURS.get(str(row['status']), 'gray')}[{verdict}]")
        st.markdown(
            _("Vorig jaar: **{last_year}**").format(last_year=figures.plain(last_year))
        )
        # What was expected tells counts that residents may not see.
        if not is_rounded(row):
            st.markdown(
                _("Verwacht: **{expected}**").format(expected=figures.plain(expected))
            )
        if expected != figures.UNKNOWN and not pd.isna(row["crime_count"]):
            charts.draw(
                month_charts.strip,
                row["crime_count"],
                row["count_last_year"],
                row["expected_lower"],
                row["expected_upper"],
                alt=_("{count}; verwacht {expected}; vorig jaar {last_year}").format(
                    count=figures.count(row["crime_count"]),
                    expected=expected,
                    last_year=last_year,
                ),
                what=figures.offence(row),
            )


def _verdict(row: Mapping[str, object]) -> str:
    """Return the verdict; too few crimes is none where nothing was expected."""
    if _is_small(row, "reason"):
        return figures.verdict("too few to say")
    is_expected = not pd.isna(row["expected_lower"])
    if row["status"] in _COLOURS or (row["status"] == "too few to say" and is_expected):
        return figures.verdict(row["status"])
    return figures.status(None)


def count(row: Mapping[str, object]) -> str:
    """Return the count of one offence, also where it is withheld or unknown."""
    if is_rounded(row) and row["is_lower_bound"] and not pd.isna(row["crime_count"]):
        return figures.or_more(row["crime_count"])
    return figures.count(
        row["crime_count"],
        is_small=_is_small(row, "reason"),
        is_lower_bound=row["is_lower_bound"],
    )


def _is_small(row: Mapping[str, object], reason: str) -> bool:
    return is_rounded(row) and row[reason] == "small_count"


def is_rounded(row: Container[str]) -> bool:
    """Tell whether the figures are those for residents, which have a reason."""
    return "reason" in row


_COLOURS = {"higher": "orange", "lower": "blue", "as expected": "gray"}


def on_the_evening() -> None:
    """Lead to the wall; whoever prepares it is one of the team."""
    with st.container(horizontal=True):
        st.page_link(
            "app_pages/presenteren.py",
            label=_("Presenteren"),
            icon=":material/slideshow:",
        )
        if settings().role != "public":
            st.page_link(
                "app_pages/voorbereiden.py",
                label=_("Briefing voorbereiden"),
                icon=":material/edit_note:",
            )
            st.page_link(
                "app_pages/verslag.py",
                label=_("Verslag en acties"),
                icon=":material/task_alt:",
            )


def on_the_wall() -> st.delta_generator.DeltaGenerator:
    """Return a container whose words can be read from the back row."""
    return st.container(key="wall")


def how_to_read(rows: pd.DataFrame) -> None:
    """Explain the picture under each count, and offer the figures of all."""
    around.rounded()
    if rows[["crime_count", "expected_lower"]].notna().all(axis=1).any():
        st.caption(
            _("Ruit: deze maand. Streep: vorig jaar. Grijs: wat we verwachtten.")
        )
    downloads.offer(_as_table(rows), _("de delicten van de briefing"))


def notes(rows: pd.DataFrame) -> None:
    """Say what is not final about the figures of this month."""
    if rows["is_incomplete"].eq(True).any():
        said = _(
            "**De maand is niet compleet.** Een deel is nog niet geleverd; de "
            "aantallen kunnen nog omhoog."
        )
        st.markdown(f":orange-background[{said}]")
    elif rows["completeness_flag"].eq("provisional").any():
        said = _(
            "**Voorlopige cijfers, nog geen oordeel.** Van eerdere maanden was na deze "
            "tijd minder dan 95 % binnen; er komen nog aangiften bij."
        )
        st.markdown(f":orange-background[{said}]")
    elif rows["is_provisional"].eq(True).any():
        said = _("**Voorlopige cijfers.** Er kunnen nog aangiften bij komen.")
        st.markdown(f":blue-background[{said}]")


def too_short(rows: pd.DataFrame, before: pd.DataFrame) -> None:
    """Say why nothing was expected of a month that has too few before it.

    Args:
        rows: The offences of the month.
        before: ``offence_code`` and ``month_count``, the months that are known.
    """
    is_judged = rows["status"].isin(list(_COLOURS)) | rows["expected_lower"].notna()
    unjudged = rows[~is_judged & rows["crime_count"].notna()]
    counts = before.set_index("offence_code")["month_count"]
    fewest = counts.reindex(unjudged["offence_code"]).min()
    if fewest < MONTHS_NEEDED:
        st.caption(
            _(
                "Geen oordeel waar te weinig maanden bekend zijn: daarvoor zijn er "
                "{needed} ervóór nodig uit dezelfde bron, en er zijn er {count}."
            ).format(needed=figures.count(MONTHS_NEEDED), count=figures.count(fewest))
        )


def what_we_did(patrols: dict[str, object], posts: pd.DataFrame) -> None:
    """Say what was done in the month; what nobody reported is not said to be none."""
    st.header(_("Wat deden we?"), anchor=False)
    if not patrols["buurt_count"]:
        st.markdown(_("Over rondes is voor deze maand niets geleverd."))
    else:
        buurten = figures.plain(figures.count(patrols["buurt_count"]))
        hours = figures.at_least(patrols["patrol_hours"], patrols["is_lower_bound"])
        said = (
            _n(
                "De buurtpreventie liep in **{buurten}** buurt",
                "De buurtpreventie liep in **{buurten}** buurten",
                patrols["buurt_count"],
            )
            if pd.isna(patrols["patrol_hours"])
            else _n(
                "De buurtpreventie liep **{hours} uur** in **{buurten}** buurt",
                "De buurtpreventie liep **{hours} uur** in **{buurten}** buurten",
                patrols["buurt_count"],
            )
        )
        st.markdown(said.format(hours=figures.plain(hours), buurten=buurten))
    if not pd.isna(patrols["signal_count"]):
        st.markdown(
            _n(
                "**{signals}** signaal van de teams",
                "**{signals}** signalen van de teams",
                patrols["signal_count"],
            ).format(
                signals=figures.plain(
                    figures.at_least(
                        patrols["signal_count"], patrols["has_unknown_signals"]
                    )
                )
            )
        )
    if posts.empty:
        st.markdown(_("Over berichten is voor deze maand niets geleverd."))
    for row in posts.to_dict("records"):
        said = _n(
            "**{posts}** bericht op {channel}",
            "**{posts}** berichten op {channel}",
            row["post_count"],
        ).format(
            posts=figures.plain(
                figures.about(row["post_count"], is_rounded=settings().role == "public")
            ),
            channel=figures.plain(figures.channel(row["channel"])),
        )
        if not pd.isna(row["reach_lower"]):
            said += _n(
                ", gezien door **{reach}** account",
                ", gezien door **{reach}** accounts",
                row["reach_lower"]
                if pd.isna(row["reach_upper"])
                else row["reach_upper"],
            ).format(
                reach=figures.plain(
                    figures.between(row["reach_lower"], row["reach_upper"])
                )
            )
        st.markdown(said)


def what_we_ask(offence_codes: list[str], month: date) -> None:
    """Say what residents can do, for the season in which they hear it."""
    st.header(_("Wat vragen we u?"), anchor=False)
    with speaking(language()):
        for code in offence_codes:
            st.markdown(f"- {tips.of(code, month)}")
        st.markdown(f"- **{tips.always()}**")


def the_rest(rows: pd.DataFrame) -> None:
    """Draw the other offences as a table of words."""
    tables.small(
        _as_table(rows),
        left=[_("Delict"), _("Oordeel")],
        alt=_("Alle andere delicten in deze maand"),
    )


def _as_table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Delict"): figures.offence(row),
            _("Aantal"): count(row),
            _("Vorig jaar"): figures.count(
                row["count_last_year"], is_small=_is_small(row, "reason_last_year")
            ),
            _("Verwacht"): figures.span(row["expected_lower"], row["expected_upper"]),
            _("Oordeel"): _verdict(row),
        }
        for row in rows.to_dict("records")
    )

"""The area scan in words and tables."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from dashboards.components import alternatives, charts, figures, tables
from dashboards.locales import translate as _


def ranked(month: pd.DataFrame, base: str) -> None:
    """Draw the buurten, highest yearly rate first."""
    frame = pd.DataFrame(
        {
            _("Buurt"): row["buurt_name"],
            _("Deze maand"): figures.count(
                row["crime_count"], is_small=row["is_small"]
            ),
            _("Verwacht"): figures.span(row["expected_lower"], row["expected_upper"]),
            _("Oordeel"): figures.verdict(row["status"]),
            _("3 maanden"): _three_months(row),
            _("12 maanden"): figures.count(row["count_12_months"]),
            base.capitalize(): figures.interval(
                row["rate_per_1000"], row["rate_lower"], row["rate_upper"]
            ),
            _("Jaar ervoor"): figures.change(row),
        }
        for row in month.to_dict("records")
    )
    # A column in which nothing may be shown says nothing.
    shown = frame.loc[:, (frame != figures.UNKNOWN).any()]
    tables.small(
        shown,
        left=[name for name in (_("Buurt"), _("Oordeel")) if name in shown],
        alt=_("Buurten op volgorde van het cijfer over twaalf maanden"),
    )


def _three_months(row: Mapping[str, object]) -> str:
    if pd.isna(row["count_3_months"]):
        return figures.UNKNOWN
    count = figures.count(row["count_3_months"])
    return f"{figures.sign(row['status_3_months'])} {count}"


def legend() -> None:
    """Explain the signs on the map."""
    st.markdown(
        " · ".join(
            f"**{figures.sign(code)}** {figures.status(code)}" for code in figures.SIGNS
        )
    )
    st.caption(
        _(
            "Grijs op de kaart: geen cijfer bekend of getoond. De kleur is afgevlakt: "
            "hoe minder woningen of inwoners, hoe zwaarder het cijfer van het hele "
            "gebied meetelt, zodat één misdrijf een kleine buurt niet donker maakt."
        )
    )


def no_rates(month: pd.DataFrame) -> None:
    """Say why some have no rate, and how many verdicts come out high by chance."""
    notes = month.dropna(subset=["rate_note"])
    for note, rows in notes.groupby("rate_note"):
        everywhere = len(rows) == len(month)
        st.caption(
            _("Geen cijfer per 1.000: {buurten} ({reason}).").format(
                buurten=_("alle buurten")
                if everywhere
                else figures.plain(", ".join(rows["buurt_name"])),
                reason=figures.rate_note(note),
            )
        )
    st.caption(
        _(
            "Tussen haakjes: waartussen het cijfer met 95 % zekerheid ligt. Jaar "
            "ervoor: deze twaalf maanden tegen de twaalf daarvoor; bij kleine "
            "aantallen zonder percentage."
        )
    )
    st.caption(
        _(
            "Met 13 buurten en 3 thema’s zijn er 39 oordelen per maand; ongeveer één "
            "daarvan is door toeval “meer dan verwacht”. Eén maand is bijna nooit "
            "“minder dan verwacht”: daarvoor zijn de aantallen te klein."
        )
    )


def one_buurt(
    buurt: str, offence: str, history: pd.DataFrame, breaks: list[date]
) -> None:
    """Draw one buurt through time, over what was to be expected.

    Args:
        buurt: Its name.
        offence: Name of the offence.
        history: Its months.
        breaks: Months from which the offence may be counted in another way.
    """
    st.header(f"{figures.plain(buurt)}: {figures.plain(offence).lower()}", anchor=False)
    if history["crime_count"].isna().all():
        st.info(_("Over deze buurt en dit delict is geen aantal bekend of getoond."))
        return
    latest = history.iloc[-1]
    count = figures.count(latest["crime_count"], is_small=latest["is_small"])
    said = f"{figures.month(latest['month']).capitalize()}: **{figures.plain(count)}**"
    expected = figures.span(latest["expected_lower"], latest["expected_upper"])
    if expected != figures.UNKNOWN:
        said += " · " + _("verwacht: {expected}").format(
            expected=figures.plain(expected)
        )
    if latest["status"] in figures.SIGNS:
        said += f" · **{figures.verdict(latest['status'])}**"
    st.markdown(said)
    charts.draw(
        charts.counts_with_expectation,
        history,
        breaks,
        alt=alternatives.counts_with_expectation(history),
        what=f"{buurt}: {offence.lower()}",
        rows=history,
    )
    st.caption(
        _(
            "Lijn: aantal per maand. Grijze band: wat te verwachten was. Open punt: "
            "voorlopig of nog niet compleet. Streepje: minder dan vijf. Gat: onbekend."
        )
    )
    for month in breaks:
        st.warning(
            _(
                "Vanaf {month} wordt dit delict mogelijk anders geteld: het aantal "
                "sprong hier en in de omgeving tegelijk. Cijfers van ervoor en erna "
                "zijn niet te vergelijken; een oordeel of verschil over die grens "
                "heen geven we niet."
            ).format(month=figures.month(month))
        )

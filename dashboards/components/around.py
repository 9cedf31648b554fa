"""What every page has around it: publication, freshness, demo mark, empty states."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from dashboards import OLDER
from dashboards.components import figures
from dashboards.locales import language
from dashboards.locales import translate as _
from dashboards.queries.publication import Publication
from wijkbeeld.settings import settings

# Open data lag six weeks behind, on top of the month itself.
_LONG_PAST_DAYS = 120


def readable_from_afar() -> None:
    """Let words be larger on a projector, and largest on the wall of the briefing."""
    # Fixed text, without data.
    st.html(
        "<style>"
        "@media (min-width: 1600px) {html {font-size: 21px !important}}"
        ".st-key-wall [data-testid=stMarkdown] :is(p, li)"
        "{font-size: 1.3rem; line-height: 1.45}"
        ".st-key-wall [data-testid=stMetricValue] *{font-size: 4.4rem; line-height: 1}"
        "</style>"
    )


def marks(
    shown: Publication, freshness: pd.DataFrame, feeds: list[tuple[str, ...]]
) -> None:
    """Say what is shown and how fresh it is.

    Args:
        shown: The publication of this run.
        freshness: The rows of ``rpt_freshness``.
        feeds: The sources of the page; of those in one group the newest counts.
    """
    said = _("Publicatie {name} van {moment}").format(
        name=figures.plain(shown.name),
        moment=figures.plain(figures.moment(shown.published_at)),
    )
    st.caption(" · ".join([said, *map(_fresh, _feeding(freshness, feeds))]))


def warnings(
    shown: Publication, freshness: pd.DataFrame, feeds: list[tuple[str, ...]]
) -> None:
    """Say why the figures should not be relied on, where that is so."""
    if shown.has_demo:
        st.markdown(
            ":red-background["
            + _("**DEMODATA** – deze cijfers zijn verzonnen. Gebruik ze nergens voor.")
            + "]"
        )
    for row in _feeding(freshness, feeds):
        if state(row) == "too old":
            st.warning(
                _(
                    "**{source}: te oud.** De laatste levering is van {day}. "
                    "De cijfers hieronder lopen achter."
                ).format(source=name(row), day=figures.plain(figures.day(_last(row)))),
                icon=":material/history:",
            )


def old_figures(latest: pd.Timestamp | None) -> None:
    """Say so when the newest complete month is long past.

    Args:
        latest: First day of that month; None when there is none.
    """
    if latest is None:
        return
    if (pd.Timestamp.now() - latest).days > _LONG_PAST_DAYS:
        st.warning(
            _("**Oude cijfers.** De nieuwste volledige maand is {month}.").format(
                month=figures.plain(figures.month(latest))
            ),
            icon=":material/history:",
        )


def nothing_published() -> None:
    """Say that there is nothing to show yet, and what makes it come."""
    st.title("Wijkbeeld")
    st.info(
        _(
            "**Er is nog niets gepubliceerd.** Zodra de eerste leveringen zijn "
            "verwerkt, staan hier de cijfers. Deze bladzijde hoeft niet opnieuw te "
            "worden gestart: ververs haar later."
        ),
        icon=":material/hourglass_empty:",
    )
    st.markdown(
        _(
            "Voor de beheerder: leg bestanden in de inbox en start `wijkbeeld land` "
            "en `wijkbeeld build`, of wacht op de planning."
        )
    )


def older_publication() -> None:
    """Say that the figures were made by an older release, and what makes new ones."""
    with st.container(key=OLDER):
        st.warning(
            _(
                "**Deze publicatie is van een oudere versie van Wijkbeeld** en heeft "
                "niet alles wat deze bladzijde toont. Zodra een bouw van deze versie "
                "klaar is, staat het hier: ververs de bladzijde dan."
            ),
            icon=":material/update:",
        )
        st.caption(
            _("Voor de beheerder: loopt er geen bouw, start dan `wijkbeeld build`.")
        )


def nothing_for_role() -> None:
    """Say that this role's file holds no page at all."""
    st.info(_("Voor deze rol is nog geen bladzijde beschikbaar."))


def missing(text: str) -> None:
    """Say what is not there; the text names what would bring it."""
    st.info(text, icon=":material/inbox:")


def no_crimes() -> None:
    """Say that there is no crime to show, and what would bring it."""
    missing(
        _(
            "**Er zijn nog geen misdrijven geleverd.** Lever incidenten of open data "
            "aan, dan staan hier de cijfers."
        )
    )


def small_counts() -> None:
    """Explain the signs that stand for a withheld or unknown figure."""
    st.caption(
        _(
            "“\\<5”: één tot en met vier, om privacy niet precies getoond. “–”: niet "
            "bekend of niet getoond; het is geen nul. “≥”: ten minste."
        )
    )


def rounded() -> None:
    """Tell residents that what they see is rounded."""
    if settings().role == "public":
        st.caption(
            _(
                "Afgerond op vijf: een 5 staat voor 5 tot en met 7, een 10 voor 8 tot "
                "en met 12. “\\<5” is 1 tot en met 4; een 0 is echt nul."
            )
        )


def counting(sources: pd.Series) -> None:
    """Say where the counts come from, and which date they go by."""
    names = [figures.source(code) for code in sorted(sources.dropna().unique())]
    if names:
        st.caption(
            _(
                "Bron: {sources}. Een misdrijf telt in de maand waarin de politie het "
                "registreerde, niet waarin het gebeurde."
            ).format(sources=_(" en ").join(names))
        )


def state(row: dict[str, object]) -> str:
    """Return ``missing``, ``fresh``, ``late`` or ``too old`` for one source."""
    last = _last(row)
    if pd.isna(last):
        return "missing"
    age = (datetime.now(UTC).replace(tzinfo=None) - last).days
    if age > row["error_after_days"]:
        return "too old"
    return "late" if age > row["warn_after_days"] else "fresh"


def state_in_words(code: str) -> str:
    """Return the state of a source in the reader's language, with its sign."""
    return {
        "fresh": _("● actueel"),
        "late": _("▲ laat"),
        "too old": _("■ te oud: de cijfers lopen achter"),
        "missing": _("○ nog nooit geleverd"),
    }[code]


def name(row: dict[str, object]) -> str:
    """Return the name of a source, in the reader's language, to stand in markdown."""
    return figures.plain(name_as_text(row))


def name_as_text(row: dict[str, object]) -> str:
    """Return the name of a source, in the reader's language."""
    return str(row[f"name_{language()}"])


def _feeding(
    freshness: pd.DataFrame, feeds: list[tuple[str, ...]]
) -> list[dict[str, object]]:
    delivered = [row for row in freshness.to_dict("records") if not pd.isna(_last(row))]
    newest = (
        max(
            (row for row in delivered if row["source"] in group),
            key=_last,
            default=None,
        )
        for group in feeds
    )
    return [row for row in newest if row]


def _fresh(row: dict[str, object]) -> str:
    return _("{source}: {day}").format(
        source=name(row), day=figures.plain(figures.day(_last(row)))
    )


def _last(row: dict[str, object]) -> datetime:
    # What counts is how old the figures are, not when we came to read them.
    exported = row["last_exported_on"]
    return row["last_landed_at"] if pd.isna(exported) else exported

"""Every table and figure as a file that can leave the room, and says where it is from.

Streamlit itself offers the picture of a chart (its own button over the chart); we let
the picture say what it shows, and whether it is of demo figures. Its export of tables
is switched off, since it neither marks demo figures nor disarms formulas.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

import pandas as pd
import streamlit as st

from dashboards.components import figures
from dashboards.locales import language
from dashboards.locales import translate as _
from dashboards.queries.publication import Publication
from wijkbeeld.spreadsheets import written

_KEPT = "downloads-publication"
_ODD = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 60


def of(shown: Publication) -> None:
    """Let all that this run offers be of one publication."""
    st.session_state[_KEPT] = shown


def signature(what: str) -> str:
    """Return what stands under a figure: what it is, and where it comes from.

    Args:
        what: What the figure shows, in a few words.
    """
    shown: Publication | None = st.session_state.get(_KEPT)
    if shown is None:
        return what
    day = _("Wijkbeeld, {day}").format(day=figures.day(shown.published_at))
    # First, since on a narrow screen the end is cut off.
    return " · ".join(filter(None, [mark(), what, day]))


def mark() -> str:
    """Return what stands with every figure that is of demo deliveries."""
    shown: Publication | None = st.session_state.get(_KEPT)
    return "DEMODATA" if shown is not None and shown.has_demo else ""


def offer(frame: pd.DataFrame, what: str) -> None:
    """Offer the rows of a table as they are shown.

    Args:
        frame: Its headings are translated already.
        what: What the rows are, in a few words; no two on a page are alike.
    """
    shown: Publication | None = st.session_state.get(_KEPT)
    has_demo = bool(mark())
    name = "-".join(
        filter(None, ["wijkbeeld", _plain(what), shown and shown.name, mark()])
    )
    is_dutch = language() == "nl"

    # Called when the reader asks for the file, and never for the most of them.
    def rows() -> bytes:
        cells = zip(*(_cells(frame[name]) for name in frame), strict=True)
        text = written(list(frame), cells, has_demo=has_demo, dutch=is_dutch)
        return text.encode("utf-8-sig")

    st.download_button(
        _("CSV: {what}").format(what=figures.plain(what)),
        rows,
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def offer_figures(frame: pd.DataFrame, what: str) -> None:
    """Offer what a chart was drawn of, under headings that people read.

    Args:
        frame: Its columns have the names of the marts; those that no reader knows
            are left out.
        what: What the rows are, in a few words; no two on a page are alike.
    """
    headings = _headings()
    shown = {
        heading: frame[name] for name, heading in headings.items() if name in frame
    }
    table = pd.DataFrame(shown)
    if "status" in frame:
        said = {code: figures.status(code) for code in frame["status"].unique()}
        table[headings["status"]] = frame["status"].map(said)
    if "is_small" in frame and "crime_count" in frame:
        counts = frame["crime_count"].astype(object)
        is_small = frame["is_small"].eq(True) & counts.isna()
        table[headings["crime_count"]] = counts.mask(is_small, figures.WITHHELD)
    offer(table, what)


def _headings() -> dict[str, str]:
    return {
        "buurt_name": _("Buurt"),
        "month": _("Maand"),
        "crime_count": _("Aantal"),
        "expected_count": _("Verwacht"),
        "expected_lower": _("Verwacht, onderkant"),
        "expected_upper": _("Verwacht, bovenkant"),
        "status": _("Oordeel"),
        "count_12_months": _("12 maanden"),
        "rate_per_1000": _("Per 1.000"),
        "rate_lower": _("Per 1.000, onderkant"),
        "rate_upper": _("Per 1.000, bovenkant"),
        "shrunk_rate_estimate": _("Per 1.000, afgevlakt"),
        "shrunk_rate_lower": _("Afgevlakt, onderkant"),
        "shrunk_rate_upper": _("Afgevlakt, bovenkant"),
        "is_provisional": _("Voorlopig"),
        "is_incomplete": _("Niet compleet"),
        "post_count": _("Berichten"),
        "reach_lower": _("Bereik, onderkant"),
        "reach_upper": _("Bereik, bovenkant"),
        "views": _("Weergaven"),
        "impressions": _("Vertoningen"),
        "patrol_count": _("Rondes"),
        "patrol_hours": _("Uren"),
        "hours_per_1000_dwellings": _("Uren per 1.000 woningen"),
        "signal_count": _("Signalen"),
        "message_count": _("Berichten in de groepen"),
        "is_lower_bound": _("Ten minste"),
        "part": _("Deel van de week"),
        "offence": _("Delict"),
        "day_name": _("Dag"),
        "hour": _("Uur"),
        "distance": _("Afstand"),
        "days": _("Dagen"),
        "observed_count": _("Paren"),
        "ratio": _("Keer"),
        "p_value": _("p"),
        "share_estimate": _("Deel van de voorvallen"),
        "share_lower": _("Deel van de voorvallen, onderkant"),
        "share_upper": _("Deel van de voorvallen, bovenkant"),
        "hours_share": _("Deel van de uren"),
        "share_by_chance": _("Deel door toeval"),
    }


def _cells(column: pd.Series) -> Iterable[object]:
    for value in column:
        if pd.isna(value):
            yield None
        elif isinstance(value, date):
            yield value.isoformat()[:10]
        elif isinstance(value, float) and value.is_integer():
            yield int(value)
        else:
            yield value.item() if hasattr(value, "item") else value


def _plain(what: str) -> str:
    letters = unicodedata.normalize("NFKD", what).encode("ascii", "ignore").decode()
    return _ODD.sub("-", letters.lower()).strip("-")[:_LONGEST_NAME].strip("-")

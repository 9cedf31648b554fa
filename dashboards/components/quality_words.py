"""How the deliveries stand, in words a sender can act on."""

import pandas as pd
import streamlit as st

from dashboards.components import around, figures, problem_words, tables
from dashboards.locales import translate as _
from dashboards.queries.publication import Publication


def freshness(rows: pd.DataFrame) -> None:
    """Draw one line per source, with the state it is in."""
    st.header(_("Hoe vers zijn de bronnen?"), anchor=False)
    frame = pd.DataFrame(
        {
            _("Bron"): around.name_as_text(row),
            _("Stand"): around.state_in_words(around.state(row)),
            _("Geëxporteerd"): figures.day(row["last_exported_on"]),
            _("Ontvangen"): figures.day(row["last_landed_at"]),
            _("Bestanden"): figures.count(row["delivery_count"]),
            _("Geweigerd"): figures.count(row["rejected_count"]),
            _("Regels"): figures.count(row["row_count"]),
            _("Met een probleem"): figures.count(row["problem_count"]),
        }
        for row in rows.to_dict("records")
    )
    tables.small(
        frame,
        left=[_("Bron"), _("Stand"), _("Geëxporteerd"), _("Ontvangen")],
        alt=_("Bronnen en hun stand"),
    )


def publication(shown: Publication) -> None:
    """Say what the pages read, and since when."""
    st.caption(
        _("Laatste publicatie: {name}, gemaakt op {moment}.").format(
            name=figures.plain(shown.name),
            moment=figures.plain(figures.moment(shown.published_at)),
        )
    )


def rejected(rows: pd.DataFrame) -> None:
    """Say of each rejected file why, and what to do."""
    st.header(_("Geweigerde bestanden"), anchor=False)
    if rows.empty:
        st.success(_("Geen bestand is geweigerd."), icon=":material/check_circle:")
    for row in rows.to_dict("records"):
        with st.container(border=True):
            st.text(row.get("file_name") or row["source"])
            st.text(
                row.get("reason") or _("De reden staat in de cijfers van het team.")
            )
            st.caption(
                _(
                    "Verbeter het bestand zoals de reden zegt en lever het opnieuw. "
                    "Het geweigerde bestand staat in de map rejected."
                )
            )


def deliveries(rows: pd.DataFrame) -> None:
    """Draw the landed files, the newest first."""
    st.header(_("Ontvangen bestanden"), anchor=False)
    columns = {
        _("Ontvangen"): rows["landed_at"].map(figures.moment),
        _("Bron"): rows["source"],
        _("Regels"): rows["row_count"].map(figures.count),
        _("Met een probleem"): rows["problem_count"].map(figures.count),
        _("Grootte"): rows["size_bytes"].map(figures.size),
    }
    left = [_("Ontvangen"), _("Bron")]
    if "file_name" in rows:
        columns[_("Bestand")] = rows["file_name"]
        columns[_("Waarschuwingen")] = rows["warnings"].fillna("")
        left += [_("Bestand"), _("Waarschuwingen")]
    tables.long(pd.DataFrame(columns), left=left)


def problems(rows: pd.DataFrame) -> None:
    """Draw which problems there are, in words."""
    st.header(_("Problemen in regels"), anchor=False)
    if rows.empty:
        st.success(_("Geen regel heeft een probleem."), icon=":material/check_circle:")
        return
    st.caption(
        _("Deze regels tellen niet mee. Ze zijn bewaard en hieronder terug te vinden.")
    )
    frame = pd.DataFrame(
        {
            _("Probleem"): problem_words.meaning(row["problem"]),
            _("Code"): row["problem"],
            _("Bron"): row["source"],
            _("Regels"): figures.count(row["row_count"]),
            _("Bestanden"): figures.count(row["file_count"]),
        }
        for row in rows.to_dict("records")
    )
    tables.small(
        frame, left=[_("Probleem"), _("Code"), _("Bron")], alt=_("Problemen naar code")
    )


def choose_problem(rows: pd.DataFrame) -> tuple[str, str]:
    """Let the reader choose a problem to see its first rows."""
    chosen = st.selectbox(
        _("Toon de eerste regels met"),
        range(len(rows)),
        format_func=lambda at: (
            f"{rows['problem'].iloc[at]} ({rows['source'].iloc[at]})"
        ),
        key="datakwaliteit-probleem",
        bind="query-params",
    )
    return rows["source"].iloc[chosen], rows["problem"].iloc[chosen]


def first_rows(rows: pd.DataFrame) -> None:
    """Draw where in the files the rows stand."""
    frame = pd.DataFrame(
        {
            _("Bestand"): rows["file_name"],
            _("Regel in het bestand"): rows["row_number"].map(figures.count),
        }
    )
    tables.long(frame, left=[_("Bestand")], wide=_("Bestand"))

"""The SQL page: what can be asked, and what came of it."""

import pandas as pd
import streamlit as st

from dashboards.components import downloads, figures
from dashboards.locales import language
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n
from wijkbeeld import sandbox


def columns(rows: pd.DataFrame) -> None:
    """List the tables and their columns, with what they mean."""
    with st.expander(_("Tabellen en kolommen"), icon=":material/table:"):
        downloads.offer(rows, _("tabellen en kolommen"))
        for table, described in rows.groupby("table_name", sort=True):
            st.markdown(f"**marts.{figures.plain(table)}**")
            text = described["table_description"].dropna()
            if not text.empty:
                st.caption(figures.plain(text.iloc[0]))
            st.dataframe(
                described[["column_name", "data_type", "description"]].fillna(""),
                hide_index=True,
                column_config={
                    "column_name": st.column_config.TextColumn(_("Kolom")),
                    "data_type": st.column_config.TextColumn(_("Soort")),
                    "description": st.column_config.TextColumn(
                        _("Betekenis"), width="large"
                    ),
                },
            )


def example(code: str) -> str:
    """Return the title of an example."""
    return {
        "public area": _("Woninginbraak per buurt in twaalf maanden, afgerond"),
        "area": _("Woninginbraak per buurt in de laatste maand"),
        "patrols": _("Uren buurtpreventie per maand"),
        "deliveries": _("Geleverde bestanden per bron"),
    }[code]


def refusal(error: sandbox.QueryError) -> None:
    """Say why there is no answer, and what to do; what DuckDB said is shown as text."""
    st.error(reason(error.kind))
    if error.detail:
        st.code(error.detail, language=None, wrap_lines=True)


def reason(kind: sandbox.Kind) -> str:
    """Return why there is no answer, in the reader's language."""
    return {
        "not a select": _("Schrijf precies één vraag, die met select begint."),
        "refused": _("Deze vraag kan niet worden uitgevoerd."),
        "too long": _("De vraag duurt te lang. Vraag minder rijen of zoek gerichter."),
        "too large": _("Het antwoord is te groot. Vraag minder rijen of kolommen."),
        "too far": _(
            "Een datum in het antwoord ligt te ver weg. Vraag hem als tekst "
            "(::varchar)."
        ),
        "no publication": _("De publicatie is niet te openen. Begin opnieuw."),
    }[kind]


def answer(result: sandbox.Result, publication: str) -> None:
    """Draw the rows, and offer them as a file no spreadsheet is fooled by."""
    if result.is_cut:
        st.warning(
            _("Alleen de eerste {rows} rijen staan hier en in het bestand.").format(
                rows=figures.plain(figures.count(len(result.rows)))
            )
        )
    else:
        st.caption(
            _n("{rows} rij", "{rows} rijen", len(result.rows)).format(
                rows=figures.plain(figures.count(len(result.rows)))
            )
        )
    st.dataframe(
        pd.DataFrame(result.rows, columns=_distinct(result.columns)).astype(object),
        hide_index=True,
    )
    mark = "-DEMODATA" if result.has_demo else ""
    st.download_button(
        _("Download als CSV"),
        result.csv(dutch=language() == "nl").encode("utf-8-sig"),
        file_name=f"wijkbeeld-{publication}{mark}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _distinct(columns: list[str]) -> list[str]:
    """Return the names; a repeated one gets its place, since a frame wants them so."""
    return [
        name if columns.index(name) == at else f"{name} ({at + 1})"
        for at, name in enumerate(columns)
    ]

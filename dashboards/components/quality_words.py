"""How the deliveries stand, in words a sender can act on."""

import pandas as pd
import streamlit as st

from dashboards.components import around, figures, pickers, problem_words, tables
from dashboards.locales import translate as _
from dashboards.queries.publication import Publication

_NAMES = 5
_MOSTLY = "mostly_problems"


def freshness(rows: pd.DataFrame) -> None:
    """Draw one line per source, with the state it is in.

    The file of residents holds no counts of deliveries, and they can ask for none.
    """
    st.header(_("Hoe vers zijn de bronnen?"), anchor=False)
    is_counted = rows["delivery_count"].notna().any()
    frame = pd.DataFrame(
        {
            _("Bron"): around.name_as_text(row),
            _("Stand"): around.state_in_words(around.state(row)),
            _("Geëxporteerd"): figures.day(row["last_exported_on"]),
            _("Ontvangen"): figures.day(row["last_landed_at"]),
        }
        | (_counts(row) if is_counted else {})
        for row in rows.to_dict("records")
    )
    tables.small(
        frame,
        left=[_("Bron"), _("Stand"), _("Geëxporteerd"), _("Ontvangen")],
        alt=_("Bronnen en hun stand"),
    )
    if is_counted and "late" in map(around.state, rows.to_dict("records")):
        st.caption(_("▲ laat: vraag om een nieuwe levering."))


def _counts(row: dict[str, object]) -> dict[str, str]:
    return {
        _("Bestanden"): figures.count(row["delivery_count"]),
        _("Geweigerd"): figures.count(row["rejected_count"]),
        _("Regels"): figures.count(row["row_count"]),
        _("Met een probleem"): figures.count(row["problem_count"]),
    }


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
    # One mistake often spoils a row of files: it is told once.
    told = [name for name in ("source", "reason") if name in rows]
    for _told, files in rows.groupby(told, sort=False, dropna=False):
        first = files.iloc[0]
        with st.container(border=True):
            if "file_name" in files:
                names = files["file_name"].tolist()
                more = len(names) - _NAMES
                st.text("\n".join(names[:_NAMES]))
                if more > 0:
                    st.caption(_("en nog {count}").format(count=figures.count(more)))
                st.text(first["reason"])
                st.caption(
                    _(
                        "Verbeter het bestand zoals de reden zegt en lever het "
                        "opnieuw. Het geweigerde bestand staat nog een tijd in de map "
                        "rejected."
                    )
                )
            else:
                st.text(
                    _("{source}: {count}").format(
                        source=first["source"], count=figures.count(len(files))
                    )
                )
                st.caption(_("De reden staat in de cijfers van het team."))


def mostly_problems(rows: pd.DataFrame) -> None:
    """Say which files landed although most is wrong with them."""
    if "warnings" not in rows:
        return
    names = rows.loc[rows["warnings"].str.contains(_MOSTLY, na=False), "file_name"].map(
        figures.plain
    )
    if names.empty:
        return
    listed = ", ".join(names.head(_NAMES))
    if len(names) > _NAMES:
        more = figures.count(len(names) - _NAMES)
        listed += " " + _("en nog {count}").format(count=more)
    st.error(
        _("Meer dan een vijfde van de regels heeft een probleem in: {files}.").format(
            files=listed
        ),
        icon=":material/report:",
    )


def deliveries(rows: pd.DataFrame) -> None:
    """Draw the landed files, the newest first; residents see when, of which source."""
    st.header(_("Ontvangen bestanden"), anchor=False)
    columns = {
        _("Ontvangen"): rows["landed_at"].map(figures.moment),
        _("Bron"): rows["source"],
    }
    left = [_("Ontvangen"), _("Bron")]
    if "file_name" in rows:
        columns[_("Regels")] = rows["row_count"].map(figures.count)
        columns[_("Met een probleem")] = rows["problem_count"].map(figures.count)
        columns[_("Grootte")] = rows["size_bytes"].map(figures.size)
        columns[_("Bestand")] = rows["file_name"]
        # The code by which the software knows a warning says nothing to a reader.
        said = rows["warnings"].fillna("").str.replace(f"{_MOSTLY}: ", "")
        columns[_("Waarschuwingen")] = said
        left += [_("Bestand"), _("Waarschuwingen")]
    tables.long(pd.DataFrame(columns), left=left, what=_("Ontvangen bestanden"))


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
    at = {
        f"{row['problem']} ({row['source']})": (row["source"], row["problem"])
        for row in rows.to_dict("records")
    }
    return at[
        pickers.choice(
            _("Toon de eerste regels met"), "datakwaliteit-probleem", list(at), str
        )
    ]


def first_rows(rows: pd.DataFrame) -> None:
    """Draw where in the files the rows stand."""
    frame = pd.DataFrame(
        {
            _("Bestand"): rows["file_name"],
            _("Regel in het bestand"): rows["row_number"].map(figures.count),
        }
    )
    tables.long(
        frame,
        left=[_("Bestand")],
        what=_("Eerste regels met een probleem"),
        wide=_("Bestand"),
    )

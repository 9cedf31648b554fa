"""What left as public, and what should have."""

import pandas as pd
import streamlit as st

from dashboards.components import figures, tables
from dashboards.locales import translate as _


def late(told: list[str]) -> None:
    """Say which briefings are not ready."""
    for text in told:
        st.warning(figures.plain(text), icon=":material/schedule:")


def decided(rows: pd.DataFrame) -> None:
    """Draw what was released, by whom, and from which publication."""
    st.header(_("Wat is naar buiten gegaan?"), anchor=False)
    if rows.empty:
        st.caption(_("Er is nog niets vrijgegeven of geweigerd."))
        return
    frame = pd.DataFrame(
        {
            _("Wanneer"): figures.moment(row["decided_at"]),
            _("Wat"): kind(row["kind"]),
            _("Naam"): row["release_id"] or row["subject_id"],
            _("Besluit"): _decision(row),
            _("Door"): row["decided_by"] or "–",
            _("Publicatie"): row["publication"],
            _("Opmerking"): row["note"] or "",
        }
        for row in rows.astype(object).where(rows.notna(), None).to_dict("records")
    )
    tables.long(
        frame,
        left=list(frame.columns),
        what=_("Wat naar buiten is gegaan"),
        wide=_("Opmerking"),
    )


def kind(code: str) -> str:
    """Return what a kind of release is called."""
    return {"briefing": _("Briefing"), "bulletin": _("Bulletin")}[code]


def _decision(row: dict[str, str]) -> str:
    if row["status"] == "refused":
        return _("geweigerd")
    if row["status"] == "expired":
        return _("verlopen: niemand besliste")
    if row["replaces"]:
        return _("vrijgegeven, vervangt {name}").format(name=row["replaces"])
    return _("vrijgegeven")

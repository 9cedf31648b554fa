"""What waits for a decision: all of it, as it would leave."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboards.components import figures, release_words
from dashboards.locales import translate as _
from wijkbeeld.output.drafts import Draft


def waiting(drafts: Sequence[Draft]) -> None:
    """Let whoever decides see, hear and read every file first."""
    st.header(_("Wacht op een besluit"), anchor=False)
    st.caption(
        _(
            "Wat Airflow heeft voorbereid, staat hier totdat iemand beslist. Vrijgeven "
            "of weigeren doet u in Airflow, bij *Required Actions*."
        )
        if drafts
        else _("Er wacht niets. Wat Airflow voorbereidt, staat hier tot het besluit.")
    )
    for draft in drafts:
        name = f"{release_words.kind(draft.subject.kind)} {draft.subject.id}"
        with st.expander(figures.plain(name), icon=":material/approval:"):
            _shown(draft)


def _shown(draft: Draft) -> None:
    st.caption(
        _("Gemaakt op {moment} uit publicatie {name}.").format(
            moment=figures.plain(figures.moment(draft.prepared_at)),
            name=figures.plain(draft.subject.publication),
        )
    )
    # Decided upon while the page was open, a draft has no files any more.
    paths = [draft.folder / file.name for file in draft.files]
    paths = [path for path in paths if path.exists()]
    for path in paths:
        if path.suffix == ".mp4":
            st.video(str(path), width=360, alt=path.name)
        elif path.suffix == ".txt":
            st.text(path.read_text("utf-8"))
    with st.container(horizontal=True):
        for path in paths:
            _offered(path, draft)


def _offered(path: Path, draft: Draft) -> None:
    st.download_button(
        figures.plain(path.name),
        path.read_bytes,
        file_name=path.name,
        key=f"draft-{draft.name}-{path.relative_to(draft.folder)}",
        on_click="ignore",
        icon=":material/download:",
    )

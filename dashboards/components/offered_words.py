"""A file that is offered: what was seen of it, and the way into the inbox."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboards.components import figures, tables
from dashboards.locales import translate as _
from wijkbeeld.landing.inspection import Inspection

_TURN, _SAID = "datakwaliteit-beurt", "datakwaliteit-gezegd"


# Streamlit has no setting for these words. That of the button has no size, but is
# there: a button without any text of its own has no name.
_IN_OUR_WORDS = """<style>
[data-testid=stFileUploaderDropzone] button p
{{font-size: 0}}
[data-testid=stFileUploaderDropzoneInstructions] > *
{{display: none}}
[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer]::after
{{content: "{choose}"}}
[data-testid=stFileUploaderDropzoneInstructions]::after
{{content: "{limits}"; font-size: 0.875rem}}
</style>"""


class Offered(NamedTuple):
    """A file that a reader chose."""

    name: str
    content: bytes


def choose(endings: tuple[str, ...], limit_mb: int) -> Offered | None:
    """Let the reader choose a file of their own; say what became of the last one."""
    st.header(_("Een bestand aanleveren"), anchor=False)
    if said := st.session_state.pop(_SAID, None):
        st.success(figures.plain(said), icon=":material/inbox:")
    # Fixed text, without data.
    st.html(
        _IN_OUR_WORDS.format(
            choose=_("Kies een bestand"),
            limits=_("ten hoogste {limit} MB: {endings}").format(
                limit=limit_mb, endings=", ".join(endings)
            ),
        )
    )
    given = st.file_uploader(
        _("Kies een bestand om het te laten bekijken"),
        type=list(endings),
        key=f"datakwaliteit-bestand-{st.session_state.get(_TURN, 0)}",
        max_upload_size=limit_mb,
        help=_(
            "Het wordt alleen bekeken. Er wordt niets van bewaard totdat u het zelf "
            "in de inbox zet."
        ),
    )
    if given is None:
        return None
    if given.size > limit_mb << 20:
        refused(_("Het bestand is groter dan {limit} MB.").format(limit=limit_mb))
        return None
    return Offered(given.name, given.getvalue())


def refused(reason: str) -> None:
    """Say that a file cannot be taken."""
    st.error(figures.plain(reason), icon=":material/block:")


def form_refused(seen: Inspection) -> None:
    """Say what is wrong with a list that a form wrote; nothing of it was kept."""
    # Of a few lines, what is wrong with one says more than what that makes of the file.
    if seen.reason and not seen.samples:
        refused(seen.reason)
    for sample in seen.samples:
        st.error(
            f"{figures.plain(sample.rule)} {figures.plain(sample.remedy)}",
            icon=":material/block:",
        )


def choose_source(sources: tuple[str, ...]) -> str | None:
    """Let the reader name the source of a file that was not recognised."""
    itself = _("herken zelf")
    chosen = st.selectbox(
        _("Bron van het bestand"),
        [itself, *sources],
        placeholder=_("Kies"),
        key="datakwaliteit-bron",
    )
    return None if chosen == itself else chosen


def shown(seen: Inspection) -> None:
    """Draw an inspection: names of columns and numbers of rows, never a value."""
    _verdict(seen)
    facts = {
        _("Bron"): seen.source or "?",
        _("Waarom"): seen.why,
        _("Vorm"): seen.form,
        _("Codering"): seen.encoding,
        _("Scheidingsteken"): _("tab") if seen.separator == "\t" else seen.separator,
        _("Geëxporteerd"): seen.exported_on,
        _("Regels"): None if seen.row_count is None else figures.count(seen.row_count),
        _("Met een probleem"): None
        if seen.problem_count is None
        else figures.count(seen.problem_count),
        _("Herkende kolommen"): ", ".join(c.header for c in seen.recognised),
        _("Ontbrekende kolommen"): "; ".join(seen.missing),
        _("Bekende kolommen die niet worden bewaard"): ", ".join(seen.dropped),
        _("Onbekende kolommen, die niet worden bewaard"): seen.unknown,
    }
    rows = [(what, text) for what, text in facts.items() if text]
    frame = pd.DataFrame(rows, columns=[_("Wat"), _("Gezien")])
    tables.small(
        frame, left=list(frame.columns), alt=_("Wat aan het bestand is gezien")
    )
    _problems(seen)
    for warning in seen.warnings:
        st.caption(figures.plain(warning))
    _proposal(seen)


def wants_to_put(seen: Inspection) -> bool:
    """Offer to put the file in the inbox, where it would not be refused."""
    if seen.source is None or seen.verdict in {"rejected", "failed"}:
        return False
    if seen.is_known:
        st.info(
            _("Dit bestand is al eerder ingelezen; nog een keer verandert niets."),
            icon=":material/done_all:",
        )
    return st.button(
        _("Zet in de inbox van {source}").format(source=seen.source),
        key="datakwaliteit-zet",
        type="primary",
    )


def put(seen: Inspection, name: str) -> None:
    """Say where the file waits, and begin anew."""
    st.session_state[_SAID] = _(
        "{name} wacht in de inbox van {source}, en wordt bij de volgende ronde "
        "ingelezen."
    ).format(name=name, source=seen.source)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.rerun()


def _verdict(seen: Inspection) -> None:
    reason = figures.plain(seen.reason)
    if seen.verdict in {"rejected", "failed"}:
        st.error(
            _("Dit bestand zou worden geweigerd: {reason}").format(reason=reason),
            icon=":material/block:",
        )
    elif seen.verdict == "waits":
        st.warning(
            _("Dit bestand zou blijven wachten: {reason}").format(reason=reason),
            icon=":material/hourglass_empty:",
        )
    elif seen.verdict == "unjudged":
        st.success(
            _("Dit bestand is te lezen. Bij het inlezen volgt nog de laatste keuring."),
            icon=":material/check_circle:",
        )
    else:
        st.success(
            _("Dit bestand zou worden ingelezen."), icon=":material/check_circle:"
        )


def _problems(seen: Inspection) -> None:
    if not seen.samples:
        return
    frame = pd.DataFrame(
        {
            _("Probleem"): sample.rule,
            _("Kolommen"): ", ".join(sample.columns) or "–",
            _("Regels"): figures.count(sample.row_count),
            _("Eerste regels"): ", ".join(map(str, sample.rows)),
            _("Oplossing"): sample.remedy,
        }
        for sample in seen.samples
    )
    left = [name for name in frame.columns if name != _("Regels")]
    tables.small(frame, left=left, alt=_("Problemen in het bestand"))


def _proposal(seen: Inspection) -> None:
    if seen.proposal is None:
        return
    st.caption(
        _(
            "Bij deze kolomnamen past nog geen mapping. Dit is een voorstel: kijk elke "
            "regel na, en geef het aan wie de installatie beheert."
        )
    )
    st.code(seen.proposal.text, language="yaml")
    st.download_button(
        _("Bewaar de voorgestelde mapping"),
        seen.proposal.text,
        file_name=seen.proposal.name,
        mime="application/yaml",
        key="datakwaliteit-mapping",
    )

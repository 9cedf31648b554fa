"""A briefing as it was presented, and what was corrected since."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards.components import briefing_cards, figures
from dashboards.locales import translate as _
from wijkbeeld.publish import Frozen

ADDRESS = "bevroren"
_NOW, _PICKED = "", "briefing-bevroren"


def asked(records: Mapping[str, Frozen]) -> pd.Timestamp | None:
    """Return the month in the address that was frozen; none is the figures of now."""
    given = st.query_params.get(ADDRESS)
    return pd.Timestamp(f"{given}-01") if given in records else None


def choose(records: Mapping[str, Frozen]) -> None:
    """Let the reader choose between the figures of now and a briefing of before."""
    given = st.query_params.get(ADDRESS)
    options = [_NOW, *sorted(records, reverse=True)]
    st.selectbox(
        _("Getoond"),
        options,
        index=options.index(given) if given in records else 0,
        format_func=lambda month: (
            _("briefing van {month}").format(
                month=figures.month(pd.Timestamp(f"{month}-01"))
            )
            if month
            else _("de cijfers van nu")
        ),
        key=_PICKED,
        on_change=_into_the_address,
    )
    if given and given not in records:
        st.caption(_("Van die maand is geen briefing bewaard."))


def _into_the_address() -> None:
    picked = st.session_state[_PICKED]
    if picked == _NOW:
        st.query_params.pop(ADDRESS, None)
    else:
        st.query_params[ADDRESS] = picked


def banner(record: Frozen) -> None:
    """Say that this is a briefing of before, and of which publication."""
    st.info(
        _(
            "**Zoals getoond bij de briefing over {month}.** Publicatie {name}, "
            "bewaard op {day}."
        ).format(
            month=figures.month(record.month),
            name=figures.plain(record.publication),
            day=figures.day(record.frozen_at),
        ),
        icon=":material/ac_unit:",
    )


def corrected(then: pd.DataFrame, now: pd.DataFrame) -> None:
    """Say which figures of the month have changed since they were presented.

    Args:
        then: The offences of the month, as presented.
        now: The same in the publication that readers see now; of residents both are
            what their file holds.
    """
    both = then.merge(now, on="offence_code", suffixes=("", "_now"))
    said = [text for row in both.to_dict("records") if (text := _changed(row))]
    with st.expander(
        _("Verbeterd sindsdien: {count}").format(count=figures.count(len(said))),
        expanded=bool(said),
        icon=":material/history:",
    ):
        if said:
            st.markdown("\n".join(f"- {text}" for text in said))
        else:
            st.markdown(_("Geen cijfer van deze maand is sindsdien veranderd."))


def _changed(row: dict[str, object]) -> str | None:
    now = {
        name.removesuffix("_now"): value
        for name, value in row.items()
        if name.endswith("_now")
    }
    before, after = briefing_cards.count(row), briefing_cards.count(now)
    texts = []
    if before != after:
        text = _("was {before}, is nu {after}").format(
            before=figures.plain(before), after=figures.plain(after)
        )
        reason = _reason(row, now)
        texts.append(f"{text}: {reason}" if reason else text)
    if figures.verdict(row["status"]) != figures.verdict(now["status"]):
        texts.append(
            _("oordeel was “{before}”, is nu “{after}”").format(
                before=figures.status(row["status"]),
                after=figures.status(now["status"]),
            )
        )
    if not texts:
        return None
    return f"**{figures.plain(figures.offence(row))}**: {'; '.join(texts)}"


def _reason(before: Mapping[str, object], after: Mapping[str, object]) -> str | None:
    """Say why a count changed, as far as the counts tell."""
    if before["source"] != after["source"]:
        return _("nu geteld in {source}").format(source=figures.source(after["source"]))
    # Of rounded counts nobody may tell by how much.
    if briefing_cards.is_rounded(before):
        return None
    if pd.isna(before["crime_count"]) or pd.isna(after["crime_count"]):
        return None
    more = round(after["crime_count"] - before["crime_count"])
    if more < 0:
        return _("ingetrokken of anders ingedeeld")
    if more == 1:
        return _("een late melding")
    return _("{count} late meldingen").format(count=figures.count(more))

"""A briefing as it was presented, and what was corrected since."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboards.components import figures
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
        placeholder=_("Kies"),
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


def corrected(found: Sequence[tuple[str, str]]) -> None:
    """Say which figures of the month have changed since they were presented.

    Args:
        found: Offences, each with what changed of it; of residents in their figures.
    """
    with st.expander(
        _("Verbeterd sindsdien: {count}").format(count=figures.count(len(found))),
        expanded=bool(found),
        icon=":material/history:",
    ):
        if found:
            st.markdown(
                "\n".join(
                    f"- **{figures.plain(offence)}**: {figures.plain(text)}"
                    for offence, text in found
                )
            )
        else:
            st.markdown(_("Geen cijfer van deze maand is sindsdien veranderd."))

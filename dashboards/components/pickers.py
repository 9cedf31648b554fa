"""Choices; each is kept in the URL under its own name.

The address holds what the reader saw, so it may be in another language than the one
it is opened in: each choice is recognised in all of them. Whoever changes the language
keeps the address, since each change of it by us is one more step back.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

import pandas as pd
import streamlit as st

from dashboards import locales
from dashboards.components import figures
from dashboards.locales import translate as _

Option = TypeVar("Option")


def month(
    key: str, months: list[pd.Timestamp], default: pd.Timestamp | None
) -> pd.Timestamp:
    """Let the reader choose a month; the newest complete one is chosen first."""
    at = months.index(default) if default in months else 0
    return choice(_("Maand"), key, months, figures.month, at)


def offence(key: str, offences: pd.DataFrame) -> str:
    """Let the reader choose an offence; what the team works on comes first."""
    rows: dict[str, Mapping[str, object]] = {
        row["offence_code"]: row for row in offences.to_dict("records")
    }

    def name(code: str) -> str:
        return figures.offence(rows[code])

    first = [code for code in figures.PRIORITY if code in rows]
    rest = sorted(set(rows) - set(first), key=name)
    return choice(_("Delict"), key, first + rest, name)


def buurt(key: str, buurten: pd.DataFrame) -> str:
    """Let the reader choose a buurt."""
    names = dict(zip(buurten["buurt_code"], buurten["buurt_name"], strict=True))
    return choice(_("Buurt"), key, list(names), names.__getitem__)


def channel(key: str, channels: list[str]) -> str:
    """Let the reader choose a channel."""
    return choice(_("Kanaal"), key, channels, figures.channel)


def team(key: str, teams: list[str]) -> str:
    """Let the reader choose a watch team."""
    return choice(_("Team"), key, teams, figures.team)


def of_area(
    page: str, offences: pd.DataFrame, months: list[pd.Timestamp],
    latest: pd.Timestamp | None, buurten: pd.DataFrame,
) -> tuple[str, pd.Timestamp, str]:  # fmt: skip
    """Let the reader choose an offence, a month and a buurt, side by side."""
    left, middle, right = st.columns(3)
    with left:
        chosen = offence(f"{page}-delict", offences)
    with middle:
        at = month(f"{page}-maand", months, latest)
    with right:
        return chosen, at, buurt(f"{page}-buurt", buurten)


def address(
    page: str, offence_name: str, at: pd.Timestamp, buurt_name: str
) -> dict[str, str]:
    """Return the address of another page on the same offence, month and buurt."""
    return {
        f"{page}-delict": offence_name,
        f"{page}-maand": figures.month(at),
        f"{page}-buurt": buurt_name,
        **({"language": given} if (given := st.query_params.get("language")) else {}),
    }


def choice(
    label: str,
    key: str,
    options: list[Option],
    name: Callable[[Option], str],
    index: int = 0,
) -> Option:
    """Let the reader choose one of the options, and keep the choice in the URL."""
    names = {option: name(option) for option in options}
    if key not in st.session_state:
        _recall(key, names, name)
    elif st.session_state[key] not in names:
        # Another choice has left nothing of this one.
        del st.session_state[key]
    return st.selectbox(
        label,
        options,
        index=index,
        format_func=names.__getitem__,
        placeholder=_("Kies"),
        key=key,
        bind="query-params",
    )


def take_month(chart: str, key: str) -> None:
    """Let the month that was clicked in a chart be the choice of a picker.

    Args:
        chart: Key of the chart, which picks ``at``.
        key: Key of the picker.
    """
    picked = st.session_state[chart]["selection"].get("picked") or []
    if picked:
        st.session_state[key] = pd.Timestamp(f"{picked[0]['at']}-01")


def _recall(key: str, names: dict[Option, str], name: Callable[[Option], str]) -> None:
    given = st.query_params.get(key)
    if given is None or given in names.values():
        return
    for language in locales.LANGUAGES:
        with locales.speaking(language):
            named = {name(option): option for option in names}
        if given in named:
            # The choice is read from the address of a run only: hence one more run.
            st.query_params[key] = names[named[given]]
            st.rerun()

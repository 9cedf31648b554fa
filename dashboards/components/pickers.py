"""Choices; each is kept in the URL under its own name."""

import pandas as pd
import streamlit as st

from dashboards.components import figures
from dashboards.locales import translate as _


def month(key: str, months: list[pd.Timestamp], default: pd.Timestamp | None) -> object:
    """Let the reader choose a month; the newest complete one is chosen first."""
    return st.selectbox(
        _("Maand"),
        months,
        index=months.index(default) if default in months else 0,
        format_func=figures.month,
        key=key,
        bind="query-params",
    )


def offence(key: str, offences: pd.DataFrame) -> str:
    """Let the reader choose an offence; what the team works on comes first."""
    names = {
        row["offence_code"]: figures.offence(row) for _i, row in offences.iterrows()
    }
    first = [code for code in figures.PRIORITY if code in names]
    rest = sorted(
        (code for code in names if code not in figures.PRIORITY), key=names.__getitem__
    )
    return st.selectbox(
        _("Delict"),
        first + rest,
        format_func=names.__getitem__,
        key=key,
        bind="query-params",
    )


def buurt(key: str, buurten: pd.DataFrame) -> str:
    """Let the reader choose a buurt."""
    names = dict(zip(buurten["buurt_code"], buurten["buurt_name"], strict=True))
    return st.selectbox(
        _("Buurt"),
        list(names),
        format_func=names.__getitem__,
        key=key,
        bind="query-params",
    )


def channel(key: str, channels: list[str]) -> str:
    """Let the reader choose a channel."""
    return st.selectbox(
        _("Kanaal"),
        channels,
        format_func=figures.channel,
        key=key,
        bind="query-params",
    )

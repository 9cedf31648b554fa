"""What more reporting, or less, would make of an effect (MEASURES C9)."""

import math
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards.components import figures
from dashboards.locales import translate as _
from wijkbeeld.measures.effect import reporting

_EXAMPLE = (50, 60, 4)
"""Of a hundred: reported before and after, and how much fewer are registered."""


def caveat(row: Mapping[str, object]) -> None:
    """Say whether what was registered can have changed by reporting."""
    what = figures.plain(figures.offence(row).lower())
    if not row["is_reporting_sensitive"]:
        st.caption(
            _(
                "Geteld is wat is geregistreerd. Van {what} wordt bijna alles gemeld, "
                "dus meer melden verandert het cijfer weinig."
            ).format(what=what)
        )
        return
    before, after, fewer = _EXAMPLE
    true = reporting.true_ratio(1 - fewer / 100, before, after)
    st.caption(
        _(
            "Let op: geteld is wat is geregistreerd. Van {what} wordt veel niet "
            "gemeld. Gaat het melden van {before} % naar {after} %, dan is een cijfer "
            "dat {fewer} % daalt in werkelijkheid {really} % gedaald."
        ).format(
            what=what,
            before=before,
            after=after,
            fewer=fewer,
            really=round(100 * (1 - true)),
        )
    )


def break_even(row: Mapping[str, object]) -> None:
    """Say how much more or less would have to be reported for the effect to vanish.

    Only of an effect: where its interval holds no change, there is none to vanish.
    """
    if not row["is_reporting_sensitive"] or pd.isna(row["effect_estimate"]):
        return
    # Of a design that expects a ratio there need not be a count.
    unit, after = str(row["unit"]), pd.to_numeric(row["count_after"], errors="coerce")
    times, lower, upper = (
        reporting.break_even(pd.to_numeric(row[f"effect_{end}"]), unit, after)
        for end in ("estimate", "lower", "upper")
    )
    if not all(map(math.isfinite, (times, lower, upper))) or lower <= 1 <= upper:
        return
    said = (
        _(
            "Deze daling verdwijnt pas als {what} na het begin **{times} keer** zo "
            "vaak werd gemeld als ervoor ({lower} tot {upper}). Werd er even vaak of "
            "vaker gemeld, dan is de daling minstens zo groot."
        )
        if times < 1
        else _(
            "Deze stijging verdwijnt als {what} na het begin **{times} keer** zo vaak "
            "werd gemeld als ervoor ({lower} tot {upper})."
        )
    )
    what = figures.plain(figures.offence(row).lower())
    numbers = (figures.decimal(number, 2) for number in (times, lower, upper))
    named = dict(zip(("times", "lower", "upper"), numbers, strict=True))
    st.markdown(said.format(what=what, **named))

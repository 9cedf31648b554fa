"""Whether buurten with high rates lie beside each other: a description, no test."""

import pandas as pd
import streamlit as st

from dashboards.components import figures, tables
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n
from wijkbeeld.measures import clusters


def of_buurten(month: pd.DataFrame, shapes: pd.DataFrame) -> None:
    """Say how the rates of neighbours go together, and show each buurt.

    Args:
        month: The buurten in one month, with their shrunk rates.
        shapes: Their outlines.
    """
    st.header(_("Liggen hoge cijfers bij elkaar?"), anchor=False)
    known = month.dropna(subset=["shrunk_rate_estimate"])
    areas = known[["buurt_code", "buurt_name", "shrunk_rate_estimate"]].merge(
        shapes[["buurt_code", "geometry_wkt"]]
    )
    areas = areas.rename(columns={"shrunk_rate_estimate": "rate"}).sort_values(
        "buurt_code", ignore_index=True
    )
    if len(areas) < clusters.FEWEST_AREAS:
        st.info(
            _n(
                "**Te weinig om te zeggen.** Van {count} buurt zijn cijfer en grens "
                "bekend; vanaf {fewest} staat het hier.",
                "**Te weinig om te zeggen.** Van {count} buurten zijn cijfer en grens "
                "bekend; vanaf {fewest} staat het hier.",
                len(areas),
            ).format(
                count=figures.count(len(areas)),
                fewest=figures.count(clusters.FEWEST_AREAS),
            )
        )
        return
    if areas["rate"].nunique() == 1:
        st.info(_("De buurten verschillen niet meer dan door toeval."))
        return
    _describe(areas)


def _describe(areas: pd.DataFrame) -> None:
    rows, whole = _measured(areas)
    st.markdown(f"**{figures.plain(finding(whole, len(rows)))}**")
    few = rows["smallest_p"] > _FIRST_STEP / len(rows)
    if len(rows) < clusters.FEWEST_FOR_A_TEST:
        st.caption(
            _(
                "Een beschrijving, geen toets: daarvoor zijn {fewest} gebieden nodig, "
                "en hier zijn er {count}. Een buurt met weinig buren kan nooit "
                "opvallen, hoe hoog zij ook is: {buurten}."
            ).format(
                fewest=figures.count(clusters.FEWEST_FOR_A_TEST),
                count=figures.count(len(rows)),
                buurten=figures.plain(
                    ", ".join(rows.loc[few, "buurt_name"]) or figures.UNKNOWN
                ),
            )
        )
    with st.expander(_("Elke buurt tussen haar buren")):
        tables.small(_table(rows), left=[_("Buurt")], alt=_("Buurten en hun buren"))
        st.caption(
            _(
                "Op de afgevlakte cijfers van de woonbuurten. Lokale Moran: boven nul "
                "lijkt een buurt op haar buren, eronder wijkt zij af. Gi*: hoe hoog "
                "zij en haar buren samen zijn. p uit 999 keer herverdelen van de "
                "andere buurten; bijgesteld voor het aantal buurten. Kleinste p: wat "
                "met zoveel buren op zijn best te halen is."
            )
        )


_FIRST_STEP = 0.05


@st.cache_data(max_entries=64, show_spinner=False)
def _measured(areas: pd.DataFrame) -> tuple[pd.DataFrame, clusters.Moran]:
    rows = clusters.clusters(areas)
    touch = clusters.neighbours_of(areas)
    return rows, clusters.moran(areas["rate"].to_numpy(float), touch)


def finding(whole: clusters.Moran, count: int) -> str:
    """Return what Moran's I says of all buurten together.

    Of fewer than 40 it is a description, without a verdict or a p (MEASURES A9).
    """
    if count < clusters.FEWEST_FOR_A_TEST:
        return _(
            "Moran is {estimate}; lagen de cijfers willekeurig door elkaar, dan was "
            "het gemiddeld {expected}. Hoe hoger, hoe meer buurten op hun buren lijken."
        ).format(
            estimate=figures.decimal(whole.estimate, 2),
            expected=figures.decimal(whole.expected, 2),
        )
    text = _(
        "Buurten met een hoog cijfer liggen niet aantoonbaar bij elkaar, en ook niet "
        "uit elkaar (Moran {estimate}, bij toeval {expected}, p {p})."
    )
    if whole.p_value <= _FIRST_STEP:
        text = (
            _(
                "Buurten lijken op hun buren: hoge cijfers liggen bij elkaar (Moran "
                "{estimate}, bij toeval {expected}, p {p})."
            )
            if whole.estimate > whole.expected
            else _(
                "Buurten verschillen van hun buren: hoge cijfers liggen uit elkaar "
                "(Moran {estimate}, bij toeval {expected}, p {p})."
            )
        )
    return text.format(
        estimate=figures.decimal(whole.estimate, 2),
        expected=figures.decimal(whole.expected, 2),
        p=figures.decimal(whole.p_value, 3),
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Buurt"): row["buurt_name"],
            _("Afgevlakt"): figures.decimal(row["rate"]),
            _("Buren"): figures.count(row["neighbour_count"]),
            _("Lokale Moran"): figures.decimal(row["local_moran"], 2),
            "Gi*": figures.decimal(row["gi_star"], 2),
            _("p"): figures.decimal(row["p_value"], 3),
            _("p, bijgesteld"): figures.decimal(row["p_adjusted"], 3),
            _("Kleinste p"): figures.decimal(row["smallest_p"], 4),
        }
        for row in rows.sort_values("gi_star", ascending=False).to_dict("records")
    )

"""On how few places an offence lies, in words, a picture and a table."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards.components import charts, figures, pattern_charts, tables
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n

_PLACES = 0.05


def of_offences(rows: pd.DataFrame, offence_code: str) -> None:
    """Say of one offence, and draw of all, how many lie on the busiest places.

    Args:
        rows: One per offence.
        offence_code: The one that is chosen.
    """
    st.header(_("Op hoe weinig plekken?"), anchor=False)
    found = rows[rows["offence_code"] == offence_code]
    if found.empty:
        st.info(
            _(
                "Op hoe weinig plekken het gebeurt, wordt alleen bekeken bij "
                "misdrijven die burgers zelf melden en waarvan de plaats bekend is."
            )
        )
    else:
        _say(found.iloc[0].to_dict())
    known = rows.dropna(subset=["share_top_5_percent_estimate"])
    if known.empty:
        return
    shown = _lines(known)
    charts.draw(
        pattern_charts.shares,
        shown,
        (_("Delict"), _("Op de drukste plekken"), _("Door toeval"), _("Oordeel")),
        alt=_alternative(shown),
        what=_("Op hoe weinig plekken: alle delicten"),
        rows=shown,
    )
    st.caption(_legend(known.iloc[0].to_dict()))
    with st.expander(_("Alle delicten in een tabel")):
        tables.small(
            _table(rows),
            left=[_("Delict")],
            alt=_("Concentratie per delict"),
        )


def _say(row: Mapping[str, float]) -> None:
    sentence = finding(row)
    if pd.isna(row["share_top_5_percent_estimate"]):
        st.info(sentence)
    else:
        st.markdown(f"**{figures.plain(sentence)}**")


def finding(row: Mapping[str, float]) -> str:
    """Return what may be said of one offence."""
    offence, count = figures.offence(row).lower(), figures.count(row["crime_count"])
    if row["is_too_few"]:
        return _n(
            "**Te weinig om te zeggen.** Van {count} voorval in twaalf maanden is de "
            "plaats bekend; vanaf 50 staat hier op hoe weinig plekken het gebeurt.",
            "**Te weinig om te zeggen.** Van {count} voorvallen in twaalf maanden is "
            "de plaats bekend; vanaf 50 staat hier op hoe weinig plekken het gebeurt.",
            row["crime_count"],
        ).format(count=count)
    if pd.isna(row["share_top_5_percent_estimate"]):
        return _(
            "**Te weinig om te zeggen.** De {count} voorvallen passen allemaal op het "
            "drukste twintigste deel van de plekken."
        ).format(count=count)
    text = {
        pattern_charts.MORE: _(
            "Van {count} voorvallen van {offence} ligt {share} op de drukste 5 % van "
            "de plekken: meer dan de {chance} die toeval geeft."
        ),
        pattern_charts.LESS: _(
            "Van {count} voorvallen van {offence} ligt {share} op de drukste 5 % van "
            "de plekken: minder dan de {chance} die toeval geeft."
        ),
        pattern_charts.ALIKE: _(
            "Van {count} voorvallen van {offence} ligt {share} op de drukste 5 % van "
            "de plekken: niet te onderscheiden van de {chance} die toeval geeft."
        ),
    }[_verdict(row)]
    return text.format(
        count=count,
        offence=offence,
        share=_share(row),
        chance=figures.percent(row["share_by_chance"]),
    )


def _verdict(row: Mapping[str, float]) -> str:
    return pattern_charts.verdict(
        row["share_top_5_percent_lower"],
        row["share_top_5_percent_upper"],
        row["share_by_chance"],
    )


def _share(row: Mapping[str, float]) -> str:
    return figures.percent_interval(
        *(row[f"share_top_5_percent_{end}"] for end in ("estimate", "lower", "upper"))
    )


def _lines(rows: pd.DataFrame) -> pd.DataFrame:
    each = rows.to_dict("records")
    said = pattern_charts.verdicts()
    names = [figures.offence(row) for row in each]
    return pd.DataFrame(
        {
            "offence": names,
            "line": names,
            "crime_count": rows["crime_count"],
            "share_estimate": rows["share_top_5_percent_estimate"],
            "share_lower": rows["share_top_5_percent_lower"],
            "share_upper": rows["share_top_5_percent_upper"],
            "share_by_chance": rows["share_by_chance"],
            "reference_share": rows["share_by_chance"],
            "verdict": [_verdict(row) for row in each],
            "words": [_share(row) for row in each],
            "reference_words": [
                figures.percent(row["share_by_chance"]) for row in each
            ],
            "said": [said[_verdict(row)] for row in each],
        }
    )


def _alternative(lines: pd.DataFrame) -> str:
    each = [
        f"{row['line'].lower()} {row['words']}, {row['said']}"
        for row in lines.to_dict("records")
    ]
    return _("Deel op de drukste 5 % van de plekken: {lines}.").format(
        lines="; ".join(each)
    )


def _legend(base: Mapping[str, object]) -> str:
    places = base["place_count"]
    return _(
        "Ruit: meer op de drukste 5 % van de plekken dan door toeval (grijs streepje); "
        "rondje: geen verschil te zeggen. Lijn: 95 %. Een plek is een vak van 125 "
        "meter waar in twee jaar iets is gemeld; dat zijn er {places}, en 5 % daarvan "
        "is {top}. Twaalf maanden tot en met {month}."
    ).format(
        places=figures.count(places),
        top=figures.count(_PLACES * float(places)),
        month=figures.month(base["month"]),
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Delict"): figures.offence(row),
            _("Voorvallen"): figures.count(row["crime_count"]),
            _("Zonder plaats"): figures.count(row["no_point_count"]),
            _("Op de drukste 5 %"): _or_too_few(row, _share(row)),
            _("Door toeval"): figures.percent(row["share_by_chance"]),
            _("Gini"): figures.interval(
                row["gini_generalised_estimate"],
                row["gini_generalised_lower"],
                row["gini_generalised_upper"],
                digits=2,
            ),
        }
        for row in rows.to_dict("records")
    )


def _or_too_few(row: Mapping[str, float], text: str) -> str:
    is_known = not pd.isna(row["share_top_5_percent_estimate"])
    return text if is_known else _("te weinig om iets te zeggen")

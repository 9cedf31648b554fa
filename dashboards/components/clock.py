"""The clock of the week: in which part of it an offence happens more than in others."""

from collections.abc import Mapping

import altair
import pandas as pd
import streamlit as st

from dashboards.components import charts, figures
from dashboards.locales import translate as _
from wijkbeeld.measures import rounded

MORE, LESS, ALIKE = "more", "less", "alike"
_SHAPES = {MORE: "diamond", ALIKE: "circle", LESS: "square"}
_COLOURS = {MORE: charts.ORANGE, ALIKE: charts.INK, LESS: charts.BLUE}
_EVEN = "#7d93a6"
_ROW_PX = 36


def of_week(what: str, rows: pd.DataFrame, instead: pd.DataFrame | None = None) -> None:
    """Draw at which parts of the week it happens, with how sure that is.

    Args:
        what: Of what and where, in a few words; no two on a page are alike.
        rows: The eight rows of ``dashboards.queries.clock``, or none.
        instead: Those of the team, for where a buurt has too few.
    """
    if rows.empty:
        st.info(_("Over de klok van de week is nog niets bekend."))
        return
    base = rows.iloc[0].to_dict()
    if base["is_too_few"]:
        st.info(
            _(
                "**Te weinig om te zeggen.** Van {count} voorvallen in twaalf maanden "
                "is bekend wanneer ze gebeurd kunnen zijn; vanaf 50 staat hier de klok."
            ).format(count=figures.count(base["informative_count"]))
        )
        if instead is not None and not instead.empty:
            of_week(_("{what}, alle buurten samen").format(what=what), instead)
        return
    parts = rows.assign(
        part=[_part(row) for row in rows.to_dict("records")],
        verdict=[verdict(row) for row in rows.to_dict("records")],
    )
    title = _("Klok van de week: {what}").format(what=what)
    st.markdown("**" + figures.plain(" ".join(_stands_out(parts))) + "**")
    charts.draw(parts_of_week, parts, alt=alternative(parts), what=title, rows=parts)
    st.caption(_legend(base))


def of_rounded_week(what: str, rows: pd.DataFrame) -> None:
    """Draw the clock that residents may see: what the rounded counts can stand for.

    Args:
        what: Of what and where, in a few words; no two on a page are alike.
        rows: Those of ``dashboards.queries.public_scan.clock``.
    """
    if rows.empty:
        st.info(_("Over de klok van de week is nog niets bekend."))
        return
    base = rows.iloc[0].to_dict()
    if base["all_reason"] == "too_few":
        st.info(
            _(
                "**Te weinig om te zeggen.** Van minder dan 50 voorvallen in twaalf "
                "maanden is bekend wanneer ze gebeurd kunnen zijn."
            )
        )
        return
    if pd.isna(base["all_count"]):
        st.info(_("De klok is niet getoond, om een klein aantal niet te verraden."))
        return
    shares = rounded.shares(rows["crime_count"], rows["reason"], base["all_count"])
    told = rows.join(shares)
    parts = told.assign(
        part=[_part(row) for row in told.to_dict("records")],
        verdict=[verdict(row) for row in told.to_dict("records")],
        words=[_rounded(row) for row in told.to_dict("records")],
    )
    title = _("Klok van de week: {what}").format(what=what)
    st.markdown("**" + figures.plain(" ".join(_stands_out(parts))) + "**")
    # What was exported would be the shares; the counts are what is published.
    exported = parts.drop(columns=["share_estimate", "share_lower", "share_upper"])
    charts.draw(
        parts_of_week,
        parts,
        alt=alternative(parts),
        what=title,
        rows=exported.assign(is_small=parts["reason"].eq("small_count")),
    )
    st.caption(
        _(
            "Ruit: vaker dan wanneer het op elk uur even vaak gebeurde (grijs "
            "streepje); vierkant: minder vaak; rondje: geen verschil te zeggen. Lijn: "
            "waartussen het aandeel met 95 % zekerheid ligt, welk aantal ook achter "
            "het afgeronde schuilgaat. Over ongeveer {count} voorvallen in de twaalf "
            "maanden tot en met {month}, elk verdeeld over de uren waarin het gebeurd "
            "kan zijn. Weekend: vrijdag 18 uur tot maandag 6 uur."
        ).format(
            count=figures.count(base["all_count"]),
            month=figures.month(base["last_month"]),
        )
    )


def verdict(row: Mapping[str, float]) -> str:
    """Tell whether it happens more in a part of the week than its hours would give."""
    if row["share_lower"] > row["hours_share"]:
        return MORE
    return LESS if row["share_upper"] < row["hours_share"] else ALIKE


def parts_of_week(parts: pd.DataFrame) -> altair.LayerChart:
    """Return the share of each part with its interval, over that of its hours."""
    shown = parts.assign(
        words=_in_words(parts),
        even=[_percent(share) for share in parts["hours_share"]],
        said=parts["verdict"].map(_verdicts()),
    )
    base = altair.Chart(shown).encode(
        altair.Y(
            "part:N",
            sort=None,
            title=None,
            axis=altair.Axis(
                labelLimit=260, labelFontSize=15, grid=False, ticks=False, domain=False
            ),
        )
    )
    percent = altair.Axis(format=".0%", tickCount=5)
    hours = base.mark_tick(color=_EVEN, thickness=6, height=26).encode(
        altair.X("hours_share:Q", title=None, axis=percent)
    )
    colour = altair.Color(
        "verdict:N",
        scale=altair.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())),
        legend=None,
    )
    whole = base.mark_rule(strokeWidth=4).encode(
        altair.X("share_lower:Q"), altair.X2("share_upper:Q"), colour
    )
    point = base.mark_point(filled=True, size=240, opacity=1).encode(
        altair.X("share_estimate:Q"),
        colour,
        altair.Shape(
            "verdict:N",
            scale=altair.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())),
            legend=None,
        ),
        tooltip=[
            altair.Tooltip("part:N", title=_("Deel van de week")),
            altair.Tooltip("words:N", title=_("Deel van de voorvallen")),
            altair.Tooltip("even:N", title=_("Deel van de uren")),
            altair.Tooltip("said:N", title=_("Oordeel")),
        ],
    )
    return (hours + whole + point).properties(height=_ROW_PX * len(parts) + 40)


def alternative(parts: pd.DataFrame) -> str:
    """Say in words which parts of the week stand out, and each share."""
    each = [
        f"{part.lower()} {words}"
        for part, words in zip(parts["part"], _in_words(parts), strict=True)
    ]
    every = _("Alle delen: {parts}.").format(parts="; ".join(each))
    return " ".join([*_stands_out(parts), every])


def _stands_out(parts: pd.DataFrame) -> list[str]:
    said = []
    for kind, text in (
        (MORE, _("Vaker dan naar het aantal uren: {parts}.")),
        (LESS, _("Minder vaak: {parts}.")),
    ):
        named = parts.loc[parts["verdict"] == kind, "part"].str.lower()
        if len(named):
            said.append(text.format(parts=", ".join(named)))
    return said or [_("Geen deel van de week springt eruit.")]


def _legend(base: Mapping[str, float]) -> str:
    return _(
        "Ruit: vaker dan wanneer het op elk uur even vaak gebeurde (grijs streepje); "
        "vierkant: minder vaak; rondje: geen verschil te zeggen. Lijn: 95 %. Over "
        "{count} voorvallen die de politie in de twaalf maanden tot en met {month} "
        "vernam, elk verdeeld over de uren waarin het gebeurd kan zijn. Niet "
        "meegeteld: {unknown} zonder begin- of eindtijd, {week} die over een week of "
        "meer gaan. Weekend: vrijdag 18 uur tot maandag 6 uur."
    ).format(
        count=figures.count(base["informative_count"]),
        month=figures.month(base["month"]),
        unknown=figures.count(base["time_unknown_count"]),
        week=figures.count(base["uninformative_count"]),
    )


def _part(row: Mapping[str, str]) -> str:
    """Name a part of the week, with its hours."""
    names = {
        ("night", "weekday"): _("Nacht (0-6), door de week"),
        ("night", "weekend"): _("Nacht (0-6), weekend"),
        ("morning", "weekday"): _("Ochtend (6-12), door de week"),
        ("morning", "weekend"): _("Ochtend (6-12), weekend"),
        ("afternoon", "weekday"): _("Middag (12-18), door de week"),
        ("afternoon", "weekend"): _("Middag (12-18), weekend"),
        ("evening", "weekday"): _("Avond (18-24), door de week"),
        ("evening", "weekend"): _("Avond (18-24), weekend"),
    }
    return names[row["day_part"], row["week_part"]]


def _verdicts() -> dict[str, str]:
    return {
        MORE: _("vaker"),
        LESS: _("minder vaak"),
        ALIKE: _("geen verschil te zeggen"),
    }


def _in_words(parts: pd.DataFrame) -> list[str]:
    if "words" in parts:
        return parts["words"].tolist()
    return [_percentages(row) for row in parts.to_dict("records")]


def _rounded(row: Mapping[str, object]) -> str:
    if row["reason"] == "small_count":
        return _("minder dan 5")
    if pd.isna(row["crime_count"]):
        return figures.UNKNOWN
    of_all = {"count": row["crime_count"], "all": row["all_count"]}
    said = {name: figures.count(value) for name, value in of_all.items()}
    return _("ongeveer {count} van {all}").format(**said)


def _percent(share: float) -> str:
    return f"{figures.count(100 * share)} %"


def _percentages(row: Mapping[str, float]) -> str:
    ends = figures.span(100 * row["share_lower"], 100 * row["share_upper"])
    return f"{_percent(row['share_estimate'])} ({ends})"

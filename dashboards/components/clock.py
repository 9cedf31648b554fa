"""The clock of the week: in which part of it an offence happens more than in others."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st
from babel import Locale
from streamlit.delta_generator import DeltaGenerator

from dashboards.components import charts, figures, pattern_charts
from dashboards.locales import locale
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n
from wijkbeeld.measures import rounded
from wijkbeeld.measures.aoristic import FEWEST_BY_HOUR, HOURS_OF_WEEK, shares

_EVERY_HOUR = 1 / HOURS_OF_WEEK


def of_week(what: str, rows: pd.DataFrame, instead: pd.DataFrame | None = None) -> None:
    """Draw at which parts of the week it happens, with how sure that is.

    Args:
        what: Of what and where, in a few words; no two on a page are alike.
        rows: The eight rows of ``dashboards.queries.clock``, or none.
        instead: Those of the team, for where a buurt has too few.
    """
    if instead is not None and instead.empty:
        instead = None
    if rows.empty and instead is None:
        st.info(_("Over de klok van de week is nog niets bekend."))
        return
    if rows.empty or rows["is_too_few"].iloc[0]:
        # Where the team has a clock and a buurt has none, nothing happened there.
        count = 0 if rows.empty else rows["informative_count"].iloc[0]
        st.info(
            _n(
                "**Te weinig om te zeggen.** Van {count} voorval in twaalf maanden is "
                "bekend wanneer het gebeurd kan zijn; vanaf 50 staat hier de klok.",
                "**Te weinig om te zeggen.** Van {count} voorvallen in twaalf maanden "
                "is bekend wanneer ze gebeurd kunnen zijn; vanaf 50 staat hier de "
                "klok.",
                count,
            ).format(count=figures.count(count))
        )
        if instead is not None:
            st.markdown(_("Van alle buurten samen:"))
            of_week(_("{what}, alle buurten samen").format(what=what), instead)
        return
    base = rows.iloc[0].to_dict()
    parts = _parts(rows)
    title = _("Klok van de week: {what}").format(what=what)
    st.markdown("**" + figures.plain(" ".join(_stands_out(parts))) + "**")
    charts.draw(
        pattern_charts.shares,
        parts,
        _titles(),
        alt=alternative(parts),
        what=title,
        rows=parts,
    )
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
    between = rounded.shares(rows["crime_count"], rows["reason"], base["all_count"])
    parts = _parts(rows.join(between), _rounded)
    title = _("Klok van de week: {what}").format(what=what)
    st.markdown("**" + figures.plain(" ".join(_stands_out(parts))) + "**")
    # What was exported would be the shares; the counts are what is published.
    exported = parts.drop(columns=["share_estimate", "share_lower", "share_upper"])
    charts.draw(
        pattern_charts.shares,
        parts,
        _titles(),
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


Week = tuple[str, pd.DataFrame, pd.DataFrame]
"""What and where, its eight parts of the week, and its hours that have weight."""


def beside_each_other(weeks: Sequence[Week]) -> Sequence[DeltaGenerator]:
    """Return where the clock by day-part goes, and where that by the hour."""
    if any(map(_has_hours, weeks)):
        return st.columns(2, gap="large")
    return st.container(), st.container()


def by_hour(weeks: Sequence[Week]) -> None:
    """Draw the hours of the week of the first that has enough for it.

    Args:
        weeks: In the order of preference; no two are of the same what, and a second
            is that of all buurten.
    """
    for week in filter(_has_hours, weeks):
        what, rows, hours = week
        if week is not weeks[0]:
            st.markdown(_("Van alle buurten samen:"))
        title = _("Uren van de week: {what}").format(what=what)
        _draw_hours(title, rows.iloc[0].to_dict(), hours)
        return
    known = [rows for _what, rows, _hours in weeks if not rows.empty]
    if known:
        count = known[-1]["informative_count"].iloc[0]
        st.caption(
            _n(
                "Voor een klok per uur is {count} voorval te weinig; dat kan vanaf "
                "{fewest}.",
                "Voor een klok per uur zijn {count} voorvallen te weinig; dat kan "
                "vanaf {fewest}.",
                count,
            ).format(count=figures.count(count), fewest=figures.count(FEWEST_BY_HOUR))
        )


def _has_hours(week: Week) -> bool:
    _what, rows, hours = week
    is_known = not rows.empty and not hours.empty
    return is_known and not rows["is_too_few_for_hours"].iloc[0]


def _draw_hours(title: str, base: Mapping[str, float], hours: pd.DataFrame) -> None:
    week = hours_with_intervals(hours, base["informative_count"])
    said = _busiest(week)
    st.markdown("**" + figures.plain(said) + "**")
    charts.draw(
        pattern_charts.hours_of_week,
        week,
        alt=alternative_of_hours(week),
        what=title,
        rows=week,
    )
    st.caption(
        _(
            "Hoe donkerder, hoe vaker. Ruit: met 95 % zekerheid vaker dan gemiddeld; "
            "van de 168 uren zijn dat er door toeval ongeveer vier. Over {count} "
            "voorvallen in de twaalf maanden tot en met {month}, elk verdeeld over de "
            "uren waarin het gebeurd kan zijn."
        ).format(
            count=figures.count(base["informative_count"]),
            month=figures.month(base["month"]),
        )
    )


def hours_with_intervals(hours: pd.DataFrame, count: float) -> pd.DataFrame:
    """Return all 168 hours with their share, in words as well.

    Args:
        hours: ``hour_of_week``, ``weight`` and ``square`` of the hours with weight.
        count: Incidents that were spread over them.
    """
    # An hour without a row has no weight: nothing can have happened then.
    week = (
        hours.set_index("hour_of_week")[["weight", "square"]]
        .reindex(range(HOURS_OF_WEEK), fill_value=0.0)
        .reset_index()
    )
    ends = shares(
        week["weight"].to_numpy(float),
        week["square"].to_numpy(float),
        np.full(HOURS_OF_WEEK, float(count)),
    )
    names = Locale.parse(locale()).days["format"]["wide"]
    estimate, lower, upper = ends
    return week.assign(
        day_name=[names[hour // 24] for hour in week["hour_of_week"]],
        hour=week["hour_of_week"] % 24,
        share_estimate=estimate,
        share_lower=lower,
        share_upper=upper,
        ratio=estimate / _EVERY_HOUR,
        is_more=lower > _EVERY_HOUR,
        words=[
            figures.interval(*(each / _EVERY_HOUR for each in one))
            for one in zip(*ends, strict=True)
        ],
    )


def alternative_of_hours(week: pd.DataFrame) -> str:
    """Say in words which hours stand out, the busiest of all, and each day."""
    most = week.loc[week["ratio"].idxmax()]
    top = _(
        "Drukste uur: {day} {hour} uur, {ratio} keer zo vaak als gemiddeld."
    ).format(day=most["day_name"], hour=most["hour"], ratio=most["words"])
    days = week.groupby("day_name", sort=False)["share_estimate"].sum()
    each = _("Per dag: {days}.").format(
        days="; ".join(f"{day} {figures.percent(share)}" for day, share in days.items())
    )
    return " ".join([_busiest(week), top, each])


def _busiest(week: pd.DataFrame) -> str:
    stretches = [_stretch(*ends) for ends in _stretches(week["is_more"].to_numpy(bool))]
    if not stretches:
        return _("Geen uur van de week springt eruit.")
    return _("Vaker dan gemiddeld: {hours}.").format(hours=", ".join(stretches))


def _stretches(is_more: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return first and last of the hours that follow each other, Sunday by Monday."""
    if is_more.all():
        return [(0, HOURS_OF_WEEK - 1)]
    first = np.flatnonzero(is_more & ~np.roll(is_more, 1))
    last = np.flatnonzero(is_more & ~np.roll(is_more, -1))
    if len(first) and last[0] < first[0]:
        last = np.roll(last, -1)
    return list(zip(first.tolist(), last.tolist(), strict=True))


def _stretch(first: int, last: int) -> str:
    names = Locale.parse(locale()).days["format"]["wide"]
    if first // 24 == last // 24:
        return _("{day} {first}–{last} uur").format(
            day=names[first // 24], first=first % 24, last=last % 24 + 1
        )
    return _("{day} {first} tot {other} {last} uur").format(
        day=names[first // 24],
        first=first % 24,
        other=names[last // 24],
        last=last % 24 + 1,
    )


def alternative(parts: pd.DataFrame) -> str:
    """Say in words which parts of the week stand out, and each share."""
    each = [f"{row['line'].lower()} {row['words']}" for row in parts.to_dict("records")]
    every = _("Alle delen: {parts}.").format(parts="; ".join(each))
    return " ".join([*_stands_out(parts), every])


def _stands_out(parts: pd.DataFrame) -> list[str]:
    said = []
    for kind, text in (
        (
            pattern_charts.MORE,
            _("Vaker dan bij zoveel uren te verwachten is: {parts}."),
        ),
        (pattern_charts.LESS, _("Minder vaak: {parts}.")),
    ):
        named = parts.loc[parts["verdict"] == kind, "line"].str.lower()
        if len(named):
            said.append(text.format(parts=", ".join(named)))
    return said or [_("Geen deel van de week springt eruit.")]


def _legend(base: Mapping[str, float]) -> str:
    return _(
        "Ruit: vaker dan wanneer het op elk uur even vaak gebeurde (grijs streepje); "
        "vierkant: minder vaak; rondje: geen verschil te zeggen. Lijn: 95 %. Over "
        "{count} voorvallen die de politie in de twaalf maanden tot en met {month} "
        "vernam, elk verdeeld over de uren waarin het gebeurd kan zijn. Niet "
        "meegeteld: {unknown} zonder begin- of eindtijd, {week} over een week of meer. "
        "Weekend: vrijdag 18 uur tot maandag 6 uur."
    ).format(
        count=figures.count(base["informative_count"]),
        month=figures.month(base["month"]),
        unknown=figures.count(base["time_unknown_count"]),
        week=figures.count(base["uninformative_count"]),
    )


def _titles() -> tuple[str, str, str, str]:
    return (
        _("Deel van de week"),
        _("Deel van de voorvallen"),
        _("Deel van de uren"),
        _("Oordeel"),
    )


def _parts(
    rows: pd.DataFrame, in_words: Callable[[Mapping[str, object]], str] | None = None
) -> pd.DataFrame:
    each = rows.to_dict("records")
    told = [
        pattern_charts.verdict(
            row["share_lower"], row["share_upper"], row["hours_share"]
        )
        for row in each
    ]
    said = pattern_charts.verdicts()
    names = [_part(row) for row in each]
    return rows.assign(
        part=names,
        line=names,
        reference_share=rows["hours_share"],
        verdict=told,
        words=[(in_words or _share)(row) for row in each],
        reference_words=[figures.percent(row["hours_share"]) for row in each],
        said=[said[one] for one in told],
    )


def _share(row: Mapping[str, float]) -> str:
    return figures.percent_interval(
        row["share_estimate"], row["share_lower"], row["share_upper"]
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


def _rounded(row: Mapping[str, object]) -> str:
    if row["reason"] == "small_count":
        return _("minder dan 5")
    if pd.isna(row["crime_count"]):
        return figures.UNKNOWN
    of_all = {"count": row["crime_count"], "all": row["all_count"]}
    said = {name: figures.count(value) for name, value in of_all.items()}
    return _("ongeveer {count} van {all}").format(**said)

"""What a chart says, for who cannot see it: in words, with its figures."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboards.components import figures
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n

_MOST_NAMED = 6


def counts_with_expectation(months: Sequence[Mapping[Hashable, Any]]) -> str:
    """Say where counts per month begin, end, are highest, and leave the band.

    Args:
        months: The rows of the chart, oldest first.
    """
    known = [row for row in months if pd.notna(row["crime_count"])]
    if not known:
        return _("Lijn per maand, waarin geen aantal bekend of getoond is.")
    said = [
        _span(months[0]["month"], months[-1]["month"]),
        _extremes([(row["month"], row["crime_count"], False) for row in known]),
        _latest(known[-1]),
    ]
    for status, text in (
        ("higher", _("Meer dan verwacht in {months}.")),
        ("lower", _("Minder dan verwacht in {months}.")),
    ):
        out = [row["month"] for row in known if row["status"] == status]
        if out:
            said.append(text.format(months=_listed(map(figures.month, out))))
    missing = len(months) - len(known)
    if missing:
        said.append(
            _n(
                "Zonder aantal: {count} maand.",
                "Zonder aantal: {count} maanden.",
                missing,
            ).format(count=missing)
        )
    return " ".join(said)


def by_month(
    months: pd.DataFrame,
    lower: str,
    upper: str | None = None,
    open_flag: str | None = None,
) -> str:
    """Say how a measure runs through the months.

    Args:
        months: ``month`` and the measure, oldest first.
        lower: The measure, or its lower bound.
        upper: Its upper bound; null where it is one number.
        open_flag: Of which months there is at least so much.
    """
    known = months.dropna(subset=[lower])
    if known.empty:
        return _("Staven per maand, waarvan geen bekend is.")
    last = known.iloc[-1]
    is_least = known[open_flag].eq(True) if open_flag else known[lower].isna()
    value = (
        figures.at_least(last[lower], is_least.iloc[-1])
        if upper is None
        else figures.between(last[lower], last[upper])
    )
    ends = _("Het laatst {value} in {month}.").format(
        value=value, month=figures.month(last["month"])
    )
    span = _span(months["month"].iloc[0], months["month"].iloc[-1])
    values = list(
        zip(known["month"], known[lower].astype(float), is_least, strict=True)
    )
    return " ".join([span, _extremes(values), ends])


def heat(rows: pd.DataFrame, name: str, measure: str) -> str:
    """Say which names have the most of a measure over all months."""
    most = rows.groupby(name)[measure].mean().dropna().sort_values(ascending=False)
    if most.empty:
        return _("Vakken per buurt en maand, waarvan geen bekend is.")
    return _("Vakken per buurt en maand. Gemiddeld per maand: {buurten}.").format(
        buurten=_listed(
            f"{figures.plain(who)} {figures.decimal(value)}"
            for who, value in most.items()
        )
    )


def area_map(month: pd.DataFrame) -> str:
    """Say which buurten are darkest, and which left what was expected."""
    shade = next(
        (
            each
            for each in ("shrunk_rate_estimate", "rate_per_1000", "crime_count")
            if each in month and month[each].notna().any()
        ),
        None,
    )
    if shade is None:
        return _("Kaart van de buurten; van geen is een cijfer bekend of getoond.")
    most = month.sort_values(shade, ascending=False).dropna(subset=[shade])
    said = [
        _("Kaart van de buurten. Van veel naar weinig: {buurten}.").format(
            buurten=_listed(most["buurt_name"])
        )
    ]
    for status, text in (
        ("higher", _("Meer dan verwacht in {buurten}.")),
        ("lower", _("Minder dan verwacht in {buurten}.")),
    ):
        out = month.loc[month["status"] == status, "buurt_name"]
        if len(out):
            said.append(text.format(buurten=_listed(out)))
    said.append(_("De tabel eronder noemt alle cijfers."))
    return " ".join(said)


def _span(first: date, last: date) -> str:
    return _("Per maand, van {first} tot en met {last}.").format(
        first=figures.month(first), last=figures.month(last)
    )


def _extremes(values: list[tuple[date, float, bool]]) -> str:
    when, most, has_more = max(values, key=lambda at: at[1])
    then, least, is_least = min(values, key=lambda at: at[1])
    return _("Hoogst {most} in {when}, laagst {least} in {then}.").format(
        most=figures.at_least(most, has_more),
        when=figures.month(when),
        least=figures.at_least(least, is_least),
        then=figures.month(then),
    )


def _latest(row: Mapping[Hashable, Any]) -> str:
    expected = figures.span(row["expected_lower"], row["expected_upper"])
    if expected == figures.UNKNOWN:
        return _("Het laatst {value} in {month}.").format(
            value=figures.count(row["crime_count"]), month=figures.month(row["month"])
        )
    return _("Het laatst {value} in {month}, verwacht {expected}: {status}.").format(
        value=figures.count(row["crime_count"]),
        month=figures.month(row["month"]),
        expected=expected,
        status=figures.status(row["status"]),
    )


def _listed(names: Iterable[object]) -> str:
    listed = [str(name) for name in names]
    more = len(listed) - _MOST_NAMED
    text = ", ".join(listed[:_MOST_NAMED])
    if more <= 0:
        return text
    return f"{text} " + _("en nog {count}").format(count=figures.count(more))

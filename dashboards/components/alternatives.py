"""What a chart says, for who cannot see it: in words, with its figures."""

from collections.abc import Iterable, Mapping

import pandas as pd

from dashboards.components import figures
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n

_MOST_NAMED = 6


def counts_with_expectation(months: pd.DataFrame) -> str:
    """Say where counts per month begin, end, are highest, and leave the band."""
    known = months.dropna(subset=["crime_count"])
    if known.empty:
        return _("Lijn per maand, waarin geen aantal bekend of getoond is.")
    latest = known.iloc[-1].to_dict()
    said = [_span(months), _extremes(known, "crime_count"), _latest(latest)]
    for status, text in (
        ("higher", _("Meer dan verwacht in {months}.")),
        ("lower", _("Minder dan verwacht in {months}.")),
    ):
        out = known.loc[known["status"] == status, "month"]
        if len(out):
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


def by_month(months: pd.DataFrame, lower: str, upper: str | None = None) -> str:
    """Say how a measure runs through the months.

    Args:
        months: ``month`` and the measure, oldest first.
        lower: The measure, or its lower bound.
        upper: Its upper bound; null where it is one number.
    """
    known = months.dropna(subset=[lower])
    if known.empty:
        return _("Staven per maand, waarvan geen bekend is.")
    last = known.iloc[-1]
    value = (
        figures.count(last[lower])
        if upper is None
        else figures.span(last[lower], last[upper])
    )
    ends = _("Het laatst {value} in {month}.").format(
        value=value, month=figures.month(last["month"])
    )
    return " ".join([_span(months), _extremes(known, lower), ends])


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


def _span(months: pd.DataFrame) -> str:
    return _("Per maand, van {first} tot en met {last}.").format(
        first=figures.month(months["month"].iloc[0]),
        last=figures.month(months["month"].iloc[-1]),
    )


def _extremes(known: pd.DataFrame, measure: str) -> str:
    values = known[measure].astype(float)
    most, least = values.idxmax(), values.idxmin()
    return _("Hoogst {most} in {when}, laagst {least} in {then}.").format(
        most=figures.count(known.at[most, measure]),
        when=figures.month(known.at[most, "month"]),
        least=figures.count(known.at[least, measure]),
        then=figures.month(known.at[least, "month"]),
    )


def _latest(row: Mapping[str, float]) -> str:
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

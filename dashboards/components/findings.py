"""A finding: one sentence, its interval as a picture, and how it was computed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import altair
import numpy as np
import pandas as pd
import streamlit as st

from dashboards.components import charts, figures
from dashboards.locales import translate as _

Unit = Literal["share", "per_1000", "number", "minutes", "ratio"]
_Towards = Callable[[float], int]
_FEWEST_SHOWN = 5
_ROW_PX = 40
_ROOM = 1.12
_ALL = 102
_SMALL = 1
_LINES = {"figure_estimate", "figure_lower", "figure_upper", "is_too_few"}


def pick(rows: pd.DataFrame, **where: str | None) -> dict[str, object] | None:
    """Return the only row with these values, if it is there."""
    is_it = np.ones(len(rows), bool)
    for column, value in where.items():
        known = rows[column].to_numpy(object)
        is_it &= pd.isna(known) if value is None else known == value
    places = np.flatnonzero(is_it)
    return rows.iloc[places[0]].to_dict() if len(places) == 1 else None


def words(row: Mapping[str, object] | None, unit: Unit) -> str:
    """Return a figure with its interval in words; too few is said so."""
    if row is None:
        return figures.UNKNOWN
    if row["is_too_few"]:
        return _few(row) if unit == "share" else _("te weinig")
    if row["interval_kind"] == "bounds":
        return _between(row, unit)
    if row.get("note") == "not_reached":
        return _("zo lang duurt het bij meer dan de helft nog")
    if pd.isna(row["figure_estimate"]):
        return figures.UNKNOWN
    return _with_ends(row, unit)


def say(sentence: str) -> None:
    """Draw the sentence of a finding; figures in it are texts already."""
    st.markdown(f"**{figures.plain(sentence)}**")


def picture(
    lines: Sequence[tuple[str, Mapping[str, object] | None]],
    unit: Unit,
    what: str,
    reference: float | None = None,
) -> None:
    """Draw figures under each other, each as a point with its interval.

    Args:
        lines: What each line is about, and its row; lines of too few are left out.
        unit: Of all of them.
        what: What the picture shows, in a few words; no two on a page are alike.
        reference: A value that means no difference.
    """
    shown = pd.DataFrame(
        [
            {"line": name, "words": words(row, unit)}
            | {column: row[column] for column in sorted(_LINES)}
            for name, row in lines
            if row is not None and _is_drawn(row)
        ]
    )
    left_out = [line for line in lines if line[1] is None or not _is_drawn(line[1])]
    counted = [line for line in left_out if unit == "share" and _is_counted(line[1])]
    few = [name for name, row in left_out if (name, row) not in counted]
    if not shown.empty:
        said = "; ".join(f"{line}: {text}" for line, text in
                         zip(shown["line"], shown["words"], strict=True))  # fmt: skip
        charts.draw(
            intervals, shown, unit, reference, alt=said + ".", what=what, rows=shown
        )
    if counted:
        st.caption(
            _("Te weinig voor een percentage: {names}.").format(
                names=figures.plain(
                    ", ".join(f"{name} ({words(row, unit)})" for name, row in counted)
                )
            )
        )
    if few:
        st.caption(
            _("Te weinig om iets te zeggen: {names}.").format(
                names=figures.plain(", ".join(few))
            )
        )


def how(*lines: str) -> None:
    """Draw the drawer that says how a finding was computed.

    Args:
        lines: Translated sentences; the first is its name, which no other has.
    """
    title, *rest = lines
    with st.expander(_("Hoe is dit berekend? {what}").format(what=title)):
        for line in rest:
            st.markdown(f"- {line}")


def intervals(
    shown: pd.DataFrame, unit: Unit, reference: float | None
) -> altair.LayerChart:
    """Return each figure as a point on its interval; bounds have no point."""
    factor = {"share": 100, "per_1000": 1000}.get(unit, 1)
    values = ["figure_estimate", "figure_lower", "figure_upper"]
    rows = shown.assign(**{name: factor * shown[name].astype(float) for name in values})
    most = rows[values].max(axis=None)
    furthest = max(float(most), 1.1 * (reference or 0)) * _ROOM
    # Beyond all of them is nothing.
    furthest = min(furthest, _ALL) if unit == "share" else furthest
    rows = rows.assign(
        is_open=rows["figure_upper"].isna(),
        figure_upper=rows["figure_upper"].fillna(furthest / 1.02),
        is_bounds=rows["figure_estimate"].isna(),
    )
    scale = altair.Scale(domain=[0, furthest], nice=False)
    axis = altair.Axis(tickCount=6, title=_axis(unit))
    base = altair.Chart().encode(
        altair.Y(
            "line:N", sort=None, title=None, scale=altair.Scale(padding=0.8),
            axis=altair.Axis(labelLimit=300, labelFontSize=15, grid=False,
                             ticks=False, domain=False),
        ),
        tooltip=[altair.Tooltip("line:N", title=_("Waarover")),
                 altair.Tooltip("words:N", title=_("Cijfer"))],
    )  # fmt: skip
    x, x2 = altair.X("figure_lower:Q", scale=scale, axis=axis), "figure_upper:Q"
    whole = (
        base.transform_filter("!datum.is_bounds")
        .mark_rule(strokeWidth=4, color=charts.BLUE)
        .encode(x, altair.X2(x2))
    )
    point = (
        base.transform_filter("!datum.is_bounds")
        .mark_point(filled=True, size=220, color=charts.ORANGE, opacity=1)
        .encode(altair.X("figure_estimate:Q", scale=scale, axis=axis))
    )
    layers = [whole, point]
    # Each layer is copied several times over, and these are seldom there.
    if rows["is_bounds"].any():
        bar = base.transform_filter("datum.is_bounds").mark_rule(
            color=charts.BLUE, opacity=0.5, strokeWidth=16
        )
        layers.insert(1, bar.encode(x, altair.X2(x2)))
    if rows["is_open"].any():
        on = base.transform_filter("datum.is_open").mark_point(
            shape="triangle-right", filled=True, size=160, color=charts.BLUE
        )
        layers.append(on.encode(altair.X(x2, scale=scale, axis=axis)))
    if reference is not None:
        at = charts.data(pd.DataFrame({"at": [reference]}))
        line = altair.Chart(at).mark_rule(
            color=charts.INK, strokeDash=[5, 4], strokeWidth=2
        )
        layers.append(line.encode(altair.X("at:Q", scale=scale, axis=axis)))
    high = _ROW_PX * len(rows) + 100
    return altair.layer(*layers, data=charts.data(rows), height=high)


def by_month(months: pd.DataFrame, unit: Unit, what: str) -> None:
    """Draw one figure month by month, each with its interval."""
    told = months[months["figure_estimate"].notna()]
    if told.empty:
        st.info(_("Per maand is het te weinig om iets te zeggen."))
        return
    last = told.iloc[-1].to_dict()
    alt = _("{what}. Het laatst {figure} in {month}.").format(
        what=what, figure=words(last | {"is_too_few": False}, unit),
        month=figures.month(last["month"]),
    )  # fmt: skip
    charts.draw(through_months, told, unit, alt=alt, what=what, rows=told)
    st.caption(
        _("Lijn: 95 %. Een open rondje: te weinig om op zichzelf iets te zeggen.")
    )


def through_months(months: pd.DataFrame, unit: Unit) -> altair.LayerChart:
    """Return a point and its interval per month; hollow where it is too few."""
    factor = 100 if unit == "share" else 1
    values = ["figure_estimate", "figure_lower", "figure_upper"]
    rows = months.assign(**{name: factor * months[name] for name in values})
    rows = rows.assign(
        label=rows["month"].map(figures.month),
        words=[words(row | {"is_too_few": False}, unit)
               for row in months.to_dict("records")],
    )  # fmt: skip
    base = altair.Chart().encode(
        altair.X("month:T", title=None,
                 axis=altair.Axis(format="%b %Y", tickCount=6, labelOverlap=True,
                                  grid=False)),
        tooltip=[altair.Tooltip("label:N", title=_("Maand")),
                 altair.Tooltip("words:N", title=_("Cijfer"))],
    )  # fmt: skip
    whole = base.mark_rule(strokeWidth=3, color=charts.GREY).encode(
        altair.Y("figure_lower:Q", title=_axis(unit)), altair.Y2("figure_upper:Q")
    )
    point = base.mark_point(size=110, stroke=charts.BLUE, strokeWidth=2).encode(
        altair.Y("figure_estimate:Q"),
        fill=charts.white_where("datum.is_too_few"),
    )
    return altair.layer(whole, point, data=charts.data(rows), height=230)


def _is_drawn(row: Mapping[str, object]) -> bool:
    has_value = not pd.isna(row["figure_estimate"])
    is_bounds = row["interval_kind"] == "bounds" and not pd.isna(row["figure_lower"])
    return not row["is_too_few"] and (has_value or is_bounds)


def _is_counted(row: Mapping[str, object] | None) -> bool:
    """Tell whether it is too few for a percentage, but may be told as ``k of n``."""
    return row is not None and bool(row["is_too_few"]) and _few(row) != _("te weinig")


def _between(row: Mapping[str, object], unit: Unit) -> str:
    lower, upper = row["figure_lower"], row["figure_upper"]
    if pd.isna(lower):
        return figures.UNKNOWN
    if pd.isna(upper):
        return _("ten minste {count}").format(count=_named(lower, unit, figures.down))
    return _("tussen {lower} en {upper}").format(
        lower=_one(lower, unit, figures.down), upper=_named(upper, unit, figures.up)
    )


def _with_ends(row: Mapping[str, object], unit: Unit) -> str:
    lower, upper = row["figure_lower"], row["figure_upper"]
    whole = _named(row["figure_estimate"], unit)
    if row["interval_kind"] == "none" or pd.isna(lower):
        return whole
    if pd.isna(upper):
        return _("{figure} (ten minste {lower})").format(
            figure=whole, lower=_one(lower, unit)
        )
    return _("{figure} ({lower} tot {upper})").format(
        figure=whole, lower=_one(lower, unit), upper=_one(upper, unit)
    )


def _few(row: Mapping[str, object]) -> str:
    base, events = row["base_count"], row["event_count"]
    if pd.isna(base) or float(str(base)) < _FEWEST_SHOWN:
        return _("te weinig")
    return _("{events} van {base}").format(
        events=figures.count(float(str(events))), base=figures.count(float(str(base)))
    )


def _one(value: object, unit: Unit, towards: _Towards | None = None) -> str:
    number = float(str(value)) * {"share": 100, "per_1000": 1000}.get(unit, 1)
    if unit in ("share", "per_1000", "minutes"):
        return figures.count(towards(number) if towards else number)
    digits = 2 if number < _SMALL else 1
    if towards:
        number = towards(10**digits * number) / 10**digits
    return figures.decimal(number, digits)


def _named(value: object, unit: Unit, towards: _Towards | None = None) -> str:
    text = _one(value, unit, towards)
    if unit == "share":
        return f"{text} %"
    if unit == "minutes":
        return _("{n} minuten").format(n=text)
    return _("{n} keer").format(n=text) if unit == "ratio" else text


def _axis(unit: Unit) -> str | None:
    return {
        "share": "%",
        "per_1000": _("per 1.000"),
        "minutes": _("minuten"),
        "ratio": _("keer"),
    }.get(unit)

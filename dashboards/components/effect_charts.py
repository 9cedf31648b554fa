"""Intervals of effects as pictures: a line, its estimate, and where nothing is."""

import altair
import pandas as pd

from dashboards.components.charts import BLUE, INK, ORANGE, data
from dashboards.locales import translate as _

_LONGEST = 150
"""So many more of each hundred; what is longer is cut off."""


def interval(row: pd.DataFrame) -> altair.LayerChart:
    """Return one interval with the line of no difference.

    Args:
        row: ``lower``, ``estimate`` and ``upper``.
    """
    furthest = max(1.0, float(row[["lower", "upper"]].abs().max(axis=None)) * 1.15)
    scale = altair.Scale(domain=[-furthest, furthest])
    heading = _("← minder · meer →")
    axis = altair.Axis(tickCount=6, tickMinStep=1, title=heading, format="+,d")
    base = altair.Chart()
    line = base.mark_rule(strokeWidth=9, color=BLUE, opacity=0.55).encode(
        altair.X("lower:Q", scale=scale, axis=axis), altair.X2("upper:Q")
    )
    estimate = base.mark_point(
        filled=True, size=260, color=ORANGE, opacity=1, shape="diamond"
    ).encode(altair.X("estimate:Q", scale=scale))
    # A line through a picture of one row has to be told how high it is.
    nothing = altair.Chart(data(pd.DataFrame({"nothing": [0]}))).mark_tick(
        color=INK, thickness=3, height=34
    )
    zero = nothing.encode(altair.X("nothing:Q", scale=scale, axis=axis))
    return altair.layer(line, zero, estimate, data=data(row), height=110)


def quarters(rows: pd.DataFrame) -> altair.LayerChart:
    """Return an interval per three months before and after a start.

    Args:
        rows: ``from_month`` since the start, ``lower``, ``estimate`` and ``upper`` in
            so many more of each hundred.
    """
    shown = rows.assign(
        upper=rows["upper"].clip(upper=_LONGEST),
        estimate=rows["estimate"].clip(upper=_LONGEST),
    )
    base = altair.Chart().encode(
        altair.X(
            "from_month:O",
            title=_("maanden sinds de start"),
            axis=altair.Axis(labelAngle=0, grid=False),
        )
    )
    lines = base.mark_rule(strokeWidth=6, color=BLUE, opacity=0.55).encode(
        altair.Y(
            "lower:Q",
            title=_("van elke 100"),
            scale=altair.Scale(domain=[-100, _LONGEST]),
            axis=altair.Axis(format="+,d", tickCount=6),
        ),
        altair.Y2("upper:Q"),
    )
    estimates = base.mark_point(
        filled=True, size=130, color=ORANGE, opacity=1, shape="diamond"
    ).encode(altair.Y("estimate:Q"))
    return altair.layer(lines, _nothing(), estimates, data=data(shown), height=260)


def _nothing() -> altair.Chart:
    line = altair.Chart(data(pd.DataFrame({"nothing": [0]}))).mark_rule(
        color=INK, strokeWidth=2, strokeDash=[5, 4]
    )
    return line.encode(altair.Y("nothing:Q"))

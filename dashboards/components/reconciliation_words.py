"""The team's own counts beside the published ones."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards.components import figures, tables
from dashboards.locales import translate as _


def totals(row: Mapping[str, float]) -> None:
    """Say in how many cells, of offence, buurt and month, the two agree."""
    st.header(_("Eigen cijfers naast de politiecijfers"), anchor=False)
    st.markdown(
        _(
            "In {agreed} van de {told} gevallen (een delict in een buurt in een maand) "
            "zeggen ze hetzelfde, van {first} tot en met {last}. Politiecijfers niet "
            "bekend: {withheld}."
        ).format(
            agreed=figures.plain(
                figures.count(row["told_count"] - row["flagged_count"])
            ),
            told=figures.plain(figures.count(row["told_count"])),
            withheld=figures.plain(figures.count(row["withheld_count"])),
            first=figures.month(row["first_month"]),
            last=figures.month(row["last_month"]),
        )
    )


def by_offence(rows: pd.DataFrame) -> None:
    """Draw where they differ, and what would explain it."""
    if rows.empty:
        return
    frame = pd.DataFrame(
        {
            _("Delict"): figures.offence(row),
            _("Gevallen"): figures.count(row["cell_count"]),
            _("Eigen"): figures.count(row["own_count"]),
            _("Politiecijfers"): figures.count(row["published_count"]),
            _("Waarschijnlijk"): cause(row["likely_cause"]),
        }
        for row in rows.to_dict("records")
    )
    tables.small(
        frame,
        left=[_("Delict"), _("Waarschijnlijk")],
        alt=_("Waar eigen cijfers en politiecijfers verschillen"),
    )
    st.caption(
        _(
            "Verschil: meer dan 2 en meer dan 5 %. Het team ziet zijn eigen cijfers, "
            "bewoners zien de gepubliceerde. De oorzaak is een vermoeden."
        )
    )


def cause(code: object) -> str:
    """Return what would explain a difference."""
    return {
        "late_registration": _("later geregistreerd"),
        "gross_or_net": _("bruto of netto geteld"),
        "buurt_edges": _("in een andere buurt geplaatst"),
        "date_used": _("in een andere maand geteld"),
        "offence_mapping": _("onder een ander delict geteld"),
        "unknown": _("onbekend"),
    }.get(str(code), str(code))

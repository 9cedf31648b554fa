"""Reach, views and impressions: three measures, each by itself."""

import pandas as pd
import streamlit as st

from dashboards.components import alternatives, charts, figures, month_charts, tables
from dashboards.locales import language
from dashboards.locales import translate as _
from wijkbeeld.settings import settings


def of_month(row: dict[str, object], inhabitants: float) -> None:
    """Draw the three measures of one month side by side."""
    if pd.isna(row["post_count"]):
        st.info(_("Van minder dan vijf berichten worden geen cijfers getoond."))
        return
    reach, views, impressions = st.columns(3)
    with reach, st.container(border=True, height="stretch"):
        st.subheader(_("Bereik"), anchor=False)
        st.markdown(f"#### {_bounds(row)}")
        st.caption(_("accounts die een bericht ten minste één keer zagen"))
        if not pd.isna(row["reach_lower"]) and not pd.isna(inhabitants):
            st.caption(
                _(
                    "{span} per 1.000 van de {inhabitants} inwoners van de buurten; "
                    "kijkers kunnen elders wonen."
                ).format(
                    span=figures.plain(
                        figures.between(
                            1000 * row["reach_lower"] / inhabitants,
                            1000 * row["reach_upper"] / inhabitants,
                        )
                    ),
                    inhabitants=figures.plain(figures.count(inhabitants)),
                )
            )
    with views, st.container(border=True, height="stretch"):
        st.subheader(_("Weergaven"), anchor=False)
        st.markdown(f"#### {_offered(row, 'views')}")
        st.caption(_("keer getoond of gestart, ook door dezelfde persoon"))
    with impressions, st.container(border=True, height="stretch"):
        st.subheader(_("Vertoningen"), anchor=False)
        st.markdown(f"#### {_offered(row, 'impressions')}")
        st.caption(_("keer op een scherm, de oudere telling van het platform"))
    is_least = [_is_least(row, name) for name in ("views", "impressions")]
    is_least.append(not pd.isna(row["reach_lower"]) and pd.isna(row["reach_upper"]))
    if any(is_least):
        _why_least()


def through_time(months: pd.DataFrame, breaks: pd.DataFrame | None = None) -> None:
    """Draw each measure in a chart of its own: they are not to be compared.

    Args:
        months: One row per month.
        breaks: Since when a ``metric`` has another meaning; each is a line.
    """

    def since(metric: str) -> list[pd.Timestamp]:
        if breaks is None:
            return []
        return breaks.loc[breaks["metric"] == metric, "valid_from"].tolist()

    reach, views, impressions = st.tabs(
        [_("Bereik per maand"), _("Weergaven per maand"), _("Vertoningen per maand")]
    )
    with reach:
        _drawn(
            months, since("reach"), _("Bereik per maand"), "reach_lower", "reach_upper"
        )
        st.caption(
            _(
                "Van het best bereikende bericht tot alle berichten samen. Dezelfde "
                "persoon kan meer berichten zien: het ware getal ligt ertussen."
            )
        )
        if (months["reach_upper"].isna() & months["reach_lower"].notna()).any():
            st.caption(
                _(
                    "▲: ten minste zoveel, want niet van elk bericht van die maand gaf "
                    "het platform het bereik."
                )
            )
    with views:
        _drawn(months, since("views"), _("Weergaven per maand"), "views")
    with impressions:
        _drawn(months, since("views"), _("Vertoningen per maand"), "impressions")


def breaks(rows: pd.DataFrame) -> None:
    """Say since when a figure has another meaning than before."""
    for row in rows.to_dict("records"):
        meaning = row[f"definition_{language()}"]
        st.caption(
            _("Sinds {day} telt het platform anders: {meaning}.").format(
                day=figures.day(row["valid_from"]), meaning=figures.plain(meaning)
            )
        )


def by_format(formats: pd.DataFrame) -> None:
    """Draw the forms of posts side by side, where they are known."""
    if formats["format"].isna().all():
        return
    frame = pd.DataFrame(
        {
            _("Vorm"): figures.post_format(row["format"]),
            _("Berichten"): figures.count(row["post_count"]),
            _("Bereik"): figures.between(row["reach_lower"], row["reach_upper"]),
            _("Weergaven"): _counted(row, "views"),
            _("Vertoningen"): _counted(row, "impressions"),
            _("Reacties en gedeeld"): _counted(row, "engagement"),
        }
        for row in formats.to_dict("records")
    )
    tables.small(frame, left=[_("Vorm")], alt=_("Berichten naar vorm"))
    st.caption(_("– betekent: het platform gaf dit cijfer niet. Het is geen nul."))


def posts(rows: pd.DataFrame) -> None:
    """Draw the posts; their texts are shown as texts."""
    st.header(_("Berichten"), anchor=False)
    frame = pd.DataFrame(
        {
            _("Geplaatst"): rows["published_at"].map(figures.moment),
            _("Vorm"): rows["format"].map(figures.post_format),
            _("Tekst"): rows["caption"].fillna(figures.UNKNOWN),
            _("Bereik"): rows["reach"].map(figures.count),
            _("Weergaven"): rows["views"].map(figures.count),
            _("Vertoningen"): rows["impressions"].map(figures.count),
        }
    )
    tables.long(
        frame,
        left=[_("Geplaatst"), _("Vorm"), _("Tekst")],
        what=_("Berichten"),
        wide=_("Tekst"),
    )


def _bounds(row: dict[str, object]) -> str:
    if pd.isna(row["reach_lower"]):
        return _("niet aangeboden")
    return figures.plain(figures.between(row["reach_lower"], row["reach_upper"]))


def _offered(row: dict[str, object], measure: str) -> str:
    if pd.isna(row[measure]):
        return _("niet aangeboden")
    return figures.plain(_counted(row, measure))


def _counted(row: dict[str, object], measure: str) -> str:
    is_least = _is_least(row, measure)
    # What residents see is rounded, so it is no bound.
    if is_least and settings().role == "public":
        return figures.or_more(row[measure])
    return figures.count(row[measure], is_lower_bound=is_least)


def _is_least(row: dict[str, object], measure: str) -> bool:
    """Tell whether there is more, since not every post told it."""
    flag = row[f"{measure}_is_least"]
    return not pd.isna(row[measure]) and not pd.isna(flag) and bool(flag)


def _why_least() -> None:
    st.caption(_("“≥” of “of meer”: niet van elk bericht gaf het platform dit cijfer."))


def _drawn(
    months: pd.DataFrame,
    breaks: list[pd.Timestamp],
    what: str,
    lower: str,
    upper: str | None = None,
) -> None:
    if months[lower].isna().all():
        st.info(_("Het platform gaf dit cijfer in deze periode niet."))
    elif upper is None:
        charts.draw(
            month_charts.bars_by_month,
            months,
            lower,
            f"{lower}_is_least",
            breaks,
            alt=alternatives.by_month(months, lower, open_flag=f"{lower}_is_least"),
            what=what,
            rows=months[["month", lower]].assign(
                is_lower_bound=months[f"{lower}_is_least"]
            ),
        )
        if (months[f"{lower}_is_least"].eq(True) & months[lower].notna()).any():
            st.caption(
                _(
                    "Open staaf: ten minste zoveel, want niet van elk bericht van die "
                    "maand gaf het platform dit cijfer."
                )
            )
    else:
        charts.draw(
            month_charts.bounds_by_month,
            months,
            lower,
            upper,
            breaks,
            alt=alternatives.by_month(months, lower, upper),
            what=what,
            rows=months[["month", lower, upper]],
        )

"""What is known of one buurt, part by part; an empty part says what would fill it."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards.components import (
    alternatives,
    around,
    charts,
    figures,
    findings,
    goal_words,
    month_charts,
    street_names,
    tables,
)
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n

_NONE = figures.UNKNOWN


def about(buurt: Mapping[str, object]) -> None:
    """Say how many live in the buurt, and in how many dwellings."""
    said = [
        _n("{count} inwoner", "{count} inwoners", buurt["inhabitant_count"]).format(
            count=_count(buurt["inhabitant_count"])
        ),
        _n("{count} woning", "{count} woningen", buurt["dwelling_count"]).format(
            count=_count(buurt["dwelling_count"])
        ),
    ]
    if pd.isna(buurt["inhabitant_count"]) and pd.isna(buurt["dwelling_count"]):
        said = [_("aantal inwoners en woningen niet bekend")]
    if not buurt["is_residential"]:
        said.append(_("geen woongebied: geen cijfer per 1.000"))
    st.markdown(" · ".join(said))


def offences(rows: pd.DataFrame) -> None:
    """Draw which offences make up the last twelve months."""
    st.header(_("Welke misdrijven?"), anchor=False)
    if rows.empty:
        st.info(_("In deze twaalf maanden is hier geen misdrijf bekend."))
        return
    frame = pd.DataFrame(
        {
            _("Delict"): figures.offence(row),
            _("Deze maand"): figures.count(row["crime_count"]),
            _("Verwacht"): figures.span(row["expected_lower"], row["expected_upper"]),
            _("Oordeel"): figures.verdict(row["status"]),
            _("12 maanden"): figures.count(row["count_12_months"]),
            _("Jaar ervoor"): figures.change(row),
        }
        for row in rows.to_dict("records")
    )
    tables.small(
        frame,
        left=[_("Delict"), _("Oordeel")],
        alt=_("Misdrijven in deze buurt, meeste eerst"),
    )


def beside(rows: pd.DataFrame) -> None:
    """Draw how often it happens per dwelling, beside other buurten."""
    st.header(_("Vergeleken met andere buurten"), anchor=False)
    if rows.empty:
        st.info(
            _(
                "Er is niets om deze buurt mee te vergelijken. Daarvoor zijn twaalf "
                "bekende maanden nodig, en 200 woningen of meer."
            )
        )
        return
    held = {row["compared_with"]: _as_figure(row) for row in rows.to_dict("records")}
    names = {
        "similar": _("vergelijkbare buurten"),
        "wijk": _("de rest van de wijk"),
        "city": _("de rest van de stad"),
    }
    told = [kind for kind in names if kind in held and not held[kind]["is_too_few"]]
    if told:
        findings.say(_sentence_beside(held[told[0]], names[told[0]]))
    findings.picture(
        [(names[kind], held[kind]) for kind in names if kind in held],
        "ratio",
        _("Per woning, in vergelijking met andere buurten"),
        reference=1,
    )
    findings.how(
        _("Vergeleken met andere buurten"),
        _("Twaalf maanden tot en met {month}.").format(
            month=figures.month(rows["month"].iloc[0])
        ),
        _(
            "Misdrijven per woning in deze buurt, gedeeld door die in de andere "
            "buurten samen, zonder deze. De lijn is het 95 %-interval, met de ruis "
            "van de twaalf paren van gelijke maanden."
        ),
        _(
            "Vergelijkbaar zijn de vijf buurten die het meest lijken op deze in het "
            "aantal woningen, het aandeel flats en hoe dicht er gebouwd is. Wie er "
            "woont telt niet mee."
        ),
        *_similar(held.get("similar")),
    )


def _as_figure(row: dict[str, object]) -> dict[str, object]:
    ends = {
        f"figure_{end}": row[f"ratio_{end}"] for end in ("estimate", "lower", "upper")
    }
    return row | ends | {"interval_kind": "confidence"}


def _sentence_beside(row: dict[str, object], where: str) -> str:
    if float(str(row["ratio_lower"])) > 1:
        said = _("Per woning komt het hier vaker voor dan in {where}: {figure}.")
    elif float(str(row["ratio_upper"])) < 1:
        said = _("Per woning komt het hier minder vaak voor dan in {where}: {figure}.")
    else:
        said = _("Per woning is er geen duidelijk verschil met {where}: {figure}.")
    return said.format(where=where, figure=findings.words(row, "ratio"))


def _similar(row: dict[str, object] | None) -> list[str]:
    if row is None or pd.isna(row["similar_names"]):
        return []
    names = figures.plain(str(row["similar_names"]))
    return [_("Van ons gebied zijn dat: {names}.").format(names=names)]


def patrols(rows: pd.DataFrame, tracks: pd.DataFrame, freshness: pd.DataFrame) -> None:
    """Draw the hours of the watch teams by month, and what the tracks say."""
    st.header(_("Buurtpreventie"), anchor=False)
    if rows.empty:
        _missing(_("Geen rondes bekend."), "watch__patrols", freshness)
        return
    charts.draw(
        month_charts.bars_by_month,
        rows,
        "patrol_hours",
        "is_lower_bound",
        alt=alternatives.by_month(rows, "patrol_hours", open_flag="is_lower_bound"),
        what=_("Uren buurtpreventie per maand"),
        rows=rows,
    )
    st.caption(
        _(
            "Open staaf: ten minste zoveel uur. Geen staaf: geen ronde gemeld; dat "
            "hoeft niet te zeggen dat er niet is gelopen."
        )
    )
    track_count, length_km = tracks.loc[0, ["track_count", "length_km"]]
    if track_count:
        st.caption(
            _n(
                "In twaalf maanden: {tracks} opgenomen route, {length} km in deze "
                "buurt.",
                "In twaalf maanden: {tracks} opgenomen routes, {length} km in deze "
                "buurt.",
                track_count,
            ).format(
                tracks=_count(track_count),
                length=figures.plain(figures.decimal(length_km)),
            )
        )


def groups(rows: pd.DataFrame, freshness: pd.DataFrame) -> None:
    """Say how many groups there are, and how many members they have together."""
    st.header(_("Berichten in de groepen"), anchor=False)
    row = rows.iloc[0]
    if not row["group_count"]:
        _missing(_("Geen groep bekend."), "whatsapp__groups", freshness)
        return
    st.markdown(
        _n(
            "**{groups}** groep met {members} (op {day})",
            "**{groups}** groepen, samen {members} (op {day})",
            row["group_count"],
        ).format(
            groups=_count(row["group_count"]),
            members=_n(
                "**{count}** lid", "**{count}** leden", row["member_count"]
            ).format(
                count=figures.plain(
                    figures.at_least(row["member_count"], row["is_lower_bound"])
                )
            ),
            day=figures.plain(figures.day(row["as_of_date"])),
        )
    )


def messages(months: pd.DataFrame, rows: pd.DataFrame, freshness: pd.DataFrame) -> None:
    """Draw the messages by month, and those of the month that is chosen."""
    if months.empty:
        _missing(_("Geen berichten bekend."), "whatsapp__broadcasts", freshness)
        return
    charts.draw(
        month_charts.bars_by_month,
        months,
        "message_count",
        alt=alternatives.by_month(months, "message_count"),
        what=_("Berichten in de groepen per maand"),
        rows=months,
    )
    if rows.empty:
        st.caption(_("In deze maand ging er geen bericht naar een groep."))
        return
    with st.expander(_("De berichten van deze maand")):
        frame = pd.DataFrame(
            {
                _("Datum"): rows["sent_date"].map(figures.day),
                _("Soort"): rows["kind"].fillna(_NONE),
                _("Thema"): [_theme(code) for code in rows["theme"]],
                _("Tekst"): rows["text"].fillna(_NONE),
                _("Groepen"): rows["group_count"].map(figures.count),
            }
        )
        tables.long(
            frame,
            left=[_("Datum"), _("Soort"), _("Thema"), _("Tekst")],
            what=_("De berichten van deze maand"),
            wide=_("Tekst"),
        )


def street_knowledge(rows: pd.DataFrame, freshness: pd.DataFrame) -> None:
    """Draw what those who know the street say, beside the figures and never in them."""
    st.header(_("Straatkennis"), anchor=False)
    if rows.empty:
        _missing(_("Geen straatkennis bekend."), "team__street_knowledge", freshness)
        return
    held = rows[rows["is_held"]]
    if held.empty:
        st.info(_("Wat eerder is gezegd, geldt in deze maand niet meer."))
    else:
        tables.small(
            _judgements(held),
            left=list(_judgements(held)),
            alt=_("Straatkennis die nu geldt"),
        )
    st.caption(
        _(
            "Een mening van mensen die er komen; zij telt niet mee in een aantal of "
            "cijfer. Ernst: van 1 (nauwelijks) tot 5 (zeer)."
        )
    )
    earlier = rows[~rows["is_held"]]
    if not earlier.empty:
        with st.expander(_("Wat eerder is gezegd")):
            tables.small(
                _judgements(earlier),
                left=list(_judgements(earlier)),
                alt=_("Straatkennis die niet meer geldt"),
            )


def goals(rows: pd.DataFrame, freshness: pd.DataFrame) -> None:
    """Draw what was agreed to reach, for the buurt and for the whole area."""
    st.header(_("Doelen"), anchor=False)
    if rows.empty:
        _missing(_("Geen doelen afgesproken."), "team__goals", freshness)
        return
    goal_words.goals(rows)


def _judgements(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Thema"): figures.theme(row["theme"]),
            _("Bron"): street_names.judge(row["judged_by"]),
            _("Het wordt"): street_names.direction(row["direction"]),
            _("Ernst"): figures.count(row["severity"]),
            _("Wanneer"): street_names.day_part(row["day_part"]),
            _("Reden"): _NONE if pd.isna(row["reason"]) else str(row["reason"]),
            _("Datum"): figures.day(row["judged_date"]),
            _("Geldt tot"): figures.day(row["valid_until_date"]),
        }
        for row in rows.to_dict("records")
    )


def _theme(code: object) -> str:
    return _NONE if pd.isna(code) else figures.theme(code)


def _count(value: object) -> str:
    return figures.plain(figures.count(value))


def _missing(text: str, source: str, freshness: pd.DataFrame) -> None:
    """Say that a part is empty, and what to deliver when nothing was.

    Args:
        text: What there is none of.
        source: The deliveries that would fill it.
        freshness: One row per source, with the newest delivery.
    """
    row = freshness.set_index("source", drop=False).loc[source].to_dict()
    if pd.isna(row["last_landed_at"]):
        remedy = _(
            "“{name}” is nog nooit geleverd: zet de lijst in de inbox, in de map "
            "{folder}. Hoe zij eruitziet staat in “Zo stuurt u ons een bestand”."
        )
    else:
        remedy = _("“{name}” is wel geleverd, maar gaat hier niet over.")
    around.missing(
        f"**{text}** "
        + remedy.format(name=around.name(row), folder=figures.plain(source))
    )

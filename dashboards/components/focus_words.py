"""The focus list in words and tables: an agenda, and what each line stands on."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards.components import charts, figures, pattern_charts, tables
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n

SHOWN = 12
PARTS = ("burden", "volume", "deviation", "persistence", "near_repeat")
STREET = "street"


def part(code: str) -> str:
    """Return the name of a part of the score."""
    return {
        "burden": _("Naar verhouding"),
        "volume": _("Hoeveel"),
        "deviation": _("Neemt toe"),
        "persistence": _("Houdt aan"),
        "near_repeat": _("Kort na elkaar"),
        STREET: _("Straatkennis"),
    }[code]


def note(codes: object) -> str:
    """Return why parts of a score are nothing."""
    if not isinstance(codes, str):
        return ""
    known = {
        "no_figures": _("geen cijfers over dit thema"),
        "missing_months": _("niet alle maanden zijn bekend"),
        "definition_break": _("er wordt mogelijk anders geteld dan daarvoor"),
        "no_rate": _("geen cijfer per 1.000"),
        "late_reports": _("er komen nog aangiften van deze drie maanden bij"),
        "too_few": _("drie maanden: te weinig om iets te zeggen"),
    }
    return "; ".join(known.get(code, code) for code in codes.split())


def points(lines: pd.DataFrame) -> pd.DataFrame:
    """Return one row per line and part, with what it adds to the score."""
    named = [
        lines.assign(
            part=code,
            points=lines["theme_weight"] * lines[f"{code}_weight"] * lines[code],
        )
        for code in PARTS
    ]
    # What nobody judged moves nothing.
    street = lines["street_weight"] * lines["street_judgement"].fillna(0)
    named.append(lines.assign(part=STREET, points=street))
    return pd.concat(named, ignore_index=True)


def place(row: Mapping[str, object]) -> str:
    """Return ``3 (1–5)``: the place, and between which it moves with the weights."""
    rank, lower, upper = (
        figures.count(float(str(row[name])))
        for name in ("rank", "rank_lower", "rank_upper")
    )
    return rank if lower == upper else f"{rank} ({lower}–{upper})"


def title(row: Mapping[str, object]) -> str:
    """Return ``Autokraak · Houtwijk``."""
    return f"{figures.theme(row['theme'])} · {row['buurt_name']}"


def agenda(lines: pd.DataFrame) -> None:
    """Say what the list is, and draw its first lines."""
    months = lines["month"].dropna()
    newest = figures.month(months.max()) if len(months) else figures.UNKNOWN
    st.markdown(
        _(
            "**Een agenda, geen meting.** De lijst zegt waarover het gesprek begint, "
            "tot en met {month}. Wie er zit, bepaalt waarover het gaat."
        ).format(month=newest)
    )
    _older(lines)
    top = lines.head(SHOWN)
    drawn = points(top).assign(
        part_name=lambda each: each["part"].map(part),
        line=[f"{place(row)}  {title(row)}" for row in _thrice(top)],
    )
    names = ", ".join(title(row) for row in top.head(3).to_dict("records"))
    charts.draw(
        pattern_charts.parts_of_scores,
        drawn[["rank", "line", "part_name", "points"]],
        [part(code) for code in (*PARTS, STREET)],
        alt=_("Staven per regel van de lijst, hoogste bovenaan: {names}.").format(
            names=names
        ),
        what=_("Waaruit de score van elke regel bestaat"),
    )
    st.caption(
        _(
            "Tussen haakjes: tussen welke plaatsen de regel schuift als de vijf "
            "gewichten tot een kwart hoger of lager zijn. Toeval zit daar niet in: op "
            "een paar misdrijven kan een hoge plaats rusten, dus kijk naar de "
            "aantallen in de tabel. Links van nul: straatkennis die de regel omlaag "
            "schuift."
        )
    )


def _older(lines: pd.DataFrame) -> None:
    """Say of which themes the figures end sooner than those of others."""
    ends = lines.groupby("theme")["month"].max().dropna()
    for month, themes in ends[ends < ends.max()].groupby(ends):
        names = ", ".join(figures.theme(theme) for theme in sorted(themes.index))
        st.caption(
            _(
                "Tot en met {month}: {names}. Van latere maanden is niet alles "
                "geleverd, of niet alles volledig."
            ).format(month=figures.month(month), names=figures.plain(names))
        )


def left_out(themes: list[str]) -> None:
    """Name the themes that have no line, since their figures are nowhere complete."""
    if themes:
        st.caption(
            _(
                "Niet in de lijst: {names}. Van geen maand is daarvan alles geleverd; "
                "zie de Gebiedsscan."
            ).format(names=figures.plain(", ".join(map(figures.theme, themes))))
        )


def table(lines: pd.DataFrame, holders: pd.DataFrame) -> None:
    """Draw the lines with every part of their score, beside street knowledge."""
    held = _held(holders)
    frame = pd.DataFrame(
        {
            _("Plaats (van–tot)"): place(row),
            _("Thema"): figures.theme(row["theme"]),
            _("Buurt"): row["buurt_name"],
            _("Score"): figures.decimal(row["score"]),
            _("12 maanden"): figures.count(row["count_12_months"]),
            _("3 maanden"): _three_months(row),
            part(STREET): figures.UNKNOWN
            if pd.isna(row["street_judgement"])
            else figures.signed(row["street_weight"] * row["street_judgement"]),
            _("Wie"): held.get(row["theme"], figures.UNKNOWN),
            _("Let op"): note(row["note"]) or figures.UNKNOWN,
            **{
                part(code): figures.decimal(
                    row["theme_weight"] * row[f"{code}_weight"] * row[code]
                )
                for code in PARTS
            },
            _("Per 1.000"): figures.interval(
                row["shrunk_rate_estimate"],
                row["shrunk_rate_lower"],
                row["shrunk_rate_upper"],
            ),
        }
        for row in lines.to_dict("records")
    )
    left = [_("Thema"), _("Buurt"), _("Wie"), _("Let op")]
    tables.long(frame, left, _("De focuslijst"))
    weights = lines.dropna(subset=["theme_weight_set_by_role"])
    for row in weights.drop_duplicates("theme").to_dict("records"):
        if row["theme_weight"] != 1:
            st.caption(
                _("{theme} weegt {weight}, ingesteld door {role} op {day}.").format(
                    theme=figures.theme(row["theme"]),
                    weight=figures.decimal(row["theme_weight"]),
                    role=figures.plain(row["theme_weight_set_by_role"]),
                    day=figures.day(row["theme_weight_set_date"]),
                )
            )


def reasons(lines: pd.DataFrame) -> None:
    """Say why the street moves a line, under the figures of that line."""
    moved = lines[lines["moved_count"].fillna(0) > 0]
    for row in moved.to_dict("records"):
        given = row["reason"] if isinstance(row["reason"], str) else ""
        st.markdown(
            _n(
                "**{line}** – cijfers: {figures}; straat: {moved} punt. {reason}",
                "**{line}** – cijfers: {figures}; straat: {moved} punten. {reason}",
                abs(row["street_weight"] * row["street_judgement"]),
            ).format(
                line=figures.plain(title(row)),
                figures=figures.plain(_three_months(row)),
                moved=figures.plain(
                    figures.signed(row["street_weight"] * row["street_judgement"])
                ),
                reason=figures.plain(given)
                if given
                else _("De reden wordt van bewoners en ondernemers niet bewaard."),
            )
        )


def agreement(lines: pd.DataFrame, day: pd.Timestamp) -> None:
    """Count how often the street says what the figures say.

    Args:
        lines: Those of the list.
        day: By which judgements hold.
    """
    st.subheader(_("Zeggen cijfers en straat hetzelfde?"), anchor=False)
    if not lines["judgement_count"].fillna(0).sum():
        st.info(_("Er zijn geen oordelen die nog gelden."))
        return
    sums = lines.groupby("status_3_months")[
        ["more_count", "same_count", "less_count"]
    ].sum()
    frame = pd.DataFrame(
        {
            _("De cijfers zeggen"): figures.verdict(status),
            _("straat: meer"): figures.count(row["more_count"]),
            _("straat: gelijk"): figures.count(row["same_count"]),
            _("straat: minder"): figures.count(row["less_count"]),
        }
        for status in figures.SIGNS
        for row in [_row(sums, status)]
    )
    tables.small(
        frame,
        left=[_("De cijfers zeggen")],
        alt=_("Oordelen van de straat naast die van de cijfers, in aantallen"),
    )
    st.caption(
        _(
            "Aantallen oordelen die op {day} gelden, tegen het oordeel over drie "
            "maanden. Waar ze verschillen, begint het gesprek. Oordelen worden nooit "
            "met aantallen gemiddeld."
        ).format(day=figures.day(day))
    )


def method() -> None:
    """Say how the score is made."""
    st.markdown(_("Elk thema in elke buurt krijgt punten voor vijf vragen, samen 100:"))
    questions = [
        _(
            "**Naar verhouding** (30): het jaarcijfer per 1.000, afgevlakt, tegen dat "
            "van het hele gebied; alle punten vanaf het dubbele. Hoe ernstig een "
            "misdrijf is, telt niet mee."
        ),
        _(
            "**Hoeveel** (20): het deel van alle misdrijven van het thema; alle punten "
            "vanaf een kwart."
        ),
        _(
            "**Neemt toe** (25): hoe hoog de laatste drie maanden liggen in wat te "
            "verwachten was; niets als er te weinig is om iets te zeggen."
        ),
        _(
            "**Houdt aan** (10): in hoeveel van de laatste twaalf maanden er meer was "
            "dan verwacht."
        ),
        _(
            "**Kort na elkaar** (15): of er aan het eind van de maand een plek was "
            "waar op een misdrijf vaak snel een tweede volgt."
        ),
    ]
    st.markdown("\n".join(f"- {question}" for question in questions))
    st.markdown(
        _(
            "Het gewicht van een thema (1, tenzij het team iets anders vaststelt) "
            "vermenigvuldigt dat. **Straatkennis** schuift daarna ten hoogste 15 "
            "punten omhoog of omlaag: het gemiddelde van de oordelen die nog gelden "
            "en een verplaatsing noemen. Wat onbekend is, telt als niets, en dat staat "
            "erbij."
        )
    )
    st.markdown(
        _(
            "Een score is **een agenda, geen meting**: hij wordt niet door de tijd "
            "gevolgd en nooit in het openbaar getoond."
        )
    )


def _three_months(row: Mapping[str, object]) -> str:
    count, status = row["count_3_months"], row["status_3_months"]
    if pd.isna(count):
        return figures.UNKNOWN
    expected = figures.span(
        row["expected_3_months_lower"], row["expected_3_months_upper"]
    )
    said = f"{figures.sign(status)} {figures.count(count)}"
    if expected == figures.UNKNOWN:
        return said
    return _("{count} (verwacht {expected})").format(count=said, expected=expected)


def _held(holders: pd.DataFrame) -> dict[object, str]:
    named = holders.assign(
        said=[
            f"{row['role_name']} ({figures.organisation(row['organisation'])})"
            for row in holders.to_dict("records")
        ]
    )
    return {theme: ", ".join(rows["said"]) for theme, rows in named.groupby("theme")}


def _row(sums: pd.DataFrame, status: str) -> Mapping[str, float]:
    if status in sums.index:
        return sums.loc[status]
    return {"more_count": 0, "same_count": 0, "less_count": 0}


def _thrice(lines: pd.DataFrame) -> list[dict[str, object]]:
    """Return the lines as often as they have parts."""
    return lines.to_dict("records") * (len(PARTS) + 1)

"""Whether something works, in words of every day; never a figure without its interval.

The four verdicts are those of MEASURES C8, and there are no others.
"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards.components import (
    charts,
    effect_charts,
    figures,
    mind_words,
    pickers,
    reporting_words,
    tables,
)
from dashboards.locales import translate as _

TOO_FEW = "too few to say"
_SIGNS = {
    "works": "✔", "no sign that it works": "●", TOO_FEW: "○", "made worse": "▲",
}  # fmt: skip
_OF_HUNDRED = 100


def verdict(code: object) -> str:
    """Return a verdict with its sign."""
    said = {
        "works": _("werkt"),
        "no sign that it works": _("geen teken dat het werkt"),
        TOO_FEW: _("te weinig om te zeggen"),
        "made worse": _("het werd erger"),
    }
    return f"{_SIGNS[str(code)]} {said[str(code)]}"


def title(row: Mapping[str, object]) -> str:
    """Return what was started: the name of a programme, or what all of a kind are."""
    if row["study_kind"] == "programme":
        return str(row["study_name"])
    together = {
        "whatsapp": _("WhatsApp-groepen, eerste van elke buurt"),
        "buurtpreventie_start": _("Watch-teams samen"),
        "jeugd": _("Programma’s voor jeugd samen"),
    }
    name = str(row["study_name"])
    return together.get(name, _("Alle programma’s “{kind}” samen").format(kind=name))


def name(row: Mapping[str, object]) -> str:
    """Return ``Start watch-team · Woninginbraak``."""
    return f"{title(row)} · {figures.offence(row)}"


def headline(row: Mapping[str, object]) -> str:
    """Return the verdict and what it is about, as plain text."""
    texts = {
        "works": _("Werkt: {what}"),
        "no sign that it works": _("Geen teken dat het werkt: {what}"),
        TOO_FEW: _("Te weinig om te zeggen: {what}"),
        "made worse": _("Het werd erger: {what}"),
    }
    return texts[str(row["verdict"])].format(what=name(row))


def sentence(row: Mapping[str, object]) -> str:
    """Return the finding as one sentence of markdown."""
    said = [f"**{figures.plain(headline(row))}.**"]
    if isinstance(row["reason"], str):
        why = reason(row["reason"])
        said.append(figures.plain(f"{why[:1].upper()}{why[1:]}."))
    if _has_interval(row):
        said.append(figures.plain(change(row)))
    return " ".join(said)


def change(row: Mapping[str, object]) -> str:
    """Return between what the change lies: ``tussen 46 minder en 3 meer``."""
    if not _has_interval(row):
        return ""
    lower, upper = (_shown(row, end) for end in ("lower", "upper"))
    low, high = figures.count(abs(lower)), figures.count(abs(upper))
    if upper < 0:
        between = _("{high} tot {low} minder").format(high=high, low=low)
    elif lower > 0:
        between = _("{low} tot {high} meer").format(low=low, high=high)
    else:
        between = _("{low} minder tot {high} meer").format(low=low, high=high)
    if row["unit"] == "offences":
        return _("{between} misdrijven dan verwacht, met 95 % zekerheid.").format(
            between=between
        )
    return _("{between} van elke 100 die verwacht werden, met 95 % zekerheid.").format(
        between=between
    )


def short(row: Mapping[str, object]) -> str:
    """Return the interval for a table: ``-40 tot 15 per 100``."""
    if not _has_interval(row):
        return figures.UNKNOWN
    ends = figures.span(_shown(row, "lower"), _shown(row, "upper"))
    said = _("{span} in getal") if row["unit"] == "offences" else _("{span} per 100")
    return said.format(span=ends)


def reason(code: object) -> str:
    """Return why there is too little to say anything."""
    return {
        "few_comparison_areas": _("er zijn geen vier buurten om mee te vergelijken"),
        "missing_months": _("niet alle maanden zijn bekend"),
        "few_crimes": _("het zijn te weinig misdrijven"),
        "few_areas_with_crime": _("in te weinig buurten gebeurde iets"),
        "too_early": _("er is nog geen jaar voorbij"),
        "no_history": _("van het jaar ervoor zijn geen cijfers"),
        "break_inside": _("onderweg is anders geteld"),
        "pre_trend": _("de buurten verschilden al voor de start"),
        "one_area": _(
            "met zo weinig buurten is geen enkel effect van toeval te onderscheiden"
        ),
        "more_reporting_possible": _(
            "er is meer geregistreerd, maar misschien is er alleen meer gemeld"
        ),
        "chance_not_ruled_out": _("het kan ook toeval zijn"),
        "study_too_small": _("een effect van deze grootte is hier niet te zien"),
        "no_interval": _("de onzekerheid heeft geen einde"),
        "no_randomisation": _("telt alleen mee naast de andere manieren"),
        "poor_fit": _("er is geen goede vergelijking te maken"),
    }.get(str(code), str(code))


def summary(rows: pd.DataFrame) -> None:
    """Say how many questions got which answer."""
    counts = rows["verdict"].value_counts()
    said = ", ".join(
        f"{figures.count(counts.get(code, 0))} × {figures.plain(verdict(code))}"
        for code in _SIGNS
    )
    st.markdown(
        _("**{count} keer is gevraagd of iets werkt:** {said}.").format(
            count=figures.count(len(rows)), said=said
        )
    )


def table(rows: pd.DataFrame) -> None:
    """Draw all findings, what says most first."""
    frame = pd.DataFrame(
        {
            _("Wat"): title(row),
            _("Delict"): figures.offence(row),
            _("Sinds"): _since(row),
            _("Oordeel"): verdict(row["verdict"]),
            _("Verandering"): short(row),
            _("Waarom geen oordeel"): reason(row["reason"])
            if isinstance(row["reason"], str)
            else figures.UNKNOWN,
        }
        for row in rows.to_dict("records")
    )
    # Reasons are sentences, which only this kind of table writes on more lines.
    tables.small(frame, list(frame.columns), _("Werkt het? Alle antwoorden"))


def choose(rows: pd.DataFrame) -> dict[str, object]:
    """Let the reader choose a finding."""
    known = {
        (row["study_id"], row["offence_code"]): row for row in rows.to_dict("records")
    }
    key = pickers.choice(
        _("Wat wilt u weten?"), "effect-wat", list(known), lambda k: name(known[k])
    )
    return known[key]


def finding(row: Mapping[str, object]) -> None:
    """Say what was found, draw its interval, and say what would change our mind."""
    st.subheader(
        f"{_SIGNS[str(row['verdict'])]} {figures.plain(headline(row))}", anchor=False
    )
    if isinstance(row["reason"], str):
        st.markdown(
            _("Waarom: {why}.").format(why=figures.plain(reason(row["reason"])))
        )
    if _has_interval(row):
        st.markdown(f"**{figures.plain(change(row))}**")
        shown = pd.DataFrame(
            [{end: _shown(row, end) for end in ("lower", "estimate", "upper")}]
        )
        charts.draw(
            effect_charts.interval,
            shown,
            alt=_("Streep van {change} Nul is geen verschil.").format(
                change=change(row)
            ),
            what=name(row),
        )
    st.markdown(_where(row))
    if not pd.isna(row["displacement_lower"]):
        st.markdown(
            _(
                "**In de buurten ernaast:** {between}. Boven nul kan er misdaad heen "
                "zijn gegaan; onder nul hadden zij er ook wat aan."
            ).format(between=figures.plain(_between(row, "displacement")))
        )
    reporting_words.caveat(row)
    reporting_words.break_even(row)
    st.markdown(_("**Wat zou ons van gedachten doen veranderen?**"))
    st.markdown(mind_words.of(row))


def on_the_wall(rows: pd.DataFrame, month: pd.Timestamp) -> None:
    """Say on the briefing what is known of what the team started."""
    begun = rows[rows["start_month"].isna() | (rows["start_month"] <= month)]
    if begun.empty:
        return
    st.header(_("Werkt het?"), anchor=False)
    said = begun[begun["verdict"] != TOO_FEW]
    for row in said.to_dict("records"):
        st.markdown(f"{_SIGNS[str(row['verdict'])]} {sentence(row)}")
        reporting_words.caveat(row)
    few = len(begun) - len(said)
    if few:
        st.markdown(
            _(
                "○ Van **{count}** vragen is er te weinig om te zeggen of het werkt. "
                "Waarom, staat op de bladzijde Effect."
            ).format(count=figures.count(few))
        )


def quarters(rows: pd.DataFrame, row: Mapping[str, object]) -> None:
    """Draw the effect per three months before and after the start."""
    if rows.empty:
        return
    st.markdown(_("**Per drie maanden, voor en na de start**"))
    shown = pd.DataFrame(
        {
            "from_month": rows["event_from_month"],
            **{
                end: _OF_HUNDRED * (rows[f"effect_{end}"].astype(float) - 1)
                for end in ("lower", "estimate", "upper")
            },
        }
    )
    outside = int(((shown["lower"] > 0) | (shown["upper"] < 0)).sum())
    charts.draw(
        effect_charts.quarters,
        shown,
        alt=_(
            "Strepen per drie maanden voor en na de start; van {count} ligt nul buiten "
            "de streep."
        ).format(count=figures.count(outside)),
        what=_("Per drie maanden: {what}").format(what=name(row)),
    )
    st.caption(
        _(
            "Links van de start horen de strepen over nul te gaan: dan liepen de "
            "buurten gelijk op. Lange strepen zijn afgekapt."
        )
    )


def method(rows: pd.DataFrame) -> None:
    """Say how it was reckoned, and what every other way finds."""
    with st.expander(_("Hoe is dit berekend?")):
        st.markdown(
            _(
                "We tellen twaalf maanden voor en twaalf maanden na de start; de maand "
                "van de start telt niet mee. Wat er in de buurt veranderde, leggen we "
                "naast wat er in buurten zonder start veranderde. Beginnen buurten in "
                "verschillende maanden, dan zegt een model wat er zonder start te "
                "verwachten was."
            )
        )
        st.markdown(
            _(
                "Buurten verschillen meer dan toeval alleen; daarom is de streep "
                "breder dan in veel boekjes. Daarnaast geven we de start in gedachten "
                "aan andere buurten. Pas als dat zelden zo’n groot verschil geeft "
                "(hoogstens 1 op de 20), heet het “werkt” of “het werd erger”. Bij "
                "meer vragen over één programma is de eis strenger (Holm)."
            )
        )
        frame = pd.DataFrame(
            {
                _("Manier"): design(row["design"]),
                _("Uitkomst"): short(row),
                _("Oordeel"): verdict(row["verdict"]),
                _("Kans op toeval"): figures.decimal(row["probability"], 3),
                _("Buurten"): _areas(row),
                _("Maanden"): f"{figures.count(row['months_before'])} + "
                f"{figures.count(row['months_after'])}",
                _("Vragen"): figures.count(row["test_count"]),
                _("Ruis"): figures.decimal(row["phi"], 2),
                _("Waarom geen oordeel"): reason(row["reason"])
                if isinstance(row["reason"], str)
                else figures.UNKNOWN,
            }
            for row in rows.to_dict("records")
        )
        left = [
            _("Manier"), _("Uitkomst"), _("Oordeel"), _("Waarom geen oordeel"),
        ]  # fmt: skip
        tables.long(
            frame,
            left,
            _("Alle manieren van rekenen"),
            wide=_("Waarom geen oordeel"),
        )
        st.caption(
            _(
                "Ruis: hoeveel onrustiger de buurten zijn dan zuiver toeval (1). De "
                "eerste manier geeft het oordeel; welke dat is, staat van tevoren vast."
            )
        )


def design(code: object) -> str:
    """Return the name of a design."""
    return {
        "wdd": _("gewogen verschil met verplaatsing (WDD)"),
        "res": _("verhouding van verhoudingen (RES)"),
        "panel": _("model van buurten en maanden"),
        "its": _("knik in de reeks van één gebied"),
        "synthetic": _("nagemaakte buurt uit andere buurten"),
    }.get(str(code), str(code))


def _since(row: Mapping[str, object]) -> str:
    first, last = (pd.Timestamp(str(row[k])) if not pd.isna(row[k]) else None
                   for k in ("start_month", "last_start_month"))  # fmt: skip
    if first is None or last is None:
        return figures.UNKNOWN
    if first == last:
        return figures.month(first)
    return _("{first} tot {last}").format(
        first=figures.month(first), last=figures.month(last)
    )


def _where(row: Mapping[str, object]) -> str:
    if pd.isna(row["source"]):
        return ""
    text = _("**Waar:** {buurten}, sinds {since}; vergeleken met {beside}.").format(
        buurten=figures.plain(row["buurt_names"]),
        since=figures.plain(_since(row)),
        beside=figures.plain(_beside(row)),
    )
    if not pd.isna(row["count_before"]) and not pd.isna(row["count_after"]):
        text += " " + _(
            "In deze buurten: van {before} naar {after} misdrijven."
        ).format(
            before=figures.count(_number(row, "count_before")),
            after=figures.count(_number(row, "count_after")),
        )
    return text


def _beside(row: Mapping[str, object]) -> str:
    said = {
        "agreed": _("{n} afgesproken buurten"),
        "team": _("{n} andere buurten van het team"),
        "region": _("{n} buurten van de regio"),
    }[str(row["comparison"])]
    if row["design"] == "panel":
        # Who starts later is a comparison until then: all may be their own.
        said = _("{n} buurten, in de maanden waarin die zelf nog niet begonnen waren")
    return said.format(n=figures.count(_number(row, "comparison_area_count")))


def _areas(row: Mapping[str, object]) -> str:
    treated, beside = (
        figures.count(_number(row, column))
        for column in ("treated_area_count", "comparison_area_count")
    )
    return _("{treated} naast {beside}").format(treated=treated, beside=beside)


def _between(row: Mapping[str, object], part: str) -> str:
    return change(
        {"unit": row["unit"]}
        | {f"effect_{end}": row[f"{part}_{end}"] for end in ("lower", "upper")}
    ).rstrip(".")


def _has_interval(row: Mapping[str, object]) -> bool:
    return not (pd.isna(row["effect_lower"]) or pd.isna(row["effect_upper"]))


def _shown(row: Mapping[str, object], end: str) -> float:
    """Return an end in what is shown: offences, or so many of each hundred."""
    value = _number(row, f"effect_{end}")
    return value if row["unit"] == "offences" else _OF_HUNDRED * (value - 1)


def _number(row: Mapping[str, object], column: str) -> float:
    value = row[column]
    return float("nan") if pd.isna(value) else float(str(value))

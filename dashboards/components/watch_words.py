"""The team signals, the police respond: per team and month (MEASURES B9)."""

import pandas as pd
import streamlit as st

from dashboards.components import figures, findings, tables
from dashboards.locales import translate as _


def cycle(month: pd.DataFrame, year: pd.DataFrame, when: pd.Timestamp) -> None:
    """Draw what teams signal and what comes of it, in a month and in a year."""
    st.header(_("Het team signaleert, de politie reageert"), anchor=False)
    together = findings.pick(year, measure="signals_per_hour", level="all")
    if together is None:
        st.info(_("Een jaar aan rondes en signalen is er nog niet."))
    else:
        _sentence(year, when)
    _table(month)
    if together is None:
        return
    left, right = st.columns(2)
    with left:
        _teams(year, "signals_per_hour", "number", _("Signalen per uur"))
        _teams(year, "followed_share", "share", _("Signalen met een uitkomst"))
    with right:
        _teams(
            year,
            "response_minutes_median",
            "minutes",
            _("Minuten tot de politie reageert"),
        )
        _teams(year, "fed_back_share", "share", _("Signalen met antwoord aan het team"))
    findings.how(
        _("Signalen en reactie"),
        _(
            "Signalen per uur: wat de rondelijst telt, gedeeld door de uren van rondes "
            "waarvan begin en eind bekend zijn. De lijn is het exacte Poisson-interval "
            "(95 %); onder 20 uur staat er niets."
        ),
        _(
            "Reactie: de tijd waarin de helft van de signalen aan 112, 0900-8844 of de "
            "wijkagent is beantwoord. Wie nog wacht, telt mee zolang hij wacht "
            "(Kaplan-Meier). Kwam een ander, dan telt het signaal niet als wachtend."
        ),
        _(
            "Uitkomst en antwoord: van signalen van ten minste 14 dagen oud "
            "(Wilson-interval). Bij minder dan 20 staan aantallen, geen procenten."
        ),
    )


def teams(year: pd.DataFrame) -> list[str]:
    """Return the codes of the teams of a year."""
    codes = year.loc[year["level"] == "team", "subject"]
    return sorted(codes.unique().tolist())


def of_team(team: str, months: pd.DataFrame) -> None:
    """Draw one team month by month."""
    left, right = st.columns(2)
    with left:
        findings.by_month(
            months[months["measure"] == "signals_per_hour"],
            "number",
            _("Signalen per uur, {team}").format(team=figures.team(team)),
        )
    with right:
        findings.by_month(
            months[months["measure"] == "followed_share"],
            "share",
            _("Signalen met een uitkomst, {team}").format(team=figures.team(team)),
        )


def on_time(year: pd.DataFrame, offences: dict[str, str]) -> None:
    """Draw whether it was walked when it happens.

    Args:
        year: The figures of twelve months.
        offences: Names by code, in order.
    """
    st.header(_("Wordt er gelopen als het gebeurt?"), anchor=False)
    told = [
        (code, label)
        for code, label in offences.items()
        if (row := findings.pick(year, measure="targeting", level="all", part=code))
        and not row["is_too_few"]
    ]
    if not told:
        st.info(
            _(
                "Daarvoor zijn ten minste tien rondes nodig, en vijftig voorvallen in "
                "de twaalf maanden ervoor."
            )
        )
        return
    for code, label in told:
        time = findings.pick(year, measure="hot_time_share", level="all", part=code)
        hours = findings.pick(year, measure="hot_hours_share", level="all", part=code)
        findings.say(
            _(
                "{offence}: {walked} van de looptijd viel in de uren waarin de helft "
                "gebeurt. Die uren zijn {hours} van de week."
            ).format(
                offence=label,
                walked=findings.words(time, "share"),
                hours=findings.words(hours, "share"),
            )
        )
    code, label = told[0]
    lines = [
        (label, findings.pick(year, measure="targeting", level="all", part=code))
        for code, label in told
    ]
    teams = year[
        (year["measure"] == "targeting")
        & (year["level"] == "team")
        & (year["part"] == code)
    ]
    lines += [
        (f"{label}, {figures.team(row['subject'])}", row)
        for row in teams.to_dict("records")
    ]
    findings.picture(lines, "ratio", _("Gericht lopen"), reference=1)
    st.caption(
        _("Bij 1 (streepjes) is het niet beter dan lopen op een willekeurig moment.")
    )
    findings.how(
        _("Gericht lopen"),
        _(
            "De week is in acht delen verdeeld. Per deel staat de looptijd naast het "
            "deel van de voorvallen in de twaalf maanden vóór die maand, zodat niemand "
            "achteraf gelijk krijgt."
        ),
        _(
            "2 keer betekent: op de momenten dat er is gelopen, gebeurt het twee keer "
            "zo vaak als gemiddeld. De lijn: steeds opnieuw getrokken rondes (999 "
            "keer)."
        ),
        _("Overlap in de tabel van de analist: het deel dat in dezelfde uren valt."),
    )


def _sentence(year: pd.DataFrame, when: pd.Timestamp) -> None:
    rate = findings.pick(year, measure="signals_per_hour", level="all")
    wait = findings.pick(year, measure="response_minutes_median", level="all")
    back = findings.pick(year, measure="fed_back_share", level="all")
    findings.say(
        _(
            "In het jaar tot en met {month} gaven de teams {rate} signalen per uur. De "
            "helft van de signalen aan de politie was beantwoord na {wait}. Signalen "
            "waarop het team antwoord kreeg: {back}."
        ).format(
            month=figures.month(when),
            rate=findings.words(rate, "number"),
            wait=findings.words(wait, "minutes"),
            back=findings.words(back, "share"),
        )
    )


def _table(month: pd.DataFrame) -> None:
    hours = month[(month["measure"] == "patrol_hours") & (month["level"] == "team")]
    if hours.empty:
        return

    def of(team: str, measure: str, unit: findings.Unit) -> str:
        row = findings.pick(month, measure=measure, level="team", subject=team)
        return findings.words(row, unit)

    frame = pd.DataFrame(
        {
            _("Team"): figures.team(row["subject"]),
            _("Uren"): figures.decimal(
                row["figure_estimate"], is_lower_bound=row["unknown_count"] > 0
            ),
            _("Signalen per uur"): of(row["subject"], "signals_per_hour", "number"),
            _("Helft beantwoord na"): of(
                row["subject"], "response_minutes_median", "minutes"
            ),
            _("Met uitkomst"): of(row["subject"], "followed_share", "share"),
            _("Antwoord aan team"): of(row["subject"], "fed_back_share", "share"),
        }
        for row in hours.to_dict("records")
    )
    tables.small(frame, [_("Team")], alt=_("De kring per team in deze maand"))
    st.caption(
        _("Eén maand van één team is bijna altijd te weinig; het jaar staat hieronder.")
    )


def _teams(year: pd.DataFrame, measure: str, unit: findings.Unit, what: str) -> None:
    rows = year[(year["measure"] == measure) & (year["level"] == "team")]
    together = findings.pick(year, measure=measure, level="all")
    lines = [(_("Alle teams"), together)]
    lines += [(figures.team(row["subject"]), row) for row in rows.to_dict("records")]
    st.markdown(f"**{figures.plain(what)}**")
    findings.picture(lines, unit, what)

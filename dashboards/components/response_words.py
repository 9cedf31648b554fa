"""What comes back: WhatsApp both ways, 112, ride-along and briefing."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards.components import figures, findings
from dashboards.locales import translate as _

TOPICS = ("whatsapp", "calls", "ride_along", "briefing")


def of_year(years: Mapping[str, pd.DataFrame]) -> None:
    """Draw all that comes back, of the newest year of each of ``TOPICS``."""
    whatsapp(years["whatsapp"])
    calls(years["calls"])
    outreach(years["ride_along"], years["briefing"])


def whatsapp(year: pd.DataFrame) -> None:
    """Draw what the messages reach, and what comes back (MEASURES B8)."""
    st.header(_("WhatsApp, twee kanten op"), anchor=False)
    if year.empty:
        st.info(_("Een jaar aan berichten in de groepen is er nog niet."))
        return
    wait = findings.pick(year, measure="first_reply_minutes_median", level="all")
    tips = findings.pick(year, measure="tips_per_appeal", level="all")
    solved = findings.pick(year, measure="solved_share", level="all")
    findings.say(
        _(
            "Op de helft van de getuigenoproepen kwam een eerste reactie binnen "
            "{wait}. Een oproep brengt {tips} tips; {solved} is met een tip opgelost."
        ).format(
            wait=findings.words(wait, "minutes"),
            tips=findings.words(tips, "number"),
            solved=findings.words(solved, "share"),
        )
    )
    left, right = st.columns(2)
    with left:
        findings.picture(
            [
                (_("Groepen die een bericht kregen"),
                 findings.pick(year, measure="groups_reached_share", level="all")),
                (_("Groepen die een oproep kregen"),
                 findings.pick(year, measure="groups_reached_share", level="kind",
                               part="getuigenoproep")),
                (_("Woningen in het gebied van een oproep"),
                 findings.pick(year, measure="dwellings_reached_share", level="all")),
                (_("Oproepen die beginnen met de vaste woorden"),
                 findings.pick(year, measure="prefix_share", level="kind",
                               part="getuigenoproep")),
                (_("Opgelost met een tip"), solved),
            ],
            "share",
            _("Berichten en wat ze brachten"),
        )  # fmt: skip
    with right:
        findings.picture(
            [
                (_("Reacties per oproep"),
                 findings.pick(year, measure="replies_per_appeal", level="all")),
                (_("Tips per oproep"), tips),
                (_("Tips per 1.000 leden"),
                 findings.pick(year, measure="tips_per_1000_members", level="all")),
            ],
            "number",
            _("Reacties en tips"),
        )  # fmt: skip
    findings.how(
        _("WhatsApp"),
        _(
            "Eerste reactie: na hoeveel minuten de helft er een had. Een oproep zonder "
            "reactie telt mee als wachtend tot 120 minuten (Kaplan-Meier); wie alleen "
            "naar de beantwoorde kijkt, vindt een te korte tijd."
        ),
        _(
            "Opgelost: van oproepen van ten minste 90 dagen oud waarvan de afloop "
            "bekend is. De vaste woorden: BERICHT VAN POLITIE LOOSDUINEN, in "
            "hoofdletters."
        ),
        _(
            "Deel van de groepen: alle groepen zijn bekend, dus daar hoort geen lijn "
            "bij. Woningen: gebieden kunnen overlappen, dus ten minste het grootste en "
            "ten hoogste alle samen, gemiddeld per oproep. Procenten met "
            "Wilson-interval, aantallen met het exacte Poisson-interval."
        ),
    )


def calls(year: pd.DataFrame) -> None:
    """Draw how soon the police are there after a call (MEASURES B10)."""
    st.header(_("112: hoe snel is de politie er?"), anchor=False)
    share = findings.pick(year, measure="within_15_share", level="all")
    if share is None:
        st.info(_("Een jaar aan meldingen is er nog niet."))
        return
    bounds = findings.pick(year, measure="within_15_share_bounds", level="all")
    findings.say(
        _(
            "Bij {share} van de spoedmeldingen (prioriteit 1) waarvan de aankomst is "
            "geregistreerd, was de politie er binnen een kwartier. Het doel is 90 %."
        ).format(share=findings.words(share, "share"))
    )
    findings.picture(
        [
            (_("Waarvan de aankomst bekend is"), share),
            (_("Hoe de onbekende ook uitvallen"), bounds),
        ],
        "share",
        _("Binnen een kwartier"),
        reference=90,
    )
    lines = [
        (label, findings.pick(year, measure="response_minutes_median",
                              level="priority", subject=priority, part=part))
        for priority, part, label in (
            ("1", "with_report", _("Prioriteit 1, ook gemeld door een team")),
            ("1", "without_report", _("Prioriteit 1, overige")),
            ("2", "with_report", _("Prioriteit 2, ook gemeld door een team")),
            ("2", "without_report", _("Prioriteit 2, overige")),
        )
    ]  # fmt: skip
    _reports(year, lines)
    findings.how(
        _("112"),
        _(
            "Van meldingen waar een eenheid naartoe ging en de aankomst is "
            "geregistreerd (Wilson-interval). Van {n} is de aankomst onbekend: de balk "
            "laat zien wat het is als die allemaal te laat, of allemaal op tijd waren."
        ).format(n=figures.plain(figures.count(float(str(share["unknown_count"]))))),
        _(
            "Sneller met een melding van een team? De tijd waarin de politie er bij de "
            "helft is, en een log-rank-toets. Het is een vergelijking: een team meldt "
            "andere dingen dan anderen. Er zijn twee vergelijkingen gemaakt."
        ),
    )


def outreach(evenings: pd.DataFrame, briefings: pd.DataFrame) -> None:
    """Draw the ride-along evenings and the briefings (MEASURES B11)."""
    left, right = st.columns(2)
    with left:
        st.header(_("Meelopen"), anchor=False)
        _evenings(evenings)
    with right:
        st.header(_("Briefing"), anchor=False)
        _briefings(briefings)
    findings.how(
        _("Meelopen en briefing"),
        _(
            "Vertraging: minuten van het kwartier van de melding tot het bericht; te "
            "vroeg is binnen 15 minuten. Nagekeken: alle vijf de toetsen zijn gedaan."
        ),
        _(
            "Briefing: groepen die er waren van alle groepen, verslag binnen tien "
            "dagen, acties die klaar waren op de afgesproken dag van alle waarvan die "
            "dag voorbij is. Wat eerder verviel, telt niet mee. Wie is uitgenodigd, "
            "staat niet in de lijst."
        ),
    )


def _reports(
    year: pd.DataFrame, lines: list[tuple[str, dict[str, object] | None]]
) -> None:
    for place, priority in ((0, "1"), (2, "2")):
        chance = findings.pick(
            year, measure="report_p_value", level="priority", subject=priority
        )
        if chance is None or chance["is_too_few"]:
            continue
        is_more = float(str(chance["figure_estimate"])) < 0.05  # noqa: PLR2004
        text = (
            _(
                "Prioriteit {n}: met een melding van een team ({count} keer) was de "
                "politie er bij de helft na {reported}, zonder na {others}. Dat "
                "verschil is groter dan toeval, maar een team meldt andere dingen dan "
                "anderen: of de melding hielp, is er niet uit af te leiden."
            )
            if is_more
            else _(
                "Prioriteit {n}: met een melding van een team ({count} keer) was de "
                "politie er bij de helft na {reported}, zonder na {others}. Dat kan "
                "toeval zijn."
            )
        )
        findings.say(
            text.format(
                n=priority,
                count=figures.count(float(str(chance["event_count"]))),
                reported=findings.words(lines[place][1], "minutes"),
                others=findings.words(lines[place + 1][1], "minutes"),
            )
        )
    findings.picture(lines, "minutes", _("Minuten tot de politie er is, bij de helft"))


def _evenings(year: pd.DataFrame) -> None:
    if year.empty:
        st.info(_("Een jaar aan meeloopavonden is er nog niet."))
        return
    checked = findings.pick(year, measure="checked_share", level="all")
    wait = findings.pick(year, measure="delay_minutes_median", level="all")
    findings.say(
        _(
            "Berichten die helemaal waren nagekeken: {checked}. De helft stond er na "
            "{wait}."
        ).format(
            checked=findings.words(checked, "share"),
            wait=findings.words(wait, "minutes"),
        )
    )
    for label, measure, unit in (
        (_("Berichten per avond"), "posts_per_evening", "number"),
        (_("Te vroeg geplaatst"), "too_soon_share", "share"),
        (_("Vóór de vrijgave geplaatst"), "before_release_share", "share"),
    ):
        row = findings.pick(year, measure=measure, level="all")
        st.markdown(f"{label}: {figures.plain(findings.words(row, unit))}")
    if checked and not checked["is_too_few"]:
        findings.picture([(_("Nagekeken"), checked)], "share", _("Nagekeken berichten"))


def _briefings(year: pd.DataFrame) -> None:
    if year.empty:
        st.info(_("Een jaar aan briefings is er nog niet."))
        return
    groups = findings.pick(year, measure="groups_present_share", level="all")
    actions = findings.pick(year, measure="actions_on_time_share", level="all")
    minutes = findings.pick(year, measure="minutes_on_time_share", level="all")
    findings.say(
        _(
            "Groepen die erbij waren, gemiddeld: {groups}. Verslag op tijd: {minutes}."
        ).format(
            groups=findings.words(groups, "share"),
            minutes=findings.words(minutes, "share"),
        )
    )
    findings.picture(
        [
            (_("Groepen die er waren"), groups),
            (_("Verslag binnen tien dagen"), minutes),
            (_("Acties op tijd klaar"), actions),
        ],
        "share",
        _("Briefings van een jaar"),
    )

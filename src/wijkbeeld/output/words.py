"""Codes of the warehouse as residents read them: offences, verdicts, channels."""

from wijkbeeld.language import say, spoken
from wijkbeeld.output.facts import Effect, Offence

TOO_FEW, NO_SIGN = "too few to say", "no sign that it works"


def offence(of: Offence) -> str:
    """Return the name of an offence: the team's own word where it has one."""
    own = priority(of.code)
    return own or (of.name_nl if spoken() == "nl" else of.name_en)


def against(of: Effect) -> str:
    """Return the name of the offence that something was started against."""
    named = of.offence_name_nl if spoken() == "nl" else of.offence_name_en
    return priority(of.offence_code) or named


def priority(code: str) -> str:
    """Return the team's own word for an offence; empty where it has none."""
    return {
        "1.1.1": say("Woninginbraak"),
        "1.2.1": say("Autokraak"),
        "1.2.3": say("Fietsendiefstal"),
    }.get(code, "")


def status(code: str | None) -> str:
    """Return the verdict on a month."""
    return {
        "higher": say("meer dan verwacht"),
        "lower": say("minder dan verwacht"),
        "as expected": say("zoals verwacht"),
        TOO_FEW: say("te weinig om iets te zeggen"),
    }.get(str(code), say("geen oordeel"))


_SIGNS = {"higher": "▲", "lower": "▼", "as expected": "●"}


def judged(of: Offence) -> str:
    """Return the verdict on an offence with its sign; of few there is too little.

    Where nothing was expected, too few crimes are not the reason.
    """
    if of.count.is_small:
        return f"○ {status(TOO_FEW)}"
    if of.status == TOO_FEW and of.expected_lower is None:
        return f"○ {status(None)}"
    return f"{_SIGNS.get(str(of.status), '○')} {status(of.status)}"


def verdict(code: str) -> str:
    """Return what is said of something that was started."""
    return {
        "works": say("het werkt"),
        NO_SIGN: say("geen teken dat het werkt"),
        TOO_FEW: say("te weinig om te zeggen"),
        "made worse": say("het werd erger"),
    }.get(code, say("te weinig om te zeggen"))


def reason(code: str | None) -> str:
    """Return why there is too little to say, where residents may know; else empty."""
    return {
        "too_early": say("er is nog geen jaar voorbij"),
        "no_history": say("van het jaar ervoor zijn geen cijfers"),
        "few_comparison_areas": say("er is te weinig om mee te vergelijken"),
        "one_area": say("één buurt zegt te weinig"),
        "missing_months": say("niet alle maanden zijn bekend"),
    }.get(str(code), "")


def study(of: Effect) -> str:
    """Return what was started: the name of a programme, or what all of a kind are."""
    if of.study_kind == "programme":
        return of.study_name
    return {
        "whatsapp": say("WhatsApp-groepen"),
        "buurtpreventie_start": say("Buurtpreventie, alle teams samen"),
        "jeugd": say("Programma’s voor jeugd samen"),
    }.get(of.study_name, say("Alle programma’s “{kind}” samen", kind=of.study_name))


def channel(code: str) -> str:
    """Return the name of a channel."""
    return {
        "facebook": "Facebook",
        "x": "X",
        "instagram": "Instagram",
        "whatsapp": "WhatsApp",
        "newspaper": say("Wijkkrant"),
        "briefing": say("Briefing"),
        "website": say("Website"),
    }.get(code, code)


def source(code: str | None) -> str:
    """Return the name of the source of the counts; empty when there is none."""
    return {
        "police__incidents": say("incidenten van het team"),
        "police__open_data": say("open data van de politie"),
    }.get(str(code), "")


def theme(code: str) -> str:
    """Return the name of a theme."""
    return {
        "woninginbraak": say("Woninginbraak"),
        "schuurinbraak": say("Schuurinbraak"),
        "autokraak": say("Autokraak"),
        "voertuigdiefstal": say("Voertuigdiefstal"),
        "fietsendiefstal": say("Fietsendiefstal"),
        "straatroof_overval": say("Straatroof en overval"),
        "geweld": say("Geweld"),
        "vernieling": say("Vernieling"),
        "winkeldiefstal": say("Winkeldiefstal"),
        "drugs": say("Drugs"),
        "oplichting": say("Oplichting"),
        "cyber": say("Cybercrime"),
        "verkeer": say("Verkeer"),
        "jeugd": say("Jeugd"),
        "overlast": say("Overlast"),
        "getuigenoproep": say("Getuigenoproep"),
        "preventie": say("Preventie"),
        "meldingen_112": say("112-meldingen"),
        "overig": say("Overig"),
    }.get(code, code)

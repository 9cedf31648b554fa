"""What the team asks of residents: one short text per theme and season.

The texts are at reading level B1: short, one thing to do, no jargon.
"""

from datetime import date

from dashboards.locales import translate as _

_DARK, _SPRING, _SUMMER = "dark", "spring", "summer"


def season(month: date) -> str:
    """Return the season in which residents hear the briefing about ``month``.

    A month is discussed in the one that follows it, so that one counts.
    """
    following = month.month % 12 + 1
    if following in {10, 11, 12, 1, 2, 3}:
        return _DARK
    return _SPRING if following in {4, 5, 6} else _SUMMER


def of(offence_code: str, month: date) -> str:
    """Return what is asked about an offence after ``month``."""
    texts = {
        ("1.1.1", _DARK): _("Laat een lamp aan als u in het donker niet thuis bent."),
        ("1.1.1", _SPRING): _("Doe ramen en deuren dicht, ook als u even weg bent."),
        ("1.1.1", _SUMMER): _("Op vakantie? Vraag uw buren om op uw huis te letten."),
        ("1.2.1", _DARK): _("Haal alles uit uw auto, ook uw tas en uw jas."),
        ("1.2.1", _SPRING): _("Laat geen navigatie of kabel zichtbaar in de auto."),
        ("1.2.1", _SUMMER): _("Naar het strand? Laat niets in de auto liggen."),
        ("1.2.3", _DARK): _("Zet uw fiets vast op een plek met licht."),
        ("1.2.3", _SPRING): _("Zet uw fiets vast met twee sloten."),
        ("1.2.3", _SUMMER): _("Zet uw fiets met het slot vast aan een rek of paal."),
    }
    return texts[offence_code, season(month)]


def always() -> str:
    """Return what is asked in every season."""
    return _("Ziet u iets verdachts? Bel 112. Later bedacht? Bel 0900-8844.")

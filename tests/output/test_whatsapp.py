"""A message for the groups keeps to what was agreed, whoever wrote it."""

import pytest

from wijkbeeld.language import speaking
from wijkbeeld.output import whatsapp

APPEAL = (
    "BERICHT VAN POLITIE LOOSDUINEN. Vanavond is ingebroken in de Houtwijk. "
    "Zag u iets? Bel 0900-8844."
)


@pytest.mark.parametrize(
    "text", [APPEAL, f"*{APPEAL}*", f"\n{APPEAL}", APPEAL.ljust(900)]
)
def test_an_appeal_that_keeps_to_the_rules_passes(text):
    whatsapp.check(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "het bericht is leeg"),
        (APPEAL.lower(), "het begint niet met BERICHT VAN POLITIE LOOSDUINEN"),
        ("Let op! " + APPEAL, "het begint niet met BERICHT VAN POLITIE LOOSDUINEN"),
        (APPEAL + "a" * 700, "er mogen er 700 in"),
        (APPEAL + " Wie kent Jan de Vries?", "een naam van een persoon"),
        (APPEAL + " Wie zag 12-AB-34?", "een kenteken"),
        (APPEAL + " Het was op de Oude Haagweg 12.", "een adres met huisnummer"),
        (APPEAL + " Bel 06-12345678.", "een telefoonnummer"),
    ],
)
def test_a_broken_rule_is_named(text, rule):
    with pytest.raises(whatsapp.BrokenRulesError) as broken:
        whatsapp.check(text)
    assert len(broken.value.rules) == 1
    assert rule in str(broken.value)


def test_all_broken_rules_are_named_at_once_and_nothing_is_repeated():
    text = "Wie zag 12-AB-34 bij Jan de Vries? " + "x" * 700
    with speaking("en"), pytest.raises(whatsapp.BrokenRulesError) as broken:
        whatsapp.check(text)
    assert len(broken.value.rules) == 4
    said = str(broken.value)
    assert said.startswith("this message may not go to the groups:")
    assert "12-AB-34" not in said
    assert "Vries" not in said


def test_the_last_character_that_fits_passes():
    whatsapp.check(APPEAL + "x" * (700 - len(APPEAL)))
    with pytest.raises(whatsapp.BrokenRulesError, match="haal er 1 weg"):
        whatsapp.check(APPEAL + "x" * (701 - len(APPEAL)))

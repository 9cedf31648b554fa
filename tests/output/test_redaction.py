"""What may not stand in a text for residents is found, and ordinary texts pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbeeld import reference
from wijkbeeld.landing.personal import given_names
from wijkbeeld.language import speaking
from wijkbeeld.output.redaction import Rule, findings

PASSES = [
    "BERICHT VAN POLITIE LOOSDUINEN. Vanavond is ingebroken in de Houtwijk.",
    "Zag u iets? Bel 0900-8844. Spoed? Bel 112. Liever anoniem? Bel 0800-7000.",
    "Bel 0900 8844 of 0800 7000.",
    "In oktober 2026 werd er ongeveer 15 keer ingebroken. Dat is meer dan in 2025.",
    "Waldeck, Waldeck-Noord, Nieuw Waldeck, Rosenburg en Kijkduin.",
    "Kijkduin 15, Waldeck-Noord 5, Rosenburg 10, Kerketuinen en Zichtenburg 120.",
    "In de Componistenbuurt zijn fietsen gestolen.",
    "Mei was rustig. In mei en juni is het langer licht.",
    "Mark is een oude munt. De Mark is een rivier.",
    "Wie is de Bob? Spreek het af.",
    "Merel, spreeuw en mus: kijk mee met de tuinvogels.",
    "Ik wil dat mijn fiets er nog staat.",
    "Op 12 jan 2026 en op 3 jan.",
    "De inbraak was op de Jan Luykenlaan en in de Aaltje Noordewierstraat.",
    "Diefstal bij de Albert Heijn en bij Dirk van den Broek.",
    "De wijkagent van Loosduinen komt langs. Wijkagent Waldeck: kom kennismaken.",
    "Al 12 jaar vrijwilliger, dank! Het team bestaat vijf jaar: een 5-jarig jubileum.",
    "Kinderen kunnen hun fiets laten graveren. Jongeren gaven overlast.",
    "Haal uw gehandicaptenparkeerkaart uit de auto.",
    "Nepagenten of zogenaamde thuiszorg aan de deur? Doe niet open.",
    "De briefing is op 26-11-2026 om 19:30 uur in het wijkcentrum.",
    "Publicatie 20261129T155005Z, BU05181795 in WK051817, bericht WB-2026-031.",
    "Op de A4 en de N211 was het druk. Tip TIP-LAMP. Vlucht MH17.",
    "Een man van 34 is aangehouden.",
    "De politie stond op de Loosduinse Hoofdstraat.",
    "Tussen 2500 en 3000 huizen, 1000 m2, 5000 km, 3500 of meer.",
    "Laat uw accu niet zien. 3 tips voor uw fiets. Zo'n 200 jaar oud huis.",
    "Onderweg 3 keer gestopt.",
    "Er kwamen 20 tot 25 meldingen, van 5 naar 10.",
    "Kijk op politie.nl of bel anoniem met Meld Misdaad Anoniem.",
    "Give your bicycle two locks. May was quiet. Will you help us?",
]

FAILS = [
    ("Fatima zag de dader.", Rule.NAME),
    ("We spraken met Mark over de inbraak.", Rule.NAME),
    ("Gezocht: Jan de Vries.", Rule.NAME),
    ("Mark de Wit is gezien.", Rule.NAME),
    ("De dader heet Xanthippe.", Rule.NAME),
    ("Dhr. Hoogendijk belde.", Rule.NAME),
    ("mevrouw Jansen deed open", Rule.NAME),
    ("Buurman De Vries zag het.", Rule.NAME),
    ("wijkagent Pietersen komt langs", Rule.NAME),
    ("A. de Boer deed aangifte.", Rule.NAME),
    ("de verdachte is mohammed uit de buurt", Rule.NAME),
    ("FATIMA IS GEZIEN", Rule.NAME),
    ("Kees Westerhof zag het.", Rule.NAME),
    ("Wie zag 12-AB-34?", Rule.PLATE),
    ("Wie zag de auto GV-123-K?", Rule.PLATE),
    ("Wie zag de auto gv123k?", Rule.PLATE),
    ("Wie zag de auto GV 123 K?", Rule.PLATE),
    ("Een Belgische auto, 1-ABC-234.", Rule.PLATE),
    ("Het kenteken begint met G7.", Rule.PLATE),
    ("Bel 06-12345678.", Rule.PHONE),
    ("Bel 06 12 34 56 78.", Rule.PHONE),
    ("Bel 070 - 353 20 00.", Rule.PHONE),
    ("Bel +31 6 1234 5678 of 112.", Rule.PHONE),
    ("Bel 06\u200b12345678.", Rule.PHONE),
    ("Bel 0900-1234567.", Rule.PHONE),
    ("Mail naar wijkagent@voorbeeld.nl.", Rule.EMAIL),
    ("Maak over naar NL91 ABNA 0417 1643 00.", Rule.IBAN),
    ("Nummer 111222333 hoort bij haar.", Rule.BSN),
    ("Ingebroken op de Oude Haagweg 12.", Rule.ADDRESS),
    ("ingebroken in de thorbeckelaan 120 b", Rule.ADDRESS),
    ("Ingebroken op nummer 14.", Rule.ADDRESS),
    ("Ingebroken in Rosenburg nr. 14.", Rule.ADDRESS),
    ("Ingebroken in de Rosenburgdreef 14.", Rule.ADDRESS),
    ("Bij huisnummer 3a.", Rule.ADDRESS),
    ("Het was in 2552 AB.", Rule.POSTCODE),
    ("Het was in 9752xp.", Rule.PLATE),
    ("Het was op 2552 AB 12.", Rule.POSTCODE),
    ("De bewoner is onwel geworden.", Rule.MEDICAL),
    ("Een reanimatie in Waldeck.", Rule.MEDICAL),
    ("Verwarde man op straat.", Rule.MEDICAL),
    ("De fietser ging naar het ziekenhuis.", Rule.MEDICAL),
    ("The cyclist was injured.", Rule.MEDICAL),
    ("Een kind van 8 is vermist.", Rule.MINOR),
    ("Een kind van acht is vermist.", Rule.MINOR),
    ("Twee verdachten, een van hen minderjarig.", Rule.MINOR),
    ("Een 15-jarige is aangehouden.", Rule.MINOR),
    ("Een zestienjarige dader.", Rule.MINOR),
    ("De dader is 17 jaar oud.", Rule.MINOR),
    ("Een jongen rende weg.", Rule.MINOR),
    ("A boy of 12 ran away.", Rule.MINOR),
]

LIVE = [
    ("Om 21:17 reden we naar Waldeck.", Rule.TIME),
    ("Om 9 uur een melding.", Rule.TIME),
    ("Om half negen een melding.", Rule.TIME),
    ("Kwart over tien: geluidshinder.", Rule.TIME),
    ("Tien over half 9: geluidshinder.", Rule.TIME),
    ("Geluidshinder op de Oude Haagweg.", Rule.STREET),
    ("Geluidshinder in de Thorbeckelaan.", Rule.STREET),
    ("Melding aan de Laan van Meerdervoort.", Rule.STREET),
]


@pytest.mark.parametrize("text", PASSES)
def test_an_ordinary_text_of_the_police_passes(text):
    assert [f"{found.rule}: {found.masked}" for found in findings(text)] == []


@pytest.mark.parametrize(("text", "rule"), FAILS)
def test_what_may_not_be_told_is_found(text, rule):
    assert {found.rule for found in findings(text)} == {rule}


@pytest.mark.parametrize(("text", "rule"), LIVE)
def test_place_and_time_are_found_only_in_what_is_told_almost_live(text, rule):
    assert findings(text) == []
    assert {found.rule for found in findings(text, is_live=True)} == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "Aan het begin van de avond reden we naar Rosenburg.",
        "Onderweg zagen we niets. De melding duurde 2 uur lang.",
        "Geluidshinder in de Componistenbuurt en in Kom Loosduinen.",
    ],
)
def test_a_coarse_place_and_time_pass_almost_live(text):
    assert findings(text, is_live=True) == []


def test_every_buurt_and_wijk_may_be_named():
    for buurt in reference.buurten():
        text = f"Ingebroken in {buurt.buurt_name}, wijk {buurt.wijk_name}. Bel 112."
        assert findings(text, is_live=True) == []


def test_a_finding_says_where_and_what_to_do_and_does_not_repeat_it():
    [found] = findings("Gezien in Waldeck.\nHet was Jan de Vries.")
    assert str(found) == (
        "regel 2, teken 9: een naam van een persoon (J… d… V…). "
        "Schrijf bijvoorbeeld: een man, een bewoner, de wijkagent."
    )
    with speaking("en"):
        assert str(found) == (
            "line 2, character 9: a name of a person (J… d… V…). "
            "Write for instance: a man, a resident, the community officer."
        )


letters = st.sampled_from("BDFGHJKLNPRSTVXZ")
digits = st.sampled_from("0123456789")
SIDECODES = [
    "XX9999", "9999XX", "99XX99", "XX99XX", "XXXX99", "99XXXX", "99XXX9", "9XXX99",
    "XX999X", "X999XX", "XXX99X", "X99XXX", "9XX999", "999XX9",
]  # fmt: skip
HYPHENATED = {
    code: [
        code[i] + ("-" if i < 5 and code[i].isdigit() != code[i + 1].isdigit() else "")
        for i in range(6)
    ]
    for code in SIDECODES
}


@settings(max_examples=60)
@given(st.data())
def test_a_plate_of_every_sidecode_is_found_wherever_it_stands(data):
    code = data.draw(st.sampled_from(SIDECODES))
    has_hyphens = data.draw(st.booleans())
    plate = "".join(
        (data.draw(digits) if part[0] == "9" else data.draw(letters))
        + (part[1:] if has_hyphens else "")
        for part in HYPHENATED[code]
    )
    before = data.draw(st.sampled_from(PASSES))
    found = findings(f"{before} De auto was {plate}, zegt men.")
    assert {finding.rule for finding in found} == {Rule.PLATE}
    assert all(plate not in str(finding) for finding in found)


@settings(max_examples=40)
@given(
    st.sampled_from(["06", "+31 6", "+316", "0031 6", "(06)", "06-"]),
    st.lists(digits, min_size=8, max_size=8),
    st.sampled_from(["", " ", "-", "."]),
    st.sampled_from([1, 2, 4, 8]),
)
def test_a_mobile_number_is_found_however_it_is_written(first, rest, blank, size):
    number = "".join(rest)
    parts = [number[i : i + size] for i in range(0, 8, size)]
    text = f"Tips? Bel {first}{blank}{blank.join(parts)} of 112."
    assert Rule.PHONE in {found.rule for found in findings(text)}


@settings(max_examples=40)
@given(
    st.sampled_from(given_names()),
    st.sampled_from(["de Vries", "Jansen", "van den Berg", "El Amrani", "'t Hart"]),
    st.sampled_from([str, str.upper]),
)
def test_a_full_name_is_found(name, surname, written):
    text = f"Wij zoeken {written(name + ' ' + surname)}. Bel 0900-8844."
    assert Rule.NAME in {found.rule for found in findings(text)}


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_gets_an_answer_in_order(text):
    places = [(found.line, found.column) for found in findings(text, is_live=True)]
    assert places == sorted(places)

import pytest

from wijkbeeld import reference


def test_the_team_has_thirteen_buurten_in_five_wijken():
    buurten = reference.buurten()
    assert len(buurten) == 13
    assert len({b.wijk_code for b in buurten}) == 5
    assert [b.buurt_name for b in buurten if not b.is_residential] == [
        "Bosjes van Pex",
        "Kerketuinen en Zichtenburg",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BU05181786", "BU05181786"),
        (" bu05181786 ", "BU05181786"),
        ("houtwijk", "BU05181786"),
        ("Waldeck Noord", "BU05181894"),
        ("Kraayenstein", "BU05181697"),
        ("Scheveningen", None),
        ("", None),
    ],
)
def test_a_buurt_is_known_by_code_and_by_present_or_former_name(text, code):
    assert reference.buurt_code_of(text) == code


def test_every_incident_code_belongs_to_an_offence_group():
    codes = reference.offence_of_incident_code()
    assert len(codes) == 216
    assert set(codes.values()) <= reference.offence_codes()
    assert (codes["A20"], codes["A72"], codes["B62"]) == ("1.1.1", "1.2.3", "1.2.3")


def test_payment_fraud_stands_in_two_groups_and_is_counted_in_the_new_one():
    assert reference.offence_of_incident_code()["F614"] == "3.9.1"


def test_a_code_that_begins_like_another_is_not_that_other():
    codes = reference.offence_of_incident_code()
    assert codes["F520"] == "1.4.1"
    assert "F52" not in codes

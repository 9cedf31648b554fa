"""What comes from the police systems, right and wrong."""

import pytest
from tests.landing.offers import (
    SAMPLES,
    X2,
    X,
    Y,
    changed,
    landed,
    offer,
    problems,
    shapes,
)

from expectations import gate
from wijkbeeld.landing.recognise import source_of
from wijkbeeld.landing.rejected import RejectedError

CALLS = "police__calls"
NAME, SAMPLE = SAMPLES[CALLS]
HEADER, FIRST, *_ = SAMPLE.splitlines()

FAULTY_CALLS = [
    ({"Meldingsnummer": ""}, "not_a_data_row"),
    ({"Meldingsnummer": "Totaal"}, "not_a_data_row"),
    ({"Meldingsnummer": "2,69E+08"}, "id_precision_lost"),
    ({"Meldingsnummer": "#N/B"}, "excel_error_value"),
    ({"Meldingsclassificatie 2": "\x07"}, "control_characters"),
    ({"Meldingsclassificatie 2": "x" * 40_000}, "field_too_long"),
    ({"Aangemaakt": ""}, "missing_required_value"),
    ({"Aangemaakt": "12-03-2026"}, "missing_required_value"),
    ({"Prioriteit": ""}, "missing_required_value"),
    ({"Meldingsclassificatie 1": ""}, "missing_required_value"),
    ({"Aangemaakt": "31-02-2026 10:00"}, "bad_date"),
    ({"Ter plaatse": "gisteren"}, "bad_date"),
    ({"Aangemaakt": "29-03-2026 02:30"}, "nonexistent_local_time"),
    ({"Aangemaakt": "01-01-1999 10:00"}, "date_out_of_range"),
    ({"Aangemaakt": "02-04-2026 10:00"}, "date_out_of_range"),
    ({"Ter plaatse": "12-03-2026 22:04:09"}, "bad_order_in_time"),
    ({"Uitgegeven": "12-03-2026 22:04:09"}, "bad_order_in_time"),
    ({"Afgesloten": "12-03-2026 22:04:09"}, "bad_order_in_time"),
    ({"Prioriteit": "6"}, "unknown_code"),
    ({"Prioriteit": "0"}, "unknown_code"),
    ({"Prioriteit": "hoog"}, "unknown_code"),
    ({"X": "", "Y": ""}, "unknown_buurt"),
    ({"X": "0", "Y": "0"}, "bad_coordinates"),
    ({"X": ""}, "bad_coordinates"),
    ({"X": "west"}, "bad_number"),
    ({"X": str(Y), "Y": str(X)}, "swapped_axes"),
    ({"X": str(X - 5000)}, "outside_area"),
    ({"Meldingsclassificatie 2": "bel 06-12345678"}, "personal_data_found"),
]


@pytest.mark.parametrize(("values", "problem"), FAULTY_CALLS)
def test_a_faulty_call_names_its_problem_and_spoils_no_other(zone, values, problem):
    delivered = offer(CALLS, changed(CALLS, 1, **values))
    assert problems(delivered) == [problem, None, None]


@pytest.mark.parametrize(
    ("values", "column", "value"),
    [
        ({"Prioriteit": "Prio 1"}, "priority", "1"),
        ({"Prioriteit": "P5"}, "priority", "5"),
        ({"Aangemaakt": "2026-03-12T22:04:10"}, "created_local", "2026-03-12 22:04:10"),
        ({"Aangemaakt": "1773349450000"}, "created_local", "2026-03-12 22:04:10"),
        ({"Aangemaakt": "2026-03-12T21:04:10Z"}, "created_local",
         "2026-03-12 22:04:10"),
        ({"Aangemaakt": "2026-03-12T22:04:10.5+01:00"}, "created_local",
         "2026-03-12 22:04:10"),
        ({"Ter plaatse": ""}, "on_scene_local", None),
        ({"X": str(X2)}, "buurt_code", "BU05181492"),
        ({"Meldingsclassificatie 2": "=1+1"}, "class_2", "=1+1"),
    ],
)  # fmt: skip
def test_a_call_is_landed_in_canonical_form(zone, values, column, value):
    delivered = offer(CALLS, changed(CALLS, 1, **values))
    assert problems(delivered)[0] is None
    assert landed(delivered, column)[0][0] == value


def test_a_call_may_name_its_buurt_where_it_has_no_point(zone):
    text = f"{HEADER};Buurt\n{FIRST.rsplit(';', 2)[0]};;;Houtwijk\n"
    delivered = offer(CALLS, text)
    assert landed(delivered, "_problem, buurt_code") == [(None, "BU05181786")]


def test_times_that_are_odd_are_said_and_kept(zone):
    late = {"Ter plaatse": "13-03-2026 05:00:00", "Afgesloten": ""}
    said = offer(CALLS, changed(CALLS, 1, **late)).warnings
    assert any("er voor de opdracht" in text for text in said)
    assert any("meer dan zes uur" in text for text in said)
    assert any("1 van de 3 rijen is niet geregistreerd" in text for text in said)


def test_the_hour_that_comes_twice_is_no_wrong_order(zone):
    values = {"Aangemaakt": "25-10-2026 02:55:00", "Uitgegeven": "25-10-2026 02:56:00",
              "Ter plaatse": "25-10-2026 02:03:00", "Afgesloten": ""}  # fmt: skip
    delivered = offer(CALLS, changed(CALLS, 1, **values), "2026-11-01__meldingen.csv")
    assert problems(delivered)[0] is None
    assert any("twee keer voorkomt" in text for text in delivered.warnings)


def test_a_call_that_was_merged_knows_its_leader(zone):
    text = SAMPLE.replace("\n", ";\n").replace(";\n", ";Samengevoegd met\n", 1)
    text = text.replace("73968;451401;", "73968;451401;M26900011")
    delivered = offer(CALLS, text)
    ids = landed(delivered, "call_id, leading_call_id")
    assert ids[1][1] == ids[0][0]
    assert ids[0][1] is None
    assert any("samengevoegd" in warning for warning in delivered.warnings)


def test_nothing_of_caller_log_or_address_is_written(zone):
    text = SAMPLE.replace("\n", ";Jansen;06-12345678;man met mes;Dorpsstraat\n")
    text = text.replace(
        "Jansen;06-12345678;man met mes;Dorpsstraat",
        "Melder;Telefoon;Kladblok;Straat", 1,
    )  # fmt: skip
    delivered = offer(CALLS, text)
    stored = str(landed(delivered))
    for secret in ("Jansen", "12345678", "mes", "Dorps", "M269", "Kladblok"):
        assert secret not in stored
    said = " ".join(delivered.warnings)
    assert "Kladblok" in said
    assert "Jansen" not in said


UNITS = f"""\
NR_INCIDENT;PRIORITEIT_INCIDENT_POLITIE;POL_DTG_START_INCIDENT;POL_MELDING_CL;\
DTG_OPDRACHT_INZET;DTG_TER_PLAATSE;T_X_COORD_LOC;T_Y_COORD_LOC;IND_DISC_INCIDENT;\
T_IND_DISC_EENHEID;KLADBLOK
900001;1;1773349450000;Bezitsaantasting;1773349502000;1773349900000;{X};{Y};BPA;P;geheim
900001;1;1773349450000;Bezitsaantasting;1773349600000;1773349800000;{X};{Y};BPA;P;geheim
900001;1;1773349450000;Bezitsaantasting;1773349600000;1773349800000;{X};{Y};BPA;P;geheim
900001;;1773349450000;Hartstilstand;1773349502000;;;;BPA;A;geheim
900002;;;Brand;;;;;B;B;geheim
"""
GMS = "2026-03-31__gms.csv"


def test_every_unit_of_a_call_is_a_row_and_no_other_service_leaves_a_trace(zone):
    delivered = offer(CALLS, UNITS, GMS, gate.of(CALLS))
    assert problems(delivered) == [None] * 5
    found = landed(delivered, "call_id is not null, on_scene_local, class_1")
    assert found == [
        (True, "2026-03-12 22:11:40", "Bezitsaantasting"),
        (True, "2026-03-12 22:10:00", "Bezitsaantasting"),
        (True, "2026-03-12 22:10:00", "Bezitsaantasting"),
        (False, None, None),
        (False, None, None),
    ]
    assert "Hartstilstand" not in str(landed(delivered))
    assert any("gaan niet over de politie" in text for text in delivered.warnings)


def test_only_fire_or_ambulance_is_refused(zone):
    lines = UNITS.splitlines()
    text = "\n".join([lines[0], *lines[-2:]])
    with pytest.raises(RejectedError, match="discipline P"):
        offer(CALLS, text, GMS, gate.of(CALLS))


def test_the_same_call_again_with_another_priority_is_a_conflict(zone):
    again = FIRST.replace(";1;Bezits", ";2;Bezits")
    found = problems(offer(CALLS, SAMPLE + again + "\n"))
    assert found == ["key_conflict", None, None, "key_conflict"]


def test_the_same_line_of_a_call_again_is_a_problem_of_the_later(zone):
    found = problems(offer(CALLS, SAMPLE + FIRST + "\n"))
    assert found == [None, None, None, "duplicate_row"]


@pytest.mark.parametrize(
    ("named", "instead"),
    [("class_2: Meldingsclassificatie 2", "class_2: Kladblok"),
     ("closing_code: Afsluitcode", "closing_code: Melder"),
     ("class_3: Meldingsclassificatie 3", "class_3: Telefoonnummer")],
)  # fmt: skip
def test_a_mapping_of_calls_may_not_name_who_called_or_what_was_said(
    zone, home, named, instead
):
    from wijkbeeld.settings import settings

    built_in = settings().checkout / "src/wijkbeeld/landing/mappings/dutch_calls.yml"
    (home / "mappings").mkdir()
    own = built_in.read_text("utf-8").replace(named, instead)
    (home / "mappings" / "own.yml").write_text(own, "utf-8")
    with pytest.raises(RejectedError, match="nooit worden bewaard"):
        offer(CALLS, SAMPLE)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SAMPLE.replace("Aangemaakt", "Binnen"), "Voorstel"),
        (SAMPLE.replace("Meldingsclassificatie 1", "Soort"), "Meldingsclassificatie"),
        (HEADER + "\n", "geen rijen"),
        ("", "leeg"),
        (SAMPLE.replace("Uitgegeven", "Aangemaakt"), "twee keer"),
        (SAMPLES["watch__patrols"][1], "watch__patrols"),
    ],
)  # fmt: skip
def test_what_is_no_export_of_calls_is_refused_with_a_reason(zone, text, says):
    with pytest.raises(RejectedError, match=says):
        offer(CALLS, text)


@pytest.mark.parametrize("text", [SAMPLE, UNITS])
def test_an_export_of_calls_is_recognised(tmp_path, text):
    path = tmp_path / "export.csv"
    path.write_text(text, "utf-8")
    assert source_of(path) == CALLS


def test_other_headers_of_a_call_are_known_too(zone):
    text = SAMPLE.replace("Meldingsnummer", "GMS-nummer").replace("Prioriteit", "Prio")
    text = text.replace("Aangemaakt", "Datum/tijd melding")
    text = text.replace("Uitgegeven", "Opdracht").replace("Ter plaatse", "TP")
    assert problems(offer(CALLS, text)) == [None] * 3


def test_calls_are_placed_again_when_the_shapes_change(zone):
    delivered = offer(CALLS, SAMPLE)
    before = landed(delivered, "buurt_code")
    offer("cbs__buurten", shapes(2026, east=-0.004), "2027-01-01__buurten.geojson")
    after = landed(delivered, "buurt_code")
    assert before[0] == ("BU05181481",)
    assert after[0] == ("BU05181492",)

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
from wijkbeeld.landing import incidents
from wijkbeeld.landing import zone as landing_zone
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


def test_calls_that_all_name_a_buurt_nobody_knows_land(zone):
    delivered = offer(CALLS, f"{HEADER};Buurt\n{FIRST};Scheveningen\n")
    assert problems(delivered) == [None]


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


def test_calls_that_are_landing_follow_shapes_that_come_meanwhile(zone, monkeypatch):
    place = incidents.add

    def slowly(*given, **more):
        placed = place(*given, **more)
        offer("cbs__buurten", shapes(2026, east=-0.004), "2027-01-01__buurten.geojson")
        return placed

    monkeypatch.setattr(incidents, "add", slowly)
    delivered = offer(CALLS, SAMPLE)
    before = landed(delivered, "buurt_code")
    landing_zone.prepare()
    assert landed(delivered, "buurt_code") != before


def test_calls_are_placed_again_when_the_shapes_change(zone):
    delivered = offer(CALLS, SAMPLE)
    before = landed(delivered, "buurt_code")
    offer("cbs__buurten", shapes(2026, east=-0.004), "2027-01-01__buurten.geojson")
    after = landed(delivered, "buurt_code")
    assert before[0] == ("BU05181481",)
    assert after[0] == ("BU05181492",)


OPEN = "police__open_data"
LABELS = """\
Soort misdrijf;Perioden;Wijken en buurten;Geregistreerde misdrijven (aantal)
1.1.1 Diefstal/inbraak woning;2024 januari;Houtwijk;4
Diefstal/inbraak woning;2024 januari*;Kraayenstein;.
1.1.1 Diefstal/inbraak woning;2024;Rosenburg;22
"""
NUISANCE = """\
{"odata.metadata": "https://dataderden.cbs.nl/ODataApi/OData/47024NED/$metadata\
#Cbs.OData.WebAPI.TypedDataSet", "value": [
 {"ID": 0, "Overlast": "E35   ", "WijkenEnBuurten": "BU05181786",
  "Perioden": "2026MM03", "GeregistreerdeOverlast_1": 7},
 {"ID": 1, "Overlast": "E33   ", "WijkenEnBuurten": "BU05181786",
  "Perioden": "2026MM03", "GeregistreerdeOverlast_1": null},
 {"ID": 2, "Overlast": "1.1.1 ", "WijkenEnBuurten": "BU05181786",
  "Perioden": "2026MM03", "GeregistreerdeOverlast_1": 1}]}
"""
PERIODS = """\
{"odata.metadata": "https://dataderden.cbs.nl/ODataApi/OData/47022NED/$metadata\
#Cbs.OData.WebAPI.Perioden", "value": [
 {"Key": "2025MM01", "Title": "2025 januari", "Description": null,
  "Status": "Definitief"},
 {"Key": "2026MM03", "Title": "2026 maart*", "Description": "",
  "Status": "Voorlopig"}]}
"""
OFFENCES = """\
"Key","Title","Description","CategoryGroupID"
"0.0.0 ","Totaal misdrijven",,
"1.1.1 ","1.1.1 Diefstal/inbraak woning","A20 Gekwal.
A30 Diefstal","1"
"9.9.9 ","9.9.9 Nieuw","X","1"
"""
CELLS = "table_number, offence_code, region_code, period, crime_count"


def test_labels_of_the_portal_are_codes_and_a_star_is_provisional(zone):
    delivered = offer(OPEN, LABELS, "2026-09-30__misdrijven.csv", gate.of(OPEN))
    assert landed(delivered, f"{CELLS}, is_provisional, _problem") == [
        ("47022NED", "1.1.1", "BU05181786", "2024MM01", "4", None, None),
        ("47022NED", "1.1.1", "BU05181697", "2024MM01", None, "true", None),
        ("47022NED", "1.1.1", "BU05181882", "2024JJ00", "22", None, None),
    ]
    assert any("bij naam" in warning for warning in delivered.warnings)


def test_a_label_with_two_figures_is_in_two_municipalities(zone):
    with pytest.raises(RejectedError, match="onbewerkte data"):
        offer(OPEN, LABELS + LABELS.splitlines()[1].replace(";4", ";5") + "\n")


def test_labels_that_are_no_buurt_of_ours_are_refused(zone):
    text = LABELS.replace("Houtwijk", "Centrum").replace("Kraayenstein", "Centrum")
    with pytest.raises(RejectedError, match="onbewerkte data"):
        offer(OPEN, text.replace("Rosenburg", "Centrum"))


@pytest.mark.parametrize(
    ("name", "on"),
    [("47022NED_TypedDataSet_30092026_101500.csv", "2026-09-30 10:15:00"),
     ("47022NED_UntypedDataSet_20260930101500.csv", "2026-09-30 10:15:00")],
)  # fmt: skip
def test_the_name_of_statline_tells_table_and_time(zone, name, on):
    delivered = offer(OPEN, SAMPLES[OPEN][1], name)
    found = landed(delivered, "table_number, _exported_on::varchar, geo_vintage")
    assert found[0] == ("47022NED", on, "2026")
    assert landed(delivered, "crime_count")[2] == (None,)


def test_a_zip_of_statline_holds_its_metadata_too(zone):
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("47018NED_metadata.csv", "Onderwerpen;x")
        text = SAMPLES[OPEN][1].replace("MM03", "JJ00").rsplit("\n", 2)[0]
        archive.writestr("47018NED_UntypedDataSet_30092026_101500.csv", text)
    delivered = offer(OPEN, packed.getvalue(), "47018NED.zip")
    assert landed(delivered, "table_number")[0] == ("47018NED",)


def test_nuisance_lands_with_its_own_codes(zone):
    delivered = offer(OPEN, NUISANCE, "2026-04-30__overlast.json", gate.of(OPEN))
    assert landed(delivered, f"{CELLS}, _problem") == [
        ("47024NED", "E35", "BU05181786", "2026MM03", "7", None),
        ("47024NED", "E33", "BU05181786", "2026MM03", None, None),
        ("47024NED", "1.1.1 ", "BU05181786", "2026MM03", "1", "unknown_offence_code"),
    ]


def test_nuisance_as_csv_is_known_by_its_column(zone):
    text = SAMPLES[OPEN][1].replace("SoortMisdrijf", "Overlast")
    text = text.replace("GeregistreerdeMisdrijven_1", "GeregistreerdeOverlast_1")
    text = text.replace("1.1.1 ", "E35   ").replace("1.2.4 ", "M062  ")
    delivered = offer(OPEN, text, "2026-04-30__overlast.csv", gate.of(OPEN))
    assert landed(delivered, "table_number, offence_code")[2] == ("47024NED", "M062")
    assert delivered.problem_count == 0


def test_the_list_of_periods_tells_what_is_final(zone):
    delivered = offer(OPEN, PERIODS, "2026-04-30__perioden.json", gate.of(OPEN))
    assert landed(delivered, "period, is_provisional, offence_code, _problem") == [
        ("2025MM01", "false", None, None),
        ("2026MM03", "true", None, None),
    ]


def test_a_new_offence_in_the_code_list_is_found(zone):
    delivered = offer(OPEN, OFFENCES, "2026-04-30__SoortMisdrijf.csv", gate.of(OPEN))
    assert problems(delivered) == [None, None, "unknown_offence_code"]
    assert landed(delivered, "offence_code, region_code")[1] == ("1.1.1", None)


@pytest.mark.parametrize("number", ["47004NED", "47005NED", "47013NED", "47025NED"])
def test_another_table_is_named_and_refused(zone, number):
    with pytest.raises(RejectedError, match=number):
        offer(OPEN, SAMPLES[OPEN][1], f"{number}_TypedDataSet_30092026_101500.csv")


@pytest.mark.parametrize("text", [LABELS, NUISANCE, PERIODS, OFFENCES])
def test_every_form_of_open_data_is_recognised(tmp_path, text):
    path = tmp_path / "x"
    path.write_text(text, "utf-8")
    assert source_of(path) == OPEN


INCIDENTS = "police__incidents"
WHERE = "4.202,52.045"
STREET = f"""\
Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,\
LSOA name,Crime type,Last outcome category,Context
,2026-02,Force,Force,{WHERE},On or near Secret Street,E01,N,Anti-social behaviour,,
aa11,2026-02,Force,Force,{WHERE},On or near Secret Street,E01,N,Burglary,,
bb22,2026-02,Force,Force,,,No location,,,Bicycle theft,,
cc33,2026-02,Force,Force,-0.118888,51.509,On or near X,E01,N,Burglary,,
dd44,2026-13,Force,Force,{WHERE},On or near X,E01,N,Robbery,,
ee55,2026-02,Force,Force,{WHERE},On or near X,E01,N,Witchcraft,,
"""
ANSWER = """\
[{"category": "burglary", "location_type": "Force", "location": {"latitude": "52.045",
  "street": {"id": 1, "name": "Secret Street"}, "longitude": "4.202"}, "context": "",
  "outcome_status": null, "persistent_id": "aa11", "id": 7, "location_subtype": "",
  "month": "2026-02"},
 {"category": "anti-social-behaviour", "location_type": "Force", "location":
  {"latitude": "52.045", "street": {"id": 1, "name": "Secret Street"},
  "longitude": "4.202"}, "context": "", "outcome_status": null, "persistent_id": "",
  "id": 8, "location_subtype": "", "month": "2026-02"}]
"""
WINDOW = "occurred_from_local, occurred_to_local, has_time, offence_code"
FEBRUARY = ("2026-02-01 00:00:00", "2026-02-28 23:59:59", "false")


def test_a_street_file_has_a_month_for_a_window(zone):
    delivered = offer(INCIDENTS, STREET, "2026-03-force-street.csv")
    assert problems(delivered) == [
        None, None, "unknown_buurt", "outside_area", "bad_date",
        "unknown_offence_code",
    ]  # fmt: skip
    assert landed(delivered, WINDOW)[:2] == [
        (*FEBRUARY, "2.7.3"),
        (*FEBRUARY, "1.1.1"),
    ]
    found = landed(delivered, "incident_id, buurt_code, _covers_to::varchar")
    assert found[0][0] not in {None, found[1][0]}
    assert found[1][1:] == ("BU05181481", "2026-02-28")
    assert "Secret" not in str(landed(delivered))


def test_before_2012_a_street_file_had_no_id_and_british_points(zone):
    import pyproj

    to_british = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    x, y = to_british.transform(4.202, 52.045)
    text = (
        "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\n"
        f"2011-02,Force,Force,{x:.1f},{y:.1f},Secret,Burglary,\n"
        f"2011-02,Force,Force,{x:.1f},{y:.1f},Secret,Burglary,\n"
    )
    delivered = offer(INCIDENTS, text, "2011-03-01__force-street.csv")
    assert problems(delivered) == [None, None]
    found = landed(delivered, "incident_id, buurt_code")
    assert found[0][0] != found[1][0]
    assert found[0][1] == "BU05181481"


def test_an_answer_of_the_api_is_read_as_its_file_is(zone):
    delivered = offer(INCIDENTS, ANSWER, "2026-03-30__street.json")
    assert problems(delivered) == [None, None]
    assert landed(delivered, WINDOW) == [(*FEBRUARY, "1.1.1"), (*FEBRUARY, "2.7.3")]
    assert "Secret" not in str(landed(delivered))


def test_the_same_crime_in_file_and_answer_is_one_incident(zone):
    of_file = offer(INCIDENTS, STREET, "2026-03-force-street.csv")
    of_api = offer(INCIDENTS, ANSWER, "2026-03-30__street.json")
    ids = [landed(d, "incident_id") for d in (of_file, of_api)]
    assert ids[0][1] == ids[1][0]


def test_outcomes_are_refused_with_what_to_send(zone):
    text = (
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
        "LSOA name,Outcome type\naa11,2026-02,F,F,4.2,52.0,X,E,N,Charged\n"
    )
    with pytest.raises(RejectedError, match="'street'"):
        offer(INCIDENTS, text)


@pytest.mark.parametrize("text", [STREET, ANSWER])
def test_crimes_of_data_police_uk_are_recognised(tmp_path, text):
    path = tmp_path / "x"
    path.write_text(text, "utf-8")
    assert source_of(path) == INCIDENTS


GRONINGEN = f"""\
Incident Identificatie;Bronregistratie;Incidentsoort code;Incidentsoort;\
Begin-pleegdatum/tijd;Eind-pleegdatum/tijd;Kennisnamedatum/tijd;Poging;Aangifte;X;Y;\
Pleegbuurt;Object;Pleegpostcode;Pleeghuisnummer met toev.;Pleegstraatnaam;Verdachten
1001;R1;A72;Diefstal fiets;01-03-2026 10:00;01-03-2026 18:00;02-03-2026 09:00;nee;ja;\
{X};{Y};Houtwijk;Fiets;9700 AB;12 a;Secretstraat;2
1002;R1;A72;Diefstal fiets;01-03-2026 10:00;n/a;02-03-2026 09:00;nee;ja;{X};{Y};\
Geen data aanwezig;Fiets;9700 AB;12 a;Secretstraat;0
"""
ROTTERDAM = """\
Voorval nummer;MK;MK omschrijving;Begindatum;Begintijd;Einddatum;Eindtijd;Kennisname;\
Poging;Buurt;Object;Straat;Trefwoord;Merk;Kleur;Begin dagsoort
2001;A72;Diefstal fiets;01/03/2012;10:00;01/03/2012;18:00;02/03/2012;N;Houtwijk;Fiets;\
Secretstraat;x;Gazelle;rood;do
"""


@pytest.mark.parametrize("text", [GRONINGEN, ROTTERDAM])
def test_the_public_layouts_of_the_netherlands_land_as_they_are(zone, text):
    delivered = offer(INCIDENTS, text, "2026-03-31__incidenten.csv", gate.of(INCIDENTS))
    assert delivered.problem_count == 0
    assert landed(delivered, "offence_code, address_key is not null")[0] == (
        "1.2.3", True,
    )  # fmt: skip
    for secret in ("Secret", "Gazelle", "9700"):
        assert secret not in str(landed(delivered))


def test_one_registration_may_hold_several_incidents(zone):
    delivered = offer(INCIDENTS, GRONINGEN, "2026-03-31__incidenten.csv")
    ids = landed(delivered, "incident_id, registration_id")
    assert ids[0][0] != ids[1][0]
    assert ids[0][1] == ids[1][1]

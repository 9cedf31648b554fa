"""Lists of what is done to reach residents: each faulty row, each other file."""

import pytest
from tests.landing.offers import SAMPLES, changed, landed, offer, problems

from wijkbeeld.landing.rejected import RejectedError

PRINT, BRIEFINGS = "outreach__print", "outreach__briefings"
EVENINGS, PROGRAMMES = "outreach__ride_alongs", "outreach__programmes"
ACTIONS, MINUTES = "outreach__actions", "outreach__minutes"
LONG = "x" * 40_000

FAULTY = [
    (PRINT, 1, {"artikel_id": ""}, "not_a_data_row"),
    (PRINT, 1, {"artikel_id": "Totaal"}, "not_a_data_row"),
    (PRINT, 1, {"artikel_id": "9E+15"}, "id_precision_lost"),
    (PRINT, 1, {"titel": ""}, "missing_required_value"),
    (PRINT, 1, {"krant": "n.v.t."}, "missing_required_value"),
    (PRINT, 1, {"titel": "#N/B"}, "excel_error_value"),
    (PRINT, 1, {"titel": "\x07"}, "control_characters"),
    (PRINT, 1, {"titel": LONG}, "field_too_long"),
    (PRINT, 1, {"verschenen_op": "16-09"}, "bad_date"),
    (PRINT, 1, {"verschenen_op": "31-02-2026"}, "bad_date"),
    (PRINT, 1, {"verschenen_op": "16-09-1999"}, "date_out_of_range"),
    (PRINT, 1, {"oplage": "veel"}, "bad_number"),
    (PRINT, 1, {"oplage": "-1"}, "negative_count"),
    (PRINT, 1, {"oplage": "24,5K"}, "abbreviated_number"),
    (PRINT, 1, {"woorden": "1,5"}, "bad_number"),
    (PRINT, 1, {"thema": "inbraak"}, "unknown_code"),
    (PRINT, 1, {"thema": "woninginbraak inbraak"}, "unknown_code"),
    (PRINT, 1, {"soort": "gedicht"}, "unknown_code"),
    (PRINT, 1, {"buurtcodes": "Scheveningen"}, "unknown_buurt"),
    (PRINT, 1, {"buurtcodes": "BU05181795 BU05189999"}, "unknown_buurt"),
    (PRINT, 1, {"titel": "Bel 06-12345678"}, "personal_data_found"),
    (PRINT, 1, {"titel": "Wie zag 12-AB-34?"}, "personal_data_found"),
    (PRINT, 1, {"krant": "tip@voorbeeld.nl"}, "personal_data_found"),
    (BRIEFINGS, 2, {"briefing_id": ""}, "not_a_data_row"),
    (BRIEFINGS, 2, {"briefing_id": "Total"}, "not_a_data_row"),
    (BRIEFINGS, 2, {"datum": ""}, "bad_date"),
    (BRIEFINGS, 2, {"datum": "", "start_tijd": ""}, "missing_required_value"),
    (BRIEFINGS, 2, {"status": ""}, "missing_required_value"),
    (
        BRIEFINGS,
        3,
        {"status": "gehouden", "datum": "03-09-2026"},
        "missing_required_value",
    ),
    (BRIEFINGS, 2, {"start_tijd": "half acht"}, "bad_date"),
    (BRIEFINGS, 2, {"eind_tijd": "laat"}, "bad_date"),
    (BRIEFINGS, 2, {"datum": "12-09-2026", "verslag_op": ""}, "date_out_of_range"),
    (BRIEFINGS, 2, {"datum": "27-08-1999"}, "date_out_of_range"),
    (BRIEFINGS, 2, {"verslag_op": "26-08-2026"}, "bad_order_in_time"),
    (BRIEFINGS, 2, {"aanwezig_politie": "drie"}, "bad_number"),
    (BRIEFINGS, 2, {"aanwezig_politie": "-3"}, "negative_count"),
    (BRIEFINGS, 2, {"verslag_weergaven": "1,2 dzd."}, "abbreviated_number"),
    (BRIEFINGS, 2, {"status": "misschien"}, "unknown_code"),
    (BRIEFINGS, 2, {"themas": "inbraak"}, "unknown_code"),
    (BRIEFINGS, 2, {"gastspreker_van": "j@x.nl"}, "personal_data_found"),
    (
        BRIEFINGS,
        2,
        {"datum": "28-03-2026", "start_tijd": "23:00", "eind_tijd": "02:30"},
        "nonexistent_local_time",
    ),
    (BRIEFINGS, 2, {"gastspreker_van": "Jan de Vries"}, "personal_data_found"),
    (ACTIONS, 1, {"actie_id": ""}, "not_a_data_row"),
    (ACTIONS, 1, {"actie_id": "Totaal"}, "not_a_data_row"),
    (ACTIONS, 1, {"actie_id": "9E+15"}, "id_precision_lost"),
    (ACTIONS, 2, {"briefing_id": ""}, "missing_required_value"),
    (ACTIONS, 2, {"omschrijving": ""}, "missing_required_value"),
    (ACTIONS, 2, {"eigenaar": "n.v.t."}, "missing_required_value"),
    (ACTIONS, 2, {"gevraagd_op": ""}, "missing_required_value"),
    (ACTIONS, 2, {"klaar_op": ""}, "missing_required_value"),
    (ACTIONS, 2, {"status": ""}, "missing_required_value"),
    (ACTIONS, 1, {"gedaan_op": ""}, "missing_required_value"),
    (ACTIONS, 3, {"gedaan_op": ""}, "missing_required_value"),
    (ACTIONS, 2, {"omschrijving": "#N/B"}, "excel_error_value"),
    (ACTIONS, 2, {"omschrijving": "\x07"}, "control_characters"),
    (ACTIONS, 2, {"omschrijving": "x" * 201}, "field_too_long"),
    (ACTIONS, 1, {"toelichting": "x" * 201}, "field_too_long"),
    (ACTIONS, 2, {"klaar_op": "volgende keer"}, "bad_date"),
    (ACTIONS, 1, {"gedaan_op": "31-02-2026"}, "bad_date"),
    (ACTIONS, 2, {"gevraagd_op": "27-08-1999"}, "date_out_of_range"),
    (ACTIONS, 1, {"gedaan_op": "09-12-2026"}, "date_out_of_range"),
    (ACTIONS, 2, {"klaar_op": "26-08-2026"}, "to_before_from"),
    (ACTIONS, 1, {"gedaan_op": "26-08-2026"}, "bad_order_in_time"),
    (ACTIONS, 2, {"eigenaar": "iedereen"}, "unknown_code"),
    (ACTIONS, 2, {"eigenaar": "Jan de Vries"}, "unknown_code"),
    (ACTIONS, 2, {"status": "bezig"}, "unknown_code"),
    (ACTIONS, 2, {"omschrijving": "Jan de Vries belt"}, "personal_data_found"),
    (ACTIONS, 2, {"omschrijving": "Kijk op Zeekraalpad 12"}, "personal_data_found"),
    (ACTIONS, 1, {"toelichting": "Bel 06-12345678"}, "personal_data_found"),
    (MINUTES, 1, {"briefing_id": ""}, "not_a_data_row"),
    (MINUTES, 1, {"punt": ""}, "missing_required_value"),
    (MINUTES, 1, {"volgorde": ""}, "missing_required_value"),
    (MINUTES, 1, {"punt": "x" * 201}, "field_too_long"),
    (MINUTES, 1, {"volgorde": "eerst"}, "bad_number"),
    (MINUTES, 1, {"volgorde": "100"}, "bad_number"),
    (MINUTES, 1, {"volgorde": "-1"}, "bad_number"),
    (MINUTES, 1, {"punt": "12-AB-34 reed weg"}, "personal_data_found"),
    (MINUTES, 1, {"punt": "Mevrouw Kanarie let op"}, "personal_data_found"),
    (EVENINGS, 1, {"avond_id": ""}, "not_a_data_row"),
    (EVENINGS, 1, {"avond_id": "Totaal"}, "not_a_data_row"),
    (EVENINGS, 1, {"start_tijd": ""}, "missing_required_value"),
    (EVENINGS, 3, {"eind_tijd": ""}, "missing_required_value"),
    (EVENINGS, 1, {"kanaal": ""}, "missing_required_value"),
    (EVENINGS, 1, {"melding_soort": ""}, "missing_required_value"),
    (EVENINGS, 1, {"melding_kwartier": ""}, "missing_required_value"),
    (EVENINGS, 1, {"gebied": ""}, "missing_required_value"),
    (EVENINGS, 1, {"gepubliceerd_op": ""}, "missing_required_value"),
    (EVENINGS, 1, {"gepubliceerd_op": "11-09-2026"}, "missing_required_value"),
    (EVENINGS, 1, {"vrijgegeven_op": ""}, "missing_required_value"),
    (EVENINGS, 1, {"nagekeken_door_rol": ""}, "missing_required_value"),
    (EVENINGS, 1, {"melding_kwartier": "19:31"}, "bad_date"),
    (EVENINGS, 1, {"melding_kwartier": "kwart over"}, "bad_date"),
    (EVENINGS, 1, {"datum": "11-09"}, "bad_date"),
    (EVENINGS, 1, {"gepubliceerd_op": "11-12-2026 20:10"}, "date_out_of_range"),
    (EVENINGS, 1, {"aantal_meelopers": "-1"}, "negative_count"),
    (EVENINGS, 1, {"toets_naam": "soms"}, "bad_boolean"),
    (EVENINGS, 1, {"kanaal": "tiktok"}, "unknown_code"),
    (EVENINGS, 1, {"gebied": "Zeekraalpad 12"}, "unknown_buurt"),
    (EVENINGS, 1, {"gebied": "WK051899"}, "unknown_buurt"),
    (EVENINGS, 1, {"nagekeken_door_rol": "Jan de Vries"}, "personal_data_found"),
    (EVENINGS, 1, {"melding_soort": "man belt 06-12345678"}, "personal_data_found"),
    (PROGRAMMES, 1, {"programma_id": ""}, "not_a_data_row"),
    (PROGRAMMES, 1, {"naam": ""}, "missing_required_value"),
    (PROGRAMMES, 1, {"start": ""}, "missing_required_value"),
    (PROGRAMMES, 1, {"start": "voorjaar"}, "bad_date"),
    (PROGRAMMES, 1, {"start": "01-04-1999"}, "date_out_of_range"),
    (PROGRAMMES, 1, {"eind": "31-03-2026"}, "to_before_from"),
    (PROGRAMMES, 1, {"vergelijking": "BU05181786 BU05181795"}, "key_conflict"),
    (PROGRAMMES, 1, {"deelnemers": "veel"}, "bad_number"),
    (PROGRAMMES, 1, {"deelnemers": "-4"}, "negative_count"),
    (PROGRAMMES, 1, {"soort": "kermis"}, "unknown_code"),
    (PROGRAMMES, 1, {"doelgroep": "iedereen"}, "unknown_code"),
    (PROGRAMMES, 1, {"status": "misschien"}, "unknown_code"),
    (PROGRAMMES, 1, {"doel_offence": "9.9.9"}, "unknown_offence_code"),
    (PROGRAMMES, 1, {"doel_offence": "2.2.1 9.9.9"}, "unknown_offence_code"),
    (PROGRAMMES, 1, {"buurtcode": "Scheveningen"}, "unknown_buurt"),
    (PROGRAMMES, 1, {"vergelijking": "Scheveningen"}, "unknown_buurt"),
    (PROGRAMMES, 1, {"naam": "Mail jan@voorbeeld.nl"}, "personal_data_found"),
]


@pytest.mark.parametrize(("source", "row", "values", "problem"), FAULTY)
def test_a_faulty_row_names_its_problem_and_spoils_no_other(
    zone, source, row, values, problem
):
    found = problems(offer(source, changed(source, row, **values)))
    assert found[row - 1] == problem
    assert [p for at, p in enumerate(found, 1) if at != row] == [None] * (
        len(found) - 1
    )


GOOD = [
    (PRINT, 1, {"oplage": "24.500"}, "circulation", "24500"),
    (PRINT, 1, {"oplage": ""}, "circulation", None),
    (PRINT, 1, {"oplage": "0"}, "circulation", "0"),
    (PRINT, 1, {"soort": "Oproep"}, "format", "oproep"),
    (PRINT, 1, {"thema": "Woninginbraak, cyber"}, "themes", "woninginbraak cyber"),
    (PRINT, 1, {"thema": "straatroof-overval"}, "themes", "straatroof_overval"),
    (PRINT, 1, {"buurtcodes": "Kom Loosduinen"}, "buurt_codes", "BU05181795"),
    (PRINT, 1, {"titel": "=Som(1)"}, "title", "=Som(1)"),
    (PRINT, 1, {"titel": "Bel 0900-8844"}, "title", "Bel 0900-8844"),
    (PRINT, 1, {"tip_code": "tip-lamp"}, "tip_code", "TIP-LAMP"),
    # A column that is still to appear.
    (PRINT, 1, {"verschenen_op": "16-12-2026"}, "published_local",
     "2026-12-16 00:00:00"),
    (BRIEFINGS, 2, {"aanwezig_bewoners": "0"}, "attendance_residents", "0"),
    (BRIEFINGS, 2, {"aanwezig_bewoners": ""}, "attendance_residents", None),
    (BRIEFINGS, 2, {"eind_tijd": "00:30"}, "ended_local", "2026-08-28 00:30:00"),
    (BRIEFINGS, 2, {"start_tijd": ""}, "has_start_time", "false"),
    (BRIEFINGS, 3, {"status": "Held", "datum": "03-09-2026",
                    "aanwezig_politie": "2"}, "status", "gehouden"),
    (BRIEFINGS, 3, {"datum": "24-12-2026"}, "status", "gepland"),
    (BRIEFINGS, 2, {"verslag_op": "27-08-2026"}, "minutes_local",
     "2026-08-27 00:00:00"),
    (ACTIONS, 2, {"eigenaar": "Housing Association"}, "owner", "housing_association"),
    (ACTIONS, 2, {"eigenaar": "Politie"}, "owner", "police"),
    (ACTIONS, 1, {"status": "Done"}, "status", "done"),
    (ACTIONS, 2, {"klaar_op": "29-10-2027"}, "due_local", "2027-10-29 00:00:00"),
    (ACTIONS, 2, {"klaar_op": "27-08-2026"}, "due_local", "2026-08-27 00:00:00"),
    (ACTIONS, 2, {"omschrijving": "x" * 200}, "description", "x" * 200),
    (ACTIONS, 2, {"omschrijving": "Zebrapad bij nummer 112"}, "description",
     "Zebrapad bij nummer 112"),
    (ACTIONS, 1, {"toelichting": ""}, "note", None),
    (MINUTES, 1, {"volgorde": "99"}, "point_no", "99"),
    (MINUTES, 1, {"volgorde": "0", "punt": "geen"}, "point_no", "0"),
    (MINUTES, 1, {"punt": "=Som(1)"}, "point", "=Som(1)"),
    (EVENINGS, 1, {"gebied": "wk051818"}, "area_code", "WK051818"),
    (EVENINGS, 1, {"gebied": "Kom Loosduinen"}, "area_code", "BU05181795"),
    (EVENINGS, 1, {"kanaal": "Twitter"}, "channel", "x"),
    (EVENINGS, 1, {"toets_naam": ""}, "is_name_checked", None),
    (EVENINGS, 1, {"melding_kwartier": "00:15", "eind_tijd": "01:00",
                   "vrijgegeven_op": "12-09-2026 00:30",
                   "gepubliceerd_op": "12-09-2026 00:40"}, "called_local",
     "2026-09-12 00:15:00"),
    (EVENINGS, 1, {"melding_kwartier": "18:45"}, "called_local",
     "2026-09-11 18:45:00"),
    (EVENINGS, 3, {"datum": "09-12-2026"}, "started_local", "2026-12-09 19:00:00"),
    (PROGRAMMES, 2, {"start": "01-10-2027"}, "start_local", "2027-10-01 00:00:00"),
    (PROGRAMMES, 1, {"doel_offence": "2.2.1, 1.1.1"}, "target_offences",
     "2.2.1 1.1.1"),
    (PROGRAMMES, 1, {"status": "Done"}, "status", "afgerond"),
    (PROGRAMMES, 1, {"vergelijking": "Houtwijk"}, "comparison_buurt_codes",
     "BU05181786"),
    (PROGRAMMES, 1, {"deelnemers": ""}, "participant_count", None),
]  # fmt: skip


@pytest.mark.parametrize("case", GOOD)
def test_a_value_is_read_as_it_was_meant(zone, case):
    source, row, values, column, expected = case
    delivered = offer(source, changed(source, row, **values))
    assert delivered.problem_count == 0
    assert landed(delivered, column)[row - 1][0] == expected


PEOPLE = "voornaam;briefing_id;datum;status\nx;B-2026-08;27-08-2026;gehouden\n"


@pytest.mark.parametrize(
    ("source", "text", "says"),
    [
        (PRINT, "artikel_id;krant;titel;soort;thema\nK-1;a;b;column;cyber\n",
         "verschenen_op"),
        (BRIEFINGS, PEOPLE, "presentielijst"),
        (PROGRAMMES, "programma_id;voornaam\nP-1;Jan\n", "lijst van deelnemers"),
        (EVENINGS, "avond_id;datum;omschrijving\nM-1;11-09-2026;x\n",
         "ontbreekt de kolom eind_tijd"),
        (BRIEFINGS, SAMPLES[PRINT][1], "zet het bestand in inbox/outreach__print"),
        (BRIEFINGS, SAMPLES[ACTIONS][1], "zet het bestand in inbox/outreach__actions"),
        (ACTIONS, SAMPLES[MINUTES][1], "zet het bestand in inbox/outreach__minutes"),
        (MINUTES, SAMPLES[BRIEFINGS][1],
         "zet het bestand in inbox/outreach__briefings"),
        (ACTIONS, "actie_id;naam\nA-1;Jan\n", "ontbreekt de kolom"),
        (PRINT, SAMPLES[BRIEFINGS][1], "zet het bestand in inbox/outreach__briefings"),
    ],
)  # fmt: skip
def test_another_list_is_sent_back_with_a_remedy(zone, source, text, says):
    with pytest.raises(RejectedError, match=says):
        offer(source, text)


def test_a_piece_without_circulation_is_told_of(zone):
    delivered = offer(PRINT, changed(PRINT, 1, oplage=""))
    assert "1 stukken hebben geen oplage: hun bereik is onbekend" in delivered.warnings


def test_two_pieces_of_one_reference_contradict_each_other(zone):
    text = changed(PRINT, 2, artikel_id="K-2026-18")
    assert problems(offer(PRINT, text)) == ["key_conflict", "key_conflict", None]


def test_what_should_have_been_ready_is_told_of(zone):
    late = changed(ACTIONS, 2, klaar_op="29-09-2026")
    told = offer(ACTIONS, late).warnings
    assert "1 acties staan open en hadden al klaar moeten zijn" in told
    odd = changed(ACTIONS, 2, gedaan_op="09-09-2026")
    told = offer(ACTIONS, odd).warnings
    assert "1 acties hebben een dag waarop ze klaar waren, en staan nog open" in told


def test_an_owner_who_is_a_person_is_not_kept(zone):
    delivered = offer(ACTIONS, changed(ACTIONS, 2, eigenaar="Wilhelmina Kanarievogel"))
    assert b"Kanarievogel" not in delivered.parquet.read_bytes()


def test_a_list_of_who_was_there_is_dropped(zone):
    lines = SAMPLES[BRIEFINGS][1].splitlines()
    text = "\n".join(
        line + (";presentielijst" if not at else ";Wilhelmina Kanarievogel-Demo")
        for at, line in enumerate(lines)
    )
    delivered = offer(BRIEFINGS, text + "\n")
    assert b"Kanarievogel" not in delivered.parquet.read_bytes()


def test_what_goes_against_the_rules_of_an_evening_is_told_of(zone):
    told = offer(EVENINGS, SAMPLES[EVENINGS][1]).warnings
    assert "1 berichten zijn gepubliceerd voordat ze waren vrijgegeven" in told
    assert (
        "1 berichten zijn niet op alles nagekeken, en gelden als niet volgens de regels"
    ) in told
    soon = changed(EVENINGS, 1, melding_kwartier="20:00")
    told = offer(EVENINGS, soon).warnings
    assert "1 berichten kwamen binnen een kwartier na de melding" in told


def test_a_street_is_not_kept(zone):
    delivered = offer(EVENINGS, changed(EVENINGS, 1, gebied="Zeekraalpad 12"))
    assert b"Zeekraalpad" not in delivered.parquet.read_bytes()


def test_a_comparison_chosen_afterwards_is_told_of(zone):
    text = changed(PROGRAMMES, 1, gekozen_op="02-04-2026", status="loopt")
    told = offer(PROGRAMMES, text).warnings
    assert any("na het begin zijn gekozen" in warning for warning in told)
    assert any("een eind dat voorbij is" in warning for warning in told)


def test_a_programme_in_two_buurten_is_two_rows(zone):
    row = "P-LAMP-1;Lamp (demo);preventie_woning;;BU05181806;01-10-2026;;loopt;;;;;\n"
    delivered = offer(PROGRAMMES, SAMPLES[PROGRAMMES][1] + row)
    assert delivered.problem_count == 0

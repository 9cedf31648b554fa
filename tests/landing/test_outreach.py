"""Lists of what is done to reach residents: each faulty row, each other file."""

import pytest
from tests.landing.offers import SAMPLES, changed, landed, offer, problems

from wijkbeeld.landing.rejected import RejectedError

PRINT, BRIEFINGS = "outreach__print", "outreach__briefings"
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
        (BRIEFINGS, SAMPLES[PRINT][1], "zet het bestand in inbox/outreach__print"),
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


def test_a_list_of_who_was_there_is_dropped(zone):
    lines = SAMPLES[BRIEFINGS][1].splitlines()
    text = "\n".join(
        line + (";presentielijst" if not at else ";Wilhelmina Kanarievogel-Demo")
        for at, line in enumerate(lines)
    )
    delivered = offer(BRIEFINGS, text + "\n")
    assert b"Kanarievogel" not in delivered.parquet.read_bytes()

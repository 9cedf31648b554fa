"""The register of groups, and the log of what the police send into them."""

import pytest
from tests.landing.offers import SAMPLES, changed, landed, offer, problems

from wijkbeeld.landing.rejected import RejectedError

GROUPS, BROADCASTS = "whatsapp__groups", "whatsapp__broadcasts"
WEEKS = "whatsapp__group_weeks"
LONG = "x" * 40_000

FAULTY = [
    (GROUPS, {"groep_id": ""}, "not_a_data_row"),
    (GROUPS, {"groep_id": "Totaal"}, "not_a_data_row"),
    (GROUPS, {"groep_id": "7"}, "bad_id"),
    (GROUPS, {"groep_id": "WA-1234"}, "bad_id"),
    (GROUPS, {"groep_id": "WA-\uff10\uff18\uff18\uff18"}, "bad_id"),
    (GROUPS, {"groepsnaam": ""}, "missing_required_value"),
    (GROUPS, {"groepsnaam": "Buurtapp van 06-12345678"}, "personal_data_found"),
    (GROUPS, {"groepsnaam": LONG}, "field_too_long"),
    (GROUPS, {"groepsnaam": "a\x07"}, "control_characters"),
    (GROUPS, {"soort": "vriendengroep"}, "unknown_code"),
    (GROUPS, {"buurtcode": "BU05189999"}, "unknown_buurt"),
    (GROUPS, {"buurtcode": ""}, "missing_required_value"),
    (GROUPS, {"leden": "1"}, "bad_number"),
    (GROUPS, {"leden": "1025"}, "bad_number"),
    (GROUPS, {"leden": "veel"}, "bad_number"),
    (GROUPS, {"leden": ""}, "missing_required_value"),
    (GROUPS, {"leden": "-212"}, "negative_count"),
    (GROUPS, {"leden": "1,2K"}, "abbreviated_number"),
    (GROUPS, {"leden": "#N/B"}, "excel_error_value"),
    (GROUPS, {"beheerders": "Jan"}, "bad_number"),
    (GROUPS, {"politie_neemt_deel": "soms"}, "bad_boolean"),
    (GROUPS, {"actief_vanaf": ""}, "missing_required_value"),
    (GROUPS, {"actief_vanaf": "31-02-2019"}, "bad_date"),
    (GROUPS, {"actief_vanaf": "01-03-1999"}, "date_out_of_range"),
    (GROUPS, {"actief_tot": "01-02-2019"}, "to_before_from"),
    (GROUPS, {"peildatum": "vandaag"}, "bad_date"),
    (BROADCASTS, {"bericht_id": ""}, "not_a_data_row"),
    (BROADCASTS, {"bericht_id": "Eindtotaal"}, "not_a_data_row"),
    (BROADCASTS, {"bericht_id": "9E+15"}, "id_precision_lost"),
    (BROADCASTS, {"verzonden_op": ""}, "missing_required_value"),
    (BROADCASTS, {"verzonden_op": "12-09-2026"}, "missing_required_value"),
    (BROADCASTS, {"verzonden_op": "12-13-2026 20:15"}, "bad_date"),
    (BROADCASTS, {"verzonden_op": "29-03-2026 02:30"}, "nonexistent_local_time"),
    (BROADCASTS, {"verzonden_op": "12-10-2026 20:15"}, "date_out_of_range"),
    (BROADCASTS, {"groep_id": ""}, "missing_required_value"),
    (BROADCASTS, {"groep_id": "WA-7"}, "unknown_code"),
    (BROADCASTS, {"groep_id": "ALLE WA-07"}, "unknown_code"),
    (BROADCASTS, {"groep_id": "Houtwijk"}, "unknown_code"),
    (BROADCASTS, {"soort": "oproep"}, "unknown_code"),
    (BROADCASTS, {"thema": "inbraken"}, "unknown_code"),
    (BROADCASTS, {"tekst": ""}, "missing_required_value"),
    (BROADCASTS, {"tekst": LONG}, "field_too_long"),
    (BROADCASTS, {"tekst": "bel 06-12345678"}, "personal_data_found"),
    (BROADCASTS, {"tekst": "kenteken 12-AB-34 gezien"}, "personal_data_found"),
    (BROADCASTS, {"tekst": "ingebroken op Loosduinselaan 12a"}, "personal_data_found"),
    (BROADCASTS, {"tekst": "gezocht: Jan de Vries"}, "personal_data_found"),
    (BROADCASTS, {"tekst": "dank aan mevrouw De Boer"}, "personal_data_found"),
    (BROADCASTS, {"tekst": "vermist: A.B. van Dam"}, "personal_data_found"),
    (BROADCASTS, {"tips": "-1"}, "negative_count"),
    (BROADCASTS, {"reacties_24u": "1,5"}, "bad_number"),
    (BROADCASTS, {"eerste_reactie_min": "snel"}, "bad_number"),
    (BROADCASTS, {"opgelost_met_tip": "deels"}, "bad_boolean"),
    (WEEKS, {"groep_id": ""}, "not_a_data_row"),
    (WEEKS, {"groep_id": "Totaal"}, "not_a_data_row"),
    (WEEKS, {"groep_id": "Houtwijk"}, "unknown_code"),
    (WEEKS, {"isoweek": "0"}, "bad_period"),
    (WEEKS, {"isoweek": "53", "jaar": "2025"}, "bad_period"),
    (WEEKS, {"isoweek": "54"}, "bad_period"),
    (WEEKS, {"jaar": "26"}, "bad_period"),
    (WEEKS, {"isoweek": "41"}, "date_out_of_range"),
    (WEEKS, {"isoweek": ""}, "missing_required_value"),
    (WEEKS, {"leden": ""}, "missing_required_value"),
    (WEEKS, {"berichten": ""}, "missing_required_value"),
    (WEEKS, {"berichten": "40"}, "parts_do_not_add_up"),
    (WEEKS, {"berichten": "-1"}, "negative_count"),
    (WEEKS, {"tips": "een"}, "bad_number"),
    (WEEKS, {"meldingen": "1,2K"}, "abbreviated_number"),
    (WEEKS, {"leden": "#WAARDE!"}, "excel_error_value"),
]


@pytest.mark.parametrize(("source", "values", "problem"), FAULTY)
def test_a_faulty_row_names_its_problem_and_spoils_no_other(
    zone, source, values, problem
):
    found = problems(offer(source, changed(source, 1, **values)))
    assert found == [problem, None, None]


GOOD = [
    (GROUPS, {"groep_id": "wa-07"}, "group_id", "WA-07"),
    (GROUPS, {"buurtcode": "Houtwijk"}, "buurt_code", "BU05181786"),
    (GROUPS, {"leden": "1.024"}, "member_count", "1024"),
    (GROUPS, {"woningen_in_gebied": ""}, "dwelling_count", None),
    (GROUPS, {"soort": "VVE"}, "kind", "vve"),
    (GROUPS, {"peildatum": "1 sep. 2026"}, "as_of_local", "2026-09-01 00:00:00"),
    (BROADCASTS, {"groep_id": "wa-07, WA-08"}, "group_ids", "WA-07 WA-08"),
    (BROADCASTS, {"groep_id": "alle"}, "group_ids", "ALLE"),
    (WEEKS, {"isoweek": "53", "jaar": "2020"}, "week_start", "2020-12-28"),
    (WEEKS, {"isoweek": "1", "jaar": "2021"}, "week_start", "2021-01-04"),
    (WEEKS, {"berichten_politie": ""}, "police_message_count", None),
    (WEEKS, {"leden": "4"}, "message_count", None),
    (WEEKS, {"leden": "4"}, "is_suppressed", "true"),
    (BROADCASTS, {"tips": "0"}, "tip_count", "0"),
    (BROADCASTS, {"tips": ""}, "tip_count", None),
    (BROADCASTS, {"tekst": "=1+1"}, "text", "=1+1"),
    (BROADCASTS, {"tekst": "Zag u iets op de Lozerlaan om 20:15?"}, "has_prefix",
     "false"),
    (BROADCASTS, {"tekst": "  *BERICHT VAN POLITIE LOOSDUINEN* Let op"}, "has_prefix",
     "true"),
    (BROADCASTS, {"tekst": "\u200e_BERICHT VAN POLITIE LOOSDUINEN_"}, "has_prefix",
     "true"),
    (BROADCASTS, {"tekst": "\uff22ERICHT VAN POLITIE LOOSDUINEN"}, "has_prefix",
     "true"),
    (BROADCASTS, {"tekst": "Bericht van Politie Loosduinen"}, "has_prefix", "false"),
    (BROADCASTS, {"tekst": "Let op. BERICHT VAN POLITIE LOOSDUINEN"}, "has_prefix",
     "false"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "values", "column", "value"), GOOD)
def test_a_value_is_landed_in_canonical_form(zone, source, values, column, value):
    delivered = offer(source, changed(source, 1, **values))
    assert problems(delivered)[0] is None
    assert landed(delivered, column)[0][0] == value


def test_two_groups_of_one_name_are_a_conflict_of_both(zone):
    text = changed(GROUPS, 1, groepsnaam="buurtapp componisten (demo)")
    assert problems(offer(GROUPS, text)) == ["key_conflict", "key_conflict", None]


def test_a_group_twice_on_one_day_with_other_figures_is_a_conflict(zone):
    text = SAMPLES[GROUPS][1]
    again = text.splitlines()[1].replace(";212;", ";213;")
    found = problems(offer(GROUPS, text + again + "\n"))
    assert found == ["key_conflict", None, None, "key_conflict"]


def test_a_group_may_be_counted_on_two_days(zone):
    text = SAMPLES[GROUPS][1]
    again = text.splitlines()[1].replace("01-09-2026", "01-08-2026")
    assert problems(offer(GROUPS, text + again + "\n")) == [None] * 4


def test_a_register_without_a_reference_date_is_rejected(zone):
    text = SAMPLES[GROUPS][1].replace(";peildatum", "").replace(";01-09-2026", "")
    with pytest.raises(RejectedError, match="geen peildatum"):
        offer(GROUPS, text, "groepen.csv")
    dated = offer(GROUPS, text, "2026-09-15__groepen.csv")
    assert landed(dated, "as_of_local")[0][0] == "2026-09-15 00:00:00"


def test_names_and_numbers_of_administrators_are_dropped(zone):
    lines = SAMPLES[GROUPS][1].splitlines()
    more = [";beheerder;telefoon", *[";Jan Jansen;06-12345678"] * 3]
    delivered = offer(GROUPS, "\n".join(map("".join, zip(lines, more, strict=True))))
    assert any("beheerder, telefoon" in warning for warning in delivered.warnings)
    for kept in (delivered.parquet.parent.parent).rglob("*.parquet"):
        assert b"Jansen" not in kept.read_bytes()


def test_a_register_with_many_groups_more_is_doubted(zone):
    text = SAMPLES[GROUPS][1]
    assert not offer(GROUPS, text).warnings
    row = text.splitlines()[1]
    more = "".join(
        row.replace("WA-07", f"WA-{n}").replace("Noord", str(n)) + "\n"
        for n in range(50, 56)
    )
    later = (text + more).replace("01-09-2026", "02-09-2026")
    assert any("meer dan 5 veranderd" in w for w in offer(GROUPS, later).warnings)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"tips": "12"}, "meer tips dan reacties"),
        ({"tekst": "x" * 701}, "langer dan 700"),
        ({"hoort_bij": "WB-2025-001"}, "dat we niet kennen"),
        ({"groep_id": "WA-99"}, "niet in het register"),
        ({"groep_id": "WA-41"}, "toen niet actief"),
        ({"verzonden_op": "25-10-2026 02:30"}, "twee keer voorkomt"),
    ],
)
def test_what_is_odd_about_a_message_is_a_warning(zone, values, says):
    offer(GROUPS, SAMPLES[GROUPS][1])
    text = changed(BROADCASTS, 1, **values)
    delivered = offer(BROADCASTS, text, "2026-11-01__berichten.csv")
    assert problems(delivered) == [None] * 3
    assert any(says in warning for warning in delivered.warnings)
    assert len(delivered.warnings) == 1


def test_a_message_with_a_bad_date_is_a_row_with_a_problem(zone):
    offer(GROUPS, SAMPLES[GROUPS][1])
    text = changed(BROADCASTS, 1, verzonden_op="31-02-2026 10:00")
    delivered = offer(BROADCASTS, text, "2026-11-01__berichten.csv")
    assert problems(delivered) == ["bad_date", None, None]


def test_a_good_log_gives_no_warning(zone):
    offer(GROUPS, SAMPLES[GROUPS][1])
    assert offer(BROADCASTS, SAMPLES[BROADCASTS][1]).warnings == []


def test_feedback_on_a_message_of_an_earlier_log_gives_no_warning(zone):
    offer(GROUPS, SAMPLES[GROUPS][1])
    head, *rows = SAMPLES[BROADCASTS][1].splitlines()
    offer(BROADCASTS, f"{head}\n{rows[0]}\n")
    later = offer(BROADCASTS, f"{head}\n{rows[2]}\n", "2026-10-02__berichten.csv")
    assert later.warnings == []


def test_the_same_message_in_one_group_twice_is_a_conflict(zone):
    text = SAMPLES[BROADCASTS][1]
    again = text.splitlines()[1].replace("woninginbraak", "overig")
    found = problems(offer(BROADCASTS, text + again + "\n"))
    assert found == ["key_conflict", None, None, "key_conflict"]


def test_a_line_per_group_is_fine(zone):
    text = SAMPLES[BROADCASTS][1]
    again = text.splitlines()[1].replace("WA-07 WA-08", "WA-41")
    assert problems(offer(BROADCASTS, text + again + "\n")) == [None] * 4

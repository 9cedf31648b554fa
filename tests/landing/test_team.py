"""Lists of the team: street knowledge, portfolios and goals."""

import csv
import io

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.landing.offers import SAMPLES, changed, landed, offer, problems

from wijkbeeld import reference
from wijkbeeld.landing import agreement
from wijkbeeld.landing.recognise import source_of
from wijkbeeld.landing.rejected import RejectedError

STREET, HOLDERS = "team__street_knowledge", "team__portfolios"
GOALS = "team__goals"
TEAM = (STREET, HOLDERS, GOALS)

FAULTY = [
    (STREET, {"oordeel_id": ""}, "not_a_data_row"),
    (STREET, {"oordeel_id": "Totaal"}, "not_a_data_row"),
    (STREET, {"oordeel_id": "9E+15"}, "id_precision_lost"),
    (STREET, {"datum": ""}, "missing_required_value"),
    (STREET, {"datum": "10-09"}, "bad_date"),
    (STREET, {"datum": "31-09-2026"}, "bad_date"),
    (STREET, {"datum": "10-10-2026"}, "date_out_of_range"),
    (STREET, {"geldig_tot": "10-09-1999"}, "date_out_of_range"),
    (STREET, {"geldig_tot": "09-09-2026"}, "to_before_from"),
    (STREET, {"bron": "krant"}, "unknown_code"),
    (STREET, {"buurtcode": "Scheveningen"}, "unknown_buurt"),
    (STREET, {"buurtcode": ""}, "missing_required_value"),
    (STREET, {"thema": "hondenpoep"}, "unknown_code"),
    (STREET, {"dagdeel": "schemering"}, "unknown_code"),
    (STREET, {"ernst": "0"}, "bad_number"),
    (STREET, {"ernst": "6"}, "bad_number"),
    (STREET, {"ernst": "3,5"}, "bad_number"),
    (STREET, {"ernst": "-1"}, "bad_number"),
    (STREET, {"ernst": "#N/B"}, "excel_error_value"),
    (STREET, {"ernst": ""}, "missing_required_value"),
    (STREET, {"richting": "omhoog"}, "unknown_code"),
    (STREET, {"zekerheid": "misschien"}, "unknown_code"),
    (STREET, {"verplaatst_op_focuslijst": "3"}, "bad_number"),
    (STREET, {"verplaatst_op_focuslijst": "1,5"}, "bad_number"),
    (STREET, {"verplaatst_op_focuslijst": "-2", "reden": ""}, "missing_required_value"),
    (STREET, {"reden": "x" * 201}, "field_too_long"),
    (STREET, {"reden": "\x07"}, "control_characters"),
    (STREET, {"reden": "bel 06-12345678"}, "personal_data_found"),
    (STREET, {"reden": "bestelbus 12-AB-34 staat er steeds"}, "personal_data_found"),
    (STREET, {"reden": "de bewoner van nummer 12"}, "personal_data_found"),
    (STREET, {"reden": "Overlast bij nr. 14"}, "personal_data_found"),
    (STREET, {"reden": "Kruisbessingel 7 staat leeg"}, "personal_data_found"),
    (STREET, {"reden": "zijn zoon hangt er rond"}, "personal_data_found"),
    (STREET, {"reden": "Mw. weet er meer van"}, "personal_data_found"),
    (STREET, {"oordeel_id": "SK-2026-045"}, "key_conflict"),
    (HOLDERS, {"functie": ""}, "missing_required_value"),
    (HOLDERS, {"functie": "", "organisatie": ""}, "not_a_data_row"),
    (HOLDERS, {"functie": "Totaal"}, "not_a_data_row"),
    (HOLDERS, {"functie": "jan@voorbeeld.nl"}, "personal_data_found"),
    (HOLDERS, {"functie": "#REF!"}, "excel_error_value"),
    (HOLDERS, {"thema": "woninginbraken"}, "unknown_code"),
    (HOLDERS, {"thema": ""}, "missing_required_value"),
    (HOLDERS, {"organisatie": "brandweer"}, "unknown_code"),
    (HOLDERS, {"telefoon_algemeen": "06-12345678"}, "personal_data_found"),
    (HOLDERS, {"telefoon_algemeen": "+31 6 12345678"}, "personal_data_found"),
    (HOLDERS, {"telefoon_algemeen": "0031 (0)6 12345678"}, "personal_data_found"),
    (HOLDERS, {"telefoon_algemeen": "via de balie"}, "personal_data_found"),
    (HOLDERS, {"van": ""}, "missing_required_value"),
    (HOLDERS, {"van": "begin 2026"}, "bad_date"),
    (HOLDERS, {"van": "01-01-1999"}, "date_out_of_range"),
    (HOLDERS, {"tot": "31-12-2025"}, "to_before_from"),
    (HOLDERS, {"tot": "31-13-2026"}, "bad_date"),
    (GOALS, {"doel_id": ""}, "not_a_data_row"),
    (GOALS, {"doel_id": "Eindtotaal"}, "not_a_data_row"),
    (GOALS, {"indicator": "veiligheid"}, "unknown_code"),
    (GOALS, {"indicator": ""}, "missing_required_value"),
    (GOALS, {"thema": "veiligheid"}, "unknown_code"),
    (GOALS, {"offence_code": "9.9.9"}, "unknown_offence_code"),
    (GOALS, {"buurtcode": "BU05189999"}, "unknown_buurt"),
    (GOALS, {"streefwaarde": "50"}, "bad_number"),
    (GOALS, {"richting": "omhoog"}, "bad_number"),
    (GOALS, {"richting": "beter"}, "unknown_code"),
    (GOALS, {"streefwaarde": "minder"}, "bad_number"),
    (GOALS, {"streefwaarde": "1,2K"}, "abbreviated_number"),
    (GOALS, {"streefwaarde": ""}, "missing_required_value"),
    (GOALS, {"einddatum": ""}, "missing_required_value"),
    (GOALS, {"nulmeting": ""}, "missing_required_value"),
    (GOALS, {"nulmeting_tot": "06-01-2026"}, "to_before_from"),
    (GOALS, {"nulmeting_tot": "31-12-2026"}, "to_before_from"),
    (GOALS, {"nulmeting_van": "01-01-2026"}, "to_before_from"),
    (GOALS, {"einddatum": "04-01-2026"}, "to_before_from"),
    (GOALS, {"vastgesteld_op": "05-05-2026"}, "date_out_of_range"),
    (GOALS, {"vastgesteld_op": "vorige week"}, "bad_date"),
    (GOALS, {"eigenaar": "06-12345678"}, "personal_data_found"),
    (GOALS, {"stopregel": "bel 2551 AB 12"}, "personal_data_found"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "values", "problem"), FAULTY)
def test_a_faulty_row_names_its_problem_and_what_is_wrong_is_not_kept(
    home, source, values, problem
):
    delivered = offer(source, changed(source, 1, **values))
    found = problems(delivered)
    assert found[0] == problem
    if problem == "key_conflict":
        assert found == [problem, problem, None]
        return
    assert found[1:] == [None, None]
    if problem == "personal_data_found":
        assert not {*values.values()} & {*map(str, landed(delivered)[0])}


GOOD = [
    (STREET, {"datum": "2026-09-10"}, "judged_date", "2026-09-10"),
    (STREET, {"datum": "10 sep. 2026 22:15"}, "judged_date", "2026-09-10"),
    (STREET, {"geldig_tot": ""}, "valid_until_date", None),
    (STREET, {"geldig_tot": "10-09-2026"}, "valid_until_date", "2026-09-10"),
    (STREET, {"geldig_tot": "01-01-2027"}, "valid_until_date", "2027-01-01"),
    (STREET, {"bron": "Watch-Team"}, "judged_by", "watch_team"),
    (STREET, {"bron": "Bewoner"}, "judged_by", "resident"),
    (STREET, {"buurtcode": "nieuw waldeck"}, "buurt_code", "BU05181840"),
    (STREET, {"thema": "Straatroof overval"}, "theme", "straatroof_overval"),
    (STREET, {"dagdeel": "NACHT"}, "day_part", "night"),
    (STREET, {"ernst": "5"}, "severity", "5"),
    (STREET, {"richting": "minder"}, "direction", "less"),
    (STREET, {"zekerheid": ""}, "confidence", None),
    (STREET, {"verplaatst_op_focuslijst": "+2"}, "moved_places", "2"),
    (STREET, {"verplaatst_op_focuslijst": "-2"}, "moved_places", "-2"),
    (STREET, {"verplaatst_op_focuslijst": "0", "reden": ""}, "moved_places", "0"),
    (STREET, {"reden": "=1+1"}, "reason", "=1+1"),
    (STREET, {"reden": "x" * 200}, "reason", "x" * 200),
    (STREET, {"reden": "Bewoners melden open schuren"}, "reason",
     "Bewoners melden open schuren"),
    (STREET, {"bron": "bewoner", "reden": "Donker pad"}, "reason", None),
    (STREET, {"bron": "ondernemer", "reden": "Donker pad"}, "reason", None),
    (HOLDERS, {"organisatie": "Corporatie"}, "organisation", "housing_corporation"),
    (HOLDERS, {"telefoon_algemeen": "14 070"}, "general_phone", "14 070"),
    (HOLDERS, {"telefoon_algemeen": "(070) 424 00 00"}, "general_phone",
     "(070) 424 00 00"),
    (HOLDERS, {"telefoon_algemeen": "n.v.t."}, "general_phone", None),
    (HOLDERS, {"tot": "31-12-2030"}, "valid_to_date", "2030-12-31"),
    (HOLDERS, {"van": "01-01-2027"}, "valid_from_date", "2027-01-01"),
    (GOALS, {"offence_code": "1.1.1 Diefstal/inbraak woning"}, "offence_code", "1.1.1"),
    (GOALS, {"buurtcode": "Houtwijk"}, "buurt_code", "BU05181786"),
    (GOALS, {"nulmeting": "1.048,5"}, "baseline", "1048.5"),
    (GOALS, {"einddatum": "31-12-2031"}, "end_date", "2031-12-31"),
    (GOALS, {"streefwaarde": "48"}, "target", "48"),
    (GOALS, {"stopregel": "@3 maanden"}, "stop_rule", "@3 maanden"),
    (GOALS, {"indicator": "Response minutes"}, "indicator", "response_minutes"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "values", "column", "value"), GOOD)
def test_an_odd_but_good_value_lands_in_one_notation(
    home, source, values, column, value
):
    delivered = offer(source, changed(source, 1, **values))
    assert landed(delivered, f"_problem, {column}")[0] == (None, value)


WARNED = [
    (STREET, {"geldig_tot": "30-09-2026"}, "1 oordelen waren al verlopen"),
    (STREET, {"datum": "01-03-2026", "geldig_tot": ""}, "1 oordelen waren al verlopen"),
    (STREET, {"bron": "bewoner"}, "de reden van 1 bewoners"),
    (HOLDERS, {"thema": "jeugd"}, "2 regels staan nog open"),
    (HOLDERS, {}, "16 thema's hebben in deze lijst geen houder"),
    (GOALS, {}, "2 doelen hebben geen stopregel"),
]


@pytest.mark.parametrize(("source", "values", "said"), WARNED)
def test_the_sender_is_told_of_it(home, source, values, said):
    warnings = offer(source, changed(source, 1, **values)).warnings
    assert any(warning.startswith(said) for warning in warnings), warnings


def test_two_opposite_judgements_by_one_kind_of_source_on_one_day_are_told(home):
    text = SAMPLES[STREET][1]
    again = text.splitlines()[1].replace("SK-2026-044", "SK-2026-047")
    delivered = offer(STREET, text + again.replace(";meer;", ";minder;") + "\n")
    assert problems(delivered) == [None] * 4
    assert any(w.startswith("2 oordelen spreken") for w in delivered.warnings)
    same = offer(STREET, text + again + "\n", "2026-10-02__x.csv")
    assert not any("spreken" in warning for warning in same.warnings)


def test_every_theme_but_the_rest_wants_a_holder():
    (aggregate,) = agreement.source(HOLDERS).counted.values()
    assert f"{len(reference.themes()) - 1} - count" in aggregate


@pytest.mark.parametrize(
    ("source", "header"),
    [
        (STREET, "thema"), (STREET, "ernst"), (STREET, "richting"), (STREET, "bron"),
        (STREET, "datum"), (STREET, "buurtcode"), (HOLDERS, "functie"),
        (HOLDERS, "organisatie"), (HOLDERS, "van"), (GOALS, "streefwaarde"),
        (GOALS, "einddatum"), (GOALS, "nulmeting"), (GOALS, "nulmeting_tot"),
        (GOALS, "indicator"), (GOALS, "eigenaar"),
    ],
)  # fmt: skip
def test_a_list_without_a_column_that_is_needed_is_refused(home, source, header):
    text = SAMPLES[source][1].replace(header, "kolom_x", 1)
    with pytest.raises(RejectedError, match=f"ontbreekt de kolom {header}"):
        offer(source, text)


def test_a_list_of_names_without_functions_is_refused(home):
    with pytest.raises(RejectedError, match="ontbreekt de kolom functie"):
        offer(HOLDERS, "thema;organisatie;naam;van\njeugd;politie;x;01-01-2026\n")


def test_free_notes_are_refused(home):
    with pytest.raises(RejectedError, match="thema"):
        offer(STREET, "oordeel_id;datum;opmerking\nSK-1;10-09-2026;het is druk\n")


@pytest.mark.parametrize("header", ["naam", "telefoon", "adres", "geboortedatum"])
@pytest.mark.parametrize("source", TEAM)
def test_a_column_about_somebody_is_not_kept(home, source, header):
    head, *rows = SAMPLES[source][1].splitlines()
    text = "\n".join([f"{head};{header}", *(f"{row};Geheim-4711" for row in rows)])
    delivered = offer(source, text)
    assert delivered.problem_count == 0
    assert b"Geheim-4711" not in delivered.parquet.read_bytes()
    assert "Geheim" not in str(landed(delivered))


def test_english_headers_are_read_and_known(home, tmp_path):
    text = (
        "judgement_id;date;source;buurt_code;theme;severity;direction\n"
        "SK-1;10-09-2026;school;BU05181840;jeugd;3;minder\n"
    )
    path = tmp_path / "x.csv"
    path.write_text(text)
    assert source_of(path) == STREET
    assert landed(offer(STREET, text), "judged_by, direction") == [("school", "less")]


@pytest.mark.parametrize("source", TEAM)
def test_a_workbook_lands_as_the_same_rows_as_its_csv(home, source, tmp_path):
    # In the sheet a title and a blank row stand above the header.
    columns = "* exclude (_file_sha256, _file_name, _landed_at, _row_number)"
    name, text = SAMPLES[source]
    plain = landed(offer(source, text), columns)
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("toelichting").write(0, 0, "Alleen functies")
    page = book.add_worksheet(agreement.source(source).sheet)
    page.write(0, 0, "Onze lijst")
    for at, row in enumerate(csv.reader(io.StringIO(text), delimiter=";"), 2):
        page.write_row(at, 0, row)
    book.close()
    name = f"{name.removesuffix('.csv')}.xlsx"
    in_sheet = offer(source, path.read_bytes(), name)
    assert landed(in_sheet, columns) == plain
    assert landed(in_sheet, "_row_number")[0] == (4,)


def test_a_list_of_goals_among_portfolios_is_sent_to_its_folder(home):
    with pytest.raises(RejectedError, match="zet het bestand in inbox/team__goals"):
        offer(HOLDERS, SAMPLES[GOALS][1])


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    reasons=st.lists(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=';"'),
            max_size=30,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_the_reason_every_row_is_kept_or_named(home, reasons):
    head = SAMPLES[STREET][1].splitlines()[0]
    rows = [
        f"SK-{at};10-09-2026;school;BU05181840;jeugd;3;meer;;;;{reason};"
        for at, reason in enumerate(reasons, 1)
    ]
    delivered = offer(STREET, "\n".join([head, *rows]) + "\n")
    assert delivered.row_count == len(reasons)
    assert delivered.accepted_count + delivered.problem_count == len(reasons)
    for kept, problem in landed(delivered, "reason, _problem"):
        assert problem != "personal_data_found" or kept is None

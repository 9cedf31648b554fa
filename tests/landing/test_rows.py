"""Each faulty row lands with the name of its first problem."""

import pytest
from tests.landing.offers import SAMPLES, X2, X, Y, changed, landed, offer, problems

INCIDENTS, PATROLS = "police__incidents", "watch__patrols"
GROUPS = "whatsapp__groups"
POSTS, CRIMES = "social__facebook_posts", "police__open_data"
LONG = "x" * 40_000


@pytest.mark.parametrize("source", SAMPLES)
def test_a_good_file_lands_without_problems(zone, source):
    delivered = offer(source, SAMPLES[source][1])
    assert (delivered.status, delivered.problem_count) == ("landed", 0)
    assert delivered.row_count == delivered.accepted_count > 0


FAULTY = [
    (INCIDENTS, 1, {"Registratienummer": ""}, "not_a_data_row"),
    (INCIDENTS, 1, {"Registratienummer": "Totaal"}, "not_a_data_row"),
    (INCIDENTS, 1, {"MK-code": ""}, "missing_required_value"),
    (INCIDENTS, 1, {"MK-code": "#N/B"}, "excel_error_value"),
    (INCIDENTS, 1, {"Object": "\x07"}, "control_characters"),
    (INCIDENTS, 1, {"Object": LONG}, "field_too_long"),
    (INCIDENTS, 1, {"Registratienummer": "9E+15"}, "id_precision_lost"),
    (INCIDENTS, 1, {"Datum kennisname": "31-02-2026 10:00"}, "bad_date"),
    (INCIDENTS, 1, {"Pleegdatum vanaf": "12-03"}, "bad_date"),
    (INCIDENTS, 1, {"Pleegtijd vanaf": "25:00"}, "bad_date"),
    (INCIDENTS, 1, {"Datum kennisname": "29-03-2026 02:30"}, "nonexistent_local_time"),
    (INCIDENTS, 1, {"Datum kennisname": "01-01-1999 10:00"}, "date_out_of_range"),
    (INCIDENTS, 1, {"Datum kennisname": "02-04-2026 10:00"}, "date_out_of_range"),
    (INCIDENTS, 1, {"Pleegdatum tot": "11-03-2026"}, "to_before_from"),
    (INCIDENTS, 1, {"Datum kennisname": "10-03-2026 10:00"}, "bad_order_in_time"),
    (INCIDENTS, 1, {"X-coördinaat": "west"}, "bad_number"),
    (INCIDENTS, 1, {"Poging": "misschien"}, "bad_boolean"),
    (INCIDENTS, 1, {"MK-code": "A2O"}, "unknown_offence_code"),
    (INCIDENTS, 1, {"X-coördinaat": "", "Y-coördinaat": ""}, "unknown_buurt"),
    (INCIDENTS, 1, {"X-coördinaat": ""}, "bad_coordinates"),
    (INCIDENTS, 1, {"X-coördinaat": "0", "Y-coördinaat": "0"}, "bad_coordinates"),
    (INCIDENTS, 1, {"X-coördinaat": str(Y), "Y-coördinaat": str(X)}, "swapped_axes"),
    (INCIDENTS, 1, {"X-coördinaat": str(X - 5000)}, "outside_area"),
    (PATROLS, 1, {"ronde_id": "", "team": ""}, "not_a_data_row"),
    (PATROLS, 1, {"ronde_id": "Totaal"}, "not_a_data_row"),
    (PATROLS, 1, {"datum": "12-03"}, "bad_date"),
    (PATROLS, 1, {"datum": "onbekend", "start_tijd": ""}, "missing_required_value"),
    (PATROLS, 1, {"eind_tijd": "laat"}, "bad_date"),
    (PATROLS, 1, {"aantal_lopers": "0"}, "bad_number"),
    (PATROLS, 1, {"aantal_lopers": "twee"}, "bad_number"),
    (PATROLS, 1, {"aantal_lopers": "-2"}, "negative_count"),
    (PATROLS, 1, {"aantal_signalen": "1,2K"}, "abbreviated_number"),
    (PATROLS, 1, {"start_tijd": "08:00"}, "bad_number"),
    (PATROLS, 1, {"aangemeld_bij_politie": "soms"}, "bad_boolean"),
    (PATROLS, 1, {"buurtcodes": "BU05189999"}, "unknown_buurt"),
    (PATROLS, 1, {"team": "Jan de Vries"}, "personal_data_found"),
    (PATROLS, 1, {"datum": "29-03-2026", "start_tijd": "02:10", "eind_tijd": "03:10"},
     "nonexistent_local_time"),
    (CRIMES, 1, {"SoortMisdrijf": "9.9.9 "}, "unknown_offence_code"),
    (CRIMES, 1, {"WijkenEnBuurten": "BU0518"}, "bad_region_code"),
    (CRIMES, 1, {"Perioden": "2026MM13"}, "bad_period"),
    (CRIMES, 1, {"Perioden": "2026MM0\uff13"}, "bad_period"),
    (CRIMES, 1, {"Perioden": "\uff12\uff10\uff12\uff16MM03"}, "bad_period"),
    (CRIMES, 1, {"Perioden": "\uff12\uff10\uff12\uff16 maart"}, "bad_period"),
    (CRIMES, 1, {"Perioden": "1999MM03"}, "bad_period"),
    (CRIMES, 1, {"Perioden": "2028MM01"}, "bad_period"),
    (CRIMES, 1, {"WijkenEnBuurten": "WK05181\uff17"}, "bad_region_code"),
    (CRIMES, 1, {"GeregistreerdeMisdrijven_1": "٣"}, "bad_number"),
    (CRIMES, 1, {"GeregistreerdeMisdrijven_1": "2147483648"}, "bad_number"),
    (CRIMES, 1, {"GeregistreerdeMisdrijven_1": "9" * 5000}, "bad_number"),
    (PATROLS, 1, {"afstand_km": "9" * 400}, "bad_number"),
    (PATROLS, 1, {"datum": "\uff11\uff12-03-2026"}, "bad_date"),
    (POSTS, 1, {"Weergaven": "99999999999999999999"}, "bad_number"),
    (CRIMES, 1, {"GeregistreerdeMisdrijven_1": "1,5"}, "bad_number"),
    (CRIMES, 1, {"GeregistreerdeMisdrijven_1": "-1"}, "negative_count"),
    (POSTS, 1, {"Bericht-ID": "9E+15"}, "id_precision_lost"),
    (POSTS, 1, {"Bericht-ID": ""}, "not_a_data_row"),
    (POSTS, 1, {"Publicatietijdstip": "13/13/2026 10:00"}, "bad_date"),
    (POSTS, 1, {"Weergaven": "1,2 dzd."}, "abbreviated_number"),
    (POSTS, 1, {"Bereik": "-5"}, "negative_count"),
    (POSTS, 1, {"Titel": "bel 06-12345678"}, "personal_data_found"),
    (POSTS, 1, {"Titel": "kenteken 12-AB-34 gezien"}, "personal_data_found"),
    (POSTS, 1, {"Titel": "tip@voorbeeld.nl"}, "personal_data_found"),
    (POSTS, 1, {"Titel": "nr 123456782"}, "personal_data_found"),
    (POSTS, 1, {"Titel": "op 2551 AB 12 gebeurd"}, "personal_data_found"),
    (POSTS, 1, {"Titel": "NL91ABNA0417164300"}, "personal_data_found"),
    (POSTS, 1, {"Titel": LONG}, "field_too_long"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "row", "values", "problem"), FAULTY)
def test_a_faulty_row_names_its_problem_and_spoils_no_other(
    zone, source, row, values, problem
):
    delivered = offer(source, changed(source, row, **values))
    found = problems(delivered)
    assert found[row - 1] == problem
    assert [p for at, p in enumerate(found, 1) if at != row] == [None] * (
        len(found) - 1
    )


GOOD = [
    (INCIDENTS, {"X-coördinaat": f"{X},00"}, "x_rd", str(X)),
    (INCIDENTS, {"X-coördinaat": f"{X // 1000}.{X % 1000:03d},5"}, "x_rd", f"{X}.5"),
    (INCIDENTS, {"Pleegtijd tot": "24:00"}, "occurred_to_local", "2026-03-13 00:00:00"),
    (INCIDENTS, {"Pleegtijd vanaf": ""}, "occurred_from_local", "2026-03-12 00:00:00"),
    (INCIDENTS, {"Pleegtijd vanaf": ""}, "has_time", "false"),
    (INCIDENTS, {"Pleegtijd vanaf": "00:00"}, "has_time", "false"),
    (INCIDENTS, {"Pleegtijd vanaf": "00:01"}, "has_time", "true"),
    (INCIDENTS, {"Pleegdatum vanaf": "2026-03-12"}, "occurred_from_local",
     "2026-03-12 08:15:00"),
    (INCIDENTS, {"Pleegdatum vanaf": "12 mrt. 2026"}, "occurred_from_local",
     "2026-03-12 08:15:00"),
    (INCIDENTS, {"Pleegdatum vanaf": "12-3-26"}, "occurred_from_local",
     "2026-03-12 08:15:00"),
    (INCIDENTS, {"Pleegdatum vanaf": "01-03-2026"}, "is_long_window", "true"),
    (INCIDENTS, {"Object": "=1+1"}, "object", "=1+1"),
    (INCIDENTS, {"Object": "<b>Woning</b>"}, "object", "<b>Woning</b>"),
    (INCIDENTS, {"Poging": "Voltooid"}, "is_attempt", "false"),
    (INCIDENTS, {"MK-code": " a20 "}, "offence_code", "1.1.1"),
    (INCIDENTS, {"Postcode": "n.v.t."}, "address_key", None),
    (PATROLS, {"afstand_km": "1.234,5"}, "distance_km", "1234.5"),
    (PATROLS, {"eind_tijd": "00:30"}, "ended_local", "2026-03-13 00:30:00"),
    (PATROLS, {"buurtcodes": "Houtwijk"}, "buurt_code", "BU05181786"),
    (PATROLS, {"buurtcodes": "Kraayenstein"}, "buurt_code", "BU05181697"),
    (PATROLS, {"route_naam": "@noord"}, "route_name", "@noord"),
    (PATROLS, {"ronde_id": ""}, "patrol_id", "WT-HOUTWIJK-20260312-2000"),
    (POSTS, {"Titel": "<script>alert(1)</script>"}, "caption",
     "<script>alert(1)</script>"),
    (POSTS, {"Titel": "Bel 0900-8844 of 112"}, "caption", "Bel 0900-8844 of 112"),
    (POSTS, {"Bericht-ID": "9E+15",
             "Permalink": "https://www.facebook.com/x/posts/9000000000000101"},
     "post_id", "9000000000000101"),
    (POSTS, {"Berichttype": "Karaoke"}, "format", "other"),
    (POSTS, {"Weergaven": "0"}, "views", "0"),
    (POSTS, {"Weergaven": ""}, "views", None),
    (CRIMES, {"GeregistreerdeMisdrijven_1": "."}, "crime_count", None),
    (CRIMES, {"GeregistreerdeMisdrijven_1": "2147483647"}, "crime_count",
     "2147483647"),
    (CRIMES, {"Perioden": "2027MM01"}, "period", "2027MM01"),
    (CRIMES, {"Perioden": "2026MM03*"}, "is_provisional", "true"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "values", "column", "value"), GOOD)
def test_a_value_is_landed_in_canonical_form(zone, source, values, column, value):
    delivered = offer(source, changed(source, 1, **values))
    assert problems(delivered)[0] is None
    assert landed(delivered, column)[0][0] == value


def test_the_hour_that_comes_twice_is_a_warning(zone):
    delivered = offer(
        PATROLS,
        changed(PATROLS, 1, datum="25-10-2026", start_tijd="02:30", eind_tijd="03:10"),
        "2026-11-01__rondes.csv",
    )
    assert problems(delivered)[0] is None
    assert any("twee keer voorkomt" in warning for warning in delivered.warnings)


@pytest.mark.parametrize("day", ["31-12-2026", "01-01-2027", "03-01-2027"])
def test_a_day_of_week_53_keeps_its_date(zone, day):
    text = changed(PATROLS, 1, datum=day)
    delivered = offer(PATROLS, text, "2027-01-10__rondes.csv")
    d, m, y = day.split("-")
    assert landed(delivered, "started_local")[0][0] == f"{y}-{m}-{d} 20:00:00"


def test_the_same_line_again_is_a_problem_of_the_later_one(zone):
    text = SAMPLES[INCIDENTS][1]
    again = text + text.splitlines()[1] + "\n"
    assert problems(offer(INCIDENTS, again)) == [None] * 4 + ["duplicate_row"]


def test_the_same_incident_with_other_goods_is_the_same_line(zone):
    text = SAMPLES[INCIDENTS][1]
    other = text.splitlines()[1].replace("dader Jan Jansen", "laptop")
    assert problems(offer(INCIDENTS, text + other + "\n"))[-1] == "duplicate_row"


def test_a_key_with_other_content_is_a_problem_of_all_that_bear_it(zone):
    text = SAMPLES[INCIDENTS][1]
    other = text.splitlines()[1].replace("Woning", "Schuur")
    found = problems(offer(INCIDENTS, text + other + "\n"))
    assert found == ["key_conflict", None, None, None, "key_conflict"]


def test_groups_of_another_day_are_other_rows_and_the_same_of_a_day_is_not(zone):
    """Their number alone says no more than that they may be the same."""
    header, *groups = SAMPLES[GROUPS][1].splitlines()
    earlier = [group.replace("01-09-2026", "01-08-2026") for group in groups]
    other = earlier[1].replace(";96;", ";97;")
    found = problems(
        offer(GROUPS, "\n".join([header, *groups, *earlier, groups[0], other]))
    )
    conflict = "key_conflict"
    assert found == [None] * 4 + [conflict, None, "duplicate_row", conflict]


def test_a_ragged_row_keeps_its_number_and_shifts_nothing(zone):
    lines = SAMPLES[PATROLS][1].splitlines()
    text = "\n".join([lines[0], lines[1], "R-1;stuk", lines[2] + ";te veel", lines[3]])
    delivered = offer(PATROLS, text)
    assert landed(delivered, "_row_number, _problem, patrol_id") == [
        (2, None, "R-2026-0312-01"),
        (3, "ragged_row", None),
        (4, "ragged_row", None),
        (5, None, "R-2026-0314-01"),
    ]


def test_a_separator_too_many_is_a_ragged_row_too(zone):
    lines = SAMPLES[PATROLS][1].splitlines()
    lines[2] += ";"
    assert problems(offer(PATROLS, "\n".join(lines))) == [None, "ragged_row", None]


def test_text_after_a_closing_quote_is_a_ragged_row(zone):
    text = SAMPLES[CRIMES][1].replace('"4"\n', '"4"x\n')
    assert problems(offer(CRIMES, text)) == ["ragged_row", None, None, None]


def test_a_field_of_ten_megabytes_is_a_problem_and_not_stored(zone):
    huge = "x" * 10_000_000
    delivered = offer(POSTS, changed(POSTS, 1, Titel=huge))
    assert landed(delivered, "_problem, caption")[0] == ("field_too_long", None)
    assert delivered.parquet.stat().st_size < 100_000


def test_the_first_problem_in_the_agreed_order_is_named(zone):
    values = {"MK-code": "A2O", "Datum kennisname": "31-02-2026 10:00", "Poging": "?"}
    assert problems(offer(INCIDENTS, changed(INCIDENTS, 1, **values)))[0] == "bad_date"


def test_points_lie_in_their_buurt(zone):
    delivered = offer(INCIDENTS, SAMPLES[INCIDENTS][1])
    found = landed(delivered, "buurt_code, x_rd")
    assert found[0] == ("BU05181481", str(X))
    assert found[1] == ("BU05181492", str(X2))


def test_a_page_that_is_not_ours_is_a_problem(zone, monkeypatch):
    from wijkbeeld.settings import settings

    monkeypatch.setenv("WIJKBEELD_FACEBOOK_PAGE_IDS", '["900000000000001"]')
    settings.cache_clear()
    values = {"Pagina-ID": "111111111111111"}
    assert problems(offer(POSTS, changed(POSTS, 1, **values)))[0] == "not_our_account"

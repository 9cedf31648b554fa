"""What the watch teams send: each faulty row, each other file."""

import csv
import io
from uuid import UUID

import pytest
import xlsxwriter
from tests.landing.offers import SAMPLES, changed, landed, offer, problems

from wijkbeeld import settings as configured
from wijkbeeld.landing.rejected import RejectedError

SIGNALS, PATROLS = "watch__signals", "watch__patrols"

FAULTY = [
    (SIGNALS, 1, {"signaal_id": ""}, "not_a_data_row"),
    (SIGNALS, 1, {"signaal_id": "Totaal"}, "not_a_data_row"),
    (SIGNALS, 1, {"team": "Eindtotaal"}, "not_a_data_row"),
    (SIGNALS, 1, {"signaal_id": "9E+15"}, "id_precision_lost"),
    (SIGNALS, 1, {"team": ""}, "missing_required_value"),
    (SIGNALS, 1, {"soort": ""}, "missing_required_value"),
    (SIGNALS, 1, {"gemeld_op": ""}, "missing_required_value"),
    (SIGNALS, 1, {"gemeld_op": "12-03-2026"}, "missing_required_value"),
    (SIGNALS, 1, {"uitkomst": "#VERW!"}, "excel_error_value"),
    (SIGNALS, 1, {"soort": "afval\x01"}, "control_characters"),
    (SIGNALS, 1, {"gemeld_op": "12-03 20:25"}, "bad_date"),
    (SIGNALS, 1, {"gemeld_op": "12-03-2026 25:25"}, "bad_date"),
    (SIGNALS, 1, {"reactie_op": "straks"}, "bad_date"),
    (SIGNALS, 1, {"gemeld_op": "29-03-2026 02:30", "reactie_op": ""},
     "nonexistent_local_time"),
    (SIGNALS, 1, {"gemeld_op": "12-03-1999 20:25", "reactie_op": ""},
     "date_out_of_range"),
    (SIGNALS, 1, {"gemeld_op": "02-04-2026 20:25", "reactie_op": ""},
     "date_out_of_range"),
    (SIGNALS, 1, {"reactie_op": "12-03-2026 20:24"}, "bad_order_in_time"),
    (SIGNALS, 1, {"reactie_op": "11-03-2026"}, "bad_order_in_time"),
    (SIGNALS, 2, {"teruggekoppeld_op": "11-03-2026"}, "bad_order_in_time"),
    (SIGNALS, 2, {"teruggekoppeld_op": "12-03-2026 20:00"}, "bad_order_in_time"),
    (SIGNALS, 1, {"spoed": "soms"}, "bad_boolean"),
    (SIGNALS, 1, {"soort": "inbraak"}, "unknown_code"),
    (SIGNALS, 1, {"gemeld_aan": "de buurvrouw"}, "unknown_code"),
    (SIGNALS, 1, {"uitkomst": "opgelost"}, "unknown_code"),
    (SIGNALS, 1, {"reactie_door": "brandweer"}, "unknown_code"),
    (SIGNALS, 1, {"buurtcode": "BU05189999"}, "unknown_buurt"),
    (SIGNALS, 1, {"buurtcode": "Scheveningen"}, "unknown_buurt"),
    (SIGNALS, 1, {"team": "Jan de Vries"}, "personal_data_found"),
]  # fmt: skip


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
    (SIGNALS, 1, {"buurtcode": "Houtwijk"}, "buurt_code", "BU05181786"),
    (SIGNALS, 1, {"soort": "Open garage-schuur"}, "kind", "open_garage_schuur"),
    (SIGNALS, 1, {"gemeld_aan": "112"}, "reported_to", "politie_112"),
    (SIGNALS, 1, {"gemeld_aan": "Politie 0900"}, "reported_to", "politie_0900"),
    (SIGNALS, 1, {"uitkomst": "onbekend"}, "outcome", None),
    (SIGNALS, 1, {"ronde_id": ""}, "patrol_id", None),
    (SIGNALS, 1, {"spoed": "J"}, "is_urgent", "true"),
    (SIGNALS, 1, {"spoed": ""}, "is_urgent", None),
    (SIGNALS, 1, {"reactie_op": "12-03-2026"}, "has_responded_time", "false"),
    (SIGNALS, 2, {"teruggekoppeld_op": "12-03-2026"}, "feedback_local",
     "2026-03-12 00:00:00"),
    (SIGNALS, 1, {"gemeld_op": "12 mrt. 2026 20:25"}, "reported_local",
     "2026-03-12 20:25:00"),
]  # fmt: skip


@pytest.mark.parametrize("case", GOOD)
def test_a_value_is_read_as_it_was_meant(zone, case):
    source, row, values, column, expected = case
    delivered = offer(source, changed(source, row, **values))
    assert delivered.problem_count == 0
    assert landed(delivered, column)[row - 1][0] == expected


def test_a_reference_of_the_control_room_is_kept_as_a_pseudonym(zone):
    delivered = offer(SIGNALS, SAMPLES[SIGNALS][1])
    without, with_, _ = (row[0] for row in landed(delivered, "call_id"))
    assert without is None
    assert isinstance(with_, UUID)
    assert b"M26900011" not in delivered.parquet.read_bytes()


def test_a_team_that_is_not_on_the_list_of_teams_is_told_of(zone, monkeypatch):
    assert not [w for w in offer(PATROLS, SAMPLES[PATROLS][1]).warnings if "team" in w]
    monkeypatch.setenv("WIJKBEELD_WATCH_TEAMS", '["wt-houtwijk"]')
    configured.settings.cache_clear()
    delivered = offer(PATROLS, SAMPLES[PATROLS][1] + "\n")
    assert [w for w in delivered.warnings if w.startswith("1 rondes zijn van een team")]


def test_a_known_team_may_be_named_like_a_person(zone, monkeypatch):
    text = changed(PATROLS, 1, team="Anna Bijns")
    assert problems(offer(PATROLS, text))[0] == "personal_data_found"
    monkeypatch.setenv("WIJKBEELD_WATCH_TEAMS", '["Anna Bijns", "WT-WALDECK"]')
    configured.settings.cache_clear()
    delivered = offer(PATROLS, text + "\n")
    assert landed(delivered, "team_id")[0] == ("ANNA BIJNS",)


def test_a_list_of_rounds_is_sent_to_its_own_folder(zone):
    with pytest.raises(RejectedError, match="inbox/watch__patrols"):
        offer(SIGNALS, SAMPLES[PATROLS][1])


def test_a_list_of_signals_is_sent_to_its_own_folder(zone):
    with pytest.raises(RejectedError, match="inbox/watch__signals"):
        offer(PATROLS, SAMPLES[SIGNALS][1])


def test_findings_in_the_list_of_rounds_are_refused(zone):
    text = SAMPLES[PATROLS][1].replace("route_naam", "bevinding_type")
    with pytest.raises(RejectedError, match="zet bevindingen in het blad signalen"):
        offer(PATROLS, text)


def test_descriptions_of_what_was_seen_are_dropped(zone):
    lines = SAMPLES[SIGNALS][1].splitlines()
    more = [";omschrijving", *[";Wilhelmina Kanarievogel-Demo"] * 3]
    text = "\n".join(a + b for a, b in zip(lines, more, strict=True))
    delivered = offer(SIGNALS, text + "\n")
    assert b"Kanarievogel" not in delivered.parquet.read_bytes()


def test_a_signal_to_the_police_without_a_reference_is_told_of(zone):
    delivered = offer(SIGNALS, changed(SIGNALS, 2, meldnummer=""))
    assert delivered.problem_count == 0
    assert "1 signalen aan de politie hebben geen meldnummer" in delivered.warnings


def test_one_workbook_may_be_dropped_in_both_folders(zone, tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"))
    for sheet, source in (("rondes", PATROLS), ("signalen", SIGNALS)):
        page = book.add_worksheet(sheet)
        rows = csv.reader(io.StringIO(SAMPLES[source][1]), delimiter=";")
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    book.close()
    content = (tmp_path / "x.xlsx").read_bytes()
    for source, key in ((PATROLS, "patrol_id"), (SIGNALS, "signal_id")):
        delivered = offer(source, content, "2026-03-31__werkmap.xlsx")
        plain = offer(source, SAMPLES[source][1])
        columns = "* exclude (_file_sha256, _file_name, _landed_at)"
        assert landed(delivered, columns) == landed(plain, columns)
        assert landed(delivered, key)[0][0].startswith(("R-", "S-"))

"""Whatever the service does: what is new reaches the inbox whole, or is asked again."""

import json
import re
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pull import service as moods
from pull.service import Table, crimes, serving

from expectations import gate
from wijkbeeld import pull
from wijkbeeld.landing import exported, odata, recognise
from wijkbeeld.landing import inbox as landing_inbox
from wijkbeeld.pull import asked
from wijkbeeld.settings import settings


def pull_now(number="47022NED", **how):
    """Pull a table; return what it brought, without having slept."""
    slept = []
    pulled = pull.pull(pull.tables()[number], sleep=slept.append, **how)
    return pulled, slept


def inbox(home, source="police__open_data"):
    """Return the files with figures in the inbox."""
    return sorted(set((home / "inbox" / source).glob("*")) - set(lists(home)))


def lists(home):
    """Return the lists of periods in the inbox."""
    return sorted((home / "inbox" / "police__open_data").glob("*_Perioden_*"))


def read(path):
    return json.loads(path.read_text("utf-8"))["value"]


def periods(home):
    """Return the periods in the inbox, a name per file."""
    return [re.search(r"_(\w+)_\d{14}\.json", p.name)[1] for p in inbox(home)]


def emptied(home):
    for path in [*inbox(home), *lists(home)]:
        path.unlink()


def choose(monkeypatch, **chosen):
    for name, value in chosen.items():
        monkeypatch.setenv(f"WIJKBEELD_PULL_{name.upper()}", str(value))
    settings.cache_clear()


# -- what arrives


def test_each_period_becomes_a_file_that_landing_reads(home, table):
    pulled, slept = pull_now()
    assert periods(home) == ["2026MM08", "2026MM09"]
    there = [path.name for path in [*inbox(home), *lists(home)]]
    assert sorted(pulled.files) == sorted(there)
    assert pulled.record_count == 32
    assert slept == []
    for path in inbox(home):
        assert recognise.source_of(path) == "police__open_data"
        document = odata.read(path)
        assert document.table.num_rows == 15
        assert document.facts == {"table_number": "47022NED"}
        assert document.warnings == []
        assert document.problems.null_count == 15


def test_what_was_pulled_is_landed_and_nothing_is_left_in_the_inbox(home, table):
    pull_now()
    outcomes = list(landing_inbox.land([], gate.of))
    assert {outcome.reason for outcome in outcomes} == {None}
    assert [outcome.counts for outcome in outcomes] == [
        (15, 15, 0), (15, 15, 0), (2, 2, 0)
    ]  # fmt: skip
    assert [*inbox(home), *lists(home)] == []
    pull_now(is_again=True)
    assert {outcome.status for outcome in landing_inbox.land([], gate.of)} == {"known"}


def test_nothing_is_lost_and_null_stays_null(home, table):
    pull_now()
    records = [record for path in inbox(home) for record in read(path)]
    key = lambda r: r["ID"]  # noqa: E731
    assert sorted(records, key=key) == sorted(crimes(table), key=key)
    assert None in {record["GeregistreerdeMisdrijven_1"] for record in records}


def test_the_name_says_when_it_was_pulled(home, table):
    pull_now()
    [path, _] = inbox(home)
    said = exported.exported_on(path, [path.name])
    assert said.is_said
    now = datetime.now(UTC).replace(tzinfo=None)
    assert abs(said.on - now) < timedelta(hours=3)


def test_the_newest_period_is_asked_for_first(home, service, table):
    pull_now()
    assert ["MM09" in asked for asked in service.figures()] == [True, False]


def test_of_a_table_with_months_no_years_are_asked_for(home, service):
    service.add(Table(periods=("2026MM09", "2025JJ00", "2025KW01")))
    pull_now()
    assert periods(home) == ["2026MM09"]


def test_of_a_table_with_years_only_they_are_what_is_asked_for(home, service):
    service.add(Table("47018NED", periods=("2024JJ00", "2025JJ00")))
    pull_now("47018NED")
    assert periods(home) == ["2024JJ00", "2025JJ00"]


def test_only_the_regions_of_the_settings_are_asked_for(home, service, table):
    table.regions.append("BU05990101")
    pull_now()
    regions = {record["WijkenEnBuurten"] for p in inbox(home) for record in read(p)}
    assert regions == set(moods.REGIONS)


def test_a_period_without_figures_makes_no_file(home, service, table):
    table.records = lambda table: (r for r in crimes(table) if "MM08" in r["Perioden"])
    pulled, _ = pull_now()
    assert periods(home) == ["2026MM08"]
    assert pulled.record_count == 17


def test_the_list_that_says_what_is_final_comes_after_the_figures(home, table):
    table.statuses["2026MM08"] = "Definitief"
    pulled, _ = pull_now()
    [path] = lists(home)
    assert pulled.files[-1] == path.name
    assert {r["Key"]: r["Status"] for r in read(path)} == table.statuses
    assert recognise.source_of(path) == "police__open_data"
    document = odata.read(path)
    assert document.table.num_rows == 2
    assert document.facts == {"table_number": "47022NED"}


def test_the_list_comes_again_only_when_the_table_changed(home, service, table):
    service.moods["TypedDataSet"] = [moods.plainly, *[moods.cut] * 4]
    with pytest.raises(pull.PullError):
        pull_now()
    assert lists(home) == []
    pull_now()
    assert len(lists(home)) == 1
    emptied(home)
    pull_now()
    assert lists(home) == []


# -- key figures


FIGURES = [
    {"Type": "GeoDimension", "Key": "WijkenEnBuurten"},
    {"Type": "Topic", "Key": "SoortRegio_2"},
    {"Type": "Topic", "Key": "Codering_3"},
    {"Type": "Topic", "Key": "AantalInwoners_5"},
    {"Type": "Topic", "Key": "Mannen_6"},
    {"Type": "Topic", "Key": "Nederland_17"},
]


@pytest.fixture
def key_figures(service, monkeypatch):
    from wijkbeeld.reference import buurten

    monkeypatch.setattr(moods, "PROPERTIES", FIGURES)
    table = service.add(Table("86165NED", periods=()))
    table.regions = [buurt.buurt_code for buurt in buurten()]
    table.records = lambda table: (
        {
            "ID": number,
            "WijkenEnBuurten": region,
            "SoortRegio_2": "Buurt     ",
            "Codering_3": region,
            "AantalInwoners_5": 100 * number,
            "Mannen_6": 50,
            "Nederland_17": 7,
        }
        for number, region in enumerate(table.regions)
    )
    return table


def test_key_figures_come_as_one_file_with_their_year(home, key_figures):
    pull_now("86165NED")
    [path] = inbox(home, "cbs__buurten")
    assert re.fullmatch(r"86165NED_2025_\d{14}\.json", path.name)
    assert recognise.source_of(path) == "cbs__buurten"
    document = odata.read(path)
    assert document.facts["vintage_year"] == "2025"
    assert document.table.num_rows == len(key_figures.regions)


def test_what_may_never_be_loaded_is_not_asked_for(home, service, key_figures):
    pull_now("86165NED")
    [path] = inbox(home, "cbs__buurten")
    assert set(read(path)[0]) == {
        "WijkenEnBuurten", "SoortRegio_2", "Codering_3", "AantalInwoners_5"
    }  # fmt: skip
    assert not any("Mannen" in p or "Nederland" in p for p in service.asked)


# -- too much at once


def test_a_period_that_is_too_much_is_asked_for_per_offence(home, service, table):
    table.most = 6
    pull_now()
    assert periods(home) == ["2026MM08", "2026MM09"]
    assert [len(read(path)) for path in inbox(home)] == [15, 15]
    per_offence = [f for f in service.figures() if "SoortMisdrijf eq" in f]
    assert len(per_offence) == 2 * len(moods.OFFENCES)
    assert any("SoortMisdrijf eq '1.1.1 '" in f for f in per_offence)


def test_the_error_is_recognised_in_an_answer_that_says_all_is_well(home, service):
    table = service.add(Table())
    service.moods["TypedDataSet"] = [moods.garbage(json.dumps(moods.TOO_MANY))]
    pull_now()
    assert [len(read(path)) for path in inbox(home)] == [15, 15]
    assert table.statuses.keys() == set(periods(home))


def test_an_answer_that_is_cut_off_without_a_word_is_asked_for_per_offence(
    home, service, table
):
    def shorten(told):
        told["value"] = [dict(told["value"][0], ID=n) for n in range(10_000)]

    service.moods["TypedDataSet"] = [moods.other(shorten)]
    pull_now()
    assert [len(read(path)) for path in inbox(home)] == [15, 15]


def test_what_cannot_be_parted_is_asked_for_page_by_page(home, service, monkeypatch):
    table = service.add(Table(periods=("2026MM09",)))
    monkeypatch.setattr(moods, "OFFENCES", ["1.1.1 "])
    monkeypatch.setattr(asked, "PAGE", 4)
    table.most = 3
    pull_now()
    assert [len(read(path)) for path in inbox(home)] == [5]
    assert sum("$skip" in path for path in service.asked) == 3


def test_pages_are_followed_to_the_last(home, service, table):
    table.page = 4
    pull_now()
    assert [len(read(path)) for path in inbox(home)] == [15, 15]
    assert [odata.read(path).warnings for path in inbox(home)] == [[], []]
    assert len(service.figures()) == 8


def test_ten_thousand_records_do_not_look_cut_off_to_who_lands_them(home, service):
    table = service.add(Table(periods=("2026MM09",)))
    table.page = 5_000
    table.regions = [f"BU0518{number:04}" for number in range(3_333)] + ["NL00"]
    table.records = lambda table: list(crimes(table))[:10_000]
    pull_now()
    assert [odata.read(path).table.num_rows for path in inbox(home)] == [9_999, 1]
    assert len({path.name for path in inbox(home)}) == 2


# -- trouble that passes


TROUBLE = {
    "an error of the server": moods.error(500),
    "a gateway that is busy": moods.error(503, "<html>busy</html>"),
    "too many requests": moods.error(429),
    "a connection cut in the middle": moods.cut,
    "a connection closed without a word": moods.hang_up,
    "a web page": moods.garbage("<!DOCTYPE html><p>502"),
    "nothing": moods.garbage(""),
    "half of it": moods.garbage('{"value": [{"ID": 1'),
    "another JSON": moods.garbage("[1, 2]"),
    "no list": moods.garbage('{"value": 7}'),
    "a list of numbers": moods.garbage('{"value": [1]}'),
    "no number": moods.garbage('{"value": [{"ID": NaN}]}'),
    "an endless nest": moods.garbage("[" * 100_000),
    "an error in an answer": moods.garbage('{"odata.error": {"message": "down"}}'),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_that_passes_is_waited_for(home, service, table, trouble):
    for entity in ("TableInfos", "Perioden", "TypedDataSet"):
        service.moods[entity] = [TROUBLE[trouble]] * 2
    pulled, slept = pull_now()
    assert pulled.record_count == 32
    assert len(slept) == 6
    assert all(0 < pause <= 60 for pause in slept)


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_that_stays_is_told_and_leaves_nothing_half(
    home, service, table, trouble
):
    service.lasting["TypedDataSet"] = TROUBLE[trouble]
    with pytest.raises(pull.LaterError, match=r"TypedDataSet.*\(4 keer geprobeerd\)"):
        pull_now()
    assert inbox(home) == []
    assert len(service.figures()) == 4


def test_a_stall_is_not_waited_for_to_the_end(home, service, table, monkeypatch):
    choose(monkeypatch, stall_seconds=0.3)
    service.moods["TypedDataSet"] = [moods.stall]
    pulled, slept = pull_now()
    assert (pulled.record_count, len(slept)) == (32, 1)


def test_an_answer_that_trickles_is_given_up(home, service, table, monkeypatch):
    choose(monkeypatch, answer_seconds=0.5)
    service.moods["TypedDataSet"] = [moods.trickle]
    pulled, slept = pull_now()
    assert (pulled.record_count, len(slept)) == (32, 1)


def test_an_answer_that_is_too_large_is_not_taken_in(home, service, table, monkeypatch):
    choose(monkeypatch, answer_limit_bytes=1_000_000)
    service.moods["TypedDataSet"] = [moods.flood]
    with pytest.raises(pull.PullError, match="groter dan 1000000 bytes"):
        pull_now()
    assert len(service.figures()) == 1


def test_the_pause_that_the_service_asks_for_is_kept_within_reason(
    home, service, table
):
    service.moods["TypedDataSet"] = [
        moods.error(429, Retry_After="17"),
        moods.error(503, Retry_After="99999"),
    ]
    _, slept = pull_now()
    assert slept == [17.0, 300.0]


def test_pauses_grow_and_differ(monkeypatch):
    longest = [max(asked._pause(number) for _ in range(200)) for number in range(1, 9)]
    assert longest == sorted(longest) or max(longest) > 50
    assert len({asked._pause(3) for _ in range(10)}) == 10


# -- trouble that does not


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_request_that_is_refused_is_not_repeated(home, service, table, status):
    service.lasting["TypedDataSet"] = moods.error(status, "no such thing")
    with pytest.raises(pull.PullError, match=f"{status} no such thing") as told:
        pull_now()
    assert told.type is pull.PullError
    assert len(service.figures()) == 1


def test_a_table_that_moved_is_not_followed(home, service, table):
    service.lasting["TableInfos"] = moods.error(302, Location="https://example.org/x")
    moved = r"verhuisd naar https://example\.org/x"
    with pytest.raises(pull.PullError, match=moved) as told:
        pull_now()
    assert told.type is pull.PullError


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://127.0.0.1:1/OData/47022NED/TypedDataSet?$skip=1",
        "https://example.org/OData/47022NED/TypedDataSet",
        "file:///etc/passwd",
        "/OData/47018NED/TypedDataSet",
        "../../secret",
    ],
)
def test_a_next_page_that_lies_elsewhere_is_not_asked_for(
    home, service, table, elsewhere
):
    service.lasting["TypedDataSet"] = moods.other(
        lambda told: told.update({"odata.nextLink": elsewhere})
    )
    with pytest.raises(pull.PullError, match="ergens anders"):
        pull_now()
    assert inbox(home) == []
    assert len(service.figures()) == 1


def test_pages_that_never_end_are_noticed(home, service, table):
    def turn(told):
        told["odata.nextLink"] = f"{service.address}/47022NED/TypedDataSet?$skip=1"

    service.lasting["TypedDataSet"] = moods.other(turn)
    with pytest.raises(pull.PullError, match="houden niet op"):
        pull_now()
    assert inbox(home) == []


def test_pages_that_overlap_are_noticed(home, service, table):
    def repeat(told):
        told["value"] += told["value"][:1]

    service.lasting["TypedDataSet"] = moods.other(repeat)
    with pytest.raises(pull.LaterError, match="overlappen"):
        pull_now()
    assert inbox(home) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"Perioden": "2020MM01"},
        {"WijkenEnBuurten": "BU03630000"},
        {"Perioden": None},
        {"SoortMisdrijf": 7},
    ],
)
def test_an_answer_about_something_else_is_not_placed(home, service, table, wrong):
    service.lasting["TypedDataSet"] = moods.other(
        lambda told: told["value"][3].update(wrong)
    )
    with pytest.raises(pull.PullError, match="niet over wat werd gevraagd"):
        pull_now()
    assert inbox(home) == []


@pytest.mark.parametrize("properties", [[], [{"Type": "Topic", "Key": "x"}], [{}]])
def test_a_table_of_another_build_is_not_pulled(home, table, monkeypatch, properties):
    monkeypatch.setattr(moods, "PROPERTIES", properties)
    with pytest.raises(pull.PullError, match="geen tabel met één kolom"):
        pull_now()


def test_a_label_cannot_name_a_path(home, service):
    service.add(Table(periods=("../../../x MM",)))
    pull_now()
    assert periods(home) == ["xMM"]


# -- only what is new


def test_of_a_table_that_did_not_change_no_figures_are_asked_for(home, service, table):
    pull_now()
    emptied(home)
    service.asked.clear()
    pulled, _ = pull_now()
    assert (pulled.files, inbox(home)) == ([], [])
    assert service.asked == [
        f"/OData/47022NED/{entity}"
        for entity in ("TableInfos", "DataProperties", "WijkenEnBuurten")
    ]


def test_all_is_asked_for_when_a_release_reads_more_columns(
    home, key_figures, monkeypatch
):
    with monkeypatch.context() as before:
        before.setattr(odata, "may_be_loaded", lambda topic: topic == "Codering_3")
        pull_now("86165NED")
    for path in inbox(home, "cbs__buurten"):
        path.unlink()
    pull_now("86165NED")
    [path] = inbox(home, "cbs__buurten")
    assert "AantalInwoners_5" in read(path)[0]


def test_of_a_table_that_changed_what_is_final_is_not_asked_for(home, service, table):
    table.statuses = {"2024MM09": "Definitief", "2026MM08": "Voorlopig"}
    pull_now()
    emptied(home)
    table.modified = "2026-11-15T02:00:00"
    table.statuses["2026MM09"] = "Voorlopig"
    pull_now()
    assert periods(home) == ["2026MM08", "2026MM09"]


def test_a_period_that_became_final_is_asked_for_once_more(home, table):
    pull_now()
    for day in (15, 16):
        emptied(home)
        table.modified = f"2026-11-{day}T02:00:00"
        table.statuses["2026MM08"] = "Definitief"
        pull_now()
    assert periods(home) == ["2026MM09"]


def test_all_is_asked_for_when_the_publisher_corrected_it(home, table):
    table.statuses = {"2024MM09": "Definitief"}
    pull_now()
    emptied(home)
    table.modified, table.reason = "2026-11-15T02:00:00", "Correctie"
    pull_now()
    assert periods(home) == ["2024MM09"]


def test_all_is_asked_for_when_the_city_was_divided_anew(home, table):
    table.statuses = {"2024MM09": "Definitief"}
    pull_now()
    emptied(home)
    table.modified = "2026-11-15T02:00:00"
    table.regions.append("BU05181999")
    pull_now()
    assert periods(home) == ["2024MM09"]


def test_all_is_asked_for_when_more_regions_are_chosen(home, table, monkeypatch):
    table.statuses = {"2024MM09": "Definitief"}
    table.regions.append("BU05990101")
    pull_now()
    emptied(home)
    choose(monkeypatch, regions='["BU"]')
    pull_now()
    assert [len(read(path)) for path in inbox(home)] == [9]


def test_all_is_asked_for_again_by_whoever_says_so(home, table):
    pull_now()
    emptied(home)
    pull_now(is_again=True)
    assert periods(home) == ["2026MM08", "2026MM09"]


def test_a_pull_that_breaks_off_goes_on_where_it_was(home, service, table):
    table.statuses = dict.fromkeys(["2026MM07", "2026MM08", "2026MM09"], "Voorlopig")
    service.moods["TypedDataSet"] = [moods.plainly, *[moods.cut] * 4]
    with pytest.raises(pull.PullError):
        pull_now()
    assert periods(home) == ["2026MM09"]
    emptied(home)
    pull_now()
    assert periods(home) == ["2026MM07", "2026MM08"]


def test_a_table_that_changes_while_it_is_pulled_is_looked_at_again(
    home, service, table
):
    def change(handler, status, body):
        table.modified = "2026-11-15T02:00:00"
        moods.plainly(handler, status, body)

    service.moods["TypedDataSet"] = [change]
    pulled, _ = pull_now()
    assert len(pulled.files) == 6
    assert pull_now()[0].files == []


def test_a_table_that_never_rests_is_told(home, service, table):
    def change(handler, status, body):
        table.modified += "x"
        moods.plainly(handler, status, body)

    service.lasting["TypedDataSet"] = change
    with pytest.raises(pull.LaterError, match="verandert sneller"):
        pull_now()


@pytest.mark.parametrize(
    "text", ["", "null", "{}", "[]", '{"done": 1, "parts": {"x": {}}}', "\x00"]
)
def test_a_memory_that_is_damaged_makes_it_pull_again(home, table, text):
    pull_now()
    emptied(home)
    (home / "pull" / "47022NED.json").write_text(text, "utf-8")
    pull_now()
    assert periods(home) == ["2026MM08", "2026MM09"]


KILLED = """
import os, sys
from wijkbeeld import pull
from wijkbeeld.pull import pulling
step, count = sys.argv[1], [int(sys.argv[2])]
place, keep = pulling._place, pulling.Memory.keep
def die_before(function, name):
    def call(*arguments):
        if name == step:
            count[0] -= 1
            if count[0] == 0:
                os._exit(9)
        return function(*arguments)
    return call
pulling._place = die_before(place, "place")
pulling.Memory.keep = die_before(keep, "keep")
pull.pull(pull.tables()["47022NED"])
"""


@pytest.mark.parametrize("step", ["place", "keep"])
@pytest.mark.parametrize("number", [1, 2])
def test_killed_between_any_two_steps_nothing_is_lost(home, table, step, number):
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, step, str(number)], check=False
    )
    assert killed.returncode == 9
    pull_now()
    newest = {p.name.split("_")[1]: read(p) for p in inbox(home)}
    assert sorted(newest) == ["2026MM08", "2026MM09"]
    assert sorted(r["ID"] for rs in newest.values() for r in rs) == list(range(30))


# -- nobody is asked who should not be


def test_no_request_leaves_unless_it_is_switched_on(home, service, table, monkeypatch):
    for value in (None, "false"):
        if value is None:
            monkeypatch.delenv("WIJKBEELD_PULL_IS_ON")
        else:
            monkeypatch.setenv("WIJKBEELD_PULL_IS_ON", value)
        settings.cache_clear()
        with pytest.raises(pull.OffError, match="WIJKBEELD_PULL_IS_ON"):
            pull_now()
    assert service.asked == []
    assert inbox(home) == []


@pytest.mark.parametrize(
    "address", ["http://example.org/OData", "ftp://127.0.0.1.example.org", "x", ""]
)
def test_an_address_without_tls_is_not_asked(home, table, monkeypatch, address):
    choose(monkeypatch, police_address=address)
    with pytest.raises(pull.PullError, match="https://"):
        pull_now()


def test_a_proxy_is_asked_where_one_is_set(home, service, table, monkeypatch):
    choose(monkeypatch, police_address="http://127.0.0.1:9/OData")
    monkeypatch.setenv("HTTP_PROXY", service.address.removesuffix("/OData"))
    pulled, _ = pull_now()
    assert pulled.record_count == 32
    assert service.asked[0] == "http://127.0.0.1:9/OData/47022NED/TableInfos"


@pytest.fixture
def certificate(tmp_path):
    """A certificate of 127.0.0.1 that nobody has signed."""
    from datetime import date
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    day = datetime.combine(date.today(), datetime.min.time())  # noqa: DTZ011
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day - timedelta(days=2))
        .not_valid_after(day + timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_a_certificate_is_verified(home, certificate, monkeypatch):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as safe:
        safe.add(Table())
        choose(monkeypatch, police_address=safe.address)
        with pytest.raises(pull.PullError, match="niet vertrouwd"):
            pull_now()
        assert safe.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert pull_now()[0].record_count == 32


# -- any answer at all


@hypothesis_settings(deadline=None, max_examples=300)
@given(
    body=st.binary()
    | st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ).map(lambda told: json.dumps({"value": told}).encode())
)
def test_any_bytes_are_an_answer_or_trouble(body):
    try:
        answer = asked._answer("https://example.org", body)
    except pull.PullError:
        return
    assert all(isinstance(record, dict) for record in answer.records)

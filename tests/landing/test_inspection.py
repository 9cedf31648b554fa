"""Looking at a file tells what landing would say, and leaves nothing of it."""

import json
import os
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.landing.offers import INCIDENTS, SAMPLES, X2, Y2, X, Y, offer, shapes

from wijkbeeld.landing import inspected, inspection, mapping, propose
from wijkbeeld.landing.inspection import Request, Wish
from wijkbeeld.settings import settings

PATROLS = "watch__patrols"
UNKNOWN = f"""\
Zaaknummer;Delictcode;Registratiedatum;Pleegdatum van;Pleegtijd van;Naam verdachte;\
X-RD;Y-RD
1;A20;12-03-2026;11-03-2026;20:00;Jan Jansen;{X};{Y}
2;A2O;12-03-2026;11-03-2026;20:00;Jan Jansen;{X2};{Y2}
"""
PERSONAL = ["Jan de Vries", "06-12345678", "NL91 ABNA 0417 1643 00", "12-AB-34",
            "jan@voorbeeld.nl", "2551 AB 12", "Zeer Geheim"]  # fmt: skip


@pytest.fixture
def look(home, tmp_path, monkeypatch):
    """Look at a file within this process, without the gate unless it is asked for."""
    monkeypatch.setattr(inspected, "import_module", lambda _: _OpenGate)

    def look_at(content, name="2026-04-01__x.csv", source=None, shapes=(), **more):
        path = tmp_path / "offered" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return inspected.look(
            Request(
                path=os.fsencode(path).hex(), source=source, shapes=shapes,
                landing=str(tmp_path / "none"), mappings=str(tmp_path / "none"),
                memory_bytes=None, file_bytes=None,
            )
        )  # fmt: skip

    return look_at


class _OpenGate:
    @staticmethod
    def of(_):
        return lambda _parquet: None


def polygons():
    return tuple(
        (
            feature["properties"]["buurtcode"],
            "POLYGON ((" + ", ".join(f"{x} {y}" for x, y in _in_rd(feature)) + "))",
        )
        for feature in json.loads(shapes())["features"]
    )


def _in_rd(feature):
    from wijkbeeld.landing.geography import to_rd

    return [to_rd().transform(*at) for at in feature["geometry"]["coordinates"][0]]


@pytest.mark.parametrize("source", SAMPLES)
def test_a_good_sample_is_recognised_and_would_land(look, source):
    name, text = SAMPLES[source]
    seen = look(text, name, shapes=polygons())

    assert (seen.source, seen.verdict, seen.reason) == (source, "accepted", "")
    assert seen.why
    assert seen.row_count
    assert seen.missing == ()


@pytest.mark.parametrize("source", SAMPLES)
def test_looking_says_what_landing_does(look, home, source):
    offer("cbs__buurten", shapes(), "2026-01-01__buurten.geojson")
    name, text = SAMPLES[source]
    seen = look(text, name, shapes=polygons())
    delivered = offer(source, text, name)

    assert (seen.row_count, seen.problem_count, list(seen.warnings)) == (
        delivered.row_count, delivered.problem_count, delivered.warnings,
    )  # fmt: skip


def test_it_says_why_by_which_columns_and_what_is_lacking(look):
    seen = look("ronde_id;team;datum;opmerking;gm_naam\nR-1;WT-A;12-03-2026;x;y\n")

    assert seen.why == "herkend aan de kolommen ronde_id"
    assert [column.header for column in seen.recognised] == [
        "ronde_id", "team", "datum"
    ]  # fmt: skip
    assert [name.split(" ")[0] for name in seen.missing] == [
        "aantal_lopers", "buurtcodes"
    ]  # fmt: skip
    assert "opmerking" in seen.unknown
    assert seen.verdict == "rejected"
    assert "aantal_lopers" in seen.reason


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "cp1252"),
     ("utf-16", "utf-16-le")],
)  # fmt: skip
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encoding_and_separator_are_told(look, encoding, named, separator):
    text = SAMPLES[PATROLS][1].replace("5,2", "5.2").replace("4,8", "4.8")
    text = text.replace("Noord", "Noordé").replace(";", separator)
    seen = look(text.encode(encoding))

    assert (seen.encoding, seen.separator) == (named, separator)
    assert seen.source == PATROLS


def test_rows_with_a_problem_are_told_by_number_rule_and_remedy(look):
    text = SAMPLES[PATROLS][1].replace("13-03-2026", "31-02-2026")
    (sample,) = look(text).samples

    assert (sample.problem, sample.row_count, sample.rows) == ("bad_date", 1, (3,))
    assert sample.rule == "De datum of tijd is niet te lezen."
    assert "31-12-2026" in sample.remedy
    assert "datum" in sample.columns
    assert "afstand_km" not in sample.columns


def test_no_more_than_five_rows_are_named(look):
    lines = SAMPLES[PATROLS][1].splitlines()
    bad = [lines[1].replace("12-03-2026", "x").replace("R-", f"R{n}-")
           for n in range(9)]  # fmt: skip
    (sample,) = look("\n".join([*lines, *bad]) + "\n").samples

    assert (sample.row_count, sample.rows) == (9, (5, 6, 7, 8, 9))


def test_a_gate_that_would_close_is_told_with_what_was_seen(look, monkeypatch):
    def closed(_):
        raise ValueError("te weinig rondes; exporteer opnieuw")

    monkeypatch.setattr(_OpenGate, "of", lambda _: closed)
    seen = look(SAMPLES[PATROLS][1])

    assert (seen.verdict, seen.reason) == (
        "rejected", "te weinig rondes; exporteer opnieuw",
    )  # fmt: skip
    assert seen.row_count == 3


def test_without_a_gate_the_verdict_says_so(look, monkeypatch):
    def absent(_):
        raise ImportError

    monkeypatch.setattr(inspected, "import_module", absent)
    assert look(SAMPLES[PATROLS][1]).verdict == "unjudged"


def test_incidents_wait_where_no_shapes_are_known(look):
    seen = look(INCIDENTS)

    assert seen.verdict == "waits"
    assert "cbs__buurten" in seen.reason
    assert [column.header for column in seen.recognised][:2] == [
        "Registratienummer", "MK-code"
    ]  # fmt: skip


def test_a_mapping_is_proposed_where_none_fits_and_the_file_is_read_with_it(look):
    seen = look(UNKNOWN, source="police__incidents", shapes=polygons())

    assert seen.proposal is not None
    assert seen.proposal.missing == ()
    assert seen.verdict == "waits"
    assert seen.row_count == 2
    assert [(s.problem, s.rows) for s in seen.samples] == [
        ("unknown_offence_code", (3,))
    ]
    assert "Naam verdachte" not in seen.proposal.text


def test_a_proposed_mapping_that_is_saved_is_used(look, zone):
    proposal = look(UNKNOWN, source="police__incidents").proposal
    kept = settings().home / "mappings" / proposal.name
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(proposal.text, "utf-8")

    assert offer("police__incidents", UNKNOWN).accepted_count == 1


def test_a_file_of_no_source_that_looks_like_incidents_gets_a_proposal(look):
    seen = look(UNKNOWN)

    assert (seen.source, seen.verdict) == (None, "rejected")
    assert "police__incidents" in seen.reason
    assert seen.proposal is not None


def test_a_proposal_says_which_column_it_did_not_find(look):
    seen = look(
        "Registratienummer;MK-code;Kennisname\n1;A20;12-03-2026\n",
        source="police__incidents",
    )

    assert seen.proposal.missing == ("occurred_from",)
    assert "occurred_from: '?'" in seen.proposal.text
    assert seen.verdict == "rejected"


@pytest.mark.parametrize("header", ["Kenteken", "Naam", "Modus operandi", "Merk"])
def test_a_proposal_never_names_what_may_not_be_kept(header):
    found = propose.propose(
        "police__incidents",
        ["Registratienummer", "MK-code", "Datum kennisname", "Pleegdatum", header],
    )
    assert mapping.is_never_kept(header)
    assert header not in found.text


def test_degrees_are_proposed_as_degrees():
    usual = ["Registratienummer", "MK-code", "Datum kennisname", "Pleegdatum"]
    found = propose.propose("police__incidents", [*usual, "lon", "lat"])
    assert "EPSG:4326" in found.text


@pytest.mark.parametrize("source", SAMPLES)
@pytest.mark.parametrize("has_headers", [True, False])
def test_what_is_told_holds_no_value_of_the_file(look, source, has_headers):
    name, text = SAMPLES[source]
    separator = "," if source == "social__facebook_posts" else ";"
    width = len(text.splitlines()[0].split(separator))
    row = separator.join(PERSONAL[at % len(PERSONAL)] for at in range(width))
    first = [text.splitlines()[0]] if has_headers else []
    for chosen in (None, source):
        seen = look("\n".join([*first, *[row] * 3]) + "\n", name, chosen)
        told = seen.model_dump_json()
        assert [value for value in PERSONAL if value in told] == []


@given(content=st.binary(max_size=400))
@hypothesis_settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_any_bytes_are_looked_at(look, content):
    assert look(content).verdict in {"accepted", "waits", "rejected"}


def test_what_was_made_to_hurt_is_refused_by_looking_as_by_landing(look):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.csv", "0" * 30_000_000)
    seen = look(packed.getvalue(), "2026-04-01__x.zip")
    assert seen.verdict == "rejected"
    assert "uitpakken" in seen.reason


# ------------------------------------------------------- in a process of its own


def everything_in(folder):
    return sorted(
        (str(path.relative_to(folder)), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.name != "scratch"
    )


def test_nothing_is_left_and_nothing_is_changed(zone, tmp_path, monkeypatch):
    path = tmp_path / "2026-10-01__buurten.geojson"
    path.write_bytes(shapes(2026))
    before = everything_in(tmp_path)
    seen = inspection.inspect(path)

    assert (seen.source, seen.row_count) == ("cbs__buurten", 13)
    assert everything_in(tmp_path) == before
    assert list((settings().home / "scratch").iterdir()) == []


def test_the_key_of_the_pseudonyms_does_not_go_along(zone, tmp_path, monkeypatch):
    told = inspection._environment(tmp_path, None)
    assert told["WIJKBEELD_PSEUDONYM_KEY"] != os.environ["WIJKBEELD_PSEUDONYM_KEY"]
    assert not [name for name in told if name.startswith("AIRFLOW")]


def test_landed_shapes_and_own_mappings_are_used_and_the_language_is_that_of_the_reader(
    zone, tmp_path
):
    proposed = propose.propose("police__incidents", UNKNOWN.splitlines()[0].split(";"))
    kept = settings().home / "mappings" / "ours.yml"
    kept.parent.mkdir()
    kept.write_text(proposed.text, "utf-8")
    path = tmp_path / "2026-04-01__i.csv"
    path.write_text(UNKNOWN)
    seen = inspection.inspect(path, Wish("police__incidents", "en"))

    assert (seen.verdict, seen.row_count, seen.proposal) == ("accepted", 2, None)
    assert seen.samples[0].rule.startswith("The code")


@pytest.mark.parametrize(
    ("limits", "says"),
    [(inspection.Limits(seconds=0.01), "te veel tijd"),
     (inspection.Limits(memory_bytes=50 << 20), "te veel geheugen")],
)  # fmt: skip
def test_a_file_that_asks_too_much_is_given_up(home, tmp_path, limits, says):
    path = tmp_path / "x.csv"
    path.write_text(SAMPLES[PATROLS][1])
    seen = inspection.inspect(path, limits=limits)

    assert seen.verdict == "failed"
    assert says in seen.reason
    assert list((settings().home / "scratch").iterdir()) == []


def test_a_home_that_cannot_be_written_is_no_hindrance(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path / "file" / "home"))
    (tmp_path / "file").write_text("no folder")
    settings.cache_clear()
    try:
        seen = inspection.inspect_bytes("x.csv", b"%PDF-1.4", Wish())
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert seen.verdict == "rejected"

"""One delivery is judged as a whole: by its suite, and in words."""

import subprocess
import sys
import textwrap

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations import gate
from wijkbeeld import reference

BUURTEN = [buurt.buurt_code for buurt in reference.buurten()]


@pytest.fixture
def judge(tmp_path):
    def judge(source, **columns):
        parquet = tmp_path / "landed.parquet"
        frame = pd.DataFrame(columns).astype("string")
        frame.to_parquet(parquet)
        gate.of(source)(parquet)

    return judge


GOOD = {
    "police__incidents": {"_problem": [None, "bad_coordinates"]},
    "grid__forecasts": {"_problem": [None]},
    "police__calls": {"_problem": [None, None], "call_id": [None, "c1"]},
    "watch__patrols": {"_problem": [None]},
    "whatsapp__groups": {"_problem": [None]},
    "whatsapp__broadcasts": {"_problem": [None]},
    "whatsapp__group_weeks": {"_problem": [None]},
    "watch__signals": {"_problem": [None]},
    "watch__tracks": {"_problem": [None]},
    "outreach__print": {"_problem": [None]},
    "outreach__briefings": {"_problem": [None]},
    "outreach__actions": {"_problem": [None]},
    "outreach__minutes": {"_problem": [None]},
    "outreach__ride_alongs": {"_problem": [None]},
    "outreach__programmes": {"_problem": [None]},
    "team__street_knowledge": {"_problem": [None]},
    "team__portfolios": {"_problem": [None]},
    "team__goals": {"_problem": [None]},
    "social__facebook_posts": {
        "_problem": [None, None],
        "post_id": ["900000000000101", "900000000000001_900000000000101"],
    },
    "social__instagram_posts": {"_problem": [None], "post_id": ["90000000000000201"]},
    "social__x_days": {"_problem": [None]},
    "social__facebook_page_days": {"_problem": [None]},
    "social__x_posts": {"_problem": [None], "post_id": ["2098820180997046272"]},
    "police__open_data": {
        "_problem": [None, None, None],
        "table_number": ["47022NED"] * 3,
        "period": ["2026MM03", "2026JJ00", "2026KW01"],
    },
    "cbs__buurten": {
        "_problem": [None] * 14,
        "region_code": [*BUURTEN, "BU05990101"],
        "vintage_year": ["2025"] * 14,
    },
}


def bad(column):
    """What a column may be like that was not agreed."""
    none = st.none()
    odd = [none, st.just("x"), st.just("47022NED"), st.just("2026MM03"), st.just("1")]
    return st.lists(st.one_of(*odd), min_size=len(column), max_size=len(column))


@settings(
    max_examples=5, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(data=st.data())
@pytest.mark.parametrize("source", GOOD)
def test_what_passes_at_first_sight_passes_the_suite(judge, source, data):
    columns = {
        name: data.draw(st.one_of(st.just(column), bad(column)))
        for name, column in GOOD[source].items()
    }
    table = pa.table({n: pa.array(c, pa.string()) for n, c in columns.items()})
    try:
        judge(source, **columns)
    except gate.BrokenAgreementError:
        assert not gate.of(source).passes(table)
    else:
        assert gate.of(source).passes(table)


@pytest.mark.parametrize("source", GOOD)
def test_a_file_without_a_row_is_judged_the_same_at_first_sight(judge, source):
    columns = {name: [] for name in GOOD[source]}
    table = pa.table({n: pa.array(c, pa.string()) for n, c in columns.items()})
    try:
        judge(source, **columns)
    except gate.BrokenAgreementError:
        assert not gate.of(source).passes(table)
    else:
        assert gate.of(source).passes(table)


@pytest.mark.parametrize("source", GOOD)
def test_a_file_as_agreed_passes(judge, source):
    judge(source, **GOOD[source])


def test_every_source_has_an_agreement():
    assert {due.source for due in reference.delivery_sources()} == set(GOOD)


@pytest.mark.parametrize(
    ("source", "changes", "said"),
    [
        (
            "police__incidents",
            {"_problem": []},
            "bevat geen incidenten; exporteer het opnieuw",
        ),
        (
            "police__incidents",
            {"_problem": [None] + ["swapped_axes"] * 20 + ["outside_area"] * 9},
            r"eerst de coördinaten \(20 x swapped_axes, 9 x outside_area\)",
        ),
        ("watch__patrols", {"_problem": []}, "bevat geen rondes"),
        ("whatsapp__groups", {"_problem": []}, "bevat geen groepen"),
        ("whatsapp__broadcasts", {"_problem": []}, "bevat geen berichten"),
        ("whatsapp__group_weeks", {"_problem": []}, "bevat geen weken"),
        ("watch__patrols", {"_problem": ["bad_date"]}, r"\(1 x bad_date\)"),
        (
            "social__facebook_posts",
            {"_problem": [], "post_id": []},
            "bevat geen berichten",
        ),
        (
            "social__facebook_posts",
            {"post_id": ["9,00E+15", "9E+15"]},
            "bericht-ID's zijn geen ID's; het bestand is opgeslagen in Excel",
        ),
        (
            "social__facebook_posts",
            {"_problem": ["not_our_account"] * 2},
            r"onze eigen pagina.*\(2 x not_our_account\)",
        ),
        (
            "police__open_data",
            {"table_number": ["47013NED"] * 3},
            "andere tabel dan 47022NED",
        ),
        (
            "police__open_data",
            {"table_number": ["47022NED", "47018NED", "47018NED"]},
            "twee tabellen door elkaar",
        ),
        (
            "police__open_data",
            {"period": ["2026 maart", "2026", "2026MM13"]},
            "geen codes zoals 2024MM03; download de onbewerkte data",
        ),
        ("police__open_data", {"_problem": ["bad_number"] * 3}, "3 x bad_number"),
        (
            "cbs__buurten",
            {"region_code": [*BUURTEN[1:], *["BU05990101"] * 2]},
            rf"mist buurten .*; .* \({BUURTEN[0]}\)",
        ),
        ("cbs__buurten", {"vintage_year": [None] * 14}, "van welk jaar het is"),
        (
            "cbs__buurten",
            {"vintage_year": ["2025"] * 13 + ["2024"]},
            "lever elk jaar apart",
        ),
        ("cbs__buurten", {"_problem": ["negative_count"] * 14}, "14 x negative_count"),
    ],
)
def test_another_file_is_refused_with_rule_and_remedy(judge, source, changes, said):
    with pytest.raises(gate.BrokenAgreementError, match=said):
        judge(source, **(GOOD[source] | changes))


def test_all_broken_rules_are_named_at_once(judge):
    with pytest.raises(gate.BrokenAgreementError) as refused:
        judge(
            "cbs__buurten",
            _problem=["bad_region_code"],
            region_code=["x"],
            vintage_year=[None],
        )
    assert str(refused.value).count("; ") == 5  # between 3 rules, and in each


def test_a_month_that_is_not_published_yet_is_no_fault(judge):
    judge("police__open_data", _problem=[], table_number=[], period=[])


def test_one_bad_row_in_five_is_for_the_data_quality_page(judge):
    judge("police__incidents", _problem=[None, None, "bad_date", "bad_date"])


def test_a_column_that_was_not_landed_is_no_pass(tmp_path):
    parquet = tmp_path / "landed.parquet"
    pd.DataFrame({"_problem": [None]}).astype("string").to_parquet(parquet)
    with pytest.raises(Exception, match="post_id"):
        gate.of("social__facebook_posts")(parquet)


def test_only_the_columns_that_are_judged_are_read(judge, monkeypatch):
    read = []
    whole = pd.read_parquet
    monkeypatch.setattr(
        pd,
        "read_parquet",
        lambda path, columns: read.append(columns) or whole(path, columns=columns),
    )
    judge("police__incidents", **GOOD["police__incidents"], object=["a", "b"])
    assert read == [["_problem"]]


def test_the_gate_loads_nothing_heavy_and_calls_nobody(tmp_path):
    parquet = tmp_path / "landed.parquet"
    pd.DataFrame({"_problem": [None]}).astype("string").to_parquet(parquet)
    script = f"""
        import socket, sys
        from pathlib import Path
        from expectations import audit, gate

        judged = gate.of("watch__patrols")
        assert "great_expectations" not in sys.modules

        def refuse(*_):
            raise AssertionError("somebody was called")

        socket.socket.connect = socket.getaddrinfo = refuse
        judged(Path({str(parquet)!r}))
        assert "great_expectations" in sys.modules
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

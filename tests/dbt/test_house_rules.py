"""The rules of the house, read from dbt's own manifest."""

import csv
import json
import re
from pathlib import Path

import pytest
from tests.dbt.zone import ROOT, Zone

MART_PREFIXES = ("dim_", "fct_", "rpt_")


@pytest.fixture(scope="module")
def parsed(tmp_path_factory):
    home = tmp_path_factory.mktemp("parsed")
    zone = Zone(home)
    said = zone.dbt("parse", "--no-partial-parse", "--show-all-deprecations")
    manifest = json.loads((home / "dbt/target/manifest.json").read_text("utf-8"))
    return said, manifest


@pytest.fixture(scope="module")
def manifest(parsed):
    return parsed[1]


@pytest.fixture(scope="module")
def models(manifest):
    return [n for n in manifest["nodes"].values() if n["resource_type"] == "model"]


def names(nodes):
    return [node["name"] for node in nodes]


def layer(model):
    return model["fqn"][1]


def test_nothing_that_dbt_read_is_going_out_of_use(parsed):
    assert re.findall(r".*(?:[Dd]eprecat|WARN).*", parsed[0]) == []


def test_every_model_says_what_one_row_is(models):
    vague = [m for m in models if not m["description"].startswith("One row per")]
    assert names(vague) == []


def test_every_model_has_a_yml_of_its_own(models):
    shared = [
        m for m in models if Path(m["patch_path"] or "").name != f"{m['name']}.yml"
    ]
    assert names(shared) == []


def test_the_name_of_a_model_tells_its_layer(models):
    prefixes = {
        "staging": ("stg_",),
        "intermediate": ("int_",),
        "marts": MART_PREFIXES,
    }
    assert names(m for m in models if not m["name"].startswith(prefixes[layer(m)])) == (
        []
    )


def test_only_staging_reads_sources(models):
    assert names(m for m in models if m["sources"] and layer(m) != "staging") == []


def test_staging_reads_one_source_and_settled_deliveries_only(models):
    # The list of problems is one for all sources, on purpose.
    staging = [m for m in models if layer(m) == "staging"]
    assert [
        m["name"]
        for m in staging
        if len(set(map(tuple, m["sources"]))) != 1
        and m["name"] != "stg_landing__problems"
    ] == []
    assert {r["name"] for m in staging for r in m["refs"]} == {
        "stg_landing__deliveries"
    }


def test_nothing_is_built_on_the_report_of_a_page(models):
    # A core mart is for everyone, an rpt_ for its page. The list of files that were
    # taken in reads none: it only waits for those that took them in.
    assert [
        (m["name"], r["name"])
        for m in models
        for r in m["refs"]
        if r["name"].startswith("rpt_") and m["name"] != "int_staged_files_taken_in"
    ] == []


def test_every_mart_keeps_a_contract_and_describes_its_columns(models):
    marts = [m for m in models if layer(m) == "marts"]
    assert marts
    assert names(m for m in marts if not m["contract"]["enforced"]) == []
    columns = [(m["name"], c) for m in marts for c in m["columns"].values()]
    assert [(m, c["name"]) for m, c in columns if not c["description"]] == []
    assert [(m, c["name"]) for m, c in columns if not c["data_type"]] == []


def test_every_column_of_staging_is_described(models):
    staging = [m for m in models if layer(m) == "staging"]
    columns = [(m["name"], c) for m in staging for c in m["columns"].values()]
    assert columns
    assert [(m, c["name"]) for m, c in columns if not c["description"]] == []


def test_the_comments_of_a_mart_are_kept_in_the_warehouse(models):
    kept = {"relation": True, "columns": True}
    marts = [m for m in models if layer(m) == "marts"]
    assert names(m for m in marts if m["config"]["persist_docs"] != kept) == []


def test_every_source_has_a_freshness(manifest):
    sources = manifest["sources"].values()
    assert names(s for s in sources if not s["freshness"]["error_after"]["count"]) == []


def test_freshness_is_what_the_data_quality_page_says(manifest):
    seed = ROOT / "dbt_project/seeds/delivery_sources.csv"
    with seed.open(encoding="utf-8") as rows:
        promised = {
            row["source"]: (int(row["warn_after_days"]), int(row["error_after_days"]))
            for row in csv.DictReader(rows)
        }
    checked = {
        f"{s['source_name']}__{s['name']}": (
            s["freshness"]["warn_after"]["count"],
            s["freshness"]["error_after"]["count"],
        )
        for s in manifest["sources"].values()
        if s["source_name"] != "landing"
    }
    assert checked == promised


def test_every_page_is_an_exposure(manifest):
    pages = {str(p.relative_to(ROOT)) for p in ROOT.glob("dashboards/app_pages/*.py")}
    assert {e["description"] for e in manifest["exposures"].values()} == pages


def test_every_report_is_read_by_a_page_that_it_names(manifest, models):
    read = {
        name
        for exposure in manifest["exposures"].values()
        for name in exposure["depends_on"]["nodes"]
    }
    unread = [m for m in models if layer(m) == "marts" and m["unique_id"] not in read]
    assert names(unread) == []


def test_every_rule_on_dates_duplicates_and_rates_has_a_unit_test(manifest, models):
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    ruled = [
        m["name"]
        for m in models
        if re.search(
            r"_to_utc\(|row_number\(\)|rate_per_1000 \*|arg_max", m["raw_code"]
        )
    ]
    # The files of a list are numbered, not chosen between.
    assert set(ruled) - tested - {"dim_buurten", "dim_months"} == set()


def test_no_test_is_switched_off(manifest):
    tests = [n for n in manifest["nodes"].values() if n["resource_type"] == "test"]
    assert len(tests) == len(list(ROOT.glob("dbt_project/tests/assert_*.sql")))
    assert names(t for t in tests if t["config"]["severity"].lower() != "error") == []


def test_dbt_calls_nobody():
    project = (ROOT / "dbt_project/dbt_project.yml").read_text("utf-8")
    assert "send_anonymous_usage_stats: false" in project

"""Pages on a publication of an older release, until this one has built."""

import ast
from pathlib import Path

import duckdb
import pytest
from tests.dashboards.conftest import APP
from tests.dashboards.test_pages import said

from dashboards import answers
from wijkbeeld.publish import current

# What a publication of the team lacked on 24 November 2026 at noon.
_TABLES = (
    "fct_clock_hours", "fct_near_repeat_zones", "rpt_clock", "rpt_completeness",
    "rpt_concentration", "rpt_focus", "rpt_goals", "rpt_near_repeats",
    "rpt_reconciliation",
)  # fmt: skip
_COLUMNS = {
    "fct_patrols": (
        "has_track", "is_new_team", "is_overlapping", "is_track_missing", "month",
    ),
    "fct_tracks": ("linked_by",),
    "rpt_area_scan": ("completeness_flag", "trend_class"),
    "rpt_briefing": ("completeness_flag",),
}  # fmt: skip
# The same of a publication for residents.
_PUBLIC_TABLES = ("rpt_public_crimes", "fct_public_crimes_replaced")
_PUBLIC_COLUMNS = {"rpt_briefing": ("reason", "reason_last_year")}


def make_older(role: str) -> None:
    """Take away from the publication what one of an older release has not."""
    tables = _PUBLIC_TABLES if role == "public" else _TABLES
    columns = _PUBLIC_COLUMNS if role == "public" else _COLUMNS
    with duckdb.connect(current(role)) as con:
        for table in tables:
            con.execute(f"drop table marts.{table}")
        for table, names in columns.items():
            for name in names:
                con.execute(f"alter table marts.{table} drop column {name}")


@pytest.mark.parametrize(
    ("role", "lacks", "has_all"),
    [
        ("team", ["", "buurtpreventie", "focus", "buurt"], ["datakwaliteit"]),
        ("public", ["", "gebiedsscan"], ["buurtpreventie"]),
    ],
)
def test_a_page_that_lacks_what_it_reads_says_so(
    publication, open_as, role, lacks, has_all
):
    publication()
    make_older(role)
    for page in [*lacks, *has_all]:
        app = open_as(role, page)
        assert not app.exception, page
        assert ("oudere versie van Wijkbeeld" in said(app)) == (page in lacks), page
        assert ("start dan `wijkbeeld build`" in said(app)) == (page in lacks), page


def test_a_page_on_an_older_publication_is_no_answer():
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    message = ForwardMsg()
    message.delta.add_block.id = f"$$ID-1-{answers.OLDER}"
    assert "older release" in str(answers._fault([message]))


def test_queries_name_the_columns_they_read():
    """So that what is not there fails where it is read, and is told from a mistake."""
    for path in sorted(Path(APP.parent / "queries").glob("*.py")):
        texts = [
            node.value
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [
            t for t in texts if "*" in t.replace("count(*)", "") and "from" in t
        ], path.name

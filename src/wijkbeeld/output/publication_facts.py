"""Read once what a publication knows of a month, for residents or for the team."""

from datetime import date
from pathlib import Path

import duckdb

from wijkbeeld.output import crime_facts, work_facts
from wijkbeeld.output.facts import Facts
from wijkbeeld.output.publication_rows import Reader, as_date

_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false"
}


def read(path: Path, month: date) -> Facts:
    """Return what a publication knows of a month.

    Args:
        path: The DuckDB file of residents or of the team.
        month: Any day of the month.
    """
    first = month.replace(day=1)
    with duckdb.connect(str(path), read_only=True, config=_CLOSED) as con:
        reader = Reader(con)
        stamp = reader.one(
            "publication",
            "select publication, role, has_demo from marts.publication",
        )
        is_public = stamp.get("role", path.stem) == "public"
        months = reader.one(
            "rpt_briefing",
            "select min(month) as first_month, max(month) as last_month "
            "from marts.rpt_briefing where crime_count is not null",
        )
        briefings = work_facts.briefings(reader, is_public)
        return Facts(
            month=first,
            publication=str(stamp.get("publication", path.parent.name)),
            role=str(stamp.get("role", path.stem)),
            has_demo=bool(stamp.get("has_demo", False)),
            first_month=as_date(months.get("first_month")),
            last_month=as_date(months.get("last_month")),
            offences=crime_facts.offences(reader, first, is_public),
            history=crime_facts.history(reader, first, is_public),
            breaks=crime_facts.breaks(reader, first),
            buurten=crime_facts.buurten(reader),
            where=crime_facts.where(reader, first, is_public),
            patrols=work_facts.patrols(reader, first, is_public),
            posts=work_facts.posts(reader, first, is_public),
            effects=work_facts.effects(reader, first, is_public),
            programmes=work_facts.programmes(reader),
            actions=work_facts.actions(reader),
            briefings=briefings,
            missing=frozenset(reader.missing),
        )

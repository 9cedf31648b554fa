"""The register of the WhatsApp groups, as far as it has landed.

It only ever warns: which rows are accepted must not depend on what landed first.
"""

import re
import unicodedata
from typing import NamedTuple

import duckdb

from wijkbeeld.landing import schema
from wijkbeeld.settings import settings

REGISTER = "whatsapp__groups"
_SYSTEM = "whatsapp__"
_GOOD = "case when _problem is null then true else false end"
"""Not left to the reader of the file, for the reason of ``accepted_new_rows``."""


class Group(NamedTuple):
    """A group under one of the names that it has, or had."""

    group_id: str
    name: str
    member_count: int
    """As last counted."""


def known() -> list[Group]:
    """Return the groups of the register, those with their newest name last."""
    with duckdb.connect() as con:
        rows = con.execute(
            f"""
            select group_id, group_name, cast(last_value(member_count) over (
                partition by group_id order by as_of_local, _exported_on, _file_sha256,
                    _row_number
                rows between unbounded preceding and unbounded following) as integer)
            from {_landed(REGISTER)} where {_GOOD}
            order by as_of_local, _exported_on, _file_sha256, _row_number
            """
        ).fetchall()
    return [Group(*row) for row in rows]


def plain(name: str) -> str:
    """Return the name of a group without what the name of a file may lack."""
    composed = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", composed)


def set_variables(con: duckdb.DuckDBPyConnection, source: str) -> None:
    """Make what has landed known to the warnings of a source of WhatsApp."""
    if not source.startswith(_SYSTEM):
        return
    con.execute(
        f"""
        set variable register = (
            select coalesce(list({{
                group_id: group_id,
                active_from: cast(active_from_local as timestamp),
                active_to: cast(active_to_local as timestamp)
            }}), []) from ({_latest()})
        )
        """
    )
    if source == REGISTER:
        con.execute(
            f"""
            set variable group_change = (
                select count(distinct group_id) filter (as_of_local = newest)
                    - (select count(distinct group_id) from delivered)
                from (
                    select *, max(as_of_local) over () as newest
                    from {_landed(REGISTER)} where {_GOOD}
                )
                having count(*) > 0
            )
            """
        )
    if source == "whatsapp__broadcasts":
        con.execute(
            f"""
            create temp table messages as (
                select message_id from {_landed(source)} where message_id is not null
                union all
                select message_id from delivered where message_id is not null
            )
            """
        )


def _latest() -> str:
    return (
        f"select * from {_landed(REGISTER)} where {_GOOD} "
        "qualify row_number() over (partition by group_id "
        "order by as_of_local desc, _exported_on desc, _file_sha256 desc, "
        "_row_number desc) = 1"
    )


def _landed(source: str) -> str:
    folder = settings().landing / source
    if not any(folder.glob("*.parquet")):
        types = schema.COLUMNS[source] | schema.LOADED
        columns = ", ".join(f"null::{kind} as {name}" for name, kind in types.items())
        return f"(select {columns} limit 0)"
    pattern = str(folder / "*.parquet").replace("'", "''")
    return f"read_parquet('{pattern}')"

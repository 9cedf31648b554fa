"""The register of the WhatsApp groups, as far as it has landed.

It only ever warns: which rows are accepted must not depend on what landed first.
"""

import duckdb

from wijkbeeld.settings import settings

REGISTER = "whatsapp__groups"
_SYSTEM = "whatsapp__"


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
                    from {_landed(REGISTER)} where _problem is null
                )
                having count(*) > 0
            )
            """
        )
    if source == "whatsapp__broadcasts":
        con.execute(
            f"""
            set variable message_ids = (
                select list(message_id) from (
                    select message_id from {_landed(source)}
                    union select message_id from delivered
                )
            )
            """
        )


def _latest() -> str:
    return (
        f"select * from {_landed(REGISTER)} where _problem is null "
        "qualify row_number() over (partition by group_id "
        "order by as_of_local desc, _exported_on desc, _file_sha256 desc, "
        "_row_number desc) = 1"
    )


def _landed(source: str) -> str:
    pattern = str(settings().landing / source / "*.parquet").replace("'", "''")
    return f"read_parquet('{pattern}')"

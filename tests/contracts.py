"""What dbt promises of the marts, for tests that need them without dbt."""

from pathlib import Path

import duckdb
import yaml

_MODELS = Path(__file__).parents[1] / "dbt_project" / "models" / "marts"


def columns() -> dict[str, dict[str, str]]:
    """Return name and type of the columns of each mart."""
    return {
        model["name"]: {c["name"]: c["data_type"] for c in model["columns"]}
        for path in sorted(_MODELS.rglob("*.yml"))
        for model in yaml.safe_load(path.read_text("utf-8")).get("models", [])
    }


def make_missing(con: duckdb.DuckDBPyConnection) -> None:
    """Make the marts that are not there yet, without a row."""
    for mart, types in columns().items():
        listed = ", ".join(f"{name} {kind}" for name, kind in types.items())
        con.execute(f"create table if not exists marts.{mart} ({listed})")


def add_missing_columns(con: duckdb.DuckDBPyConnection) -> None:
    """Add the columns that a mart has and a test does not fill; they are null."""
    for mart, types in columns().items():
        for name, kind in types.items():
            con.execute(
                f"alter table marts.{mart} add column if not exists {name} {kind}"
            )

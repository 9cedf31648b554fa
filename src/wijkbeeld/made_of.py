"""What a warehouse was made with and of, which decides whether it may be built on."""

import hashlib
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from wijkbeeld import files
from wijkbeeld.landing import record, zone
from wijkbeeld.settings import settings

_LOOKED = "looked_at"
"""Holds since when what was taken out of the landing zone is not known yet."""


def maker() -> str:
    """Return what identifies all but the deliveries that rows are made from."""
    return (
        f"wijkbeeld {version('wijkbeeld')}, {zone.geography_fingerprint()}, "
        f"{_fingerprint_of_the_models()}\n"
    )


def fingerprint_of_what_landed() -> str:
    """Return what identifies the landing zone: its files, and when they changed."""
    landing = settings().landing
    fingerprint = hashlib.sha256()
    for pattern in ("*/*.parquet", "*/*/*.parquet"):
        for path in sorted(landing.glob(pattern)):
            name = path.relative_to(landing)
            fingerprint.update(f"{name} {path.stat().st_mtime_ns}\n".encode())
    return fingerprint.hexdigest()


def holds_what_is_gone() -> bool:
    """Tell whether the warehouse has rows of a delivery that was taken out since.

    So it has of one that was landed anew: models take in a file once, by its hash.
    """
    taken_in = _taken_in()
    there = {
        (path.parent.name, path.stem): path
        for path in record.folder().glob("*/*.parquet")
    }
    if not there.keys() >= taken_in.keys():
        return True
    # Only a record that was written since the last look can tell another moment.
    last = settings().warehouse.with_name(_LOOKED)
    since = float(last.read_text("utf-8")) if last.exists() else 0.0
    try:
        return any(
            there[known].stat().st_mtime >= since and record.landed_at(*known) != moment
            for known, moment in taken_in.items()
        )
    except FileNotFoundError:
        return True  # It is being taken out just now.


def looked(moment: float) -> None:
    """Keep when it was last looked what was taken out of the landing zone.

    Args:
        moment: Seconds since 1970, of before the look.
    """
    files.write_text(settings().warehouse.with_name(_LOOKED), repr(moment))


def _taken_in() -> dict[tuple[str, str], datetime]:
    """Return when each delivery landed that the warehouse was made of."""
    try:
        with duckdb.connect(str(settings().warehouse), read_only=True) as con:
            landed = con.execute(
                "select source, file_sha256, landed_at "
                "from staging.stg_landing__deliveries where status = 'landed'"
            ).fetchall()
    except duckdb.Error:
        # A first build that was cut short; of a file that cannot be opened dbt tells.
        return {}
    return {(source, sha256): moment for source, sha256, moment in landed}


def _fingerprint_of_the_models() -> str:
    """Return what identifies all that tables which are kept were made with."""
    folders = [settings().dbt_project / name for name in ("macros", "models", "seeds")]
    made_with = [settings().dbt_project / "dbt_project.yml"]
    made_with += [
        path
        for folder in [*folders, Path(__file__).parent / "measures"]
        for path in folder.rglob("*")
        if path.suffix in {".csv", ".py", ".sql", ".yml"}
    ]
    fingerprint = hashlib.sha256()
    for path in sorted(made_with):
        fingerprint.update(f"{path.name} {files.sha256_of(path)}\n".encode())
    return fingerprint.hexdigest()

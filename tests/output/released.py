"""A home with a publication, and drafts to release; for tests that need no build."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from wijkbeeld.output import releases
from wijkbeeld.output.drafts import Draft, Kind, Subject
from wijkbeeld.output.releases import Decision
from wijkbeeld.settings import settings

PUBLICATION = "20261101T080000Z_made-00000000"
OCTOBER = date(2026, 10, 1)
APPROVED = Decision("chef", datetime(2026, 11, 12, 8, 30, tzinfo=UTC), "akkoord")
TEXT = "In oktober is er in Waldeck minder ingebroken. Doe het licht aan.\n"


def publish(name: str = PUBLICATION) -> None:
    folder = settings().published / name
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "public.duckdb")) as con:
        con.execute("create schema marts")
        con.execute("create table marts.publication as select true as has_demo")


def subject(kind: Kind = Kind.BRIEFING, name: str = "2026-10") -> Subject:
    return Subject(kind, name, PUBLICATION, OCTOBER, "nl")


def writing(text: str = TEXT):
    def make(folder: Path) -> None:
        (folder / "pictures").mkdir()
        (folder / "column.txt").write_text(text, "utf-8")
        (folder / "pictures" / "map.png").write_bytes(b"\x89PNG")

    return make


def prepare(occasion: str = "run 1", text: str = TEXT, **named) -> Draft:
    return releases.prepare(subject(**named), occasion, writing(text))


def there() -> list[str]:
    """Return the files of what has left."""
    root = settings().releases
    return sorted(
        str(path.relative_to(root))
        for path in root.glob("[!.]*/**/*")
        if path.is_file()
    )

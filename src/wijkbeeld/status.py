"""How things stand: freshness, deliveries, problems, last publication."""

from collections import Counter
from datetime import UTC, datetime

import duckdb
from rich.table import Table

from wijkbeeld import build, publish, reference, screen
from wijkbeeld.landing import astray, inbox_files
from wijkbeeld.language import say
from wijkbeeld.output import occasions
from wijkbeeld.output.told import number
from wijkbeeld.screen import local, plain
from wijkbeeld.settings import settings

_RECORDS = """
    select
        source,
        count(*) filter (status = 'landed'),
        count(*) filter (status = 'rejected'),
        coalesce(sum(row_count), 0),
        coalesce(sum(problem_count), 0),
        max(landed_at) filter (status = 'landed')
    from read_parquet($files, union_by_name = true)
    group by source
"""


def tables() -> list[Table]:
    """Return what the landing zone and the publications say now.

    Nothing of the warehouse is opened: a build may be writing it.
    """
    return [_sources(), *astray_files(), _publications(), *_unpublished(), *_late()]


def astray_files() -> list[Table]:
    """Return what lies in the inbox where nobody looks, and where to put it."""
    table = screen.table(
        say("bestand"), say("zet het in"), whole=say("zet het in"),
        title=say("Ligt waar niemand kijkt"),
    )  # fmt: skip
    for one in astray.found():
        table.add_row(plain(one.shown), plain(one.belongs_in))
    return [table] if table.rows else []


def _unpublished() -> list[Table]:
    told = build.unpublished()
    return _said(say("Bouw"), [told] if told else [])


def _late() -> list[Table]:
    return _said(say("Te laat"), occasions.told_late())


def _said(title: str, told: list[str]) -> list[Table]:
    table = screen.table(say("wat"), whole="", title=title)
    for text in told:
        table.add_row(text)
    return [table] if told else []


def _sources() -> Table:
    records, waiting = _records(), _waiting()
    table = screen.table(
        say("bron"), say("wacht"), say("ingelezen"), say("geweigerd"), say("rijen"),
        say("problemen"), say("laatst ingelezen"), say("vers"),
        whole=say("bron"), title=say("Leveringen"),
    )  # fmt: skip
    now = datetime.now(UTC).replace(tzinfo=None)
    for due in reference.delivery_sources():
        landed, rejected, rows, problems, last = records.get(
            due.source, (0, 0, 0, 0, None)
        )
        table.add_row(
            due.source,
            str(waiting[due.source]),
            str(landed),
            str(rejected),
            number(rows),
            number(problems),
            local(last.replace(tzinfo=UTC)) if last else say("nooit"),
            _freshness((now - last).days if last else None, due),
        )
    return table


def _waiting() -> Counter[str]:
    """Count what lies in the inbox of each source; nothing of it is touched."""
    inbox = settings().inbox
    return Counter(
        path.relative_to(inbox).parts[0]
        for path in inbox_files.lying()
        if not inbox_files.is_unfinished(path.name)
    )


def _records() -> dict[str, tuple[int, int, int, int, datetime | None]]:
    folder = settings().landing / "_deliveries"
    found = [str(path) for path in folder.rglob("[!.]*.parquet")]
    if not found:
        return {}
    with duckdb.connect() as con:
        rows = con.execute(_RECORDS, {"files": found}).fetchall()
    return {source: tuple(rest) for source, *rest in rows}


def _freshness(age_days: int | None, due: reference.DeliverySource) -> str:
    if age_days is None:
        return say("ontbreekt")
    if age_days > due.error_after_days:
        return say("te oud ({days} dagen)", days=age_days)
    if age_days > due.warn_after_days:
        return say("laat ({days} dagen)", days=age_days)
    return say("ja")


def _publications() -> Table:
    table = screen.table(
        say("publicatie"),
        say("voor"),
        whole=say("publicatie"),
        title=say("Publicaties"),
    )
    try:
        current = publish.current("public").parent.name
    except publish.NothingPublishedError:
        current = None
    for publication in publish.publications():
        table.add_row(
            publication.name,
            say("de lezers nu") if publication.name == current else say("het archief"),
        )
    return table

"""Pull a table into the inbox: what is new, part by part, whole or not at all.

A part is a period, or all of a table that has none. It is asked for in one go, and
where that is too much at once per offence; it reaches the inbox as one file when all
of it has come. What has come is remembered, so a pull that breaks off goes on there.
"""

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from wijkbeeld import files
from wijkbeeld.language import say
from wijkbeeld.local_time import ZONE
from wijkbeeld.pull.asked import PAGE, LaterError, PullError, Record, Service
from wijkbeeld.pull.figures import WHOLE, Figures
from wijkbeeld.pull.memory import Memory, Part
from wijkbeeld.pull.tables import Period, Table
from wijkbeeld.settings import settings

_ROUNDS = 3
_FIGURES, _STATUSES = "TypedDataSet", "Perioden"
_NO_RECORD: Record = {}


class Pulled(NamedTuple):
    """What a pull of one table brought."""

    table: str
    files: list[str]
    record_count: int


def pull(
    table: Table,
    *,
    is_again: bool = False,
    tell: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Pulled:
    """Put what is new in a table into the inbox.

    Args:
        table: One of ``tables()``.
        is_again: Pull all of it, also what was pulled before.
        tell: Is told what has come.
        sleep: How to wait before asking again.

    Raises:
        OffError: Pulling is switched off.
        LaterError: Not all of it came now; what did is in the inbox, and stays.
        PullError: Likewise, and asking again would not change it.
    """
    with (
        Service(table.address, sleep) as service,
        files.exclusive(settings().locks / f"pull-{table.number}"),
    ):
        memory = Memory.of(table.number)
        if is_again:
            memory.forget()
        pulled = Pulled(table.number, [], 0)
        for _ in range(_ROUNDS):
            about, figures = _about(service), Figures(service, table)
            # Another release may read other columns of a table that did not change.
            asked_for = f"{about['Modified']} {figures.scope()}"
            if memory.done == asked_for:
                return pulled
            for part, names, count in _new(figures, table, about, memory):
                tell(
                    say(
                        "{table} {part}: {count} rijen",
                        table=table.number,
                        part=part,
                        count=count,
                    )
                )
                total = pulled.record_count + count
                pulled = Pulled(table.number, [*pulled.files, *names], total)
            if _about(service)["Modified"] == about["Modified"]:
                memory.finish(asked_for)
                return pulled
            tell(say("{table}: intussen veranderd; nog een keer", table=table.number))
    raise LaterError(
        say(
            "{table}: deze tabel verandert sneller dan hij wordt opgehaald",
            table=table.number,
        )
    )


def _about(service: Service) -> Record:
    told = next(iter(service.records("TableInfos")), _NO_RECORD)
    if not told.get("Modified"):
        raise PullError(
            say(
                "{address}: TableInfos zegt niet wanneer de tabel is veranderd",
                address=service.address,
            )
        )
    return told


def _new(
    figures: Figures, table: Table, about: Record, memory: Memory
) -> Iterator[tuple[str, list[str], int]]:
    """Pull what is due, and yield per part its files and how many records they hold."""
    now = Part(str(about["Modified"]), figures.scope(), is_final=False)
    is_corrected = "correct" in str(about.get("ReasonDelivery")).casefold()
    for period in figures.periods():
        part = now._replace(is_final=period.is_final)
        if not memory.is_due(period.key, part, is_corrected=is_corrected):
            continue
        records, metadata = figures.gather(period)
        names = _place(table, _label(period, about), records, metadata)
        # Only now: a pull that is killed before this asks for the part again, and
        # the same content is landed once.
        memory.keep(period.key, part)
        yield period.key.strip(), names, len(records)
    # After the figures: a list tells of what was published before it.
    if statuses := figures.statuses():
        yield _STATUSES, _place(table, _STATUSES, statuses, None), len(statuses)


def _label(period: Period, about: Record) -> str:
    """Return the part of a table as its file is called; a year for key figures."""
    return str(about.get("Period", "")) if period.key == WHOLE else period.key


def _place(
    table: Table, label: str, records: list[Record], metadata: str | None
) -> list[str]:
    """Put the records into the inbox, with the time in the name as StatLine does."""
    stamp = f"{datetime.now(ZONE):%Y%m%d%H%M%S}"
    entity = _STATUSES if label == _STATUSES else _FIGURES
    metadata = metadata or f"{table.address}/$metadata#Cbs.OData.WebAPI.{entity}"
    names = []
    # A file of just so many records looks cut off, and is refused when it is landed.
    at_once = PAGE - 1 if len(records) == PAGE else len(records)
    for first in range(0, len(records), at_once or 1):
        part = f"-{first // at_once + 1}" if at_once < len(records) else ""
        name = f"{table.number}_{_safe(label)}{part}_{stamp}.json"
        lines = ",\n ".join(
            json.dumps(record, ensure_ascii=False)
            for record in records[first : first + at_once]
        )
        text = f'{{"odata.metadata": {json.dumps(metadata)}, "value": [\n {lines}]}}\n'
        files.write_text(settings().inbox / table.source / name, text)
        names.append(name)
    return names


def _safe(label: str) -> str:
    """Return what a file may be called of a label that came from elsewhere."""
    kept = "".join(c for c in label if c.isascii() and c.isalnum())
    return kept[:40] or "x"

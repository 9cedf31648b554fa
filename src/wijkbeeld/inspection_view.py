"""An inspection as it is told on the command line."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table

from wijkbeeld.landing.inspection import Inspection
from wijkbeeld.language import later, say
from wijkbeeld.output.told import number
from wijkbeeld.screen import plain

_VERDICTS = {
    "accepted": later("zou worden ingelezen"),
    "unjudged": later("zou worden ingelezen, als de poort het bestand goedkeurt"),
    "waits": later("zou nog blijven wachten"),
    "rejected": later("zou worden geweigerd"),
    "failed": later("niet te bekijken"),
}


def drawn(seen: Inspection) -> Iterator[RenderableType]:
    """Yield what is to be shown of an inspection, in order."""
    yield _facts(seen)
    if seen.recognised or seen.missing or seen.unknown:
        yield _columns(seen)
    if seen.samples:
        yield _samples(seen)
    for warning in seen.warnings:
        yield plain(say("let op: {warning}", warning=warning))
    if seen.proposal:
        yield plain(say("voorgestelde mapping ({name}):", name=seen.proposal.name))
        yield plain(seen.proposal.text)
    yield plain(verdict(seen))


def verdict(seen: Inspection) -> str:
    """Return in one sentence what landing would do with the file."""
    said = say(_VERDICTS[seen.verdict])
    return f"{said}: {seen.reason}" if seen.reason else said


def separator(seen: Inspection) -> str | None:
    """Return what parts the fields, as a word where it cannot be seen."""
    return say("tab") if seen.separator == "\t" else seen.separator


def _facts(seen: Inspection) -> Table:
    table = Table(show_header=False, box=None)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    rows: list[tuple[str, object]] = [
        (say("bestand"), seen.file_name),
        (say("grootte"), f"{number(seen.size_bytes)} bytes"),
        (say("bron"), seen.source or "?"),
        (say("waarom"), seen.why),
        (say("vorm"), seen.form),
        (say("codering"), seen.encoding),
        (say("scheidingsteken"), separator(seen)),
        (say("geëxporteerd op"), seen.exported_on),
        (say("rijen"), seen.row_count),
        (say("rijen met een probleem"), seen.problem_count),
        (say("al eerder ingelezen"), say("ja") if seen.is_known else None),
    ]
    for name, value in rows:
        if value not in (None, ""):
            table.add_row(name, plain(value))
    return table


def _columns(seen: Inspection) -> Table:
    table = Table(say("kolommen"), say("namen"), show_lines=True)
    names = [column.header for column in seen.recognised]
    for kind, found in (
        (say("herkend"), ", ".join(names)),
        (say("ontbreken, en zijn verplicht"), "\n".join(seen.missing)),
        (say("mogen ontbreken"), ", ".join(seen.absent)),
        (say("bekend, worden niet bewaard"), ", ".join(seen.dropped)),
        (say("onbekend, worden niet bewaard"), seen.unknown),
    ):
        if found:
            table.add_row(kind, plain(found))
    return table


def _samples(seen: Inspection) -> Table:
    table = Table(
        say("probleem"), say("rijen"), say("eerste rijen"), say("kolommen"),
        say("regel"), say("oplossing"),
    )  # fmt: skip
    for sample in seen.samples:
        table.add_row(
            sample.problem,
            number(sample.row_count),
            ", ".join(map(str, sample.rows)),
            plain(", ".join(sample.columns)),
            sample.rule,
            sample.remedy,
        )
    return table

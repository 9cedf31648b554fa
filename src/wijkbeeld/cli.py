"""The commands; each calls what the DAGs call."""

import json
import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help="Deliveries in, briefing figures out.",
)
_out = Console()
_err = Console(stderr=True)

_REJECTED = 3


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command()
def demo(
    months: Annotated[int, typer.Option(help="How many months back.")] = 60,
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 20260101,
    scale: Annotated[int, typer.Option(min=1, max=1000)] = 1,
    end: Annotated[
        str | None, typer.Option(help="First day after the last month, 2026-11-01.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder; the inbox when not given.")
    ] = None,
) -> None:
    """Write synthetic deliveries in the sources' real formats, and truth.json."""
    from wijkbeeld import demo as simulator
    from wijkbeeld.settings import settings

    first = date.fromisoformat(end) if end else date.today().replace(day=1)  # noqa: DTZ011
    with _err.status("simulating"):
        written = simulator.write(
            out or settings().inbox, months=months, seed=seed, scale=scale, end=first
        )
    _out.print(f"{len(written.files)} demo deliveries in {out or settings().inbox}")
    _out.print(f"what was planted: {written.path}")


@app.command()
def land(
    paths: Annotated[list[Path] | None, typer.Argument(exists=True)] = None,
    source: Annotated[
        str | None,
        typer.Option("--as", help="SYSTEM__ENTITY, where recognising fails."),
    ] = None,
) -> None:
    """Land files now, or all that waits in the inbox; exit 3 if one was rejected."""
    from expectations import gate
    from wijkbeeld.landing import inbox

    table = Table("file", "source", "rows", "accepted", "problems", "status")
    is_rejected = False
    for outcome in inbox.land(paths or [], gate.of, source, say=_err.print):
        is_rejected |= outcome.status == "rejected"
        table.add_row(
            outcome.file_name,
            outcome.source or "?",
            *("" if n is None else f"{n:,}" for n in outcome.counts),
            outcome.status if not outcome.reason else f"rejected: {outcome.reason}",
        )
    _out.print(table)
    raise typer.Exit(_REJECTED if is_rejected else 0)


@app.command()
def build(
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Throw the warehouse away first.")
    ] = False,
) -> None:
    """Run dbt, audit, publish; the published version is the last line."""
    from wijkbeeld import build as building

    with _err.status("build") as status:
        say = status.update if _err.is_terminal else _plainly()
        try:
            publication = building.build(full_refresh=full_refresh, say=say)
        except building.BuildError as reason:
            _fail(str(reason))
    _out.print(publication, soft_wrap=True)


@app.command()
def status() -> None:
    """Freshness, deliveries, problems, last publication."""
    from wijkbeeld import status as standing

    for table in standing.tables():
        _out.print(table)


@app.command()
def sql(
    query: str,
    role: Annotated[str | None, typer.Option(help="public, team or analyst.")] = None,
    form: Annotated[Format, typer.Option("--format")] = Format.table,
) -> None:
    """Run one read-only query on the current publication, in the sandbox."""
    from wijkbeeld import publish, sandbox
    from wijkbeeld.settings import settings

    try:
        result = sandbox.run(query, publish.current(role or settings().role))
    except (sandbox.QueryError, publish.NothingPublishedError) as reason:
        _fail(str(reason))
    if form is Format.csv:
        sys.stdout.write(result.csv())
    elif form is Format.json:
        json.dump(result.records(), sys.stdout, default=str, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        table = Table(*result.columns)
        for row in result.rows:
            table.add_row(*("" if value is None else str(value) for value in row))
        _out.print(table)
    if result.is_cut:
        _err.print(f"only the first {len(result.rows)} rows are shown")


@app.command()
def templates(
    out: Annotated[Path, typer.Option(help="Folder to write them in.")],
) -> None:
    """Write an empty form with a filled example of each list kept by hand."""
    from wijkbeeld.senders import templates as forms

    for path in forms.write(out):
        _out.print(path, soft_wrap=True)


@app.command("how-to-send")
def how_to_send(
    out: Annotated[Path, typer.Option(help="Folder to write them in.")],
) -> None:
    """Write a page per source that says how to send it, from what was agreed."""
    from wijkbeeld.senders import pages

    for path in pages.write(out):
        _out.print(path, soft_wrap=True)


@app.command()
def up(
    once: Annotated[
        bool, typer.Option("--once", help="Stop when every page has answered.")
    ] = False,
) -> None:
    """Start Airflow and the dashboards; Ctrl-C stops what was started."""
    from wijkbeeld import up as running

    raise typer.Exit(running.up(once=once))


@app.command()
def doctor() -> None:
    """Check the installation, and say what to do about what is wrong."""
    from wijkbeeld import doctor as checking

    raise typer.Exit(checking.doctor())


def _plainly() -> Callable[[str], None]:
    return lambda text: _err.print(text, highlight=False)


def _fail(reason: str) -> NoReturn:
    _err.print(reason, style="red", highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1)

"""Commands about the warehouse: built, kept, asked, and how it stands."""

import json
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Column, Table

from wijkbeeld.commands import console
from wijkbeeld.language import say
from wijkbeeld.screen import plain
from wijkbeeld.settings import Role

app = typer.Typer()


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command(
    help=say("Draai dbt, keur en publiceer; de laatste regel is de publicatie.")
)
def build(
    full_refresh: Annotated[
        bool,
        typer.Option("--full-refresh", help=say("Gooi het magazijn eerst weg.")),
    ] = False,
) -> None:
    """Run dbt, audit, publish; the published version is the last line."""
    from wijkbeeld import build as building

    with console.ERR.status(say("bouwen")) as status:
        tell = status.update if console.ERR.is_terminal else _plainly()
        try:
            publication = building.build(full_refresh=full_refresh, tell=tell)
        except building.BuildError as reason:
            console.fail(str(reason))
    console.OUT.print(publication, soft_wrap=True)


@app.command(
    help=say(
        "Bewaar de publicatie waarmee een maand wordt getoond, voor altijd, zodat de "
        "briefing later opent zoals zij was."
    )
)
def freeze(
    month: Annotated[str, typer.Option(help=say("De maand, zoals 2026-10."))],
    publication: Annotated[
        str | None, typer.Option(help=say("Naam; anders die van nu."))
    ] = None,
    is_again: Annotated[
        bool,
        typer.Option("--again", help=say("Ook als die maand al is bewaard.")),
    ] = False,
) -> None:
    """Keep the publication with which a month is presented, for ever."""
    from wijkbeeld import publish

    first = console.first_day(month)
    try:
        kept = publish.freeze(first, publication, again=is_again)
    except (publish.NotFreezableError, publish.NothingPublishedError) as reason:
        console.fail(str(reason))
    console.tell(
        say(
            "de briefing over {month} is bewaard: publicatie {name}",
            month=f"{kept.month:%Y-%m}",
            name=kept.publication,
        )
    )
    console.OUT.print(kept.publication, soft_wrap=True)


@app.command(help=say("Hoe het staat: versheid, leveringen, problemen, publicaties."))
def status() -> None:
    """Freshness, deliveries, problems, last publication."""
    from wijkbeeld import status as standing

    for table in standing.tables():
        console.OUT.print(table)


@app.command(
    help=say("Stel één vraag (SELECT) aan de publicatie van nu, in de zandbak.")
)
def sql(
    query: str,
    role: Annotated[
        Role | None, typer.Option(help=say("public, team of analyst."))
    ] = None,
    form: Annotated[Format, typer.Option("--format")] = Format.table,
) -> None:
    """Run one read-only query on the current publication, in the sandbox."""
    from wijkbeeld import publish, sandbox
    from wijkbeeld.settings import settings

    try:
        result = sandbox.run(query, publish.current(role or settings().role))
    except (sandbox.QueryError, publish.NothingPublishedError) as reason:
        console.fail(str(reason))
    if form is Format.csv:
        sys.stdout.write(result.csv())
    elif form is Format.json:
        json.dump(result.records(), sys.stdout, default=str, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        table = Table(*(Column(plain(name)) for name in result.columns))
        for row in result.rows:
            table.add_row(*("" if value is None else plain(value) for value in row))
        console.OUT.print(table)
    if result.is_cut:
        console.ERR.print(
            say("alleen de eerste {count} rijen zijn getoond", count=len(result.rows))
        )


def _plainly() -> Callable[[str], None]:
    return lambda text: console.ERR.print(text, highlight=False)

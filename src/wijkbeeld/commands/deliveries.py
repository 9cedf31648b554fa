"""Commands about deliveries: made up, looked at, fetched, landed, asked for."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from wijkbeeld import screen
from wijkbeeld.commands import console
from wijkbeeld.language import later, say
from wijkbeeld.output.told import number
from wijkbeeld.screen import plain

app = typer.Typer()

_CODES = {"failed": 1, "rejected": 3, "waits": 4}
_STATUSES = {
    "landed": later("ingelezen"),
    "known": later("al bekend"),
    "waits": later("wacht"),
    "rejected": later("geweigerd"),
    "failed": later("niet ingelezen"),
}
_SOURCE_HELP = say("SYSTEEM__ENTITEIT, als herkennen niet lukt.")
_FOLDER_HELP = say("Map om ze in te schrijven.")


def _regular(given: Path | list[Path] | None) -> Path | list[Path] | None:
    """Refuse what is no file, such as a pipe: to read it may take for ever."""
    paths = [given] if isinstance(given, Path) else given or []
    for path in paths:
        if not path.is_file():
            raise typer.BadParameter(
                say(
                    "{name} is geen gewoon bestand; bewaar de gegevens eerst in een "
                    "bestand",
                    name=path,
                )
            )
    return given


@app.command(
    help=say(
        "Schrijf verzonnen leveringen in de echte vormen van de bronnen, en truth.json."
    )
)
def demo(
    months: Annotated[
        int, typer.Option(min=1, help=say("Hoeveel maanden terug."))
    ] = 60,
    seed: Annotated[
        int, typer.Option(min=0, help=say("Hetzelfde getal, dezelfde bytes."))
    ] = 20260101,
    scale: Annotated[int, typer.Option(min=1, max=1000)] = 1,
    end: Annotated[
        str | None,
        typer.Option(help=say("Eerste dag na de laatste maand, 2026-11-01.")),
    ] = None,
    out: Annotated[Path | None, typer.Option(help=say("Map; anders de inbox."))] = None,
) -> None:
    """Write synthetic deliveries in the sources' real formats, and truth.json."""
    from wijkbeeld import demo as simulator
    from wijkbeeld.settings import settings

    first = console.day(end) if end else date.today().replace(day=1)  # noqa: DTZ011
    folder = out or settings().inbox
    try:
        with console.ERR.status(say("verzinnen")):
            written = simulator.write(
                folder, months=months, seed=seed, scale=scale, end=first
            )
    except simulator.TooEarlyError as reason:
        console.fail(str(reason))
    console.tell(
        say(
            "{count} verzonnen leveringen in {folder}",
            count=len(written.files),
            folder=folder,
        )
    )
    console.tell(say("wat erin is gestopt: {path}", path=written.path))


@app.command(
    help=say(
        "Lees bestanden nu in, of alles wat in de inbox wacht. Exitcode 0: alles "
        "ingelezen, 1: een bestand is niet ingelezen om iets anders dan het bestand, "
        "3: een bestand is geweigerd, 4: een bestand wacht nog op iets anders."
    )
)
def land(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, callback=_regular),
    ] = None,
    source: Annotated[str | None, typer.Option("--as", help=_SOURCE_HELP)] = None,
    is_again: Annotated[
        bool,
        typer.Option(
            "--again", help=say("Lees deze bestanden opnieuw, ook als ze bekend zijn.")
        ),
    ] = False,
) -> None:
    """Land files now, or all that waits.

    It exits with 1 if one could not be landed, 3 if one was rejected, 4 if one waits.
    """
    from expectations import gate
    from wijkbeeld import status as standing
    from wijkbeeld.landing import inbox

    table = screen.table(
        say("bestand"), say("bron"), say("rijen"), say("goed"), say("problemen"),
        say("stand"), whole=say("bron"),
    )  # fmt: skip
    became, reasons = set(), []
    _require_known(source)
    if is_again:
        _forget(paths or [])
    outcomes = inbox.land(
        paths or [], gate.of, source, say=lambda name: console.ERR.print(plain(name))
    )
    for outcome in outcomes:
        became.add(outcome.status)
        status = say(_STATUSES[outcome.status])
        table.add_row(
            plain(outcome.file_name),
            outcome.source or "?",
            *("" if n is None else number(n) for n in outcome.counts),
            status,
        )
        if outcome.reason:
            # A reason of a rejected file begins with the name of it.
            told = outcome.reason.removeprefix(f"{outcome.file_name}: ")
            reasons.append(f"{outcome.file_name}: {status}: {told}")
    console.OUT.print(table)
    for told in reasons:
        console.tell(told)
    if not paths:
        for strays in standing.astray_files():
            console.OUT.print(strays)
    for status in ("failed", "rejected", "waits"):
        if status in became:
            raise typer.Exit(_CODES[status])


@app.command(
    help=say(
        "Haal een levering die niet deugt weer uit de opslag. De volgende bouw maakt "
        "alles opnieuw zonder haar."
    )
)
def withdraw(
    name: Annotated[
        str,
        typer.Argument(
            help=say("Naam van het bestand, of het begin van zijn SHA-256 (8 tekens).")
        ),
    ],
    is_sure: Annotated[
        bool, typer.Option("--yes", help=say("Vraag niet of het zeker is."))
    ] = False,
) -> None:
    """Take a delivery out of the landing zone; exit 1 if there is none, or many."""
    from wijkbeeld.landing import withdrawal

    found = withdrawal.named(name)
    if not found:
        console.fail(
            say(
                "er is niets ingelezen met de naam {name}; zie de pagina Datakwaliteit",
                name=name,
            )
        )
    for one in found:
        console.tell(
            say(
                "{source}: {file}, {count} rijen, SHA-256 {sha256}",
                source=one.source,
                file=one.file_name,
                count=one.row_count,
                sha256=one.sha256,
            )
        )
    if len(found) > 1:
        console.fail(say("dat zijn er meer: noem het begin van de SHA-256 van één"))
    if not is_sure:
        typer.confirm(say("Deze levering eruit halen?"), abort=True)
    withdrawal.withdraw(found[0])
    console.tell(say("eruit gehaald; voer uit: wijkbeeld build"))


@app.command(
    help=say(
        "Bekijk een bestand zonder het in te lezen: welke bron, welke kolommen, welke "
        "problemen. Exitcode 0: zou worden ingelezen, 1: niet te bekijken, 3: zou "
        "worden geweigerd, 4: wacht nog op iets anders."
    )
)
def inspect(
    path: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, callback=_regular)
    ],
    source: Annotated[str | None, typer.Option("--as", help=_SOURCE_HELP)] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(help=say("Bewaar de voorgestelde mapping in dit bestand.")),
    ] = None,
) -> None:
    """Look at a file without landing it; nothing of it is kept."""
    from wijkbeeld import files, inspection_view
    from wijkbeeld.landing import inspection

    _require_known(source)
    with console.ERR.status(say("bekijken")):
        seen = inspection.inspect(path, inspection.Wish(source))
    for part in inspection_view.drawn(seen):
        # Only tables are fitted to the screen: a mapping is to be copied as it is.
        console.OUT.print(part, soft_wrap=not isinstance(part, Table))
    if mapping and seen.proposal:
        if mapping.exists():
            console.fail(say("{path} bestaat al; kies een andere naam", path=mapping))
        files.write_text(mapping, seen.proposal.text)
        console.tell(say("voorgestelde mapping bewaard: {path}", path=mapping))
    raise typer.Exit(_CODES.get(seen.verdict, 0))


@app.command(
    help=say(
        "Haal op wat er nieuw is aan open data, naar de inbox. Exitcode 0: alles is "
        "er, 1: een tabel is niet opgehaald."
    )
)
def pull(
    tables: Annotated[
        list[str] | None,
        typer.Option("--table", help=say("Zoals 47022NED; anders alle tabellen.")),
    ] = None,
    is_again: Annotated[
        bool,
        typer.Option("--again", help=say("Ook wat al eerder is opgehaald.")),
    ] = False,
) -> None:
    """Fetch what is new in open data into the inbox; exit 1 if a table did not come."""
    from wijkbeeld import pull as pulling

    known = pulling.tables()
    if unknown := set(tables or ()) - set(known):
        console.fail(
            say(
                "{unknown} wordt niet opgehaald; wel: {known}",
                unknown=", ".join(sorted(unknown)),
                known=", ".join(known),
            )
        )
    table = screen.table(
        say("tabel"), say("bestanden"), say("rijen"), say("stand"), whole=say("tabel")
    )
    reasons = []
    for name in tables or known:
        try:
            pulled = pulling.pull(
                known[name],
                is_again=is_again,
                tell=lambda text: console.ERR.print(plain(text)),
            )
        except pulling.OffError as reason:
            console.fail(str(reason))
        except pulling.PullError as reason:
            table.add_row(name, "", "", say("niet opgehaald"))
            reasons.append(
                say("{table}: niet opgehaald: {reason}", table=name, reason=reason)
            )
        else:
            status = say("opgehaald") if pulled.files else say("niets nieuws")
            table.add_row(
                name, str(len(pulled.files)), number(pulled.record_count), status
            )
    console.OUT.print(table)
    for told in reasons:
        console.tell(told)
    raise typer.Exit(1 if reasons else 0)


@app.command(
    help=say("Schrijf van elke lijst een leeg formulier met een ingevuld voorbeeld.")
)
def templates(
    out: Annotated[Path, typer.Option(help=say("Map om ze in te schrijven."))],
) -> None:
    """Write an empty form with a filled example of each list kept by hand."""
    from wijkbeeld.senders import templates as forms

    for path in forms.write(out):
        console.tell(str(path))


@app.command(
    "how-to-send",
    help=say("Schrijf per bron een pagina: hoe stuurt u een bestand?"),
)
def how_to_send(
    out: Annotated[Path, typer.Option(help=say("Map om ze in te schrijven."))],
) -> None:
    """Write a page per source that says how to send it, from what was agreed."""
    from wijkbeeld.senders import pages

    for path in pages.write(out):
        console.tell(str(path))


def _forget(paths: list[Path]) -> None:
    """Take out of the landing zone what is there of files that are to land anew."""
    from wijkbeeld.landing import withdrawal

    if not paths:
        console.fail(say("noem bij --again de bestanden, zoals die in delivered/"))
    for path in paths:
        for delivery in withdrawal.of_content(path):
            withdrawal.withdraw(delivery)


def _require_known(source: str | None) -> None:
    from wijkbeeld.landing import schema

    if source and source not in schema.SOURCES:
        known = ", ".join(schema.SOURCES)
        console.fail(
            say(
                "{source} is geen bron; bronnen zijn: {known}",
                source=source,
                known=known,
            )
        )

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
from rich.table import Column, Table

from wijkbeeld import environment
from wijkbeeld.language import later, say
from wijkbeeld.screen import plain
from wijkbeeld.settings import Role

if complaint := environment.complaint():
    # Here, because what follows is said in the language that was set.
    sys.exit(complaint)

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help=say("Leveringen erin, cijfers voor de briefing eruit."),
)
_out = Console()
_err = Console(stderr=True)

_CODES = {"failed": 1, "rejected": 3, "waits": 4}
_STATUSES = {
    "landed": later("ingelezen"),
    "known": later("al bekend"),
    "waits": later("wacht"),
    "rejected": later("geweigerd"),
}


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"


class Shown(StrEnum):
    """For whom a briefing is."""

    public = "public"
    team = "team"


class Language(StrEnum):
    """What a briefing is written in."""

    nl = "nl"
    en = "en"


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

    first = _day(end) if end else date.today().replace(day=1)  # noqa: DTZ011
    folder = out or settings().inbox
    try:
        with _err.status(say("verzinnen")):
            written = simulator.write(
                folder, months=months, seed=seed, scale=scale, end=first
            )
    except simulator.TooEarlyError as reason:
        _fail(str(reason))
    _tell(
        say(
            "{count} verzonnen leveringen in {folder}",
            count=len(written.files),
            folder=folder,
        )
    )
    _tell(say("wat erin is gestopt: {path}", path=written.path))


_SOURCE_HELP = say("SYSTEEM__ENTITEIT, als herkennen niet lukt.")


@app.command(
    help=say(
        "Lees bestanden nu in, of alles wat in de inbox wacht. Exitcode 0: alles "
        "ingelezen, 3: een bestand is geweigerd, 4: een bestand wacht nog op iets "
        "anders."
    )
)
def land(
    paths: Annotated[list[Path] | None, typer.Argument(exists=True)] = None,
    source: Annotated[str | None, typer.Option("--as", help=_SOURCE_HELP)] = None,
) -> None:
    """Land files now, or all that waits; exit 3 if one was rejected, 4 if one waits."""
    from expectations import gate
    from wijkbeeld.landing import inbox

    table = Table(
        say("bestand"), say("bron"), say("rijen"), say("goed"), say("problemen"),
        say("stand"),
    )  # fmt: skip
    became = set()
    _require_known(source)
    outcomes = inbox.land(
        paths or [], gate.of, source, say=lambda name: _err.print(plain(name))
    )
    for outcome in outcomes:
        became.add(outcome.status)
        status = say(_STATUSES[outcome.status])
        table.add_row(
            plain(outcome.file_name),
            outcome.source or "?",
            *("" if n is None else f"{n:,}" for n in outcome.counts),
            plain(f"{status}: {outcome.reason}" if outcome.reason else status),
        )
    _out.print(table)
    for status in ("rejected", "waits"):
        if status in became:
            raise typer.Exit(_CODES[status])


@app.command(
    help=say(
        "Bekijk een bestand zonder het in te lezen: welke bron, welke kolommen, welke "
        "problemen. Exitcode 0: zou worden ingelezen, 1: niet te bekijken, 3: zou "
        "worden geweigerd, 4: wacht nog op iets anders."
    )
)
def inspect(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
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
    with _err.status(say("bekijken")):
        seen = inspection.inspect(path, inspection.Wish(source))
    for part in inspection_view.drawn(seen):
        # Only tables are fitted to the screen: a mapping is to be copied as it is.
        _out.print(part, soft_wrap=not isinstance(part, Table))
    if mapping and seen.proposal:
        if mapping.exists():
            _fail(say("{path} bestaat al; kies een andere naam", path=mapping))
        files.write_text(mapping, seen.proposal.text)
        _tell(say("voorgestelde mapping bewaard: {path}", path=mapping))
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
        _fail(
            say(
                "{unknown} wordt niet opgehaald; wel: {known}",
                unknown=", ".join(sorted(unknown)),
                known=", ".join(known),
            )
        )
    table = Table(say("tabel"), say("bestanden"), say("rijen"), say("stand"))
    is_short = False
    for number in tables or known:
        try:
            pulled = pulling.pull(
                known[number],
                is_again=is_again,
                tell=lambda text: _err.print(plain(text)),
            )
        except pulling.OffError as reason:
            _fail(str(reason))
        except pulling.PullError as reason:
            is_short = True
            status = say("niet opgehaald: {reason}", reason=reason)
            table.add_row(number, "", "", plain(status))
        else:
            status = say("opgehaald") if pulled.files else say("niets nieuws")
            count = f"{pulled.record_count:,}"
            table.add_row(number, str(len(pulled.files)), count, status)
    _out.print(table)
    raise typer.Exit(1 if is_short else 0)


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

    with _err.status(say("bouwen")) as status:
        tell = status.update if _err.is_terminal else _plainly()
        try:
            publication = building.build(full_refresh=full_refresh, tell=tell)
        except building.BuildError as reason:
            _fail(str(reason))
    _out.print(publication, soft_wrap=True)


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

    first = _first_day(month)
    try:
        kept = publish.freeze(first, publication, again=is_again)
    except (publish.NotFreezableError, publish.NothingPublishedError) as reason:
        _fail(str(reason))
    _tell(
        say(
            "de briefing over {month} is bewaard: publicatie {name}",
            month=f"{kept.month:%Y-%m}",
            name=kept.publication,
        )
    )
    _out.print(kept.publication, soft_wrap=True)


@app.command(
    help=say(
        "Maak van een briefing alle bestanden: presentatie, hand-out, cijfers en "
        "plaatjes. Van de bewaarde publicatie, of anders die van nu."
    )
)
def briefing(
    month: Annotated[str, typer.Option(help=say("De maand, zoals 2026-10."))],
    out: Annotated[
        Path | None, typer.Option(help=say("Map; anders briefings/<maand>."))
    ] = None,
    role: Annotated[
        Shown, typer.Option(help=say("team is alleen voor de politie."))
    ] = Shown.public,
    language: Annotated[
        Language | None, typer.Option(help=say("nl of en; anders die van hier."))
    ] = None,
) -> None:
    """Write deck, handout, figures and pictures of a briefing."""
    from wijkbeeld.output import briefing as briefings
    from wijkbeeld.output import outgoing
    from wijkbeeld.settings import settings

    first = _first_day(month)
    folder = out or settings().home / "briefings" / f"{first:%Y-%m}"
    try:
        with _err.status(say("tekenen")):
            written = briefings.write(first, folder, role, language=language)
    except outgoing.FINAL as reason:
        _fail(str(reason))
    for path in written.files:
        _tell(str(path))
    if not written.is_frozen:
        _err.print(
            say(
                "de briefing over {month} is nog niet bewaard; dit zijn de cijfers van "
                "nu. Bewaar haar met: wijkbeeld freeze --month {month}",
                month=f"{first:%Y-%m}",
            ),
            soft_wrap=True,
        )
    for correction in briefings.corrected(first, role):
        _tell(
            say(
                "verbeterd sindsdien, {offence}: {change}",
                offence=correction.offence,
                change=correction,
            )
        )
    _out.print(written.publication, soft_wrap=True)


_FOLDER_HELP = say("Map om ze in te schrijven.")


@app.command(
    help=say(
        "Schrijf het bulletin van twee weken: de column voor de krant, het bericht "
        "voor de WhatsApp-groepen en de video's met ondertitels."
    )
)
def bulletin(
    out: Annotated[Path, typer.Option(help=_FOLDER_HELP)],
    day: Annotated[
        str | None,
        typer.Option(help=say("Een dag van die twee weken, 2026-11-26; anders nu.")),
    ] = None,
) -> None:
    """Write the column, the message and the videos of a fortnight."""
    from wijkbeeld import publish
    from wijkbeeld.output import bulletin as telling
    from wijkbeeld.output import outgoing

    wanted = _day(day) if day else date.today()  # noqa: DTZ011
    try:
        with _err.status(say("schrijven")) as status:

            def tell(done: int, of: int) -> None:
                said = say("beeld {done} van {of}", done=done, of=of)
                status.update(said)

            told = telling.of(publish.current("public"), wanted)
            written = outgoing.write_bulletin(told, out, tell)
    except outgoing.FINAL as reason:
        _fail(str(reason))
    for path in written:
        _tell(str(path))


@app.command(
    "check-text",
    help=say(
        "Kijk een tekst na op namen, kentekens, adressen en wat er verder niet in mag. "
        "Exitcode 0: er is niets gevonden, 1: er is iets gevonden."
    ),
)
def check_text(
    path: Annotated[Path, typer.Argument(help=say("Bestand, of - voor invoer."))],
    is_message: Annotated[
        bool,
        typer.Option(
            "--whatsapp", help=say("Ook of het een bericht voor de groepen mag zijn.")
        ),
    ] = False,
    is_live: Annotated[
        bool,
        typer.Option("--live", help=say("Ook op straten en tijden, als bij meelopen.")),
    ] = False,
) -> None:
    """Check a text that a person wrote; exit 1 if it may not be published."""
    from wijkbeeld.output import redaction, whatsapp, wording

    if str(path) == "-":
        text = sys.stdin.read()
    elif path.is_file():
        try:
            text = wording.of(path) or path.read_text("utf-8")
        except UnicodeDecodeError:
            _fail(say("{path} is geen tekst; bewaar het als .txt of .docx", path=path))
        except wording.UnreadableError as reason:
            _fail(str(reason))
    else:
        _fail(say("{path} is er niet", path=path))
    found = [str(finding) for finding in redaction.findings(text, is_live=is_live)]
    if is_message:
        try:
            whatsapp.check(text)
        except whatsapp.BrokenRulesError as broken:
            found = [*broken.rules, *(f for f in found if f not in broken.rules)]
    for line in found:
        _tell(line)
    if found:
        raise typer.Exit(1)
    _tell(say("er is niets gevonden; lees de tekst zelf ook na"))


@app.command(
    "ride-along",
    help=say(
        "Kijk concepten van een meeloopavond na, maak tijd en plaats grof, en schrijf "
        "wat mag worden geplaatst. Exitcode 1: een concept moet anders."
    ),
)
def ride_along(
    drafts: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(help=_FOLDER_HELP)],
) -> None:
    """Check drafts of ride-along posts; exit 1 if one has to be written otherwise."""
    from datetime import UTC, datetime

    from wijkbeeld.output import ride_along as evening

    try:
        checked = evening.write(evening.read(drafts), out, datetime.now(UTC))
    except evening.DraftsError as reason:
        _fail(str(reason))
    for one in checked:
        if not one.area:
            _tell(
                say(
                    "rij {row}: noem bij plaats een buurt of wijk van het team",
                    row=one.draft.row,
                )
            )
        for finding in one.findings:
            _tell(say("rij {row}: {finding}", row=one.draft.row, finding=finding))
    ready = sum(one.is_ready for one in checked)
    _tell(
        say(
            "{ready} van {count} berichten mogen worden geplaatst; zie {folder}",
            ready=ready,
            count=len(checked),
            folder=out,
        )
    )
    raise typer.Exit(0 if ready == len(checked) else 1)


@app.command(help=say("Maak het verslag van een briefing: een webpagina en een PDF."))
def minutes(
    month: Annotated[str, typer.Option(help=say("De maand, zoals 2026-10."))],
    out: Annotated[
        Path | None, typer.Option(help=say("Map; anders briefings/<maand>."))
    ] = None,
) -> None:
    """Write the minutes of a briefing."""
    from wijkbeeld import publish
    from wijkbeeld.output import minutes as written
    from wijkbeeld.settings import settings

    first = _first_day(month)
    folder = out or settings().home / "briefings" / f"{first:%Y-%m}"
    try:
        with _err.status(say("schrijven")):
            paths = written.write(first, folder)
    except (publish.NothingPublishedError, written.NoBriefingError) as reason:
        _fail(str(reason))
    for path in paths:
        _tell(str(path))


@app.command(
    help=say(
        "Wat is naar buiten gegaan of geweigerd, wanneer, door wie en uit welke "
        "publicatie; en wat nog op een besluit wacht."
    )
)
def releases() -> None:
    """What was released or refused, when, by whom, from which publication."""
    from wijkbeeld.output import releasing_view

    for table in releasing_view.tables():
        _out.print(table)


@app.command(help=say("Hoe het staat: versheid, leveringen, problemen, publicaties."))
def status() -> None:
    """Freshness, deliveries, problems, last publication."""
    from wijkbeeld import status as standing

    for table in standing.tables():
        _out.print(table)


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
        _fail(str(reason))
    if form is Format.csv:
        sys.stdout.write(result.csv())
    elif form is Format.json:
        json.dump(result.records(), sys.stdout, default=str, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        table = Table(*(Column(plain(name)) for name in result.columns))
        for row in result.rows:
            table.add_row(*("" if value is None else plain(value) for value in row))
        _out.print(table)
    if result.is_cut:
        _err.print(
            say("alleen de eerste {count} rijen zijn getoond", count=len(result.rows))
        )


@app.command(
    help=say("Schrijf van elke lijst een leeg formulier met een ingevuld voorbeeld.")
)
def templates(
    out: Annotated[Path, typer.Option(help=say("Map om ze in te schrijven."))],
) -> None:
    """Write an empty form with a filled example of each list kept by hand."""
    from wijkbeeld.senders import templates as forms

    for path in forms.write(out):
        _tell(str(path))


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
        _tell(str(path))


@app.command(help=say("Start Airflow en de pagina's; Ctrl-C stopt wat is gestart."))
def up(
    once: Annotated[
        bool,
        typer.Option("--once", help=say("Stop als elke pagina heeft geantwoord.")),
    ] = False,
) -> None:
    """Start Airflow and the dashboards; Ctrl-C stops what was started."""
    from wijkbeeld import up as running

    raise typer.Exit(running.up(once=once))


@app.command(help=say("Kijk de installatie na, en zeg wat er aan te doen is."))
def doctor() -> None:
    """Check the installation, and say what to do about what is wrong."""
    from wijkbeeld import doctor as checking

    raise typer.Exit(checking.doctor())


def _plainly() -> Callable[[str], None]:
    return lambda text: _err.print(text, highlight=False)


def _require_known(source: str | None) -> None:
    from wijkbeeld.landing import schema

    if source and source not in schema.SOURCES:
        known = ", ".join(schema.SOURCES)
        _fail(
            say(
                "{source} is geen bron; bronnen zijn: {known}",
                source=source,
                known=known,
            )
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _fail(say("{day} is geen dag; schrijf bijvoorbeeld 2026-11-26", day=text))


def _first_day(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        _fail(say("{month} is geen maand; schrijf bijvoorbeeld 2026-10", month=month))


def _tell(text: str) -> None:
    _out.print(plain(text), soft_wrap=True)


def _fail(reason: str) -> NoReturn:
    _err.print(plain(reason), style="red", soft_wrap=True)
    raise typer.Exit(1)

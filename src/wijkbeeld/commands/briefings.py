"""Commands about what is told: before, at and after a briefing."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wijkbeeld.commands import console
from wijkbeeld.language import say

app = typer.Typer()

_FOLDER_HELP = say("Map om ze in te schrijven.")


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

    first = console.first_day(month)
    folder = out or settings().home / "briefings" / f"{first:%Y-%m}"
    try:
        with console.ERR.status(say("tekenen")):
            written = briefings.write(first, folder, role, language=language)
    except outgoing.FINAL as reason:
        console.fail(str(reason))
    for path in written.files:
        console.tell(str(path))
    if not written.is_frozen:
        console.ERR.print(
            say(
                "de briefing over {month} is nog niet bewaard; dit zijn de cijfers van "
                "nu. Bewaar haar met: wijkbeeld freeze --month {month}",
                month=f"{first:%Y-%m}",
            ),
            soft_wrap=True,
        )
    for correction in briefings.corrected(first, role):
        console.tell(
            say(
                "verbeterd sindsdien, {offence}: {change}",
                offence=correction.offence,
                change=correction,
            )
        )
    console.OUT.print(written.publication, soft_wrap=True)


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

    wanted = console.day(day) if day else date.today()  # noqa: DTZ011
    try:
        with console.ERR.status(say("schrijven")) as status:

            def tell(done: int, of: int) -> None:
                said = say("beeld {done} van {of}", done=done, of=of)
                status.update(said)

            told = telling.of(publish.current("public"), wanted)
            written = outgoing.write_bulletin(told, out, tell)
    except outgoing.FINAL as reason:
        console.fail(str(reason))
    for path in written:
        console.tell(str(path))


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
            console.fail(
                say("{path} is geen tekst; bewaar het als .txt of .docx", path=path)
            )
        except wording.UnreadableError as reason:
            console.fail(str(reason))
    else:
        console.fail(say("{path} is er niet", path=path))
    found = [str(finding) for finding in redaction.findings(text, is_live=is_live)]
    if is_message:
        try:
            whatsapp.check(text)
        except whatsapp.BrokenRulesError as broken:
            found = [*broken.rules, *(f for f in found if f not in broken.rules)]
    for line in found:
        console.tell(line)
    if found:
        raise typer.Exit(1)
    console.tell(say("er is niets gevonden; lees de tekst zelf ook na"))


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
        console.fail(str(reason))
    for one in checked:
        if not one.area:
            console.tell(
                say(
                    "rij {row}: noem bij plaats een buurt of wijk van het team",
                    row=one.draft.row,
                )
            )
        for finding in one.findings:
            console.tell(
                say("rij {row}: {finding}", row=one.draft.row, finding=finding)
            )
    ready = sum(one.is_ready for one in checked)
    console.tell(
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

    first = console.first_day(month)
    folder = out or settings().home / "briefings" / f"{first:%Y-%m}"
    try:
        with console.ERR.status(say("schrijven")):
            paths = written.write(first, folder)
    except (publish.NothingPublishedError, written.NoBriefingError) as reason:
        console.fail(str(reason))
    for path in paths:
        console.tell(str(path))


@app.command(
    help=say(
        "Wat is naar buiten gegaan of geweigerd, wanneer, door wie en uit welke "
        "publicatie; en wat nog op een besluit wacht."
    )
)
def releases(
    discard: Annotated[
        str | None,
        typer.Option(
            help=say("Gooi het concept in deze map weg: zijn run is er niet meer.")
        ),
    ] = None,
) -> None:
    """What was released or refused, when, by whom, from which publication."""
    from wijkbeeld.output import releases as released
    from wijkbeeld.output import releasing_view

    if discard:
        try:
            released.discard(Path(discard).name)
        except released.ReleaseError as reason:
            console.fail(str(reason))
    for table in releasing_view.tables():
        console.OUT.print(table)

"""How to send us a file: one page per source, made of what the file is held to.

The agreement of a source and its gate are what a file is judged by, so the page that
is made of them cannot say anything else.
"""

import csv
import io
from importlib import import_module
from pathlib import Path

from wijkbeeld import files
from wijkbeeld.landing import agreement, problems, schema
from wijkbeeld.landing.agreement import Source
from wijkbeeld.language import say
from wijkbeeld.senders.columns import columns_of, is_made, problems_of, sentence
from wijkbeeld.senders.templates import name_of

INDEX = "how-to-send-us-a-file.md"
FOLDER = "how-to-send"
_START, _END = "<!-- sources -->", "<!-- /sources -->"
_ANY = "…"
"""Stands for a count in a text that names one."""


def write(out: Path) -> list[Path]:
    """Write a page per source in a folder of ``out``, and their list in its index.

    The index keeps what is written there by hand: only what stands between its two
    marks is replaced.

    Returns:
        The files.
    """
    written = []
    for name in schema.SOURCES:
        path = out / FOLDER / f"{name}.md"
        files.write_text(path, page(name))
        written.append(path)
    index = out / INDEX
    if index.exists():
        files.write_text(index, with_sources(index.read_text("utf-8")))
        written.append(index)
    return written


def with_sources(index: str) -> str:
    """Return the index with the list of sources as it must be now."""
    before, _, rest = index.partition(_START)
    _, _, after = rest.partition(_END)
    return f"{before}{_START}\n{_sources()}{_END}{after}"


def page(name: str) -> str:
    """Return the page of a source, in Markdown."""
    agreed = agreement.source(name)
    parts = [
        f"# {name_of(name)}\n",
        say(
            "<!-- Gemaakt met `make pages` uit de afspraak; verander die, niet dit. -->"
        )
        + "\n",
        f"{sentence(agreed.about.said())}\n" if agreed.about else "",
        say("Zet het bestand in de map `inbox/{name}`.", name=name) + "\n",
        _getting(agreed),
        _form(agreed),
        _columns(agreed),
        _example(agreed),
        _dropped(agreed),
        _refused(agreed),
        _problems(agreed),
        _warnings(agreed),
    ]
    return "\n".join(part for part in parts if part)


def gate_rules(name: str) -> list[str]:
    """Return what the file as a whole must be, rule and remedy."""
    suite = import_module(f"expectations.deliveries.{name}").suite()
    return [rule.description for rule in suite.expectations]


def _sources() -> str:
    lines = _head(say("wat"), say("map"), say("hoe"))
    for name in schema.SOURCES:
        agreed = agreement.source(name)
        form = say("onze lijst: CSV of XLSX") if agreed.is_template else ""
        how = say("zo levert u het aan")
        link = f"[{how}]({FOLDER}/{name}.md)"
        shown = f"{link}; {form}" if form else link
        lines.append(f"| {name_of(name)} | `{name}` | {shown} |")
    return "\n".join(lines) + "\n"


def _getting(agreed: Source) -> str:
    steps = [
        f"{number}. {sentence(step.said())}"
        for number, step in enumerate(agreed.getting, 1)
    ]
    return _section(say("Zo komt u aan het bestand"), steps)


def _form(agreed: Source) -> str:
    if not agreed.is_template:
        return ""
    sheet = agreed.sheet or agreed.name.partition("__")[2]
    text = say(
        "Een CSV-bestand (puntkomma's) of een XLSX-werkmap met het blad `{sheet}`. Een "
        "leeg formulier met een ingevuld voorbeeld maakt `wijkbeeld templates`: "
        "`{name}.xlsx` of `{name}.csv`.",
        sheet=sheet,
        name=agreed.name,
    )
    return _section(say("De vorm"), [text])


def _columns(agreed: Source) -> str:
    columns = columns_of(agreed)
    if not columns:
        return _meanings(agreed)
    lines = _head(say("kolom"), say("verplicht"), say("wat u invult"), say("ook goed"))
    for column in columns:
        others = ", ".join(f"`{_cell(other)}`" for other in column.others)
        lines.append(
            f"| `{_cell(column.header)}` | {column.must_be_there()} "
            f"| {_cell(column.about())} | {others} |"
        )
    lines += [
        "\n"
        + say(
            "Ten minste één van deze kolommen moet er zijn: {columns}.",
            columns=say(" of ").join(f"`{_header(agreed, field)}`" for field in choice),
        )
        for choice in agreed.one_of
    ]
    return _section(say("De kolommen"), lines)


def _meanings(agreed: Source) -> str:
    """Return what is asked for where a mapping says which column is what."""
    lines = [
        f"- `{name}`: {field.about.said()}"
        for name, field in agreed.fields.items()
        if field.about and not is_made(field)
    ]
    return _section(say("Wat er in moet staan"), lines)


def _example(agreed: Source) -> str:
    text, told = example(agreed), say("Alles is verzonnen.")
    if not text:
        return ""
    if agreed.is_excerpt:
        told += " " + say("Een bestand heeft meer regels.")
    form = "csv" if agreed.examples else "text"
    return _section(say("Een voorbeeld"), [f"```{form}\n{text}```", "", told])


def example(agreed: Source) -> str | None:
    """Return what a file of the source may hold; None where the page shows nothing."""
    if not agreed.examples:
        return agreed.example
    text = io.StringIO()
    headers = list(dict.fromkeys(h for row in agreed.examples for h in row))
    separator = "," if agreed.month_first else ";"
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows([row.get(h, "") for h in headers] for row in agreed.examples)
    return text.getvalue()


def _dropped(agreed: Source) -> str:
    text = say(
        "Kolommen die hierboven niet staan worden niet gelezen en nergens bewaard."
    )
    if agreed.dropped:
        text += " " + say(
            "Dat geldt ook voor: {columns}.",
            columns=", ".join(f"`{header}`" for header in agreed.dropped),
        )
    return _section(say("Wat we niet bewaren"), [text])


def _refused(agreed: Source) -> str:
    required = [
        f"`{_header(agreed, name)}`"
        for name, field in agreed.fields.items()
        if field.required and not is_made(field)
    ]
    lines = (
        [say("er ontbreekt een kolom: {columns}", columns=", ".join(required))]
        if required
        else []
    )
    lines += [
        say("er is een kolom `{header}`: {remedy}", header=header, remedy=say(remedy))
        for header, remedy in agreed.refused.items()
    ]
    for remedy in dict.fromkeys(agreed.refused_like.values()):
        patterns = [p for p, told in agreed.refused_like.items() if told == remedy]
        listed = ", ".join(f"`{pattern}`" for pattern in patterns)
        lines.append(
            say(
                "er is een kolom als {patterns}: {remedy}",
                patterns=listed,
                remedy=say(remedy),
            )
        )
    lines += [say(rule) for rule in agreed.refusals]
    lines += gate_rules(agreed.name)
    return _section(
        say("Wanneer het hele bestand terugkomt"),
        [f"- {sentence(line)}" for line in lines],
    )


def _problems(agreed: Source) -> str:
    found = problems_of(agreed)
    lines = [
        " ".join(
            [
                "-",
                say(problems.MEANINGS[code]),
                say(problems.REMEDIES[code]),
                f"(`{code}`)",
            ]
        )
        for code in problems.ORDER
        if code in found
    ]
    return _section(say("Wanneer een regel niet meetelt"), lines)


def _warnings(agreed: Source) -> str:
    lines = [
        f"- {sentence(say(text, n=_ANY, all=_ANY))}"
        for text in (*agreed.noted, *agreed.warnings, *agreed.counted)
    ]
    return _section(say("Waar we u op wijzen"), lines)


def _section(title: str, lines: list[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}\n" if lines else ""


def _head(*names: str) -> list[str]:
    return [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]


def _header(agreed: Source, name: str) -> str:
    return next(iter(agreed.spellings(name)), name)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")

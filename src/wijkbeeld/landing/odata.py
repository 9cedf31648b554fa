"""Read what CBS answers over OData: registered crimes, and key figures per buurt."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from wijkbeeld.landing import headers, json_records, open_data
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.open_data import MONTHS, NUISANCE, YEARS
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import later, say
from wijkbeeld.reference import buurten

KEY_FIGURES = {
    "84583NED": "2019",
    "84799NED": "2020",
    "85039NED": "2021",
    "85318NED": "2022",
    "85618NED": "2023",
    "85984NED": "2024",
    "86165NED": "2025",
}
"""Year of each table of key figures; every year is a table of its own."""

_CRIMES = ("SoortMisdrijf", "WijkenEnBuurten", "Perioden", "GeregistreerdeMisdrijven")
_NUISANCE = ("Overlast", "WijkenEnBuurten", "Perioden", "GeregistreerdeOverlast")
_REGIONS = ("WijkenEnBuurten", "Codering")
_FIGURES = frozenset(
    {
        *_REGIONS,
        "SoortRegio",
        "AantalInwoners",
        "Woningvoorraad",
        "HuishoudensTotaal",
        "PersonenautoSTotaal",
        "OppervlakteLand",
        "Omgevingsadressendichtheid",
        "Bevolkingsdichtheid",
        "IndelingswijzigingGemeenteWijkBuurt",
        "PercentageMeergezinswoning",
        "Koopwoningen",
        "HuurwoningenTotaal",
        "k_0Tot15Jaar",
        "k_15Tot25Jaar",
        "k_25Tot45Jaar",
        "k_45Tot65Jaar",
        "k_65JaarOfOuder",
    }
)
"""Key figures that may be loaded. Origin, nationality, sex, marital status, income,
benefits, education and care are not among them, and never will be."""

_AGAIN = later("download de TypedDataSet van de tabel als JSON")
_PAGE = 10_000
"""Records that the service answers at most; it cuts off without a word."""
_TOO_MANY = re.compile(rf"\b{_PAGE} records\b")
SENTINEL = -99_990
"""Numbers from here down mean that there is no number."""


def read(path: Path, name: str | None = None) -> Document:
    """Read an OData answer (version 3 or 4) of one table.

    Key figures are named by base name, and only those that may be loaded are read:
    CBS numbers its topics anew every year (``AantalInwoners_5``).

    Args:
        path: The file.
        name: The name it was delivered under, where its path has another.

    Raises:
        RejectedError: The file is not such an answer, is cut off, or is of a table
            that is not ours.
    """
    members: dict[str, Any] = {}
    records = json_records.TextColumns()
    is_answer = False
    for member, value in json_records.read(path, "value"):
        if member != "value":
            members[member] = value
        elif isinstance(value, list):
            is_answer = True
            records.add(value)
    if not is_answer:
        raise RejectedError(f"{_said(members)}; {say(_AGAIN)}")
    warnings = _page_warnings(members, len(records))
    table = records.table()
    _refuse_observations(table)
    name = name or path.name
    number = _table_number(members, name, table, warnings)
    if number in KEY_FIGURES or "AantalInwoners" in _bases(table):
        table, facts = _key_figures(name, table, number, warnings)
    else:
        table, facts = _crimes(table, number)
    row_numbers = pa.array(range(1, len(records) + 1), pa.int64())
    return Document(table, row_numbers, records.problems(), facts, warnings)


def may_be_loaded(header: str) -> bool:
    """Tell whether a column of key figures may be loaded, whatever its number."""
    return headers.base(header) in _FIGURES


def without_sentinels(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return numbers in text, null where they stand for "there is no number"."""
    looks = pc.match_substring_regex(values, r"^-\d{5,}(?:\.\d+)?$")
    number = pc.cast(pc.if_else(looks, values, None), pa.float64())
    gone = pc.fill_null(pc.less_equal(number, SENTINEL), False)
    return pc.if_else(gone, pa.scalar(None, pa.string()), values)


def _refuse_observations(table: pa.Table) -> None:
    """Refuse the long form of version 4, in which a measure is a code."""
    if {"Measure", "Value"} <= set(table.column_names):
        raise RejectedError(
            say(
                "dit zijn Observations van OData versie 4: een regel per cijfer, met "
                "een code voor wat het is; download de TypedDataSet (versie 3)"
            )
        )


def _said(members: dict[str, Any]) -> str:
    """Return what is wrong with an answer that holds no list."""
    error = members.get("odata.error") or members.get("error")
    if not error:
        return say("er is geen lijst met de naam 'value'")
    if _TOO_MANY.search(str(error)):
        return say(
            "de website van het CBS geeft niet meer dan {page} rijen", page=_PAGE
        )
    # Whatever else stands there can be a value of the file.
    code = error.get("code") if isinstance(error, dict) else None
    if not code or not isinstance(code, str):
        return say("de website van het CBS gaf een fout, zonder code")
    return say(
        "de website van het CBS gaf een fout (code {code})", code=headers.one(code)
    )


def _page_warnings(members: dict[str, Any], count: int) -> list[str]:
    following = members.get("odata.nextLink") or members.get("@odata.nextLink")
    if following:
        return [
            say("dit is één pagina van een antwoord; lever ook de volgende pagina's")
        ]
    if count == _PAGE:
        raise RejectedError(
            say(
                "precies {page} rijen en geen verwijzing naar een volgende pagina: "
                "waarschijnlijk afgebroken; download de tabel in delen, of via "
                "ODataFeed",
                page=_PAGE,
            )
        )
    return [] if count else [say("er staan geen rijen (0) in")]


def _table_number(
    members: dict[str, Any], name: str, table: pa.Table, warnings: list[str]
) -> str | None:
    context = members.get("odata.metadata") or members.get("@odata.context")
    said = re.search(r"(?<![0-9A-Za-z])\d{5}NED(?![0-9A-Za-z])", str(context))
    said = said or re.match(r"\d{5}NED", name)
    if said:
        return said.group()
    if "Perioden" not in table.column_names:
        return None
    if open_data.is_nuisance(table.column_names):
        return NUISANCE
    periods = pc.unique(table["Perioden"]).to_pylist()
    number = next(
        (
            table_number
            for letters, table_number in (("MM", MONTHS), ("JJ", YEARS))
            if any(letters in period for period in periods if period)
        ),
        None,
    )
    if number:
        warnings.append(
            say(
                "het bestand noemt zijn tabel niet; de perioden zijn die van {number}",
                number=number,
            )
        )
    return number


def _crimes(table: pa.Table, number: str | None) -> tuple[pa.Table, dict[str, str]]:
    if number in open_data.ENDED:
        raise RejectedError(
            say(
                "tabel {number} stopt in 2018; download {months} (maanden) of {years} "
                "(jaren)",
                number=number,
                months=MONTHS,
                years=YEARS,
            )
        )
    if number not in open_data.TABLES:
        raise RejectedError(
            say(
                "tabel {number} wordt niet gebruikt; download {months} (maanden), "
                "{years} (jaren), {nuisance} (overlast) of de kerncijfers",
                number=number or say("zonder nummer"),
                months=MONTHS,
                years=YEARS,
                nuisance=NUISANCE,
            )
        )
    if open_data.list_of(table.column_names):
        return table, {"table_number": number}
    needed = _NUISANCE if number == NUISANCE else _CRIMES
    if not table.num_rows:
        table = pa.table({name: pa.array([], pa.string()) for name in needed})
    missing = set(needed) - set(_bases(table))
    if missing:
        raise RejectedError(
            say(
                "{columns} ontbreekt in {number}; download de TypedDataSet van de "
                "tabel, en niet een codelijst",
                columns=", ".join(sorted(missing)),
                number=number,
            )
        )
    # ID only counts the rows of that answer.
    return table.drop_columns({"ID"} & set(table.column_names)), {
        "table_number": number
    }


def _key_figures(
    name: str, table: pa.Table, number: str | None, warnings: list[str]
) -> tuple[pa.Table, dict[str, str]]:
    bases = _bases(table)
    base_of = dict(zip(table.column_names, bases, strict=True))
    shared = {header for header, base in base_of.items() if bases.count(base) > 1}
    kept = {
        header: base
        for header, base in base_of.items()
        if base in _FIGURES and header not in shared
    }
    region = next((h for base in _REGIONS for h in kept if kept[h] == base), None)
    if region is None:
        raise RejectedError(
            say(
                "{columns} ontbreken, en een van beide is nodig voor de regio; "
                "download de TypedDataSet",
                columns=say(" en ").join(_REGIONS),
            )
        )
    require_team(
        table[region].to_pylist(), say("filter op GM0518, of download de hele tabel")
    )
    kept = {h: b for h, b in kept.items() if b not in _REGIONS or h == region}
    never = [h for h, base in base_of.items() if base not in _FIGURES]
    if never:
        warnings.append(
            say(
                "deze kolommen worden nooit ingelezen en zijn weggelaten: {columns}",
                columns=headers.shown(never, _FIGURES, table.column_names),
            )
        )
    if ambiguous := sorted(shared.difference(never)):
        warnings.append(
            say(
                "niet ingelezen, omdat twee kolommen dezelfde naam hebben: {columns}",
                columns=", ".join(ambiguous),
            )
        )
    facts = {"kind": "key_figures", "vintage_year": _year(name, number)}
    if number:
        facts["table_number"] = number
    columns = [without_sentinels(table[header]) for header in kept]
    return pa.table(columns, names=list(kept.values())), facts


def _year(name: str, number: str | None) -> str:
    year = KEY_FIGURES.get(number or "") or year_in(name)
    if year is None:
        raise RejectedError(
            say(
                "het is niet duidelijk van welk jaar de cijfers zijn: tabel {number} "
                "is onbekend; zet het jaar in de naam van het bestand (kwb-2025.json)",
                number=number or say("zonder nummer"),
            )
        )
    return year


def year_in(name: str) -> str | None:
    """Return the year that a file name tells, not that of a date in it."""
    without_dates = re.sub(r"\d{4}-\d{2}-\d{2}|\d{8,}", "", name)
    found = re.findall(r"(?<!\d)20[0-9]{2}(?!\d)", without_dates)
    return found[0] if len(set(found)) == 1 else None


def require_team(regions: Iterable[str | None], remedy: str) -> None:
    """Check that all buurten of the team are among the regions.

    Raises:
        RejectedError: Some are missing; it names them.
    """
    there = {text.strip() for text in regions if text}
    missing = [b for b in buurten() if b.buurt_code not in there]
    if missing:
        shown = ", ".join(f"{b.buurt_code} {b.buurt_name}" for b in missing)
        raise RejectedError(
            say(
                "er ontbreken buurten van het team: {shown}; {remedy}",
                shown=shown,
                remedy=remedy,
            )
        )


def _bases(table: pa.Table) -> list[str]:
    return [headers.base(header) for header in table.column_names]

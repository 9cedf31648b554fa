"""Read what CBS answers over OData: registered crimes, and key figures per buurt."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from wijkbeeld.landing import headers, json_records
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.reference import buurten

MONTHS, YEARS = "47022NED", "47018NED"
"""Tables of registered crimes, per month and per year."""
_ENDED = {"47004NED", "47005NED"}

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

_AGAIN = "download the TypedDataSet of the table as JSON"
_PAGE = 10_000
"""Records that the service answers at most; it cuts off without a word."""
_SENTINEL = -99_990
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
        raise RejectedError(f"{_said(members)}; {_AGAIN}")
    warnings = _page_warnings(members, len(records))
    table = records.table()
    name = name or path.name
    number = _table_number(members, name, table, warnings)
    if number in KEY_FIGURES or "AantalInwoners" in _bases(table):
        table, facts = _key_figures(name, table, number, warnings)
    else:
        table, facts = _crimes(table, number)
    row_numbers = pa.array(range(1, len(records) + 1), pa.int64())
    return Document(table, row_numbers, records.problems(), facts, warnings)


def without_sentinels(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return numbers in text, null where they stand for "there is no number"."""
    looks = pc.match_substring_regex(values, r"^-\d{5,}(?:\.\d+)?$")
    number = pc.cast(pc.if_else(looks, values, None), pa.float64())
    gone = pc.fill_null(pc.less_equal(number, _SENTINEL), False)
    return pc.if_else(gone, pa.scalar(None, pa.string()), values)


def _said(members: dict[str, Any]) -> str:
    """Return what is wrong with an answer that holds no list."""
    error = members.get("odata.error") or members.get("error")
    if not error:
        return "there is no list named 'value'"
    return f"the service answered with an error: {str(error)[:300]}"


def _page_warnings(members: dict[str, Any], count: int) -> list[str]:
    following = members.get("odata.nextLink") or members.get("@odata.nextLink")
    if following:
        return ["this is one page of an answer; deliver the next pages as well"]
    if count == _PAGE:
        raise RejectedError(
            f"exactly {_PAGE} rows and no link to a next page: probably cut off; "
            "download it in parts, or from ODataFeed"
        )
    return [] if count else ["there are no rows (0) in it"]


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
        warnings.append(f"the table is not named; its periods are those of {number}")
    return number


def _crimes(table: pa.Table, number: str | None) -> tuple[pa.Table, dict[str, str]]:
    if number in _ENDED:
        raise RejectedError(
            f"table {number} stops at 2018; download {MONTHS} (months) or "
            f"{YEARS} (years)"
        )
    if number not in {MONTHS, YEARS}:
        raise RejectedError(
            f"table {number or 'without a number'} is not one that is loaded; "
            f"download {MONTHS} (months), {YEARS} (years) or the key figures"
        )
    if not table.num_rows:
        table = pa.table({name: pa.array([], pa.string()) for name in _CRIMES})
    missing = set(_CRIMES) - set(_bases(table))
    if missing:
        raise RejectedError(
            f"{', '.join(sorted(missing))} is missing in {number}; "
            "download its TypedDataSet, not a code list"
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
            f"{' and '.join(_REGIONS)} are missing, one of which names the region; "
            "download the TypedDataSet"
        )
    require_team(
        table[region].to_pylist(), "filter on GM0518, or download the whole table"
    )
    kept = {h: b for h, b in kept.items() if b not in _REGIONS or h == region}
    never = [h for h, base in base_of.items() if base not in _FIGURES]
    if never:
        warnings.append(f"never loaded, so dropped: {', '.join(never)}")
    if ambiguous := sorted(shared.difference(never)):
        warnings.append(f"not loaded, as two share a name: {', '.join(ambiguous)}")
    facts = {"kind": "key_figures", "vintage_year": _year(name, number)}
    if number:
        facts["table_number"] = number
    columns = [without_sentinels(table[header]) for header in kept]
    return pa.table(columns, names=list(kept.values())), facts


def _year(name: str, number: str | None) -> str:
    year = KEY_FIGURES.get(number or "") or year_in(name)
    if year is None:
        raise RejectedError(
            f"of which year are they? Table {number or 'without a number'} is unknown; "
            "put the year in the name of the file (kwb-2025.json)"
        )
    return year


def year_in(name: str) -> str | None:
    """Return the year that a file name tells, not that of a date in it."""
    without_dates = re.sub(r"\d{4}-\d{2}-\d{2}|\d{8,}", "", name)
    found = re.findall(r"(?<!\d)20\d{2}(?!\d)", without_dates)
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
        raise RejectedError(f"buurten of the team are missing: {shown}; {remedy}")


def _bases(table: pa.Table) -> list[str]:
    return [headers.base(header) for header in table.column_names]

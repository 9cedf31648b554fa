"""A rule on a mart."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from wijkbeeld.language import later, say

_REBUILD = later("voer uit: wijkbeeld build --full-refresh")
_REACHABLE = (
    r"[^\s@<>]+@[^\s@<>]+[.][A-Za-z]{2,}"
    r"|(^|[^0-9])([+]31|0031|0)[ -]?(\(0\))?[ -]?6([ -]?[0-9]){8}([^0-9]|$)"
    r"|\bNL[0-9]{2} ?[A-Z]{4}( ?[0-9]{4}){2} ?[0-9]{2}\b"
)
"""The plainest of what landing takes out; should it ever fail, this stops it."""
_DOUBLE = later(
    "zoek wat dubbel is in het model dat de tabel maakt; voer dan uit: "
    "wijkbeeld build --full-refresh"
)


class Rule(NamedTuple):
    """What must hold, and how many rows break it.

    Attributes:
        name: The rule, as it reads after "regel:" in the error; unique per table once
            its values stand in it.
        offending: Aggregate over the table, or scalar subquery, in SQL: the number
            of rows, groups or cells that break the rule; null counts as none.
        remedy: What to do, for the person who reads the error.
        values: What stands at the places for values in the name and the remedy: names
            of columns and the like, which are the same in every language.
    """

    name: str
    offending: str
    remedy: str = _REBUILD
    values: Mapping[str, str] = MappingProxyType({})

    def key(self) -> str:
        """Return what the rule is known by, whatever language is spoken."""
        return self.name.format(**self.values)

    def said(self) -> str:
        """Return the rule as whoever reads the error is told it."""
        return say(self.name, **self.values)

    def advice(self) -> str:
        """Return what to do, as whoever reads the error is told it."""
        return say(self.remedy, **self.values)


def unique(*columns: str) -> Rule:
    """Expect the columns to name a row, each of them given."""
    key = ", ".join(columns)
    row = columns[0] if len(columns) == 1 else f"({key})"
    missing = " or ".join(f"{column} is null" for column in columns)
    return Rule(
        later("{key} wijst één rij aan"),
        f"count(*) - count(distinct {row}) + count(*) filter (where {missing})",
        _DOUBLE,
        {"key": key},
    )


def one_row_per(*columns: str) -> Rule:
    """Expect the columns to name a row, where some of them may not be given."""
    key = ", ".join(columns)
    return Rule(
        later("{key}: één rij voor elk"),
        f"count(*) - count(distinct ({key}))",
        _DOUBLE,
        {"key": key},
    )


def no_way_to_reach(*columns: str) -> Rule:
    """Expect text in which nobody's address, mobile number or account stands."""
    found = " or ".join(f"regexp_matches({c}, '{_REACHABLE}')" for c in columns)
    return Rule(
        later("{columns}: geen e-mailadres, mobiel nummer of IBAN"),
        f"count(*) filter (where {found})",
        later(
            "publiceer dit niet: zoek de levering, herstel het patroon in "
            "src/wijkbeeld/landing/personal.py, en lees het bestand opnieuw in"
        ),
        {"columns": ", ".join(columns)},
    )


def in_order(*columns: str) -> Rule:
    """Expect moments that do not come before the one named first; null is none."""
    first, *rest = columns
    wrong = " or ".join(f"{column} < {first}" for column in rest)
    return Rule(
        later("{columns}: niet voor {first}"),
        f"count(*) filter (where {wrong})",
        later(
            "vergelijk de rij met haar levering; is die fout, dan heeft haar bron een "
            "regel nodig die dat zegt; voer dan uit: wijkbeeld build --full-refresh"
        ),
        {"columns": ", ".join(rest), "first": first},
    )


def not_negative(*columns: str) -> Rule:
    """Expect no number below zero; null is no number."""
    negative = " or ".join(f"{column} < 0" for column in columns)
    return Rule(
        later("{columns}: nergens negatief"),
        f"count(*) filter (where {negative})",
        later(
            "zoek in fct_deliveries uit welke levering het komt en herstel die; voer "
            "dan uit: wijkbeeld build --full-refresh"
        ),
        {"columns": ", ".join(columns)},
    )


def one_of(column: str, *values: str) -> Rule:
    """Expect a word of a fixed vocabulary."""
    known = ", ".join(f"'{value}'" for value in values)
    return Rule(
        later("{column} is een van {known}"),
        f"count(*) filter (where {column} is null or {column} not in ({known}))",
        later(
            "breng model en woordenlijst in overeenstemming; de pagina's kennen geen "
            "ander woord"
        ),
        {"column": column, "known": known},
    )


def known_in(column: str, dimension: str) -> Rule:
    """Expect a code that its dimension knows; null is no code."""
    return Rule(
        later("elke {column} staat in {dimension}"),
        f"count(*) filter (where {column} not in "  # noqa: S608 - the names are ours
        f"(select {column} from marts.{dimension}))",
        later(
            "voeg de code toe aan de seed achter {dimension}; voer dan uit: "
            "wijkbeeld build --full-refresh"
        ),
        {"column": column, "dimension": dimension},
    )

"""A rule on a mart."""

from typing import NamedTuple

REBUILD = "run: wijkbeeld build --full-refresh"
_REACHABLE = (
    r"[^\s@<>]+@[^\s@<>]+[.][A-Za-z]{2,}"
    r"|(^|[^0-9])([+]31|0031|0)[ -]?(\(0\))?[ -]?6([ -]?[0-9]){8}([^0-9]|$)"
    r"|\bNL[0-9]{2} ?[A-Z]{4}( ?[0-9]{4}){2} ?[0-9]{2}\b"
)
"""The plainest of what landing takes out; should it ever fail, this stops it."""


class Rule(NamedTuple):
    """What must hold, and how many rows break it.

    Attributes:
        name: The rule, as it reads after "rule:" in the error; unique per table.
        offending: Aggregate over the table, or scalar subquery, in SQL: the number
            of rows, groups or cells that break the rule; null counts as none.
        remedy: What to do, for the person who reads the error.
    """

    name: str
    offending: str
    remedy: str = REBUILD


def unique(*columns: str) -> Rule:
    """Expect the columns to name a row, each of them given."""
    key = ", ".join(columns)
    row = columns[0] if len(columns) == 1 else f"({key})"
    missing = " or ".join(f"{column} is null" for column in columns)
    return Rule(
        f"{key} names one row",
        f"count(*) - count(distinct {row}) + count(*) filter (where {missing})",
        f"find what is double in the model that makes it, then {REBUILD}",
    )


def one_row_per(*columns: str) -> Rule:
    """Expect the columns to name a row, where some of them may not be given."""
    key = ", ".join(columns)
    return Rule(
        f"{key}: one row for each",
        f"count(*) - count(distinct ({key}))",
        f"find what is double in the model that makes it, then {REBUILD}",
    )


def no_way_to_reach(*columns: str) -> Rule:
    """Expect text in which nobody's address, mobile number or account stands."""
    found = " or ".join(f"regexp_matches({c}, '{_REACHABLE}')" for c in columns)
    return Rule(
        f"{', '.join(columns)}: no e-mail address, mobile number or IBAN",
        f"count(*) filter (where {found})",
        "do not publish it: find the delivery, mend the pattern in "
        "src/wijkbeeld/landing/personal.py, and land the file again",
    )


def in_order(*columns: str) -> Rule:
    """Expect moments that do not come before the one named first; null is none."""
    first, *later = columns
    wrong = " or ".join(f"{column} < {first}" for column in later)
    return Rule(
        f"{', '.join(later)}: not before {first}",
        f"count(*) filter (where {wrong})",
        f"compare the row with its delivery; if that is wrong, its source needs a rule "
        f"that says so; then {REBUILD}",
    )


def not_negative(*columns: str) -> Rule:
    """Expect no number below zero; null is no number."""
    negative = " or ".join(f"{column} < 0" for column in columns)
    return Rule(
        f"{', '.join(columns)}: none is negative",
        f"count(*) filter (where {negative})",
        f"find the delivery it comes from in fct_deliveries, mend it, then {REBUILD}",
    )


def one_of(column: str, *values: str) -> Rule:
    """Expect a word of a fixed vocabulary."""
    known = ", ".join(f"'{value}'" for value in values)
    return Rule(
        f"{column} is one of {known}",
        f"count(*) filter (where {column} is null or {column} not in ({known}))",
        "make the model and the vocabulary agree; pages can show no other word",
    )


def known_in(column: str, dimension: str) -> Rule:
    """Expect a code that its dimension knows; null is no code."""
    return Rule(
        f"every {column} is in {dimension}",
        f"count(*) filter (where {column} not in "  # noqa: S608 - the names are ours
        f"(select {column} from marts.{dimension}))",
        f"add the code to the seed behind {dimension}, then {REBUILD}",
    )

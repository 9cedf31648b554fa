"""A rule on a mart."""

from typing import NamedTuple

REBUILD = "run: wijkbeeld build --full-refresh"


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

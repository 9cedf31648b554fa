"""Decide whether a delivered file is the file that was agreed on."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from expectations import plainly

if TYPE_CHECKING:
    import great_expectations as gx
    from great_expectations.expectations.expectation import Expectation

Gate = Callable[[Path], None]

_PROBLEMS_NAMED = 3


class BrokenAgreementError(ValueError):
    """The rows as a whole are not what was agreed; names every rule and remedy."""


class _Gate:
    """What judges the landed rows of one source.

    The suite is only made when the first file comes: importing it takes seconds.
    """

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _suite(self) -> "gx.ExpectationSuite":
        module = import_module(f"expectations.deliveries.{self._source}")
        suite: gx.ExpectationSuite = module.suite()
        return suite

    def __call__(self, parquet: Path) -> None:
        check(parquet, self._suite)

    def passes(self, table: pa.Table) -> bool:
        """Tell whether rows in memory surely meet the suite; if not, it must judge."""
        return all(plainly.holds(rule, table) for rule in self._suite.expectations)


def of(source: str) -> Gate:
    """Return what judges the landed rows of one source."""
    return _Gate(source)


def check(parquet: Path, suite: "gx.ExpectationSuite") -> None:
    """Pass when the rows of a landed file meet the whole suite.

    Only the columns that the suite speaks of are read.

    Raises:
        BrokenAgreementError: At least one rule does not hold.
    """
    judge = import_module("expectations.judge")
    columns = {getattr(rule, "column", "_problem") for rule in suite.expectations}
    frame = pd.read_parquet(parquet, columns=sorted(columns))
    broken = judge.broken_rules(frame, suite)
    if broken:
        said = "; ".join(rule.description + _detail(rule, frame) for rule in broken)
        raise BrokenAgreementError(said)


def _detail(rule: "Expectation", frame: pd.DataFrame) -> str:
    """Return what the sender has to know beside the rule, in brackets, or nothing."""
    column = getattr(rule, "column", None)
    if column == "_problem":
        counted = frame["_problem"].value_counts().head(_PROBLEMS_NAMED)
        return f" ({', '.join(f'{n} x {problem}' for problem, n in counted.items())})"
    if rule.expectation_type == "expect_column_distinct_values_to_contain_set":
        wanted = getattr(rule, "value_set", ())
        missing = sorted(set(wanted) - set(frame[column]))
        return f" ({', '.join(missing)})"
    return ""

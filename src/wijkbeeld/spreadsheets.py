"""What a spreadsheet program must not do with the files that we write."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def written(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    has_demo: bool,
    dutch: bool = False,
) -> str:
    """Return rows as CSV that no spreadsheet takes for a formula.

    Args:
        columns: The headings.
        rows: The cells under them.
        has_demo: They rest on demo deliveries: every row says so.
        dutch: As a Dutch spreadsheet opens it: semicolons, decimal commas.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if dutch else ",", lineterminator="\n")
    mark = ["DEMODATA"] if has_demo else []
    writer.writerow([*map(harmless, columns), *(["demodata"] if mark else [])])
    for row in rows:
        writer.writerow([*(_cell(value, dutch) for value in row), *mark])
    return text.getvalue()


def _cell(value: object, dutch: bool) -> object:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",") if dutch else value
    if isinstance(value, bool | int) or value is None:
        return value
    return harmless(str(value))

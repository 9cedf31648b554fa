"""One figure of a page per day, as Meta exports each of its charts.

Line 1 is ``sep=,``, line 2 names the figure, line 3 is the header; in UTF-16. The
export of viewers by kind has no such lines, and several figures.
"""

import csv
from pathlib import Path

import pyarrow as pa

from wijkbeeld.landing import agreement, codes, headers, text
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say

SOURCE = "social__facebook_page_days"
_METRIC = "metric"
_BY_KIND = "viewers_by_kind"


def is_titled(lines: list[str]) -> bool:
    """Tell whether a file begins as an export of one chart does."""
    if len(lines) < 3 or not lines[0].startswith("sep="):  # noqa: PLR2004 lines
        return False
    title = next(csv.reader([lines[1]]), [])
    header = {headers.plain(name) for name in next(csv.reader([lines[2]]), [])}
    return len(title) == 1 and bool({"date", "datum"} & header)


def read(path: Path, scratch: Path) -> Document:
    """Read the days of one chart.

    Raises:
        RejectedError: It is no export of a chart, or of a figure we do not know.
    """
    clean = text.as_utf8(path, scratch)
    records = _records(clean.path)
    warnings = []
    if records and records[0][0].casefold().startswith("sep="):
        records = records[1:]
        if "16" not in clean.encoding:
            warnings.append(
                say("het bestand is een kopie in UTF-8 van een export in UTF-16")
            )
    if not records:
        raise RejectedError(say("het bestand is leeg; exporteer het opnieuw"))
    metric = _BY_KIND
    if len(records[0]) == 1:
        metric, records = records[0][0], records[1:]
    header, rows = (records[0], records[1:]) if records else ([], [])
    if any(len(row) == 1 and not row[0][:1].isdigit() for row in rows):
        raise RejectedError(
            say(
                "er staan meer blokken onder elkaar: dit is een momentopname van het "
                "publiek, en die wordt niet gebruikt; exporteer een grafiek per bestand"
            )
        )
    known = agreement.source(SOURCE).fields[_METRIC].choices
    if codes.choice(metric, known).problem:
        raise RejectedError(
            say(
                "regel 2 noemt een cijfer dat niet bekend is: {metric}; wel bekend "
                "zijn: {known}",
                metric=headers.shown([metric], known, [*known]),
                known=", ".join(known),
            )
        )
    return _document([*header, _METRIC], rows, metric, warnings)


def _records(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        try:
            return [
                row for row in csv.reader(handle, strict=True) if row not in ([], [""])
            ]
        except csv.Error:
            raise RejectedError(
                say(
                    "een aanhalingsteken wordt nergens gesloten, dus het bestand is "
                    "afgebroken of beschadigd; exporteer het bestand opnieuw"
                )
            ) from None


def _document(
    header: list[str], rows: list[list[str]], metric: str, warnings: list[str]
) -> Document:
    width = len(header) - 1
    is_ragged = [len(row) != width for row in rows]
    kept: list[list[str | None]] = [
        [None] * width if ragged else [cell or None for cell in row]
        for row, ragged in zip(rows, is_ragged, strict=True)
    ]
    columns = [pa.array([row[i] for row in kept], pa.string()) for i in range(width)]
    columns.append(pa.array([metric] * len(rows), pa.string()))
    return Document(
        pa.Table.from_arrays(columns, names=header),
        pa.array(range(2, len(rows) + 2), pa.int64()),
        pa.array(["ragged_row" if r else None for r in is_ragged], pa.string()),
        {},
        warnings,
    )

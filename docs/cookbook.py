"""Answer the questions of the analyst's cookbook again: ``make cookbook``.

The page is the source: each block of SQL in it is run in the sandbox on a publication
of demo deliveries, as ``wijkbeeld sql`` and the SQL page do, and the table after the
block is written anew. A test holds the page against the same publication.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

from expectations import gate
from wijkbeeld import demo, files, publish, sandbox
from wijkbeeld.build import build
from wijkbeeld.landing import inbox
from wijkbeeld.settings import settings

PAGE = Path(__file__).with_name("analyst-cookbook.md")
_ANSWERED = re.compile(
    r"```sql\n(?P<query>(?:(?!```).*\n)+)```\n(?:\n(?P<answer>(?:\|.*\n)+))?"
)
DEMO = {"months": 30, "seed": 20260101, "scale": 1, "end": date(2026, 11, 1)}
"""The deliveries that the answers are about."""


def questions(page: str) -> list[str]:
    """Return the blocks of SQL of the page, in order."""
    return [found["query"] for found in _ANSWERED.finditer(page)]


def answered(page: str, publication: Path) -> str:
    """Return the page with the answer of a publication after each block of SQL."""

    def with_answer(found: re.Match[str]) -> str:
        return f"```sql\n{found['query']}```\n\n{_answer(found['query'], publication)}"

    return _ANSWERED.sub(with_answer, page)


def _answer(query: str, publication: Path) -> str:
    result = sandbox.run(query, publication)
    aligned = [
        "--:" if any(_is_number(value) for value in column) else ":--"
        for column in zip(*result.rows, strict=True)
    ] or [":--"] * len(result.columns)
    return "".join(
        f"| {' | '.join(cells)} |\n"
        for cells in [
            result.columns,
            aligned,
            *([_cell(value) for value in row] for row in result.rows),
        ]
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _cell(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        # What an addition in another order changes is not shown.
        return f"{value:.6g}"
    return str(value).replace("|", "/").replace("\n", " ")


@contextmanager
def _demo_published() -> Iterator[Path]:
    """Yield the analyst's file of the demo, made in a home of its own."""
    with tempfile.TemporaryDirectory(prefix="wijkbeeld-cookbook-") as home:
        os.environ["WIJKBEELD_HOME"] = home
        settings.cache_clear()
        demo.write(settings().inbox, **DEMO)
        list(inbox.land([], gate.of, None, say=lambda *_said: None))
        build(tell=lambda step: sys.stderr.write(f"{step}\n"))
        yield publish.current("analyst")


def main() -> None:
    """Write the page with the answers of the demo, made here or given by its file."""
    page = PAGE.read_text("utf-8")
    if sys.argv[1:]:
        files.write_text(PAGE, answered(page, Path(sys.argv[1])))
    else:
        with _demo_published() as publication:
            files.write_text(PAGE, answered(page, publication))


if __name__ == "__main__":
    main()

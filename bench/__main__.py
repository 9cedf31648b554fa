"""Run every benchmark and print one table, ratios first: ``make bench``."""

import sys
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.figure import Figure


def main(names: list[str]) -> int:
    here = Path(__file__).parent
    found = sorted(
        path.stem
        for path in here.glob("[!_]*.py")
        if path.stem != "figure" and (not names or path.stem in names)
    )
    figures: list[Figure] = []
    console = Console()
    for name in found:
        console.print(f"bench: {name} …")
        figures += import_module(f"bench.{name}").rows()
    table = Table("what", "figure", "bound", "holds", "how it was measured")
    for figure in sorted(figures, key=lambda f: f.unit != "×"):
        table.add_row(*figure.cells())
    console.print(table)
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

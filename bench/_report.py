"""The report of effects, of which more than one benchmark writes a part."""

import re
from pathlib import Path

REPORT = Path(__file__).parents[1] / "docs" / "effects-report.md"


def write(title: str, lines: list[str]) -> None:
    """Write a section of the report anew, or add it at the end."""
    told = f"## {title}\n\n" + "\n".join(lines) + "\n"
    whole = REPORT.read_text("utf-8") if REPORT.exists() else ""
    parts = [part for part in _parts(whole) if not part.startswith(f"## {title}\n")]
    REPORT.write_text("\n".join(part.rstrip() + "\n" for part in [*parts, told]))


def kept(titles: list[str]) -> str:
    """Return the sections that another benchmark wrote."""
    whole = REPORT.read_text("utf-8") if REPORT.exists() else ""
    wanted = [
        part.rstrip() + "\n"
        for part in _parts(whole)
        if any(part.startswith(f"## {title}\n") for title in titles)
    ]
    return "".join(f"\n{part}" for part in wanted)


def _parts(whole: str) -> list[str]:
    return [part for part in re.split(r"^(?=## )", whole, flags=re.MULTILINE) if part]

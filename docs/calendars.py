"""Make the seeds of public and school holidays again: ``make calendars``.

They are seeds so that a build needs neither the library nor a network; a test holds
them against the library.
"""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from holidays import NL

from wijkbeeld import files

SEEDS = Path(__file__).parents[1] / "dbt_project" / "seeds"
_YEARS = range(2000, 2036)
_REGION = "Midden"
"""All of Zuid-Holland."""
_SCHOOL_YEARS = range(2014, 2030)
_REGULATIONS = {
    2013: "stcrt-2012-27185",
    2016: "stcrt-2015-35695",
    2019: "stcrt-2018-11687",
    2022: "stcrt-2021-25317",
    2025: "stcrt-2024-19237",
}
"""First school year of each ministerial regulation that sets the weeks."""
_FIRST_MONTH = 9


def public_holidays() -> str:
    """Return the seed of public holidays, and of those that are not free for all."""
    public = NL(categories=("public",), years=_YEARS, language="nl")
    optional = NL(categories=("optional",), years=_YEARS, language="nl")
    days = dict.fromkeys(optional, False) | dict.fromkeys(public, True)
    rows = [
        (day, (public if day in public else optional)[day], str(is_public).lower())
        for day, is_public in sorted(days.items())
    ]
    return _csv([("day", "holiday_name", "is_public"), *rows])


def school_holidays() -> str:
    """Return the seed of school holidays."""
    head = ("regio", "schooljaar", "vakantie", "begin", "eind", "bron")
    return _csv([head, *_breaks()])


def _breaks() -> Iterator[tuple[object, ...]]:
    years = range(_SCHOOL_YEARS.start, _SCHOOL_YEARS.stop + 1)
    found = NL(categories=("school",), subdiv=_REGION, years=years, language="nl")
    days = sorted(found.items())
    starts = [days[0][0]] + [
        later
        for (day, name), (later, next_name) in pairwise(days)
        if later - day > timedelta(days=1) or name != next_name
    ]
    ends = [
        day
        for (day, name), (later, next_name) in pairwise(days)
        if later - day > timedelta(days=1) or name != next_name
    ] + [days[-1][0]]
    for begin, end in zip(starts, ends, strict=True):
        first = begin.year if begin.month >= _FIRST_MONTH else begin.year - 1
        if first not in _SCHOOL_YEARS:
            continue
        since = max(year for year in _REGULATIONS if year <= first)
        source = f"Regeling vaststelling schoolvakanties {_REGULATIONS[since]}"
        yield _REGION, f"{first}-{first + 1}", found[begin], begin, end, source


def _csv(rows: list[tuple[object, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def main() -> None:
    """Write both seeds."""
    files.write_text(SEEDS / "public_holidays.csv", public_holidays())
    files.write_text(SEEDS / "school_holidays.csv", school_holidays())


if __name__ == "__main__":
    main()

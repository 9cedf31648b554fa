"""When an export was made, as the delivery itself says (FORMATS 0.5)."""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from wijkbeeld.local_time import ZONE

_PREFIX = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})__")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})__")
_STAMPS = (
    re.compile(
        r"_(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{4})"
        r"_(?P<H>[0-9]{2})(?P<M>[0-9]{2})(?P<S>[0-9]{2})"
    ),
    re.compile(
        r"_(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"
        r"(?P<H>[0-9]{2})(?P<M>[0-9]{2})(?P<S>[0-9]{2})"
    ),
)
"""How StatLine stamps the names of its files."""
_PERIOD = re.compile(
    r"(?:account_analytics_content|tweet_activity_metrics)\D.*"
    r"_(?P<y>[0-9]{4})-?(?P<m>[0-9]{2})-?(?P<d>[0-9]{2})(?:_[a-z]{2})?"
    r"(?:[- (]+[0-9]+\)?)?(?=\.|$)"
)
"""How X names its files: the last day of the period is that of the export."""
_DEMO = re.compile(r"(^|[^a-z])demo([^a-z]|$)", re.IGNORECASE)


class Exported(NamedTuple):
    """A local wall-clock time, and whether the file says it or only its clock."""

    on: datetime
    is_said: bool
    is_doubted: bool = False
    """Whether a later date was found, which no export can have yet."""


def end_of_belief() -> datetime:
    """Return the local time from which on a date of export is not believed.

    A date far in the future would rank before every later correction. A day is
    allowed for, because clocks and zones differ.
    """
    today = datetime.now(UTC).astimezone(ZONE).date()
    return datetime.combine(today + timedelta(days=2), time())


def exported_on(delivery: Path, names: list[str]) -> Exported:
    """Return when an export was made, by its names or else its modification time.

    Never the time of landing: the order of landing must not change a mart. Only where
    even the modification time lies in the future there is nothing else.
    """
    end, is_doubted = end_of_belief(), False
    for name in names:
        said = said_in(name)
        if said and said < end:
            return Exported(said, True, is_doubted)
        is_doubted |= said is not None
    changed = datetime.fromtimestamp(int(delivery.stat().st_mtime), ZONE)
    changed = changed.replace(tzinfo=None)
    if changed < end:
        return Exported(changed, False, is_doubted)
    landed = datetime.now(UTC).astimezone(ZONE).replace(tzinfo=None, microsecond=0)
    return Exported(landed, False, True)


def covered_month(name: str) -> tuple[date, date] | None:
    """Return the first and last day of the month that a file name declares whole."""
    found = _MONTH.match(name)
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        return date(year, month, 1), date(
            year, month, calendar.monthrange(year, month)[1]
        )
    except ValueError:
        return None


def is_demo(name: str) -> bool:
    """Tell whether a file name says that its content was made up."""
    return bool(_DEMO.search(name))


def said_in(name: str) -> datetime | None:
    """Return the moment of export that a file name says, None if it says none."""
    try:
        if found := _PREFIX.match(name):
            return datetime(*map(int, found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 wall clock
        if found := _PERIOD.search(name):
            return datetime(*(int(found[part]) for part in "ymd"))  # type: ignore[arg-type]  # noqa: DTZ001 wall clock
        for stamp in _STAMPS:
            if found := stamp.search(name):
                return datetime(*(int(found[part]) for part in "ymdHMS"))  # type: ignore[arg-type]  # noqa: DTZ001 wall clock
    except ValueError:
        return None
    return None

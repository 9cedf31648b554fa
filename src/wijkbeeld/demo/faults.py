"""Bad rows, as they turn up in exports, and the problem each must be given.

A row is bad only in the export that shows it first; the next one has it mended.
"""

from collections.abc import Callable
from datetime import timedelta

import numpy as np

from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.incidents import Integers
from wijkbeeld.demo.months import spring_day
from wijkbeeld.demo.registrations import Flags, Registrations

SEPARATOR = ";"
COLUMNS = (
    "Registratienummer", "PV-nummer", "MK-code", "Datum kennisname",
    "Pleegdatum vanaf", "Pleegtijd vanaf", "Pleegdatum tot", "Pleegtijd tot",
    "Poging", "Aangifte", "X-coördinaat", "Y-coördinaat", "Straat", "Postcode",
    "Huisnummer", "Toevoeging", "Object", "Basisteam", "Modus operandi", "Buit",
)  # fmt: skip
TOTAL_ROW = "not_a_data_row"
REPEATED_ROW = "duplicate_row"
_KINDS_PER_EXPORT = 4
_ROWS_PER_FAULT = 2500
_AN_HOUR = 60
_APRIL = 4

Row = dict[str, str]


def _swap(row: Row, one: str, other: str) -> None:
    row[one], row[other] = row[other], row[one]


def _swapped_axes(row: Row) -> None:
    _swap(row, "X-coördinaat", "Y-coördinaat")


def _unknown_offence_code(row: Row) -> None:
    row["MK-code"] = "A2O"


def _to_before_from(row: Row) -> None:
    _swap(row, "Pleegdatum vanaf", "Pleegdatum tot")
    _swap(row, "Pleegtijd vanaf", "Pleegtijd tot")


def _bad_coordinates(row: Row) -> None:
    row["X-coördinaat"] = row["Y-coördinaat"] = "0"


def _outside_area(row: Row) -> None:
    row["X-coördinaat"] = "9" + row["X-coördinaat"][1:]


def _bad_date(row: Row) -> None:
    row["Pleegdatum vanaf"] = "31-02-" + row["Pleegdatum vanaf"][-4:]


def _bad_boolean(row: Row) -> None:
    row["Poging"] = "deels"


def _missing_required_value(row: Row) -> None:
    row["MK-code"] = ""


def _ragged_row(row: Row) -> None:
    row["Buit"] += SEPARATOR + "verschoven"


def _nonexistent_local_time(row: Row) -> None:
    year = int(row["Datum kennisname"][6:10])
    skipped = spring_day(year)
    row["Pleegdatum vanaf"] = f"{skipped:%d-%m-%Y}"
    row["Pleegtijd vanaf"] = "02:30"
    row["Pleegdatum tot"] = f"{skipped + timedelta(days=1):%d-%m-%Y}"
    row["Pleegtijd tot"] = "07:15"


SPOILERS: dict[str, Callable[[Row], None]] = {
    "ragged_row": _ragged_row,
    "missing_required_value": _missing_required_value,
    "bad_date": _bad_date,
    "nonexistent_local_time": _nonexistent_local_time,
    "to_before_from": _to_before_from,
    "bad_boolean": _bad_boolean,
    "unknown_offence_code": _unknown_offence_code,
    "bad_coordinates": _bad_coordinates,
    "swapped_axes": _swapped_axes,
    "outside_area": _outside_area,
}
_ONLY_IN_APRIL = "nonexistent_local_time"
_ROTATING = tuple(kind for kind in SPOILERS if kind != _ONLY_IN_APRIL)


def planned(
    seed: int, month: int, rows: Registrations
) -> tuple[dict[int, str], Integers]:
    """Return which rows of a month's first version are spoilt, and which repeated.

    Args:
        seed: Seed of the demo.
        month: The month.
        rows: Its first version.

    Returns:
        The problem code by position, and the positions of rows written twice.
    """
    random = chance(seed, "faults", month)
    kinds = [str(k) for k in random.permutation(_ROTATING)[:_KINDS_PER_EXPORT]]
    if month % 12 + 1 == _APRIL:
        kinds.append(_ONLY_IN_APRIL)
    each = 1 + len(rows.number) // _ROWS_PER_FAULT
    chosen = random.permutation(_fit(rows))[: each * (len(kinds) + 1)]
    spoilt = chosen[: each * len(kinds)]
    faults = {int(at): kinds[i % len(kinds)] for i, at in enumerate(spoilt)}
    return faults, np.sort(chosen[each * len(kinds) :])


def _fit(rows: Registrations) -> Integers:
    """Return rows that are alone for their incident and have a real window."""
    has_window = (rows.to - rows.from_ > _AN_HOUR) & ~time_unknown(rows)
    _, which, times = np.unique(rows.number, return_inverse=True, return_counts=True)
    return np.flatnonzero(has_window & (times[which] == 1))


def time_unknown(rows: Registrations) -> Flags:
    """Return which rows say midnight because nobody knows the time."""
    unknown: Flags = rows.number % 50 == 7  # noqa: PLR2004 - one in fifty
    return unknown

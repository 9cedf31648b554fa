"""What the police wrote down: numbers, codes, and what was mended later.

An export shows the registrations of three months. Of a month it shows the first
version in its own export, the second in the next, the third in the one after;
later exports do not hold the month any more, so the third version is the last.
"""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from wijkbeeld.demo import incidents
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.incidents import Happened, Integers
from wijkbeeld.demo.offences import OFFENCES
from wijkbeeld.demo.places import BUURTEN, Points

LAST_VERSION = 2
"""Exports after its own that still hold a month."""
_CORRECTED_SHARE, _MOVED_SHARE, _WITHDRAWN_SHARE = 0.015, 0.01, 0.004
_SECOND_SHARE = 0.08
_REPORT_SHARE = 0.85

CODES = tuple(
    sorted({c for o in OFFENCES for c in (*o.incident_codes, *o.mistaken_for)})
)
OBJECTS = tuple(sorted({name for o in OFFENCES for name in o.objects}))
_NUMBERS = {code: index for index, code in enumerate(CODES)}
_OBJECT_NUMBERS = {name: index for index, name in enumerate(OBJECTS)}

Flags = npt.NDArray[np.bool_]
Column = npt.NDArray[Any]


class Registrations(NamedTuple):
    """Rows of an export, one per position, in the order they are written."""

    month: Column
    number: Column
    """Number of the incident within its month."""
    code: Column
    is_second: Column
    buurt: Column
    address: Column
    """Number of the address; the same place always has the same one."""
    x: Column
    y: Column
    registered: Column
    from_: Column
    to: Column
    attempt: Column
    report: Column
    object: Column

    def at(self, positions: Integers | Flags) -> "Registrations":
        """Return the registrations at some positions."""
        return Registrations(*(column[positions] for column in self))


def joined(parts: list[Registrations]) -> Registrations:
    """Return several sets of registrations as one, in the order given."""
    return Registrations(
        *(np.concatenate(columns) for columns in zip(*parts, strict=True))
    )


def version(seed: int, scale: int, month: int, age: int) -> Registrations:
    """Return the registrations of a month as they stood some exports later.

    Args:
        seed: Seed of the demo.
        scale: How many times the real level.
        month: Month in which the police learned of the incidents.
        age: Exports since the first that held the month, at most 2.
    """
    book = _book(seed, scale, month)
    is_wrong = book.mended_at > age
    first = book.first_happened
    final = book.happened
    buurt = np.where(is_wrong & book.is_moved, first.buurt, final.buurt)
    point = np.where((is_wrong & book.is_moved)[:, None], book.first_point, book.point)
    code = np.where(is_wrong & ~book.is_moved, book.first_code, book.code)
    address = np.where(is_wrong & book.is_moved, book.first_address, book.address)
    number = np.arange(len(code))
    shown = Registrations(
        np.full(len(code), month), number, code, np.zeros(len(code), np.bool_),
        buurt, address, point[:, 0], point[:, 1],
        final.registered, final.from_, final.to,
        book.attempt, book.report, book.object,
    )  # fmt: skip
    is_shown = ~((book.withdrawn_at > 0) & (book.withdrawn_at <= age))
    has_second = is_shown & (book.second_code >= 0)
    second = shown._replace(
        code=book.second_code, is_second=np.ones(len(code), np.bool_)
    )
    rows = joined([shown.at(is_shown), second.at(has_second)])
    return rows.at(np.lexsort((rows.is_second, rows.number)))


class _Book(NamedTuple):
    happened: Happened
    point: Points
    address: Integers
    code: Integers
    second_code: Integers
    attempt: Flags
    report: Flags
    object: Integers
    first_happened: Happened
    first_point: Points
    first_address: Integers
    first_code: Integers
    is_moved: Flags
    mended_at: Integers
    """Age from which the final code and place are shown; 0 is at once."""
    withdrawn_at: Integers
    """Age from which the incident is gone; 0 is never."""


@lru_cache(maxsize=4)
def _book(seed: int, scale: int, month: int) -> _Book:
    random = chance(seed, "registrations", month)
    real = incidents.of_month(seed, scale, month)
    count = len(real.offence)
    # Something else was seen at the same moment, or nothing at all.
    ghost = random.integers(0, count, random.binomial(count, _WITHDRAWN_SHARE))
    happened = Happened.joined([real, real.at(ghost)])
    order = np.argsort(happened.registered, kind="stable")
    happened = happened.at(order)
    is_ghost = (np.arange(count + len(ghost)) >= count)[order]
    total = len(order)

    code, second = _codes(random, happened)
    chosen = random.random(total)
    is_moved = chosen < _MOVED_SHARE
    is_corrected = (chosen > 1 - _CORRECTED_SHARE) & (second < 0)
    elsewhere = _elsewhere(random, seed, happened)
    mended = np.where(is_moved | is_corrected, random.integers(1, 3, total), 0)
    return _Book(
        happened=happened,
        point=incidents.coordinates(seed, happened),
        address=_addresses(happened),
        code=code,
        second_code=second,
        attempt=random.random(total) < _per_offence("attempt_share")[happened.offence],
        report=random.random(total) < _REPORT_SHARE,
        object=_one_of(random, happened, "objects", _OBJECT_NUMBERS),
        first_happened=elsewhere,
        first_point=incidents.coordinates(seed, elsewhere),
        first_address=_addresses(elsewhere),
        first_code=_one_of(random, happened, "mistaken_for", _NUMBERS),
        is_moved=is_moved,
        mended_at=np.where(is_ghost, 0, mended),
        withdrawn_at=np.where(is_ghost, random.integers(1, 3, total), 0),
    )


def _codes(
    random: np.random.Generator, happened: Happened
) -> tuple[Integers, Integers]:
    """Return the code of each incident, and a second one of the same group or -1."""
    total = len(happened.offence)
    code = np.full(total, -1)
    second = np.full(total, -1)
    wants_second = random.random(total) < _SECOND_SHARE
    for index, offence in enumerate(OFFENCES):
        here = np.flatnonzero(happened.offence == index)
        known = np.array([_NUMBERS[c] for c in offence.incident_codes])
        weight = np.array(list(offence.incident_codes.values()))
        drawn = random.choice(len(known), len(here), p=weight / weight.sum())
        code[here] = known[drawn]
        if len(known) > 1:
            other = known[
                (drawn + random.integers(1, len(known), len(here))) % len(known)
            ]
            second[here] = np.where(wants_second[here], other, -1)
    return code, second


def _elsewhere(random: np.random.Generator, seed: int, happened: Happened) -> Happened:
    """Return the same incidents at the wrong address they may have had at first."""
    total = len(happened.offence)
    homes = np.array([buurt.dwellings for buurt in BUURTEN], np.float64)
    buurt = random.choice(len(BUURTEN), total, p=homes / homes.sum())
    available = np.array(
        [
            [incidents.place_count(seed, offence, b) for b in range(len(BUURTEN))]
            for offence in OFFENCES
        ]
    )[happened.offence, buurt]
    place = (random.random(total) * available).astype(np.int64)
    return happened._replace(buurt=buurt, place=place)


def _addresses(happened: Happened) -> Integers:
    kinds = np.array([_FIRST_ADDRESS[o.places] for o in OFFENCES])[happened.offence]
    addresses: Integers = happened.buurt * _ADDRESSES_PER_BUURT + kinds + happened.place
    return addresses


_ADDRESSES_PER_BUURT = 10_000
_FIRST_ADDRESS = {"homes": 0, "streets": 7000, "shops": 8000}


def _per_offence(field: str) -> npt.NDArray[np.float64]:
    return np.array([getattr(offence, field) for offence in OFFENCES])


def _one_of(
    random: np.random.Generator,
    happened: Happened,
    field: str,
    numbers: dict[str, int],
) -> Integers:
    """Return for each incident one of the values its offence lists in a field."""
    listed = [getattr(offence, field) for offence in OFFENCES]
    table = np.array(
        [[numbers[values[i % len(values)]] for i in range(12)] for values in listed]
    )
    chosen: Integers = table[
        happened.offence, random.integers(0, 12, len(happened.offence))
    ]
    return chosen

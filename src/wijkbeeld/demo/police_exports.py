"""Monthly exports of incidents as an analyst makes them by hand.

Semicolons and Dutch headers; one month in Windows-1252 with decimal commas, the
next in UTF-8 with a byte order mark; in January compressed. Each export holds what
the police learned of in its month and the two before it.
"""

import gzip
from collections import Counter
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wijkbeeld.demo import canaries, faults
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.incidents import NO_TIME, Integers
from wijkbeeld.demo.months import DAY, day_of, export_day, label, minute_of
from wijkbeeld.demo.places import BUURTEN
from wijkbeeld.demo.registrations import CODES, OBJECTS, Registrations, joined

_SOURCE = "police__incidents"
_LINE_END = "\r\n"
_COMPRESSED_UP_TO_BYTES = 100_000_000
_HOUSE_NUMBERS = 2000
_ADDITIONS = ("", "", "", "A", "bis")


def of_month(seed: int, month: int, versions: list[Registrations]) -> Delivery:
    """Return the export of a month.

    Args:
        seed: Seed of the demo.
        month: The month that has just ended.
        versions: Registrations per month, oldest first, this month's last.
    """
    rows = joined(versions)
    first = len(rows.number) - len(versions[-1].number)
    spoilt, repeated = faults.planned(seed, month, versions[-1])
    is_windows = month % 2 == 0
    columns = _columns(rows, "," if is_windows else None)
    lines = _lines(columns)
    positions = sorted(spoilt)
    if positions:
        mask = np.zeros(len(lines), np.bool_)
        mask[[first + at for at in positions]] = True
        written = [_spoilt(columns, first + at, spoilt[at]) for at in positions]
        lines = pc.replace_with_mask(lines, mask, pa.array(written, pa.string()))
    tail = lines.take(pa.array(first + repeated)).to_pylist()
    total = f"Totaal{faults.SEPARATOR * (len(faults.COLUMNS) - 1)}"
    content = b"".join(
        _encoded(text, is_windows)
        for text in (
            faults.SEPARATOR.join(faults.COLUMNS) + _LINE_END,
            pc.binary_join(pa.ListArray.from_arrays([0, len(lines)], lines), "")[
                0
            ].as_py(),
            "".join(tail),
            total + _LINE_END,
        )
    )
    problems = Counter(spoilt.values())
    problems[faults.REPEATED_ROW] += len(repeated)
    problems[faults.TOTAL_ROW] += 1
    return _file(
        month,
        content if is_windows else b"\xef\xbb\xbf" + content,
        len(rows.number) + len(repeated) + 1,
        problems,
    )


def _file(
    month: int, content: bytes, row_count: int, problems: Counter[str]
) -> Delivery:
    name = f"{export_day(month)}__demo_incidenten_{label(month)}.csv"
    if month % 12 == 0 and len(content) < _COMPRESSED_UP_TO_BYTES:
        # No time in it: the same rows are the same file.
        return Delivery(
            _SOURCE,
            f"{name}.gz",
            gzip.compress(content, 6, mtime=0),
            row_count,
            problems,
        )
    return Delivery(_SOURCE, name, content, row_count, problems)


def _encoded(text: str, is_windows: bool) -> bytes:
    return text.encode("cp1252" if is_windows else "utf-8")


def _spoilt(columns: list[pa.Array], at: int, problem: str) -> str:
    row = {
        name: column[at].as_py()
        for name, column in zip(faults.COLUMNS, columns, strict=True)
    }
    faults.SPOILERS[problem](row)
    return faults.SEPARATOR.join(row.values()) + _LINE_END


def _lines(columns: list[pa.Array]) -> pa.Array:
    *others, last = columns
    ended = pc.binary_join_element_wise(last, pa.scalar(_LINE_END, pa.string()), "")
    return pc.binary_join_element_wise(
        *others, ended, pa.scalar(faults.SEPARATOR, pa.string())
    )


def _columns(rows: Registrations, decimals: str | None) -> list[pa.Array]:
    unknown = faults.time_unknown(rows)
    has_end = (rows.to != NO_TIME) & ~unknown
    from_day, from_time = _day_and_time(rows.from_)
    to_day, to_time = _day_and_time(np.where(has_end, rows.to, rows.from_))
    registered = pc.binary_join_element_wise(*_day_and_time(rows.registered), " ")
    number = _numbers(rows)
    suffix = pa.array(["-1", "-2"], pa.string()).take(
        pa.array(rows.is_second.astype(np.int8))
    )
    texts = rows.number + rows.month
    values = {
        "Registratienummer": number,
        "PV-nummer": pc.binary_join_element_wise(number, suffix, ""),
        "MK-code": _chosen(CODES, rows.code),
        "Datum kennisname": registered,
        "Pleegdatum vanaf": from_day,
        "Pleegtijd vanaf": pc.if_else(pa.array(unknown), "00:00", from_time),
        "Pleegdatum tot": pc.if_else(pa.array(has_end), to_day, ""),
        "Pleegtijd tot": pc.if_else(pa.array(has_end), to_time, ""),
        "Poging": _chosen(("N", "J"), rows.attempt.astype(np.int64)),
        "Aangifte": _chosen(("nee", "ja"), rows.report.astype(np.int64)),
        "X-coördinaat": _metres(rows.x, decimals),
        "Y-coördinaat": _metres(rows.y, decimals),
        "Straat": _chosen(canaries.STREETS, rows.address),
        "Postcode": _chosen(_POSTCODES, rows.address // _HOUSE_NUMBERS),
        "Huisnummer": _text(rows.address % _HOUSE_NUMBERS + 1),
        "Toevoeging": _chosen(_ADDITIONS, rows.address // 7),
        "Object": _chosen(OBJECTS, rows.object),
        "Basisteam": _chosen(("Loosduinen",), np.zeros(len(texts), np.int64)),
        "Modus operandi": _chosen(canaries.MODUS_OPERANDI, texts * 5),
        "Buit": _chosen(canaries.LOOT, texts * 3),
    }
    return [values[name] for name in faults.COLUMNS]


# No postcode in the Netherlands ends in one of these.
_POSTCODES = tuple(
    f"{2550 + index + extra} {letters}"
    for index in range(len(BUURTEN))
    for extra, letters in ((0, "SA"), (0, "SD"), (0, "SS"), (20, "SA"), (20, "SD"))
)


def _numbers(rows: Registrations) -> pa.Array:
    months, which = np.unique(rows.month, return_inverse=True)
    prefixes = [f"{canaries.REGISTRATION}{label(m).replace('-', '')}" for m in months]
    counter = pc.utf8_lpad(_text(rows.number + 1), 6, "0")
    return pc.binary_join_element_wise(_chosen(prefixes, which), counter, "")


def _day_and_time(minutes: Integers) -> tuple[pa.Array, pa.Array]:
    days = minutes // DAY
    first: date = day_of(int(minutes.min()))
    span = int(days.max() - days.min()) + 1
    names = [f"{first + timedelta(days=ahead):%d-%m-%Y}" for ahead in range(span)]
    return (
        _chosen(names, days - minute_of(first) // DAY),
        _chosen(_TIMES, minutes % DAY),
    )


_TIMES = tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(DAY))


def _metres(values: Integers, decimals: str | None) -> pa.Array:
    text = _text(values)
    return (
        text
        if decimals is None
        else pc.binary_join_element_wise(text, f"{decimals}0", "")
    )


def _text(values: Integers) -> pa.Array:
    return pc.cast(pa.array(values), pa.string())


def _chosen(words: tuple[str, ...] | list[str], which: Integers) -> pa.Array:
    """Return words by number, counted round, quoted where the format needs it."""
    quoted = pa.array([_quoted(word) for word in words], pa.string())
    return quoted.take(pa.array(which % len(words)))


def _quoted(word: str) -> str:
    if not any(mark in word for mark in (faults.SEPARATOR, '"', "\n")):
        return word
    doubled = word.replace('"', '""')
    return f'"{doubled}"'

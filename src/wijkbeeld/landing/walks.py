"""What the points of walked tracks tell, for many tracks at once.

A track has a few hundred points, and to ask one array for something takes as long as
to look at all of these. So the points of many files stand in arrays together. The ends
of a track are where somebody lives: their coordinates are gone before anything is
written.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from wijkbeeld.landing import exported, geography
from wijkbeeld.landing.document import Document
from wijkbeeld.language import say
from wijkbeeld.local_time import ZONE

PLACED_WITH = "placed_with"
"""Fact of a track that was read: the shapes in which its points were placed."""
ROUND = re.compile(
    r"R-[0-9]{4}-[0-9]{4}-[0-9]{2,4}|[A-Z]{2}(?:-[A-Z0-9]+)+-[0-9]{8}-[0-9]{4}"
)
_CUT_M, _AWAY_M, _SHORTEST_M = 200.0, 100.0, 500.0
_JUMP_M, _FASTEST, _MOVING = 200.0, 6.0, 0.3
"""Metres between two points, and metres a second of a walk and of standing still."""
_USABLE_SHARE, _OUTSIDE_SHARE = 0.05, 0.2
_EARTH_M = 6_371_008.8
_SINCE = datetime(2015, 1, 1, tzinfo=UTC).timestamp()
_INSTANT = pa.timestamp("us", "UTC")
_PROBLEMS = (
    *("swapped_axes", "bad_coordinates", "date_out_of_range", "bad_date"),
    *("bad_order_in_time", "gps_spike", "cut_for_privacy"),
)
_FINE = -1
_SWAPPED, _BAD_PLACE, _OUT_OF_RANGE, _BAD_DATE, _BAD_ORDER, _SPIKE, _CUT = range(7)

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int_]
Problems = npt.NDArray[np.int8]
"""For each point the position of its problem in ``_PROBLEMS``, or ``_FINE``."""


class Track(NamedTuple):
    """The points of one file, as they are written in it."""

    lon: pa.StringArray
    lat: pa.StringArray
    time: pa.StringArray
    sizes: list[int]
    """How many points each segment has."""
    segments: list[int]
    """How many segments each track has."""
    rounds: list[str | None]
    """Per track the round that its name is, if it is one; the name goes no further."""


class _Points(NamedTuple):
    """The points of many files, one after the other."""

    file: Positions
    ends: Positions
    """Where the points of each file end."""
    track: Positions
    segment: Positions
    point: Positions
    lon: Floats
    lat: Floats
    moment: Floats
    problem: Problems

    def slices(self) -> Iterator[slice]:
        """Yield where the points of each file stand."""
        start = 0
        for end in self.ends.tolist():
            yield slice(start, end)
            start = end

    def per_file(self, weights: Floats | Flags) -> Floats:
        """Return the sum of something over the points of each file."""
        return np.bincount(self.file, weights, len(self.ends)).astype(np.float64)


def documents(
    tracks: list[tuple[Track, str]], places: geography.Geography
) -> list[Document | None]:
    """Return the rows of each file, without where its tracks began and ended.

    Args:
        tracks: The points of each file, and its name.
        places: The shapes in which they are placed.

    Returns:
        None for a file of which hardly any point can be used.
    """
    points = _joined([one for one, _ in tracks])
    before = _follow(points)
    good = points.problem == _FINE
    sizes = np.diff(points.ends, prepend=0)
    is_usable = points.per_file(good) >= _USABLE_SHARE * sizes
    metres, seconds = _steps(points, before)
    is_moving = metres >= _MOVING * np.nan_to_num(seconds, nan=0.0)
    lengths = points.per_file(np.where(good, metres, 0.0))
    _cut(points, metres)
    kept = points.problem == _FINE
    lon, lat = (
        np.where(kept, np.round(axis, 4), np.nan) for axis in (points.lon, points.lat)
    )
    codes = placed(places, lon, lat)
    columns: dict[str, pa.Array] = {
        "trk": pa.array(points.track + 1).cast(pa.string()),
        "trkseg": pa.array(points.segment).cast(pa.string()),
        "trkpt": pa.array(points.point).cast(pa.string()),
        "time": _stamps(points.moment),
        "lon": _text(lon, 4),
        "lat": _text(lat, 4),
        "buurt": pa.array(codes, pa.string()),
        "round": _rounds(tracks, points),
        "metres": _text(np.where(good, metres, np.nan), 1),
        "moving": _text(np.where(good & is_moving, seconds, np.nan), 0),
        "problem": _named(points.problem),
    }
    numbers = pa.array(_counted(sizes))
    whole, unread = pa.table(columns), pa.nulls(len(numbers), pa.string())
    return [
        Document(
            whole[at],
            numbers[at],
            unread[at],
            _facts(points.moment[at][good[at]]) | {PLACED_WITH: places.fingerprint},
            list(_told(points.moment[at][good[at]], kept[at], codes[at], length)),
        )
        if is_enough
        else None
        for at, is_enough, length in zip(
            points.slices(), is_usable, lengths.tolist(), strict=True
        )
    ]


def placed(
    places: geography.Geography, lon: Floats, lat: Floats
) -> npt.NDArray[np.object_]:
    """Return the code of the buurt of each point, None where there is none."""
    codes = np.full(len(lon), None, object)
    known = np.isfinite(lon) & np.isfinite(lat)
    codes[known] = places.place(lon[known], lat[known], "EPSG:4326").buurt_code
    return codes


def _joined(tracks: list[Track]) -> _Points:
    sizes = np.array([len(one.lon) for one in tracks])
    of_segment = np.concatenate([one.sizes for one in tracks])
    lon, lat = (_numbers([one[axis] for one in tracks]) for axis in (0, 1))
    moment = _moments([one.time for one in tracks])
    has_time = pa.chunked_array([one.time for one in tracks]).is_valid().to_numpy()
    return _Points(
        np.repeat(np.arange(len(tracks)), sizes),
        np.cumsum(sizes),
        np.repeat(
            np.concatenate([np.repeat(np.arange(len(s)), s) for *_, s, _ in tracks]),
            of_segment,
        ),
        np.repeat(
            np.concatenate([np.arange(1, len(one.sizes) + 1) for one in tracks]),
            of_segment,
        ),
        _counted(of_segment),
        lon,
        lat,
        moment,
        _problems_alone(lon, lat, moment, np.isnan(moment) & has_time),
    )


def _counted(sizes: Positions) -> Positions:
    """Number what stands in groups, each from 1."""
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    counted: Positions = np.arange(1, len(starts) + 1) - starts
    return counted


def _numbers(files: list[pa.StringArray]) -> Floats:
    """Return the numbers of all files, NaN for what is none."""
    try:
        return _floats(pa.chunked_array(files).cast(pa.float64()))
    except pa.ArrowInvalid:
        return _asked(files, _numbers, _number)


def _moments(files: list[pa.StringArray]) -> Floats:
    """Return seconds since 1970, NaN for what is no instant."""
    try:
        instants = pa.chunked_array(files).cast(_INSTANT)
    except pa.ArrowInvalid:
        return _asked(files, _moments, _moment)
    return _floats(instants.cast(pa.int64())) / 1e6


def _asked(
    files: list[pa.StringArray],
    read: Callable[[list[pa.StringArray]], Floats],
    ask: Callable[[str | None], float],
) -> Floats:
    """Read file by file where a text in one is odd, and there ask each."""
    if len(files) == 1:
        return np.array([ask(text) for text in files[0].to_pylist()])
    return np.concatenate([read([one]) for one in files])


def _floats(numbers: pa.ChunkedArray) -> Floats:
    found: Floats = numbers.to_numpy().astype(np.float64)
    return found


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")


def _moment(text: str | None) -> float:
    """Return an instant; without a zone it is UTC, as GPX says. NaN for none."""
    if text is None:
        return np.nan
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return np.nan


def _problems_alone(
    lon: Floats, lat: Floats, moment: Floats, is_bad_time: Flags
) -> Problems:
    """Return what is wrong with a point by itself."""
    end = exported.end_of_belief().replace(tzinfo=ZONE).timestamp()
    problem = np.full(len(lon), _FINE, np.int8)
    with np.errstate(invalid="ignore"):
        is_swapped = (lat > 3) & (lat < 8) & (lon > 50) & (lon < 54)  # noqa: PLR2004 degrees
        is_on_earth = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)  # noqa: PLR2004 degrees
        is_odd = (moment < _SINCE) | (moment >= end)
    problem[is_swapped] = _SWAPPED
    problem[~is_on_earth | ((lat == 0) & (lon == 0))] = _BAD_PLACE
    problem[is_odd] = _OUT_OF_RANGE
    problem[is_bad_time] = _BAD_DATE
    return problem


def _follow(points: _Points) -> Positions:
    """Name points that come too soon or too far, and return the point before each.

    It is -1 for a point that has none.
    """
    before, is_odd = _before_if_all_is_well(points)
    slices = list(points.slices())
    for file in np.flatnonzero(is_odd).tolist():
        at = slices[file]
        found = _before(
            *(points.lon[at], points.lat[at], points.moment[at]),
            *(points.segment[at], points.problem[at]),
        )
        before[at] = np.where(found < 0, -1, found + at.start)
    return before


def _before_if_all_is_well(points: _Points) -> tuple[Positions, Flags]:
    """Return the point before each, and the files in which a point is odd.

    In most there is none. Of the others, what is returned does not count.
    """
    lon, lat, moment, file = points.lon, points.lat, points.moment, points.file
    is_same = (points.segment[1:] == points.segment[:-1]) & (file[1:] == file[:-1])
    with np.errstate(invalid="ignore"):
        metres = _distance(lon[:-1], lat[:-1], lon[1:], lat[1:])
        is_far = (metres > _JUMP_M) | (metres > _FASTEST * np.diff(moment))
    known = np.isfinite(moment)
    of, moments = file[known], moment[known]
    is_back = (np.diff(moments) <= 0) & (of[1:] == of[:-1])
    is_odd = np.zeros(len(points.ends), bool)
    for odd in (
        file[points.problem != _FINE], file[1:][is_far & is_same], of[1:][is_back]
    ):  # fmt: skip
        is_odd[odd] = True
    before = np.where(is_same, np.arange(len(is_same)), -1)
    return np.concatenate([[-1], before]), is_odd


def _before(
    lon: Floats, lat: Floats, moment: Floats, segment: Positions, problem: Problems
) -> Positions:
    """Name the odd points of one file, and return the point before each.

    If a point too far is a spike, the one after it lies far from it. If that lies
    near it, that is where the walk goes on; if not, it goes on from before the spike.
    """
    before = np.full(len(lon), -1)
    last, spike, latest = -1, -1, -np.inf
    for at in np.flatnonzero(problem == _FINE).tolist():
        if moment[at] <= latest:
            problem[at] = _BAD_ORDER
            continue
        if last >= 0 and segment[at] == segment[last]:
            base = last
            if _is_spike(lon, lat, moment, last, at):
                if spike < 0 or _is_spike(lon, lat, moment, spike, at):
                    problem[at], spike = _SPIKE, at
                    continue
                base = spike
            before[at] = base
        last, spike = at, -1
        if moment[at] == moment[at]:
            latest = moment[at]
    return before


def _is_spike(lon: Floats, lat: Floats, moment: Floats, one: int, at: int) -> bool:
    metres = float(_distance(lon[one], lat[one], lon[at], lat[at]))
    seconds = float(moment[at] - moment[one])
    return metres > _JUMP_M or metres > _FASTEST * seconds


def _distance(
    lon: float | Floats, lat: float | Floats, to_lon: float | Floats, to_lat: Floats
) -> Floats:
    """Return metres over the ground, near enough for a walk."""
    east = np.radians(np.subtract(to_lon, lon)) * np.cos(np.radians(lat))
    north = np.radians(np.subtract(to_lat, lat))
    metres: Floats = _EARTH_M * np.hypot(east, north)
    return metres


def _steps(points: _Points, before: Positions) -> tuple[Floats, Floats]:
    """Return metres and seconds since the point before; 0 for the first."""
    lon, lat, moment = points.lon, points.lat, points.moment
    has = before >= 0
    with np.errstate(invalid="ignore"):
        metres = _distance(lon[before], lat[before], lon, lat)
    first = np.where(np.isnan(moment), np.nan, 0.0)
    return (
        np.where(has, metres, 0.0),
        np.where(has, moment - moment[before], first),
    )


def _cut(points: _Points, metres: Floats) -> None:
    """Mark the ends of every track, which nobody may see.

    The first 200 m along the way; and, since a receiver that lies still wanders
    about, no less than what it takes to get 100 m away.
    """
    lon, lat, problem = points.lon, points.lat, points.problem
    is_next = np.diff(points.track).astype(bool) | np.diff(points.file).astype(bool)
    starts = np.flatnonzero(np.concatenate([[True], is_next]))
    for start, end in zip(starts, [*starts[1:], len(lon)], strict=True):
        walked = start + np.flatnonzero(problem[start:end] == _FINE)
        if not len(walked):
            continue
        along = np.cumsum(metres[walked])
        is_cut = np.full(len(walked), along[-1] < _SHORTEST_M)
        for last, gone in ((0, along), (-1, along[-1] - along)):
            home = walked[last]
            away = _distance(lon[home], lat[home], lon[walked], lat[walked])
            free = np.flatnonzero((gone >= _CUT_M) & (away >= _AWAY_M))
            if not len(free):
                is_cut[:] = True
            elif last == 0:
                is_cut[: free[0]] = True
            else:
                is_cut[free[-1] + 1 :] = True
        problem[walked[is_cut]] = _CUT


def _rounds(tracks: list[tuple[Track, str]], points: _Points) -> pa.StringArray:
    """Return the round of each point: that of the file's name, or of the track's."""
    listed: list[str | None] = []
    firsts = []
    for one, name in tracks:
        named = ROUND.search(Path(name).stem.upper())
        firsts.append(len(listed))
        listed += [named[0]] * len(one.rounds) if named else one.rounds
    at = np.array(firsts)[points.file] + points.track
    return pa.array(listed, pa.string()).take(pa.array(at))


def _named(problem: Problems) -> pa.StringArray:
    at = pa.array(problem, mask=problem == _FINE)
    return pa.DictionaryArray.from_arrays(at, _PROBLEMS).cast(pa.string())


def _text(values: Floats, decimals: int) -> pa.StringArray:
    """Return numbers as text, null for NaN; the few different ones are written once."""
    rounded = pa.array(np.round(values, decimals), from_pandas=True)
    different = rounded.dictionary_encode()
    texts = [f"{number:.{decimals}f}" for number in different.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(
        different.indices, pa.array(texts, pa.string())
    ).cast(pa.string())


def _stamps(moments: Floats) -> pa.StringArray:
    """Return instants as text, in UTC, without their fractions."""
    is_none = np.isnan(moments)
    micros = np.rint(np.where(is_none, 0, moments) * 1e6).astype(np.int64)
    seconds = pa.array(micros // 1_000_000, pa.timestamp("s"), mask=is_none)
    return seconds.cast(pa.string())


def _facts(moments: Floats) -> dict[str, str]:
    """Return when the track was made: its last moment, local time."""
    known = moments[np.isfinite(moments)]
    if not len(known):
        return {}
    last = datetime.fromtimestamp(float(known.max()), ZONE).replace(tzinfo=None)
    return {"exported_on": last.isoformat(timespec="seconds")}


def _told(
    moments: Floats, kept: Flags, codes: npt.NDArray[np.object_], length: float
) -> Iterator[str]:
    if not np.isfinite(moments).any():
        yield say("de punten hebben geen tijd: de duur is onbekend")
    if length < _SHORTEST_M:
        yield say("de ronde is korter dan 500 m: alleen lengte en duur worden bewaard")
    outside = codes[kept].tolist().count(None)
    if outside > _OUTSIDE_SHARE * kept.sum():
        yield say(
            "{n} van de {all} punten liggen buiten de 13 buurten",
            n=outside,
            all=int(kept.sum()),
        )

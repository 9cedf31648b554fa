"""Walked tracks (GPX 1.1 and 1.0): a row per point, without where it began and ended.

Only place and time of track points are read: no names, no texts, no extensions, in
which watches put the heart rate. The ends of a track are where somebody lives, so
their coordinates are gone before anything is written.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from wijkbeeld import files
from wijkbeeld.landing import exported, geography
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.incidents import NoShapesError
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say
from wijkbeeld.settings import settings

SOURCE = "watch__tracks"
_LARGEST_BYTES, _MOST_POINTS, _MARKS_PER_POINT = 50_000_000, 200_000, 20
_CUT_M, _AWAY_M, _SHORTEST_M = 200.0, 100.0, 500.0
_JUMP_M, _FASTEST, _MOVING = 200.0, 6.0, 0.3
"""Metres between two points, and metres a second of a walk and of standing still."""
_USABLE_SHARE, _OUTSIDE_SHARE = 0.05, 0.2
_EARTH_M = 6_371_008.8
_SINCE = datetime(2015, 1, 1, tzinfo=UTC).timestamp()
_ROUND = re.compile(
    r"R-[0-9]{4}-[0-9]{4}-[0-9]{2,4}|[A-Z]{2}(?:-[A-Z0-9]+)+-[0-9]{8}-[0-9]{4}"
)
_PLAIN_NAME = re.compile(r"<name>([^<&]*)</name>")
_PLAIN_POINT = re.compile(
    r'<trkpt lat="([^"<&\s]*)" lon="([^"<&\s]*)"\s*>\s*(?:<ele>[^<&]*</ele>\s*)?'
    r"(?:(<time>)([^<&\r]*)</time>\s*)?</trkpt>"
)
_PLAIN_POINTS = re.compile(rf"\s*(?:{_PLAIN_POINT.pattern}\s*)*+")
_PLAIN_FILE = re.compile(
    r"""(?:<\?xml\ version=["']1\.[01]["'](?:\ encoding=["'](?i:utf-8)["'])?
    (?:\ standalone=["'](?:yes|no)["'])?\s*\?>)?\s*
    <gpx\b[^<>]*>[^!?]*?<trk>\s*(?P<about>(?:<(name|type|src|number)>[^<&]*</\2>\s*)*)
    <trkseg>(?P<points>[^!?]*)</trkseg>\s*</trk>\s*</gpx>\s*""",
    re.VERBOSE,
)
"""One track of one segment, the last thing in it, and no comment or CDATA anywhere."""
_PLACED = ".placed_with"
PLACED_WITH = "placed_with"
"""Fact of a track that was read: the shapes in which its points were placed."""
_INSTANT = pa.timestamp("us", "UTC")

Floats = npt.NDArray[np.float64]


def read(path: Path, name: str) -> Document:
    """Read the points of a track.

    Raises:
        RejectedError: It is no walked track, is damaged, or is too large.
        NoShapesError: Its points cannot be placed yet.
    """
    seen = _parsed(path)
    places = _places()
    if places is None:
        raise NoShapesError
    lon, lat = _numbers(seen.lon), _numbers(seen.lat)
    moment = _moments(seen.time)
    is_bad_time = np.isnan(moment) & [text is not None for text in seen.time]
    track, segment = np.array(seen.track), np.array(seen.segment)
    problem = _problems_alone(lon, lat, moment, is_bad_time)
    before = _follow(lon, lat, moment, segment, problem)
    good = np.array([one is None for one in problem])
    if good.sum() < _USABLE_SHARE * len(good):
        raise RejectedError(
            say(
                "bijna geen punt is te gebruiken; kijk of de klok en de plaats van het "
                "toestel goed stonden, en exporteer het opnieuw"
            )
        )
    metres, seconds = _steps(lon, lat, moment, before)
    is_moving = metres >= _MOVING * np.nan_to_num(seconds, nan=0.0)
    length = float(metres[good].sum())
    _cut(lon, lat, metres, track, problem)
    kept = np.array([one is None for one in problem])
    lon, lat = (np.where(kept, np.round(axis, 4), np.nan) for axis in (lon, lat))
    codes = _placed(places, lon, lat)
    named = _ROUND.search(Path(name).stem.upper())
    rounds = [named[0] if named else seen.rounds[at] for at in seen.track]
    columns: dict[str, pa.StringArray] = {
        "trk": pa.array(track + 1).cast(pa.string()),
        "trkseg": pa.array(segment).cast(pa.string()),
        "trkpt": pa.array(seen.point).cast(pa.string()),
        "time": _stamps(moment),
        "lon": _text(lon, 4),
        "lat": _text(lat, 4),
        "buurt": pa.array(codes, pa.string()),
        "round": pa.array(rounds, pa.string()),
        "metres": _text(np.where(good, metres, np.nan), 1),
        "moving": _text(np.where(good & is_moving, seconds, np.nan), 0),
        "problem": pa.array(problem, pa.string()),
    }
    numbers = pa.array(range(1, len(good) + 1), pa.int64())
    return Document(
        pa.table(columns),
        numbers,
        pa.nulls(len(good), pa.string()),
        _facts(moment[good]) | {PLACED_WITH: places.fingerprint},
        _warnings(moment[good], kept, codes, length),
    )


def place_again(places: geography.Geography) -> int:
    """Place landed tracks with newer shapes; return how many files changed."""
    folder = settings().landing / SOURCE
    mark = folder / _PLACED
    if mark.exists() and mark.read_text("utf-8") == places.fingerprint:
        return 0
    changed = sum(_move(p, places) for p in sorted(folder.glob("*.parquet")))
    if folder.exists():
        files.write_text(mark, places.fingerprint)
    return changed


def follow_newer(parquets: list[Path], placed_with: set[str]) -> None:
    """Place tracks again if other shapes came into force while they were landing.

    Whoever landed the shapes has placed what was there then. These came after, and
    are in place before one looks here: one of the two sees the other.
    """
    places = _places()
    if places is not None and placed_with != {places.fingerprint}:
        for parquet in parquets:
            _move(parquet, places)


def _move(parquet: Path, places: geography.Geography) -> bool:
    """Place a landed track again; tell whether that changed it."""
    table = pq.read_table(parquet)
    lon, lat = (
        np.array([float(v) if v else np.nan for v in table[axis].to_pylist()], float)
        for axis in ("lon", "lat")
    )
    codes = pa.array(_placed(places, lon, lat), pa.string())
    at = table.column_names.index("buurt_code")
    if table[at].combine_chunks().equals(codes):
        return False
    moved = table.set_column(at, "buurt_code", codes)
    with files.appearing(parquet) as scratch:
        pq.write_table(moved, scratch, compression="zstd")
    return True


class _Seen(NamedTuple):
    lon: list[str | None]
    lat: list[str | None]
    time: list[str | None]
    track: list[int]
    segment: list[int]
    point: list[int]
    rounds: list[str | None]
    """Per track the round that its name is, if it is one; the name goes no further."""


def _parsed(path: Path) -> _Seen:
    if path.stat().st_size > _LARGEST_BYTES:
        raise RejectedError(
            say("het bestand is groter dan 50 MB; exporteer elke ronde apart")
        )
    content = path.read_bytes()
    _refuse_harm(content)
    seen = _of_one_segment(content)
    if seen is not None:
        return seen
    root = _tree(content)
    space = root.tag.rpartition("gpx")[0]
    seen = _Seen([], [], [], [], [], [], [])
    if root.tag == f"{space}gpx":
        _take_points(root, space, seen)
    if not seen.lon:
        has_plan = any(root.find(f"{space}{tag}") is not None for tag in ("rte", "wpt"))
        raise RejectedError(
            say(
                "er staat een route in of een los punt, en geen gelopen ronde (trkpt); "
                "exporteer de opgenomen track als GPX"
            )
            if has_plan
            else say("er staan geen punten (trkpt) in; exporteer de track als GPX")
        )
    return seen


def _refuse_harm(content: bytes) -> None:
    """Refuse what is no XML, or could do harm: entities, or more than can be walked."""
    if content.count(b"<") > _MOST_POINTS * _MARKS_PER_POINT:
        raise _too_many()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        raise _damaged(fault.lineno, fault.offset) from None


def _of_one_segment(content: bytes) -> _Seen | None:
    """Return the points of a file that is as plain as most are; None if it is not.

    A third of all time would go to making elements of XML that is the same
    400 times. What was parsed without a fault, and matches this, holds nothing else.
    """
    try:
        whole = _PLAIN_FILE.fullmatch(content.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    if whole is None or not _PLAIN_POINTS.fullmatch(whole["points"]):
        return None
    points = _PLAIN_POINT.findall(whole["points"])
    # No other track, under its own name or that of a prefix.
    if not points or content.count(b"<trk") > len(points) + 2 or b":trk" in content:
        return None
    if len(points) > _MOST_POINTS:
        raise _too_many()
    lat, lon, has_time, time = (list(column) for column in zip(*points, strict=True))
    name = _PLAIN_NAME.search(whole["about"])
    named = _ROUND.fullmatch((name[1] if name else "").strip().upper())
    return _Seen(
        lon, lat, [t if has else None for has, t in zip(has_time, time, strict=True)],
        [0] * len(points), [1] * len(points), list(range(1, len(points) + 1)),
        [named[0] if named else None],
    )  # fmt: skip


def _tree(content: bytes) -> Element:
    """Read XML into elements, much faster than by handlers of ours."""
    try:
        return fromstring(content)  # noqa: S314 - it has no DTD, as was just seen
    except ParseError as fault:
        raise _damaged(*fault.position) from None


def _damaged(line: int, offset: int) -> RejectedError:
    return RejectedError(
        say(
            "de XML is beschadigd of afgebroken op regel {line}, kolom {column}; "
            "exporteer het opnieuw",
            line=line,
            column=offset + 1,
        )
    )


def _refuse(*_: object) -> None:
    raise RejectedError(
        say(
            "de XML heeft een DTD of entiteiten, en die worden niet gelezen; "
            "exporteer de track als GPX"
        )
    )


def _too_many() -> RejectedError:
    return RejectedError(
        say("er staan meer dan 200.000 punten in; exporteer elke ronde apart")
    )


def _take_points(root: Element, space: str, seen: _Seen) -> None:
    time = f"{space}time"
    segment = 0
    for track in root.findall(f"{space}trk"):
        name = (track.findtext(f"{space}name") or "").strip().upper()
        named = _ROUND.fullmatch(name)
        seen.rounds.append(named[0] if named else None)
        for one in track.findall(f"{space}trkseg"):
            segment += 1
            points = one.findall(f"{space}trkpt")
            if len(seen.lon) + len(points) > _MOST_POINTS:
                raise _too_many()
            seen.lon.extend([point.get("lon") for point in points])
            seen.lat.extend([point.get("lat") for point in points])
            seen.time.extend([point.findtext(time) for point in points])
            seen.track.extend([len(seen.rounds) - 1] * len(points))
            seen.segment.extend([segment] * len(points))
            seen.point.extend(range(1, len(points) + 1))


def _numbers(texts: list[str | None]) -> Floats:
    """Return numbers, NaN for what is none."""
    try:
        return _floats(pa.array(texts, pa.string()).cast(pa.float64()))
    except pa.ArrowInvalid:  # One of them is odd: ask each.
        return np.array([_number(text) for text in texts])


def _moments(texts: list[str | None]) -> Floats:
    """Return seconds since 1970, NaN for what is no instant."""
    try:
        instants = pa.array(texts, pa.string()).cast(_INSTANT)
    except pa.ArrowInvalid:
        return np.array([_moment(text) for text in texts])
    return _floats(instants.cast(pa.int64())) / 1e6


def _floats(numbers: pa.Array) -> Floats:
    found: Floats = numbers.to_numpy(zero_copy_only=False).astype(np.float64)
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


def _utc(moment: float) -> datetime:
    return datetime.fromtimestamp(moment, UTC)


def _problems_alone(
    lon: Floats, lat: Floats, moment: Floats, is_bad_time: npt.NDArray[np.bool_]
) -> list[str | None]:
    """Return what is wrong with a point by itself."""
    zone = ZoneInfo(settings().local_time_zone)
    end = exported.end_of_belief().replace(tzinfo=zone).timestamp()
    problem = np.full(len(lon), None, object)
    with np.errstate(invalid="ignore"):
        is_swapped = (lat > 3) & (lat < 8) & (lon > 50) & (lon < 54)  # noqa: PLR2004 degrees
        is_on_earth = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)  # noqa: PLR2004 degrees
        is_odd = (moment < _SINCE) | (moment >= end)
    problem[is_swapped] = "swapped_axes"
    problem[~is_on_earth | ((lat == 0) & (lon == 0))] = "bad_coordinates"
    problem[is_odd] = "date_out_of_range"
    problem[is_bad_time] = "bad_date"
    found: list[str | None] = problem.tolist()
    return found


def _follow(
    lon: Floats,
    lat: Floats,
    moment: Floats,
    segment: npt.NDArray[np.int_],
    problem: list[str | None],
) -> npt.NDArray[np.int_]:
    """Name points that come too soon or too far, and return the point before each.

    A point too far is a spike. If the one after it lies near it, that is where the
    walk goes on; if not, it goes on from before the spike.
    """
    before = _before_if_all_is_well(lon, lat, moment, segment, problem)
    if before is not None:
        return before
    before = np.full(len(lon), -1)
    last, spike, latest = -1, -1, -np.inf
    for at in (i for i, one in enumerate(problem) if one is None):
        if moment[at] <= latest:
            problem[at] = "bad_order_in_time"
            continue
        if last >= 0 and segment[at] == segment[last]:
            base = last
            if _is_spike(lon, lat, moment, last, at):
                if spike < 0 or _is_spike(lon, lat, moment, spike, at):
                    problem[at], spike = "gps_spike", at
                    continue
                base = spike
            before[at] = base
        last, spike = at, -1
        if moment[at] == moment[at]:
            latest = moment[at]
    return before


def _before_if_all_is_well(
    lon: Floats,
    lat: Floats,
    moment: Floats,
    segment: npt.NDArray[np.int_],
    problem: list[str | None],
) -> npt.NDArray[np.int_] | None:
    """Return the point before each where none is odd, as in most tracks."""
    if any(problem):
        return None
    metres = _distance(lon[:-1], lat[:-1], lon[1:], lat[1:])
    seconds = np.diff(moment)
    is_same = segment[1:] == segment[:-1]
    is_far = (metres > _JUMP_M) | (metres > _FASTEST * seconds)
    known = moment[np.isfinite(moment)]
    if (is_far & is_same).any() or (np.diff(known) <= 0).any():
        return None
    return np.concatenate([[-1], np.where(is_same, np.arange(len(is_same)), -1)])


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


def _steps(
    lon: Floats, lat: Floats, moment: Floats, before: npt.NDArray[np.int_]
) -> tuple[Floats, Floats]:
    """Return metres and seconds since the point before; 0 for the first."""
    has = before >= 0
    metres = _distance(lon[before], lat[before], lon, lat)
    return (
        np.where(has, metres, 0.0),
        np.where(has, moment - moment[before], np.where(moment == moment, 0.0, np.nan)),  # noqa: PLR0124 NaN
    )


def _cut(
    lon: Floats,
    lat: Floats,
    metres: Floats,
    track: npt.NDArray[np.int_],
    problem: list[str | None],
) -> None:
    """Mark the ends of every track, which nobody may see.

    The first 200 m along the way; and, since a receiver that lies still wanders
    about, no less than what it takes to get 100 m away.
    """
    for number in set(track.tolist()):
        of_track = np.flatnonzero(track == number)
        walked = [int(i) for i in of_track if problem[i] is None]
        if not walked:
            continue
        along = np.cumsum(metres[walked])
        is_cut = np.full(len(walked), along[-1] < _SHORTEST_M)
        for end, gone in ((0, along), (-1, along[-1] - along)):
            home = walked[end]
            away = _distance(lon[home], lat[home], lon[walked], lat[walked])
            free = np.flatnonzero((gone >= _CUT_M) & (away >= _AWAY_M))
            if not len(free):
                is_cut[:] = True
            elif end == 0:
                is_cut[: free[0]] = True
            else:
                is_cut[free[-1] + 1 :] = True
        for at, gone_too in zip(walked, is_cut, strict=True):
            if gone_too:
                problem[at] = "cut_for_privacy"


def _placed(
    places: geography.Geography, lon: Floats, lat: Floats
) -> npt.NDArray[np.object_]:
    codes = np.full(len(lon), None, object)
    known = np.isfinite(lon) & np.isfinite(lat)
    codes[known] = places.place(lon[known], lat[known], "EPSG:4326").buurt_code
    return codes


def _text(values: Floats, decimals: int) -> pa.StringArray:
    # All at once, which takes half the time.
    texts = f"%.{decimals}f " * len(values) % tuple(values.tolist())
    return pa.array(texts.split(), pa.string(), mask=np.isnan(values))


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
    zone = ZoneInfo(settings().local_time_zone)
    last = _utc(float(known.max())).astimezone(zone).replace(tzinfo=None)
    return {"exported_on": last.isoformat(timespec="seconds")}


def _warnings(
    moments: Floats,
    kept: npt.NDArray[np.bool_],
    codes: npt.NDArray[np.object_],
    length: float,
) -> list[str]:
    return list(_told(moments, kept, codes, length))


def _told(
    moments: Floats,
    kept: npt.NDArray[np.bool_],
    codes: npt.NDArray[np.object_],
    length: float,
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


def _places() -> geography.Geography | None:
    """Return the newest shapes; they are read again only when files came or went."""
    folder = settings().landing / "cbs__buurten"
    found = sorted(folder.glob("*.parquet"))
    return _loaded(
        settings().landing, tuple((f.name, f.stat().st_mtime_ns) for f in found)
    )


@lru_cache(maxsize=1)
def _loaded(
    landing: Path,
    files_: tuple[tuple[str, int], ...],  # noqa: ARG001 what the cache goes by
) -> geography.Geography | None:
    return geography.load(landing)

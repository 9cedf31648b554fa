"""Walked tracks (GPX 1.1 and 1.0): a row per point, without where it began and ended.

Only place and time of track points are read: no names, no texts, no extensions, in
which watches put the heart rate. What the points tell is found out in ``walks``.
"""

import re
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wijkbeeld import files
from wijkbeeld.landing import geography, walks
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.incidents import NoShapesError
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.landing.walks import Track
from wijkbeeld.language import say
from wijkbeeld.settings import settings

SOURCE = "watch__tracks"
_LARGEST_BYTES, _MOST_POINTS, _MARKS_PER_POINT = 50_000_000, 200_000, 20
_TOGETHER = 100
"""Tracks of which the points are looked at together: what is in hand stays small."""
_PLAIN_NAME = re.compile(r"<name>([^<&]*)</name>")
_SPACE = " \t\r\n"
_PLAIN_POINT = re.compile(
    r'<trkpt lat="([-+.\dEe]*+)" lon="([-+.\dEe]*+)"~>~(?:<ele>[-+.\dEe]*+</ele>~)?+'
    r"(?:<time>([-+.:\dTZ]*+)</time>~)?+</trkpt>".replace("~", f"[{_SPACE}]*+"),
    re.ASCII,
)
"""A point in which nothing can be wrong with the XML, only with what it says."""
_PLAIN_START = re.compile(
    r"""(?:<\?xml\ version=["']1\.[01]["'](?:\ encoding=["'](?i:utf-8)["'])?
    (?:\ standalone=["'](?:yes|no)["'])?\s*\?>)?\s*
    <gpx\b[^<>]*>[^!?]*?<trk>\s*(?P<about>(?:<(name|type|src|number)>[^<&]*</\2>\s*)*)
    <trkseg>""",
    re.VERBOSE,
)
_SEGMENT_ENDS = "</trkseg>"
_PLAIN_END = re.compile(rf"{_SEGMENT_ENDS}\s*</trk>\s*</gpx>\s*")
"""One track of one segment, the last thing in it, and no comment or CDATA anywhere."""
_PLACED = ".placed_with"


def read(path: Path, name: str) -> Document:
    """Read the points of a track.

    Raises:
        RejectedError: It is no walked track, is damaged, or is too large.
        NoShapesError: Its points cannot be placed yet.
    """
    found = read_together([(parsed(path), name)])[0]
    if found is None:
        raise RejectedError(
            say(
                "bijna geen punt is te gebruiken; kijk of de klok en de plaats van het "
                "toestel goed stonden, en exporteer het opnieuw"
            )
        )
    return found


def read_together(tracks: list[tuple[Track, str]]) -> list[Document | None]:
    """Return what the points of files tell, each with its name; None where too little.

    Raises:
        NoShapesError: Their points cannot be placed yet.
    """
    places = _places()
    if places is None:
        raise NoShapesError
    return [
        document
        for at in range(0, len(tracks), _TOGETHER)
        for document in walks.documents(tracks[at : at + _TOGETHER], places)
    ]


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
    codes = pa.array(walks.placed(places, lon, lat), pa.string())
    at = table.column_names.index("buurt_code")
    if table[at].combine_chunks().equals(codes):
        return False
    moved = table.set_column(at, "buurt_code", codes)
    with files.appearing(parquet) as scratch:
        pq.write_table(moved, scratch, compression="zstd")
    return True


def parsed(path: Path) -> Track:
    """Take the points out of a file, as they are written there.

    Raises:
        RejectedError: It is no walked track, is damaged, or is too large.
    """
    if path.stat().st_size > _LARGEST_BYTES:
        raise RejectedError(
            say("het bestand is groter dan 50 MB; exporteer elke ronde apart")
        )
    content = path.read_bytes()
    plain = _of_one_segment(content)
    if plain:
        return plain
    _refuse_harm(content)
    return _of_elements(_tree(content))


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


def _of_one_segment(content: bytes) -> Track | None:
    """Return the points of a file that is as plain as most are; None if it is not.

    A third of all time would go to making elements of XML that is the same
    400 times, and a tenth to parsing it: so only what stands around the points is
    parsed. What has no fault there, and matches this, holds nothing else.

    Raises:
        RejectedError: It has more points than can be walked.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    start, end = _PLAIN_START.match(text), text.rfind(_SEGMENT_ENDS)
    if start is None or end < start.end() or not _PLAIN_END.fullmatch(text, end):
        return None
    # What stands between two points, and the three parts of each point.
    parts = _PLAIN_POINT.split(text[start.end() : end])
    between, lat, lon, time = (parts[at::4] for at in range(4))
    # No other track, under its own name or that of a prefix.
    is_other = content.count(b"<trk") > len(lon) + 2 or b":trk" in content
    if not lon or is_other or "".join(between).strip(_SPACE):
        return None
    if len(lon) > _MOST_POINTS:
        raise _too_many()
    if not _is_sound(text[: start.end()] + text[end:]):
        return None  # Its fault is named by line and column of the whole.
    name = _PLAIN_NAME.search(start["about"])
    named = _round(name[1] if name else None)
    return Track(_texts(lon), _texts(lat), _texts(time), [len(lon)], [1], [named])


def _is_sound(xml: str) -> bool:
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError:
        return False
    return True


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


def _of_elements(root: Element) -> Track:
    space = root.tag.rpartition("gpx")[0]
    lon: list[str | None] = []
    lat: list[str | None] = []
    time: list[str | None] = []
    sizes: list[int] = []
    segments: list[int] = []
    rounds: list[str | None] = []
    is_gpx = root.tag == f"{space}gpx"
    for track in root.findall(f"{space}trk") if is_gpx else ():
        rounds.append(_round(track.findtext(f"{space}name")))
        of_track = track.findall(f"{space}trkseg")
        segments.append(len(of_track))
        for segment in of_track:
            points = segment.findall(f"{space}trkpt")
            if len(lon) + len(points) > _MOST_POINTS:
                raise _too_many()
            lon += [point.get("lon") for point in points]
            lat += [point.get("lat") for point in points]
            time += [point.findtext(f"{space}time") for point in points]
            sizes.append(len(points))
    if not lon:
        raise _without_points(root, space)
    return Track(_texts(lon), _texts(lat), _texts(time), sizes, segments, rounds)


def _without_points(root: Element, space: str) -> RejectedError:
    has_plan = any(root.find(f"{space}{tag}") is not None for tag in ("rte", "wpt"))
    return RejectedError(
        say(
            "er staat een route in of een los punt, en geen gelopen ronde (trkpt); "
            "exporteer de opgenomen track als GPX"
        )
        if has_plan
        else say("er staan geen punten (trkpt) in; exporteer de track als GPX")
    )


def _texts(listed: list[str | None]) -> pa.StringArray:
    return pa.array(listed, pa.string())


def _round(name: str | None) -> str | None:
    """Return the round that a track is named after; no other name goes further."""
    named = walks.ROUND.fullmatch((name or "").strip().upper())
    return named[0] if named else None


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

"""Making the videos of a fortnight, beside how long they last."""

import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.output import public_files

from bench.figure import Figure
from wijkbeeld.output import bulletin, captions, storyboard, video

SECONDS_AT_MOST = 120
_DAY = date(2026, 11, 15)
_MONTH = date(2026, 10, 1)
_COUNTS: dict[str, list[int | str | None]] = {
    code: [*[10] * 24, 15] for code in ("1.1.1", "1.2.1", "1.2.3")
}
_WHERE = {code: {"BU05181786": 40, "BU05181795": 25} for code in _COUNTS}


def rows() -> list[Figure]:
    """Return how long both sizes take, and whether they are the same twice."""
    with TemporaryDirectory() as folder:
        path = public_files.write(
            Path(folder) / "public.duckdb", _MONTH, _COUNTS, where=_WHERE
        )
        told = bulletin.of(path, _DAY)
        lasts = captions.timed(storyboard.of(told))[-1].end_frame / captions.RATE
        begun = time.perf_counter()
        written = video.write(told, Path(folder) / "one")
        seconds = time.perf_counter() - begun
        again = video.write(told, Path(folder) / "other")
        alike = sum(
            one.read_bytes() == other.read_bytes()
            for one, other in zip(written, again, strict=True)
        )
        megabytes = sum(path.stat().st_size for path in written) / 1e6
    how = (
        f"{seconds:.0f} s for two videos of {lasts:.0f} s, {megabytes:.1f} MB together"
    )
    return [
        Figure(
            "making both videos / how long they last",
            seconds / (2 * lasts),
            "×",
            how,
            at_most=SECONDS_AT_MOST / (2 * captions.SHORTEST_VIDEO_SECONDS),
        ),
        Figure("making both videos", seconds, "s", how, at_most=SECONDS_AT_MOST),
        Figure(
            "files that are the same, made twice",
            alike,
            "of 3",
            "every byte of both videos and the captions",
            at_least=3,
        ),
    ]

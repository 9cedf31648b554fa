"""The video of the bulletin: frames through a pipe into ffmpeg, as MP4 (H.264, AAC).

Only pictures that differ are drawn; one that stands is handed over again. The
track of sound is silent, because some players and editors take no video without one.
The same bulletin gives the same bytes: no clock is in the file, and the number of
threads is fixed, because it decides how x264 cuts up its work.
"""

import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import imageio_ffmpeg
from PIL import Image

from wijkbeeld import files
from wijkbeeld.language import say
from wijkbeeld.output import captions, frames, storyboard
from wijkbeeld.output.bulletin import Bulletin
from wijkbeeld.output.captions import FADE_FRAMES, RATE, Caption
from wijkbeeld.output.frames import Format
from wijkbeeld.output.storyboard import Storyboard

_THREADS: Final = 2
_BT709: Final = (
    *(0.1826, 0.6142, 0.0620, 16.0),
    *(-0.1006, -0.3386, 0.4392, 128.0),
    *(0.4392, -0.3989, -0.0403, 128.0),
)
"""From red, green and blue to what HD television shows (ITU-R BT.709, 16 to 235).

Done here once for a picture that stands: ffmpeg would do it for each of its frames.
"""
_COLOURS: Final = (
    "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
)
_LAST_LINES: Final = 5
_LANGUAGES: Final = {"nl": "nld", "en": "eng"}
"""As a file of this kind names them (ISO 639-2)."""

Progress = Callable[[int, int], None]
"""Told how many frames of how many are done."""


class VideoError(Exception):
    """The program that makes the video stopped; says what it said."""


def _silently(_done: int, _of: int) -> None:
    pass


def write(
    bulletin: Bulletin, folder: Path, progress: Progress = _silently
) -> list[Path]:
    """Make the video in every size, and its captions; return the files.

    Raises:
        TooLongError: The texts do not fit in the longest video.
        UnfitError: A text does not fit in its place.
        VideoError: ffmpeg failed; holds its last lines.
    """
    number = len(frames.FORMATS)

    def of_all(place: int, done: int, of: int) -> None:
        progress(place * of + done, number * of)

    return [
        write_srt(bulletin, folder),
        *(
            render(bulletin, folder, size, partial(of_all, place))
            for place, size in enumerate(frames.FORMATS)
        ),
    ]


def render(
    bulletin: Bulletin, folder: Path, size: Format, progress: Progress = _silently
) -> Path:
    """Make the video in one size, whole or not at all.

    Args:
        bulletin: What it tells.
        folder: Where it comes.
        size: One of ``frames.FORMATS``.
        progress: Told of every frame that was handed over.

    Raises:
        TooLongError: The texts do not fit in the longest video.
        UnfitError: A text does not fit in its place.
        VideoError: ffmpeg failed; holds its last lines.
    """
    board = storyboard.of(bulletin)
    told = captions.timed(board)
    target = folder / f"video-{size.name}.mp4"
    with files.appearing(target) as scratch:
        encode(board, told, size, scratch, progress)
    return target


def write_srt(bulletin: Bulletin, folder: Path) -> Path:
    """Write the captions beside the videos; they serve both sizes."""
    target = folder / "video.srt"
    told = captions.timed(storyboard.of(bulletin))
    files.write_text(target, captions.srt(told))
    return target


def _stream(
    board: Storyboard, told: Sequence[Caption], size: Format, progress: Progress
) -> Iterator[bytes]:
    """Yield every frame, uncompressed; the first is no fade, since it is the poster."""
    before: tuple[Image.Image, ...] = ()
    silent: tuple[Image.Image, ...] = ()
    done, whole = 0, told[-1].end_frame
    for caption in told:
        picture = _planes(frames.drawn(board, caption.scene, caption.text, size))
        # The old words go before the new ones come: two at once cannot be read.
        fade = [*_faded(before, silent), *_faded(silent, picture)] if before else []
        yield from fade
        still = _bytes(picture)
        for _ in range(caption.frames - len(fade)):
            yield still
        before = picture
        silent = _planes(frames.drawn(board, caption.scene, "", size))
        done += caption.frames
        progress(done, whole)


def _faded(old: Sequence[Image.Image], new: Sequence[Image.Image]) -> Iterator[bytes]:
    steps = FADE_FRAMES // 2
    for step in range(1, steps + 1):
        yield _bytes(
            Image.blend(one, other, step / steps)
            for one, other in zip(old, new, strict=True)
        )


def _planes(picture: Image.Image) -> tuple[Image.Image, ...]:
    """Return brightness, and both colours at half the size: what H.264 is made of."""
    bright, blue, red = picture.convert("RGB", _BT709).split()
    return bright, blue.reduce(2), red.reduce(2)


def _bytes(planes: Iterable[Image.Image]) -> bytes:
    return b"".join(plane.tobytes() for plane in planes)


def encode(
    board: Storyboard,
    told: Sequence[Caption],
    size: Format,
    scratch: Path,
    progress: Progress = _silently,
) -> None:
    """Draw some captions of a storyboard, and write them as a video.

    Raises:
        UnfitError: A text does not fit in its place.
        VideoError: ffmpeg failed; holds its last lines.
    """
    command = _command(board, told[-1].end_frame, size, scratch)
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - a list of ours, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        ) as ffmpeg,
    ):
        try:
            _hand_over(_stream(board, told, size, progress), ffmpeg)
        except BaseException:
            ffmpeg.kill()
            raise
        if ffmpeg.wait():
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").splitlines()
            raise VideoError(
                say(
                    "ffmpeg maakte {file} niet (code {code}): {lines}",
                    file=f"video-{size.name}.mp4",
                    code=ffmpeg.returncode,
                    lines=" | ".join(lines[-_LAST_LINES:]),
                )
            )


def _hand_over(stream: Iterator[bytes], ffmpeg: subprocess.Popen[bytes]) -> None:
    pipe = ffmpeg.stdin
    if pipe is None:
        return
    try:
        for frame in stream:
            pipe.write(frame)
        pipe.close()
    except BrokenPipeError:
        # It stopped by itself; what it said of that is told by whoever waits for it.
        return


def _command(
    board: Storyboard, frame_count: int, size: Format, scratch: Path
) -> list[str]:
    seconds = frame_count / RATE
    language = _LANGUAGES[board.language]
    return [
        imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-hide_banner", "-y",
        *("-loglevel", "error"),
        *("-f", "rawvideo", "-pixel_format", "yuv420p", "-framerate", str(RATE)),
        *("-video_size", size.name, "-i", "pipe:0"),
        *("-f", "lavfi", "-t", f"{seconds:.2f}"),
        *("-i", "anullsrc=sample_rate=48000:channel_layout=stereo"),
        *("-map", "0:v", "-map", "1:a", "-map_metadata", "-1"),
        *("-vf", _COLOURS),
        *("-c:v", "libx264", "-preset", "veryfast", "-tune", "stillimage"),
        *("-crf", "18", "-profile:v", "high", "-g", str(2 * RATE)),
        *("-threads", str(_THREADS)),
        *("-c:a", "aac", "-b:a", "64k"),
        *("-metadata", f"title={board.title}", "-metadata", f"language={language}"),
        *("-metadata:s:v:0", f"language={language}"),
        *("-metadata:s:a:0", f"language={language}"),
        *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
        *("-movflags", "+faststart", "-f", "mp4", str(scratch)),
    ]  # fmt: skip

"""The video is what phones and platforms take, whole, and the same twice."""

import os
import re
import signal
import subprocess
import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import pytest
from PIL import Image, ImageChops, ImageStat
from tests.output import public_files

from wijkbeeld.output import bulletin, captions, frames, storyboard, video
from wijkbeeld.output.captions import FADE_FRAMES, RATE
from wijkbeeld.output.frames import SQUARE
from wijkbeeld.output.video import VideoError

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    # Without figures it is the shortest there can be: 45 seconds.
    path = tmp_path_factory.mktemp("public") / "public.duckdb"
    public_files.write(path, date(2026, 10, 1), {})
    return bulletin.of(path, date(2026, 11, 15))


@pytest.fixture(scope="module")
def board(known):
    return storyboard.of(known)


@pytest.fixture(scope="module")
def rendered(known, tmp_path_factory):
    folder = tmp_path_factory.mktemp("video")
    return video.render(known, folder, SQUARE)


@pytest.fixture(scope="module")
def told(rendered):
    probed = subprocess.run(
        [FFMPEG, "-hide_banner", "-i", rendered], capture_output=True, check=False
    )
    return probed.stderr.decode()


def picture(path: Path, frame: int) -> Image.Image:
    """Decode one frame, as a player does."""
    command = [
        FFMPEG, "-loglevel", "error", "-ss", f"{(frame + 0.5) / RATE:.3f}", "-i", path,
        "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1",
    ]  # fmt: skip
    decoded = subprocess.run(command, capture_output=True, check=True).stdout
    return Image.frombytes("RGB", (SQUARE.width, SQUARE.height), decoded)


def test_it_is_what_phones_and_platforms_play(rendered, told):
    assert rendered.name == "video-1080x1080.mp4"
    assert re.search(r"Video: h264 \(High\).*yuv420p\(tv, bt709", told)
    assert re.search(r"1080x1080.* 25 fps", told)
    assert re.search(r"\(nld\): Audio: aac", told)
    assert "Politie Loosduinen: " in told
    assert "creation_time" not in told
    # The index comes first, so that a phone plays it before it has all of it.
    content = rendered.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_it_lasts_as_long_as_its_captions(board, told):
    [(minutes, seconds)] = re.findall(r"Duration: 00:(\d\d):(\d\d\.\d\d)", told)
    length = 60 * int(minutes) + float(seconds)
    assert length == pytest.approx(captions.timed(board)[-1].end_frame / RATE, abs=0.05)
    assert 45 <= length <= 75


def test_at_six_moments_it_shows_what_was_drawn(board, rendered):
    timed = captions.timed(board)
    for caption in [*timed[:3], *timed[-3:]]:
        shown = picture(rendered, (caption.first_frame + caption.end_frame) // 2)
        drawn = frames.drawn(board, caption.scene, caption.text, SQUARE)
        apart = ImageStat.Stat(ImageChops.difference(shown, drawn))
        assert max(apart.mean) < 3
        band = shown.crop(tuple(map(round, SQUARE.caption))).convert("L")
        assert band.getextrema()[1] - band.getextrema()[0] > 150


def test_its_first_frame_is_no_fade(board, rendered):
    drawn = frames.drawn(board, 0, board.scenes[0].captions[0], SQUARE)
    apart = ImageChops.difference(picture(rendered, 0), drawn)
    assert max(ImageStat.Stat(apart).mean) < 3


def test_nothing_flashes(board):
    # WCAG 2.3.1: a flash is a change of a tenth of the brightness, there and back.
    timed = captions.timed(board)
    light = [
        ImageStat.Stat(
            frames.drawn(board, caption.scene, caption.text, SQUARE).convert("L")
        ).mean[0]
        for caption in timed
    ]
    steps = [abs(now - before) / 255 for before, now in pairwise(light)]
    assert max(steps) / (FADE_FRAMES // 2) < 0.1
    assert min(caption.frames for caption in timed) > RATE


def test_the_same_bulletin_gives_the_same_bytes(board, tmp_path):
    timed = captions.timed(board)[:2]
    one, other = tmp_path / "one.mp4", tmp_path / "other.mp4"
    video.encode(board, timed, SQUARE, one)
    time.sleep(1)
    video.encode(board, timed, SQUARE, other)
    assert one.read_bytes() == other.read_bytes()


def test_what_ffmpeg_says_is_in_the_error(known, tmp_path, monkeypatch):
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\necho geen ruimte over >&2\nexit 28\n", "ascii")
    program.chmod(0o755)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(program))
    out = tmp_path / "out"
    with pytest.raises(VideoError, match=r"code 28.*geen ruimte over"):
        video.render(known, out, SQUARE)
    assert list(out.iterdir()) == []


_RENDER = """
import sys
from datetime import date
from pathlib import Path
from wijkbeeld.output import bulletin, frames, video
known = bulletin.of(Path(sys.argv[1]), date(2026, 11, 15))
video.render(known, Path(sys.argv[2]), frames.SQUARE)
"""


def test_a_killed_render_leaves_nothing_under_its_name(tmp_path):
    path = public_files.write(tmp_path / "public.duckdb", date(2026, 10, 1), {})
    out = tmp_path / "out"
    out.mkdir()
    rendering = subprocess.Popen(
        [sys.executable, "-c", _RENDER, path, out], start_new_session=True
    )
    while not list(out.glob(".*.scratch")):
        assert rendering.poll() is None
        time.sleep(0.05)
    os.killpg(rendering.pid, signal.SIGKILL)
    rendering.wait()
    assert list(out.glob("video*")) == []


def test_the_captions_are_written_beside_it(known, tmp_path):
    written = video.write_srt(known, tmp_path)
    assert written.name == "video.srt"
    assert written.read_text("utf-8").startswith("1\n00:00:00,000 --> ")

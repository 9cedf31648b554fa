"""Captions can be read in time, and the video lasts 45 to 75 seconds."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbeeld.output import captions
from wijkbeeld.output.captions import RATE, TooLongError
from wijkbeeld.output.storyboard import Closing, Storyboard

_BLOCK = re.compile(
    r"(\d+)\n(\d\d):(\d\d):(\d\d),(\d{3}) --> (\d\d):(\d\d):(\d\d),(\d{3})\n(.+)",
    re.DOTALL,
)
texts = st.text("abc é’", min_size=1, max_size=80).filter(str.strip)


def board(*scenes: list[str]) -> Storyboard:
    return Storyboard(
        "titel", "Politie Loosduinen", "oktober 2026", "nl", False,
        tuple(Closing("", (), tuple(told)) for told in scenes),
    )  # fmt: skip


def blocks(srt: str) -> list[tuple[int, float, float, str]]:
    read = []
    for block in srt.rstrip("\n").split("\n\n"):
        found = _BLOCK.fullmatch(block)
        assert found, block
        number, *clocks = (int(part) for part in found.groups()[:-1])
        begin, end = (
            3600 * h + 60 * m + s + ms / 1000
            for h, m, s, ms in (clocks[:4], clocks[4:])
        )
        read.append((number, begin, end, found[10]))
    return read


@given(st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=6))
def test_whatever_is_told_can_be_read_within_the_video_or_is_refused(scenes):
    try:
        timed = captions.timed(board(*scenes))
    except TooLongError:
        least = sum(max(2, len(text) / 15) + 0.5 for told in scenes for text in told)
        assert least > 60
        return
    read = blocks(captions.srt(timed))
    length = timed[-1].end_frame / RATE
    assert 45 <= length <= 75
    assert [number for number, *_ in read] == list(range(1, len(timed) + 1))
    before = 0.0
    for (_, begin, end, _text), caption in zip(read, timed, strict=True):
        assert before <= begin < end <= length
        assert end - begin >= max(2, len(caption.text) / 15)
        before = end


def test_each_caption_begins_where_the_one_before_it_ends():
    timed = captions.timed(board(["een", "twee"], ["drie"]))
    assert timed[0].first_frame == 0
    assert [c.first_frame for c in timed[1:]] == [c.end_frame for c in timed[:-1]]


def test_what_stands_in_the_picture_gives_its_first_caption_more_time():
    plain = board(["kort"] * 3, ["kort"] * 20)
    full = replace(
        plain,
        scenes=(replace(plain.scenes[0], title="t" * 60), *plain.scenes[1:]),
    )
    short, long = captions.timed(plain)[0], captions.timed(full)[0]
    assert long.frames - short.frames >= 2 * RATE


def test_texts_that_take_too_long_are_named():
    scenes = ["Dit leest niemand in de tijd die er is, want het is te lang. " * 2] * 12
    with pytest.raises(TooLongError, match="Dit leest niemand"):
        captions.timed(board(scenes))


def test_a_long_caption_has_lines_that_a_player_holds():
    [block, *_] = blocks(captions.srt(captions.timed(board(["woord " * 12]))))
    assert max(len(line) for line in block[3].splitlines()) <= 42

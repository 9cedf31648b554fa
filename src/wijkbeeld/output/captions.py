"""How long each caption stands, and the captions as a file (SRT).

The norm is 15 characters per second at most. It is a little slower than the 160 words
per minute at which the BBC's subtitle guidelines begin (16 characters per second, six
to a word), because here the eye has to look at a figure as well; half of all subtitles
made for Dutch television are slower still (11 to 13). Where there is time, captions
stand longer. What is read in the picture counts with the first caption of its scene.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import Final

from wijkbeeld.language import say
from wijkbeeld.output.storyboard import Storyboard

RATE: Final = 25
"""Frames per second."""
FASTEST: Final = 15
"""Characters per second that are read without haste; nothing goes faster."""
AT_EASE: Final = 13
"""Characters per second where the video has room for it."""
SHORTEST_SECONDS: Final = 2
SHORTEST_VIDEO_SECONDS, LONGEST_VIDEO_SECONDS = 45, 75
FADE_FRAMES: Final = 10
"""Less than half a second in which one picture becomes the next; nobody reads then."""
_LINE_CHARACTERS: Final = 42
"""What a line of a player holds."""
_GAP_FRAMES: Final = 2
"""Between two captions in the file, so that a player shows them as two."""


class TooLongError(Exception):
    """The texts cannot be read within the longest video."""


@dataclass(frozen=True)
class Caption:
    """One caption, and in which frames it stands."""

    scene: int
    """Which scene of the storyboard it belongs to."""
    text: str
    first_frame: int
    end_frame: int
    """The first frame that is no longer its own."""

    @property
    def frames(self) -> int:
        """Return how many frames are its own, the fade at its beginning included."""
        return self.end_frame - self.first_frame


def timed(board: Storyboard) -> tuple[Caption, ...]:
    """Give every caption the time it needs; the whole lasts 45 to 75 seconds.

    Raises:
        TooLongError: Even at the fastest reading it lasts longer; names the texts.
    """
    texts = [
        (number, text, len(text) + (len(scene.words) if place == 0 else 0))
        for number, scene in enumerate(board.scenes)
        for place, text in enumerate(scene.captions)
    ]
    frames = _frames([length for _, _, length in texts])
    if frames is None:
        longest = sorted(texts, key=lambda told: -told[2])[:3]
        raise TooLongError(
            say(
                "De video wordt langer dan {seconds} seconden. Maak deze teksten "
                "korter: {texts}",
                seconds=LONGEST_VIDEO_SECONDS,
                texts=" | ".join(text for _, text, _ in longest),
            )
        )
    ends = list(accumulate(frames))
    return tuple(
        Caption(number, text, end - own, end)
        for (number, text, _), own, end in zip(texts, frames, ends, strict=True)
    )


def _frames(lengths: Sequence[int]) -> list[int] | None:
    """Return how many frames each text gets; none where they do not fit at all."""
    least = [_reading(length, FASTEST) for length in lengths]
    wanted = [_reading(length, AT_EASE) for length in lengths]
    shortest, longest = SHORTEST_VIDEO_SECONDS * RATE, LONGEST_VIDEO_SECONDS * RATE
    if sum(least) > longest:
        return None
    if sum(wanted) > longest:
        spare = [more - less for more, less in zip(wanted, least, strict=True)]
        return _shared(longest - sum(least), spare, least)
    if sum(wanted) < shortest:
        return _shared(shortest - sum(wanted), wanted, wanted)
    return wanted


def _reading(length: int, speed: int) -> int:
    seconds = max(SHORTEST_SECONDS, length / speed)
    return FADE_FRAMES + ceil(seconds * RATE)


def _shared(frames: int, weights: Sequence[int], base: Sequence[int]) -> list[int]:
    """Add frames to each by its weight; their sum is exact."""
    whole = sum(weights)
    until = [frames * part // whole for part in accumulate(weights)]
    added = [now - before for now, before in zip(until, [0, *until], strict=False)]
    return [own + more for own, more in zip(base, added, strict=True)]


def srt(captions: Sequence[Caption]) -> str:
    """Return the captions as a file that players and platforms take."""
    return "\n".join(
        f"{number}\n{_clock(caption.first_frame)} --> "
        f"{_clock(caption.end_frame - _GAP_FRAMES)}\n{_in_lines(caption.text)}\n"
        for number, caption in enumerate(captions, 1)
    )


def _clock(frame: int) -> str:
    seconds, frames = divmod(frame, RATE)
    minutes, seconds = divmod(seconds, 60)
    return f"00:{minutes:02}:{seconds:02},{frames * 1000 // RATE:03}"


def _in_lines(text: str) -> str:
    return "\n".join(textwrap.wrap(text, _LINE_CHARACTERS))

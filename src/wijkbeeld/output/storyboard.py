"""What the video tells, scene by scene, before anything is drawn or timed.

A scene holds what is drawn, and the captions under it. The captions alone tell the
whole story, because most people see it on a phone without sound.
"""

from dataclasses import dataclass
from typing import Final

from wijkbeeld.output.slide import AreaMap

FEW: Final = "<5"


@dataclass(frozen=True)
class Bar:
    """One bar of a count: a rounded value, or a word where there is none."""

    label: str
    value: int | None
    told: str

    @property
    def is_few(self) -> bool:
        """Whether it is withheld because it is 1 to 4."""
        return self.value is None and self.told == FEW


@dataclass(frozen=True)
class Opening:
    """Whose video it is, and of which month."""

    team: str
    title: str
    month: str
    captions: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is read in the picture and said in no caption."""
        return self.title


@dataclass(frozen=True)
class Count:
    """One offence: its count, a word for the change, and a bar for each year."""

    offence: str
    told: str
    change: str
    direction: int
    """1 for more, -1 for less, 0 for as many; told by an arrow beside the word."""
    has_direction: bool
    bars: tuple[Bar, ...]
    captions: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is read in the picture and said in no caption."""
        return " ".join((self.offence, *(bar.label for bar in self.bars)))


@dataclass(frozen=True)
class Places:
    """The map of the buurten, with the names of those with most."""

    map: AreaMap
    period: str
    captions: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is read in the picture itself."""
        return " ".join(
            (self.map.title, self.period, *(a.told for a in self.map.areas))
        )


@dataclass(frozen=True)
class Advice:
    """One thing to do, with a picture that fits theme and season."""

    theme: str
    """The offence that it prevents, as ``1.1.1``."""
    season: str
    short: str
    captions: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is read in the picture and said in no caption."""
        return ""


@dataclass(frozen=True)
class Closing:
    """Whom to call, and when."""

    title: str
    ways: tuple[tuple[str, str], ...]
    """What to call or visit, and when to."""
    captions: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is read in the picture and said in no caption."""
        return self.title


Scene = Opening | Count | Places | Advice | Closing


@dataclass(frozen=True)
class Storyboard:
    """A video from beginning to end, ready to be timed and drawn."""

    title: str
    team: str
    month: str
    language: str
    has_demo: bool
    scenes: tuple[Scene, ...]

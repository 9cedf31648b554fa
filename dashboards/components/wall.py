"""What is on the wall, for whoever shows it and whoever steers it from a phone.

One per briefing and process. Only the team's process keeps one: its sessions are those
of the wall and of the notes.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock

import streamlit as st

_LONGEST_EVENING = timedelta(hours=4)


@dataclass
class Wall:
    """The slide that is shown, and since when; sessions run at the same time."""

    key: str = ""
    turn: int = 0
    """Grows with each change, so that a session sees that another one steered."""
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    _moved: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def show(self, key: str) -> int:
        """Show a slide; return the turn with which it came."""
        with self._lock:
            now = datetime.now(UTC)
            if not self.is_on(now):
                self.began = now
            self.key, self._moved = key, now
            self.turn += 1
            return self.turn

    def shown(self) -> tuple[str | None, int]:
        """Return the slide of the evening that is under way, and its turn."""
        with self._lock:
            return self.key if self.is_on(datetime.now(UTC)) else None, self.turn

    def restart_clock(self) -> None:
        """Count from now."""
        with self._lock:
            self.began = datetime.now(UTC)

    def is_on(self, now: datetime) -> bool:
        """Tell whether the last change was of this evening."""
        return self._moved is not None and now - self._moved < _LONGEST_EVENING


@st.cache_resource(max_entries=24, show_spinner=False)
def of(month: str) -> Wall:  # noqa: ARG001 - what it is kept by
    """Return the wall of a briefing, one for all sessions of this process.

    Args:
        month: As in an address: 2026-10.
    """
    return Wall()

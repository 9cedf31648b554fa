"""What was pulled before, so that only what is new is asked for."""

import json
from pathlib import Path
from typing import NamedTuple, Self

from wijkbeeld import files
from wijkbeeld.settings import settings


class Part(NamedTuple):
    """The state of a part of a table when it was pulled."""

    modified: str
    """When the table was changed last."""
    scope: str
    """Which regions and columns were asked for."""
    is_final: bool


class Memory:
    """What was pulled of one table; kept on disk after every part."""

    def __init__(self, path: Path, done: str | None, parts: dict[str, Part]) -> None:
        """Remember so much."""
        self._path = path
        self.done = done
        """What was asked for when last all of it came."""
        self._parts = parts

    @classmethod
    def of(cls, number: str) -> Self:
        """Return what is remembered of a table; nothing where it cannot be read.

        Then all is pulled again, and landing knows what it had.
        """
        path = settings().home / "pull" / f"{number}.json"
        try:
            told = json.loads(path.read_text("utf-8"))
            parts = {key: Part(**part) for key, part in told["parts"].items()}
            return cls(path, told["done"], parts)
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            return cls(path, None, {})

    def is_due(self, key: str, now: Part, *, is_corrected: bool) -> bool:
        """Tell whether a part may differ from what was pulled.

        Final figures stay when others of the table change; unless the publisher says
        that they were corrected, or regions were divided anew.
        """
        was = self._parts.get(key)
        if was is None or was.scope != now.scope:
            return True
        stays = was.is_final and now.is_final and not is_corrected
        return was.modified != now.modified and not stays

    def keep(self, key: str, part: Part) -> None:
        """Remember a part that has reached the inbox."""
        self._parts[key] = part
        self._write()

    def finish(self, done: str) -> None:
        """Remember that all that was due has come."""
        self.done = done
        self._write()

    def forget(self) -> None:
        """Remember nothing any more."""
        self.done, self._parts = None, {}
        self._write()

    def _write(self) -> None:
        told = {
            "done": self.done,
            "parts": {key: part._asdict() for key, part in self._parts.items()},
        }
        files.write_text(self._path, json.dumps(told, indent=1))

"""docker-compose.yml as Docker reads it: anchors merged, variables filled in."""

import re
from typing import Any

import yaml

from wijkbeeld.settings import settings

ROOT = settings().checkout
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")

# $$ is a dollar; ${NAME:?message} must be set; ${NAME:-value} may be.
VARIABLE = re.compile(
    r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?::(?P<kind>[?-])(?P<text>[^}]*))?\})"
)


class UnsetError(LookupError):
    """A variable that must be set is not; the message is what Docker would say."""


def raw() -> dict[str, Any]:
    """Return the file as it stands."""
    return yaml.safe_load(TEXT)


def filled_in(values: dict[str, str]) -> dict[str, Any]:
    """Return the file with its variables filled in, as `docker compose config`.

    Raises:
        UnsetError: A value is missing or empty that must be set.
    """
    filled = _filled_in(raw(), values)
    for service in filled["services"].values():
        # A name without a value has that of .env, and is left out when that has none.
        service["environment"] = {
            name: values[name] if value is None else value
            for name, value in service.get("environment", {}).items()
            if value is not None or name in values
        }
    return filled


def _filled_in(node: Any, values: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _filled_in(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled_in(value, values) for value in node]
    if isinstance(node, str):
        return VARIABLE.sub(lambda found: _value(found, values), node)
    return node


def _value(found: re.Match[str], values: dict[str, str]) -> str:
    if found["dollar"]:
        return "$"
    given = values.get(found["name"], "")
    if not given and found["kind"] == "?":
        raise UnsetError(f"{found['name']}: {found['text']}")
    return given or (found["text"] if found["kind"] == "-" else "")

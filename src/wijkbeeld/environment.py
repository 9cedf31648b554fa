"""What is wrong with the settings, told before anything else is said."""

import os

from pydantic import ValidationError
from pydantic_settings import SettingsError

from wijkbeeld.language import later, said_in
from wijkbeeld.settings import Settings, settings

_PREFIX = str(Settings.model_config["env_prefix"])


def complaint() -> str:
    """Return what is wrong with the settings and what to do; empty when nothing is.

    No value is told, because it may be a secret.
    """
    try:
        settings()
    except ValidationError as wrong:
        return "\n".join(
            _told(str(error["loc"][0]), error["msg"])
            for error in wrong.errors(include_input=False, include_url=False)
        )
    except SettingsError as wrong:
        # It holds the name of the field, and no other name of one.
        names = [name for name in Settings.model_fields if f'"{name}"' in str(wrong)]
        return "\n".join(_told(name, 'JSON, ["…"]') for name in names)
    return ""


def _told(name: str, expected: str) -> str:
    text = later(
        "de instelling {name} kan zo niet worden gebruikt ({expected}); geef haar een "
        "andere waarde of laat haar weg"
    )
    # The language is a setting too, and may be the one that is wrong.
    said = said_in(text, os.environ.get(f"{_PREFIX}LANGUAGE", "nl"))
    return said.format(name=f"{_PREFIX}{name.upper()}", expected=expected)

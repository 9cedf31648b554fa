"""Names of files that tell of a person, and the names they get instead.

A record of a delivery is kept for ever, and so is what the file was called. What a name
says of its content (when it was exported, which round was walked) stays in it.
"""

import re
from functools import cache
from pathlib import Path
from uuid import uuid4

from wijkbeeld import files, reference
from wijkbeeld.landing import exported, personal, walks
from wijkbeeld.landing.rejected import SAVED_CHAT_NAME, full_name

ENDINGS = ("csv", "txt", "tsv", "xlsx", "json", "geojson", "gpkg", "gpx", "zip", "gz")
"""How the name of a file may end that a page is handed."""
_KINDS = {"name", "phone", "email", "house", "postcode", "iban"}
"""Not plates and BSN: dates and numbers of tables look like those."""
_DATES = re.compile(
    r"(?<!\d)20\d\d-\d\d(?:-\d\d)?(?!\d)"
    r"|(?<![^_])(?:[0-3]\d[01]\d20\d\d|20\d\d[01]\d[0-3]\d)(?:_?\d{6})?(?!\d)"
)
"""Days and stamps, of which some digits read like the number of a telephone."""
_PERHAPS = re.compile(
    r"[A-Z][\w.'-]*[ _]|[ _][A-Z]|\d[A-Z]|@|(?<![\d-])(?:0|\+31)[\d _-]{8}"
)
"""What all that is found has in it: most names do not, and that is sooner seen."""
_DATED = re.compile(r"\d{4}-\d{2}(?:-\d{2})?__")


def is_personal(name: str) -> bool:
    """Tell whether a name holds that of a person, a number, or an address."""
    if SAVED_CHAT_NAME.search(name):
        return True
    if not _PERHAPS.search(name):
        return False
    text = _buurten().sub("", _DATES.sub("", name)).replace("_", " ")
    return any(found.kind in _KINDS for found in personal.located(text))


def neutral(path: Path, source: str) -> str:
    """Return a name that tells the source of a file, and nothing of a person.

    That of a chat still says so: what is called a chat is not kept when it is refused.
    """
    name = full_name(path)
    said = exported.said_in(name)
    dated = _DATED.match(name)
    walked = walks.ROUND.search(path.stem.upper())
    ending = path.suffix.casefold()
    return "".join(
        [
            dated[0] if dated else f"{said:%Y-%m-%d}__" if said else "",
            "demo_" if exported.is_demo(name) else "",
            f"{walked[0]}-" if walked else "",
            "whatsapp-chat-" if SAVED_CHAT_NAME.search(name) else "",
            f"{source}-{_content(path)}",
            ending if ending.removeprefix(".") in ENDINGS else "",
        ]
    )


def _content(path: Path) -> str:
    """Return how the hash of a file begins; of one that cannot be read, a number."""
    try:
        sha256 = "" if path.is_symlink() else files.sha256_of(path)
    except OSError:
        sha256 = ""
    return (sha256 or uuid4().hex)[:12]


@cache
def _buurten() -> re.Pattern[str]:
    """Return the names of places of ours: a count beside one is no address."""
    places = {
        name
        for buurt in reference.buurten()
        for whole in (buurt.buurt_name, buurt.wijk_name, *buurt.former_names)
        for name in (whole, *whole.split(" en "))
    }
    longest_first = sorted(places, key=len, reverse=True)
    named = "|".join(re.escape(name).replace(r"\ ", "[ _]") for name in longest_first)
    return re.compile(rf"(?<![^\W_])(?:{named})(?![^\W_])")

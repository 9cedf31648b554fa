"""A tree per role, so that a container can be given one role's files and no other.

``readers/<role>/`` is laid out as ``published/``, with the files that the role may see:
its own, and that of residents, because the team shows them their own figures. They are
hard links, which cost no room and end with the publication. A reader mounts one of
the trees where it looks for publications.
"""

import os
import shutil
from pathlib import Path

from wijkbeeld import files
from wijkbeeld.publish.freezing import FOLDER
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings

_POINTER = "current"
_OF_ALL = "public"


def hand_out(names: list[str], current: str) -> None:
    """Let every tree hold these publications, and point at the current one.

    Whatever is missing is made and whatever is too much goes, so that a hand-out
    that was killed is finished by the next one.

    Args:
        names: Publications in the archive.
        current: The one that readers follow.
    """
    for role in ROLES:
        tree = settings().home / "readers" / role
        tree.mkdir(parents=True, exist_ok=True)
        for name in names:
            _link(settings().published / name, tree / name, sorted({role, _OF_ALL}))
        if not _says(tree / _POINTER, current):
            files.write_text(tree / _POINTER, current)
        for entry in tree.iterdir():
            if entry.name not in {*names, _POINTER, FOLDER}:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def hand_out_frozen(records: list[Path]) -> None:
    """Let every tree say which publications briefings were held with."""
    for role in ROLES:
        for record in records:
            target = settings().home / "readers" / role / FOLDER / record.name
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                os.link(record, target)
                files.sync(target.parent)


def _link(source: Path, folder: Path, roles: list[str]) -> None:
    missing = [f"{role}.duckdb" for role in roles]
    missing = [name for name in missing if not (folder / name).exists()]
    if not missing:
        return
    # A folder that is there has readers: what it lacks is put into it.
    scratch = folder if folder.exists() else folder.with_name(f".{folder.name}")
    if scratch != folder:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
    for name in missing:
        os.link(source / name, scratch / name)
    scratch.rename(folder)
    files.sync(folder.parent)


def _says(pointer: Path, name: str) -> bool:
    return pointer.exists() and pointer.read_text("utf-8") == name

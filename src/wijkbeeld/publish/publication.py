"""A publication: a folder with one DuckDB file per role, never changed again.

``published/<name>/{public,team,analyst}.duckdb``, and ``published/current``, which
holds the name that readers follow. Every publication has a name of its own, because
DuckDB hands a process that still holds a file the old content when it opens the
same name again. A name that begins with a dot is work of a publish that is under
way, or was killed. ``frozen/`` says which ones briefings were held with.
"""

import hashlib
import re
import shutil
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb

from wijkbeeld import files
from wijkbeeld.language import say
from wijkbeeld.publish import cube, freezing, readers, role_file
from wijkbeeld.publish.freezing import Frozen
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings

_POINTER, _SCRATCH = "current", ".{}.scratch"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stamp>\d{8}T\d{6}Z)_(?P<build>[\w-]+)")
_BUILD_CHARACTERS = 60


class NothingPublishedError(LookupError):
    """There is no publication to read yet."""


class NotFreezableError(LookupError):
    """There is no such publication, or it does not hold the month."""


class Publication(NamedTuple):
    """One publication in the archive."""

    name: str
    published_at: datetime
    """Aware, in UTC."""
    folder: Path
    is_current: bool
    is_frozen: bool
    """Named by a briefing, so it is never thrown away."""


def publish(build: str, needed: Collection[str] = ()) -> str:
    """Publish the marts of the warehouse, and point readers at them.

    Killed at any moment, the same call finishes; a second call waits for the
    first. Only the build may write to the warehouse, and not meanwhile.

    Args:
        build: Names the build that made the marts; repeating it repeats nothing,
            and never takes readers back to an older publication.
        needed: Names of publications that are kept, however old.

    Returns:
        The name of the publication.

    Raises:
        FileNotFoundError: There is no warehouse yet.
        UnknownColumnsError: A role is promised a column that its mart has not.
        ContradictionError: The figures for the public cannot all be true.
        SmallCountError: A figure for the public tells a small or an exact count.
    """
    root = settings().published
    root.mkdir(parents=True, exist_ok=True)
    with files.exclusive(settings().locks / "publish"):
        _sweep(root)
        slug = _slug(build)
        done = [p.name for p in publications() if p.name.partition("_")[2] == slug]
        name = done[0] if done else _write(root, build)
        if name > (_pointed(root) or ""):
            files.write_text(root / _POINTER, name)
        _prune(root, needed)
        _hand_out(root)
        return name


def current(role: str) -> Path:
    """Return the file of one role in the publication that readers see now.

    Raises:
        NothingPublishedError: There is none.
        ValueError: There is no such role.
    """
    if role not in ROLES:
        raise ValueError(f"no role {role!r}; there are {', '.join(ROLES)}")
    root = settings().published
    name = _pointed(root)
    if name is None:
        raise NothingPublishedError(
            say(
                "in {folder} is nog niets gepubliceerd; doe: wijkbeeld build",
                folder=root,
            )
        )
    path = root / name / f"{role}.duckdb"
    if not path.exists():
        raise NothingPublishedError(
            say("{path} is er niet; publiceer opnieuw: wijkbeeld build", path=path)
        )
    return path


def publications() -> list[Publication]:
    """Return all publications that can be read, the newest first."""
    root = settings().published
    pointed, frozen = _pointed(root), freezing.names(root)
    found = [
        Publication(
            name=path.name,
            published_at=datetime.strptime(stamp["stamp"], _STAMP).replace(tzinfo=UTC),
            folder=path,
            is_current=path.name == pointed,
            is_frozen=path.name in frozen,
        )
        for path in root.glob("*_*")
        if (stamp := _NAME.fullmatch(path.name)) and path.is_dir()
    ]
    return sorted(found, reverse=True)


def freeze(month: date, name: str | None = None, *, again: bool = False) -> Frozen:
    """Keep a publication for ever, as that with which a month is presented.

    Killed at any moment, the same call finishes. A month that was frozen stays as it
    was, unless it is frozen again: then the newest is shown, and both are kept.

    Args:
        month: Any day of the month that the briefing is about.
        name: The publication; the one that readers see now when none is named.
        again: Freeze also when the month was frozen with another publication.

    Returns:
        The record of what is shown for that month.

    Raises:
        NothingPublishedError: There is none yet.
        NotFreezableError: It is not there, or says nothing of the month.
    """
    root, first = settings().published, month.replace(day=1)
    with files.exclusive(settings().locks / "publish"):
        _sweep(root)
        wanted = name or current("team").parent.name
        before = [f for f in freezing.records(root) if f.month == first]
        if before and (not again or before[0].publication == wanted):
            chosen = before[0]
        else:
            chosen = _as_record(root / wanted, first)
            freezing.write(root, chosen)
        _hand_out(root)
        return chosen


def frozen(role: str) -> dict[date, tuple[Frozen, Path]]:
    """Return per month that was frozen what is shown for it, and the role's file."""
    root = settings().published
    shown: dict[date, tuple[Frozen, Path]] = {}
    for record in freezing.records(root):
        path = root / record.publication / f"{role}.duckdb"
        if path.exists():
            shown.setdefault(record.month, (record, path))
    return shown


def _as_record(folder: Path, month: date) -> Frozen:
    if not _NAME.fullmatch(folder.name) or not folder.is_dir():
        raise NotFreezableError(say("er is geen publicatie {name}", name=folder.name))
    team = folder / "team.duckdb"
    with duckdb.connect(str(team), read_only=True) as con:
        [(build, has_month)] = con.execute(
            "select build, exists (from marts.rpt_briefing where month = ?) "
            "from marts.publication",
            [month],
        ).fetchall()
    if not has_month:
        raise NotFreezableError(
            say(
                "publicatie {name} heeft geen cijfers over {month}: bouw eerst met de "
                "leveringen van die maand",
                name=folder.name,
                month=f"{month:%Y-%m}",
            )
        )
    return Frozen(
        month=month,
        publication=folder.name,
        frozen_at=datetime.now(UTC),
        build=build,
        files={role: files.sha256_of(folder / f"{role}.duckdb") for role in ROLES},
    )


def prune(needed: Collection[str] = ()) -> list[str]:
    """Throw old publications away, down to the bound of the settings.

    The current one stays, and so does every one that is named in ``frozen/``, by
    the name of a file there or in its text.

    Args:
        needed: Names of others that stay.

    Returns:
        The names of those thrown away.
    """
    with files.exclusive(settings().locks / "publish"):
        root = settings().published
        _sweep(root)
        pruned = _prune(root, needed)
        _hand_out(root)
        return pruned


def _hand_out(root: Path) -> None:
    if pointed := _pointed(root):
        readers.hand_out([p.name for p in publications()], pointed)
        readers.hand_out_frozen(list((root / freezing.FOLDER).glob("[!.]*.json")))


def _prune(root: Path, needed: Collection[str]) -> list[str]:
    old = [
        publication
        for publication in publications()[settings().publications_kept :]
        if not (publication.is_current or publication.is_frozen)
        and publication.name not in needed
    ]
    for publication in old:
        # It goes from the archive whole; a kill leaves a scratch name, not a torso.
        scratch = root / _SCRATCH.format(publication.name)
        publication.folder.rename(scratch)
        shutil.rmtree(scratch)
    return [publication.name for publication in old]


def _write(root: Path, build: str) -> str:
    published_at = _later_than_all(datetime.now(UTC).replace(microsecond=0))
    name = f"{published_at:{_STAMP}}_{_slug(build)}"
    scratch = root / _SCRATCH.format(name)
    scratch.mkdir()
    try:
        stamp = role_file.Stamp(name, published_at, build)
        for written in role_file.write_all(
            settings().warehouse, scratch, stamp, _history(published_at)
        ):
            files.sync(written)
        files.sync(scratch)
        scratch.rename(root / name)
        files.sync(root)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return name


def _history(published_at: datetime) -> cube.History:
    """Return what was told before; the newest publication remembers the most."""
    before = [p for p in publications() if (p.folder / "public.duckdb").exists()]
    # Where the chain of memories was broken, what was presented is still known.
    frozen = [p for p in before[1:] if p.is_frozen]
    return cube.History(
        earlier=tuple(p.folder / "public.duckdb" for p in [*before[:1], *frozen]),
        today=published_at.date(),
        at_once=settings().public_corrections_at_once,
        memory=settings().warehouse.with_name("audited.json"),
    )


def _later_than_all(moment: datetime) -> datetime:
    """Return the moment, or one after the newest publication if the clock is back."""
    newest = [p.published_at + timedelta(seconds=1) for p in publications()[:1]]
    return max([moment, *newest])


def _slug(build: str) -> str:
    """Return a build's name as it may stand in a path; two builds never share one."""
    if not build.strip():
        raise ValueError("a build without a name cannot be published once")
    readable = re.sub(r"[^A-Za-z0-9]+", "-", build).strip("-")[:_BUILD_CHARACTERS]
    return f"{readable}-{hashlib.sha256(build.encode()).hexdigest()[:8]}"


def _pointed(root: Path) -> str | None:
    try:
        return (root / _POINTER).read_text("utf-8").strip()
    except FileNotFoundError:
        return None


def _sweep(root: Path) -> None:
    """Remove what killed runs left; nobody else is at work, for we hold the lock."""
    pattern = _SCRATCH.format("*")
    for left in [*root.glob(pattern), *(root / freezing.FOLDER).glob(pattern)]:
        shutil.rmtree(left) if left.is_dir() else left.unlink()

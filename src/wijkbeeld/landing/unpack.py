"""From the delivered file to the one file that is in it, and what form it has."""

import gzip
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Literal, NamedTuple

from wijkbeeld.landing import text as encodings
from wijkbeeld.landing.rejected import RejectedError, told
from wijkbeeld.language import later, say
from wijkbeeld.settings import settings

Form = Literal["delimited", "workbook", "json", "geopackage", "chat", "gpx"]

DAMAGE = (
    *(EOFError, ValueError, RuntimeError, lzma.LZMAError, zlib.error),
    zipfile.BadZipFile,
)
"""What is raised while something damaged is unpacked, beside a bare OSError."""
_BLOCK = 1 << 20
_GZIP, _OLE = b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
_SQLITE = b"SQLite format 3\x00"
_OTHER_FORMS = {
    b"%PDF": later("een PDF"),
    b"\x89PNG": later("een afbeelding"),
    b"\xff\xd8\xff": later("een afbeelding"),
    b"Rar!": later("een RAR-archief"),
    b"7z\xbc\xaf": later("een 7-Zip-archief"),
}


class Unpacked(NamedTuple):
    """The file that holds the rows."""

    path: Path
    name: str
    """Name of the member, for a zip; else that of the delivery."""
    form: Form


@contextmanager
def unpacked(delivery: Path) -> Iterator[Unpacked]:
    """Yield the one file of rows in a delivery; what was unpacked goes away again.

    Raises:
        RejectedError: It is a form that we do not read, or too large.
    """
    if not first_bytes(delivery, 2).startswith((_GZIP, b"PK")):
        path, name = _plain_file(delivery, delivery.parent)
        yield Unpacked(path, name, _form(path))
        return
    scratch = settings().home / "scratch"
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(dir=scratch, prefix=".") as folder:
        path, name = _plain_file(delivery, Path(folder))
        yield Unpacked(path, name, _form(path))


def first_bytes(path: Path, size: int = 4096) -> bytes:
    """Return how a file begins."""
    with path.open("rb") as handle:
        return handle.read(size)


def _plain_file(delivery: Path, folder: Path) -> tuple[Path, str]:
    start = first_bytes(delivery)
    if not start:
        raise RejectedError(say("het bestand is leeg; exporteer het opnieuw"))
    if start.startswith(_GZIP):
        target = folder / "unzipped"
        try:
            with gzip.open(delivery) as packed:
                _copy(packed, target, delivery.stat().st_size)
        except RejectedError:
            raise
        except (OSError, *DAMAGE) as fault:
            _raise_what_is_of_the_computer(fault)
            raise RejectedError(
                say(
                    "het gzip-bestand is beschadigd ({fault}); stuur het opnieuw",
                    fault=told(fault),
                )
            ) from None
        return _not_packed(target), delivery.name.removesuffix(".gz")
    if start.startswith(b"PK") and not _is_workbook(delivery):
        return _member(delivery, folder)
    return delivery, delivery.name


def _not_packed(path: Path) -> Path:
    start = first_bytes(path)
    if not start:
        raise RejectedError(
            say("in het archief zit een leeg bestand; exporteer het bestand opnieuw")
        )
    if start.startswith((_GZIP, b"PK")) and not _is_workbook(path):
        raise RejectedError(
            say(
                "in het archief zit nog een archief; pak het uit en "
                "stuur het bestand zelf"
            )
        )
    return path


def _member(archive: Path, folder: Path) -> tuple[Path, str]:
    try:
        with zipfile.ZipFile(archive) as packed:
            member = _one_data_file(packed)
            target = folder / "member"
            with packed.open(member) as content:
                _copy(content, target, max(member.compress_size, 1))
    except RejectedError:
        raise
    except NotImplementedError:
        raise RejectedError(
            say(
                "het zip-bestand is ingepakt op een manier die niet wordt gelezen; "
                "stuur het bestand zelf"
            )
        ) from None
    except (OSError, *DAMAGE) as fault:
        _raise_what_is_of_the_computer(fault)
        raise RejectedError(
            say(
                "het zip-bestand is niet te lezen ({fault}); pak het uit en stuur het "
                "bestand zelf",
                fault=told(fault),
            )
        ) from None
    return _not_packed(target), PurePosixPath(member.filename).name


def _raise_what_is_of_the_computer(fault: Exception) -> None:
    """Raise a fault that has a number: a full disk is no damage of the file."""
    if isinstance(fault, OSError) and fault.errno is not None:
        raise fault


def _one_data_file(packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [m for m in packed.infolist() if not m.is_dir()]
    if any(m.filename == "content.xml" for m in members):
        raise RejectedError(
            say("dit is een OpenDocument-bestand; sla het op als .xlsx of CSV")
        )
    for member in members:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename:
            raise RejectedError(
                say(
                    "het zip-bestand bevat een pad dat buiten het zip-bestand wijst; "
                    "maak een nieuw zip-bestand"
                )
            )
        if stat.S_ISLNK(member.external_attr >> 16):
            raise RejectedError(
                say("het zip-bestand bevat een snelkoppeling; pak het bestand zelf in")
            )
        if member.flag_bits & 1:
            raise RejectedError(
                say("het zip-bestand heeft een wachtwoord; stuur het zonder wachtwoord")
            )
    data = [m for m in members if "metadata" not in m.filename.casefold()]
    if len(data) != 1:
        raise RejectedError(
            say(
                "het zip-bestand bevat {count} gegevensbestanden in plaats van één; "
                "stuur ze een voor een",
                count=len(data),
            )
        )
    return data[0]


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, packed_size: int) -> None:
    limit = settings().unpacked_limit_bytes
    ratio = settings().compression_ratio_limit
    size = 0
    with target.open("wb") as out:
        while block := packed.read(_BLOCK):
            size += len(block)
            if size > limit or size > max(packed_size * ratio, _BLOCK):
                raise RejectedError(
                    say(
                        "het bestand wordt na uitpakken groter dan {limit} MB of meer "
                        "dan {ratio} keer zo groot; stuur het uitgepakt",
                        limit=limit // 1_000_000,
                        ratio=ratio,
                    )
                )
            out.write(block)


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return "[Content_Types].xml" in names and any(n.startswith("xl/") for n in names)


def _form(path: Path) -> Form:
    start = first_bytes(path)
    if start.startswith(_OLE):
        raise RejectedError(
            say(
                "dit is een oude .xls of een werkmap met een wachtwoord; sla het "
                "bestand op als .xlsx of CSV, zonder wachtwoord"
            )
        )
    for magic, what in _OTHER_FORMS.items():
        if start.startswith(magic):
            raise RejectedError(
                say(
                    "dit is {what}; sla de gegevens op als .xlsx of CSV", what=say(what)
                )
            )
    if start.startswith(_SQLITE):
        return "geopackage"
    if _is_workbook(path):
        _check_workbook(path)
        return "workbook"
    lines = encodings.beginning(start) if b"\0" in start else []
    if lines and lines[0].lstrip().startswith(("{", "[")):
        raise RejectedError(
            say(
                "dit is JSON in UTF-16, en JSON wordt alleen in UTF-8 gelezen; sla het "
                "bestand op als UTF-8"
            )
        )
    if b"<gpx" in start[:1024]:
        return "gpx"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return "json"
    if text[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise RejectedError(
            say(
                "dit is een webpagina, misschien een foutmelding; download de "
                "gegevens opnieuw"
            )
        )
    return "delimited"


def _check_workbook(path: Path) -> None:
    limit, ratio = settings().unpacked_limit_bytes, settings().compression_ratio_limit
    with zipfile.ZipFile(path) as packed:
        size = sum(member.file_size for member in packed.infolist())
    if size > limit or size > max(path.stat().st_size * ratio, _BLOCK):
        raise RejectedError(
            say(
                "de werkmap is uitgepakt {size} MB groot; stuur de gegevens als CSV",
                size=size // 1_000_000,
            )
        )

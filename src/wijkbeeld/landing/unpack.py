"""From the delivered file to the one file that is in it, and what form it has."""

import gzip
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Literal, NamedTuple

from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.settings import settings

Form = Literal["delimited", "workbook", "json", "geopackage"]

_BLOCK = 1 << 20
_GZIP, _OLE = b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
_SQLITE = b"SQLite format 3\x00"
_OTHER_FORMS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
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
        raise RejectedError("the file is empty; export it again")
    if start.startswith(_GZIP):
        target = folder / "unzipped"
        try:
            with gzip.open(delivery) as packed:
                _copy(packed, target, delivery.stat().st_size)
        except (OSError, EOFError, zlib.error) as fault:
            raise RejectedError(
                f"the gzip file is damaged ({fault}); send it again"
            ) from None
        return _not_packed(target), delivery.name.removesuffix(".gz")
    if start.startswith(b"PK") and not _is_workbook(delivery):
        return _member(delivery, folder)
    return delivery, delivery.name


def _not_packed(path: Path) -> Path:
    start = first_bytes(path)
    if not start:
        raise RejectedError("the archive holds an empty file; export it again")
    if start.startswith((_GZIP, b"PK")) and not _is_workbook(path):
        raise RejectedError("an archive within an archive; unpack it and send the file")
    return path


def _member(archive: Path, folder: Path) -> tuple[Path, str]:
    try:
        with zipfile.ZipFile(archive) as packed:
            member = _one_data_file(packed)
            target = folder / "member"
            with packed.open(member) as content:
                _copy(content, target, max(member.compress_size, 1))
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, RuntimeError) as fault:
        raise RejectedError(
            f"the zip file cannot be read ({fault}); unpack it and send the file"
        ) from None
    except NotImplementedError:
        raise RejectedError(
            "the zip file uses a compression we do not read; send the file itself"
        ) from None
    return _not_packed(target), PurePosixPath(member.filename).name


def _one_data_file(packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [m for m in packed.infolist() if not m.is_dir()]
    if any(m.filename == "content.xml" for m in members):
        raise RejectedError("this is an OpenDocument file; save as .xlsx or CSV")
    for member in members:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename:
            raise RejectedError(
                "the zip holds a path outside itself; zip the file anew"
            )
        if stat.S_ISLNK(member.external_attr >> 16):
            raise RejectedError("the zip holds a link; zip the file itself")
        if member.flag_bits & 1:
            raise RejectedError("the zip has a password; send it without")
    data = [m for m in members if "metadata" not in m.filename.casefold()]
    if len(data) != 1:
        raise RejectedError(
            f"the zip holds {len(data)} data files, not one; send them one by one"
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
                    f"it unpacks to more than {limit // 1_000_000} MB or more than "
                    f"{ratio} times its size; send the file unpacked"
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
            "this is an old .xls or a workbook with a password; save as .xlsx or CSV"
        )
    for magic, what in _OTHER_FORMS.items():
        if start.startswith(magic):
            raise RejectedError(f"this is {what}; save as .xlsx or CSV")
    if start.startswith(_SQLITE):
        return "geopackage"
    if _is_workbook(path):
        _check_workbook(path)
        return "workbook"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return "json"
    if text[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise RejectedError(
            "this is a web page, perhaps of an error; download the data again"
        )
    return "delimited"


def _check_workbook(path: Path) -> None:
    limit, ratio = settings().unpacked_limit_bytes, settings().compression_ratio_limit
    with zipfile.ZipFile(path) as packed:
        size = sum(member.file_size for member in packed.infolist())
    if size > limit or size > max(path.stat().st_size * ratio, _BLOCK):
        raise RejectedError(
            f"the workbook unpacks to {size // 1_000_000} MB; send it as CSV"
        )

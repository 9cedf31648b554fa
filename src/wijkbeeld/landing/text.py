"""From bytes to one clean UTF-8 file, and a count of what is in it (FORMATS 0.2)."""

import codecs
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say

_BLOCK = 1 << 20
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_ODD_SHARE = 0.9


class Text(NamedTuple):
    """A file of text in UTF-8, without NUL."""

    path: Path
    encoding: str
    warnings: list[str]
    may_quote: bool = True
    """Whether there may be a quote in it."""


def as_utf8(path: Path, folder: Path) -> Text:
    """Return the text of a file in UTF-8; in ``folder`` where it was not.

    Raises:
        RejectedError: The bytes are no text.
    """
    with path.open("rb") as handle:
        start = handle.read(4096)
    encoding, bom = _by_bom(start) or (_by_nuls(start), 0)
    if encoding is None:
        fault, may_quote = _looked_through(path)
        if fault is None:
            return Text(path, "utf-8", [], may_quote)
        encoding = "cp1252"
    elif encoding == "utf-8":
        fault, may_quote = _looked_through(path)
        if fault is not None:
            raise RejectedError(
                say(
                    "het bestand zegt dat het UTF-8 is, maar byte {fault} is dat "
                    "niet; exporteer het opnieuw",
                    fault=fault,
                )
            )
        return Text(path, encoding, [], may_quote)
    target = folder / "text"
    _decode(path, encoding, bom, target)
    warnings = (
        [say("het bestand is UTF-16, en is zo gelezen")] if "16" in encoding else []
    )
    return Text(target, encoding, warnings)


def is_utf8(path: Path) -> bool:
    """Tell whether a small file is UTF-8 as it stands."""
    content = path.read_bytes()
    if b"\0" in content or content.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def beginning(start: bytes) -> list[str]:
    """Return the lines at the start of a file, to look at; faults are passed over."""
    try:
        encoding, bom = _by_bom(start) or (_by_nuls(start), 0)
    except RejectedError:
        return []
    shown = start[bom:]
    try:
        text = codecs.getincrementaldecoder(encoding or "utf-8")().decode(shown)
    except UnicodeDecodeError:
        text = shown.decode("cp1252", "replace")
    return text.splitlines()


def _by_bom(start: bytes) -> tuple[str, int] | None:
    for bom, encoding in _BOMS.items():
        if start.startswith(bom):
            return encoding, len(bom)
    return None


def _by_nuls(start: bytes) -> str | None:
    """Return UTF-16 where every second byte is NUL, and nothing where none is."""
    if b"\0" not in start:
        return None
    size = len(start) // 2 * 2
    halves = np.frombuffer(start[:size], np.uint8).reshape(-1, 2) == 0
    even, odd = halves.mean(axis=0) if size else (0, 0)
    if odd > _ODD_SHARE and even == 0:
        return "utf-16-le"
    if even > _ODD_SHARE and odd == 0:
        return "utf-16-be"
    raise _nul(start.index(b"\0"))


def _nul(offset: int) -> RejectedError:
    return RejectedError(
        say(
            "het bestand bevat een NUL-byte op plaats {offset}, dus het is beschadigd "
            "of geen tekst; exporteer het opnieuw",
            offset=offset,
        )
    )


def _looked_through(path: Path) -> tuple[int | None, bool]:
    """Return the offset of the first byte that is not UTF-8, None if all is.

    And tell whether there may be a quote.
    """
    offset, held, may_quote = 0, b"", False
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK):
            nul = block.find(b"\0")
            if nul >= 0:
                raise _nul(offset + len(held) + nul)
            may_quote = may_quote or b'"' in block
            block = held + block
            whole = _whole_characters(block)
            if not _is_valid(block[:whole]):
                break
            offset, held = offset + whole, block[whole:]
        else:
            block = held
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as fault:
        return offset + fault.start, True
    return None, may_quote


def _whole_characters(block: bytes) -> int:
    """Return where a block can be cut: before a character that may be cut off."""
    end = len(block)
    if block[-1] < 0x80:  # noqa: PLR2004 ASCII
        return end
    for at in range(end - 1, max(end - 4, -1), -1):
        if block[at] >= 0xC0:  # noqa: PLR2004 the first byte of a character
            return at
    return end


def _is_valid(block: bytes) -> bool:
    if block.isascii():
        return True
    ends = pa.py_buffer(np.array([0, len(block)], np.int32))
    text = pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(block)])
    try:
        # Arrow is four times as fast as Python, but does not tell where the fault is.
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decode(path: Path, encoding: str, bom: int, target: Path) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    offset = bom
    with path.open("rb") as source, target.open("wb") as out:
        source.seek(bom)
        while True:
            block = source.read(_BLOCK)
            held = len(decoder.getstate()[0])
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as fault:
                raise _undecodable(fault, encoding, offset - held) from None
            if "\0" in text:
                raise _nul(offset)
            out.write(text.encode("utf-8"))
            offset += len(block)
            if not block:
                return


def _undecodable(
    fault: UnicodeDecodeError, encoding: str, offset: int
) -> RejectedError:
    byte = fault.object[fault.start] if fault.start < len(fault.object) else 0
    at = say(
        "byte 0x{byte:02X} op plaats {offset}", byte=byte, offset=offset + fault.start
    )
    if encoding == "cp1252":
        return RejectedError(
            say(
                "het bestand is geen UTF-8 en geen Windows-1252 ({at}); sla het op "
                "als CSV UTF-8",
                at=at,
            )
        )
    return RejectedError(
        say("het bestand is beschadigde UTF-16 ({at}); exporteer het opnieuw", at=at)
    )

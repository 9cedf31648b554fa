"""Pseudonyms: the same text, the same name, and no way back without the key."""

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from wijkbeeld.settings import pseudonym_key

_BLOCK_BYTES = 16
_FIELD_POLYNOMIAL = 0x87
_PADDING = 0x80
_Words = npt.NDArray[np.uint64]


def define(con: duckdb.DuckDBPyConnection) -> None:
    """Define ``pseudonym(text)`` in SQL: AES-CMAC, as a UUID."""
    # Its stubs know only functions of single values, not of columns.
    con.create_function(  # type: ignore[call-overload]
        "pseudonym", _of_column(), ["VARCHAR"], "UUID", type="arrow"
    )


def pseudonym(text: str) -> str:
    """Return the pseudonym of one text, in hexadecimal."""
    return bytes(_authenticated(pa.array([text]), _keys(pseudonym_key()))[0]).hex()


def of_texts(texts: pa.Array) -> pa.Array:
    """Return the pseudonym of each text of a column; null where there is none."""
    return _named(texts, _keys(pseudonym_key()))


def _of_column() -> Callable[[pa.ChunkedArray], pa.Array]:
    keys = _keys(pseudonym_key())
    return lambda texts: _named(texts.combine_chunks(), keys)


def _named(texts: pa.Array, keys: "_Keys") -> pa.Array:
    tags = pa.py_buffer(_authenticated(texts, keys).tobytes())
    known = texts.is_valid().buffers()[1] if texts.null_count else None
    names = pa.Array.from_buffers(
        pa.binary(_BLOCK_BYTES), len(texts), [known, tags], texts.null_count
    )
    return pa.ExtensionArray.from_storage(pa.uuid(), names)


class _Keys(NamedTuple):
    """The key, and what it makes of the bytes that are left of a text at a block.

    Rows 0 to 15 are for a block that is padded, 16 for one that is just filled, 17
    for one that is followed by another.
    """

    key: bytes
    kept: _Words
    """Which bytes of the block belong to the text."""
    added: _Words
    """Padding and subkey, to be added to the last block."""


@cache
def _keys(secret: bytes) -> _Keys:
    """Return the key of the cipher, and its subkeys (RFC 4493, section 2.3)."""
    key = hashlib.sha256(secret).digest()
    whole = _doubled(_encrypted(key, bytes(_BLOCK_BYTES)))
    padded = _doubled(whole)
    kept = np.tri(_BLOCK_BYTES + 2, _BLOCK_BYTES, -1, np.uint8) * np.uint8(0xFF)
    added = np.zeros_like(kept)
    added[:_BLOCK_BYTES] = np.eye(_BLOCK_BYTES, dtype=np.uint8) * np.uint8(_PADDING)
    added[:_BLOCK_BYTES] ^= np.frombuffer(padded, np.uint8)
    added[_BLOCK_BYTES] = np.frombuffer(whole, np.uint8)
    return _Keys(key, _as_words(kept), _as_words(added))


def _authenticated(texts: pa.Array, keys: _Keys) -> _Words:
    """Return the tag of each text: AES-CMAC, RFC 4493, section 2.4.

    Block by block over all texts at once, because a call per text would cost more
    than the cipher does.

    Returns:
        One row of 16 bytes per text.
    """
    column = texts.cast(pa.large_string())
    _, offsets, data = column.buffers()
    bounds = np.frombuffer(offsets, np.int64)[column.offset :][: len(column) + 1]
    left = np.diff(bounds)
    content = np.zeros(int(bounds[-1] - bounds[0]) + _BLOCK_BYTES, np.uint8)
    if data:
        content[:-_BLOCK_BYTES] = np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]]
    # Every byte with the 15 after it, as one thing: so a block is copied at once.
    last = len(content) - _BLOCK_BYTES
    blocks = np.ndarray((last + 1,), f"V{_BLOCK_BYTES}", content, strides=(1,))
    begin = bounds[:-1] - bounds[0]
    tags = np.zeros((len(column), 2), np.uint64)
    is_open = np.ones((len(column), 1), bool)
    while is_open.any():
        row = np.clip(left, 0, _BLOCK_BYTES + 1)
        block = _as_words(blocks[np.minimum(begin, last)])
        block &= keys.kept.take(row, 0)
        block ^= keys.added.take(row, 0)
        block ^= tags
        np.copyto(tags, _as_words(_encrypted(keys.key, block.tobytes())), where=is_open)
        is_open = (left > _BLOCK_BYTES)[:, None]
        left, begin = left - _BLOCK_BYTES, begin + _BLOCK_BYTES
    return tags


def _encrypted(key: bytes, blocks: bytes) -> bytes:
    # Each block by itself: the chaining is done above, over all texts at once.
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(blocks)  # noqa: S305


def _doubled(block: bytes) -> bytes:
    number = int.from_bytes(block, "big") << 1
    if number >> (8 * _BLOCK_BYTES):
        number = number ^ (1 << 8 * _BLOCK_BYTES) ^ _FIELD_POLYNOMIAL
    return number.to_bytes(_BLOCK_BYTES, "big")


def _as_words(data: bytes | npt.NDArray[Any]) -> _Words:
    """Return blocks of 16 bytes as pairs of words."""
    return np.frombuffer(data, np.uint64).reshape(-1, 2)

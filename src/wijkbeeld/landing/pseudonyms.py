"""Pseudonyms: the same text, the same name, and no way back without the key."""

import hashlib
from collections.abc import Callable
from functools import cache

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from wijkbeeld.settings import pseudonym_key

_BLOCK_BYTES = 16
_FIELD_POLYNOMIAL = 0x87
_PADDING = 0x80
_Bytes = npt.NDArray[np.uint8]


def define(con: duckdb.DuckDBPyConnection) -> None:
    """Define ``pseudonym(text)`` in SQL: AES-CMAC in hexadecimal, 32 characters."""
    # Its stubs know only functions of single values, not of columns.
    con.create_function(  # type: ignore[call-overload]
        "aes_cmac", _of_column(), ["VARCHAR"], "BLOB", type="arrow"
    )
    con.execute("create or replace macro pseudonym(text) as lower(hex(aes_cmac(text)))")


def pseudonym(text: str) -> str:
    """Return the pseudonym of one text."""
    return bytes(_authenticated(pa.array([text]), *_keys(pseudonym_key()))[0]).hex()


def _of_column() -> Callable[[pa.ChunkedArray], pa.Array]:
    keys = _keys(pseudonym_key())

    def of_column(texts: pa.ChunkedArray) -> pa.Array:
        column = texts.combine_chunks()
        tags = pa.py_buffer(_authenticated(column, *keys))
        kind = pa.binary(_BLOCK_BYTES)
        return pa.FixedSizeBinaryArray.from_buffers(
            kind, len(column), [None, tags]
        ).cast(pa.binary())

    return of_column


@cache
def _keys(secret: bytes) -> tuple[bytes, _Bytes, _Bytes]:
    """Return the cipher's key and the two subkeys (RFC 4493, section 2.3)."""
    key = hashlib.sha256(secret).digest()
    first = _doubled(_encrypted(key, bytes(_BLOCK_BYTES)))
    return key, _as_bytes(first), _as_bytes(_doubled(first))


def _authenticated(
    texts: pa.Array, key: bytes, whole_subkey: _Bytes, padded_subkey: _Bytes
) -> _Bytes:
    """Return the tag of each text: AES-CMAC, RFC 4493, section 2.4.

    Block by block over all texts at once, because a call per text would cost more
    than the cipher does.

    Returns:
        One row of 16 bytes per text.
    """
    blocks, length = _in_blocks(texts)
    count = np.maximum(1, -(-length // _BLOCK_BYTES))
    is_whole = (length > 0) & (length % _BLOCK_BYTES == 0)
    subkeys = np.where(is_whole[:, None], whole_subkey, padded_subkey)
    state = np.zeros((len(length), _BLOCK_BYTES), np.uint8)
    tags = np.empty_like(state)
    for at in range(blocks.shape[1]):
        is_last = count == at + 1
        mixed = blocks[:, at] ^ state
        mixed[is_last] ^= subkeys[is_last]
        state = _as_bytes(_encrypted(key, mixed.tobytes())).reshape(-1, _BLOCK_BYTES)
        tags[is_last] = state[is_last]
    return tags


def _in_blocks(texts: pa.Array) -> tuple[_Bytes, npt.NDArray[np.int64]]:
    """Return the texts as padded blocks (texts, blocks, 16), and their lengths."""
    column = texts.cast(pa.large_string())
    _, offsets, data = column.buffers()
    bounds = np.frombuffer(offsets, np.int64)[column.offset :][: len(column) + 1]
    length = np.diff(bounds)
    most = max(1, -(-int(length.max(initial=0)) // _BLOCK_BYTES))
    place = np.arange(most * _BLOCK_BYTES)
    found = np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)
    found = np.append(found, np.uint8(0))
    taken = found[np.minimum(bounds[:-1, None] + place, len(found) - 1)]
    taken[place > length[:, None]] = 0
    taken[place == length[:, None]] = _PADDING
    return taken.reshape(len(length), most, _BLOCK_BYTES), length


def _encrypted(key: bytes, blocks: bytes) -> bytes:
    # Each block by itself: the chaining is done above, over all texts at once.
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(blocks)  # noqa: S305


def _doubled(block: bytes) -> bytes:
    number = int.from_bytes(block, "big") << 1
    if number >> (8 * _BLOCK_BYTES):
        number = number ^ (1 << 8 * _BLOCK_BYTES) ^ _FIELD_POLYNOMIAL
    return number.to_bytes(_BLOCK_BYTES, "big")


def _as_bytes(data: bytes) -> _Bytes:
    return np.frombuffer(data, np.uint8)

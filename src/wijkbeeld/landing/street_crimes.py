"""Read what the API of data.police.uk answers about crimes: one long list of records.

The place of a crime is a record within it; here its degrees become columns of it.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from wijkbeeld.landing import json_records, text
from wijkbeeld.landing.document import Document

_LIST = "crimes"
_KEPT = ("category", "month", "persistent_id", "id", "latitude", "longitude")


def is_answer(start: bytes) -> bool:
    """Tell by its beginning whether a JSON file is such an answer."""
    return (
        start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
        and b'"persistent_id"' in start
        and b'"category"' in start
    )


def read(path: Path) -> Document:
    """Return the crimes of an answer; what is not needed of them is left out.

    Raises:
        RejectedError: The file is not such an answer.
    """
    records = json_records.TextColumns()
    with TemporaryDirectory(prefix="wijkbeeld-") as folder:
        whole = Path(folder) / "whole.json"
        with (
            text.as_utf8(path, Path(folder)).path.open("rb") as delivered,
            whole.open("wb") as target,
        ):
            # A list alone has no member to be read by.
            target.write(f'{{"{_LIST}":'.encode())
            start = delivered.read(3)
            target.write(start.removeprefix(b"\xef\xbb\xbf"))
            shutil.copyfileobj(delivered, target)
            target.write(b"}")
        for _, value in json_records.read(whole, _LIST):
            records.add([_flat(record) for record in value])
    row_numbers = pa.array(range(1, len(records) + 1), pa.int64())
    return Document(records.table(), row_numbers, records.problems(), {}, [])


def _flat(record: Any) -> Any:
    if not isinstance(record, dict):
        return record
    place = record.get("location")
    place = place if isinstance(place, dict) else {}
    found = {**place, **record}
    return {name: found.get(name) for name in _KEPT}

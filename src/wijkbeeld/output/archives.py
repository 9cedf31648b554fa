"""Office files that are the same bytes when they say the same.

They are ZIP archives, of which every entry, and a sheet inside a chart, bears the time
at which it was written: here it is that of the publication.
"""

import io
import re
import zipfile
from datetime import UTC, datetime

_STAMP = "%Y%m%dT%H%M%SZ"
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""The first time that such an archive can bear."""
_ARCHIVES = (".xlsx", ".docx", ".pptx")
_WRITTEN = re.compile(
    rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)"
)


def moment(publication: str) -> datetime:
    """Return when a publication was made, by its name; the earliest if it has none."""
    try:
        stamp = publication.partition("_")[0]
        at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return _EARLIEST
    return max(at, _EARLIEST)


def settled(archive: bytes, at: datetime) -> bytes:
    """Return an archive in which all that tells when it was written says ``at``."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as given,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            kept.writestr(entry, _content(name, given.read(name), at))
    return written.getvalue()


def _content(name: str, content: bytes, at: datetime) -> bytes:
    if name.endswith(_ARCHIVES):
        return settled(content, at)
    if name == "docProps/core.xml":
        return _WRITTEN.sub(
            rb"\g<1>%s\g<2>" % f"{at:%Y-%m-%dT%H:%M:%SZ}".encode(), content
        )
    return content

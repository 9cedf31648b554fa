"""The process that looks at one file: asked on its input, it answers on its output.

It runs with a home of its own, which its parent destroys (``inspection``).
"""

import os
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from wijkbeeld import files
from wijkbeeld.landing import (
    agreement,
    chat,
    delimited,
    geography,
    headers,
    land,
    mapping,
    matching,
    odata,
    problems,
    propose,
    recognise,
    schema,
    text,
    unpack,
    workbook,
    zone,
)
from wijkbeeld.landing.agreement import Source
from wijkbeeld.landing.incidents import NoShapesError
from wijkbeeld.landing.inspection import (
    Column,
    Inspection,
    Proposal,
    Request,
    Sample,
    Verdict,
)
from wijkbeeld.landing.rejected import RejectedError, named
from wijkbeeld.landing.unpack import Unpacked
from wijkbeeld.language import say
from wijkbeeld.settings import settings

_ROWS_NAMED = 5
_LOOKED_UP = ("cbs__buurten", "whatsapp__groups")
"""What landing looks up in what has landed before: shapes, and groups of residents."""
_ABOUT = {
    "bad_date": {"datetime", "clock"},
    "nonexistent_local_time": {"datetime", "clock"},
    "date_out_of_range": {"datetime"},
    "bad_order_in_time": {"datetime"},
    "to_before_from": {"datetime"},
    "bad_number": {"count", "decimal"},
    "negative_count": {"count"},
    "abbreviated_number": {"count", "decimal"},
    "bad_boolean": {"boolean"},
    "bad_id": {"id"},
    "id_precision_lost": {"id"},
    "bad_period": {"period"},
    "bad_region_code": {"region"},
    "unknown_buurt": {"buurt", "buurten"},
    "unknown_code": {"choice", "theme", "themes"},
    "unknown_offence_code": {"incident_code", "offence", "offences"},
}
"""Kinds of columns that a problem can be about."""
_PLACES = {"bad_coordinates", "swapped_axes", "outside_area", "off_grid"}


class _Form(NamedTuple):
    """What a file looks like from outside."""

    form: str | None = None
    encoding: str | None = None
    separator: str | None = None
    headers: list[str] | None = None


def look(request: Request) -> Inspection:
    """Return what is seen of a file."""
    path = Path(os.fsdecode(bytes.fromhex(request.path)))
    _furnish(request)
    seen = Inspection(
        file_name=named(path), size_bytes=path.stat().st_size,
        sha256=files.sha256_of(path),
    )  # fmt: skip
    source, refused = request.source, ""
    try:
        source = source or recognise.source_of(path)
        recognise.check(path, source)
    except RejectedError as reason:
        refused = str(reason)
    form = _form(path)
    seen = seen.model_copy(update=form._asdict() | {"source": source})
    if source is None:
        return _unrecognised(seen, form, refused)
    seen = seen.model_copy(
        update={"why": _why(source, form, is_given=bool(request.source))}
    )
    if refused:
        return _refused(seen, refused)
    agreed, proposal = _agreed(source, form.headers)
    seen = seen.model_copy(
        update=_columns(agreed, form.headers) | {"proposal": proposal}
    )
    return _landed(seen, path, source, agreed)


def _furnish(request: Request) -> None:
    """Put in this home what landing looks up, file by file.

    Never a folder: what is landed here must not go through it to another home.
    """
    given = {f"landing/{name}": Path(request.landing, name) for name in _LOOKED_UP}
    for kind, there in (given | {"mappings": Path(request.mappings)}).items():
        folder = settings().home / kind
        folder.mkdir(parents=True, exist_ok=True)
        for file in there.glob("[!.]*.*"):
            (folder / file.name).symlink_to(file)
    zone.prepare()
    if request.shapes and geography.load(settings().landing) is None:
        _draw(request.shapes)


def _draw(shapes: tuple[tuple[str, str], ...]) -> None:
    """Make a landed file of the shapes that were given along."""
    alike = {"region_type": "buurt", "kind": "shapes", "vintage_year": "2000",
             "is_water": "false", "_file_sha256": "given"}  # fmt: skip
    names = (
        *schema.COLUMNS["cbs__buurten"],
        "_file_sha256",
        "_exported_on",
        "_problem",
    )
    fields = pa.schema([(name, pa.string()) for name in names])
    rows = [alike | {"region_code": c, "geometry_wkt": wkt} for c, wkt in shapes]
    target = settings().landing / "cbs__buurten" / "given.parquet"
    pq.write_table(pa.Table.from_pylist(rows, fields), target)


def _form(path: Path) -> _Form:
    """Return the form of a file, as far as it can be told without its source."""
    if chat.looks_like_one(path):
        return _Form(say("chat van WhatsApp"))
    try:
        with (
            unpack.unpacked(path) as content,
            TemporaryDirectory(dir=settings().home) as scratch,
        ):
            return _form_of(content, Path(scratch))
    except (RejectedError, OSError):
        return _Form()


def _form_of(content: Unpacked, scratch: Path) -> _Form:
    if content.form == "workbook":
        book = workbook.read(content.path, None, _is_known)
        return _Form(say("Excel-werkmap"), headers=book.table.column_names)
    if content.form == "geopackage":
        return _Form("GeoPackage")
    start = unpack.first_bytes(content.path, 1 << 16)
    if content.form == "json":
        if b"FeatureCollection" in start:
            return _Form("GeoJSON", "utf-8")
        names = odata.read(content.path, content.name).table.column_names
        return _Form("JSON", "utf-8", headers=names)
    return _Form("GPX") if b"<gpx" in start[:1024] else _text(content, scratch)


def _text(content: Unpacked, scratch: Path) -> _Form:
    clean = text.as_utf8(content.path, scratch)
    try:
        layout = delimited.layout(clean.path, _is_known)
    except RejectedError:
        return _Form(say("tekst"), clean.encoding)
    return _Form(say("tekst"), clean.encoding, layout.separator, layout.headers)


def _is_known(delivered: list[str]) -> bool:
    return bool(recognise.by_headers(delivered))


def _why(source: str, form: _Form, *, is_given: bool) -> str:
    by = recognise.evidence(source, form.headers or [])
    if by:
        return say("herkend aan de kolommen {columns}", columns=", ".join(by))
    if is_given:
        return say("de bron is opgegeven, en niet herkend")
    return say("herkend aan de vorm van het bestand")


def _unrecognised(seen: Inspection, form: _Form, refused: str) -> Inspection:
    delivered = form.headers or []
    usual = [
        header
        for name in schema.SOURCES
        for header in matching.known_headers(agreement.source(name))
    ]
    likely = propose.likely(delivered)
    found = propose.propose(likely, delivered) if likely else None
    usual += propose.usual(likely) if likely else []
    hint = (
        say("het lijkt het meest op {source}; noem de bron (--as)", source=likely)
        if likely
        else ""
    )
    return seen.model_copy(
        update={
            "why": say("geen bron herkend"),
            "unknown": headers.shown(delivered, usual, delivered) if delivered else "",
            "verdict": "rejected",
            "reason": "; ".join(filter(None, [refused, hint])),
            "proposal": _proposed(found),
        }
    )


def _agreed(source: str, delivered: list[str] | None) -> tuple[Source, Proposal | None]:
    """Return the agreement; where no mapping fits, that of the one we propose."""
    agreed = agreement.source(source)
    if source not in propose.SOURCES or delivered is None:
        return agreed, None
    try:
        return mapping.agreed(agreed, mapping.choose(source, delivered)), None
    except RejectedError:
        found = propose.propose(source, delivered)
    if found and not found.missing:
        target = settings().home / "mappings" / found.name
        target.write_text(found.text, "utf-8")
        try:
            agreed = mapping.agreed(agreed, mapping.choose(source, delivered))
        except RejectedError:
            target.unlink()
    return agreed, _proposed(found)


def _proposed(found: propose.Proposal | None) -> Proposal | None:
    return Proposal(**found._asdict()) if found else None


def _columns(agreed: Source, delivered: list[str] | None) -> dict[str, object]:
    if delivered is None:
        return {}
    seen = matching.look(agreed, delivered)
    required = {name for name, field in agreed.fields.items() if field.required}
    required |= set(propose.REQUIRED.get(agreed.name, ()))
    return {
        "recognised": tuple(
            Column(name=name, header=header, is_required=name in required)
            for name, header in seen.recognised.items()
        ),
        "missing": tuple(seen.missing),
        "absent": tuple(seen.absent),
        "dropped": tuple(seen.dropped),
        "unknown": seen.unknown,
    }


def _landed(seen: Inspection, path: Path, source: str, agreed: Source) -> Inspection:
    gate = _Gate(source)
    try:
        landed = land.land(path, source, lambda: seen.sha256, gate)
        samples = _samples(land.path(source, seen.sha256), agreed, seen)
    except NoShapesError:
        waits = say(
            "lever eerst een bestand van cbs__buurten, om de punten in een buurt te "
            "plaatsen"
        )
        return seen.model_copy(update={"verdict": "waits", "reason": waits})
    except RejectedError as reason:
        return _refused(seen, str(reason))
    except ValueError:
        return _refused(
            seen, say("het bestand is niet te lezen; exporteer het opnieuw")
        )
    verdict, why = _verdict(gate, seen)
    return seen.model_copy(
        update={
            "row_count": landed.row_count,
            "problem_count": landed.problem_count,
            "warnings": tuple(landed.warnings),
            "exported_on": f"{landed.exported_on:%Y-%m-%d %H:%M}",
            "samples": samples,
            "verdict": verdict,
            "reason": why,
        }
    )


def _verdict(gate: "_Gate", seen: Inspection) -> tuple[Verdict, str]:
    if gate.reason:
        return "rejected", gate.reason
    if seen.proposal:
        return "waits", say(
            "bewaar eerst de voorgestelde mapping; hier is er al mee gelezen"
        )
    return ("accepted" if gate.is_here else "unjudged"), ""


class _Gate:
    """The gate of a source, which is told of and does not close."""

    def __init__(self, source: str) -> None:
        self.reason = ""
        self.is_here = True
        self._judge: Callable[[Path], None] | None = None
        try:
            self._judge = import_module("expectations.gate").of(source)
        except ImportError:
            self.is_here = False

    def __call__(self, parquet: Path) -> None:
        if self._judge is None:
            return
        try:
            self._judge(parquet)
        except ImportError:
            self.is_here = False
        except ValueError as broken:
            self.reason = str(broken)


def _samples(parquet: Path, agreed: Source, seen: Inspection) -> tuple[Sample, ...]:
    with duckdb.connect() as con:
        found = con.execute(
            "select _problem, count(*), "
            f"list(_row_number order by _row_number)[:{_ROWS_NAMED}] "
            "from read_parquet($file) where _problem is not null "
            "group by _problem order by count(*) desc, _problem",
            {"file": str(parquet)},
        ).fetchall()
    named_by = {column.name: column.header for column in seen.recognised}
    return tuple(
        Sample(
            problem=code,
            rule=say(problems.MEANINGS.get(code, code)),
            remedy=say(problems.REMEDIES[code]) if code in problems.REMEDIES else "",
            columns=tuple(
                named_by[name] for name in _about(code, agreed) if name in named_by
            ),
            row_count=count,
            rows=tuple(rows),
        )
        for code, count, rows in found
    )


def _about(code: str, agreed: Source) -> list[str]:
    if code in {"duplicate_row", "key_conflict"}:
        return list(agreed.key)
    if code in _PLACES:
        return [name for name in ("x", "y", "x_rd", "y_rd") if name in agreed.fields]
    return [
        name
        for name, field in agreed.fields.items()
        if field.kind in _ABOUT.get(code, ())
        or (code == "missing_required_value" and field.filled)
        or (code == "personal_data_found" and field.personal)
    ]


def _refused(seen: Inspection, reason: str) -> Inspection:
    return seen.model_copy(update={"verdict": "rejected", "reason": reason})


def _limit(request: Request) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for kind, size in (
        (resource.RLIMIT_AS, request.memory_bytes),
        (resource.RLIMIT_FSIZE, request.file_bytes),
    ):
        if size is not None:
            resource.setrlimit(kind, (size, size))


def main() -> None:
    """Answer one request."""
    # Whatever a library prints must not get into the answer.
    answer = os.dup(1)
    os.dup2(2, 1)
    request = Request.model_validate_json(sys.stdin.buffer.read())
    _limit(request)
    with os.fdopen(answer, "wb") as out:
        out.write(look(request).model_dump_json().encode("utf-8", "replace"))


if __name__ == "__main__":
    main()

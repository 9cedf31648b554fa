"""From one delivered file to one immutable Parquet file, with nothing lost."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from wijkbeeld import files, local_time
from wijkbeeld.landing import (
    accounts,
    agreement,
    chat,
    codes,
    enums,
    exported,
    facts,
    forecasts,
    geography,
    gpx,
    groups,
    incidents,
    pseudonyms,
    read,
    rows,
    schema,
    typed,
    unpack,
    walks,
)
from wijkbeeld.landing.agreement import Source
from wijkbeeld.landing.read import Delivered
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.landing.rows import Rows
from wijkbeeld.landing.typed import Dictionary
from wijkbeeld.landing.unpack import Unpacked
from wijkbeeld.language import say
from wijkbeeld.settings import settings

Gate = Callable[[Path], None]
_MOSTLY = 0.2
_MEMORY = "1GB"
"""Of DuckDB; what is more of a long file lies on the disk, which takes no longer. What
reads the file needs half as much beside it."""
PLACED = (*read.MAPPED, forecasts.SOURCE)
"""Sources whose rows depend on the shapes of buurten."""


class Landed(NamedTuple):
    """What is in a landed file; ``row_count`` counts all of its rows."""

    sha256: str
    row_count: int
    problem_count: int
    exported_on: datetime
    warnings: list[str]


class Known(NamedTuple):
    """What is known of a delivery as a whole, and stored with every row."""

    sha256: str
    name: str
    exported_on: datetime
    covers: tuple[date, date] | None
    is_said: bool
    """Whether the delivery itself says when it was exported."""


def land(
    delivery: Path, source: str, identity: Callable[[], str], gate: Gate
) -> Landed:
    """Land one delivery, whole or not at all.

    Every row of the file is a row of the Parquet file that is named by its hash;
    ``_problem`` is null or names the first thing wrong with it.

    Args:
        delivery: The file as it was received.
        source: Its source, such as ``watch__patrols``.
        identity: Returns the hash of its content, once it is known; large files are
            read meanwhile.
        gate: Raises ValueError when the rows as a whole are not what was agreed.

    Raises:
        RejectedError: The file is not what was agreed; there is no Parquet file.
        NoShapesError: Its points cannot be placed yet.
    """
    agreed = agreement.source(source)
    with _unpacked(delivery, source) as content, connection() as (con, scratch):
        seen = read.settle_order(con, read.read(con, content, agreed, scratch))
        if content.form != "json" and not _any(con, "delivered"):
            raise RejectedError(
                say("het bestand heeft geen rijen; exporteer het opnieuw")
            )
        seen = facts.complete(con, seen, content.name)
        seen = accounts.complete(con, seen, delivery)
        found = exported.exported_on(delivery, [delivery.name, content.name])
        if found.is_said:
            seen.facts["is_dated"] = "true"
        warnings = list(seen.warnings)
        known = known_of(seen, chat.name_of(delivery, source), found)
        # Once, so that what is written of them is what the rows were placed with.
        places = geography.load(settings().landing) if source in PLACED else None
        known, pass_, more = _prepared(con, seen, known, places)
        warnings += doubts(found, known)
        known = known._replace(sha256=identity())
        incidents.name_rows(con, seen.mapping, known.sha256)
        with files.appearing(path(source, known.sha256)) as parquet:
            _write(con, pass_, known, places, parquet)
            row_count, problem_count = _counts(con, parquet)
            gate(parquet)
            if source == forecasts.SOURCE:
                warnings += forecasts.check(con, parquet, path(source, "").parent)
            warnings += more + _warnings(con, pass_, parquet, row_count)
    if source == gpx.SOURCE:
        gpx.follow_newer([path(source, known.sha256)], {seen.facts[walks.PLACED_WITH]})
    warnings += mostly_problems(source, row_count, problem_count)
    return Landed(known.sha256, row_count, problem_count, known.exported_on, warnings)


def path(source: str, sha256: str) -> Path:
    """Return where the rows of a file are landed."""
    return settings().landing.joinpath(source, f"{sha256}.parquet")


def _unpacked(delivery: Path, source: str) -> AbstractContextManager[Unpacked]:
    if source == chat.SOURCE and chat.is_secret(delivery, source):
        # Nothing of it may be in a file, not even for a moment.
        return nullcontext(Unpacked(delivery, chat.name_of(delivery, source), "chat"))
    return unpack.unpacked(delivery)


@contextmanager
def connection() -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """Yield a DuckDB in memory, and a folder for what does not fit there."""
    root = settings().home / "scratch"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(dir=root, prefix=".") as folder:
        spill = str(Path(folder) / "duckdb")
        with duckdb.connect(
            config={"temp_directory": spill, "memory_limit": _MEMORY}
        ) as con:
            # The rows stay in order when the dictionaries are what is looked up in.
            con.execute("set disabled_optimizers = 'build_side_probe_side,join_order'")
            con.execute("set enable_progress_bar = false")
            enums.define(con)
            pseudonyms.define(con)
            con.execute(
                # A case, because then only the rows of that hour are asked for more.
                "create macro is_twice(moment) as case when hour(moment) = 2 "
                "then month(moment) = 10 and day(moment) >= 25 "
                "and dayofweek(moment) = 0 else false end"
            )
            # Which hour comes twice on another clock is not told.
            is_ours = settings().publish_time_zone == local_time.ZONE
            con.execute(
                "create macro is_twice_of_meta(moment) as "
                f"is_twice(moment) and {is_ours}"
            )
            yield con, Path(folder)


def known_of(seen: Delivered, name: str, found: exported.Exported) -> Known:
    """Return what is known of a delivery before its rows are read."""
    text = seen.facts.get("exported_on")
    said = datetime.fromisoformat(text).replace(tzinfo=None) if text else None
    is_said = said is not None and said < exported.end_of_belief()
    return Known("", name, said if said and is_said else found.on, None, is_said)


def mostly_problems(source: str, row_count: int, problem_count: int) -> list[str]:
    """Warn where more than one row in five has a problem."""
    # Of a track the ends are always cut; its reader judges it.
    if source == gpx.SOURCE or problem_count <= _MOSTLY * row_count:
        return []
    return [
        say(
            "mostly_problems: {problem_count} van de {row_count} rijen hebben een "
            "probleem",
            problem_count=problem_count,
            row_count=row_count,
        )
    ]


def doubts(found: exported.Exported, known: Known) -> list[str]:
    """Say where the date of export was taken from, if the delivery does not say it."""
    if known.is_said or (found.is_said and not found.is_doubted):
        return []
    if found.is_doubted:
        return [
            say(
                "de naam van het bestand of de klok van de computer noemt een datum in "
                "de toekomst, en die telt niet: als exportdatum geldt {on}; geef het "
                "bestand een naam met de juiste datum",
                on=f"{known.exported_on:%d-%m-%Y %H:%M}",
            )
        ]
    return [
        say(
            "de naam van het bestand heeft geen datum (2026-09-30__naam.csv): "
            "als exportdatum geldt het moment van de laatste wijziging"
        )
    ]


def _prepared(
    con: duckdb.DuckDBPyConnection,
    seen: Delivered,
    known: Known,
    places: geography.Geography | None,
) -> tuple[Known, Rows, list[str]]:
    source, warnings = seen.source, list[str]()
    own = incidents.without_dictionary(source) if seen.mapping else frozenset()
    if source.name == forecasts.SOURCE:
        own = forecasts.OWN
    delivered = frozenset(p for p in seen.match.positions if p in source.fields)
    pass_ = Rows(
        source, delivered, dictionaries(con, seen, delivered - own),
        seen.has_reading_problems, coded=seen.loaded.coded,
        named=seen.loaded.named,
    )  # fmt: skip
    known = _exported(con, pass_, known)
    set_variables(con, seen, known)
    _refuse(con, pass_)
    if seen.mapping:
        extra = incidents.add(
            con, pass_, seen.mapping, places, is_english=seen.match.is_english
        )
        pass_, warnings = extra.rows, extra.warnings
        covers = incidents.covered(con, pass_, seen.mapping)
        covers = covers or exported.covered_month(known.name)
    else:
        covers = exported.covered_month(known.name)
    if source.name == forecasts.SOURCE:
        pass_ = forecasts.add(con, pass_, places, is_english=seen.match.is_english)
    return known._replace(covers=covers), rows.find_repeats(con, pass_), warnings


def dictionaries(
    con: duckdb.DuckDBPyConnection, seen: Delivered, names: frozenset[str]
) -> dict[str, Dictionary]:
    """Make the dictionaries of fields; one whose values are all plain has none."""
    found = {
        name: typed.dictionary(
            con,
            typed.Column(
                name, seen.source.fields[name],
                name in seen.loaded.coded, name in seen.loaded.judged,
            ),
            seen.reading, is_english=seen.match.is_english,
        )
        for name in names
    }  # fmt: skip
    return {name: odd for name, odd in found.items() if odd}


def _exported(con: duckdb.DuckDBPyConnection, pass_: Rows, known: Known) -> Known:
    if agreement.EXPORTED not in pass_.delivered:
        return known
    fields = pass_.fields(agreement.EXPORTED)
    found = con.execute(
        f"select max({agreement.EXPORTED}) from ({fields}) "
        f"where {agreement.EXPORTED} between timestamp '2000-01-01' and $end",
        {"end": exported.end_of_belief()},
    ).fetchall()[0][0]
    if found is None:
        return known
    return known._replace(exported_on=found, is_said=True)


def set_variables(
    con: duckdb.DuckDBPyConnection, seen: Delivered, known: Known
) -> None:
    """Make known to the rules what is said of a delivery as a whole."""
    facts = dict.fromkeys(
        ("table_number", "geo_vintage", "vintage_year", "kind", "account")
    )
    facts["is_dated"] = "true" if known.is_said else None
    for name, fact in (facts | seen.facts).items():
        con.execute(f"set variable {name} = ?::varchar", [fact])
    groups.set_variables(con, seen.source.name)
    con.execute("set variable exported_on = ?::timestamp", [known.exported_on])
    con.execute("set variable delivered = ?::varchar[]", [list(seen.match.positions)])
    con.execute("set variable is_english = ?::boolean", [seen.match.is_english])
    for name, ours in (accounts.ours() | {"watch_teams": codes.watch_teams()}).items():
        con.execute(f"set variable {name} = ?::varchar[]", [ours])


def _refuse(con: duckdb.DuckDBPyConnection, pass_: Rows) -> None:
    for reason, rule in pass_.source.refusals.items():
        fields = pass_.fields(rule)
        if _any(con, f"({fields}) where {rule}"):
            raise RejectedError(say(reason))


def _any(con: duckdb.DuckDBPyConnection, rows: str) -> bool:
    return bool(con.execute(f"select 1 from {rows} limit 1").fetchall())


def _write(
    con: duckdb.DuckDBPyConnection,
    pass_: Rows,
    known: Known,
    places: geography.Geography | None,
    parquet: Path,
) -> None:
    source = pass_.source
    problem = pass_.problem()
    landed = [f"{made} as {c}" for c, made in landed_columns(source).items()]
    sha256 = enums.constant(con, "sha256", known.sha256)
    name = enums.constant(con, "file_name", known.name)
    used = " ".join([problem, *landed, agreement.EXPORTED])
    covers = known.covers or (None, None)
    con.execute(
        f"""
        copy (
            select {", ".join(landed)}, {sha256} as _file_sha256, {name} as _file_name,
                _row_number, coalesce(
                    {agreement.EXPORTED}, getvariable('exported_on')
                ) as _exported_on,
                $landed_at::timestamp as _landed_at, {problem} as _problem,
                $is_demo::boolean as _is_demo, $covers_from::date as _covers_from,
                $covers_to::date as _covers_to
            from ({pass_.fields(used)})
        ) to '{_quoted(parquet)}' (
            format parquet, parquet_version v2, compression zstd, compression_level 1,
            kv_metadata {{
                geography: '{places.fingerprint if places else ""}',
                personal_rows: '{_outside_and_personal(con, pass_)}'
            }}
        )
        """,
        {
            "landed_at": datetime.now(UTC).replace(tzinfo=None),
            "is_demo": exported.is_demo(known.name),
            "covers_from": covers[0],
            "covers_to": covers[1],
        },
    )


def landed_columns(source: Source) -> dict[str, str]:
    """Return the SQL of each landed column, in their order."""
    columns = schema.COLUMNS[source.name]
    return {c: source.kept(_in_our_time(source, source.landed[c])) for c in columns}


def _in_our_time(source: Source, landed: str) -> str:
    """Return SQL in which a time on another clock than ours is on ours."""
    zone, ours = settings().publish_time_zone, local_time.ZONE
    for name, field in source.fields.items():
        if field.is_of_meta and zone != ours:
            told = f"timezone('{ours}', timezone('{zone}', {name}))::varchar"
            landed = landed.replace(
                f"{name}__local", f"coalesce({told}, {name}__local)"
            )
    return landed


def _outside_and_personal(con: duckdb.DuckDBPyConnection, pass_: Rows) -> str:
    """Number the rows with personal data that are named for their place.

    Other shapes may take that problem away, and the one below it must then show.
    """
    rule = pass_.outside_and_personal()
    if rule is None:
        return ""
    rows = con.execute(
        f"select _row_number from ({pass_.fields(rule)}) where {rule} order by all"
    ).fetchall()
    return " ".join(str(row[0]) for row in rows)


def _counts(con: duckdb.DuckDBPyConnection, parquet: Path) -> tuple[int, int]:
    counts = con.execute(
        f"select count(*), count(_problem) from read_parquet('{_quoted(parquet)}')"
    ).fetchall()[0]
    return int(counts[0]), int(counts[1])


def _warnings(
    con: duckdb.DuckDBPyConnection, pass_: Rows, parquet: Path, row_count: int
) -> list[str]:
    source = pass_.source
    noted = " ".join(source.noted.values())
    landed = f"read_parquet('{_quoted(parquet)}')"
    counted = [
        *_count(con, source.noted, f"({pass_.fields(noted)})"),
        *_count(con, source.warnings, landed),
        *_count(con, source.counted, landed, "{}"),
    ]
    return [say(text, n=n, all=row_count) for text, n in counted if n]


def _count(
    con: duckdb.DuckDBPyConnection,
    rules: dict[str, str],
    relation: str,
    counting: str = "count(*) filter ({})",
) -> list[tuple[str, int]]:
    if not rules:
        return []
    counts = ", ".join(counting.format(rule) for rule in rules.values())
    found = con.execute(f"select {counts} from {relation}").fetchall()[0]
    return list(zip(rules, found, strict=True))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

"""What one publication knows of one month, read once for all that is told of it.

Read from the file of residents or from that of the team. What the file does not hold
is an empty part, never an error: an older publication, a source that was never
delivered and a month without a row are all things to say, not to fail on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from wijkbeeld.output.told import NOT_KNOWN, Count

PRIORITY = ("1.1.1", "1.2.1", "1.2.3")
"""What is told first: burglary, theft from cars, theft of bicycles."""
_MONTHS_SHOWN = 13
_MONTHS_OF_SEASONS = 36
_YEAR = 12
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false"
}

Row = dict[str, object]


@dataclass(frozen=True)
class Offence:
    """One offence in the month, over all buurten of the team."""

    code: str
    """CBS offence group, such as ``1.1.1``."""
    name_nl: str
    name_en: str
    source: str | None
    """``police__incidents`` or ``police__open_data``; none without a count."""
    count: Count
    """Crimes that the police registered in the month."""
    last_year: Count
    """Those of the same month a year before."""
    status: str | None
    """``higher``, ``lower``, ``as expected``, ``too few to say``, or none."""
    expected_lower: int | None
    """Crimes, lower end of the 95 % prediction interval. None for residents: it would
    tell counts that they may not see."""
    expected_upper: int | None
    """Crimes, upper end of that interval."""
    is_provisional: bool
    """Later exports may still change it."""
    is_incomplete: bool
    """Part of the month is still to come."""
    has_late_reports: bool
    """So much is still to come that there is no verdict."""


@dataclass(frozen=True)
class MonthCount:
    """One month of an offence, over all buurten of the team."""

    month: date
    """Its first day."""
    count: Count
    """Crimes that the police registered in it; not known where there is no row."""
    source: str | None
    """As in ``Offence``."""


@dataclass(frozen=True)
class Buurt:
    """A buurt with its newest shape."""

    code: str
    """CBS, ``BU`` and eight digits."""
    name: str
    is_residential: bool
    """False for a business estate or a park, where no rate is told."""
    wkt: str
    """Polygon or multipolygon as text, in metres of RD New (EPSG:28992)."""


@dataclass(frozen=True)
class Where:
    """The buurten of an offence over a whole period, the newest up to the month."""

    first_month: date
    """First day of the first month that is counted."""
    last_month: date
    """First day of the last one."""
    counts: Mapping[str, Count]
    """Crimes of the whole period, by code of the buurt."""


@dataclass(frozen=True)
class Patrols:
    """What the watch teams did in the month."""

    hours: float | None
    """Hours that teams walked, not person-hours; none when nobody reported any."""
    is_lower_bound: bool
    """Of some rounds the hours are not known: there are at least so many."""
    signals: Count
    """What they noticed, by number."""
    is_reported: bool
    """A team walked, also where the hours are not known or withheld."""


@dataclass(frozen=True)
class Posts:
    """What was posted on one channel in the month."""

    channel: str
    """``facebook``, ``instagram`` or ``x``."""
    count: Count
    """Posts."""
    reach_lower: int | None
    """Accounts reached at least: the most of one post; none where nothing tells."""
    reach_upper: int | None
    """Accounts reached at most: the sum over the posts; none where nothing tells."""


@dataclass(frozen=True)
class Effect:
    """What is known of one thing that was started, in words."""

    study_kind: str
    """``programme``, ``kind`` (all programmes of one) or ``whatsapp``."""
    study_name: str
    """Its name, or its code where the name is withheld."""
    offence_code: str
    """CBS offence group."""
    offence_name_nl: str
    offence_name_en: str
    start_month: date | None
    """First day of the month of the first start."""
    verdict: str
    """``works``, ``made worse``, ``no sign that it works`` or ``too few to say``."""
    reason: str | None
    """A code: why it is too few to say; none with another verdict."""
    is_reporting_sensitive: bool
    """More reporting can make the count rise."""


@dataclass(frozen=True)
class Programme:
    """A programme in one or more buurten."""

    programme_id: str
    name: str
    """Its code where the name is withheld."""
    kind: str
    """One of the agreed Dutch words (FORMATS)."""
    status: str
    """``gepland``, ``loopt``, ``afgerond`` or ``gestopt``."""
    start_date: date
    """First day; the earliest of its buurten."""
    end_date: date | None
    """Last day; the latest of its buurten, none while it runs."""
    buurten: tuple[str, ...]
    """Their names."""


@dataclass(frozen=True)
class Action:
    """What somebody promised at a briefing."""

    action_id: str
    description: str
    """What is to be done, as it was written in Dutch."""
    owner: str
    """Code of an organisation or role, of ``owners.NAMES``; never a person."""
    asked_on: date
    """Local day on which it was agreed on."""
    due_on: date | None
    """Local day on which it is to be ready."""
    status: str
    """``open``, ``done`` or ``dropped``."""
    done_on: date | None
    """Local day on which it was done or dropped; none while it is open."""


@dataclass(frozen=True)
class Briefing:
    """One evening."""

    briefing_id: str
    held_on: date
    """Local day, also of one that is planned."""
    status: str
    """``gepland``, ``gehouden`` or ``vervallen``."""
    venue: str | None
    """Name of the building."""
    guest_from: str | None
    """Organisation of the guest."""
    themes: tuple[str, ...]
    """Codes of themes (FORMATS 0.8)."""


@dataclass(frozen=True)
class Facts:
    """All that one file tells of one month; what it does not hold is empty."""

    month: date
    """Its first day."""
    publication: str
    """Name of the publication."""
    role: str
    """For whom the file is: ``public``, ``team`` or ``analyst``."""
    has_demo: bool
    """Some figures are of invented deliveries."""
    first_month: date | None
    """The first month with figures; none when there are none at all."""
    last_month: date | None
    """The last month with figures."""
    offences: tuple[Offence, ...]
    """The priorities first, then the others by name; empty without figures."""
    history: Mapping[str, tuple[MonthCount, ...]]
    """Per priority 36 months up to the month, oldest first, without gaps."""
    breaks: Mapping[str, date]
    """By offence the newest month, up to this one, from which it may be counted in
    another way."""
    buurten: tuple[Buurt, ...]
    """By name."""
    where: Mapping[str, Where]
    """By code of the priority; of one that is not in it nothing is known."""
    patrols: Patrols
    posts: tuple[Posts, ...]
    """One per channel, by name."""
    effects: tuple[Effect, ...]
    """Of what began up to the month, what says most first."""
    programmes: tuple[Programme, ...]
    """By first day."""
    actions: tuple[Action, ...]
    """By the day on which they were asked."""
    briefings: tuple[Briefing, ...]
    """Oldest first."""
    missing: frozenset[str]
    """Tables that this file does not hold, or in another form."""

    @property
    def is_public(self) -> bool:
        """Whether residents may see it."""
        return self.role == "public"

    @property
    def priorities(self) -> tuple[Offence, ...]:
        """The offences that are told first, as far as the month has them."""
        return tuple(o for o in self.offences if o.code in PRIORITY)

    def offence(self, code: str) -> Offence | None:
        """Return an offence of the month; none when it has no row."""
        return next((o for o in self.offences if o.code == code), None)

    def shown(self, code: str) -> tuple[MonthCount, ...]:
        """Return the months of a chart: a year and the same month before it."""
        return self.history.get(code, ())[-_MONTHS_SHOWN:]

    @property
    def briefing(self) -> Briefing | None:
        """The evening on which the month is told: the first after it has ended."""
        after = add_months(self.month, 1)
        until = add_months(self.month, 2)
        return next(
            (
                b
                for b in self.briefings
                if after <= b.held_on < until and b.status != "vervallen"
            ),
            None,
        )

    @property
    def next_briefing(self) -> Briefing | None:
        """The evening after that one."""
        after = self.briefing.held_on if self.briefing else add_months(self.month, 2)
        return next(
            (
                b
                for b in self.briefings
                if b.held_on > after and b.status != "vervallen"
            ),
            None,
        )


def add_months(month: date, count: int) -> date:
    """Return the first day of the month so many after, or before, another."""
    at = month.year * _YEAR + month.month - 1 + count
    return date(at // _YEAR, at % _YEAR + 1, 1)


def read(path: Path, month: date) -> Facts:
    """Return what a publication knows of a month.

    Args:
        path: The DuckDB file of residents or of the team.
        month: Any day of the month.
    """
    first = month.replace(day=1)
    with duckdb.connect(str(path), read_only=True, config=_CLOSED) as con:
        reader = _Reader(con)
        stamp = reader.one(
            "publication",
            "select publication, role, has_demo from marts.publication",
        )
        is_public = stamp.get("role", path.stem) == "public"
        months = reader.one(
            "rpt_briefing",
            "select min(month) as first_month, max(month) as last_month "
            "from marts.rpt_briefing where crime_count is not null",
        )
        briefings = _briefings(reader, is_public)
        return Facts(
            month=first,
            publication=str(stamp.get("publication", path.parent.name)),
            role=str(stamp.get("role", path.stem)),
            has_demo=bool(stamp.get("has_demo", False)),
            first_month=_date(months.get("first_month")),
            last_month=_date(months.get("last_month")),
            offences=_offences(reader, first, is_public),
            history=_history(reader, first, is_public),
            breaks=_breaks(reader, first),
            buurten=_buurten(reader),
            where=_where(reader, first, is_public),
            patrols=_patrols(reader, first, is_public),
            posts=_posts(reader, first, is_public),
            effects=_effects(reader, first, is_public),
            programmes=_programmes(reader),
            actions=_actions(reader),
            briefings=briefings,
            missing=frozenset(reader.missing),
        )


class _Reader:
    """Runs queries, and remembers which tables they did not find."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self.missing: set[str] = set()

    def all(self, table: str, query: str, *values: object) -> list[Row]:
        """Return the rows; none when the file lacks the table or a column of it."""
        try:
            found = self._con.execute(query, list(values))
        except (duckdb.CatalogException, duckdb.BinderException):
            self.missing.add(table)
            return []
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def one(self, table: str, query: str, *values: object) -> Row:
        """Return the first row; an empty one when there is none."""
        return next(iter(self.all(table, query, *values)), {})


def _offences(reader: _Reader, month: date, is_public: bool) -> tuple[Offence, ...]:
    reasons = _reasons(is_public)
    rows = reader.all(
        "rpt_briefing",
        # The priorities come first, in the order of their codes.
        "select briefing.offence_code, offences.offence_name_nl, "  # noqa: S608 - ours
        "offences.offence_name_en, briefing.source, briefing.crime_count, "
        "briefing.count_last_year, briefing.expected_lower, briefing.expected_upper, "
        "briefing.status, briefing.is_lower_bound, briefing.is_provisional, "
        f"briefing.is_incomplete, briefing.completeness_flag, {reasons} "
        "from marts.rpt_briefing as briefing "
        "join marts.dim_offences as offences using (offence_code) "
        "where briefing.month = ? and briefing.offence_code <> '0.0.0' "
        "order by briefing.offence_code not in ('1.1.1', '1.2.1', '1.2.3'), "
        "offences.offence_name_nl, briefing.offence_code",
        month,
    )
    found = [_offence(row, is_public) for row in rows]
    first = sorted((o for o in found if o.code in PRIORITY), key=lambda o: o.code)
    return (*first, *(o for o in found if o.code not in PRIORITY))


def _reasons(is_public: bool) -> str:
    """Return the columns that say why residents do not see a count."""
    if is_public:
        return "reason, reason_last_year"
    return "null as reason, null as reason_last_year"


def _offence(row: Row, is_public: bool) -> Offence:
    return Offence(
        code=str(row["offence_code"]),
        name_nl=str(row["offence_name_nl"]),
        name_en=str(row["offence_name_en"]),
        source=_text(row["source"]),
        count=_count(row, is_public),
        last_year=Count(
            _whole(row["count_last_year"]),
            _text(row["reason_last_year"]),
            is_rounded=is_public,
        ),
        status=_text(row["status"]),
        expected_lower=_whole(row["expected_lower"]),
        expected_upper=_whole(row["expected_upper"]),
        is_provisional=bool(row["is_provisional"]),
        is_incomplete=bool(row["is_incomplete"]),
        has_late_reports=row["completeness_flag"] == "provisional",
    )


def _count(row: Row, is_public: bool) -> Count:
    value = _whole(row["crime_count"])
    return Count(
        value,
        _text(row["reason"]),
        is_lower_bound=bool(row["is_lower_bound"]),
        is_rounded=is_public,
    )


def _history(
    reader: _Reader, month: date, is_public: bool
) -> dict[str, tuple[MonthCount, ...]]:
    reason = "reason" if is_public else "null as reason"
    since = add_months(month, 1 - _MONTHS_OF_SEASONS)
    rows = reader.all(
        "rpt_briefing",
        "select offence_code, month, source, crime_count, is_lower_bound, "  # noqa: S608 - ours
        f"{reason} from marts.rpt_briefing "
        "where offence_code in ('1.1.1', '1.2.1', '1.2.3') "
        "and month between ? and ?",
        since,
        month,
    )
    known = {
        (str(row["offence_code"]), _date(row["month"])): (
            _count(row, is_public),
            _text(row["source"]),
        )
        for row in rows
    }
    months = [add_months(since, at) for at in range(_MONTHS_OF_SEASONS)]
    return {
        code: tuple(
            MonthCount(shown, *known.get((code, shown), (NOT_KNOWN, None)))
            for shown in months
        )
        for code in PRIORITY
    }


def _breaks(reader: _Reader, month: date) -> dict[str, date]:
    rows = reader.all(
        "fct_level_shifts",
        "select offence_code, max(month) as since from marts.fct_level_shifts "
        "where is_suspected_break and is_strongest and month <= ? "
        "group by offence_code",
        month,
    )
    return {
        str(row["offence_code"]): since
        for row in rows
        if (since := _date(row["since"]))
    }


def _buurten(reader: _Reader) -> tuple[Buurt, ...]:
    rows = reader.all(
        "dim_buurt_shapes",
        "select buurten.buurt_code, buurten.buurt_name, buurten.is_residential, "
        "shapes.geometry_wkt from marts.dim_buurten as buurten "
        "join marts.dim_buurt_shapes as shapes using (buurt_code) "
        # The newest shape, where borders were moved.
        "qualify row_number() over (partition by buurten.buurt_code "
        "order by shapes.vintage_year desc) = 1 order by buurten.buurt_name",
    )
    return tuple(
        Buurt(
            str(row["buurt_code"]),
            str(row["buurt_name"]),
            bool(row["is_residential"]),
            str(row["geometry_wkt"]),
        )
        for row in rows
    )


def _where(reader: _Reader, month: date, is_public: bool) -> dict[str, Where]:
    rows = _cells(reader, month) if is_public else _sums(reader, month)
    found: dict[str, Where] = {}
    for code in PRIORITY:
        of_code = [row for row in rows if row["offence_code"] == code]
        if not of_code:
            continue
        first, last = (_date(of_code[0][k]) for k in ("first_month", "last_month"))
        if first and last:
            found[code] = Where(
                first,
                last,
                {str(row["area_code"]): _count(row, is_public) for row in of_code},
            )
    return found


def _cells(reader: _Reader, month: date) -> list[Row]:
    return reader.all(
        "rpt_public_crimes",
        "select offence_code, area_code, first_month, last_month, crime_count, "
        "reason, is_lower_bound from marts.rpt_public_crimes "
        "where level = 'buurt' and offence_code in ('1.1.1', '1.2.1', '1.2.3') "
        "and last_month <= ? "
        # The period of the briefing, or else the newest year before it.
        "qualify rank() over (partition by offence_code order by last_month desc, "
        "period_kind) = 1 order by offence_code, area_code",
        month,
    )


def _sums(reader: _Reader, month: date) -> list[Row]:
    return reader.all(
        "rpt_area_scan",
        "select offence_code, buurt_code as area_code, "
        "(month - interval 11 months)::date as first_month, month as last_month, "
        "count_12_months as crime_count, null as reason, false as is_lower_bound "
        "from marts.rpt_area_scan where month = ? "
        "and offence_code in ('1.1.1', '1.2.1', '1.2.3') "
        "order by offence_code, area_code",
        month,
    )


def _patrols(reader: _Reader, month: date, is_public: bool) -> Patrols:
    row = reader.one(
        "rpt_patrols",
        "select sum(patrol_hours) as hours, sum(signal_count) as signal_count, "
        "coalesce(bool_or(is_lower_bound), false) "
        "or count(*) > count(patrol_hours) as is_lower_bound, "
        "count(*) > count(signal_count) as has_unknown_signals, "
        "count(*) > 0 as is_reported, "
        # What is surely there of figures in fives: 5 stands for 5 and more, 10 for
        # 8 signals or 7.5 hours.
        "5 * floor(sum(if(patrol_hours > 5, patrol_hours - 2.5, patrol_hours)) / 5) "
        "as least_hours, "
        "5 * floor(sum(if(signal_count > 5, signal_count - 2, signal_count)) / 5) "
        "as least_signals from marts.rpt_patrols where month = ?",
        month,
    )
    if not row or not row["is_reported"]:
        return Patrols(None, False, NOT_KNOWN, is_reported=False)
    hours = row["least_hours" if is_public else "hours"]
    return Patrols(
        hours=None if hours is None else float(str(hours)),
        is_lower_bound=is_public or bool(row["is_lower_bound"]),
        signals=Count(
            _whole(row["least_signals" if is_public else "signal_count"]),
            is_lower_bound=is_public or bool(row["has_unknown_signals"]),
            is_rounded=is_public,
        ),
        is_reported=True,
    )


def _posts(reader: _Reader, month: date, is_public: bool) -> tuple[Posts, ...]:
    rows = reader.all(
        "rpt_reach",
        "select channel, sum(post_count) as post_count, "
        "max(reach_max_lower) as reach_lower, sum(reach_sum_upper) as reach_upper "
        "from marts.rpt_reach where month = ? group by channel order by channel",
        month,
    )
    return tuple(
        Posts(
            str(row["channel"]),
            Count(
                _whole(row["post_count"]),
                "small_count" if is_public else None,
                is_rounded=is_public,
            ),
            _whole(row["reach_lower"]),
            _whole(row["reach_upper"]),
        )
        for row in rows
    )


def _effects(reader: _Reader, month: date, is_public: bool) -> tuple[Effect, ...]:
    table = "rpt_public_effects" if is_public else "rpt_effects"
    # Residents have the design that counts, and no other.
    is_shown = "true" if is_public else "is_primary"
    rows = reader.all(
        table,
        "select study_id, study_kind, study_name, offence_code, start_month, "  # noqa: S608 - ours
        "verdict, reason, is_reporting_sensitive, offence_name_nl, offence_name_en "
        f"from marts.{table} left join marts.dim_offences using (offence_code) "
        f"where {is_shown} and coalesce(start_month <= ?, true) "
        "order by list_position(['works', 'made worse', 'no sign that it works', "
        "'too few to say'], verdict), start_month desc, study_id, offence_code",
        month,
    )
    return tuple(
        Effect(
            str(row["study_kind"]),
            # A name that could be that of a person is withheld from residents.
            str(row["study_name"] or row["study_id"]),
            str(row["offence_code"]),
            str(row["offence_name_nl"] or row["offence_code"]),
            str(row["offence_name_en"] or row["offence_code"]),
            _date(row["start_month"]),
            str(row["verdict"]),
            _text(row["reason"]),
            bool(row["is_reporting_sensitive"]),
        )
        for row in rows
    )


def _programmes(reader: _Reader) -> tuple[Programme, ...]:
    rows = reader.all(
        "fct_programmes",
        "select programmes.programme_id, any_value(programmes.name) as name, "
        "any_value(programmes.kind) as kind, any_value(programmes.status) as status, "
        "min(programmes.start_date) as start_date, "
        "max(programmes.end_date) as end_date, "
        "list(buurten.buurt_name order by buurten.buurt_name) as buurten "
        "from marts.fct_programmes as programmes "
        "left join marts.dim_buurten as buurten using (buurt_code) "
        "group by programmes.programme_id "
        "order by min(programmes.start_date), programmes.programme_id",
    )
    return tuple(
        Programme(
            str(row["programme_id"]),
            str(row["name"] or row["programme_id"]),
            str(row["kind"]),
            str(row["status"]),
            start,
            _date(row["end_date"]),
            _names(row["buurten"]),
        )
        for row in rows
        if (start := _date(row["start_date"]))
    )


def _actions(reader: _Reader) -> tuple[Action, ...]:
    rows = reader.all(
        "fct_actions",
        "select action_id, description, owner, asked_on, due_on, status, done_on "
        "from marts.fct_actions order by asked_on, action_id",
    )
    return tuple(
        Action(
            str(row["action_id"]),
            str(row["description"]),
            str(row["owner"]),
            asked,
            _date(row["due_on"]),
            str(row["status"]),
            _date(row["done_on"]),
        )
        for row in rows
        # What could name somebody is withheld, and then there is nothing to tell.
        if (asked := _date(row["asked_on"])) and row["description"]
    )


def _briefings(reader: _Reader, is_public: bool) -> tuple[Briefing, ...]:
    day = "briefing_date" if is_public else "started_date"
    rows = reader.all(
        "fct_briefings",
        f"select briefing_id, {day} as held_on, status, venue, guest_from, themes "  # noqa: S608 - ours
        f"from marts.fct_briefings order by {day}, briefing_id",
    )
    return tuple(
        Briefing(
            str(row["briefing_id"]),
            held,
            str(row["status"]),
            _text(row["venue"]),
            _text(row["guest_from"]),
            tuple(str(row["themes"] or "").split()),
        )
        for row in rows
        if (held := _date(row["held_on"]))
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _whole(value: object) -> int | None:
    return None if value is None else round(float(str(value)))


def _date(value: object) -> date | None:
    if value is None:
        return None
    return date.fromisoformat(str(value)[:10])


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(str(name) for name in value if name is not None)

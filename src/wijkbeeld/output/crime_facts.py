"""What a publication knows of the crimes of a month, and where they were."""

from datetime import date

from wijkbeeld.output.facts import (
    PRIORITY,
    Buurt,
    MonthCount,
    Offence,
    Where,
    add_months,
)
from wijkbeeld.output.publication_rows import Reader, Row, as_date, as_text, as_whole
from wijkbeeld.output.told import NOT_KNOWN, Count

_MONTHS_OF_SEASONS = 36


def offences(reader: Reader, month: date, is_public: bool) -> tuple[Offence, ...]:
    """Return the offences of the month, those that come first at the front."""
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
        source=as_text(row["source"]),
        count=_count(row, is_public),
        last_year=Count(
            as_whole(row["count_last_year"]),
            as_text(row["reason_last_year"]),
            is_rounded=is_public,
        ),
        status=as_text(row["status"]),
        expected_lower=as_whole(row["expected_lower"]),
        expected_upper=as_whole(row["expected_upper"]),
        is_provisional=bool(row["is_provisional"]),
        is_incomplete=bool(row["is_incomplete"]),
        has_late_reports=row["completeness_flag"] == "provisional",
    )


def _count(row: Row, is_public: bool) -> Count:
    value, is_lower_bound = as_whole(row["crime_count"]), bool(row["is_lower_bound"])
    return Count(
        # At least none says nothing.
        None if is_lower_bound and not value else value,
        as_text(row["reason"]),
        is_lower_bound=is_lower_bound,
        is_rounded=is_public,
    )


def history(
    reader: Reader, month: date, is_public: bool
) -> dict[str, tuple[MonthCount, ...]]:
    """Return the months of what is told first, from three years before on."""
    reason = "reason" if is_public else "null as reason"
    since = add_months(month, 1 - _MONTHS_OF_SEASONS)
    rows = reader.all(
        "rpt_briefing",
        "select offence_code, month, source, crime_count, is_lower_bound, "  # noqa: S608 - ours
        "is_incomplete, "
        f"{reason} from marts.rpt_briefing "
        "where offence_code in ('1.1.1', '1.2.1', '1.2.3') "
        "and month between ? and ?",
        since,
        month,
    )
    known = {
        (str(row["offence_code"]), as_date(row["month"])): (
            _count(row, is_public),
            as_text(row["source"]),
            bool(row["is_incomplete"]),
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


def breaks(reader: Reader, month: date) -> dict[str, date]:
    """Return per offence the newest month since which it is counted otherwise."""
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
        if (since := as_date(row["since"]))
    }


def buurten(reader: Reader) -> tuple[Buurt, ...]:
    """Return the buurten, each with its newest shape."""
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


def where(reader: Reader, month: date, is_public: bool) -> dict[str, Where]:
    """Return what each buurt had in twelve months, of what is told first."""
    rows = _cells(reader, month) if is_public else _sums(reader, month)
    found: dict[str, Where] = {}
    for code in PRIORITY:
        of_code = [row for row in rows if row["offence_code"] == code]
        if not of_code:
            continue
        first, last = (as_date(of_code[0][k]) for k in ("first_month", "last_month"))
        if first and last:
            found[code] = Where(
                first,
                last,
                {str(row["area_code"]): _count(row, is_public) for row in of_code},
            )
    return found


def _cells(reader: Reader, month: date) -> list[Row]:
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


def _sums(reader: Reader, month: date) -> list[Row]:
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

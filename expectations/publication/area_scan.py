"""Rules on counts of offences, per cell and for the team."""

from expectations.publication.rule import Rule, known_in, not_negative, one_of, unique

_SOURCES = ("police__incidents", "police__open_data")
_STATUSES = ("higher", "as expected", "lower", "too few to say")

_MONTHS = (
    Rule(
        "month is the first day of a month",
        "count(*) filter (where month <> date_trunc('month', month))",
    ),
    Rule(
        "no month lies in the future",
        "count(*) filter (where month > $today)",
        "look in fct_deliveries for the file with dates in the future; mend or "
        "remove it, and set this machine's clock right",
    ),
)

# The interval is made of whole numbers and leaves out the outermost part of the
# distribution: of an expectation of 0.05 it holds zero alone.
_INTERVAL = Rule(
    "expected_lower, expected_count, expected_upper are in this order, to a whole",
    "count(*) filter (where expected_lower > expected_upper "
    "or expected_lower > ceil(expected_count) "
    "or expected_upper < floor(expected_count))",
    "find the cell, and run the tests of wijkbeeld.measures on its history",
)

_INTERVAL_WHOLE = Rule(
    "expected_count comes with both its bounds, or without",
    "count(*) filter (where (expected_count is null) <> (expected_lower is null) "
    "or (expected_count is null) <> (expected_upper is null))",
    "an estimate is shown with its interval or not at all; see wijkbeeld.measures",
)

_ADDS_UP = """(
    select count(*)
    from (
        -- A cell that is not in one of them adds nothing there.
        select offence_code, month, source,
            coalesce(sum(crime_count) filter (where mart = 'crimes'), 0) as crimes,
            coalesce(sum(crime_count) filter (where mart = 'scan'), 0) as scan
        from (
            select 'scan' as mart, offence_code, month, source, crime_count
            from marts.rpt_area_scan
            union all
            select 'crimes', offence_code, month, source, crime_count
            from marts.fct_registered_crimes
            where (offence_code, month, source) in (
                select (offence_code, month, source) from marts.rpt_area_scan
            )
        )
        group by all
    )
    where crimes <> scan
)"""

_PLACED = """(
    select abs(
        (
            -- No incident is no row, and adds nothing.
            select coalesce(sum(crime_count), 0) from marts.fct_registered_crimes
            where source = 'police__incidents'
        )
        - (
            select count(*) from marts.fct_incidents
            where not is_withdrawn and buurt_code is not null
        )
    )
)"""

_BRIEFING_ADDS_UP = """(
    select count(*)
    from marts.rpt_briefing as briefing
    full join (
        select offence_code, month, sum(crime_count) as cells
        from marts.rpt_area_scan group by offence_code, month
    ) as scan using (offence_code, month)
    where briefing.crime_count is distinct from cells
)"""

TABLES = {
    "fct_registered_crimes": (
        unique("buurt_code", "offence_code", "month", "source"),
        known_in("buurt_code", "dim_buurten"),
        known_in("offence_code", "dim_offences"),
        one_of("source", *_SOURCES),
        not_negative("crime_count", "gross_count"),
        *_MONTHS,
        Rule(
            "a count that is withheld by the publisher is null",
            "count(*) filter (where is_suppressed and crime_count is not null)",
        ),
        Rule(
            "gross_count is not below crime_count",
            "count(*) filter (where gross_count < crime_count)",
        ),
        Rule(
            "it counts every placed incident once",
            _PLACED,
            "run the dbt test that compares fct_incidents and fct_registered_crimes",
        ),
    ),
    "rpt_area_scan": (
        unique("buurt_code", "offence_code", "month"),
        Rule(
            "every offence and month that is in it has a cell for every buurt",
            "abs((select count(*) from marts.dim_buurten) "
            "* count(distinct (offence_code, month)) - count(*))",
            "a cell that nobody delivered is null, not absent; see the model",
        ),
        Rule(
            "every counted offence and month is in it",
            "(select count(*) from (select offence_code, month "
            "from marts.fct_registered_crimes except "
            "select offence_code, month from marts.rpt_area_scan))",
        ),
        known_in("buurt_code", "dim_buurten"),
        one_of("status", *_STATUSES),
        not_negative("crime_count", "count_12_months", "rate_per_1000"),
        not_negative("expected_count", "expected_lower", "expected_upper"),
        *_MONTHS,
        _INTERVAL,
        _INTERVAL_WHOLE,
        Rule(
            "its counts add up to those of fct_registered_crimes",
            _ADDS_UP,
            "compare the two per offence, month and source; one loses cells",
        ),
    ),
    "rpt_briefing": (
        unique("offence_code", "month"),
        one_of("status", *_STATUSES),
        not_negative("crime_count", "count_last_year", "expected_count"),
        *_MONTHS,
        _INTERVAL,
        _INTERVAL_WHOLE,
        Rule(
            "its totals are the sums of the cells of rpt_area_scan",
            _BRIEFING_ADDS_UP,
            "compare the two per offence and month",
        ),
    ),
}

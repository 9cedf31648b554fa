"""Rules on counts of offences, per cell and for the team."""

from expectations.publication.rule import Rule, known_in, not_negative, one_of, unique
from wijkbeeld.language import later

_SOURCES = ("police__incidents", "police__open_data")
_STATUSES = ("higher", "as expected", "lower", "too few to say")

_MONTHS = (
    Rule(
        later("month is de eerste dag van een maand"),
        "count(*) filter (where month <> date_trunc('month', month))",
    ),
    Rule(
        later("geen maand ligt in de toekomst"),
        "count(*) filter (where month > $today)",
        later(
            "zoek in fct_deliveries het bestand met datums in de toekomst; "
            "herstel of verwijder het, en zet de klok van deze machine goed"
        ),
    ),
)

# The interval is made of whole numbers and leaves out the outermost part of the
# distribution: of an expectation of 0.05 it holds zero alone.
_INTERVAL = Rule(
    later(
        "expected_lower, expected_count en expected_upper staan in "
        "deze volgorde, op een geheel na"
    ),
    "count(*) filter (where expected_lower > expected_upper "
    "or expected_lower > ceil(expected_count) "
    "or expected_upper < floor(expected_count))",
    later("zoek de cel, en toets wijkbeeld.measures met haar verleden"),
)

_INTERVAL_WHOLE = Rule(
    later("expected_count heeft beide grenzen, of ontbreekt zelf ook"),
    "count(*) filter (where (expected_count is null) <> (expected_lower is null) "
    "or (expected_count is null) <> (expected_upper is null))",
    later("een schatting staat er met haar marge of niet; zie wijkbeeld.measures"),
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
            later("een aantal dat de uitgever niet geeft is leeg"),
            "count(*) filter (where is_suppressed and crime_count is not null)",
        ),
        Rule(
            later("gross_count is niet lager dan crime_count"),
            "count(*) filter (where gross_count < crime_count)",
        ),
        Rule(
            later("elk incident met een plaats telt één keer mee"),
            _PLACED,
            later(
                "draai de dbt-test die fct_incidents en fct_registered_crimes "
                "vergelijkt"
            ),
        ),
    ),
    "rpt_area_comparison": (
        unique("buurt_code", "offence_code", "month", "compared_with"),
        known_in("buurt_code", "dim_buurten"),
        not_negative("count_12_months", "other_count_12_months"),
        Rule(
            later("elke verhouding ligt tussen haar grenzen"),
            "count(*) filter (where "
            "ratio_estimate not between ratio_lower and ratio_upper)",
            later(
                "draai de tests van wijkbeeld.measures; voer dan uit: "
                "wijkbeeld build --full-refresh"
            ),
        ),
    ),
    "rpt_area_scan": (
        unique("buurt_code", "offence_code", "month"),
        Rule(
            later(
                "elk delict heeft in elke maand die erin staat een cel voor elke buurt"
            ),
            "abs((select count(*) from marts.dim_buurten) "
            "* count(distinct (offence_code, month)) - count(*))",
            later("een cel die niemand leverde is leeg, niet afwezig; zie het model"),
        ),
        Rule(
            later("elk geteld delict staat erin, met elke getelde maand"),
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
            later("de aantallen tellen op tot die van fct_registered_crimes"),
            _ADDS_UP,
            later(
                "vergelijk de twee per delict, maand en bron; een van beide "
                "verliest cellen"
            ),
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
            later("de totalen zijn de som van de cellen van rpt_area_scan"),
            _BRIEFING_ADDS_UP,
            later("vergelijk de twee per delict en maand"),
        ),
    ),
}

-- Per offence and month: one source, its crimes, and as many rows as there are
-- buurten with a row in it; and the briefing adds up to the same. What was not
-- delivered is zero where it is registered and null in the reports.
with

registered as (

    select
        offence_code,
        month,
        min(source) as source,
        count(*) as buurt_count,
        sum(crime_count) as crime_count

    from {{ ref('fct_registered_crimes') }}
    group by offence_code, month, source
    -- What is complete first, and in the alphabet incidents come before open data.
    qualify row_number() over (
        partition by offence_code, month
        order by bool_or(is_incomplete) asc, source asc
    ) = 1

),

scanned as (

    select
        offence_code,
        month,
        source,
        count(distinct buurt_code) as buurt_count,
        count(*) as row_count,
        sum(crime_count) as crime_count

    from {{ ref('rpt_area_scan') }}
    group by offence_code, month, source

),

briefed as (

    select * from {{ ref('rpt_briefing') }}

)

select
    registered.offence_code as registered_offence_code,
    scanned.offence_code as scanned_offence_code,
    registered.month,
    registered.crime_count as registered_count,
    scanned.crime_count as scanned_count,
    briefed.crime_count as briefed_count

from registered
full outer join scanned
    on
        registered.offence_code = scanned.offence_code
        and registered.month = scanned.month
        and registered.source = scanned.source
full outer join briefed
    on
        registered.offence_code = briefed.offence_code
        and registered.month = briefed.month
        and registered.source = briefed.source
where
    nullif(registered.crime_count, 0) is distinct from nullif(scanned.crime_count, 0)
    or nullif(registered.crime_count, 0)
    is distinct from nullif(briefed.crime_count, 0)
    or registered.buurt_count is distinct from scanned.row_count
    or scanned.row_count is distinct from scanned.buurt_count

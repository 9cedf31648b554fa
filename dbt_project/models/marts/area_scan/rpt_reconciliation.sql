with

-- A sum of all offences reconciles nothing.
own as (

    select * from {{ ref('fct_registered_crimes') }}
    where
        source = 'police__incidents'
        and offence_code <> '0.0.0'
        and not is_incomplete

),

published as (

    select * from {{ ref('fct_registered_crimes') }}
    where
        source = 'police__open_data'
        and not is_incomplete

),

compared as (

    select
        own.buurt_code,
        own.offence_code,
        own.month,
        own.crime_count as own_count,
        own.gross_count as own_gross_count,
        published.crime_count as published_count,
        own.crime_count - published.crime_count as difference,
        greatest(2, 0.05 * published.crime_count) as tolerance,
        own.is_provisional,
        published.is_suppressed

    from own
    inner join published
        on
            own.buurt_code = published.buurt_code
            and own.offence_code = published.offence_code
            and own.month = published.month

),

around as (

    select
        *,
        sum(difference) over (partition by offence_code, month) as team_difference,
        sum(difference) over (partition by buurt_code, month) as buurt_difference,
        difference + sum(difference) over (
            through_time range between interval 1 month preceding
            and interval 1 month preceding
        ) as difference_with_last,
        difference + sum(difference) over (
            through_time range between interval 1 month following
            and interval 1 month following
        ) as difference_with_next

    from compared
    window through_time as (partition by buurt_code, offence_code order by month)

)

-- Causes are guesses, the first that would explain the difference.
select
    buurt_code,
    offence_code,
    month,
    own_count,
    own_gross_count,
    published_count,
    difference,
    coalesce(abs(difference) > tolerance, false) as is_flagged,
    case
        when is_suppressed then 'suppressed'
        when abs(difference) <= tolerance then null
        when is_provisional then 'late_registration'
        when abs(own_gross_count - published_count) <= tolerance
            then 'gross_or_net'
        when abs(team_difference) <= tolerance then 'buurt_edges'
        when
            abs(difference_with_last) <= tolerance
            or abs(difference_with_next) <= tolerance
            then 'date_used'
        when abs(buurt_difference) <= tolerance then 'offence_mapping'
        else 'unknown'
    end as likely_cause

from around
order by month, offence_code, buurt_code

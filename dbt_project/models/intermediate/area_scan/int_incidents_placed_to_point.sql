{{ config(materialized='table') }}

with

-- Near repeats look back two years from the newest month that is complete.
periods as (

    select
        max(month) as last_month,
        cast(max(month) - interval 23 month as date) as first_date,
        cast(max(month) + interval 1 month as date) as end_date

    from {{ ref('int_incidents_covered_to_month') }}
    where not is_incomplete

),

points as (

    select
        staged.incident_id,
        staged.file_sha256,
        staged.x_rd,
        staged.y_rd

    from {{ ref('stg_police__incidents') }} as staged
    inner join periods on staged.registered_date >= periods.first_date
    -- One incident under several codes is one.
    qualify row_number() over (
        partition by staged.incident_id, staged.file_sha256
        order by staged.row_number desc
    ) = 1

),

incidents as (

    select
        *,
        cast({{ to_local('registered_at') }} as date) as registered_date,
        cast({{ to_local('occurred_from_at') }} as date) as occurred_from_date,
        -- A window of days ends where the next day begins.
        cast({{ to_local(
            "(occurred_to_at - case when occurred_to_at > occurred_from_at "
            "then interval 1 second else interval 0 second end)"
        ) }} as date) as occurred_to_date

    from {{ ref('fct_incidents') }}
    where not is_withdrawn

),

placed as (

    select
        incidents.offence_code,
        incidents.buurt_code,
        points.x_rd,
        points.y_rd,
        incidents.address_key,
        incidents.registered_date,
        incidents.occurred_from_date,
        incidents.occurred_to_date,
        coalesce(
            incidents.occurred_to_at - incidents.occurred_from_at
            <= interval 48 hour,
            false
        ) as is_dated,
        periods.last_month,
        incidents.registered_date >= periods.last_month - interval 11 month
        and incidents.registered_date < periods.end_date as is_in_last_year,
        coalesce(
            incidents.occurred_from_date >= periods.first_date
            and incidents.occurred_from_date < periods.end_date,
            false
        ) as is_in_two_years

    from incidents
    inner join periods on incidents.registered_date >= periods.first_date
    inner join {{ ref('offence_groups') }} as offences
        on
            incidents.offence_code = offences.offence_code
            and offences.is_citizen_reported
    left join points
        on
            incidents.incident_id = points.incident_id
            and incidents.file_sha256 = points.file_sha256

)

select * from placed

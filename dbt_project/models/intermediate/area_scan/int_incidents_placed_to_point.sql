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

incidents as (

    select
        incidents.*,
        periods.*,
        cast({{ to_local('incidents.registered_at') }} as date) as registered_date,
        cast({{ to_local('incidents.occurred_from_at') }} as date)
            as occurred_from_date,
        -- A window of days ends where the next day begins.
        cast({{ to_local(
            "(incidents.occurred_to_at - case "
            "when incidents.occurred_to_at > incidents.occurred_from_at "
            "then interval 1 second else interval 0 second end)"
        ) }} as date) as occurred_to_date

    from {{ ref('fct_incidents') }} as incidents
    -- A local day begins at most a day before that of UTC.
    inner join periods
        on incidents.registered_at >= periods.first_date - interval 1 day
    inner join {{ ref('offence_groups') }} as offences
        on
            incidents.offence_code = offences.offence_code
            and offences.is_citizen_reported
    where not incidents.is_withdrawn

),

-- One incident under several codes is one, with one point.
points as (

    select
        incidents.incident_id,
        arg_max(
            { 'x': staged.x_rd, 'y': staged.y_rd }, staged.row_number
        ) as point

    from incidents
    inner join {{ ref('stg_police__incidents') }} as staged
        on
            incidents.incident_id = staged.incident_id
            and incidents.file_sha256 = staged.file_sha256
    group by incidents.incident_id

),

placed as (

    select
        incidents.offence_code,
        incidents.buurt_code,
        struct_extract(points.point, 'x') as x_rd,
        struct_extract(points.point, 'y') as y_rd,
        incidents.address_key,
        incidents.registered_date,
        incidents.occurred_from_date,
        incidents.occurred_to_date,
        coalesce(
            incidents.occurred_to_at - incidents.occurred_from_at
            <= interval 48 hour,
            false
        ) as is_dated,
        incidents.last_month,
        incidents.registered_date >= incidents.last_month - interval 11 month
        and incidents.registered_date < incidents.end_date as is_in_last_year,
        coalesce(
            incidents.occurred_from_date >= incidents.first_date
            and incidents.occurred_from_date < incidents.end_date,
            false
        ) as is_in_two_years

    from incidents
    left join points on incidents.incident_id = points.incident_id
    where incidents.registered_date >= incidents.first_date

)

select * from placed

with

source as (

    select * from {{ source('police', 'open_data') }}
    where {{ accepted_new_rows('police', 'open_data') }}

),

typed as (

    select
        ---------- ids
        table_number,
        trim(offence_code) as offence_code,
        trim(region_code) as region_code,
        trim(period) as period,
        geo_vintage,

        ---------- numerics
        cast(crime_count as integer) as crime_count,

        ---------- booleans
        cast(is_provisional as boolean) as is_provisional,

        ---------- dates
        -- Years, quarters and weeks stand in the same column; only a month has one.
        cast(
            case
                when period like '____MM__'
                    then period[1:4] || '-' || period[7:8] || '-01'
            end as date
        ) as month,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed

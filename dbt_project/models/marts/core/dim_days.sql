with

extent as (

    select
        min(day) as first_day,
        max(day) as last_day

    from {{ ref('public_holidays') }}

),

spine as (

    select
        cast(unnest(
            generate_series(first_day, last_day, interval 1 day)
        ) as date) as day

    from extent

),

school_breaks as (

    select
        vakantie as school_holiday_name,
        begin as first_day,
        eind as last_day,
        lead(begin) over (order by begin) as next_first_day,
        lead(vakantie) over (order by begin) as next_name

    from {{ ref('school_holidays') }}
    where regio = 'Midden'

),

-- Up to the next break we know that there is school, but only if no break can be
-- missing in between.
known as (

    select
        school_holiday_name,
        first_day,
        last_day,
        case
            when
                (school_holiday_name, next_name) in (
                    ('Herfstvakantie', 'Kerstvakantie'),
                    ('Kerstvakantie', 'Voorjaarsvakantie'),
                    ('Voorjaarsvakantie', 'Meivakantie'),
                    ('Meivakantie', 'Zomervakantie'),
                    ('Zomervakantie', 'Herfstvakantie')
                )
                and next_first_day < first_day + interval 7 month
                then next_first_day - 1
            else last_day
        end as last_known_day

    from school_breaks

),

days as (

    select
        spine.day,
        cast(date_trunc('month', spine.day) as date) as month,
        cast(isoyear(spine.day) as integer) as iso_year,
        cast(weekofyear(spine.day) as integer) as iso_week,
        cast(isodow(spine.day) as integer) as iso_weekday,
        coalesce(holidays.is_public, false) as is_public_holiday,
        holidays.holiday_name,
        case
            when known.first_day is not null then spine.day <= known.last_day
        end as is_school_holiday,
        case
            when spine.day <= known.last_day then known.school_holiday_name
        end as school_holiday_name

    from spine
    left join {{ ref('public_holidays') }} as holidays
        on spine.day = holidays.day
    left join known
        on spine.day between known.first_day and known.last_known_day

)

select * from days
order by day

"""The clock of the week that the public may see (MEASURES E.1).

Per offence, over all buurten, of the newest twelve complete months: about how many
incidents fell in each of eight parts of the week, and in all of them together. An
incident is spread over the hours in which it can have happened, so these are sums of
weights and no whole numbers; threshold and rounding are those of every count, and the
audit takes them in as such. Under fifty incidents there is no clock (MEASURES 0.4).

To a reader the weights of a month are no more than its crimes: that is the only tie
with the other figures, and it is a row of the audit.
"""

from typing import Final

LEVEL: Final = "clock"
ALL: Final = "all"
FEWEST: Final = 50
SOURCE: Final = "police__incidents"

# An hour of the week with no incident has no row, and a month without any is none.
WEIGHTS = f"""
    create temp table public_weights as
    with months as (
        select offence_code, month, bool_or(is_provisional) as is_provisional
        from warehouse.marts.fct_registered_crimes
        where
            source = '{SOURCE}' and offence_code <> '0.0.0'
            and is_incomplete is not true
        group by all
    ),
    hours as (
        select unnest(range(168)) as hour_of_week
    ),
    parts as (
        select
            hour_of_week,
            ['night', 'morning', 'afternoon', 'evening'][
                hour_of_week % 24 // 6 + 1
            ]
            -- Friday 18:00 to Monday 06:00.
            || if(hour_of_week >= 114 or hour_of_week < 6, ' weekend', ' weekday')
                as part
        from hours
    ),
    weighed as (
        select offence_code, month, part, sum(weight) as weight
        from warehouse.marts.fct_clock_hours inner join parts using (hour_of_week)
        group by all
    )
    select
        months.offence_code, months.month, parts.part, months.is_provisional,
        -- No weight is none: every hour that has any is in the mart. Of a month that
        -- was not delivered it is unknown.
        case when not exists (
            from public_missing as missing
            where
                missing.source = '{SOURCE}'
                and missing.month = months.month
                and coalesce(missing.offence_code, months.offence_code)
                = months.offence_code
        ) then round(coalesce(weighed.weight, 0), 6) end as weight
    from months
    cross join (select distinct part from parts) as parts
    left join weighed using (offence_code, month, part)
"""  # noqa: S608 - all of it is ours

PERIODS = f"""
    insert into public_periods
    select
        '{LEVEL}', '{LEVEL}', offence_code, '{SOURCE}',
        (max(month) - interval 11 months)::date, max(month), 12
    from warehouse.marts.rpt_clock
    where level = 'team' and offence_code <> '0.0.0'
    group by offence_code
"""  # noqa: S608 - all of it is ours

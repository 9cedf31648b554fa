with

-- One row of a goal per list, in the order that the lists say of themselves.
listed as (

    select
        *,
        exported_on > agreed_date + interval 1 day as is_after_agreement,
        concat_ws(
            ' ', baseline, baseline_from_date, baseline_to_date, target, end_date
        ) as terms

    from {{ ref('stg_team__goals') }}
    qualify row_number() over (
        partition by goal_id, exported_on, file_sha256 order by row_number desc
    ) = 1

),

-- What was written up to the day of the agreement is draft: only its last form counts.
settled as (

    select * from listed
    qualify
        is_after_agreement
        or row_number() over (
            partition by goal_id, is_after_agreement
            order by exported_on desc, file_sha256 desc
        ) = 1

),

compared as (

    select
        *,
        coalesce(terms <> lag(terms) over (
            partition by goal_id order by exported_on, file_sha256
        ), true) as is_new_version

    from settled

),

numbered as (

    select
        *,
        cast(count_if(is_new_version) over (
            partition by goal_id
            order by exported_on, file_sha256
            rows between unbounded preceding and current row
        ) as integer) as version

    from compared

),

-- What no new version is made of is as the last list of the version has it.
versions as (

    select
        *,
        min(exported_on) over (partition by goal_id, version) as first_exported_on

    from numbered
    qualify row_number() over (
        partition by goal_id, version order by exported_on desc, file_sha256 desc
    ) = 1

),

crimes as (

    select
        versions.goal_id,
        versions.version,
        cast(sum(crimes.crime_count) as double) as baseline_measured

    from versions
    inner join {{ ref('fct_registered_crimes') }} as crimes
        on
            versions.indicator = 'crime_count'
            and crimes.source = 'police__incidents'
            and versions.offence_code = crimes.offence_code
            and coalesce(versions.buurt_code, crimes.buurt_code)
            = crimes.buurt_code
            and crimes.month
            between versions.baseline_from_date and versions.baseline_to_date
    left join {{ ref('int_gaps_spread_to_month') }} as gaps
        on
            crimes.source = gaps.source
            and crimes.offence_code = gaps.offence_code
            and crimes.month = gaps.month
    group by versions.goal_id, versions.version
    -- A baseline is measured when every month of it is there, and whole.
    having
        not bool_or(crimes.is_incomplete)
        and not coalesce(bool_or(gaps.completeness_flag like 'missing%'), false)
        and count(distinct crimes.month) = date_diff(
            'month',
            any_value(versions.baseline_from_date),
            any_value(versions.baseline_to_date) + interval 1 day
        )

),

-- A month without any round of any team was not delivered.
walked as (

    select distinct month from {{ ref('fct_patrols') }}
    where not is_withdrawn

),

walked_baselines as (

    select
        versions.goal_id,
        versions.version

    from versions
    inner join walked
        on
            walked.month
            between versions.baseline_from_date and versions.baseline_to_date
    group by versions.goal_id, versions.version
    having
        count(*) = date_diff(
            'month',
            any_value(versions.baseline_from_date),
            any_value(versions.baseline_to_date) + interval 1 day
        )

),

patrols as (

    select
        versions.goal_id,
        versions.version,
        -- Exact, so that the sum does not depend on the order of its parts.
        cast(sum(cast(
            patrols.duration_minutes / 60 / case
                when versions.buurt_code is null then 1 else patrols.buurt_count
            end as decimal(18, 9)
        )) as double) as baseline_measured

    from versions
    inner join walked_baselines
        on
            versions.goal_id = walked_baselines.goal_id
            and versions.version = walked_baselines.version
    inner join {{ ref('fct_patrols') }} as patrols
        on
            versions.indicator = 'patrol_hours'
            and not patrols.is_withdrawn
            and (
                versions.buurt_code is null
                or list_contains(
                    string_split(patrols.buurt_codes, ' '), versions.buurt_code
                )
            )
            and cast({{ to_local('patrols.started_at') }} as date)
            between versions.baseline_from_date and versions.baseline_to_date
    group by versions.goal_id, versions.version

),

measured as (

    select * from crimes
    union all
    select * from patrols

)

select
    versions.goal_id,
    versions.version,
    versions.agreed_date,
    versions.owner,
    versions.indicator,
    versions.theme,
    versions.offence_code,
    versions.buurt_code,
    versions.direction,
    versions.baseline,
    versions.baseline_from_date,
    versions.baseline_to_date,
    measured.baseline_measured,
    versions.target,
    versions.end_date,
    versions.stop_rule,
    versions.first_exported_on,
    versions.exported_on as last_exported_on,
    versions.version > 1 as is_moved,
    versions.version = max(versions.version) over (
        partition by versions.goal_id
    ) as is_latest

from versions
left join measured
    on
        versions.goal_id = measured.goal_id
        and versions.version = measured.version
order by versions.goal_id, versions.version

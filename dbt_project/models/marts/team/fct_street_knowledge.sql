with

-- A judgement is what its latest list says.
latest as (

    select * from {{ ref('stg_team__street_knowledge') }}
    qualify row_number() over (
        partition by judgement_id
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

-- The next judgement of the same kind of source on the same buurt and theme takes
-- its place; both stay.
followed as (

    select
        judgement_id,
        judged_date,
        cast(coalesce(
            valid_until_date, judged_date + interval 6 month
        ) as date) as valid_until_date,
        valid_until_date is null as is_valid_until_assumed,
        judged_by,
        buurt_code,
        theme,
        day_part,
        severity,
        direction,
        confidence,
        moved_places,
        reason,
        lead(judged_date) over (
            partition by judged_by, buurt_code, theme
            order by judged_date, judgement_id
        ) as superseded_date

    from latest

)

select
    *,
    superseded_date is not null as is_superseded

from followed
order by judgement_id

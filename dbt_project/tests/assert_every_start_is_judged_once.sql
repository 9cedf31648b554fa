-- Each study and offence that the register has gets one verdict that counts; of a kind
-- none, where figures of only one buurt go back far enough.
with

wanted as (

    select distinct
        study_id,
        study_kind,
        offence_code

    from {{ ref('int_starts_gathered_to_study') }}

),

judged as (

    select
        study_id,
        offence_code,
        count(*) as verdict_count

    from {{ ref('rpt_effects') }}
    where is_primary
    group by study_id, offence_code

)

select
    wanted.*,
    judged.verdict_count

from wanted
full join judged
    on
        wanted.study_id = judged.study_id
        and wanted.offence_code = judged.offence_code
where
    wanted.study_id is null
    or coalesce(
        judged.verdict_count, case wanted.study_kind when 'kind' then 1 else 0 end
    ) <> 1

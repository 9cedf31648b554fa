-- Each study and offence that the register has gets one verdict that counts.
with

wanted as (

    select distinct
        study_id,
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
where judged.verdict_count is distinct from 1 or wanted.study_id is null

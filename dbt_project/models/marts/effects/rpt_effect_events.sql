select
    study_id,
    study_kind,
    offence_code,
    cast(event_from_month as integer) as event_from_month,
    effect_estimate,
    effect_lower,
    effect_upper

from {{ ref('int_effects_measured') }}
where design = 'event'
order by study_id, offence_code, event_from_month

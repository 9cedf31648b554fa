select
    goals.goal_id,
    goals.version,
    goals.is_moved,
    goals.theme,
    goals.offence_code,
    goals.buurt_code,
    goals.indicator,
    goals.direction,
    goals.owner,
    goals.agreed_date,
    goals.baseline as baseline_value,
    goals.baseline_from_date,
    goals.baseline_to_date,
    goals.baseline_measured,
    goals.target as target_value,
    goals.end_date,
    goals.stop_rule,
    measured.source,
    cast(measured.last_month as date) as last_month,
    cast(measured.compared_month_count as integer) as compared_month_count,
    cast(measured.baseline_count as integer) as baseline_count,
    cast(measured.current_count as integer) as current_count,
    measured.current_value,
    measured.current_value_lower,
    measured.current_value_upper,
    measured.progress_estimate,
    measured.progress_lower,
    measured.progress_upper,
    measured.linear_path_value,
    measured.minimum_detectable_effect,
    measured.is_refused,
    measured.status,
    measured.note

from {{ ref('fct_goals') }} as goals
inner join {{ ref('int_goals_measured') }} as measured
    on goals.goal_id = measured.goal_id
where goals.is_latest
order by goals.end_date desc, goals.goal_id asc

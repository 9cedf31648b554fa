select
    topic,
    measure,
    level,
    subject,
    part,
    cast(month as date) as month,
    cast(month_count as integer) as month_count,
    figure_estimate,
    figure_lower,
    figure_upper,
    interval_kind,
    cast(event_count as bigint) as event_count,
    cast(base_count as bigint) as base_count,
    cast(unknown_count as bigint) as unknown_count,
    is_too_few,
    note

from {{ ref('int_engagement_measured') }}
order by topic, measure, level, subject, part, month, month_count

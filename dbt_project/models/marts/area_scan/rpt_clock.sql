select
    level,
    area_code,
    offence_code,
    cast(month as date) as month,
    day_part,
    week_part,
    share_estimate,
    share_lower,
    share_upper,
    hours_share,
    informative_count,
    uninformative_count,
    time_unknown_count,
    long_window_count,
    is_too_few,
    is_too_few_for_hours

from {{ ref('int_clocks_shared_to_year') }}

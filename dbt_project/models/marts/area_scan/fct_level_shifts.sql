select
    source,
    offence_code,
    cast(month as date) as month,
    shift_ratio,
    shift_z,
    outside_ratio,
    outside_z,
    is_suspected_break,
    is_strongest

from {{ ref('int_crimes_searched_for_shifts') }}

select
    file_sha256,
    source,
    file_name,
    status,
    reason,
    warnings,
    row_count,
    accepted_count,
    problem_count,
    size_bytes,
    exported_on,
    landed_at,
    is_demo

from {{ ref('stg_landing__deliveries') }}
order by source, file_sha256

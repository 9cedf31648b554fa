select
    kind,
    draft,
    status,
    release_id,
    replaces,
    subject_id,
    publication,
    month,
    language,
    has_demo,
    file_count,
    size_bytes,
    prepared_at,
    decided_at,
    decided_by,
    note

from {{ ref('stg_landing__releases') }}
order by kind, draft

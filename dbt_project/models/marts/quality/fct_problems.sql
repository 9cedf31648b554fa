select
    file_sha256,
    row_number,
    source,
    file_name,
    problem

from {{ ref('stg_landing__problems') }}

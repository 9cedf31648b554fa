-- Not incremental: a file that was rejected may be accepted later, under the same
-- name. There is a row per file, so that reading all of them costs next to nothing.
{{ config(materialized='table') }}

with

source as (

    select * from {{ source('landing', 'deliveries') }}

),

typed as (

    select
        ---------- ids
        file_sha256,
        source,

        ---------- text
        file_name,
        status,
        reason,
        warnings,

        ---------- numerics
        row_count,
        accepted_count,
        problem_count,
        size_bytes,

        ---------- booleans
        is_demo,

        ---------- timestamps
        exported_on,
        landed_at

    from source

)

select * from typed

-- Not incremental: there are a few rows a month.
{{ config(materialized='table') }}

with

source as (

    select * from {{ source('landing', 'releases') }}

),

typed as (

    select
        ---------- ids
        kind,
        draft,
        release_id,
        replaces,
        subject_id,
        publication,

        ---------- text
        status,
        language,
        decided_by,
        note,

        ---------- numerics
        file_count,
        size_bytes,

        ---------- booleans
        has_demo,

        ---------- dates
        month,

        ---------- timestamps
        prepared_at,
        decided_at

    from source

)

select * from typed

-- The record of a file that landed stays as it is, so only what was not told before is
-- read: thousands of small files take long to open. One that was rejected is read each
-- time, because it may be accepted later, under the same name. The empty file of the
-- zone is always among them, so there is something to read when nothing is new.
{{ config(
    incremental_strategy='delete+insert',
    unique_key=['source', 'file_sha256'],
) }}

{%- set records = source('landing', 'deliveries') -%}
{%- if is_incremental() -%}
    {%- set untold = run_query(
        "select file from glob(" ~ records ~ ") where file not in ("
        ~ "select replace(" ~ records ~ ", '**/*', source || '/' || file_sha256)"
        ~ " from " ~ this ~ " where status = 'landed') order by all"
    ).columns[0].values() -%}
    {%- set records = "read_parquet(['" ~ untold | join("', '") ~ "'])" -%}
{%- endif %}

with

source as (

    select * from {{ records }}

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

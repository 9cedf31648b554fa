{{ config(materialized='table') }}

with

snapshots as (

    select * from {{ ref('stg_social__facebook_posts') }}

),

-- The same export under another name is one snapshot.
latest as (

    select
        *,
        count(distinct exported_on) over (
            partition by post_id
        ) as snapshot_count,
        min(exported_on) over (partition by post_id) as first_exported_on,
        max(exported_on) over (partition by post_id) as last_exported_on

    from snapshots
    qualify row_number() over (
        partition by post_id
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

)

select * from latest

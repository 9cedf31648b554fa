{{ config(materialized='table') }}

select
    file_sha256,
    any_value(exported_on) as exported_on,
    any_value(covers_from) as covers_from,
    any_value(covers_to) as covers_to,
    count(*) as row_count

from {{ ref('stg_police__incidents') }}
group by 1

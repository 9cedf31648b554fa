{# Three CTEs for a fact whose records later files supersede or withdraw: `files` in
   the order that they give of themselves, never that of landing; `covered`, the
   newest file that covers each day; and `faulty`, the newest file in which the row
   of a record has a problem, for such a record is not gone. A `key` that is a
   pseudonym is of another type than text. #}
{% macro order_of_deliveries(source, key, day, type='varchar') -%}
files as (

    select
        *,
        row_number() over (order by exported_on, file_sha256) as file_rank

    from {{ ref('int_staged_files') }}
    where source = '{{ source }}'

),

covered as (

    select
        cast(days.day as date) as {{ day }},
        max(files.file_rank) as cover_rank

    from files
    cross join
        unnest(generate_series(
            files.covers_from, files.covers_to, interval 1 day
        )) as days (day)
    group by 1

),

faulty as (

    select
        cast(problems.record_id as {{ type }}) as {{ key }},
        max(files.file_rank) as faulty_rank

    from {{ ref('stg_landing__problems') }} as problems
    inner join files on problems.file_sha256 = files.file_sha256
    where problems.source = '{{ source }}'
    group by 1

)
{%- endmacro %}

{# The CTE `judged`, after those of `order_of_deliveries`: the records of a CTE with the
   rank of the file that they are from, and whether they are gone from a later file
   that holds all of their day. #}
{% macro judged_by_deliveries(records, key, day) -%}
judged as (

    select
        {{ records }}.*,
        coalesce(
            covered.cover_rank
            > greatest({{ records }}.file_rank, faulty.faulty_rank),
            false
        ) as is_withdrawn

    from {{ records }}
    left join covered on {{ records }}.{{ day }} = covered.{{ day }}
    left join faulty on {{ records }}.{{ key }} = faulty.{{ key }}

)
{%- endmacro %}

{# The condition under which a staged row counts for a fact with one row per `key`.
   All rows do, at first. Later only those of keys that a file brings up which the
   fact has not taken in: with a row, with a row that has a problem, or because their
   `day` is in the period that it covers. Of these keys every row that was ever
   delivered counts. Which files are taken in stands in a list made afterwards. #}
{% macro touched_by_new_files(source, key, day=none, type='varchar') -%}
    {#- Named before any condition, so that dbt sees what the fact is made of. -#}
    {%- set staged, problems = ref('stg_' ~ source), ref('stg_landing__problems') -%}
    {%- set new_files = files_not_taken_in(
        source, 'file_sha256, covers_from, covers_to', not is_incremental()
    ) -%}
    {%- if new_files is none -%}
        {{ return('true') }}
    {%- endif -%}
    {%- set is_new = is_of_files(new_files) -%}
    {{ key }} in (
        select {{ key }} from {{ staged }}
        where
            {{ is_new }}
            {%- for _, covers_from, covers_to in new_files if covers_to %}
                or {{ day }} between '{{ covers_from }}' and '{{ covers_to }}'
            {%- endfor %}
        union all
        select cast(record_id as {{ type }}) from {{ problems }}
        where source = '{{ source }}' and {{ is_new }}
    )
{%- endmacro %}

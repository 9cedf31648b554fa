{# Rows of `columns` of the files of a source that the facts have not taken in; null
   where they have taken in nothing yet, or are made anew. Which files are taken in
   stands in a list made afterwards. #}
{% macro files_not_taken_in(source, columns='file_sha256', anew=none) -%}
    {#- Named before any condition, so that dbt sees what the fact is made of. -#}
    {%- set files = ref('int_staged_files') -%}
    {%- set anew = flags.FULL_REFRESH if anew is none else anew -%}
    {%- set taken_in = adapter.get_relation(
        files.database, 'intermediate', 'int_staged_files_taken_in'
    ) if execute and not anew -%}
    {%- if not taken_in -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(run_query(
        "select " ~ columns ~ " from " ~ files
        ~ " where source = '" ~ source ~ "' and file_sha256 not in ("
        ~ "select file_sha256 from " ~ taken_in
        ~ " where source = '" ~ source ~ "') order by all"
    ).rows) }}
{%- endmacro %}

{# The condition that a staged row is of one of these files. #}
{% macro is_of_files(files) -%}
    file_sha256 in ('{{ files | map(attribute=0) | join("', '") }}')
{%- endmacro %}

{# The condition on staged incidents that files bring up which fct_incidents has not
   taken in: theirs, and all in the period such a file covers. Empty when all files
   are new. Which files it has taken in stands in a list that is made after it. #}
{% macro incidents_touched_by_new_files() -%}
    {%- if not is_incremental() -%}
        {{ return('') }}
    {%- endif -%}
    {%- set taken_in = adapter.get_relation(
        this.database, 'intermediate', 'int_incident_files_taken_in'
    ) -%}
    {%- if not taken_in -%}
        {{ return('') }}
    {%- endif -%}
    {%- set new_files = run_query(
        "select file_sha256, covers_from, covers_to from "
        ~ ref('int_incident_files')
        ~ " where file_sha256 not in (select file_sha256 from "
        ~ taken_in ~ ") order by all"
    ).rows -%}
    {%- set conditions = ["file_sha256 in ('"
        ~ new_files | map(attribute=0) | join("', '") ~ "')"] -%}
    {%- for _, covers_from, covers_to in new_files if covers_to -%}
        {%- do conditions.append(
            "registered_date between '" ~ covers_from ~ "' and '" ~ covers_to ~ "'"
        ) -%}
    {%- endfor -%}
    {{ return(conditions | join("\nor ")) }}
{%- endmacro %}

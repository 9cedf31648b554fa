{# The first local month of which the records may be others than in the last build: a
   file that is not taken in touches one of their keys, and the month is that of any row
   of the key that was ever delivered. What is summed from then on is summed anew; all
   of it at first, and none where nothing is new. #}
{% macro first_touched_month(source, key, at, day, type='varchar') -%}
    {%- set touched = touched_by_new_files(source, key, day, type) -%}
    {%- if touched == 'true' -%}
        {{ return("date '-infinity'") }}
    {%- endif -%}
    {%- set first = run_query(
        "select coalesce(min(" ~ local_month(at) ~ "), 'infinity') from "
        ~ ref('stg_' ~ source) ~ " where " ~ touched
    ).columns[0].values()[0] -%}
    {{ return("date '" ~ first ~ "'") }}
{%- endmacro %}

{# Takes out what is summed anew: of a month without records no row comes in place. #}
{% macro forget_from(first_month) -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where month >= {{ first_month }}
    {%- endif -%}
{%- endmacro %}

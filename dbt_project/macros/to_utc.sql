{# The instant of a local wall-clock timestamp. A time in the hour that comes twice
   in October is the first of the two for a start, the second for an end; a time in
   the hour that March skips was given a problem at landing. #}
{% macro start_to_utc(local_timestamp) -%}
    {{ return(adapter.dispatch('start_to_utc')(local_timestamp)) }}
{%- endmacro %}

{% macro end_to_utc(local_timestamp) -%}
    {{ return(adapter.dispatch('end_to_utc')(local_timestamp)) }}
{%- endmacro %}

{# DuckDB takes the second. An hour earlier is never doubled in October, and only
   in March does it lie further off: the lesser of both is the first. #}
{% macro duckdb__start_to_utc(local_timestamp) -%}
    least(
        {{ duckdb__end_to_utc(local_timestamp) }},
        {{ duckdb__end_to_utc("(" ~ local_timestamp ~ " - interval 1 hour)") }}
        + interval 1 hour
    )
{%- endmacro %}

{% macro duckdb__end_to_utc(local_timestamp) -%}
    {{ local_timestamp }}
    at time zone '{{ var("local_time_zone") }}' at time zone 'UTC'
{%- endmacro %}

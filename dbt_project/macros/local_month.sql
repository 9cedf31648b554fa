{# The first day of the local month of an instant in UTC. #}
{% macro local_month(utc_timestamp) -%}
    cast(date_trunc('month', {{ to_local(utc_timestamp) }}) as date)
{%- endmacro %}

{# The first day of the local month of an instant in UTC. Where it is the same month a
   day before and a day after, it is so everywhere: the clocks of the world are no
   further apart, and asking for the local time of every instant takes long. #}
{% macro local_month(utc_timestamp) -%}
    cast(case
        when
            date_trunc('month', {{ utc_timestamp }} - interval 1 day)
            = date_trunc('month', {{ utc_timestamp }} + interval 1 day)
            then date_trunc('month', {{ utc_timestamp }})
        else date_trunc('month', {{ to_local(utc_timestamp) }})
    end as date)
{%- endmacro %}

{# A figure that reaches back so many months, unless a suspected definition break lies
   in them: what was counted in another way is not compared with. #}
{% macro unless_broken(figure, months, otherwise='null') -%}
    case
        when coalesce(months_since_break < {{ months }}, false) then {{ otherwise }}
        else {{ figure }}
    end as {{ figure }}
{%- endmacro %}

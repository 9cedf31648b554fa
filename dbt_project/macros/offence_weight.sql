{# Order in which the offences of one incident are taken for the heaviest: those
   against life and body, robbery and sexual offences, then as the list goes on. #}
{% macro offence_weight(offence_code) -%}
    case {{ offence_code }}
        when '1.4.2' then '0.1'
        when '1.4.7' then '0.2'
        when '1.4.6' then '0.3'
        when '1.4.1' then '0.4'
        else {{ offence_code }}
    end
{%- endmacro %}

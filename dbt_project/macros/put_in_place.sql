{# Put what a model in Python made in place of the table, or into it. #}
{% macro put_in_place(made, target, existing, instead) -%}
    {%- if instead -%}
        {{ dropped(existing) }}
        alter table {{ made }} rename to {{ target.identifier }}
    {%- else -%}
        insert into {{ target }} by name from {{ made }};
        drop table {{ made }}
    {%- endif -%}
{%- endmacro %}

{% macro dropped(existing) -%}
    {%- if existing is not none -%}
        drop {{ existing.type }} if exists {{ existing }};
    {%- endif -%}
{%- endmacro %}

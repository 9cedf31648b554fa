{# All comments in one statement, and no look at the table first: the contract says
   that its columns are those described. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- if config.persist_relation_docs() and config.persist_column_docs() -%}
        {%- set comments -%}
            comment on {{ relation.type }} {{ relation }}
            is {{ duckdb_escape_comment(model.description) }};
            {% for name, column in model.columns.items() -%}
                comment on column {{ relation }}.{{ name }}
                is {{ duckdb_escape_comment(column.description) }};
            {% endfor %}
        {%- endset -%}
        {% do adapter.execute(comments, auto_begin=True) %}
    {%- endif -%}
{%- endmacro %}

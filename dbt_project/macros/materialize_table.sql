{# A table is replaced where it stands, in one transaction. dbt-duckdb builds it
   under another name, renames twice and drops, in three: with a warehouse of small
   tables that bookkeeping costs more than the tables. A build that fails or is
   killed leaves the table as it was, in either way. #}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set drop_existing -%}
        {%- if existing is not none -%}
            drop {{ existing.type }} if exists {{ existing }};
        {%- endif -%}
    {%- endset -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% if model['language'] == 'sql' -%}
        {% call statement('main') -%}
            {{ drop_existing }}
            {{ create_table_as(False, target, sql) }}
        {%- endcall %}
    {%- else -%}
        {# Python writes through a connection of its own, so under another name. #}
        {%- set made = make_intermediate_relation(target) -%}
        {{ drop_relation_if_exists(load_cached_relation(made)) }}
        {% call statement('main', language='python') -%}
            {{- create_table_as(False, made, compiled_code, 'python') }}
        {%- endcall %}
        {% call statement('replace') -%}
            {{ drop_existing }}
            alter table {{ made }} rename to {{ target.identifier }}
        {%- endcall %}
    {%- endif %}
    {% do persist_docs(target, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# A table that stands is emptied and filled in one transaction; its contract and its
   comments stand with it. dbt-duckdb builds it under another name, renames twice and
   drops, in three, after it has compared the columns with the contract and before it
   describes each of them: with a warehouse of small tables that bookkeeping costs more
   than the tables. A table whose model has changed is never met here: the build throws
   such a warehouse away. A build that fails or is killed leaves the table as it was. #}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set is_new = existing is none or not existing.is_table or should_full_refresh() -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% if model['language'] == 'python' -%}
        {# Python writes through a connection of its own, so under another name. #}
        {%- set made = make_intermediate_relation(target) -%}
        {{ drop_relation_if_exists(load_cached_relation(made)) }}
        {% call statement('main', language='python') -%}
            {{- create_table_as(False, made, compiled_code, 'python') }}
        {%- endcall %}
        {% call statement('put') -%}
            {{ put_in_place(made, target, existing, instead=True) }}
        {%- endcall %}
        {% do persist_docs(target, model) %}
    {%- elif is_new -%}
        {% call statement('main') -%}
            {{ dropped(existing) }}
            {{ create_table_as(False, target, sql) }}
        {%- endcall %}
        {% do persist_docs(target, model) %}
    {%- else -%}
        {% call statement('main') -%}
            delete from {{ target }};
            insert into {{ target }} by name ({{ sql }})
        {%- endcall %}
    {%- endif %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# New rows go into the table where it stands, in one transaction. dbt-duckdb puts
   them in a table beside it first and compares columns four times, which costs more
   than the rows of a month. A table whose model has changed is never met here: the
   build throws such a warehouse away. A model in Python takes out itself what is made
   anew (`wijkbeeld.measures.kept`), and gives what comes in its place. #}
{% materialization incremental, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set keys = config.get('unique_key') -%}
    {%- set keys = [keys] if keys is string else keys -%}
    {%- set is_new = existing is none or should_full_refresh() -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% if model['language'] == 'python' -%}
        {# Python writes through a connection of its own, so under another name. #}
        {%- set made = make_intermediate_relation(target) -%}
        {{ drop_relation_if_exists(load_cached_relation(made)) }}
        {% call statement('main', language='python') -%}
            {{- create_table_as(False, made, compiled_code, 'python') }}
        {%- endcall %}
        {% call statement('put') -%}
            {{ put_in_place(made, target, existing, instead=is_new) }}
        {%- endcall %}
    {%- else -%}
        {% call statement('main') -%}
            {%- if is_new -%}
                {{ dropped(existing) }}
                {{ create_table_as(False, target, sql) }}
            {%- elif keys -%}
                {%- set fresh = make_temp_relation(target)
                    .include(database=False, schema=False) -%}
                {{ create_table_as(True, fresh, sql) }};
                delete from {{ target }} as kept using {{ fresh }} as fresh
                where
                    {% for key in keys -%}
                        kept.{{ key }} = fresh.{{ key }} {{ 'and' if not loop.last }}
                    {% endfor %};
                insert into {{ target }} by name from {{ fresh }};
                drop table {{ fresh }}
            {%- else -%}
                insert into {{ target }} by name ({{ sql }})
            {%- endif -%}
        {%- endcall %}
    {%- endif %}
    {% if is_new -%}
        {% do persist_docs(target, model) %}
    {%- endif %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

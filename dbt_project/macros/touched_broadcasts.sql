{# The condition under which a staged message is unfolded over its groups: all are, at
   first; later those that a new log brings up, and those that were, or are, sent to a
   group of which a new register tells other days. #}
{% macro touched_broadcasts() -%}
    {#- Named before any condition, so that dbt sees what the fact is made of. -#}
    {%- set messages = ref('stg_whatsapp__broadcasts') -%}
    {%- set registers = ref('stg_whatsapp__groups') -%}
    {%- set groups = ref('dim_whatsapp_groups') -%}
    {%- set by_message = touched_by_new_files('whatsapp__broadcasts', 'message_id') -%}
    {%- set new_registers = files_not_taken_in(
        'whatsapp__groups', anew=not is_incremental()
    ) -%}
    {%- if new_registers is none -%}
        {{ return('true') }}
    {%- endif -%}
    {%- set days = 'group_id, active_from_date, active_to_date' -%}
    {%- set known_before -%}
        select {{ days }} from {{ registers }}
        where not {{ is_of_files(new_registers) }}
        qualify row_number() over (
            partition by group_id
            order by as_of_date desc, exported_on desc, file_sha256 desc,
                row_number desc
        ) = 1
    {%- endset -%}
    (
        {{ by_message }}
        or message_id in (
            with now as (select {{ days }} from {{ groups }}),

            before as ({{ known_before }}),

            changed as (
                (from now except from before) union all
                (from before except from now)
            )

            select messages.message_id
            from {{ messages }} as messages, changed
            where
                list_contains(
                    string_split(messages.group_ids, ' '), changed.group_id
                )
                or messages.group_ids = 'ALLE'
                and messages.sent_date >= changed.active_from_date
                and messages.sent_date
                <= coalesce(changed.active_to_date, messages.sent_date)
        )
    )
{%- endmacro %}

{# Takes out what is unfolded anew: of a message that went to groups which no longer
   are, no row comes in its place. #}
{% macro forget_touched_broadcasts() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where message_id in (
            select message_id from {{ ref('stg_whatsapp__broadcasts') }}
            where {{ touched_broadcasts() }}
        )
    {%- endif -%}
{%- endmacro %}

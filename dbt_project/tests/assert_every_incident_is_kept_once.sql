-- Whatever supersedes what, and in whatever builds it came: an incident or call that
-- was ever delivered is one row. Numbers stand for the pseudonyms, which are long and
-- many. What is in no new file was so in the build that took it in, and no row is made
-- or deleted of it since; the audit counts all rows every time.
{%- set incident_files = files_not_taken_in('police__incidents') -%}
{%- set call_files = files_not_taken_in('police__calls') -%}
{%- set is_whole = incident_files is none or call_files is none -%}
{%- set of_new_incidents = 'true' if is_whole else is_of_files(incident_files) -%}
{%- set of_new_calls = 'true' if is_whole else is_of_files(call_files) %}
with

staged_incidents as (

    select distinct incident_id from {{ ref('stg_police__incidents') }}
    where {{ of_new_incidents }}

),

staged_calls as (

    select distinct call_id from {{ ref('stg_police__calls') }}
    where
        is_of_police
        and {{ of_new_calls }}

),

staged as (

    select hash(incident_id) as incident_hash from staged_incidents
    union all
    select hash('call', call_id) as incident_hash from staged_calls

),

kept as (

    select
        hash(incident_id) as incident_hash,
        count(*) as row_count

    from {{ ref('fct_incidents') }}
    {% if not is_whole -%}
        where incident_id in (select staged.incident_id from staged_incidents as staged)
    {%- endif %}
    group by 1
    union all
    select
        hash('call', call_id) as incident_hash,
        count(*) as row_count

    from {{ ref('fct_calls') }}
    {% if not is_whole -%}
        where call_id in (select staged.call_id from staged_calls as staged)
    {%- endif %}
    group by 1

)

select
    staged.incident_hash as staged_incident_hash,
    kept.incident_hash as kept_incident_hash,
    kept.row_count

from staged
full outer join kept on staged.incident_hash = kept.incident_hash
where
    kept.row_count is distinct from 1
    or staged.incident_hash is null

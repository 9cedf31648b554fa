-- Whatever supersedes what, and in whatever builds it came: an incident or call that
-- was ever delivered is one row. Numbers stand for the
-- pseudonyms, which are long and many.
with

staged as (

    select distinct hash(incident_id) as incident_hash
    from {{ ref('stg_police__incidents') }}
    union all
    select distinct hash('call', call_id) as incident_hash
    from {{ ref('stg_police__calls') }}
    where is_of_police

),

kept as (

    select
        hash(incident_id) as incident_hash,
        count(*) as row_count

    from {{ ref('fct_incidents') }}
    group by 1
    union all
    select
        hash('call', call_id) as incident_hash,
        count(*) as row_count

    from {{ ref('fct_calls') }}
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

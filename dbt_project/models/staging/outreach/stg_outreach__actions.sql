with

source as (

    select * from {{ source('outreach', 'actions') }}
    where {{ accepted_new_rows('outreach', 'actions') }}

),

typed as (

    select
        ---------- ids
        action_id,
        briefing_id,

        ---------- text
        description,
        owner,
        status,
        note,

        ---------- dates
        cast(cast(asked_local as timestamp) as date) as asked_on,
        cast(cast(due_local as timestamp) as date) as due_on,
        -- An open action that has a day all the same is not done by that.
        case
            when status <> 'open'
                then cast(cast(done_local as timestamp) as date)
        end as done_on,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed

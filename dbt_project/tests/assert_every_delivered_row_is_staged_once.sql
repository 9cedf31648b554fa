-- Per delivered file of each source: rows accepted at landing = rows in staging, and
-- rows with a problem = rows in the list of problems. Which files there are was
-- settled when the build began, so that a file that lands meanwhile is no fault.
with

delivered as (

    select
        source,
        file_sha256,
        accepted_count,
        problem_count

    from {{ ref('stg_landing__deliveries') }}
    where status = 'landed'

),

staged as (

    select * from {{ ref('int_staged_files') }}

),

problems as (

    select
        source,
        file_sha256,
        count(*) as row_count

    from {{ ref('stg_landing__problems') }}
    group by source, file_sha256

),

compared as (

    select
        coalesce(
            delivered.source, staged.source, problems.source
        ) as source,
        coalesce(
            delivered.file_sha256, staged.file_sha256, problems.file_sha256
        ) as file_sha256,
        delivered.accepted_count,
        staged.row_count as staged_count,
        delivered.problem_count,
        problems.row_count as listed_count

    from delivered
    full outer join staged
        on
            delivered.source = staged.source
            and delivered.file_sha256 = staged.file_sha256
    full outer join problems
        on
            delivered.source = problems.source
            and delivered.file_sha256 = problems.file_sha256

)

-- A file of which no row was accepted, or none has a problem, is in no group.
select * from compared
where
    accepted_count is distinct from coalesce(staged_count, 0)
    or problem_count is distinct from coalesce(listed_count, 0)

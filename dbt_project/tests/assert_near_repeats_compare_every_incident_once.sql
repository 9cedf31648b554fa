-- Of every offence of citizens, all incidents of the two years are compared or left
-- out, and every two that are compared stand in one cell; of very many the newest.
with

placed as (

    select
        offence_code,
        count(*) as placed_count

    from {{ ref('int_incidents_placed_to_point') }}
    where is_in_two_years
    group by 1

),

told as (

    select
        offence_code,
        min(incident_count) as incident_count,
        min(left_out_count) as left_out_count,
        sum(observed_count) as pair_count,
        count(*) as cell_count

    from {{ ref('rpt_near_repeats') }}
    group by 1

)

select
    placed.placed_count,
    told.*

from placed
full outer join told on placed.offence_code = told.offence_code
where
    told.cell_count is distinct from 20
    or told.pair_count
    is distinct from told.incident_count * (told.incident_count - 1) // 2
    or (
        placed.placed_count
        is distinct from told.incident_count + told.left_out_count
        and placed.placed_count <= 1000
    )

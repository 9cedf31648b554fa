{# What is expected of an area, and how it compares with last year, as the models in
   Python give it. The marts that show it hold it in the same columns. No verdict is
   given of a month of which late reports are to come, nor of three with it. #}
{% macro judgements() -%}
    cast(expected.expected_count as double) as expected_count,
    cast(expected.expected_lower as integer) as expected_lower,
    cast(expected.expected_upper as integer) as expected_upper,
    case
        when late.months_since_late = 0 then 'too few to say'
        else cast(expected.status as varchar)
    end as status,
    cast(expected.count_3_months as integer) as count_3_months,
    cast(expected.expected_3_months_count as double) as expected_3_months_count,
    cast(expected.expected_3_months_lower as integer) as expected_3_months_lower,
    cast(expected.expected_3_months_upper as integer) as expected_3_months_upper,
    case
        when late.months_since_late is not null then 'too few to say'
        else cast(expected.status_3_months as varchar)
    end as status_3_months,
    cast(compared.count_12_months_before as integer) as count_12_months_before,
    cast(compared.change_ratio as double) as change_ratio,
    cast(compared.change_lower as double) as change_lower,
    cast(compared.change_upper as double) as change_upper
{%- endmacro %}

{# The same, where no break lies in what it reaches back to: for an expectation 15
   months, for that of three months 17, for a year on year 23. #}
{% macro judgements_unless_broken() -%}
    {{ unless_broken('expected_count', 15) }},
    {{ unless_broken('expected_lower', 15) }},
    {{ unless_broken('expected_upper', 15) }},
    {{ unless_broken('status', 15, "'too few to say'") }},
    count_3_months,
    {{ unless_broken('expected_3_months_count', 17) }},
    {{ unless_broken('expected_3_months_lower', 17) }},
    {{ unless_broken('expected_3_months_upper', 17) }},
    {{ unless_broken('status_3_months', 17, "'too few to say'") }},
    count_12_months,
    {{ unless_broken('count_12_months_before', 23) }},
    {{ unless_broken('change_ratio', 23) }},
    {{ unless_broken('change_lower', 23) }},
    {{ unless_broken('change_upper', 23) }}
{%- endmacro %}

{# The months of which under 95 % of the reports are in, and the two after each: a
   verdict on three months reaches back two (MEASURES A13). #}
{% macro months_of_late_reports() -%}
    select
        late.source,
        cast(late.month + to_months(cast(reach.months_since as integer)) as date)
            as month,
        min(reach.months_since) as months_since_late

    from {{ ref('int_reports_awaited_to_month') }} as late
    cross join unnest(range(3)) as reach (months_since)
    where late.completeness_estimate < 0.95
    group by 1, 2
{%- endmacro %}

{# What is not final about a month; one that is not late has no row. #}
{% macro marks_of_the_month() -%}
    coalesce(late.months_since_late = 0, false) or crimes.is_provisional
        as is_provisional,
    crimes.is_incomplete,
    coalesce(
        gaps.completeness_flag,
        case when late.months_since_late = 0 then 'provisional' end
    ) as completeness_flag
{%- endmacro %}

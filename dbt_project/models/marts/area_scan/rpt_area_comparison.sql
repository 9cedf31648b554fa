with

compared as (

    select compared.* from {{ ref('int_crimes_compared_between_areas') }} as compared
    inner join {{ ref('int_sources_chosen_to_offence_month') }} as chosen
        on
            compared.offence_code = chosen.offence_code
            and compared.month = chosen.month
            and compared.source = chosen.source

)

select
    compared.buurt_code,
    compared.offence_code,
    compared.month,
    compared.compared_with,
    compared.source,
    cast(compared.area_count as integer) as area_count,
    compared.similar_codes,
    cast(compared.count_12_months as integer) as count_12_months,
    cast(compared.dwelling_count as integer) as dwelling_count,
    cast(compared.other_count_12_months as integer) as other_count_12_months,
    cast(compared.other_dwelling_count as integer) as other_dwelling_count,
    compared.ratio_estimate,
    compared.ratio_lower,
    compared.ratio_upper,
    -- MEASURES 0.4
    compared.count_12_months + compared.other_count_12_months < 20
    or least(compared.count_12_months, compared.other_count_12_months) < 5
        as is_too_few

from compared
inner join {{ ref('buurten') }} as buurten
    on
        compared.buurt_code = buurten.buurt_code
        and buurten.is_residential

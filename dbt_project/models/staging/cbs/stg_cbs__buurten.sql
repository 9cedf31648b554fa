{%- set counts = [
    'inhabitant_count', 'household_count', 'dwelling_count', 'car_count',
    'inhabitant_0_to_14_count', 'inhabitant_15_to_24_count',
    'inhabitant_25_to_44_count', 'inhabitant_45_to_64_count',
    'inhabitant_65_plus_count',
] -%}
{%- set measures = [
    'land_ha', 'address_density', 'population_density', 'multi_family_pct',
    'owner_occupied_pct', 'rental_pct',
] -%}

with

source as (

    select * from {{ source('cbs', 'buurten') }}
    where {{ accepted_new_rows('cbs', 'buurten') }}

),

typed as (

    select
        ---------- ids
        trim(region_code) as region_code,
        trim(wijk_code) as wijk_code,

        ---------- text
        region_name,
        region_type,
        kind,
        boundary_change,
        geometry_wkt,

        ---------- numerics
        cast(vintage_year as integer) as vintage_year,
        {% for count in counts -%}
        cast({{ count }} as integer) as {{ count }},
        {% endfor -%}
        {% for measure in measures -%}
        cast({{ measure }} as double) as {{ measure }},
        {% endfor %}
        ---------- booleans
        cast(is_water as boolean) as is_water,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed

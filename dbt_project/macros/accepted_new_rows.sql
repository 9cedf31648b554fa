{# Rows without a problem, of delivered files this model does not hold yet. #}
{% macro accepted_new_rows(system, entity) -%}
    {# Not as a filter that is left to the reader of the file: of a column of a plain
       Parquet file with one value beside nulls, as small files were written that landed
       before December 2026, DuckDB 2.0.0 takes each row for null. #}
    case when _problem is null then true else false end
    and {{ of_new_files(system, entity, 'accepted_count') }}
{%- endmacro %}

{# Rows of delivered files this model does not hold yet. Which files a build reads
   is settled once, by the delivery records: what lands while it runs waits for the
   next. A file is named by its hash, so none is opened to find out which are new;
   the names go in as constants, because DuckDB passes over files by constants
   only. Files without a row to stage (`counted` is 0) would seem new for ever. What is
   here is told by distinct names, since of those DuckDB reads its dictionaries, not
   every row. #}
{% macro of_new_files(system, entity, counted) -%}
    {%- set landed = source(system, entity) %}
    {%- set delivered -%}
        select file_sha256 from {{ ref('stg_landing__deliveries') }}
        where
            source = '{{ system }}__{{ entity }}'
            and status = 'landed'
            and {{ counted }} > 0
    {%- endset %}
    {%- if is_incremental() %}
        {%- set new_files = run_query(
            "select replace(" ~ landed ~ ", '*', file_sha256) from ("
            ~ delivered ~ ") where file_sha256 not in ("
            ~ "select distinct file_sha256 from " ~ this ~ ") order by all"
        ).columns[0].values() -%}
        filename in ('{{ new_files | join("', '") }}')
    {%- else -%}
        _file_sha256 in ({{ delivered }})
    {%- endif %}
{%- endmacro %}

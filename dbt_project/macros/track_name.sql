{# The name of a file with a track as people write it: without folder, date of export
   or ending, and small. #}
{% macro track_name(name) -%}
    regexp_replace(
        lower({{ name }}),
        '^(.*[/\\])?([0-9]{4}-[0-9]{2}-[0-9]{2}__)?|[.]gpx([.]gz)?$', '', 'g'
    )
{%- endmacro %}

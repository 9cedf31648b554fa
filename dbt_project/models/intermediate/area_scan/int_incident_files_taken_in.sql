-- depends_on: {{ ref('fct_incidents') }}
-- Made after fct_incidents, and read by it in the next build: what is not here yet
-- is new to it. Should a build stop in between, it takes the same files in again.
{{ config(materialized='table') }}

select file_sha256 from {{ ref('int_incident_files') }}

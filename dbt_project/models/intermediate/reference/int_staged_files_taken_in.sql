-- depends_on: {{ ref('fct_broadcasts') }}
-- depends_on: {{ ref('fct_calls') }}
-- depends_on: {{ ref('fct_incidents') }}
-- depends_on: {{ ref('fct_patrols') }}
-- depends_on: {{ ref('fct_channel_days') }}
-- depends_on: {{ ref('fct_posts') }}
-- depends_on: {{ ref('fct_post_snapshots') }}
-- depends_on: {{ ref('fct_signals') }}
-- depends_on: {{ ref('rpt_response') }}
-- Made after these, and read by them in the next build: what is not here yet is new
-- to them. Should a build stop in between, they take the same files in again.
{{ config(materialized='table') }}

select
    source,
    file_sha256

from {{ ref('int_staged_files') }}

with

latest as (

    select *
    from {{ ref('stg_outreach__print') }}
    qualify row_number() over (
        partition by article_id
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

-- Homes where it was delivered; nowhere named is everywhere.
homes as (

    select
        latest.article_id,
        sum(buurten.dwelling_count) as dwelling_count

    from latest
    inner join {{ ref('dim_buurten') }} as buurten
        on
            latest.buurt_codes is null
            or list_contains(
                string_split(latest.buurt_codes, ' '), buurten.buurt_code
            )
    group by latest.article_id

)

select
    latest.article_id,
    'newspaper' as channel,
    latest.paper,
    latest.published_date,
    latest.title,
    latest.format,
    latest.themes,
    latest.circulation,
    latest.buurt_codes,
    latest.tip_code,
    latest.video_post_id,
    latest.word_count,
    latest.page,
    latest.url,
    latest.reply_count,
    latest.circulation > 10 * homes.dwelling_count as is_circulation_doubtful,
    count(*) over (
        partition by latest.published_date, latest.page, latest.title
    ) > 1 as is_listed_twice

from latest
left join homes on latest.article_id = homes.article_id
order by latest.published_date, latest.article_id

"""Rules on deliveries: nothing is lost, and who sent it is told."""

from expectations.publication.rule import Rule, not_negative, one_of, unique
from wijkbeeld import reference

_SOURCES = tuple(due.source for due in reference.delivery_sources())
_LAND_AGAIN = (
    "look under landing/ for the file of that hash, remove its Parquet and its "
    "record, and land the delivered file again"
)

TABLES = {
    "fct_deliveries": (
        unique("source", "file_sha256"),
        one_of("source", *_SOURCES),
        one_of("status", "landed", "rejected"),
        not_negative("row_count", "accepted_count", "problem_count", "size_bytes"),
        Rule(
            "rows delivered are rows accepted and rows with a problem",
            "count(*) filter (where status = 'landed' "
            "and row_count is distinct from accepted_count + problem_count)",
            _LAND_AGAIN,
        ),
        Rule(
            "a rejected delivery says why",
            "count(*) filter (where status = 'rejected' and reason is null)",
            _LAND_AGAIN,
        ),
    ),
    "fct_problems": (
        unique("source", "file_sha256", "row_number"),
        Rule(
            "there are as many as the deliveries say",
            """(
                select count(*)
                from marts.fct_deliveries as delivery
                full join (
                    select source, file_sha256, count(*) as found
                    from marts.fct_problems group by source, file_sha256
                ) as problems using (source, file_sha256)
                where
                    -- A rejected file has no rows, and no problem no row here.
                    coalesce(problem_count, 0) <> coalesce(found, 0)
            )""",
            _LAND_AGAIN,
        ),
    ),
    "fct_releases": (
        unique("kind", "draft"),
        one_of("status", "released", "refused", "expired"),
        Rule(
            "what was released has a name of its own, and was approved by a person",
            "count(*) filter (where status = 'released' "
            "and (release_id is null or decided_by is null)) "
            "+ count(release_id) - count(distinct (kind, release_id)) "
            "filter (where release_id is not null)",
            "compare the record under landing/_releases with the manifest.json in "
            "releases/ of the same draft",
        ),
    ),
    "rpt_freshness": (
        unique("source"),
        Rule(
            "every source that may be delivered has its row",
            f"{len(_SOURCES)} - count(*)",
            "compare it with dbt_project/seeds/delivery_sources.csv",
        ),
    ),
}

"""Rules on deliveries: nothing is lost, and who sent it is told."""

from expectations.publication.rule import Rule, not_negative, one_of, unique
from wijkbeeld import reference
from wijkbeeld.language import later

_SOURCES = tuple(due.source for due in reference.delivery_sources())
_LAND_AGAIN = later(
    "zoek onder landing/ het bestand met die hash, verwijder de "
    "Parquet en de vermelding, en lees het geleverde bestand "
    "opnieuw in"
)

TABLES = {
    "fct_deliveries": (
        unique("source", "file_sha256"),
        one_of("source", *_SOURCES),
        one_of("status", "landed", "rejected"),
        not_negative("row_count", "accepted_count", "problem_count", "size_bytes"),
        Rule(
            later("geleverde rijen zijn aanvaarde rijen en rijen met een probleem"),
            "count(*) filter (where status = 'landed' "
            "and row_count is distinct from accepted_count + problem_count)",
            _LAND_AGAIN,
        ),
        Rule(
            later("een geweigerde levering zegt waarom"),
            "count(*) filter (where status = 'rejected' and reason is null)",
            _LAND_AGAIN,
        ),
    ),
    "fct_problems": (
        unique("source", "file_sha256", "row_number"),
        Rule(
            later("het zijn er zoveel als de leveringen zeggen"),
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
            later(
                "wat is vrijgegeven heeft een eigen naam, en is door een mens "
                "goedgekeurd"
            ),
            "count(*) filter (where status = 'released' "
            "and (release_id is null or decided_by is null)) "
            "+ count(release_id) - count(distinct (kind, release_id)) "
            "filter (where release_id is not null)",
            later(
                "vergelijk de vermelding onder landing/_releases met "
                "manifest.json in releases/ van hetzelfde concept"
            ),
        ),
    ),
    "rpt_freshness": (
        unique("source"),
        Rule(
            later("elke bron die geleverd mag worden heeft een rij"),
            f"{len(_SOURCES)} - count(*)",
            later("vergelijk het met dbt_project/seeds/delivery_sources.csv"),
        ),
    ),
}

"""What must hold of the marts as a whole before anybody may read them.

One module per part of the warehouse. It lists rules; a rule counts, in SQL, the
rows that break it, so that judging takes no longer for a table of millions than
reading it once. dbt's tests and contracts judge single models; here are the rules
that decide about the publication, and those between marts.
"""

from expectations.publication import (
    area_scan,
    clock,
    core,
    deliveries,
    engagement,
    outreach,
    police,
    team,
    watch,
)
from expectations.publication.rule import Rule

TABLES: dict[str, tuple[Rule, ...]] = {
    **core.TABLES,
    **area_scan.TABLES,
    **clock.TABLES,
    **engagement.TABLES,
    **watch.TABLES,
    **outreach.TABLES,
    **police.TABLES,
    **team.TABLES,
    **deliveries.TABLES,
}

__all__ = ["TABLES", "Rule"]

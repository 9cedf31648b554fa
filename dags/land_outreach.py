"""Land newspaper columns, briefings and what came of them, evenings and programmes.

The inbox is looked at every five minutes: files come when people send them, and
a look at an empty one is a single short task.

A file that is not what was agreed is moved to `rejected/` beside its reason and
gets a red task `refuse`; the other files land. Nothing needs to be cleared: a
corrected file is a new file.
"""

from airflow.sdk import dag

from shared.assets import beginning
from shared.defaults import DEFAULTS, INBOX_IS_LOOKED_AT
from shared.landing import land_deliveries


@dag(schedule=INBOX_IS_LOOKED_AT, tags=["land"], doc_md=__doc__, **DEFAULTS)
def land_outreach():
    land_deliveries(*beginning("outreach__"))


land_outreach()

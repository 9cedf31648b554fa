"""Land incident exports of the police systems.

The inbox is looked at every five minutes: files come when people send them, and
a look at an empty one is a single short task. It is also looked at when figures or
shapes of buurten have landed: without shapes no point can be placed, so incidents
wait in the inbox for the first of them.

A file that is not what was agreed is moved to `rejected/` beside its reason and
gets a red task `refuse`; the other files land. Nothing needs to be cleared: a
corrected file is a new file.
"""

from airflow.sdk import AssetOrTimeSchedule, dag

from shared.assets import SOURCES
from shared.defaults import DEFAULTS, INBOX_IS_LOOKED_AT
from shared.landing import land_deliveries


@dag(
    schedule=AssetOrTimeSchedule(
        timetable=INBOX_IS_LOOKED_AT, assets=[SOURCES["cbs__buurten"]]
    ),
    tags=["land"],
    doc_md=__doc__,
    **DEFAULTS,
)
def land_incidents():
    land_deliveries("police__incidents")


land_incidents()

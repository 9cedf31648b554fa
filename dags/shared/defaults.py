"""What every DAG has in common, and how often an inbox is looked at."""

from datetime import timedelta

import pendulum
from airflow.sdk import CronTriggerTimetable

from wijkbeeld.local_time import ZONE_NAME

DEFAULTS = {
    "start_date": pendulum.datetime(2026, 1, 1, tz=ZONE_NAME),
    "catchup": False,
    "max_active_runs": 1,
    "default_args": {
        "owner": "analysis",
        # A full disk or a busy machine passes; what does not pass says so itself.
        "retries": 2,
        "retry_delay": timedelta(minutes=1),
        # Before the tasks that watch a build, which wait in a slot meanwhile (2).
        "priority_weight": 10,
        "weight_rule": "absolute",
    },
}

# People send files when it suits them, and want to see soon whether they arrived.
# A look at an empty inbox is one short task, so it may be often.
INBOX_IS_LOOKED_AT = CronTriggerTimetable("*/5 * * * *", timezone=ZONE_NAME)

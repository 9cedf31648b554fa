"""Fetch registered crimes, nuisance and key figures from CBS into the inbox.

Paused, and it does nothing but fail, until someone with a way out of the closed
network sets `WIJKBEELD_PULL_IS_ON` and takes the pause away. It asks once a month,
when the figures of the month before last are out, and only for what is new; a table
that broke off goes on where it was. What has come is landed as any other delivery.
"""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, get_current_context, task

from shared.defaults import DEFAULTS
from wijkbeeld.local_time import ZONE_NAME
from wijkbeeld.settings import settings

TABLES = [*settings().pull_police_tables, *settings().pull_cbs_tables]


@dag(
    schedule=CronTriggerTimetable("0 7 18 * *", timezone=ZONE_NAME),
    is_paused_upon_creation=True,
    tags=["pull"],
    doc_md=__doc__,
    **DEFAULTS,
)
def pull_open_data():
    # One after the other: the service is shared with everyone else.
    @task(
        map_index_template="{{ table }}",
        max_active_tis_per_dagrun=1,
        retry_delay=timedelta(minutes=15),
        execution_timeout=timedelta(hours=6),
    )
    def pull(number: str) -> list[str]:
        import logging

        from airflow.sdk.exceptions import AirflowFailException

        from wijkbeeld import pull as pulling

        get_current_context()["table"] = number
        tell = logging.getLogger("wijkbeeld.pull").info
        try:
            return pulling.pull(pulling.tables()[number], tell=tell).files
        except pulling.LaterError:
            raise
        except pulling.PullError as reason:
            # The answer would be the same.
            raise AirflowFailException(str(reason)) from None

    pull.expand(number=TABLES)


pull_open_data()

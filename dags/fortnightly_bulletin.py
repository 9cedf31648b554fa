"""Make the bulletin of the fortnight, ask a person, and let it leave.

Every fourteen days by the calendar, at nine by the clock (Thursday, unless
`WIJKBEELD_BULLETIN_ANCHOR` says otherwise). A cron cannot say so, and an interval would
drift by an hour when the clock is changed: so it looks every day at that hour whether a
bulletin is due that was not made, also one whose moment passed while Airflow was down.
It makes the column for the paper, the message for the WhatsApp groups, the videos and
their captions as a draft, and asks: *Vrijgeven* or *Weigeren*. What is approved is
written to `releases/bulletin/`; nothing is sent. What is refused is thrown away, and
the last task is red and says who refused it and why.

A run that is started by hand makes the bulletin of the fortnight in which it is.
"""

from datetime import datetime, timedelta

from airflow.sdk import CronTriggerTimetable, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from shared.approval import is_by_the_clock, let_leave, occasion, told_of
from shared.defaults import DEFAULTS
from wijkbeeld.local_time import ZONE_NAME
from wijkbeeld.settings import settings


@dag(
    schedule=CronTriggerTimetable(
        f"{settings().bulletin_anchor:%-M %-H} * * *", timezone=ZONE_NAME
    ),
    tags=["release"],
    doc_md=__doc__,
    **DEFAULTS,
)
def fortnightly_bulletin():
    @task
    def choose() -> str:
        from wijkbeeld.output import occasions

        run = get_current_context()["dag_run"]
        if not is_by_the_clock():
            return (run.logical_date or run.run_after).isoformat()
        due = occasions.bulletin_due(occasions.now())
        if due is None:
            raise AirflowSkipException("No bulletin is due that was not made.")
        return due.isoformat()

    # Frames of a video take minutes, and nothing of the warehouse.
    @task(execution_timeout=timedelta(hours=1))
    def draft(moment: str) -> dict[str, str]:
        from wijkbeeld.output import outgoing

        try:
            return told_of(
                outgoing.draft_bulletin(datetime.fromisoformat(moment), occasion())
            )
        except outgoing.FINAL as reason:
            raise AirflowFailException(str(reason)) from None

    let_leave(draft(choose()), "Mag het bulletin van {id} naar buiten?")


fortnightly_bulletin()

"""Make the bulletin of the fortnight, ask a person, and let it leave.

Every fourteen days by the calendar, at nine by the clock (Thursday, unless
`WIJKBEELD_BULLETIN_ANCHOR` says otherwise): a cron cannot say so, and an interval
would drift by an hour when the clock is changed. It makes the column for the paper,
the message for the WhatsApp groups, the videos and their captions as a draft, and
asks: *Vrijgeven* or *Weigeren*. What is approved is written to `releases/bulletin/`;
nothing is sent. What is refused is thrown away, and the last task is red and says who
refused it and why.
"""

from datetime import timedelta

from airflow.sdk import dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

# That of airflow.sdk is stored without what it is read back with (Airflow 69401).
from airflow.timetables.events import EventsTimetable

from shared.approval import let_leave, occasion, told_of
from shared.defaults import DEFAULTS
from wijkbeeld.output import occasions


@dag(
    schedule=EventsTimetable(
        event_dates=occasions.bulletins_due(occasions.today().year),
        description="Om de veertien dagen",
    ),
    tags=["release"],
    doc_md=__doc__,
    **DEFAULTS,
)
def fortnightly_bulletin():
    # Frames of a video take minutes, and nothing of the warehouse.
    @task(execution_timeout=timedelta(hours=1))
    def draft() -> dict[str, str]:
        from wijkbeeld.output import outgoing

        run = get_current_context()["dag_run"]
        moment = run.logical_date or run.run_after
        try:
            return told_of(outgoing.draft_bulletin(moment, occasion()))
        except outgoing.FINAL as reason:
            raise AirflowFailException(str(reason)) from None

    let_leave(draft(), "Mag het bulletin van {id} naar buiten?")


fortnightly_bulletin()

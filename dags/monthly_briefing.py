"""Make the briefing of the month, ask a person, and let it leave.

Two weeks before the briefing, which is held on the last Thursday of the month unless
`WIJKBEELD_BRIEFING_DATES` names another day. It waits until the month before is
complete and published, freezes that publication, makes all exports as a draft, and
asks: *Vrijgeven* or *Weigeren*. What is approved is written to `releases/briefing/`;
nothing is sent. What is refused is thrown away, and the last task is red and says who
refused it and why; the next run freezes the month anew.

A briefing that has not been released a day ahead is told of on the page
*Datakwaliteit*, in `wijkbeeld status` and in the log.

To make it again after a correction, trigger a run with the month and `is_again`: it
gets a name of its own, and says which release it replaces.
"""

from datetime import date, timedelta

from airflow.sdk import (
    DeadlineAlert,
    DeadlineReference,
    Param,
    SyncCallback,
    dag,
    get_current_context,
    task,
)
from airflow.sdk.exceptions import AirflowFailException

# That of airflow.sdk is stored without what it is read back with (Airflow 69401).
from airflow.timetables.events import EventsTimetable

from shared.approval import let_leave, occasion, told_of
from shared.defaults import DEFAULTS
from wijkbeeld.output import occasions
from wijkbeeld.settings import settings


def month_asked() -> date:
    """Return the month that this run is about."""
    context = get_current_context()
    run = context["dag_run"]
    return occasions.month_asked(
        context["params"]["month"], run.logical_date or run.run_after
    )


@dag(
    schedule=EventsTimetable(
        event_dates=occasions.briefings_prepared(occasions.today().year),
        description="Twee weken voor elke briefing, 07:00",
    ),
    deadline=DeadlineAlert(
        name="een dag voor de briefing",
        reference=DeadlineReference.DAGRUN_LOGICAL_DATE,
        interval=timedelta(days=settings().briefing_prepared_days - 1),
        # Where tasks run, since it writes beside the data; a triggerer sees none.
        callback=SyncCallback("wijkbeeld.output.occasions.missed"),
    ),
    params={
        "month": Param(
            None,
            type=["null", "string"],
            pattern=r"^\d{4}-(0[1-9]|1[0-2])$",
            title="Maand van de cijfers",
            description="Zoals 2026-10; leeg: de maand voor de volgende briefing.",
        ),
        "is_again": Param(
            False,
            type="boolean",
            title="Opnieuw bevriezen",
            description="Met de publicatie van nu, ook als de maand al is bevroren.",
        ),
    },
    tags=["release"],
    doc_md=__doc__,
    **DEFAULTS,
)
def monthly_briefing():
    @task.sensor(
        mode="reschedule",
        poke_interval=timedelta(minutes=30),
        timeout=timedelta(days=settings().briefing_prepared_days),
    )
    def wait_for_figures() -> bool:
        import logging

        from wijkbeeld.output import outgoing

        missing = outgoing.missing_of(month_asked())
        if missing:
            logging.getLogger("wijkbeeld.output").warning("%s", missing)
        return missing is None

    @task(execution_timeout=timedelta(hours=1))
    def draft() -> dict[str, str]:
        from wijkbeeld.output import outgoing

        again = bool(get_current_context()["params"]["is_again"])
        try:
            return told_of(
                outgoing.draft_briefing(month_asked(), occasion(), again=again)
            )
        except outgoing.FINAL as reason:
            raise AirflowFailException(str(reason)) from None

    drafted = draft()
    wait_for_figures() >> drafted
    let_leave(drafted, "Mag de briefing over {id} naar buiten?")


monthly_briefing()

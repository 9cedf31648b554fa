"""Make the briefing of the month, ask a person, and let it leave.

Two weeks before the briefing, which is held on the last Thursday of the month unless
`WIJKBEELD_BRIEFING_DATES` names another day. Every morning it looks whether a briefing
is due of which no draft was made, also one whose moment passed while Airflow was down
or before its day was named. It waits until the month before is complete and published,
freezes that publication, makes all exports as a draft, and asks: *Vrijgeven* or
*Weigeren*. What is approved is written to `releases/briefing/`; nothing is sent. What
is refused is thrown away, and the last task is red and says who refused it and why; the
next run that is started by hand freezes the month anew.

A briefing that has not been released a day ahead is told of on the page
*Datakwaliteit*, in `wijkbeeld status` and in the log.

To make it again after a correction, trigger a run with the month and `is_again`: it
gets a name of its own, and says which release it replaces.
"""

from datetime import date, timedelta

from airflow.sdk import (
    CronTriggerTimetable,
    DeadlineAlert,
    DeadlineReference,
    Param,
    SyncCallback,
    dag,
    get_current_context,
    task,
)
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from shared.approval import is_by_the_clock, let_leave, occasion, told_of
from shared.defaults import DEFAULTS
from wijkbeeld.local_time import ZONE_NAME
from wijkbeeld.output import occasions
from wijkbeeld.settings import settings


@dag(
    schedule=CronTriggerTimetable(
        f"0 {occasions.PREPARED_AT} * * *", timezone=ZONE_NAME
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
    @task
    def choose() -> str:
        occasions.missed()
        context = get_current_context()
        run = context["dag_run"]
        if not is_by_the_clock():
            asked = context["params"]["month"]
            moment = run.logical_date or run.run_after
            return occasions.month_asked(asked, moment).isoformat()
        month = occasions.briefing_due(occasions.now())
        if month is None:
            raise AirflowSkipException("No briefing is due that was not made.")
        return month.isoformat()

    @task.sensor(
        mode="reschedule",
        poke_interval=timedelta(minutes=30),
        timeout=timedelta(days=settings().briefing_prepared_days),
    )
    def wait_for_figures(month: str) -> bool:
        import logging

        from wijkbeeld.output import outgoing

        missing = outgoing.missing_of(date.fromisoformat(month))
        if missing:
            logging.getLogger("wijkbeeld.output").warning("%s", missing)
        return missing is None

    @task(execution_timeout=timedelta(hours=1))
    def draft(month: str) -> dict[str, str]:
        from wijkbeeld.output import outgoing

        first = date.fromisoformat(month)
        again = bool(get_current_context()["params"]["is_again"])
        try:
            return told_of(outgoing.draft_briefing(first, occasion(), again=again))
        except outgoing.FINAL as reason:
            raise AirflowFailException(str(reason)) from None

    month = choose()
    drafted = draft(month)
    wait_for_figures(month) >> drafted
    let_leave(drafted, "Mag de briefing over {id} naar buiten?")


monthly_briefing()

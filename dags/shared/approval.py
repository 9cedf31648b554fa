"""A person decides what leaves as public, and only then it does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Param, get_current_context, task
from airflow.sdk.definitions.xcom_arg import XComArg
from airflow.sdk.exceptions import AirflowFailException
from airflow.sdk.execution_time.hitl import HITLUser

from shared.assets import RELEASES
from wijkbeeld.settings import settings

if TYPE_CHECKING:
    from wijkbeeld.output.drafts import Draft

APPROVE, REFUSE = "Vrijgeven", "Weigeren"


def told_of(draft: Draft) -> dict[str, str]:
    """Return what the next steps have to know of a draft: where it is, what it is."""
    from wijkbeeld.output import outgoing

    return {
        "kind": draft.subject.kind,
        "name": draft.name,
        "id": draft.subject.id,
        "body": outgoing.to_judge(draft),
    }


def let_leave(draft: XComArg, subject: str) -> None:
    """Ask a person about a draft, then release it, or throw it away.

    Refused or not answered in time, the last task is red and says who said so: the run
    has not done what it is for, and a deadline still holds.

    Args:
        draft: What ``told_of`` tells of it.
        subject: The question, with ``{id}`` where the name of the draft comes.
    """
    approve = HITLOperator(
        task_id="approve",
        subject=subject.format(id="{{ ti.xcom_pull(task_ids='draft')['id'] }}"),
        body="{{ ti.xcom_pull(task_ids='draft')['body'] }}",
        options=[APPROVE, REFUSE],
        # Whoever does not answer has not approved.
        defaults=REFUSE,
        response_timeout=timedelta(days=settings().approval_days),
        params={
            "note": Param(
                "",
                type=["null", "string"],
                maxLength=500,
                title="Opmerking of reden",
                description="Komt in het overzicht van wat naar buiten is gegaan.",
            )
        },
        assigned_users=[HITLUser(id=one, name=one) for one in settings().approvers],
        retries=0,
    )

    @task(outlets=[RELEASES])
    def release(told: dict[str, str], answer: dict[str, object]) -> str:
        from wijkbeeld.output import drafts, outgoing, releases

        try:
            made = releases.read(drafts.Kind(told["kind"]), told["name"])
            return str(
                outgoing.decide(
                    made, answer, is_approved=answer["chosen_options"] == [APPROVE]
                )
            )
        except (outgoing.RefusedError, releases.ReleaseError) as reason:
            # It would not become another answer, or another text.
            raise AirflowFailException(str(reason)) from None

    draft >> approve
    release(draft, approve.output)


def occasion() -> str:
    """Return what names this attempt: the run, so that another run makes another."""
    run = get_current_context()["dag_run"]
    return f"{run.dag_id} {run.run_id}"


def is_by_the_clock() -> bool:
    """Tell whether nobody asked for this run: then it makes what is due, or nothing."""
    return get_current_context()["dag_run"].run_type == "scheduled"

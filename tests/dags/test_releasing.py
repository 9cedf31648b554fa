"""A person decides before anything leaves, and the rhythm keeps hour and day."""

import os
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from wijkbeeld import publish
from wijkbeeld.local_time import ZONE
from wijkbeeld.settings import settings

RELEASING = {"monthly_briefing": "briefing", "fortnightly_bulletin": "bulletin"}
LOOKED_AT = {"monthly_briefing": (7, 0), "fortnightly_bulletin": (9, 0)}


@pytest.fixture(params=RELEASING)
def releasing(bag, request):
    return bag.dags[request.param]


def test_nothing_leaves_but_after_a_person_was_asked(releasing):
    release = releasing.task_dict["release"]
    assert "approve" in release.upstream_task_ids
    assert release.trigger_rule == "all_success"
    assert releasing.task_dict["approve"].upstream_task_ids == {"draft"}
    assert release.downstream_task_ids == set()


def test_whoever_does_not_answer_has_not_approved(releasing):
    approve = releasing.task_dict["approve"]
    assert approve.options == ["Vrijgeven", "Weigeren"]
    assert approve.defaults == ["Weigeren"]
    assert approve.retries == 0
    # One run at a time: the one before must have ended when the next is due.
    assert approve.response_timeout < timedelta(days=14)


def test_what_a_second_try_would_not_mend_is_said_in_one_sentence(
    releasing, monkeypatch
):
    from airflow.sdk.exceptions import AirflowFailException

    from wijkbeeld.output import (
        captions,
        choices,
        column,
        drawing,
        handout,
        outgoing,
        video,
        whatsapp,
    )

    draft = releasing.task_dict["draft"].python_callable
    here = draft.__globals__
    context = {"params": {"is_again": False}}
    monkeypatch.setitem(here, "get_current_context", lambda: context)
    monkeypatch.setitem(here, "occasion", lambda: "run 1")
    for reason in (
        captions.TooLongError("te lang"),
        choices.UnreadableChoicesError("beschadigd"),
        column.ColumnError("te lang"),
        drawing.UnfitError("past niet"),
        handout.TooMuchError("past niet"),
        publish.NothingPublishedError("niets"),
        video.VideoError("gestopt"),
        whatsapp.BrokenRulesError(["te lang"]),
    ):

        def failing(*_, reason=reason, **__):
            raise reason

        kind = RELEASING[releasing.dag_id]
        monkeypatch.setattr(outgoing, f"draft_{kind}", failing)
        with pytest.raises(AirflowFailException, match=str(reason)):
            draft("2026-10-01")


def test_no_task_of_a_release_takes_the_slot_of_the_warehouse(releasing):
    assert {task.pool for task in releasing.tasks} == {"default_pool"}


def test_a_release_makes_a_build_that_shows_it(bag, releasing):
    assert [o.name for o in releasing.task_dict["release"].outlets] == ["releases"]
    condition = bag.dags["build_warehouse"].timetable.asset_condition
    assert "releases" in {asset.name for asset in condition.objects}


def test_a_briefing_waits_for_its_figures_without_a_slot(bag):
    wait = bag.dags["monthly_briefing"].task_dict["wait_for_figures"]
    assert wait.mode == "reschedule"
    assert bag.dags["monthly_briefing"].task_dict["draft"].upstream_task_ids == {
        "choose",
        "wait_for_figures",
    }


def test_a_late_briefing_is_told_a_day_ahead_where_tasks_run(bag):
    [deadline] = bag.dags["monthly_briefing"].deadline
    assert type(deadline.callback).__name__ == "SyncCallback"
    assert deadline.callback.path == "wijkbeeld.output.occasions.missed"
    assert deadline.interval == timedelta(days=13)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a home in which deliveries had landed long before."""
    record = tmp_path / "landing" / "_deliveries" / "watch__patrols" / "a.parquet"
    record.parent.mkdir(parents=True)
    record.touch()
    os.utime(record, (0, 0))
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def chosen(dag, monkeypatch, run_type, month=None):
    """Return what a run chooses, on Thursday 26 November 2026, half an hour late."""
    from shared import approval
    from wijkbeeld.output import occasions

    moment = datetime(2026, 11, 26, 9, 30, tzinfo=ZONE)
    run = SimpleNamespace(run_type=run_type, logical_date=None, run_after=moment)
    context = {"dag_run": run, "params": {"month": month}}
    choose = dag.task_dict["choose"].python_callable
    monkeypatch.setattr(occasions, "now", lambda: moment)
    monkeypatch.setattr(approval, "get_current_context", lambda: context)
    monkeypatch.setitem(choose.__globals__, "get_current_context", lambda: context)
    return choose()


def test_a_run_makes_what_is_due_and_only_once(releasing, monkeypatch, home):
    from airflow.sdk.exceptions import AirflowSkipException

    due = {"briefing": "2026-10-01", "bulletin": "2026-11-26T09:00:00+01:00"}
    kind = RELEASING[releasing.dag_id]
    assert chosen(releasing, monkeypatch, "scheduled") == due[kind]
    name = {"briefing": "2026-10", "bulletin": "2026-11-26"}[kind]
    (home / "releases" / ".drafts" / kind / f"{name}_a1").mkdir(parents=True)
    with pytest.raises(AirflowSkipException):
        chosen(releasing, monkeypatch, "scheduled")
    # Who asks for one gets one.
    assert chosen(releasing, monkeypatch, "manual")


def test_a_run_by_hand_makes_the_month_that_was_asked(bag, monkeypatch, home):
    dag = bag.dags["monthly_briefing"]
    assert chosen(dag, monkeypatch, "manual", "2026-03") == "2026-03-01"


def test_what_was_due_while_airflow_was_down_is_looked_at_when_it_is_back(
    releasing, monkeypatch
):
    """As the scheduler reads it back, with one run a day and none made up for."""
    import pendulum
    from airflow.serialization.decoders import decode_timetable
    from airflow.serialization.encoders import encode_timetable
    from airflow.timetables import trigger
    from airflow.timetables.base import DataInterval, TimeRestriction

    timetable = decode_timetable(encode_timetable(releasing.timetable))
    hour, minute = LOOKED_AT[releasing.dag_id]
    # The clock is changed in between.
    last, due = (
        pendulum.datetime(2026, 10, day, hour, minute, tz=ZONE.key) for day in (8, 29)
    )
    monkeypatch.setattr(trigger, "utcnow", lambda: due.add(minutes=30))
    found = timetable.next_dagrun_info(
        last_automated_data_interval=DataInterval.exact(last),
        restriction=TimeRestriction(
            earliest=releasing.start_date, latest=None, catchup=releasing.catchup
        ),
    )
    assert found.run_after == due

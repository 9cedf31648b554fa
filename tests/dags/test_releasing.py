"""A person decides before anything leaves, and the rhythm keeps hour and day."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest

from wijkbeeld import publish
from wijkbeeld.local_time import ZONE

RELEASING = {"monthly_briefing": "briefing", "fortnightly_bulletin": "bulletin"}


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
    run = SimpleNamespace(logical_date=datetime(2026, 11, 12, tzinfo=UTC))
    context = {"dag_run": run, "params": {"month": "2026-10", "is_again": False}}
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
            draft()


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
        "wait_for_figures"
    }


def test_a_late_briefing_is_told_a_day_ahead_where_tasks_run(bag):
    [deadline] = bag.dags["monthly_briefing"].deadline
    assert type(deadline.callback).__name__ == "SyncCallback"
    assert deadline.callback.path == "wijkbeeld.output.occasions.missed"
    first = bag.dags["monthly_briefing"].timetable.event_dates[0]
    from wijkbeeld.output import occasions

    held = occasions.held_on(first.year, first.month)
    assert (first + deadline.interval).date() == held - timedelta(days=1)


def test_the_scheduler_sees_each_fortnight_once_at_its_own_hour(releasing):
    """As it reads it back: over changes of the clock, and over the end of a year."""
    from airflow.serialization.decoders import decode_timetable
    from airflow.serialization.encoders import encode_timetable
    from airflow.timetables.base import DataInterval, TimeRestriction

    encoded = encode_timetable(releasing.timetable)
    assert len(str(encoded)) < 12_000
    timetable = decode_timetable(encoded)
    moments, last = [], None
    all_of_it = TimeRestriction(earliest=None, latest=None, catchup=True)
    while found := timetable.next_dagrun_info(
        last_automated_data_interval=last, restriction=all_of_it
    ):
        moments.append(found.run_after.astimezone(ZONE))
        last = DataInterval.exact(found.run_after)
    assert moments == sorted(set(moments))
    [hour] = {(moment.hour, moment.minute) for moment in moments}
    assert (
        hour
        == {"monthly_briefing": (7, 0), "fortnightly_bulletin": (9, 0)}[
            releasing.dag_id
        ]
    )
    assert {moment.weekday() for moment in moments} == {3}
    if releasing.dag_id == "fortnightly_bulletin":
        days = [moment.date() for moment in moments]
        gaps = {(after - before).days for before, after in pairwise(days)}
        assert gaps == {14}
        assert len(moments) > 255

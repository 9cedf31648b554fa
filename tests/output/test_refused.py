"""A refusal makes the next draft another one; nothing else changes what was kept."""

from datetime import UTC, date, datetime

import pytest
from publish import marts

from wijkbeeld import publish
from wijkbeeld.output import outgoing, releases
from wijkbeeld.output.releases import Decision
from wijkbeeld.settings import settings

OCTOBER = date(2026, 10, 1)
NOVEMBER = datetime(2026, 11, 12, 8, 30, tzinfo=UTC)
CHEF, NOBODY = Decision("chef", NOVEMBER, "verkeerd cijfer"), Decision(None, NOVEMBER)


@pytest.fixture
def wrong(home):
    """A draft of October, made of the publication that the month is frozen with."""
    marts.make(settings().warehouse)
    publish.publish("wrong")
    return drafted("run 1")


def drafted(run):
    return outgoing.draft_briefing(OCTOBER, run)


def frozen_with():
    return publish.frozen("public")[OCTOBER][0].publication


def test_what_was_refused_is_not_drafted_again_once_it_was_mended(wrong):
    releases.refuse(wrong, CHEF)
    mended = publish.publish("mended")
    assert drafted("run 2").subject.publication == mended == frozen_with()
    # The same run, tried again after yet another build, makes what it made.
    publish.publish("later")
    assert drafted("run 2").subject.publication == mended == frozen_with()


def test_a_draft_that_waits_or_expired_leaves_the_month_as_it_was_frozen(wrong):
    publish.publish("later")
    assert drafted("run 2").subject.publication == wrong.subject.publication
    releases.refuse(wrong, NOBODY)
    assert drafted("run 3").subject.publication == wrong.subject.publication


def test_what_was_shown_stays_though_a_draft_of_it_was_refused_before(wrong):
    releases.refuse(wrong, CHEF)
    releases.release(drafted("run 2"), CHEF)
    publish.publish("later")
    assert drafted("run 3").subject.publication == wrong.subject.publication


def test_a_publication_that_a_person_chose_after_the_refusal_stays(wrong):
    releases.refuse(wrong, CHEF)
    chosen = publish.publish("chosen")
    publish.freeze(OCTOBER, chosen, again=True)
    publish.publish("later")
    assert drafted("run 2").subject.publication == chosen


def test_a_draft_of_which_the_run_is_gone_can_be_discarded(wrong):
    with pytest.raises(releases.ReleaseError, match="2026-10_none"):
        releases.discard("2026-10_none")
    releases.discard(wrong.folder.name)
    assert releases.waiting() == []
    with pytest.raises(releases.ReleaseError, match=wrong.name):
        releases.discard(wrong.folder.name)

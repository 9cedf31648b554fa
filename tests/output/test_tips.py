"""What residents are asked fits the season, differs, and is in plain words."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from wijkbeeld.language import speaking
from wijkbeeld.output import tips
from wijkbeeld.output.redaction import findings

PRIORITY = ("1.1.1", "1.2.1", "1.2.3")
DAYS = [tips.first_bulletin() + timedelta(days=14 * number) for number in range(80)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_tip_is_short_and_passes_the_redaction_check(language):
    with speaking(language):
        for day in DAYS:
            for code in PRIORITY:
                tip = tips.tip(code, day)
                assert len(tip.text) <= 62, tip.text
                assert tip.text.endswith((".", "?"))
                assert 2 <= len(re.findall(r"[.?!](?:\s|$)", tip.long)) <= 4
                assert findings(f"{tip.text} {tip.long}", is_live=True) == []
        assert findings(tips.always()) == []


def test_every_tip_is_told_some_day_and_has_one_code():
    told = {tips.tip(code, day).code for code in PRIORITY for day in DAYS}
    assert told == set(tips.codes())
    assert len(tips.codes()) == len(set(tips.codes()))


@pytest.mark.parametrize("code", PRIORITY)
@pytest.mark.parametrize("apart", [1, 3])
def test_tips_that_follow_each_other_differ(code, apart):
    told = [tips.tip(code, day).code for day in DAYS]
    assert [a for a, b in zip(told, told[apart:], strict=False) if a == b] == []


@pytest.mark.parametrize("code", PRIORITY)
def test_months_that_follow_each_other_differ(code):
    told = [tips.of(code, date(2026 + n // 12, n % 12 + 1, 1)) for n in range(36)]
    assert [a for a, b in pairwise(told) if a == b] == []


def test_a_tip_is_of_the_season_in_which_the_briefing_is_held():
    assert "in de tuin" not in tips.of("1.1.1", date(2026, 12, 1))
    spring = {tips.of("1.1.1", date(2026, month, 1)) for month in (3, 4, 5)}
    assert "Zit u in de tuin? Doe de voordeur op slot." in spring
    assert len(spring) == 3


def test_the_same_day_gives_the_same_tip_in_both_languages():
    dutch = tips.tip("1.2.3", date(2026, 11, 26))
    with speaking("en"):
        english = tips.tip("1.2.3", date(2026, 11, 26))
    assert dutch.code == english.code
    assert dutch.text != english.text


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2026, 1, 8), 0),
        (date(2026, 1, 21), 0),
        (date(2026, 1, 22), 1),
        (date(2026, 12, 24), 25),
        (date(2027, 1, 6), 25),
        (date(2027, 1, 7), 26),
    ],
)
def test_a_fortnight_goes_on_over_the_new_year(day, number):
    assert tips.fortnight(day) == number

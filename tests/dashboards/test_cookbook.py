"""The analyst's cookbook: its queries run, and answer what the page says."""

import re

import pytest
from docs import cookbook

from wijkbeeld import publish

PAGE = cookbook.PAGE.read_text("utf-8")
SECTIONS = dict(
    re.findall(r"^## (\d+\. .*?)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
)


@pytest.fixture(scope="module")
def publication(chain):
    return publish.current("analyst")


def test_twenty_questions_are_answered_each_by_one_query():
    assert len(SECTIONS) == 20
    assert {len(cookbook.questions(section)) for section in SECTIONS.values()} == {1}


def test_every_question_says_what_to_watch_out_for():
    assert [s for s in SECTIONS if "Watch out: " not in SECTIONS[s]] == []


@pytest.mark.parametrize("question", SECTIONS)
def test_the_answer_is_that_of_the_demo(publication, question):
    section = SECTIONS[question]
    answered = cookbook.answered(section, publication)
    assert answered == section, "the cookbook lags behind; run: make cookbook"


def test_what_stands_before_the_questions_is_answered_too(publication):
    before = PAGE[: PAGE.index("## 1.")]
    assert cookbook.answered(before, publication) == before


def test_an_answer_is_replaced_and_what_follows_it_stays(publication):
    asked = "```sql\nselect null as a, 0.1000000001::double as b, true as c\n```\n"
    follows = "\nA table that is none of ours:\n\n| x |\n| --- |\n"
    answer = "\n| a | b | c |\n| :-- | --: | :-- |\n| null | 0.1 | true |\n"
    once = cookbook.answered(asked + follows, publication)
    assert once == asked + answer + follows
    assert cookbook.answered(once, publication) == once

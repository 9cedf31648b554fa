"""What the chief chose is kept whole, and changes no figure."""

from dataclasses import replace
from datetime import date
from threading import Thread

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from wijkbeeld.output import choices
from wijkbeeld.output.choices import Choices
from wijkbeeld.output.slide import Key, Lines, Presentation, Slide
from wijkbeeld.settings import settings

OCTOBER = date(2026, 10, 1)
SLIDES = tuple(
    Slide(key, key.title(), "Vijf keer", (Lines(("een", "twee")),)) for key in Key
)
BRIEFING = Presentation(
    "2026-10", "Briefing", "Team", "p", "public", True, "nl", SLIDES
)
KEYS = st.sampled_from([*map(str, Key), "of_a_later_release"])
WORDS = st.text("abc é\n", max_size=40)
ANY = st.builds(
    Choices,
    hidden=st.frozensets(KEYS),
    order=st.lists(KEYS, max_size=9).map(tuple),
    annotations=st.dictionaries(KEYS, WORDS, max_size=4),
    guest=WORDS,
    welcome=WORDS,
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def shown(chosen):
    return [str(slide.key) for slide in choices.apply(BRIEFING, chosen).slides]


@trying(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=50,
    deadline=None,
)
@given(ANY)
def test_what_was_chosen_is_read_back_as_it_was(home, chosen):
    choices.write(OCTOBER, chosen)
    assert choices.read(OCTOBER) == chosen


@given(ANY)
def test_each_slide_is_shown_once_unless_it_is_hidden(chosen):
    assert sorted(shown(chosen)) == sorted(
        key for key in map(str, Key) if key not in chosen.hidden
    )


@given(ANY)
def test_a_choice_changes_words_of_the_chief_and_nothing_else(chosen):
    theirs = {Key.WELCOME, Key.GUEST}
    for slide in choices.apply(BRIEFING, chosen).slides:
        if slide.key not in theirs:
            made = SLIDES[list(Key).index(slide.key)]
            assert (slide.message, slide.parts) == (made.message, made.parts)


def test_without_choices_the_briefing_is_as_it_comes(home):
    assert choices.apply(BRIEFING, choices.read(OCTOBER)) == BRIEFING


def test_named_slides_come_in_order_and_others_after_what_they_follow():
    order = ("actions", "gone", "welcome", "actions")
    told = shown(Choices(order=order))
    assert told[:3] == ["actions", "welcome", "actions_before"]
    assert told.index("guest") == told.index("asked") + 1


def test_when_all_is_hidden_nothing_is_left():
    assert shown(Choices(hidden=frozenset(map(str, Key)))) == []


def test_the_first_line_about_the_guest_is_the_message():
    chosen = Choices(guest="De wijkagent\nover fietsen", welcome="Fijn dat u er bent")
    by_key = {slide.key: slide for slide in choices.apply(BRIEFING, chosen).slides}
    assert by_key[Key.GUEST].message == "De wijkagent"
    assert by_key[Key.GUEST].parts == (Lines(("over fietsen",)),)
    assert by_key[Key.WELCOME].parts == (Lines(("Fijn dat u er bent",)),)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Bel 06-12345678", "telefoonnummer"),
        ("Let op de auto met 12-ABC-3", "kenteken"),
        ("a" * 161, "maak het korter"),
    ],
)
def test_what_may_not_be_on_the_wall_is_refused_and_the_rule_is_named(home, text, rule):
    with pytest.raises(choices.RefusedChoicesError, match=rule):
        choices.write(OCTOBER, Choices(annotations={"burglary": text}))
    assert choices.read(OCTOBER) == Choices()


def test_of_two_who_choose_at_once_neither_loses_a_choice(home):
    def hide(key):
        return lambda chosen: replace(chosen, hidden=chosen.hidden | {key})

    def slowly(chosen):
        other.start()
        other.join(timeout=0.5)
        return hide("guest")(chosen)

    other = Thread(target=choices.change, args=(OCTOBER, hide("welcome")))
    choices.change(OCTOBER, slowly)
    other.join()
    assert choices.read(OCTOBER).hidden == {"guest", "welcome"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"hidden": 3}', '{"guest": null}'])
def test_a_file_of_another_kind_is_named_with_a_remedy(home, text):
    (home / "briefings").mkdir()
    (home / "briefings/2026-10.json").write_text(text)
    with pytest.raises(choices.UnreadableChoicesError, match=r"2026-10\.json.*haal"):
        choices.read(OCTOBER)

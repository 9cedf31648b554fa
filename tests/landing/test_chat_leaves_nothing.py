"""Of any chat, nothing is in any file afterwards, whatever became of it."""

import io
import os
import shutil
import signal
import zipfile
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

import duckdb
import pytest
from chain.kept import found_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.landing.offers import SAMPLES, offer, put

from wijkbeeld import files
from wijkbeeld.demo.canaries import CANARIES
from wijkbeeld.landing import chat, deliver, inbox_files, land, record
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.settings import settings as configured

GROUPS, WEEKS = "whatsapp__groups", "whatsapp__group_weeks"
GROUP = "Buurtapp Houtwijk Noord (demo)"
NAMES = [f"{name} Zwaluwenburg" for name in ("Aaltje", "Berend", "Cornelis", "Dirkje")]
NAMES += [
    "~\u202fEefje Zwaluwenburg",
    "\u202a+31 6 00004712\u202c",
    "Politie Loosduinen",
]
TEXTS = [f"Ik zag {canary} lopen" for canary in CANARIES]
TEXTS += [
    "BERICHT VAN POLITIE LOOSDUINEN. Zag u Zwaluwenburg?",
    "\u200eafbeelding weggelaten",
    "foto-Zwaluwenburg.jpg (bestand bijgevoegd)",
    "een: twee - Zwaluwenburg",
    "",
]
WORDS = [*CANARIES, "Zwaluwenburg", "00004712"]
STYLES = {
    "android": "{at:%d-%m-%Y %H:%M} - {said}",
    "iphone": "\u200e[{at:%d-%m-%Y, %H:%M:%S}] {said}",
    "iphone then": "[{at:%d-%m-%y %H:%M:%S}] {said}",
    "old": "{at:%d-%m-%y %H:%M:%S}: {said}",
}
EVENTS = [
    "{who} heeft Fenna Zwaluwenburg toegevoegd",
    "{who} heeft de groep verlaten",
    "Berichten en oproepen zijn end-to-end versleuteld.",
    '{who} heeft het onderwerp gewijzigd in "Zwaluwenburg"',
]
ANY_LINE = st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=30)


class Chat(NamedTuple):
    """A generated export, and how many of its header lines are of each kind."""

    text: str
    counts: tuple[int, int, int]


@st.composite
def chats(draw) -> Chat:
    style = STYLES[draw(st.sampled_from(sorted(STYLES)))]
    at = datetime(2026, draw(st.integers(1, 9)), 13, 8)  # noqa: DTZ001 wall clock
    lines, counts = [], [0, 0, 0]
    for _ in range(draw(st.integers(1, 25))):
        at += timedelta(minutes=draw(st.sampled_from([0, 1, 90, 3000])))
        who = draw(st.sampled_from(NAMES))
        kind = draw(st.sampled_from([0, 0, 0, 0, 1, 2]))
        counts[kind] += 1
        if kind == 0:
            said = f"{who}: {draw(st.sampled_from(TEXTS))}"
        elif kind == 2:
            said = f"{who}: \u200eDit bericht is verwijderd."
        else:
            said = draw(st.sampled_from(EVENTS)).format(who=who)
            # On an iPhone it stands under the name of who did it, and is marked.
            said = said if " - " in style else f"{who}: \u200e{said}"
        lines.append(style.format(at=at, said=said))
        more = draw(st.lists(st.sampled_from(TEXTS), max_size=2))
        lines += [] if kind else [f"meer: {text}" for text in more]
    return Chat("\n".join(lines), (counts[0], counts[1], counts[2]))


def named_zip(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", text)
        archive.writestr("foto-Zwaluwenburg.jpg", "Zwaluwenburg")
    return out.getvalue()


PLACES = [
    (chat, "hidden"), (chat, "_counted"), (chat.chat_weeks, "count"), (land, "_write"),
    (land, "_counts"), (record, "write"), (files, "sync"), (chat, "destroy"),
    (deliver, "_identity"), (deliver, "_put_away"),
]  # fmt: skip
"""Where a landing of a chat may be cut short, before or after."""


@pytest.fixture(scope="module")
def registered(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setenv("WIJKBEELD_HOME", str(tmp_path_factory.mktemp("home")))
    patch.setenv("WIJKBEELD_PSEUDONYM_KEY", "a key for tests only")
    configured.cache_clear()
    offer(GROUPS, SAMPLES[GROUPS][1])
    yield configured().home
    patch.undo()
    configured.cache_clear()


def cut_short(owner, name: str, when: str, how: str):
    """Make a function end the landing: by an exception, or by an end of the process."""
    whole = getattr(owner, name)

    def fall():
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise MemoryError(f"no memory for {NAMES[0]}")

    def cut(*args, **more):
        if when == "before":
            fall()
        result = whole(*args, **more)
        fall()
        return result

    patch = pytest.MonkeyPatch()
    patch.setattr(owner, name, cut)
    return patch


def land_all() -> list[str]:
    """Land what waits; return all that is said about it."""
    said = []
    for path in inbox_files.waiting(WEEKS):
        try:
            said += deliver.deliver(path, WEEKS, lambda _: None).warnings
        except RejectedError as reason:
            said.append(str(reason))
    return said


FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def cleared(home) -> None:
    for folder in ("inbox", "rejected", "landing/_deliveries"):
        shutil.rmtree(home / folder / WEEKS, ignore_errors=True)
    for left in (home / "landing" / WEEKS).glob("*"):
        if left.name != "empty.parquet":
            left.unlink()


@st.composite
def ways(draw):
    """How a chat comes, and what befalls its landing."""
    name = draw(st.sampled_from([GROUP, GROUP, NAMES[0]]))
    place = draw(st.sampled_from(PLACES))
    when = draw(st.sampled_from(["before", "after"]))
    return name, (*place, when, draw(st.sampled_from(["not", "exception", "kill"])))


@FEW
@given(made=chats(), is_zip=st.booleans(), way=ways())
def test_nothing_of_a_chat_is_in_any_file(registered, made, is_zip, way):
    cleared(registered)
    name, fall = way
    content = named_zip(made.text) if is_zip else made.text.encode()
    put(WEEKS, f"WhatsApp-chat met {name}.{'zip' if is_zip else 'txt'}", content)
    said = fallen(fall)
    # Cut short, it is as it was delivered, and nowhere else.
    assert found_in(registered, WORDS, but=[f"inbox/{WEEKS}"]) == []
    said += land_all()
    assert found_in(registered, WORDS) == []
    assert not any(word in text for word in WORDS for text in said)
    assert not list((registered / "inbox" / WEEKS).glob("*"))
    assert not (registered / "delivered" / WEEKS).exists()


def fallen(fall) -> list[str]:
    """Land what waits, and fall; return what was said."""
    how = fall[-1]
    if how == "kill":
        assert killed(fall) in {True, False}
        return []
    if how == "not":
        return land_all()
    patch = cut_short(*fall)
    try:
        return land_all()
    except MemoryError:
        return []
    finally:
        patch.undo()


def killed(fall) -> bool:
    """Land what waits in another process; tell whether that was killed."""
    child = os.fork()
    if not child:
        with suppress(BaseException):
            cut_short(*fall)
            land_all()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[1])
def test_a_landing_of_a_chat_that_is_killed_is_done_again(registered, place, when):
    cleared(registered)
    text = "\n".join(f"06-07-2026 14:2{n} - {NAMES[n]}: hoi" for n in range(6))
    put(WEEKS, f"WhatsApp-chat met {GROUP}.txt", text.encode())
    assert killed((*place, when, "kill"))
    assert found_in(registered, WORDS, but=[f"inbox/{WEEKS}"]) == []
    land_all()
    assert found_in(registered, WORDS) == []
    assert len(list((registered / "landing" / WEEKS).glob("*.parquet"))) == 2


@FEW
@given(made=chats(), is_zip=st.booleans())
def test_the_counts_of_a_chat_close(registered, made, is_zip):
    cleared(registered)
    content = named_zip(made.text) if is_zip else made.text.encode()
    put(WEEKS, f"WhatsApp-chat met {GROUP}.{'zip' if is_zip else 'txt'}", content)
    (said, *_) = land_all()
    messages, system, deleted = made.counts
    assert said == (
        f"{sum(made.counts)} koppen: {messages} berichten, {system} systeemregels, "
        f"{deleted} verwijderde berichten"
    )
    ((kept, withheld),) = duckdb.sql(
        "select coalesce(sum(message_count::int), 0), count_if(is_suppressed = 'true')"
        f" from '{registered}/landing/{WEEKS}/*.parquet'"
    ).fetchall()
    assert kept == messages if not withheld else kept <= messages


@FEW
@given(lines=st.lists(ANY_LINE | st.sampled_from(TEXTS), max_size=8), name=ANY_LINE)
def test_any_text_in_the_folder_is_landed_or_destroyed(registered, lines, name):
    cleared(registered)
    text = "\n".join(["Zwaluwenburg zei", *lines])
    put(WEEKS, "gesprek.txt", text.encode("utf-8", "surrogatepass"))
    said = land_all()
    assert found_in(registered, WORDS) == []
    assert not any("Zwaluwenburg" in reason for reason in said)

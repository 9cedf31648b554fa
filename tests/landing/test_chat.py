"""A chat export is counted while it is read, and nothing of it is left anywhere."""

import gzip
import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from tests.landing.offers import SAMPLES, landed, offer, put

from wijkbeeld.landing import chat, record
from wijkbeeld.landing.deliver import deliver
from wijkbeeld.landing.inbox_files import waiting
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.settings import settings

GROUPS, WEEKS = "whatsapp__groups", "whatsapp__group_weeks"
ANDROID, IPHONE = "WhatsApp-chat met Buurtapp Houtwijk Noord (demo).txt", "_chat.txt"
COUNTS = (
    "iso_week, message_count, police_message_count, prefix_message_count,"
    " resident_message_count, resident_count, is_suppressed"
)
PREFIX = "BERICHT VAN POLITIE LOOSDUINEN"


def android(*messages, sender="Bewoner") -> str:
    """A chat of one week, by five residents, with more lines behind it."""
    lines = [f"06-07-2026 14:{20 + n} - {sender} {n}: hoi" for n in range(5)]
    return "\n".join([*lines, *messages]) + "\n"


@pytest.fixture
def registered(zone):
    offer(GROUPS, SAMPLES[GROUPS][1])
    return zone


def counted(text, name=ANDROID):
    return offer(WEEKS, text, name)


@pytest.mark.parametrize(
    ("line", "adds"),
    [
        ("06-07-2026 14:41 - Bewoner A: hoi", (1, 0, 0)),
        ("06-07-2026, 14:41 - Bewoner A: hoi", (1, 0, 0)),
        ("6-7-26 14:41 - Bewoner A: hoi", (1, 0, 0)),
        ("06-07-2026 14:41 \u2013 Bewoner A: hoi", (1, 0, 0)),
        ("06-07-2026 14:41 - \u202a+31 6 00004711\u202c: hoi", (1, 0, 0)),
        ("06-07-2026 14:41 - Bewoner A:", (1, 0, 0)),
        ("06-07-2026 14:41 - Bewoner A: <Media weggelaten>", (1, 0, 0)),
        ("06-07-2026 14:41 - Bewoner A: hoi <Dit bericht is bewerkt>", (1, 0, 0)),
        ("06-07-2026 14:41 - Bewoner A: peiling:\noptie: ja (3 stemmen)", (1, 0, 0)),
        ("06-07-2026 14:41 - Bewoner A: Jan heeft de groep verlaten", (1, 0, 0)),
        ("06-07-2026 14:41 - Bewoner A: gemeente heeft bank verwijderd", (1, 0, 0)),
        ("06-07-2026 14:41 - Bewoner A heeft Bewoner D toegevoegd", (0, 1, 0)),
        ("06-07-2026 14:41 - Je hebt Bewoner D toegevoegd", (0, 1, 0)),
        ("06-07-2026 14:41 - Bewoner A heeft de groep verlaten", (0, 1, 0)),
        ("06-07-2026 14:41 - Bewoner A is lid geworden via de uitnodigingslink",
         (0, 1, 0)),
        ('06-07-2026 14:41 - Bewoner A heeft het onderwerp gewijzigd van "A: b" in '
         '"Buurt"', (0, 1, 0)),
        ("06-07-2026 14:41 - Berichten en oproepen zijn end-to-end versleuteld.",
         (0, 1, 0)),
        ("06-07-2026 14:41 - Bewoner A: Dit bericht is verwijderd", (0, 0, 1)),
        ("06-07-2026 14:41 - Bewoner A: Je hebt dit bericht verwijderd", (0, 0, 1)),
        ("tweede regel van het bericht", (0, 0, 0)),
        ("45-13-2026 14:41 - geen datum: dus tekst", (0, 0, 0)),
        ("06-07-2036 14:41 - Bewoner A: uit de toekomst", (0, 0, 0)),
    ],
)  # fmt: skip
def test_a_line_is_a_message_or_tells_of_an_event(registered, line, adds):
    delivered = counted(android(line))
    messages, system, deleted = (5 + adds[0], adds[1], adds[2])
    assert delivered.warnings[0].startswith(
        f"{messages + system + deleted} koppen: {messages} berichten, {system} "
        f"systeemregels, {deleted} verwijderde"
    )
    assert landed(delivered, "message_count, resident_message_count") == [
        (str(messages), str(messages))
    ]


IPHONE_LINES = [
    "\u200e[06-07-2026, 14:30:00] Buurtapp Houtwijk Noord (demo): \u200eBerichten en "
    "oproepen zijn end-to-end versleuteld.",
    *[f"[06-07-2026, 14:3{n}:15] Bewoner {n}: hoi" for n in range(5)],
    "\u200e[06-07-2026, 14:36:15] ~\u202fBewoner 4: \u200eafbeelding weggelaten",
    "[06-07-2026, 14:37:15] Bewoner 4: \u200eBewoner 4 heeft Bewoner D toegevoegd",
    "[06-07-2026, 14:38:15] Buurtapp Houtwijk Noord (demo): Bewoner E is toegetreden",
    "[06-07-2026, 14:39:15] Bewoner 3: \u200eDit bericht is verwijderd.",
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_an_iphone_marks_what_it_wrote_itself(registered, newline, bom):
    delivered = counted(bom + newline.join(IPHONE_LINES), IPHONE)
    assert delivered.warnings[0].startswith("10 koppen: 6 berichten, 3 syst")
    assert landed(delivered, f"group_id, {COUNTS}, media_message_count") == [
        ("WA-07", "28", "6", "0", "0", "6", "5", "false", "1")
    ]


def test_an_old_iphone_is_read(registered):
    lines = [f"06-07-26 14:3{n}:01: Bewoner {n}: hoi" for n in range(5)]
    delivered = counted("\n".join(lines))
    assert landed(delivered, COUNTS)[0][1] == "5"


def test_an_older_iphone_has_years_of_two_digits(registered):
    text = "\n".join(IPHONE_LINES).replace("-2026, ", "-26 ")
    assert landed(counted(text, IPHONE), COUNTS)[0][1] == "6"


@pytest.mark.parametrize(
    "name",
    [
        ANDROID,
        "WhatsApp-gesprek met Buurtapp Houtwijk Noord (demo).txt",
        "WhatsApp Chat - Buurtapp Houtwijk Noord (demo).txt",
        "WhatsApp-chat met Buurtapp Houtwijk Noord (demo) (2).txt",
        "2026-09-30__WhatsApp-chat met buurtapp houtwijk noord (demo).txt",
    ],
)
def test_the_group_is_found_by_the_name_of_the_file(registered, name):
    delivered = counted(android(), name)
    assert landed(delivered, "group_id, _is_demo") == [("WA-07", True)]
    assert "Houtwijk" not in landed(delivered, "_file_name")[0][0]
    assert "houtwijk" not in str(delivered.path).casefold()


def test_what_waits_has_a_name_that_says_nothing(registered):
    put(WEEKS, "WhatsApp-chat met Jan de Vries.txt", android().encode())
    (path,) = waiting(WEEKS)
    assert "Vries" not in path.name
    assert chat.hidden(path, WEEKS) == path
    with pytest.raises(RejectedError, match="register") as caught:
        deliver(path, WEEKS, lambda _: None)
    assert "Vries" not in str(caught.value)


def packed(**members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def test_a_zip_is_read_without_its_media(registered):
    text = "\n".join(IPHONE_LINES)
    delivered = counted(
        packed(_chat__txt=text, a__jpg=b"\xff\xd8", b__opus=b"x"),
        "WhatsApp Chat - Buurtapp Houtwijk Noord (demo).zip",
    )
    assert landed(delivered, COUNTS)[0][1] == "6"
    assert any("2 andere bestanden" in warning for warning in delivered.warnings)


def test_the_police_are_known_by_their_name_or_their_prefix(registered):
    delivered = counted(
        android(
            f"06-07-2026 15:00 - Politie Loosduinen: {PREFIX}. Let op\nen nog iets",
            "06-07-2026 15:01 - Politie Loosduinen: vergeten",
            f"06-07-2026 15:02 - +31 6 00004711: *{PREFIX}*",
            f"06-07-2026 15:03 - +31 6 00004711: {PREFIX.lower()}",
        )
    )
    assert landed(delivered, COUNTS) == [
        ("28", "9", "3", "2", "6", "6", "false"),
    ]


def test_replies_are_counted_from_the_last_message_of_the_police(registered):
    delivered = counted(
        android(
            f"06-07-2026 15:00 - Politie Loosduinen: {PREFIX}",
            "06-07-2026 15:00 - Bewoner 1: meteen",
            "06-07-2026 15:30 - Bewoner 2: later",
            f"06-07-2026 16:00 - Politie Loosduinen: {PREFIX}",
            "06-07-2026 16:10 - Bewoner 3: weer",
            "07-07-2026 16:00 - Bewoner 4: een dag later",
            "07-07-2026 16:01 - Bewoner 4: te laat",
        )
    )
    columns = "reply_1h_count, reply_24h_count, first_reply_minutes"
    assert landed(delivered, columns) == [("3", "4", "5")]


def test_a_plate_or_a_description_is_a_breach_and_is_only_counted(registered):
    delivered = counted(
        android(
            "06-07-2026 15:00 - Bewoner 1: busje 12-AB-34 rijdt langzaam",
            "06-07-2026 15:01 - Bewoner 2: signalement: lang",
            "06-07-2026 15:02 - Bewoner 2: ik zie niets",
            "06-07-2026 15:03 - Politie Loosduinen: kenteken gezien",
        )
    )
    assert landed(delivered, "saar_breach_count") == [("2",)]


def test_with_four_residents_nothing_of_them_is_kept(registered):
    text = android().split("\n", 1)[1]
    text += f"06-07-2026 15:00 - Politie Loosduinen: {PREFIX}\n"
    assert landed(counted(text), f"{COUNTS}, media_message_count") == [
        ("28", None, "1", "1", None, None, "true", None)
    ]


def test_the_same_resident_in_five_spellings_is_one(registered):
    lines = ["Jan", "~ Jan", "~\u202fJan", "\u202aJan\u202c", "JAN"]
    text = "\n".join(f"06-07-2026 14:30 - {name}: hoi" for name in lines)
    assert landed(counted(text), "is_suppressed") == [("true",)]


def test_the_first_and_last_week_are_not_whole_and_none_is_left_out(registered):
    text = android("20-07-2026 10:00 - Bewoner 1: hoi")
    assert landed(counted(text), "iso_week, is_partial_week, is_suppressed") == [
        ("28", "true", "false"),
        ("29", "false", "true"),
        ("30", "true", "true"),
    ]


def test_the_turn_of_the_year_is_in_week_53(zone):
    offer(GROUPS, SAMPLES[GROUPS][1])
    text = android().replace("06-07-2026", "03-01-2021")
    assert landed(counted(text), "iso_year, iso_week") == [("2020", "53")]


def test_it_was_exported_when_its_last_line_was_written(registered):
    delivered = counted(android(), "2026-09-30__" + ANDROID)
    assert landed(delivered, "_exported_on")[0][0] == datetime(2026, 7, 6, 14, 24)  # noqa: DTZ001 wall clock


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("06-07-2026 14:41 - Bewoner A: <Media omitted>", "Engels"),
        ("01-07-2026 14:41 - Bewoner A: hoi", "meer dan een dag terug"),
    ],
)
def test_what_is_odd_is_a_warning(registered, line, says):
    delivered = counted(android(line))
    assert any(says in warning for warning in delivered.warnings)


def test_lines_before_the_first_message_are_counted_and_ignored(registered):
    delivered = counted("de rest van iets\n\n" + android())
    assert any("1 regels voor het eerste" in w for w in delivered.warnings)
    assert landed(delivered, "message_count") == [("5",)]


def test_months_first_are_read_so_where_a_day_decides(registered):
    text = android().replace("06-07-2026 ", "7/27/26, ")
    delivered = counted(text)
    assert landed(delivered, "iso_week") == [("31",)]
    assert any("maand voorop" in warning for warning in delivered.warnings)


WHO = "Wilhelmina Kanarievogel"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (f"zomaar {WHO}\n" * 300, ANDROID, "geen chatexport"),
        ("x\n" * 201 + android(sender=WHO), ANDROID, "geen chatexport"),
        (android(sender=WHO), f"WhatsApp-chat met {WHO}.txt", "in het register"),
        (f"06-07-2026 14:20 - {WHO}: hoi\n06-07-2026 14:21 - Jan: dag",
         f"WhatsApp-chat met {WHO}.txt", "tussen twee mensen"),
        (android(sender=WHO).replace("06-07-2026 ", "7/6/26, "), ANDROID,
         "dag of de maand"),
        (android(sender=WHO).encode("utf-16"), ANDROID, "geen UTF-8"),
        (android(sender=WHO).encode() + b"\xff", ANDROID, "geen UTF-8"),
        (packed(a__txt=WHO), "WhatsApp Chat - x.zip", "geen chatexport"),
        (packed(_chat__txt=WHO * 1_000_000), "x.zip", "na uitpakken groter"),
        (packed(_chat__txt=android(sender=WHO))[:-9], "WhatsApp Chat - x.zip",
         "geen UTF-8|niet te lezen|geen chatexport"),
        (gzip.compress(android(sender=WHO).encode(), mtime=0), "x.txt.gz", "register"),
        (android(sender=WHO), "x.csv", "in het register"),
        (f"naam;telefoon\n{WHO};06-00004711\n", "x.csv", "geen lijst"),
    ],
)  # fmt: skip
def test_what_is_refused_is_destroyed_and_the_reason_says_nothing(
    registered, home, content, name, says
):
    with pytest.raises(RejectedError, match=says) as caught:
        counted(content, name)
    assert "Kanarievogel" not in str(caught.value)
    assert "vernietigd" in str(caught.value)
    assert holding(home, ["Kanarievogel"]) == []
    assert not list((settings().inbox / WEEKS).iterdir())
    (reason,) = (settings().rejected / WEEKS).iterdir()
    assert reason.name.endswith(".reason.txt")


@pytest.mark.parametrize("source", ["watch__patrols", "whatsapp__broadcasts"])
@pytest.mark.parametrize("name", [ANDROID, "uit mijn telefoon.txt"])
def test_a_chat_in_another_folder_is_destroyed_too(registered, home, source, name):
    with pytest.raises(RejectedError, match="lijkt op whatsapp__group_weeks"):
        offer(source, android(sender=WHO), name)
    assert holding(home, ["Kanarievogel"]) == []
    assert not list((settings().inbox / source).iterdir())


def as_a_workbook(text: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("weken")
    for at, line in enumerate(text.splitlines()):
        page.write_row(at, 0, line.split(";"))
    book.close()
    return out.getvalue()


LIST = SAMPLES[WEEKS][1]
ZIPPED_LISTS = {
    "a list": {"weken.csv": LIST},
    "a list of another name": {"Jan.txt": f"sep=;\n{LIST}"},
    "a workbook": {"weken.xlsx": as_a_workbook(LIST)},
}


@pytest.mark.parametrize("members", ZIPPED_LISTS.values(), ids=ZIPPED_LISTS)
def test_a_zip_with_a_list_in_it_lands_as_that_list(registered, members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    delivered = offer(WEEKS, out.getvalue(), "2026-10-01__weken.zip")
    assert delivered.row_count == len(LIST.splitlines()) - 1
    assert (settings().delivered / WEEKS / "2026-10-01__weken.zip").exists()


ZIPPED_CHATS = {
    "a chat": {"x__csv": True},
    "a chat and a list": {"a__csv": LIST, "x__csv": True},
}


@pytest.mark.parametrize("members", ZIPPED_CHATS.values(), ids=ZIPPED_CHATS)
def test_a_zip_with_a_chat_in_it_is_destroyed(registered, home, members):
    content = packed(**{
        name: android(sender=WHO) if text is True else text
        for name, text in members.items()
    })  # fmt: skip
    with pytest.raises(RejectedError, match="vernietigd"):
        offer(WEEKS, content, "weken.zip")
    assert holding(home, ["Kanarievogel"]) == []
    assert not list((settings().inbox / WEEKS).iterdir())


@pytest.mark.parametrize("source", ["watch__patrols", WEEKS])
@pytest.mark.parametrize("ending", ["csv", "log", "rtf", "docx", "pdf", "x y", "XLSX"])
@pytest.mark.parametrize("is_chat", [True, False])
def test_a_chat_that_was_saved_in_another_form_leaves_not_even_its_name(
    registered, home, source, ending, is_chat
):
    content = android(sender=WHO) if is_chat else f"%PDF-1.4 {WHO}"
    with pytest.raises(RejectedError, match="vernietigd") as caught:
        offer(source, content, f"WhatsApp-chat met {WHO}.{ending}")
    assert "Kanarievogel" not in str(caught.value)
    assert holding(home, ["Kanarievogel"]) == []
    assert not list((settings().inbox / source).iterdir())


@pytest.mark.parametrize("source", ["watch__patrols", "whatsapp__broadcasts"])
@pytest.mark.parametrize("name", [f"{WHO}.csv", f"{WHO}.xlsx", "bellen.log"])
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_chat_by_its_lines_in_another_folder_is_not_kept(
    registered, home, source, name, is_packed
):
    text = android(sender=WHO)
    content = packed(**{name.replace(".", "__"): text}) if is_packed else text
    with pytest.raises(RejectedError, match="vernietigd") as caught:
        offer(source, content, name)
    assert "Kanarievogel" not in str(caught.value)
    assert holding(home, ["Kanarievogel"]) == []
    assert not list((settings().inbox / source).iterdir())


def test_the_screen_does_not_tell_the_name_of_a_chat_either(registered):
    from wijkbeeld.landing import inbox

    put("watch__patrols", f"{WHO}.csv", android(sender=WHO).encode())
    said = []
    (outcome,) = inbox.land([], lambda _: lambda _: None, say=said.append)
    assert outcome.status == "rejected"
    assert "Kanarievogel" not in f"{outcome}{said}"


def test_a_list_that_is_refused_is_kept_with_its_name(registered):
    with pytest.raises(RejectedError) as caught:
        offer("watch__patrols", "a;b\n1;2\n", "2026-03-31__lijst.csv")
    assert "vernietigd" not in str(caught.value)
    kept = {path.name for path in (settings().rejected / "watch__patrols").iterdir()}
    assert kept == {"2026-03-31__lijst.csv", "2026-03-31__lijst.csv.reason.txt"}


def test_a_group_of_four_is_not_counted(zone):
    offer(GROUPS, SAMPLES[GROUPS][1].replace(";212;", ";4;"))
    with pytest.raises(RejectedError, match="minder dan 5 leden"):
        counted(android())


def test_the_same_chat_again_is_known_and_destroyed(registered):
    counted(android())
    again = counted(android())
    assert again.status == "known"
    assert not list((settings().inbox / WEEKS).iterdir())
    assert not (settings().delivered / WEEKS).exists()


def test_a_chat_that_lies_elsewhere_is_read_there_and_not_copied(registered, tmp_path):
    from wijkbeeld.landing import inbox

    path = tmp_path / ANDROID
    path.write_text(android())
    (outcome,) = inbox.land([path], lambda _: lambda _: None)
    assert (outcome.status, outcome.counts) == ("landed", (1, 1, 0))
    assert "Houtwijk" not in outcome.file_name
    assert path.exists()
    assert not (settings().inbox / WEEKS).exists()


def test_the_record_tells_the_four_counts(registered):
    delivered = counted(android("06-07-2026 14:41 - Bewoner A is toegetreden"))
    known = record.read(WEEKS, delivered.parquet.stem)
    assert known.warnings[0] == (
        "6 koppen: 5 berichten, 1 systeemregels, 0 verwijderde berichten"
    )


def holding(home, words) -> list[str]:
    """Name the files of a home that hold one of the words, in any form."""
    from chain.kept import found_in

    return found_in(home, words)


def test_what_waits_in_the_inbox_is_landed_and_destroyed(registered, home):
    from wijkbeeld.landing import inbox

    put(WEEKS, ANDROID, android(sender=WHO).encode())
    put("watch__patrols", f"WhatsApp-chat met {WHO}.txt", android().encode())
    outcomes = list(inbox.land([], lambda _: lambda _: None))
    assert sorted(outcome.status for outcome in outcomes) == ["landed", "rejected"]
    assert holding(home, ["Kanarievogel"]) == []
    assert not [p for p in settings().inbox.rglob("*") if p.is_file()]
    assert not (settings().delivered / WEEKS).exists()


def test_half_a_chat_that_was_left_is_swept_in_a_day(registered, home):
    left = put(WEEKS, ".0123.scratch", android(sender=WHO).encode())
    offer("watch__patrols", SAMPLES["watch__patrols"][1])
    assert not left.exists()


def test_a_zip_is_listed_once_while_it_lands(zone, monkeypatch):
    content, listed = io.BytesIO(), []
    with zipfile.ZipFile(content, "w") as archive:
        for at in range(50):
            archive.writestr(f"{at}.csv", "x")
    names = zipfile.ZipFile.namelist
    monkeypatch.setattr(
        zipfile.ZipFile, "namelist", lambda it: listed.append(1) or names(it)
    )
    with pytest.raises(RejectedError, match="50 gegevensbestanden"):
        offer("watch__patrols", content.getvalue(), "rondes.zip")
    # Once to see whether a chat is in it, once to recognise it.
    assert len(listed) <= 2

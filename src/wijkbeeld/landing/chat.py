"""Chat exports of WhatsApp: counted per week in memory, and destroyed.

Names, numbers, texts and media reach no file, no log and no exception. So nothing is
unpacked to a file, a fault is told by its kind only, the delivered file gets a name
that says nothing before anything else is done with it, and it is destroyed as soon as
it has landed or was refused. What is in its folder and is no list counts as a chat.
"""

import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from wijkbeeld import files
from wijkbeeld.landing import (
    chat_file,
    chat_lines,
    chat_weeks,
    exported,
    groups,
    names,
    personal,
    pseudonyms,
)
from wijkbeeld.landing.chat_lines import Looked, NoChatError, Seen, UndecidedError
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.groups import Group
from wijkbeeld.landing.rejected import (
    CHAT_NAME,
    SAVED_CHAT_NAME,
    RejectedError,
    full_name,
)
from wijkbeeld.language import say
from wijkbeeld.settings import settings

SOURCE = "whatsapp__group_weeks"
_HIDDEN = re.compile(
    r"(?:\d{4}-\d{2}(?:-\d{2})?__)?(?:demo_)?chat-(?P<group>[0-9a-f]{32}|zonder-naam)"
    r"(?:-[0-9a-f]{8})?\.(?:txt|zip)"
)
_DATED = re.compile(r"\d{4}-\d{2}(?:-\d{2})?__")
_ENDINGS = (".txt", ".zip", ".gz")
_FEWEST_MEMBERS, _TWO = 5, 2


def is_secret(path: Path, source: str) -> bool:
    """Tell whether a delivery is to be destroyed: it is a chat, or may be one."""
    if path.is_symlink() or not path.is_file():
        return False
    return looks_like_one(path) or (source == SOURCE and not chat_file.is_list(path))


def may_be_one(name: str) -> bool:
    """Tell whether a file must be looked into, to know that it is no chat.

    All names that chats go by have one of these endings, or none.
    """
    # Not the suffix of a path: that is slow, for 100,000 of them.
    return name.casefold().rstrip().endswith(_ENDINGS) or "." not in name.lstrip(".")


def looks_like_one(path: Path) -> bool:
    """Tell whether a file is a chat export, by its name, its member or its lines."""
    if CHAT_NAME.search(path.name) or _HIDDEN.fullmatch(path.name):
        return True
    if not may_be_one(path.name):
        return False
    if chat_file.members(path):
        return True
    return chat_lines.begins_a_chat(chat_file.beginning(path))


def is_to_be_looked_at(name: str, source: str) -> bool:
    """Tell whether a file of a name in the inbox of a source may have to be hidden."""
    return source == SOURCE or may_be_one(name) or names.is_personal(name)


def hidden(path: Path, source: str) -> Path:
    """Give a chat in the inbox a name that says nothing, and return where it is then.

    A name may be that of a person. Its place among the groups can still be told. So
    does any other file whose name tells of a person.
    """
    if not _is_ours(path):
        return path
    if is_secret(path, source):
        return _renamed(path, name_of(path, source))
    if names.is_personal(full_name(path)):
        return _renamed(path, names.neutral(path, source))
    return path


def hidden_if_it_begins_one(path: Path) -> Path | None:
    """Hide a file that is refused and is a chat after all; None if it is none.

    It may have any name, and any source: a chat that was saved as CSV, or put in a zip.
    """
    if not _is_ours(path) or path.is_symlink() or not path.is_file():
        return None
    is_named = bool(SAVED_CHAT_NAME.search(full_name(path)))
    if not is_named and not any(
        map(chat_lines.begins_a_chat, chat_file.beginnings(path))
    ):
        return None
    return _renamed(path, _hidden_name(path))


def _renamed(path: Path, name: str) -> Path:
    if name == path.name:
        return path
    target = path.with_name(name)
    if os.path.lexists(target):
        ending = target.suffix
        target = target.with_name(f"{target.stem}-{uuid4().hex[:8]}{ending}")
    try:
        path.rename(target)
    except FileNotFoundError:
        return path  # Another landing of the same file was at it.
    files.sync(target.parent)
    return target


def name_of(path: Path, source: str) -> str:
    """Return the name by which a delivery may be told of."""
    name = full_name(path)
    if _HIDDEN.fullmatch(name) or not is_secret(path, source):
        return name
    return _hidden_name(path)


def _hidden_name(path: Path) -> str:
    name = full_name(path)
    dated = _DATED.match(name)
    group = next(iter(_names(path)), None)
    return "".join(
        [
            dated[0] if dated else "",
            "demo_" if exported.is_demo(name) else "",
            "chat-",
            pseudonyms.pseudonym(groups.plain(group)) if group else "zonder-naam",
            ".zip" if zipfile.is_zipfile(path) else ".txt",
        ]
    )


def destroy(path: Path) -> None:
    """Destroy a delivery that lies in the inbox; elsewhere it is not ours."""
    if _is_ours(path):
        path.unlink(missing_ok=True)
        files.sync(path.parent)


def read(path: Path) -> Document:
    """Count the messages of a chat export, per week.

    Raises:
        RejectedError: It is none, or not one of a group that we know.
    """
    document, reason = _read(path)
    if document is None:
        # Raised here, where nothing of the content is in reach.
        raise RejectedError(reason)
    return document


def _read(path: Path) -> tuple[Document | None, str]:
    try:
        return _counted(path), ""
    except RejectedError as refused:
        return None, str(refused)
    except NoChatError:
        return None, say(
            "dit is geen chatexport van WhatsApp en geen lijst met de kolom groep_id; "
            "exporteer de chat opnieuw zonder media, of stuur de lijst als CSV of .xlsx"
        )
    except UndecidedError:
        return None, say(
            "uit de datums blijkt niet of de dag of de maand voorop staat; exporteer "
            "een langere periode, of zet de taal van de telefoon op Nederlands"
        )
    except UnicodeError:
        return None, say(
            "de chatexport is geen UTF-8; stuur het bestand zoals WhatsApp het gaf"
        )
    except Exception as fault:
        return None, say(
            "de chatexport is niet te lezen ({fault}); exporteer de chat opnieuw, "
            "zonder media",
            fault=type(fault).__name__,
        )


def _counted(path: Path) -> Document:
    known = groups.known()
    looked = Looked(_breaks(), frozenset(chat_lines.plain(g.name) for g in known))
    seen = Seen()
    with chat_file.opened(path) as handle:
        lines = io.TextIOWrapper(handle, "utf-8-sig", newline=None)
        found = chat_lines.read(lines, looked, seen)
    group = _group(path, seen, known)
    if group is None:
        raise RejectedError(_unknown(found))
    if group.member_count < _FEWEST_MEMBERS:
        raise RejectedError(
            say(
                "de groep heeft minder dan {count} leden, en dan wordt niets geteld; "
                "stuur geen chat van deze groep",
                count=_FEWEST_MEMBERS,
            )
        )
    counted = chat_weeks.count(found, group.group_id)
    media = sum(1 for _ in chat_file.others(path))
    return counted._replace(warnings=_warnings(found, seen, media))


def _warnings(found: list[chat_lines.Line], seen: Seen, media: int) -> list[str]:
    kinds = [line.kind for line in found]
    warnings = [
        say(
            "{lines} koppen: {messages} berichten, {system} systeemregels, {deleted} "
            "verwijderde berichten",
            lines=len(kinds),
            messages=kinds.count("message"),
            system=kinds.count("system"),
            deleted=kinds.count("deleted"),
        )
    ]
    english = sum(line.is_english for line in found)
    if english:
        warnings.append(
            say("{count} berichten met media zijn Engels aangeduid", count=english)
        )
    if seen.is_back:
        warnings.append(
            say("de tijden lopen ergens meer dan een dag terug; dat is zo geteld")
        )
    if seen.is_month_first:
        warnings.append(
            say("de datums kloppen alleen met de maand voorop, en zijn zo gelezen")
        )
    if media:
        warnings.append(
            say(
                "in het zip-bestand zitten {count} andere bestanden; die zijn niet "
                "geopend, exporteer zonder media",
                count=media,
            )
        )
    if seen.before:
        warnings.append(
            say(
                "{count} regels voor het eerste bericht zijn overgeslagen",
                count=seen.before,
            )
        )
    return warnings


def _unknown(found: list[chat_lines.Line]) -> str:
    senders = {line.sender for line in found if line.sender}
    if len(senders) <= _TWO:
        return say(
            "dit lijkt een gesprek tussen twee mensen, en geen groep uit het register; "
            "stuur alleen chats van groepen"
        )
    return say(
        "deze groep staat niet in het register; zet de groep met precies deze naam in "
        "whatsapp__groups, stuur dat eerst, en exporteer de chat opnieuw"
    )


def _group(path: Path, seen: Seen, known: list[Group]) -> Group | None:
    """Return the group of the register that the export names, by file or by line."""
    by_name = {groups.plain(group.name): group for group in known}
    hid = _HIDDEN.fullmatch(path.name)
    if hid:
        for name, group in by_name.items():
            if pseudonyms.pseudonym(name) == hid["group"]:
                return group
    for name in [*_names(path), *seen.names]:
        found = by_name.get(groups.plain(name))
        if found:
            return found
    return None


def _names(path: Path) -> Iterator[str]:
    """Yield what the names of a file and its members say of the group."""
    for name in [full_name(path), *chat_file.members(path)]:
        found = SAVED_CHAT_NAME.search(name)
        if found and found["group"]:
            yield found["group"]


def _breaks() -> re.Pattern[str]:
    words = Path(__file__).with_name("description_words.txt").read_text("utf-8")
    listed = "|".join(re.escape(word) for word in words.splitlines())
    return re.compile(rf"\b(?:{listed})\b|{personal.PLATE.pattern}", re.IGNORECASE)


def _is_ours(path: Path) -> bool:
    return settings().inbox.resolve() in path.absolute().parents

"""What a free text means: itself, unless it holds what is personal or unreadable.

Python alone decides. Of many texts SQL tells first which are plain and which surely
hold something personal, since most of them are either; the rest is looked at.
"""

import html

from wijkbeeld.landing import appeals, personal, values
from wijkbeeld.landing.agreement import Field
from wijkbeeld.landing.values import Value

PLAIN, PERSONAL, ODD = 0, 1, 2
"""What SQL says of a text: it is what it says, it is surely personal, or neither."""
_USUAL = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}
"""The entities that SQL replaces, in this order; texts with others are looked at."""
_NOT_ASCII = "[^\\x00-\\x7f]"


def free_text(text: str, field: Field) -> Value:
    """Return what a text means: nothing, where it holds what is personal."""
    value = values.free_text(html.unescape(text) if field.is_html else text)
    also = None
    if value.text and field.is_appeal:
        also = "true" if appeals.begins_as_agreed(value.text) else "false"
    is_found = personal.found_in_own if field.is_own else personal.found_in
    if value.text and field.personal and is_found(value.text):
        # The first problem of the row is named elsewhere; the text goes in any case.
        return Value(None, value.problem or "personal_data_found", also)
    return Value(value.text, value.problem, also)


def unread(value: Value) -> Value:
    """Return a value without what it says, where that did not read and is personal.

    Somebody may have written a name in the column of a number.
    """
    if value.problem and value.text and personal.found_in_own(value.text):
        return value._replace(text=None)
    return value


def state(text: str, field: Field) -> str:
    """Return SQL that tells of a text whether ``free_text`` need not be asked.

    Args:
        text: SQL of the text.
        field: What was agreed of it.

    Returns:
        ``PLAIN``, ``PERSONAL`` or ``ODD``; null where there is no text. It errs to
        ``ODD`` only.
    """
    odd = values.odd_text()
    is_long = f"length({text}) > {values.TEXT_LIMIT}"
    if field.is_html:
        is_long = f"{is_long} or {_has_other_entities(text)}"
    if not field.personal:
        return _case(text, [(f"{is_long} or {_has(text, odd)}", ODD)], PLAIN)
    others = f"{odd}|{personal.pattern(is_own=field.is_own)}"
    phone = personal.any_phone()
    surely = personal.surely_in(text, is_own=field.is_own)
    is_phone = _has(personal.blanked(text), phone)
    cases = [
        (is_long, ODD),
        # In most texts none of all that is found, and that is seen in one look.
        (f"not {_has(text, f'{others}|{phone}')}", PLAIN),
        (f"not ({_has(text, others)} or {is_phone})", PLAIN),
        (f"{surely} and not {_has(text, f'{odd}|{_NOT_ASCII}')}", PERSONAL),
    ]
    return _case(text, cases, ODD)


def of_plain(text: str, field: Field) -> str:
    """Return SQL of what a plain text says."""
    if not field.is_html:
        return text
    said = text
    for entity, character in _USUAL.items():
        said = (
            f"replace({said}, {personal.quoted(entity)}, {personal.quoted(character)})"
        )
    # Most texts have none, and to look costs a quarter of to replace.
    return f"case when contains({text}, '&') then {said} else {text} end"


def _has_other_entities(text: str) -> str:
    bare = f"regexp_replace({text}, '{'|'.join(_USUAL)}', '', 'g')"
    return f"(contains({text}, '&') and {_has(bare, '&[#A-Za-z]')})"


def also_of_plain(text: str, field: Field) -> str:
    """Return SQL of the second thing that a plain text tells, or a personal one."""
    if not field.is_appeal:
        return "null::varchar"
    pattern = appeals.beginning()
    if pattern is None:
        return f"case when {text} is not null then 'false' end"
    return f"cast({_has(text, pattern)} as varchar)"


def _case(text: str, cases: list[tuple[str, int]], last: int) -> str:
    said = " ".join(f"when {rule} then {told}" for rule, told in cases)
    return f"case when {text} is null then null {said} else {last} end::utinyint"


def _has(text: str, pattern: str) -> str:
    return f"regexp_matches({text}, {personal.quoted(pattern)})"

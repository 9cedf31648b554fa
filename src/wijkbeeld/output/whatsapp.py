"""The message of the fortnight for the WhatsApp groups, and the rules for all of them.

The police agreed with the groups how their messages begin and that they name nobody.
A message that breaks a rule is not released; the error says which rules, all at once.
"""

from collections.abc import Iterator
from pathlib import Path

from wijkbeeld import files
from wijkbeeld.landing.appeals import begins_as_agreed
from wijkbeeld.language import say, speaking
from wijkbeeld.output import marks, redaction
from wijkbeeld.output.bulletin import Bulletin, Form, Told
from wijkbeeld.output.told import aloud
from wijkbeeld.settings import settings

MOST_CHARACTERS = 700


class BrokenRulesError(ValueError):
    """A message breaks what was agreed with the groups.

    Attributes:
        rules: Each broken rule in words, with what to do about it.
    """

    def __init__(self, rules: list[str]) -> None:
        """Say all of them."""
        self.rules = rules
        super().__init__(
            say("dit bericht mag niet naar de groepen:") + "\n- " + "\n- ".join(rules)
        )


def check(text: str) -> None:
    """Let a message pass that keeps to all rules, whoever wrote it.

    Raises:
        BrokenRulesError: It does not.
    """
    if rules := list(_broken(text)):
        raise BrokenRulesError(rules)


def text_of(bulletin: Bulletin) -> str:
    """Return the message of a bulletin, in its language.

    Raises:
        BrokenRulesError: It breaks a rule.
    """
    with speaking(bulletin.language):
        text = _written(bulletin)
        check(text)
        return text


def write(bulletin: Bulletin, folder: Path) -> Path:
    """Write the message into a folder as ``whatsapp.txt``.

    Raises:
        BrokenRulesError: It breaks a rule.
    """
    path = folder / "whatsapp.txt"
    files.write_text(path, text_of(bulletin))
    return path


def _broken(text: str) -> Iterator[str]:
    if not text.strip():
        yield say("het bericht is leeg")
        return
    if not begins_as_agreed(text):
        yield say(
            "het begint niet met {prefix}; zet dat vooraan, in hoofdletters",
            prefix=settings().appeal_prefix,
        )
    if len(text.strip()) > MOST_CHARACTERS:
        yield say(
            "het heeft {count} tekens en er mogen er {most} in; haal er {over} weg",
            count=len(text.strip()),
            most=MOST_CHARACTERS,
            over=len(text.strip()) - MOST_CHARACTERS,
        )
    yield from map(str, redaction.findings(text))


def _written(bulletin: Bulletin) -> str:
    lines = [settings().appeal_prefix]
    if bulletin.has_demo:
        lines.append(marks.invented())
    lines.append("")
    if bulletin.has_figures:
        lines.append(say("De cijfers van {month}:", month=bulletin.month_told))
        lines += [_line(told) for told in bulletin.counts]
        lines += ["", *filter(None, [_over_the_year(bulletin), _where(bulletin)])]
    else:
        lines.append(
            say("Over {month} zijn nog geen cijfers.", month=bulletin.month_told)
        )
    lines += ["", say("Tip: {tip}", tip=bulletin.tip.text), "", bulletin.always]
    return "\n".join(lines) + "\n"


def _over_the_year(bulletin: Bulletin) -> str:
    [lead] = [told for told in bulletin.counts if told.offence_code == bulletin.lead]
    if bulletin.form is not Form.YEAR or not lead.extra:
        return ""
    return say("{offence}: {told}", offence=lead.name, told=lead.extra)


def _where(bulletin: Bulletin) -> str:
    if not bulletin.most:
        return ""
    period = say("Dit gaat over {period}.", period=bulletin.areas_period)
    return f"{bulletin.most} {period}"


def _line(told: Told) -> str:
    figure = told.told if told.count.is_known else say("niet bekend")
    if told.count.is_small:
        figure = say("minder dan 5")
    elif told.count.is_about:
        figure = say("ongeveer {count}", count=figure)
    beside = told.change_told
    if not beside and told.count.is_known and told.last_year.is_known:
        beside = say("een jaar eerder {count}", count=aloud(told.last_year))
    ending = f" ({beside})" if beside else ""
    return f"- {told.name}: {figure}{ending}"

"""Slides of what happened: the three offences, and whether it is more."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from wijkbeeld.language import say
from wijkbeeld.measures.expectation import MONTHS_NEEDED
from wijkbeeld.output import facts, marks, told, words
from wijkbeeld.output.facts import PRIORITY, Facts, MonthCount, Offence
from wijkbeeld.output.slide import (
    Bars,
    Key,
    Lines,
    Number,
    Numbers,
    Part,
    Series,
    Slide,
    Table,
)
from wijkbeeld.output.told import NOT_KNOWN, Count

_OTHERS_SHOWN = 3
"""Rows of other offences; more cannot be read from the back row."""


def burglary(known: Facts) -> Slide:
    """Return the slide of burglary."""
    return _of_offence(known, Key.BURGLARY, PRIORITY[0])


def theft_from_cars(known: Facts) -> Slide:
    """Return the slide of theft from cars."""
    return _of_offence(known, Key.THEFT_FROM_CARS, PRIORITY[1])


def bicycle_theft(known: Facts) -> Slide:
    """Return the slide of theft of bicycles."""
    return _of_offence(known, Key.BICYCLE_THEFT, PRIORITY[2])


def _of_offence(known: Facts, key: Key, code: str) -> Slide:
    title = words.priority(code)
    of = known.offence(code)
    shown = known.shown(code)
    bars = (_bars(title, shown),) if any(m.count.is_known for m in shown) else ()
    if not known.offences:
        return Slide(key, title, no_figures(known), bars, notes_without(), demo(known))
    count = of.count if of else NOT_KNOWN
    last_year = of.last_year if of else NOT_KNOWN
    return Slide(
        key,
        title,
        _happened(code, known.month, count, last_year),
        (_numbers(known.month, count, last_year, of), *bars),
        _notes_of(code, of),
        (*_changes(known, code), *remarks(known, of)),
    )


def _changes(known: Facts, code: str) -> tuple[str, ...]:
    """Return why the bars of an offence may not be compared with one another."""
    said = []
    shown = known.shown(code)
    if len({m.source for m in shown} - {None}) > 1:
        said.append(say("Niet alle maanden komen uit dezelfde bron."))
    since = known.breaks.get(code)
    if since is not None and shown[0].month < since <= known.month:
        said.append(
            say("Sinds {month} is misschien anders geteld.", month=told.month(since))
        )
    return tuple(said)


def no_figures(known: Facts) -> str:
    """Return the sentence for a month of which there is no figure."""
    month = told.month(known.month)
    if known.first_month is None:
        return say("Er zijn nog geen cijfers geleverd.")
    if known.month < known.first_month:
        return say(
            "Over {month} is niets bekend: de cijfers beginnen in {first}.",
            month=month,
            first=told.month(known.first_month),
        )
    return say("Over {month} zijn nog geen cijfers.", month=month)


def _happened(code: str, month: date, count: Count, last_year: Count) -> str:
    said = happened(code, month, count)
    return f"{said} {a_year_before(count, last_year)}" if count.is_known else said


def happened(code: str, month: date, count: Count) -> str:
    """Return how often one of the priorities happened, or that it is not known."""
    name = told.short_month(month)
    if count.is_known:
        return sentence(code, name, count)
    offence = words.priority(code).lower()
    if count.reason == "protected":
        return say(
            "Over {offence} in {month} laten we geen cijfer zien.",
            offence=offence,
            month=name,
        )
    return say(
        "Over {offence} in {month} is geen cijfer bekend.",
        offence=offence,
        month=name,
    )


def sentence(code: str, month: str, count: Count) -> str:
    """Return how often one of the priorities happened, as a sentence."""
    if count.value == 0:
        return {
            "1.1.1": say("In {month} werd nergens ingebroken.", month=month),
            "1.2.1": say("In {month} werd niets uit een auto gestolen.", month=month),
            "1.2.3": say("In {month} werd geen fiets gestolen.", month=month),
        }[code]
    times = told.times(count)
    return {
        "1.1.1": say("In {month} werd {times} ingebroken.", month=month, times=times),
        "1.2.1": say(
            "In {month} werd {times} iets uit een auto gestolen.",
            month=month,
            times=times,
        ),
        "1.2.3": say(
            "In {month} werd {times} een fiets gestolen.", month=month, times=times
        ),
    }[code]


def a_year_before(count: Count, last_year: Count) -> str:
    """Return how often it was in the same month a year before, as a sentence."""
    if not last_year.is_known:
        return say("Van een jaar eerder is het niet bekend.")
    if last_year.value == 0:
        if count.value == 0:
            return say("Een jaar eerder ook niet.")
        return say("Een jaar eerder was dat geen enkele keer.")
    times = told.times(last_year, is_about=not count.is_about)
    is_same = (count.value, count.reason) == (last_year.value, last_year.reason)
    if is_same and not count.is_lower_bound:
        return say("Een jaar eerder was dat ook {times}.", times=times)
    return say("Een jaar eerder was dat {times}.", times=times)


def _numbers(
    month: date, count: Count, last_year: Count, of: Offence | None
) -> Numbers:
    before = facts.add_months(month, -12)
    shown = [
        Number(told.month(month), told.count(count), _why(count)),
        Number(told.month(before), told.count(last_year), _why(last_year)),
    ]
    # Residents have no expectation in figures: it would tell withheld counts.
    if of and of.expected_lower is not None and of.expected_upper is not None:
        expected = told.span(of.expected_lower, of.expected_upper)
        shown.append(Number(say("verwacht"), expected))
    return Numbers(tuple(shown))


def _why(count: Count) -> str:
    """Return in a few words why there is no count, or that it is rounded."""
    if count.value is not None:
        return say("afgerond") if count.is_about else ""
    return {
        "small_count": say("1 tot en met 4"),
        "protected": say("niet getoond"),
    }.get(str(count.reason), say("niet bekend"))


def _bars(title: str, shown: tuple[MonthCount, ...]) -> Bars:
    said = say("{offence} per maand", offence=title)
    return Bars(
        said,
        tuple(told.axis_month(m.month) for m in shown),
        (Series(title, tuple(m.count.value for m in shown)),),
        f"{said}: "
        + ", ".join(f"{told.month(m.month)} {told.aloud(m.count)}" for m in shown)
        + ".",
        (tuple(told.label(m.count) for m in shown),),
    )


def _notes_of(code: str, of: Offence | None) -> str:
    said = [
        say(
            "Vertel eerst het aantal van deze maand, dan dat van een jaar eerder. Wijs "
            "de laatste staaf aan en de eerste: dat is dezelfde maand, een jaar later."
        ),
        say(
            "Eén maand zegt weinig. Zeg niet dat het beter of slechter gaat; dat komt "
            "bij het oordeel."
        ),
        say("Geteld zijn misdrijven die bij de politie bekend zijn, met pogingen."),
    ]
    if code != PRIORITY[0]:
        said.append(
            say("Lang niet iedereen doet aangifte. Vraag wie dat de laatste keer deed.")
        )
    if of is not None and of.count.is_small:
        said.append(say("Hoeveel precies, zeggen we niet: dat kan over iemand gaan."))
    return "\n".join(said)


def notes_without() -> str:
    """Return what the speaker says where there are no figures."""
    return say(
        "Zeg dat de cijfers er nog niet zijn, en wanneer ze komen. Zeg niet dat er "
        "niets gebeurde."
    )


def demo(known: Facts) -> tuple[str, ...]:
    """Return the remark that figures are invented, where they are."""
    return (marks.invented(),) if known.has_demo else ()


def rounded(known: Facts) -> tuple[str, ...]:
    """Return the remark that figures are rounded, where they are."""
    if not known.is_public:
        return ()
    return (say("Afgerond op vijf: 5 is 5 tot en met 7. “<5” is 1 tot en met 4."),)


def remarks(known: Facts, *of: Offence | None) -> tuple[str, ...]:
    """Return what is not final about figures, of which sources they are, and more."""
    offences = [o for o in of if o is not None]
    said = []
    if any(o.is_incomplete for o in offences):
        said.append(say("De maand is niet compleet: de aantallen kunnen nog omhoog."))
    elif any(o.is_provisional or o.has_late_reports for o in offences):
        said.append(say("Voorlopige cijfers: er kunnen nog aangiften bij komen."))
    said += rounded(known)
    sources = sorted({words.source(o.source) for o in offences} - {""})
    if sources:
        said.append(say("Bron: {sources}.", sources=told.listed(sources)))
    return (*said, *demo(known))


def expected(known: Facts) -> Slide:
    """Return the slide that says whether it is more or less than expected."""
    title = say("Is het meer of minder dan verwacht?")
    if not known.offences:
        return Slide(
            Key.EXPECTED,
            title,
            no_figures(known),
            notes=notes_without(),
            remarks=demo(known),
        )
    parts: list[Part] = []
    if known.priorities:
        parts.append(
            _verdicts(
                known.priorities, say("Oordeel over {month}", month=_month(known))
            )
        )
    parts += _others(known)
    return Slide(
        Key.EXPECTED,
        title,
        _verdict_sentence(known),
        tuple(parts),
        _notes_of_expected(),
        remarks(known, *known.offences),
    )


def _month(known: Facts) -> str:
    return told.month(known.month)


def _verdict_sentence(known: Facts) -> str:
    judged = [o for o in known.priorities if o.status in _ORDER]
    if not judged:
        if any(o.is_incomplete or o.has_late_reports for o in known.priorities):
            return say("Voor een oordeel is het nog te vroeg: er komt nog bij.")
        if any(_is_short_of_months(known, o) for o in known.priorities):
            return say(
                "Of het meer of minder is, weten we nog niet. Er zijn nog te weinig "
                "maanden bekend om mee te vergelijken."
            )
        return say(
            "Of het meer of minder is, weten we niet. Daarvoor zijn de aantallen te "
            "klein."
        )
    judged.sort(key=lambda o: _ORDER.index(str(o.status)))
    said = []
    for code, group in groupby(judged, key=lambda o: o.status):
        names = told.listed(words.offence(o).lower() for o in group)
        said.append(f"{told.first(names)}: {words.status(code)}.")
    return " ".join(said)


def _is_short_of_months(known: Facts, of: Offence) -> bool:
    """Tell whether too few months lie before one to expect anything of it."""
    if of.count.value is None:
        return False
    *before, _now = known.history[of.code]
    same = sum(m.count.is_known and m.source == of.source for m in before)
    return same < MONTHS_NEEDED


_ORDER = ("higher", "lower", "as expected")


def _verdicts(offences: Iterable[Offence], alt: str) -> Table:
    return Table(
        (
            say("Misdrijf"),
            say("Deze maand"),
            say("Een jaar eerder"),
            say("Oordeel"),
        ),
        tuple(
            (
                words.offence(o),
                told.count(o.count),
                told.count(o.last_year),
                words.judged(o),
            )
            for o in offences
        ),
        alt,
    )


def _others(known: Facts) -> list[Part]:
    others = [o for o in known.offences if o.code not in PRIORITY]
    notable = [o for o in others if o.status in ("higher", "lower")]
    # By what is shown, so that the order tells no more than the figures do.
    notable.sort(key=lambda o: (-(o.count.value or 0), words.offence(o)))
    if not notable:
        return [
            Lines(
                (say("Bij de andere misdrijven zeggen we nergens “meer” of “minder”."),)
            )
        ]
    shown = notable[:_OTHERS_SHOWN]
    return [_verdicts(shown, say("Wat nog meer opvalt"))]


def _notes_of_expected() -> str:
    return "\n".join(
        (
            say(
                "“Zoals verwacht” is: zoveel als de maanden ervoor doen verwachten, "
                "met ruimte voor toeval en het seizoen."
            ),
            say(
                "“Meer” of “minder” zeggen we pas als het niet zomaar toeval is. "
                "Waardoor het komt, zegt het oordeel niet."
            ),
            say(
                "“Te weinig om iets te zeggen” is ook een antwoord: bij kleine "
                "aantallen kan elk verschil toeval zijn."
            ),
        )
    )

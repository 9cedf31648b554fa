"""Slides of the evening itself: welcome, promises, what is asked, and the guest."""

from wijkbeeld.language import say
from wijkbeeld.output import facts, owners, slides_of_crime, tips, told, words
from wijkbeeld.output.facts import Action, Facts
from wijkbeeld.output.slide import Key, Lines, Part, Slide, Table

_ACTIONS_SHOWN = 6
"""More cannot be read from the back row."""


def welcome(known: Facts) -> Slide:
    """Return the slide that is on the wall when people come in."""
    return Slide(
        Key.WELCOME,
        say("Welkom"),
        say("Welkom bij de briefing over {month}.", month=told.month(known.month)),
        (
            Lines(
                (
                    say("Wat spraken we af?"),
                    say("Wat gebeurde er, en waar?"),
                    say("Wat deden we, en hielp het?"),
                    say("Wat vragen we u?"),
                )
            ),
        ),
        "\n".join(
            (
                say("Heet iedereen welkom en zeg wie u bent."),
                _what_is_shown(known),
                say("Vraag of iemand foto’s liever niet heeft."),
            )
        ),
        slides_of_crime.demo(known),
    )


def _what_is_shown(known: Facts) -> str:
    if known.is_public:
        return say(
            "Vertel dat alle cijfers openbaar zijn en over plaatsen en tijden gaan, "
            "nooit over personen."
        )
    return say("Let op: dit zijn de cijfers van het team. Niet voor bewoners.")


def actions_before(known: Facts) -> Slide:
    """Return the slide of what was promised before."""
    title = say("Wat spraken we af?")
    promised = known.promised()
    still = tuple(a for a in promised.still if a.asked_on < known.evening)
    ended = tuple(a for a in promised.ended if a.asked_on < known.evening)
    return Slide(
        Key.ACTIONS_BEFORE,
        title,
        _before_sentence(known, still, ended),
        _tables(still, ended),
        "\n".join(
            (
                say("Loop de afspraken langs. Laat wie ze deed er iets over zeggen."),
                say("Wat niet lukte, gaat mee naar de laatste dia of vervalt."),
            )
        ),
        slides_of_crime.demo(known),
    )


def _before_sentence(
    known: Facts, still: tuple[Action, ...], ended: tuple[Action, ...]
) -> str:
    if "fct_actions" in known.missing or not known.actions:
        return say("Van de vorige keer zijn geen afspraken vastgelegd.")
    if not still and not ended:
        return say("Er staan geen afspraken open.")
    if not ended:
        return say("De afspraken lopen nog.")
    dropped = [a.status == "dropped" for a in ended]
    state = say("klaar of vervallen") if any(dropped) else say("klaar")
    if all(dropped):
        state = say("vervallen")
    if still:
        return say(
            "Een deel van de afspraken is {state}. De rest loopt nog.", state=state
        )
    return say("Alle afspraken zijn {state}.", state=state)


def _tables(
    still: tuple[Action, ...], ended: tuple[Action, ...] = ()
) -> tuple[Part, ...]:
    """Return a table of what is open, then what ended last, as far as can be read."""
    rows = [(a, say("loopt nog")) for a in still]
    rows += [
        (a, say("vervallen") if a.status == "dropped" else say("klaar"))
        for a in sorted(ended, key=lambda a: str(a.done_on), reverse=True)
    ]
    told_rows = [
        (
            a.description,
            owners.told(a.owner),
            told.day(a.due_on) if a.due_on else told.UNKNOWN,
            state,
        )
        for a, state in rows[:_ACTIONS_SHOWN]
    ]
    more = len(rows) - _ACTIONS_SHOWN
    if more > 0:
        told_rows.append((say("en nog {count}", count=told.word(more)), "", "", ""))
    return (
        (
            Table(
                (say("Afspraak"), say("Wie"), say("Voor"), say("Stand")),
                tuple(told_rows),
                say("Afspraken: wat, wie, voor wanneer en hoe het ermee staat"),
            ),
        )
        if rows
        else ()
    )


def asked(known: Facts) -> Slide:
    """Return the slide of what residents can do."""
    return Slide(
        Key.ASKED,
        say("Wat vragen we u?"),
        tips.always(),
        (Lines(tuple(tips.of(code, known.month) for code in facts.PRIORITY)),),
        "\n".join(
            (
                say("Lees de tips voor, één voor één. Vraag wie dit al doet."),
                say("Vraag of iedereen het nummer in de telefoon heeft."),
                say("Vraag mensen niet om zelf in te grijpen."),
            )
        ),
        slides_of_crime.demo(known),
    )


def guest(known: Facts) -> Slide:
    """Return the slide of the guest."""
    evening = known.briefing
    title = say("Te gast")
    if evening is None or not evening.guest_from:
        return Slide(
            Key.GUEST,
            title,
            say("Wie er vanavond te gast is, staat niet in de lijst."),
            notes=say("Verberg deze dia als er geen gast is, of vul de gast in."),
            remarks=slides_of_crime.demo(known),
        )
    parts: tuple[Part, ...] = ()
    if evening.themes:
        names = told.listed(words.theme(t).lower() for t in evening.themes)
        parts = (Lines((say("Het gaat over: {themes}.", themes=names),)),)
    return Slide(
        Key.GUEST,
        title,
        say("Vanavond te gast: {guest}.", guest=evening.guest_from),
        parts,
        say("Stel de gast voor. Na het verhaal is er tijd voor vragen."),
        slides_of_crime.demo(known),
    )


def actions(known: Facts) -> Slide:
    """Return the slide on which the promises of the evening are written."""
    return Slide(
        Key.ACTIONS,
        say("Wat spreken we af?"),
        say("Wie doet wat, en wanneer is het klaar?"),
        _tables(known.promised().still),
        "\n".join(
            (
                say("Noem van elke afspraak wie het doet en voor welke dag."),
                say("Schrijf ze meteen op: zij komen in het verslag."),
                say("Schrijf geen namen van bewoners op, maar een rol of een groep."),
            )
        ),
        slides_of_crime.demo(known),
    )

"""Slides of the evening itself: welcome, promises, what is asked, and the guest."""

from wijkbeeld.language import say
from wijkbeeld.output import facts, owners, slides_of_crime, tips, told, words
from wijkbeeld.output.facts import Action, Facts
from wijkbeeld.output.slide import Key, Lines, Part, Slide, Table

_ACTIONS_SHOWN = 6


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
    before = _before(known)
    return Slide(
        Key.ACTIONS_BEFORE,
        title,
        _before_sentence(known, before),
        (_table(before),) if before else (),
        "\n".join(
            (
                say("Loop de afspraken langs. Laat wie ze deed er iets over zeggen."),
                say("Wat niet lukte, gaat mee naar de laatste dia of vervalt."),
            )
        ),
        slides_of_crime.demo(known),
    )


def _before(known: Facts) -> tuple[Action, ...]:
    """Return what was promised before this evening and not settled long ago."""
    evening = known.briefing
    until = evening.held_on if evening else facts.add_months(known.month, 1)
    return tuple(
        a
        for a in known.actions
        if a.asked_on < until
        and (a.status == "open" or (a.done_on is not None and a.done_on >= known.month))
    )[-_ACTIONS_SHOWN:]


def _before_sentence(known: Facts, before: tuple[Action, ...]) -> str:
    if "fct_actions" in known.missing or not known.actions:
        return say("Van de vorige keer zijn geen afspraken vastgelegd.")
    if not before:
        return say("Er staan geen afspraken van de vorige keer open.")
    settled = [a.status != "open" for a in before]
    if all(settled):
        return say("Alle afspraken van de vorige keer zijn klaar.")
    if any(settled):
        return say("Een deel van de afspraken is klaar. De rest loopt nog.")
    return say("De afspraken van de vorige keer lopen nog.")


def _table(actions: tuple[Action, ...]) -> Table:
    return Table(
        (say("Afspraak"), say("Wie"), say("Voor"), say("Stand")),
        tuple(
            (
                a.description,
                owners.told(a.owner),
                told.day(a.due_on) if a.due_on else told.UNKNOWN,
                _state(a),
            )
            for a in actions
        ),
        say("Afspraken: wat, wie, voor wanneer en hoe het ermee staat"),
    )


def _state(action: Action) -> str:
    return {
        "open": say("loopt nog"),
        "done": say("klaar"),
        "dropped": say("vervallen"),
    }.get(action.status, action.status)


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
    still = tuple(
        a
        for a in known.actions
        if a.status == "open" and a.asked_on < facts.add_months(known.month, 2)
    )[-_ACTIONS_SHOWN:]
    return Slide(
        Key.ACTIONS,
        say("Wat spreken we af?"),
        say("Wie doet wat, en wanneer is het klaar?"),
        (_table(still),) if still else (),
        "\n".join(
            (
                say("Noem van elke afspraak wie het doet en voor welke dag."),
                say("Schrijf ze meteen op: zij komen in het verslag."),
                say("Schrijf geen namen van bewoners op, maar een rol of een groep."),
            )
        ),
        slides_of_crime.demo(known),
    )

"""Slides of what was done, whether it helped, and what is coming."""

import math
from datetime import date
from itertools import groupby

import numpy as np

from wijkbeeld.language import say
from wijkbeeld.measures import change
from wijkbeeld.output import facts, slides_of_crime, told, words
from wijkbeeld.output.facts import Effect, Facts, MonthCount, Patrols, Posts, Programme
from wijkbeeld.output.slide import Key, Lines, Number, Numbers, Part, Slide, Table
from wijkbeeld.output.told import NOT_KNOWN, Count

_YEAR = 12
_YEARS_OF_SEASONS = 3
_EFFECTS_SHOWN = 4
_PROGRAMMES_SHOWN = 3
_DARK = (10, 11, 12, 1, 2, 3)
_ROUND, _NEAREST = 5, 2
_LEAST, _MOST = 1, 4


def done(known: Facts) -> Slide:
    """Return the slide of what police and residents did in the month."""
    patrols = known.patrols
    parts: list[Part] = []
    numbers = []
    if patrols.hours is not None:
        numbers.append(Number(say("uur op straat"), told.count(_hours(patrols))))
    if patrols.signals.value:
        numbers.append(Number(say("signalen"), told.count(patrols.signals)))
    if numbers:
        parts.append(Numbers(tuple(numbers)))
    if known.posts:
        parts.append(_posts(known.posts))
    # Hours are not rounded.
    has_counts = bool(known.posts or patrols.signals.value)
    running = _running(known)
    if running:
        parts.append(Lines(tuple(_names(running))))
    return Slide(
        Key.DONE,
        say("Wat deden we?"),
        _done_sentence(known),
        tuple(parts),
        _notes_of_done(),
        (
            *(slides_of_crime.rounded(known) if has_counts else ()),
            *slides_of_crime.demo(known),
        ),
    )


def _hours(patrols: Patrols) -> Count:
    hours = patrols.hours or 0
    whole = math.floor(hours) if patrols.is_lower_bound else round(hours)
    return Count(whole, is_lower_bound=patrols.is_lower_bound)


def _done_sentence(known: Facts) -> str:
    month = told.short_month(known.month)
    if known.patrols.hours is not None:
        return say(
            "De buurtpreventie liep in {month} {hours} uur door de wijk.",
            month=month,
            hours=told.at_least(
                told.number(_hours(known.patrols).value or 0),
                known.patrols.is_lower_bound,
            ),
        )
    if known.patrols.is_reported:
        return say("De buurtpreventie liep in {month} door de wijk.", month=month)
    if known.posts:
        return say("In {month} plaatsten we berichten op onze kanalen.", month=month)
    return say(
        "Wat er in {month} is gedaan, is niet geleverd.", month=told.month(known.month)
    )


def _posts(posts: tuple[Posts, ...]) -> Table:
    return Table(
        (say("Kanaal"), say("Berichten"), say("Gezien door (accounts)")),
        tuple(
            (words.channel(p.channel), told.count(p.count), _reach(p)) for p in posts
        ),
        say("Berichten per kanaal en door hoeveel accounts zij zijn gezien"),
    )


def _reach(post: Posts) -> str:
    if post.reach_lower is None or post.reach_upper is None:
        return told.count(Count(post.reach_lower, is_lower_bound=True))
    return told.span(post.reach_lower, post.reach_upper)


def _running(known: Facts) -> list[Programme]:
    """Return the programmes that ran in the month, the newest first."""
    after = facts.add_months(known.month, 1)
    year_ago = facts.add_months(known.month, -_YEAR)
    running = [
        p
        for p in known.programmes
        # What began long ago and has no end is no news.
        if (p.end_date or after) >= known.month
        and (p.start_date >= year_ago or (p.end_date and p.start_date < after))
        and p.start_date < after
        and p.status != "gestopt"
    ]
    return sorted(running, key=lambda p: p.start_date, reverse=True)


def _names(programmes: list[Programme]) -> list[str]:
    return [
        say("Loopt: {name} ({buurten})", name=p.name, buurten=told.listed(p.buurten))
        if p.buurten
        else say("Loopt: {name}", name=p.name)
        for p in programmes[:_PROGRAMMES_SHOWN]
    ]


def _notes_of_done() -> str:
    return "\n".join(
        (
            say("Bedank de teams en de beheerders van de groepen. Zij zijn hier."),
            say(
                "Uren zijn wat gemeld is. Een ronde zonder eindtijd telt niet mee; "
                "daarom soms “ten minste”."
            ),
            say(
                "Hoeveel mensen een bericht zagen, weten we niet precies: wie twee "
                "berichten zag, telt in het hoogste getal twee keer."
            ),
            say("Meer rondes is nog geen minder inbraak. Dat komt op de volgende dia."),
        )
    )


def helped(known: Facts) -> Slide:
    """Return the slide that says in words whether it helped."""
    parts: list[Part] = []
    if known.effects:
        parts.append(_effects(known))
        if explained := _explained(known.effects[:_EFFECTS_SHOWN]):
            parts.append(Lines(tuple(explained)))
    return Slide(
        Key.HELPED,
        say("Hielp het?"),
        _helped_sentence(known),
        tuple(parts),
        _notes_of_helped(),
        slides_of_crime.demo(known),
    )


def _explained(effects: tuple[Effect, ...]) -> list[str]:
    """Return what keeps a verdict that is shown from being read as another."""
    said = []
    if any(e.verdict == words.NO_SIGN for e in effects):
        said.append(_no_sign())
    # In the order of the table, each once.
    seldom = dict.fromkeys(
        words.against(e).lower() for e in effects if e.is_reporting_sensitive
    )
    if seldom:
        said.append(
            say(
                "Van {offences} wordt niet alles gemeld. Melden meer mensen, dan "
                "stijgt het cijfer, ook als er niet meer gebeurt.",
                offences=told.listed(seldom),
            )
        )
    return said


def _no_sign() -> str:
    return say("“Geen teken dat het werkt” is niet hetzelfde als “het werkt niet”.")


def _helped_sentence(known: Facts) -> str:
    if not known.effects:
        return say("Of het hielp, is nog niet gemeten.")
    said = [e for e in known.effects if e.verdict != words.TOO_FEW]
    if not said:
        return say("Of het hielp, weten we nog niet. Er is te weinig om dat te zeggen.")
    sentences = []
    for verdict, group in groupby(said, key=lambda e: e.verdict):
        names = list(dict.fromkeys(words.study(e) for e in group))
        sentences.append(
            say(
                "{names}: {verdict}.",
                names=told.listed(names),
                verdict=words.verdict(verdict),
            )
        )
    if len(said) < len(known.effects):
        sentences.append(say("Van de rest weten we het nog niet."))
    return " ".join(sentences)


def _effects(known: Facts) -> Table:
    return Table(
        (say("Wat begon"), say("Tegen"), say("Oordeel")),
        tuple(
            (
                words.study(e),
                words.against(e),
                _verdict(e),
            )
            for e in known.effects[:_EFFECTS_SHOWN]
        ),
        say("Wat er begon, tegen welk misdrijf, en of het hielp"),
    )


def _verdict(effect: Effect) -> str:
    why = words.reason(effect.reason) if effect.verdict == words.TOO_FEW else ""
    said = words.verdict(effect.verdict)
    return f"{said}: {why}" if why else said


def _notes_of_helped() -> str:
    return "\n".join(
        (
            say(
                "We vergelijken een jaar voor en een jaar na de start met buurten waar "
                "niets begon. Pas als toeval het niet verklaart, zeggen we “het werkt”."
            ),
            _no_sign(),
            say(
                "Zeg niet dat een programma mislukt is of geslaagd, als hier staat dat "
                "er te weinig is om te zeggen."
            ),
        )
    )


def ahead(known: Facts) -> Slide:
    """Return the slide of what the season was like before, and what is planned."""
    coming = [facts.add_months(known.month, 1), facts.add_months(known.month, 2)]
    rows = [
        (code, [_of(known.history.get(code, ()), facts.add_months(m, -_YEAR))
                for m in coming])
        for code in facts.PRIORITY
    ]  # fmt: skip
    parts: list[Part] = []
    has_figures = any(count.is_known for _code, counts in rows for count in counts)
    if has_figures:
        parts.append(
            Table(
                (
                    say("Misdrijf"),
                    *(told.month(facts.add_months(m, -_YEAR)) for m in coming),
                ),
                tuple(
                    (words.priority(code), *(told.count(c) for c in counts))
                    for code, counts in rows
                ),
                say("Hoe vaak het een jaar eerder in dezelfde maanden gebeurde"),
            )
        )
    parts.append(Lines(tuple(_plans(known))))
    return Slide(
        Key.AHEAD,
        say("Wat komt er aan?"),
        _ahead_sentence(known, coming, has_figures),
        tuple(parts),
        _notes_of_ahead(),
        slides_of_crime.remarks(known),
    )


def _of(history: tuple[MonthCount, ...], month: date) -> Count:
    return next((m.count for m in history if m.month == month), NOT_KNOWN)


def _ahead_sentence(known: Facts, coming: list[date], has_figures: bool) -> str:
    is_dark = coming[-1].month in _DARK
    season = seasons(known.history.get(facts.PRIORITY[0], ()))
    if season > 0 and is_dark:
        return say("Let op: in de donkere maanden wordt hier vaker ingebroken.")
    if season > 0:
        return say("In de lichte maanden wordt hier minder ingebroken. Let wel op.")
    if season < 0 and not is_dark:
        return say("Let op: in de lichte maanden wordt hier vaker ingebroken.")
    if not has_figures:
        return say("Van een jaar geleden zijn geen cijfers.")
    first, last = (told.short_month(m) for m in coming)
    return say(
        "Zo was het een jaar geleden in {first} en {last}.", first=first, last=last
    )


def seasons(history: tuple[MonthCount, ...]) -> int:
    """Return 1 if more happens in October to March, -1 if less, else 0.

    Said only of three whole years of one source (MEASURES A7), where chance does not
    explain it, for every exact count that can be behind the figures.
    """
    months = history[-_YEARS_OF_SEASONS * _YEAR :]
    is_whole = all(
        m.count.is_known and not m.count.is_lower_bound and not m.is_incomplete
        for m in months
    )
    if len(months) < _YEARS_OF_SEASONS * _YEAR or not is_whole:
        return 0
    if len({m.source for m in months}) > 1:
        return 0
    counts = np.array([_bounds(m.count) for m in months], float)
    is_dark = np.array([m.month.month in _DARK for m in months])
    (dark_low, dark_high), (light_low, light_high) = (
        counts[is_dark].T,
        counts[~is_dark].T,
    )
    if change.compare(light_high, dark_low).lower > 1:
        return 1
    return -1 if change.compare(dark_high, light_low).lower > 1 else 0


def _bounds(count: Count) -> tuple[int, int]:
    """Return between what an exact count lies."""
    if count.value is None:
        return _LEAST, _MOST
    if not count.is_about:
        return count.value, count.value
    low = count.value if count.value == _ROUND else count.value - _NEAREST
    return low, count.value + _NEAREST


def _plans(known: Facts) -> list[str]:
    after = facts.add_months(known.month, 1)
    planned = [
        p for p in known.programmes if p.start_date >= after and p.status != "gestopt"
    ]
    said = [
        say("Vanaf {day}: {name}", day=told.day(p.start_date), name=p.name)
        for p in planned[:_PROGRAMMES_SHOWN]
    ]
    evening = known.next_briefing
    if evening is None:
        said.append(say("De datum van de volgende briefing hoort u van ons."))
    elif evening.venue:
        said.append(
            say(
                "Volgende briefing: {day}, {venue}.",
                day=told.weekday(evening.held_on),
                venue=evening.venue,
            )
        )
    else:
        said.append(say("Volgende briefing: {day}.", day=told.weekday(evening.held_on)))
    return said


def _notes_of_ahead() -> str:
    return "\n".join(
        (
            say(
                "Dit is geen voorspelling. Het is wat er een jaar eerder in dezelfde "
                "maanden gebeurde."
            ),
            say("Ga van hier naar wat bewoners zelf kunnen doen."),
        )
    )

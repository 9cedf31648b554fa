"""The slide of where it happened, and the sentences about buurten in other texts."""

from wijkbeeld.language import say
from wijkbeeld.output import slides_of_crime, told, words
from wijkbeeld.output.facts import PRIORITY, Facts, Where
from wijkbeeld.output.slide import Area, AreaMap, Key, Slide, Table
from wijkbeeld.output.told import NOT_KNOWN

_NAMES_SHOWN = 3
"""Buurten that a sentence names; more is no place, it is everywhere."""


def where(known: Facts) -> Slide:
    """Return the slide of the map."""
    title = say("Waar was het?")
    places = known.where
    shown = next((code for code in PRIORITY if code in places), None)
    if shown is None or not known.buurten:
        return Slide(
            Key.WHERE,
            title,
            say("Waar het gebeurde, is voor deze periode niet bekend."),
            notes=slides_of_crime.notes_without(),
            remarks=slides_of_crime.demo(known),
        )
    return Slide(
        Key.WHERE,
        title,
        most_where(known, shown),
        (area_map(known, shown), _most(known)),
        _notes_of_where(),
        _remarks_of_where(known),
    )


def _top(known: Facts, of: Where) -> tuple[str, ...]:
    """Return the names of the buurten with the highest figure that is shown."""
    most = max((c.value or 0 for c in of.counts.values()), default=0)
    if not most:
        return ()
    return tuple(
        b.name
        for b in known.buurten
        if b.code in of.counts and of.counts[b.code].value == most
    )


def _has_gaps(of: Where) -> bool:
    """Tell whether a buurt without a figure could have the most."""
    return any(not c.is_known or c.is_lower_bound for c in of.counts.values())


def most_where(known: Facts, code: str) -> str:
    """Return in which buurten most was, of an offence that ``known.where`` has."""
    of = known.where[code]
    names = _top(known, of)
    what = {
        "1.1.1": say("woninginbraken"),
        "1.2.1": say("autokraken"),
        "1.2.3": say("fietsendiefstallen"),
    }[code]
    if not names:
        return say("In geen buurt waren het er genoeg om iets over te zeggen.")
    if len(names) > _NAMES_SHOWN:
        return say("De {what} zijn verspreid: geen buurt springt eruit.", what=what)
    buurten = told.listed(names)
    if _has_gaps(of):
        return say(
            "Voor zover bekend was in twaalf maanden het aantal {what} het hoogst in "
            "{buurten}.",
            what=what,
            buurten=buurten,
        )
    return say(
        "In twaalf maanden was het aantal {what} het hoogst in {buurten}.",
        what=what,
        buurten=buurten,
    )


def more_where_more_live() -> str:
    """Return what stands with counts of buurten, which are not equally large."""
    return say("Waar meer mensen wonen, gebeurt vaak meer.")


def area_map(known: Facts, code: str) -> AreaMap:
    """Return the map of an offence that ``known.where`` has."""
    of = known.where[code]
    title = f"{words.priority(code)}, {told.period(of.first_month, of.last_month)}"
    areas = tuple(
        Area(
            b.code,
            b.name,
            of.counts.get(b.code, NOT_KNOWN).value,
            told.label(of.counts.get(b.code, NOT_KNOWN)),
            b.wkt,
        )
        for b in known.buurten
    )
    said = ", ".join(
        f"{b.name} {told.aloud(of.counts.get(b.code, NOT_KNOWN))}"
        for b in known.buurten
    )
    return AreaMap(title, areas, f"{title}: {said}.")


def _most(known: Facts) -> Table:
    rows = []
    for code, of in known.where.items():
        names = _top(known, of)
        few = 0 < len(names) <= _NAMES_SHOWN
        rows.append(
            (
                words.priority(code),
                told.listed(names) if few else say("verspreid"),
            )
        )
    return Table(
        (say("Misdrijf"), say("Hoogste aantal in")),
        tuple(rows),
        say("Per misdrijf de buurt met het hoogste cijfer"),
    )


def _notes_of_where() -> str:
    return "\n".join(
        (
            say(
                "De kaart gaat over een heel jaar, niet over deze maand: per maand "
                "zijn het er per buurt te weinig."
            ),
            say(
                "In een buurt met meer woningen gebeurt meer. Donker op de kaart is "
                "dus niet hetzelfde als onveilig."
            ),
            say("Noem geen straten en geen adressen."),
        )
    )


def _remarks_of_where(known: Facts) -> tuple[str, ...]:
    said = [more_where_more_live()]
    said += slides_of_crime.rounded(known)
    if known.is_public:
        said.append(say("Grijs met “–”: niet getoond of niet bekend."))
    return (*said, *slides_of_crime.demo(known))

"""What is told every fortnight: in the paper, in the groups and in the video.

Everything comes from the file of residents. That file knows months and no fortnights,
and sums of its rounded figures would be rounded twice (MEASURES E). So a bulletin tells
the newest complete month beside the same month a year before, and each bulletin of a
calendar month looks at it from another side (ADR 0019).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

import duckdb

from wijkbeeld.language import say, spoken
from wijkbeeld.output import (
    facts,
    publication_facts,
    slides_of_crime,
    slides_of_places,
    tips,
    told,
    words,
)
from wijkbeeld.output.facts import PRIORITY, Facts, MonthCount, Where
from wijkbeeld.output.slide import AreaMap
from wijkbeeld.output.tips import Tip
from wijkbeeld.output.told import NOT_KNOWN, Count

_FORTNIGHT = timedelta(days=14)
_YEAR = 12
_COMPARED_AT_LEAST = 6
"""Months of which both years are known, before anything is said of a year."""
_CLEARLY = 3
"""So many more months with less than with more, before only the first is told."""
_VERDICTS = ("higher", "lower", "as expected")


class Form(StrEnum):
    """From which side a bulletin looks at the same month."""

    MONTH = "month"
    """Beside the same month a year before."""
    YEAR = "year"
    """And how often the last twelve months had more or less than a year before."""
    PLACES = "places"
    """And in which buurten it was, for each of the three."""


class Change(StrEnum):
    """A month beside the same one a year before, as far as rounded figures say.

    Of one month alone *more* and *less* are told only beside that same verdict.
    """

    MORE = "more"
    LESS = "less"
    SAME = "same"
    """In whole fives: it may be one or two more or less."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Told:
    """One of the three counts."""

    offence_code: str
    name: str
    """As a label: ``Woninginbraak``."""
    count: Count
    last_year: Count
    """Of the same month a year before."""
    told: str
    """As a figure: ``15``, ``<5``, ``–``."""
    last_year_told: str
    change: Change
    change_told: str
    """``minder dan een jaar eerder``, or else the verdict; empty without one."""
    sentence: str
    """How often it happened."""
    compared: str
    """How often it happened a year before; empty when this month is not known."""
    extra: str
    """What this form of the bulletin adds; empty in that of the month."""


@dataclass(frozen=True)
class Bulletin:
    """All that the texts and the video of a fortnight tell."""

    number: int
    """Of the fortnight; the first is 0."""
    day: date
    """On which it comes out: the first day of its fortnight."""
    form: Form
    month: date
    """That is told: the newest complete one before ``day``."""
    has_figures: bool
    title: str
    counts: tuple[Told, Told, Told]
    """Burglary, theft from cars, theft of bicycles."""
    lead: str
    """The offence that the map and the tip are about: each in its turn."""
    areas: AreaMap | None
    """Of a year; none when nothing is known."""
    areas_period: str
    """Of the map: ``november 2025 tot en met oktober 2026``; empty without one."""
    most: str
    """Where most was, in a sentence; empty without a map."""
    judged: str
    """Whether it is more or less than expected, where that is known; else empty."""
    remark: str
    """What is not final about the figures; else empty."""
    tip: Tip
    always: str
    """What is asked in every season."""
    team: str
    publication: str
    has_demo: bool
    language: str

    @property
    def month_told(self) -> str:
        """Return the month as it is told: ``oktober 2026``."""
        return told.month(self.month)


def of(path: Path, day: date) -> Bulletin:
    """Return the bulletin of the fortnight in which a day falls.

    Args:
        path: The DuckDB file of residents.
        day: Any day of the fortnight.
    """
    number = tips.fortnight(day)
    first = tips.first_bulletin() + number * _FORTNIGHT
    month = newest_month(path, first)
    known = publication_facts.read(path, month or facts.add_months(first, -1))
    form = list(Form)[(first.day - 1) // _FORTNIGHT.days]
    lead = PRIORITY[number % len(PRIORITY)]
    has_map = lead in known.where and bool(known.buurten)
    burglary, cars, bicycles = (_told(known, code, form) for code in PRIORITY)
    return Bulletin(
        number=number,
        day=first,
        form=form,
        month=known.month,
        has_figures=month is not None,
        title=_title(form, known.month, lead) if month else _title_without(),
        counts=(burglary, cars, bicycles),
        lead=lead,
        areas=slides_of_places.area_map(known, lead) if has_map else None,
        areas_period=_period(known.where[lead]) if has_map else "",
        most=slides_of_places.most_where(known, lead) if has_map else "",
        judged=_judged(known),
        remark=_remark(known),
        tip=tips.tip(lead, first),
        always=tips.always(),
        team=say("Politie Loosduinen"),
        publication=known.publication,
        has_demo=known.has_demo,
        language=spoken(),
    )


def newest_month(path: Path, day: date) -> date | None:
    """Return the newest complete month before that of a day; none when there is none.

    Args:
        path: The DuckDB file of residents.
        day: On which it is told.
    """
    with duckdb.connect(
        str(path), read_only=True, config={"enable_external_access": "false"}
    ) as con:
        try:
            [(month,)] = con.execute(
                "select max(month) from marts.rpt_briefing where month < ? "
                "and offence_code in ('1.1.1', '1.2.1', '1.2.3') "
                "and is_incomplete is not true "
                "and (crime_count is not null or reason is not null)",
                [day.replace(day=1)],
            ).fetchall()
        except (duckdb.CatalogException, duckdb.BinderException):
            return None
    return date.fromisoformat(str(month)[:10]) if month else None


def change(now: Count, before: Count) -> Change:
    """Return what two figures for residents say about what they stand for.

    Rounding keeps the order, so of two different figures the higher stands for more;
    1 to 4 lies between 0 and 5.
    """
    if not (now.is_known and before.is_known):
        return Change.UNKNOWN
    a, b = _place(now), _place(before)
    if a > b:
        return Change.UNKNOWN if before.is_lower_bound else Change.MORE
    if a < b:
        return Change.UNKNOWN if now.is_lower_bound else Change.LESS
    is_sure = not (now.is_lower_bound or before.is_lower_bound)
    return Change.SAME if is_sure else Change.UNKNOWN


def _place(count: Count) -> float:
    between_none_and_five = 2.5
    return between_none_and_five if count.value is None else count.value


def _told(known: Facts, code: str, form: Form) -> Told:
    offence = known.offence(code)
    count = offence.count if offence else NOT_KNOWN
    last_year = offence.last_year if offence else NOT_KNOWN
    status = offence.status if offence else None
    changed = _borne_out(change(count, last_year), status)
    is_known = count.is_known
    return Told(
        offence_code=code,
        name=words.priority(code),
        count=count,
        last_year=last_year,
        told=told.count(count),
        last_year_told=told.count(last_year),
        change=changed,
        change_told=_change_told(changed, count, status),
        sentence=slides_of_crime.happened(code, known.month, count),
        compared=slides_of_crime.a_year_before(count, last_year) if is_known else "",
        extra=_extra(known, code, form),
    )


def _borne_out(changed: Change, status: str | None) -> Change:
    """Return a change as far as the verdict bears it: two months differ by chance."""
    needed = {Change.MORE: "higher", Change.LESS: "lower"}.get(changed, status)
    return changed if status == needed else Change.UNKNOWN


def _change_told(changed: Change, count: Count, status: str | None) -> str:
    if changed is Change.SAME and count.value == 0:
        return say("net als een jaar eerder")
    if changed is Change.UNKNOWN and count.value is not None and status in _VERDICTS:
        return words.status(status)
    return {
        Change.MORE: say("meer dan een jaar eerder"),
        Change.LESS: say("minder dan een jaar eerder"),
        Change.SAME: say("ongeveer evenveel als een jaar eerder"),
        Change.UNKNOWN: "",
    }[changed]


def _extra(known: Facts, code: str, form: Form) -> str:
    if form is Form.YEAR:
        return _over_the_year(known.history.get(code, ()))
    if form is Form.PLACES and code in known.where and known.buurten:
        return slides_of_places.most_where(known, code)
    return ""


def _over_the_year(history: tuple[MonthCount, ...]) -> str:
    """Return how the last twelve months compare with those before, one by one."""
    pairs = zip(history[-_YEAR:], history[-2 * _YEAR : -_YEAR], strict=False)
    changes = [
        change(now.count, before.count)
        for now, before in pairs
        # Two sources do not count the same.
        if now.source == before.source
    ]
    known = [one for one in changes if one is not Change.UNKNOWN]
    if len(known) < _COMPARED_AT_LEAST:
        return ""
    less, more = known.count(Change.LESS), known.count(Change.MORE)
    of_all = told.word(len(known))
    if less >= more + _CLEARLY:
        return say(
            "In {count} van de {all} maanden was het minder dan een jaar eerder.",
            count=told.word(less),
            all=of_all,
        )
    if more >= less + _CLEARLY:
        return say(
            "In {count} van de {all} maanden was het meer dan een jaar eerder.",
            count=told.word(more),
            all=of_all,
        )
    if less and more:
        return say(
            "In de ene maand was het meer dan een jaar eerder, in de andere minder."
        )
    return say("Over het hele jaar is er weinig verschil met het jaar ervoor.")


def _title(form: Form, month: date, lead: str) -> str:
    if form is Form.YEAR:
        return say("Inbraak en diefstal: terugblik op een jaar")
    if form is Form.PLACES:
        return {
            "1.1.1": say("Waar werd er ingebroken?"),
            "1.2.1": say("Waar werd uit auto’s gestolen?"),
            "1.2.3": say("Waar werden fietsen gestolen?"),
        }[lead]
    return say("Inbraak en diefstal in {month}", month=told.short_month(month))


def _period(where: Where) -> str:
    return told.period(where.first_month, where.last_month)


def _title_without() -> str:
    return say("Tips tegen inbraak en diefstal")


def _judged(known: Facts) -> str:
    judged = [o for o in known.priorities if o.status in _VERDICTS]
    notable = [o for o in judged if o.status != "as expected"]
    if not judged:
        return ""
    if not notable and len(judged) == len(known.priorities):
        return say(
            "Dat past bij wat wij verwachten. Kleine verschillen kunnen toeval zijn."
        )
    if not notable:
        return say(
            "Bij {offences} past dat bij wat wij verwachten. Kleine verschillen kunnen "
            "toeval zijn.",
            offences=told.listed(words.offence(o).lower() for o in judged),
        )
    return " ".join(
        say(
            "{offence}: dat is {status}.",
            offence=words.offence(o),
            status=words.status(o.status),
        )
        for o in notable
    )


def _remark(known: Facts) -> str:
    late = any(o.is_provisional or o.has_late_reports for o in known.priorities)
    return say("Er kunnen nog aangiften bij komen.") if late else ""

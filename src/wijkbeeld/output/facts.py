"""What one publication knows of one month, for all that is told of it.

What its file does not hold is an empty part, never an error: an older publication, a
source that was never delivered and a month without a row are all things to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wijkbeeld.output.told import Count

PRIORITY = ("1.1.1", "1.2.1", "1.2.3")
"""What is told first: burglary, theft from cars, theft of bicycles."""
_MONTHS_SHOWN = 13
_YEAR = 12
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Offence:
    """One offence in the month, over all buurten of the team."""

    code: str
    """CBS offence group, such as ``1.1.1``."""
    name_nl: str
    name_en: str
    source: str | None
    """``police__incidents`` or ``police__open_data``; none without a count."""
    count: Count
    """Crimes that the police registered in the month."""
    last_year: Count
    """Those of the same month a year before."""
    status: str | None
    """``higher``, ``lower``, ``as expected``, ``too few to say``, or none."""
    expected_lower: int | None
    """Crimes, lower end of the 95 % prediction interval. None for residents: it would
    tell counts that they may not see."""
    expected_upper: int | None
    """Crimes, upper end of that interval."""
    is_provisional: bool
    """Later exports may still change it."""
    is_incomplete: bool
    """Part of the month is still to come."""
    has_late_reports: bool
    """So much is still to come that there is no verdict."""


@dataclass(frozen=True)
class MonthCount:
    """One month of an offence, over all buurten of the team."""

    month: date
    """Its first day."""
    count: Count
    """Crimes that the police registered in it; not known where there is no row."""
    source: str | None
    """As in ``Offence``."""
    is_incomplete: bool = False
    """Part of it is still to come, or never came."""


@dataclass(frozen=True)
class Buurt:
    """A buurt with its newest shape."""

    code: str
    """CBS, ``BU`` and eight digits."""
    name: str
    is_residential: bool
    """False for a business estate or a park, where no rate is told."""
    wkt: str
    """Polygon or multipolygon as text, in metres of RD New (EPSG:28992)."""


@dataclass(frozen=True)
class Where:
    """The buurten of an offence over a whole period, the newest up to the month."""

    first_month: date
    """First day of the first month that is counted."""
    last_month: date
    """First day of the last one."""
    counts: Mapping[str, Count]
    """Crimes of the whole period, by code of the buurt."""


@dataclass(frozen=True)
class Patrols:
    """What the watch teams did in the month."""

    hours: float | None
    """Hours that teams walked, not person-hours; none when nobody reported any."""
    is_lower_bound: bool
    """Of some rounds the hours are not known: there are at least so many."""
    signals: Count
    """What they noticed, by number."""
    is_reported: bool
    """A team walked, also where the hours are not known or withheld."""


@dataclass(frozen=True)
class Posts:
    """What was posted on one channel in the month."""

    channel: str
    """``facebook``, ``instagram`` or ``x``."""
    count: Count
    """Posts."""
    reach_lower: int | None
    """Accounts reached at least: the most of one post; none where nothing tells."""
    reach_upper: int | None
    """Accounts reached at most: the sum over the posts, if all of them tell."""


@dataclass(frozen=True)
class Effect:
    """What is known of one thing that was started, in words."""

    study_kind: str
    """``programme``, ``kind`` (all programmes of one) or ``whatsapp``."""
    study_name: str
    """Its name, or its code where the name is withheld."""
    offence_code: str
    """CBS offence group."""
    offence_name_nl: str
    offence_name_en: str
    start_month: date | None
    """First day of the month of the first start."""
    verdict: str
    """``works``, ``made worse``, ``no sign that it works`` or ``too few to say``."""
    reason: str | None
    """A code: why it is too few to say; none with another verdict."""
    is_reporting_sensitive: bool
    """More reporting can make the count rise."""


@dataclass(frozen=True)
class Programme:
    """A programme in one or more buurten."""

    programme_id: str
    name: str
    """Its code where the name is withheld."""
    kind: str
    """One of the agreed Dutch words (FORMATS)."""
    status: str
    """``gepland``, ``loopt``, ``afgerond`` or ``gestopt``."""
    start_date: date
    """First day; the earliest of its buurten."""
    end_date: date | None
    """Last day; the latest of its buurten, none while it runs."""
    buurten: tuple[str, ...]
    """Their names."""


@dataclass(frozen=True)
class Action:
    """What somebody promised at a briefing."""

    action_id: str
    description: str
    """What is to be done, as it was written in Dutch."""
    owner: str
    """Code of an organisation or role, of ``owners.NAMES``; never a person."""
    asked_on: date
    """Local day on which it was agreed on."""
    due_on: date | None
    """Local day on which it is to be ready."""
    status: str
    """``open``, ``done`` or ``dropped``."""
    done_on: date | None
    """Local day on which it was done or dropped; none while it is open."""


@dataclass(frozen=True)
class Briefing:
    """One evening."""

    briefing_id: str
    held_on: date
    """Local day, also of one that is planned."""
    status: str
    """``gepland``, ``gehouden`` or ``vervallen``."""
    venue: str | None
    """Name of the building."""
    guest_from: str | None
    """Organisation of the guest."""
    themes: tuple[str, ...]
    """Codes of themes (FORMATS 0.8)."""


@dataclass(frozen=True)
class Promised:
    """What was promised up to an evening, as it was on that evening."""

    still: tuple[Action, ...]
    """Open then; what is due first comes first."""
    ended: tuple[Action, ...]
    """Done or dropped since the evening that was held before."""


@dataclass(frozen=True)
class Facts:
    """All that one file tells of one month; what it does not hold is empty."""

    month: date
    """Its first day."""
    publication: str
    """Name of the publication."""
    role: str
    """For whom the file is: ``public``, ``team`` or ``analyst``."""
    has_demo: bool
    """Some figures are of invented deliveries."""
    first_month: date | None
    """The first month with figures; none when there are none at all."""
    last_month: date | None
    """The last month with figures."""
    offences: tuple[Offence, ...]
    """The priorities first, then the others by name; empty without figures."""
    history: Mapping[str, tuple[MonthCount, ...]]
    """Per priority 36 months up to the month, oldest first, without gaps."""
    breaks: Mapping[str, date]
    """By offence the newest month, up to this one, from which it may be counted in
    another way."""
    buurten: tuple[Buurt, ...]
    """By name."""
    where: Mapping[str, Where]
    """By code of the priority; of one that is not in it nothing is known."""
    patrols: Patrols
    posts: tuple[Posts, ...]
    """One per channel, by name."""
    effects: tuple[Effect, ...]
    """Of what began up to the month, what says most first."""
    programmes: tuple[Programme, ...]
    """By first day."""
    actions: tuple[Action, ...]
    """By the day on which they were asked."""
    briefings: tuple[Briefing, ...]
    """Oldest first."""
    missing: frozenset[str]
    """Tables that this file does not hold, or in another form."""

    @property
    def is_public(self) -> bool:
        """Whether residents may see it."""
        return self.role == "public"

    @property
    def priorities(self) -> tuple[Offence, ...]:
        """The offences that are told first, as far as the month has them."""
        return tuple(o for o in self.offences if o.code in PRIORITY)

    def offence(self, code: str) -> Offence | None:
        """Return an offence of the month; none when it has no row."""
        return next((o for o in self.offences if o.code == code), None)

    def shown(self, code: str) -> tuple[MonthCount, ...]:
        """Return the months of a chart: a year and the same month before it."""
        return self.history.get(code, ())[-_MONTHS_SHOWN:]

    @property
    def briefing(self) -> Briefing | None:
        """The evening on which the month is told: the first after it has ended."""
        after = add_months(self.month, 1)
        until = add_months(self.month, 2)
        return next(
            (
                b
                for b in self.briefings
                if after <= b.held_on < until and b.status != "vervallen"
            ),
            None,
        )

    @property
    def next_briefing(self) -> Briefing | None:
        """The evening after that one."""
        return next(
            (
                b
                for b in self.briefings
                if b.held_on > self.evening and b.status != "vervallen"
            ),
            None,
        )

    @property
    def evening(self) -> date:
        """The day of the briefing about the month, or the last on which it can be."""
        if self.briefing:
            return self.briefing.held_on
        return add_months(self.month, 2) - _DAY

    def promised(self) -> Promised:
        """Return what was promised up to and on the evening of the month.

        What was done since is news of the next evening. Where none was held before,
        what ended before the month is long ago.
        """
        held = [
            b.held_on
            for b in self.briefings
            if b.held_on < self.evening and b.status == "gehouden"
        ]
        since, until = max(held, default=self.month - _DAY), self.evening
        asked = [a for a in self.actions if a.asked_on <= until]
        still = [a for a in asked if a.done_on is None or a.done_on > until]
        return Promised(
            still=tuple(sorted(still, key=lambda a: a.due_on or date.max)),
            ended=tuple(a for a in asked if a.done_on and since < a.done_on <= until),
        )


def add_months(month: date, count: int) -> date:
    """Return the first day of the month so many after, or before, another."""
    at = month.year * _YEAR + month.month - 1 + count
    return date(at // _YEAR, at % _YEAR + 1, 1)

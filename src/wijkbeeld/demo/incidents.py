"""The incidents registered in one month: what, where, and between which hours."""

from functools import lru_cache
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from wijkbeeld.demo import counts
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.effects import NEAR_REPEAT_SHARE
from wijkbeeld.demo.months import (
    DAY,
    Minutes,
    first_day,
    minute_of,
    on_the_clock,
    weekdays,
)
from wijkbeeld.demo.offences import BURGLARY, CODES, OFFENCES, Hours, Offence
from wijkbeeld.demo.places import BUURTEN, Points, grounds

Integers = npt.NDArray[np.int64]

NO_TIME = -1
_FRIDAY = 4
_WEEKDAY_WEIGHTS = (1.25, 1.10, 1.05, 1.05, 1.05, 0.80, 0.70)
_HOUR_WEIGHTS = (
    1,
    1,
    1,
    1,
    1,
    1,
    2,
    4,
    8,
    10,
    11,
    10,
    9,
    9,
    9,
    9,
    9,
    8,
    7,
    6,
    5,
    4,
    3,
    2,
)
_DELAY_LOG_MEAN, _DELAY_LOG_SD, _LONGEST_DELAY_DAYS = -0.5, 1.3, 120
_SAME_HOME_SHARE = 0.2
_FOLLOWS_WITHIN_DAYS = 13
_FOLLOWS_WITHIN_M = 70
"""Standard deviation in each direction of where the next burglary is tried."""
_CANDIDATES = 12


class Happened(NamedTuple):
    """Incidents, one per position; times are local minutes since 1970."""

    offence: Integers
    buurt: Integers
    place: Integers
    """Number of the place among those of its kind in the buurt."""
    registered: Minutes
    from_: Minutes
    to: Minutes
    """``NO_TIME`` where nobody knows when it ended."""

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """Return several sets of incidents as one."""
        return cls(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

    def at(self, positions: Integers | npt.NDArray[np.bool_]) -> Self:
        """Return the incidents at some positions."""
        return type(self)(*(column[positions] for column in self))


def of_month(seed: int, scale: int, month: int) -> Happened:
    """Return the incidents registered in a month, in order of registration."""
    wanted = counts.of_month(seed, scale, month)
    others = [
        _alone(
            chance(seed, "incidents", month, index), seed, index, month, wanted[index]
        )
        for index in range(len(OFFENCES))
        if index != _BURGLARY
    ]
    parts = [
        _first_burglaries(seed, scale, month),
        _followers(seed, scale, month),
        *others,
    ]
    happened = Happened.joined(parts)
    return happened.at(np.argsort(happened.registered, kind="stable"))


_BURGLARY = CODES.index(BURGLARY)


def place_count(seed: int, offence: Offence, buurt: int) -> int:
    """Return how many places of its kind an offence finds in a buurt."""
    return len(getattr(grounds(seed)[buurt], offence.places))


def _follower_counts(seed: int, scale: int, month: int) -> Integers:
    """Return how many burglaries of a month follow another, per buurt."""
    wanted = counts.of_month(seed, scale, month)[_BURGLARY]
    random = chance(seed, "followers", month)
    followers: Integers = random.binomial(wanted, NEAR_REPEAT_SHARE)
    return followers


@lru_cache(maxsize=3)
def _first_burglaries(seed: int, scale: int, month: int) -> Happened:
    wanted = counts.of_month(seed, scale, month)[_BURGLARY]
    alone = wanted - _follower_counts(seed, scale, month)
    random = chance(seed, "incidents", month, _BURGLARY)
    return _alone(random, seed, _BURGLARY, month, alone)


def _followers(seed: int, scale: int, month: int) -> Happened:
    """Return burglaries that came soon after another, and close to it.

    They follow one of this month or of the month before, and only those that the
    police learned of in this month are kept.
    """
    random = chance(seed, "near repeats", month)
    earlier = Happened.joined(
        [_first_burglaries(seed, scale, m) for m in (month - 1, month)]
    )
    start, end = (minute_of(first_day(m)) for m in (month, month + 1))
    missing = np.zeros(len(BUURTEN), np.int64)
    kept: list[Happened] = []
    for buurt, wanted in enumerate(_follower_counts(seed, scale, month)):
        nearby = earlier.at(earlier.buurt == buurt)
        if not wanted or not len(nearby.from_):
            missing[buurt] = wanted
            continue
        parents = nearby.at(random.integers(0, len(nearby.from_), _CANDIDATES * wanted))
        tried = _next_one(random, seed, parents, buurt)
        in_month = (tried.registered >= start) & (tried.registered < end)
        chosen = np.flatnonzero(in_month)[:wanted]
        missing[buurt] = wanted - len(chosen)
        kept.append(tried.at(chosen))
    return Happened.joined([*kept, _alone(random, seed, _BURGLARY, month, missing)])


def _next_one(
    random: np.random.Generator, seed: int, parents: Happened, buurt: int
) -> Happened:
    number = len(parents.from_)
    homes = grounds(seed)[buurt].homes
    aim = homes[parents.place] + random.normal(0, _FOLLOWS_WITHIN_M, (number, 2))
    _, nearest = _homes_tree(seed, buurt).query(aim)
    same = random.random(number) < _SAME_HOME_SHARE
    place = np.where(same, parents.place, nearest)
    later = random.integers(1, _FOLLOWS_WITHIN_DAYS, number) * DAY
    begin, length = _habit(random, OFFENCES[_BURGLARY], number, winter=0.5)[:2]
    from_ = on_the_clock(parents.from_ // DAY * DAY + later + begin)
    to = np.maximum(on_the_clock(from_ + length), from_)
    registered = on_the_clock(to + random.integers(30, 3 * DAY, number))
    return Happened(parents.offence, parents.buurt, place, registered, from_, to)


@lru_cache(maxsize=len(BUURTEN))
def _homes_tree(seed: int, buurt: int) -> cKDTree:
    return cKDTree(grounds(seed)[buurt].homes)


def _alone(
    random: np.random.Generator,
    seed: int,
    offence_index: int,
    month: int,
    per_buurt: Integers,
) -> Happened:
    """Return incidents that have nothing to do with each other."""
    offence = OFFENCES[offence_index]
    buurt = np.repeat(np.arange(len(BUURTEN)), per_buurt)
    number = len(buurt)
    available = np.array([place_count(seed, offence, b) for b in range(len(BUURTEN))])
    place = (random.random(number) * available[buurt]).astype(np.int64)
    registered = _registered(random, month, number)
    winter = (1 + np.cos(2 * np.pi * (month % 12) / 12)) / 2
    begin, length, friday = _habit(random, offence, number, winter)
    delay = np.exp(random.normal(_DELAY_LOG_MEAN, _DELAY_LOG_SD, number))
    days_ago = np.minimum(delay, _LONGEST_DELAY_DAYS).astype(np.int64)
    days_ago += (begin + length) // DAY
    day = registered // DAY - days_ago
    day -= np.where(friday, (weekdays(day * DAY) - _FRIDAY) % 7, 0)
    too_late = np.maximum(day * DAY + begin + length - registered, 0)
    day -= -(-too_late // DAY) * np.where(friday, 7, 1)
    from_ = on_the_clock(day * DAY + begin)
    to = np.maximum(on_the_clock(day * DAY + begin + length), from_)
    to[random.random(number) < offence.no_end_share] = NO_TIME
    return Happened(np.full(number, offence_index), buurt, place, registered, from_, to)


def _registered(random: np.random.Generator, month: int, number: int) -> Minutes:
    start, end = (minute_of(first_day(m)) for m in (month, month + 1))
    days = np.arange(start, end, DAY)
    weight = np.array(_WEEKDAY_WEIGHTS)[weekdays(days)]
    hours = np.array(_HOUR_WEIGHTS) / sum(_HOUR_WEIGHTS)
    day = random.choice(days, number, p=weight / weight.sum())
    hour = random.choice(24, number, p=hours)
    return on_the_clock(day + hour * 60 + random.integers(0, 60, number))


def _habit(
    random: np.random.Generator, offence: Offence, number: int, winter: float
) -> tuple[Minutes, Minutes, npt.NDArray[np.bool_]]:
    """Return beginnings (minutes of the day), lengths, and who waits for Friday."""
    habits: tuple[Hours, ...] = offence.hours
    weight = np.array(
        [h.weight + winter * (h.weight_in_winter - h.weight) for h in habits]
    )
    chosen = random.choice(len(habits), number, p=weight / weight.sum())
    bounds = np.array(
        [(h.from_minute, h.until_minute, h.shortest, h.longest) for h in habits]
    )[chosen]
    begin = random.integers(bounds[:, 0], bounds[:, 1] + 1)
    length = random.integers(bounds[:, 2], bounds[:, 3] + 1)
    return begin, length, np.array([h.only_friday for h in habits])[chosen]


def coordinates(seed: int, happened: Happened) -> Points:
    """Return where incidents happened, in RD and whole metres."""
    found = np.zeros((len(happened.place), 2), np.int64)
    kinds = np.array([_KINDS.index(o.places) for o in OFFENCES])[happened.offence]
    for buurt, ground in enumerate(grounds(seed)):
        for kind, name in enumerate(_KINDS):
            here = (happened.buurt == buurt) & (kinds == kind)
            found[here] = getattr(ground, name)[happened.place[here]]
    return found


_KINDS = ("homes", "streets", "shops")

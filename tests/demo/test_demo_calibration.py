"""The demo against published facts, and against what was planted in it."""

from datetime import date

import numpy as np
import pytest

from wijkbeeld import reference
from wijkbeeld.demo import counts, effects, incidents, places
from wijkbeeld.demo.months import DAY, month_of
from wijkbeeld.demo.offences import BURGLARY, CODES, OFFENCES

SEED = 7
_BURGLARY = CODES.index(BURGLARY)


def burglaries(year, seed=SEED, scale=1):
    return counts.of_year(seed, scale, year)[_BURGLARY]


@pytest.mark.parametrize("seed", [7, 20260101])
@pytest.mark.parametrize(("year", "published"), [(2012, 363), (2016, 167)])
def test_burglary_meets_the_published_totals(seed, year, published):
    assert burglaries(year, seed).sum() == published


def test_burglary_has_fallen_since_and_stands_near_a_hundred():
    per_year = [int(burglaries(year).sum()) for year in range(2016, 2027)]
    assert per_year == sorted(per_year, reverse=True)
    assert 90 <= burglaries(2025).sum() <= 110


def test_burglary_has_a_winter():
    months = sum(burglaries(year, scale=20).sum(axis=1) for year in range(2011, 2020))
    winter, summer = months[[9, 10, 11, 0, 1, 2]].sum(), months[3:9].sum()
    assert 1.2 < winter / summer < 1.45


def test_park_and_business_estate_have_few_burglaries():
    per_buurt = sum(burglaries(year) for year in range(2012, 2026)).sum(axis=0)
    quiet = [i for i, b in enumerate(reference.buurten()) if not b.is_residential]
    assert [b.buurt_code for b in reference.buurten()] == list(places.CODES)
    assert per_buurt[quiet].sum() < 0.02 * per_buurt.sum()


def test_every_code_belongs_to_its_group():
    groups = reference.offence_of_incident_code()
    for offence in OFFENCES:
        assert {groups[c] for c in offence.incident_codes} == {offence.offence_code}
        assert all(c in groups for c in offence.mistaken_for)


@pytest.mark.parametrize(
    "effect", [e for e in effects.EFFECTS if e.until_month is None]
)
def test_an_offence_falls_where_something_began_against_it(effect):
    at = places.CODES.index(effect.buurt_code)
    offence = CODES.index(effect.offence_code)
    start = effect.from_month
    treated = {
        e.buurt_code
        for e in effects.EFFECTS
        if e.offence_code == effect.offence_code and e.until_month is None
    }

    def share(months):
        # One demo has months that are busier than others, however many its counts.
        cells = [
            counts.of_month(seed, 100, m)[offence]
            for seed in range(SEED, SEED + 4)
            for m in months
        ]
        total = np.sum(cells, axis=0)
        others = [i for i, c in enumerate(places.CODES) if c not in treated]
        return total[at] / total[others].sum()

    ratio = share(range(start, start + 24)) / share(range(start - 24, start))
    assert ratio == pytest.approx(effect.rate_ratio, rel=0.15)


@pytest.mark.parametrize("effect", [e for e in effects.EFFECTS if e.until_month])
def test_a_higher_month_stands_out(effect):
    at = places.CODES.index(effect.buurt_code)
    offence = CODES.index(effect.offence_code)
    year = counts.of_year(SEED, 10, effect.from_month // 12)[offence][:, at]
    assert year.argmax() == effect.from_month % 12


def test_near_repeats_are_there():
    """Knox: pairs close in space and time against dates shuffled over places."""
    first = month_of(date(2021, 11, 1))
    happened = incidents.Happened.joined(
        [incidents.of_month(SEED, 1, month) for month in range(first, first + 60)]
    )
    happened = happened.at(happened.offence == _BURGLARY)
    is_short = (happened.to >= 0) & (happened.to - happened.from_ <= 2 * DAY)
    happened = happened.at(is_short)
    point = incidents.coordinates(SEED, happened).astype(float)
    day = happened.from_ // DAY
    one, other = np.triu_indices(len(day), 1)
    near = np.hypot(*(point[one] - point[other]).T) <= 200
    soon = np.abs(day[one] - day[other]) < 14
    expected = near.sum() * soon.sum() / len(one)
    assert (near & soon).sum() >= 10
    assert 1.2 < (near & soon).sum() / expected < 4


def test_every_place_lies_well_inside_its_buurt():
    import shapely

    for code, ground in zip(places.CODES, places.grounds(SEED), strict=True):
        inside = places.polygons()[code].buffer(-7)
        for points in ground:
            assert shapely.contains_xy(inside, points[:, 0], points[:, 1]).all()


def test_homes_add_up_to_what_is_published_per_wijk():
    wijk_of = {b.buurt_code: b.wijk_code for b in reference.buurten()}
    dwellings = {}
    for buurt in places.BUURTEN:
        wijk = wijk_of[buurt.buurt_code]
        dwellings[wijk] = dwellings.get(wijk, 0) + buurt.dwellings
    assert dwellings["WK051818"] == pytest.approx(10_020, abs=10)
    assert dwellings["WK051817"] == pytest.approx(8_751, abs=10)
    assert dwellings["WK051816"] == pytest.approx(4_109, abs=10)


def test_no_time_falls_in_the_hour_that_does_not_exist():
    happened = incidents.of_month(SEED, 50, month_of(date(2026, 3, 1)))
    start = (date(2026, 3, 29) - date(1970, 1, 1)).days * DAY
    for times in (happened.registered, happened.from_, happened.to):
        assert not ((times >= start + 120) & (times < start + 180)).any()

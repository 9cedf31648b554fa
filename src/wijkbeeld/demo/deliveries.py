"""Write the deliveries of a believable Loosduinen, month after month."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from wijkbeeld import files
from wijkbeeld.demo import (
    actions,
    buurten,
    calls,
    forecasts,
    nuisance,
    open_data,
    outreach,
    patrols,
    police_exports,
    posts,
    programmes,
    registrations,
    signals,
    social,
    team,
    tracks,
    whatsapp,
)
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.months import export_day, first_day, label, month_of
from wijkbeeld.demo.truth import Truth
from wijkbeeld.language import say
from wijkbeeld.local_time import ZONE
from wijkbeeld.settings import make_home, settings

DEFAULT_MONTHS = 60
DEFAULT_SEED = 20260101
_SCALES = range(1, 1001)


class TooEarlyError(ValueError):
    """The demo does not go back so far; the message says how far."""


def write(
    out: Path,
    months: int = DEFAULT_MONTHS,
    seed: int = DEFAULT_SEED,
    scale: int = 1,
    end: date | None = None,
) -> Truth:
    """Write all deliveries of the months before a day, and the truth about them.

    The same arguments give the same bytes. What is delivered about a month does
    not depend on how many months are asked for after it. The truth is written to
    ``out/truth.json``; where ``out`` is the inbox, which holds nothing but
    deliveries, to ``demo/truth.json`` beside it.

    Args:
        out: Folder that gets one folder per source.
        months: Whole months before ``end``.
        seed: Seed of the demo.
        scale: Times the real number of incidents, posts and rounds; 1 to 1,000.
        end: The last month is the one before the month of this day; today when
            not given.

    Raises:
        ValueError: The number of months or the scale is out of bounds.
        TooEarlyError: It would begin before there were watch teams.
    """
    last = month_of(end or _today()) - 1
    truth = _begun(out, months, seed, scale, last)
    return _written(out, truth, range(truth.first_month, last + 1))


def next_month(
    out: Path,
    months: int = DEFAULT_MONTHS,
    seed: int = DEFAULT_SEED,
    scale: int = 1,
    end: date | None = None,
) -> Truth:
    """Write only what comes in one month after a demo of so many months.

    The files are those that ``write`` with one month more and the end one month
    later would have added. The truth is that of all months together; it lists the
    files of this month only. The arguments are those of the demo before.
    """
    last = month_of(end or _today())
    truth = _begun(out, months + 1, seed, scale, last)
    return _written(out, truth, range(last, last + 1))


def _today() -> date:
    return datetime.now(ZONE).date()


def _begun(out: Path, months: int, seed: int, scale: int, last: int) -> Truth:
    if months < 1:
        raise ValueError(f"months is {months}; give at least 1")
    if scale not in _SCALES:
        raise ValueError(f"scale is {scale}; give a whole number from 1 to 1000")
    earliest = min(team.since for team in patrols.TEAMS)
    if last - months + 1 < earliest:
        raise TooEarlyError(
            say(
                "de demo begint op zijn vroegst in {month}; vraag minder maanden, of "
                "een later einde",
                month=f"{first_day(earliest):%Y-%m}",
            )
        )
    folder = out
    if out == settings().inbox:
        make_home()
        folder = settings().home / "demo"
    path = folder / "truth.json"
    return Truth(seed, scale, first_day(last + 1), last - months + 1, last, path)


def _written(out: Path, truth: Truth, wanted: range) -> Truth:
    """Go through all months in order, write those wanted, and sum up the truth."""
    seed, scale = truth.seed, truth.scale
    first, last = truth.first_month, truth.last_month
    for month in range(first, last + 1):
        held = range(max(first, month - registrations.LAST_VERSION), month + 1)
        versions = [registrations.version(seed, scale, m, month - m) for m in held]
        for m, rows in zip(held, versions, strict=True):
            if month in (last, m + registrations.LAST_VERSION):
                truth.count(m, rows, is_new=m == month)
        if month in wanted:
            for delivery in _of_month(seed, scale, first, month, versions):
                truth.deliver(delivery, _put(out, delivery, month))
        truth.rounds[label(month)] = patrols.accepted(seed, scale, month)
        for source, count in (
            (calls.SOURCE, calls.accepted(seed, scale, month, last)),
            (forecasts.SOURCE, forecasts.accepted()),
            ("watch__signals", signals.accepted(seed, scale, month, last)),
            *(
                (name, social.accepted(name, seed, scale, month, last))
                for name in ("social__instagram_posts", "social__x_posts")
            ),
            ("outreach__print", outreach.articles_accepted(seed, scale, month, last)),
            ("outreach__briefings", outreach.held(month, last)),
            *actions.records(seed, month).items(),
            ("outreach__ride_alongs", programmes.posts_accepted(seed, month, last)),
        ):
            truth.records[source][label(month)] = count
        truth.messages[label(month)] = whatsapp.messages_accepted(
            seed, scale, month, last
        )
        truth.posts[label(month)] = posts.accepted(seed, scale, month, last)
    truth.lists |= team.known(seed, scale, first, last)
    truth.count_published()
    truth.nuisance = nuisance.published(seed, scale, first, last)
    truth.write()
    return truth


def _of_month(
    seed: int,
    scale: int,
    first: int,
    month: int,
    versions: list[registrations.Registrations],
) -> Iterator[Delivery]:
    """Return what comes in after a month; with the first one, what was there."""
    if month == first:
        yield from buurten.pages()
        yield from open_data.history(seed, scale, first)
    yield open_data.lagging(seed, scale, month)
    yield from open_data.year_before(seed, scale, month)
    yield from nuisance.exports(seed, scale, first, month)
    yield police_exports.of_month(seed, month, versions)
    yield from calls.exports(seed, scale, first, month)
    yield from forecasts.exports(seed, month)
    yield from posts.exports(seed, scale, first, month)
    yield from social.exports(seed, scale, first, month)
    yield from patrols.exports(seed, scale, first, month)
    yield from signals.exports(seed, scale, first, month)
    yield from tracks.exports(seed, month)
    yield from outreach.exports(seed, scale, first, month)
    yield from actions.exports(seed, first, month)
    yield from team.exports(seed, scale, first, month)
    yield from programmes.exports(seed, first, month)
    yield from whatsapp.exports(seed, scale, first, month)


def _put(out: Path, delivery: Delivery, month: int) -> Path:
    target = out / delivery.source / delivery.folder / delivery.file_name
    with files.appearing(target) as scratch:
        scratch.write_bytes(delivery.content)
        # An export date is read from the time of change where a name has none.
        made = datetime.combine(export_day(month), datetime.min.time(), UTC)
        os.utime(scratch, (made.timestamp(), made.timestamp()))
    return target

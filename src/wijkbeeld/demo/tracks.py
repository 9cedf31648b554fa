"""Tracks that walkers of the demo recorded: GPX, with all that watches add to it.

One round a month was recorded; its file is named after it, or is named in the list of
rounds. It goes straight through its buurt, and the receiver was led astray once.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

import numpy as np

from wijkbeeld.demo import canaries, patrols, places
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.months import export_day
from wijkbeeld.landing.geography import to_rd
from wijkbeeld.local_time import ZONE

_SOURCE = "watch__tracks"
_POINTS, _STEP_M, _STEP_SECONDS = 40, 45.0, 36
_SPIKE_AT, _SPIKE_M = 20, 900.0
_CUT = 10
"""Points less than 200 m from an end, of both ends."""


def exports(seed: int, month: int) -> list[Delivery]:
    """Return the track that comes in after a month."""
    # The first of the list is there whatever becomes of the others.
    one = patrols.list_of_month(seed, 1, month)[0]
    random = chance(seed, "tracks", month)
    middle = places.polygons()[one["buurtcodes"].split()[0]].centroid
    heading = random.uniform(0, 2 * np.pi)
    along = (np.arange(_POINTS) - _POINTS / 2) * _STEP_M
    x = middle.x + along * np.cos(heading)
    y = middle.y + along * np.sin(heading)
    x[_SPIKE_AT] += _SPIKE_M
    lon, lat = to_rd().transform(x, y, direction="INVERSE")
    begun = _begun(one)
    points = "\n".join(
        f'<trkpt lat="{lat[at]:.6f}" lon="{lon[at]:.6f}"><ele>1.2</ele>'
        f"<time>{begun + timedelta(seconds=_STEP_SECONDS * at):%Y-%m-%dT%H:%M:%SZ}"
        f"</time><extensions><hr>{90 + at}</hr></extensions></trkpt>"
        for at in range(_POINTS)
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="demo" '
        'xmlns="http://www.topografix.com/GPX/1/1">\n'
        f"<metadata><author><name>{canaries.NAME}</name></author></metadata>\n"
        f'<wpt lat="52.05" lon="4.24"><name>{canaries.ADDRESS}</name></wpt>\n'
        f"<trk><name>Rondje {canaries.NAME}</name><desc>{canaries.PHONE}</desc>"
        f"<trkseg>\n{points}\n</trkseg></trk></gpx>\n"
    )
    track = patrols.track_of(month) or f"demo_{one['ronde_id']}.gpx"
    name = f"{export_day(month)}__{track}"
    problems = Counter({"cut_for_privacy": _CUT, "gps_spike": 1})
    return [Delivery(_SOURCE, name, content.encode(), _POINTS, problems)]


def _begun(one: dict[str, str]) -> datetime:
    clock = f"{one['datum']} {one['start_tijd']}"
    local = datetime.strptime(clock, "%d-%m-%Y %H:%M")  # noqa: DTZ007 its zone follows
    return local.replace(tzinfo=ZONE).astimezone(UTC)

"""Walked tracks: every point is a row, and the ends of a walk are gone."""

from datetime import UTC, datetime, timedelta
from math import isnan

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.landing.offers import SOUTH, WEST, WIDTH, landed, offer, put, shapes

from expectations import gate
from wijkbeeld.landing import batch, walks
from wijkbeeld.landing import gpx as gpx_reader
from wijkbeeld.landing import zone as landing_zone
from wijkbeeld.landing.geography import Geography
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.reference import buurten

TRACKS, NAME = "watch__tracks", "R-2026-0312-01.gpx"
START = datetime(2026, 3, 12, 19, 4, tzinfo=UTC)
STEP = 0.0005  # degrees of latitude: 55.6 m
LON, LAT = WEST + WIDTH / 2, SOUTH + 0.001
SQUARE = (
    "POLYGON ((70000 440000, 90000 440000, 90000 460000, 70000 460000, 70000 440000))"
)


def point(lat, lon, time="", more=""):
    stamp = f"<time>{time}</time>" if time else ""
    return f'<trkpt lat="{lat}" lon="{lon}"><ele>1.2</ele>{stamp}{more}</trkpt>'


def walk(count=14, *, timed=True, seconds=45, **changes):
    """Points to the north, 55 m apart; ``changes`` replace some of them."""
    points = []
    for at in range(count):
        moment = START + timedelta(seconds=seconds * at)
        time = moment.strftime("%Y-%m-%dT%H:%M:%SZ") if timed else ""
        points.append(point(round(LAT + STEP * at, 6), LON, time))
    for at, replaced in changes.items():
        points[int(at[1:])] = replaced
    return points


def gpx(*segments, name="", version="1/1", before="", after=""):
    inside = "".join(f"<trkseg>{''.join(points)}</trkseg>" for points in segments)
    title = f"<name>{name}</name>" if name else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<gpx version="1.1" creator="demo" '
        f'xmlns="http://www.topografix.com/GPX/{version}">'
        f"<trk>{title}{inside}</trk>{after}</gpx>"
    )


def found(content, name=NAME):
    return [row[0] for row in landed(offer(TRACKS, content, name), "_problem")]


def middle(problems):
    """Return the problems of the points that are not cut off."""
    return [p for p in problems if p != "cut_for_privacy"]


def test_every_point_is_a_row_and_the_ends_are_gone(zone):
    delivered = offer(TRACKS, gpx(walk()), NAME)
    rows = landed(delivered, "_problem, lon, lat, buurt_code, distance_m, recorded_at")
    # 13 steps of 55.6 m: the first point 200 m away is the fifth.
    assert [row[0] for row in rows] == (
        ["cut_for_privacy"] * 4 + [None] * 6 + ["cut_for_privacy"] * 4
    )
    assert all(row[1:4] == (None, None, None) for row in rows if row[0])
    first = buurten()[0].buurt_code
    assert {row[3] for row in rows if not row[0]} == {first}
    assert rows[0][4:] == ("0.0", "2026-03-12 19:04:00")
    assert float(rows[5][4]) == pytest.approx(55.6, abs=0.1)
    assert delivered.warnings == []


def test_places_are_kept_to_four_decimals(zone):
    rows = landed(offer(TRACKS, gpx(walk()), NAME), "lon, lat")
    kept = [value for row in rows for value in row if value]
    assert kept
    assert all(len(value.partition(".")[2]) == 4 for value in kept)


def test_a_receiver_that_wanders_at_home_does_not_give_home_away(zone):
    start = START - timedelta(minutes=40)
    at_home = [
        point(
            LAT + (0.0003 if at % 2 else 0),
            LON,
            (start + timedelta(minutes=at)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        for at in range(40)
    ]
    rows = landed(offer(TRACKS, gpx(at_home + walk()), NAME), "_problem, lat")
    assert [row[0] for row in rows[:40]] == ["cut_for_privacy"] * 40


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("R-2026-0312-01.gpx", "", "R-2026-0312-01"),
        ("2026-03-12__r-2026-0312-01 kopie.gpx", "R-2026-0313-09", "R-2026-0312-01"),
        ("track.gpx", "R-2026-0312-01", "R-2026-0312-01"),
        ("track.gpx", "WT-HOUTWIJK-20260312-2000", "WT-HOUTWIJK-20260312-2000"),
        ("track.gpx", "Rondje met Wilhelmina Kanarievogel-Demo", None),
    ],
)
def test_a_track_belongs_to_the_round_it_is_named_after(zone, name, title, expected):
    delivered = offer(TRACKS, gpx(walk(), name=title), name)
    assert {row[0] for row in landed(delivered, "patrol_id")} == {expected}


def test_no_text_of_a_track_is_kept(zone):
    canary = "Wilhelmina Kanarievogel-Demo"
    health = "<extensions><hr>171</hr><time>2001-01-01T00:00:00Z</time></extensions>"
    points = walk(p6=point(LAT + STEP * 6, LON, "2026-03-12T19:08:30Z", health))
    content = gpx(
        points,
        name=canary,
        before="<!-- x -->",
        after=f'<wpt lat="52.05" lon="4.2"><name>{canary}</name></wpt>'
        f"<metadata><author><name>{canary}</name></author></metadata>",
    )
    delivered = offer(TRACKS, content, "rondje.gpx")
    assert delivered.problem_count == 8
    for row in landed(delivered):
        assert canary not in str(row)
        assert "171" not in map(str, row)


@pytest.mark.parametrize("version", ["1/0", "1/1"])
def test_both_versions_are_read(zone, version):
    assert middle(found(gpx(walk(), version=version))) == [None] * 6


def test_an_instant_may_be_given_in_another_zone_or_with_fractions(zone):
    points = walk(p6=point(LAT + STEP * 6, LON, "2026-03-12T20:08:30.250+01:00"))
    delivered = offer(TRACKS, gpx(points), NAME)
    assert landed(delivered, "recorded_at")[6][0] == "2026-03-12 19:08:30"


FAULTY = [
    (point(LAT + STEP * 6, LON, "gisteren"), "bad_date"),
    (point(LAT + STEP * 6, LON, "2014-12-31T19:08:30Z"), "date_out_of_range"),
    (point(LAT + STEP * 6, LON, "2126-03-12T19:08:30Z"), "date_out_of_range"),
    (point(LAT + STEP * 6, LON, "2026-03-12T19:07:45Z"), "bad_order_in_time"),
    (point(LAT + STEP * 6, LON, "2026-03-12T19:00:00Z"), "bad_order_in_time"),
    (point("noord", LON, "2026-03-12T19:08:30Z"), "bad_coordinates"),
    (point(91, LON, "2026-03-12T19:08:30Z"), "bad_coordinates"),
    (point(0, 0, "2026-03-12T19:08:30Z"), "bad_coordinates"),
    (point("nan", LON, "2026-03-12T19:08:30Z"), "bad_coordinates"),
    ("<trkpt><time>2026-03-12T19:08:30Z</time></trkpt>", "bad_coordinates"),
    (point(LON, LAT, "2026-03-12T19:08:30Z"), "swapped_axes"),
    (point(LAT + 0.02, LON, "2026-03-12T19:08:30Z"), "gps_spike"),
    (point(LAT + STEP * 11, LON, "2026-03-12T19:08:30Z"), "gps_spike"),
]


@pytest.mark.parametrize(("bad", "problem"), FAULTY)
def test_a_bad_point_names_its_problem_and_spoils_no_other(zone, bad, problem):
    rows = landed(offer(TRACKS, gpx(walk(p6=bad)), NAME), "_problem, lat, buurt_code")
    assert rows[6] == (problem, None, None)
    assert {row[0] for at, row in enumerate(rows) if at != 6} == {
        None,
        "cut_for_privacy",
    }


def test_a_jump_from_which_the_walk_goes_on_costs_one_point(zone):
    moved = [
        point(
            LAT + 0.02 + STEP * at,
            LON,
            (START + timedelta(minutes=30 + at)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        for at in range(14)
    ]
    problems = found(gpx(walk() + moved))
    assert problems.count("gps_spike") == 1
    assert problems[14] == "gps_spike"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<gpx><trk><trkseg><trkpt lat='52' lon='4.2'>", "regel 1, kolom"),
        ("<gpx><trk></gpx>", "beschadigd"),
        (gpx(walk(), before='<!DOCTYPE gpx [<!ENTITY a "b">]>'), "DTD of entiteiten"),
        (gpx(walk(), before='<!DOCTYPE gpx SYSTEM "file:///etc/passwd">'), "DTD"),
        ("<gpx><rte><rtept lat='52' lon='4.2'/></rte></gpx>", "geen gelopen ronde"),
        ("<gpx><wpt lat='52' lon='4.2'/></gpx>", "geen gelopen ronde"),
        ("<gpx><trk><trkseg/></trk></gpx>", "geen punten"),
        ("<gpx/>", "geen punten"),
        ('<?xml version="1.0"?><kml><Placemark/></kml>', "geen GPX-bestand"),
        ('{"track": []}', "geen GPX-bestand"),
        ("TrainingCenterDatabase", "geen GPX-bestand"),
        ("ronde_id;team\nR-1;WT-A\n", "inbox/watch__patrols"),
        (gpx([point(0, 0)] * 30), "bijna geen punt"),
    ],
)
def test_what_is_no_walked_track_is_sent_back(zone, content, says):
    with pytest.raises(RejectedError, match=says):
        offer(TRACKS, content, NAME)


def test_too_many_points_are_refused(zone, monkeypatch):
    monkeypatch.setattr("wijkbeeld.landing.gpx._MOST_POINTS", 13)
    with pytest.raises(RejectedError, match=r"200\.000 punten"):
        offer(TRACKS, gpx(walk()), NAME)


def test_too_large_a_file_is_refused(zone, monkeypatch):
    monkeypatch.setattr("wijkbeeld.landing.gpx._LARGEST_BYTES", 100)
    with pytest.raises(RejectedError, match="groter dan 50 MB"):
        offer(TRACKS, gpx(walk()), NAME)


@pytest.mark.parametrize(
    ("points", "says"),
    [
        (walk(timed=False), "geen tijd: de duur is onbekend"),
        (walk(6), "korter dan 500 m"),
        (
            [p.replace(f'lon="{LON}"', 'lon="5.1"') for p in walk()],
            "6 van de 6 punten liggen buiten",
        ),
    ],
)
def test_what_is_odd_is_told_of(zone, points, says):
    delivered = offer(TRACKS, gpx(points), NAME)
    assert [warning for warning in delivered.warnings if says in warning]


def test_of_a_short_round_only_length_and_times_are_left(zone):
    rows = landed(offer(TRACKS, gpx(walk(6)), NAME), "_problem, lat, distance_m")
    assert {row[:2] for row in rows} == {("cut_for_privacy", None)}
    assert sum(float(row[2]) for row in rows) == pytest.approx(278, abs=1)


def test_two_tracks_in_a_file_are_both_cut(zone):
    second = walk(14)
    later = [p.replace("T19:", "T21:") for p in second]
    content = gpx(walk()).replace(
        "</trk>", f"</trk><trk><trkseg>{''.join(later)}</trkseg></trk>"
    )
    assert middle(found(content)) == [None] * 12


def test_points_wait_for_shapes_and_move_with_newer_ones(home):
    assert offer(TRACKS, gpx(walk()), NAME).status == "waits"
    offer("cbs__buurten", shapes(), "2026-01-01__buurten.geojson")
    delivered = offer(TRACKS, gpx(walk()), NAME)
    before = {row[0] for row in landed(delivered, "buurt_code")}
    offer("cbs__buurten", shapes(2026, -WIDTH), "2026-02-01__buurten.geojson")
    landing_zone.prepare()
    after = {row[0] for row in landed(delivered, "buurt_code")}
    codes = [buurt.buurt_code for buurt in buurten()]
    assert (before, after) == ({codes[0], None}, {codes[1], None})


@pytest.mark.parametrize("how", ["alone", "together"])
def test_a_track_that_is_landing_follows_shapes_that_come_meanwhile(
    home, monkeypatch, how
):
    offer("cbs__buurten", shapes(), "2026-01-01__buurten.geojson")
    place, newer = walks.placed, ["2026-02-01__buurten.geojson"]

    def slowly(*given):
        placed = place(*given)
        if newer:
            offer("cbs__buurten", shapes(2026, -WIDTH), newer.pop())
        return placed

    monkeypatch.setattr(walks, "placed", slowly)
    if how == "alone":
        delivered = offer(TRACKS, gpx(walk()), NAME)
    else:
        tracks = [put(TRACKS, f"{n}_{NAME}", gpx(walk(n)).encode()) for n in (20, 24)]
        ((_, delivered), _) = batch.land_all(tracks, TRACKS, gate.of(TRACKS))
    moved = {row[0] for row in landed(delivered, "buurt_code")}
    assert moved == {buurten()[1].buurt_code, None}


@given(
    st.lists(
        st.tuples(
            st.floats(-200, 200) | st.just(LAT),
            st.floats(-200, 200) | st.just(LON),
            st.text("0123456789-T:Z", max_size=20) | st.just("2026-03-12T19:08:30Z"),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_points_are_rejected_or_all_rows_with_no_place_on_a_problem(zone, points):
    content = gpx([point(*one) for one in points])
    try:
        delivered = offer(TRACKS, content, NAME)
    except RejectedError:
        return
    rows = landed(delivered, "_problem, lat")
    assert len(rows) == len(points) == delivered.row_count
    assert all(lat is None for problem, lat in rows if problem)


def test_more_elements_than_points_could_have_are_refused(zone, monkeypatch):
    monkeypatch.setattr("wijkbeeld.landing.gpx._MOST_POINTS", 20)
    content = gpx(walk(14), after="<wpt/>" * 400)
    with pytest.raises(RejectedError, match=r"200\.000 punten"):
        offer(TRACKS, content, NAME)


def test_elements_may_lie_as_deep_as_they_like(zone):
    deep = 100_000
    content = gpx(walk(), after="<a>" * deep + "</a>" * deep)
    assert middle(found(content)) == [None] * 6


def test_odd_numbers_and_times_are_read_as_beside_plain_ones():
    plain = ["2026-03-12T19:04:00Z", None, "2026-03-12T20:04:00.25+01:00"]
    odd = [*plain, " 2026-03-12T19:04:00 ", "gisteren"]
    expected = [START.timestamp(), None, START.timestamp() + 0.25]
    for texts, more in ((plain, []), (odd, [START.timestamp(), None])):
        files = [pa.array(texts, pa.string()), pa.array(plain, pa.string())]
        read = [None if isnan(at) else at for at in walks._moments(files)]
        assert read == expected + more + expected
    odd = [pa.array(["4.25", " 4.5 ", None, "noord"]), pa.array(["4.75"])]
    read = [None if isnan(at) else at for at in walks._numbers(odd)]
    assert read == [4.25, 4.5, None, None, 4.75]
    assert walks._numbers([pa.array(["4.25", None])]).tolist()[0] == 4.25


PARTS = st.sampled_from(
    [
        point(52.06, 4.24, "2026-03-12T19:04:00Z"),
        point(52.07, 4.25),
        '<trkpt lat="" lon="x"></trkpt>\n',
        '<trkpt lon="4.1" lat="52.1"><time>2026-03-12T19:05:00Z</time></trkpt>',
        '<trkpt lat="1" lon="2"><time></time></trkpt>',
        '<trkpt lat="&#53;" lon="2"/>',
        '<trkpt lat="1" lon="2"><extensions><time>x</time></extensions></trkpt>',
        "<!-- <trkpt lat='9' lon='9'></trkpt> -->",
        "<![CDATA[<trkseg>]]>",
        "<?x <trk><trkseg> ?>",
        '<trkpt lat="1" lon="2"><time>\x0b</time></trkpt>',
        "\x1f",
        "\u2028",
        "</trkseg><trkseg>",
        "</trkseg></trk><trk><trkseg>",
        "text",
    ]
)
ABOUT = st.sampled_from(
    [
        "",
        "<name>R-2026-0312-01</name>",
        "<name> r-2026-0312-02\n</name><name>R-2026-0312-03</name>",
        "<type>x</type><name>Oma &amp; co</name>",
        "<extensions><name>R-2026-0312-04</name></extensions>",
        "<name/>",
        "<link><trkseg><trkpt lat='7' lon='7'/></trkseg></link>",
    ]
)
BEFORE = st.sampled_from(
    [
        "",
        "<metadata><name>é!</name></metadata>",
        "<trk><extensions/><trkseg><trkpt lat='5' lon='5'/></trkseg></trk>",
        "<g:trk><g:trkseg><g:trkpt lat='3' lon='3'/></g:trkseg></g:trk>",
        "<extensions><trk><trkseg><trkpt lat='5' lon='5'/></trkseg></trk></extensions>",
    ]
)
AFTER = st.sampled_from(["", "\n", "<wpt/>", "</x><x>", "<trk/>"])


@settings(max_examples=400, deadline=None)
@given(st.lists(PARTS, max_size=5).map("".join), ABOUT, BEFORE, AFTER)
def test_a_plain_file_is_read_as_its_elements_would_be(points, about, before, after):
    space = "http://www.topografix.com/GPX/1/1"
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<gpx xmlns='{space}' "
        f"xmlns:g='{space}'>{before}<trk>{about}<trkseg>{points}</trkseg></trk>"
        f"{after}</gpx>"
    ).encode()
    plain = gpx_reader._of_one_segment(content)
    try:
        root = gpx_reader._tree(content)
    except RejectedError:
        assert plain is None
    else:
        assert plain is None or plain == gpx_reader._of_elements(root)


LEGS = st.lists(
    st.tuples(
        st.sampled_from([0.0005, 0.0005, 0.0005, 0, 0.02, -0.0005]),
        st.sampled_from([45, 45, 45, 5, 0, None]),
        st.sampled_from(
            ["", "", "", "</trkseg><trkseg>", "</trkseg></trk><trk><trkseg>"]
        ),
    ),
    min_size=1,
    max_size=30,
)


def wandering(legs):
    """A walk of legs, each with degrees to the north, seconds, and what follows."""
    lat, moment, points = LAT, START, []
    for north, seconds, more in legs:
        lat, moment = lat + north, moment + timedelta(seconds=seconds or 0)
        time = "" if seconds is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        points.append(point(round(lat, 6), LON, time) + more)
    return gpx(points)


@settings(max_examples=60, deadline=None)
@given(st.lists(LEGS, min_size=2, max_size=4))
def test_tracks_that_are_read_together_tell_what_each_tells_alone(walked):
    places = Geography(["BU05180000"], [SQUARE])
    tracks = []
    for at, legs in enumerate(walked):
        seen = gpx_reader._of_elements(gpx_reader._tree(wandering(legs).encode()))
        tracks.append((seen, f"R-2026-0312-0{at}.gpx" if at % 2 else "zondag.gpx"))
    alone = [document for one in tracks for document in walks.documents([one], places)]
    assert walks.documents(tracks, places) == alone


def test_an_ordinary_track_is_plain():
    """Or the fast way would never be taken, and nobody would notice."""
    assert gpx_reader._of_one_segment(gpx(walk(), name="Ronde").encode())

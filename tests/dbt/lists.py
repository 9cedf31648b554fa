"""What watch teams and outreach write down, corrected later: source, name and rows."""


def signal(signal_id, **values):
    return {
        "signal_id": signal_id,
        "patrol_id": "R1",
        "team_id": "WT-HOUTWIJK",
        "reported_local": "2026-08-12 20:25:00",
        "buurt_code": "BU05181786",
        "kind": "afval",
        "reported_to": "gemeente",
    } | values


def article(article_id, **values):
    return {
        "article_id": article_id,
        "paper": "Wijkkrant (demo)",
        "published_local": "2026-09-16 00:00:00",
        "title": "Donkere dagen",
        "format": "column",
        "themes": "woninginbraak",
        "circulation": "24500",
    } | values


def briefing(briefing_id, status, **values):
    return {
        "briefing_id": briefing_id,
        "started_local": "2026-08-27 19:30:00",
        "has_start_time": "true",
        "status": status,
    } | values


def ride_along(evening_id, **values):
    return {
        "evening_id": evening_id,
        "started_local": "2026-08-14 19:00:00",
        "ended_local": "2026-08-14 23:00:00",
        "guest_count": "2",
    } | values


def programme(programme_id, start, **values):
    return {
        "programme_id": programme_id,
        "name": "Lamp op tijdklok (demo)",
        "kind": "preventie_woning",
        "buurt_code": "BU05181786",
        "start_local": f"{start} 00:00:00",
        "status": "loopt",
    } | values


def agreed(briefing_id, **values):
    return {
        "briefing_id": briefing_id,
        "point_no": "1",
        "point": "We laten een lamp branden.",
    } | values


def points(patrol_id, **values):
    return [
        {
            "patrol_id": patrol_id,
            "recorded_at": f"2026-08-12 18:{minute:02d}:00",
            "buurt_code": "BU05181786" if minute < 20 else "BU05181795",
            "distance_m": "60.0",
            "moving_seconds": "60",
        }
        | values
        for minute in range(10, 30)
    ]


LISTS = (
    ("watch__tracks", "2026-08-12__R1.gpx", points("R1")),
    ("watch__tracks", "2026-08-13__again.gpx", points(None)[:15]),
    ("watch__tracks", "2026-08-14__kort.gpx", points(None, _problem="cut_for_privacy")),
    ("watch__tracks", "2026-08-15__bad.gpx", points("R8", _problem="gps_spike")),
    ("outreach__ride_alongs", "2026-09-01__m.csv", [ride_along("M1")]),
    (
        "outreach__ride_alongs",
        "2026-10-01__m.csv",
        [ride_along("M1", post_no="1", channel="x"), ride_along("M2")],
    ),
    ("outreach__programmes", "2026-09-01__p.csv", [programme("P1", "2026-10-01")]),
    (
        "outreach__programmes",
        "2026-10-01__p.csv",
        [programme("P1", "2026-10-15"), programme("P2", "2026-10-01")],
    ),
    (
        "watch__signals",
        "2026-09-01__signalen.csv",
        [signal("S1"), signal("S2", patrol_id="R9")],
    ),
    (
        "watch__signals",
        "2026-10-01__signalen.csv",
        [signal("S1", outcome="hersteld"), signal("S2", _problem="unknown_code")],
    ),
    (
        "outreach__print",
        "2026-10-01__krant.csv",
        [article("K1"), article("K2", title="Graffiti", buurt_codes="BU05181786")],
    ),
    ("outreach__print", "2026-11-01__krant.csv", [article("K1", title="Licht")]),
    ("outreach__minutes", "2026-09-01__v.csv", [agreed("B7"), agreed("B8")]),
    ("outreach__minutes", "2026-10-01__v.csv", [agreed("B8", point_no="0")]),
    ("outreach__briefings", "2026-08-01__b.csv", [briefing("B8", "gepland")]),
    (
        "outreach__briefings",
        "2026-09-01__b.csv",
        [briefing("B8", "gehouden", attendance_police="3")],
    ),
)

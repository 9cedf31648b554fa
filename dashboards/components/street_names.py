"""Names of what a judgement of the street holds, as it is listed and as it is kept."""

from dashboards.locales import translate as _


def judge(code: object) -> str:
    """Return who says something of a street, as a kind; as listed or as kept."""
    return {
        "wijkagent": _("wijkagent"),
        "watch_team": _("buurtpreventie"),
        "bewoner": _("bewoner"),
        "resident": _("bewoner"),
        "ondernemer": _("ondernemer"),
        "entrepreneur": _("ondernemer"),
        "gemeente": _("gemeente"),
        "municipality": _("gemeente"),
        "school": _("school"),
    }.get(str(code), str(code))


def direction(code: object) -> str:
    """Return which way it goes, as listed or as kept."""
    return {
        "meer": _("meer"),
        "more": _("meer"),
        "gelijk": _("gelijk"),
        "same": _("gelijk"),
        "minder": _("minder"),
        "less": _("minder"),
    }.get(str(code), str(code))


def sureness(code: object) -> str:
    """Return how sure it is, as listed."""
    return {"hoog": _("hoog"), "midden": _("midden"), "laag": _("laag")}[str(code)]


def day_part(code: object) -> str:
    """Return a part of the day, as listed or as kept; none is any."""
    return {
        "nacht": _("nacht"),
        "night": _("nacht"),
        "ochtend": _("ochtend"),
        "morning": _("ochtend"),
        "middag": _("middag"),
        "afternoon": _("middag"),
        "avond": _("avond"),
        "evening": _("avond"),
    }.get(str(code), _("elk moment"))

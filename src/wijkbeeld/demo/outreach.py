"""Pieces in the door-to-door paper and briefings, as the team keeps lists of them."""

from collections import Counter
from datetime import timedelta

from wijkbeeld.demo import actions, canaries, lists, posts
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.lists import Row
from wijkbeeld.demo.months import export_day, label

_PRINT, _BRIEFINGS = "outreach__print", "outreach__briefings"
_PRINT_COLUMNS = (
    "artikel_id", "krant", "verschenen_op", "titel", "soort", "thema", "oplage",
    "buurtcodes", "tip_code", "hoort_bij_video", "woorden", "pagina", "url",
    "reacties", "opmerking",
)  # fmt: skip
_BRIEFING_COLUMNS = (
    "briefing_id", "datum", "start_tijd", "eind_tijd", "status", "locatie",
    "gastspreker_van", "themas", "aanwezig_bewoners", "aanwezig_coordinatoren",
    "aanwezig_beheerders", "aanwezig_politie", "aanwezig_gemeente",
    "groepen_vertegenwoordigd", "teams_vertegenwoordigd", "acties_nieuw",
    "acties_afgerond", "acties_open", "verslag_op", "verslag_url",
    "verslag_weergaven", "uren_politie", "presentielijst",
)  # fmt: skip
_TITLES = (
    ("Wat deden inbrekers deze weken?", "woninginbraak autokraak fietsendiefstal"),
    ("Donkere dagen", "woninginbraak preventie"),
    ("Fiets kwijt? Zo maakt u het een dief moeilijk", "fietsendiefstal"),
    ("Crèmekleurige enveloppen: een nieuwe babbeltruc", "oplichting"),
)
_TIPS = ("TIP-LAMP", "TIP-SLOT", "TIP-BUREN", "")
_REMARKS = ("", f"Reactie van {canaries.NAME} ({canaries.PHONE}).", canaries.EMAIL)
_COPIES = 24_500
_QUARTER = 3
_VENUES = ("Wijkcentrum (demo)", "Bureau Loosduinen")
_GUESTS = ("", "Slachtofferhulp", "Gemeente", "Woningcorporatie (demo)")


def exports(seed: int, scale: int, first_month: int, month: int) -> list[Delivery]:
    """Return the lists that come in after a month."""
    return [
        *_print(seed, scale, first_month, month),
        *_briefings(seed, first_month, month),
    ]


def articles_accepted(seed: int, scale: int, month: int, last_month: int) -> int:
    """Return how many pieces of a month can be read once all lists are in."""
    count = len(_articles(seed, scale, month))
    # The bad row is mended in the list of the month after.
    return count - int(count > 0 and month == last_month)


def _print(seed: int, scale: int, first_month: int, month: int) -> list[Delivery]:
    """Return the list of this month and the month before."""
    rows = _articles(seed, scale, month)
    problems: Counter[str] = Counter()
    if rows:
        rows[-1]["titel"] = f"Tip van {canaries.NAME}: bel {canaries.PHONE}"
        problems["personal_data_found"] += 1
    if month > first_month:
        rows = _articles(seed, scale, month - 1) + rows
    if not rows:
        return []
    name = f"{export_day(month)}__demo_krant"
    if month % _QUARTER == 0:
        content = lists.as_workbook(lists.Sheet("krant", _PRINT_COLUMNS, rows))
        return [Delivery(_PRINT, f"{name}.xlsx", content, len(rows), problems)]
    content = lists.as_csv(
        _PRINT_COLUMNS, rows, "cp1252" if month % _QUARTER == 1 else "utf-16"
    )
    return [Delivery(_PRINT, f"{name}.csv", content, len(rows), problems)]


def _articles(seed: int, scale: int, month: int) -> list[Row]:
    """Return a piece with every video, on the Wednesday after."""
    random = chance(seed, "print", month)
    rows = []
    for number, (post_id, day) in enumerate(posts.films(seed, scale, month), start=1):
        title, themes = _TITLES[int(random.integers(len(_TITLES)))]
        rows.append(
            {
                "artikel_id": f"K-{label(month)}-{number}",
                "krant": "Wijkkrant (demo)",
                "verschenen_op": f"{day + timedelta(days=5):%d-%m-%Y}",
                "titel": title,
                "soort": "column" if number % 2 else "oproep",
                "thema": themes,
                "oplage": str(_COPIES) if random.random() < 0.9 else "",  # noqa: PLR2004
                "buurtcodes": "" if number % _QUARTER else "BU05181795 BU05181786",
                "tip_code": _TIPS[int(random.integers(len(_TIPS)))],
                "hoort_bij_video": post_id,
                "woorden": str(random.integers(150, 350)),
                "pagina": str(random.integers(3, 12)),
                "url": f"https://krant.demo.invalid/{label(month)}/{number}",
                "reacties": str(random.poisson(2)) if number % 2 else "",
                "opmerking": _REMARKS[number % len(_REMARKS)],
            }
        )
    return rows


def _briefings(seed: int, first_month: int, month: int) -> list[Delivery]:
    """Return the list of a year of briefings, and the one to come."""
    since = max(first_month, month - 11)
    rows = [
        _briefing(seed, first_month, m, exported=month) for m in range(since, month + 2)
    ]
    problems: Counter[str] = Counter()
    if month % _QUARTER == 0 and rows[-2]["status"] == "gehouden":
        # Forgotten, and filled in a month later.
        rows[-2] |= {name: "" for name in _BRIEFING_COLUMNS if "aanwezig" in name}
        problems["missing_required_value"] += 1
    name = f"{export_day(month)}__demo_briefings"
    if month % _QUARTER == 1:
        content = lists.as_workbook(lists.Sheet("briefings", _BRIEFING_COLUMNS, rows))
        return [Delivery(_BRIEFINGS, f"{name}.xlsx", content, len(rows), problems)]
    content = lists.as_csv(_BRIEFING_COLUMNS, rows, "utf-8-sig")
    return [Delivery(_BRIEFINGS, f"{name}.csv", content, len(rows), problems)]


def held(month: int, last_month: int) -> int:
    """Return how many briefings of a month are held, as far as can be read."""
    was_forgotten = month % _QUARTER == 0 and month == last_month
    return int(actions.is_held(month) and not was_forgotten)


def _briefing(seed: int, first_month: int, month: int, exported: int) -> Row:
    day = actions.day_of(month)
    random = chance(seed, "briefings", month)
    row = {
        "briefing_id": f"B-{label(month)}",
        "datum": f"{day:%d-%m-%Y}",
        "start_tijd": "19:30",
        "status": "gepland",
        "locatie": _VENUES[int(random.integers(len(_VENUES)))],
        "gastspreker_van": _GUESTS[int(random.integers(len(_GUESTS)))],
        "themas": "woninginbraak fietsendiefstal" if month % 2 else "jeugd",
    }
    if month > exported:
        return row
    if not actions.is_held(month):
        return row | {"status": "vervallen"}
    told = actions.told(seed, first_month, month)
    minutes = day + timedelta(days=7)
    is_out = minutes <= export_day(exported)
    views = int(random.integers(60, 200)) + 4 * (exported - month)
    return row | {
        "eind_tijd": "21:00",
        "status": "gehouden",
        "aanwezig_bewoners": str(random.integers(0, 25)),
        "aanwezig_coordinatoren": str(random.integers(4, 12)),
        "aanwezig_beheerders": str(random.integers(10, 30)),
        "aanwezig_politie": str(random.integers(2, 5)),
        "aanwezig_gemeente": "" if month % 2 else "1",
        "groepen_vertegenwoordigd": str(random.integers(12, 40)),
        "teams_vertegenwoordigd": str(random.integers(2, 6)),
        "acties_nieuw": str(told.new),
        "acties_afgerond": str(told.done),
        "acties_open": str(told.left_open),
        "verslag_op": f"{minutes:%d-%m-%Y}" if is_out else "",
        "verslag_url": f"https://briefing.demo.invalid/{label(month)}"
        if is_out
        else "",
        "verslag_weergaven": str(views) if is_out else "",
        "uren_politie": "7,5",
        "presentielijst": f"{canaries.NAME}, {canaries.EMAIL}",
    }

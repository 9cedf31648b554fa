"""A presentation made by hand, with every kind of part, and its edges."""

import math
from dataclasses import replace

from wijkbeeld.output.slide import (
    Area,
    AreaMap,
    Bars,
    Key,
    Lines,
    Number,
    Numbers,
    Presentation,
    Series,
    Slide,
    Table,
)

MONTHS = tuple(
    f"{month} {year}"
    for year, months in (
        (2025, "okt nov dec"),
        (2026, "jan feb mrt apr mei jun jul aug sep okt"),
    )
    for month in months.split()
)
BURGLARIES = Bars(
    title="Woninginbraken per maand",
    categories=MONTHS,
    series=(
        Series(
            "Woninginbraken", (20, 25, 30, 20, None, 15, 10, 5, None, 0, 10, 10, 15)
        ),
    ),
    alt="Woninginbraken per maand: 20 in oktober 2025, 15 in oktober 2026.",
    told=(("20", "25", "30", "20", "<5", "15", "10", "5", "–", "0", "10", "10", "15"),),
)
TWO_ROWS = Bars(
    title="Deze maand en vorig jaar",
    categories=("Woninginbraak", "Diefstal uit auto", "Fietsendiefstal"),
    series=(
        Series("Oktober 2026", (15, 40, None)),
        Series("Oktober 2025", (20, 35, 10)),
    ),
    alt="Woninginbraak 15, was 20. Diefstal uit auto 40, was 35.",
    told=(("15", "40", "<5"), ("20", "35", "10")),
)
NAMES = (
    "Kijkduin", "Ockenburgh", "Houtwijk", "Kraayenstein", "Bohemen en Meer en Bos",
    "Kom Loosduinen", "Waldeck-Noord", "Waldeck-Zuid", "Nieuw Waldeck",
    "Kerketuinen en Zichtenburg", "Rosenburg", "De Uithof",
)  # fmt: skip


def hexagon(x: float, y: float) -> str:
    corners = [
        (x + 700 * math.cos(k * math.pi / 3), y + 700 * math.sin(k * math.pi / 3))
        for k in range(7)
    ]
    return "POLYGON ((" + ", ".join(f"{px:.1f} {py:.1f}" for px, py in corners) + "))"


def area(at: int, value: int | None, told: str) -> Area:
    x = 74_000 + 1050 * (at % 4)
    y = 450_000 + 1212 * (at // 4) + 606 * (at % 2)
    return Area(f"BU0518{at:04}", NAMES[at], value, told, hexagon(x, y))


WHERE = AreaMap(
    title="Woninginbraken per buurt",
    areas=tuple(
        area(at, None if at % 4 == 0 else 5 * at, "<5" if at % 4 == 0 else str(5 * at))
        for at in range(len(NAMES))
    ),
    alt="De meeste woninginbraken waren in De Uithof: 55.",
)
DONE = Table(
    columns=("Actie", "Wie", "Klaar op", "Stand"),
    rows=(
        ("Verlichting in de Houtwijklaan nakijken", "Gemeente", "15 november", "klaar"),
        ("=1+1", "Coördinator buurtpreventie", "1 december", "@loopt"),
    ),
    alt="Twee acties, waarvan één klaar.",
)
COUNTED = Numbers(
    (
        Number("Woninginbraken", "15", "5 minder dan vorig jaar"),
        Number("Pogingen", "<5"),
        Number("Verwacht", "–", "te weinig om iets te zeggen"),
    )
)
ASKED = Lines(
    (
        "Doe de lamp aan als u weggaat.",
        "Ziet u iets? Bel 112. Geen haast? Bel 0900-8844.",
        "-Sluit ook de achterdeur & het raam (#1), *altijd*.",
    )
)


def slide(key: Key, title: str, message: str, *parts: object, **more: object) -> Slide:
    return Slide(key, title, message, parts, **more)


OCTOBER = Presentation(
    month="2026-10",
    title="Briefing over oktober 2026",
    team="Politie Loosduinen",
    publication="20261102T060000Z_handmade",
    role="public",
    has_demo=True,
    language="nl",
    slides=(
        slide(Key.WELCOME, "Welkom", "Dit is de briefing over oktober 2026."),
        slide(
            Key.ACTIONS_BEFORE,
            "Wat spraken we af?",
            "Van de 2 acties is er 1 klaar.",
            DONE,
        ),
        slide(
            Key.BURGLARY,
            "Woninginbraken",
            "In oktober waren er 15 woninginbraken.",
            COUNTED,
            BURGLARIES,
            notes="Vertel eerst het aantal.\nDan pas de grafiek.",
            remarks=("Voorlopige cijfers: er kunnen nog aangiften bij komen.",),
            annotation="Vooral aan de kant van het park.",
        ),
        slide(
            Key.EXPECTED,
            "Meer of minder?",
            "Het waren er minder dan vorig jaar.",
            TWO_ROWS,
        ),
        slide(Key.WHERE, "Waar gebeurde het?", "De meeste in De Uithof.", WHERE),
        slide(Key.ASKED, "Wat vragen we u?", "Doe drie dingen.", ASKED),
        slide(Key.GUEST, "Onze gast", "De gemeente vertelt over verlichting."),
    ),
)
EMPTY = replace(
    OCTOBER,
    slides=tuple(
        slide(key, "Zonder cijfers", "Over deze maand zijn er geen cijfers.")
        for key in Key
    ),
)
LONG = "Dit is een heel lange toelichting van de chef. " * 20
LENGTHY = replace(
    OCTOBER,
    slides=tuple(
        replace(each, annotation=LONG, notes=LONG, remarks=(LONG[:200],) * 3)
        for each in OCTOBER.slides
    ),
)

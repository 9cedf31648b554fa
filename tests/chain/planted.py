"""Lists with canaries in columns where no name belongs, as people fill them in."""

from pathlib import Path

from wijkbeeld.demo.canaries import ADDRESS, EMAIL, NAME, PHONE, PLATE

_TEXTS = (
    f"{NAME} {PHONE.replace('-', '')}", f"mevr. {NAME}, {ADDRESS}", f"{PLATE} {EMAIL}",
)  # fmt: skip
_PATROL = {
    "ronde_id": "R-2026-0105-99", "team": "WT-HOUTWIJK", "datum": "05-01-2026",
    "start_tijd": "20:00", "eind_tijd": "21:30", "aantal_lopers": "4",
    "buurtcodes": "BU05181786", "route_naam": "Noord", "vervoer": "lopend",
}  # fmt: skip
_SIGNAL = {
    "signaal_id": "S-2026-0105-99", "ronde_id": "R-2026-0105-99",
    "team": "WT-HOUTWIJK", "gemeld_op": "05-01-2026 20:25", "buurtcode": "BU05181786",
    "soort": "afval", "gemeld_aan": "gemeente",
}  # fmt: skip
_PORTFOLIO = {
    "thema": "verkeer", "organisatie": "politie", "functie": "wijkagent",
    "telefoon_algemeen": "0900-8844", "van": "05-01-2026",
}  # fmt: skip
_GOAL = {
    "doel_id": "D-2026-99", "vastgesteld_op": "05-01-2026", "eigenaar": "teamchef",
    "indicator": "crime_count", "thema": "woninginbraak", "nulmeting": "48",
    "nulmeting_van": "01-01-2025", "nulmeting_tot": "31-12-2025",
    "richting": "omlaag", "streefwaarde": "40", "einddatum": "31-12-2026",
    "stopregel": "stoppen na drie maanden",
}  # fmt: skip
_PROGRAMME = {
    "programma_id": "P-LAMP-99", "naam": "Lamp", "soort": "overig",
    "buurtcode": "BU05181786", "start": "05-01-2027", "status": "gepland",
    "doel_offence": "1.1.1", "partners": "school",
}  # fmt: skip
_BROADCAST = {
    "bericht_id": "WB-2026-999", "verzonden_op": "05-01-2026 20:15",
    "groep_id": "ALLE", "soort": "preventie", "thema": "cyber", "tekst": "Let op.",
    "hoort_bij": "", "reacties_24u": "1",
}  # fmt: skip
_FILES = {
    "watch__patrols": (
        _PATROL, ("ronde_id", "route_naam", "vervoer", "aantal_lopers", "buurtcodes"),
    ),
    "watch__signals": (_SIGNAL, ("signaal_id", "ronde_id", "soort", "gemeld_aan")),
    "team__portfolios": (_PORTFOLIO, ("functie", "telefoon_algemeen", "thema")),
    "team__goals": (_GOAL, ("doel_id", "eigenaar", "stopregel")),
    "outreach__programmes": (_PROGRAMME, ("programma_id", "naam", "partners")),
    "whatsapp__broadcasts": (_BROADCAST, ("bericht_id", "groep_id", "hoort_bij")),
}  # fmt: skip
"""Per source a row, and the columns that hold canaries."""


def plant(root: Path) -> list[Path]:
    """Write a list per source, in which a row out of three has a canary in a column."""
    written = []
    for source, (row, columns) in _FILES.items():
        path = root / source / f"2026-01-06__demo_canaries_{source}.csv"
        path.parent.mkdir(exist_ok=True)
        key = "functie" if source == "team__portfolios" else next(iter(row))
        rows = []
        for at in range(3 * len(columns)):
            rows.append(row | {key: f"{row[key]}{at:02d}"})
            if at % 3 == 0:
                rows[-1][columns[at // 3]] = _TEXTS[at // 3 % len(_TEXTS)]
        lines = [";".join(row), *(";".join(one.values()) for one in rows)]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        written.append(path)
    return written

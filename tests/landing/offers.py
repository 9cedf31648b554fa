"""Small deliveries of every source in their real formats, and how to offer them."""

import json
import os
from datetime import datetime
from pathlib import Path

import duckdb

from wijkbeeld.landing.deliver import deliver
from wijkbeeld.landing.geography import to_rd
from wijkbeeld.reference import buurten
from wijkbeeld.settings import settings

WEST, SOUTH, WIDTH, HEIGHT = 4.20, 52.04, 0.004, 0.01


def shapes(year: int = 2025, east: float = 0.0) -> bytes:
    """A row of 13 buurten, each a rectangle, moved to the east by some degrees."""
    features = []
    for at, buurt in enumerate(buurten()):
        west = WEST + WIDTH * at + east
        ring = [
            [west, SOUTH],
            [west + WIDTH, SOUTH],
            [west + WIDTH, SOUTH + HEIGHT],
            [west, SOUTH + HEIGHT],
            [west, SOUTH],
        ]
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "buurtcode": buurt.buurt_code,
                    "buurtnaam": buurt.buurt_name,
                    "wijkcode": buurt.wijk_code,
                    "gemeentenaam": "'s-Gravenhage",
                    "water": "NEE",
                    "aantal_inwoners": 1000 + at,
                    "aantal_huishoudens": -99997 if at == 0 else 500,
                    "jaar": year,
                },
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def point_in(at: int) -> tuple[int, int]:
    """RD coordinates of the middle of the buurt at a place in the row."""
    x, y = to_rd().transform(WEST + WIDTH * (at + 0.5), SOUTH + HEIGHT / 2)
    return round(x), round(y)


X, Y = point_in(0)
X2, Y2 = point_in(1)

INCIDENTS = f"""\
Registratienummer;MK-code;Datum kennisname;Pleegdatum vanaf;Pleegtijd vanaf;\
Pleegdatum tot;Pleegtijd tot;X-coördinaat;Y-coördinaat;Poging;Postcode;Huisnummer;\
Toevoeging;Object;Basisteam;Toelichting
PL1500-2026900001;A20;12-03-2026 18:40;12-03-2026;08:15;12-03-2026;18:10;{X};{Y};N;\
2551 AB;12;;Woning;Loosduinen;dader Jan Jansen
PL1500-2026900002;A20;14-03-2026 11:05;13-03-2026;23:00;14-03-2026;07:30;{X2};{Y2};J;\
2551 AB;12;;Woning;Loosduinen;niets
PL1500-2026900003;A72;15-03-2026 09:20;14-03-2026;20:00;;;{X};{Y};N;\
2552 CD;3;A;Fiets;Loosduinen;niets
PL1500-2026900003;B62;15-03-2026 09:20;14-03-2026;20:00;;;{X};{Y};N;\
2552 CD;3;A;Fiets;Loosduinen;niets
"""

PATROLS = """\
ronde_id;team;datum;start_tijd;eind_tijd;aantal_lopers;buurtcodes;route_naam;\
afstand_km;aangemeld_bij_politie;vervoer;aantal_signalen;aantal_gesprekken
R-2026-0312-01;WT-HOUTWIJK;12-03-2026;20:00;21:30;4;BU05181786;Noord;5,2;ja;lopend;2;3
R-2026-0313-01;WT-WALDECK;13-03-2026;22:30;00:15;2;BU05181840 BU05181894;;;ja;lopend;\
0;1
R-2026-0314-01;WT-HOUTWIJK;14-03-2026;20:00;;3;BU05181786;Zuid;4,8;nee;lopend;1;0
"""

POSTS = """\
"Bericht-ID","Pagina-ID","Naam van pagina",Titel,Omschrijving,"Duur (sec.)",\
Publicatietijdstip,Permalink,Berichttype,Datum,Weergaven,Bereik,\
"Reacties, opmerkingen en deelacties",Reacties,Opmerkingen,Deelacties
9000000000000101,900000000000001,"Politie Loosduinen","Inbraken in de Houtwijk
Zet een lamp op een tijdklok.",,0,"09/04/2026 18:30",\
https://www.facebook.com/x/posts/101,Foto's,Lifetime,5120,3890,96,61,22,13
9000000000000102,900000000000001,"Politie Loosduinen",,"Cijfers, en tips",62,\
"09/11/2026 19:00",https://www.facebook.com/x/reel/102,Reel,Lifetime,18240,12105,402,\
250,88,64
9000000000000103,900000000000001,"Politie Loosduinen","Update",,0,"09/25/2026 08:05",\
https://www.facebook.com/x/posts/103,Foto's,Lifetime,,710,9,7,2,0
"""

CRIMES = """\
"ID";"SoortMisdrijf";"WijkenEnBuurten";"Perioden";"GeregistreerdeMisdrijven_1"
"0";"1.1.1 ";"BU05181786";"2026MM03";"4"
"1";"1.1.1 ";"WK051817  ";"2026MM03";"5"
"2";"1.2.4 ";"BU05181786";"2026MM03";"       ."
"3";"1.1.1 ";"BU05181786";"2026JJ00";"22"
"""


def key_figures() -> str:
    """Key figures as StatLine writes them."""
    lines = ["ID;WijkenEnBuurten;SoortRegio_2;AantalInwoners_5;Woningvoorraad_35"]
    lines += [
        f"{at};{buurt.buurt_code};Buurt     ;{1000 + at};{500 + at}"
        for at, buurt in enumerate(buurten())
    ]
    return "\n".join(lines) + "\n"


SAMPLES = {
    **{
        path.parent.name: (path.name, path.read_text("utf-8"))
        for path in sorted((Path(__file__).parent / "samples").glob("*/*"))
    },
    "police__incidents": ("2026-03-31__incidenten.csv", INCIDENTS),
    "police__open_data": ("2026-09-30__misdrijven.csv", CRIMES),
    "social__facebook_posts": ("2026-10-01__posts.csv", POSTS),
    "watch__patrols": ("2026-03-31__rondes.csv", PATROLS),
    "cbs__buurten": ("2026-03-31__kwb-2025.csv", key_figures()),
}


def separator_of(text: str) -> str:
    """Return what parts the headers of a sample."""
    return ";" if ";" in text.splitlines()[0] else ","


def no_gate(parquet: Path) -> None:
    """Let any file through: what is tested here comes before the gate."""


def put(source: str, name: str, content: bytes) -> Path:
    """Put a file in the inbox, long enough ago to be whole."""
    path = settings().inbox / source / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    then = datetime(2026, 4, 1, 12).timestamp()  # noqa: DTZ001 any moment will do
    os.utime(path, (then, then))
    return path


def offer(source: str, content: str | bytes, name: str | None = None, gate=no_gate):
    """Deliver a file of a source."""
    data = content.encode() if isinstance(content, str) else content
    return deliver(put(source, name or SAMPLES[source][0], data), source, gate)


def landed(delivered, columns: str = "*") -> list[tuple]:
    """Return columns of the landed rows, in order."""
    return duckdb.sql(
        f"select {columns} from '{delivered.parquet}' order by _row_number"
    ).fetchall()


def problems(delivered) -> list[str | None]:
    """Return the problem of each row."""
    return [row[0] for row in landed(delivered, "_problem")]


def changed(source: str, row: int, **values: str) -> str:
    """Return the sample of a source with other values in one row (1 is the first)."""
    import csv
    import io

    text = SAMPLES[source][1]
    separator = separator_of(text)
    records = list(csv.reader(io.StringIO(text), delimiter=separator))
    for header, value in values.items():
        records[row][records[0].index(header)] = value
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(records)
    return out.getvalue()

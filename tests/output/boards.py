"""A storyboard made by hand."""

from wijkbeeld.demo import places
from wijkbeeld.output.slide import Area, AreaMap
from wijkbeeld.output.storyboard import (
    Advice, Bar, Closing, Count, Opening, Places, Storyboard,
)  # fmt: skip

MONTH = "oktober 2026"


def area_map(values) -> AreaMap:
    return AreaMap(
        "Woning­inbraken per buurt".replace("\u00ad", ""),
        tuple(
            Area(code, places.names()[code], value,
                 "–" if value is None else str(value), outline.wkt)
            for value, (code, outline) in zip(
                values, places.polygons().items(), strict=True
            )
        ),
        "",
    )


def count(offence, now, before, change, direction) -> Count:
    return Count(
        offence, now[1], change, direction or 0, direction is not None,
        (Bar("oktober 2025", *before), Bar("oktober 2026", *now)),
        (f"{offence} in oktober: {now[1]}.",
         f"Vorig jaar in oktober waren het er {before[1]}."),
    )


def board(**changed) -> Storyboard:
    scenes = (
        Opening("Politie Loosduinen", "Wat gebeurde er in uw buurt?", MONTH,
                ("Dit is het nieuws van Politie Loosduinen.",
                 "Wij kijken naar de maand oktober 2026.")),
        count("Woninginbraak", (15, "15"), (10, "10"), "meer dan vorig jaar", 1),
        count("Diefstal uit auto’s", (None, "<5"), (35, "35"),
              "minder dan vorig jaar", -1),
        count("Fietsendiefstal", (None, "–"), (20, "20"), "geen cijfer van deze maand",
              None),
        Places(area_map([0, 10, None, 15, 5, 5, 40, 25, 10, 20, 5, 0, 10]),
               "november 2025 tot en met oktober 2026",
               ("Waar werd het meest ingebroken?",
                "Dat was in Houtwijk en in Kom Loosduinen.")),
        Advice("1.1.1", "dark", "Laat een lamp aan",
               ("Onze tip voor deze maand: laat een lamp aan.",
                "Laat een lamp aan als u in het donker niet thuis bent.",
                "Dan lijkt het alsof er iemand thuis is.")),
        Closing("Wat kunt u doen?",
                (("112", "U ziet het nu gebeuren"), ("0900-8844", "U bedenkt het later"),
                 ("politie.nl", "U wilt aangifte doen")),
                ("Ziet u iets verdachts? Bel meteen 112.",
                 "Bedenkt u het later? Bel 0900-8844.",
                 "Is er iets gestolen? Doe altijd aangifte.")),
    )  # fmt: skip
    made = {"title": "t", "team": "Politie Loosduinen", "month": MONTH,
            "language": "nl", "has_demo": True, "scenes": scenes}
    return Storyboard(**(made | changed))

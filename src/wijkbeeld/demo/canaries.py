"""Invented personal data for columns that must never be kept, and how to find it.

Exports of the police hold such texts. None of these belongs to anybody: numbers
with 06-0 are not given out, the IBAN names no bank, and the citizen number is one of
those, beginning with 9999, that registers test with. Its digits do not ascend: the
sorted bytes of a compressed column may look like 111222333.
"""

NAME = "Wilhelmina Kanarievogel-Demo"
PHONE = "06-00004711"
PLATE = "47-DMZ-1"
IBAN = "NL47 DEMO 0000 4711 08"
STREET = "Kanariepietlaan"
ADDRESS = f"{STREET} 4711, 2591 XZ 4711"
EMAIL = "kanarievogel@demo.invalid"
CITIZEN_NUMBER = "999990019"
REGISTRATION = "PL1500-DEMO-"

CANARIES = (
    NAME, PHONE, PLATE, IBAN, STREET, "2591 XZ 4711", EMAIL, CITIZEN_NUMBER,
    REGISTRATION,
)  # fmt: skip
"""None of these may be found in anything that is kept."""

MODUS_OPERANDI = (
    "Cilinder van de voordeur afgebroken.",
    "Raam aan de achterzijde opengebroken; tuinpoort stond open.",
    "Via bovenlicht binnengekomen.",
    "Onbekend",
    "",
    "Ruit ingeslagen.",
    "Slot geforceerd, niets weggenomen.",
    "Deur niet op slot.",
    "Niet nader omschreven.",
    'Getuige zag twee fietsers wegrijden richting "de Lozerlaan".',
    f"Aangeefster {NAME}, bereikbaar op {PHONE}.",
    f"Verdachte reed weg in personenauto met kenteken {PLATE}.",
    f"Geld overgemaakt naar {IBAN}; contact via {EMAIL}.",
    f"Buurvrouw van {ADDRESS} hoorde glasgerinkel.\nBSN {CITIZEN_NUMBER} in systeem.",
)
LOOT = (
    "", "Sieraden", "Contant geld", "Laptop", "Geen", "Gereedschap", "Fiets",
    f"Portefeuille van {NAME}",
)  # fmt: skip
STREETS = (
    "Zeekraalpad", "Duindoornhof", "Blauwdistelweg", "Helmgrasdreef", "Zandhaverplein",
    "Meidoornzoom", "Walstroplein", "Teunisbloemlaan", "Kruisbessingel",
    "Wilde Tijmhof", STREET,
)  # fmt: skip

"""The order of problems: a row has one, the first of these (FORMATS 0.10)."""

from wijkbeeld.language import later

ORDER = (
    "ragged_row", "not_a_data_row", "duplicate_row", "key_conflict",
    "missing_required_value", "excel_error_value", "control_characters",
    "field_too_long", "bad_id", "id_precision_lost", "not_our_account", "bad_date",
    "nonexistent_local_time", "date_out_of_range", "to_before_from",
    "bad_order_in_time", "bad_period", "bad_number", "negative_count",
    "abbreviated_number", "bad_boolean", "parts_do_not_add_up", "unknown_code",
    "unknown_offence_code", "bad_region_code", "unknown_buurt", "bad_coordinates",
    "swapped_axes", "outside_area", "off_grid", "bad_rank", "forecast_after_start",
    "gps_spike", "cut_for_privacy", "personal_data_found",
)  # fmt: skip

MEANINGS = {
    "ragged_row": later("De regel heeft te veel of te weinig velden."),
    "not_a_data_row": later("Een totaalregel of lege regel, geen gegeven."),
    "duplicate_row": later("Dezelfde regel staat er nog een keer."),
    "key_conflict": later("Hetzelfde nummer komt voor met een andere inhoud."),
    "missing_required_value": later("Een verplicht veld is leeg."),
    "excel_error_value": later(
        "Er staat een foutmelding van Excel in de cel, of een formule waarvan de "
        "uitkomst niet is bewaard."
    ),
    "control_characters": later("Er staan onleesbare tekens in de tekst."),
    "field_too_long": later("De tekst is langer dan 32.000 tekens."),
    "bad_id": later("Het nummer heeft niet de afgesproken vorm."),
    "id_precision_lost": later("Excel heeft de laatste cijfers van het nummer gewist."),
    "not_our_account": later("Het bericht is van een andere pagina dan de onze."),
    "bad_date": later("De datum of tijd is niet te lezen."),
    "nonexistent_local_time": later("Deze tijd bestond niet: de klok ging vooruit."),
    "date_out_of_range": later("De datum ligt voor 2000 of na de dag van levering."),
    "to_before_from": later("Het einde ligt voor het begin."),
    "bad_order_in_time": later("De tijden staan niet in de goede volgorde."),
    "bad_period": later("De periode is niet te lezen."),
    "bad_number": later("Het getal is niet te lezen."),
    "negative_count": later("Een aantal kan niet kleiner zijn dan nul."),
    "abbreviated_number": later("Het getal is afgekort, zoals 1,2K."),
    "bad_boolean": later("Er staat geen ja of nee."),
    "parts_do_not_add_up": later("De delen tellen niet op tot het geheel."),
    "unknown_code": later("De code staat niet in de lijst."),
    "unknown_offence_code": later("De code van het delict staat niet in de lijst."),
    "bad_region_code": later("De code van het gebied is niet te lezen."),
    "unknown_buurt": later("Deze buurt kennen we niet."),
    "bad_coordinates": later("De coördinaten ontbreken of zijn nul."),
    "swapped_axes": later("X en Y zijn verwisseld."),
    "outside_area": later("De plek ligt buiten het gebied van het team."),
    "off_grid": later("De plek ligt niet op het rooster."),
    "bad_rank": later("De rangorde klopt niet."),
    "forecast_after_start": later(
        "De verwachting is gemaakt na het begin van haar periode."
    ),
    "gps_spike": later("Een sprong in het spoor die niemand kan lopen."),
    "cut_for_privacy": later(
        "Begin of eind van het spoor: weggelaten, want daar woont iemand."
    ),
    "personal_data_found": later("Er stond een persoonsgegeven in de tekst."),
}
"""What each problem means, for whoever delivers files."""

REMEDIES = {
    "ragged_row": later(
        "Kijk of er een los aanhalingsteken of scheidingsteken in een tekst staat."
    ),
    "not_a_data_row": later("Dit mag zo blijven: de regel telt niet mee."),
    "duplicate_row": later("Dit mag zo blijven: de regel telt één keer mee."),
    "key_conflict": later(
        "Laat per nummer één regel staan, of geef de andere een eigen nummer."
    ),
    "missing_required_value": later("Vul het veld in en lever het bestand opnieuw."),
    "excel_error_value": later(
        "Verbeter de formule, of vervang haar door de waarde; staat er in Excel wel "
        "een uitkomst, bewaar het bestand daar dan opnieuw."
    ),
    "control_characters": later("Exporteer het bestand opnieuw en wijzig het niet."),
    "field_too_long": later(
        "Kijk of een aanhalingsteken ontbreekt, of kort de tekst in."
    ),
    "bad_id": later("Verbeter de cel en lever het bestand opnieuw."),
    "id_precision_lost": later(
        "Gebruik het bestand zoals het is gedownload; open het niet in Excel."
    ),
    "not_our_account": later(
        "Exporteer alleen de eigen pagina, of vul de instelling van pagina's."
    ),
    "bad_date": later("Schrijf een datum als 31-12-2026 en een tijd als 20:30."),
    "nonexistent_local_time": later(
        "Verbeter het uur: in de laatste nacht van maart is er geen 02:30."
    ),
    "date_out_of_range": later("Verbeter het jaar en lever het bestand opnieuw."),
    "to_before_from": later("Kijk of begin en einde zijn verwisseld."),
    "bad_order_in_time": later("Kijk of twee tijden zijn verwisseld."),
    "bad_period": later(
        "Download de onbewerkte gegevens; een maand heet daar 2026MM03."
    ),
    "bad_number": later("Schrijf alleen cijfers, met een komma voor de decimalen."),
    "negative_count": later("Verbeter de cel en lever het bestand opnieuw."),
    "abbreviated_number": later("Exporteer de volledige getallen."),
    "bad_boolean": later("Vul ja of nee in."),
    "parts_do_not_add_up": later("Verbeter de cel en lever het bestand opnieuw."),
    "unknown_code": later("Kies een woord uit de lijst in de uitleg bij de bron."),
    "unknown_offence_code": later("Kijk of de kolom de incidentcode bevat, zoals A20."),
    "bad_region_code": later("Gebruik de code van het CBS, zoals BU05181786."),
    "unknown_buurt": later(
        "Gebruik de naam of de code van een van de buurten van het team."
    ),
    "bad_coordinates": later("Kijk of de kolommen van x en y de goede zijn."),
    "swapped_axes": later(
        "Wissel de namen van de twee kolommen en lever het bestand opnieuw."
    ),
    "outside_area": later("Dit mag zo blijven: de regel telt niet mee."),
    "off_grid": later("Lever het middelpunt van elke cel, in meters (RD)."),
    "bad_rank": later("Exporteer het bestand opnieuw en wijzig het niet."),
    "forecast_after_start": later(
        "Lever alleen voorspellingen die vooraf zijn gemaakt."
    ),
    "gps_spike": later("Dit mag zo blijven: het punt telt niet mee."),
    "cut_for_privacy": later("Dit hoort zo: niemand hoeft te zien waar iemand woont."),
    "personal_data_found": later("Haal de naam, het nummer of het adres uit de tekst."),
}
"""What whoever delivers files can do about each problem."""


def first_of(rules: dict[str, list[str]]) -> str:
    """Return SQL that names the first problem of a row, null for none.

    Args:
        rules: Per problem code the conditions in SQL, any of which makes it hold.
    """
    unknown = sorted(set(rules) - set(ORDER))
    if unknown:
        raise ValueError(f"no such problem: {', '.join(unknown)}")
    cases = [
        f"when {' or '.join(f'({rule})' for rule in rules[code])} "
        f"then '{code}'::problem_code"
        for code in ORDER
        if rules.get(code)
    ]
    return f"case {' '.join(cases)} end" if cases else "null::varchar"

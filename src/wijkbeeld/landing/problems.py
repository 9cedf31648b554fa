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
    "excel_error_value": later("Er staat een foutmelding van Excel in de cel."),
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

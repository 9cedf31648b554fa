"""What each problem code means, and what to do about it."""

from dashboards.locales import translate as _


def meaning(code: str) -> str:
    """Return the meaning of a problem code; an unknown one stands for itself."""
    return {
        "ragged_row": _("De regel heeft te veel of te weinig velden."),
        "not_a_data_row": _("Een totaalregel of lege regel, geen gegeven."),
        "duplicate_row": _("Dezelfde regel staat er nog een keer."),
        "key_conflict": _("Hetzelfde nummer komt voor met een andere inhoud."),
        "missing_required_value": _("Een verplicht veld is leeg."),
        "excel_error_value": _("Er staat een foutmelding van Excel in de cel."),
        "control_characters": _("Er staan onleesbare tekens in de tekst."),
        "field_too_long": _("De tekst is langer dan 32.000 tekens."),
        "bad_id": _("Het nummer heeft niet de afgesproken vorm."),
        "id_precision_lost": _("Excel heeft de laatste cijfers van het nummer gewist."),
        "not_our_account": _("Het bericht is van een andere pagina dan de onze."),
        "bad_date": _("De datum of tijd is niet te lezen."),
        "nonexistent_local_time": _("Deze tijd bestond niet: de klok ging vooruit."),
        "date_out_of_range": _("De datum ligt voor 2000 of na de dag van levering."),
        "to_before_from": _("Het einde ligt voor het begin."),
        "bad_order_in_time": _("De tijden staan niet in de goede volgorde."),
        "bad_period": _("De periode is niet te lezen."),
        "bad_number": _("Het getal is niet te lezen."),
        "negative_count": _("Een aantal kan niet kleiner zijn dan nul."),
        "abbreviated_number": _("Het getal is afgekort, zoals 1,2K."),
        "bad_boolean": _("Er staat geen ja of nee."),
        "parts_do_not_add_up": _("De delen tellen niet op tot het geheel."),
        "unknown_code": _("De code staat niet in de lijst."),
        "unknown_offence_code": _("De code van het delict staat niet in de lijst."),
        "bad_region_code": _("De code van het gebied is niet te lezen."),
        "unknown_buurt": _("Deze buurt kennen we niet."),
        "bad_coordinates": _("De coördinaten ontbreken of zijn nul."),
        "swapped_axes": _("X en Y zijn verwisseld."),
        "outside_area": _("De plek ligt buiten het gebied van het team."),
        "personal_data_found": _("Er stond een persoonsgegeven in de tekst."),
    }.get(code, code)

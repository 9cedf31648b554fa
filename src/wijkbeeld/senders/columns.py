"""The columns of an agreement, as a sender meets them."""

import re
from typing import NamedTuple

from wijkbeeld import reference
from wijkbeeld.landing.agreement import EXPORTED, Field, Source
from wijkbeeld.language import later, say


class Column(NamedTuple):
    """One column of a delivery."""

    header: str
    """The Dutch header; the English one where there is no other."""
    others: tuple[str, ...]
    """Other headers that are read as the same."""
    field: Field
    is_clock: bool
    """Whether it holds the time of day of a date in another column."""
    has_clock: bool
    """Whether the time of day of this date stands in another column."""
    is_filled: bool = False
    """Whether each row must have a value, or is no row of data."""

    def must_be_there(self) -> str:
        """Return whether the column, and each value in it, must be there."""
        if self.is_clock:
            return say("als de tijd bekend is")
        if self.field.required:
            return say("ja") if self.is_filled else say("ja, een vak mag leeg zijn")
        return say("elk vak, als de kolom er is") if self.is_filled else say("nee")

    def about(self) -> str:
        """Return what to fill in, and in which form."""
        words = [self.field.about.said()] if self.field.about else []
        return " ".join(sentence(part) for part in [*words, self.form()] if part)

    def form(self) -> str:
        """Return in which form a value is read."""
        if self.is_clock:
            return say("een tijd, zoals 21:30")
        if self.field.kind == "datetime" and self.has_clock:
            return say("een datum met jaar, zoals 31-12-2026")
        listed = ", ".join(self.choices())
        return (
            say(_FORMS.get(self.field.kind, ""), choices=listed)
            if (self.field.kind in _FORMS)
            else ""
        )

    def choices(self) -> list[str]:
        """Return the words that may be chosen from; none where anything may be said."""
        kind = self.field.kind
        if kind == "boolean":
            return [say("ja"), say("nee")]
        if kind in {"theme", "themes"}:
            return list(reference.themes())
        first: dict[str, str] = {}
        for word, code in self.field.choices.items():
            first.setdefault(code, word)
        return list(first.values())


_FORMS = {
    "count": later("een heel getal; 0 is nul, en onbekend laat u leeg"),
    "decimal": later("een getal, met een komma; onbekend laat u leeg"),
    "datetime": later("een datum met jaar, zoals 31-12-2026, eventueel met de tijd"),
    "clock": later("een tijd, zoals 21:30"),
    "boolean": later("ja of nee"),
    "buurt": later("de code van de buurt (BU05181786) of de naam"),
    "buurten": later("codes van buurten met een spatie ertussen, de eerste telt"),
    "team": later("de code van het team, geen naam van een mens"),
    "choice": later("kies uit: {choices}"),
    "theme": later("kies uit: {choices}"),
    "themes": later("een of meer, met een spatie ertussen, uit: {choices}"),
    "offence": later("de code van het delict, zoals 1.1.1"),
    "offences": later("codes van delicten met een spatie ertussen, zoals 1.1.1 1.2.1"),
    "incident_code": later("de incidentcode van de politie (MK), zoals A20"),
    "period": later("de periode zoals het CBS die schrijft, zoals 2026MM03"),
    "region": later("de code van het gebied, zoals BU05181786"),
    "wkt": later("de omtrek"),
}
"""In which form each kind is read; what is not here speaks for itself."""


def is_made(field: Field) -> bool:
    """Tell whether a reader of ours makes the column, and no sender."""
    return field.is_made or field.kind == "made"


def columns_of(agreed: Source) -> list[Column]:
    """Return the columns a sender may fill in, in the order of the agreement."""
    columns = []
    for name, field in agreed.fields.items():
        headers = agreed.spellings(name)
        is_offered = name != EXPORTED or field.about
        if not is_offered or not headers or is_made(field):
            continue
        has_clock = bool(field.clock)
        is_filled = field.filled or _proves_data(agreed, name)
        columns.append(
            Column(headers[0], headers[1:], field, False, has_clock, is_filled)
        )
        if has_clock:
            first, *others = field.clock
            columns.append(
                Column(first, tuple(others), field, is_clock=True, has_clock=False)
            )
    return columns


def _proves_data(agreed: Source, name: str) -> bool:
    """Tell whether a row without a value here is no row of data."""
    rule = agreed.problems.get("not_a_data_row", "")
    return (
        re.match(rf"{name} is null and {name}__problem is null(?! and)", rule)
        is not None
    )


def sentence(text: str) -> str:
    """Return a text with a capital, and a point behind it."""
    text = text.strip()
    ends = text.endswith((".", "?", "!", ":"))
    return f"{text[:1].upper()}{text[1:]}{'' if ends else '.'}"


_OF_KIND: dict[str, tuple[str, ...]] = {
    "id": ("not_a_data_row", "id_precision_lost"),
    "count": ("bad_number", "negative_count", "abbreviated_number"),
    "decimal": ("bad_number", "abbreviated_number"),
    "datetime": ("bad_date", "nonexistent_local_time", "date_out_of_range"),
    "clock": ("bad_date",),
    "boolean": ("bad_boolean",),
    "incident_code": ("unknown_offence_code",),
    "offence": ("unknown_offence_code",),
    "offences": ("unknown_offence_code", "unknown_code"),
    "region": ("bad_region_code",),
    "period": ("bad_period",),
    "buurt": ("unknown_buurt",),
    "buurten": ("unknown_buurt",),
    "team": ("personal_data_found",),
    "choice": ("unknown_code",),
    "theme": ("unknown_code",),
    "themes": ("unknown_code",),
}
_ANY_TEXT = ("excel_error_value", "control_characters", "field_too_long")
_POINTS = ("bad_coordinates", "swapped_axes", "outside_area")


def problems_of(agreed: Source) -> set[str]:
    """Return the codes of all problems that a row of the source can have."""
    fields = agreed.fields
    codes = {"ragged_row", *_ANY_TEXT, *agreed.problems}
    for field in fields.values():
        codes |= {*_OF_KIND.get(field.kind, ())}
        codes |= {"personal_data_found"} if field.personal else set()
        codes |= {"bad_id"} if field.kind == "id" and field.shape != "any" else set()
        codes |= {"missing_required_value"} if field.filled else set()
    if agreed.key:
        codes |= {"duplicate_row", "key_conflict"}
    if {"x", "y"} <= fields.keys():
        codes |= {*_POINTS}
    return codes

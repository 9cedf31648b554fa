"""Other files of the police's open data than figures of crime: nuisance, code lists.

They land as figures do, in the same columns. A code list has one column of these: the
offences, the regions, or the periods, of which it tells whether they are final.
"""

from wijkbeeld.landing import headers
from wijkbeeld.landing.agreement import Field, Source

MONTHS, YEARS, NUISANCE = "47022NED", "47018NED", "47024NED"
TABLES = (MONTHS, YEARS, NUISANCE)
ENDED = frozenset({"47004NED", "47005NED"})
SOURCE = "police__open_data"

OVERLAST = ("Overlast", "SoortOverlast", "Soort overlast")
_NUISANCE_COUNTS = (
    "GeregistreerdeOverlast",
    "Geregistreerde overlast (aantal)",
    "Geregistreerde overlast",
)
_KEY = "Key"
_LISTS = {
    "status": "period",
    "categorygroupid": "offence_code",
    "detailregioncode": "region_code",
    "municipality": "region_code",
}
"""The column that tells what a code list is of, and ours for its key."""
_STATUSES = {
    "Definitief": "false",
    "Nader voorlopig": "true",
    "Voorlopig": "true",
}
_BESIDE = (
    *("Title", "ShortTitle", "Description", "CategoryGroupID", "Municipality"),
    "DetailRegionCode",
)


def agreed(source: Source, delivered: list[str]) -> Source:
    """Return the agreement on a file of a source, by the headers it has."""
    if source.name != SOURCE:
        return source
    seen = {headers.plain(headers.base(header)) for header in delivered}
    if seen & {headers.plain(header) for header in OVERLAST}:
        return _nuisance(source)
    ours = list_of(delivered)
    return _code_list(source, ours) if ours else source


def list_of(delivered: list[str]) -> str | None:
    """Return which of our columns a code list is of; None if it is no code list."""
    seen = {headers.plain(header) for header in delivered}
    if not {"key", "title"} <= seen:
        return None
    return next((ours for told, ours in _LISTS.items() if told in seen), None)


def is_nuisance(delivered: list[str]) -> bool:
    """Tell whether the headers are those of nuisance."""
    seen = {headers.plain(headers.base(header)) for header in delivered}
    return bool(seen & {headers.plain(header) for header in OVERLAST})


def _nuisance(source: Source) -> Source:
    fields = source.fields
    changed = {
        "offence_code": fields["offence_code"].model_copy(
            update={"kind": "nuisance", "nl": OVERLAST}
        ),
        "crime_count": fields["crime_count"].model_copy(
            update={"nl": _NUISANCE_COUNTS}
        ),
    }
    return source.model_copy(update={"fields": fields | changed})


def _code_list(source: Source, ours: str) -> Source:
    fields = {
        name: field.model_copy(update={"required": False, "filled": False, "nl": ()})
        for name, field in source.fields.items()
    }
    fields[ours] = source.fields[ours].model_copy(update={"nl": (_KEY,)})
    landed = dict(source.landed)
    if ours == "period":
        fields["status"] = Field(kind="choice", nl=("Status",), choices=_STATUSES)
        landed["is_provisional"] = "status"
    return source.model_copy(
        update={
            "fields": fields,
            "key": (ours,),
            "landed": landed,
            "dropped": (*source.dropped, *_BESIDE),
            "numbered_headers": False,
        }
    )

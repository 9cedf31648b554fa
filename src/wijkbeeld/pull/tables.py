"""Which tables are pulled, and how one is built: its periods, regions and topics."""

from typing import NamedTuple

from wijkbeeld.landing import odata
from wijkbeeld.language import say
from wijkbeeld.pull.asked import PullError, Record, Service
from wijkbeeld.settings import settings

POLICE, BUURTEN = "police__open_data", "cbs__buurten"
_GEOGRAPHY = {"GeoDetail", "GeoDimension"}


class Table(NamedTuple):
    """A table, and where it is asked for and delivered."""

    number: str
    source: str
    address: str


class Period(NamedTuple):
    """A period for which a table has figures."""

    key: str
    status: str

    @property
    def is_final(self) -> bool:
        """Whether its figures change no more."""
        return self.status.casefold() == "definitief"


class Layout(NamedTuple):
    """The columns of a table by their part in it."""

    period: str | None
    region: str
    dimensions: tuple[str, ...]
    """What else the figures are divided by, such as offence groups."""
    topics: tuple[str, ...]


def tables() -> dict[str, Table]:
    """Return the tables that are pulled, by number."""
    chosen = settings()
    offered = (
        (POLICE, chosen.pull_police_address, chosen.pull_police_tables),
        (BUURTEN, chosen.pull_cbs_address, chosen.pull_cbs_tables),
    )
    return {
        number: Table(number, source, f"{address.rstrip('/')}/{number}")
        for source, address, numbers in offered
        for number in numbers
    }


def layout(service: Service) -> Layout:
    """Return how the table is built.

    Raises:
        PullError: It is not built as the tables that we know.
    """
    by_type: dict[str, list[str]] = {}
    for column in service.records("DataProperties"):
        by_type.setdefault(str(column.get("Type")), []).append(str(column.get("Key")))
    regions = [key for name in _GEOGRAPHY for key in by_type.get(name, [])]
    periods, topics = by_type.get("TimeDimension", []), by_type.get("Topic", [])
    if len(regions) != 1 or len(periods) > 1 or not topics:
        raise PullError(
            say(
                "{address}: dit is geen tabel met één kolom voor de regio, en hooguit "
                "één voor de periode: {columns}",
                address=service.address,
                columns=by_type,
            )
        )
    return Layout(
        next(iter(periods), None),
        regions[0],
        tuple(by_type.get("Dimension", [])),
        tuple(topics),
    )


def periods(code_list: list[Record]) -> list[Period]:
    """Return the periods to ask for, newest first.

    Years and quarters are left out where there are months: they repeat them.
    """
    listed = [
        Period(str(record.get("Key")), str(record.get("Status")))
        for record in code_list
    ]
    months = [period for period in listed if "MM" in period.key]
    return sorted(months or listed, reverse=True)


def columns(table: Table, layout: Layout) -> tuple[str, ...]:
    """Return the columns to ask for: of key figures only those that may be loaded."""
    if table.source != BUURTEN:
        return ()
    return (
        layout.region,
        *(topic for topic in layout.topics if odata.may_be_loaded(topic)),
    )

"""The figures of one table: asked for per period, and checked against what was asked.

Where a period is more than the service gives at once, it is asked for per offence.
"""

import hashlib
from collections.abc import Iterator

from wijkbeeld.language import say
from wijkbeeld.pull.asked import (
    Answer,
    LaterError,
    PullError,
    Record,
    Service,
    TooManyError,
)
from wijkbeeld.pull.tables import Period, Table, columns, layout, periods
from wijkbeeld.settings import settings

WHOLE = "all"
"""The one part of a table without periods."""
_SHOWN = 200


class Figures:
    """The figures of a table, period by period, in as many pieces as it takes."""

    def __init__(self, service: Service, table: Table) -> None:
        """Ask how the table is built."""
        self._service = service
        built = layout(service)
        self._layout = built
        self._columns = columns(table, built)
        self._codes: dict[str, list[str]] = {}
        self._statuses: list[Record] = []

    def periods(self) -> list[Period]:
        """Return the parts to ask for, newest first."""
        return periods(self.statuses()) or [Period(WHOLE, "")]

    def statuses(self) -> list[Record]:
        """Return the code list that says which periods are final; empty without."""
        column = self._layout.period
        if column and not self._statuses:
            self._statuses = self._service.records(column)
        return self._statuses

    def scope(self) -> str:
        """Return what identifies the regions and columns that are asked for.

        All years of a table come in the newest division: when that changes, all have
        changed.
        """
        codes = self._codes_of(self._layout.region)
        ours = [code for code in codes if self._is_ours(code)]
        asked = "\n".join([*self._columns, *sorted(ours)])
        return hashlib.sha256(asked.encode()).hexdigest()

    def gather(self, period: Period) -> tuple[list[Record], str | None]:
        """Return all records of a period, and what the service says they are.

        Raises:
            PullError: They do not come, or are not what was asked for.
        """
        layout, regions = self._layout, settings().pull_regions
        starts = [f"startswith({layout.region},'{start}')" for start in regions]
        conditions = [f"({' or '.join(starts)})"] if starts else []
        if layout.period:
            conditions.append(f"{layout.period} eq '{period.key}'")
        answers = list(self._answers(conditions, list(layout.dimensions)))
        records = [record for answer in answers for record in answer.records]
        self._check(records, period)
        return records, next((a.metadata for a in answers if a.metadata), None)

    def _answers(self, conditions: list[str], parted_by: list[str]) -> Iterator[Answer]:
        options = {"filter": " and ".join(conditions)} if conditions else {}
        if self._columns:
            options["select"] = ",".join(self._columns)
        try:
            yield from list(self._service.pages("TypedDataSet", **options))
        except TooManyError:
            if not parted_by:
                yield from self._service.skipping("TypedDataSet", **options)
                return
            first, *others = parted_by
            for code in self._codes_of(first):
                # With its blanks: the service compares the codes as they are kept.
                one = f"{first} eq '{code}'"
                yield from self._answers([*conditions, one], others)

    def _codes_of(self, column: str) -> list[str]:
        if column not in self._codes:
            listed = self._service.records(column)
            self._codes[column] = [str(record.get("Key")) for record in listed]
        return self._codes[column]

    def _is_ours(self, code: str) -> bool:
        return code.startswith(settings().pull_regions or ("",))

    def _check(self, records: list[Record], period: Period) -> None:
        """Check that the answer is about what was asked: a filter may be ignored."""
        built = self._layout
        keys = [*filter(None, [built.period]), built.region, *built.dimensions]
        for record in records:
            missing = [key for key in keys if not isinstance(record.get(key), str)]
            is_asked_for = not missing and self._is_ours(record[built.region])
            if built.period and is_asked_for:
                is_asked_for = record[built.period].strip() == period.key.strip()
            if not is_asked_for:
                raise PullError(
                    say(
                        "{address}: het antwoord gaat niet over wat werd gevraagd "
                        "({period}): {row}",
                        address=self._service.address,
                        period=period.key.strip(),
                        row=str(record)[:_SHOWN],
                    )
                )
        if len({tuple(record[key] for key in keys) for record in records}) < len(
            records
        ):
            raise LaterError(
                say(
                    "{address}: de pagina's van {period} overlappen; misschien is de "
                    "tabel intussen veranderd",
                    address=self._service.address,
                    period=period.key.strip(),
                )
            )

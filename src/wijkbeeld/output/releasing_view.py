"""What left, and what waits for a person, as tables on a screen."""

from datetime import UTC

from rich.table import Table

from wijkbeeld.landing import outcomes
from wijkbeeld.language import later, say
from wijkbeeld.output import releases
from wijkbeeld.output.drafts import Draft
from wijkbeeld.screen import local, plain

_STATUSES = {
    "released": later("vrijgegeven"),
    "refused": later("geweigerd"),
    "expired": later("verlopen"),
}


def tables() -> list[Table]:
    """Return what was decided, and the drafts that wait where there are any."""
    waits = releases.waiting()
    return [_decided(), *([_waiting(waits)] if waits else [])]


def _decided() -> Table:
    table = Table(
        say("wanneer"), say("soort"), say("naam"), say("besluit"), say("door"),
        say("publicatie"), say("vervangt"), say("opmerking"),
        title=say("Naar buiten"),
    )  # fmt: skip
    for one in outcomes.read_all():
        table.add_row(
            local(one.decided_at.replace(tzinfo=UTC)),
            one.kind,
            one.release_id or one.subject_id,
            say(_STATUSES[one.status]),
            plain(one.decided_by or ""),
            one.publication,
            one.replaces or "",
            plain(one.note or ""),
        )
    return table


def _waiting(drafts: list[Draft]) -> Table:
    table = Table(
        say("gemaakt"), say("soort"), say("naam"), say("map"),
        title=say("Wacht op een besluit in Airflow"),
    )  # fmt: skip
    for draft in drafts:
        table.add_row(
            local(draft.prepared_at),
            draft.subject.kind,
            draft.subject.id,
            str(draft.folder),
        )
    return table

"""Reads what left as public, and what was not ready in time."""

import pandas as pd

from dashboards.queries.publication import fetch, pinned
from wijkbeeld.output import occasions, releases
from wijkbeeld.output.drafts import Draft


def decided() -> pd.DataFrame:
    """Return the drafts that were decided upon, the newest first."""
    return fetch(
        "select kind, status, release_id, replaces, subject_id, publication, month, "
        "decided_at, decided_by, note from marts.fct_releases "
        "order by decided_at desc, draft limit 100"
    )


def waiting() -> list[Draft]:
    """Return what waits for a decision, the oldest first; nothing to residents."""
    return [] if pinned().role == "public" else releases.waiting()


def late() -> list[str]:
    """Say what was not ready in time; nothing to residents."""
    if pinned().role == "public":
        return []
    return occasions.told_late()

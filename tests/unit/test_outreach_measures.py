"""What was promised at briefings is done in time, or it is not (MEASURES B11)."""

import pandas as pd
import pytest

from wijkbeeld.measures import outreach_figures
from wijkbeeld.measures.cases import Span, number_of


def of_actions(*given):
    """Return the figures of a year up to October of actions.

    Args:
        given: Of each action its state, the day on which it was due, and the day on
            which it ended.
    """
    actions = pd.DataFrame(given, columns=["status", "due_date", "done_date"])
    actions["due_date"] = pd.to_datetime(actions["due_date"])
    actions["done_date"] = pd.to_datetime(actions["done_date"])
    actions["month"] = number_of(actions["due_date"])
    last = 2026 * 12 + 9
    rows = outreach_figures.of_actions(
        actions, Span(last - 11, last, frozenset({last}))
    )
    return rows[rows["month_count"] == 12]


def test_an_action_counts_once_in_the_month_in_which_it_was_due():
    rows = of_actions(
        *[("done", "2026-09-24", "2026-09-24")] * 12,
        *[("done", "2026-03-26", "2026-04-01")] * 4,
        *[("open", "2025-11-27", None)] * 4,
        ("done", "2025-10-30", "2025-10-01"),
    )
    [row] = rows.to_dict("records")
    assert row["measure"] == "actions_on_time_share"
    assert (row["event_count"], row["base_count"]) == (12, 20)
    assert row["figure_estimate"] == pytest.approx(0.6)
    assert not row["is_too_few"]


def test_what_was_dropped_by_its_date_was_no_longer_due():
    rows = of_actions(
        *[("done", "2026-09-24", "2026-09-10")] * 20,
        ("dropped", "2026-09-24", "2026-09-24"),
        ("dropped", "2026-09-24", "2026-09-25"),
    )
    [row] = rows.to_dict("records")
    assert (row["event_count"], row["base_count"]) == (20, 21)


def test_where_nothing_was_due_nothing_is_told():
    assert of_actions().empty
    assert of_actions(("dropped", "2026-09-24", "2026-09-01")).empty

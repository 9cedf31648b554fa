"""Other shapes move incidents that landed before, and all that was said of them."""

import numpy as np
import pytest
from tests.landing.offers import INCIDENTS, X, changed, offer, problems, shapes

from wijkbeeld import files
from wijkbeeld.landing import geography, incidents, record

SOURCE = "police__incidents"


def counts(landed) -> tuple[int, int]:
    known = record.read(SOURCE, landed.parquet.stem)
    return known.row_count, known.problem_count


def test_the_record_is_counted_anew(zone):
    landed = offer(SOURCE, INCIDENTS)
    assert counts(landed) == (4, 0)
    offer("cbs__buurten", shapes(2026, east=2.0), "2026-02-01__elders.geojson")
    assert problems(landed) == ["outside_area"] * 4
    assert counts(landed) == (4, 4)
    offer("cbs__buurten", shapes(2027), "2026-02-02__hier.geojson")
    assert counts(landed) == (4, 0)


def test_cut_short_between_record_and_rows_it_is_finished(zone, monkeypatch):
    landed = offer(SOURCE, INCIDENTS)
    whole = files.appearing

    def cut(target):
        if target == landed.parquet:
            raise KeyboardInterrupt
        return whole(target)

    monkeypatch.setattr(files, "appearing", cut)
    with pytest.raises(KeyboardInterrupt):
        offer("cbs__buurten", shapes(2026, east=2.0), "2026-02-01__elders.geojson")
    monkeypatch.undo()
    offer("cbs__buurten", shapes(2026, east=2.0), "2026-02-01__elders.geojson")
    assert problems(landed) == ["outside_area"] * 4
    assert counts(landed) == (4, 4)


def test_personal_data_is_a_problem_still_when_the_point_now_fits(zone):
    text = changed(
        SOURCE, 1, Object="06-12345678", **{"X-coördinaat": str(X + 137_000)}
    )
    landed = offer(SOURCE, text)
    assert problems(landed) == ["outside_area", None, None, None]
    offer("cbs__buurten", shapes(2026, east=2.0), "2026-02-01__elders.geojson")
    assert problems(landed)[0] == "personal_data_found"
    assert counts(landed) == (4, 4)
    offer("cbs__buurten", shapes(2027), "2026-02-02__hier.geojson")
    assert problems(landed) == ["outside_area", None, None, None]
    offer("cbs__buurten", shapes(2028, east=2.0), "2026-02-03__elders.geojson")
    assert problems(landed)[0] == "personal_data_found"


def test_degrees_are_placed_as_the_rd_that_is_kept(monkeypatch):
    class Halfway:
        def transform(self, *_):
            return np.array([75000.005]), np.array([452000.015])

    monkeypatch.setattr(geography, "to_rd", Halfway)
    degrees, none = np.array([4.2]), np.array([None])
    kept = incidents._in_rd(degrees, degrees, none, none, np.array([True]))
    placed = geography.rd_of(degrees, degrees)
    assert [float(axis[0]) for axis in kept] == [axis[0] for axis in placed]

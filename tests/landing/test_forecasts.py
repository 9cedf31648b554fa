"""Forecasts on the grid: places only, made before their time, never changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.landing.offers import SAMPLES, changed, landed, offer, problems, shapes

from wijkbeeld.landing.rejected import RejectedError

FORECASTS = "grid__forecasts"
NAME, SAMPLE = SAMPLES[FORECASTS]
HEADER, *ROWS = SAMPLE.splitlines()


@pytest.mark.parametrize(
    ("row", "values", "found"),
    [
        (1, {"model": ""}, ["missing_required_value", "bad_rank", None]),
        (1, {"theme": "roddel"}, ["unknown_code", "bad_rank", None]),
        (1, {"day_part": "schemering"}, ["unknown_code", "bad_rank", None]),
        (1, {"made_at": "gisteren"}, ["bad_date", None, None]),
        (1, {"made_at": "2026-09-02T00:00:00Z"}, ["date_out_of_range", None, None]),
        (1, {"made_at": "2026-08-31T00:00:01+02:00"},
         ["forecast_after_start", None, None]),
        (1, {"made_at": "2026-08-30T22:00:01Z"}, ["forecast_after_start", None, None]),
        (1, {"period_end": "2026-08-30"}, ["to_before_from", None, None]),
        (3, {"x_rd": "73626"}, [None, None, "off_grid"]),
        (3, {"y_rd": "452437.5"}, [None, None, "off_grid"]),
        (3, {"x_rd": "4.21", "y_rd": "52.05"}, [None, None, "bad_coordinates"]),
        (3, {"x_rd": "", "y_rd": "452375"}, [None, None, "bad_coordinates"]),
        (3, {"x_rd": "0", "y_rd": "0"}, [None, None, "bad_coordinates"]),
        (3, {"x_rd": "452375", "y_rd": "75875"}, [None, None, "swapped_axes"]),
        (3, {"x_rd": "west"}, [None, None, "bad_number"]),
        (3, {"score": ""}, [None, None, "missing_required_value"]),
        (3, {"score": "hoog"}, [None, None, "bad_number"]),
        (3, {"score": "-0.1"}, [None, None, "bad_number"]),
        (3, {"rank": "4"}, [None, None, "bad_rank"]),
        (3, {"rank": "2"}, [None, "bad_rank", "bad_rank"]),
        (1, {"rank": "0"}, ["bad_rank", "bad_rank", None]),
        (3, {"score": "0.04"}, [None, None, "bad_rank"]),
        (3, {"rank": "-3"}, [None, None, "negative_count"]),
        (3, {"is_flagged": "soms"}, [None, None, "bad_boolean"]),
    ],
)  # fmt: skip
def test_a_faulty_cell_names_its_problem(zone, row, values, found):
    assert problems(offer(FORECASTS, changed(FORECASTS, row, **values))) == found


def test_a_probability_above_one_is_no_number(zone):
    text = "\n".join([f"{HEADER};score_kind", *(f"{row};kans" for row in ROWS)])
    text = text.replace("0.0412", "1.2")
    assert problems(offer(FORECASTS, text)) == ["bad_number", None, None]


def test_a_relative_score_may_be_above_one(zone):
    text = changed(FORECASTS, 1, score="12")
    assert problems(offer(FORECASTS, text)) == [None, None, None]


def test_a_centre_is_shifted_to_the_corner(zone):
    text = changed(FORECASTS, 1, x_rd="73687.5", y_rd="451437.5")
    plain = landed(offer(FORECASTS, text), "x_rd, y_rd, cell_id, buurt_code")
    assert plain[0] == ("73625", "451375", "RD125_73625_451375", "BU05181481")


def test_the_dutch_headers_are_read_too(zone):
    header = (
        "model;versie;gemaakt_op;thema;periode_start;periode_eind;dagdeel;"
        "x_rd;y_rd;score;rang;gemarkeerd"
    )
    text = "\n".join([header, *ROWS])
    assert problems(offer(FORECASTS, text)) == [None, None, None]


def test_a_forecast_may_come_again_and_not_change(zone):
    offer(FORECASTS, SAMPLE)
    again = "\n".join([HEADER, *ROWS[::-1]])
    assert offer(FORECASTS, again, "2026-09-30__voorspelling.csv").problem_count == 0
    other = changed(FORECASTS, 3, score="0.0104")
    with pytest.raises(RejectedError, match="achteraf niet veranderen"):
        offer(FORECASTS, other, "2026-10-01__voorspelling.csv")
    newer = SAMPLE.replace(";1;2026", ";2;2026").replace("0.0105", "0.0104")
    assert offer(FORECASTS, newer, "2026-10-02__voorspelling.csv").problem_count == 0


@pytest.mark.parametrize(
    "header",
    [
        "nationaliteit", "Inkomen", "person_id", "Age", "naam_verdachte", "Voornaam",
        "aantal verdachten", "offender-id", "victim_age", "gem. inkomen", "e-mail",
    ],
)  # fmt: skip
def test_columns_about_persons_are_refused(zone, header):
    text = "\n".join([f"{HEADER};{header}", *(f"{row};1" for row in ROWS)])
    with pytest.raises(RejectedError, match="nooit over personen"):
        offer(FORECASTS, text)


@pytest.mark.parametrize("header", ["buurtnaam", "Wijk-naam", "model_name"])
def test_a_column_with_the_name_of_a_place_is_only_left_out(zone, header):
    text = "\n".join([f"{HEADER};{header}", *(f"{row};1" for row in ROWS)])
    assert problems(offer(FORECASTS, text)) == [None, None, None]


def test_a_list_of_the_top_is_told(zone):
    said = offer(FORECASTS, SAMPLE).warnings
    assert any("minder dan 100 cellen" in text for text in said)


def test_a_set_of_cells_that_differs_between_periods_is_told(zone):
    later = ROWS[0].replace("2026-08-31;2026-09-13", "2026-09-14;2026-09-27")
    said = offer(FORECASTS, "\n".join([HEADER, *ROWS, later])).warnings
    assert any("verschilt per periode" in text for text in said)


def test_a_cell_moves_to_another_buurt_when_the_shapes_do(zone):
    delivered = offer(FORECASTS, SAMPLE)
    assert landed(delivered, "buurt_code")[0] == ("BU05181481",)
    offer("cbs__buurten", shapes(2026, east=-0.004), "2027-01-01__buurten.geojson")
    assert landed(delivered, "buurt_code, _problem")[0] == ("BU05181492", None)


def test_a_forecast_waits_for_the_shapes(home):
    assert offer(FORECASTS, SAMPLE).status == "waits"


@given(
    ranks=st.lists(st.integers(1, 6), min_size=1, max_size=6),
    scores=st.lists(st.integers(0, 3), min_size=6, max_size=6),
)
@settings(deadline=None)
def test_a_ranking_is_right_or_names_a_bad_rank(ranks, scores):
    """The rule in SQL, held against the same said plainly."""
    import duckdb

    from wijkbeeld.landing import agreement

    source = agreement.source(FORECASTS)
    rows = list(zip(ranks, scores, strict=False))
    made = ", ".join(f"{sql} as {name}" for name, sql in source.made.items())
    values = ", ".join(f"('{rank}', '{score}')" for rank, score in rows)
    is_bad = duckdb.sql(
        f"select count(*) filter ({source.problems['bad_rank']}) > 0 from "
        f"(select *, {made} from (select *, 1 as model, 1 as model_version, "
        "1 as theme, 1 as period_start, 1 as day_part from "
        f"(values {values}) as rows (forecast_rank, score)))"
    ).fetchall()[0][0]
    ordered = [score for _, score in sorted(rows)]
    is_right = sorted(ranks) == list(range(1, len(ranks) + 1))
    assert is_bad is not (is_right and ordered == sorted(ordered, reverse=True))

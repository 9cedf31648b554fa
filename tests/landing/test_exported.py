"""The date of an export is what the delivery says, if that can be."""

from tests.landing.offers import PATROLS, landed, offer, problems

SOURCE = "watch__patrols"
AT = "_exported_on::varchar"


def with_column(*dates: str) -> str:
    lines = PATROLS.splitlines()
    added = ["peildatum", *dates]
    return "\n".join(f"{a};{b}" for a, b in zip(lines, added, strict=True)) + "\n"


def test_a_date_in_the_future_is_not_believed(zone):
    delivered = offer(SOURCE, PATROLS, "9999-12-31__rondes.csv")
    assert landed(delivered, AT)[0][0].startswith("2026-04-01")
    assert any("in de toekomst" in warning for warning in delivered.warnings)


def test_a_future_date_in_a_column_is_a_problem_of_its_row(zone):
    text = with_column("01-04-2026", "31-12-9999", "01-04-2026")
    delivered = offer(SOURCE, text, "rondes.csv")
    assert problems(delivered) == [None, "date_out_of_range", None]
    assert landed(delivered, AT)[0][0] == "2026-04-01 00:00:00"


def test_a_column_that_says_the_date_is_enough(zone):
    delivered = offer(SOURCE, with_column(*["31-03-2026"] * 3), "rondes.csv")
    assert landed(delivered, AT)[0][0] == "2026-03-31 00:00:00"
    assert not any("datum" in warning for warning in delivered.warnings)


def test_no_date_anywhere_is_a_warning(zone):
    warnings = offer(SOURCE, PATROLS, "rondes.csv").warnings
    assert any("heeft geen datum" in warning for warning in warnings)

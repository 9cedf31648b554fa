"""A decision is found by its number, whoever writes the number down."""

import re

from wijkbeeld.settings import settings

DECISIONS = sorted((settings().checkout / "docs" / "adr").glob("*.md"))


def test_the_heading_of_a_decision_has_the_number_of_its_file():
    headings = {
        path.name: path.read_text("utf-8").split("\n", 1)[0] for path in DECISIONS
    }
    wrong = {
        name: heading
        for name, heading in headings.items()
        if not re.fullmatch(rf"# {int(name[:4])}\. \S.*", heading)
    }
    assert wrong == {}


def test_each_number_is_of_one_decision_and_none_is_left_out():
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))

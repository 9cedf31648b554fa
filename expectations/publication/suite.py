"""The rules on the marts as a suite of Great Expectations."""

from collections.abc import Iterable

import great_expectations as gx
import great_expectations.expectations as gxe


def none_offending(rules: Iterable[str]) -> gx.ExpectationSuite:
    """Return the suite over the row that counts, per rule, what breaks it."""
    return gx.ExpectationSuite(
        name="publication",
        expectations=[
            gxe.ExpectColumnValuesToBeInSet(
                column=rule, value_set=[0], description=rule
            )
            for rule in rules
        ],
    )

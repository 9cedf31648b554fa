"""The rules on a mart as a suite of Great Expectations."""

import great_expectations as gx
import great_expectations.expectations as gxe

from expectations.publication.rule import Rule


def of(table: str, rules: tuple[Rule, ...]) -> gx.ExpectationSuite:
    """Return the suite over the frame that counts, per rule, what breaks it."""
    return gx.ExpectationSuite(
        name=table,
        expectations=[
            gxe.ExpectColumnValuesToBeInSet(
                column=rule.name, value_set=[0], description=rule.name
            )
            for rule in rules
        ],
    )

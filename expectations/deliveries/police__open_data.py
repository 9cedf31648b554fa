"""What a file of registered crimes from CBS and police must look like as a whole."""

import great_expectations as gx
import great_expectations.expectations as gxe

from expectations.deliveries import rules

TABLES = ("47022NED", "47018NED")
_PERIOD = r"^\d{4}(?:MM(?:0[1-9]|1[0-2])|KW0[1-4]|JJ00)$"


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file.

    No row is fine: the service answers so when a month is not published yet.
    """
    return gx.ExpectationSuite(
        name="police__open_data",
        expectations=[
            gxe.ExpectColumnValuesToBeInSet(
                column="table_number",
                value_set=TABLES,
                description="it is of another table than 47022NED (months) or "
                "47018NED (years); download one of these",
            ),
            gxe.ExpectColumnUniqueValueCountToBeBetween(
                column="table_number",
                max_value=1,
                description="it mixes two tables; deliver each by itself",
            ),
            gxe.ExpectColumnValuesToMatchRegex(
                column="period",
                regex=_PERIOD,
                mostly=0.95,
                description="the periods are no codes like 2024MM03; download the "
                "raw data (onbewerkte data), not the table with titles",
            ),
            rules.is_usable("download the raw data (onbewerkte data) again"),
        ],
    )

"""What a file of registered crimes from CBS and police must look like as a whole."""

import great_expectations as gx
import great_expectations.expectations as gxe

from expectations.deliveries import rules
from wijkbeeld.language import say

TABLES = ("47022NED", "47018NED", "47024NED")
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
                description=say(
                    "het bestand is van een andere tabel dan 47022NED (maanden), "
                    "47018NED (jaren) of 47024NED (overlast); download een van deze"
                ),
            ),
            gxe.ExpectColumnUniqueValueCountToBeBetween(
                column="table_number",
                max_value=1,
                description=say(
                    "het bestand bevat twee tabellen door elkaar; lever ze apart"
                ),
            ),
            gxe.ExpectColumnValuesToMatchRegex(
                column="period",
                regex=_PERIOD,
                mostly=0.95,
                description=say(
                    "de perioden zijn geen codes zoals 2024MM03; download "
                    "de onbewerkte data, niet de tabel met titels"
                ),
            ),
            rules.is_usable(say("download de onbewerkte data opnieuw")),
        ],
    )

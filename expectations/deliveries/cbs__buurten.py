"""What figures or shapes of the buurten must look like as a whole."""

import great_expectations as gx
import great_expectations.expectations as gxe

from expectations.deliveries import rules
from wijkbeeld import reference
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="cbs__buurten",
        expectations=[
            gxe.ExpectColumnDistinctValuesToContainSet(
                column="region_code",
                value_set=[buurt.buurt_code for buurt in reference.buurten()],
                description=say(
                    "het bestand mist buurten van het team; download de "
                    "hele gemeente GM0518"
                ),
            ),
            gxe.ExpectColumnValuesToNotBeNull(
                column="vintage_year",
                description=say(
                    "het bestand zegt niet van welk jaar het is; zet het "
                    "jaar in de naam van het bestand"
                ),
            ),
            gxe.ExpectColumnUniqueValueCountToBeBetween(
                column="vintage_year",
                max_value=1,
                description=say(
                    "het bestand bevat meer dan één jaar; lever elk jaar apart"
                ),
            ),
            rules.is_usable(say("download het bestand opnieuw bij het CBS of PDOK")),
        ],
    )

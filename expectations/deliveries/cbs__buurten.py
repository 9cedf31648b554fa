"""What figures or shapes of the buurten must look like as a whole."""

import great_expectations as gx
import great_expectations.expectations as gxe

from expectations.deliveries import rules
from wijkbeeld import reference


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="cbs__buurten",
        expectations=[
            gxe.ExpectColumnDistinctValuesToContainSet(
                column="region_code",
                value_set=[buurt.buurt_code for buurt in reference.buurten()],
                description="buurten of the team are missing; download the whole "
                "municipality GM0518",
            ),
            gxe.ExpectColumnValuesToNotBeNull(
                column="vintage_year",
                description="nothing says of which year it is; put the year in "
                "the name of the file",
            ),
            gxe.ExpectColumnUniqueValueCountToBeBetween(
                column="vintage_year",
                max_value=1,
                description="it mixes years; deliver each year by itself",
            ),
            rules.is_usable("download it again from CBS or PDOK"),
        ],
    )

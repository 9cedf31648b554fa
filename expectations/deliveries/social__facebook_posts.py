"""What an export of posts by Meta Business Suite must look like as a whole."""

import great_expectations as gx
import great_expectations.expectations as gxe

from expectations.deliveries import rules


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="social__facebook_posts",
        expectations=[
            rules.holds_rows("posts"),
            gxe.ExpectColumnValuesToMatchRegex(
                column="post_id",
                regex=r"^\d{5,}(?:_\d{5,})?$",
                mostly=0.5,
                description="most post ids are no ids; it was saved in Excel, "
                "use the file as Meta gave it",
            ),
            rules.is_usable(
                "see whether it is the export per post, of our own page, with "
                "lifetime figures"
            ),
        ],
    )

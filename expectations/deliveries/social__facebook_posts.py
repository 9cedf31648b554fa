"""What an export of posts by Meta Business Suite must look like as a whole."""

import great_expectations as gx
import great_expectations.expectations as gxe

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="social__facebook_posts",
        expectations=[
            rules.holds_rows(say("berichten")),
            gxe.ExpectColumnValuesToMatchRegex(
                column="post_id",
                regex=r"^\d{5,}(?:_\d{5,})?$",
                mostly=0.5,
                description=say(
                    "de meeste bericht-ID's zijn geen ID's; het bestand is opgeslagen "
                    "in Excel, gebruik het bestand zoals Meta het gaf"
                ),
            ),
            rules.is_usable(
                say(
                    "kijk of het de export per bericht is, van onze eigen pagina, met "
                    "cijfers over de hele levensduur"
                )
            ),
        ],
    )

"""What an export of posts by Meta Business Suite must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="social__facebook_posts",
        expectations=[
            rules.holds_rows(say("berichten")),
            rules.is_post_id(),
            rules.is_usable(
                say(
                    "kijk of het de export per bericht is, van onze eigen pagina, met "
                    "cijfers over de hele levensduur"
                )
            ),
        ],
    )

"""Rules that the agreements on several sources share."""

import great_expectations.expectations as gxe

from wijkbeeld.language import say

# One problem in five rows is a warning. A file of which not even one row in twenty
# can be used is another file than it says, or has a column under a wrong name.
_USABLE_SHARE = 0.05


def holds_rows(what: str) -> gxe.ExpectTableRowCountToBeBetween:
    """Expect at least one row; ``what`` names a row in the plural."""
    return gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        description=say(
            "het bestand bevat geen {what}; exporteer het opnieuw", what=what
        ),
    )


def is_post_id() -> gxe.ExpectColumnValuesToMatchRegex:
    """Expect ids of posts, for the greater part."""
    return gxe.ExpectColumnValuesToMatchRegex(
        column="post_id",
        regex=r"^\d{5,}(?:_\d{5,})?$",
        mostly=0.5,
        description=say(
            "de meeste bericht-ID's zijn geen ID's; het bestand is opgeslagen in "
            "Excel, gebruik het bestand zoals het is gedownload"
        ),
    )


def is_usable(likely: str) -> gxe.ExpectColumnValuesToBeNull:
    """Expect some rows without a problem; ``likely`` says what to look at first."""
    return gxe.ExpectColumnValuesToBeNull(
        column="_problem",
        mostly=_USABLE_SHARE,
        description=say("bijna elke rij heeft een probleem; {likely}", likely=likely),
    )

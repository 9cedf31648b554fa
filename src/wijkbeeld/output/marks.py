"""What stands on every page of what leaves the house: whose it is, and for whom."""

from wijkbeeld.language import say
from wijkbeeld.output.slide import Presentation


def mark(presentation: Presentation) -> str:
    """Return what stands with every figure that is of demo deliveries."""
    return "DEMODATA" if presentation.has_demo else ""


def invented() -> str:
    """Return the sentence under figures that are of demo deliveries."""
    return say("DEMODATA: deze cijfers zijn verzonnen.")


def for_the_police() -> str:
    """Return what stands on every page that residents may not see."""
    return say("Alleen voor de politie")


def source(presentation: Presentation) -> str:
    """Return where the figures come from."""
    return say("Wijkbeeld, publicatie {name}", name=presentation.publication)


def footer(presentation: Presentation) -> str:
    """Return what stands under every page."""
    warning = "" if presentation.role == "public" else for_the_police()
    return " · ".join(
        filter(
            None,
            [
                mark(presentation),
                warning,
                presentation.team,
                presentation.title,
                source(presentation),
            ],
        )
    )

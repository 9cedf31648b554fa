"""Why a delivery is refused."""


class RejectedError(ValueError):
    """The file is not what was agreed: which rule it breaks, and the remedy.

    The message is "rule; remedy". Who handles the file puts its name in front.
    """

"""What a benchmark hands to the table."""

from typing import NamedTuple


class Figure(NamedTuple):
    """One measured figure; a ratio has the unit ``×``."""

    what: str
    value: float
    unit: str
    how: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def holds(self) -> bool:
        """Tell whether the figure is within its bound; without a bound it is."""
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    def cells(self) -> tuple[str, str, str, str, str]:
        """Return the row of the table."""
        bound = (
            f"≤ {self.at_most:g} {self.unit}"
            if self.at_most is not None
            else f"≥ {self.at_least:g} {self.unit}"
            if self.at_least is not None
            else ""
        )
        verdict = ("yes" if self.holds else "NO") if bound else ""
        return (self.what, f"{self.value:.3g} {self.unit}", bound, verdict, self.how)

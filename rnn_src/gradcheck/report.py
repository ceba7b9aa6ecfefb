"""The result of a gradient check: a verdict on each parameter, and the table."""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite


class Verdict(StrEnum):
    """What the check says about one gradient.

    Attributes
    ----------
    RIGHT, WRONG
        The relative error is below the tolerance, or not.
    ALL_ZERO
        It says nothing: all entries of both gradients are zero.
    TOO_FLAT
        It says nothing: the gradient is so small that rounding could reach the
        tolerance, and the difference may be rounding.
    TOO_SMALL
        The two agree, and it says nothing: some matrix has no weight that
        reaches 0.1.
    """

    RIGHT = "right"
    WRONG = "WRONG"
    ALL_ZERO = "all zero"
    TOO_FLAT = "gradient too small"
    TOO_SMALL = "weights too small"


@dataclass(frozen=True, kw_only=True)
class Row:
    """What the check found for one parameter.

    Attributes
    ----------
    name : str
    error : float
        The relative error; `inf` if the gradient is not finite.
    index : tuple of int
        The entry where the two gradients differ most.
    analytic, numeric : float
        The two gradients at that entry, in nats per unit of the weight.
    verdict : Verdict
    """

    name: str
    error: float
    index: tuple[int, ...]
    analytic: float
    numeric: float
    verdict: Verdict

    @property
    def ok(self) -> bool:
        """True if the gradient was found right."""
        return self.verdict is Verdict.RIGHT

    def cells(self, tolerance: float) -> tuple[str, ...]:
        """The row of the table, as texts.

        An error below the tolerance is rounding, which differs from machine to
        machine: neither its digits nor its place are shown.
        """
        if self.verdict is Verdict.ALL_ZERO:
            return self.name, "0/0", "", "", "", self.verdict
        if self.verdict is Verdict.TOO_FLAT:
            return self.name, "rounding", "", "", "", self.verdict
        if self.error < tolerance:
            return self.name, f"< {tolerance:g}", "", "", "", self.verdict
        pair = self.analytic, self.numeric
        if isfinite(self.error):
            largest_entry = abs(self.analytic - self.numeric) / self.error
            pair = (round_to(value, tolerance * largest_entry) for value in pair)
        return (
            self.name,
            f"{self.error:.1e}",
            str(list(self.index)),
            *(f"{value:.4g}" for value in pair),
            self.verdict,
        )


def round_to(value: float, unit: float) -> float:
    """The value to the nearest multiple of a unit; a zero has no sign.

    Digits below the tolerance differ from machine to machine, and the tables in
    the book are compared literally: 1e-12 has to be printed as 0.
    """
    return round(value / unit) * unit + 0.0


@dataclass(frozen=True, kw_only=True)
class Report:
    """The verdicts of a check; print it to read them.

    Attributes
    ----------
    rows : tuple of Row, one for each parameter
    tolerance : float
        Upper bound on the relative error of a correct gradient.
    """

    rows: tuple[Row, ...]
    tolerance: float

    @property
    def ok(self) -> bool:
        """True if every single gradient was found right."""
        return all(row.ok for row in self.rows)

    def __str__(self) -> str:
        heads = ("", "error", "worst at", "analytic", "numeric", "verdict")
        table = [heads, *(row.cells(self.tolerance) for row in self.rows)]
        columns = [
            [cell.ljust(max(map(len, column))) for cell in column]
            for column in zip(*table, strict=True)
            if any(column[1:])  # nothing is "worst" where all is right
        ]
        lines = ["  ".join(cells).rstrip() for cells in zip(*columns, strict=True)]
        return "\n".join([*lines, self.summary()])

    def summary(self) -> str:
        """All verdicts in a sentence."""
        if self.ok:
            return "Every gradient is right."
        found = {row.verdict for row in self.rows}
        if Verdict.WRONG in found:
            return "A gradient is wrong."
        silent = [v for v in Verdict if v in found and v is not Verdict.RIGHT]
        return "; ".join(f"{v}: says nothing" for v in silent).capitalize() + "."

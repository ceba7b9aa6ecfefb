"""The verdict of a gradient check, as rows that can be read and printed."""

from dataclasses import dataclass
from math import isfinite

RIGHT = "right"
WRONG = "WRONG"
ALL_ZERO = "all zero: says nothing"
TOO_SMALL = "weights too small: says nothing"
TOO_FLAT = "gradient too small: says nothing"
LARGE_ENOUGH = 0.1  # the size that a weight of each matrix must reach
ROUNDING = 5e-16  # of a loss, as a part of it; below 1 nat, in nats


@dataclass(frozen=True)
class Row:
    """What the check found for one parameter.

    Attributes
    ----------
    name : str
    error : float
        The relative error; `inf` if the gradient is not finite.
    index : tuple of int
        The entry where the two gradients lie furthest apart.
    analytic, numeric : float
        The two gradients at that entry, in nats per unit of the weight.
    verdict : str
        `RIGHT`, `WRONG`, `ALL_ZERO`, `TOO_SMALL` or `TOO_FLAT`.
    """

    name: str
    error: float
    index: tuple[int, ...]
    analytic: float
    numeric: float
    verdict: str

    def cells(self, tolerance: float) -> tuple[str, ...]:
        """The row as texts.

        An error below the tolerance is rounding, and rounding differs from
        machine to machine: its digits, and where it is worst, are not shown.
        """
        verdict = self.verdict.partition(":")[0]
        if self.verdict in (ALL_ZERO, TOO_FLAT):
            ratio = "0/0" if self.verdict == ALL_ZERO else "rounding"
            return self.name, ratio, "", "", "", verdict
        if self.error < tolerance:
            return self.name, f"< {tolerance:g}", "", "", "", verdict
        pair = [self.analytic, self.numeric]
        if isfinite(self.error):  # a zero of the numeric gradient is 1e-12
            unit = tolerance * abs(pair[0] - pair[1]) / self.error
            pair = [round(value / unit) * unit for value in pair]
        return (
            self.name,
            f"{self.error:.1e}",
            str(list(self.index)),
            *(f"{value + 0.0:.4g}" for value in pair),
            verdict,
        )


@dataclass(frozen=True)
class Report:
    """The verdicts of a check; print it to read them.

    Attributes
    ----------
    rows : tuple of Row, one for each parameter
    tolerance : float
        Where the relative error of a right gradient has to stay below.
    """

    rows: tuple[Row, ...]
    tolerance: float

    @property
    def ok(self) -> bool:
        """True if every single gradient was found right."""
        return all(row.verdict == RIGHT for row in self.rows)

    def __str__(self) -> str:
        heads = ("", "error", "worst at", "analytic", "numeric", "verdict")
        table = [heads, *(row.cells(self.tolerance) for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        lines = [
            "  ".join(
                cell.ljust(width) for cell, width in zip(cells, widths, strict=True)
            ).rstrip()
            for cells in table
        ]
        verdicts = {row.verdict for row in self.rows} - {RIGHT}
        last = (
            "A gradient is wrong."
            if WRONG in verdicts
            else "; ".join(sorted(verdicts)) + "."
            if verdicts
            else "Every gradient is right."
        )
        return "\n".join([*lines, last[0].upper() + last[1:]])

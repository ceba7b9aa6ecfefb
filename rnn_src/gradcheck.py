"""Is this gradient right? Nudge every weight, and see what the loss does.

Parameters are a mapping from names to nested lists of floats or to float64
arrays, and `loss` is a function without arguments that reads those same lists
or arrays: `check_gradients(lambda: loss(p), vars(p), gradients)`.
"""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isclose, isfinite

import numpy as np

Parameter = list | np.ndarray
Shape = tuple[int, ...]
Loss = Callable[[], float]

RIGHT = "right"
WRONG = "WRONG"
ALL_ZERO = "all zero: says nothing"
TOO_SMALL = "weights too small: says nothing"
LARGE_ENOUGH = 0.1      # the size that at least one weight must have


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
        `RIGHT`, `WRONG`, `ALL_ZERO` or `TOO_SMALL`.
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
        if self.verdict == ALL_ZERO:
            return self.name, "0/0", "", "", "", verdict
        if self.error < tolerance:
            return self.name, f"< {tolerance:g}", "", "", "", verdict
        pair = [self.analytic, self.numeric]
        if isfinite(self.error):    # a zero of the numeric gradient is 1e-12
            unit = tolerance * abs(pair[0] - pair[1]) / self.error
            pair = [round(value / unit) * unit for value in pair]
        return (self.name, f"{self.error:.1e}", str(list(self.index)),
                *(f"{value + 0.0:.4g}" for value in pair), verdict)


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
        lines = ["  ".join(cell.ljust(width) for cell, width
                           in zip(cells, widths, strict=True)).rstrip()
                 for cells in table]
        verdicts = {row.verdict for row in self.rows} - {RIGHT}
        last = ("A gradient is wrong." if WRONG in verdicts else
                "; ".join(sorted(verdicts)) + "." if verdicts else
                "Every gradient is right.")
        return "\n".join([*lines, last[0].upper() + last[1:]])


def shape_of(name: str, values: Parameter | float) -> Shape:
    """The shape of an array or of nested lists; () for a number.

    Raises
    ------
    ValueError
        If it is empty, ragged, or not in float64.
    """
    if isinstance(values, np.ndarray):
        if values.dtype != np.float64:
            raise ValueError(
                f"{name} has dtype {values.dtype}; expected float64: two "
                "nearly equal losses are subtracted, and what is left of "
                "fewer digits is rounding (use .astype(np.float64))")
        shape = values.shape
    elif isinstance(values, list):
        shapes = [shape_of(f"{name}[{i}]", row)
                  for i, row in enumerate(values)]
        if len(set(shapes)) > 1:
            raise ValueError(f"{name} has entries of shapes {shapes}; "
                             "expected equal ones")
        shape = (len(values), *(shapes[0] if shapes else ()))
    elif isinstance(values, (float, int)) and not isinstance(values, bool):
        return ()
    else:
        raise ValueError(f"{name} is {values!r}, of type "
                         f"{type(values).__name__}; expected floats of "
                         "Python, in lists, or an array of float64")
    if 0 in shape:
        raise ValueError(f"{name} has shape {shape}; expected at least one "
                         "entry")
    return shape


def shapes_of(parameters: Mapping[str, Parameter]) -> dict[str, Shape]:
    """The shape of each parameter; a ValueError if it cannot be nudged."""
    if not parameters:
        raise ValueError("parameters is empty; expected at least one name")
    for name, values in parameters.items():
        if isinstance(values, (float, int)):
            raise ValueError(f"{name} is {values!r}, a bare number; expected "
                             "a list or an array, to be changed in place")
    return {name: shape_of(name, values)
            for name, values in parameters.items()}


def positive(name: str, value: float) -> None:
    """A ValueError unless the value is a finite number above 0."""
    if not (isfinite(value) and value > 0):
        raise ValueError(f"{name} is {value}; expected a positive number")


def measured(loss: Loss) -> float:
    """The loss now, in nats.

    Raises
    ------
    ValueError
        If it is not one finite number, or was computed in float32.
    """
    value = loss()
    found = np.asarray(value)
    exact = found.dtype == np.float64 or found.dtype.kind in "iu"
    if found.ndim or not exact or not np.isfinite(found):
        raise ValueError(f"loss gave {value!r}; expected one finite number, "
                         "in float64")
    return float(found)


def central_differences(loss: Loss, values: Parameter, shape: Shape,
                        epsilon: float) -> np.ndarray:
    """The slope of the loss along every entry of one parameter, by nudging.

    Implements :eq:`eq-central-difference`. Each entry is given back exactly as
    it was, even if `loss` raises.
    """
    slopes = np.empty(shape)
    for index in np.ndindex(shape):
        row, key = values, index    # an array takes the whole index at once
        if isinstance(values, list):
            for i in index[:-1]:
                row = row[i]
            key = index[-1]
        kept = row[key]
        try:
            row[key] = kept + epsilon
            above = measured(loss)
            row[key] = kept - epsilon
            below = measured(loss)
        finally:
            row[key] = kept
        slopes[index] = (above - below) / (2 * epsilon)
    return slopes


def numeric_gradient(loss: Loss, parameters: Mapping[str, Parameter],
                     epsilon: float = 1e-5) -> dict[str, Parameter]:
    """The gradient of the loss by central differences: slow, and hard to fool.

    Implements :eq:`eq-central-difference` for every entry of every parameter.

    Parameters
    ----------
    loss : function without arguments
        Computes the loss, in nats, from the very lists or arrays that
        `parameters` holds: they are changed in place, and changed back.
    parameters : mapping from names to nested lists or float64 arrays
    epsilon : float
        How far each entry is nudged, up and down.

    Returns
    -------
    dict
        For each name, lists or an array of the shape of the parameter.

    Raises
    ------
    ValueError
        If a parameter is empty, ragged or not in float64, `epsilon` is not
        positive, or `loss` is not one finite number or changes by itself.
    """
    positive("epsilon", epsilon)
    shapes = shapes_of(parameters)
    before = measured(loss)
    slopes = {name: central_differences(loss, values, shapes[name], epsilon)
              for name, values in parameters.items()}
    after = measured(loss)
    if not isclose(before, after, rel_tol=1e-9, abs_tol=1e-12):
        raise ValueError(f"loss was {before} and is {after} for the same "
                         "parameters; expected no chance, no update and no "
                         "memory inside it")
    return {name: found if isinstance(parameters[name], np.ndarray)
            else found.tolist() for name, found in slopes.items()}


def relative_error(analytic: Parameter, numeric: Parameter) -> float:
    """How far two gradients of one parameter lie apart.

    Implements :eq:`eq-relative-error`: the largest difference between two
    entries, divided by the largest entry of either gradient. One figure for
    the parameter, not one for each entry: an entry that is zero in truth is
    rounding in the numeric gradient, and 100 % off if taken alone.

    Parameters
    ----------
    analytic, numeric : lists or arrays of one shape

    Returns
    -------
    float
        From 0 to 2; 0 if all entries of both are zero, and `inf` if one is
        not finite.

    Raises
    ------
    ValueError
        If the shapes differ, or an array is not in float64.
    """
    shapes = shape_of("analytic", analytic), shape_of("numeric", numeric)
    if shapes[0] != shapes[1]:
        raise ValueError(f"analytic has shape {shapes[0]} and numeric has "
                         f"shape {shapes[1]}; expected equal shapes")
    a, n = np.asarray(analytic, dtype=float), np.asarray(numeric, dtype=float)
    if not (np.isfinite(a).all() and np.isfinite(n).all()):
        return float("inf")
    largest = max(np.abs(a).max(), np.abs(n).max())
    return float(np.abs(a - n).max() / largest) if largest > 0 else 0.0


def check_gradients(loss: Loss, parameters: Mapping[str, Parameter],
                    gradients: Mapping[str, Parameter], epsilon: float = 1e-5,
                    tolerance: float = 1e-6) -> Report:
    """Hold gradients against central differences, and pass a verdict on each.

    A gradient is right if its :eq:`eq-relative-error` is below the tolerance.
    Two cases are neither right nor wrong. If all entries of both gradients are
    zero, any formula that multiplies by that zero would agree. And if no
    weight reaches a size of 0.1, tanh is a straight line as far as the network
    can see: its derivative is 1 whatever is written for it, and several wrong
    gradients agree to one part in a thousand and better. Draw weights of size
    one for a check, whatever size training starts from.

    Parameters
    ----------
    loss, parameters, epsilon
        As in `numeric_gradient`.
    gradients : mapping from the names of `parameters` to lists or arrays
        What is to be checked, in nats per unit of the weight.
    tolerance : float

    Raises
    ------
    ValueError
        If the names or the shapes of gradients and parameters differ,
        `tolerance` is not positive; and what `numeric_gradient` refuses.
    """
    positive("tolerance", tolerance)
    refuse_mismatch(shapes_of(parameters), gradients)
    # Copied first: a loss may write new gradients into the buffers of these.
    analytic = {name: np.array(gradients[name], dtype=float)
                for name in parameters}
    numeric = numeric_gradient(loss, parameters, epsilon)
    largest = max(np.abs(values).max() for values in parameters.values())
    return Report(tuple(
        judged(name, analytic[name], np.asarray(numeric[name]), tolerance,
               too_small=largest < LARGE_ENOUGH) for name in parameters),
        tolerance)


def judged(name: str, analytic: np.ndarray, numeric: np.ndarray,
           tolerance: float, too_small: bool) -> Row:
    """The row of one parameter: its error, its worst entry, its verdict."""
    error = relative_error(analytic, numeric)
    worst = np.unravel_index(np.argmax(np.abs(analytic - numeric)),
                             numeric.shape)
    if not (analytic.any() or numeric.any()):
        verdict = ALL_ZERO
    elif too_small:
        verdict = TOO_SMALL
    else:
        verdict = RIGHT if error < tolerance else WRONG
    return Row(name, error, tuple(int(i) for i in worst),
               float(analytic[worst]), float(numeric[worst]), verdict)


def refuse_mismatch(shapes: Mapping[str, Shape],
                    gradients: Mapping[str, Parameter]) -> None:
    """A ValueError unless each parameter has a gradient of its shape."""
    if set(gradients) != set(shapes):
        raise ValueError(f"gradients has the names {sorted(gradients)}; "
                         f"expected those of parameters, {sorted(shapes)}")
    for name, expected in shapes.items():
        found = shape_of(f"the gradient of {name}", gradients[name])
        if found != expected:
            raise ValueError(f"the gradient of {name} has shape {found}; "
                             f"expected {expected}, as {name} itself")

"""Compare gradients with central differences, and give a verdict on each."""

from collections.abc import Mapping

import numpy as np

from rnn_src.checks import positive
from rnn_src.gradcheck.differences import (
    Loss,
    Parameter,
    Shape,
    evaluate,
    numeric_gradient,
    relative_error,
    shape_of,
    shapes_of,
)
from rnn_src.gradcheck.report import Report, Row, Verdict

LARGE_ENOUGH = 0.1  # the size that a weight of each matrix must reach
ROUNDING = 5e-16  # of a loss, as a part of it; below 1 nat, in nats
BEYOND_ROUNDING = 10  # so many times the rounding is no rounding


def check_gradients(
    loss: Loss,
    parameters: Mapping[str, Parameter],
    gradients: Mapping[str, Parameter],
    epsilon: float = 1e-5,
    tolerance: float = 1e-6,
) -> Report:
    """Compare gradients with central differences, and give a verdict on each.

    A gradient is wrong if its :eq:`eq-relative-error` reaches the tolerance and
    rounding cannot be the reason. If it does not, the gradient is right, but for
    three cases in which agreement says nothing. If all entries of both gradients
    are zero, any formula that multiplies by that zero would agree. If they are
    so small that rounding alone could exceed the tolerance, as in a network
    whose predictions are certain and correct, only a difference far beyond
    rounding counts; this rounding grows with the loss, and with 1 / epsilon. And
    if a matrix has no weight of size 0.1 or more, tanh may be a straight line as
    far as the network can see: its derivative is close to 1 whatever the code
    says, and several wrong gradients agree to one part in a thousand or better.
    For a check, draw weights of size one, whatever size training starts from.

    Parameters
    ----------
    loss, parameters, epsilon
        As in `numeric_gradient`.
    gradients : mapping from the names of `parameters` to lists or arrays
        The gradients to check, in nats per unit of the weight.
    tolerance : float
        Upper bound on the relative error of a correct gradient.

    Raises
    ------
    ValueError
        If the names or the shapes of gradients and parameters differ, if
        `tolerance` is not positive, or if `numeric_gradient` raises one.
    """
    positive("tolerance", tolerance)
    refuse_mismatch(shapes_of(parameters), gradients)
    # Copied first: a loss may write new gradients into the buffers of these.
    analytic = {name: np.array(gradients[name], dtype=float) for name in parameters}
    numeric = numeric_gradient(loss, parameters, epsilon)
    rounding = ROUNDING * max(1.0, abs(evaluate(loss))) / epsilon
    too_small = weights_too_small(parameters)
    return Report(
        rows=tuple(
            compare(
                name,
                analytic[name],
                np.asarray(numeric[name]),
                tolerance=tolerance,
                too_small=too_small,
                rounding=rounding,
            )
            for name in parameters
        ),
        tolerance=tolerance,
    )


def weights_too_small(parameters: Mapping[str, Parameter]) -> bool:
    """Whether some matrix has no weight that reaches `LARGE_ENOUGH`."""
    arrays = [np.abs(values) for values in parameters.values()]
    # Large biases do not make up for small matrices: by, for one, never enters
    # tanh. They count only if there is nothing else.
    if matrices := [array.max() for array in arrays if array.ndim > 1]:
        return min(matrices) < LARGE_ENOUGH
    return max(array.max() for array in arrays) < LARGE_ENOUGH


def compare(
    name: str,
    analytic: np.ndarray,
    numeric: np.ndarray,
    *,
    tolerance: float,
    too_small: bool,
    rounding: float,
) -> Row:
    """The row of one parameter: its error, its worst entry, its verdict."""
    error = relative_error(analytic, numeric)
    worst = worst_entry(analytic, numeric)
    largest = max(np.abs(analytic).max(), np.abs(numeric).max())
    too_flat = largest < rounding / tolerance
    # Agreement may be worth nothing; a difference beyond rounding is worth a look.
    if largest == 0:
        verdict = Verdict.ALL_ZERO
    elif too_flat and error * largest < BEYOND_ROUNDING * rounding:
        verdict = Verdict.TOO_FLAT
    elif error >= tolerance:
        verdict = Verdict.WRONG
    else:
        verdict = Verdict.TOO_SMALL if too_small else Verdict.RIGHT
    return Row(
        name=name,
        error=error,
        index=worst,
        analytic=float(analytic[worst]),
        numeric=float(numeric[worst]),
        verdict=verdict,
    )


def worst_entry(analytic: np.ndarray, numeric: np.ndarray) -> tuple[int, ...]:
    """The first of the entries that differ most."""
    differences = np.nan_to_num(np.abs(analytic - numeric), nan=np.inf)
    # In a transpose they come in pairs, and rounding, which no two machines
    # share, would choose between them.
    most = differences >= differences.max() * (1 - 1e-6)
    return tuple(map(int, np.unravel_index(np.argmax(most), numeric.shape)))


def refuse_mismatch(
    shapes: Mapping[str, Shape], gradients: Mapping[str, Parameter]
) -> None:
    """A ValueError unless each parameter has a gradient of its shape."""
    if set(gradients) != set(shapes):
        raise ValueError(
            f"gradients has the names {sorted(gradients)}; "
            f"expected those of parameters, {sorted(shapes)}"
        )
    for name, expected in shapes.items():
        found = shape_of(f"the gradient of {name}", gradients[name])
        if found != expected:
            raise ValueError(
                f"the gradient of {name} has shape {found}; "
                f"expected {expected}, as {name} itself"
            )

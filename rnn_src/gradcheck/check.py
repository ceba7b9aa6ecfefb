"""Gradients held against central differences, with a verdict for each."""

from collections.abc import Mapping

import numpy as np

from rnn_src.checks import positive
from rnn_src.gradcheck.differences import (
    Loss,
    Parameter,
    Shape,
    measured,
    numeric_gradient,
    relative_error,
    shape_of,
    shapes_of,
)
from rnn_src.gradcheck.report import (
    ALL_ZERO,
    LARGE_ENOUGH,
    RIGHT,
    ROUNDING,
    TOO_FLAT,
    TOO_SMALL,
    WRONG,
    Report,
    Row,
)


def check_gradients(
    loss: Loss,
    parameters: Mapping[str, Parameter],
    gradients: Mapping[str, Parameter],
    epsilon: float = 1e-5,
    tolerance: float = 1e-6,
) -> Report:
    """Hold gradients against central differences, and pass a verdict on each.

    A gradient is right if its :eq:`eq-relative-error` is below the tolerance.
    Three cases are neither right nor wrong. If all entries of both gradients
    are zero, any formula that multiplies by that zero would agree. If they are
    so small that rounding alone could reach the tolerance, as in a network
    that is sure and right, a right gradient could look wrong; the rounding
    grows with the loss, and with 1 / epsilon. And if a matrix
    has no weight that reaches a size of 0.1, tanh may be a straight line as far
    as the network can see: its derivative is 1 whatever is written for it, and
    several wrong gradients agree to one part in a thousand and better. Draw
    weights of size one for a check, whatever size training starts from.

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
    analytic = {name: np.array(gradients[name], dtype=float) for name in parameters}
    numeric = numeric_gradient(loss, parameters, epsilon)
    rounding = ROUNDING * max(1.0, abs(measured(loss))) / epsilon
    # A bias cannot stand in for a matrix: by, for one, never enters tanh.
    sizes = {name: np.abs(values).max() for name, values in parameters.items()}
    matrices = [sizes[name] for name in sizes if analytic[name].ndim > 1]
    reached = min(matrices) if matrices else max(sizes.values())
    return Report(
        tuple(
            judged(
                name,
                analytic[name],
                np.asarray(numeric[name]),
                tolerance,
                rounding,
                too_small=reached < LARGE_ENOUGH,
            )
            for name in parameters
        ),
        tolerance,
    )


def judged(
    name: str,
    analytic: np.ndarray,
    numeric: np.ndarray,
    tolerance: float,
    rounding: float,
    too_small: bool,
) -> Row:
    """The row of one parameter: its error, its worst entry, its verdict."""
    error = relative_error(analytic, numeric)
    # The first of those that differ most: in a transpose they come in pairs,
    # and rounding, which no two machines share, would choose between them.
    differences = np.nan_to_num(np.abs(analytic - numeric), nan=np.inf)
    most = differences >= differences.max() * (1 - 1e-6)
    worst = np.unravel_index(np.argmax(most), numeric.shape)
    largest = max(np.abs(analytic).max(), np.abs(numeric).max())
    if largest == 0:
        verdict = ALL_ZERO
    elif too_small:
        verdict = TOO_SMALL
    elif largest < rounding / tolerance:
        verdict = TOO_FLAT
    else:
        verdict = RIGHT if error < tolerance else WRONG
    return Row(
        name,
        error,
        tuple(int(i) for i in worst),
        float(analytic[worst]),
        float(numeric[worst]),
        verdict,
    )


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

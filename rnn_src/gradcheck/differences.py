"""Central differences over any parameters, and how much two gradients differ."""

from collections.abc import Callable, Mapping
from math import isclose

import numpy as np

from rnn_src.checks import positive

Parameter = list | np.ndarray
Loss = Callable[[], float]
Shape = tuple[int, ...]


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
                "nearly equal losses are subtracted, and with fewer "
                "digits only rounding is left (use .astype(np.float64))"
            )
        shape = values.shape
    elif isinstance(values, list):
        shapes = [shape_of(f"{name}[{i}]", row) for i, row in enumerate(values)]
        if len(set(shapes)) > 1:
            raise ValueError(
                f"{name} has entries of shapes {shapes}; expected equal ones"
            )
        shape = (len(values), *(shapes[0] if shapes else ()))
    elif isinstance(values, (float, int)) and not isinstance(values, bool):
        return ()
    else:
        raise ValueError(
            f"{name} is {values!r}, of type "
            f"{type(values).__name__}; expected Python "
            "floats, in lists, or an array of float64"
        )
    if 0 in shape:
        raise ValueError(f"{name} has shape {shape}; expected at least one entry")
    return shape


def shapes_of(parameters: Mapping[str, Parameter]) -> dict[str, Shape]:
    """The shape of each parameter; a ValueError if it cannot be nudged."""
    if not parameters:
        raise ValueError("parameters is empty; expected at least one name")
    for name, values in parameters.items():
        if isinstance(values, (float, int)):
            raise ValueError(
                f"{name} is {values!r}, a bare number; expected "
                "a list or an array, to be changed in place"
            )
    return {name: shape_of(name, values) for name, values in parameters.items()}


def evaluate(loss: Loss) -> float:
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
        raise ValueError(f"loss gave {value!r}; expected one finite number, in float64")
    return float(found)


def central_differences(
    loss: Loss, values: Parameter, shape: Shape, epsilon: float
) -> np.ndarray:
    """The slope of the loss along every entry of one parameter, by nudging.

    Implements :eq:`eq-central-difference`. Each entry is restored exactly, even
    if `loss` raises.
    """
    slopes = np.empty(shape)
    for index in np.ndindex(shape):
        row, key = values, index  # an array takes the whole index at once
        if isinstance(values, list):
            for i in index[:-1]:
                row = row[i]
            key = index[-1]
        original = row[key]
        try:
            row[key] = original + epsilon
            above = evaluate(loss)
            row[key] = original - epsilon
            below = evaluate(loss)
        finally:
            row[key] = original
        slopes[index] = (above - below) / (2 * epsilon)
    return slopes


def numeric_gradient(
    loss: Loss, parameters: Mapping[str, Parameter], epsilon: float = 1e-5
) -> dict[str, Parameter]:
    """The gradient of the loss by central differences: slow, and hard to fool.

    Implements :eq:`eq-central-difference` for every entry of every parameter.

    Parameters
    ----------
    loss : function without arguments
        Computes the loss, in nats, from the same lists or arrays that
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
    before = evaluate(loss)
    slopes = {
        name: central_differences(loss, values, shapes[name], epsilon)
        for name, values in parameters.items()
    }
    after = evaluate(loss)
    if not isclose(before, after, rel_tol=1e-9, abs_tol=1e-12):
        raise ValueError(
            f"loss was {before} and is {after} for the same "
            "parameters; expected a loss that draws no random "
            "numbers, updates nothing and remembers nothing"
        )
    return {
        name: found if isinstance(parameters[name], np.ndarray) else found.tolist()
        for name, found in slopes.items()
    }


def relative_error(analytic: Parameter, numeric: Parameter) -> float:
    """How much two gradients of one parameter differ.

    Implements :eq:`eq-relative-error`: the largest difference between two
    entries, divided by the largest entry of either gradient. One figure for
    the parameter, not one for each entry: an entry that should be zero is
    rounding in the numeric gradient, and 100 % off if taken by itself.

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
        raise ValueError(
            f"analytic has shape {shapes[0]} and numeric has "
            f"shape {shapes[1]}; expected equal shapes"
        )
    a, n = np.asarray(analytic, dtype=float), np.asarray(numeric, dtype=float)
    if not (np.isfinite(a).all() and np.isfinite(n).all()):
        return float("inf")
    largest = max(np.abs(a).max(), np.abs(n).max())
    return float(np.abs(a - n).max() / largest) if largest > 0 else 0.0

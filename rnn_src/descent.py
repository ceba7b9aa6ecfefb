"""Rules of descent: from a gradient to the direction of a step.

A rule is called with the gradient of all parameters as one vector and returns
what the learning rate multiplies. It remembers: one rule for one network.
"""

import numpy as np

from rnn_src.checks import finite_floats, positive


class Momentum:
    """A step along the sum of all gradients so far, the old ones faded.

    Implements :eq:`eq-momentum`.

    Parameters
    ----------
    beta : float, from 0 to below 1
        What is left of the sum after a step. Gradients that agree add up to
        1 / (1 - beta) times one of them.

    Attributes
    ----------
    state : dict of arrays
        What has to be kept to go on: empty before the first step.
    """

    def __init__(self, beta: float = 0.9):
        self.beta, self.state = fraction("beta", beta), {}

    def __call__(self, gradient: np.ndarray) -> np.ndarray:
        """The direction, shape and dtype of `gradient`; in nats per unit."""
        (v,) = remembered(self.state, gradient, "v")
        v[:] = self.beta * v + gradient
        return v.copy()


class Adam:
    """A step of about the same size for every parameter.

    Implements :eq:`eq-adam`, with the two running means of :eq:`eq-adam-means`.

    Parameters
    ----------
    beta1, beta2 : float, from 0 to below 1
        What is left of the running mean of the gradient, and of its square,
        after a step.
    eps : float
        Keeps the quotient finite where gradients are 0.

    Attributes
    ----------
    state : dict of arrays
        What has to be kept to go on: empty before the first step.
    """

    def __init__(self, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8):
        self.beta1 = fraction("beta1", beta1)
        self.beta2 = fraction("beta2", beta2)
        self.eps, self.state = positive("eps", eps), {}

    def __call__(self, gradient: np.ndarray) -> np.ndarray:
        """The direction, shape and dtype of `gradient`; it has no unit."""
        m, s = remembered(self.state, gradient, "m", "s")
        n = self.state["n"] = self.state.get("n", np.zeros((), int)) + 1
        m[:] = self.beta1 * m + (1 - self.beta1) * gradient
        s[:] = self.beta2 * s + (1 - self.beta2) * gradient**2
        mean = m / (1 - self.beta1 ** int(n))
        square = s / (1 - self.beta2 ** int(n))
        return mean / (np.sqrt(square) + self.eps)


#: Those that a file can hold, by their names.
#:
#: :meta hide-value:
RULES = {"Momentum": Momentum, "Adam": Adam}


def fraction(name: str, value: float) -> float:
    """The number as a float; a ValueError unless it is at least 0 and below 1."""
    if value != 0 and positive(name, value) >= 1:
        raise ValueError(f"{name} is {value}; expected less than 1")
    return float(value)


def remembered(state: dict, gradient: np.ndarray, *names: str) -> list[np.ndarray]:
    """The arrays of these names, to be changed in place; zeros before the first step.

    Raises
    ------
    ValueError
        If the gradient is not finite, is so large that its square is not, or has
        another shape or dtype than before.
    """
    gradient = finite_floats("gradient", gradient)
    limit = np.sqrt(np.finfo(gradient.dtype).max)
    if (largest := np.abs(gradient).max()) > limit:
        raise ValueError(
            f"gradient has an entry of size {largest:.1e}; expected at most "
            f"{limit:.1e}, whose square is finite: clip it"
        )
    for name in names:
        kept = state.setdefault(name, np.zeros_like(gradient))
        if (kept.shape, kept.dtype) != (gradient.shape, gradient.dtype):
            raise ValueError(
                f"gradient has shape {gradient.shape} and dtype {gradient.dtype}; "
                f"expected {kept.shape} and {kept.dtype}, as before: a rule belongs "
                "to one network"
            )
    return [state[name] for name in names]

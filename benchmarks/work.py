"""The pieces of work that every implementation does, and the numbers in them."""

from dataclasses import dataclass

import numpy as np

from rnn_src.lstm import LSTM
from rnn_src.model import VanillaRNN

LR, CLIP = 0.1, 5.0


@dataclass(frozen=True)
class Work:
    """Sizes, and what is timed: whole updates, or loss and gradients alone."""

    V: int
    H: int
    T: int
    B: int
    updates: bool = False
    gated: bool = False

    @property
    def network(self) -> type[VanillaRNN] | type[LSTM]:
        return LSTM if self.gated else VanillaRNN

    def __str__(self) -> str:
        what = "update" if self.updates else "gradients"
        what = f"LSTM, {what}" if self.gated else what
        return f"{what}, V={self.V} H={self.H} T={self.T} B={self.B}"


WORK = (
    Work(26, 64, 6, 1, updates=True),
    Work(26, 128, 32, 64),
    Work(64, 256, 64, 64),
    Work(64, 512, 64, 128),
    Work(64, 256, 64, 64, gated=True),
)


def numbers(work: Work) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """Parameters in float32, ids and targets of shape (T, B), from one seed.

    The biases are not zero: a gradient that forgets one would go unseen. The
    spectral radius of W_h is about 0.8: above 1, each library's rounding would
    grow from step to step until none agreed with another.
    """
    rng = np.random.default_rng(0)
    model = work.network(work.V, work.H, rng, 0.8 / work.H**0.5, np.float32)
    for array in model.parameters.values():
        if array.ndim == 1:
            array[:] = rng.normal(0, 0.1, array.shape)
    parameters = {name: array.copy() for name, array in model.parameters.items()}
    x, y = rng.integers(work.V, size=(2, work.T, work.B))
    return parameters, x, y

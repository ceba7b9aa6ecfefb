"""The book's own networks, by their public calls, checks and all."""

import numpy as np

from benchmarks.work import CLIP, LR, Work


class Network:
    """`compute(n)` and `update(n)` are what is timed; see `worker`."""

    def __init__(self, work: Work, parameters: dict, x: np.ndarray, y: np.ndarray):
        self.model, self.x, self.y = work.network.from_parameters(parameters), x, y

    def compute(self, n: int) -> None:
        for _ in range(n):
            self.model.forward(self.x)
            self.loss = self.model.bptt(self.y)

    def update(self, n: int) -> None:
        for _ in range(n):
            self.compute(1)
            self.model.step(LR, CLIP)

    def gradients(self) -> dict[str, np.ndarray]:
        self.compute(1)
        return {"loss": np.array(self.loss), **self.model.gradients}

    def parameters(self) -> dict[str, np.ndarray]:
        return self.model.parameters

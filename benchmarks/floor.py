"""The floor: the bare matrix products and tanh, through NumPy's own BLAS.

The same shapes in the same order, on arrays of the same size, each result into
an array at hand. No sum, no softmax, no check: it learns nothing. It is what is
left of a network if all else is taken away.
"""

import numpy as np

from benchmarks.work import Work


class Network:
    def __init__(self, work: Work, parameters: dict, x: np.ndarray, y: np.ndarray):
        T, B, H, V = work.T, work.B, work.H, work.V
        rng = np.random.default_rng(0)
        self.p = parameters
        self.WhT = parameters["Wh"].T.copy()
        gates, self.gated = len(parameters["Wh"]), work.gated
        self.states = np.zeros((T + 1, B, H), np.float32)
        self.a = np.empty((T, B, gates), np.float32) if work.gated else self.states[1:]
        self.da = rng.normal(size=(T, B, gates)).astype(np.float32)
        self.dlogits = rng.normal(size=(T * B, V)).astype(np.float32)
        self.x_rows = (x.reshape(-1, 1) == np.arange(V)).astype(np.float32)
        self.carry = np.empty((B, H), np.float32)
        self.logits = np.empty((T * B, V), np.float32)
        self.dh = np.empty((T * B, H), np.float32)
        self.dWx, self.dWh, self.dWy = (
            np.empty_like(parameters[name]) for name in ("Wx", "Wh", "Wy")
        )

    def compute(self, n: int) -> None:
        for _ in range(n):
            self.once()

    update = compute

    def once(self) -> None:
        before = self.states[0]
        for h, a in zip(self.states[1:], self.a, strict=True):
            np.dot(before, self.WhT, out=a)
            np.tanh(a, out=a)
            if self.gated:  # that of the cell
                np.tanh(a[:, : h.shape[1]], out=h)
            before = h
        hidden = self.states[1:].reshape(self.dh.shape)
        np.dot(hidden, self.p["Wy"].T, out=self.logits)
        np.dot(self.dlogits.T, hidden, out=self.dWy)
        np.dot(self.dlogits, self.p["Wy"], out=self.dh)
        for da_t in self.da[::-1]:
            np.dot(da_t, self.p["Wh"], out=self.carry)
        da = self.da.reshape(len(self.dh), -1)
        np.dot(da.T, self.states[:-1].reshape(self.dh.shape), out=self.dWh)
        np.dot(da.T, self.x_rows, out=self.dWx)

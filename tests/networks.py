"""What several tests need: small networks, batches for them, differences."""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from rnn_src.gradcheck import numeric_gradient
from rnn_src.lstm import LSTM
from rnn_src.mistakes import random_case
from rnn_src.model import VanillaRNN
from rnn_src.parameters import NAMES as NAMES  # for the tests

seeds = st.integers(0, 10**6)


def network(rng, V=4, H=5, scale=0.7, dtype=np.float64):
    """A network with weights of size one, and biases that are not zero."""
    drawn = random_case(rng, 1, H, V, scale).parameters
    return VanillaRNN.from_parameters(
        {name: values.astype(dtype) for name, values in drawn.items()}
    )


@dataclass
class Batch:
    """A network, and all that it can be given."""

    model: VanillaRNN
    x: np.ndarray
    targets: np.ndarray
    h0: np.ndarray
    mask: np.ndarray

    def loss(self):
        return self.model.loss(self.x, self.targets, self.h0, self.mask)

    def bptt(self):
        self.model.forward(self.x, self.h0)
        return self.model.bptt(self.targets, self.mask)

    def gradients(self):
        """All of them by backpropagation, that at h0 too."""
        self.bptt()
        return copies(self.model.gradients) | {"h0": self.model.dh0.copy()}

    def sequence(self, b):
        """Sequence b alone, for the same network."""
        one = slice(b, b + 1)
        return replace(
            self,
            x=self.x[:, one],
            targets=self.targets[:, one],
            h0=self.h0[one],
            mask=self.mask[:, one],
        )


def random_batch(rng, T=4, B=3, H=5, V=4, dense=False, masked=True, scale=0.7):
    """A batch whose initial states are not zero; in each sequence one counts."""
    mask = rng.random((T, B)) < (0.7 if masked else 2)
    mask[rng.integers(T, size=B), np.arange(B)] = True
    return Batch(
        network(rng, V, H, scale),
        rng.normal(size=(T, B, V)) if dense else rng.integers(V, size=(T, B)),
        rng.integers(V, size=(T, B)),
        np.tanh(rng.normal(size=(B, H))),
        mask,
    )


def drawn(make):
    """Batches of every shape that are made from a seed."""
    return st.builds(
        lambda seed, **options: make(np.random.default_rng(seed), **options),
        seed=seeds,
        T=st.integers(1, 5),
        B=st.integers(1, 4),
        H=st.integers(1, 5),
        V=st.integers(2, 6),
        dense=st.booleans(),
        masked=st.booleans(),
        scale=st.sampled_from([0.4, 0.7, 1.0]),
    )


batches = drawn(random_batch)


def gated_batch(rng, T=4, B=3, H=5, V=4, dense=False, masked=True, scale=0.7):
    """A batch for an LSTM: no bias is zero, nor is h_0 or c_0."""
    batch = random_batch(rng, T, B, H, V, dense, masked, scale)
    model = LSTM(V, H, rng, scale)
    model.vector[:] += rng.normal(0, 0.3, model.vector.shape)
    return replace(batch, model=model, h0=rng.normal(size=(2, B, H)))


gated_batches = drawn(gated_batch)


def copies(arrays):
    return {name: array.copy() for name, array in arrays.items()}


def sharp_gradient(loss, parameters, step=1e-4):
    """Two central differences, mixed so that their main errors cancel.

    A single one is good to about 1e-8 where all gradients are small. With
    larger steps the error that is left, a fourth power of the step, can reach
    1e-7 where weights are large; with smaller ones rounding takes over.
    """
    near, far = (numeric_gradient(loss, parameters, e) for e in (step, 2 * step))
    return {name: (4 * near[name] - far[name]) / 3 for name in near}


def error(found, expected):
    """The largest difference of all, each as a part of the largest entry.

    Where all entries are below 0.01, large parts of the gradient have
    cancelled, and rounding is compared with 0.01 instead.
    """
    assert set(found) == set(expected)
    assert all(np.shape(found[n]) == np.shape(expected[n]) for n in expected)
    return max(
        np.abs(np.subtract(found[n], expected[n])).max()
        / max(np.abs(expected[n]).max(), 0.01)
        for n in expected
    )

"""What a pass multiplies is what the page "What it costs" counts."""

import numpy as np
import pytest

from rnn_src.functions import d_cross_entropy
from rnn_src.layers import HiddenLayer, InputLayer, OutputLayer
from rnn_src.model import VanillaRNN


class Counted(np.ndarray):
    """An array that counts the multiplications of matrix products.

    NumPy asks a class of arrays at each function, and at each operator.
    """

    total = 0

    @classmethod
    def counted(cls, left, right):
        cls.total += np.asarray(left).size * np.shape(right)[-1]

    def __array_function__(self, function, types, arguments, options):
        if function is np.dot:
            self.counted(*arguments)
        return super().__array_function__(function, types, arguments, options)

    def dot(self, other):
        self.counted(self, other)
        return np.asarray(self).dot(np.asarray(other)).view(Counted)

    def __array_ufunc__(self, ufunc, method, *inputs, out=(), **options):
        if ufunc is np.matmul:
            self.counted(*inputs)
        plain = [np.asarray(array) for array in inputs]
        if out:
            options["out"] = tuple(np.asarray(array) for array in out)
        found = getattr(ufunc, method)(*plain, **options)
        return out[0] if out else np.asarray(found).view(Counted)


def multiplications(V: int, H: int, T: int, B: int) -> tuple[int, int]:
    """What the layers multiply forwards and backwards."""
    rng = np.random.default_rng(0)
    x = rng.integers(0, V, size=(T, B))
    weights = {
        name: array.view(Counted)
        for name, array in VanillaRNN(V, H, rng).parameters.items()
    }
    inputs = InputLayer(weights["Wx"])
    between = HiddenLayer(weights["Wh"], weights["bh"])
    outputs = OutputLayer(weights["Wy"], weights["by"])
    Counted.total = 0
    u = inputs.forward(x)
    states = between.forward(u, np.zeros((B, H)).view(Counted)).view(Counted)
    logits = outputs.forward(states[1:])
    forward, Counted.total = Counted.total, 0
    dlogits = d_cross_entropy(np.asarray(logits), x).view(Counted)
    _, _, dh = outputs.backward(dlogits, states[1:])
    _, _, du, _ = between.backward(dh.view(Counted), states)
    inputs.backward(du.view(Counted), x)
    return forward, Counted.total


@pytest.mark.parametrize(
    ("V", "H", "T", "B"),
    [(26, 64, 6, 1), (26, 64, 32, 16), (500, 32, 32, 16), (3, 5, 2, 7)],
)
def test_the_layers_multiply_what_the_table_says(V, H, T, B):
    assert multiplications(V, H, T, B) == (
        T * B * (H * H + V * H),
        T * B * (2 * H * H + 3 * V * H),
    )


def test_a_product_by_an_operator_is_counted_too():
    Counted.total = 0
    np.ones((2, 3)).view(Counted) @ np.ones((3, 5))
    assert Counted.total == 2 * 3 * 5

"""The gated network: a cell that is added to, and three gates around it.

All four are stacked as PyTorch stacks them, i, f, g, o: the first H rows of Wx, Wh
and b are the input gate's. The state is h and c, in one array of shape (2, B, H).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from rnn_src.checks import finite_floats
from rnn_src.layers import rows, sum_of_rows
from rnn_src.network import RecurrentNetwork

HALF = np.array([[0.5], [0.5], [1.0], [0.5]])  # for i, f, g and o


class Trace(NamedTuple):
    """What the layer found: each array is (T, B, ...), those of states (T + 1, ...)."""

    h: np.ndarray  #: (T + 1, B, H); h[0] is h_0
    c: np.ndarray  #: (T + 1, B, H); c[0] is c_0
    gates: np.ndarray  #: (T, B, 4, H): i, f, g, o
    tanh_c: np.ndarray  #: (T, B, H)


class LSTMLayer:
    """From step to step: c_t = f * c_{t-1} + i * g, and h_t = o * tanh(c_t).

    Attributes
    ----------
    Wh : array, shape (4H, H)
    b : array, shape (4H,)
    """

    def __init__(self, Wh: np.ndarray, b: np.ndarray):
        self.Wh = Wh
        self.b = b

    def forward(self, u: np.ndarray, state0: np.ndarray) -> Trace:
        """Go through time: :eq:`eq-lstm-preactivation`, :eq:`eq-lstm-gates` by way of
        :eq:`eq-lstm-half`, :eq:`eq-lstm-cell` and :eq:`eq-lstm-hidden`.

        Parameters
        ----------
        u : array, shape (T, B, 4H)
            What the words add.
        state0 : array, shape (2, B, H)
            h_0 and c_0.
        """
        (T, B, _), H = u.shape, self.Wh.shape[1]
        half = HALF.astype(u.dtype)
        gates = (u + self.b).reshape(T, B, 4, H) * half  # needs no h_{t-1}
        halved = self.Wh.reshape(4, H, H) * half[:, :, np.newaxis]
        WhT = halved.reshape(4 * H, H).T.copy()  # row after row: faster products
        h, c = (np.empty_like(u, shape=(T + 1, B, H)) for _ in range(2))
        h[0], c[0] = state0
        tanh_c = np.empty_like(h[1:])
        for t in range(T):
            gates[t] += h[t].dot(WhT).reshape(B, 4, H)
            gate = np.tanh(gates[t], out=gates[t])
            gate *= half
            gate += 1 - half
            i, f, g, o = gate.transpose(1, 0, 2)
            c[t + 1] = f * c[t] + i * g
            np.tanh(c[t + 1], out=tanh_c[t])
            h[t + 1] = o * tanh_c[t]
        return Trace(h, c, gates, tanh_c)

    def backward(
        self, dh: np.ndarray, trace: Trace
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Go back through time, along h and along c.

        Implements :eq:`eq-lstm-dh` and :eq:`eq-lstm-dc`; :eq:`eq-lstm-dgates` and
        :eq:`eq-lstm-da`, in part before the loop; :eq:`eq-lstm-sum-over-time` after
        it; and what is left then is :eq:`eq-lstm-start`.

        Parameters
        ----------
        dh : array, shape (T, B, H)
            What reaches each state from its own prediction.
        trace : what `forward` returned

        Returns
        -------
        dWh, db : arrays, shapes (4H, H) and (4H,)
        du : array, shape (T, B, 4H)
            Also dL/da_t.
        dstate0 : array, shape (2, B, H)
            dL/dh_0 and dL/dc_0.
        """
        (T, B, H), (h, c, gates, tanh_c) = dh.shape, trace
        i, f, g, o = np.moveaxis(gates, 2, 0)
        da = np.empty_like(gates)  # first: how a_t moves c_t, or h_t through o
        da[:, :, 0] = g * i * (1 - i)
        da[:, :, 1] = c[:-1] * f * (1 - f)
        da[:, :, 2] = i * (1 - g**2)
        da[:, :, 3] = tanh_c * o * (1 - o)
        from_h = o * (1 - tanh_c**2)  # how c_t moves h_t
        dh_later, dc_later = np.zeros((2, B, H), dh.dtype)  # nothing comes after T
        for t in reversed(range(T)):
            dh_t = dh[t] + dh_later
            dc_t = dh_t * from_h[t] + dc_later
            da[t, :, :3] *= dc_t[:, np.newaxis]
            da[t, :, 3] *= dh_t
            dh_later = da[t].reshape(B, 4 * H).dot(self.Wh)
            dc_later = dc_t * f[t]
        da = da.reshape(T, B, 4 * H)
        dWh = rows(da).T.dot(rows(h[:-1]))
        return dWh, sum_of_rows(da), da, np.stack([dh_later, dc_later])


class LSTM(RecurrentNetwork):
    """The gated network: Wx (4H, V), Wh (4H, H), Wy (V, H), b (4H,) and by (V,).

    Shapes as in PyTorch; the state is h and c, (2, B, H). Else as `RecurrentNetwork`.

    Parameters
    ----------
    forget_bias : float
        Start of the forget gate's bias: 1, mostly open. ValueError if not finite.
    """

    shapes = {"Wx": ("4H", "V"), "Wh": ("4H", "H"), "Wy": ("V", "H")}
    shapes |= {"b": ("4H",), "by": ("V",)}

    def __init__(
        self,
        vocab_size: int,
        hidden_size: int,
        rng: np.random.Generator,
        scale: float = 0.1,
        dtype: DTypeLike = np.float64,
        forget_bias: float = 1.0,
    ):
        super().__init__(vocab_size, hidden_size, rng, scale, dtype)
        with np.errstate(over="ignore"):
            start = finite_floats("forget_bias", [forget_bias]).astype(dtype)
        if start.shape != (1,) or not np.isfinite(start).all():
            raise ValueError(f"forget_bias is {forget_bias}; expected a finite number")
        self.parameters["b"][hidden_size : 2 * hidden_size] = start

    def state_shape(self, B: int) -> tuple[int, ...]:
        """(2, B, H): h and c of each sequence."""
        return 2, B, self.hidden_size

    def _hidden_layer(self, Wh: np.ndarray, b: np.ndarray) -> LSTMLayer:
        return LSTMLayer(Wh, b)

    def _hidden_and_final(self, trace: Trace) -> tuple[np.ndarray, np.ndarray]:
        return trace.h[1:], np.stack([trace.h[-1], trace.c[-1]])

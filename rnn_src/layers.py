"""The three layers of a recurrent network, over a whole sequence at once.

Shapes, everywhere: T steps, B sequences side by side, H hidden units, V words.
What lies under one step and one sequence is a row: `hidden[t, b]` is h_t of
sequence b. A layer holds its weights and keeps no trace of what it read:
`backward` is given what `forward` took in and gave out. Each `backward` takes
the gradient of what the layer gave out, and returns those of its weights and of
what it took in, as sums over all steps and sequences.

The time loop stands in `HiddenLayer`, once forward and once backward; all else
is done for all steps at once. The layers trust their arguments; `VanillaRNN`
checks them.

Two things make it fast. Large results go into arrays that are there already:
`out`, as in NumPy, with None for a new one; fresh memory would have to be asked
for, and cleared, at each update. And what needs no order is done for all steps
by one call, since a call costs NumPy more than a small array does.
"""

import numpy as np

from rnn_src.functions import one_hot


def rows(array: np.ndarray) -> np.ndarray:
    """(T, B, n) as T * B rows of n: every step of every sequence, a row each.

    A sum over steps and sequences is then a single matrix product.
    """
    return array.reshape(-1, array.shape[-1])


class InputLayer:
    """From words to what they add to the pre-activation: u_t = W_x x_t.

    Attributes
    ----------
    Wx : array, shape (H, V)
    """

    def __init__(self, Wx: np.ndarray):
        self.Wx = Wx

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """Look up a column of W_x for each id, or multiply dense inputs.

        Implements :eq:`eq-look-up`.

        Parameters
        ----------
        x : int array, shape (T, B), or float array, shape (T, B, V)
        out : an array for the result

        Returns
        -------
        array, shape (T, B, H)
        """
        if x.ndim == 2:  # all ids are in range; "clip" changes none
            return self.Wx.T.take(x, axis=0, out=out, mode="clip")
        return np.matmul(x, self.Wx.T, out=out)

    def backward(
        self, du: np.ndarray, x: np.ndarray, out: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray | None]:
        """Send the gradient to the columns that were looked up.

        Implements :eq:`eq-rows-dWx`: the product with one-hot rows adds up what
        a word receives wherever it stands.

        Parameters
        ----------
        du : array, shape (T, B, H)
        x : what `forward` took in
        out : an array for dWx

        Returns
        -------
        dWx : array, shape (H, V)
        dx : array, shape (T, B, V), or None
            The gradient at a dense input; ids have none.
        """
        if x.ndim == 2:
            x_rows = one_hot(x.ravel(), self.Wx.shape[1], du.dtype)
            return np.dot(rows(du).T, x_rows, out=out), None
        return np.dot(rows(du).T, rows(x), out=out), du @ self.Wx


class HiddenLayer:
    """From step to step: a_t = u_t + W_h h_{t-1} + b_h, then tanh.

    Attributes
    ----------
    Wh : array, shape (H, H)
    bh : array, shape (H,)
    """

    def __init__(self, Wh: np.ndarray, bh: np.ndarray):
        self.Wh = Wh
        self.bh = bh

    def forward(self, u: np.ndarray, h0: np.ndarray) -> np.ndarray:
        """Walk through time.

        Implements :eq:`eq-rows-hidden` and :eq:`eq-hidden-state`.

        Parameters
        ----------
        u : array, shape (T, B, H)
            What the words add.
        h0 : array, shape (B, H)
            The states before the first step.

        Returns
        -------
        states : array, shape (T + 1, B, H)
            states[0] is h0, states[t] is h_t.
        """
        states = np.empty((len(u) + 1, *h0.shape), h0.dtype)
        states[0] = before = h0
        np.add(u, self.bh, out=states[1:])  # needs no h_{t-1}
        WhT = self.Wh.T.copy()  # its rows in one piece
        recurrent = np.empty_like(h0, order="C")
        for h in states[1:]:
            np.dot(before, WhT, out=recurrent)
            h += recurrent  # a_t
            np.tanh(h, out=h)
            before = h
        return states

    def backward(
        self, dh: np.ndarray, states: np.ndarray, out: tuple = (None, None, None)
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Walk back through time: backpropagation through time itself.

        Implements :eq:`eq-total-dh`, :eq:`eq-rows-da` and, after the loop,
        :eq:`eq-rows-dWh`.

        Parameters
        ----------
        dh : array, shape (T, B, H)
            What reaches each state from its own prediction.
        states : what `forward` gave out
        out : arrays for dWh, dbh and du

        Returns
        -------
        dWh : array, shape (H, H)
        dbh : array, shape (H,)
        du : array, shape (T, B, H)
            Also dL/da_t.
        dh0 : array, shape (B, H)
        """
        hidden, before = states[1:], states[:-1]
        dWh, dbh, da = out
        da = np.square(hidden, out=da)
        np.subtract(1, da, out=da)  # tanh', for all steps
        # What reaches h_t from later steps: at the end, nothing.
        carry = np.zeros(dh.shape[1:], dh.dtype)
        for dh_t, da_t in zip(dh[::-1], da[::-1], strict=True):
            carry += dh_t  # and its own prediction
            da_t *= carry
            np.dot(da_t, self.Wh, out=carry)
        dWh = np.dot(rows(da).T, rows(before), out=dWh)
        return dWh, rows(da).sum(axis=0, out=dbh), da, carry


class OutputLayer:
    """From hidden states to logits: z_t = W_y h_t + b_y.

    Attributes
    ----------
    Wy : array, shape (V, H)
    by : array, shape (V,)
    """

    def __init__(self, Wy: np.ndarray, by: np.ndarray):
        self.Wy = Wy
        self.by = by

    def forward(self, hidden: np.ndarray) -> np.ndarray:
        """Logits of shape (T, B, V) from states of shape (T, B, H).

        Implements :eq:`eq-rows-logits`.
        """
        logits = np.dot(rows(hidden), self.Wy.T)
        logits += self.by
        return logits.reshape(*hidden.shape[:-1], -1)

    def backward(
        self, dlogits: np.ndarray, hidden: np.ndarray, out: tuple = (None, None, None)
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """From the logits back to the weights and to each state.

        Implements :eq:`eq-rows-dWy` and :eq:`eq-rows-dh`.

        Parameters
        ----------
        dlogits : array, shape (T, B, V)
        hidden : what `forward` took in
        out : arrays for dWy, dby and dh

        Returns
        -------
        dWy : array, shape (V, H)
        dby : array, shape (V,)
        dh : array, shape (T, B, H)
            What reaches each state from its own prediction, and no more.
        """
        dWy, dby, dh = out
        dWy = np.dot(rows(dlogits).T, rows(hidden), out=dWy)
        dby = rows(dlogits).sum(axis=0, out=dby)
        dh = np.empty_like(hidden, order="C") if dh is None else dh
        np.dot(rows(dlogits), self.Wy, out=rows(dh))
        return dWy, dby, dh

"""The three layers of a recurrent network, over a whole sequence at once.

Shapes, everywhere: T steps, B sequences side by side, H hidden units, V words.
The state of one step and one sequence is a row: `hidden[t, b]` is h_t of
sequence b. A layer holds its weights and keeps no trace of what it read:
`backward` is given what `forward` read and returned. Each `backward` takes the
gradient of what the layer returned, and returns those of its weights and of
what it read, as sums over all steps and sequences.

The loop over time is in `HiddenLayer`, once forward and once backward (that of
the gated network in `LSTMLayer`); everything else is done for all steps at once,
since a call costs NumPy more than a small array does. The layers trust their
arguments; `RecurrentNetwork` checks them. In the gated network the input layer
makes 4H numbers a step, where H is written here.
"""

import numpy as np


def rows(array: np.ndarray) -> np.ndarray:
    """(T, B, n) as T * B rows of n: every step of every sequence, a row each.

    A sum over steps and sequences is then a single matrix product.
    """
    return array.reshape(-1, array.shape[-1])


def sum_of_rows(array: np.ndarray) -> np.ndarray:
    """The sum of all rows, shape (n,): a row of ones times the array."""
    return np.ones(len(rows(array)), array.dtype).dot(rows(array))


class InputLayer:
    """From words to what they add to the pre-activation: u_t = W_x x_t.

    Attributes
    ----------
    Wx : array, shape (H, V)
    """

    def __init__(self, Wx: np.ndarray):
        self.Wx = Wx

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Look up a column of W_x for each id, or multiply dense inputs.

        Implements :eq:`eq-look-up`.

        Parameters
        ----------
        x : int array, shape (T, B), or float array, shape (T, B, V)

        Returns
        -------
        array, shape (T, B, H)
        """
        return self.Wx.T.take(x, axis=0) if x.ndim == 2 else x @ self.Wx.T

    def backward(
        self, du: np.ndarray, x: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray | None]:
        """Send the gradient to the columns that were looked up.

        Implements :eq:`eq-rows-dWx`: the product with one-hot rows adds up what
        a word receives wherever it appears.

        Parameters
        ----------
        du : array, shape (T, B, H)
        x : what `forward` read

        Returns
        -------
        dWx : array, shape (H, V)
        dx : array, shape (T, B, V), or None
            The gradient at a dense input; ids have none.
        """
        if x.ndim == 2:
            x_rows = np.eye(self.Wx.shape[1], dtype=du.dtype)[x.ravel()]
            return rows(du).T.dot(x_rows), None
        return rows(du).T.dot(rows(x)), du @ self.Wx


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
        """Go through time, step by step.

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
        states = np.empty_like(u, shape=(len(u) + 1, *h0.shape))
        states[0] = h0
        np.add(u, self.bh, out=states[1:])  # needs no h_{t-1}
        WhT = self.Wh.T.copy()  # row after row in memory: its products are faster
        for h in states[1:]:
            h += h0.dot(WhT)  # a_t
            h0 = np.tanh(h, out=h)
        return states

    def backward(
        self, dh: np.ndarray, states: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Go back through time: backpropagation through time itself.

        Implements :eq:`eq-total-dh`, :eq:`eq-rows-da` and, after the loop,
        :eq:`eq-rows-dWh`.

        Parameters
        ----------
        dh : array, shape (T, B, H)
            What reaches each state from its own prediction.
        states : what `forward` returned

        Returns
        -------
        dWh : array, shape (H, H)
        dbh : array, shape (H,)
        du : array, shape (T, B, H)
            Also dL/da_t.
        dh0 : array, shape (B, H)
        """
        da = states[1:] ** 2
        np.subtract(1, da, out=da)  # tanh', for all steps
        carry = np.zeros(dh.shape[1:], dh.dtype)  # nothing comes after the last step
        for dh_t, da_t in zip(dh[::-1], da[::-1], strict=True):
            da_t *= dh_t + carry
            carry = da_t.dot(self.Wh)
        return rows(da).T.dot(rows(states[:-1])), sum_of_rows(da), da, carry


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
        logits = rows(hidden).dot(self.Wy.T) + self.by
        return logits.reshape(*hidden.shape[:-1], -1)

    def backward(
        self, dlogits: np.ndarray, hidden: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """From the logits back to the weights and to each state.

        Implements :eq:`eq-rows-dWy` and :eq:`eq-rows-dh`.

        Parameters
        ----------
        dlogits : array, shape (T, B, V)
        hidden : what `forward` read

        Returns
        -------
        dWy : array, shape (V, H)
        dby : array, shape (V,)
        dh : array, shape (T, B, H)
            What reaches each state from its own prediction, and no more.
        """
        dh = rows(dlogits).dot(self.Wy).reshape(hidden.shape)
        return rows(dlogits).T.dot(rows(hidden)), sum_of_rows(dlogits), dh

"""What every network of the book does, whatever its hidden layer.

Three layers, the loss between them and the targets, an update. `VanillaRNN` and
`LSTM` are such networks: each adds a hidden layer, and says what its state is.
"""

import math
from collections.abc import Callable, Mapping
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from rnn_src.checks import (
    all_finite,
    checked_inputs,
    checked_states,
    count,
    generator,
    positive,
)
from rnn_src.clipping import clipped
from rnn_src.functions import batch_loss
from rnn_src.layers import InputLayer, OutputLayer
from rnn_src.parameters import (
    Shapes,
    Views,
    check_arrays,
    check_dtype,
    parameter_shapes,
)

#: From a gradient to the direction to move against, vectors of equal length.
Rule = Callable[[np.ndarray], np.ndarray]

# A pass makes some large arrays and frees them again. glibc hands freed memory
# back to the system above a limit, and the next pass has to ask for it page by
# page, which can take a third of its time. The limit follows the largest block
# freed so far, up to 32 MB (mallopt(3), M_TRIM_THRESHOLD): so one of that size is
# freed here. It is never written to, and takes no memory.
np.empty(2**25 - 2**13, np.uint8)


class RecurrentNetwork:
    """A network with one recurrent layer, for sequences of ids.

    A forward pass, then `bptt`, then `step`: in this order, and each time anew.

    Parameters
    ----------
    vocab_size, hidden_size : int
        V and H, at least 1.
    rng : np.random.Generator
        The source of chance.
    scale : float
        Weights are normal with this standard deviation; biases start at zero.
    dtype : float64 by default, or float32

    Attributes
    ----------
    parameters, gradients : mappings from names to arrays
        Gradients are in nats per unit of a weight.
    vector, gradient : arrays, shape (number of all entries,)
        The same numbers in one row: the arrays above are parts of them, to be
        changed in place.
    final : array, the shape of `state_shape`
        After `forward`: the state after the last step, an h0 for what follows.
    dh0 : array, the shape of `state_shape`
        After `bptt`: the gradient at the initial states.

    Raises
    ------
    ValueError
        If a setting is invalid; the message says which, and what is expected.
    """

    #: The axes of each parameter, those of the input, the hidden and the output
    #: layer, then the two biases.
    shapes: ClassVar[Shapes]

    def __init__(
        self,
        vocab_size: int,
        hidden_size: int,
        rng: np.random.Generator,
        scale: float = 0.1,
        dtype: DTypeLike = np.float64,
    ):
        V, H = count("vocab_size", vocab_size), count("hidden_size", hidden_size)
        rng, scale = generator("rng", rng), positive("scale", scale)
        self._allocate(V, H, check_dtype("dtype", dtype))
        for name in ("Wx", "Wh", "Wy"):
            array = self.parameters[name]
            array[:] = rng.normal(0, scale, array.shape)

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, ArrayLike]) -> Self:
        """A network with a copy of these arrays, or lists; a ValueError if unfit."""
        arrays = check_arrays(parameters, cls.shapes)
        model = cls.__new__(cls)
        model._allocate(*arrays["Wy"].shape, arrays["Wy"].dtype)
        model.parameters.set(*arrays.values())
        return model

    def _allocate(self, V: int, H: int, dtype: np.dtype) -> None:
        """Zeros for all parameters and gradients, and layers that share them."""
        self.vocab_size, self.hidden_size, self.dtype = V, H, dtype
        shapes = parameter_shapes(V, H, self.shapes)
        self.parameters = Views("parameters", shapes, dtype)
        self.gradients = Views("gradients", shapes, dtype)
        Wx, Wh, Wy, b, by = self.parameters.values()
        self.input_layer, self.output_layer = InputLayer(Wx), OutputLayer(Wy, by)
        self.hidden_layer = self._hidden_layer(Wh, b)
        self.final = self.dh0 = None
        self._read = None  # what forward read and found,
        self._fresh = False  # and whether its gradients are still to be used

    vector = property(lambda self: self.parameters.vector)
    gradient = property(lambda self: self.gradients.vector)

    def __reduce__(self) -> tuple:
        """For `copy` and `pickle`: a network of its own, with these weights."""
        return type(self).from_parameters, (dict(self.parameters),)

    def state_shape(self, B: int) -> tuple[int, ...]:
        """The shape of the state of B sequences, between two steps."""
        raise NotImplementedError

    def _hidden_layer(self, Wh: np.ndarray, b: np.ndarray):
        """A layer: `forward(u, h0)` -> trace, `backward(dh, trace)` -> gradients."""
        raise NotImplementedError

    def _hidden_and_final(self, trace) -> tuple[np.ndarray, np.ndarray]:
        """From what the layer's `forward` returned: (T, B, H), and the last state."""
        raise NotImplementedError

    def forward(
        self, x: ArrayLike, h0: ArrayLike | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Read B sequences of T steps side by side.

        Parameters
        ----------
        x : int array, shape (T, B), or float array, shape (T, B, V)
            Ids; or dense inputs, of the model's dtype.
        h0 : array, the shape of `state_shape`, of the model's dtype
            The states before the first step; zeros if left out.

        Returns
        -------
        hidden : array, shape (T, B, H)
        logits : array, shape (T, B, V)
            Both are read-only: `bptt` still needs them.

        Raises
        ------
        ValueError
            If an argument does not fit, or it or a parameter is not finite.
        """
        self._read, self._fresh = self._run(x, h0), False
        _, _, hidden, self.final, logits, _ = self._read
        hidden.flags.writeable = logits.flags.writeable = False
        return hidden, logits

    def _run(self, x: ArrayLike, h0: ArrayLike | None) -> tuple:
        """A checked copy of the input, all that was found, the weights' mark."""
        mark = self.parameters.mark()
        if not math.isfinite(mark):
            check_arrays(self.parameters, self.shapes)  # says which entry it is
        x = checked_inputs("x", x, self.vocab_size, self.dtype).copy()
        h0 = checked_states("h0", h0, self.state_shape(x.shape[1]), self.dtype)
        trace = self.hidden_layer.forward(self.input_layer.forward(x), h0)
        hidden, final = self._hidden_and_final(trace)
        return x, trace, hidden, final, self.output_layer.forward(hidden), mark

    def read(
        self, x: ArrayLike, h0: ArrayLike | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """What `forward` returns; stores nothing, so `bptt` cannot follow."""
        _, _, hidden, _, logits, _ = self._run(x, h0)
        return hidden, logits

    def read_on(
        self, x: ArrayLike, h0: ArrayLike | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The logits, and the state to read on from; stores nothing, as `read`."""
        _, _, _, final, logits, _ = self._run(x, h0)
        return logits, final

    def predict_next(self, x: ArrayLike, h0: ArrayLike | None = None) -> np.ndarray:
        """The most likely id to follow each sequence; int array, shape (B,)."""
        return self.read(x, h0)[1][-1].argmax(axis=-1)

    def loss(
        self,
        x: ArrayLike,
        targets: ArrayLike,
        h0: ArrayLike | None = None,
        mask: ArrayLike | None = None,
    ) -> float:
        """The loss in nats, as `forward` and `bptt` give it; stores nothing."""
        return batch_loss(self.read(x, h0)[1], targets, mask)[0]

    def bptt(self, targets: ArrayLike, mask: ArrayLike | None = None) -> float:
        """The loss of the last forward pass, and all its gradients.

        Hands :eq:`eq-dlogits` back through the layers, from last to first. Sets
        `gradients` and `dh0`; adds to nothing.

        Parameters
        ----------
        targets : int array, shape (T, B)
        mask : bool array, shape (T, B), optional
            False where a prediction does not count, as at padding.

        Returns
        -------
        float
            The loss in nats, :eq:`eq-batch-loss`.

        Raises
        ------
        RuntimeError
            If there was no `forward`, or the parameters have changed since.
        ValueError
            If targets or mask do not fit, or the mask leaves nothing.
        """
        if self._read is None:
            raise RuntimeError("bptt was called before forward; call forward first")
        x, trace, hidden, _, logits, mark = self._read
        if self.parameters.mark() != mark:
            raise RuntimeError("the parameters changed after forward; call it again")
        loss, dlogits = batch_loss(logits, targets, mask)
        dWy, dby, dh = self.output_layer.backward(dlogits, hidden)
        dWh, db, du, self.dh0 = self.hidden_layer.backward(dh, trace)
        dWx, _ = self.input_layer.backward(du, x)
        self.gradients.set(dWx, dWh, dWy, db, dby)
        self._fresh = True
        return loss

    def step(
        self,
        lr: float,
        clip: float | None = None,
        clip_by: str = "value",
        rule: Rule | None = None,
    ) -> None:
        """Move every parameter against its gradient, by `lr` times it.

        Parameters
        ----------
        lr : float
            The learning rate.
        clip : float, optional
            The limit of every entry of the gradient, or of its length.
        clip_by : "value" or "norm"
        rule : function of the clipped gradient, optional
            What to move against in its place, such as an `Adam()`.

        Raises
        ------
        RuntimeError
            If the gradients are not those of the last forward pass.
        ValueError
            If a setting is invalid, or a number overflows. No parameter is
            changed then; but a rule has taken in the gradient: make a new one.
        """
        lr = positive("lr", lr)
        if not self._fresh:
            raise RuntimeError("step was called before bptt; call forward and bptt")
        with np.errstate(over="ignore", invalid="ignore"):  # reported below
            direction = clipped(self.gradient, clip, clip_by)
            if rule is not None:
                direction = rule(direction)
            moved = self.vector - lr * direction
        if not all_finite(moved):
            raise ValueError(f"lr is {lr}; expected less, or a clip: weights overflow")
        self.vector[:] = moved
        self._read, self._fresh = None, False

"""The network: three layers, the loss between them and the targets, an update."""

from collections.abc import Mapping, Sequence
from os import PathLike

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from rnn_src.checks import (
    all_finite,
    as_array,
    checked_ids,
    checked_mask,
    checked_sequences,
    count,
    finite_floats,
    generator,
    positive,
)
from rnn_src.clipping import CLIPS
from rnn_src.functions import below_highest, cross_entropy, loss_and_dlogits, softmax
from rnn_src.layers import HiddenLayer, InputLayer, OutputLayer
from rnn_src.parameters import (
    check_arrays,
    check_dtype,
    parameter_shapes,
    refuse_replaced,
    vector_and_views,
)
from rnn_src.storage import load_arrays, save_arrays


class VanillaRNN:
    """A recurrent network of one layer, for sequences of ids.

    A forward pass, then `bptt`, then `step`: in this order, and each time anew.

    Parameters
    ----------
    vocab_size, hidden_size : int
        V and H, at least 1.
    rng : np.random.Generator
        The source of chance.
    scale : float
        Weights are normal with this standard deviation; biases start at zero.
    dtype : float64 unless told; or float32

    Attributes
    ----------
    parameters, gradients : dict of arrays
        Wx (H, V), Wh (H, H), Wy (V, H), bh (H,) and by (V,): the shapes that
        PyTorch uses. Gradients are in nats per unit of a weight.
    vector, gradient : arrays, shape (number of all entries,)
        The same numbers in one row. The arrays above are views of these two, so
        that an update is one line. Change any of them in place: another array
        in the place of one of them is refused at its next use.
    dh0 : array, shape (B, H)
        After `bptt`: the gradient at the initial state.

    Raises
    ------
    ValueError
        If a size is below 1, `scale` is not positive, `rng` is no generator of
        NumPy's, or `dtype` is another one.
    """

    def __init__(
        self,
        vocab_size: int,
        hidden_size: int,
        rng: np.random.Generator,
        scale: float = 0.1,
        dtype: DTypeLike = np.float64,
    ):
        shapes = parameter_shapes(
            count("vocab_size", vocab_size), count("hidden_size", hidden_size)
        )
        generator("rng", rng)
        positive("scale", scale)
        self._allocate(shapes, check_dtype("dtype", dtype))
        for name in ("Wx", "Wh", "Wy"):
            self.parameters[name][:] = rng.normal(0, scale, shapes[name])

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, ArrayLike]) -> "VanillaRNN":
        """A network with these weights, copied: arrays, or lists of Part I.

        Raises
        ------
        ValueError
            If a name is missing or too much, a shape does not fit, an entry is
            not finite, or the arrays are not all of one float dtype.
        """
        arrays = check_arrays(parameters)
        model = cls.__new__(cls)
        model._allocate(
            {name: array.shape for name, array in arrays.items()}, arrays["Wx"].dtype
        )
        for name, array in arrays.items():
            model.parameters[name][:] = array
        return model

    def _allocate(self, shapes: Mapping[str, tuple], dtype: np.dtype) -> None:
        """Zeros for all parameters and gradients, and layers that share them."""
        self.vocab_size, self.hidden_size = shapes["Wy"]
        self.dtype = dtype
        self.vector, self.parameters = vector_and_views(shapes, dtype)
        self.gradient, self.gradients = vector_and_views(shapes, dtype)
        p = self.parameters
        self.input_layer = InputLayer(p["Wx"])
        self.hidden_layer = HiddenLayer(p["Wh"], p["bh"])
        self.output_layer = OutputLayer(p["Wy"], p["by"])
        self.dh0 = None
        self._scratch = None  # what `_buffers` gave out last
        self._read = None  # what the last forward pass read and found
        self._fresh = False  # whether the gradients are still to be used

    def __reduce__(self) -> tuple:
        """For `copy` and `pickle`: a network of its own, with these weights.

        Copied attribute by attribute, the views would part from their vector.
        """
        return type(self).from_parameters, (dict(self.parameters),)

    def forward(
        self, x: ArrayLike, h0: ArrayLike | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Read B sequences of T steps side by side.

        Parameters
        ----------
        x : int array, shape (T, B), or float array, shape (T, B, V)
            Ids; or dense inputs, of the model's dtype.
        h0 : array, shape (B, H), of the model's dtype
            The states before the first step; zeros if left out.

        Returns
        -------
        hidden : array, shape (T, B, H)
            `hidden[-1]` is the final state: an initial state for what follows.
        logits : array, shape (T, B, V)
            Both are read-only: `bptt` still needs them as they are.

        Raises
        ------
        ValueError
            If a shape or dtype does not fit, an id is no word's, or an entry of
            an input, of `h0` or of a parameter is not finite.
        """
        x, states, logits = self._run(x, h0)
        self._read = x.copy(), states, logits, self.vector.copy()
        self._fresh = False
        states.flags.writeable = logits.flags.writeable = False
        return states[1:], logits

    def _run(self, x: ArrayLike, h0: ArrayLike | None) -> tuple:
        """Check what comes in, and pass it through the three layers."""
        refuse_replaced("parameters", self.parameters, self.vector)
        if not all_finite(self.vector):
            check_arrays(self.parameters)  # says which entry it is
        x = self._checked_inputs(x)
        h0 = self._checked_state(h0, x.shape[1])
        between, _, _ = self._buffers(*x.shape[:2])
        u = self.input_layer.forward(x, out=between)
        states = self.hidden_layer.forward(u, h0)
        return x, states, self.output_layer.forward(states[1:])

    def _buffers(self, T: int, B: int) -> list[np.ndarray]:
        """Two arrays (T, B, H) and one (T, B, V), to write into.

        They are those of the last call, if T and B are. So nobody may keep
        them; what `forward` gives out is always new.
        """
        if self._scratch is None or self._scratch[0].shape[:2] != (T, B):
            self._scratch = [
                np.empty((T, B, size), self.dtype)
                for size in (self.hidden_size, self.hidden_size, self.vocab_size)
            ]
        return self._scratch

    def _checked_inputs(self, x: ArrayLike) -> np.ndarray:
        """Ids or dense inputs as an array that fits this network."""
        x = as_array("x", x)
        if x.ndim != 3:
            return checked_sequences("x", x, self.vocab_size)
        if x.dtype != self.dtype or x.shape[2] != self.vocab_size or 0 in x.shape:
            raise ValueError(
                f"x has shape {x.shape} and dtype {x.dtype}; expected (T, B, "
                f"{self.vocab_size}) and {self.dtype}, T and B at least 1; or "
                "ids of shape (T, B)"
            )
        return finite_floats("x", x)

    def _checked_state(self, h0: ArrayLike | None, B: int) -> np.ndarray:
        """The initial state as an array; zeros if there is none."""
        expected = (B, self.hidden_size)
        if h0 is None:
            return np.zeros(expected, self.dtype)
        h0 = as_array("h0", h0)
        if h0.shape != expected or h0.dtype != self.dtype:
            raise ValueError(
                f"h0 has shape {h0.shape} and dtype {h0.dtype}; "
                f"expected {expected} and {self.dtype}"
            )
        return finite_floats("h0", h0)

    def loss(
        self,
        x: ArrayLike,
        targets: ArrayLike,
        h0: ArrayLike | None = None,
        mask: ArrayLike | None = None,
    ) -> float:
        """The loss of a sequence, in nats: its cross-entropies, summed.

        Implements :eq:`eq-batch-loss`: with several sequences, the mean of their
        losses. Nothing is stored: a `bptt` still belongs to the last `forward`.

        Parameters
        ----------
        x, h0
            As in `forward`.
        targets : int array, shape (T, B)
        mask : bool array, shape (T, B)
            False where a prediction does not count, as at padding; all count if
            it is left out.

        Raises
        ------
        ValueError
            What `forward` and `bptt` refuse.
        """
        _, _, logits = self._run(x, h0)
        targets, mask = checked_targets(targets, mask, logits)
        return mean_loss(cross_entropy(logits, targets), mask)

    def bptt(self, targets: ArrayLike, mask: ArrayLike | None = None) -> float:
        """The loss of the last forward pass, and all its gradients.

        Implements :eq:`eq-dlogits` and hands on to the layers, from last to
        first. Sets `gradients` and `dh0`; adds to nothing.

        Parameters
        ----------
        targets, mask
            As in `loss`.

        Returns
        -------
        float
            The loss, in nats.

        Raises
        ------
        RuntimeError
            If there was no `forward`, or the parameters have been changed since.
        ValueError
            If a shape or dtype does not fit, a target is no word's id, or the
            mask leaves nothing.
        """
        if self._read is None:
            raise RuntimeError(
                "bptt was called before forward; call forward "
                "first, and again after each step or load"
            )
        x, states, logits, vector = self._read
        if np.count_nonzero(vector != self.vector):
            raise RuntimeError(
                "the parameters were changed after forward; call "
                "forward again before bptt"
            )
        targets, mask = checked_targets(targets, mask, logits)
        finite_floats("logits", logits)
        refuse_replaced("gradients", self.gradients, self.gradient)
        loss = self._send_back(x, states, logits, targets, mask)
        self._fresh = True
        return loss

    def _send_back(
        self,
        x: np.ndarray,
        states: np.ndarray,
        logits: np.ndarray,
        targets: np.ndarray,
        mask: np.ndarray | None,
    ) -> float:
        """From the loss through the three layers, from last to first."""
        T, B, _ = logits.shape
        dh, da, dlogits = self._buffers(T, B)
        losses, _ = loss_and_dlogits(logits, targets, out=dlogits)
        if mask is not None:
            dlogits[~mask] = 0
        if B > 1:
            dlogits /= B
        g = self.gradients
        self.output_layer.backward(dlogits, states[1:], out=(g["Wy"], g["by"], dh))
        _, _, _, self.dh0 = self.hidden_layer.backward(
            dh, states, out=(g["Wh"], g["bh"], da)
        )
        self.input_layer.backward(da, x, out=g["Wx"])
        return mean_loss(losses, mask)

    def step(
        self, lr: float, clip: float | None = None, clip_by: str = "value"
    ) -> None:
        """Move every parameter against its gradient, by `lr` times it.

        Parameters
        ----------
        lr : float
            The learning rate.
        clip : float, optional
            The limit that no entry of the gradient may exceed, or, with
            `clip_by` "norm", that the length of the whole gradient may not.
        clip_by : "value" or "norm"

        Raises
        ------
        RuntimeError
            If the gradients are not those of the last forward pass.
        ValueError
            If `lr` or `clip` is not positive, `clip_by` is unknown, or a
            parameter would not be finite any more. Nothing is changed then.
        """
        positive("lr", lr)
        if clip_by not in list(CLIPS):
            raise ValueError(
                f"clip_by is {clip_by!r}; expected one of {', '.join(CLIPS)}"
            )
        if not self._fresh:
            raise RuntimeError(
                "step was called before bptt; call forward and bptt before each step"
            )
        refuse_replaced("parameters", self.parameters, self.vector)
        refuse_replaced("gradients", self.gradients, self.gradient)
        updated = self.gradient.copy()
        with np.errstate(over="ignore", invalid="ignore"):  # said below
            if clip is not None:
                CLIPS[clip_by](updated, clip)
            updated *= self.dtype.type(lr)
            np.subtract(self.vector, updated, out=updated)
        if not all_finite(updated):
            raise ValueError(
                f"a step with lr {lr} would leave a parameter "
                "that is not finite; expected smaller gradients: "
                "lower lr, or clip"
            )
        self.vector[:] = updated
        self._read, self._fresh = None, False

    def predict_next(self, x: ArrayLike, h0: ArrayLike | None = None) -> np.ndarray:
        """The most likely id to follow each sequence; int array, shape (B,).

        Takes and raises what `forward` does; nothing is stored.
        """
        _, _, logits = self._run(x, h0)
        return logits[-1].argmax(axis=-1)

    def generate(
        self,
        start: Sequence[int],
        length: int,
        temperature: float | None = None,
        rng: np.random.Generator | None = None,
    ) -> list[int]:
        """Go on from a beginning: each id is read before the next is chosen.

        Implements :eq:`eq-temperature`.

        Parameters
        ----------
        start : ids to begin with, at least one
        length : int
            How many ids to add, at least 1.
        temperature : float, optional
            Divides the logits: below 1 the choices get bolder, above 1 more
            even. Left out: the most likely id each time, and no chance.
        rng : np.random.Generator
            The source of chance; needed where there is a temperature.

        Returns
        -------
        list of int
            The ids that were added.

        Raises
        ------
        ValueError
            If `start` is empty or holds no word's id, `length` is below 1,
            `temperature` is not positive, or `rng` is missing where it is
            needed.
        """
        count("length", length)
        if temperature is not None:
            positive("temperature", temperature)
            generator("rng", rng)
        ids = as_array("start", start)
        if ids.ndim != 1 or not len(ids):
            raise ValueError(
                f"start has shape {ids.shape}; expected (T,), the "
                "ids of one sequence, at least one"
            )
        checked_ids("start", ids, self.vocab_size)
        unread, h, added = ids[:, np.newaxis], None, []
        for _ in range(length):
            _, states, logits = self._run(unread, h)
            h = states[-1]
            added.append(chosen_id(logits[-1, 0], temperature, rng))
            unread = np.array([added[-1:]])
        return added

    def save(self, path: str | PathLike) -> None:
        """Write the parameters to a file; an older one is replaced as a whole.

        Raises
        ------
        ValueError
            If a parameter is not finite.
        OSError
            If the file cannot be written.
        """
        refuse_replaced("parameters", self.parameters, self.vector)
        save_arrays(path, check_arrays(self.parameters))

    def load(self, path: str | PathLike) -> None:
        """Read parameters that `save` wrote, exact to the bit.

        Raises
        ------
        ValueError
            If the file is damaged, of another format, or holds parameters of
            another shape or dtype than this network's. Nothing is changed then.
        OSError
            If the file cannot be read.
        """
        for name, array in load_arrays(path, self.parameters).items():
            self.parameters[name][:] = array
        self._read, self._fresh = None, False


def checked_targets(
    targets: ArrayLike, mask: ArrayLike | None, logits: np.ndarray
) -> tuple[np.ndarray, np.ndarray | None]:
    """Targets and mask, if there is one, as arrays that fit the logits."""
    T, B, V = logits.shape
    targets = checked_sequences("targets", targets, V)
    if targets.shape != (T, B):
        raise ValueError(
            f"targets has shape {targets.shape}; expected "
            f"{(T, B)}, one target for each id that was read"
        )
    return targets, None if mask is None else checked_mask("mask", mask, (T, B))


def chosen_id(
    logits: np.ndarray, temperature: float | None, rng: np.random.Generator | None
) -> int:
    """One id: the most likely, or one drawn by :eq:`eq-temperature`."""
    if temperature is None:
        return int(logits.argmax())
    with np.errstate(over="ignore"):  # a share of e^-1000 is 0 in any case
        z = below_highest(logits.astype(np.float64)) / temperature
    return int(rng.choice(len(z), p=softmax(np.maximum(z, -1000))))


def mean_loss(losses: np.ndarray, mask: np.ndarray | None) -> float:
    """Implements :eq:`eq-batch-loss`, as a float of Python's."""
    total = losses.sum() if mask is None else losses.sum(where=mask)
    return float(total) / losses.shape[1]

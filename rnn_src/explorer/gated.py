"""Everything that happens in an LSTM while it reads a sentence, as arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.explorer.trace import length
from rnn_src.functions import cross_entropy, d_cross_entropy, softmax
from rnn_src.lstm import LSTM


@dataclass(frozen=True, eq=False, kw_only=True)
class GatedBack:
    """The backward pass.

    Attributes
    ----------
    k : int
        T: the gradient goes back through all steps.
    later, dh : arrays, shape (T, H)
        What each state gets from later steps; with that from its own prediction.
    from_h, later_c, dc : arrays, shape (T, H)
        What each cell gets through its state, and from the next cell; their sum.
    di, df, dg, do : arrays, shape (T, H)
    da : array, shape (T, 4H)
    dh0, dc0 : arrays, shape (H,)
    sizes : dict of arrays, shape (T,)
        For each parameter the length of its gradient when the backward pass has
        reached a step.
    """

    k: int
    later: np.ndarray
    dh: np.ndarray
    from_h: np.ndarray
    later_c: np.ndarray
    dc: np.ndarray
    di: np.ndarray
    df: np.ndarray
    dg: np.ndarray
    do: np.ndarray
    da: np.ndarray
    dh0: np.ndarray
    dc0: np.ndarray
    sizes: dict[str, np.ndarray]


@dataclass(frozen=True, eq=False, kw_only=True)
class GatedTrace:
    """One sentence in one LSTM: the forward and the backward pass.

    Attributes
    ----------
    from_word, from_past : arrays, shape (T, 4H)
        W_x x_t and W_h h_{t-1}: what makes the pre-activations, with b.
    Wh, Wy, b, by : arrays
        Parameters of the network.
    a : array, shape (T, 4H)
    i, f, g, o, c, h : arrays, shape (T, H)
    h0, c0 : arrays, shape (H,)
    z, p, dz : arrays, shape (T, V)
    losses : array, shape (T,)
        In nats.
    own : array, shape (T, H)
        What each state gets from its own prediction.
    runs : tuple of one GatedBack
    """

    ids: np.ndarray
    targets: np.ndarray
    from_word: np.ndarray
    from_past: np.ndarray
    Wh: np.ndarray
    Wy: np.ndarray
    b: np.ndarray
    by: np.ndarray
    a: np.ndarray
    i: np.ndarray
    f: np.ndarray
    g: np.ndarray
    o: np.ndarray
    c: np.ndarray
    h: np.ndarray
    h0: np.ndarray
    c0: np.ndarray
    z: np.ndarray
    p: np.ndarray
    losses: np.ndarray
    dz: np.ndarray
    own: np.ndarray
    runs: tuple[GatedBack, ...]


def gated_trace(
    model: LSTM, ids: ArrayLike, targets: ArrayLike, state0: ArrayLike | None = None
) -> GatedTrace:
    """Read a sentence, then go back through it.

    Implements :eq:`eq-lstm-dh` to :eq:`eq-lstm-start` step by step.

    Parameters
    ----------
    model : LSTM
    ids, targets : T ids each
    state0 : array, shape (2, H), optional
        h_0 and c_0; zeros if left out.

    Raises
    ------
    ValueError
        If the model refuses the ids or the state, or the lengths of ids and targets
        differ.
    """
    ids, targets = np.asarray(ids), np.asarray(targets)
    if ids.ndim != 1 or ids.shape != targets.shape:
        raise ValueError(
            f"ids has shape {ids.shape}, targets {targets.shape}; "
            "expected (T,) for both: one sentence"
        )
    H, w = model.hidden_size, model.parameters
    state0 = np.zeros((2, H)) if state0 is None else np.asarray(state0, float)
    _, logits = model.forward(ids[:, np.newaxis], state0[:, np.newaxis])
    u = model.input_layer.forward(ids[:, np.newaxis])
    found = model.hidden_layer.forward(u, state0[:, np.newaxis])
    h, c, (i, f, g, o) = found.h[:, 0], found.c[:, 0], np.moveaxis(found.gates, 2, 0)
    z, dz = logits[:, 0], d_cross_entropy(logits[:, 0], targets)
    gates = {"i": i[:, 0], "f": f[:, 0], "g": g[:, 0], "o": o[:, 0]}
    return GatedTrace(
        ids=ids,
        targets=targets,
        from_word=w["Wx"].T[ids],
        from_past=h[:-1] @ w["Wh"].T,
        **{name: w[name] for name in ("Wh", "Wy", "b", "by")},
        a=w["Wx"].T[ids] + h[:-1] @ w["Wh"].T + w["b"],
        **gates,
        c=c[1:],
        h=h[1:],
        h0=h[0],
        c0=c[0],
        z=z,
        p=softmax(z),
        losses=cross_entropy(z, targets),
        dz=dz,
        own=dz @ w["Wy"],
        runs=(walk_back(w, ids, gates, h, c, dz),),
    )


def walk_back(w, ids, gates, h, c, dz) -> GatedBack:
    """All gradients of one sentence; h and c have T + 1 rows, from the start on."""
    (i, f, g, o), tanh_c = gates.values(), np.tanh(c[1:])
    own = dz @ w["Wy"]
    later, from_h, later_c = (np.zeros_like(own) for _ in range(3))
    da, (dh_later, dc_later) = np.empty((*own.shape, 4)), np.zeros_like(c[:2])
    for t in reversed(range(len(own))):
        later[t], later_c[t] = dh_later, dc_later
        dh = own[t] + dh_later
        from_h[t] = dh * o[t] * (1 - tanh_c[t] ** 2)
        dc = from_h[t] + dc_later
        da[t, :, 0] = dc * g[t] * i[t] * (1 - i[t])
        da[t, :, 1] = dc * c[t] * f[t] * (1 - f[t])
        da[t, :, 2] = dc * i[t] * (1 - g[t] ** 2)
        da[t, :, 3] = dh * tanh_c[t] * o[t] * (1 - o[t])
        dh_later, dc_later = da[t].T.ravel() @ w["Wh"], dc * f[t]
    da = da.transpose(0, 2, 1).reshape(len(own), -1)
    dh, dc = own + later, from_h + later_c
    return GatedBack(
        k=len(own),
        later=later,
        dh=dh,
        from_h=from_h,
        later_c=later_c,
        dc=dc,
        di=dc * g,
        df=dc * c[:-1],
        dg=dc * i,
        do=dh * tanh_c,
        da=da,
        dh0=dh_later,
        dc0=dc_later,
        sizes=sizes_of(da, dz, np.eye(len(w["by"]))[ids], h),
    )


def sizes_of(da, dz, x, h) -> dict[str, np.ndarray]:
    """The length of each gradient when the backward pass has reached each step."""
    shares = {
        "Wx": np.einsum("ta,tv->tav", da, x),
        "Wh": np.einsum("ta,th->tah", da, h[:-1]),
        "Wy": np.einsum("tv,th->tvh", dz, h[1:]),
        "b": da,
        "by": dz,
    }
    return {
        name: np.array([length(step) for step in np.cumsum(one[::-1], axis=0)[::-1]])
        for name, one in shares.items()
    }

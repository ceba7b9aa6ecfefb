"""Everything that happens in a network while it reads a sentence, as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.functions import cross_entropy, d_cross_entropy, softmax
from rnn_src.model import VanillaRNN
from rnn_src.parameters import NAMES


@dataclass(frozen=True, eq=False, kw_only=True)
class Truncated:
    """The backward pass if the sentence is read in pieces of k steps.

    Attributes
    ----------
    k : int
        No gradient goes from a piece to the one before it; with k = T nothing
        is missing.
    later : array, shape (T, H)
        What each hidden state gets from later steps.
    dh, da : arrays, shape (T, H)
    dh0 : array, shape (H,)
        The gradient at the state before the first word.
    sizes : dict of arrays, shape (T,)
        For each parameter the length of its gradient when the backward pass
        has reached a step.
    lost : dict of float
        For each parameter the length of what is missing, as a fraction of the
        length of the full gradient; 0 where that is zero.
    """

    k: int
    later: np.ndarray
    dh: np.ndarray
    da: np.ndarray
    dh0: np.ndarray
    sizes: dict[str, np.ndarray]
    lost: dict[str, float]


@dataclass(frozen=True, eq=False, kw_only=True)
class Trace:
    """One sentence in one network: the forward and the backward pass.

    Attributes
    ----------
    from_word, from_past : arrays, shape (T, H)
        W_x x_t and W_h h_{t-1}: what makes the pre-activation, with b_h.
    Wh, Wy, bh, by : arrays
        Parameters of the network.
    a, h : arrays, shape (T, H)
    h0 : array, shape (H,)
    z, p, dz : arrays, shape (T, V)
    losses : array, shape (T,)
        In nats.
    own : array, shape (T, H)
        What each hidden state gets from its own prediction.
    runs : tuple of Truncated
        For k = 1, …, T.
    """

    ids: np.ndarray
    targets: np.ndarray
    from_word: np.ndarray
    from_past: np.ndarray
    Wh: np.ndarray
    Wy: np.ndarray
    bh: np.ndarray
    by: np.ndarray
    a: np.ndarray
    h: np.ndarray
    h0: np.ndarray
    z: np.ndarray
    p: np.ndarray
    losses: np.ndarray
    dz: np.ndarray
    own: np.ndarray
    runs: tuple[Truncated, ...]


def trace(
    parameters: Mapping[str, ArrayLike],
    ids: ArrayLike,
    targets: ArrayLike,
    h0: ArrayLike | None = None,
) -> Trace:
    """Read a sentence, then go back through it with each possible truncation.

    Implements :eq:`eq-total-dh` step by step, and :eq:`eq-sum-over-time`.

    Parameters
    ----------
    parameters : mapping from the five names to arrays or lists
    ids, targets : T ids each
        The words to read, and the word to predict after each.
    h0 : array, shape (H,), optional
        The state before the first word; zeros if left out.

    Raises
    ------
    ValueError
        If `VanillaRNN` refuses the parameters or the ids, or the lengths of
        ids and targets differ.
    """
    model = VanillaRNN.from_parameters(parameters)
    w, ids, targets = model.parameters, np.asarray(ids), np.asarray(targets)
    if ids.ndim != 1 or ids.shape != targets.shape:
        raise ValueError(
            f"ids has shape {ids.shape}, targets {targets.shape}; "
            "expected (T,) for both: one sentence"
        )
    h0 = np.zeros(model.hidden_size) if h0 is None else np.array(h0, float)
    hidden, logits = model.forward(ids[:, np.newaxis], h0[np.newaxis])
    before = np.concatenate([h0[np.newaxis], hidden[:-1, 0]])
    h, z = hidden[:, 0], logits[:, 0]
    losses, dz = cross_entropy(z, targets), d_cross_entropy(z, targets)
    from_word, from_past = w["Wx"].T[ids], before @ w["Wh"].T
    own = dz @ w["Wy"]
    return Trace(
        ids=ids,
        targets=targets,
        from_word=from_word,
        from_past=from_past,
        Wh=w["Wh"],
        Wy=w["Wy"],
        bh=w["bh"],
        by=w["by"],
        a=from_word + from_past + w["bh"],
        h=h,
        h0=h0,
        z=z,
        p=softmax(z),
        losses=losses,
        dz=dz,
        own=own,
        runs=truncations(w, ids, before, h, dz, own),
    )


def truncations(
    w: Mapping[str, np.ndarray],
    ids: np.ndarray,
    before: np.ndarray,
    h: np.ndarray,
    dz: np.ndarray,
    own: np.ndarray,
) -> tuple[Truncated, ...]:
    """The backward pass in pieces of 1, …, T steps."""
    x = np.eye(len(w["by"]))[ids]
    walks = [walk_back(w["Wh"], own, h, k) for k in range(1, len(ids) + 1)]
    totals = [gradients(da, dz, x, before, h) for _, _, da in walks]
    return tuple(
        Truncated(
            k=k,
            later=later,
            dh=dh,
            da=da,
            dh0=da[0] @ w["Wh"],
            sizes=sizes_of(total),
            lost=lost_of(total, totals[-1]),
        )
        for k, ((later, dh, da), total) in enumerate(zip(walks, totals, strict=True), 1)
    )


def walk_back(
    Wh: np.ndarray, own: np.ndarray, h: np.ndarray, k: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What each state gets from later steps of its piece, then dh and da."""
    later, da = np.zeros_like(own), np.zeros_like(own)
    for t in reversed(range(len(own))):
        if t + 1 < len(own) and (t + 1) % k:
            later[t] = da[t + 1] @ Wh
        da[t] = (own[t] + later[t]) * (1 - h[t] ** 2)
    return later, own + later, da


def gradients(
    da: np.ndarray, dz: np.ndarray, x: np.ndarray, before: np.ndarray, h: np.ndarray
) -> dict[str, np.ndarray]:
    """The gradient of each parameter when the backward pass has reached step t.

    Each has shape (T, …): entry t is the sum over step t and all later ones.
    """
    shares = {
        "Wx": np.einsum("th,tv->thv", da, x),
        "Wh": np.einsum("th,tm->thm", da, before),
        "Wy": np.einsum("tv,th->tvh", dz, h),
        "bh": da,
        "by": dz,
    }
    return {name: np.cumsum(shares[name][::-1], axis=0)[::-1] for name in NAMES}


def length(array: np.ndarray) -> float:
    """The root of the sum of all squares."""
    return float(np.linalg.norm(array))


def sizes_of(total: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The length of each gradient when the backward pass has reached each step."""
    return {
        name: np.array([length(step) for step in steps])
        for name, steps in total.items()
    }


def lost_of(
    total: Mapping[str, np.ndarray], whole: Mapping[str, np.ndarray]
) -> dict[str, float]:
    """The length of what each gradient lacks, as a fraction of the whole."""
    return {
        name: length(whole[name][0] - total[name][0]) / (length(whole[name][0]) or 1.0)
        for name in NAMES
    }

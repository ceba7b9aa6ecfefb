"""A GRU, as PyTorch computes it: right, and in pieces that can be wrong.

The package has none: its readers write their own. The rows of Wx, Wh and the two
biases are those of r, z and n; r multiplies the finished product W_h h + b_h.
"""

from collections.abc import Mapping

import numpy as np

from rnn_src.functions import cross_entropy, softmax
from rnn_src.mistakes.backward import dby, dWx, dWy, dz, steps, x, y
from rnn_src.mistakes.gates_backward import total_dby, total_dWh, total_dWx, total_dWy
from rnn_src.mistakes.gates_case import sigmoid
from rnn_src.mistakes.gates_case import steps as forwards
from rnn_src.mistakes.pieces import Piece, by_name, walk
from rnn_src.parameters import parameter_shapes

Arrays = Mapping[str, np.ndarray]


def gru_shapes(V: int, H: int) -> dict[str, tuple[int, ...]]:
    """The shape of each parameter."""
    plain = parameter_shapes(V, H)
    thrice = {"Wx": (3 * H, V), "Wh": (3 * H, H), "bx": (3 * H,), "bh": (3 * H,)}
    return thrice | {"Wy": plain["Wy"], "by": plain["by"]}


def by_complex_steps(
    parameters: Arrays, ids: np.ndarray, targets: np.ndarray, h0: np.ndarray
) -> tuple[float, dict[str, np.ndarray], np.ndarray]:
    """One forward pass for each number, moved by a step along the imaginary axis.

    f(x + ie) = f(x) + ie f'(x): nudges, without a loss of digits.
    """
    P, e, at = sum(w.size for w in parameters.values()), 1e-30, 0
    w, n = {}, len(h0)
    for name, array in parameters.items():
        flat = np.tile(array.ravel().astype(complex), (P, 1))
        flat[at + np.arange(array.size), np.arange(array.size)] += 1j * e
        w[name], at = flat.reshape(P, *array.shape), at + array.size
    h, loss = np.tile(h0.astype(complex), (P, 1)), np.zeros(P, complex)
    for word, target in zip(ids, targets, strict=True):
        by_word = w["Wx"][:, :, word] + w["bx"]
        by_state = (w["Wh"] @ h[:, :, np.newaxis])[:, :, 0] + w["bh"]
        r, z = np.split(sigmoid((by_word + by_state)[:, : 2 * n]), 2, axis=1)
        h_new = np.tanh(by_word[:, 2 * n :] + r * by_state[:, 2 * n :])
        h = (1 - z) * h_new + z * h
        logits = (w["Wy"] @ h[:, :, np.newaxis])[:, :, 0] + w["by"]
        logits = logits - logits.real.max(axis=1, keepdims=True)
        loss += np.log(np.exp(logits).sum(axis=1)) - logits[:, target]
    slopes = np.split(loss.imag / e, np.cumsum([a.size for a in parameters.values()]))
    gradients = {
        name: slope.reshape(array.shape)
        for (name, array), slope in zip(parameters.items(), slopes, strict=False)
    }
    return float(loss[0].real), gradients, h[0].real


def h_prev(h):
    return h


def u(Wx, bx, ids, t):
    return Wx[:, ids[t]] + bx


def m(Wh, bh, h_prev):
    return Wh @ h_prev + bh


def r(u, m, H):
    return sigmoid(u[:H] + m[:H])


def z(u, m, H):
    return sigmoid(u[H : 2 * H] + m[H : 2 * H])


def n(u, m, r, H):
    return np.tanh(u[2 * H :] + r * m[2 * H :])


def h(z, n, h_prev):
    return (1 - z) * n + z * h_prev


def logits(Wy, by, h):
    return Wy @ h + by


FORWARD = (h_prev, u, m, r, z, n, h, logits)


def p(logits):
    return softmax(logits)


def dh(Wy, dz, later):
    return Wy.T @ dz + later


def dn(dh, z):
    return dh * (1 - z)


def dgate(dh, h_prev, n):
    return dh * (h_prev - n)


def da_n(dn, n):
    return dn * (1 - n**2)


def dr(da_n, m, H):
    return da_n * m[2 * H :]


def da_r(dr, r):
    return dr * r * (1 - r)


def da_z(dgate, z):
    return dgate * z * (1 - z)


def da(da_r, da_z, da_n):
    return np.concatenate([da_r, da_z, da_n])


def dm(da_r, da_z, da_n, r):
    return np.concatenate([da_r, da_z, da_n * r])


def dWh(dm, h_prev):
    return np.outer(dm, h_prev)


def dbx(da):
    return da


def dbh(dm):
    return dm


def later(Wh, dm, dh, z):
    return Wh.T @ dm + dh * z


def total_dbx(total_dbx, dbx):
    return total_dbx + dbx


def total_dbh(total_dbh, dbh):
    return total_dbh + dbh


BACKWARD = (
    *(x, y, p, dz, dWy, dby, dh, dn, dgate, da_n, dr, da_r, da_z, da, dm),
    *(dWx, dWh, dbx, dbh, later, total_dWx, total_dWh, total_dWy),
    *(total_dbx, total_dbh, total_dby),
)


def by_pieces(
    parameters: Arrays,
    ids: np.ndarray,
    targets: np.ndarray,
    h0: np.ndarray,
    wrong: Mapping[str, Piece] = {},
) -> tuple[float, dict[str, np.ndarray], np.ndarray]:
    """Loss, gradients and last state; `wrong` replaces pieces of either pass."""
    V, H = parameters["Wy"].shape
    known = dict(parameters) | {"ids": ids, "targets": targets, "h0": h0, "h": h0}
    known |= {"T": len(ids), "H": H, "V": V}
    there = by_name(forwards, *FORWARD) | dict(wrong)
    trace = walk(known, there, FORWARD)[1:]
    known |= {f"total_d{name}": np.zeros_like(w) for name, w in parameters.items()}
    known["later"] = np.zeros(H)
    back = by_name(steps, *BACKWARD) | dict(wrong)
    found = walk(known, back, BACKWARD, trace)[-1]
    losses = cross_entropy(np.array([one["logits"] for one in trace]), targets)
    gradients = {name: found[f"total_d{name}"] for name in parameters}
    return float(losses.sum()), gradients, trace[-1]["h"]

"""The right backward pass of the gated network, in pieces, as in `backward`.

It knows what the forward pass found in the step, by the names of its pieces: the
gates `i`, `f`, `g` and `o`, `c`, `tanh_c` and `h`, and what came before them,
`c_prev` and `h_prev`.
"""

from collections.abc import Mapping

import numpy as np

from rnn_src.functions import softmax
from rnn_src.mistakes import gates_case
from rnn_src.mistakes.backward import (
    dby,
    dWh,
    dWx,
    dWy,
    dz,
    start,
    steps,
    total_dby,
    total_dWh,
    total_dWx,
    total_dWy,
    y,
)
from rnn_src.mistakes.gates_case import GatedCase, given
from rnn_src.mistakes.pieces import Known, Piece, by_name, call, walk


def p(z):
    """The predicted probabilities of all words; (V,)."""
    return softmax(z)


def dh(Wy, dz, later_h):
    """The state moves its own prediction, and the next step; (H,)."""
    return Wy.T @ dz + later_h


def do(dh, tanh_c):
    """The output gate moves the state; (H,)."""
    return dh * tanh_c


def dc(dh, o, tanh_c, later_c):
    """The cell moves the state, and the next cell; (H,)."""
    return dh * o * (1 - tanh_c**2) + later_c


def di(dc, g):
    """The input gate moves the cell; (H,)."""
    return dc * g


def df(dc, c_prev):
    """The forget gate moves the cell; (H,)."""
    return dc * c_prev


def dg(dc, i):
    """The candidate moves the cell; (H,)."""
    return dc * i


def da_i(di, i):
    """Through the sigmoid of the input gate; (H,)."""
    return di * i * (1 - i)


def da_f(df, f):
    """Through the sigmoid of the forget gate; (H,)."""
    return df * f * (1 - f)


def da_g(dg, g):
    """Through the tanh of the candidate; (H,)."""
    return dg * (1 - g**2)


def da_o(do, o):
    """Through the sigmoid of the output gate; (H,)."""
    return do * o * (1 - o)


def da(da_i, da_f, da_g, da_o):
    """Stacked as the rows of the weights are; (4H,)."""
    return np.concatenate([da_i, da_f, da_g, da_o])


def db(da):
    """The share of this step; (4H,)."""
    return da


def later_h(Wh, da):
    """What goes back to the state before, from all four gates; (H,)."""
    return Wh.T @ da


def later_c(dc, f):
    """What goes back to the cell before; (H,)."""
    return dc * f


def total_db(total_db, db):
    """Each step adds its share of dL/db."""
    return total_db + db


def total_dh0(later_h):
    """What the step that is visited last, the first one, sends back."""
    return later_h


def total_dc0(later_c):
    """The same along the cell."""
    return later_c


IN_A_STEP = (
    *(y, p, dz, dWy, dby),
    *(dh, do, dc, di, df, dg, da_i, da_f, da_g, da_o, da),
    *(dWx, dWh, db, later_h, later_c),
    *(total_dWx, total_dWh, total_dWy, total_db, total_dby, total_dh0, total_dc0),
)
PIECES = by_name(steps, start, *IN_A_STEP)


def backward(
    case: GatedCase,
    pieces: Mapping[str, Piece] = PIECES,
    forward: Mapping[str, Piece] = gates_case.FORWARD,
) -> Known:
    """Go back through time with the given pieces, after the given forward pass.

    Returns
    -------
    dict
        All that is known after the last visited step, by name.

    Raises
    ------
    ValueError
        If a piece has an argument that is not known when it is called.
    """
    trace = gates_case.forward(case, forward)
    known = given(case)
    known |= {f"total_d{name}": np.zeros_like(w) for name, w in case.arrays.items()}
    known |= {name: call(pieces["start"], known) for name in ("later_h", "later_c")}
    return walk(known, pieces, IN_A_STEP, trace)[-1]


def totals(known: Mapping[str, object]) -> dict[str, np.ndarray]:
    """The gradients of a backward pass, by the names of `GatedCase.arrays`."""
    names = (*GatedCase.shapes, "h0", "c0")
    return {name: known[f"total_d{name}"] for name in names}


def right_gradients(case: GatedCase) -> dict[str, np.ndarray]:
    """dL/dWx, …, dL/dby, dL/dh0 and dL/dc0, in nats per unit of the weight."""
    return totals(backward(case))

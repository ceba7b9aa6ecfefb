"""Wrong forward passes of the gated network, each with its own right gradients.

A gradient check compares a loss with its gradients. These belong together, so it
finds nothing: each mistake says what does.
"""

import numpy as np

from rnn_src.mistakes.gates_case import sigmoid
from rnn_src.mistakes.gates_registry import GATED_MISTAKES, GatedMistake
from rnn_src.mistakes.pieces import Piece

BY_HAND = "a step computed by hand"
EARLY_WORD = "an early word, changed"


def wrong_forward(
    name: str,
    forward: dict[str, Piece],
    gradients: dict[str, Piece],
    seen_by: str = BY_HAND,
    **texts: str,
) -> None:
    """Add a wrong forward pass, and the pieces of its gradients."""
    GATED_MISTAKES[name] = GatedMistake(
        name=name,
        kind="forward",
        pieces=gradients,
        forward=forward,
        seen_by=seen_by,
        **texts,
    )


def bo_for_three_gates(b, H):
    return np.concatenate([b[3 * H :], b[3 * H :], b[2 * H :]])


def db_of_bo_for_three_gates(da, H):
    i, f, g, o = np.split(da, 4)
    return np.concatenate([0 * i, 0 * f, g, i + f + o])


wrong_forward(
    "biases-exchanged",
    {"bias": bo_for_three_gates},
    {"db": db_of_bo_for_three_gates},
    what="The input and the forget gate get the output gate's bias.",
    how="One line is copied twice, and its bias stays.",
    message="All of your gates use the bias of the output gate. A bias that starts at "
    "1 for the forget gate then does nothing.",
)


def first_state(h0):
    return h0


def first_cell(c0):
    return c0


def nothing(H):
    return np.zeros(H)


def sum_at_h0(total_dh0, Wh, da):
    return total_dh0 + Wh.T @ da


def sum_at_c0(total_dc0, dc, f):
    return total_dc0 + dc * f


wrong_forward(
    "state-stays",
    {"h_prev": first_state, "c_prev": first_cell},
    {
        "later_h": nothing,
        "later_c": nothing,
        "total_dh0": sum_at_h0,
        "total_dc0": sum_at_c0,
    },
    seen_by=EARLY_WORD,
    what="Every step begins with the first state.",
    how="The loop calls the step with the state from before the loop.",
    message="Each of your steps starts from h_0 and c_0. Hand on what the step before "
    "returned, or the network has no memory.",
    address="karpathy/makemore#3",
)


def c_itself(c):
    return c


def dc_without_tanh(dh, o, later_c):
    return dh * o + later_c


wrong_forward(
    "no-tanh-of-c",
    {"tanh_c": c_itself},
    {"dc": dc_without_tanh},
    what="The state shows the cell itself, without tanh.",
    how="The output gate is thought to do all the squashing; or it is left out on "
    "purpose, as another network.",
    message="Your state is o * c. It is o * tanh(c), which stays between -1 and 1.",
    address="nicodjimenez/lstm#47",
)


def sigmoid_of_g(a, H):
    return sigmoid(a[2 * H : 3 * H])


def through_the_sigmoid_of_g(dg, g):
    return dg * g * (1 - g)


wrong_forward(
    "sigmoid-candidate",
    {"g": sigmoid_of_g},
    {"da_g": through_the_sigmoid_of_g},
    what="The candidate is a sigmoid, so nothing negative is ever written.",
    how="One line makes all four, and three of them are sigmoids.",
    message="Your candidate is between 0 and 1. It is a tanh: a cell must be able to "
    "go down as well as up.",
)


def g_from_the_last_rows(a, H):
    return np.tanh(a[3 * H :])


def o_from_the_third_rows(a, H):
    return sigmoid(a[2 * H : 3 * H])


def stacked_as_read(da_i, da_f, da_g, da_o):
    return np.concatenate([da_i, da_f, da_o, da_g])


wrong_forward(
    "read-as-i-f-o-g",
    {"g": g_from_the_last_rows, "o": o_from_the_third_rows},
    {"da": stacked_as_read},
    what="The rows of candidate and output gate are exchanged.",
    how="The order is that of another library, or of a drawing.",
    message="You read the rows as i, f, o, g. The order here, and in PyTorch, is "
    "i, f, g, o: other weights fit a network of your own order alone.",
)

"""Mistakes between the steps of the gated network: two things are carried now."""

from functools import partial

import numpy as np

from rnn_src.mistakes.gates_registry import gated_mistake

over_time = partial(gated_mistake, kind="time")


@over_time(
    "dc",
    what="What comes from the next cell is overwritten, not added to.",
    how="`=` instead of `+=` on the line that goes from h to c; or the second "
    "path is taken for a fudge factor, and removed.",
    message="Two paths lead into dL/dc, and your path through h overwrites the one "
    "from the next cell. Add them.",
    address="nicodjimenez/lstm#49",
)
def dc_overwritten(dh, o, tanh_c):
    return dh * o * (1 - tanh_c**2)


@over_time(
    "dc",
    what="The cell gets the prediction's share of dL/dh, without that of later steps.",
    how="dL/dc is computed before what comes back through W_h has been added.",
    message="Your dL/dc is made from a dL/dh that is not whole yet. Add what comes "
    "from the next step's gates to dL/dh first, then go on to dL/dc.",
)
def dc_before_dh_is_whole(Wy, dz, o, tanh_c, later_c):
    return (Wy.T @ dz) * o * (1 - tanh_c**2) + later_c


@over_time(
    "later_c",
    what="The share that goes back to the cell is made with the wrong dL/dh.",
    how="`dh_prev = ...` comes one line before the line that needs the old value.",
    message="You overwrite dL/dh with that of the step before, and use it once more "
    "for the cell. Finish with this step's dL/dh before you replace it.",
    address="numpy/numpy-tutorials, tutorial-nlp-from-scratch.md, at 028b593",
)
def dh_replaced_too_early(later_c, f, o, tanh_c, later_h):
    return f * (later_c + later_h * o * (1 - tanh_c**2))


@over_time(
    "later_c",
    what="What goes back along the cell passes no forget gate.",
    how="The cell is remembered as a sum, through which a gradient passes unchanged.",
    message="You hand dL/dc on as it is. The old cell was multiplied by the forget "
    "gate, and so is its gradient: dc * f.",
)
def cell_carry_without_f(dc):
    return dc


@over_time(
    "later_c",
    what="What goes back along the cell passes the input gate.",
    how="The gates of the two products are swapped.",
    message="On the way to the cell before, you multiply by i. The old cell came in "
    "through the forget gate: dc * f.",
)
def cell_carry_through_i(dc, i):
    return dc * i


@over_time(
    "later_c",
    what="Nothing goes back along the cell.",
    how="dL/dc_prev is computed, but never handed on to the next turn of the loop.",
    message="You send no gradient back along the cell. Keep dc * f for the step "
    "before: it is the second path into its dL/dc.",
    address="CaptainE/RNN-LSTM-in-numpy#1, nicklashansen/rnn_lstm_from_scratch#1",
)
def cell_never_handed_on(H):
    return np.zeros(H)


@over_time(
    "later_h",
    what="Nothing goes back along the state.",
    how="dL/dh_prev is computed, but never handed on; or the path along the cell "
    "is taken for the only one.",
    message="You send no gradient back along the state. h_prev moves all four gates of "
    "the next step: keep Wh.T @ da for the step before.",
    address="CaptainE/RNN-LSTM-in-numpy#1, nicklashansen/rnn_lstm_from_scratch#1",
)
def state_never_handed_on(H):
    return np.zeros(H)


@over_time(
    "later_h",
    what="The state before gets the share of the output gate alone.",
    how="Four shares are written to one name with `=`; the last one remains.",
    message="The state before moves all four gates, but you send it only the output "
    "gate's share. Add up all four, or write Wh.T @ da with the stacked da.",
)
def dh_from_one_gate(Wh, da_o, H):
    return Wh[3 * H :].T @ da_o


@over_time(
    "later_h",
    what="The state before gets the shares of the three gates, without the candidate.",
    how="Gates are counted as three, and the candidate is forgotten.",
    message="You leave out the candidate's share in what goes back to the state "
    "before. h_prev moves i, f, o, and g too.",
)
def dh_without_candidate(Wh, da, da_g, H):
    return Wh.T @ da - Wh[2 * H : 3 * H].T @ da_g


@over_time(
    "total_db",
    what="Each step overwrites dL/db instead of adding to it.",
    how="`=` instead of `+=`: what remains is the share of the first step.",
    message="Your dL/db is the share of the first step alone. The same biases are "
    "used at every step: add up all the shares.",
)
def gate_bias_overwritten(db):
    return db


@over_time(
    "total_dWh",
    what="Each step overwrites dL/dW_h instead of adding to it.",
    how="`=` instead of `+=`: what remains is the share of the first step.",
    message="Your dL/dWh is the share of the first step alone. The same weights are "
    "used at every step: add up all the shares.",
)
def gate_weights_overwritten(dWh):
    return dWh


@over_time(
    "total_dc0",
    what="The first cell gets no gradient.",
    how="c_0 is zeros most of the time, and is not thought of as an input.",
    message="Your dL/dc0 is zero. The first cell moves c_1 through the forget gate: "
    "its gradient is what step 1 sends back.",
)
def c0_forgotten(H):
    return np.zeros(H)

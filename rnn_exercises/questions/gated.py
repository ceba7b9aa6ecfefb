"""Right and wrong steps of the gated network for the exercises on it, in pieces."""

from collections.abc import Callable, Mapping

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_src.mistakes import GATED_MISTAKES, GatedCase, GatedMistake
from rnn_src.mistakes import gates_backward as right
from rnn_src.mistakes import gates_case as forwards
from rnn_src.mistakes.gates_case import sigmoid
from rnn_src.mistakes.pieces import Piece, walk

Arrays = Mapping[str, np.ndarray]

#: The pieces from dL/dh to dL/da, and to what is sent back.
INSIDE = right.IN_A_STEP[
    right.IN_A_STEP.index(right.dh) : right.IN_A_STEP.index(right.da) + 1
] + (right.later_h, right.later_c)


def dc_from_h(dh, o, h, later_c):
    return dh * o * (1 - h**2) + later_c


def do_from_dc(dh, o, tanh_c, later_c):  # it comes before dc
    return right.dc(dh, o, tanh_c, later_c) * tanh_c


def sigmoid_prime(s):
    return sigmoid(s) * (1 - sigmoid(s))


#: Mistakes that the museum does not show.
OF_READERS = (
    GatedMistake(
        name="tanh-prime-from-h",
        kind="step",
        pieces={"dc": dc_from_h},
        what="The derivative of tanh is taken at h.",
        how="In a plain layer h is the result of the tanh.",
        message="In dL/dc you take 1 - h**2. The output gate is in h: write "
        "1 - np.tanh(c)**2.",
    ),
    GatedMistake(
        name="do-from-dc",
        kind="step",
        pieces={"do": do_from_dc},
        what="The output gate's gradient is made from dL/dc.",
        how="The other three are.",
        message="The output gate moves only h: dL/do is made from dh, not from dc.",
    ),
    GatedMistake(
        name="sigmoid-prime-of-gates",
        kind="step",
        pieces={
            "da_i": lambda di, i: di * sigmoid_prime(i),
            "da_f": lambda df, f: df * sigmoid_prime(f),
            "da_o": lambda do, o: do * sigmoid_prime(o),
        },
        what="The sigmoid's derivative is taken at the finished gates.",
        how="A function for the derivative is at hand.",
        message="You send i, f and o through the sigmoid once more. They are results "
        "of it already: its derivative is s * (1 - s).",
    ),
)


def one_step(
    x: object,
    h: object,
    c: object,
    Wx: object,
    Wh: object,
    b: object,
    wrong: Mapping[str, Piece] = {},
) -> tuple[np.ndarray, np.ndarray]:
    """The next h and c, by the pieces of the forward pass, some of them wrong."""
    given = {"h": h, "c": c, "Wx": Wx, "Wh": Wh, "b": b, "word": x}
    known = {name: np.array(value, float) for name, value in given.items()}
    pieces = forwards.FORWARD | {"x": lambda word: word} | dict(wrong)
    known |= {"H": len(known["h"]), "T": 1, "h0": known["h"], "c0": known["c"]}
    in_a_step = [piece for piece in forwards.IN_A_STEP if piece is not forwards.z]
    found = walk(known, pieces, in_a_step)[-1]
    return found["h"], found["c"]


def back_through(
    own: np.ndarray,
    gates: Arrays,
    cells: np.ndarray,
    Wh: np.ndarray,
    wrong: Mapping[str, Piece] = {},
    later_c: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """dL/da of each step, and what the first one sends back along h and c.

    `own` (T, H) is what reaches each state from its own prediction, `gates` has i,
    f, g and o (T, H), `cells` (T + 1, H) begins with c_0; `later_c` is what comes
    from beyond the last step.
    """
    T, H = own.shape
    trace = [
        {name: gate[t] for name, gate in gates.items()}
        | {"c_prev": cells[t], "c": cells[t + 1], "tanh_c": np.tanh(cells[t + 1])}
        | {"dz": own[t], "h": gates["o"][t] * np.tanh(cells[t + 1])}
        for t in range(T)
    ]
    zeros = np.zeros(H)
    known = {"T": T, "H": H, "Wh": Wh, "Wy": np.eye(H), "later_h": zeros}
    known |= {"later_c": zeros if later_c is None else later_c}
    found = walk(known, right.PIECES | dict(wrong), INSIDE, trace)
    das = np.array([step["da"] for step in found[:0:-1]])
    return das, found[-1]["later_h"], found[-1]["later_c"]


def inside(kinds: tuple[str, ...] = ("step", "time")) -> list[GatedMistake]:
    """The mistakes that `back_through` can make, which knows no biases."""
    names = {piece.__name__ for piece in INSIDE}
    return [
        wrong
        for wrong in (*GATED_MISTAKES.values(), *OF_READERS)
        if wrong.kind in kinds
        and wrong.pieces.keys() <= names
        and wrong.name != "sigmoid-prime-at-another-bias"
    ]


def as_wrong(
    mistake: GatedMistake,
    answer: Callable[[Mapping[str, Piece]], Callable],
    message: str = "",
) -> Wrong:
    """The mistake as one of an exercise whose answer `answer` makes from its pieces."""
    pieces = mistake.forward or mistake.pieces
    return Wrong(mistake.name, message or mistake.message, answer(pieces))


def of_network(case: Callable[..., list[GatedCase]]) -> tuple[Wrong, ...]:
    """All mistakes of a whole network, from the words to every gradient.

    `case` makes a list of cases from the exercise's arguments, one for each
    sequence; the answer's parts are loss, gradients and state.
    """

    def answer_of(mistake: GatedMistake) -> Callable[..., dict[str, np.ndarray]]:
        def answer(*values: object) -> dict[str, np.ndarray]:
            return found_by(mistake, case(*values))

        return answer

    return tuple(
        Wrong(mistake.name, mistake.message, answer_of(mistake))
        for mistake in (*GATED_MISTAKES.values(), *OF_READERS)
        # The first needs dL/dc_0 to be seen; the second is dc-overwritten without.
        if mistake.name not in ("c0-forgotten", "cell-never-handed-on")
    )


def found_by(
    mistake: GatedMistake, cases: list[GatedCase]
) -> dict[str, np.ndarray | float]:
    """What it finds for a batch; what a wrong backward pass leaves right is missing."""
    each = [mistake.gradients(case) for case in cases]
    found = {
        f"gradients.{name}": sum(one[name] for one in each) / len(each)
        for name in GatedCase.shapes
    }
    if mistake.forward:
        last = [mistake.states(case)[-1] for case in cases]
        found["loss"] = float(np.mean([mistake.loss(case) for case in cases]))
        found["state"] = np.stack(last, axis=1)
    return found

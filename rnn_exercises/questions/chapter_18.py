"""The exercises of chapter 18: gates."""

import math
from collections.abc import Mapping
from functools import cache, partial

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws, gated
from rnn_exercises.questions.shapes import Shape
from rnn_exercises.registry import ask
from rnn_src.data import recall
from rnn_src.descent import Adam
from rnn_src.functions import softmax
from rnn_src.gradcheck import check_gradients
from rnn_src.lstm import LSTM, LSTMLayer, Trace
from rnn_src.mistakes import GATED_MISTAKES, GatedCase, random_gated_case
from rnn_src.mistakes.gates_case import sigmoid
from rnn_src.mistakes.pieces import Piece
from rnn_src.training import update

Arrays = Mapping[str, np.ndarray]
V, H = 30, 20


def counted() -> tuple:
    """The shapes and sizes of the package's network."""
    model = LSTM(V, H, np.random.default_rng(0))
    Wx, Wh = (model.parameters[name].shape for name in ("Wx", "Wh"))
    return (
        Shape(Wx, ("4H", "V")),
        Shape(Wh, ("4H", "H")),
        sum(model.parameters[name].size for name in ("Wx", "Wh", "b")),
        model.vector.size,
    )


IN_LAYER, IN_ALL = "numbers in Wx, Wh and b", "numbers in all five"

ask(
    "18-weights",
    kind="predict",
    answers=("Wx", "Wh", IN_LAYER, IN_ALL),
    right=counted,
    mistakes=(
        Wrong(
            "one-gate",
            "That is a plain layer. Each of i, f, g and o has weights of its own: "
            "four times as many rows.",
            {"Wx": (H, V), "Wh": (H, H), IN_LAYER: H * (V + H + 1)},
            also=({IN_LAYER: H * (V + H + 1)},),
        ),
        Wrong(
            "three-gates",
            "You count three. There are three gates, and the candidate g.",
            {"Wx": (3 * H, V), "Wh": (3 * H, H), IN_LAYER: 3 * H * (V + H + 1)},
            also=({IN_LAYER: 3 * H * (V + H + 1)},),
        ),
        Wrong(
            "wh-square",
            "W_h reads one state of H numbers and makes 4H: it is not square.",
            {"Wh": (4 * H, 4 * H)},
            also=({"Wh": (4 * H, 4 * H), IN_LAYER: 4 * H * (V + 4 * H + 1)},),
        ),
        Wrong(
            "biases-forgotten",
            "You leave out the bias: 4H numbers, one for each row.",
            {IN_LAYER: 4 * H * (V + H)},
            also=(
                {IN_LAYER: 4 * H * (V + H), IN_ALL: 4 * H * (V + H) + V * (H + 1)},
                {IN_LAYER: 4 * H * (V + H), IN_ALL: 4 * H * (V + H) + V * H},
            ),
        ),
        Wrong(
            "two-biases",
            "You count two biases, as PyTorch has them. They are added at once, so "
            "this book has one.",
            {IN_LAYER: 4 * H * (V + H + 2)},
        ),
        Wrong(
            "output-with-gates",
            "The output layer has no gates: W_y is (V, H), and b_y (V,).",
            {IN_ALL: 4 * H * (V + H + 1) + 4 * V * (H + 1)},
        ),
        Wrong(
            "output-forgotten",
            "All five are asked for: the output layer has V (H + 1) more.",
            {IN_ALL: 4 * H * (V + H + 1)},
        ),
        Wrong(
            "output-bias-forgotten",
            "You leave out the output bias: V numbers.",
            {IN_ALL: 4 * H * (V + H + 1) + V * H},
        ),
    ),
    hints=(
        "The product makes the numbers for i, f, g and o at once: 4H rows.",
        "Each of the 4H rows has V weights for the word, H for the state, and a bias.",
        "Then the output layer, which is the old one: V rows of H weights and a bias.",
    ),
)


def step_case(
    rng: np.random.Generator,
    size: tuple[int, int] | None = None,
    *,
    times: float = 1.0,
    zeros: bool = False,
) -> tuple:
    """A word, two states and a layer, as lists."""
    vocab, units = size or draws.sizes(rng, "VH")
    Wx, Wh = (draws.matrix(rng, 4 * units, n, 0.2, 0.9) for n in (vocab, units))
    return (
        draws.word(rng, vocab),
        [0.0] * units if zeros else draws.state(rng, units),
        [0.0] * units if zeros else draws.vector(rng, units),
        (times * np.array(Wx)).tolist(),
        Wh,
        draws.vector(rng, 4 * units, 0.1, 0.9),
    )


def step_of_layer(x, h, c, Wx, Wh, b) -> tuple[np.ndarray, np.ndarray]:
    """By the package's layer, one step of one sequence."""
    layer = LSTMLayer(np.array(Wh), np.array(b))
    u = (np.array(Wx) @ np.array(x))[np.newaxis, np.newaxis]
    trace = layer.forward(u, np.array([h, c])[:, np.newaxis])
    return trace.h[-1, 0], trace.c[-1, 0]


def step_with(pieces: Mapping[str, Piece]):
    return partial(gated.one_step, wrong=pieces)


def first_rows_forget(a, H):
    return sigmoid(a[:H])


def second_rows_write(a, H):
    return sigmoid(a[H : 2 * H])


def forget_what_is_new(f, c_prev, i, g):
    return i * c_prev + f * g


def nothing_forgotten(c_prev, i, g):
    return c_prev + i * g


def all_is_written(f, c_prev, g):
    return f * c_prev + g


def state_for_cell(f, h_prev, i, g):
    return f * h_prev + i * g


def old_cell_shown(c_prev):
    return np.tanh(c_prev)


def no_bias(b):
    return 0 * b


ask(
    "18-step",
    kind="code",
    arguments=("x", "h", "c", "Wx", "Wh", "b"),
    answers=("h", "c"),
    case=step_case,
    right=step_of_layer,
    edges=lambda rng: {
        "a first step, from zeros": step_case(rng, zeros=True),
        "a single unit": step_case(rng, (3, 1)),
        "more units than words": step_case(rng, (2, 6)),
        "gates that are saturated": step_case(rng, times=40.0),
    },
    mistakes=(
        *(
            gated.as_wrong(wrong, step_with)
            for wrong in GATED_MISTAKES.values()
            if wrong.kind == "forward" and wrong.name != "state-stays"
        ),
        Wrong(
            "i-and-f-exchanged",
            "You exchange the input and the forget gate. The rows are those of i, f, "
            "g, o, and c is f * c_prev + i * g.",
            step_with({"c": forget_what_is_new}),
            also=(step_with({"i": second_rows_write, "f": first_rows_forget}),),
        ),
        Wrong(
            "nothing-forgotten",
            "You keep all of the old cell. Multiply it by the forget gate.",
            step_with({"c": nothing_forgotten}),
        ),
        Wrong(
            "all-is-written",
            "You add the whole candidate. Multiply it by the input gate.",
            step_with({"c": all_is_written}),
        ),
        Wrong(
            "state-for-cell",
            "You let the forget gate act on the state. It acts on the old cell.",
            step_with({"c": state_for_cell}),
        ),
        Wrong(
            "old-cell-shown",
            "Your state shows the old cell. Make the new cell first, then show that.",
            step_with({"tanh_c": old_cell_shown}),
        ),
        Wrong(
            "no-bias",
            "The bias is missing in your pre-activations.",
            step_with({"bias": no_bias}),
        ),
        Wrong(
            "cell-first",
            "You return the cell first. The question asks for h, then c.",
            lambda *arguments: step_of_layer(*arguments)[::-1],
        ),
    ),
    hints=(
        "First the 4H pre-activations: a product with each matrix, and the bias.",
        "Cut them into four pieces of H numbers, i, f, g, o. g gets a tanh, the "
        "others the sigmoid 1 / (1 + exp(-a)).",
        "c = f * c + i * g, then h = o * tanh(c), entry by entry.",
    ),
)

BY_HAND = (
    "dL/dc",
    "the gradient sent back along the cell",
    "dL/d(f before its sigmoid)",
)
SHOWN = "dL/do"


def cell_by_hand(own: float = 1.0, later: float = 1.0, forget: float = 1.0):
    """A unit with o = 0.5, c = 0, f = 0.4, c_prev = 2; 0.8 is the next f."""
    dc = own * 0.6 * 0.5 - later * 0.5 * (0.8 if forget else 1)
    return dc, dc * 0.4, dc * 2 * 0.4 * 0.6, 0.6 * math.tanh(0)


def parts_by_hand(*values: float) -> dict[str, float]:
    return dict(zip((*BY_HAND, SHOWN), values, strict=False))


ask(
    "18-cell",
    kind="derive",
    answers=(*BY_HAND, SHOWN),
    right=cell_by_hand,
    within=1e-6,
    mistakes=(
        Wrong(
            "path-through-h",
            "That is only what comes from the next cell. The cell also moves h, "
            "by way of tanh and the output gate.",
            parts_by_hand(*cell_by_hand(own=0.0)[:3]),
            also=(parts_by_hand(cell_by_hand(own=0.0)[0]),),
        ),
        Wrong(
            "path-through-c",
            "That is only the path through h. The next cell is made from this one, "
            "and what reaches it comes back through its forget gate.",
            parts_by_hand(*cell_by_hand(later=0.0)[:3]),
            also=(parts_by_hand(cell_by_hand(later=0.0)[0]),),
        ),
        Wrong(
            "next-gate-missing",
            "What reaches the next cell comes back through the next forget gate: "
            "multiply by 0.8.",
            parts_by_hand(*cell_by_hand(forget=0.0)[:3]),
            also=(parts_by_hand(cell_by_hand(forget=0.0)[0]),),
        ),
        Wrong(
            "this-gate",
            "You take this step's forget gate for the next one's. From step t + 1 to "
            "step t the gradient passes the gate of step t + 1.",
            parts_by_hand(0.3 - 0.5 * 0.4, 0.4 * (0.3 - 0.2), 0.48 * (0.3 - 0.2)),
            also=(parts_by_hand(0.3 - 0.5 * 0.4),),
        ),
        Wrong(
            "output-gate-missing",
            "On the path through h the output gate, 0.5, is missing.",
            parts_by_hand(0.6 - 0.4, 0.4 * (0.6 - 0.4), 0.48 * (0.6 - 0.4)),
            also=(parts_by_hand(0.6 - 0.4),),
        ),
        Wrong(
            "no-gate-on-the-way",
            "From this cell to the old one the gradient passes this step's forget "
            "gate: multiply by 0.4.",
            {BY_HAND[1]: -0.1},
        ),
        Wrong(
            "no-sigmoid-prime",
            "That is dL/df. Before its sigmoid there is one more factor, f * (1 - f).",
            {BY_HAND[2]: -0.2},
        ),
        Wrong(
            "gate-for-sigmoid-prime",
            "That multiplies by f. The sigmoid's derivative is f * (1 - f).",
            {BY_HAND[2]: -0.08},
        ),
        Wrong(
            "new-cell-for-old",
            "The forget gate was multiplied by the old cell, which is 2, not by the "
            "new one.",
            {BY_HAND[2]: 0.0},
        ),
        Wrong(
            "tanh-of-zero",
            "The output gate was multiplied by tanh(c), and tanh(0) is 0: where "
            "nothing is to be seen, it makes no difference how much is shown.",
            {SHOWN: 0.6},
            also=({SHOWN: 0.3},),
        ),
    ),
    hints=(
        "Two paths lead into dL/dc. One comes from h, through tanh and o; the other "
        "from the next cell, through its forget gate.",
        "tanh(0) is 0, so 1 - tanh(0)**2 is 1: dL/dc = 0.6 * 0.5 * 1 + (-0.5) * 0.8.",
        "Back to the old cell: times f. To f: times the old cell, then f * (1 - f).",
    ),
)


def gates_case_of(
    rng: np.random.Generator, units: int = 0, *, c_prev: float = 1.0, top: float = 0.9
) -> tuple:
    """What one step found, and what comes back to it."""
    n = units or draws.sizes(rng, "H")[0]
    i, f, o = (np.round(rng.uniform(0.1, top, n), 3) for _ in range(3))
    g, before = np.array(draws.state(rng, n)), c_prev * np.array(draws.vector(rng, n))
    dh, dc_later = (np.array(draws.vector(rng, n)) for _ in range(2))
    return dh, dc_later, i, f, g, o, f * before + i * g, before


def saturated_gates(rng: np.random.Generator) -> tuple:
    """Some gates fully open, some shut."""
    dh, dc_later, i, f, g, o, _, before = gates_case_of(rng, 3)
    i[0], f[1], o[2], f[2], g[0] = 1.0, 0.0, 1.0, 1.0, 1.0
    return dh, dc_later, i, f, g, o, f * before + i * g, before


def step_back(
    dh, dc_later, i, f, g, o, c, c_prev, wrong: Mapping[str, Piece] = {}
) -> tuple[np.ndarray, np.ndarray]:
    """dL/da, and what goes back along the cell."""
    gates = {"i": i, "f": f, "g": g, "o": o}
    gates = {name: np.array([gate], float) for name, gate in gates.items()}
    cells, n = np.array([c_prev, c], float), len(c)
    da, _, later_c = gated.back_through(
        np.array([dh], float), gates, cells, np.zeros((4 * n, n)), wrong, dc_later
    )
    return da[0], later_c


def step_back_with(pieces: Mapping[str, Piece]):
    return partial(step_back, wrong=pieces)


def forgotten_twice(dh, o, tanh_c, later_c, f):
    return dh * o * (1 - tanh_c**2) + later_c * f


#: Those of a whole pass need a W_h and earlier steps.
NOT_IN_A_STEP = {
    "dc-before-dh-is-whole",
    "dh-replaced-too-early",
    "state-never-handed-on",
    "dh-from-one-gate",
    "dh-without-candidate",
}

ask(
    "18-gates",
    kind="code",
    arguments=("dh", "dc_later", "i", "f", "g", "o", "c", "c_prev"),
    answers=("da", "dc_prev"),
    axes=dict.fromkeys(("i", "f", "g", "o", "c", "c_prev"), "H"),
    case=gates_case_of,
    right=step_back,
    edges=lambda rng: {
        "a single unit": gates_case_of(rng, 1),
        "an old cell of zeros": gates_case_of(rng, c_prev=0.0),
        "gates that are open, and one that is shut": saturated_gates(rng),
        "a large cell": gates_case_of(rng, c_prev=6.0),
        "nine units": gates_case_of(rng, 9),
    },
    mistakes=(
        *(
            gated.as_wrong(wrong, step_back_with)
            for wrong in gated.inside()
            if wrong.name not in NOT_IN_A_STEP
        ),
        Wrong(
            "forgotten-twice",
            "dc_later has been through its forget gate already: add it as it is.",
            step_back_with({"dc": forgotten_twice}),
        ),
    ),
    hints=(
        "dL/do needs only dh. The other three need dL/dc, whole: both of its paths.",
        "dc = dh * o * (1 - np.tanh(c)**2) + dc_later. Then each of f, i and g gets "
        "dc times its partner in c = f * c_prev + i * g.",
        "Then through the squashing: s * (1 - s) for i, f and o, 1 - g**2 for g. "
        "np.concatenate stacks the four, and dc * f goes back.",
    ),
)


def total_case(
    rng: np.random.Generator, units: int = 0, *, Wh: float = 1.0, c: float = 1.0
) -> tuple:
    n = units or draws.sizes(rng, "H")[0]
    i, f, o_prev = (np.round(rng.uniform(0.15, 0.85, n), 3) for _ in range(3))
    g, c_prev = np.array(draws.state(rng, n)), c * np.array(draws.vector(rng, n))
    return i, f, g, c_prev, o_prev, Wh * np.array(draws.matrix(rng, 4 * n, n))


def by_complex_steps(i, f, g, c_prev, o_prev, Wh) -> tuple[np.ndarray, np.ndarray]:
    """f(x + ie) = f(x) + ie f'(x), without a loss of digits, cell by cell."""
    n, e = len(f), 1e-30
    a_i, a_f, a_g = np.log(i / (1 - i)), np.log(f / (1 - f)), np.arctanh(g)
    total = np.empty((n, n))
    for k in range(n):
        c = c_prev.astype(complex)
        c[k] += 1j * e
        moved = np.split(1j * (Wh @ (o_prev * np.tanh(c)).imag), 4)
        new_i, new_f = sigmoid(a_i + moved[0]), sigmoid(a_f + moved[1])
        total[:, k] = (new_f * c + new_i * np.tanh(a_g + moved[2])).imag / e
    return np.diag(f), total


def total_by_formula(
    i,
    f,
    g,
    c_prev,
    o_prev,
    Wh,
    *,
    direct: float = 1.0,
    ways: tuple[float, float, float] = (1.0, 1.0, 1.0),
    shown=lambda o, c: o * (1 - np.tanh(c) ** 2),
    rows: bool = False,
    transposed: bool = False,
    squashed: tuple[bool, bool] = (True, True),
) -> dict[str, np.ndarray]:
    """The total derivative, by the paths that are switched on."""
    i, f, g, c_prev, o_prev, Wh = map(np.array, (i, f, g, c_prev, o_prev, Wh))
    of_gates, of_g = squashed
    factors = (
        g * (i * (1 - i) if of_gates else 1),
        c_prev * (f * (1 - f) if of_gates else 1),
        i * (1 - g**2 if of_g else 1),
    )
    blocks = [block.T if transposed else block for block in np.split(Wh, 4)[:3]]
    parts = zip(ways, factors, blocks, strict=True)
    through = sum(way * factor[:, np.newaxis] * block for way, factor, block in parts)
    h = shown(o_prev, c_prev)
    return {"total": direct * np.diag(f) + through * (h[:, np.newaxis] if rows else h)}


def total_with(**switches):
    return partial(total_by_formula, **switches)


def total_first(*arguments: np.ndarray) -> dict[str, np.ndarray]:
    immediate, total = by_complex_steps(*arguments)
    return {"immediate": total, "total": immediate}


ask(
    "18-total",
    kind="derive",
    arguments=("i", "f", "g", "c_prev", "o_prev", "Wh"),
    answers=("immediate", "total"),
    axes=dict.fromkeys(("i", "f", "g", "c_prev", "o_prev"), "H"),
    case=total_case,
    right=by_complex_steps,
    edges=lambda rng: {
        "a W_h of zeros": total_case(rng, 3, Wh=0.0),
        "a single unit": total_case(rng, 1),
        "an old cell of zeros": total_case(rng, 3, c=0.0),
        "a large old cell, whose tanh is flat": total_case(rng, 3, c=5.0),
        "seven units and a large W_h": total_case(rng, 7, Wh=3.0),
    },
    mistakes=(
        Wrong(
            "vector-for-matrix",
            "Your immediate derivative is the vector f. It is a matrix, (H, H), with f "
            "on its diagonal: np.diag(f).",
            lambda i, f, g, c_prev, o_prev, Wh: {"immediate": f},
        ),
        Wrong(
            "total-first",
            "You return the two in the wrong order: the immediate one comes first.",
            total_first,
        ),
        Wrong(
            "gates-held-fixed",
            "Your total derivative is the immediate one: the gates are held fixed. "
            "But c_prev also moves h_prev, and h_prev moves the gates.",
            total_with(ways=(0.0, 0.0, 0.0)),
        ),
        Wrong(
            "direct-path-missing",
            "You have only the path through the gates. The direct path, diag(f), is "
            "part of the total derivative.",
            total_with(direct=0.0),
        ),
        Wrong(
            "forget-path-missing",
            "h_prev also moves the forget gate, which multiplies c_prev: its share "
            "is missing.",
            total_with(ways=(1.0, 0.0, 1.0)),
        ),
        Wrong(
            "input-path-missing",
            "h_prev also moves the input gate, which multiplies g: its share is "
            "missing.",
            total_with(ways=(0.0, 1.0, 1.0)),
        ),
        Wrong(
            "candidate-path-missing",
            "h_prev also moves the candidate: its share is missing.",
            total_with(ways=(1.0, 1.0, 0.0)),
        ),
        Wrong(
            "no-tanh-prime",
            "From c_prev to h_prev leads a tanh: multiply by 1 - tanh(c_prev)**2.",
            total_with(shown=lambda o, c: o),
        ),
        Wrong(
            "tanh-prime-from-c",
            "You square c_prev itself. It has not been through tanh: write "
            "1 - tanh(c_prev)**2.",
            total_with(shown=lambda o, c: o * (1 - c**2)),
        ),
        Wrong(
            "not-squashed",
            "From the pre-activations to the gates there is a factor too: i * (1 - i), "
            "f * (1 - f), and 1 - g**2 for the candidate.",
            total_with(squashed=(False, False)),
            also=(
                total_with(squashed=(False, True)),
                total_with(squashed=(True, False)),
            ),
        ),
        Wrong(
            "no-output-gate",
            "h_prev is o_prev * tanh(c_prev): the old output gate is missing.",
            total_with(shown=lambda o, c: 1 - np.tanh(c) ** 2),
        ),
        Wrong(
            "rows-for-columns",
            "o_prev and tanh' belong to c_prev, so they scale the columns. Yours "
            "scale the rows, which belong to the new cell.",
            total_with(rows=True),
        ),
        Wrong(
            "blocks-transposed",
            "You transpose the blocks of W_h. A nudge that goes forward meets W_h as "
            "it is.",
            total_with(transposed=True),
        ),
    ),
    hints=(
        "Immediate: hold i, f and g fixed in c = f * c_prev + i * g. That is a "
        "diagonal matrix.",
        "The second path: c_prev to h_prev, by o_prev * (1 - tanh(c_prev)**2); h_prev "
        "to the pre-activations, by the blocks of W_h; those to c.",
        "Each of the three blocks has rows scaled by its factor: g * i * (1 - i), "
        "c_prev * f * (1 - f), i * (1 - g**2). Add them, scale the columns, and add "
        "diag(f).",
    ),
)


def network_case(
    rng: np.random.Generator,
    sizes: tuple[int, int, int, int] | None = None,
    *,
    times: float = 1.0,
) -> tuple:
    """A network, a batch and its states."""
    # Small: each mistake is computed step by step, for each sequence.
    words, units, T, B = sizes or (*(int(n) for n in rng.permutation(2) + 4), 3, 2)
    case = random_gated_case(rng, 1, units, words, 0.7)
    gates = ("Wx", "Wh", "b")
    parameters = {n: times * w if n in gates else w for n, w in case.parameters.items()}
    ids, targets = rng.integers(words, size=(2, T, B))
    return parameters, ids, targets, rng.normal(0, 0.7, (2, B, units))


def large_logits(rng: np.random.Generator, *by: float) -> tuple:
    """Where exp would overflow, and the probability of a target round to 0."""
    parameters, ids, _, state = network_case(rng, (3, 4, 5, 2))
    targets = np.array([0, 2, 1, 2, 0])[:, np.newaxis] + np.zeros((5, 2), int)
    return parameters | {"by": np.array(by, float)}, ids, targets, state


def shifted_logits(rng: np.random.Generator) -> tuple:
    """All logits of a sequence are high, or low: each has a largest of its own."""
    parameters, ids, targets, state = network_case(rng, (3, 4, 5, 2))
    parameters = {name: 0.3 * w for name, w in parameters.items()}
    parameters["Wy"][:, 0] += 450.0
    parameters["b"][[0, 4, 12]] = -8.0, 8.0, 8.0  # its i, f and o: the cell stays
    state[1, :, 0] = 3.0, -3.0
    return parameters, ids, targets, state


def open_gates(rng: np.random.Generator) -> tuple:
    """A long sequence of which the last step still remembers the first."""
    parameters, *rest = network_case(rng, (3, 2, 25, 1))
    parameters["b"][2:4] = 4.0
    return parameters, *rest


def large_gradients(rng: np.random.Generator) -> tuple:
    """Gradients in the hundreds, which nothing may clip."""
    parameters, *rest = network_case(rng, (4, 3, 5, 2))
    return parameters | {"Wy": 400 * parameters["Wy"]}, *rest


def network_by_package(
    parameters: Arrays, ids: np.ndarray, targets: np.ndarray, state: np.ndarray
) -> tuple[float, dict[str, np.ndarray], np.ndarray]:
    model = LSTM.from_parameters(parameters)
    model.forward(ids, state)
    loss = model.bptt(targets)
    return loss, {name: g.copy() for name, g in model.gradients.items()}, model.final


def as_cases(
    parameters: Arrays, ids: np.ndarray, targets: np.ndarray, state: np.ndarray
) -> list[GatedCase]:
    """The batch, a sequence at a time."""
    return [
        GatedCase(
            parameters=dict(parameters),
            ids=ids[:, k],
            targets=targets[:, k],
            h0=state[0, k],
            c0=state[1, k],
        )
        for k in range(ids.shape[1])
    ]


def one_share_of_a_word(
    parameters: Arrays, ids: np.ndarray, targets: np.ndarray, state: np.ndarray
) -> dict[str, np.ndarray]:
    """Each row of ids adds to a column once: the last share is kept."""
    model = LSTM.from_parameters(parameters)
    hidden, logits = model.forward(ids, state)
    dz = (softmax(logits) - np.eye(logits.shape[-1])[targets]) / ids.shape[1]
    layer = model.hidden_layer
    trace = layer.forward(model.input_layer.forward(ids), state)
    _, _, du, _ = layer.backward(dz @ parameters["Wy"], trace)
    dWx = np.zeros_like(parameters["Wx"])
    for t, row in enumerate(ids):
        dWx[:, row] += du[t].T
    return {"gradients.Wx": dWx}


def times_gradients(factor, *, loss: bool = True):
    """The answer with the gradients, and the loss, multiplied by factor(T, B)."""

    def answer(parameters, ids, targets, state) -> tuple:
        by = factor(*ids.shape)
        right, gradients, last = network_by_package(parameters, ids, targets, state)
        gradients = {name: by * one for name, one in gradients.items()}
        return (by * right if loss else right), gradients, last

    return answer


def overflowing(
    parameters: Arrays, ids: np.ndarray, targets: np.ndarray, state: np.ndarray
) -> tuple[float, dict[str, np.ndarray], np.ndarray]:
    """Softmax as its formula is written: exp of a large logit is infinite."""
    model = LSTM.from_parameters(parameters)
    hidden, logits = model.forward(ids, state)
    B, places = ids.shape[1], np.ix_(*map(np.arange, ids.shape))
    with np.errstate(all="ignore"):
        p = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
        loss = -np.log(p[(*places, targets)]).sum() / B
        p[(*places, targets)] -= 1
        dWy, dby, dh = model.output_layer.backward(p / B, hidden)
        layer = model.hidden_layer
        trace = layer.forward(model.input_layer.forward(ids), state)
        dWh, db, du, _ = layer.backward(dh, trace)
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, du)
    gradients = {"Wx": dWx, "Wh": dWh, "Wy": dWy, "b": db, "by": dby}
    return float(loss), gradients, model.final


def log_of_zero(
    parameters: Arrays, ids: np.ndarray, targets: np.ndarray, state: np.ndarray
) -> dict[str, float]:
    """The loss by the logarithm of a probability that has been rounded to 0."""
    p = softmax(LSTM.from_parameters(parameters).forward(ids, state)[1])
    right = np.take_along_axis(p, targets[..., np.newaxis], -1)
    with np.errstate(divide="ignore"):
        return {"loss": float(-np.log(right).sum() / ids.shape[1])}


NETWORK = dict(
    arguments=("parameters", "ids", "targets", "state"),
    answers=("loss", "gradients", "state"),
    axes={"ids": "TB", "targets": "TB"},
    case=network_case,
    right=network_by_package,
    within=3e-5,  # central differences are right too
    seconds=10.0,
    draws=3,
    edges=lambda rng: {
        "a single step": network_case(rng, (5, 4, 1, 3)),
        "a single sequence": network_case(rng, (5, 4, 6, 1)),
        "a single unit": network_case(rng, (4, 1, 5, 2)),
        "one word again and again": (
            *(case := network_case(rng, (4, 3, 4, 2)))[:1],
            0 * case[1] + 1,
            *case[2:],
        ),
        "a first state of zeros": (*(case := network_case(rng))[:3], 0 * case[3]),
        "gates that are saturated": network_case(rng, (4, 3, 5, 2), times=12.0),
        "twenty-five steps, with open forget gates": open_gates(rng),
        "large gradients": large_gradients(rng),
        "very large logits": large_logits(rng, 1000, 0, -1000),
        "very large logits in the other order": large_logits(rng, -1000, 0, 1000),
        "logits that are all high or all low": shifted_logits(rng),
    },
    mistakes=(
        *gated.of_network(as_cases),
        Wrong(
            "state-ignored",
            "You begin with zeros. A piece begins where the one before ended: with "
            "`state`.",
            lambda parameters, ids, targets, state: network_by_package(
                parameters, ids, targets, 0 * state
            ),
        ),
        Wrong(
            "h-and-c-exchanged",
            "You exchange the two states. state[0] is h, state[1] is c.",
            lambda parameters, ids, targets, state: network_by_package(
                parameters, ids, targets, state[::-1].copy()
            ),
            also=(
                lambda *arguments: {"state": network_by_package(*arguments)[2][::-1]},
            ),
        ),
        Wrong(
            "summed-over-sequences",
            "You add up the sequences. The loss is their mean, so it and all gradients "
            "are divided by B.",
            times_gradients(lambda T, B: B),
            also=(times_gradients(lambda T, B: B, loss=False),),
        ),
        Wrong(
            "mean-over-steps",
            "You divide by T. The loss, and with it each gradient, is a sum over the "
            "steps.",
            times_gradients(lambda T, B: 1 / T),
            also=(times_gradients(lambda T, B: 1 / T, loss=False),),
        ),
        Wrong(
            "one-share-of-a-word",
            "A word that occurs twice in one row of ids gets only one of its shares: "
            "+= with repeated indices does not add up. Use "
            "np.add.at(dWx.T, ids[t], da).",
            one_share_of_a_word,
        ),
        Wrong(
            "state-before",
            "The state that you return is the one that you were given. The next "
            "piece begins with the state after the last step.",
            lambda parameters, ids, targets, state: {"state": state},
        ),
        Wrong(
            "exp-overflows",
            "With very large logits exp gives inf, and inf / inf is not a number. "
            "Subtract the largest logit of each sequence at each step first, also "
            "under the logarithm: ln p = z - ln(sum of exp(z)), where no p can be 0.",
            overflowing,
            also=(log_of_zero,),
        ),
    ),
)

ask(
    "18-lstm",
    kind="code",
    hints=(
        "Forward as in the chapter, one step at a time, with all gates and both "
        "states kept. Logits, softmax and loss are those of chapter 11: a sum over "
        "the steps, a mean over the sequences.",
        "Backward, carry two arrays of shape (B, H), zeros at first: what later "
        "steps send to h, and what they send to c.",
        "In a step: dh = own + later_h; dc = dh * o * (1 - tanh(c)**2) + later_c; "
        "the four gates; da stacked, (B, 4H); later_h = da @ Wh; later_c = dc * f.",
        "dWh += da.T @ h_prev, db += da.sum(axis=0), and np.add.at(dWx.T, ids[t], da) "
        "for the columns of the words.",
    ),
    **NETWORK,
)


def bug_case(
    rng: np.random.Generator, size: tuple[int, int] | None = None, *, top: float = 0.9
) -> tuple:
    """What a forward pass kept, and what reaches each state."""
    T, n = size or draws.sizes(rng, "TH")
    i, f, o = (np.round(rng.uniform(0.15, top, (T, n)), 3) for _ in range(3))
    g = np.array([draws.state(rng, n) for _ in range(T)])
    c = [np.array(draws.vector(rng, n))]
    for t in range(T):
        c.append(f[t] * c[-1] + i[t] * g[t])
    own, Wh = np.array(draws.matrix(rng, T, n)), draws.matrix(rng, 4 * n, n, 0.1, 0.7)
    return own, i, f, g, o, np.array(c), np.array(Wh)


def back_by_package(own, i, f, g, o, c, Wh) -> tuple:
    """By the package's layer, as a batch of one."""
    gates = np.stack([i, f, g, o], axis=1)[:, np.newaxis]
    trace = Trace(0 * c[:, np.newaxis], c[:, np.newaxis], gates, np.tanh(c[1:, None]))
    _, _, da, (dh0, dc0) = LSTMLayer(Wh, np.zeros(len(Wh))).backward(
        own[:, None], trace
    )
    return da[:, 0], dh0[0], dc0[0]


def back_with(pieces: Mapping[str, Piece]):
    def answer(own, i, f, g, o, c, Wh) -> tuple:
        gates = {"i": np.array(i), "f": np.array(f), "g": np.array(g)}
        gates["o"] = np.array(o)
        return gated.back_through(np.array(own), gates, np.array(c), Wh, pieces)

    return answer


HANDED_ON = GATED_MISTAKES["cell-never-handed-on"]
#: What it is in this program, where `dc` is what later steps sent.
DC_HANDED_ON = (
    "What goes back along the cell is not this step's. `dc` came from later, and "
    "starts at 0; this step's gradient is `dc_t`: dc = dc_t * f[t]."
)


def both_bugs(*arguments: np.ndarray) -> tuple:
    wrong = ("sigmoid-for-its-derivative", "dh-replaced-too-early")
    pieces = [GATED_MISTAKES[name].pieces for name in wrong]
    return back_with(pieces[0] | pieces[1])(*arguments)


ask(
    "18-bug",
    kind="bug",
    arguments=("own", "i", "f", "g", "o", "c", "Wh"),
    answers=("da", "dh0", "dc0"),
    axes={"own": "TH"} | dict.fromkeys("ifgo", "TH"),
    case=bug_case,
    right=back_by_package,
    edges=lambda rng: {
        "a single step": bug_case(rng, (1, 3)),
        "a single unit": bug_case(rng, (5, 1)),
        "forget gates near 1, and twenty steps": bug_case(rng, (20, 3), top=0.999),
    },
    mistakes=(
        Wrong(
            "nothing-fixed",
            "Both mistakes are still there. Read the line of df, and the order of "
            "the last two lines.",
            both_bugs,
        ),
        *(
            gated.as_wrong(wrong, back_with, DC_HANDED_ON * (wrong is HANDED_ON))
            for wrong in gated.inside()
        ),
    ),
    hints=(
        "One line multiplies by a function where its derivative belongs. The other "
        "three gates show how it should look.",
        "Which dh should dc * f contain, this step's or that of the step before? "
        "Which one does it contain when the last line runs?",
        "df gets f[t] * (1 - f[t]). And dc is this step's (the line that made dc_t "
        "has it already): dc = dc_t * f[t].",
    ),
)

HALF, BIAS = "steps until half is left", "the bias"
WANTED = 0.9 ** (1 / 100)

ask(
    "18-bias",
    kind="derive",
    answers=(HALF, BIAS),
    right=lambda: (
        math.log(0.5) / math.log(sigmoid(1.0)),
        math.log(WANTED / (1 - WANTED)),
    ),
    within=0.006,
    mistakes=(
        Wrong(
            "bias-for-gate",
            "You take the bias for the gate. A bias of 1 goes through the sigmoid: the "
            "gate is 0.731.",
            {HALF: math.inf},
        ),
        Wrong(
            "whole-steps",
            "That is rounded too far: the question asks for two decimals.",
            {HALF: 2.0},
            also=({HALF: 3.0}, {HALF: 2.2}),
        ),
        Wrong(
            "upside-down",
            "You have the quotient upside down: how many factors of 0.731 make 0.5?",
            {HALF: math.log(sigmoid(1.0)) / math.log(0.5)},
        ),
        Wrong(
            "closed-gate",
            "You take the sigmoid of -1: the part that is lost in a step, not the "
            "part that stays.",
            {HALF: math.log(0.5) / math.log(sigmoid(-1.0))},
        ),
        Wrong(
            "gate-for-bias",
            "That is the gate, not its bias: which number has it for its sigmoid?",
            {BIAS: WANTED},
        ),
        Wrong(
            "one-step",
            "That bias keeps 90 % of a single step. After 100 steps f**100 is left: "
            "f is the 100th root of 0.9.",
            {BIAS: math.log(9)},
        ),
        Wrong(
            "divided-by-100",
            "You let each step lose a hundredth of what may be lost. That is nearly, "
            "but not, how a product works: take the 100th root of 0.9.",
            {BIAS: math.log(0.999 / 0.001)},
        ),
        Wrong(
            "sign",
            "The sign is wrong: a gate above one half needs a positive bias.",
            {BIAS: -math.log(WANTED / (1 - WANTED))},
        ),
        Wrong(
            "inverse-of-tanh",
            "You invert tanh. The gate is a sigmoid: its inverse is ln(f / (1 - f)).",
            {BIAS: math.atanh(WANTED)},
        ),
    ),
    hints=(
        "After n steps f**n is left. With a bias of 1, f = 1 / (1 + exp(-1)).",
        "f**n = 0.5 has the solution n = ln 0.5 / ln f.",
        "f**100 = 0.9 gives f. Solve f = 1 / (1 + exp(-b)) for b: b = ln(f / (1 - f)).",
    ),
)

BLIND = ("biases-exchanged", "state-stays", "no-tanh-of-c")


@cache
def seen() -> tuple[list[float], ...]:
    """For each wrong forward pass: what the check finds, and the three others."""
    found = []
    for name in BLIND:
        wrong = GATED_MISTAKES[name]
        case = random_gated_case(np.random.default_rng(0), 3, 4, 5, 0.8)
        report = check_gradients(
            lambda w=wrong, c=case: w.loss(c), case.arrays, wrong.gradients(case)
        )
        fresh = changed(case, b=0 * case.parameters["b"])
        other = changed(case, ids=np.array([(case.ids[0] + 1) % 5, *case.ids[1:]]))
        marks = (
            not report.ok,
            first_step_differs(wrong, case),
            first_step_differs(wrong, fresh),
            np.array_equal(wrong.states(case)[-1], wrong.states(other)[-1]),
        )
        found.append([float(mark) for mark in marks])
    return tuple(found)


def changed(case: GatedCase, **new: np.ndarray) -> GatedCase:
    """The case with another bias, or with other words."""
    parts = {**vars(case), **{name: new[name] for name in new if name == "ids"}}
    if "b" in new:
        parts["parameters"] = case.parameters | new
    return GatedCase(**parts)


def first_step_differs(wrong, case: GatedCase) -> bool:
    """Whether the state after one step is not that of the package."""
    model = LSTM.from_parameters(case.parameters)
    state = np.array([case.h0, case.c0])[:, np.newaxis]
    hidden, _ = model.forward(case.ids[:1, np.newaxis], state)
    return not np.allclose(wrong.states(case)[0, 0], hidden[0, 0])


def each_row(place: int, mark: float):
    """All three rows with this mark in one place."""
    return lambda: tuple(
        [mark if k == place else one for k, one in enumerate(row)] for row in seen()
    )


ask(
    "18-blind",
    kind="predict",
    answers=BLIND,
    right=seen,
    mistakes=(
        Wrong(
            "check-sees-forward",
            "The check compares a loss with its own gradients. It does not know which "
            "loss you meant: it finds fault with none of the three.",
            each_row(0, 1.0),
            also=tuple(
                (lambda name=name, k=k: {name: [1.0, *seen()[k][1:]]})
                for k, name in enumerate(BLIND)
            ),
        ),
        Wrong(
            "hidden-by-zeros",
            "If every bias is 0, it does not matter which one is taken. A test on a "
            "network whose biases are 0 says nothing about them.",
            {BLIND[0]: [0.0, 1.0, 1.0, 0.0]},
        ),
        Wrong(
            "first-step-is-right",
            "The first step starts from the first state, as it should. Only the second "
            "one shows that the state stays.",
            {BLIND[1]: [0.0, 1.0, 1.0, 1.0]},
            also=({BLIND[1]: [0.0, 1.0, 0.0, 1.0]},),
        ),
        Wrong(
            "forgetting-unseen",
            "If every step starts from the first state, what was read before is gone: "
            "change the first word, and the last state does not move.",
            {BLIND[1]: [0.0, 0.0, 0.0, 0.0]},
        ),
        Wrong(
            "tanh-near-zero",
            "tanh(c) is close to c for a small cell, but a step by hand shows the "
            "difference in its digits, with zero biases or without.",
            {BLIND[2]: [0.0, 0.0, 0.0, 0.0]},
            also=({BLIND[2]: [0.0, 1.0, 0.0, 0.0]},),
        ),
        Wrong(
            "turned-round",
            "In the last column you have it the wrong way round: the test finds fault "
            "with a pass whose last state does NOT move.",
            lambda: tuple([*row[:3], 1 - row[3]] for row in seen()),
        ),
    ),
    hints=(
        "The check compares gradients with nudges of a loss. Of which loss?",
        "With b = 0, which of the three lines computes anything else than it should? "
        "And at step 1, from which state does each of them start?",
        "Only one of the three forgets what it has read.",
    ),
)

FORGET = (1.0, 3.0, 5.0, 7.0)
LAG, UPDATES = 40, 150


def solves(forget_bias: float, seed: int) -> bool:
    """Whether a network learns to recall over 40 steps in 150 updates."""
    rng, rule = np.random.default_rng(seed), Adam()
    model = LSTM(5, 16, rng, forget_bias=forget_bias)
    ids, targets, mask = recall(LAG, 4, 4, np.random.default_rng(0))
    ids[0] = targets[:] = range(4)
    settings = {"mask": mask, "lr": 0.02, "clip": 1.0, "clip_by": "norm", "rule": rule}
    return any(update(model, ids, targets, **settings)[0] < 0.1 for _ in range(UPDATES))


@cache
def solved() -> tuple[int, ...]:
    """Of three seeds, how many solve it, for each bias."""
    return tuple(sum(solves(bias, seed) for seed in range(3)) for bias in FORGET)


ask(
    "18-open",
    kind="experiment",
    answers=tuple(f"the count at {bias:g}" for bias in FORGET),
    right=solved,
    seconds=20.0,
    mistakes=(
        Wrong(
            "gates-are-enough",
            "You let all of them solve it. With a bias of 1 the gate is 0.731, and "
            "0.731**40 is 4e-6. Can a network learn from that to open it? Run it.",
            (3, 3, 3, 3),
        ),
        Wrong(
            "one-is-the-custom",
            "1 is the usual start. But the gate is then 0.731, and 0.731**40 is 4e-6. "
            "Is that enough for 40 steps in 150 updates? Run it.",
            {"the count at 1": 3},
            also=({"the count at 1": 2}, {"the count at 1": 1}),
        ),
        Wrong(
            "reach-is-all",
            "If the gradient reaches the symbol, the network can still fail to tell "
            "two symbols apart in time. Run it.",
            (0, 3, 3, 3),
            also=((0, 0, 3, 3), (0, 2, 3, 3)),
        ),
        Wrong(
            "too-open",
            "An open gate does not forget, and here nothing should be forgotten. "
            "Run it with 7.",
            {"the count at 7": 0},
        ),
        Wrong(
            "at-the-end",
            "That is how many are below 0.1 at the end. One network was below it and "
            "came back up: count each as soon as its loss is below.",
            {"the count at 3": 1},
        ),
        Wrong(
            "not-what-a-run-gives",
            "That is not what the runs give, and only they can tell. For each bias "
            "train three networks, seeds 0, 1 and 2, and count those whose loss falls "
            "below 0.1 within 150 updates.",
            {"the count at 7": 2},
            also=(
                {"the count at 7": 3},
                *({"the count at 3": count} for count in (0, 3)),
                *({"the count at 5": count} for count in (0, 1, 3)),
            ),
        ),
    ),
    hints=(
        "Make LSTM(5, 16, np.random.default_rng(seed), forget_bias=bias), and an "
        "Adam() for each network alone.",
        "update(model, my_ids, my_targets, mask=my_mask, lr=0.02, clip=1.0, "
        "clip_by='norm', rule=rule) returns the loss first.",
        "Count a network as soon as its loss is below 0.1: any(... < 0.1 for _ in "
        "range(150)).",
    ),
)

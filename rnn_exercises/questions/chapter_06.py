"""The exercises of chapter 6: through tanh to the inputs."""

import random

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws, from_registry
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.mistakes import Case
from rnn_src.parameters import NAMES


def small_step() -> tuple[list, list, list]:
    """dL/da, dL/dbh and dL/dWh of the numbers in the exercise."""
    da = words.tanh_backward([0.5, 0.5], [0.0, 0.8])
    dWx, dWh, dbh, dh_prev = words.hidden_backward(
        da, [1.0], [1.0, -1.0], [[0.0, 0.0], [0.0, 0.0]]
    )
    return da, dbh, dWh


ask(
    "06-by-hand",
    kind="derive",
    answers=("da", "dbh", "dWh"),
    right=small_step,
    within=0.0005,
    mistakes=(
        Wrong(
            "no-tanh-prime",
            "You pass dL/dh on as if it were dL/da. Tanh comes between the two: "
            "multiply each entry by 1 - h**2.",
            ([0.5, 0.5], [0.5, 0.5], [[0.5, -0.5], [0.5, -0.5]]),
        ),
        Wrong(
            "no-square",
            "You multiply by 1 - h. The derivative of tanh is 1 - h**2: "
            "square h first.",
            ([0.5, 0.1], [0.5, 0.1], [[0.5, -0.5], [0.1, -0.1]]),
        ),
        Wrong(
            "tanh-prime-of-h-prev",
            "You take tanh' at the old hidden state, where it is 0. It "
            "belongs to h, which this tanh produced.",
            ([0.0, 0.0], [0.0, 0.0], [[0.0, 0.0], [0.0, 0.0]]),
        ),
        Wrong(
            "dbh-from-dh",
            "Your dL/dbh lacks tanh'. The bias is added inside tanh, to a: "
            "its gradient is dL/da.",
            {"dbh": [0.5, 0.5]},
        ),
        Wrong(
            "dwh-transposed",
            "Your dL/dWh is the transpose of the right one. Row k belongs to "
            "a[k]: dL/da comes first, the old hidden state second.",
            {"dWh": [[0.5, 0.18], [-0.5, -0.18]]},
        ),
        Wrong(
            "dwh-from-h",
            "In dL/dWh you use h. W_h multiplied the state before the step, (1, -1).",
            {"dWh": [[0.0, 0.4], [0.0, 0.144]]},
        ),
    ),
    hints=(
        "Begin with the factors 1 - h**2, one for each unit.",
        "The factors are 1 and 0.36. Multiply dL/dh by them, entry by entry; "
        "that is dL/da, and dL/dbh is the same.",
        "dL/dWh has a row for each entry of dL/da: that entry times (1, -1).",
    ),
)


def tanh_case(rng: np.random.Generator, H: int = 0, size: float = 1.0) -> tuple:
    """A case, of H units or a drawn number. `size` multiplies dL/dh."""
    H = H or draws.sizes(rng, "H")[0]
    return [size * entry for entry in draws.vector(rng, H)], draws.state(rng, H)


ask(
    "06-tanh",
    kind="code",
    arguments=("dh", "h"),
    answers="da",
    case=tanh_case,
    right=words.tanh_backward,
    edges=lambda rng: {
        "a network with one unit": tanh_case(rng, 1),
        "a network with twelve units": tanh_case(rng, 12),
        "large gradients": tanh_case(rng, 4, 3000.0),
        "tiny gradients": tanh_case(rng, 4, 1e-9),
        "a unit at 0 and two that are saturated": (
            draws.vector(rng, 3),
            [0.0, 1.0, -1.0],
        ),
    },
    mistakes=from_registry.from_pieces(("dh", "h"), {"da": "da"})
    + (
        Wrong(
            "factor-alone",
            "You return the factors 1 - h**2 alone. The chain rule "
            "multiplies what arrives, dh, by them.",
            lambda dh, h: [1 - value * value for value in h],
        ),
        Wrong(
            "divided-by-tanh-prime",
            "You divide by 1 - h**2. The chain rule multiplies by it.",
            lambda dh, h: np.array(dh) / (1 - np.array(h) ** 2),
        ),
        Wrong(
            "plus-the-square",
            "You multiply by 1 + h**2. The derivative of tanh is 1 - h**2, and is "
            "nowhere above 1.",
            lambda dh, h: np.array(dh) * (1 + np.array(h) ** 2),
        ),
        Wrong(
            "precedence",
            "You multiply by 1 and then subtract h**2. The factor is 1 - h**2 as a "
            "whole: put it in brackets.",
            lambda dh, h: np.array(dh) - np.array(h) ** 2,
        ),
        Wrong(
            "caret",
            "In Python ^ is not a power, and does not work with decimals. Write h**2.",
            lambda dh, h: [d * (1 - value ^ 2) for d, value in zip(dh, h, strict=True)],
            also=(lambda dh, h: [1 - (v ^ 2) for v in h],),
        ),
    ),
    hints=(
        "One path leads from a[k] to the loss, through h[k]. What is the "
        "derivative of h[k] with respect to a[k]?",
        "It is 1 - h[k]**2. The chain rule multiplies what arrives by it.",
        "Go through dh and h side by side, with zip, and collect "
        "d * (1 - value ** 2) in a list.",
    ),
)


def even_counts() -> tuple[int, int, int]:
    """How many rows of each gradient differ when all units are equal."""
    even = words.init_parameters(6, 8, random.Random(0))
    for name in ("Wx", "Wh", "Wy"):
        for row in getattr(even, name):
            row[:] = [0.5] * len(row)
    x, h_prev = words.one_hot(3, 6), [0.3] * 8
    h, logits = words.rnn_step(x, h_prev, even)
    found, _ = words.rnn_step_backward(x, h_prev, h, logits, 0, even)
    return tuple(
        len({tuple(row) for row in matrix}) for matrix in (found.Wx, found.Wh, found.Wy)
    )


ask(
    "06-equal",
    kind="predict",
    answers=("rows of dWx", "rows of dWh", "rows of dWy"),
    right=even_counts,
    mistakes=(
        Wrong(
            "no-two-alike",
            "You let every row be different. All units are equal: they send "
            "the same numbers and get the same numbers back. Which entries "
            "of dL/dh can then differ?",
            (8, 8, 6),
        ),
        Wrong(
            "one-row-each-word",
            "The rows of dL/dWy belong to the words, not to the units: row i is "
            "dL/dz[i] times h. With equal logits, which entries of dL/dz are equal? "
            "Not all six are: one word is the target. But they are not six different "
            "ones either.",
            {"rows of dWy": 6},
        ),
        Wrong(
            "target-forgotten",
            "All six logits are equal, and so are all six probabilities. But "
            "dL/dz is p - 1 at the target, and p elsewhere.",
            {"rows of dWy": 1},
        ),
        Wrong(
            "column-of-the-word",
            "You count the columns of dL/dWx: one that is not zero, and the "
            "others. The question is about its rows.",
            {"rows of dWx": 2},
        ),
    ),
    hints=(
        "Follow the numbers: equal logits, so which entries of p, of dL/dz, of "
        "dL/dh and of dL/da are equal?",
        "All columns of Wy are equal, so all entries of dL/dh are; all h are "
        "equal, so all factors are. Row k of dL/dWx is dL/da[k] times x.",
        "dL/dz has one value at the target and another at the five other words.",
    ),
)


def sigmoid_case(rng: np.random.Generator, H: int = 0, size: float = 1.0) -> tuple:
    """A case, of H units or a drawn number. `size` multiplies dL/ds."""
    H = H or draws.sizes(rng, "H")[0]
    s = [round(float(v), 3) for v in rng.uniform(0.1, 0.9, H)]
    return [size * entry for entry in draws.vector(rng, H)], s


ask(
    "06-sigmoid",
    kind="derive",
    arguments=("ds", "s"),
    answers="da",
    case=sigmoid_case,
    right=lambda ds, s: [
        d * value * (1 - value) for d, value in zip(ds, s, strict=True)
    ],
    edges=lambda rng: {
        "a saturated unit": (draws.vector(rng, 3), [0.0, 1.0, 0.5]),
        "a network with one unit": sigmoid_case(rng, 1),
        "a network with twelve units": sigmoid_case(rng, 12),
        "large gradients": sigmoid_case(rng, 4, 3000.0),
        "tiny gradients": sigmoid_case(rng, 4, 1e-9),
    },
    mistakes=(
        Wrong(
            "tanh-prime",
            "You multiply by 1 - s**2. That is tanh's derivative, written with "
            "tanh's result; the sigmoid's is a different one.",
            lambda ds, s: np.array(ds) * (1 - np.array(s) ** 2),
        ),
        Wrong(
            "sigmoid-twice",
            "You apply the sigmoid once more. s is already sigmoid(a): write the "
            "derivative with s itself.",
            lambda ds, s: np.array(ds) * sigmoid(s) * (1 - sigmoid(s)),
        ),
        Wrong(
            "one-factor",
            "You multiply by 1 - s alone. The derivative has two factors: "
            "one falls to 0 where the curve is flat at the top, the other "
            "where it is flat at the bottom.",
            lambda ds, s: np.array(ds) * (1 - np.array(s)),
        ),
        Wrong(
            "other-factor",
            "You multiply by s alone. The derivative has two factors: one "
            "falls to 0 where the curve is flat at the bottom, the other "
            "where it is flat at the top.",
            lambda ds, s: np.array(ds) * np.array(s),
        ),
        Wrong(
            "precedence",
            "You multiply ds by s, and by 1, and then subtract s. The factor is 1 - s "
            "as a whole: put it in brackets.",
            lambda ds, s: np.array(ds) * s - np.array(s),
        ),
        Wrong(
            "divided",
            "You divide by s * (1 - s). The chain rule multiplies by it.",
            lambda ds, s: np.array(ds) / (np.array(s) * (1 - np.array(s))),
        ),
        Wrong(
            "sign-of-the-inner-derivative",
            "The sign is reversed. The derivative of exp(-a) is -exp(-a), and that "
            "of 1/w is -1/w**2: two minus signs.",
            lambda ds, s: -np.array(ds) * s * (1 - np.array(s)),
        ),
        Wrong(
            "factor-alone",
            "You return the derivative of the sigmoid alone. The chain rule "
            "multiplies what arrives, ds, by it.",
            lambda ds, s: np.array(s) * (1 - np.array(s)),
        ),
    ),
    hints=(
        "Write the sigmoid as 1/w with w = 1 + exp(-a), and use the chain rule.",
        "The derivative is exp(-a) / w**2. Now write exp(-a) / w with s: "
        "exp(-a) is w - 1.",
        "exp(-a) / w is 1 - s, so the derivative is s * (1 - s).",
    ),
)


def sigmoid(values: list[float]) -> np.ndarray:
    return 1 / (1 + np.exp(-np.array(values)))


def hidden_case(
    rng: np.random.Generator, V: int = 0, H: int = 0, size: float = 1.0
) -> tuple:
    """A case; by default of drawn sizes. `size` multiplies dL/da."""
    drawn = draws.sizes(rng, "VH")
    V, H = V or drawn[0], H or drawn[1]
    return (
        [size * entry for entry in draws.vector(rng, H)],
        draws.word(rng, V),
        draws.state(rng, H),
        draws.matrix(rng, H, H, 0.2, 0.55),
    )


def first_step(rng: np.random.Generator) -> tuple:
    da, x, h_prev, Wh = hidden_case(rng)
    return da, x, [0.0] * len(h_prev), Wh


HIDDEN = ("da", "x", "h_prev", "Wh")

# The registry tells of whole sequences; here there is one step.
TEXTS = {
    "wh-not-transposed": (
        "For dL/dh_prev you multiply by W_h. h_prev[m] feeds every entry of a "
        "through column m of W_h: the backward pass takes the transpose."
    ),
    "carry-from-dh": (
        "For dL/dh_prev you send dL/dh through W_h. W_h acts inside tanh: send dL/da."
    ),
    "one-step-only": (
        "Your dL/dh_prev is zero. h_prev fed every entry of a, through W_h: what "
        "reaches it is the transpose of W_h times dL/da."
    ),
    "carry-without-wh": (
        "Your dL/dh_prev is dL/da as it is. In the forward pass h_prev was "
        "multiplied by W_h: in the backward pass, multiply by its transpose."
    ),
    "carry-with-tanh-prime": (
        "You multiply dL/dh_prev by 1 - h_prev**2. That tanh belongs to the previous "
        "step, which applies it itself."
    ),
    "clipped-inside": (
        "You cut dL/dh_prev off at 0.1. Clipping comes after the whole backward pass, "
        "not within it."
    ),
}

ask(
    "06-bug",
    kind="bug",
    arguments=HIDDEN,
    answers=("dWx", "dWh", "dbh", "dh_prev"),
    case=hidden_case,
    right=words.hidden_backward,
    edges=lambda rng: {
        "the first step of a sentence": first_step(rng),
        "a network with one unit": hidden_case(rng, 4, 1),
        "many words and few units": hidden_case(rng, 14, 2),
        "few words and many units": hidden_case(rng, 2, 12),
        "large gradients": hidden_case(rng, size=3000.0),
        "tiny gradients": hidden_case(rng, size=1e-9),
    },
    mistakes=from_registry.from_pieces(
        HIDDEN, {"dWx": "dWx", "dWh": "dWh", "dbh": "dbh", "carry": "dh_prev"}, TEXTS
    )
    + (
        Wrong(
            "bias-of-unit-0",
            "dbh[0] is 0: `da[0] = 0.0` still reaches it. `dbh = da` gives one list a "
            "second name, and a copy made after that line comes too late.",
            lambda da, x, h_prev, Wh: {"dbh": [0.0, *da[1:]]},
        ),
    ),
    hints=(
        "There are two mistakes; to fix the second, look at two lines together. A "
        "check at the first step of a sentence cannot see the first of them, since "
        "h_prev is zero there.",
        "Which factor of an outer product belongs to the rows? And what "
        "happens to dbh, and to the caller's list, when da[0] is set?",
        "dWh is outer(da, h_prev), and the line `da[0] = 0.0` has to go. Copying da "
        "as well, dbh = list(da), is a precaution.",
    ),
)


def step_case(rng: np.random.Generator, V: int = 0, H: int = 0) -> tuple:
    """The arguments of `rnn_step_backward`, from a real forward pass."""
    drawn = draws.sizes(rng, "VH")
    V, H = V or drawn[0], H or drawn[1]
    return after_forward(rng, draws.network(rng, V, H), draws.state(rng, H))


def after_forward(
    rng: np.random.Generator,
    parameters: words.Parameters,
    h_prev: list[float],
    word: int | None = None,
    target: int | None = None,
) -> tuple:
    """The same of a network; the word and its target are drawn if not given."""
    V = parameters.vocab_size
    drawn, asked = draws.word(rng, V), int(rng.integers(V))
    x = drawn if word is None else words.one_hot(word, V)
    h, logits = words.rnn_step(x, h_prev, parameters)
    return x, h_prev, h, logits, asked if target is None else target, parameters


def steep_step(rng: np.random.Generator) -> tuple:
    """A step with large gradients: the target has the lowest logit."""
    x, h_prev, h, logits, _, parameters = after_forward(
        rng, *draws.steep_network(rng, 5, 4)
    )
    return x, h_prev, h, logits, int(np.argmin(logits)), parameters


def far_apart(rng: np.random.Generator, order: int) -> tuple:
    """A step whose logits lie at 1000 and at -1000, in either order."""
    _, h_prev, _, _, _, parameters = step_case(rng, 4, 3)
    parameters.by = [1000.0, 998.5, 999.0, -1000.0][::order]
    return after_forward(rng, parameters, h_prev, target=1)


def equal_logits(rng: np.random.Generator) -> tuple:
    """A step after which no logit tells which word is the target."""
    _, h_prev, _, _, _, parameters = step_case(rng, 5, 3)
    parameters.Wy = [[0.4] * 3 for _ in range(5)]
    parameters.by = [0.2] * 5
    return after_forward(rng, parameters, h_prev, target=3)


def with_id_0(rng: np.random.Generator, **ids: int) -> tuple:
    _, h_prev, _, _, _, parameters = step_case(rng)
    return after_forward(rng, parameters, h_prev, **ids)


def zero_state(rng: np.random.Generator) -> tuple:
    x, h_prev, _, _, _, parameters = step_case(rng)
    return after_forward(rng, parameters, [0.0] * len(h_prev))


def as_case(
    x: list[float],
    h_prev: list[float],
    h: list[float],
    logits: list[float],
    target: int,
    parameters: words.Parameters,
) -> Case:
    """One step as a sequence of length 1."""
    return from_registry.as_case([x.index(1.0)], [target], parameters, h_prev)


STEP_PARTS = {name: f"gradients.{name}" for name in NAMES}
ARGUMENTS = ("x", "h_prev", "h", "logits", "target", "parameters")

ask(
    "06-step",
    kind="code",
    arguments=ARGUMENTS,
    answers=("gradients", "dh_prev"),
    case=step_case,
    right=words.rnn_step_backward,
    edges=lambda rng: {
        "the first step of a sentence": zero_state(rng),
        "the target with id 0": with_id_0(rng, word=2, target=0),
        "the word with id 0": with_id_0(rng, word=0, target=2),
        "a word that follows itself": with_id_0(rng, word=1, target=1),
        "a network with one unit": step_case(rng, 4, 1),
        "many words and few units": step_case(rng, 12, 2),
        "few words and many units": step_case(rng, 2, 12),
        "large gradients": steep_step(rng),
        "logits that are far apart": far_apart(rng, 1),
        "logits that are far apart, the smallest first": far_apart(rng, -1),
        "equal logits": equal_logits(rng),
    },
    mistakes=from_registry.from_passes(
        as_case, STEP_PARTS | {"h0": "dh_prev"}, one_step=True
    )
    + from_registry.from_passes(
        as_case, {"h0": "dh_prev"}, pieces=("carry",), texts=TEXTS
    ),
    hints=(
        "Go from the loss to the inputs: dL/dz, then Wy, by and h, then tanh, "
        "then Wx, Wh, bh and h_prev. Each line uses the one before.",
        "dL/dz is the softmax of the logits, minus 1 at the target. dL/dh is "
        "the transpose of Wy times dL/dz.",
        "You have both functions for the rest: my_tanh_backward(dh, h), and "
        "my_hidden_backward(da, x, h_prev, parameters.Wh).",
    ),
)

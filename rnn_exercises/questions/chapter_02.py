"""The exercises of chapter 2: the forward pass."""

import math
import random
from functools import cache

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.knowing import AXES
from rnn_exercises.questions import draws
from rnn_exercises.questions.shapes import Shape
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.functions import softmax
from rnn_src.parameters import NAMES
from rnn_src.words import Parameters, init_parameters, one_hot


@cache
def shapes(V: int = 1000, H: int = 50) -> tuple:
    """Of a real network, counted."""
    network = init_parameters(V, H, random.Random(0), 0.1)
    arrays = {name: np.array(values) for name, values in vars(network).items()}
    return (
        *(Shape(array.shape, AXES[name]) for name, array in arrays.items()),
        sum(array.size for array in arrays.values()),
    )


ask(
    "02-shapes",
    kind="predict",
    answers=(*NAMES, "in all"),
    right=shapes,
    mistakes=(
        Wrong(
            "wx-turned",
            "Your W_x is turned over. It makes H numbers out of V: H rows, V columns.",
            {"Wx": [1000, 50]},
        ),
        Wrong(
            "wy-turned",
            "Your W_y is turned over. It makes V numbers out of H: V rows, H columns.",
            {"Wy": [50, 1000]},
        ),
        Wrong(
            "wh-between-words",
            "W_h leads from the hidden state to the hidden state: V has no part in it.",
            {"Wh": [50, 1000]},
        ),
        Wrong(
            "bh-as-long-as-v",
            "A bias is added to what the matrices give: b_h to H numbers.",
            {"bh": [1000]},
        ),
        Wrong(
            "by-as-long-as-h",
            "A bias is added to what the matrices give: b_y to V numbers.",
            {"by": [50]},
        ),
        Wrong(
            "without-biases",
            "The biases are missing: H and V numbers.",
            {"in all": 102_500},
        ),
        Wrong("without-wh", "W_h is missing: H times H numbers.", {"in all": 101_050}),
        Wrong(
            "one-of-wx-and-wy",
            "W_x and W_y have V times H numbers each.",
            {"in all": 53_550},
        ),
    ),
    hints=(
        "A matrix that makes m numbers out of n has the shape (m, n).",
        "The hidden state has H numbers, a word V of them, and the logits V.",
        "Multiply each shape out and add the five.",
    ),
)


def two_words() -> tuple:
    """The states and pre-activations of the network in the exercise."""
    network = Parameters(
        Wx=[[1.0, 0.0], [0.0, 2.0]],
        Wh=[[0.0, 1.0], [1.0, 0.0]],
        Wy=[[0.0, 0.0], [0.0, 0.0]],
        bh=[0.0, 0.0],
        by=[0.0, 0.0],
    )
    (h_1, h_2), _ = words.forward([0, 1], network)
    return list(np.arctanh(h_1)), h_1, list(np.arctanh(h_2)), h_2


T1 = math.tanh(1)

ask(
    "02-by-hand",
    kind="derive",
    answers=("a_1", "h_1", "a_2", "h_2"),
    right=two_words,
    within=0.0005,
    mistakes=(
        Wrong(
            "past-forgotten",
            "The state from before is missing in a_2: W_h times h_1 is added.",
            {"a_2": [0, 2], "h_2": [0, math.tanh(2)]},
        ),
        Wrong(
            "not-swapped",
            "You add h_1 as it is. This W_h swaps its two entries.",
            {"a_2": [T1, 2], "h_2": [math.tanh(T1), math.tanh(2)]},
        ),
        Wrong(
            "a-for-h",
            "W_h multiplies the state h_1, after tanh, not a_1.",
            {"a_2": [0, 3], "h_2": [0, math.tanh(3)]},
        ),
        Wrong(
            "word-forgotten",
            "The word is missing in a_2: column 1 of W_x, (0, 2), is added to "
            "W_h times h_1.",
            {"a_2": [0, T1], "h_2": [0, math.tanh(T1)]},
        ),
        Wrong("no-tanh", "That is a_1. The state is tanh of it.", {"h_1": [1, 0]}),
        Wrong(
            "no-tanh-again",
            "That is a_2. The state is tanh of it.",
            {"h_2": [0, 2 + T1]},
        ),
        Wrong(
            "tanh-too-early",
            "That is h_1. a_1 is what goes into tanh.",
            {"a_1": [T1, 0]},
        ),
    ),
    hints=(
        "Word 0 picks column 0 of Wx, and h_0 adds nothing.",
        "For step 2: column 1 of Wx, plus W_h times h_1. Write down what this "
        "W_h does with (u, v).",
        "a_2 is (0, 2 + tanh 1).",
    ),
)


def equal_weights() -> tuple[int, str]:
    """How many different entries the state has, at each of three steps."""
    even = init_parameters(6, 8, random.Random(0))
    for name in ("Wx", "Wh", "Wy"):
        for row in getattr(even, name):
            row[:] = [0.5] * len(row)
    hidden, _ = words.forward([3, 1, 4], even)
    different = {len(set(h)) for h in hidden}
    return max(different), "b"


ask(
    "02-zeros",
    kind="predict",
    answers=("different entries", "what it means"),
    right=equal_weights,
    mistakes=(
        Wrong(
            "as-many-as-units",
            "All rows of W_x are equal, and all rows of W_h too. Can two "
            "entries of a = W_x x + W_h h + b_h differ then?",
            {"different entries": 8},
        ),
        Wrong(
            "as-many-as-words",
            "Which word was read changes all entries alike.",
            {"different entries": 6},
        ),
        Wrong(
            "no-state",
            "There is a state, and it changes from step to step. Look at its "
            "entries side by side.",
            {"what it means": "a"},
        ),
        Wrong(
            "too-large",
            "The size of the weights is not the point. Any other single "
            "number does the same.",
            {"what it means": "c"},
        ),
    ),
    hints=(
        "Entry k of the state is made by row k of W_x and of W_h. What do the "
        "rows have in common?",
        "Equal rows, equal entries: at every step.",
    ),
)


def sentence_step(rng: np.random.Generator) -> tuple:
    V, H = draws.sizes(rng, "VH")
    if V == 2 * H:  # a list of V numbers is none of two lists joined
        V += 1
    return draws.word(rng, V), draws.state(rng, H), draws.network(rng, V, H)


def joined(x: list, h_prev: list, p: words.Parameters) -> tuple[list, list]:
    """One step of which the vectors are joined by `+`."""
    h = words.tanh(words.matvec(p.Wx, x) + words.matvec(p.Wh, h_prev) + p.bh)
    return h, words.matvec(p.Wy, h) + p.by


def joined_once(
    x: list, h_prev: list, p: words.Parameters, *, bias: bool = True
) -> tuple[list, list]:
    """The same with one `+`, before the bias or between the products."""
    products = words.matvec(p.Wx, x), words.matvec(p.Wh, h_prev)
    h = words.tanh(
        words.add(*products) + p.bh
        if bias
        else words.add(products[0] + products[1], p.bh)
    )
    return h, words.add(words.matvec(p.Wy, h), p.by)


def step(
    x: list,
    h_prev: list,
    parameters: Parameters,
    *,
    turned: bool = False,
    without: str = "",
    tanh: bool = True,
    predict_from: str = "h",
) -> tuple[np.ndarray, np.ndarray]:
    """One step with arrays; each switch makes a mistake."""
    p = {
        name: np.array(values) * (name != without)
        for name, values in vars(parameters).items()
    }
    a = p["Wx"] @ x + (p["Wh"].T if turned else p["Wh"]) @ h_prev + p["bh"]
    h = np.tanh(a) if tanh else a
    source = {"h": h, "a": a, "h_prev": np.array(h_prev)}[predict_from]
    return h, p["Wy"] @ source + p["by"]


ask(
    "02-step",
    kind="code",
    arguments=("x", "h_prev", "parameters"),
    answers=("h", "logits"),
    case=sentence_step,
    right=step,
    edges=lambda rng: {
        "the first step of a sentence": (lambda x, h, p: (x, [0.0] * len(h), p))(
            *sentence_step(rng)
        ),
        "pre-activations that saturate": (
            lambda x, h, p: (x, [40 * value for value in h], p)
        )(*sentence_step(rng)),
    },
    mistakes=(
        Wrong(
            "lists-joined",
            "You write `+` between two lists. It puts one behind the other: "
            "[1, 2] + [3] is [1, 2, 3]. Entry by entry is add(u, v).",
            joined,
            also=(
                joined_once,
                lambda *a: joined_once(*a, bias=False),
                lambda x, h_prev, p: {
                    "logits": words.matvec(p.Wy, words.rnn_step(x, h_prev, p)[0]) + p.by
                },
            ),
        ),
        Wrong(
            "wh-turned",
            "You use the columns of W_h where its rows belong. Entry k of a "
            "is row k times the old state.",
            lambda *a: step(*a, turned=True),
        ),
        Wrong(
            "past-forgotten",
            "The old state is missing: W_h times h_prev is added.",
            lambda *a: step(*a, without="Wh"),
        ),
        Wrong(
            "word-forgotten",
            "The word is missing: W_x times x is added.",
            lambda *a: step(*a, without="Wx"),
        ),
        Wrong(
            "without-bh", "The bias b_h is missing.", lambda *a: step(*a, without="bh")
        ),
        Wrong(
            "without-by", "The bias b_y is missing.", lambda *a: step(*a, without="by")
        ),
        Wrong(
            "no-tanh",
            "The tanh is missing: your h is the pre-activation.",
            lambda *a: step(*a, tanh=False),
        ),
        Wrong(
            "logits-from-a",
            "Your logits are made from the pre-activation. They are made from h.",
            lambda *a: step(*a, predict_from="a"),
        ),
        Wrong(
            "logits-from-h-prev",
            "Your logits are made from the old state. They are made from the new one.",
            lambda *a: step(*a, predict_from="h_prev"),
        ),
        Wrong(
            "probabilities",
            "You return probabilities. Here the logits are asked for, before "
            "the softmax.",
            lambda *a: {"logits": softmax(step(*a)[1])},
        ),
    ),
    hints=(
        "a = W_x x + W_h h_prev + b_h, then h = tanh a, then W_y h + b_y.",
        "matvec(parameters.Wx, x) is a vector; add takes two vectors.",
        "h = tanh(add(add(matvec(parameters.Wx, x), matvec(parameters.Wh, "
        "h_prev)), parameters.bh)).",
    ),
)


def column_case(rng: np.random.Generator) -> tuple:
    """A column that is another one when counted from 1, or from the end."""
    V, H = draws.sizes(rng, "VH")
    return draws.matrix(rng, H, V), int(
        rng.choice([k for k in range(1, V) if 2 * k != V])
    )


def times_one_hot(matrix: list, k: int) -> list:
    if not 0 <= k < len(matrix[0]):
        raise ValueError("no such column")
    return words.matvec(matrix, one_hot(k, len(matrix[0])))


ask(
    "02-column",
    kind="code",
    arguments=("matrix", "k"),
    answers="column",
    case=column_case,
    right=times_one_hot,
    edges=lambda rng: {
        "the last column": (column_case(rng)[0][:2], 2),
        "the first column": (column_case(rng)[0], 0),
        "a matrix of one column": ([[0.5], [1.5]], 0),
        "a matrix of one row": ([[0.5, 1.5, -0.3]], 1),
    },
    refuses=lambda rng: {
        "a negative k": ([[0.5, 1.0, 0.2], [1.5, -0.4, 0.3]], -1),
        "a k that is as large as the number of columns": (
            [[0.5, 1.0, 0.2], [1.5, -0.4, 0.3]],
            3,
        ),
    },
    mistakes=(
        Wrong(
            "a-row",
            "That is a row. A one-hot vector picks one entry out of every row.",
            lambda matrix, k: matrix[k % len(matrix)],
        ),
        Wrong(
            "counted-from-one",
            "You count the columns from 1. Ids begin with 0.",
            lambda matrix, k: [row[k - 1] for row in matrix],
        ),
        Wrong(
            "from-the-end",
            "You count the columns from the end.",
            lambda matrix, k: [row[-1 - k] for row in matrix],
        ),
        Wrong(
            "first-entry-only",
            "That is one number. A column has an entry in every row.",
            lambda matrix, k: matrix[0][k],
        ),
    ),
    hints=(
        "Multiply out one row: 0 times …, 1 times …, 0 times … What is left?",
        "[row[k] for row in matrix]. For a negative k Python would count from "
        "the end: refuse it before.",
        "if not 0 <= k < len(matrix[0]): raise ValueError(...)",
    ),
)


def clipped_softmax(logits: list[float]) -> str:
    """What the careless function makes of these logits."""
    try:
        exponentials = [math.exp(min(z, 700)) for z in logits]
        found = [e / sum(exponentials) for e in exponentials]
    except ZeroDivisionError:
        return "stops"
    return "right" if np.allclose(found, softmax(np.array(logits))) else "wrong"


QUESTIONS = ([2.0, 1.0], [710.0, 705.0], [-1000.0, -999.0], [700.0, -700.0])

ask(
    "02-bug",
    kind="bug",
    answers=("[2, 1]", "[710, 705]", "[-1000, -999]", "[700, -700]"),
    right=lambda: tuple(map(clipped_softmax, QUESTIONS)),
    mistakes=(
        Wrong(
            "small-ones",
            "For everyday logits the cut at 700 changes nothing.",
            {"[2, 1]": "wrong"},
        ),
        Wrong(
            "cut-unseen",
            "Both are above 700. What do they become?",
            {"[710, 705]": "right"},
        ),
        Wrong(
            "cut-stops",
            "exp(700) is still a float: nothing stops. That is what makes it "
            "dangerous.",
            {"[710, 705]": "stops"},
        ),
        Wrong(
            "far-below-is-fine",
            "exp(-1000) is rounded to 0, and so is exp(-999). What is 0 divided by 0?",
            {"[-1000, -999]": "right"},
        ),
        Wrong(
            "far-below-is-wrong",
            "Nothing is returned at all: the sum of the exponentials is 0.",
            {"[-1000, -999]": "wrong"},
        ),
        Wrong(
            "far-apart",
            "The first is not above 700, so nothing is cut, and the sum is "
            "not 0. A probability of e to the power of -1400 rounds to 0, "
            "rightly.",
            {"[700, -700]": "wrong"},
        ),
        Wrong(
            "far-apart-stops",
            "The sum is exp(700), not 0: nothing stops.",
            {"[700, -700]": "stops"},
        ),
    ),
    hints=(
        "What does min(z, 700) make of 710 and of 705?",
        "And what is math.exp(-1000)? Add two such numbers up.",
    ),
)


def logits_case(rng: np.random.Generator) -> tuple[list[float]]:
    (V,) = draws.sizes(rng, "V")
    return (draws.vector(rng, V),)


def exponentials(logits: list[float]) -> np.ndarray:
    return np.exp(np.array(logits, np.longdouble) - max(logits))


ask(
    "02-softmax",
    kind="code",
    arguments=("logits",),
    answers="p",
    axes={"logits": "V"},
    case=logits_case,
    right=lambda logits: (exponentials(logits) / exponentials(logits).sum()).astype(
        float
    ),
    edges=lambda rng: {
        "very large logits": ([1000.0, 998.0, 999.0],),
        "logits far below zero": ([-1000.0, -998.0, -999.0],),
        "logits that are far apart": ([-800.0, 800.0, 0.0],),
        "equal logits": ([0.7, 0.7, 0.7],),
        "a single logit": ([3.0],),
    },
    mistakes=(
        Wrong(
            "not-divided",
            "You do not divide by the sum: the entries have to add up to 1.",
            lambda logits: np.exp(np.array(logits) - max(logits)),
        ),
        Wrong(
            "logits-divided",
            "You divide the logits themselves. Take exp of each first.",
            lambda logits: np.array(logits) / sum(logits),
        ),
        Wrong(
            "sign-turned",
            "The largest logit gets the smallest probability: the sign in "
            "the exponent is turned.",
            lambda logits: softmax(-np.array(logits)),
        ),
        Wrong(
            "cut-off",
            "You cut large logits off. Two that differ then get one "
            "probability. Shift all of them instead.",
            lambda logits: (lambda e: e / e.sum())(np.exp(np.minimum(logits, 700.0))),
        ),
        Wrong(
            "powers-of-two",
            "You take powers of another number than e.",
            lambda logits: softmax(np.array(logits) * math.log(2)),
        ),
        Wrong(
            "overflows",
            "exp(1000) is too large for a float. Subtract the largest logit "
            "from all of them first: no probability changes.",
            lambda logits: (lambda e: [one / sum(e) for one in e])(
                [math.exp(z) for z in logits]
            ),
        ),
    ),
    hints=(
        "exp of each logit, divided by the sum of all.",
        "Before that subtract the largest logit from all: the largest "
        "exponent is then 0.",
        "shifted = [math.exp(z - max(logits)) for z in logits].",
    ),
)

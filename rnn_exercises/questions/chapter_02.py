"""The exercises of chapter 2: the forward pass."""

import math
import random
from dataclasses import replace
from fractions import Fraction
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
    answers=(*NAMES, "number in all"),
    right=shapes,
    mistakes=(
        Wrong(
            "wx-turned",
            "Your W_x is transposed. It makes H numbers out of V: H rows, V columns.",
            {"Wx": [1000, 50]},
        ),
        Wrong(
            "wy-turned",
            "Your W_y is transposed. It makes V numbers out of H: V rows, H columns.",
            {"Wy": [50, 1000]},
        ),
        Wrong(
            "wh-between-words",
            "W_h leads from the hidden state to the hidden state: V has no part in it.",
            {"Wh": [50, 1000]},
            also=({"Wh": [50, 1000], "number in all": 151_050},),
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
            {"number in all": 102_500},
        ),
        Wrong(
            "without-bh",
            "The 50 numbers of b_h are missing.",
            {"number in all": 103_500},
        ),
        Wrong("without-by", "The 1000 of b_y are missing.", {"number in all": 102_550}),
        Wrong(
            "without-wh",
            "W_h is missing: H times H numbers.",
            {"number in all": 101_050},
        ),
        Wrong(
            "one-of-wx-and-wy",
            "W_x and W_y have V times H numbers each.",
            {"number in all": 53_550},
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
            "The previous state is missing from a_2: add W_h times h_1.",
            {"a_2": [0, 2], "h_2": [0, math.tanh(2)]},
            also=({"a_2": [0, 2]},),
        ),
        Wrong(
            "never-tanh",
            "Your states are the pre-activations. A state is tanh of them, and "
            "W_h times that state goes into a_2.",
            {"h_1": [1, 0], "a_2": [0, 3], "h_2": [0, 3]},
            also=({"h_1": [1, 0], "a_2": [0, 3], "h_2": [0, math.tanh(3)]},),
        ),
        Wrong(
            "not-swapped",
            "You add h_1 as it is. This W_h swaps its two entries.",
            {"a_2": [T1, 2], "h_2": [math.tanh(T1), math.tanh(2)]},
            also=({"a_2": [T1, 2]},),
        ),
        Wrong(
            "a-for-h",
            "W_h multiplies the state h_1, after tanh, not a_1.",
            {"a_2": [0, 3], "h_2": [0, math.tanh(3)]},
            also=({"a_2": [0, 3]},),
        ),
        Wrong(
            "word-forgotten",
            "The word is missing from a_2: add column 1 of W_x, (0, 2), to W_h times "
            "h_1.",
            {"a_2": [0, T1], "h_2": [0, math.tanh(T1)]},
            also=({"a_2": [0, T1]},),
        ),
        Wrong("no-tanh", "That is a_1. The state is tanh of it.", {"h_1": [1, 0]}),
        Wrong(
            "no-tanh-again",
            "That is a_2. The state is tanh of it.",
            {"h_2": [0, 2 + T1]},
        ),
        Wrong(
            "h-without-a",
            "h_2 is tanh of all of a_2: of the word and the past together.",
            {"h_2": [0, math.tanh(2)]},
            also=tuple(
                {"h_2": second}
                for second in (
                    [T1, math.tanh(2)],
                    [math.tanh(T1), math.tanh(2)],
                    [0, math.tanh(3)],
                    [0, math.tanh(2) + T1],
                    [0, math.tanh(2) + math.tanh(T1)],
                )
            ),
        ),
        Wrong(
            "tanh-too-early",
            "That is h_1. a_1 is what goes into tanh.",
            {"a_1": [T1, 0]},
        ),
    ),
    hints=(
        "Word 0 picks column 0 of Wx, and h_0 adds nothing.",
        "For step 2: column 1 of Wx, plus W_h times h_1. Write down what this W_h "
        "does to (u, v).",
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
    answers=("number of different entries", "the meaning"),
    right=equal_weights,
    mistakes=(
        Wrong(
            "as-many-as-units",
            "All rows of W_x are equal, and all rows of W_h too. Can two "
            "entries of a = W_x x + W_h h + b_h differ then?",
            {"number of different entries": 8},
        ),
        Wrong(
            "as-many-as-words",
            "Reading another word changes all entries alike.",
            {"number of different entries": 6},
        ),
        Wrong(
            "no-state",
            "There is a state, and it changes from step to step. Look at its "
            "entries side by side.",
            {"the meaning": "a"},
        ),
        Wrong(
            "too-large",
            "The size of the weights is not the point. Any other single "
            "number does the same.",
            {"the meaning": "c"},
        ),
    ),
    hints=(
        "Entry k of the state is made by row k of W_x and of W_h. What do the "
        "rows have in common?",
        "Equal rows, equal entries: at every step.",
    ),
)


def sized_step(rng: np.random.Generator, V: int, H: int) -> tuple:
    return draws.word(rng, V), draws.state(rng, H), draws.network(rng, V, H)


def sentence_step(rng: np.random.Generator) -> tuple:
    V, H = draws.sizes(rng, "VH")
    if V == 2 * H:  # a list of V numbers is none of two lists joined
        V += 1
    return sized_step(rng, V, H)


def saturated_step(rng: np.random.Generator) -> tuple:
    """Where a tanh made of two exp overflows."""
    x, h_prev, parameters = sentence_step(rng)
    signs = np.where(np.arange(len(h_prev)) % 2, -1000.0, 1000.0)
    return x, h_prev, replace(parameters, bh=signs.tolist())


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
    bias_inside: bool = True,
    predict_from: str = "h",
) -> tuple[np.ndarray, np.ndarray]:
    """One step with arrays; each switch makes a mistake."""
    p = {
        name: np.array(values) * (name != without)
        for name, values in vars(parameters).items()
    }
    a = p["Wx"] @ x + (p["Wh"].T if turned else p["Wh"]) @ h_prev
    a += p["bh"] * bias_inside
    h = (np.tanh(a) if tanh else a) + p["bh"] * (not bias_inside)
    source = {"h": h, "a": a, "h_prev": np.array(h_prev)}[predict_from]
    return h, p["Wy"] @ source + p["by"]


def one_after_the_other(
    x: list, h_prev: list, p: Parameters
) -> tuple[list, np.ndarray]:
    """Each unit reads the new entries of those before it."""
    h = list(h_prev)
    for k, (row, past, bias) in enumerate(zip(p.Wx, p.Wh, p.bh, strict=True)):
        h[k] = math.tanh(np.dot(row, x) + np.dot(past, h) + bias)
    return h, np.array(p.Wy) @ h + p.by


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
        "pre-activations far from zero": saturated_step(rng),
        "a network of a single hidden unit": sized_step(rng, 4, 1),
        "a network of more hidden units than words": sized_step(rng, 3, 9),
    },
    mistakes=(
        Wrong(
            "lists-joined",
            "You write `+` between two lists. It puts one after the other: [1, 2] + "
            "[3] is [1, 2, 3]. To add entry by entry, call add(u, v).",
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
            "The old state is missing: add W_h times h_prev.",
            lambda *a: step(*a, without="Wh"),
        ),
        Wrong(
            "word-forgotten",
            "The word is missing: add W_x times x.",
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
            also=(lambda *a: {"h": step(*a, tanh=False)[0]},),
        ),
        Wrong(
            "bias-outside",
            "You add b_h after the tanh. It belongs to the pre-activation, inside.",
            lambda *a: step(*a, bias_inside=False),
        ),
        Wrong(
            "overwritten",
            "You overwrite entries of the old state that are still to be read. All "
            "new entries are made from h_prev.",
            one_after_the_other,
        ),
        Wrong(
            "exchanged",
            "You return the logits first. The state comes first.",
            lambda *a: step(*a)[::-1],
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
            "You return probabilities. The exercise asks for the logits, before the "
            "softmax.",
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


class Picked(Fraction):
    """A number that can be picked out and added, but not multiplied."""

    def __mul__(self, other: object) -> Fraction:
        raise TypeError("an entry is multiplied; pick the entries instead")

    __rmul__ = __mul__


def column_case(rng: np.random.Generator) -> tuple:
    """A column that is another one when counted from 1, or from the end.

    There is a row of that number too.
    """
    V, H = draws.sizes(rng, "VH")
    places = [k for k in range(1, min(V, H)) if 2 * k not in (V - 1, V)]
    return draws.matrix(rng, H, V), int(rng.choice(places))


def column(matrix: list, k: int) -> list:
    if not 0 <= k < len(matrix[0]):
        raise ValueError("no such column")
    return [float(row[k]) for row in matrix]


def wide_and_tall(rng: np.random.Generator) -> dict[str, tuple]:
    """What has to be refused, in a matrix of either form."""
    wide, tall = draws.matrix(rng, 2, 3), draws.matrix(rng, 5, 2)
    return {
        "a negative k": (wide, -1),
        "a k that is as large as the number of columns": (wide, 3),
        "a k that counts from the end": (wide, -3),
        "a k far below zero": (wide, -9),
        "a k far too large": (wide, 9),
        "the number of a row that is no column": (tall, 3),
        "the number of columns of a tall matrix": (tall, 2),
    }


ask(
    "02-column",
    kind="code",
    arguments=("matrix", "k"),
    answers="column",
    case=column_case,
    right=column,
    edges=lambda rng: {
        "a matrix of more columns than rows": (draws.matrix(rng, 2, 7), 5),
        "a matrix of more rows than columns": (draws.matrix(rng, 7, 2), 1),
        "the last column": (draws.matrix(rng, 4, 3), 2),
        "the first column": (draws.matrix(rng, 4, 3), 0),
        "a matrix of one column": (draws.matrix(rng, 2, 1), 0),
        "a matrix of one row": (draws.matrix(rng, 1, 3), 1),
        "entries that cannot be multiplied": (
            [[Picked(v) for v in row] for row in draws.matrix(rng, 4, 3)],
            1,
        ),
    },
    refuses=wide_and_tall,
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
            also=(lambda matrix, k: [row[-k] for row in matrix],),
        ),
        Wrong(
            "multiplied",
            "You multiply. The column is in the matrix: pick its entries.",
            lambda matrix, k: words.matvec(matrix, one_hot(k, len(matrix[0]))),
        ),
        Wrong(
            "first-entry-only",
            "That is one number. A column has an entry in every row.",
            lambda matrix, k: matrix[0][k],
        ),
    ),
    hints=(
        "Multiply out one row: 0 times …, 1 times …, 0 times … What is left?",
        "[row[k] for row in matrix]. For a negative k Python would count from the "
        "end: refuse it first.",
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


BUGS = ([2, 1], [710, 705], [-1000, -999], [700, -700])

ask(
    "02-bug",
    kind="bug",
    answers=tuple(f"the verdict on {asked}" for asked in BUGS),
    right=lambda: tuple(map(clipped_softmax, BUGS)),
    mistakes=(
        Wrong(
            "small-ones",
            "For everyday logits the cut at 700 changes nothing.",
            {"the verdict on [2, 1]": "wrong"},
            also=({"the verdict on [2, 1]": "stops"},),
        ),
        Wrong(
            "cut-unseen",
            "Both are above 700. What do they become?",
            {"the verdict on [710, 705]": "right"},
        ),
        Wrong(
            "cut-stops",
            "exp(700) can still be computed: nothing stops. That is what makes "
            "it dangerous.",
            {"the verdict on [710, 705]": "stops"},
        ),
        Wrong(
            "far-below-is-fine",
            "exp(-1000) is rounded to 0, and so is exp(-999). What is 0 divided by 0?",
            {"the verdict on [-1000, -999]": "right"},
        ),
        Wrong(
            "far-below-is-wrong",
            "Nothing is returned at all: the sum of the exponentials is 0.",
            {"the verdict on [-1000, -999]": "wrong"},
        ),
        Wrong(
            "far-apart",
            "The first is not above 700, so nothing is cut, and the sum is not 0. A "
            "probability of e to the power of -1400 rounds to 0, and rightly so.",
            {"the verdict on [700, -700]": "wrong"},
        ),
        Wrong(
            "far-apart-stops",
            "The sum is exp(700), not 0: nothing stops.",
            {"the verdict on [700, -700]": "stops"},
        ),
    ),
    hints=(
        "What does min(z, 700) make of 710 and of 705?",
        "And what is math.exp(-1000)? Add two such numbers up.",
    ),
)


def logits_case(rng: np.random.Generator) -> tuple[list[float]]:
    """Their sum is far from 0, so that it can be divided by."""
    (V,) = draws.sizes(rng, "V")
    logits = draws.vector(rng, V)
    while abs(sum(logits)) < 0.1:
        logits = draws.vector(rng, V)
    return (logits,)


def by_numpy(logits: list[float], shift: float = 0.0) -> np.ndarray:
    """As NumPy does it, which does not stop but gives nan."""
    exponentials = np.exp(np.array(logits) - shift)
    return exponentials / exponentials.sum()


def by_math(logits: list[float], shift: float = 0.0, most: float = math.inf) -> list:
    """As Python does it, which stops."""
    exponentials = [math.exp(min(z - shift, most)) for z in logits]
    return [e / sum(exponentials) for e in exponentials]


#: What is subtracted instead of the largest logit.
SHIFTS = (
    lambda logits: logits[0],
    lambda logits: logits[-1],
    min,
    np.mean,
    sum,
    lambda logits: max(map(abs, logits)),
    lambda logits: 700,
    lambda logits: 709,
    lambda logits: 710,
    lambda logits: 1000,
)
SHIFTED = tuple(
    lambda logits, make=make, shift=shift: make(logits, float(shift(logits)))
    for shift in SHIFTS
    for make in (by_math, by_numpy)
)


ask(
    "02-softmax",
    kind="code",
    arguments=("logits",),
    answers="p",
    axes={"logits": "V"},
    case=logits_case,
    right=lambda logits: by_numpy(logits, max(logits)),
    edges=lambda rng: {
        "very large logits": ([1000.0, 998.0, 999.0],),
        "logits just above 709": ([710.0, 705.0],),
        "logits far below zero": ([-1000.0, -998.0, -999.0],),
        "huge logits": ([100_000.0, 99_998.0, 99_999.0],),
        "logits very far below zero": ([-100_000.0, -99_998.0, -99_999.0],),
        "logits that are far apart": ([-800.0, 800.0, 0.0],),
        "logits that are far apart, the largest first": ([700.0, -700.0],),
        "equal logits": ([0.7, 0.7, 0.7],),
        "a single logit": ([3.0],),
    },
    mistakes=(
        Wrong(
            "not-divided",
            "You do not divide by the sum: the entries have to add up to 1.",
            lambda logits: np.exp(np.array(logits) - max(logits)),
            also=(lambda logits: np.exp(logits),),
        ),
        Wrong(
            "logits-divided",
            "You divide the logits themselves. Take exp of each first.",
            lambda logits: np.array(logits) / sum(logits),
        ),
        Wrong(
            "sign-turned",
            "The largest logit gets the smallest probability: the sign in "
            "the exponent is reversed.",
            lambda logits: softmax(-np.array(logits)),
        ),
        Wrong(
            "twice",
            "You take the softmax twice, the second time of the probabilities.",
            lambda logits: softmax(softmax(np.array(logits))),
        ),
        Wrong(
            "powers-of-two",
            "You take powers of 2. Take powers of e.",
            lambda logits: softmax(np.array(logits) * math.log(2)),
        ),
        Wrong(
            "cut-off",
            "You cut large logits off. Two that differ then get the same "
            "probability. Shift all of them instead.",
            lambda logits: by_math(logits, most=700),
            also=(
                lambda logits: by_numpy(np.minimum(logits, 700)),
                lambda logits: by_numpy(np.clip(logits, -700, 700)),
                lambda logits: by_numpy(np.clip(logits, -500, 500)),
            ),
        ),
        Wrong(
            "overflows",
            "exp of the largest logit may overflow, and that of each may be 0. "
            "Subtract the largest logit from all of them first: "
            "no probability changes.",
            by_math,
            also=(by_numpy,),
        ),
        Wrong(
            "wrong-shift",
            "What you subtract from all logits is not the largest of them. With "
            "the largest no exponent is above 0, and one is 0.",
            SHIFTED[0],
            also=SHIFTED[1:],
        ),
    ),
    hints=(
        "exp of each logit, divided by the sum of all.",
        "Subtract the largest logit from all of them first: the largest exponent is "
        "then 0.",
        "shifted = [math.exp(z - max(logits)) for z in logits].",
    ),
)

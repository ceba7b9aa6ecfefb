"""The exercises of chapter 8: training one step at a time."""

import math
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.data import SENTENCES
from rnn_src.words import Parameters
from rnn_src.words.training import all_rows, train_step, train_steps


def first_updates() -> tuple[float, float, int, float]:
    """Two updates of a network of zeros."""
    vocabulary = words.Vocabulary(SENTENCES)
    hello, how, are = (vocabulary.ids[word] for word in ("hello", "how", "are"))
    blank = Parameters(
        Wx=[[0.0] * 6 for _ in range(8)],
        Wh=[[0.0] * 8 for _ in range(8)],
        Wy=[[0.0] * 8 for _ in range(6)],
        bh=[0.0] * 8,
        by=[0.0] * 6,
    )
    h, _ = train_step(hello, how, [0.0] * 8, blank, 0.1)
    by = list(blank.by)
    others = sum(
        entry != 0 for row in all_rows(blank) if row is not blank.by for entry in row
    )
    _, loss = train_step(how, are, h, blank, 0.1)
    return by[how], by[hello], others, loss


ask(
    "08-first",
    kind="derive",
    answers=(
        "b_y at how",
        "b_y elsewhere",
        "the number of other entries that moved",
        "the next loss",
    ),
    right=first_updates,
    within=0.0002,
    mistakes=(
        Wrong(
            "uphill",
            "You move with the gradient. At `how` it is negative, so b_y "
            "goes up there.",
            {"b_y at how": -5 / 60, "b_y elsewhere": 1 / 60},
        ),
        Wrong(
            "without-lr",
            "You subtract the gradient itself. The learning rate is 0.1.",
            {"b_y at how": 5 / 6, "b_y elsewhere": -1 / 6},
        ),
        Wrong(
            "target-forgotten",
            "You subtract p. dL/dz is p - 1 at the target.",
            {"b_y at how": -1 / 60},
        ),
        Wrong(
            "others-stay",
            "You leave the other five as they were. Their dL/dz is 1/6, not zero.",
            {"b_y elsewhere": 0.0},
        ),
        Wrong(
            "wy-moves",
            "You let Wy move. Its gradient is dL/dz times h, and h is zero.",
            {"the number of other entries that moved": 48},
        ),
        Wrong(
            "even-guess",
            "You take the next loss as ln 6. The logits are no longer equal: they "
            "are the biases.",
            {"the next loss": math.log(6)},
        ),
        Wrong(
            "as-if-it-followed",
            "That is the loss if `how` came again. The next target is `are`, "
            "whose logit went down.",
            {"the next loss": math.log(5 + math.exp(0.1)) - 0.1},
        ),
    ),
    hints=(
        "All logits are 0. What is p, and what is dL/dz at the target and elsewhere?",
        "by = 0 - 0.1 * dL/dz. For the others look at what their gradients "
        "are multiplied by: h, and Wy.",
        "At the next question the logits are the biases. The logit of `how` is "
        "0.1 above the five others.",
    ),
)


def update_case(
    rng: np.random.Generator, V: int = 0, H: int = 0, size: float = 1.0
) -> tuple:
    """A case; by default of drawn sizes. `size` multiplies the gradients."""
    drawn = draws.sizes(rng, "VH")
    V, H = V or drawn[0], H or drawn[1]
    parameters, gradients = draws.network(rng, V, H), draws.network(rng, V, H)
    for row in all_rows(gradients):
        row[:] = [size * slope for slope in row]
    return parameters, gradients, round(float(rng.uniform(0.05, 0.6)), 3)


def equal_rows(rng: np.random.Generator, first: float = 1.0) -> tuple:
    """Weights that are all equal; `first` multiplies the first slope of each row."""
    parameters, gradients, lr = update_case(rng)
    for row in all_rows(gradients):
        row[0] *= first
    for row in (*parameters.Wx, *parameters.Wh, *parameters.Wy):
        row[:] = [0.5] * len(row)
    return parameters, gradients, lr


def moved(
    step: Callable[[float, float, float], float], names: str = "Wx Wh Wy bh by"
) -> Callable[..., None]:
    """An update that gives each entry of some parameters a new value."""

    def change(parameters: Parameters, gradients: Parameters, lr: float) -> None:
        for name in names.split():
            values, slopes = getattr(parameters, name), getattr(gradients, name)
            pairs = (
                zip(values, slopes, strict=True)
                if isinstance(values[0], list)
                else [(values, slopes)]
            )
            for row, row_slopes in pairs:
                row[:] = [step(w, g, lr) for w, g in zip(row, row_slopes, strict=True)]

    return change


def descent(w: float, slope: float, lr: float) -> float:
    return w + lr * -slope


ask(
    "08-bug",
    kind="bug",
    arguments=("parameters", "gradients", "lr"),
    answers="parameters",
    case=update_case,
    right=moved(descent),
    changes="parameters",
    edges=lambda rng: {
        "a learning rate of 1": (*update_case(rng)[:2], 1.0),
        "a tiny learning rate": (*update_case(rng)[:2], 1e-3),
        "equal rows": equal_rows(rng),
        "equal weights of which the first does not move": equal_rows(rng, first=0.0),
        "a network with one unit": update_case(rng, 4, 1),
        "many words and few units": update_case(rng, 14, 2),
        "few words and many units": update_case(rng, 2, 12),
        "large gradients": update_case(rng, size=3000.0),
        "tiny gradients": update_case(rng, size=1e-4),
    },
    mistakes=(
        Wrong(
            "nothing-changed",
            "The parameters are as they were. `row = [...]` gives the name "
            "`row` to a new list; `row[:] = [...]` writes into the old one.",
            lambda parameters, gradients, lr: None,
        ),
        Wrong(
            "uphill",
            "You go uphill: the loss grows along its gradient. Subtract.",
            moved(lambda w, g, lr: w + lr * g),
        ),
        Wrong(
            "without-lr", "The learning rate is missing.", moved(lambda w, g, lr: w - g)
        ),
        Wrong(
            "replaced",
            "You replace the parameter by the step. Subtract the step from "
            "the old value.",
            moved(lambda w, g, lr: -lr * g),
        ),
        Wrong(
            "shrunk",
            "You multiply by 1 - lr and lose the gradient.",
            moved(lambda w, g, lr: w - lr * w),
        ),
        Wrong(
            "matrices-only", "The two biases do not move.", moved(descent, "Wx Wh Wy")
        ),
        Wrong(
            "biases-only", "The three matrices do not move.", moved(descent, "bh by")
        ),
    ),
    hints=(
        "What does `row = [...]` do with the list that `parameters` holds?",
        "Write into the list: row[:] = [...], or row[i] = ... in a loop.",
    ),
)


def step_case(rng: np.random.Generator, V: int = 0, H: int = 0) -> tuple:
    """A case; by default of drawn sizes."""
    drawn = draws.sizes(rng, "VH")
    V, H = V or drawn[0], H or drawn[1]
    word, target = (int(i) for i in rng.choice(V, 2, replace=False))
    return (
        word,
        target,
        draws.state(rng, H),
        draws.network(rng, V, H),
        round(float(rng.uniform(0.1, 0.6)), 3),
    )


def step_of(rng: np.random.Generator, word: int, target: int) -> tuple:
    return (word, target, *step_case(rng)[2:])


def first_step(rng: np.random.Generator) -> tuple:
    word, target, h_prev, parameters, lr = step_case(rng)
    return word, target, [0.0] * len(h_prev), parameters, lr


def steep_step(rng: np.random.Generator) -> tuple:
    """A step with large gradients: the target has the lowest logit."""
    parameters, h_prev = draws.steep_network(rng, 5, 4)
    _, logits = words.rnn_step(words.one_hot(2, 5), h_prev, parameters)
    return 2, int(np.argmin(logits)), h_prev, parameters, 0.3


def far_apart(rng: np.random.Generator, order: int) -> tuple:
    """A step whose logits lie at about 1000 and -1000, in either order."""
    word, _, h_prev, parameters, lr = step_case(rng, 4, 3)
    parameters.by = [1000.0, 998.5, 999.0, -1000.0][::order]
    return word, 1, h_prev, parameters, lr


def changed_step(
    *,
    sign: float = 1.0,
    rate: float | None = None,
    names: str = "Wx Wh Wy bh by",
    swapped: bool = False,
    after: bool = False,
) -> Callable[..., tuple]:
    """A step with something wrong in it."""

    def step(
        word: int, target: int, h_prev: list, parameters: Parameters, lr: float
    ) -> tuple[list, float]:
        if swapped:
            word, target = target, word
        x = words.one_hot(word, parameters.vocab_size)
        h, logits = words.rnn_step(x, h_prev, parameters)
        gradients, _ = words.rnn_step_backward(x, h_prev, h, logits, target, parameters)
        moved(lambda w, g, lr: w - sign * lr * g, names)(
            parameters, gradients, lr if rate is None else rate
        )
        if after:
            h, logits = words.rnn_step(x, h_prev, parameters)
        return h, words.cross_entropy(logits, target)

    return step


def too_soon(
    word: int, target: int, h_prev: list, parameters: Parameters, lr: float
) -> tuple[list, float]:
    """Moves the output layer before it sends the gradient through it."""
    x = words.one_hot(word, parameters.vocab_size)
    h, logits = words.rnn_step(x, h_prev, parameters)
    dlogits = words.logits_backward(logits, target)
    dWy, dby, _ = words.output_backward(dlogits, h, parameters.Wy)
    zeros = replace(parameters, Wy=dWy, by=dby)
    moved(descent, "Wy by")(parameters, zeros, lr)
    _, _, dh = words.output_backward(dlogits, h, parameters.Wy)
    dWx, dWh, dbh, _ = words.hidden_backward(
        words.tanh_backward(dh, h), x, h_prev, parameters.Wh
    )
    moved(descent, "Wx Wh bh")(
        parameters, replace(parameters, Wx=dWx, Wh=dWh, bh=dbh), lr
    )
    return h, words.cross_entropy(logits, target)


ask(
    "08-step",
    kind="code",
    arguments=("word", "target", "h_prev", "parameters", "lr"),
    answers=("h", "loss", "parameters"),
    changes="parameters",
    case=step_case,
    right=changed_step(),
    edges=lambda rng: {
        "a word that follows itself": step_of(rng, 1, 1),
        "the word with id 0": step_of(rng, 0, 2),
        "the target with id 0": step_of(rng, 2, 0),
        "the first step of a sentence": first_step(rng),
        "a learning rate of 1": (*step_case(rng)[:4], 1.0),
        "a network with one unit": step_case(rng, 4, 1),
        "many words and few units": step_case(rng, 12, 2),
        "few words and many units": step_case(rng, 2, 12),
        "large gradients": steep_step(rng),
        "logits that are far apart": far_apart(rng, 1),
        "logits that are far apart, the smallest first": far_apart(rng, -1),
    },
    mistakes=(
        Wrong(
            "after-the-update",
            "Your h and your loss come from the parameters after the update. They "
            "belong to the prediction that was made: compute them before the update.",
            changed_step(after=True),
        ),
        Wrong(
            "too-soon",
            "You move W_y before dL/dh is sent back through it. Compute all "
            "gradients first, then move everything.",
            too_soon,
        ),
        Wrong(
            "uphill",
            "You go uphill: the loss grows along its gradient. Subtract.",
            changed_step(sign=-1.0),
        ),
        Wrong("without-lr", "The learning rate is missing.", changed_step(rate=1.0)),
        Wrong(
            "nothing-changed",
            "The parameters are as they were.",
            changed_step(rate=0.0),
        ),
        Wrong(
            "target-read",
            "You read the target, and ask for the word. Word first, then "
            "what follows it.",
            changed_step(swapped=True),
        ),
        Wrong(
            "output-layer-only",
            "The hidden layer does not move: Wx, Wh and bh are as they were.",
            changed_step(names="Wy by"),
        ),
        Wrong(
            "hidden-layer-only",
            "The output layer does not move: Wy and by are as they were.",
            changed_step(names="Wx Wh bh"),
        ),
    ),
    hints=(
        "Four lines: read, compare, send back, move. The new h and the loss are "
        "those from before the move.",
        "rnn_step gives h and the logits, cross_entropy the loss, "
        "rnn_step_backward the gradients.",
        "my_update(parameters, gradients, lr) moves them. Then return h and the loss.",
    ),
)


def exchange_case(
    rng: np.random.Generator, V: int = 0, H: int = 0
) -> tuple[Parameters, int, int]:
    """A case; by default of drawn sizes."""
    drawn = draws.sizes(rng, "VH")
    V, H = V or drawn[0], H or drawn[1]
    i, j = (int(unit) for unit in rng.choice(H, 2, replace=False))
    return draws.network(rng, V, H), i, j


def exchanged(
    parameters: Parameters,
    i: int,
    j: int,
    *,
    rows: bool = True,
    columns: bool = True,
    outputs: bool = True,
    biases: bool = True,
    turned: str = "rcob",
    turned_at: str = "i",
) -> dict:
    """By a matrix that exchanges and turns; each switch off is a mistake."""
    H = parameters.hidden_size
    order, signs = np.eye(H), np.eye(H)
    order[[i, j]] = order[[j, i]]
    at = j if turned_at == "j" else i
    signs[at, at] = -1

    def turn(change: bool, letter: str) -> np.ndarray:
        sign = signs if letter in turned else np.eye(H)
        return sign @ (order if change else np.eye(H))

    Wx, Wh, Wy, bh, by = map(np.array, vars(parameters).values())
    return {
        "Wx": turn(rows, "r") @ Wx,
        "Wh": turn(rows, "r") @ Wh @ turn(columns, "c").T,
        "Wy": Wy @ turn(outputs, "o").T,
        "bh": turn(biases, "b") @ bh,
        "by": by,
    }


def wrongly(**switches: object) -> Callable[..., dict]:
    return lambda parameters, i, j: {
        f"network.{name}": values
        for name, values in exchanged(parameters, i, j, **switches).items()
    }


ask(
    "08-exchange",
    kind="derive",
    arguments=("parameters", "i", "j"),
    answers="network",
    case=exchange_case,
    right=exchanged,
    edges=lambda rng: {
        "units 0 and 1": (exchange_case(rng)[0], 0, 1),
        "units 2 and 0": (exchange_case(rng)[0], 2, 0),
        "a network with two units": (exchange_case(rng, 5, 2)[0], 1, 0),
        "many words and few units": exchange_case(rng, 12, 3),
        "few words and many units": exchange_case(rng, 2, 12),
    },
    mistakes=(
        Wrong(
            "turned-at-j",
            "The units have changed places, and then you change the sign of the one "
            "now at j. Change that of the one at i.",
            wrongly(turned_at="j"),
        ),
        Wrong(
            "not-exchanged",
            "You change the sign of unit i, but the two units have not changed places.",
            wrongly(rows=False, columns=False, outputs=False, biases=False),
        ),
        Wrong(
            "sign-forgotten",
            "The units have changed places. Now change the sign of the one at i.",
            wrongly(turned=""),
        ),
        Wrong(
            "columns-of-wh",
            "In Wh you exchange the rows alone. The columns read the units: "
            "they have to follow.",
            wrongly(columns=False, turned="rob"),
        ),
        Wrong(
            "wh-read-as-before",
            "The columns of Wh are exchanged, but their signs stay: column i reads a "
            "unit whose sign has changed.",
            wrongly(turned="rob"),
        ),
        Wrong(
            "wy-read-as-before",
            "Wy reads the unit at i with the old sign: change the sign of that column.",
            wrongly(turned="rcb"),
        ),
        Wrong(
            "wy-forgotten",
            "Wy is as it was. Its columns read the units.",
            wrongly(outputs=False, turned="rcb"),
        ),
        Wrong(
            "bh-forgotten",
            "bh is as it was. Its entries belong to the units.",
            wrongly(biases=False, turned="rco"),
        ),
        Wrong(
            "bh-not-turned",
            "bh is exchanged, but its sign stays. tanh(-a) is -tanh(a) for the whole "
            "of a, and b_h is part of it.",
            wrongly(turned="rco"),
        ),
        Wrong(
            "readers-only",
            "You change the sign of what reads the unit, but not of what makes it: "
            "rows i of Wx and Wh and the entry of bh.",
            wrongly(turned="co"),
        ),
    ),
    hints=(
        "What makes unit i: row i of Wx, row i of Wh, bh[i]. What reads it: "
        "column i of Wh, column i of Wy.",
        "Exchange all five for i and j. Then change the sign of the same five at i.",
        "Wh[i][i] changes sign twice, once as part of the row and once as part of "
        "the column: it stays as it was.",
    ),
)


@cache
def narrow_networks() -> tuple[float, float, str]:
    """The smallest H that gets nine of nine, how often two units do, why."""
    vocabulary = words.Vocabulary(SENTENCES)
    sentences = [vocabulary.encode(sentence) for sentence in SENTENCES]
    solved = {}
    for H in (1, 2):
        solved[H] = 0
        for seed in range(5):
            narrow = words.init_parameters(6, H, random.Random(seed), 0.1)
            train_steps(sentences, narrow, lr=0.1, epochs=200)
            solved[H] += all(
                words.argmax(logits) == target
                for ids in sentences
                for logits, target in zip(
                    words.forward(ids[:-1], narrow)[1], ids[1:], strict=True
                )
            )
    return min(H for H in solved if solved[H]), solved[2], "b"


ask(
    "08-units",
    kind="experiment",
    answers=("the smallest H", "the number solved with H = 2", "the reason"),
    right=narrow_networks,
    mistakes=(
        Wrong(
            "as-many-as-words",
            "You ask for a unit for each word. The network needs different "
            "states for different words, and five different numbers are "
            "enough. Train some with fewer.",
            {"the smallest H": 6},
        ),
        Wrong(
            "a-second-unit",
            "Look at the five networks with one unit, each of them. One is "
            "enough to show that it can be done.",
            {"the smallest H": 2},
        ),
        Wrong(
            "cannot",
            "One network with a single unit did it. The other four have the same "
            "means.",
            {"the reason": "a"},
        ),
        Wrong(
            "the-gradient",
            "The gradient of each step is right, whatever H is. Compare the "
            "five networks with one unit.",
            {"the reason": "c"},
        ),
    ),
    hints=(
        "init_parameters(6, H, random.Random(seed), scale=0.1), then "
        "train_steps for 200 epochs, then right_answers.",
        "If one of five gets there, what does that say about the other four?",
    ),
)

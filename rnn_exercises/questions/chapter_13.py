"""The exercises of chapter 13: a museum of bugs."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws, from_registry, time_slips
from rnn_exercises.questions.project_15 import PARTS
from rnn_exercises.reading import kind_of
from rnn_exercises.registry import ask
from rnn_src.functions import softmax
from rnn_src.gradcheck import check_gradients
from rnn_src.mistakes import MISTAKES, Case, loss, random_case, right_gradients
from rnn_src.mistakes.backward import PIECES, backward, totals
from rnn_src.mistakes.case import forward
from rnn_src.parameters import NAMES

Gradients = dict[str, np.ndarray]
EXHIBITS = (
    "wh-not-transposed",
    "one-step-only",
    "carry-from-dh",
    "clipped-inside",
    "no-tanh-prime",
    "tanh-prime-of-h-prev",
    "dwh-from-h",
    "dwh-overwritten",
    "dby-plus-dby",
)
BORDER = 0.05  # nats per step: below it a sequence is learned


def proof() -> Case:
    """The chapter's case for the gradient check, made anew: readers may write in it."""
    return random_case(np.random.default_rng(0), T=6, H=5, V=4, scale=1.0)


def wrong_names(gradients: Gradients) -> list[float]:
    """What the gradient check names: 1 for each such parameter, else 0."""
    case = proof()
    report = check_gradients(lambda: loss(case), case.parameters, gradients)
    ok = {row.name: row.ok for row in report.rows}
    return [float(not ok[name]) for name in NAMES]


@cache
def named_for_each() -> tuple[list[float], ...]:
    """What it names for each of the four lines."""
    return tuple(
        wrong_names(MISTAKES[name].gradients(proof()))
        for name in ("dwy-from-h-prev", "dbh-from-dh", "y-minus-p", "carry-subtracted")
    )


ask(
    "13-names",
    kind="predict",
    answers=("line 1", "line 2", "line 3", "line 4"),
    right=named_for_each,
    mistakes=(
        Wrong(
            "by-falls-too",
            "In line 1 you name by as well. It is made from dz, and dz is right.",
            {"line 1": [0, 0, 1, 0, 1]},
        ),
        Wrong(
            "all-from-dwy",
            "In line 1 you let the mistake travel to the other parameters. "
            "But no later line uses dWy.",
            {"line 1": [1, 1, 1, 1, 1]},
        ),
        Wrong(
            "bh-travels",
            "In line 2 you let the mistake travel. dbh is a result: W_x and "
            "W_h are made from da, which is right.",
            {"line 2": [1, 1, 0, 1, 0]},
        ),
        Wrong(
            "output-layer-only",
            "In line 3 you name the output layer alone. What is dh made of?",
            {"line 3": [0, 0, 1, 0, 1]},
        ),
        Wrong(
            "hidden-layer-only",
            "In line 3 you leave the output layer out. dWy and dby are the "
            "first to be made from dz.",
            {"line 3": [1, 1, 0, 1, 0]},
        ),
        Wrong(
            "wh-only",
            "In line 4 you name W_h alone. dh makes da, and da makes three gradients.",
            {"line 4": [0, 1, 0, 0, 0]},
        ),
        Wrong(
            "everything",
            "In line 4 you name the output layer too. Its gradients are made "
            "before dh, from dz and h.",
            {"line 4": [1, 1, 1, 1, 1]},
        ),
    ),
    hints=(
        "For each line ask: which later lines use what is left of the equals sign?",
        "The order is dz, then dWy, dby and dh, then da, then dWx, dWh, dbh "
        "and the carry. Nothing uses dWy and dbh.",
        "A wrong dz reaches all five. A wrong dh reaches what is made from da.",
    ),
)


def doubled(first: list[float], steps: int) -> list[float]:
    """`total_dby += total_dby`, step by step."""
    total_dby = np.array(first)
    for _ in range(steps):
        total_dby += total_dby
    return total_dby.tolist()


ask(
    "13-bias",
    kind="predict",
    answers=("the sum from zeros", "the sum from a leftover"),
    right=lambda: (doubled([0.0, 0.0], 6), doubled([0.01, -0.02], 6)),
    within=0.0005,
    mistakes=(
        Wrong(
            "added-once-each",
            "That is the leftover added once at each of six steps. The line adds "
            "the sum to itself, so what it adds grows as well.",
            {"the sum from a leftover": [0.07, -0.14]},
        ),
        Wrong(
            "times-t",
            "That is the leftover times the number of steps. Each step doubles "
            "what the previous step left.",
            {"the sum from a leftover": [0.06, -0.12]},
        ),
        Wrong(
            "one-step-short",
            "One doubling is missing: there are six steps, not five.",
            {"the sum from a leftover": [0.32, -0.64]},
        ),
        Wrong(
            "one-step-long",
            "That is one doubling too many: there are six steps, not seven.",
            {"the sum from a leftover": [1.28, -2.56]},
        ),
        Wrong(
            "stays-as-it-was",
            "You leave the leftover as it is. `+=` adds the right side, and "
            "that is the sum itself.",
            {"the sum from a leftover": [0.01, -0.02]},
        ),
        Wrong(
            "one-after-all",
            "Zero plus zero is zero: the line never looks at the data.",
            {"the sum from zeros": [1.0, 1.0]},
        ),
    ),
    hints=(
        "Play three steps on paper: what is total_dby after each, from zero, "
        "and from 0.01?",
        "Each step doubles. Six steps double six times.",
    ),
)


def pass_case(
    rng: np.random.Generator,
    T: int | None = None,
    V: int | None = None,
    H: int | None = None,
    *,
    steep: float = 1.0,
    last: int | None = None,
) -> tuple:
    """A network, a sequence, and what its forward pass kept.

    `steep` is a factor of Wy; no word has an id beyond `last`.
    """
    words, units, steps = draws.sizes(rng, "VHT")
    T, V, H = T or steps, V or words, H or units
    parameters = draws.arrays(rng, V, H)
    parameters["Wy"] *= steep
    h0 = np.array(draws.state(rng, H))
    ids, targets = rng.integers(V if last is None else last + 1, size=(2, T))
    case = Case(parameters=parameters, ids=ids, targets=targets, h0=h0)
    _, hidden, logits = forward(case)
    states = np.concatenate([h0[np.newaxis], hidden])
    return parameters, ids, targets, states, softmax(logits)


def as_case(
    parameters: Gradients,
    ids: np.ndarray,
    targets: np.ndarray,
    states: np.ndarray,
    p: np.ndarray,
) -> Case:
    return Case(parameters=dict(parameters), ids=ids, targets=targets, h0=states[0])


ask(
    "13-bug",
    kind="bug",
    arguments=("parameters", "ids", "targets", "states", "p"),
    answers="gradients",
    case=pass_case,
    right=lambda *a: right_gradients(as_case(*a)),
    edges=lambda rng: {
        "a single step": pass_case(rng, 1, V=3, H=6),
        "thirty steps": pass_case(rng, 30, V=6, H=3),
        "the word 0 again and again": pass_case(rng, 5, last=0),
        "a single hidden unit": pass_case(rng, 4, H=1),
        "large gradients": pass_case(rng, 20, V=4, H=5, steep=5000.0),
    },
    mistakes=(
        *from_registry.from_passes(as_case, PARTS),
        *time_slips.through_time(as_case, PARTS),
    ),
    hints=(
        "Of all parameters only `by` and `Wh` are named, so dz and da are right. "
        "Each mistake is in the line of its own gradient.",
        "One line overwrites what the later steps have found. The other takes "
        "the wrong one of two states.",
        "by is a sum over the steps. And W_h multiplied the state before word "
        "t, which is states[t].",
    ),
)


def beginning(seed: int, T: int = 6) -> Case:
    """The chapter's network before training, and its sequence."""
    case = random_case(np.random.default_rng(seed), T, H=5, V=4, scale=0.5)
    for values in (case.parameters["bh"], case.parameters["by"], case.h0):
        values[:] = 0
    return case


def lowest_loss(
    case: Case, gradients_of: Callable[[Case], Gradients], updates: int, lr: float
) -> float:
    """Train on one sequence, down to BORDER; the lowest loss, in nats a step."""
    weights = {name: w.copy() for name, w in case.parameters.items()}
    case = replace(case, parameters=weights)
    lowest = loss(case)
    for _ in range(updates):
        found = gradients_of(case)
        length = math.sqrt(sum(float((g**2).sum()) for g in found.values()))
        for name, w in weights.items():
            w -= lr * 5 / max(length, 5) * found[name]
        lowest = min(lowest, loss(case))
        if lowest < BORDER * len(case.ids):
            break
    return lowest / len(case.ids)


def alike(one: Gradients, other: Gradients) -> bool:
    return all(
        np.allclose(one[name], other[name], rtol=1e-10, atol=1e-12) for name in NAMES
    )


def a_multiple(found: Gradients, right: Gradients) -> bool:
    """Whether all gradients are the right ones times one number."""
    square = sum(float((g**2).sum()) for g in right.values())
    factor = sum(float((found[name] * right[name]).sum()) for name in NAMES) / square
    return factor != 0 and alike(found, {name: factor * g for name, g in right.items()})


class NoGradients(Exception):
    """What a function returned cannot be used; the text says why."""


def gradients_from(gradients_of: Callable[[Case], object], case: Case) -> Gradients:
    """What a function finds, as arrays of its own; it gets a copy of the case."""
    own = {name: w.copy() for name, w in case.parameters.items()}
    ids, targets, h0 = case.ids.copy(), case.targets.copy(), case.h0.copy()
    found = gradients_of(Case(parameters=own, ids=ids, targets=targets, h0=h0))
    if not isinstance(found, Mapping) or set(found) != set(NAMES):
        raise NoGradients(
            f"my_wrong_gradients returns {kind_of(found)}; expected a dict with "
            "Wx, Wh, Wy, bh and by, as `totals` makes it."
        )
    try:
        gradients = {name: np.array(found[name], float) for name in NAMES}
    except (TypeError, ValueError):
        raise NoGradients("The gradients are not arrays of numbers.") from None
    for name, g in gradients.items():
        shape = case.parameters[name].shape
        if g.shape != shape:
            raise NoGradients(
                f"The gradient of {name} has shape {g.shape}; expected {shape}."
            )
        if not np.isfinite(g).all():
            raise NoGradients(f"The gradient of {name} holds inf or nan.")
    return gradients


def judge_mistake(gradients_of: Callable[[Case], Gradients]) -> str:
    """Whether it is a mistake, a new one, and one that training forgives."""
    try:
        return verdict_on_mistake(lambda case: gradients_from(gradients_of, case))
    except NoGradients as sentence:
        return str(sentence)
    except TypeError as error:
        if "NoneType" in str(error):
            error.args = (f"{error}. Is there a `return` in your piece?",)
        raise


def verdict_on_mistake(gradients_of: Callable[[Case], Gradients]) -> str:
    """A mistake's name or a sentence; empty if the function is what is asked for."""
    found, _, again = map(gradients_of, (proof(), beginning(0), proof()))
    if not alike(found, again):
        return (
            "Two calls with the same case give different gradients: something is "
            "kept from call to call, or is random. Start each call afresh."
        )
    right = right_gradients(proof())
    if alike(found, right):
        return "still-right"
    if any(alike(found, mistake.gradients(proof())) for mistake in MISTAKES.values()):
        return "in-the-collection"
    if not any(wrong_names(found)):
        return "too-small"
    if a_multiple(found, right):
        return "another-rate"
    lowest = lowest_loss(beginning(0), gradients_of, 200, 0.1)
    if not lowest < BORDER:
        return (
            f"Your mistake is new, and the check names it. But training does "
            f"not get away with it: the loss stays at {lowest:.2f} nats a step "
            "or more. Find a milder one."
        )
    return ""


def with_carry(carry: Callable) -> Callable[[Case], Gradients]:
    """The backward pass with another carry."""

    def gradients_of(case: Case) -> Gradients:
        return totals(backward(case, PIECES | {"carry": carry}))

    return gradients_of


def with_dz(dz: Callable) -> Callable[[Case], Gradients]:
    """The backward pass with another gradient at the logits."""

    def gradients_of(case: Case) -> Gradients:
        return totals(backward(case, PIECES | {"dz": dz}))

    return gradients_of


ask(
    "13-own",
    kind="experiment",
    answers="my_gradients",
    expects="a function of a case",
    seconds=20.0,
    right=lambda: with_carry(lambda Wh, da: 0.7 * (da @ Wh)),
    judge=judge_mistake,
    mistakes=(
        Wrong(
            "still-right",
            "Your gradients are the right ones. Change a piece so that it "
            "gives something else.",
            lambda: right_gradients,
        ),
        Wrong(
            "too-small",
            "Your mistake is so small that the check lets it pass: the "
            "relative error is below its threshold. Make it larger.",
            lambda: with_carry(lambda Wh, da: (1 + 1e-8) * (da @ Wh)),
        ),
        Wrong(
            "another-rate",
            "All your gradients are the right ones times one number. Their "
            "direction is right: that is another learning rate, not a mistake.",
            lambda: with_dz(lambda p, y: 2 * (p - y)),
        ),
        Wrong(
            "in-the-collection",
            "That one is already in the collection. Invent another.",
            lambda: MISTAKES["wh-not-transposed"].gradients,
        ),
    ),
    hints=(
        "A mistake that keeps the direction nearly right is forgiven: a factor "
        "in one place, or one step too few.",
        "Let the carry be half as large: return 0.5 * Wh.T @ da.",
    ),
)


def output_only(case: Case) -> Gradients:
    """The right gradients of Wy and by, and zeros for all else."""
    return {
        name: g if name in ("Wy", "by") else np.zeros_like(g)
        for name, g in right_gradients(case).items()
    }


@cache
def caught_at_twelve() -> tuple[list[float], float]:
    """1 for each exhibit that does not get below 0.05, of twelve words."""
    passes = [MISTAKES[name].gradients for name in EXHIBITS] + [output_only]
    caught = [
        float(lowest_loss(beginning(5, T=12), gradients_of, 300, 0.05) >= BORDER)
        for gradients_of in passes
    ]
    return caught[:-1], caught[-1]


ask(
    "13-longer",
    kind="experiment",
    answers=("the list of exhibits", "the mark of the output layer"),
    right=caught_at_twelve,
    mistakes=(
        Wrong(
            "all-caught",
            "You let the longer sequence catch all nine. It asks more of the "
            "hidden layer. But does a wrong gradient always fail to train? "
            "Run it.",
            {"the list of exhibits": [1.0] * 9},
        ),
        Wrong(
            "none-caught",
            "You let all nine get away. Three already looked troubled with six "
            "words. Run it.",
            {"the list of exhibits": [0.0] * 9},
        ),
        Wrong(
            "turned-round",
            "You have it the wrong way round: 1 is for those that are "
            "caught, that is, those that stay above 0.05.",
            lambda: {"the list of exhibits": [1 - c for c in caught_at_twelve()[0]]},
        ),
        Wrong(
            "still-passes",
            "The output layer alone did not pass with six words in 200 "
            "updates. Twelve words ask more of it, and it has no more "
            "weights than before. Run it.",
            {"the mark of the output layer": 0.0},
        ),
    ),
    hints=(
        "Did the output layer alone pass with six words, in the 200 updates of "
        "the test? And which exhibits did not?",
        "Run `train_on(beginning(5, T=12), passes[name], 300, lr=0.05)` for "
        "each exhibit, and look at `updates_to` of its losses.",
        "An exhibit is caught if `updates_to` gives inf.",
    ),
)

"""The exercises of chapter 19: the same in PyTorch. None of them needs it."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.registry import ask
from rnn_src.lstm import LSTM

Array = np.ndarray

SIZES = {"D": 10, "H": 16, "T": 7, "B": 3, "layers": 2, "directions": 2, "gates": 4}


def lstm_shapes() -> tuple[tuple[int, ...], ...]:
    """What an LSTM of several layers and directions returns, and holds."""
    s = SIZES
    below = s["directions"] * s["H"]  # what the second layer reads
    return (
        (s["T"], s["B"], below),
        (s["layers"] * s["directions"], s["B"], s["H"]),
        (s["gates"] * s["H"], s["H"]),
        (s["gates"] * s["H"], below),
    )


ask(
    "19-shapes",
    kind="predict",
    answers=("output", "h_n", "weight_hh_l0", "weight_ih_l1"),
    right=lstm_shapes,
    mistakes=(
        Wrong(
            "one-direction",
            "Your output has one direction. Both are in it, side by side.",
            {"output": (7, 3, 16)},
        ),
        Wrong(
            "all-layers-in-output",
            "Your output holds both layers. It has the top one alone.",
            {"output": (7, 3, 64)},
        ),
        Wrong(
            "directions-side-by-side",
            "In output the two directions are side by side; in h_n each is an entry "
            "of the first axis.",
            {"h_n": (2, 3, 32)},
        ),
        Wrong(
            "states-of-the-top-layer",
            "Your h_n has two states for each sequence. There is one for each layer "
            "and each direction.",
            {"h_n": (2, 3, 16)},
        ),
        Wrong(
            "gates-forgotten",
            "An LSTM has three gates and a candidate, each with H rows.",
            {"weight_hh_l0": (16, 16), "weight_ih_l1": (16, 32)},
            also=({"weight_hh_l0": (16, 16)}, {"weight_ih_l1": (16, 32)}),
        ),
        Wrong(
            "state-of-both-directions",
            "weight_hh reads the state of its own direction: a state has H numbers, "
            "not 2H.",
            {"weight_hh_l0": (64, 32)},
        ),
        Wrong(
            "reads-one-direction",
            "The second layer reads what the first one returns: both directions of it.",
            {"weight_ih_l1": (64, 16)},
        ),
        Wrong(
            "reads-the-input",
            "The second layer does not read x. It reads the states of the first layer.",
            {"weight_ih_l1": (64, 10)},
        ),
    ),
    hints=(
        "Which states does output hold: of which layer, in which directions?",
        "h_n has a state for each layer and each direction, along its first axis.",
        "A matrix has 4H rows, and as many columns as what it reads has entries. The "
        "second layer reads output of the first: 2H entries.",
    ),
)


def factors() -> tuple[float, ...]:
    """Our loss divided by PyTorch's, for losses drawn at random, and the rates."""
    rng = np.random.default_rng(19)
    found = []
    for lengths in ((6, 6, 6, 6), (2, 3, 7, 4)):
        losses = [rng.uniform(1, 2, n) for n in lengths]
        ours = np.mean([one.sum() for one in losses])
        found.append(round(float(ours / np.concatenate(losses).mean()), 9))
    return *found, 0.1 * found[1], 0.1


ask(
    "19-factor",
    kind="derive",
    answers=("without filler", "with filler", "rate of SGD", "rate of Adam"),
    right=factors,
    mistakes=(
        Wrong(
            "upside-down",
            "That is what our loss has to be multiplied by. The question asks for the "
            "factor of PyTorch's, which is the smaller one.",
            {"without filler": 1 / 6, "with filler": 1 / 4},
            also=({"without filler": 1 / 6}, {"with filler": 1 / 4}),
        ),
        Wrong(
            "by-the-longest",
            "You count the filler: 7 is the longest length. PyTorch's mean is over "
            "the 16 predictions that count.",
            {"with filler": 7, "rate of SGD": 0.7},
            also=({"with filler": 7}, {"rate of SGD": 0.7}),
        ),
        Wrong(
            "by-the-predictions",
            "That turns the mean into a sum over all predictions. Ours is divided by "
            "B as well.",
            {"without filler": 24, "with filler": 16},
            also=({"without filler": 24}, {"with filler": 16}),
        ),
        Wrong(
            "rate-divided",
            "PyTorch's gradient is smaller than ours by the factor of its loss. So its "
            "rate has to be larger.",
            {"rate of SGD": 0.1 / 4},
        ),
        Wrong(
            "rate-unchanged",
            "SGD multiplies the gradient by the rate. The gradients of the two losses "
            "differ by a factor.",
            {"rate of SGD": 0.1},
        ),
        Wrong(
            "adam-sees-the-factor",
            "Adam divides a mean of gradients by the root of a mean of their squares. "
            "What becomes of a factor that all of them have?",
            {"rate of Adam": 0.4},
            also=({"rate of Adam": 0.1 / 4},),
        ),
    ),
    hints=(
        "Both add up the same losses. By what does each divide?",
        "Ours divides by B = 4; PyTorch's default divides by the number of "
        "predictions that count.",
        "A factor in the loss is a factor in every gradient. SGD needs it in the rate; "
        "Adam divides it away.",
    ),
)


def batch_sizes(lengths: Sequence[int]) -> Array:
    """How many sequences are still there, read off a mask."""
    return np.sum(np.arange(max(lengths))[:, np.newaxis] < lengths, axis=1)


def some_lengths(rng: np.random.Generator) -> tuple[list[int]]:
    """Neither the first nor the last of them is the longest."""
    lengths = [int(n) for n in rng.permutation(9)[: rng.integers(3, 6)] + 1]
    lengths.remove(longest := max(lengths))
    return ([lengths[0], longest, *lengths[1:]],)


def stopped(end: Callable[[list[int]], int]) -> Callable[[list[int]], Array]:
    """The counts of the steps before `end`."""
    return lambda lengths: np.array(
        [sum(n > t for n in lengths) for t in range(end(lengths))]
    )


ask(
    "19-packed",
    kind="code",
    arguments=("lengths",),
    answers="batch sizes",
    case=some_lengths,
    right=batch_sizes,
    edges=lambda rng: {
        "a single sequence": ([4],),
        "equal lengths": ([3, 3],),
        "sequences of one step": ([1, 1, 1],),
        "two that end together": ([2, 5, 2, 6],),
    },
    mistakes=(
        Wrong(
            "lengths-sorted",
            "Those are the lengths, sorted. The question asks for each step how many "
            "sequences have a word there.",
            lambda lengths: np.array(sorted(lengths, reverse=True)),
        ),
        Wrong(
            "to-the-first-ones-end",
            "You stop where one of the sequences ends. They come in any order: go on "
            "to the end of the longest.",
            stopped(lambda lengths: lengths[0]),
            also=(stopped(lambda lengths: lengths[-1]), stopped(min)),
        ),
        Wrong(
            "one-step-more",
            "You also count a sequence at the step after its last one. At step t, "
            "counted from 0, those longer than t are left.",
            lambda lengths: np.array(
                [sum(n >= t for n in lengths) for t in range(max(lengths) + 1)]
            ),
            also=(
                lambda lengths: np.array(
                    [sum(n >= t for n in lengths) for t in range(max(lengths))]
                ),
            ),
        ),
        Wrong(
            "one-step-less",
            "You leave out each sequence's last step. At step t, counted from 0, those "
            "longer than t are left.",
            lambda lengths: np.array(
                [sum(n > t + 1 for n in lengths) for t in range(max(lengths))]
            ),
        ),
        Wrong(
            "all-of-them",
            "That is the padded batch: every step has all sequences. A packed one "
            "leaves out those that have ended.",
            lambda lengths: np.full(max(lengths), len(lengths)),
        ),
    ),
    hints=(
        "Write the lengths 3, 7, 4 as a mask. What is the sum of each row?",
        "At step t, counted from 0, a sequence is there if it is longer than t.",
    ),
)


def clip_case(rng: np.random.Generator, limit: float = 1.0, size: float = 1.0) -> tuple:
    shapes = draws.sizes(rng, "HVB")
    arrays = [
        size * np.array(draws.matrix(rng, shapes[0], shapes[1])),
        size * np.array(draws.vector(rng, shapes[2])),
    ]
    return arrays, limit


def lengths_of(gradients: list[Array]) -> list[float]:
    return [float(np.sqrt(np.sum(np.square(one)))) for one in gradients]


def clip_factor(gradients: list[Array], limit: float) -> float:
    """One vector, its length, the quotient, at most 1."""
    norm = np.linalg.norm(np.concatenate([np.ravel(one) for one in gradients]))
    return float(min(1.0, limit / (norm + 1e-6)))


def by_norm_of(norm: Callable) -> Callable[[list[Array], float], float]:
    return lambda gradients, limit: min(1.0, limit / (norm(gradients) + 1e-6))


ask(
    "19-clip",
    kind="code",
    arguments=("gradients", "limit"),
    answers="factor",
    case=lambda rng: clip_case(rng, limit=round(float(rng.uniform(0.5, 1.5)), 2)),
    right=clip_factor,
    edges=lambda rng: {
        "a gradient below the limit": clip_case(rng, limit=50.0),
        "a tiny gradient and a tiny limit": clip_case(rng, 1e-6, 1e-6),
        "a gradient of zeros": ([np.zeros((2, 3)), np.zeros(2)], 1.0),
        "a norm just below a tiny limit": ([np.array([3e-7, 4e-7])], 1e-6),
        "a single array": ([np.array([3.0, 4.0])], 1.0),
    },
    mistakes=(
        Wrong(
            "never-one",
            "A clip does not lengthen: the factor is at most 1. Yours lengthens a "
            "gradient below the limit.",
            lambda gradients, limit: (
                limit / (np.hypot.reduce(lengths_of(gradients)) + 1e-6)
            ),
        ),
        Wrong(
            "left-alone-below-the-limit",
            "You leave every gradient alone that is below the limit. PyTorch compares "
            "nothing: it takes limit / (norm + 1e-6), and 1 if that is more.",
            lambda gradients, limit: (
                limit / (norm + 1e-6)
                if (norm := np.hypot.reduce(lengths_of(gradients))) > limit
                else 1.0
            ),
        ),
        Wrong(
            "without-the-millionth",
            "You divide by the norm alone. That is our clip; PyTorch adds 1e-6 to the "
            "norm, which shows where the gradient is tiny.",
            lambda gradients, limit: (
                min(1.0, limit / norm)
                if (norm := np.hypot.reduce(lengths_of(gradients)))
                else 1.0
            ),
        ),
        Wrong(
            "norms-added",
            "You add up the arrays' norms. One norm is meant, of all entries: add up "
            "the squares, then take the root.",
            by_norm_of(lambda gradients: sum(lengths_of(gradients))),
        ),
        Wrong(
            "squares-without-root",
            "You add up the squares. Take the root of the sum.",
            by_norm_of(lambda gradients: sum(n**2 for n in lengths_of(gradients))),
        ),
        Wrong(
            "absolute-values",
            "You add up absolute values. The norm is the root of the sum of squares.",
            by_norm_of(lambda gradients: sum(np.abs(one).sum() for one in gradients)),
        ),
        Wrong(
            "the-longest-alone",
            "You take the norm of one array. It is one factor for all, from one norm "
            "over all of them.",
            by_norm_of(lambda gradients: max(lengths_of(gradients))),
            also=(by_norm_of(lambda gradients: lengths_of(gradients)[0]),),
        ),
    ),
    hints=(
        "All arrays count as one long vector. What is its length?",
        "The factor is limit / (norm + 1e-6), and at most 1.",
    ),
)


def a_pair(rng: np.random.Generator) -> tuple[str, str]:
    """Two orders between which there is no way back by the same exchange."""
    while True:
        old, new = ("".join(rng.permutation([*"ifgo"])) for _ in range(2))
        places = [old.index(gate) for gate in new]
        if [places[n] for n in places] != [0, 1, 2, 3]:
            return old, new


def stacked(
    rng: np.random.Generator, H: int | None = None, bias: bool = False
) -> tuple:
    several, V = draws.sizes(rng, "HV")
    shape = (4 * (H or several),) if bias else (4 * (H or several), V)
    values = np.array(draws.vector(rng, int(np.prod(shape))))
    return values.reshape(shape), *a_pair(rng)


def restacked(W: Array, old: str, new: str) -> Array:
    """Row by row: which gate it belongs to, and where that gate's rows begin."""
    H = len(W) // 4
    rows = [old.index(gate) * H + n for gate in new for n in range(H)]
    return np.array([W[row] for row in rows])


def taken(places: Callable) -> Callable:
    """The four blocks of rows in this order."""

    def answer(W: Array, old: str, new: str) -> Array:
        blocks = W.reshape(4, len(W) // 4, *W.shape[1:])
        return blocks[places(old, new)].reshape(W.shape)

    return answer


ask(
    "19-restack",
    kind="code",
    arguments=("W", "old", "new"),
    answers="restacked",
    case=stacked,
    right=restacked,
    edges=lambda rng: {
        "a bias": stacked(rng, bias=True),
        "one unit": stacked(rng, H=1),
        "from PyTorch to ONNX": (*stacked(rng)[:1], "ifgo", "iofg"),
        "the same order": (*stacked(rng)[:1], "fogi", "fogi"),
    },
    mistakes=(
        Wrong(
            "the-way-back",
            "You go from the new order to the old one. For each gate of the new order, "
            "look up where the old order has it.",
            taken(lambda old, new: [new.index(gate) for gate in old]),
        ),
        Wrong(
            "new-order-as-it-is",
            "You take the rows as if the old order were i, f, g, o. It can be any.",
            taken(lambda old, new: ["ifgo".index(gate) for gate in new]),
        ),
        Wrong(
            "rows-interleaved",
            "You take every fourth row for a gate. The H rows of a gate lie together: "
            "the first H belong to the first letter.",
            lambda W, old, new: W.reshape(len(W) // 4, 4, *W.shape[1:])[
                :, [old.index(gate) for gate in new]
            ].reshape(W.shape),
        ),
    ),
    hints=(
        "Cut W into four blocks of H rows: np.split(W, 4). Which is which?",
        "The block of a gate is blocks[old.index(gate)]. In which order do you need "
        "them?",
        "np.concatenate([... for gate in new])",
    ),
)

LOOPS = ("acbdef", "abdcef", "abcde", "acdef", "afbcde")
ANSWERS = tuple(f"loop {n}" for n in range(1, 6))


def symptom(loop: str, pieces: int = 3) -> str:
    """What a loop does, by a gradient that is a number: 1 from each piece."""
    grad, state_hangs, clipped = None, False, None
    seen = set()
    for piece in range(pieces):
        for line in loop:
            if line == "a":
                logits_hang, state_hangs = state_hangs, True
            elif line == "b":
                grad = None
            elif line == "c":
                if logits_hang:
                    return "p"
                grad = (grad or 0) + 1
                clipped = False
            elif line == "d" and grad is not None:
                clipped = True
            elif line == "e":
                seen.add("q" if grad is None else "r" if not clipped else "t")
                if grad and grad > 1 and piece:
                    return "s"
            elif line == "f":
                state_hangs = False
    (found,) = seen
    return found


ask(
    "19-order",
    kind="bug",
    answers=ANSWERS,
    right=lambda: tuple(map(symptom, LOOPS)),
    mistakes=(
        Wrong(
            "emptied-too-late",
            "In loop 1 the gradients are emptied between backward and step. What is "
            "left for the optimiser?",
            {"loop 1": "t"},
            also=({"loop 1": "r"}, {"loop 1": "s"}, {"loop 1": "p"}),
        ),
        Wrong(
            "clipped-too-early",
            "In loop 2 the clip comes before backward. Which gradient does it see, and "
            "which one does the step use?",
            {"loop 2": "t"},
            also=({"loop 2": "q"}, {"loop 2": "s"}, {"loop 2": "p"}),
        ),
        Wrong(
            "not-detached",
            "Loop 3 never detaches. The second piece's graph hangs on that of the "
            "first, whose records are gone.",
            {"loop 3": "t"},
            also=({"loop 3": "s"}, {"loop 3": "q"}, {"loop 3": "r"}),
        ),
        Wrong(
            "never-emptied",
            "Loop 4 never empties the gradients, and backward adds to them.",
            {"loop 4": "t"},
            also=({"loop 4": "q"}, {"loop 4": "r"}, {"loop 4": "p"}),
        ),
        Wrong(
            "detached-early",
            "In loop 5 the state is detached before backward. But backward starts from "
            "the logits, and they keep their records.",
            {"loop 5": "p"},
            also=({"loop 5": "q"}, {"loop 5": "r"}, {"loop 5": "s"}),
        ),
    ),
    hints=(
        "Go through each loop twice, and write down after each line: which gradient "
        "is there, and is the state still linked to earlier pieces?",
        "backward adds to the gradients, zero_grad empties them, the clip changes "
        "those that are there, step uses them as they are.",
        "Two loops do not clip or do not empty; one empties at the wrong place; one "
        "raises; one is right.",
    ),
)


def check_error(dtype: type, nudge: float) -> float:
    """The largest error of central differences, as a share of the largest gradient."""
    rng = np.random.default_rng(4)
    model = LSTM(4, 3, rng, 0.5, dtype)
    ids, targets = rng.integers(4, size=(2, 6, 2))
    model.forward(ids)
    model.bptt(targets)
    slopes = []
    for i in range(model.vector.size):
        up, down = (LSTM.from_parameters(model.parameters) for _ in range(2))
        up.vector[i] += nudge
        down.vector[i] -= nudge
        slopes.append((up.loss(ids, targets) - down.loss(ids, targets)) / (2 * nudge))
    return np.abs(slopes - model.gradient).max() / np.abs(model.gradient).max()


@cache
def digits() -> tuple[int, ...]:
    """The best nudge in float64 and in float32, and the errors, as powers of ten."""
    best, below = [], []
    for dtype in (np.float64, np.float32):
        error, k = min((check_error(dtype, 10.0**-k), k) for k in range(1, 8))
        best.append(k)
        below.append(int(-np.log10(error)))
    return *best, *below


NUDGES = "nudge in float64", "nudge in float32"
ERRORS = "error in float64", "error in float32"

ask(
    "19-digits",
    kind="experiment",
    answers=(*NUDGES, *ERRORS),
    right=digits,
    mistakes=(
        Wrong(
            "same-nudge",
            "In float32 a loss of 8 nats is rounded to 1e-6. Divided by a nudge as "
            "short as in float64, that is an error of a tenth. Try longer ones.",
            {NUDGES[1]: 5},
            also=({NUDGES[1]: 4}, {NUDGES[1]: 6}),
        ),
        Wrong(
            "shorter-is-better",
            "A shorter nudge is not always better: the two losses get closer to each "
            "other, and what is left of their difference is rounding.",
            {NUDGES[0]: 7},
            also=({NUDGES[0]: 6}, {NUDGES[1]: 7}, {NUDGES[1]: 3}),
        ),
        Wrong(
            "longer-is-better",
            "A long nudge sees the curve of the loss. That error falls with the square "
            "of the nudge, until rounding is as large.",
            {NUDGES[1]: 1},
            also=({NUDGES[0]: 4}, {NUDGES[0]: 3}),
        ),
        Wrong(
            "digits-of-a-number",
            "So exact is one number. The slope is a difference of two losses that are "
            "nearly equal: most of their digits cancel.",
            {ERRORS[1]: 7},
            also=({ERRORS[1]: 6}, {ERRORS[0]: 16}, {ERRORS[0]: 15}),
        ),
        Wrong(
            "not-below",
            "The error is not that small. It has to be below the power of ten.",
            {ERRORS[0]: 10},
            also=({ERRORS[1]: 4},),
        ),
        Wrong(
            "not-the-smallest",
            "The error is below that power of ten, but also below a smaller one.",
            {ERRORS[0]: 8},
            also=({ERRORS[1]: 2},),
        ),
    ),
    hints=(
        "What makes the error larger when the nudge is long, and what when it is "
        "short? Which of the two does float32 change?",
        "for k in range(1, 8): print(k, my_error(np.float32, 10.0**-k)), and the same "
        "with np.float64.",
        "An error of 2e-4, say, is below 1e-3, but not below 1e-4: then k is 3.",
    ),
)


def shards(rng: np.random.Generator, sizes: Sequence[int] | None = None) -> tuple:
    rows, columns = draws.sizes(rng, "HV")
    sizes = sizes or [int(n) for n in rng.permutation(6)[: rng.integers(2, 5)] + 1]
    gradients = [np.array(draws.matrix(rng, rows, columns)) for _ in sizes]
    gradients = [one * (size > 0) for one, size in zip(gradients, sizes, strict=True)]
    return gradients, list(sizes)


def of_the_batch(gradients: list[Array], sizes: list[int]) -> Array:
    """As if each sequence had the gradient of its shard: their mean."""
    return np.repeat(np.array(gradients), sizes, axis=0).mean(axis=0)


ask(
    "19-shards",
    kind="code",
    arguments=("gradients", "sizes"),
    answers="gradient",
    case=shards,
    right=of_the_batch,
    edges=lambda rng: {
        "one process": shards(rng, [3]),
        "equal shards": shards(rng, [2, 2]),
        "a process without a sequence": shards(rng, [4, 0]),
        "a shard of one sequence": shards(rng, [7, 1]),
    },
    mistakes=(
        Wrong(
            "plain-mean",
            "You take the plain mean. A shard of one sequence then weighs as much as a "
            "shard of seven.",
            lambda gradients, sizes: np.mean(gradients, axis=0),
        ),
        Wrong(
            "sum-of-means",
            "You add the gradients up as they are. Each is already a mean over its "
            "own shard.",
            lambda gradients, sizes: np.sum(gradients, axis=0),
        ),
        Wrong(
            "not-divided",
            "You weigh each with its size, and do not divide by the number of all "
            "sequences.",
            lambda gradients, sizes: np.tensordot(sizes, gradients, 1),
        ),
        Wrong(
            "divided-by-the-processes",
            "You weigh each with its size, and divide by the number of processes. "
            "Divide by the number of sequences.",
            lambda gradients, sizes: np.tensordot(sizes, gradients, 1) / len(sizes),
        ),
    ),
    hints=(
        "What is the loss of the whole batch, written with the losses of the shards?",
        "A shard's loss is a mean over its sequences: times its size it is a sum.",
        "The sum of size times gradient, divided by the sum of the sizes.",
    ),
)


def unit_case(rng: np.random.Generator, T: int = 0, cuts: Sequence[int] | None = None):
    T = T or int(rng.integers(6, 9))
    w = float(rng.choice([-1, 1]) * round(float(rng.uniform(0.5, 0.9)), 2))
    if cuts is None:
        last = int(rng.integers(4, T))
        both = rng.permutation([rng.integers(2, last - 1), last]).tolist()
        cuts = sorted(both[: rng.integers(1, 3)])
    return w, draws.vector(rng, T), draws.vector(rng, 1, 0.5)[0], list(cuts)


def slope(w: float, x: list[float], h0: float, cuts: Sequence[int], at=None) -> float:
    """Forwards, with the slope of the state carried beside it.

    `at(h, dh)` is the slope of the state before a step in `cuts`, and what the step
    adds; by default no slope, and the state itself.
    """
    h, dh = h0, 0.0
    for t, word in enumerate(x, start=1):
        direct = h
        if t in cuts:
            dh, direct = at(h, dh) if at else (0.0, h)
        h, dh = w * h + word, direct + w * dh
    return dh


ask(
    "19-detach",
    kind="derive",
    arguments=("w", "x", "h0", "cuts"),
    answers="gradient",
    case=unit_case,
    right=slope,
    edges=lambda rng: {
        "no cut": unit_case(rng, cuts=[]),
        "a cut before every step": unit_case(rng, 4, cuts=[1, 2, 3, 4]),
        "a cut before the first step": unit_case(rng, 4, cuts=[1]),
        "a cut before the last step": unit_case(rng, 4, cuts=[4]),
        "a single step": unit_case(rng, 1, cuts=[]),
    },
    mistakes=(
        Wrong(
            "not-cut",
            "That is the full gradient. At a cut, what w did to earlier states no "
            "longer counts.",
            lambda w, x, h0, cuts: slope(w, x, h0, ()),
        ),
        Wrong(
            "number-forgotten",
            "You leave out what w does in the step after a cut, step t itself. The "
            "state is still there, as a number, and w multiplies it.",
            lambda w, x, h0, cuts: slope(w, x, h0, cuts, lambda h, dh: (0.0, 0.0)),
            also=(lambda w, x, h0, cuts: slope(w, x, h0, [t + 1 for t in cuts]),),
        ),
        Wrong(
            "state-set-to-zero",
            "You set the state to zero at a cut. detach keeps the number: it cuts only "
            "the way back.",
            lambda w, x, h0, cuts: (
                slope(w, x[max(cuts) - 1 :], 0.0, ()) if cuts else slope(w, x, h0, ())
            ),
        ),
        Wrong(
            "cut-one-early",
            "You cut one step too early: step t - 1 comes before the cut, but what w "
            "does in step t counts. Does yours count from 0?",
            lambda w, x, h0, cuts: slope(w, x, h0, [t - 1 for t in cuts]),
        ),
        Wrong(
            "first-cut-alone",
            "Of several cuts the last one decides how far back a gradient can go.",
            lambda w, x, h0, cuts: slope(w, x, h0, sorted(cuts)[:1]),
        ),
    ),
    hints=(
        "Which uses of w does the gradient still reach? Those of the steps from the "
        "last cut on.",
        "The use in step t adds the number before it, times w for each later step.",
        "Sum over t from the last cut (or 1) to T: h before step t, times w to the "
        "power of T - t.",
    ),
)

"""The exercises of chapter 10: unrolling."""

import math
from collections.abc import Callable

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws, from_registry, time_slips
from rnn_exercises.questions.project_15 import PARTS
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.mistakes import right_gradients
from rnn_src.mistakes.backward import backward, totals
from rnn_src.mistakes.case import forward
from rnn_src.parameters import NAMES


def counted_paths(T: int = 4) -> tuple[int, int, int]:
    """By walking through the unrolled graph."""

    def to_losses(t: int) -> int:
        return (t > 0) + (to_losses(t + 1) if t < T else 0)

    return (to_losses(2), to_losses(0), sum(to_losses(t) for t in range(1, T + 1)))


PATHS = (
    "the number of paths from h_2",
    "the number of paths from h_0",
    "the number of terms",
)

ask(
    "10-paths",
    kind="predict",
    answers=PATHS,
    right=counted_paths,
    mistakes=(
        Wrong(
            "later-ones-only",
            "The state's own prediction counts too: h_2 reaches L_2 directly.",
            {PATHS[0]: 2},
        ),
        Wrong(
            "counted-from-one",
            "h_2 comes before L_2, L_3 and L_4, and after L_1: no arrow goes "
            "to the left.",
            {PATHS[0]: 4},
        ),
        Wrong(
            "loss-of-h0",
            "h_0 has no prediction of its own. It reaches the four losses through h_1.",
            {PATHS[1]: 5},
        ),
        Wrong(
            "next-step-only",
            "One arrow leaves h_0, to h_1. From there all four losses are reached.",
            {PATHS[1]: 1},
        ),
        Wrong(
            "one-term-a-step",
            "That is the number of shares, one for each place where W_h "
            "appears. Written out path by path, each share is a sum over the "
            "losses that it reaches.",
            {PATHS[2]: 4},
        ),
        Wrong(
            "a-square",
            "You let every place of W_h reach all losses. From a_3 no path "
            "leads to L_1.",
            {PATHS[2]: 16},
        ),
        Wrong(
            "without-the-own",
            "You leave out the loss of the step itself: from a_1 there are "
            "four paths, from a_4 one.",
            {PATHS[2]: 6},
        ),
    ),
    hints=(
        "Draw four states in a row, a loss above each but h_0, and follow the arrows.",
        "W_h appears in a_1, a_2, a_3 and a_4. From each, count the losses that "
        "can be reached, and add.",
    ),
)

ask(
    "10-bug",
    kind="bug",
    answers=(*NAMES, "the letter"),
    right=lambda: (*wrong_without_later(), "b"),
    mistakes=(
        Wrong(
            "all-five",
            "You name the output layer. Its shares need only dL/dz. Does a "
            "later step change it?",
            {"Wy": 1, "by": 1},
        ),
        Wrong(
            "wh-only",
            "You clear W_x and b_h. They are made from dL/da as well, and "
            "dL/da lacks what later steps send.",
            {"Wx": 0, "bh": 0},
        ),
        Wrong(
            "wh-cleared",
            "You clear W_h. Its share is dL/da times the previous state, and "
            "dL/da lacks what later steps send.",
            {"Wh": 0},
        ),
        Wrong(
            "sum-missing",
            "The shares are added up. Look at what `rnn_step_backward` "
            "returns, and at what it is given.",
            {"the letter": "a"},
        ),
        Wrong(
            "order",
            "The order is right: from the last step to the first. Look at "
            "what is passed from step to step.",
            {"the letter": "c"},
        ),
    ),
    hints=(
        "Which name is assigned in the loop and never used?",
        "dh_later stays zero: every step thinks it is the last one. Which "
        "gradients are made from dL/dh?",
    ),
)


def wrong_without_later() -> list[float]:
    """1 for each parameter whose gradient needs what later steps send."""
    rng = np.random.default_rng(0)
    ids, targets, parameters, h0 = sentence(rng)
    case = from_registry.as_case(ids, targets, parameters, h0)
    right, alone = right_gradients(case), {}
    hidden = list(h0)
    for word, target in zip(ids, targets, strict=True):
        step = from_registry.as_case([word], [target], parameters, hidden)
        for name, g in right_gradients(step).items():
            alone[name] = alone.get(name, 0) + g
        hidden, _ = words.rnn_step(
            words.one_hot(word, parameters.vocab_size), hidden, parameters
        )
    return [float(not np.allclose(right[name], alone[name])) for name in NAMES]


def one_unit(rng: np.random.Generator) -> tuple[float, float]:
    w, h_0 = draws.vector(rng, 2, 0.4, 1.4)
    return w, h_0


def slopes(w: float, h_0: float) -> tuple[float, float]:
    """By complex steps, which lose no digits: f(x + ie) = f(x) + ie f'(x)."""
    e = 1e-30
    through = np.tanh(w * (math.tanh(w * h_0) + 1j * e)).imag / e
    h_1 = np.tanh((w + 1j * e) * h_0)
    return 1 + through, (h_1 + np.tanh((w + 1j * e) * h_1)).imag / e


def by_formula(
    w: float,
    h_0: float,
    *,
    own: float = 1.0,
    through: float = 1.0,
    direct: float = 1.0,
    prime: Callable[[float, float], float] = lambda a, h: 1 - h**2,
) -> tuple[float, float]:
    """Both derivatives, with a weight on each path."""
    h_1 = math.tanh(w * h_0)
    h_2 = math.tanh(w * h_1)
    first, second = prime(w * h_0, h_1), prime(w * h_1, h_2)
    dh_1 = own + through * second * w
    return dh_1, direct * second * h_1 + dh_1 * first * h_0


ask(
    "10-by-hand",
    kind="derive",
    arguments=("w", "h_0"),
    answers=("dh_1", "dw"),
    case=one_unit,
    right=slopes,
    edges=lambda rng: {
        "a weight of zero": (0.0, 0.7),
        "a first state of zero": (1.1, 0.0),
        "a large negative weight": (-2.75, 0.8),
    },
    mistakes=(
        Wrong(
            "immediate",
            "That is the immediate derivative: you hold h_2 fixed when you "
            "nudge h_1. h_1 reaches the loss on two paths.",
            lambda w, h_0: by_formula(w, h_0, through=0),
        ),
        Wrong(
            "own-loss-forgotten",
            "h_1 also appears in L itself, with the factor 1.",
            lambda w, h_0: by_formula(w, h_0, own=0),
        ),
        Wrong(
            "one-place-of-w",
            "In dL/dw you use only one of the two places where w appears. Add "
            "both shares.",
            lambda w, h_0: {"dw": by_formula(w, h_0, direct=0)[1]},
        ),
        Wrong(
            "first-place-forgotten",
            "In dL/dw you use only the place in h_2. w appears in h_1 too.",
            lambda w, h_0: {
                "dw": by_formula(w, h_0)[1] - by_formula(w, h_0, direct=0)[1]
            },
        ),
        Wrong(
            "dw-with-the-immediate",
            "In dL/dw the share of the first step is finished by an "
            "immediate derivative. It needs the total one, dL/dh_1.",
            lambda w, h_0: {"dw": by_formula(w, h_0, through=0)[1]},
        ),
        Wrong(
            "no-tanh-prime",
            "Your dL/dh_1 lacks tanh'. There is a tanh between h_1 and h_2: "
            "its factor is 1 - h_2**2.",
            lambda w, h_0: {"dh_1": 1 + w},
        ),
        Wrong(
            "tanh-prime-of-h-1",
            "Between h_1 and h_2 is the tanh that made h_2. Its factor is 1 - "
            "h_2**2; in your dL/dh_1 it is 1 - h_1**2.",
            lambda w, h_0: {"dh_1": 1 + (1 - math.tanh(w * h_0) ** 2) * w},
        ),
        Wrong(
            "sign-in-tanh-prime",
            "The derivative of tanh has a minus: 1 - h**2, not 1 + h**2.",
            lambda w, h_0: by_formula(w, h_0, prime=lambda a, h: 1 + h**2),
        ),
        Wrong(
            "tanh-prime-from-a",
            "You put the pre-activation into 1 - h**2. Put in what tanh "
            "returned: h_1, and h_2.",
            lambda w, h_0: by_formula(w, h_0, prime=lambda a, h: 1 - a**2),
        ),
        Wrong(
            "h-for-w",
            "The factor from h_1 to h_2 is w times tanh'. You take h_1 "
            "instead of w: that is the factor from w to h_2.",
            lambda w, h_0: {
                "dh_1": 1 + by_formula(w, h_0)[1] - by_formula(w, h_0, direct=0)[1]
            },
        ),
    ),
    hints=(
        "Two arrows leave h_1: one into L, one into h_2. And w appears in two places.",
        "dL/dh_1 is 1 plus (1 - h_2**2) * w.",
        "dL/dw: the place in h_2 gives (1 - h_2**2) * h_1; the one in h_1 "
        "gives dL/dh_1 * (1 - h_1**2) * h_0.",
    ),
)


def last_case(
    rng: np.random.Generator, T: int | None = None, H: int | None = None
) -> tuple:
    units, steps = draws.sizes(rng, "HT")
    H = H or units
    states = [draws.state(rng, H) for _ in range(T or steps)]
    return draws.vector(rng, H), states, draws.matrix(rng, H, H)


def special_last(rng: np.random.Generator) -> dict[str, tuple]:
    dh_last, states, Wh = last_case(rng, 6, 4)
    return {
        "a single step": last_case(rng, 1),
        "a single hidden unit": last_case(rng, 5, 1),
        "thirty steps": last_case(rng, 30, 5),
        "the same state at every step": (dh_last, states[:1] * 6, Wh),
        "a large gradient": ([round(5000 * d, 1) for d in dh_last], states, Wh),
        "a tiny gradient": ([1e-6 * d for d in dh_last], states, Wh),
        "a unit at 1 and another at -1": (
            dh_last,
            [[1.0, -1.0, *h[2:]] for h in states],
            Wh,
        ),
    }


def pulled_back(
    dh_last: list,
    states: list,
    Wh: list,
    *,
    turned: bool = True,
    stops: bool = False,
    tanh: bool = True,
    at_states: bool = False,
    prime: Callable[[np.ndarray], np.ndarray] = lambda h: 1 - h**2,
) -> np.ndarray:
    """dL/da of each step, or dL/dh, if the last state alone feels the loss."""
    W = np.array(Wh) if turned else np.array(Wh).T
    dh, found = np.array(dh_last), []
    for h in reversed(states):
        da = dh * prime(np.array(h)) if tanh or not found else dh
        found.insert(0, dh if at_states else da)
        dh = 0 * dh if stops else da @ W
    return np.array(found)


ask(
    "10-last",
    kind="derive",
    arguments=("dh_last", "states", "Wh"),
    answers="das",
    case=last_case,
    right=pulled_back,
    edges=special_last,
    mistakes=(
        Wrong(
            "one-step-only",
            "That is what training one step at a time says: the loss reaches "
            "only the last step. Send dL/da back through W_h.",
            lambda *a: pulled_back(*a, stops=True),
        ),
        Wrong(
            "wh-not-transposed",
            "You go back through W_h as it is. Backwards it is the transpose.",
            lambda *a: pulled_back(*a, turned=False),
        ),
        Wrong(
            "wh-forgotten",
            "You pass dL/da to the previous step as it is. Going forward, "
            "the state was multiplied by W_h: going back, multiply by its "
            "transpose.",
            lambda dh_last, states, Wh: pulled_back(dh_last, states, np.eye(len(Wh))),
        ),
        Wrong(
            "tanh-once",
            "Only the last step has its tanh'. Every step has one.",
            lambda *a: pulled_back(*a, tanh=False),
        ),
        Wrong(
            "from-the-end",
            "Your list begins with the last step. das[0] belongs to the first word.",
            lambda *a: pulled_back(*a)[::-1],
        ),
        Wrong(
            "tanh-prime-of-h-prev",
            "You take tanh' at the previous state. The step's own state "
            "belongs to its tanh.",
            lambda dh_last, states, Wh: pulled_back(
                dh_last, [[0.0] * len(dh_last), *states[:-1]], Wh
            ),
            also=(
                lambda dh_last, states, Wh: pulled_back(
                    dh_last, [states[-1], *states[:-1]], Wh
                ),
            ),
        ),
        Wrong(
            "gradient-at-the-states",
            "That is dL/dh of each step. Multiply it by tanh'.",
            lambda *a: pulled_back(*a, at_states=True),
        ),
        Wrong(
            "sign-in-tanh-prime",
            "The derivative of tanh has a minus: 1 - h**2, not 1 + h**2.",
            lambda *a: pulled_back(*a, prime=lambda h: 1 + h**2),
        ),
        Wrong(
            "no-tanh-prime",
            "tanh' is missing at every step: dL/da is dL/dh times 1 - h**2.",
            lambda *a: pulled_back(*a, prime=np.ones_like),
        ),
    ),
    hints=(
        "dL/dh_t is a sum of two: what the step's own prediction sends, and "
        "what comes from the next step. For t below 5 the first is zero. "
        "What is left?",
        "From the end to the front: da is dh times 1 - h**2, and the dh of the "
        "previous step is the transpose of W_h times da.",
        "Build the list backwards and reverse it at the end, or insert at place 0.",
    ),
)


def sentence(
    rng: np.random.Generator,
    T: int | None = None,
    V: int | None = None,
    H: int | None = None,
) -> tuple:
    words_known, units, steps = draws.sizes(rng, "VHT")
    T, V, H = T or steps, V or words_known, H or units
    return (
        draws.ids(rng, T, V),
        draws.ids(rng, T, V),
        draws.network(rng, V, H),
        draws.state(rng, H),
    )


def by_arrays(*arguments: object) -> tuple[dict, np.ndarray]:
    """The gradients, and that of h0, as `rnn_src.mistakes` finds them."""
    case = from_registry.as_case(*arguments)
    known = backward(case)
    return totals(known), known["carry"]


WITH_H0 = PARTS | {"h0": "dh0"}


def large_gradients(rng: np.random.Generator, T: int = 6) -> tuple:
    """A steep read-out, and every word predicted wrong.

    The states are small, so that every exp is finite and no tanh saturated.
    """
    V, H = 4, 5
    small = {
        name: (scale * np.array(w)).tolist()
        for (name, w), scale in zip(
            vars(draws.network(rng, V, H)).items(),
            (0.005, 0.2, 10_000, 0.005, 1),
            strict=True,
        )
    }
    h0 = [round(0.005 * value, 6) for value in draws.state(rng, H)]
    ids, parameters = draws.ids(rng, T, V), words.Parameters(**small)
    *_, logits = forward(from_registry.as_case(ids, ids, parameters, h0))
    return ids, ((logits.argmax(axis=1) + 1) % V).tolist(), parameters, h0


def special_sentences(rng: np.random.Generator) -> dict[str, tuple]:
    _, _, parameters, h0 = sentence(rng, V=7, H=3)
    return {
        "a single word": sentence(rng, 1, V=3, H=6),
        "thirty words": sentence(rng, 30, V=4, H=5),
        "the word 0 again and again": ([0] * 5, [0] * 5, parameters, h0),
        "a single hidden unit": sentence(rng, 4, V=3, H=1),
        "large gradients": large_gradients(rng),
    }


ask(
    "10-bptt",
    kind="code",
    arguments=("ids", "targets", "parameters", "h0"),
    answers=("gradients", "dh0"),
    case=sentence,
    right=by_arrays,
    edges=special_sentences,
    mistakes=(
        *from_registry.from_passes(from_registry.as_case, WITH_H0),
        *time_slips.through_time(from_registry.as_case, WITH_H0),
        Wrong(
            "dh0-is-dh1",
            "Your dh0 is dL/dh_1, the gradient at the state after the first word. "
            "One more step back: W_h transposed times dL/da_1.",
            lambda *a: {"dh0": backward(from_registry.as_case(*a))["dh"]},
        ),
        Wrong(
            "dh0-is-da1",
            "Your dh0 is dL/da_1. It still has to go back through W_h: multiply by "
            "the transpose.",
            lambda *a: {"dh0": backward(from_registry.as_case(*a))["da"]},
        ),
        Wrong(
            "from-zeros",
            "You begin with a state of zeros. The state before the first word is "
            "h0, the argument.",
            lambda ids, targets, parameters, h0: by_arrays(
                ids, targets, parameters, [0.0] * len(h0)
            ),
        ),
    ),
    hints=(
        "First go forwards: keep the one-hot words, the logits, and all states "
        "with h0 in front.",
        "Then go backwards, with `rnn_step_backward(x, h_prev, h, logits, target, "
        "parameters, dh_later)`. What it returns second goes into the next "
        "turn.",
        "Add up the shares with add_parameters; at the end, dh_later is dL/dh0.",
    ),
)


def faint_past(rng: np.random.Generator) -> tuple:
    """A sentence whose first state hardly counts: small weights lead from it."""
    ids, targets, parameters, h0 = sentence(rng, 3)
    parameters.Wh = [[weight / 1000 for weight in row] for row in parameters.Wh]
    return ids, targets, parameters, h0


def h0_case(rng: np.random.Generator, updates: int | None = None) -> tuple:
    ids, targets, parameters, h0 = sentence(rng, 3)
    return (
        ids,
        targets,
        parameters,
        h0,
        round(float(rng.uniform(0.1, 0.5)), 3),
        int(rng.integers(3, 6)) if updates is None else updates,
    )


def trained_h0(
    ids: list,
    targets: list,
    parameters: words.Parameters,
    h0: list,
    lr: float,
    updates: int,
    *,
    anew: bool = True,
) -> np.ndarray:
    """Steps against dL/dh0; with `anew` False always by the first one."""
    h, slope = np.array(h0), None
    for _ in range(updates):
        if anew or slope is None:
            case = from_registry.as_case(ids, targets, parameters, list(h))
            slope = backward(case)["carry"]
        h = h - lr * slope
    return h


ask(
    "10-h0",
    kind="experiment",
    arguments=("ids", "targets", "parameters", "h0", "lr", "updates"),
    answers="h0",
    case=h0_case,
    right=trained_h0,
    edges=lambda rng: {
        "a single update": h0_case(rng, 1),
        "no update at all": h0_case(rng, 0),
        "fifteen updates": h0_case(rng, 15),
        "twenty words": (*sentence(rng, 20, V=4, H=3), 0.2, 3),
        "a learning rate above 1": (*sentence(rng, 3), 1.5, 3),
        "a large gradient": (*large_gradients(rng, 3), 0.1, 1),
        "a tiny gradient": (*faint_past(rng), 0.5, 8),
    },
    mistakes=(
        Wrong(
            "uphill",
            "You go uphill: the loss grows along its gradient. Subtract.",
            lambda ids, targets, parameters, h0, lr, updates: trained_h0(
                ids, targets, parameters, h0, -lr, updates
            ),
        ),
        Wrong(
            "gradient-not-renewed",
            "You take the first gradient again and again. The gradient changes "
            "with each step: call `bptt` in the loop.",
            lambda *a: trained_h0(*a, anew=False),
        ),
        Wrong(
            "one-update-only",
            "You make one update. Make as many as `updates` says.",
            lambda *a: trained_h0(*a[:-1], min(1, a[-1])),
        ),
        Wrong(
            "one-too-few",
            "One update is missing.",
            lambda *a: trained_h0(*a[:-1], max(0, a[-1] - 1)),
        ),
        Wrong(
            "one-too-many",
            "You make one update too many.",
            lambda *a: trained_h0(*a[:-1], a[-1] + 1),
        ),
        Wrong(
            "without-lr",
            "The learning rate is missing.",
            lambda ids, targets, parameters, h0, lr, updates: trained_h0(
                ids, targets, parameters, h0, 1.0, updates
            ),
        ),
        Wrong(
            "not-moved",
            "You return h0 unchanged.",
            lambda *a: trained_h0(*a[:-1], 0),
        ),
    ),
    hints=(
        "`bptt(ids, targets, parameters, h0)` returns two things. You need the second.",
        "Make a new list each time: the caller's h0 stays as it is.",
        "[value - lr * d for value, d in zip(h0, slope)], `updates` times.",
    ),
)

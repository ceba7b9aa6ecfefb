"""The exercises of chapter 15: long streams. The last has a file of its own."""

import math
import weakref

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.registry import ask
from rnn_src.functions import d_cross_entropy
from rnn_src.layers import HiddenLayer, InputLayer, OutputLayer
from rnn_src.model import VanillaRNN


def counted_pairs(N: int = 15, k: int = 5, delay: int = 2) -> tuple:
    """Pairs that pieces keep, their share, and what the delay loses."""
    pairs = [(s, t) for s in range(N) for t in range(s + 1)]
    kept = [(s, t) for s, t in pairs if s // k == t // k]
    reached = sum((s, s - delay) in kept for s in range(N))
    return len(kept), len(kept) / len(pairs), reached, 1 - reached / N


ask(
    "15-pairs",
    kind="predict",
    answers=(
        "the number of kept terms",
        "their share",
        "the number of predictions",
        "the floor",
    ),
    right=counted_pairs,
    within=0.005,
    mistakes=(
        Wrong(
            "whole-squares",
            "You count 25 terms in a piece. A loss says nothing about later "
            "uses: a piece keeps a triangle, not a square.",
            {"the number of kept terms": 75, "their share": 75 / 225},
            also=(
                {"the number of kept terms": 75, "their share": 75 / 120},
                {"the number of kept terms": 75},
            ),
        ),
        Wrong(
            "share-of-squares",
            "1/3 is one piece out of the stream: a share of its steps, or of "
            "squares. Count terms: divide those kept by all there are.",
            {"their share": 1 / 3},
        ),
        Wrong(
            "by-the-whole-square",
            "You divide by 15 times 15. Above the diagonal there is nothing "
            "to keep: all terms together form a triangle too.",
            {"their share": 45 / 225},
        ),
        Wrong(
            "without-the-diagonal",
            "The diagonal is missing. A loss also says something about the "
            "use at its own step: s = t is a term.",
            {"the number of kept terms": 30, "their share": 30 / 105},
            also=(
                {"the number of kept terms": 30, "their share": 30 / 120},
                {"the number of kept terms": 30},
            ),
        ),
        Wrong(
            "in-percent",
            "A share is a number from 0 to 1: yours is in percent.",
            {"their share": 37.5},
        ),
        Wrong(
            "the-lost-ones",
            "6 predictions *lose* the gradient to their symbol: 2 in each piece. "
            "How many keep it?",
            {"the number of predictions": 6},
        ),
        Wrong(
            "one-cut-only",
            "You drop only the first 2 predictions of the stream. Each piece "
            "has a boundary before it.",
            {"the number of predictions": 13},
        ),
        Wrong(
            "one-piece-only",
            "You count one piece. There are three of them.",
            {"the number of predictions": 3},
        ),
        Wrong(
            "floor-of-the-stream",
            "You give the even guess to 2 predictions of 15. With a reset "
            "the first 2 of each piece cannot be known.",
            {"the floor": 2 / 15},
        ),
        Wrong(
            "the-known-ones",
            "That is the share of predictions that can be known. The others cost "
            "ln V each, and the floor counts those.",
            {"the floor": 3 / 5},
        ),
        Wrong(
            "in-nats",
            "That is the floor for two symbols, in nats. The question asks for "
            "the factor before ln V, whatever V is.",
            {"the floor": 0.4 * math.log(2)},
        ),
    ),
    hints=(
        "Draw the triangle of pairs of steps for 15 steps, and mark the three "
        "small triangles on its diagonal.",
        "A triangle of n steps has n (n + 1) / 2 terms. Take n = 5, three "
        "times, and n = 15.",
        "In each piece the first 2 predictions ask for a symbol of the previous "
        "piece. The floor counts them: min(d, k) / k.",
    ),
)


def columns_case(rng: np.random.Generator) -> tuple[np.ndarray, int]:
    T, B = draws.sizes(rng, "TB")
    left_over = int(rng.integers(1, B))
    return rng.integers(20, size=T * B + left_over), B


def columns(ids: np.ndarray, B: int) -> np.ndarray:
    """Cut a text into B streams, one after the other."""
    T = len(ids) // B
    return np.stack([ids[b * T : (b + 1) * T] for b in range(B)], axis=1)


def cut(ids: np.ndarray, B: int) -> tuple[np.ndarray, int]:
    """The text without what is left over, and the length of a stream."""
    T = len(ids) // B
    return ids[: T * B], T


ask(
    "15-columns",
    kind="bug",
    arguments=("ids", "B"),
    answers="streams",
    case=columns_case,
    right=columns,
    edges=lambda rng: {
        "one stream": (rng.integers(20, size=7), 1),
        "streams of one step": (rng.integers(20, size=5), 3),
        "a text with nothing left over": (rng.integers(20, size=12), 3),
        "a text with all but one letter left over": (rng.integers(20, size=31), 8),
        "a text of two long streams": (rng.integers(20, size=81), 2),
        "a text of one id again and again": (np.zeros(14, int), 4),
    },
    mistakes=(
        Wrong(
            "dealt-like-cards",
            "You deal the letters out like cards: a column holds every B-th "
            "one. Print a column and read it.",
            lambda ids, B: cut(ids, B)[0].reshape(cut(ids, B)[1], B),
        ),
        Wrong(
            "streams-in-rows",
            "Each stream is a row. The book has time first: shape (T, B), a "
            "column for each stream.",
            lambda ids, B: cut(ids, B)[0].reshape(B, cut(ids, B)[1]),
        ),
        Wrong(
            "dealt-and-turned",
            "The shape is (B, T), and every row deals out letters like cards.",
            lambda ids, B: cut(ids, B)[0].reshape(cut(ids, B)[1], B).T,
        ),
        Wrong(
            "left-over-in-front",
            "You drop what is left over from the beginning of the text. Drop it "
            "from the end.",
            lambda ids, B: columns(ids[len(ids) % B :], B),
        ),
        Wrong(
            "left-over-kept",
            "What is left over does not fit into the shape. Cut the end of the text "
            "off first: T = len(ids) // B, and ids[:T * B].",
            lambda ids, B: ids.reshape(B, len(ids) // B).T,
            also=(
                lambda ids, B: ids.reshape(len(ids) // B, B),
                lambda ids, B: ids.reshape(B, -1).T,
                lambda ids, B: ids.reshape(-1, B),
                lambda ids, B: np.split(ids, B),
            ),
        ),
    ),
    hints=(
        "reshape fills row after row. So which shape has a whole stream in a row?",
        "reshape(B, T), with T = len(ids) // B, after the end is cut off: ids[:T * B].",
        "Then transpose it: `.T` turns the rows into columns.",
    ),
)


def two_steps(rng: np.random.Generator) -> tuple:
    a1, b1, a2, b2 = draws.vector(rng, 4, 0.3, 1.8)
    return (a1, b1), (a2, b2)


def combined(
    first: tuple[float, float], second: tuple[float, float]
) -> tuple[float, float]:
    """Found by two starts: b is where 0 goes, a by how much 1 goes further."""

    def after_both(h: float) -> float:
        for a, b in (first, second):
            h = a * h + b
        return h

    return after_both(1.0) - after_both(0.0), after_both(0.0)


ask(
    "15-scan",
    kind="derive",
    arguments=("first", "second"),
    answers=("a", "b"),
    case=two_steps,
    right=combined,
    edges=lambda rng: {
        "a first step that changes nothing": ((1.0, 0.0), two_steps(rng)[1]),
        "a second step that changes nothing": (two_steps(rng)[0], (1.0, 0.0)),
        "a second step that forgets": (two_steps(rng)[0], (0.0, 0.7)),
        "a first step that forgets": ((0.0, -1.3), two_steps(rng)[1]),
        "the same step twice": (two_steps(rng)[0],) * 2,
    },
    mistakes=(
        Wrong(
            "other-order",
            "You let the second step come first. h_1 = a_1 h_0 + b_1 is what "
            "the second one works on.",
            lambda first, second: combined(second, first),
        ),
        Wrong(
            "b-added",
            "You add the two b as they are. The first b goes through the "
            "second step, which multiplies it.",
            lambda first, second: {"b": first[1] + second[1]},
        ),
        Wrong(
            "a-added",
            "You add the two a. Each multiplies what the previous step left.",
            lambda first, second: {"a": first[0] + second[0]},
        ),
        Wrong(
            "both-b-multiplied",
            "You multiply both b by the second a. Its own b is added after that: "
            "h_2 = a_2 h_1 + b_2.",
            lambda first, second: {"b": second[0] * (first[1] + second[1])},
        ),
        Wrong(
            "first-a-twice",
            "You multiply the first b by its own a. It is the second step that "
            "multiplies it.",
            lambda first, second: {"b": first[0] * first[1] + second[1]},
        ),
        Wrong(
            "entry-by-entry",
            "You multiply the two b. Put h_1 = a_1 h_0 + b_1 into h_2 = a_2 "
            "h_1 + b_2 and multiply out.",
            lambda first, second: {"b": first[1] * second[1]},
        ),
        Wrong(
            "first-b-lost",
            "Your b is that of the second step alone. What the first one "
            "added goes through the second too.",
            lambda first, second: {"b": second[1]},
        ),
        Wrong(
            "second-b-lost",
            "The second step's own b is missing.",
            lambda first, second: {"b": second[0] * first[1]},
        ),
    ),
    hints=(
        "Write h_2 with h_1, then put h_1 = a_1 h_0 + b_1 into it.",
        "h_2 = a_2 (a_1 h_0 + b_1) + b_2. Multiply out: what is in front of "
        "h_0, and what is the rest?",
        "b = a_2 b_1 + b_2.",
    ),
)


def scanned(T: int) -> tuple[int, int]:
    """Rounds and combinations until each of T entries holds all before it."""
    reach, rounds, combinations = 1, 0, 0
    while reach < T:
        combinations += T - reach
        reach, rounds = 2 * reach, rounds + 1
    return rounds, combinations


ask(
    "15-rounds",
    kind="predict",
    answers=(
        "the number of rounds for 64",
        "the number of rounds for 100",
        "the number of combinations",
        "the choice on tanh",
    ),
    right=lambda: (scanned(64)[0], scanned(100)[0], scanned(64)[1], "b"),
    mistakes=(
        Wrong(
            "one-after-the-other",
            "That is how many steps wait for each other if you go "
            "one by one. In a round all entries are combined at once, and "
            "the reach doubles.",
            {"the number of rounds for 64": 63, "the number of rounds for 100": 99},
            also=(
                {
                    "the number of rounds for 64": 64,
                    "the number of rounds for 100": 100,
                },
                {"the number of rounds for 64": 63},
                {"the number of rounds for 100": 99},
            ),
        ),
        Wrong(
            "rounded-down",
            "After 6 rounds an entry reaches back over 64 steps. 100 is more.",
            {"the number of rounds for 100": 6},
        ),
        Wrong(
            "all-in-each-round",
            "You let all 64 entries combine in each round. The first ones "
            "are finished: in round 1 there is nothing before entry 0.",
            {"the number of combinations": 384},
        ),
        Wrong(
            "half-in-each-round",
            "You let 32 entries combine in each round. That many have 32 before "
            "them; in round 1 all but entry 0 have one before them.",
            {"the number of combinations": 192},
        ),
        Wrong(
            "as-few-as-one-by-one",
            "63 combinations are enough if you go one by one. This scheme "
            "waits less and works more: add them up, round by round.",
            {"the number of combinations": 63},
        ),
        Wrong(
            "tanh-is-slow",
            "How long a tanh takes does not matter here. Can two steps with a "
            "tanh in between be written as one such step?",
            {"the choice on tanh": "a"},
        ),
        Wrong(
            "brackets",
            "The order of the brackets is no problem: functions can always "
            "be composed either way. What is missing is a short form "
            "of the result.",
            {"the choice on tanh": "c"},
        ),
    ),
    hints=(
        "After round 1 each entry holds 2 steps, after round 2 it holds 4. How "
        "often do you double until you have 64, or 100?",
        "In round r the first 2**(r - 1) entries have nothing before them that "
        "is still missing; all others combine.",
        "64 - 1, 64 - 2, 64 - 4 and so on, added up. For tanh: look for the "
        "pair (a, b) of two steps.",
    ),
)


def stream_case(rng: np.random.Generator) -> tuple:
    warm, k, P = (int(n) for n in rng.permutation(4)[:3] + 2)
    N = warm + k * P + int(rng.integers(1, k))
    return *rng.integers(9, size=(2, N)), warm, k


def with_warm_up(
    ids: np.ndarray,
    targets: np.ndarray,
    warm: int,
    k: int,
    *,
    step: int | None = None,
    first: int = 0,
) -> tuple:
    """Pieces side by side, each `step` after the one before; k by default."""
    starts = range(first, len(ids) - warm - k + 1, step or k)
    x, y = (
        np.array([array[start : start + warm + k] for start in starts], int)
        .reshape(-1, warm + k)
        .T
        for array in (ids, targets)
    )
    mask = np.zeros(x.shape, bool)
    mask[warm:] = True
    return x, y, mask


def other_mask(make, *arguments) -> dict[str, np.ndarray]:
    """Only the mask is wrong: `make` of the right one."""
    return {"mask": make(with_warm_up(*arguments)[2])}


ask(
    "15-warm",
    kind="experiment",
    arguments=("ids", "targets", "warm", "k"),
    answers=("x", "y", "mask"),
    case=stream_case,
    right=with_warm_up,
    edges=lambda rng: {
        "a warm-up of no steps": (*rng.integers(9, size=(2, 9)), 0, 3),
        "a stream that is one piece": (*rng.integers(9, size=(2, 7)), 3, 4),
        "a stream with nothing left over": (*rng.integers(9, size=(2, 11)), 2, 3),
        "a stream with three steps left over": (*rng.integers(9, size=(2, 13)), 2, 4),
        "pieces that count one step": (*rng.integers(9, size=(2, 9)), 3, 1),
        "a long warming up": (*rng.integers(9, size=(2, 21)), 9, 2),
        "a stream of twenty pieces": (*rng.integers(9, size=(2, 64)), 2, 3),
    },
    mistakes=(
        Wrong(
            "no-overlap",
            "Your pieces do not overlap. Then the steps that warm up a piece "
            "are not counted in any piece: let a new one begin every k "
            "steps, so that they overlap.",
            lambda ids, targets, warm, k: with_warm_up(
                ids, targets, warm, k, step=warm + k
            ),
        ),
        Wrong(
            "every-step",
            "A new piece begins at every step, so a prediction is counted in several "
            "pieces. A new one begins every k steps.",
            lambda ids, targets, warm, k: with_warm_up(ids, targets, warm, k, step=1),
        ),
        Wrong(
            "mask-turned-round",
            "Your mask is reversed: it counts the steps that warm up.",
            lambda *a: other_mask(np.logical_not, *a),
        ),
        Wrong(
            "all-counted",
            "You count all predictions. The first ones in a piece ask for "
            "symbols that were read before it.",
            lambda *a: other_mask(np.ones_like, *a),
        ),
        Wrong(
            "last-one-only",
            "You count only the last prediction of a piece. All k after the "
            "warm-up have their symbol in the piece.",
            lambda *a: other_mask(
                lambda mask: (
                    np.arange(len(mask))[:, np.newaxis] + 0 * mask == len(mask) - 1
                ),
                *a,
            ),
        ),
        Wrong(
            "pieces-in-rows",
            "Each piece is a row. Time comes first: shape (warm + k, P), a "
            "column for each piece.",
            lambda *a: tuple(array.T for array in with_warm_up(*a)),
        ),
        Wrong(
            "targets-are-inputs",
            "Your y is cut from ids. Cut it from targets, at the same places.",
            lambda *a: {"y": with_warm_up(*a)[0]},
        ),
        Wrong(
            "first-piece-missing",
            "The first piece is missing. It begins at step 0.",
            lambda *a: with_warm_up(*a, first=a[3]),
        ),
        Wrong(
            "last-piece-missing",
            "The last piece is missing: it uses the stream to its end, or nearly.",
            lambda ids, targets, warm, k: with_warm_up(ids[:-k], targets[:-k], warm, k),
        ),
    ),
    hints=(
        "Where does a piece begin, if the previous one counts its last k "
        "predictions, and no prediction may be counted twice or left out?",
        "At 0, k, 2k and so on, as long as warm + k steps are left. So two "
        "neighbours share warm steps.",
        "np.stack([ids[s:s + warm + k] for s in starts], axis=1) puts them "
        "side by side. The mask is False in its first `warm` rows.",
    ),
)


def layers_backward(
    model: VanillaRNN,
    x: np.ndarray,
    targets: np.ndarray,
    states: np.ndarray,
    logits: np.ndarray,
    dh_after: np.ndarray | float,
) -> tuple:
    """The gradients of a piece, and what it says about its first state."""
    w = model.parameters
    dlogits = d_cross_entropy(logits, targets) / x.shape[1]
    dWy, dby, dh = OutputLayer(w["Wy"], w["by"]).backward(dlogits, states[1:])
    dh[-1] += dh_after
    dWh, dbh, da, dh0 = HiddenLayer(w["Wh"], w["bh"]).backward(dh, states)
    dWx, _ = InputLayer(w["Wx"]).backward(da, x)
    return {"Wx": dWx, "Wh": dWh, "Wy": dWy, "bh": dbh, "by": dby}, dh0


#: So many pieces may be in memory: one is read while names still hold others.
HELD = 3
STILL_HELD = f"the states of more than {HELD} earlier pieces are still in memory"
KEPT_SINCE = "the states of this piece were kept while several other pieces were read"


class Reader:
    """A network that reads and sends back no more than k steps at a time.

    It notices which of the states that it gave out are still in memory, and
    whether a piece was read just before it is sent back.
    """

    def __init__(self, rng: np.random.Generator, k: int):
        V, H = draws.sizes(rng, "VH")
        self.k, self.model = k, VanillaRNN(V, H, rng, scale=0.6)
        self.model.vector[:] += rng.normal(0, 0.3, self.model.vector.shape)
        self.given: list[weakref.ref] = []
        self.read = 0  # steps
        self.read_by: dict[bytes, int] = {}  # the same, when these states were made

    def refuse(self, x: np.ndarray) -> None:
        if len(x) > self.k:
            raise ValueError(
                f"x has {len(x)} steps; no more than k = {self.k} may be held at a time"
            )

    def forward(self, x: np.ndarray, h0: np.ndarray | None = None) -> tuple:
        self.refuse(x)
        self.given = [given for given in self.given if given() is not None]
        if len(self.given) > HELD:
            raise ValueError(STILL_HELD)
        # Copies own their numbers, so that a view keeps the whole array alive.
        hidden, logits = (array.copy() for array in self.model.forward(x, h0))
        self.given.append(weakref.ref(hidden))
        self.read += len(x)
        self.read_by[hidden.tobytes()] = self.read
        return hidden, logits

    def backward(
        self,
        x: np.ndarray,
        targets: np.ndarray,
        states: np.ndarray,
        logits: np.ndarray,
        dh_after: np.ndarray | float,
    ) -> tuple:
        self.refuse(x)
        made = self.read_by.get(np.asarray(states)[1:].tobytes(), self.read)
        if self.read - made > HELD * self.k:
            raise ValueError(KEPT_SINCE)
        return layers_backward(self.model, x, targets, states, logits, dh_after)


def again_case(
    rng: np.random.Generator,
    pieces: int = 3,
    k: int = 3,
    left_over: int = 0,
    B: int = 2,
) -> tuple:
    reader = Reader(rng, k)
    V = reader.model.parameters["by"].size
    x, targets = rng.integers(V, size=(2, pieces * k + left_over, B))
    return reader.forward, reader.backward, x, targets, k


def full_gradient(forward, backward, x, targets, k) -> dict[str, np.ndarray]:
    """By one read of the whole stream."""
    model = forward.__self__.model
    model.forward(x)
    model.bptt(targets)
    return {name: array.copy() for name, array in model.gradients.items()}


def by_pieces(
    forward,
    backward,
    x,
    targets,
    k,
    *,
    passed_on: bool = True,
    carried: bool = True,
    from_the_end: bool = True,
    added: bool = True,
    copied: bool = True,
) -> dict[str, np.ndarray]:
    """Piece by piece; each switch turned off is a mistake."""
    starts = range(0, len(x), k)
    kept = [np.zeros_like(forward(x[:1])[0][0])]
    for start in starts:
        hidden, _ = forward(x[start : start + k], kept[-1])
        last = hidden[-1].copy() if copied else hidden[-1]
        kept.append(last if carried else 0 * last)
    total, dh0 = {}, 0.0
    order = list(range(len(starts)))
    for n in reversed(order) if from_the_end else order:
        piece = slice(n * k, (n + 1) * k)
        hidden, logits = forward(x[piece], kept[n])
        states = np.concatenate([kept[n][np.newaxis], hidden])
        found, dh0 = backward(
            x[piece], targets[piece], states, logits, dh0 if passed_on else 0.0
        )
        total = {
            name: found[name] + (total.get(name, 0) if added else 0) for name in found
        }
    return total


def wrong_pieces(**switches: bool):
    """A mistake that turns some of the switches off."""

    def answer(*arguments: object) -> dict[str, np.ndarray]:
        return {
            f"gradients.{name}": values
            for name, values in by_pieces(*arguments, **switches).items()
        }

    return answer


def read_once(keep):
    """Every piece is sent back with the states of the first reading, as kept."""

    def answer(forward, backward, x, targets, k) -> dict[str, np.ndarray]:
        pieces, h = [], np.zeros_like(forward(x[:1])[0][0])
        for start in range(0, len(x), k):
            part = slice(start, start + k)
            hidden, logits = forward(x[part], h)
            states = np.concatenate([h[np.newaxis], hidden])
            pieces.append((x[part], targets[part], states, logits, keep(hidden)))
            h = hidden[-1].copy()
        total, dh_after = {}, 0.0
        for *piece, _ in reversed(pieces):
            found, dh_after = backward(*piece, dh_after)
            total = {name: found[name] + total.get(name, 0) for name in found}
        return {f"gradients.{name}": array for name, array in total.items()}

    return answer


ask(
    "15-again",
    kind="code",
    arguments=("forward", "backward", "x", "targets", "k"),
    answers="gradients",
    case=again_case,
    right=full_gradient,
    edges=lambda rng: {
        "a single piece": again_case(rng, pieces=1),
        "a stream that k does not divide": again_case(rng, left_over=2),
        "pieces of one step": again_case(rng, pieces=5, k=1),
        "a stream that is shorter than a piece": again_case(rng, 0, 4, left_over=2),
        "a stream of twelve pieces": again_case(rng, pieces=12, k=8),
        "a single sequence": again_case(rng, B=1),
    },
    mistakes=(
        Wrong(
            "read-whole",
            "`forward` and `backward` take no more than k steps at once. Give them "
            "the stream piece by piece.",
            lambda forward, backward, x, targets, k: forward(x),
        ),
        Wrong(
            "pieces-held",
            "The states of earlier pieces are still in memory. Keep one state of each "
            "piece, as a copy, `hidden[-1].copy()`: a list of `hidden`, or of "
            "the view `hidden[-1]`, keeps all states alive.",
            wrong_pieces(copied=False),
            also=(read_once(lambda hidden: hidden),),
        ),
        Wrong(
            "not-read-again",
            "You send a piece back with the states of the first reading, so they were "
            "in memory all the time. Read each piece again, from its one kept state, "
            "right before you send it back.",
            read_once(lambda hidden: None),
        ),
        Wrong(
            "truncated",
            "That is the truncated gradient. What a piece says about its "
            "first state, dh0, has to reach the last state of the previous "
            "piece: it is that piece's dh_after.",
            wrong_pieces(passed_on=False),
        ),
        Wrong(
            "from-the-front",
            "You pass dh0 on to the later piece. A gradient runs backwards: "
            "begin with the last piece.",
            wrong_pieces(from_the_end=False),
        ),
        Wrong(
            "state-reset",
            "Each piece begins at zero. Read all of them once, first to "
            "last, and keep the state at the start of each.",
            wrong_pieces(carried=False),
        ),
        Wrong(
            "one-piece-only",
            "That is the share of the first piece. Add the gradients of all pieces up.",
            wrong_pieces(added=False),
        ),
        Wrong(
            "both-lost",
            "Each piece begins at zero, and its dh0 is dropped: nothing "
            "connects a piece with those before it.",
            wrong_pieces(carried=False, passed_on=False),
        ),
    ),
    hints=(
        "Make two passes: one forwards that keeps a single state for each piece, "
        "and one backwards over the pieces.",
        "In the backward pass, read each piece again from its kept state, so its "
        "states are there once more. `backward` wants k + 1 of them: the kept "
        "one in front.",
        "Start with dh_after = 0, add each piece's gradients to a total, and "
        "give its dh0 to the previous piece.",
    ),
)

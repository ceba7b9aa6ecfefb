"""The exercises of chapter 7: trust, but check."""

import random
from collections.abc import Callable

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.registry import ask
from rnn_src.words import init_parameters


def differences(epsilon: float) -> tuple[float, float]:
    """Of w * w at 3, nudged to one side and to both."""

    def f(w: float) -> float:
        return w * w

    return (
        (f(3 + epsilon) - f(3)) / epsilon,
        (f(3 + epsilon) - f(3 - epsilon)) / (2 * epsilon),
    )


ask(
    "07-square",
    kind="derive",
    arguments=("epsilon",),
    answers=("one side", "both sides"),
    case=lambda rng: (round(float(rng.uniform(0.1, 0.9)), 3),),
    right=differences,
    edges=lambda rng: {"a nudge of 1": (1.0,)},
    mistakes=(
        Wrong(
            "the-other-side",
            'You nudge down. Here "to one side" means up: from 3 to 3 + epsilon.',
            lambda epsilon: {"one side": 6 - epsilon},
        ),
        Wrong(
            "the-limit",
            "Your one-sided difference is the derivative itself. With a "
            "nudge that is not zero something is left over.",
            lambda epsilon: {"one side": 6.0},
        ),
        Wrong(
            "not-divided",
            "You have not divided by the nudge.",
            lambda epsilon: {"one side": 6 * epsilon + epsilon**2},
        ),
        Wrong(
            "twice-the-rest",
            "Multiply (3 + epsilon)**2 out once more: the square of epsilon appears "
            "once.",
            lambda epsilon: {"one side": 6 + 2 * epsilon},
        ),
        Wrong(
            "not-halved",
            "From 3 - epsilon to 3 + epsilon it is twice the nudge: divide "
            "by 2 epsilon.",
            lambda epsilon: {"both sides": 12.0},
        ),
        Wrong(
            "no-cancelling",
            "No even power is left in the difference: epsilon**2 is in both terms.",
            lambda epsilon: {"both sides": 6 + epsilon},
        ),
    ),
    hints=(
        "(3 + epsilon)**2 is 9 + 6 epsilon + epsilon**2.",
        "Subtract 9 and divide by epsilon. For both sides subtract (3 - "
        "epsilon)**2 and divide by 2 epsilon: what cancels?",
    ),
)


def slopes_at_a_kink() -> tuple[float, float, float, str]:
    e = 1e-5
    return (
        (abs(e) - abs(-e)) / (2 * e),
        (abs(e) - abs(0)) / e,
        (abs(-e) - abs(0)) / -e,
        "one side",
    )


ask(
    "07-kink",
    kind="predict",
    answers=(
        "the central difference",
        "the slope to the right",
        "the slope to the left",
        "the one that warns you",
    ),
    right=slopes_at_a_kink,
    mistakes=(
        Wrong(
            "left-is-one",
            "To the left the nudge is -epsilon, and |w| grows: the slope is "
            "epsilon divided by -epsilon.",
            {"the slope to the left": 1.0},
        ),
        Wrong(
            "no-slope-at-all",
            "A difference is a number, kink or not. Put the two values of |w| in.",
            {"the slope to the right": 0.0, "the slope to the left": 0.0},
        ),
        Wrong(
            "one-of-both",
            "At w = epsilon and at w = -epsilon |w| is the same: their "
            "difference is 0.",
            {"the central difference": 1.0},
        ),
        Wrong(
            "both-warns",
            "The central difference says 0, as at the bottom of a smooth valley. "
            "Which of the two gives answers that disagree?",
            {"the one that warns you": "both sides"},
        ),
    ),
    hints=(
        "Write |epsilon|, |-epsilon| and |0| down as numbers.",
        "The two one-sided slopes, to the right and to the left, do not "
        "agree. Would you notice that in the central difference?",
    ),
)

ask(
    "07-guess",
    kind="bug",
    answers=("the place if bh, Wx and Wh are wrong", "the place if Wh alone is wrong"),
    right=lambda: ("b", "d"),
    mistakes=(
        Wrong(
            "dlogits",
            "If dlogits were wrong, Wy and by would be named: they are made from it.",
            {"the place if bh, Wx and Wh are wrong": "a"},
        ),
        Wrong(
            "bias-line",
            "dbh is a result that nothing else uses: a mistake there leaves Wx and "
            "Wh right.",
            {"the place if bh, Wx and Wh are wrong": "c"},
        ),
        Wrong(
            "outer-product",
            "A wrong outer product for Wh leaves Wx and bh right. Three are "
            "named: what do they have in common?",
            {"the place if bh, Wx and Wh are wrong": "d"},
        ),
        Wrong(
            "da-again",
            "A wrong da would spoil bh and Wx as well. They are right here.",
            {"the place if Wh alone is wrong": "b"},
        ),
        Wrong(
            "bias-for-matrix",
            "That line makes bh, and bh is right.",
            {"the place if Wh alone is wrong": "c"},
        ),
        Wrong(
            "dlogits-for-matrix",
            "All five are made from dlogits, and four are right.",
            {"the place if Wh alone is wrong": "a"},
        ),
    ),
    hints=(
        "Which of the lines are used by the wrong ones, and not by the right ones?",
        "Wy and by need dlogits and h. bh, Wx and Wh need da. Wh also needs h_prev.",
    ),
)


class Valley:
    """A cubic of a vector, whose differences are known to the last term."""

    def __init__(self, rng: np.random.Generator, n: int):
        self.cubes = np.array(draws.vector(rng, n))
        self.pairs = np.array(draws.matrix(rng, n, n))

    def loss(self, vector: object) -> float:
        v = np.array(vector, float)
        return float(self.cubes @ v**3 + v @ self.pairs @ v)

    def slopes(self, vector: object) -> np.ndarray:
        v = np.array(vector, float)
        return 3 * self.cubes * v**2 + (self.pairs + self.pairs.T) @ v

    def one_sided(self, vector: object, epsilon: float) -> np.ndarray:
        v = np.array(vector, float)
        rest = 3 * self.cubes * v + np.diag(self.pairs)
        return self.slopes(v) + epsilon * rest + self.cubes * epsilon**2


def valley_case(rng: np.random.Generator, n: int | None = None) -> tuple:
    (size,) = draws.sizes(rng, "H")
    n = n or size
    return (
        Valley(rng, n).loss,
        draws.vector(rng, n),
        round(float(rng.uniform(0.05, 0.3)), 3),
    )


def equal_entries(rng: np.random.Generator) -> tuple:
    loss, vector, epsilon = valley_case(rng, 4)
    return loss, [vector[0], vector[1], vector[0], vector[0]], epsilon


def central(loss: Callable, vector: list, epsilon: float) -> np.ndarray:
    """A cubic's central difference is its slope, and c epsilon**2 more."""
    valley = loss.__self__
    return valley.slopes(vector) + valley.cubes * epsilon**2


def never_restored(loss: Callable, vector: list, epsilon: float) -> list:
    moved, slopes = list(vector), []
    for i in range(len(moved)):
        moved[i] += epsilon
        above = loss(moved)
        moved[i] -= 2 * epsilon
        slopes.append((above - loss(moved)) / (2 * epsilon))
    return slopes


def all_at_once(loss: Callable, vector: list, epsilon: float) -> list:
    above = loss([v + epsilon for v in vector])
    below = loss([v - epsilon for v in vector])
    return [(above - below) / (2 * epsilon)] * len(vector)


ask(
    "07-numeric",
    kind="code",
    arguments=("loss", "vector", "epsilon"),
    answers="slopes",
    case=valley_case,
    right=central,
    edges=lambda rng: {
        "a vector of one entry": valley_case(rng, 1),
        "a vector with equal entries": equal_entries(rng),
        "a small nudge": (*valley_case(rng)[:2], 1e-4),
        "a vector of twelve entries": valley_case(rng, 12),
        "a vector of whole numbers": (valley_case(rng, 4)[0], [1, -2, 0, 3], 0.125),
    },
    mistakes=(
        Wrong(
            "one-side",
            "You nudge to one side only. Nudge up and down, and divide by "
            "the distance between the two.",
            lambda loss, vector, epsilon: loss.__self__.one_sided(vector, epsilon),
        ),
        Wrong(
            "the-other-side",
            "You nudge down only. Nudge up and down, and divide by the "
            "distance between the two.",
            lambda loss, vector, epsilon: loss.__self__.one_sided(vector, -epsilon),
        ),
        Wrong(
            "not-halved",
            "You divide by epsilon. The two points are twice the nudge apart.",
            lambda loss, vector, epsilon: 2 * central(loss, vector, epsilon),
        ),
        Wrong(
            "not-divided",
            "You have not divided by the distance between the two points.",
            lambda loss, vector, epsilon: 2 * epsilon * central(loss, vector, epsilon),
        ),
        Wrong(
            "precedence",
            "`/ 2 * epsilon` divides by 2 and multiplies by epsilon: Python goes from "
            "left to right. Write `/ (2 * epsilon)`.",
            lambda loss, vector, epsilon: epsilon**2 * central(loss, vector, epsilon),
        ),
        Wrong(
            "loss-of-nothing",
            "`loss` takes the list: write loss(up), with the nudged list.",
            lambda loss, vector, epsilon: loss(),
        ),
        Wrong(
            "one-list",
            "All your slopes are 0: both losses are the same. Are there two lists? "
            "`down = up` gives one list a second name, and what is done to one is done "
            "to the other.",
            lambda loss, vector, epsilon: np.zeros(len(vector)),
        ),
        Wrong(
            "never-put-back",
            "You do not put the entry back before you nudge the next one. Each slope "
            "is then taken at a different point.",
            never_restored,
        ),
        Wrong(
            "all-at-once",
            "You nudge all entries at once: that is one slope, along the "
            "diagonal. Nudge one entry at a time.",
            all_at_once,
        ),
        Wrong(
            "a-nudge-of-its-own",
            "You take a nudge of your own, not `epsilon`.",
            lambda loss, vector, epsilon: loss.__self__.slopes(vector),
        ),
    ),
    hints=(
        "A loop over the entries. In each turn, make two new lists that differ from "
        "the vector in one place.",
        "above is the loss with vector[i] + epsilon, below the one with "
        "vector[i] - epsilon.",
        "(above - below) / (2 * epsilon). If you change `vector` itself, keep "
        "the entry and put it back.",
    ),
)


def counted(V: int, H: int) -> int:
    """Twice the number of entries of a real network."""
    parameters = init_parameters(V, H, random.Random(0), 0.1)
    return 2 * sum(np.size(values) for values in vars(parameters).values())


ask(
    "07-count",
    kind="predict",
    arguments=("V", "H"),
    answers="losses",
    case=lambda rng: draws.sizes(rng, "VH"),
    right=counted,
    edges=lambda rng: {"V = 60 and H = 20": (60, 20), "one word and one unit": (1, 1)},
    mistakes=(
        Wrong(
            "once-each",
            "You count each entry once. Its loss is computed above and below.",
            lambda V, H: counted(V, H) // 2,
        ),
        Wrong(
            "without-biases",
            "The two biases are missing: H and V entries.",
            lambda V, H: counted(V, H) - 2 * (H + V),
        ),
        Wrong(
            "without-wh",
            "W_h is missing: H times H entries.",
            lambda V, H: counted(V, H) - 2 * H * H,
        ),
        Wrong(
            "one-of-wx-and-wy",
            "W_x and W_y have V times H entries each.",
            lambda V, H: counted(V, H) - 2 * V * H,
        ),
        Wrong(
            "without-bh",
            "The bias b_h is missing: H entries.",
            lambda V, H: counted(V, H) - 2 * H,
        ),
        Wrong(
            "without-by",
            "The bias b_y is missing: V entries.",
            lambda V, H: counted(V, H) - 2 * V,
        ),
    ),
    hints=(
        "W_x is (H, V), W_h (H, H), W_y (V, H), and then there are two biases.",
        "2VH + H**2 + H + V entries, and two losses for each.",
    ),
)

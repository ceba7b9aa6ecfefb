"""The exercises of chapter 3: how wrong is it?"""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.data import SENTENCES
from rnn_src.functions import softmax

ask(
    "03-lnv",
    kind="predict",
    answers=("even guess", "factor", "answer to the first", "choice ruled out"),
    right=lambda: (math.log(10_000), 36.8 / math.log(10_000), "a", "a"),
    within=0.005,
    mistakes=(
        Wrong(
            "log-10",
            "That is the logarithm to base 10. Nats use the natural one.",
            {"even guess": 4.0},
            also=({"even guess": 4.0, "factor": 36.8 / 4},),
        ),
        Wrong(
            "log-2",
            "That is the logarithm to base 2: bits. Nats use the natural one.",
            {"even guess": math.log2(10_000)},
            also=(
                {
                    "even guess": math.log2(10_000),
                    "factor": 36.8 / math.log2(10_000),
                },
            ),
        ),
        Wrong(
            "difference",
            "You subtract. How many *times* the even guess is it?",
            {"factor": 36.8 - math.log(10_000)},
        ),
        Wrong(
            "first-is-sure",
            "The first one pays exactly what an even guess pays. Is that "
            "good or bad before training?",
            {"answer to the first": "b"},
        ),
        Wrong(
            "first-is-a-sum",
            "A sum over several words would be several times the even guess. "
            "This is the even guess.",
            {"answer to the first": "c"},
        ),
        Wrong(
            "may-be-sure",
            "A network that is confident and wrong can pay any loss above the even "
            "guess, this one too.",
            {"choice ruled out": "b"},
        ),
        Wrong(
            "may-be-a-sum",
            "Look at the factor: it is nearly a whole number. A sum over that many "
            "words is well possible.",
            {"choice ruled out": "c"},
        ),
    ),
    hints=(
        "The even guess costs ln V. A calculator, or math.log(10_000).",
        "Divide 36.8 by it. What could be counted that many times?",
    ),
)


def distribution(rng: np.random.Generator) -> tuple[list[float]]:
    (n,) = draws.sizes(rng, "V")
    return (draws.probabilities(rng, n),)


def entropy(p: list[float]) -> float:
    return -sum(share * math.log(share) for share in p if share > 0)


def with_zeros(p: list[float]) -> float:
    """The perplexity; at a p of 0 it stops, as `math.log` does."""
    return math.exp(-sum(share * math.log(share) for share in p))


class Bowl:
    """A loss of three rows of numbers, each of which counts with all others."""

    def __init__(self, rng: np.random.Generator, lengths: tuple[int, ...]):
        self.rows = [draws.vector(rng, n) for n in lengths]
        self.held, n = list(self.rows), sum(lengths)
        self.cubes = np.array(draws.vector(rng, n))
        self.pairs = np.array(draws.matrix(rng, n, n))

    def numbers(self) -> np.ndarray:
        return np.array([number for row in self.held for number in row], float)

    def loss(self) -> float:
        w = self.numbers()
        return float(self.cubes @ w**3 + w @ self.pairs @ w)

    def slopes(self) -> np.ndarray:
        w = self.numbers()
        return 3 * self.cubes * w**2 + (self.pairs + self.pairs.T) @ w

    def bend(self) -> np.ndarray:
        """Half the second derivative: a nudge to one side sees it."""
        return 3 * self.cubes * self.numbers() + np.diag(self.pairs)

    def move(self, steps: np.ndarray) -> None:
        left = list(steps)
        for row in self.held:
            row[:] = [number + left.pop(0) for number in row]


def bowl_case(rng: np.random.Generator, lengths: tuple[int, ...] = ()) -> tuple:
    bowl = Bowl(rng, lengths or draws.sizes(rng, "VHT"))
    return bowl.loss, bowl.rows, round(float(rng.uniform(0.1, 0.5)), 3)


def with_equal_numbers(case: tuple) -> tuple:
    for row in case[1]:
        row[:] = [0.5] * len(row)
    return case


def stepped(step: Callable[[Bowl, float], np.ndarray]) -> Callable[..., None]:
    """An update that moves all numbers at once, by what `step` says."""

    def change(loss: Callable, rows: list, lr: float) -> None:
        loss.__self__.move(step(loss.__self__, lr))

    return change


def one_after_the_other(loss: Callable, rows: list, lr: float) -> None:
    place = 0
    for row in rows:
        for i in range(len(row)):
            row[i] -= lr * loss.__self__.slopes()[place]
            place += 1


def row_by_row(loss: Callable, rows: list, lr: float) -> None:
    place = 0
    for row in rows:
        slopes = loss.__self__.slopes()[place : place + len(row)]
        row[:] = [w - lr * slope for w, slope in zip(row, slopes, strict=True)]
        place += len(row)


ask(
    "03-train",
    kind="code",
    arguments=("loss", "rows", "lr"),
    answers="rows",
    changes="rows",
    case=bowl_case,
    right=stepped(lambda bowl, lr: -lr * bowl.slopes()),
    within=2e-6,
    edges=lambda rng: {
        "rows of one number each": bowl_case(rng, (1, 1, 1)),
        "rows of many numbers": bowl_case(rng, (12, 2, 9)),
        "rows that are equal": with_equal_numbers(bowl_case(rng, (4, 4, 3))),
        "a learning rate of 1": (*bowl_case(rng)[:2], 1.0),
    },
    mistakes=(
        Wrong(
            "nothing-moves",
            "The numbers are as they were. `row[i] -= ...` changes a number in its "
            "row; a new list put there instead does not reach the network.",
            lambda loss, rows, lr: None,
        ),
        Wrong(
            "one-after-the-other",
            "You move each number as soon as you know its slope. The later slopes then "
            "belong to another network: find all slopes first.",
            one_after_the_other,
        ),
        Wrong(
            "row-by-row",
            "You move a row as soon as you know its slopes. The slopes of the next row "
            "then belong to another network: find all slopes first.",
            row_by_row,
        ),
        Wrong(
            "uphill",
            "You move along the slope, and the loss grows. Subtract.",
            stepped(lambda bowl, lr: lr * bowl.slopes()),
        ),
        Wrong(
            "not-halved",
            "Your steps are twice as long. Between the two losses is twice the nudge.",
            stepped(lambda bowl, lr: -2 * lr * bowl.slopes()),
        ),
        Wrong(
            "without-lr",
            "The learning rate is missing: each number moves by its whole slope.",
            stepped(lambda bowl, lr: -bowl.slopes()),
        ),
        Wrong(
            "one-side",
            "You nudge up only. The loss bends, so nudge down as well and take the "
            "difference of the two.",
            stepped(lambda bowl, lr: -lr * (bowl.slopes() + 1e-4 * bowl.bend())),
        ),
        Wrong(
            "by-the-slope-alone",
            "Each number has become the step. Subtract the step from the number.",
            stepped(lambda bowl, lr: -lr * bowl.slopes() - bowl.numbers()),
        ),
    ),
    hints=(
        "Two loops, one after the other: the first finds the slopes, the second moves.",
        "For each number: keep it, nudge it up, call loss(), nudge it down, call "
        "loss(), put it back. Its slope is the difference divided by twice the nudge.",
        "Then, for each number: row[i] -= lr * slope.",
    ),
)


ask(
    "03-die",
    kind="predict",
    arguments=("p",),
    answers="perplexity",
    axes={"p": "V"},
    case=distribution,
    right=lambda p: math.exp(entropy(p)),
    edges=lambda rng: {
        "a fair coin": ([0.5, 0.5],),
        "a fair die": ([1 / 6] * 6,),
        "an outcome that never comes": ([0.25, 0.0, 0.75],),
        "an outcome that is rare": ([0.0005, 0.9995],),
        "a die of twenty faces": ([0.05] * 20,),
        "a prediction without doubt": ([0.0, 1.0],),
        "a single outcome": ([1.0],),
    },
    mistakes=(
        Wrong(
            "the-loss",
            "That is the mean loss, in nats. The perplexity is exp of it.",
            entropy,
        ),
        Wrong(
            "bits",
            "You take e to the power of bits. With logarithms to base 2, take a "
            "power of 2.",
            lambda p: math.exp(entropy(p) / math.log(2)),
        ),
        Wrong(
            "two-to-nats",
            "You take 2 to the power of nats. With the natural logarithm, take a "
            "power of e.",
            lambda p: 2 ** entropy(p),
        ),
        Wrong(
            "number-of-outcomes",
            "That is the number of outcomes. It is the perplexity only if "
            "all are equally likely.",
            lambda p: float(len(p)),
        ),
        Wrong(
            "stops-at-zero",
            "It fails at an outcome with p = 0: there is no logarithm of 0. "
            "Such an outcome never comes and costs nothing, so skip it.",
            with_zeros,
            also=(
                lambda p: math.exp(sum(share * math.log(1 / share) for share in p)),
                lambda p: math.nan if 0 in p else math.exp(entropy(p)),
                lambda p: math.inf if 0 in p else math.exp(entropy(p)),
            ),
        ),
        Wrong(
            "not-weighted",
            "You take the plain mean of the losses. Each outcome comes as "
            "often as its probability says: weight them.",
            lambda p: math.exp(
                -sum(math.log(share) for share in p if share > 0) / len(p)
            ),
        ),
        Wrong(
            "of-the-likeliest",
            "You look at the likeliest outcome alone. The others come too, "
            "now and then, and cost more.",
            lambda p: 1 / max(p),
        ),
        Wrong(
            "mean-probability",
            "You average the probabilities, not their logarithms.",
            lambda p: 1 / sum(share**2 for share in p),
        ),
        Wrong(
            "sign",
            "The sign is missing: losses are positive.",
            lambda p: math.exp(-entropy(p)),
        ),
    ),
    hints=(
        "Outcome i comes with the share p[i] and costs -ln p[i] each time. "
        "What is the mean cost?",
        "exp of that mean. An outcome with p = 0 never comes, and adds nothing.",
        "math.exp(-sum(share * math.log(share) for share in p if share > 0)).",
    ),
)


def word_case(rng: np.random.Generator) -> tuple[list[float], int]:
    """The target is neither the likeliest word nor the one with the id 0.

    It is likely enough for 1e-8 beside its probability not to be felt.
    """
    (V,) = draws.sizes(rng, "V")
    logits = draws.vector(rng, V, 0.2, 0.8)
    best = int(np.argmax(logits))
    return logits, int(rng.choice([k for k in range(1, V) if k != best]))


def by_numpy(logits: list[float], target: int) -> float:
    if not 0 <= target < len(logits):
        raise ValueError("no such word")
    shifted = np.array(logits) - max(logits)
    return float(np.logaddexp.reduce(shifted) - shifted[target])


def added_back(logits: list[float], target: int) -> float:
    """Only the first term is shifted; the largest logit is added to it again."""
    exponentials = np.exp(np.array(logits) - max(logits))
    return float(max(logits) + np.log(exponentials.sum()) - logits[target])


def of_probability(logits: list[float], target: int) -> float:
    """Of a softmax that is right; the logarithm of 0 stops it."""
    return -math.log(softmax(np.array(logits))[target])


def of_probability_by_numpy(logits: list[float], target: int) -> float:
    """It does not stop, and is infinite."""
    return float(-np.log(softmax(np.array(logits))[target]))


def unshifted(logits: list[float], target: int) -> float:
    return math.log(sum(math.exp(z) for z in logits)) - logits[target]


def unshifted_by_numpy(logits: list[float], target: int) -> float:
    return float(np.log(np.exp(logits).sum()) - logits[target])


def kept_from_zero(tiny: float, *, cut: bool) -> Callable[[list, int], float]:
    """With something tiny added to the probability, or as its least value."""

    def loss(logits: list, target: int) -> float:
        p = float(softmax(np.array(logits))[target])
        return -math.log(max(p, tiny) if cut else p + tiny)

    return loss


KEPT = tuple(
    kept_from_zero(10.0**-power, cut=cut)
    for power in (9, 12, 10, 8, 15, 7, 6, 5, 16, 20, 30, 100, 300)
    for cut in (False, True)
)


ask(
    "03-cross-entropy",
    kind="code",
    arguments=("logits", "target"),
    answers="loss",
    axes={"logits": "V"},
    case=word_case,
    right=by_numpy,
    edges=lambda rng: {
        "an even guess": ([0.3, 0.3, 0.3], 1),
        "the target with the id 0": ([0.5, 1.0, -0.4], 0),
        "a target that is the likeliest word": ([0.2, 1.5, -0.3], 1),
        "logits that are far apart": ([0.0, -1000.0], 1),
        "logits that are far apart, the smaller one first": ([-1000.0, 0.0], 0),
        "very large logits": ([1000.0, 998.0, 999.0], 2),
        "logits far below zero": ([-1000.0, -998.0], 0),
        "logits very far below zero": ([-100_000.0, -99_998.0], 0),
        "huge logits": ([1e20, 1e20], 0),
        "a single word": ([2.5], 0),
    },
    refuses=lambda rng: {
        "a target that is out of range": ([0.5, 1.0], 2),
        "a negative target": ([0.5, 1.0], -1),
        "a target that counts from the end": ([0.5, 1.0], -2),
        "a target far below zero": ([0.5, 1.0], -9),
        "a target far too large": ([0.5, 1.0], 9),
    },
    mistakes=(
        Wrong(
            "the-probability",
            "That is the probability of the target. The loss is minus its logarithm.",
            lambda logits, target: softmax(np.array(logits))[target],
        ),
        Wrong(
            "sign",
            "The minus is missing: the logarithm of a probability is "
            "negative, a loss is not.",
            lambda logits, target: -by_numpy(logits, target),
        ),
        Wrong(
            "bits",
            "That is the loss in bits. Nats use the natural logarithm.",
            lambda logits, target: by_numpy(logits, target) / math.log(2),
        ),
        Wrong(
            "log-sum-exp-alone",
            "The target is missing: subtract its logit from the log-sum-exp.",
            lambda logits, target: by_numpy(logits, target) + logits[target],
        ),
        Wrong(
            "unshifted-target",
            "You shift the logits in the sum, but subtract the target's unshifted. "
            "Shift both terms.",
            lambda logits, target: by_numpy(logits, target) - max(logits),
        ),
        Wrong(
            "without-logarithm",
            "The logarithm of the sum is missing.",
            lambda logits, target: float(
                np.exp(np.array(logits) - max(logits)).sum()
                - (logits[target] - max(logits))
            ),
        ),
        Wrong(
            "of-the-best",
            "That is the loss of the likeliest word. Take that of the target.",
            lambda logits, target: by_numpy(logits, int(np.argmax(logits))),
        ),
        Wrong(
            "something-tiny-added",
            "You keep the probability away from 0 with something tiny, so the loss "
            "stops growing there. Compute it straight from the logits.",
            KEPT[0],
            also=KEPT[1:],
        ),
        Wrong(
            "logarithm-of-zero",
            "The probability of the target is so small that it is rounded to 0, "
            "and 0 has no logarithm. Compute the loss straight from the logits.",
            of_probability,
            also=(
                of_probability_by_numpy,
                lambda logits, target: (
                    -math.log(
                        math.exp(logits[target]) / sum(math.exp(z) for z in logits)
                    )
                ),
                lambda logits, target: float(
                    -np.log(np.exp(logits[target]) / np.exp(logits).sum())
                ),
            ),
        ),
        Wrong(
            "overflows",
            "exp of a large logit overflows, and exp of one far below zero is 0. "
            "Subtract the largest logit in both terms.",
            unshifted,
            also=(unshifted_by_numpy,),
        ),
        Wrong(
            "added-back",
            "You add the largest logit and subtract the target's, one after the "
            "other. For huge logits the loss is lost in rounding, since it is so much "
            "smaller. Subtract the two from each other first.",
            added_back,
        ),
    ),
    hints=(
        "In one formula: ln of the sum of exp(z[j]), minus z[target].",
        "exp(1000) is too large for a float: subtract the largest logit from "
        "all of them first, in both terms.",
        "Check the target before anything else: 0 <= target < len(logits), or a "
        "ValueError.",
    ),
)


def meals(rng: np.random.Generator) -> tuple[int, int]:
    n, m = (int(count) for count in rng.permutation(8)[:2] + 2)
    return n, m


def floor_of(n: int, m: int) -> tuple[float, float]:
    """The best of many guesses, refined: found by looking, not by formula."""

    def cost(q: np.ndarray) -> np.ndarray:
        return -n * np.log(q) - m * np.log1p(-q)

    low, high = 1e-9, 1 - 1e-9
    for _ in range(200):  # the valley has one bottom: halve towards it
        third = (high - low) / 3
        if cost(low + third) < cost(high - third):
            high -= third
        else:
            low += third
    q = round((low + high) / 2 * (n + m)) / (n + m)
    return q, float(cost(q))


def exchanged(n: int, m: int) -> float:
    """The loss of bread, paid as often as soup came, and the other way round."""
    return -m * math.log(n / (n + m)) - n * math.log(m / (n + m))


ask(
    "03-floor",
    kind="derive",
    arguments=("n", "m"),
    answers=("q", "floor"),
    case=meals,
    right=floor_of,
    edges=lambda rng: {
        "bread once, soup twice": (1, 2),
        "bread and soup equally often": (3, 3),
        "bread once, soup many times": (1, 99),
        "bread and soup hundreds of times": (600, 700),
    },
    mistakes=(
        Wrong(
            "even",
            "You give both a half. That is best only if both are equally frequent.",
            lambda n, m: (0.5, (n + m) * math.log(2)),
            also=(lambda n, m: {"q": 0.5},),
        ),
        Wrong(
            "of-the-example",
            "That is right for bread once and soup twice. Use n and m.",
            lambda n, m: floor_of(1, 2),
        ),
        Wrong(
            "soup-for-bread",
            "q is the probability of bread, which came n times. You have that of soup.",
            lambda n, m: {"q": m / (n + m)},
            also=(lambda n, m: (m / (n + m), exchanged(n, m)),),
        ),
        Wrong(
            "ratio",
            "You divide by the other count. A share is divided by all.",
            lambda n, m: {"q": n / m},
        ),
        Wrong(
            "each-once",
            "You count each loss once. Bread costs its loss n times, soup m times.",
            lambda n, m: {"floor": -math.log(n / (n + m)) - math.log(m / (n + m))},
        ),
        Wrong(
            "mean-not-sum",
            "That is the mean over the sentences. The floor is the sum.",
            lambda n, m: {"floor": floor_of(n, m)[1] / (n + m)},
        ),
        Wrong(
            "exchanged-counts",
            "You pay the loss of bread as often as soup came, and the other way round.",
            lambda n, m: {"floor": exchanged(n, m)},
        ),
    ),
    hints=(
        "After `eat` the predictor gives q to bread and 1 - q to soup, each "
        "time. The total is -n ln q - m ln(1 - q).",
        "Its derivative is -n / q + m / (1 - q). Where is it zero?",
        "q = n / (n + m). Put it into the total.",
    ),
)


def six_slopes() -> tuple[str, int, float]:
    """What the even guess gives to a word, minus how often it came."""
    vocabulary = words.Vocabulary(SENTENCES)
    pairs = [
        pair
        for sentence in SENTENCES
        for pair in words.next_word_pairs(vocabulary.encode(sentence))
    ]
    came = np.bincount([target for _, target in pairs], minlength=len(vocabulary))
    slopes = len(pairs) / len(vocabulary) - came
    return (
        vocabulary.words[int(slopes.argmin())],
        int((slopes > 0).sum()),
        float(slopes.sum()),
    )


ask(
    "03-nudge",
    kind="experiment",
    answers=(
        "word with the most negative slope",
        "number of positive slopes",
        "sum of the slopes",
    ),
    right=six_slopes,
    within=0.005,
    mistakes=(
        Wrong(
            "never-a-target",
            "`hello` is never the answer: raising its bias only costs. Its slope is "
            "positive.",
            {"word with the most negative slope": "hello"},
        ),
        Wrong(
            "most-frequent-input",
            "The biases belong to the words that are predicted. Count the targets.",
            {"word with the most negative slope": "are"},
        ),
        Wrong(
            "all-negative",
            "Not all biases can be worth raising: raising all of them by the same "
            "amount changes no probability.",
            {"number of positive slopes": 0},
        ),
        Wrong(
            "hello-alone",
            "A word that came once in nine is less than its even share of "
            "one and a half.",
            {"number of positive slopes": 1},
        ),
        Wrong(
            "sum-of-nine",
            "You add up the questions. Add the slopes: what does raising all six "
            "biases by the same amount do?",
            {"sum of the slopes": 9.0},
        ),
    ),
    hints=(
        "How often is each word a target? An even guess gives each word one "
        "and a half answers in nine.",
        "Raising all six biases by the same amount changes no probability.",
    ),
)


def table_case(rng: np.random.Generator, length: int = 5) -> tuple[list, list]:
    (V,) = draws.sizes(rng, "V")
    counts = rng.integers(0, 4, (V, V))
    counts[counts.sum(axis=1) == 0, 0] = 2  # every word was read
    return counts.tolist(), draws.ids(rng, length, V)


def soft_loss(
    added: float, others: float | None = None
) -> Callable[[list, list], float]:
    """With something added to the counts, and something to their sums."""

    def loss(counts: list, ids: list) -> float:
        table = np.array(counts, float)
        V = len(table)
        sums = table.sum(axis=1) + (V * added if others is None else others)
        return float(
            sum(np.log(sums[i]) - np.log(table[i, j] + added) for i, j in pairwise(ids))
        )

    return loss


ask(
    "03-unseen",
    kind="experiment",
    arguments=("counts", "ids"),
    answers="loss",
    axes={"counts": "VV"},
    case=table_case,
    right=soft_loss(1),
    edges=lambda rng: {
        "a sentence of two words": (table_case(rng)[0], [0, 1]),
        "a long sentence": table_case(rng, 20),
        "a pair that comes often": (
            [[5, 1, 1], [2, 7, 0], [3, 1, 9]],
            [0, 0, 0, 1, 1, 1, 0],
        ),
        "a pair that never came": ([[5, 1, 0], [2, 7, 1], [3, 1, 9]], [0, 2]),
        "a word that was never read": ([[2, 1, 3], [1, 4, 2], [0, 0, 0]], [0, 2, 1, 2]),
        "a table of zeros": ([[0, 0], [0, 0]], [0, 1, 1]),
    },
    mistakes=(
        Wrong(
            "sums-as-before",
            "You add 1 to the count of the pair, but not to the others in its row. "
            "Then the shares do not add up to 1.",
            soft_loss(1, others=0),
        ),
        Wrong(
            "one-to-the-sum",
            "You add 1 to the sum of a row. Each of its V counts gets 1, so "
            "the sum gets V.",
            soft_loss(1, others=1),
        ),
        Wrong(
            "the-probability",
            "That is the probability of the sentence. The loss is minus its logarithm.",
            lambda counts, ids: math.exp(-soft_loss(1)(counts, ids)),
        ),
        Wrong("a-half", "You add a half. The exercise asks for 1.", soft_loss(0.5)),
        Wrong(
            "mean",
            "That is the mean of the losses. The loss of a sentence is their sum.",
            lambda counts, ids: soft_loss(1)(counts, ids) / (len(ids) - 1),
        ),
        Wrong(
            "pairs-turned-round",
            "You look up counts[j][i]. The row belongs to the word that was "
            "read, the column to the one that follows.",
            lambda counts, ids: soft_loss(1)(counts, ids[::-1]),
        ),
        Wrong(
            "columns-for-rows",
            "You divide by the sum of a column. The shares of what follows a "
            "word are in its row.",
            lambda counts, ids: soft_loss(1)(np.array(counts).T.tolist(), ids[::-1]),
        ),
        Wrong(
            "last-pair-missing",
            "The last pair is missing.",
            lambda counts, ids: soft_loss(1)(counts, ids[:-1]),
        ),
        Wrong(
            "first-pair-missing",
            "The first pair is missing.",
            lambda counts, ids: soft_loss(1)(counts, ids[1:]),
        ),
    ),
    hints=(
        "For each pair (i, j): the share of j in row i, once 1 has been added to "
        "every count in the row.",
        "The share is (counts[i][j] + 1) / (sum(counts[i]) + V). Its loss is "
        "minus the logarithm; add the losses up.",
    ),
)

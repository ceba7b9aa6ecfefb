"""The exercises of chapter 17: a text of your own."""

import math
from collections.abc import Callable
from functools import cache

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.registry import ask
from rnn_src.descent import Adam, Momentum
from rnn_src.functions import cross_entropy
from rnn_src.heldout import ngram_loss
from rnn_src.model import VanillaRNN
from rnn_src.text import Characters, streams

Arrays = dict[str, np.ndarray]

TRAINING, NEW, AT_LEAST = "abracadabra", "bread", 2


@cache
def encoded(at_least: int = AT_LEAST, text: str = TRAINING) -> tuple[int, list[int]]:
    """The size of the vocabulary, and the ids of the new text."""
    characters = Characters.of(text, at_least)
    return len(characters), characters.encode(NEW).tolist()


ask(
    "17-unknown",
    kind="predict",
    answers=("size of the vocabulary", "ids"),
    right=encoded,
    mistakes=(
        Wrong(
            "signs-not-counted",
            "You count the characters only. The two signs have ids, too: <unk> and "
            "<end> come first.",
            {"size of the vocabulary": encoded()[0] - 2},
        ),
        Wrong(
            "one-sign",
            "There are two signs before the characters, <unk> and <end>.",
            {"size of the vocabulary": encoded()[0] - 1},
        ),
        Wrong(
            "rare-ones-known",
            "You count every character of the training text. With at_least=2 those "
            "that occur once are unknown.",
            {"size of the vocabulary": encoded(1)[0]},
            also=(
                {"ids": encoded(1)[1]},
                {
                    "size of the vocabulary": encoded(1)[0],
                    "ids": encoded(1)[1],
                },
            ),
        ),
        Wrong(
            "new-text-counted",
            "You let the new text into the vocabulary. It is made from the training "
            "text alone.",
            {"ids": encoded(2, TRAINING + NEW)[1]},
            also=(
                {"ids": encoded(1, TRAINING + NEW)[1]},
                {"size of the vocabulary": encoded(1, TRAINING + NEW)[0]},
                dict(
                    zip(
                        ("size of the vocabulary", "ids"),
                        encoded(2, TRAINING + NEW),
                        strict=True,
                    )
                ),
            ),
        ),
        Wrong(
            "unknown-left-out",
            "You leave the unknown characters out. They keep their place, as <unk>: "
            "id 0.",
            {"ids": [i for i in encoded()[1] if i]},
        ),
        Wrong(
            "unknown-is-one",
            "Id 1 is <end>. An unknown character is <unk>, id 0.",
            {"ids": [i or 1 for i in encoded()[1]]},
        ),
        Wrong(
            "without-the-signs",
            "Your ids begin with the first character. Ids 0 and 1 belong to the signs, "
            "so the first character has id 2.",
            {"ids": [i - 2 if i else 0 for i in encoded()[1]]},
        ),
    ),
    hints=(
        "Which characters occur at least twice in abracadabra?",
        "Ids 0 and 1 are <unk> and <end>. Then come the known characters, sorted.",
        "a, b and r are known, with the ids 2, 3 and 4. What is an e?",
    ),
)


def units(total: float, number: int) -> tuple[float, float, float]:
    mean = total / number
    return mean, math.log2(math.exp(mean)), math.exp(mean)


def units_case(rng: np.random.Generator) -> tuple[float, int]:
    number = int(rng.integers(20, 80))
    return round(float(number * rng.uniform(0.6, 3.5)), 3), number


ask(
    "17-bits",
    kind="derive",
    arguments=("total", "number"),
    answers=("nats", "bits", "perplexity"),
    case=units_case,
    right=units,
    edges=lambda rng: {
        "no loss at all": (0.0, 7),
        "one character": (1.25, 1),
        "a coin toss a character": (10 * math.log(2), 10),
    },
    mistakes=(
        Wrong(
            "total-bits",
            "These are the bits of the whole text. The question asks for the mean, a "
            "character.",
            lambda total, number: {"bits": total / math.log(2)},
        ),
        Wrong(
            "times-ln-2",
            "You multiply by ln 2. A bit is smaller than a nat, so there are more "
            "bits: divide by ln 2.",
            lambda total, number: {"bits": total / number * math.log(2)},
        ),
        Wrong(
            "log-of-a-loss",
            "You take the logarithm of a loss. A loss is a logarithm already: divide "
            "by ln 2.",
            lambda total, number: {"bits": math.log2(total / number)},
            also=(
                lambda total, number: {"bits": math.log(total / number)},
                lambda total, number: {"bits": math.log2(total)},
            ),
        ),
        Wrong(
            "decimal-digits",
            "You divide by ln 10. That gives decimal digits; a bit is ln 2 nats.",
            lambda total, number: {"bits": total / number / math.log(10)},
        ),
        Wrong(
            "two-to-the-nats",
            "Your perplexity is 2 to the power of the nats. Nats belong to e, bits to "
            "2.",
            lambda total, number: {"perplexity": 2 ** (total / number)},
        ),
        Wrong(
            "e-to-the-bits",
            "Your perplexity is e to the power of the bits. Nats belong to e, bits to "
            "2.",
            lambda total, number: {
                "perplexity": math.exp(total / number / math.log(2))
            },
        ),
        Wrong(
            "perplexity-of-the-total",
            "Your perplexity is that of the total loss. It belongs to the mean.",
            lambda total, number: {"perplexity": math.exp(total)},
        ),
        Wrong(
            "perplexity-is-the-loss",
            "Your perplexity is a mean loss. It is e to the power of that.",
            lambda total, number: {"perplexity": total / number},
        ),
    ),
    hints=(
        "Divide the total by the number of characters first. Everything else starts "
        "from that mean.",
        "A bit is the loss of a coin toss, ln 2 nats. Perplexity was e to the power of "
        "the mean loss in chapter 3.",
        "nats = total / number; bits = nats / math.log(2); perplexity = "
        "math.exp(nats).",
    ),
)


def bigram_case(
    rng: np.random.Generator, V: int | None = None, length: int = 24
) -> tuple[list[int], list[int], int, float]:
    V = V or int(rng.integers(3, 6))
    train = [int(i) for i in rng.integers(V, size=length)]
    held_out = [int(i) for i in rng.integers(V, size=11)]
    return train, held_out, V, round(float(rng.uniform(0.1, 0.9)), 2)


def bigram(train: list, held_out: list, vocab_size: int, alpha: float) -> float:
    return ngram_loss(train, held_out, 2, vocab_size, alpha)


def bigram_by(share: Callable, mean: Callable = np.mean) -> Callable:
    """The loss, where `share(counts, i, j, V, alpha)` predicts j after i."""

    def answer(train: list, held_out: list, vocab_size: int, alpha: float) -> float:
        counts = np.zeros((vocab_size, vocab_size))
        np.add.at(counts, (train[:-1], train[1:]), 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            losses = [
                -np.log(share(counts, i, j, vocab_size, alpha))
                for i, j in zip(held_out, held_out[1:], strict=False)
            ]
        return float(mean(losses))

    return answer


def right_share(counts: np.ndarray, i: int, j: int, V: int, alpha: float) -> float:
    return (counts[i, j] + alpha) / (counts[i].sum() + alpha * V)


def with_last_context(train: list, held_out: list, vocab_size: int, alpha: float):
    """The final character is counted as a context, though nothing follows it."""

    def share(counts: np.ndarray, i: int, j: int, V: int, alpha: float) -> float:
        return (counts[i, j] + alpha) / (train.count(i) + alpha * V)

    return bigram_by(share)(train, held_out, vocab_size, alpha)


def without_alpha(train: list, held_out: list, vocab_size: int, alpha: float) -> float:
    """Raises an error at the first pair that never occurred."""
    pairs = list(zip(train, train[1:], strict=False))
    losses = [
        -math.log(pairs.count((i, j)) / train[:-1].count(i))
        for i, j in zip(held_out, held_out[1:], strict=False)
    ]
    return sum(losses) / len(losses)


ask(
    "17-bigram",
    kind="code",
    arguments=("train", "held_out", "vocab_size", "alpha"),
    answers="mean loss",
    case=bigram_case,
    right=bigram,
    edges=lambda rng: {
        "a context that never occurred": ([0, 1, 0, 1, 0], [2, 1, 0, 2], 3, 0.5),
        "a pair that never occurred": ([0, 1, 2, 0, 1, 2], [0, 2, 1], 3, 0.1),
        "a single prediction": ([0, 1, 1, 0], [1, 0], 2, 0.3),
        "alpha 1": (*bigram_case(rng)[:3], 1.0),
        "a long text": bigram_case(rng, length=200),
    },
    mistakes=(
        Wrong(
            "in-bits",
            "That is the loss in bits. The question asks for nats.",
            lambda *case: bigram(*case) / math.log(2),
        ),
        Wrong(
            "sum",
            "That is the sum of the losses. The question asks for their mean.",
            bigram_by(right_share, np.sum),
        ),
        Wrong(
            "by-the-characters",
            "You divide by the number of characters. The first one has nothing before "
            "it, and is not predicted: there is one prediction fewer.",
            lambda train, held_out, V, alpha: (
                bigram(train, held_out, V, alpha) * (len(held_out) - 1) / len(held_out)
            ),
        ),
        Wrong(
            "by-the-whole-text",
            "You divide by the whole text; divide by how often the context came.",
            bigram_by(
                lambda c, i, j, V, alpha: (c[i, j] + alpha) / (c.sum() + alpha * V)
            ),
            also=(
                bigram_by(
                    lambda c, i, j, V, alpha: (
                        (c[i, j] + alpha) / (c.sum() + 1 + alpha * V)
                    )
                ),
            ),
        ),
        Wrong(
            "without-alpha",
            "A pair never seen has probability 0: where is alpha?",
            bigram_by(lambda c, i, j, V, alpha: c[i, j] / max(c[i].sum(), 1)),
            also=(
                bigram_by(lambda c, i, j, V, alpha: c[i, j] / c[i].sum()),
                without_alpha,
            ),
        ),
        Wrong(
            "alpha-not-in-the-sum",
            "You add alpha to the count, and not to the sum below it: the "
            "probabilities add up to more than 1. Each of the V counts has its alpha.",
            bigram_by(
                lambda c, i, j, V, alpha: (
                    (c[i, j] + alpha) / c[i].sum() if c[i].any() else 1 / V
                )
            ),
            also=(
                bigram_by(lambda c, i, j, V, alpha: (c[i, j] + alpha) / c[i].sum()),
                bigram_by(
                    lambda c, i, j, V, alpha: (c[i, j] + alpha) / max(c[i].sum(), 1)
                ),
            ),
        ),
        Wrong(
            "one-alpha",
            "Below, you add alpha once. Each of the V counts has its own: alpha * V.",
            bigram_by(
                lambda c, i, j, V, alpha: (c[i, j] + alpha) / (c[i].sum() + alpha)
            ),
        ),
        Wrong(
            "add-one",
            "You add 1 to each count. The question asks for alpha.",
            bigram_by(lambda c, i, j, V, alpha: (c[i, j] + 1) / (c[i].sum() + V)),
        ),
        Wrong(
            "final-context",
            "You count the final training character as a context, and nothing follows "
            "it. Count pairs.",
            with_last_context,
        ),
        Wrong(
            "counted-on-held-out",
            "You count the pairs of the held-out text. Count the training text, or the "
            "table knows the answers.",
            lambda train, held_out, V, alpha: bigram(held_out, held_out, V, alpha),
        ),
        Wrong(
            "judged-on-training",
            "You judge the table by the text that it was counted on.",
            lambda train, held_out, V, alpha: bigram(train, train, V, alpha),
        ),
        Wrong(
            "backwards",
            "Your table predicts the character *before*. Swap the two: counts[i][j] is "
            "how often j came after i.",
            bigram_by(lambda c, i, j, V, alpha: right_share(c, j, i, V, alpha)),
            also=(
                bigram_by(lambda c, i, j, V, alpha: right_share(c.T, i, j, V, alpha)),
            ),
        ),
        Wrong(
            "unigram",
            "That is a unigram: it does not look at the character before.",
            lambda train, held_out, V, alpha: ngram_loss(
                train, held_out[1:], 1, V, alpha
            ),
            also=(
                lambda train, held_out, V, alpha: ngram_loss(
                    train, held_out, 1, V, alpha
                ),
            ),
        ),
    ),
    hints=(
        "Make a table of V times V zeros, and add 1 for each pair of neighbours in "
        "train.",
        "The probability of j after i is (counts[i][j] + alpha) / (sum(counts[i]) + "
        "alpha * V).",
        "Then walk over the pairs of held_out, add up -ln of their probabilities, and "
        "divide by the number of pairs.",
    ),
)


def streams_of(ids: np.ndarray, B: int) -> tuple[np.ndarray, np.ndarray]:
    """Cut entry by entry."""
    N = (len(ids) - 1) // B
    x = [[ids[b * N + n] for b in range(B)] for n in range(N)]
    y = [[ids[b * N + n + 1] for b in range(B)] for n in range(N)]
    return np.array(x), np.array(y)


def streams_case(
    rng: np.random.Generator, N: int = 0, B: int = 0, left: int | None = None
) -> tuple[np.ndarray, int]:
    n, b = draws.sizes(rng, "NB")
    N, B = N or n, B or b
    left = B - 1 if left is None else left  # tells mistakes apart that a cut hides
    return rng.integers(0, 50, size=N * B + 1 + left), B


def cut(ids: np.ndarray, B: int, N: int | None = None) -> tuple[np.ndarray, int]:
    N = (len(ids) - 1) // B if N is None else N
    return ids[: N * B], N


def rolled(ids: np.ndarray, B: int) -> dict[str, np.ndarray]:
    x, _ = streams(ids, B)
    return {"y": np.roll(x, -1, axis=0)}


def cut_twice(ids: np.ndarray, B: int) -> tuple[np.ndarray, np.ndarray]:
    """Streams of ids first, then the targets within each: a step is lost."""
    N = len(ids) // B
    whole = ids[: N * B].reshape(B, N).T
    return whole[:-1], whole[1:]


def without_the_last(ids: np.ndarray, B: int) -> tuple[np.ndarray, np.ndarray]:
    x, y = streams(ids, B)
    return x[:-1], y[:-1]


ask(
    "17-streams",
    kind="code",
    arguments=("ids", "B"),
    answers=("x", "y"),
    case=streams_case,
    right=streams_of,
    edges=lambda rng: {
        "one stream": streams_case(rng, B=1, left=0),
        "nothing left over": streams_case(rng, left=0),
        "as much left over as can be": streams_case(rng, B=5, left=4),
        "streams of one step": streams_case(rng, N=1),
        "equally many steps and streams": streams_case(rng, N=4, B=4),
    },
    axes={"x": "TB", "y": "TB"},
    mistakes=(
        Wrong(
            "rows-of-neighbours",
            "In your x neighbours of the text are side by side, in a row. They belong "
            "below each other, in a column: reshape(B, N), then transpose.",
            lambda ids, B: (
                cut(ids, B)[0].reshape(-1, B),
                cut(ids[1:], B, (len(ids) - 1) // B)[0].reshape(-1, B),
            ),
        ),
        Wrong(
            "streams-as-rows",
            "Your streams are rows. They are columns here: x has shape (N, B).",
            lambda ids, B: tuple(array.T for array in streams(ids, B)),
        ),
        Wrong(
            "last-target-lost",
            "You cut first, then shift, so each stream loses the target of its last "
            "step. It is the first id of the next stream: shift before you cut.",
            cut_twice,
        ),
        Wrong(
            "target-from-the-start",
            "The target of a stream's last step is not its own first id. It is the one "
            "that follows in the text.",
            rolled,
        ),
        Wrong(
            "targets-are-inputs",
            "Your targets are the inputs. The target is the id that follows.",
            lambda ids, B: {"y": streams(ids, B)[0]},
        ),
        Wrong(
            "targets-before",
            "Your targets are the ids *before*. The target is the id that follows.",
            lambda ids, B: {
                "y": np.roll(ids, 1)[: len(streams(ids, B)[0]) * B].reshape(B, -1).T
            },
        ),
        Wrong(
            "a-step-too-few",
            "Your streams are one step shorter than they could be. N is the largest "
            "number for which N * B inputs have a target each.",
            without_the_last,
        ),
        Wrong(
            "filled-up",
            "You keep what does not fill a row. Drop it.",
            lambda ids, B: tuple(
                np.resize(part, (B, -(-len(part) // B))).T
                for part in (ids[:-1], ids[1:])
            ),
        ),
    ),
    hints=(
        "How many ids have a target? Of these, how many go into B streams of one "
        "length?",
        "N = (len(ids) - 1) // B. The inputs are the first N * B ids, the targets the "
        "same shifted by one in the text.",
        "ids[:N * B].reshape(B, N) has a stream in each row. Transpose it.",
    ),
)


def adam_case(rng: np.random.Generator, n: int | None = None) -> tuple:
    size = int(rng.integers(3, 6))
    w, g, m = (np.array(draws.vector(rng, size)) for _ in range(3))
    s = np.abs(draws.vector(rng, size))
    n = int(rng.integers(2, 9)) if n is None else n
    if n == 1:
        m, s = 0 * m, 0 * s
    return w, g, m, s, n, round(float(rng.uniform(0.05, 0.5)), 3)


def adam_right(w, g, m, s, n, lr) -> tuple:
    """One update of the package's rule, from this state."""
    rule = Adam()
    rule.state |= {"m": m.copy(), "s": s.copy(), "n": np.array(n - 1)}
    moved = w - lr * rule(g)
    return moved, rule.state["m"], rule.state["s"]


def adam_by(**wrong: object) -> Callable:
    """Adam with some pieces exchanged."""
    b1, b2 = wrong.get("betas", (0.9, 0.999))

    def answer(w, g, m, s, n, lr):
        m = wrong.get("mean", lambda m, g: b1 * m + (1 - b1) * g)(m, g)
        s = wrong.get("square", lambda s, g, m: b2 * s + (1 - b2) * g**2)(s, g, m)
        with np.errstate(all="ignore"):
            c1, c2 = wrong.get("corrections", lambda n: (1 - b1**n, 1 - b2**n))(n)
            step = wrong.get("step", lambda m, s: m / (np.sqrt(s) + 1e-8))(
                m / c1, s / c2
            )
        sign = wrong.get("sign", -1)
        return w + sign * wrong.get("rate", lambda lr: lr)(lr) * step, m, s

    return answer


def only_w(answer: Callable) -> Callable:
    return lambda *case: {"w": answer(*case)[0]}


def slow_eps(rng: np.random.Generator) -> tuple:
    """Gradients so small that it matters where eps is."""
    w, g, m, s, n, lr = adam_case(rng, n=1)
    return w, g * 1e-6, m, s, n, lr


ask(
    "17-adam",
    kind="code",
    arguments=("w", "g", "m", "s", "n", "lr"),
    answers=("w", "m", "s"),
    case=adam_case,
    right=adam_right,
    edges=lambda rng: {
        "the first update": adam_case(rng, n=1),
        "tiny gradients": slow_eps(rng),
        "a gradient of zero at first": (
            np.array([0.3, -0.2]),
            np.zeros(2),
            np.zeros(2),
            np.zeros(2),
            1,
            0.1,
        ),
        "a late update": adam_case(rng, n=5000),
    },
    axes={},
    mistakes=(
        Wrong(
            "no-correction",
            "You do not correct the means. Both begin at zero, so early on they are "
            "too small: divide by 1 - beta ** n.",
            only_w(adam_by(corrections=lambda n: (1, 1))),
        ),
        Wrong(
            "one-correction",
            "You correct only one of the two means. Each is divided by its own "
            "1 - beta ** n.",
            only_w(adam_by(corrections=lambda n: (1 - 0.9**n, 1))),
            also=(only_w(adam_by(corrections=lambda n: (1, 1 - 0.999**n))),),
        ),
        Wrong(
            "same-correction",
            "You divide both means by the same number. s fades with beta2, so its "
            "correction has beta2.",
            only_w(adam_by(corrections=lambda n: (1 - 0.9**n, 1 - 0.9**n))),
            also=(only_w(adam_by(corrections=lambda n: (1 - 0.999**n, 1 - 0.999**n))),),
        ),
        Wrong(
            "n-from-0",
            "Your count is one behind. The first update has n = 1, and n is given.",
            only_w(
                adam_by(
                    corrections=lambda n: (1 - 0.9 ** (n - 1), 1 - 0.999 ** (n - 1))
                )
            ),
        ),
        Wrong(
            "n-from-2",
            "Your count is one ahead. n is already the number of this update.",
            only_w(
                adam_by(
                    corrections=lambda n: (1 - 0.9 ** (n + 1), 1 - 0.999 ** (n + 1))
                )
            ),
        ),
        Wrong(
            "beta-times-n",
            "In the correction beta has the *power* n.",
            only_w(adam_by(corrections=lambda n: (1 - 0.9 * n, 1 - 0.999 * n))),
        ),
        Wrong(
            "correction-kept",
            "You return the corrected means. The corrections belong to the step; the "
            "next update goes on from m and s as they are.",
            lambda w, g, m, s, n, lr: {
                "m": adam_right(w, g, m, s, n, lr)[1] / (1 - 0.9**n),
                "s": adam_right(w, g, m, s, n, lr)[2] / (1 - 0.999**n),
            },
            also=(
                lambda w, g, m, s, n, lr: {
                    "m": adam_right(w, g, m, s, n, lr)[1] / (1 - 0.9**n)
                },
                lambda w, g, m, s, n, lr: {
                    "s": adam_right(w, g, m, s, n, lr)[2] / (1 - 0.999**n)
                },
            ),
        ),
        Wrong(
            "eps-in-the-root",
            "Your eps is under the root. It is added to the root.",
            only_w(adam_by(step=lambda m, s: m / np.sqrt(s + 1e-8))),
        ),
        Wrong(
            "no-eps",
            "Without eps a weight whose gradients were all zero gets 0 / 0.",
            only_w(adam_by(step=lambda m, s: m / np.sqrt(s))),
        ),
        Wrong(
            "no-root",
            "You divide by the mean square itself. Take its root: it has the unit of a "
            "gradient.",
            only_w(adam_by(step=lambda m, s: m / (s + 1e-8))),
        ),
        Wrong(
            "square-of-the-mean",
            "Your s is made from the squared *mean*. It is the mean of the squares: g "
            "squared.",
            adam_by(square=lambda s, g, m: 0.999 * s + 0.001 * m**2),
            also=(adam_by(square=lambda s, g, m: m**2),),
        ),
        Wrong(
            "square-of-the-share",
            "You square (1 - beta2) with the gradient. Square g alone.",
            adam_by(square=lambda s, g, m: 0.999 * s + (0.001 * g) ** 2),
        ),
        Wrong(
            "no-square",
            "Your s adds up gradients, not their squares.",
            adam_by(square=lambda s, g, m: 0.999 * s + 0.001 * g),
            also=(adam_by(square=lambda s, g, m: 0.999 * s + 0.001 * np.abs(g)),),
        ),
        Wrong(
            "added-up",
            "Your means add the whole gradient, as momentum does. A running mean adds "
            "its share, 1 - beta.",
            adam_by(mean=lambda m, g: 0.9 * m + g),
            also=(
                adam_by(square=lambda s, g, m: 0.999 * s + g**2),
                adam_by(
                    mean=lambda m, g: 0.9 * m + g,
                    square=lambda s, g, m: 0.999 * s + g**2,
                ),
            ),
        ),
        Wrong(
            "betas-exchanged",
            "You have exchanged the betas. m has beta1, 0.9, and forgets quickly; s "
            "has 0.999.",
            adam_by(betas=(0.999, 0.9)),
        ),
        Wrong(
            "shares-exchanged",
            "You have exchanged beta and 1 - beta. Most of the old mean stays.",
            adam_by(
                mean=lambda m, g: 0.1 * m + 0.9 * g,
                square=lambda s, g, m: 0.001 * s + 0.999 * g**2,
            ),
        ),
        Wrong(
            "old-means",
            "Your step uses the means of before this gradient. Update them first.",
            lambda w, g, m, s, n, lr: {
                "w": w - lr * (m / (1 - 0.9**n)) / (np.sqrt(s / (1 - 0.999**n)) + 1e-8)
            },
        ),
        Wrong(
            "uphill",
            "You go uphill. Subtract the step.",
            only_w(adam_by(sign=1)),
        ),
        Wrong(
            "no-lr",
            "The learning rate is missing.",
            only_w(adam_by(rate=lambda lr: 1)),
        ),
    ),
    hints=(
        "First the two running means, from m, s and g. Then two corrected copies of "
        "them, for this step only.",
        "m = 0.9 * m + 0.1 * g and s = 0.999 * s + 0.001 * g ** 2. The corrections "
        "divide by 1 - 0.9 ** n and 1 - 0.999 ** n.",
        "w - lr * mean / (np.sqrt(square) + 1e-8), with mean and square corrected. "
        "Return m and s without the corrections.",
    ),
)


def stop(losses: list[float], patience: int) -> tuple[int, int]:
    """The first epoch with the lowest loss before training stops, and the end."""
    for end in range(len(losses)):
        best = min(range(end + 1), key=lambda epoch: losses[epoch])
        if end - best >= patience:
            break
    return best, end


def stop_by(rule: Callable) -> Callable:
    """Stop where `rule(seen, patience)` says so; keep the best of what was seen."""

    def answer(losses: list[float], patience: int) -> tuple[int, int]:
        end = next(
            (n for n in range(len(losses)) if rule(losses[: n + 1], patience)),
            len(losses) - 1,
        )
        return int(np.argmin(losses[: end + 1])), end

    return answer


def since_best(seen: list[float]) -> int:
    return len(seen) - 1 - int(np.argmin(seen))


def rises(seen: list[float]) -> int:
    """How many losses in a row, at the end, were above the one before."""
    n = 0
    while n < len(seen) - 1 and seen[-1 - n] > seen[-2 - n]:
        n += 1
    return n


def stop_case(rng: np.random.Generator) -> tuple[list[float], int]:
    """Losses that fall, wobble and rise, with a late new low; a patience."""
    steps = rng.normal(-0.02, 0.12, size=int(rng.integers(10, 16)))
    losses = 3 + np.cumsum(steps)
    return [round(float(loss), 3) for loss in losses], int(rng.integers(2, 4))


ask(
    "17-stop",
    kind="code",
    arguments=("losses", "patience"),
    answers=("best epoch", "last epoch"),
    case=stop_case,
    right=stop,
    draws=14,
    edges=lambda rng: {
        "losses that only fall": ([3.0, 2.5, 2.2, 2.1], 2),
        "losses that only rise": ([2.0, 2.1, 2.2, 2.3, 2.4], 3),
        "a rise, then a new low": ([3.0, 2.0, 2.2, 1.9, 2.1, 2.3, 2.4], 2),
        "a fall that is no new low": ([3.0, 2.0, 2.4, 2.3, 2.2, 1.5], 3),
        "a low that comes too late": ([3.0, 2.0, 2.4, 2.5, 1.0], 2),
        "the same low twice": ([3.0, 2.0, 2.1, 2.0, 2.2, 2.3], 3),
        "one epoch": ([2.5], 1),
        "patience 1": ([3.0, 2.0, 2.1, 1.9], 1),
    },
    mistakes=(
        Wrong(
            "lowest-of-all",
            "You look at losses that come after training has stopped. They are never "
            "known.",
            lambda losses, patience: {"best epoch": int(np.argmin(losses))},
            also=(lambda losses, patience: (int(np.argmin(losses)), len(losses) - 1),),
        ),
        Wrong(
            "last-weights",
            "Your best epoch is the last one. Keep the weights of the lowest loss.",
            lambda losses, patience: {"best epoch": stop(losses, patience)[1]},
        ),
        Wrong(
            "one-too-late",
            "You stop one epoch too late. After `patience` epochs without a new low, "
            "stop.",
            stop_by(lambda seen, patience: since_best(seen) > patience),
        ),
        Wrong(
            "one-too-early",
            "You stop one epoch too early: only after `patience` epochs without a new "
            "low.",
            stop_by(
                lambda seen, patience: (
                    since_best(seen) >= max(patience - 1, 1) and patience > 1
                )
            ),
        ),
        Wrong(
            "first-rise",
            "You stop at the first rise. Losses wobble: that is what the patience is "
            "for.",
            stop_by(lambda seen, patience: rises(seen) >= 1),
        ),
        Wrong(
            "rises-in-a-row",
            "You count rises in a row. Compare with the lowest loss so far: a small "
            "fall after a rise is no new low.",
            stop_by(lambda seen, patience: rises(seen) >= patience),
        ),
        Wrong(
            "ties-count",
            "You take a loss that equals the lowest for a new low. It has to be lower.",
            lambda losses, patience: ties(losses, patience),
        ),
        Wrong(
            "from-1",
            "You count the epochs from 1. The first has the number 0.",
            lambda losses, patience: tuple(n + 1 for n in stop(losses, patience)),
        ),
        Wrong(
            "swapped",
            "You have swapped the two: the best epoch comes first.",
            lambda losses, patience: stop(losses, patience)[::-1],
        ),
    ),
    hints=(
        "Walk through the losses as they come. Remember the lowest so far, and its "
        "epoch.",
        "How many epochs ago was the lowest? If that has reached the patience, stop.",
        "if epoch - best >= patience: break. Without a break the last epoch is the "
        "last of the list.",
    ),
)


def ties(losses: list[float], patience: int) -> tuple[int, int]:
    best = 0
    for end in range(len(losses)):
        if losses[end] <= losses[best]:
            best = end
        elif end - best >= patience:
            break
    return best, end


def judged_case(
    rng: np.random.Generator, T: int = 11, k: int = 4, B: int | None = None
) -> tuple[Arrays, np.ndarray, np.ndarray, int]:
    V, H, several = draws.sizes(rng, "VHB")
    ids, targets = rng.integers(V, size=(2, T, B or several))
    return draws.arrays(rng, V, H), ids, targets, k


def judged(parameters: Arrays, ids: np.ndarray, targets: np.ndarray, k: int) -> float:
    """Read whole, and once."""
    logits, _ = VanillaRNN.from_parameters(parameters).read_on(ids)
    return float(cross_entropy(logits, targets).mean())


def unweighted(
    parameters: Arrays, ids: np.ndarray, targets: np.ndarray, k: int
) -> float:
    """The mean of the pieces' means, a short one like a full one."""
    pieces = [slice(start, start + k) for start in range(0, len(ids), k)]
    logits, _ = VanillaRNN.from_parameters(parameters).read_on(ids)
    losses = cross_entropy(logits, targets)
    return float(np.mean([losses[piece].mean() for piece in pieces]))


def judged_with(learns: bool, carries: bool, divides: str) -> Callable:
    """The loss that the starter finds if only some of its lines are mended.

    It divides each piece by "k" or by its own "length", or all of them "once".
    """

    def answer(parameters: Arrays, ids: np.ndarray, targets: np.ndarray, k: int):
        model, h, total = VanillaRNN.from_parameters(parameters), None, []
        for start in range(0, len(ids), k):
            y = targets[start : start + k]
            model.forward(ids[start : start + k], h)
            loss = model.bptt(y)
            total.append(loss / {"k": k, "length": len(y), "once": 1}[divides])
            h = model.final.copy() if carries else None
            if learns:
                model.step(0.1)
        once = divides == "once"
        return float(np.sum(total) / len(ids) if once else np.mean(total))

    return answer


ask(
    "17-judge",
    kind="bug",
    arguments=("parameters", "ids", "targets", "k"),
    answers="mean loss",
    case=judged_case,
    right=judged,
    edges=lambda rng: {
        "a single piece": judged_case(rng, T=4, k=4),
        "pieces of equal length": judged_case(rng, T=12, k=4),
        "pieces of one step": judged_case(rng, T=5, k=1),
        "a piece longer than the text": judged_case(rng, T=3, k=10),
        "one stream": judged_case(rng, B=1),
    },
    mistakes=(
        Wrong(
            "still-learns",
            "One reason is left: your function still trains on what it judges. What is "
            "held out must not move a weight: leave out the step.",
            judged_with(True, True, "once"),
        ),
        Wrong(
            "learns-and-state-lost",
            "Two reasons are left: the model learns while it is judged, and each piece "
            "begins with zeros.",
            judged_with(True, False, "once"),
        ),
        Wrong(
            "state-lost",
            "One reason is left: each of your pieces begins with zeros. Hand the final "
            "state of a piece on to the next: model.final, or read_on.",
            judged_with(False, False, "once"),
        ),
        Wrong(
            "mean-of-means",
            "One reason is left: you divide each piece by k and take the mean of that. "
            "A shorter last piece then counts wrongly: add up the losses, and divide "
            "once, by the number of steps.",
            judged_with(False, True, "k"),
        ),
        Wrong(
            "unweighted-pieces",
            "One reason is left: you take the mean of the pieces' means. A short last "
            "piece weighs as much as a full one. Add up, and divide once.",
            unweighted,
        ),
        Wrong(
            "state-lost-and-mean-of-means",
            "Two reasons are left: each piece begins with zeros, and a shorter last "
            "piece does not count as it should.",
            judged_with(False, False, "k"),
            also=(judged_with(False, False, "length"),),
        ),
        Wrong(
            "learns-and-mean-of-means",
            "Two reasons are left: the model learns while it is judged, and a shorter "
            "last piece does not count as it should.",
            judged_with(True, True, "k"),
            also=(judged_with(True, True, "length"),),
        ),
        Wrong(
            "nothing-mended",
            "All three reasons are left. Ask of each line: does it change the model, "
            "does it lose something, does it count each prediction once?",
            judged_with(True, False, "k"),
            also=(judged_with(True, False, "length"),),
        ),
        Wrong(
            "sum-over-steps",
            "That is the loss of a whole sequence. Divide by the number of steps.",
            lambda *case: judged(*case) * len(case[1]),
        ),
        Wrong(
            "divided-by-b-again",
            "You divide by B once more. The loss of the model is a mean over the B "
            "sequences already.",
            lambda *case: judged(*case) / case[1].shape[1],
        ),
    ),
    hints=(
        "One line changes the model. One thing is not handed from piece to piece. And "
        "what if the last piece is shorter than k?",
        "logits, h = model.read_on(x, h) changes nothing and hands the state on; "
        "model.loss(x, y, h) is the loss of a piece, summed over its steps.",
        "Add up the losses of the pieces, and divide the sum by len(ids).",
    ),
)


@cache
def first_to_differ(make: Callable | None) -> int:
    """Which loss after a restart without the rule's memory is another; 0 for none."""
    rng = np.random.default_rng(17)
    ids, targets = rng.integers(4, size=(2, 6, 3))

    def losses(model: VanillaRNN, rule: Callable | None, updates: int) -> list[float]:
        found = []
        for _ in range(updates):
            model.forward(ids)
            found.append(model.bptt(targets))
            model.step(0.05, rule=rule)
        return found

    one, rule = VanillaRNN(4, 5, rng), make() if make else None
    losses(one, rule, 10)
    other = VanillaRNN.from_parameters(one.parameters)
    fresh = make() if make else None
    pairs = zip(losses(one, rule, 5), losses(other, fresh, 5), strict=True)
    return next((n for n, (a, b) in enumerate(pairs, 1) if a != b), 0)


ask(
    "17-resume",
    kind="experiment",
    answers=("plain descent", "momentum", "Adam"),
    right=lambda: (
        first_to_differ(None),
        first_to_differ(Momentum),
        first_to_differ(Adam),
    ),
    mistakes=(
        Wrong(
            "plain-differs",
            "Plain descent remembers nothing. With the same weights, what could be "
            "different?",
            {"plain descent": 2},
            also=({"plain descent": 1},),
        ),
        Wrong(
            "loss-before-the-step",
            "The loss is found before the step. At the first update after the restart "
            "the weights are still the same.",
            {"momentum": 1, "Adam": 1},
            also=({"momentum": 1}, {"Adam": 1}),
        ),
        Wrong(
            "memory-does-not-matter",
            "Without its memory the rule takes another first step. Then the weights "
            "differ, and so does the next loss.",
            {"momentum": 0, "Adam": 0},
            also=({"momentum": 0}, {"Adam": 0}),
        ),
        Wrong(
            "one-later",
            "The first step already uses the memory, so the loss right after it is "
            "another.",
            {"momentum": 3, "Adam": 3},
            also=({"momentum": 3}, {"Adam": 3}),
        ),
        Wrong(
            "from-the-beginning",
            "Count from the restart: the first loss after it is 1.",
            {"momentum": 12, "Adam": 12},
            also=({"momentum": 11, "Adam": 11},),
        ),
    ),
    hints=(
        "What does a loss depend on: on the weights, on the rule, or on both?",
        "The first loss is found before the first step. What does that step depend on?",
        "Try it: copy a model, go on once with the old rule and once with a new one, "
        "and print both rows of losses.",
    ),
)

"""The exercises of chapter 12: the alphabet."""

from collections.abc import Callable
from functools import cache, partial
from types import SimpleNamespace

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.registry import ask
from rnn_src.clipping import clip_by_norm
from rnn_src.dynamics import principal_components
from rnn_src.functions import softmax
from rnn_src.model import VanillaRNN
from rnn_src.training import update

Arrays = dict[str, np.ndarray]

ask(
    "12-sure",
    kind="derive",
    answers=("p after 10 epochs", "p after 100 epochs", "the reason"),
    right=lambda: (np.exp(-0.0086 / 6), np.exp(-0.0006 / 6), "b"),
    # The losses of the text are rounded: a sixth of 0.00005, and the fifth decimal.
    within=0.000014,
    mistakes=(
        Wrong(
            "rounded-too-far",
            "That is right, but rounded too far: the question asks for five decimals.",
            {"p after 10 epochs": 0.9986},
            also=(
                {"p after 10 epochs": 0.999, "p after 100 epochs": 1.0},
                {"p after 10 epochs": 1.0},
            ),
        ),
        Wrong(
            "of-a-sequence",
            "That is the probability of all six letters together. A letter's "
            "loss is a sixth of a sequence's.",
            {
                "p after 10 epochs": np.exp(-0.0086),
                "p after 100 epochs": np.exp(-0.0006),
            },
        ),
        Wrong(
            "times-six",
            "You multiply by six. The loss per sequence is a sum over six "
            "letters: divide it.",
            {
                "p after 10 epochs": np.exp(-6 * 0.0086),
                "p after 100 epochs": np.exp(-6 * 0.0006),
            },
        ),
        Wrong(
            "another-base",
            "You take a power of 2 or of 10. The losses are in nats: exp(-loss).",
            {
                "p after 10 epochs": 2 ** (-0.0086 / 6),
                "p after 100 epochs": 2 ** (-0.0006 / 6),
            },
            also=(
                {
                    "p after 10 epochs": 10 ** (-0.0086 / 6),
                    "p after 100 epochs": 10 ** (-0.0006 / 6),
                },
            ),
        ),
        Wrong(
            "the-loss-itself",
            "That is the loss per letter, in nats, or 1 - p, which is nearly as "
            "much. The probability of the right letter is exp(-loss).",
            {"p after 10 epochs": 0.0086 / 6, "p after 100 epochs": 0.0006 / 6},
        ),
        Wrong(
            "too-small-a-sample",
            "There are only 26 windows, and all of them were averaged over. "
            "Look at the mean loss at each step, in the text.",
            {"the reason": "a"},
        ),
        Wrong(
            "clipping",
            "Without clipping the losses were the same, as the text showed. "
            "Look at the mean loss at each step.",
            {"the reason": "c"},
        ),
    ),
    hints=(
        "The loss per sequence is the sum of six letters' losses. What is the "
        "mean loss per letter?",
        "L = -ln p, so p = exp(-L), with L a sixth of the sequence's loss.",
        "For the last question: at which step of a window is nearly all of the loss?",
    ),
)


def update_case(
    rng: np.random.Generator,
    clip: float | None = None,
    scale: float = 1.0,
    largest: float = 20.0,
) -> tuple:
    V, H = draws.sizes(rng, "VH")
    parameters, gradients = (draws.arrays(rng, V, H, 0.1, 1.5) for _ in range(2))
    for gradient in gradients.values():
        gradient.flat[:2] = largest, -largest
        gradient *= scale
    lr = round(float(rng.uniform(0.3, 0.7)), 3)
    clip = clip or round(float(rng.uniform(0.3, 0.6)), 3)
    return parameters, gradients, lr, clip


def in_another_order(case: tuple) -> tuple:
    parameters, gradients, *rest = case
    return parameters, dict(reversed(gradients.items())), *rest


def with_gradient(case: tuple, value: float) -> tuple:
    """The case with one number in half of the entries of every gradient."""
    for gradient in case[1].values():
        gradient.flat[::2] = value
    return case


def moved(cut: Callable[[np.ndarray, float, float], np.ndarray]) -> Callable[..., None]:
    """An update that moves each parameter by lr times what `cut` leaves."""

    def change(parameters: Arrays, gradients: Arrays, lr: float, clip: float) -> None:
        for name, gradient in gradients.items():
            parameters[name] -= cut(gradient, lr, clip)

    return change


def each_by_norm(gradient: np.ndarray, lr: float, clip: float) -> np.ndarray:
    shorter = gradient.copy()
    clip_by_norm(shorter, clip)
    return lr * shorter


def all_by_norm(parameters: Arrays, gradients: Arrays, lr: float, clip: float) -> None:
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in gradients.values()]))
    moved(lambda g, lr, clip: lr * min(1.0, clip / norm) * g)(
        parameters, gradients, lr, clip
    )


def cut_parameters(
    parameters: Arrays, gradients: Arrays, lr: float, clip: float
) -> None:
    """The limit is used on what is updated."""
    for name, gradient in gradients.items():
        parameters[name] -= lr * gradient
        np.clip(parameters[name], -clip, clip, out=parameters[name])


def overwritten(
    parameters: Arrays, gradients: Arrays, lr: float, clip: float, sign: int = -1
) -> None:
    """Each array holds its step, and what it held before is lost."""
    for name, gradient in gradients.items():
        parameters[name][:] = sign * lr * np.clip(gradient, -clip, clip)


ask(
    "12-update",
    kind="code",
    arguments=("parameters", "gradients", "lr", "clip"),
    answers="parameters",
    case=update_case,
    changes="parameters",
    right=moved(lambda g, lr, clip: lr * np.minimum(np.abs(g), clip) * np.sign(g)),
    edges=lambda rng: {
        "gradients that are all within the limit": update_case(rng, 5.0, largest=2.0),
        "gradients that are all cut": update_case(rng, 0.01),
        "gradients of zero": with_gradient(update_case(rng), 0.0),
        "gradients in the millions": update_case(rng, 2_000.0, 1e6),
        "tiny gradients": update_case(rng, 1e-6, 1e-6),
        "gradients in another order": in_another_order(update_case(rng)),
    },
    mistakes=(
        Wrong(
            "uphill",
            "You add the gradient. It points uphill: subtract it.",
            moved(lambda g, lr, clip: -lr * np.clip(g, -clip, clip)),
        ),
        Wrong(
            "not-cut",
            "Nothing is cut. An entry of the gradient above clip becomes "
            "clip, one below -clip becomes -clip.",
            moved(lambda g, lr, clip: lr * g),
        ),
        Wrong(
            "limit-of-the-chapter",
            "You cut at a limit of your own. The limit is an argument here: clip.",
            moved(lambda g, lr, clip: lr * np.clip(g, -5, 5)),
            also=(moved(lambda g, lr, clip: lr * np.clip(g, -1, 1)),),
        ),
        Wrong(
            "cut-after-lr",
            "You cut the step, after the gradient was multiplied by lr. Cut "
            "the gradient's entries.",
            moved(lambda g, lr, clip: np.clip(lr * g, -clip, clip)),
        ),
        Wrong(
            "upper-side-only",
            "Only large positive entries are cut. The range goes from -clip to clip.",
            moved(lambda g, lr, clip: lr * np.minimum(g, clip)),
        ),
        Wrong(
            "lower-side-only",
            "Only large negative entries are cut. The range goes from -clip to clip.",
            moved(lambda g, lr, clip: lr * np.maximum(g, -clip)),
        ),
        Wrong(
            "signs-lost",
            "All entries have become positive. An entry below -clip becomes -clip.",
            moved(lambda g, lr, clip: lr * np.minimum(np.abs(g), clip)),
        ),
        Wrong(
            "each-by-norm",
            "You shorten each gradient to the length clip. That is another "
            "way of clipping; here every entry is cut by itself.",
            moved(each_by_norm),
        ),
        Wrong(
            "all-by-norm",
            "You shorten the whole gradient to the length clip. That is "
            "another way of clipping; here every entry is cut by itself.",
            all_by_norm,
        ),
        Wrong(
            "without-lr",
            "The learning rate is missing.",
            moved(lambda g, lr, clip: np.clip(g, -clip, clip)),
        ),
        Wrong(
            "limit-times-lr",
            "You multiply the limit by lr, but not the gradient. It is the other "
            "way round: lr times what is left of the gradient.",
            moved(lambda g, lr, clip: np.clip(g, -lr * clip, lr * clip)),
        ),
        Wrong(
            "large-entries-dropped",
            "You set entries beyond the limit to zero. They should become the limit.",
            moved(lambda g, lr, clip: lr * np.where(np.abs(g) > clip, 0, g)),
        ),
        Wrong(
            "parameters-cut",
            "You cut the parameters. Cut the gradient's entries.",
            cut_parameters,
        ),
        Wrong(
            "overwritten",
            "You replace the parameter with the step. Subtract the step from it: `-=`.",
            overwritten,
            also=(partial(overwritten, sign=1),),
        ),
        Wrong(
            "nothing-changed",
            "The arrays you were given have not changed. `w = w - step` and "
            "`parameters[name] = ...` make new ones, and whoever holds the old ones "
            "does not see them. Write `parameters[name] -= ...`.",
            lambda parameters, gradients, lr, clip: None,
        ),
    ),
    hints=(
        "Go through the names. np.clip(values, low, high) returns a new array "
        "with every entry within the limits.",
        "Then `-=` on the array in `parameters`, so that it is changed in place.",
        "parameters[name] -= lr * np.clip(gradients[name], -clip, clip).",
    ),
)

ask(
    "12-pendulum",
    kind="predict",
    answers=("the floor", "the number of right answers"),
    right=lambda: (
        sum(entropy(counts) for counts in ((1,), (1,), (1, 1))),
        sum(max(counts) for counts in ((1,), (1,), (1, 1))),
    ),
    within=0.005,
    mistakes=(
        Wrong(
            "one-question",
            "You count one open question. The pendulum asks after B twice.",
            {"the floor": np.log(2)},
        ),
        Wrong(
            "for-each-prediction",
            "That is the mean over the four. The question is about their sum.",
            {"the floor": np.log(2) / 2},
        ),
        Wrong(
            "in-bits",
            "That is the floor in bits. One nat is 1 / ln 2 bits: a question "
            "between two costs ln 2 nats.",
            {"the floor": 2.0},
        ),
        Wrong(
            "other-pendulum",
            "That is for the pendulum over 26 letters. This one swings over A, B, C.",
            {"the floor": 48 * np.log(2)},
            also=(
                {"the floor": 48 * np.log(2) / 50},
                {"the number of right answers": 26},
            ),
        ),
        Wrong(
            "even-guess",
            "You guess evenly among all letters. After A and after C the next "
            "letter is certain.",
            {"the floor": 4 * np.log(3)},
            also=({"the floor": 4 * np.log(26)},),
        ),
        Wrong(
            "all-open",
            "You treat all four as open. After A comes only B, and after C as well.",
            {"the floor": 4 * np.log(2)},
        ),
        Wrong(
            "among-three",
            "After B two letters can come, not three.",
            {"the floor": 2 * np.log(3)},
        ),
        Wrong(
            "both-lost",
            "After B it has to say the same letter both times. One of the two "
            "is right.",
            {"the number of right answers": 2},
        ),
        Wrong(
            "both-won",
            "Without a past it says the same letter both times after B. It "
            "cannot be right twice.",
            {"the number of right answers": 4},
        ),
    ),
    hints=(
        "Write the four transitions of A B C B A below each other. Which of "
        "them have the same letter on the left?",
        "A question between two letters that are equally frequent costs ln 2. "
        "How many such questions are asked?",
    ),
)


def entropy(counts: tuple[int, ...]) -> float:
    """What the best even-handed prediction pays for these answers, in nats."""
    return sum(n * np.log(sum(counts) / n) for n in counts)


def blind_answers() -> int:
    """How many of 26 windows a network without W_h gets right, two on."""
    windows = (np.arange(6)[:, np.newaxis] + np.arange(26)) % 26
    model = VanillaRNN(26, 64, np.random.default_rng(1))
    model.parameters["Wh"][:] = 0
    for _ in range(60):
        update(model, windows, (windows + 2) % 26, lr=0.5, frozen=("Wh",))
    return int((model.predict_next(windows) == (windows[-1] + 2) % 26).sum())


ask(
    "12-two",
    kind="experiment",
    answers=("whether it needs memory", "the number of right windows"),
    right=cache(lambda: ("no", blind_answers())),
    mistakes=(
        Wrong(
            "needs-the-past",
            "Does a letter leave any doubt about the one two places on? After A "
            "it is C, whatever came before.",
            {"whether it needs memory": "yes"},
        ),
        Wrong(
            "none-right",
            "You expect it to fail without W_h. Run it: each letter has "
            "one answer, as before.",
            {"the number of right windows": 0},
        ),
        Wrong(
            "an-even-guess",
            "That is what an even guess gets. Run it: each letter has one answer, "
            "as before.",
            {"the number of right windows": 1},
        ),
        Wrong(
            "all-predictions",
            "You count every prediction in the windows. Count only what each of "
            "the 26 windows says at its end.",
            {"the number of right windows": 156},
        ),
        Wrong(
            "without-the-end",
            "You leave out the last two letters. After Z comes A again: Y "
            "and Z have an answer too.",
            {"the number of right windows": 24},
        ),
    ),
    hints=(
        "What is the floor of a table of pairs for this task?",
        "Each letter has one successor two places on. Train with W_h at zero "
        "and count.",
    ),
)


def split_case(
    rng: np.random.Generator,
    length: int | None = None,
    pieces: int | None = None,
    of_test: int | None = None,
) -> tuple:
    length = length or int(rng.integers(2, 5))
    first = pieces or int(rng.integers(4, 9))
    second = of_test or int(rng.integers(2, 4))
    kept_back = second + length - 1
    text = rng.permutation(first + length - 1 + kept_back + 10)[:-10]
    return text, length, kept_back


def many_words(case: tuple) -> tuple:
    """The same with ids too large for a byte."""
    ids, *rest = case
    return 1000 - np.array(ids), *rest


def in_few_letters(case: tuple, letters: int) -> tuple:
    """The case with a text of a few letters, again and again in the same order."""
    text, *rest = case
    return np.arange(len(text)) % letters, *rest


def cut(text: np.ndarray, length: int) -> np.ndarray:
    """All pieces of a text, a row each."""
    starts = range(len(text) - length + 1)
    return np.array([text[start : start + length] for start in starts])


def split(text: np.ndarray, length: int, kept_back: int) -> tuple:
    """Split a text, then cut each part."""
    border = len(text) - kept_back
    return cut(text[:border], length), cut(text[border:], length)


def first_cut(text: np.ndarray, length: int, kept_back: int) -> tuple:
    """Cut it, and then split the pieces, in the order of the text."""
    pieces = cut(text, length)
    number = kept_back - length + 1
    return pieces[:-number], pieces[-number:]


ask(
    "12-fault",
    kind="bug",
    arguments=("text", "length", "kept_back"),
    answers=("training", "test"),
    case=split_case,
    right=split,
    edges=lambda rng: {
        "one piece that is kept back": split_case(rng, of_test=1),
        "one piece to train on": split_case(rng, pieces=1),
        "a text whose letters come again": in_few_letters(split_case(rng), 3),
        "a text of a single letter": in_few_letters(split_case(rng), 1),
        "pieces of one letter": split_case(rng, length=1),
        "long pieces": split_case(rng, length=12),
        "a long text": split_case(rng, pieces=150, of_test=60),
        "a vocabulary of a thousand words": many_words(split_case(rng)),
    },
    mistakes=(
        Wrong(
            "cut-first",
            "Your last pieces for training hold letters that are kept back. Split "
            "the text before you cut it into pieces.",
            first_cut,
        ),
        Wrong(
            "pieces-for-letters",
            "Your first pieces for the test hold letters of the other part. "
            "kept_back counts letters, not pieces.",
            lambda text, length, kept_back: {"test": cut(text, length)[-kept_back:]},
            also=(
                lambda text, length, kept_back: (
                    cut(text, length)[:-kept_back],
                    cut(text, length)[-kept_back:],
                ),
            ),
        ),
        Wrong(
            "gap-between",
            "A piece is missing at the end of the training part. It touches the "
            "part that is kept back, but holds no letter of it.",
            lambda *a: {"training": split(*a)[0][:-1]},
        ),
        Wrong(
            "test-at-the-front",
            "You keep back the beginning of the text. Keep back the end.",
            lambda text, length, kept_back: (
                cut(text[kept_back:], length),
                cut(text[:kept_back], length),
            ),
        ),
        Wrong(
            "exchanged",
            "You have swapped the two parts: training first, test second.",
            lambda *a: split(*a)[::-1],
        ),
        Wrong(
            "last-piece-missing",
            "The last piece of each part is missing. A text of n letters has "
            "n - length + 1 pieces.",
            lambda *a: tuple(pieces[:-1] for pieces in split(*a)),
        ),
        Wrong(
            "one-behind-the-other",
            "Your pieces do not overlap. Within each part a piece begins at every "
            "letter.",
            lambda *a: tuple(pieces[:: a[1]] for pieces in split(*a)),
        ),
        Wrong(
            "pieces-in-columns",
            "Each piece is a column. Here a piece is a row.",
            lambda *a: tuple(pieces.T for pieces in split(*a)),
        ),
        Wrong(
            "each-piece-once",
            "You drop repeated pieces. Each place where a piece begins has "
            "its own row.",
            lambda *a: tuple(
                np.array(list(dict.fromkeys(map(tuple, pieces.tolist()))))
                for pieces in split(*a)
            ),
        ),
    ),
    hints=(
        "How many letters does a piece share with the piece that begins one "
        "letter later?",
        "So no split of the pieces keeps them apart. Split the text, and cut "
        "each of the two parts.",
        "np.array([part[i:i + length] for i in range(len(part) - length + 1)]) "
        "cuts one part.",
    ),
)


def next_case(rng: np.random.Generator, **given: int) -> tuple[Arrays, np.ndarray]:
    names = "VHTB"
    drawn = zip(names, draws.sizes(rng, names), strict=True)
    V, H, T, B = (given.get(name, size) for name, size in drawn)
    return draws.arrays(rng, V, H), rng.integers(V, size=(T, B))


def long_ago(rng: np.random.Generator, scale: float = 1.0) -> tuple[Arrays, np.ndarray]:
    """Word 0 changes nothing, and every other one is kept, and is the answer.

    Where numbers are lost the answer is 0, which is always wrong. Each word has
    signs of its own; a unit keeps its sign for ever.
    """
    signs = 2.0 * (np.arange(1, 8)[:, np.newaxis] >> np.arange(3) & 1) - 1
    words = np.concatenate([np.zeros((1, 3)), rng.permutation(signs)])
    parameters = {
        "Wx": scale * words.T,
        "Wh": 1.5 * np.eye(3),
        "Wy": words,
        "bh": np.zeros(3),
        "by": np.zeros(8),
    }
    ids = np.zeros((20, 7), int)
    ids[0] = rng.permutation(np.arange(1, 8))
    return parameters, ids


def shifted_logits(case: tuple, shift: float) -> tuple:
    """The case with a number added to all logits: no answer changes."""
    parameters, ids = case
    return parameters | {"by": parameters["by"] + shift}, ids


def read(parameters: Arrays, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return VanillaRNN.from_parameters(parameters).forward(ids)


def in_columns(
    parameters: Arrays,
    ids: np.ndarray,
    bend: Callable[[np.ndarray, np.ndarray], np.ndarray] = lambda a, bh: np.tanh(
        a + bh
    ),
) -> np.ndarray:
    """The last logits, shape (V, B), as the solution computes them."""
    p = SimpleNamespace(**parameters)
    h = np.zeros((len(p.bh), ids.shape[1]))
    for step in ids:
        h = bend(p.Wx[:, step] + p.Wh @ h, p.bh[:, np.newaxis])
    return p.Wy @ h + p.by[:, np.newaxis]


def bent(
    bend: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> Callable[[Arrays, np.ndarray], np.ndarray]:
    """The answer of a network with another function than tanh."""
    return lambda parameters, ids: in_columns(parameters, ids, bend).argmax(axis=0)


def without(*names: str) -> Callable[[Arrays, np.ndarray], np.ndarray]:
    """The answer of a network in which some parameters are zero."""

    def answer(parameters: Arrays, ids: np.ndarray) -> np.ndarray:
        zeros = {name: 0 * parameters[name] for name in names}
        return read(parameters | zeros, ids)[1][-1].argmax(axis=-1)

    return answer


def in_a_row(name: str, parameters: Arrays, ids: np.ndarray) -> None:
    """Raises because a bias is added along the sequences."""
    np.zeros((len(parameters[name]), ids.shape[1])) + parameters[name]


def words_beside(axes: str, parameters: Arrays, ids: np.ndarray) -> None:
    """Raises because rows of V numbers are added to states."""
    sizes = {"H": len(parameters["bh"]), "B": ids.shape[1]}
    rows = np.zeros((sizes["B"], len(parameters["by"])))
    rows + np.zeros([sizes[axis] for axis in axes])


def powers(parameters: Arrays, ids: np.ndarray) -> np.ndarray:
    """exp of the last logits, which overflows."""
    return np.exp(read(parameters, ids)[1][-1])


ask(
    "12-next",
    kind="code",
    arguments=("parameters", "ids"),
    answers="next",
    case=next_case,
    draws=30,
    right=lambda parameters, ids: VanillaRNN.from_parameters(parameters).predict_next(
        ids
    ),
    edges=lambda rng: {
        "sequences of one step": next_case(rng, T=1, B=40),
        "one sequence": next_case(rng, B=1),
        "more steps than usual": next_case(rng, T=12, B=40),
        "words that were read twenty steps ago": long_ago(rng),
        "a single hidden unit": next_case(rng, H=1, B=40),
        "many more hidden units than words": next_case(rng, H=11, V=3, B=40),
        "many more words than hidden units": next_case(rng, H=3, V=11, B=40),
        "as many sequences as hidden units": next_case(rng, H=8, B=8),
        "pre-activations in the thousands": long_ago(rng, 10_000.0),
        "logits above 1000": shifted_logits(long_ago(rng), 2000.0),
        "logits below -1000": shifted_logits(long_ago(rng), -2000.0),
    },
    mistakes=(
        Wrong(
            "state-lost",
            "Each letter is read from a state of zeros: W_h does nothing. Carry "
            "h from step to step.",
            without("Wh"),
        ),
        Wrong(
            "after-the-first",
            "You answer after the first step. Read on, and predict from the "
            "last state.",
            lambda parameters, ids: read(parameters, ids)[1][0].argmax(-1),
        ),
        Wrong(
            "after-each-step",
            "You answer after every step. Return only the last prediction: "
            "one id for each sequence.",
            lambda parameters, ids: read(parameters, ids)[1].argmax(-1),
        ),
        Wrong(
            "the-logits",
            "You return a number for each word. The answer is the id of the word "
            "with the largest one.",
            lambda parameters, ids: read(parameters, ids)[1][-1],
            also=(
                in_columns,
                lambda parameters, ids: softmax(read(parameters, ids)[1][-1]),
                lambda parameters, ids: softmax(read(parameters, ids)[1][-1]).T,
            ),
        ),
        Wrong(
            "the-largest-logit",
            "You return the largest logits. The answer is the ids of their words: "
            "argmax for max.",
            lambda parameters, ids: read(parameters, ids)[1][-1].max(axis=-1),
        ),
        Wrong(
            "one-for-all",
            "You look for the largest of all logits at once. Each sequence has an "
            "answer of its own: argmax with an axis.",
            lambda parameters, ids: read(parameters, ids)[1][-1].argmax(),
            also=(lambda parameters, ids: in_columns(parameters, ids).argmax(),),
        ),
        Wrong(
            "among-the-sequences",
            "You look for the largest among the sequences. Look for the largest "
            "among the words, for each sequence: mind the axis.",
            lambda parameters, ids: read(parameters, ids)[1][-1].argmax(0),
            # Sequences alike tie, and rounding decides between them.
            (lambda parameters, ids: in_columns(parameters, ids).argmax(-1),),
        ),
        Wrong(
            "the-least-likely",
            "You take the word with the smallest logit.",
            lambda parameters, ids: read(parameters, ids)[1][-1].argmin(-1),
        ),
        Wrong(
            "the-last-read",
            "You return the word that was read last.",
            lambda parameters, ids: ids[-1],
        ),
        Wrong(
            "bias-as-a-row",
            "States in columns have the shape (H, B), and a bias of shape (H,) is "
            "added along their rows. Give it a second axis: bh[:, np.newaxis].",
            lambda parameters, ids: in_a_row("bh", parameters, ids),
            also=(lambda parameters, ids: in_a_row("by", parameters, ids),),
        ),
        Wrong(
            "row-of-wx",
            "What you look up for the words does not fit. Is it Wx[ids[t]]? That takes "
            "rows of Wx, and a row belongs to a unit. A word has a column: "
            "Wx[:, ids[t]].",
            lambda parameters, ids: parameters["Wx"][ids[0]],
            also=(
                lambda parameters, ids: words_beside("HB", parameters, ids),
                lambda parameters, ids: words_beside("BH", parameters, ids),
            ),
        ),
        Wrong(
            "ids-as-vectors",
            "You multiply by the ids as if they were one-hot vectors. They are the "
            "numbers of the words: look up columns of Wx, with Wx[:, ids[t]].",
            lambda parameters, ids: parameters["Wx"] @ ids[0],
            also=(lambda parameters, ids: ids[0] @ parameters["Wx"].T,),
        ),
        Wrong(
            "wh-turned",
            "You multiply by the transpose of W_h. It is Wh @ h with states in "
            "columns, and h @ Wh.T with states in rows.",
            lambda parameters, ids: read(
                parameters | {"Wh": parameters["Wh"].T.copy()}, ids
            )[1][-1].argmax(-1),
        ),
        Wrong("no-tanh", "The tanh is missing.", bent(np.add)),
        Wrong(
            "another-function",
            "You use the sigmoid or ReLU. This book's hidden layer has tanh.",
            bent(lambda a, bh: 1 / (1 + np.exp(-a - bh))),
            also=(bent(lambda a, bh: np.maximum(a + bh, 0)),),
        ),
        Wrong(
            "tanh-by-exp",
            "With large pre-activations exp gives inf, and inf / inf is not a number. "
            "np.tanh has no such problem.",
            bent(
                lambda a, bh: (
                    (np.exp(a + bh) - np.exp(-a - bh))
                    / (np.exp(a + bh) + np.exp(-a - bh))
                )
            ),
        ),
        Wrong(
            "exp-overflows",
            "With large logits exp gives inf or 0, and all words look alike. You do "
            "not need the softmax here: take the argmax of the logits.",
            lambda parameters, ids: powers(parameters, ids).argmax(axis=-1),
            also=(
                lambda parameters, ids: (
                    powers(parameters, ids)
                    / powers(parameters, ids).sum(axis=-1, keepdims=True)
                ).argmax(axis=-1),
            ),
        ),
        Wrong("without-bh", "The bias b_h is missing.", without("bh")),
        Wrong("without-by", "The bias b_y is missing.", without("by")),
        Wrong("without-biases", "Both biases are missing.", without("bh", "by")),
    ),
    hints=(
        "h has shape (H, B) or (B, H): one state for each sequence, zeros at "
        "first. Each step reads one row of ids.",
        "Wx[:, ids[t]] has shape (H, B): the columns of the words that the "
        "sequences read at step t.",
        "h = np.tanh(Wx[:, ids[t]] + Wh @ h + bh[:, np.newaxis]). After the "
        "last step the logits are Wy @ h + by[:, np.newaxis], and the answer "
        "is their argmax over the words.",
    ),
)


@cache
def pushed() -> tuple[str, ...]:
    """The chapter's counter, moved to another place by more and more."""
    counter = VanillaRNN(27, 32, np.random.default_rng(1), 1 / np.sqrt(32))
    full = (np.arange(31)[:, np.newaxis] + np.arange(26)) % 26
    ids = np.full((30, 26), 26)
    ids[0] = full[0]
    for _ in range(800):
        update(counter, ids, full[1:], lr=0.1, clip=1.0, clip_by="norm")
    alone = np.full((261, 1), 26)
    alone[0] = 0
    hidden, _ = counter.forward(alone)
    states = hidden[130:156, 0]
    places, _ = principal_components(states, 6)
    directions = np.linalg.pinv(places) @ (states - states.mean(axis=0))
    blank, before, other = np.full((60, 1), 26), hidden[130], hidden[140]

    def goes(change: np.ndarray) -> str:
        _, logits = counter.forward(blank, before + change)
        said = logits[:14, 0].argmax(-1)
        first = 131 + np.arange(14)
        return (
            "old"
            if np.array_equal(said, (first + 1) % 26)
            else "new"
            if np.array_equal(said, (first + 11) % 26)
            else "neither"
        )

    return (
        goes(other - before),
        *(
            goes((places[10] - places[0])[:number] @ directions[:number])
            for number in (2, 4, 6)
        ),
        goes(0.1 * (other - before)),
    )


ask(
    "12-push",
    kind="experiment",
    answers=(
        "the whole state",
        "the first 2 components",
        "the first 4 components",
        "the first 6 components",
        "the small push",
    ),
    right=pushed,
    mistakes=(
        Wrong(
            "counts-elsewhere",
            "Where else could it keep count? It reads blanks. The state is "
            "all that it has.",
            {"the whole state": "old"},
        ),
        Wrong(
            "picture-is-enough",
            "You trust the picture, but two components are two of many. Move the "
            "state in them alone, and see what it says.",
            {"the first 2 components": "new"},
        ),
        Wrong(
            "picture-is-nothing",
            "You expect the plane of the picture to do nothing. Try it: it does "
            "move the count, though not to the right place.",
            {"the first 2 components": "old"},
        ),
        Wrong(
            "four-are-enough",
            "You expect the second ring to settle it. Try it.",
            {"the first 4 components": "new"},
        ),
        Wrong(
            "four-are-nothing",
            "You expect four components to do nothing. Try it: they do move the "
            "count, though not to the right place.",
            {"the first 4 components": "old"},
        ),
        Wrong(
            "never-enough",
            "You expect six components to be too few. Try it: three rings are enough.",
            {"the first 6 components": "neither"},
            also=({"the first 6 components": "old"},),
        ),
        Wrong(
            "small-push-counts",
            "You expect a tenth of the way to move the count. Look at how far "
            "apart the two states are twenty steps later.",
            {"the small push": "neither"},
            also=({"the small push": "new"},),
        ),
    ),
    hints=(
        "With before, other = hidden[130], hidden[140]: my_says(before) is "
        'what "old" says, and my_says(other), the whole state, what "new" '
        "says.",
        "Of change = other - before, the part along one direction v is "
        "(change @ v) * v: its size along v, times v.",
        "my_says(before + sum((change @ v) * v for v in my_directions(2))), "
        "then the same with 4 and 6. The small push is my_says(before + 0.1 * "
        "change).",
    ),
)

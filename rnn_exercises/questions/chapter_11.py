"""The exercises of chapter 11: layers."""

from collections.abc import Callable
from functools import partial

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import batch_slips, draws, from_registry
from rnn_exercises.questions.project_15 import PARTS
from rnn_exercises.questions.shapes import Shape
from rnn_exercises.registry import ask
from rnn_src.functions import cross_entropy, one_hot, softmax
from rnn_src.layers import HiddenLayer, InputLayer, OutputLayer, rows
from rnn_src.mistakes import Case
from rnn_src.model import VanillaRNN
from rnn_src.parameters import NAMES

Arrays = dict[str, np.ndarray]


def measured_shapes(T: int = 20, B: int = 16, H: int = 64, V: int = 26):
    """The shapes of a real pass, there and back."""
    model = VanillaRNN(V, H, np.random.default_rng(0))
    ids = np.zeros((T, B), int)
    states = model.hidden_layer.forward(
        model.input_layer.forward(ids), np.zeros((B, H))
    )
    logits = model.output_layer.forward(states[1:])
    _, _, dh = model.output_layer.backward(logits, states[1:])
    _, _, da, carry = model.hidden_layer.backward(dh, states)
    dWx, _ = model.input_layer.backward(da, ids)
    turned_rows = logits.reshape(-1, V).T
    arrays = {
        "T + 1, B, H": states,
        "T, B, V": logits,
        "V, T * B": turned_rows,
        "T, B, H": da,
        "B, H": carry,
        "H, V": dWx,
    }
    return (
        *(Shape(array.shape, axes.split(", ")) for axes, array in arrays.items()),
        states.size,
    )


ask(
    "11-shapes",
    kind="predict",
    answers=(
        "states",
        "logits",
        "rows(dlogits).T",
        "da",
        "carry",
        "dWx",
        "numbers in states",
    ),
    right=measured_shapes,
    mistakes=(
        Wrong(
            "without-h0",
            "Your states lack one step. The initial state comes in front.",
            {"states": [20, 16, 64], "numbers in states": 20 * 16 * 64},
            also=({"states": [20, 16, 64]},),
        ),
        Wrong(
            "size-without-h0",
            "You count the numbers of 20 steps. `states` holds h_0 too.",
            {"numbers in states": 20 * 16 * 64},
        ),
        Wrong(
            "batch-first",
            "You put the sequences first. In this book time comes first: (T, B, n).",
            {"states": [16, 21, 64], "logits": [16, 20, 26], "da": [16, 20, 64]},
        ),
        Wrong(
            "one-step-too-many",
            "There is one da for each step that was read, and none for h_0.",
            {"da": [21, 16, 64]},
        ),
        Wrong(
            "not-turned",
            "That is rows(dlogits), not its transpose.",
            {"rows(dlogits).T": [320, 26]},
        ),
        Wrong(
            "rows-forgotten",
            "rows stacks all steps of all sequences: T and B "
            "become one axis, with T * B rows. Then `.T` transposes it.",
            {"rows(dlogits).T": [26, 20, 16]},
            also=(
                {"rows(dlogits).T": [26, 16, 20]},
                {"rows(dlogits).T": [20, 16, 26]},
            ),
        ),
        Wrong(
            "carry-of-one",
            "The carry is for all sequences at once, with a row for each.",
            {"carry": [1, 64]},
            also=({"carry": [64]},),
        ),
        Wrong(
            "dwx-turned",
            "A gradient has the shape of its weight: dWx has a column for each word.",
            {"dWx": [26, 64]},
        ),
    ),
    hints=(
        "Time first, then the sequences, then the entries. A gradient has the "
        "shape of what it belongs to.",
        "rows stacks all steps of all sequences: T * B rows.",
        "The carry is what one step sends to the previous one: one row for each "
        "sequence, and no axis for time.",
    ),
)


def halfway() -> tuple[str, str]:
    """Whether half of each word is read halfway between the two."""
    model = VanillaRNN(6, 8, np.random.default_rng(0), scale=0.5)
    words = np.zeros((1, 3, 6))
    words[0, 0, [1, 2]], words[0, 1, 1], words[0, 2, 2] = 0.5, 1.0, 1.0
    h = model.forward(words)[0][0]
    return tuple(
        "yes" if np.allclose(half, (one + other) / 2) else "no"
        for half, one, other in (h, np.arctanh(h))
    )


ask(
    "11-dense",
    kind="predict",
    answers=(
        "whether the hidden state is halfway",
        "whether the pre-activation is halfway",
    ),
    right=halfway,
    mistakes=(
        Wrong(
            "tanh-is-straight",
            "tanh does not keep the middle. It is a curve: the tanh of the "
            "mean is not the mean of the tanhs.",
            {"whether the hidden state is halfway": "yes"},
        ),
        Wrong(
            "product-bends",
            "The pre-activation does keep the middle. A matrix times half "
            "of one vector plus half of another is half of each product.",
            {"whether the pre-activation is halfway": "no"},
        ),
    ),
    hints=(
        "Write the pre-activation of the mixed word: W_x times (x + x') / 2. "
        "What does a matrix do with a sum?",
        "Then: is tanh((a + b) / 2) equal to (tanh(a) + tanh(b)) / 2? Try two numbers.",
    ),
)


def mean_case(rng: np.random.Generator) -> tuple:
    T, B = draws.sizes(rng, "TB")
    return T, B, round(float(rng.uniform(0.05, 0.4)), 3)


def both_losses(T: int, B: int, lr: float) -> tuple[float, float]:
    """By two losses of the same logits."""
    logits = np.random.default_rng(0).normal(size=(T, B, 4))
    losses = cross_entropy(logits, np.zeros((T, B), int))
    ratio = losses.sum(axis=0).mean() / losses.mean()
    return ratio, lr * ratio


ask(
    "11-mean",
    kind="derive",
    arguments=("T", "B", "lr"),
    answers=("ratio", "their lr"),
    case=mean_case,
    draws=12,
    right=both_losses,
    edges=lambda rng: {
        "a single step": (1, 4, 0.1),
        "a single sequence": (5, 1, 0.1),
        "a hundred steps and more": (250, 32, 0.02),
        "a learning rate above 1": (5, 3, 2.5),
    },
    mistakes=(
        Wrong(
            "divided-by-b",
            "You bring in B, but both divide by B. Only one of the two divides by "
            "the steps.",
            lambda T, B, lr: (B, lr * B),
            also=(
                lambda T, B, lr: {"ratio": B},
                lambda T, B, lr: {"their lr": lr * B},
            ),
        ),
        Wrong(
            "divided-by-both",
            "Ours is a mean over the sequences too: B appears in both.",
            lambda T, B, lr: (T * B, lr * T * B),
            also=(
                lambda T, B, lr: {"ratio": T * B},
                lambda T, B, lr: {"their lr": lr * T * B},
            ),
        ),
        Wrong(
            "turned-round",
            "You have it the wrong way round: which of the two divides by more?",
            lambda T, B, lr: (1 / T, lr / T),
            also=(lambda T, B, lr: {"ratio": 1 / T},),
        ),
        Wrong(
            "lr-smaller",
            "The colleague's gradient is the smaller one. To move as far, "
            "the learning rate has to be larger.",
            lambda T, B, lr: {"their lr": lr / T},
        ),
        Wrong(
            "same-lr",
            "With the same learning rate the two do not move equally far.",
            lambda T, B, lr: {"their lr": lr},
        ),
        Wrong(
            "lr-of-the-text",
            "You write 0.1 for our learning rate. It is an argument here: lr.",
            lambda T, B, lr: {"their lr": 0.1 * T},
        ),
        Wrong(
            "factor-for-lr",
            "T is the factor between the two learning rates. The colleague's is "
            "ours times that.",
            lambda T, B, lr: {"their lr": T},
        ),
    ),
    hints=(
        "Write both losses as a sum over all T * B predictions, and look at "
        "what each is divided by.",
        "Ours is divided by B, the colleague's by T * B. The gradients have "
        "the same ratio as the losses.",
    ),
)


def sized(rng: np.random.Generator, names: str, **given: int) -> tuple[int, ...]:
    """A size for each letter: the given one, or one of `draws.sizes`."""
    drawn = zip(names, draws.sizes(rng, names), strict=True)
    return tuple(given.get(name, size) for name, size in drawn)


def odd_sizes(rng: np.random.Generator, case: Callable[..., tuple]) -> dict[str, tuple]:
    """Cases whose sizes are those that programs are wrong at."""
    return {
        "a single step": case(rng, T=1),
        "a single sequence": case(rng, B=1),
        "more steps than usual": case(rng, T=12),
        "a single hidden unit": case(rng, H=1),
        "many more hidden units than words": case(rng, H=11, V=3),
        "many more words than hidden units": case(rng, H=3, V=11),
    }


def batch_of_gradients(
    rng: np.random.Generator, scale: float = 1.0, **given: int
) -> tuple:
    V, H, T, B = sized(rng, "VHTB", **given)
    return (
        rng.normal(0, scale, size=(T, B, V)),
        rng.normal(size=(T, B, H)),
        np.array(draws.matrix(rng, V, H)),
    )


def output_backward(
    dlogits: np.ndarray, hidden: np.ndarray, Wy: np.ndarray
) -> tuple[np.ndarray, ...]:
    return OutputLayer(Wy, np.zeros(len(Wy))).backward(dlogits, hidden)


def returned_early(
    dlogits: np.ndarray, hidden: np.ndarray, Wy: np.ndarray, *, sequences: int | None
) -> tuple[np.ndarray, ...]:
    """What there is after some sequences of the first step."""
    done = np.zeros_like(dlogits)
    done[0, :sequences] = dlogits[0, :sequences]
    return output_backward(done, hidden, Wy)


def paired(
    dlogits: np.ndarray, hidden: np.ndarray, *, turn: bool
) -> dict[str, np.ndarray]:
    """dWy with the steps and sequences of one factor exchanged."""
    one, other = (dlogits.swapaxes(0, 1), hidden) if turn else (dlogits, hidden)
    other = other if turn else other.swapaxes(0, 1)
    return {"dWy": rows(one).T @ rows(other)}


ask(
    "11-loop",
    kind="code",
    arguments=("dlogits", "hidden", "Wy"),
    answers=("dWy", "dby", "dh"),
    axes={"dlogits": "TBV", "hidden": "TBH"},
    case=batch_of_gradients,
    right=output_backward,
    edges=lambda rng: (
        odd_sizes(rng, batch_of_gradients)
        | {
            "gradients in the thousands": batch_of_gradients(rng, 10_000.0),
            "tiny gradients": batch_of_gradients(rng, 1e-7),
        }
    ),
    mistakes=(
        Wrong(
            "outer-turned",
            "dWy, or the outer product that you add to it, is the wrong way "
            "round. dWy has a row for each word, like Wy: the gradient of the "
            "logits comes first, the state second.",
            lambda dlogits, hidden, Wy: batch_slips.outer_turned(Wy),
            also=(lambda *a: {"dWy": output_backward(*a)[0].T},),
        ),
        Wrong(
            "wy-not-turned",
            "A product with Wy does not fit. Forwards, Wy makes V numbers out of H; "
            "backwards, make H out of V: Wy.T @ dlogits[t, b], or "
            "with rows dlogits[t] @ Wy.",
            lambda dlogits, hidden, Wy: Wy @ dlogits[0, 0],
            also=(lambda dlogits, hidden, Wy: dlogits @ Wy.T,),
        ),
        Wrong(
            "wy-reshaped",
            "You gave W_y the shape (H, V) by `reshape`, which mixes up the "
            "weights. The transpose keeps each weight with its unit: Wy.T.",
            lambda dlogits, hidden, Wy: {"dh": dlogits @ Wy.reshape(Wy.shape[::-1]).T},
        ),
        Wrong(
            "returned-early",
            "You return from inside the loop: only the beginning of the first "
            "step is there. `return` belongs after both loops.",
            partial(returned_early, sequences=1),
            also=(partial(returned_early, sequences=None),),
        ),
        Wrong(
            "last-pair-only",
            "Your dWy holds only the share of the last step of the last sequence. "
            "Add up all the shares.",
            lambda dlogits, hidden, Wy: {
                "dWy": np.outer(dlogits[-1, -1], hidden[-1, -1])
            },
        ),
        Wrong(
            "last-step-only",
            "Your dWy holds only the shares of the last step. Add up all steps.",
            lambda dlogits, hidden, Wy: {"dWy": dlogits[-1].T @ hidden[-1]},
        ),
        Wrong(
            "mixed-up",
            "Your dWy pairs the gradients of one step and sequence with the "
            "state of another. Time and sequence are swapped in one of "
            "the two.",
            lambda dlogits, hidden, Wy: paired(dlogits, hidden, turn=True),
            also=(lambda dlogits, hidden, Wy: paired(dlogits, hidden, turn=False),),
        ),
        Wrong(
            "dby-last-only",
            "Your dby comes from the last step of the last sequence. Add up all.",
            lambda dlogits, hidden, Wy: {"dby": dlogits[-1, -1]},
        ),
        Wrong(
            "dby-last-step-only",
            "Your dby comes from the last step alone. Add up all steps.",
            lambda dlogits, hidden, Wy: {"dby": dlogits[-1].sum(axis=0)},
        ),
        Wrong(
            "dby-for-each-sequence",
            "Your dby has a row for each sequence. b_y is one vector: add "
            "over the sequences too.",
            lambda dlogits, hidden, Wy: {"dby": dlogits.sum(axis=0)},
        ),
        Wrong(
            "dby-for-each-step",
            "Your dby has a row for each step. b_y is one vector: add over the "
            "steps too.",
            lambda dlogits, hidden, Wy: {"dby": dlogits.sum(axis=1)},
        ),
        Wrong(
            "dh-summed",
            "You add up dh. Each state has a gradient of its own: only a shared "
            "weight gets a sum.",
            lambda dlogits, hidden, Wy: {"dh": (dlogits @ Wy).sum(axis=0)},
            also=(
                lambda dlogits, hidden, Wy: {"dh": (dlogits @ Wy).sum(axis=1)},
                lambda dlogits, hidden, Wy: {"dh": (dlogits @ Wy).sum(axis=(0, 1))},
            ),
        ),
    ),
    hints=(
        "You need three arrays of zeros, in the shapes of Wy, b_y and hidden, "
        "and two loops, over t and b.",
        "Inside, it is chapter 5: dWy += np.outer(dlogits[t, b], hidden[t, b])",
        "dby += dlogits[t, b], and dh[t, b] = Wy.T @ dlogits[t, b].",
    ),
)


def sequences(
    rng: np.random.Generator, scale: float = 1.0, **given: int
) -> tuple[Arrays, np.ndarray, np.ndarray]:
    V, H, T, B = sized(rng, "VHTB", **given)
    parameters = draws.arrays(rng, V, H)
    for name in ("Wx", "bh"):
        parameters[name] *= scale
    h0 = np.array([draws.state(rng, H) for _ in range(B)])
    return parameters, rng.integers(V, size=(T, B)), h0


def one_word(arguments: tuple, word: int) -> tuple:
    """The case with one word read in all its places."""
    parameters, ids, *rest = arguments
    return parameters, np.full_like(ids, word), *rest


def from_zero(arguments: tuple) -> tuple:
    """The case with zeros for the states before the first step."""
    *rest, h0 = arguments
    return *rest, 0 * h0


def forward(
    parameters: Arrays, ids: np.ndarray, h0: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    hidden, logits = VanillaRNN.from_parameters(parameters).forward(ids, h0)
    return np.concatenate([h0[np.newaxis], hidden]), logits


def with_zeros(*names: str) -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """The forward pass of a network in which some parameters are zero."""
    return lambda parameters, ids, h0: forward(
        parameters | {name: 0 * parameters[name] for name in names}, ids, h0
    )


def turned(name: str) -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """The forward pass of a network in which a square matrix is turned."""
    return lambda parameters, ids, h0: forward(
        parameters | {name: parameters[name].T.copy()}, ids, h0
    )


def walked(
    parameters: Arrays,
    ids: np.ndarray,
    h0: np.ndarray,
    *,
    bend: Callable[[np.ndarray, np.ndarray], np.ndarray] = lambda a, bh: np.tanh(
        a + bh
    ),
    always_h0: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """The forward pass, with something else than tanh or than the state before."""
    Wx, Wh, Wy, bh, by = (parameters[name] for name in NAMES)
    states = [h0]
    for step in ids:
        before = h0 if always_h0 else states[-1]
        states.append(bend(Wx.T[step] + before @ Wh.T, bh))
    return np.array(states), np.array(states[1:]) @ Wy.T + by


def after_logits(
    change: Callable[[np.ndarray], np.ndarray],
) -> Callable[..., dict[str, np.ndarray]]:
    """The forward pass with something done to the logits."""
    return lambda *a: {"logits": change(forward(*a)[1])}


ask(
    "11-forward",
    kind="code",
    arguments=("parameters", "ids", "h0"),
    answers=("states", "logits"),
    axes={"ids": "TB", "h0": "BH"},
    case=sequences,
    right=forward,
    edges=lambda rng: (
        odd_sizes(rng, sequences)
        | {
            "the word with id 0 again and again": one_word(sequences(rng), 0),
            "first states of zero": from_zero(sequences(rng)),
            "pre-activations in the thousands": sequences(rng, 10_000.0, H=9),
        }
    ),
    mistakes=(
        Wrong(
            "h0-left-out",
            "h_0 is missing from your states. The backward pass needs it: put it in "
            "front.",
            lambda *a: {"states": forward(*a)[0][1:]},
            also=(lambda *a: tuple(array[1:] for array in forward(*a)),),
        ),
        Wrong(
            "logits-of-h0",
            "You predict from h_0 as well. A prediction follows each word "
            "that was read: states[1:].",
            lambda parameters, ids, h0: {
                "logits": forward(parameters, ids, h0)[0] @ parameters["Wy"].T
                + parameters["by"]
            },
        ),
        Wrong(
            "logits-from-before",
            "You predict from the state before the word was read: each "
            "prediction comes one step too early.",
            lambda parameters, ids, h0: {
                "logits": forward(parameters, ids, h0)[0][:-1] @ parameters["Wy"].T
                + parameters["by"]
            },
        ),
        Wrong(
            "from-zeros",
            "You begin with zeros. h0 is given.",
            lambda parameters, ids, h0: forward(parameters, ids, 0 * h0),
        ),
        Wrong(
            "columns-for-rows",
            "Your states are rows, (B, H), and you multiply as if they were "
            "columns. With rows a matrix comes second, and transposed: h @ Wh.T for "
            "Wh @ h, and states[1:] @ Wy.T for the logits.",
            batch_slips.matrix_first,
        ),
        Wrong(
            "row-of-wx",
            "What you look up for the words does not fit. Is it Wx[step]? That "
            "takes rows of Wx, and a row belongs to a unit. A word has a column: "
            "Wx.T[step] gives those of B words, as rows.",
            batch_slips.row_of_wx,
            also=(batch_slips.rows_of_wx, batch_slips.words_beside_states),
        ),
        Wrong(
            "columns-beside-rows",
            "You add columns, (H, B), to rows, (B, H). Everything has to be "
            "in rows: Wx.T[step] for Wx[:, step], and h @ Wh.T for "
            "Wh @ h.T.",
            batch_slips.columns_of_wx,
        ),
        Wrong(
            "wh-turned",
            "With states in rows it is h @ Wh.T. You multiply by Wh as it "
            "is, and the shapes fit all the same.",
            turned("Wh"),
        ),
        Wrong(
            "ids-as-vectors",
            "You multiply by the ids as if they were one-hot vectors. They are the "
            "numbers of the words: look up columns of Wx, with Wx.T[step].",
            lambda parameters, ids, h0: parameters["Wx"] @ ids[0],
            also=(
                lambda parameters, ids, h0: ids[0] @ parameters["Wx"].T,
                lambda parameters, ids, h0: parameters["Wx"] @ ids,
                lambda parameters, ids, h0: ids @ parameters["Wx"].T,
            ),
        ),
        Wrong("state-lost", "W_h does nothing in your states.", with_zeros("Wh")),
        Wrong(
            "always-h0",
            "At every step you start from h0. From the second step on, use the "
            "previous state.",
            partial(walked, always_h0=True),
        ),
        Wrong(
            "no-tanh",
            "The tanh is missing.",
            partial(walked, bend=np.add),
        ),
        Wrong(
            "bias-after-tanh",
            "You add the bias after tanh. It belongs inside.",
            partial(walked, bend=lambda a, bh: np.tanh(a) + bh),
        ),
        Wrong(
            "tanh-twice",
            "You apply tanh twice.",
            partial(walked, bend=lambda a, bh: np.tanh(np.tanh(a + bh))),
        ),
        Wrong(
            "another-function",
            "You use the sigmoid or ReLU. This book's hidden layer has tanh.",
            partial(walked, bend=lambda a, bh: 1 / (1 + np.exp(-a - bh))),
            also=(partial(walked, bend=lambda a, bh: np.maximum(a + bh, 0)),),
        ),
        Wrong(
            "tanh-by-exp",
            "With large pre-activations exp gives inf, and inf / inf is not a number. "
            "np.tanh has no such problem.",
            partial(
                walked,
                bend=lambda a, bh: (
                    (np.exp(a + bh) - np.exp(-a - bh))
                    / (np.exp(a + bh) + np.exp(-a - bh))
                ),
            ),
            also=(
                partial(
                    walked,
                    bend=lambda a, bh: (
                        (np.exp(2 * (a + bh)) - 1) / (np.exp(2 * (a + bh)) + 1)
                    ),
                ),
                partial(
                    walked,
                    bend=lambda a, bh: (
                        (1 - np.exp(-2 * (a + bh))) / (1 + np.exp(-2 * (a + bh)))
                    ),
                ),
            ),
        ),
        Wrong(
            "probabilities",
            "You return probabilities. Return what comes before the "
            "softmax: the logits.",
            after_logits(softmax),
        ),
        Wrong(
            "tanh-of-logits",
            "You bend the logits too. The output layer has no tanh.",
            after_logits(np.tanh),
        ),
        Wrong("without-bh", "The bias b_h is missing.", with_zeros("bh")),
        Wrong("without-by", "The bias b_y is missing.", with_zeros("by")),
        Wrong("without-biases", "Both biases are missing.", with_zeros("bh", "by")),
    ),
    hints=(
        "Keep the states in a list that begins with h0, and append one at each "
        "step. np.array turns the list into an array.",
        "Wx.T[ids[t]] has shape (B, H): the row of each sequence's word.",
        "h = np.tanh(Wx.T[step] + h @ Wh.T + bh), and logits = states[1:] @ Wy.T + by.",
    ),
)


def hidden_case(rng: np.random.Generator, scale: float = 1.0, **given: int) -> tuple:
    H, T, B = sized(rng, "HTB", **given)
    states = np.array([[draws.state(rng, H) for _ in range(B)] for _ in range(T + 1)])
    dh = rng.normal(0, scale, size=(T, B, H))
    return dh, states, np.array(draws.matrix(rng, H, H))


def saturated(dh: np.ndarray, states: np.ndarray, Wh: np.ndarray) -> tuple:
    """The case with states at the ends of tanh, and one in its middle."""
    ends = np.sign(states)
    ends[:, :, 0] = 0
    return dh, ends, Wh


def hidden_backward(
    dh: np.ndarray, states: np.ndarray, Wh: np.ndarray
) -> tuple[np.ndarray, ...]:
    return HiddenLayer(Wh, np.zeros(len(Wh))).backward(dh, states)


def changed(
    dh: np.ndarray,
    states: np.ndarray,
    Wh: np.ndarray,
    *,
    own: bool = True,
    carried: bool = True,
    later: bool = True,
    forwards: bool = False,
    carry_from: str = "da",
    slope: Callable[[np.ndarray], np.ndarray] = lambda states: 1 - states[1:] ** 2,
) -> tuple[np.ndarray, ...]:
    """The walk back, with something wrong in what reaches a state."""
    factor = slope(states)
    carry, da = np.zeros_like(dh[0]), np.zeros_like(dh)
    steps = range(len(dh))
    for t in steps if forwards else reversed(steps):
        da[t] = (
            factor[t] * (dh[t] * own + carry * carried)
            if later
            else factor[t] * dh[t] + carry
        )
        carry = (da[t] if carry_from == "da" else dh[t] + carry) @ Wh
    H = Wh.shape[0]
    return (
        da.reshape(-1, H).T @ states[:-1].reshape(-1, H),
        da.reshape(-1, H).sum(axis=0),
        da,
        carry,
    )


ask(
    "11-bug",
    kind="bug",
    arguments=("dh", "states", "Wh"),
    answers=("dWh", "dbh", "da", "dh0"),
    axes={"dh": "TBH", "states": "SBH"},
    case=hidden_case,
    right=hidden_backward,
    edges=lambda rng: {
        "a single step": hidden_case(rng, T=1),
        "a single sequence": hidden_case(rng, B=1),
        "more steps than usual": hidden_case(rng, T=12),
        "a single hidden unit": hidden_case(rng, H=1),
        "gradients in the thousands": hidden_case(rng, 10_000.0),
        "tiny gradients": hidden_case(rng, 1e-7),
        "saturated units": saturated(*hidden_case(rng)),
    },
    mistakes=(
        Wrong(
            "carry-past-tanh",
            "The bug is still there: what comes from later steps bypasses "
            "this step's tanh. Add it to dh[t] first, then multiply the sum "
            "by the factor.",
            lambda *a: changed(*a, later=False),
        ),
        Wrong(
            "wh-turned",
            "The carry goes through the transpose of Wh. With rows it is da[t] @ "
            "Wh: the order of the factors replaces chapter 6's transpose.",
            lambda dh, states, Wh: {
                name: value
                for name, value in zip(
                    ("dWh", "dbh", "da", "dh0"), changed(dh, states, Wh.T), strict=True
                )
            },
        ),
        Wrong(
            "carry-from-dh",
            "You send dL/dh through W_h. W_h acts inside tanh: send dL/da.",
            lambda *a: changed(*a, carry_from="dh"),
        ),
        Wrong(
            "own-prediction-forgotten",
            "You drop dh[t], which comes from the state's own prediction.",
            lambda *a: changed(*a, own=False),
        ),
        Wrong(
            "forwards",
            "You walk from the first step to the last. A gradient comes from "
            "later steps: begin at the end.",
            lambda *a: changed(*a, forwards=True),
        ),
        Wrong(
            "one-step-only",
            "The carry is lost: each step gets only its own prediction.",
            lambda dh, states, Wh: changed(dh, states, 0 * Wh),
            also=(partial(changed, carried=False),),
        ),
        Wrong(
            "dh0-through-tanh",
            "Your dh0 has an extra factor of 1 - h_0**2. h_0 is given: no tanh of "
            "this sequence made it.",
            lambda dh, states, Wh: {
                "dh0": (1 - states[0] ** 2) * hidden_backward(dh, states, Wh)[3]
            },
        ),
        Wrong(
            "tanh-prime-of-h-prev",
            "You take tanh' at the state before the step. It belongs to the state "
            "that this tanh produced: states[t + 1].",
            partial(changed, slope=lambda states: 1 - states[:-1] ** 2),
        ),
        Wrong(
            "no-square",
            "You multiply by 1 - h. The derivative of tanh is 1 - h**2: square h.",
            partial(changed, slope=lambda states: 1 - states[1:]),
        ),
        Wrong(
            "tanh-prime-of-h",
            "You apply tanh twice. The states are tanh(a) already: tanh' is 1 - h**2.",
            partial(changed, slope=lambda states: 1 - np.tanh(states[1:]) ** 2),
        ),
        Wrong(
            "divided-by-tanh-prime",
            "You divide by 1 - h**2. Going back through tanh, multiply by it.",
            partial(changed, slope=lambda states: 1 / (1 - states[1:] ** 2)),
        ),
        Wrong(
            "tanh-prime-sign",
            "There is a plus in your factor. The derivative of tanh is 1 - h**2.",
            partial(changed, slope=lambda states: 1 + states[1:] ** 2),
        ),
        Wrong(
            "dwh-of-the-first-step",
            "Your dWh is only the share of the first step. Add up all steps.",
            lambda *a: {"dWh": hidden_backward(*a)[2][0].T @ a[1][0]},
        ),
        Wrong(
            "dbh-for-each-sequence",
            "Your dbh has a row for each sequence. b_h is one vector: add over the "
            "sequences too.",
            lambda *a: {"dbh": hidden_backward(*a)[2].sum(axis=0)},
        ),
        Wrong(
            "dwh-turned",
            "Your dWh is transposed. Wh is square, so no shape can warn you: "
            "rows(da).T comes first, rows(states[:-1]) second.",
            lambda *a: {"dWh": hidden_backward(*a)[0].T},
        ),
        Wrong(
            "dwh-from-new-states",
            "In dWh you use the states after each step. W_h multiplied those "
            "before it: states[:-1].",
            lambda dh, states, Wh: {
                "dWh": np.einsum(
                    "tbk,tbm->km", hidden_backward(dh, states, Wh)[2], states[1:]
                )
            },
        ),
    ),
    hints=(
        "What reaches h_t? Two things: what its own prediction sends, and what "
        "later steps send. Which of them passes tanh here?",
        "Both have to. So the factor can be applied only when the sum is "
        "complete, inside the loop.",
        "da[t] = (1 - states[t + 1]**2) * (dh[t] + carry).",
    ),
)


def whole_case(
    rng: np.random.Generator, word: int | None = None, **given: int
) -> tuple:
    """A batch; with `word` that word is read and asked for everywhere."""
    case = sequences(rng, **given)
    parameters, ids, h0 = case if word is None else one_word(case, word)
    targets = rng.integers(len(parameters["by"]), size=ids.shape)
    targets = targets if word is None else ids.copy()
    return parameters, ids, targets, *forward(parameters, ids, h0)


def read_again(case: tuple, **changes: np.ndarray) -> tuple:
    """The case with other parameters, or ids or targets."""
    parameters, ids, targets, states, _ = case
    parameters = {name: changes.get(name, one) for name, one in parameters.items()}
    ids, targets = changes.get("ids", ids), changes.get("targets", targets)
    return parameters, ids, targets, *forward(parameters, ids, states[0])


def large_logits(rng: np.random.Generator, sign: int) -> tuple:
    """Logits at 1000 and -1000, the first word's at one end, the last's at the other.

    The targets are words with a probability of 0.
    """
    case = whole_case(rng)
    by = np.linspace(sign * 1000, sign * -1000, len(case[0]["by"]))
    return read_again(case, by=by, targets=np.full_like(case[1], by.argmin()))


def far_apart(rng: np.random.Generator) -> tuple:
    """All logits of a step far above or below those of the next one.

    The first unit is on after one word and off after the other.
    """
    case = whole_case(rng)
    parameters, ids = {name: one.copy() for name, one in case[0].items()}, case[1]
    parameters["Wx"][0] = 2 * (-1.0) ** np.arange(len(parameters["by"]))
    parameters["Wh"][0] = 0
    parameters["Wy"][:, 0] += 1000
    return read_again(
        case, **parameters, ids=ids * 0 + np.arange(len(ids))[:, None] % 2
    )


def large_gradients(rng: np.random.Generator) -> tuple:
    """Twenty steps, each of which asks for a word that never has a chance."""
    case = whole_case(rng, T=20, B=1)
    by = 1e6 * np.eye(len(case[0]["by"]))[0]
    return read_again(
        case,
        Wy=1000 * case[0]["Wy"],
        Wh=0.3 * case[0]["Wh"],
        by=by,
        targets=np.full_like(case[1], 1),
    )


def whole(
    parameters: Arrays,
    ids: np.ndarray,
    targets: np.ndarray,
    states: np.ndarray,
    logits: np.ndarray,
) -> tuple[Arrays, np.ndarray]:
    model = VanillaRNN.from_parameters(parameters)
    model.forward(ids, states[0])
    model.bptt(targets)
    return {name: g.copy() for name, g in model.gradients.items()}, model.dh0


def as_cases(
    parameters: Arrays,
    ids: np.ndarray,
    targets: np.ndarray,
    states: np.ndarray,
    logits: np.ndarray,
) -> list[Case]:
    """A case for each sequence of the batch."""
    return [
        Case(
            parameters=dict(parameters),
            ids=ids[:, b],
            targets=targets[:, b],
            h0=states[0, b],
        )
        for b in range(ids.shape[1])
    ]


def transposed(name: str) -> Callable[..., Arrays]:
    """The right gradients, one of them transposed."""
    return lambda *a: {f"gradients.{name}": whole(*a)[0][name].T}


def equal_words(rng: np.random.Generator) -> tuple:
    """A case in which all sequences read the same words."""
    case = whole_case(rng)
    return read_again(case, ids=np.repeat(case[1][:, :1], case[1].shape[1], axis=1))


def from_dlogits(
    find: Callable[..., np.ndarray],
) -> Callable[..., tuple[Arrays, np.ndarray]]:
    """The backward pass from the dlogits of `find`, given logits, targets, ids."""

    def answer(
        parameters: Arrays,
        ids: np.ndarray,
        targets: np.ndarray,
        states: np.ndarray,
        logits: np.ndarray,
    ) -> tuple[Arrays, np.ndarray]:
        Wx, Wh, Wy, bh, by = (parameters[name] for name in NAMES)
        dlogits = find(logits, targets, ids)
        dWy, dby, dh = OutputLayer(Wy, by).backward(dlogits, states[1:])
        dWh, dbh, da, dh0 = HiddenLayer(Wh, bh).backward(dh, states)
        dWx, _ = InputLayer(Wx).backward(da, ids)
        return dict(zip(NAMES, (dWx, dWh, dWy, dbh, dby), strict=True)), dh0

    return answer


def from_p(
    softmax_of: Callable[[np.ndarray], np.ndarray],
) -> Callable[..., tuple[Arrays, np.ndarray]]:
    """The backward pass with another softmax."""
    return from_dlogits(
        lambda logits, targets, ids: (
            (softmax_of(logits) - one_hot(targets, logits.shape[2])) / logits.shape[1]
        )
    )


def normalized(
    logits: np.ndarray, axis: int | tuple[int, ...], shift: bool = True
) -> np.ndarray:
    """exp of the logits, divided by its sum along some axis."""
    powers = np.exp(logits - logits.max() * shift)
    return powers / powers.sum(axis=axis, keepdims=True)


def shifted_by(pick: Callable[[np.ndarray], np.ndarray]) -> Callable[..., np.ndarray]:
    """A softmax that subtracts another number than the largest logit."""

    def softmax_of(logits: np.ndarray) -> np.ndarray:
        return normalized(logits - pick(logits), -1, shift=False)

    return softmax_of


ask(
    "11-backward",
    kind="code",
    arguments=("parameters", "ids", "targets", "states", "logits"),
    answers=("gradients", "dh0"),
    axes={"ids": "TB", "targets": "TB", "states": "SBH", "logits": "TBV"},
    case=whole_case,
    right=whole,
    edges=lambda rng: (
        odd_sizes(rng, whole_case)
        | {
            "the same words in all sequences": equal_words(rng),
            "the word with id 0 again and again": whole_case(rng, 0),
            "logits at 1000 and -1000": large_logits(rng, 1),
            "logits at -1000 and 1000": large_logits(rng, -1),
            "steps whose logits are far apart": far_apart(rng),
            "large gradients": large_gradients(rng),
        }
    ),
    mistakes=(
        Wrong(
            "shares-lost",
            "Your dWx lacks shares: where a word is read twice, `dWx[:, "
            "ids[t]] += …` writes only one of them. Loop over the sequences "
            "too: dWx[:, ids[t, b]] += da[t, b].",
            batch_slips.shares_lost,
            also=(
                partial(batch_slips.shares_lost, stepwise=False),
                batch_slips.shares_lost_in_time,
            ),
        ),
        Wrong(
            "row-of-dwx",
            "dWx[ids[t, b]] is a row, and a row belongs to a unit. The word "
            "that was read has a column: dWx[:, ids[t, b]] += da[t, b].",
            batch_slips.row_of_dwx(lambda ids: ids[0, 0]),
            also=tuple(
                map(
                    batch_slips.row_of_dwx,
                    (
                        lambda ids: ids[-1, 0],
                        lambda ids: ids[0],
                        lambda ids: ids[-1],
                        lambda ids: ids,
                    ),
                )
            ),
        ),
        Wrong(
            "outer-turned",
            "An outer product is the wrong way round. The gradient comes "
            "first, and what the matrix multiplied second: np.outer(dz, h), "
            "np.outer(da, x).",
            lambda parameters, *rest: batch_slips.outer_turned(parameters["Wy"]),
            also=(transposed("Wy"), transposed("Wx")),
        ),
        Wrong(
            "ids-for-targets",
            "You subtract the 1 at the word that was read. It belongs to the word "
            "that was to be predicted: targets[t, b].",
            from_dlogits(
                lambda logits, targets, ids: (
                    (softmax(logits) - one_hot(ids, logits.shape[2])) / logits.shape[1]
                )
            ),
        ),
        Wrong(
            "not-divided-by-b",
            "You sum over the sequences. The loss of a batch is the mean over them: "
            "divide dlogits by B.",
            from_dlogits(
                lambda logits, targets, ids: (
                    softmax(logits) - one_hot(targets, logits.shape[2])
                )
            ),
        ),
        Wrong(
            "divided-by-2",
            "You divide by 2, the number of sequences in the chapter's batch. Here "
            "B is ids.shape[1].",
            from_dlogits(
                lambda logits, targets, ids: (
                    (softmax(logits) - one_hot(targets, logits.shape[2])) / 2
                )
            ),
        ),
        Wrong(
            "b-at-the-target-only",
            "Only one of the two terms of p - 1 is divided by B. Divide the "
            "difference.",
            from_dlogits(
                lambda logits, targets, ids: (
                    softmax(logits) - one_hot(targets, logits.shape[2]) / ids.shape[1]
                )
            ),
            also=(
                from_dlogits(
                    lambda logits, targets, ids: (
                        softmax(logits) / ids.shape[1]
                        - one_hot(targets, logits.shape[2])
                    )
                ),
            ),
        ),
        Wrong(
            "softmax-over-another-axis",
            "Your probabilities do not add up to one over the words. The words are "
            "the last axis: the softmax runs along axis=-1.",
            from_p(partial(normalized, axis=0)),
            also=tuple(
                from_p(partial(normalized, axis=axis))
                for axis in (1, (0, 1), (0, 1, 2))
            ),
        ),
        Wrong(
            "softmax-twice",
            "You apply the softmax twice. Probabilities are not logits.",
            from_p(lambda logits: softmax(softmax(logits))),
        ),
        Wrong(
            "exp-overflows",
            "With large logits your softmax gives inf or 0 / 0. The chapter's "
            "softmax subtracts the largest logit of each prediction first: that "
            "changes no probability.",
            from_p(partial(normalized, axis=-1, shift=False)),
            also=tuple(
                from_p(shifted_by(pick))
                for pick in (
                    lambda logits: logits[..., :1],
                    lambda logits: logits[..., -1:],
                    lambda logits: logits.mean(axis=-1, keepdims=True),
                    np.max,
                )
            ),
        ),
        *from_registry.from_passes(as_cases, PARTS | {"h0": "dh0"}),
    ),
    hints=(
        "From the loss to the words: dlogits, then the output layer, then the "
        "walk back through time, then the input layer. The loss is a mean over "
        "the sequences: divide dlogits by B.",
        "You have the output layer in 11-loop and the walk in 11-bug. For dWx, "
        "loop over t and b: dWx[:, ids[t, b]] += da[t, b].",
        "p = softmax(logits), then minus 1 at the target of each step and "
        "sequence, then divided by B.",
    ),
)

"""The exercises of chapter 11: layers."""

from collections.abc import Callable
from functools import partial

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import batch_slips, draws, from_registry
from rnn_exercises.questions.project_15 import PARTS
from rnn_exercises.questions.shapes import Shape
from rnn_exercises.registry import ask
from rnn_src.functions import cross_entropy
from rnn_src.layers import HiddenLayer, OutputLayer
from rnn_src.mistakes import Case
from rnn_src.model import VanillaRNN

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
            "Your states lack one step. The initial state stands in front.",
            {"states": [20, 16, 64], "numbers in states": 20 * 16 * 64},
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
            "That is rows(dlogits) before it is turned over.",
            {"rows(dlogits).T": [320, 26]},
        ),
        Wrong(
            "rows-forgotten",
            "rows puts all steps of all sequences below each other: T and B "
            "become one axis, with T * B rows. Then `.T` turns it over.",
            {"rows(dlogits).T": [26, 20, 16]},
            also=({"rows(dlogits).T": [26, 16, 20]}, {"rows(dlogits).T": [20, 16, 26]}),
        ),
        Wrong(
            "carry-of-one",
            "The carry is for all sequences at once: a row for each.",
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
        "rows puts all steps of all sequences below each other: T * B rows.",
        "The carry is what one step sends to the one before: one row for each "
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
    answers=("the hidden state", "the pre-activation"),
    right=halfway,
    mistakes=(
        Wrong(
            "tanh-is-straight",
            "You let tanh keep the middle. It is a curve: the tanh of the "
            "mean is not the mean of the tanhs.",
            {"the hidden state": "yes"},
        ),
        Wrong(
            "product-bends",
            "You let the pre-activation miss the middle. A matrix times half "
            "of one vector and half of another is half of each product.",
            {"the pre-activation": "no"},
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
    right=both_losses,
    edges=lambda rng: {"a single step": (1, 4, 0.1), "a single sequence": (5, 1, 0.1)},
    mistakes=(
        Wrong(
            "divided-by-b",
            "You divide by B, which both do. Only one of the two divides by the steps.",
            lambda T, B, lr: (B, lr * B),
        ),
        Wrong(
            "divided-by-both",
            "Ours is a mean over the sequences too: B stands in both.",
            lambda T, B, lr: (T * B, lr * T * B),
        ),
        Wrong(
            "turned-round",
            "You have it the wrong way round: which of the two divides by more?",
            lambda T, B, lr: (1 / T, lr / T),
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
    ),
    hints=(
        "Write both losses as a sum over all T * B predictions, and look at "
        "what each is divided by.",
        "Ours is divided by B, the colleague's by T * B. The gradients have "
        "the same ratio as the losses.",
    ),
)


def batch_of_gradients(
    rng: np.random.Generator, T: int | None = None, B: int | None = None
) -> tuple:
    V, H, steps, several = draws.sizes(rng, "VHTB")
    T, B = T or steps, B or several
    return (
        rng.normal(size=(T, B, V)),
        rng.normal(size=(T, B, H)),
        np.array(draws.matrix(rng, V, H)),
    )


def output_backward(
    dlogits: np.ndarray, hidden: np.ndarray, Wy: np.ndarray
) -> tuple[np.ndarray, ...]:
    return OutputLayer(Wy, np.zeros(len(Wy))).backward(dlogits, hidden)


ask(
    "11-loop",
    kind="code",
    arguments=("dlogits", "hidden", "Wy"),
    answers=("dWy", "dby", "dh"),
    axes={"dlogits": "TBV", "hidden": "TBH"},
    case=batch_of_gradients,
    right=output_backward,
    edges=lambda rng: {
        "a single step": batch_of_gradients(rng, T=1),
        "a single sequence": batch_of_gradients(rng, B=1),
    },
    mistakes=(
        Wrong(
            "outer-turned",
            "Your outer product is the wrong way round. dWy has a row for "
            "each word, as Wy has: the gradient of the logits comes first, "
            "the state second.",
            lambda dlogits, hidden, Wy: batch_slips.outer_turned(Wy),
            also=(lambda *a: {"dWy": output_backward(*a)[0].T},),
        ),
        Wrong(
            "wy-not-turned",
            "You go back through W_y as it is. Wy makes V numbers out of H; "
            "on the way back H are made out of V: Wy.T @ dlogits[t, b], or "
            "with rows dlogits[t] @ Wy.",
            lambda dlogits, hidden, Wy: Wy @ dlogits[0, 0],
            also=(lambda dlogits, hidden, Wy: dlogits @ Wy.T,),
        ),
        Wrong(
            "last-pair-only",
            "Your dWy holds the share of the last step of the last sequence "
            "alone. Add the shares up.",
            lambda dlogits, hidden, Wy: {
                "dWy": np.outer(dlogits[-1, -1], hidden[-1, -1])
            },
        ),
        Wrong(
            "last-step-only",
            "Your dWy holds the shares of the last step alone. Add up all steps.",
            lambda dlogits, hidden, Wy: {"dWy": dlogits[-1].T @ hidden[-1]},
        ),
        Wrong(
            "mixed-up",
            "Your dWy pairs the gradients of one step and sequence with the "
            "state of another. Time and sequence were exchanged in one of "
            "the two.",
            lambda dlogits, hidden, Wy: {
                "dWy": dlogits.reshape(-1, dlogits.shape[2]).T
                @ hidden.swapaxes(0, 1).reshape(-1, hidden.shape[2])
            },
        ),
        Wrong(
            "dby-last-only",
            "Your dby is that of the last step of the last sequence. Add them up.",
            lambda dlogits, hidden, Wy: {"dby": dlogits[-1, -1]},
        ),
        Wrong(
            "dby-for-each-sequence",
            "Your dby has a row for each sequence. b_y is one vector: add "
            "over the sequences too.",
            lambda dlogits, hidden, Wy: {"dby": dlogits.sum(axis=0)},
        ),
        Wrong(
            "dh-summed",
            "You add dh up over the steps. Each state has a gradient of its "
            "own: only a shared weight gets a sum.",
            lambda dlogits, hidden, Wy: {"dh": (dlogits @ Wy).sum(axis=0)},
        ),
    ),
    hints=(
        "Three arrays of zeros, in the shapes of Wy, of b_y and of hidden; two "
        "loops, over t and b.",
        "Inside, it is chapter 5: dWy += np.outer(dlogits[t, b], hidden[t, b])",
        "dby += dlogits[t, b], and dh[t, b] = Wy.T @ dlogits[t, b].",
    ),
)


def sequences(
    rng: np.random.Generator, T: int | None = None, B: int | None = None
) -> tuple[Arrays, np.ndarray, np.ndarray]:
    V, H, steps, several = draws.sizes(rng, "VHTB")
    T, B = T or steps, B or several
    h0 = np.array([draws.state(rng, H) for _ in range(B)])
    return draws.arrays(rng, V, H), rng.integers(V, size=(T, B)), h0


def forward(
    parameters: Arrays, ids: np.ndarray, h0: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    hidden, logits = VanillaRNN.from_parameters(parameters).forward(ids, h0)
    return np.concatenate([h0[np.newaxis], hidden]), logits


def with_zeros(name: str) -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """The forward pass of a network in which one parameter is zero."""
    return lambda parameters, ids, h0: forward(
        parameters | {name: 0 * parameters[name]}, ids, h0
    )


def turned(name: str) -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """The forward pass of a network in which a square matrix is turned."""
    return lambda parameters, ids, h0: forward(
        parameters | {name: parameters[name].T.copy()}, ids, h0
    )


def no_tanh(
    parameters: Arrays, ids: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    states = [h0]
    for step in ids:
        states.append(
            parameters["Wx"].T[step]
            + parameters["bh"]
            + states[-1] @ parameters["Wh"].T
        )
    return {
        "states": np.array(states),
        "logits": states[1:] @ parameters["Wy"].T + parameters["by"],
    }


ask(
    "11-forward",
    kind="code",
    arguments=("parameters", "ids", "h0"),
    answers=("states", "logits"),
    axes={"ids": "TB", "h0": "BH"},
    case=sequences,
    right=forward,
    edges=lambda rng: {
        "a single step": sequences(rng, T=1),
        "a single sequence": sequences(rng, B=1),
    },
    mistakes=(
        Wrong(
            "h0-left-out",
            "h_0 is missing from your states. The way back needs it: put it in front.",
            lambda *a: {"states": forward(*a)[0][1:]},
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
            "prediction comes a step too early.",
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
            "columns. A matrix comes second then, and turned: h @ Wh.T for "
            "Wh @ h, and states[1:] @ Wy.T for the logits.",
            batch_slips.matrix_first,
        ),
        Wrong(
            "row-of-wx",
            "Wx[step] takes rows of Wx, and a row belongs to a unit. A word "
            "has a column: Wx.T[step] gives those of B words, as rows.",
            batch_slips.row_of_wx,
            also=(batch_slips.rows_of_wx,),
        ),
        Wrong(
            "columns-beside-rows",
            "You add columns, (H, B), to rows, (B, H). Everything has to lie "
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
        Wrong("state-lost", "W_h has no say in your states.", with_zeros("Wh")),
        Wrong("no-tanh", "The tanh is missing.", no_tanh),
        Wrong("without-bh", "The bias b_h is missing.", with_zeros("bh")),
        Wrong("without-by", "The bias b_y is missing.", with_zeros("by")),
    ),
    hints=(
        "Keep the states in a list that begins with h0, and append one in each "
        "turn. np.array makes an array of it.",
        "Wx.T[ids[t]] has shape (B, H): the row of each sequence's word.",
        "h = np.tanh(Wx.T[step] + h @ Wh.T + bh), and logits = states[1:] @ Wy.T + by.",
    ),
)


def hidden_case(
    rng: np.random.Generator, T: int | None = None, B: int | None = None
) -> tuple:
    H, steps, several = draws.sizes(rng, "HTB")
    T, B = T or steps, B or several
    states = np.array([[draws.state(rng, H) for _ in range(B)] for _ in range(T + 1)])
    return (rng.normal(size=(T, B, H)), states, np.array(draws.matrix(rng, H, H)))


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
    later: bool = True,
    forwards: bool = False,
    carry_from: str = "da",
) -> tuple[np.ndarray, ...]:
    """The walk back, with something wrong in what reaches a state."""
    factor = 1 - states[1:] ** 2
    carry, da = np.zeros_like(dh[0]), np.zeros_like(dh)
    steps = range(len(dh))
    for t in steps if forwards else reversed(steps):
        da[t] = (
            factor[t] * (dh[t] * own + carry) if later else factor[t] * dh[t] + carry
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
    },
    mistakes=(
        Wrong(
            "carry-past-tanh",
            "The bug is still there: what comes from later steps gets round "
            "this step's tanh. Add it to dh[t] first, and multiply the sum "
            "by the factor.",
            lambda *a: changed(*a, later=False),
        ),
        Wrong(
            "wh-turned",
            "The carry goes through Wh turned over. With rows it is da[t] @ "
            "Wh: the transpose of chapter 6 is in the order of the factors.",
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
            "You drop dh[t], what the state's own prediction says.",
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
            "The carry is lost: each step gets its own prediction alone.",
            lambda dh, states, Wh: changed(dh, states, 0 * Wh),
        ),
        Wrong(
            "dwh-turned",
            "Your dWh is turned over. Wh is square, so no shape can tell you: "
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
        "What reaches h_t? Two things: its own prediction, and what later "
        "steps send. Which of them passes tanh here?",
        "Both have to. So the factor can be applied only when the sum is "
        "complete, inside the loop.",
        "da[t] = (1 - states[t + 1]**2) * (dh[t] + carry).",
    ),
)


def whole_case(
    rng: np.random.Generator, T: int | None = None, B: int | None = None
) -> tuple:
    parameters, ids, h0 = sequences(rng, T, B)
    targets = rng.integers(len(parameters["by"]), size=ids.shape)
    return parameters, ids, targets, *forward(parameters, ids, h0)


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
    """The right gradients, one of them turned over."""
    return lambda *a: {f"gradients.{name}": whole(*a)[0][name].T}


def equal_words(rng: np.random.Generator) -> tuple:
    """A case in which all sequences read the same words."""
    parameters, ids, targets, states, _ = whole_case(rng)
    ids = np.repeat(ids[:, :1], ids.shape[1], axis=1)
    return parameters, ids, targets, *forward(parameters, ids, states[0])


ask(
    "11-backward",
    kind="code",
    arguments=("parameters", "ids", "targets", "states", "logits"),
    answers=("gradients", "dh0"),
    axes={"ids": "TB", "targets": "TB", "states": "SBH", "logits": "TBV"},
    case=whole_case,
    right=whole,
    edges=lambda rng: {
        "a single step": whole_case(rng, T=1),
        "a single sequence": whole_case(rng, B=1),
        "more steps than usual": whole_case(rng, T=12),
        "the same words in all sequences": equal_words(rng),
    },
    mistakes=(
        Wrong(
            "shares-lost",
            "Your dWx lacks shares: where a word is read twice, `dWx[:, "
            "ids[t]] += …` writes one of them only. Loop over the sequences "
            "too: dWx[:, ids[t, b]] += da[t, b].",
            batch_slips.shares_lost,
            also=(partial(batch_slips.shares_lost, stepwise=False),),
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
        *from_registry.from_passes(as_cases, PARTS | {"h0": "dh0"}),
    ),
    hints=(
        "From the loss to the words: dlogits, then the output layer, then the "
        "walk back through time, then the input layer. The loss is a mean over "
        "the sequences: divide dlogits by B.",
        "You have the output layer in 11-loop and the walk in 11-bug. For dWx "
        "there is a loop over t and b: dWx[:, ids[t, b]] += da[t, b].",
        "p = softmax(logits), then minus 1 at the target of each step and "
        "sequence, then divided by B.",
    ),
)

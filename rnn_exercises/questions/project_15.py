"""The last exercise of Part IV: a network of the reader's own, for a stream."""

from collections.abc import Callable, Mapping
from functools import cache, partial

import numpy as np

from rnn_exercises.exercise import Question, Wrong
from rnn_exercises.questions import draws, from_registry
from rnn_exercises.questions.parts import judge_part
from rnn_exercises.registry import ask
from rnn_exercises.showing import Verdict
from rnn_src.clipping import clip_by_norm, clip_by_value
from rnn_src.data import echo
from rnn_src.functions import cross_entropy, softmax
from rnn_src.mistakes import MISTAKES, Case
from rnn_src.model import VanillaRNN
from rnn_src.parameters import NAMES
from rnn_src.training import train_stream

Parameters = Mapping[str, np.ndarray]

DELAY = 5
ENOUGH = 0.1  # nats a prediction
#: Central differences are right too: their rounding is far below this.
NUDGED = 3e-5


def piece_case(rng: np.random.Generator, *sizes: int) -> tuple:
    V, H, T = sizes or draws.sizes(rng, "VHT")
    parameters, h0 = draws.arrays(rng, V, H), np.array(draws.state(rng, H))
    return parameters, rng.integers(V, size=T), rng.integers(V, size=T), h0


def batch_of_one(
    parameters: Parameters, ids: np.ndarray, h0: np.ndarray
) -> tuple[VanillaRNN, np.ndarray, np.ndarray]:
    """The package's network, all states with h0 in front, and the logits."""
    model, start = VanillaRNN.from_parameters(parameters), h0[np.newaxis]
    hidden, logits = model.forward(ids[:, np.newaxis], start)
    return model, np.concatenate([start[np.newaxis], hidden]), logits


def loss_and_gradients(
    parameters: Parameters, ids: np.ndarray, targets: np.ndarray, h0: np.ndarray
) -> tuple[float, Parameters, np.ndarray]:
    """By the package's network, as a batch of one."""
    model, states, _ = batch_of_one(parameters, ids, h0)
    loss = model.bptt(targets[:, np.newaxis])
    gradients = {name: g.copy() for name, g in model.gradients.items()}
    return loss, gradients, states[-1, 0]


def loss_from_p(
    parameters: Parameters,
    ids: np.ndarray,
    targets: np.ndarray,
    h0: np.ndarray,
    *,
    added: float = 0.0,
    least: float = 0.0,
) -> dict[str, float]:
    """The loss as -log(p), which is infinite where p rounds to 0."""
    _, _, logits = batch_of_one(parameters, ids, h0)
    p = softmax(logits[:, 0])[np.arange(len(ids)), targets]
    with np.errstate(divide="ignore"):
        return {"loss": float(-np.log(np.maximum(p + added, least)).sum())}


def overflowing(
    parameters: Parameters, ids: np.ndarray, targets: np.ndarray, h0: np.ndarray
) -> tuple[float, Parameters, np.ndarray]:
    """Softmax as its formula is written: exp of a large logit is infinite."""
    model, states, logits = batch_of_one(parameters, ids, h0)
    steps, dlogits = np.arange(len(ids)), np.empty_like(logits)
    with np.errstate(all="ignore"):
        dlogits[:] = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
        loss = -np.log(dlogits[steps, 0, targets]).sum()
        dlogits[steps, 0, targets] -= 1
        dWy, dby, dh = model.output_layer.backward(dlogits, states[1:])
        dWh, dbh, da, _ = model.hidden_layer.backward(dh, states)
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da[:, 0])
    gradients = {"Wx": dWx, "Wh": dWh, "Wy": dWy, "bh": dbh, "by": dby}
    return float(loss), gradients, states[-1, 0]


def without_h0(
    parameters: Parameters, ids: np.ndarray, targets: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    """The forward pass begins at h0; the first share of dL/dWh takes zeros."""
    _, gradients, _ = loss_and_gradients(parameters, ids, targets, h0)
    case = as_case(parameters, ids, targets, h0)
    first = from_registry.gradients_of(MISTAKES["dwh-overwritten"], case)["Wh"]
    return {"gradients.Wh": gradients["Wh"] - first}


def one_state_early(
    parameters: Parameters, ids: np.ndarray, targets: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    return {"h": batch_of_one(parameters, ids, h0)[1][-2, 0]}


def as_case(
    parameters: Parameters, ids: np.ndarray, targets: np.ndarray, h0: np.ndarray
) -> Case:
    return Case(parameters=dict(parameters), ids=ids, targets=targets, h0=h0)


def words(rng: np.random.Generator, ids: list[int], targets: list[int]) -> tuple:
    """A case with these words."""
    parameters, *_, h0 = piece_case(rng)
    return parameters, np.array(ids), np.array(targets), h0


def saturated(rng: np.random.Generator) -> tuple:
    """Units whose tanh is flat."""
    parameters, *others = piece_case(rng)
    return parameters | {name: 40 * parameters[name] for name in ("Wx", "bh")}, *others


def large_gradients(rng: np.random.Generator) -> tuple:
    """Far beyond 10 in several parameters: what comes is held for unlikely."""
    parameters, ids, targets, h0 = piece_case(rng, 5, 4, 12)
    small = {name: 0.1 * w for name, w in parameters.items()}
    by = np.array([-20.0, 0.3, -0.2, 0.5, 0.1])
    return small | {"Wy": 10 * parameters["Wy"], "by": by}, ids, 0 * targets, h0


def large_logits(rng: np.random.Generator, *by: float) -> tuple:
    """Where exp would overflow, and the probability of a target round to 0."""
    parameters, ids, _, h0 = piece_case(rng, 3, 4, 5)
    return parameters | {"by": np.array(by, float)}, ids, np.array([0, 2, 1, 2, 0]), h0


PARTS = {name: f"gradients.{name}" for name in NAMES}

GRADIENTS = Question(
    arguments=("parameters", "ids", "targets", "h0"),
    answers=("loss", "gradients", "h"),
    case=piece_case,
    right=loss_and_gradients,
    within=NUDGED,
    seconds=10.0,
    axes={"h0": "H"},
    edges=lambda rng: {
        "a single step": piece_case(rng, 5, 4, 1),
        "one word again and again": words(rng, [1, 1, 1, 1], [1, 1, 1, 2]),
        "the word with id 0 alone": words(rng, [0, 0, 0], [0, 0, 0]),
        "a first state of zeros": (*piece_case(rng, 5, 4, 6)[:3], np.zeros(4)),
        "a piece of sixteen steps": piece_case(rng, 4, 3, 16),
        "a single hidden unit": piece_case(rng, 4, 1, 5),
        "more words than units": piece_case(rng, 9, 3, 4),
        "more units than words": piece_case(rng, 3, 9, 4),
        "large gradients": large_gradients(rng),
        "saturated units": saturated(rng),
        "very large logits": large_logits(rng, 1000, 0, -1000),
        "very large logits in the other order": large_logits(rng, -1000, 0, 1000),
    },
    mistakes=from_registry.from_passes(as_case, PARTS)
    + (
        Wrong(
            "h0-ignored",
            "You begin with zeros. A piece begins with the state where the previous "
            "one ended: h0.",
            lambda parameters, ids, targets, h0: loss_and_gradients(
                parameters, ids, targets, 0 * h0
            ),
        ),
        Wrong(
            "h0-not-in-dwh",
            "In dL/dWh the share of the first step is missing. The state before that "
            "step is h0: do not take zeros, or leave the step out.",
            without_h0,
        ),
        Wrong(
            "h-one-early",
            "The state that you return is the one before the last step. The next "
            "piece begins with the state after it.",
            one_state_early,
        ),
        Wrong(
            "exp-overflows",
            "With very large logits exp gives inf, and inf / inf is not a "
            "number. Subtract the largest logit of a step first: that changes "
            "no probability.",
            overflowing,
        ),
        Wrong(
            "log-of-p",
            "With very large logits p[target] itself rounds to 0, which has no "
            "finite logarithm (adding a small number hides that). Never "
            "take log(p): with the largest logit subtracted, log p[target] "
            "is z[target] - log(sum(exp(z))).",
            loss_from_p,
            also=tuple(
                partial(loss_from_p, **{way: tiny})
                for way in ("added", "least")
                for tiny in (1e-15, 1e-12, 1e-10, 1e-8)
            ),
        ),
    ),
)


def stream_case(
    rng: np.random.Generator, pieces: int = 4, k: int = 4, left_over: int = 3
) -> tuple:
    """A stream, the length of a piece and the learning rate."""
    V, H = draws.sizes(rng, "VH")
    ids, targets = rng.integers(V, size=(2, pieces * k + left_over))
    lr = round(float(rng.uniform(0.2, 0.6)), 2)
    return draws.arrays(rng, V, H), ids, targets, k, lr


def short_gradients(rng: np.random.Generator) -> tuple:
    """A network that is nearly sure, and right: nothing is clipped."""
    parameters, ids, targets, k, lr = stream_case(rng)
    parameters["by"][1] = 9.0
    return parameters, ids, np.ones_like(targets), k, lr


def together(gradients: Parameters) -> None:
    """Clip all gradients by their common length."""
    length = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    for gradient in gradients.values():
        gradient *= min(1.0, 1 / length)


def one_by_one(clip: Callable, gradients: Parameters) -> None:
    """Clip each gradient by itself."""
    for gradient in gradients.values():
        clip(gradient, 1.0)


def in_pieces(
    parameters: Parameters,
    ids: np.ndarray,
    targets: np.ndarray,
    k: int,
    lr: float,
    *,
    clip: Callable = together,
    carried: bool = True,
    read_again: bool = False,
    left_over: bool = True,
    at_the_end: bool = False,
) -> float:
    """Read a stream and train; each switch that is turned makes a mistake."""
    h, total, late = np.zeros(len(parameters["bh"])), 0.0, []
    for start in range(0, len(ids) if left_over else len(ids) // k * k, k):
        piece = ids[start : start + k], targets[start : start + k]
        loss, gradients, after = loss_and_gradients(parameters, *piece, h)
        total += loss
        if at_the_end:
            late.append(gradients)
        else:
            move(parameters, gradients, clip, lr)
        if read_again:
            *_, after = loss_and_gradients(parameters, *piece, h)
        h = after if carried else 0 * h
    if late:
        summed = {name: sum(one[name] for one in late) for name in NAMES}
        move(parameters, summed, clip, lr)
    return total


def move(parameters: Parameters, gradients: Parameters, clip: Callable, lr: float):
    """One update, in place."""
    clip(gradients)
    for name, array in parameters.items():
        array -= lr * gradients[name]


def train_on_stream(
    parameters: Parameters, ids: np.ndarray, targets: np.ndarray, k: int, lr: float
) -> float:
    """By the package, which works on arrays of its own."""
    model = VanillaRNN.from_parameters(parameters)
    history = train_stream(
        model,
        ids[:, np.newaxis],
        targets[:, np.newaxis],
        epochs=1,
        k=k,
        lr=lr,
        clip=1.0,
        clip_by="norm",
    )
    for name, array in parameters.items():
        array[...] = model.parameters[name]
    return history.losses_per_prediction[0] * len(ids)


def on_copies(parameters: Parameters, *others: object) -> float:
    return in_pieces({name: w.copy() for name, w in parameters.items()}, *others)


STREAM = Question(
    arguments=("parameters", "ids", "targets", "k", "lr"),
    answers=("loss", "parameters"),
    changes="parameters",
    case=stream_case,
    right=train_on_stream,
    within=NUDGED,
    seconds=10.0,
    edges=lambda rng: {
        "a stream that is shorter than a piece": stream_case(rng, 0, 8, 5),
        "a stream that k divides": stream_case(rng, 4, 3, 0),
        "pieces of one step": stream_case(rng, 6, 1, 0),
        "a stream of fifteen pieces": stream_case(rng, 15, 2, 1),
        "gradients that are shorter than 1": short_gradients(rng),
    },
    mistakes=(
        Wrong(
            "state-reset",
            "Each piece begins with zeros. Carry the state: a piece begins with the h "
            "that the previous piece returned.",
            partial(in_pieces, carried=False),
        ),
        Wrong(
            "not-clipped",
            "Nothing is clipped. If the five gradients together are longer than 1, "
            "multiply all of them by 1 / length first.",
            partial(in_pieces, clip=lambda gradients: None),
        ),
        Wrong(
            "each-by-its-own",
            "You clip each gradient by its own length. Find one length, that of all "
            "five together, and one factor.",
            partial(in_pieces, clip=partial(one_by_one, clip_by_norm)),
        ),
        Wrong(
            "by-value",
            "You clip entry by entry. By norm, all entries get one factor.",
            partial(in_pieces, clip=partial(one_by_one, clip_by_value)),
        ),
        Wrong(
            "left-over-dropped",
            "You do not read the end of the stream: the last piece may be shorter "
            "than k.",
            partial(in_pieces, left_over=False),
        ),
        Wrong(
            "moved-at-the-end",
            "You move the parameters once, after the stream. Move them after each "
            "piece: that is what pieces are for.",
            partial(in_pieces, at_the_end=True),
        ),
        Wrong(
            "state-of-new-weights",
            "You read each piece again after its update, for the state. Carry the "
            "last state from when the piece was first read.",
            partial(in_pieces, read_again=True),
        ),
        Wrong(
            "not-in-place",
            "The loss is right, but the arrays you were given have not changed. "
            "Change them in place: w -= ..., or w[:] = ...",
            on_copies,
        ),
        Wrong(
            "uphill",
            "You move along the gradients. They point uphill: subtract them.",
            lambda parameters, ids, targets, k, lr: in_pieces(
                parameters, ids, targets, k, -lr
            ),
        ),
    ),
)


def judge_network(answer: object) -> Verdict | str:
    """What is wrong with the functions, then what is wrong with the training.

    What is still `...` waits, and what comes before it is judged.
    """
    if isinstance(answer, np.ndarray) and answer.ndim:
        answer = list(answer)
    if not isinstance(answer, (tuple, list)) or len(answer) != 3:
        return (
            "The answer has three parts: my_loss_and_gradients and my_train_stream, "
            "the functions themselves, and my_parameters, a dict of arrays."
        )
    *functions, parameters = answer
    asked = {"my_loss_and_gradients": GRADIENTS, "my_train_stream": STREAM}
    for (name, question), function in zip(asked.items(), functions, strict=True):
        so_far = " What comes before it is right." if question is STREAM else ""
        if found := judge_part(name, question, function, so_far):
            return found
    if parameters is ...:
        return "Your functions are right. Still to do: the training, and my_parameters."
    return judge_training(parameters)


def judge_training(parameters: object) -> str:
    """Whether a network with these parameters knows what it read DELAY steps ago."""
    if not isinstance(parameters, Mapping):
        return "my_parameters is not a dict; expected Wx, Wh, Wy, bh and by."
    try:
        model = VanillaRNN.from_parameters(parameters)
    except (TypeError, ValueError) as error:
        return f"my_parameters cannot be used: {error}"
    if model.vocab_size != 2:
        return f"my_parameters is for {model.vocab_size} symbols; expected 2."
    ids, targets = echo(DELAY, 2, 2000, 1, np.random.default_rng(2000))
    _, logits = model.forward(ids)
    loss = cross_entropy(logits, targets)[DELAY:].mean()
    right = (logits.argmax(axis=-1) == targets)[DELAY:].mean()
    if loss < ENOUGH:
        return ""
    if right < 0.55:
        return "not-trained"
    return (
        f"Your functions are right, and the network has begun to learn: on a new "
        f"stream {right:.0%} of the symbols are right, at a loss of {loss:.3g} nats a "
        f"prediction. Keep training until it is below {ENOUGH}."
    )


@cache
def trained() -> Parameters:
    """Parameters that know the echo."""
    rng = np.random.default_rng(0)
    model = VanillaRNN(2, 32, rng)
    ids, targets = echo(DELAY, 2, 16000, 1, rng)
    train_on_stream(model.parameters, ids[:, 0], targets[:, 0], 8, 0.1)
    return model.parameters


def wrong_function(
    wrong: Wrong, parameters: Parameters, *others: np.ndarray
) -> tuple[float, Parameters, np.ndarray]:
    """The answer of a mistake; what it leaves out is right."""
    loss, gradients, h = loss_and_gradients(parameters, *others)
    made = wrong.answer(parameters, *others)
    if isinstance(made, tuple):
        return made
    wrong_gradients = {
        name: made.get(PARTS[name], right) for name, right in gradients.items()
    }
    return made.get("loss", loss), wrong_gradients, made.get("h", h)


def with_gradients(wrong: Wrong) -> Wrong:
    """The mistake as a whole answer: its function, and all else right."""

    def answer() -> tuple[Callable, Callable, Parameters]:
        def my_loss_and_gradients(parameters, ids, targets, h0):
            return wrong_function(wrong, parameters, ids, targets, h0)

        return my_loss_and_gradients, train_on_stream, trained()

    return Wrong(wrong.name, wrong.message, answer)


def with_stream(wrong: Wrong) -> Wrong:
    """The same for a mistake of the training."""

    def answer() -> tuple[Callable, Callable, Parameters]:
        def my_train_stream(parameters, ids, targets, k, lr):
            return wrong.answer(parameters, ids, targets, k, lr)

        return loss_and_gradients, my_train_stream, trained()

    return Wrong(wrong.name, wrong.message, answer)


ask(
    "15-own-network",
    kind="project",
    answers=("my_loss_and_gradients", "my_train_stream", "my_parameters"),
    expects="two functions and a dict of arrays",
    seconds=20.0,
    right=lambda: (loss_and_gradients, train_on_stream, trained()),
    judge=judge_network,
    mistakes=(
        *map(with_gradients, GRADIENTS.mistakes),
        *map(with_stream, STREAM.mistakes),
        Wrong(
            "not-trained",
            "Your functions are right. On a new stream the network is hardly better "
            "than an even guess: has it been trained, in pieces that are longer than "
            "the delay, and are my_parameters the arrays that were moved?",
            lambda: (
                loss_and_gradients,
                train_on_stream,
                VanillaRNN(2, 32, np.random.default_rng(0)).parameters,
            ),
        ),
    ),
    hints=(
        "You have written all of it before: the forward pass and the softmax in "
        "Parts I and II, the backward pass through time in chapters 10 and 11, "
        "clipping in chapter 14. Put them together. What is still ... can wait: "
        "the check judges what comes before it.",
        "Keep all states of the forward pass, h0 in front. In the backward pass "
        "carry Wh.T @ da from step to step, and add up dWx, dWh and dbh. The state "
        "that you return is the h0 of the next piece.",
        "Weights of 0.1 times a normal number, zero biases, 32 units, a learning "
        "rate of 0.1 and pieces of 8 steps: 16000 steps are enough.",
    ),
)

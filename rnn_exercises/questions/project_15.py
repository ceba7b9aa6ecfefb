"""The last exercise of Part IV: a network of the reader's own, trained."""

from collections.abc import Callable, Mapping
from functools import cache, partial

import numpy as np

from rnn_exercises.exercise import Question, Wrong
from rnn_exercises.judging import judge
from rnn_exercises.questions import draws, from_registry
from rnn_exercises.registry import ask
from rnn_exercises.showing import MISTAKE, NOT_ATTEMPTED, RIGHT, Verdict
from rnn_src.functions import cross_entropy, softmax
from rnn_src.mistakes import Case
from rnn_src.model import VanillaRNN
from rnn_src.parameters import NAMES
from rnn_src.training import train

Parameters = Mapping[str, np.ndarray]

#: All windows of six letters and the letter after each, as columns.
WINDOWS = (np.arange(7)[:, np.newaxis] + np.arange(26)) % 26
ENOUGH = 0.1  # nats a prediction


def sequence_case(rng: np.random.Generator, T: int | None = None) -> tuple:
    V, H, steps = draws.sizes(rng, "VHT")
    parameters = draws.arrays(rng, V, H)
    T = T or steps
    return parameters, rng.integers(V, size=T), rng.integers(V, size=T)


def loss_and_gradients(
    parameters: Parameters, ids: np.ndarray, targets: np.ndarray
) -> tuple[float, Parameters]:
    """By the package's network, as a batch of one."""
    model = VanillaRNN.from_parameters(parameters)
    model.forward(ids[:, np.newaxis])
    loss = model.bptt(targets[:, np.newaxis])
    return loss, {name: g.copy() for name, g in model.gradients.items()}


def loss_from_p(
    parameters: Parameters, ids: np.ndarray, targets: np.ndarray, *, added: float = 0.0
) -> dict[str, float]:
    """The loss as -log(p), which is infinite where p rounds to 0."""
    model = VanillaRNN.from_parameters(parameters)
    _, logits = model.forward(ids[:, np.newaxis])
    p = softmax(logits[:, 0])[np.arange(len(ids)), targets]
    with np.errstate(divide="ignore"):
        return {"loss": float(-np.log(p + added).sum())}


def overflowing(
    parameters: Parameters, ids: np.ndarray, targets: np.ndarray
) -> tuple[float, Parameters]:
    """Softmax as its formula stands: exp of a large logit is infinite."""
    model = VanillaRNN.from_parameters(parameters)
    hidden, logits = model.forward(ids[:, np.newaxis])
    states = np.concatenate([np.zeros_like(hidden[:1]), hidden])
    steps, dlogits = np.arange(len(ids)), np.empty_like(logits)
    with np.errstate(all="ignore"):
        dlogits[:] = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
        loss = -np.log(dlogits[steps, 0, targets]).sum()
        dlogits[steps, 0, targets] -= 1
        dWy, dby, dh = model.output_layer.backward(dlogits, hidden)
        dWh, dbh, da, _ = model.hidden_layer.backward(dh, states)
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da[:, 0])
    return float(loss), {"Wx": dWx, "Wh": dWh, "Wy": dWy, "bh": dbh, "by": dby}


def as_case(parameters: Parameters, ids: np.ndarray, targets: np.ndarray) -> Case:
    return Case(
        parameters=dict(parameters),
        ids=ids,
        targets=targets,
        h0=np.zeros(len(parameters["bh"])),
    )


PARTS = {name: f"gradients.{name}" for name in NAMES}

GRADIENTS = Question(
    arguments=("parameters", "ids", "targets"),
    answers=("loss", "gradients"),
    case=sequence_case,
    right=loss_and_gradients,
    edges=lambda rng: {
        "a single step": sequence_case(rng, 1),
        "one word again and again": (
            sequence_case(rng)[0],
            np.array([1, 1, 1, 1]),
            np.array([1, 1, 1, 2]),
        ),
        "very large logits": large_logits(rng),
    },
    mistakes=from_registry.from_passes(
        as_case,
        PARTS,
        texts={
            "dwh-overwritten": (
                "Your dL/dWh is zero. Is what you compute ever added to it? Or do "
                "you write over it at each step? Then the first one, where h_0 is "
                "zero, has the last word."
            )
        },
    )
    + (
        Wrong(
            "exp-overflows",
            "With very large logits exp gives inf, and inf / inf is no "
            "number. Subtract the largest logit of a step first: no "
            "probability changes.",
            overflowing,
        ),
        Wrong(
            "log-of-p",
            "With very large logits p[target] itself rounds to 0, and its "
            "logarithm is no number (to add a small one hides that). Never "
            "take log(p): with the largest logit subtracted, log p[target] "
            "is z[target] - log(sum(exp(z))).",
            loss_from_p,
            also=tuple(
                partial(loss_from_p, added=added) for added in (1e-12, 1e-10, 1e-15)
            ),
        ),
    ),
)


def large_logits(rng: np.random.Generator) -> tuple:
    """Where exp would overflow, and a probability round to 0."""
    parameters, ids, targets = sequence_case(rng)
    by = 5000 * parameters["by"]
    by[targets[0]] = by.min() - 5000
    return parameters | {"by": by}, ids, targets


def judge_network(answer: object) -> Verdict | str:
    """What is wrong with the function, then what is wrong with the training.

    As long as my_parameters is `...`, the function is judged alone.
    """
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        return (
            "The answer has two parts: my_loss_and_gradients, the function "
            "itself, and my_parameters, a dict of arrays."
        )
    function, parameters = answer
    verdict = judge(GRADIENTS, function)
    if verdict.kind == NOT_ATTEMPTED:
        return (
            "my_loss_and_gradients is still to come: begin with it."
            if function is ...
            else "my_loss_and_gradients still returns the dots."
        )
    if verdict.kind == MISTAKE:
        return verdict
    if verdict.kind != RIGHT:
        return f"my_loss_and_gradients: {verdict.message}"
    if parameters is ...:
        return "Your function is right. Still to do: the training, and my_parameters."
    return judge_training(parameters)


def judge_training(parameters: object) -> str:
    """Whether a network with these parameters knows the alphabet."""
    if not isinstance(parameters, Mapping):
        return "my_parameters is no dict; expected Wx, Wh, Wy, bh and by."
    try:
        model = VanillaRNN.from_parameters(parameters)
    except ValueError as error:
        return f"my_parameters cannot be used: {error}"
    if model.vocab_size != 26:
        return f"my_parameters is for {model.vocab_size} words; expected 26 letters."
    _, logits = model.forward(WINDOWS[:-1])
    loss = cross_entropy(logits, WINDOWS[1:]).mean()
    right = int((logits.argmax(axis=-1) == WINDOWS[1:]).sum())
    if loss > 0.9 * np.log(26):
        return "not-trained"
    if right < WINDOWS[1:].size or loss > ENOUGH:
        return (
            f"Your function is right, and the network has begun to learn: "
            f"{right} of {WINDOWS[1:].size} letters, at a loss of "
            f"{loss:.2f} nats a letter. Train on, until all are right and "
            f"the loss is below {ENOUGH}."
        )
    return ""


@cache
def trained() -> Parameters:
    """Parameters that know the alphabet."""
    model = VanillaRNN(26, 32, np.random.default_rng(0))
    train(
        model,
        WINDOWS[:-1],
        WINDOWS[1:],
        epochs=60,
        lr=0.1,
        rng=np.random.default_rng(0),
    )
    return model.parameters


def wrong_function(
    wrong: Wrong, parameters: Parameters, ids: np.ndarray, targets: np.ndarray
) -> tuple[float, Parameters]:
    """The answer of a mistake; what it leaves out is right."""
    loss, gradients = loss_and_gradients(parameters, ids, targets)
    made = wrong.answer(parameters, ids, targets)
    if isinstance(made, tuple):
        return made
    return made.get("loss", loss), {
        name: made.get(PARTS[name], right) for name, right in gradients.items()
    }


def with_function(wrong: Wrong) -> Wrong:
    """The mistake as a whole answer: its function, and a trained network."""

    def answer() -> tuple[Callable, Parameters]:
        def my_loss_and_gradients(parameters, ids, targets):
            return wrong_function(wrong, parameters, ids, targets)

        return my_loss_and_gradients, trained()

    return Wrong(wrong.name, wrong.message, answer)


ask(
    "15-own-network",
    kind="project",
    answers=("my_loss_and_gradients", "my_parameters"),
    expects="a function and a dict of arrays",
    seconds=20.0,
    right=lambda: (loss_and_gradients, trained()),
    judge=judge_network,
    mistakes=tuple(map(with_function, GRADIENTS.mistakes))
    + (
        Wrong(
            "not-trained",
            "Your function is right. The network is as good as an even "
            "guess: has it been trained on the windows, and are "
            "my_parameters the arrays that were updated?",
            lambda: (
                loss_and_gradients,
                VanillaRNN(26, 32, np.random.default_rng(0)).parameters,
            ),
        ),
    ),
    hints=(
        "You have written all of it: the forward pass and the softmax in "
        "Parts I and II, the way back through time in chapters 10 and 11, the "
        "update in chapters 8 and 12. Put one after the other. As long as "
        "my_parameters is ..., the check judges the function alone: do that "
        "before you train.",
        "Keep all states of the forward pass, h_0 in front. On the way back "
        "carry Wh.T @ da from step to step, and add up dWx, dWh and dbh.",
        "Weights of 0.1 times a normal number, biases of zero, a learning rate "
        "of 0.1, one window in each update: thirty visits to the 26 windows "
        "are enough for 32 units.",
    ),
)

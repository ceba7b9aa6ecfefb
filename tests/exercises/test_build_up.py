"""The readers' own functions fit together: from words to a trained network.

Each solution is executed with the readers' own functions under the names of
the package's; what is left of the package are the vectors of chapter 2.
"""

import math
import random

import numpy as np
import pytest
from solutions import solution_of

from rnn_src import words
from rnn_src.data import SENTENCES
from rnn_src.mistakes import random_case, right_gradients
from rnn_src.words.training import all_rows

#: The exercise, what its solution makes, and whose place that takes.
PIECES = (
    ("01-one-hot", "my_one_hot", "one_hot"),
    ("01-pairs", "my_next_word_pairs", "next_word_pairs"),
    ("02-step", "my_rnn_step", "rnn_step"),
    ("02-softmax", "my_softmax", "softmax"),
    ("03-cross-entropy", "my_cross_entropy", "cross_entropy"),
    ("04-logits", "my_logits_backward", "logits_backward"),
    ("05-output", "my_output_backward", "output_backward"),
    ("06-tanh", "my_tanh_backward", "tanh_backward"),
    ("06-bug", "my_hidden_backward", "hidden_backward"),
    ("06-step", "my_step_backward", None),
    ("08-bug", "my_update", None),
    ("08-step", "my_train_step", None),
)
LISTS = ("matvec", "add", "tanh", "outer", "transpose")


@pytest.fixture(scope="module")
def own() -> dict:
    """The readers' functions, each instead of the package's."""
    space = {name: getattr(words, name) for name in LISTS} | {
        "math": math,
        "check": lambda *_, **__: None,
        "all_rows": all_rows,
        "add_parameters": words.add_parameters,
    }

    def step_backward(x, h_prev, h, logits, target, parameters):
        found, dh_prev = space["my_step_backward"](
            x, h_prev, h, logits, target, parameters
        )
        return words.Parameters(**found), dh_prev

    space["rnn_step_backward"] = step_backward
    for exercise, function, place in PIECES:
        exec(solution_of(exercise), space)
        if place:
            space[place] = space[function]
    return space


def test_the_own_network_learns_the_three_sentences(own):
    vocabulary = words.Vocabulary(SENTENCES)
    network = words.init_parameters(6, 8, random.Random(0), scale=0.1)
    losses = []
    for _ in range(100):
        losses.append(0.0)
        for sentence in SENTENCES:
            h = [0.0] * 8
            for word, target in own["my_next_word_pairs"](vocabulary.encode(sentence)):
                h, loss = own["my_train_step"](word, target, h, network, 0.1)
                losses[-1] += loss
    other = words.init_parameters(6, 8, random.Random(0), scale=0.1)
    expected = words.train_steps(
        [vocabulary.encode(sentence) for sentence in SENTENCES],
        other,
        lr=0.1,
        epochs=100,
    )
    assert losses == pytest.approx(expected, rel=1e-9)
    assert losses[-1] < 0.2


def test_the_own_batch_agrees_with_the_museum():
    space = {"np": np, "check": lambda *_, **__: None}
    for exercise in ("11-loop", "11-forward", "11-bug", "11-backward"):
        space |= {"rows": lambda array: array.reshape(-1, array.shape[-1])}
        if exercise == "11-backward":
            space["softmax"] = lambda z: (
                np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
            )
        exec(solution_of(exercise), space)
    case = random_case(np.random.default_rng(0), T=5, H=4, V=6, scale=1.0)
    ids, targets = case.ids[:, np.newaxis], case.targets[:, np.newaxis]
    states, logits = space["my_forward"](case.parameters, ids, case.h0[np.newaxis])
    found, _ = space["my_backward"](case.parameters, ids, targets, states, logits)
    for name, right in right_gradients(case).items():
        assert found[name] == pytest.approx(right, abs=1e-12)

"""The project of Part IV: changed networks are refused, and training counts."""

import ast

import numpy as np
import pytest
from mutants import mutants
from same_trials import SameTrials
from solutions import block_of, solution_of

from rnn_exercises import check, judging
from rnn_exercises.questions.parts import judge_part
from rnn_exercises.questions.project_15 import (
    STREAM,
    train_on_stream,
    trained,
)
from rnn_exercises.showing import MISTAKE, RIGHT, WRONG

NAME = "15-own-network"
USED = ("my_forward", "my_loss_and_dlogits", "my_backward")

#: Changes of the solution that are no mistakes.
HARMLESS = {
    # the zeros that were there before are replaced, not added to
    "g['Wy'] = dlogits.T @ states[1:]",
    "g['by'] = dlogits.sum(axis=0)",
    # lists serve as well; the last axis is axis 1; as many logits as targets
    "states = states",
    "- states = np.array(states)",
    "logits = logits - logits.max(axis=-1, keepdims=True)",
    "log_p = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))",
    "steps = np.arange(len(logits))",
    "for t in reversed(range(len(dlogits))):",
}

#: The same for its training: as many targets as ids, as many gradients as weights.
HARMLESS_IN_TRAINING = {
    "for name in gradients:",
    "for start in range(0, len(targets), k):",
    "w[name] -= lr / max(length, 1) * gradients[name]",
}


def function_of(pieces: str):
    """`my_loss_and_gradients` of the solution, with these pieces under it."""
    space = {"np": np}
    exec(pieces, space)
    (solution,) = (
        node
        for node in ast.parse(solution_of(NAME)).body
        if getattr(node, "name", "") == "my_loss_and_gradients"
    )
    exec(ast.unparse(solution), space)
    return space["my_loss_and_gradients"]


def pieces() -> str:
    """The forward and the backward pass of the solution."""
    source = block_of(NAME).solutions[0].source
    return "\n".join(
        ast.unparse(node)
        for node in ast.parse(source).body
        if getattr(node, "name", "") in USED
    )


def verdict(function, parameters, train=train_on_stream):
    return check(NAME, (function, train, parameters), record=False)


def own_training(source: str):
    """`my_train_stream` of the solution, or one that was made from it."""
    space = {"np": np, "my_loss_and_gradients": function_of(pieces())}
    exec(source, space)
    return space["my_train_stream"]


def training() -> str:
    """The update and the loop over the pieces of the solution."""
    sources = [cell.source for cell in block_of(NAME).solutions]
    return "\n".join(
        ast.unparse(node)
        for source in sources
        for node in ast.parse(source).body
        if getattr(node, "name", "") in ("my_update", "my_train_stream")
    )


def test_no_changed_network_is_accepted(monkeypatch):
    monkeypatch.setattr(judging, "trials_of", SameTrials())
    accepted, tried = set(), 0
    for mutant in mutants(pieces()):
        tried += 1
        if verdict(function_of(mutant.source), trained()).kind == RIGHT:
            accepted.add(mutant.change)
    assert accepted == HARMLESS
    assert tried > 300


def test_no_changed_training_is_accepted(monkeypatch):
    monkeypatch.setattr(judging, "trials_of", SameTrials())
    accepted, tried = set(), 0
    for mutant in mutants(training()):
        tried += 1
        if not judge_part("", STREAM, own_training(mutant.source)):
            accepted.add(mutant.change)
    assert accepted == HARMLESS_IN_TRAINING
    assert tried > 50


def test_a_network_that_has_not_learned_is_recognised():
    function = function_of(pieces())
    rng = np.random.default_rng(0)
    fresh = {name: rng.normal(0, 0.1, array.shape) for name, array in trained().items()}
    found = verdict(function, fresh)
    assert (found.kind, found.mistakes) == (MISTAKE, ("not-trained",))
    half = trained() | {"Wh": 0.5 * trained()["Wh"]}
    found = verdict(function, half)
    assert found.kind == WRONG and "has begun to learn" in found.message


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (3, "my_parameters is not a dict"),
        (..., "Your functions are right. Still to do: the training"),
        ({}, "cannot be used: parameters has []"),
        (
            {
                "Wx": np.zeros((4, 5)),
                "Wh": np.zeros((4, 4)),
                "Wy": np.zeros((5, 4)),
                "bh": np.zeros(4),
                "by": np.zeros(5),
            },
            "for 5 symbols; expected 2",
        ),
    ],
)
def test_parameters_that_cannot_be_used_get_a_sentence(parameters, message):
    found = verdict(function_of(pieces()), parameters)
    assert found.kind == WRONG and message in found.message


def test_the_function_is_judged_before_there_are_parameters():
    wrong = function_of(pieces().replace("w['Wh'].T @ da", "w['Wh'] @ da"))
    assert verdict(wrong, ...).mistakes == ("wh-not-transposed",)
    found = verdict(lambda parameters, ids, targets, h0: ..., ...)
    assert "my_loss_and_gradients still returns the dots" in found.message
    assert "my_loss_and_gradients is still missing" in verdict(..., trained()).message
    found = verdict(function_of(pieces()), ..., ...)
    assert "my_train_stream is still missing" in found.message


def test_a_mistake_that_every_exercise_knows_keeps_its_name():
    right = function_of(pieces())

    def doubled(*arguments):
        loss, gradients, h = right(*arguments)
        return 2 * loss, gradients, h

    found = verdict(doubled, ...)
    assert (found.kind, found.mistakes) == (MISTAKE, ("factor",))
    assert found.message.startswith("loss is 2 times the right answer")
    assert found.message.endswith("This is about my_loss_and_gradients.")


#: The solution's log of a softmax, and what a reader may write instead.
LOG_P = (
    "log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))",
    "np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)",
)
HIGHEST = "logits = logits - logits.max(axis=1, keepdims=True)"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({LOG_P[0]: f"log_p = np.log({LOG_P[1]})"}, "log-of-p"),
        (
            {
                LOG_P[0]: f"log_p = np.log(1e-12 + {LOG_P[1]})",
                "dlogits = np.exp(log_p)": f"dlogits = {LOG_P[1]}",
            },
            "log-of-p",
        ),
        ({LOG_P[0]: f"log_p = np.log({LOG_P[1]})", HIGHEST: "pass"}, "exp-overflows"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_loss_that_is_not_a_number_gets_its_cure(changes, name):
    source = pieces()
    for old, new in changes.items():
        assert source.count(old) == 1
        source = source.replace(old, new)
    for _ in range(5):
        assert verdict(function_of(source), ...).mistakes == (name,)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (3, "three parts"),
        (
            (lambda parameters, ids, targets, h0: 1.0, ..., {}),
            "my_loss_and_gradients: The answer is a number; expected 3 values",
        ),
        ((lambda parameters: 1.0, ..., {}), "takes (parameters); expected"),
        ((7, ..., {}), "The answer is a number; expected a function"),
    ],
)
def test_an_answer_of_the_wrong_form_gets_a_sentence(answer, message):
    found = check(NAME, answer, record=False)
    assert found.kind == WRONG and message in found.message

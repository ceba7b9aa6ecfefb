"""The project of Part V: changed GRUs are refused, and training counts."""

import ast

import numpy as np
import pytest
from mutants import mutants
from same_trials import SameTrials
from solutions import block_of

from rnn_exercises import check, judging
from rnn_exercises.judging import judge
from rnn_exercises.questions.gru import by_complex_steps, by_pieces, gru_shapes
from rnn_exercises.questions.project_18 import GRU, bigram, gru_case, text, trained
from rnn_exercises.showing import MISTAKE, RIGHT, WRONG
from rnn_src.lstm import LSTM

NAME = "18-project"

#: Changes of the solution that are no mistakes.
HARMLESS = {
    # the zeros that were there before are replaced, not added to
    "gradients['Wy'] = dlogits.T @ states[1:]",
    "gradients['by'] = dlogits.sum(axis=0)",
    # lists serve as well; as many targets as ids; the last axis is axis 1
    "return (states, kept)",
    "w, steps = (parameters, np.arange(len(targets)))",
    "logits = logits - logits.max(axis=-1, keepdims=True)",
    "log_p = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))",
    # w is another name of parameters
    "states, kept = my_gru_forward(parameters, ids, h0)",
    "logits = states[1:] @ w['Wy'].T + parameters['by']",
    "logits = states[1:] @ parameters['Wy'].T + w['by']",
    "gradients = {name: np.zeros_like(array) for name, array in parameters.items()}",
    "dh = parameters['Wy'].T @ dlogits[t] + later",
    "later = parameters['Wh'].T @ dm + dh * z",
}


def pieces() -> str:
    """The forward pass and the GRU of the solution."""
    source = block_of(NAME).solutions[0].source
    return "\n".join(
        ast.unparse(node)
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    )


def gru_from(source: str):
    space = {"np": np}
    exec(source, space)
    return space["my_gru"]


def verdict(function, parameters):
    return check(NAME, (function, parameters), record=False)


def test_the_pieces_are_right_on_50_cases():
    rng = np.random.default_rng(0)
    for _ in range(50):
        case = gru_case(rng)
        loss, gradients, h = by_pieces(*case)
        expected, slopes, last = by_complex_steps(*case)
        assert np.isclose(loss, expected, rtol=1e-12)
        assert np.allclose(h, last, rtol=1e-12)
        for name, slope in slopes.items():
            assert np.allclose(gradients[name], slope, rtol=1e-10, atol=1e-12)


def test_complex_steps_are_central_differences():
    parameters, *others = gru_case(np.random.default_rng(1), (4, 3, 4))
    _, slopes, _ = by_complex_steps(parameters, *others)
    for name, w in parameters.items():
        for place in np.ndindex(w.shape):
            kept, losses = w[place], []
            for nudge in (1e-5, -1e-5):
                w[place] = kept + nudge
                losses.append(by_complex_steps(parameters, *others)[0])
            w[place] = kept
            assert abs((losses[0] - losses[1]) / 2e-5 - slopes[name][place]) < 1e-7


def test_pytorch_has_the_same_gru(torch):
    V, H, T = 5, 4, 6
    parameters, ids, targets, h0 = gru_case(np.random.default_rng(2), (V, H, T))
    gru = torch.nn.GRU(V, H, dtype=torch.float64)
    theirs = {
        "Wx": gru.weight_ih_l0,
        "Wh": gru.weight_hh_l0,
        "bx": gru.bias_ih_l0,
        "bh": gru.bias_hh_l0,
    }
    with torch.no_grad():
        for name, parameter in theirs.items():
            assert parameter.shape == gru_shapes(V, H)[name]
            parameter.copy_(torch.tensor(parameters[name]))
    states, last = gru(torch.tensor(np.eye(V)[ids]), torch.tensor(h0[np.newaxis]))
    logits = states @ torch.tensor(parameters["Wy"]).T + torch.tensor(parameters["by"])
    total = torch.nn.functional.cross_entropy(
        logits, torch.tensor(targets), reduction="sum"
    )
    total.backward()
    loss, gradients, h = by_complex_steps(parameters, ids, targets, h0)
    assert np.isclose(loss, total.item(), rtol=1e-12)
    assert np.allclose(h, last.detach().numpy()[0], rtol=1e-12)
    for name, parameter in theirs.items():
        assert np.allclose(gradients[name], parameter.grad.numpy(), atol=1e-12)


def test_no_changed_gru_is_accepted(monkeypatch):
    monkeypatch.setattr(judging, "trials_of", SameTrials())
    accepted, tried = set(), 0
    for mutant in mutants(pieces()):
        tried += 1
        if judge(GRU, gru_from(mutant.source)).kind == RIGHT:
            accepted.add(mutant.change)
    assert accepted == HARMLESS
    assert tried > 150


@pytest.mark.parametrize("wrong", GRU.ways, ids=lambda wrong: wrong.name)
def test_each_way_of_a_mistake_gets_its_name(wrong):
    def my_gru(parameters, ids, targets, h0):
        return wrong.answer(parameters, ids, targets, h0)

    assert verdict(my_gru, ...).mistakes == (wrong.name,)


def test_the_bigram_can_be_beaten_and_a_fresh_network_is_recognised():
    assert verdict(by_complex_steps, trained()).kind == RIGHT
    fresh = LSTM(len(text()[-1]), 8, np.random.default_rng(0)).parameters
    found = verdict(by_complex_steps, fresh)
    assert (found.kind, found.mistakes) == (MISTAKE, ("not-trained",))
    half = dict(trained()) | {"Wh": 0 * trained()["Wh"], "Wy": 0.5 * trained()["Wy"]}
    found = verdict(by_complex_steps, half)
    assert found.kind == WRONG
    assert f"The bigram loses {bigram():.2f}" in found.message


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (3, "my_parameters is not a dict"),
        (..., "Your GRU is right. Still to do: the training"),
        ({}, "cannot be used: parameters has []"),
        (
            LSTM(5, 4, np.random.default_rng(0)).parameters,
            "for 5 characters; expected",
        ),
    ],
)
def test_parameters_that_cannot_be_used_get_a_sentence(parameters, message):
    found = verdict(by_complex_steps, parameters)
    assert found.kind == WRONG and message in found.message


def test_the_gru_is_judged_before_there_are_parameters():
    assert "my_gru is still missing" in verdict(..., trained()).message
    found = verdict(lambda parameters, ids, targets, h0: ..., ...)
    assert "my_gru still returns the dots" in found.message

"""The gated half of the registry: what the check sees, and what it cannot see."""

import re

import numpy as np
import pytest

from rnn_src.gradcheck import check_gradients, relative_error
from rnn_src.lstm import LSTM
from rnn_src.mistakes import GATED_MISTAKES, GatedCase, gates_case, random_gated_case
from rnn_src.mistakes.gates_backward import PIECES, backward, right_gradients
from rnn_src.mistakes.gates_case import FORWARD, forward, loss
from rnn_src.mistakes.gates_registry import gated_mistake
from rnn_src.mistakes.gates_wrong_forward import BY_HAND, EARLY_WORD
from rnn_src.mistakes.pieces import call, needs


def with_ids(wrongs):
    wrongs = list(wrongs)
    return pytest.mark.parametrize("wrong", wrongs, ids=[w.name for w in wrongs])


FORWARD_ONES = [w for w in GATED_MISTAKES.values() if w.kind == "forward"]
BACKWARD_ONES = [w for w in GATED_MISTAKES.values() if w.kind != "forward"]

every_one = with_ids(GATED_MISTAKES.values())
forward_ones = with_ids(FORWARD_ONES)
backward_ones = with_ids(BACKWARD_ONES)

#: T, scale and seed of cases at weights of size one.
PROOFS = [(3, 1.0, 0), (4, 0.7, 1), (6, 0.6, 5)]

#: What they get wrong goes to c_0, and one step has that.
WRONG_AT_ONE_STEP = {
    "c0-forgotten",
    "cell-carry-through-i",
    "cell-carry-without-f",
    "cell-never-handed-on",
    "dh-from-one-gate",
    "dh-replaced-too-early",
    "dh-without-candidate",
    "state-never-handed-on",
}


def case_of(T, scale, seed, H=3, V=4):
    return random_gated_case(np.random.default_rng(seed), T, H, V, scale)


def largest_error(found, expected):
    return max(relative_error(found[name], expected[name]) for name in expected)


def checked(wrong, case):
    """The check as a reader would run it, on the pass of the reader's own."""
    return check_gradients(lambda: wrong.loss(case), case.arrays, wrong.gradients(case))


def by_the_package(case):
    """Loss, gradients, states of h and last state of c, of a batch of one."""
    model = LSTM.from_parameters(case.parameters)
    state0 = np.stack([case.h0, case.c0])[:, np.newaxis]
    hidden, _ = model.forward(case.ids[:, np.newaxis], state0)
    found_loss = model.bptt(case.targets[:, np.newaxis])
    h0, c0 = model.dh0[:, 0]
    gradients = {**model.gradients, "h0": h0, "c0": c0}
    return found_loss, gradients, hidden[:, 0], model.final[1, 0]


def random_cases(count, seed):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        T, H, V = rng.integers(1, 6), rng.integers(1, 6), rng.integers(2, 7)
        yield random_gated_case(rng, T, H, V, rng.uniform(0.5, 1))


def test_the_right_pieces_are_the_package_on_100_cases():
    for case in random_cases(100, seed=0):
        expected, gradients, hidden, last = by_the_package(case)
        trace = forward(case)
        assert np.isclose(loss(case), expected, rtol=1e-13)
        assert np.allclose([step["h"] for step in trace], hidden, atol=1e-14)
        assert np.allclose(trace[-1]["c"], last, atol=1e-14)
        found = right_gradients(case)
        assert list(found) == list(case.arrays)
        for name, gradient in gradients.items():
            assert np.abs(found[name] - gradient).max() < 1e-12


def test_the_shapes_are_those_of_the_package():
    assert GatedCase.shapes == LSTM.shapes
    assert list(GatedCase.shapes) == list(LSTM.shapes)


def test_the_right_gradients_pass_the_check():
    for proof in PROOFS:
        case = case_of(*proof)
        report = check_gradients(
            lambda c=case: loss(c), case.arrays, right_gradients(case)
        )
        assert report.ok, report


@backward_ones
def test_the_check_rejects_every_wrong_backward_pass(wrong):
    for proof in PROOFS:
        case = case_of(*proof)
        report = checked(wrong, case)
        assert not report.ok
        assert max(row.error for row in report.rows) > 0.02, (proof, report)
        assert wrong.loss(case) == loss(case)


def test_without_biases_the_check_misses_a_slope_at_another_bias():
    wrong = GATED_MISTAKES["sigmoid-prime-at-another-bias"]
    for proof in PROOFS:
        case = case_of(*proof)
        case.parameters["b"][:] = 0
        assert checked(wrong, case).ok


@forward_ones
def test_the_check_sees_no_wrong_forward_pass(wrong):
    for proof in PROOFS:
        report = checked(wrong, case_of(*proof))
        verdicts = {str(row.verdict) for row in report.rows}
        assert verdicts == {"right"}, report


@forward_ones
def test_a_step_by_hand_sees_a_wrong_forward_pass(wrong):
    """All but one: the first step of a state that stays is right."""
    for proof in PROOFS:
        case = case_of(*proof)
        _, _, hidden, _ = by_the_package(case)
        off = np.abs(wrong.states(case)[:, 0] - hidden).max(axis=1)
        assert (off[0] > 1e-3) is np.bool_(wrong.seen_by == BY_HAND)
        assert off[-1] > 1e-3


@forward_ones
def test_an_early_word_moves_the_last_state_unless_it_is_forgotten(wrong):
    case = case_of(4, 0.7, 3)
    ids = case.ids.copy()
    ids[0] = (ids[0] + 1) % 4
    parts = {name: getattr(case, name) for name in ("parameters", "targets", "h0")}
    other = GatedCase(**parts, ids=ids, c0=case.c0)
    moved = np.abs(wrong.states(case) - wrong.states(other)).max(axis=(1, 2)) > 0
    assert moved[0]
    assert moved[1:].tolist() == 3 * [wrong.seen_by != EARLY_WORD]


@backward_ones
def test_the_kind_says_whether_one_step_shows_it(wrong):
    for seed in range(5):
        case = case_of(1, 0.7, seed)
        off = largest_error(wrong.gradients(case), right_gradients(case))
        shown = wrong.kind == "step" or wrong.name in WRONG_AT_ONE_STEP
        assert (off > 1e-3) is shown


@every_one
def test_a_wrong_gradient_keeps_its_shape_and_changes_no_case(wrong):
    case, same = case_of(4, 1.0, 7), case_of(4, 1.0, 7)
    found = wrong.gradients(case)
    assert {n: g.shape for n, g in found.items()} == {
        n: w.shape for n, w in case.arrays.items()
    }
    assert all(np.isfinite(g).all() for g in found.values())
    assert all(np.array_equal(case.arrays[n], w) for n, w in same.arrays.items())


def test_mistakes_differ_from_each_other():
    case = case_of(5, 1.0, 3)
    flat = [
        np.concatenate([np.ravel(g) for g in wrong.gradients(case).values()])
        for wrong in GATED_MISTAKES.values()
    ]
    for place, one in enumerate(flat):
        for other in flat[place + 1 :]:
            assert relative_error(one, other) > 1e-3


def test_the_collection_is_large_and_of_three_kinds():
    kinds = [wrong.kind for wrong in GATED_MISTAKES.values()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "step": 16,
        "time": 12,
        "forward": 5,
    }
    assert {wrong.seen_by for wrong in FORWARD_ONES} == {BY_HAND, EARLY_WORD}
    addresses = {wrong.address for wrong in GATED_MISTAKES.values()}
    assert len(addresses - {""}) == 6


@every_one
def test_names_and_texts(wrong):
    assert GATED_MISTAKES[wrong.name] is wrong
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", wrong.name)
    assert wrong.pieces.keys() <= PIECES.keys()
    assert wrong.forward.keys() <= FORWARD.keys()
    assert bool(wrong.forward) == (wrong.kind == "forward") == bool(wrong.seen_by)
    for text in (wrong.what, wrong.how, wrong.message):
        assert len(text) > 25 and text.endswith(".") and "  " not in text
    assert re.search(r"\byour?s?\b", wrong.message, re.IGNORECASE)
    assert not re.search(r"\b(you|your)\b", wrong.what, re.IGNORECASE)
    assert wrong.what.count(". ") == 0  # one sentence


def test_no_text_is_used_twice():
    for field in ("what", "message"):
        texts = [getattr(wrong, field) for wrong in GATED_MISTAKES.values()]
        assert len(set(texts)) == len(texts)


@every_one
def test_the_line_shown_is_the_line_that_runs(wrong):
    case = case_of(4, 1.0, 0)
    known = backward(case) | {"h": case.h0 / 2, "c": case.c0 / 2}
    pieces, right = (
        (wrong.forward, FORWARD) if wrong.forward else (wrong.pieces, PIECES)
    )
    names = {"np": np, "sigmoid": gates_case.sigmoid}
    for lines, functions in ((wrong.code, pieces), (wrong.right_code, right)):
        for line in lines.split("\n"):
            piece, _, expression = line.partition(" = ")
            assert len(line) < 66
            runs = functions[piece]
            values = {n: known[n] for n in needs(runs)}
            shown = eval(expression, names, values)
            assert np.array_equal(shown, call(runs, known))
    assert wrong.code != wrong.right_code


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: gated_mistake("carry", kind="time"), "piece is 'carry'; expected one"),
        (
            lambda: backward(case_of(1, 1.0, 0), PIECES | {"do": lambda dc: dc}),
            "has the argument 'dc'; expected only values that are known by then",
        ),
        (
            lambda: GatedCase(
                **{
                    **vars(case_of(2, 1.0, 0)),
                    "c0": np.zeros(4),
                }
            ),
            r"c0 has shape \(4,\); expected \(3,\), as h0",
        ),
        (
            lambda: GatedCase(
                **{
                    **vars(case_of(2, 1.0, 0)),
                    "parameters": case_of(2, 1.0, 0).parameters
                    | {"Wh": np.zeros((3, 12))},
                }
            ),
            r"Wh has shape \(3, 12\); expected \(12, 3\)",
        ),
        (lambda: case_of(0, 1.0, 0), "T is 0; expected a whole number"),
        (lambda: case_of(2, -1.0, 0), "scale is -1.0; expected a positive"),
    ],
)
def test_bad_input_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()

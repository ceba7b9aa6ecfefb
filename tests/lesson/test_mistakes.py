"""The registry of mistakes: the right pass is right, each wrong one wrong."""

import inspect
import re

import numpy as np
import pytest
from networks import sharp_gradient

from rnn_src import functions, words
from rnn_src.gradcheck import Verdict, check_gradients, relative_error
from rnn_src.mistakes import MISTAKES, Case, loss, random_case, right_gradients
from rnn_src.mistakes.backward import PIECES, backward, call, needs, totals
from rnn_src.mistakes.case import forward
from rnn_src.mistakes.registry import Mistake, mistake

mistakes = pytest.mark.parametrize("wrong", MISTAKES.values(), ids=list(MISTAKES))

#: T, scale and seed of cases at weights of size one.
PROOFS = [(3, 1.0, 0), (3, 0.5, 1), (5, 1.0, 4), (6, 0.5, 5)]

#: Mistakes in time that one step shows already, and why.
WRONG_AT_ONE_STEP = {
    "carry-not-reset": "the carry comes from another sequence",
    "first-step-skipped": "the first step is the only one",
    "h-prev-wraps-around": "the last state is the only one",
}

#: Mistakes that give the same gradients by different ways.
TWINS = {("by-forgotten", "dby-plus-dby")}

#: Right to one part in a thousand if all weights have size 0.01.
PASS_IF_TINY = {
    "carry-from-dh",
    "carry-with-tanh-prime",
    "clipped-inside",
    "dbh-from-dh",
    "dwy-from-a",
    "no-tanh-prime",
    "tanh-prime-from-a",
    "tanh-prime-of-h",
    "tanh-prime-of-h-prev",
    "tanh-prime-twice",
}


def case_of(T, scale, seed, H=5, V=4):
    return random_case(np.random.default_rng(seed), T, H, V, scale)


def largest_error(gradients, expected):
    return max(relative_error(gradients[name], expected[name]) for name in expected)


def checked(case, gradients, **options):
    return check_gradients(lambda: loss(case), case.parameters, gradients, **options)


def random_cases(count, seed):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        T, H, V = rng.integers(1, 6), rng.integers(1, 6), rng.integers(2, 7)
        yield random_case(rng, T, H, V, rng.uniform(0.5, 1))


@pytest.mark.equation("eq-dlogits")
def test_the_right_gradients_agree_with_differences_on_200_cases():
    errors = [
        largest_error(
            right_gradients(case),
            sharp_gradient(lambda c=case: loss(c), case.parameters),
        )
        for case in random_cases(200, seed=0)
    ]
    assert max(errors) < 1e-8
    assert np.median(errors) < 1e-10


def test_the_right_gradients_pass_the_check():
    for case in random_cases(50, seed=1):
        report = checked(case, right_gradients(case))
        assert report.ok, report
    for proof in PROOFS:
        assert checked(case_of(*proof), right_gradients(case_of(*proof))).ok


def test_the_forward_pass_is_that_of_core_python():
    for case in random_cases(20, seed=2):
        p = words.Parameters(
            **{name: values.tolist() for name, values in case.parameters.items()}
        )
        h, total = case.h0.tolist(), 0.0
        _, hidden, logits = forward(case)
        for t, (word, target) in enumerate(zip(case.ids, case.targets, strict=True)):
            h, z = words.rnn_step(words.one_hot(int(word), p.vocab_size), h, p)
            total += words.cross_entropy(z, int(target))
            assert np.allclose(hidden[t], h, rtol=1e-12, atol=1e-14)
            assert np.allclose(logits[t], z, rtol=1e-12, atol=1e-14)
        assert np.isclose(loss(case), total, rtol=1e-12)


@pytest.mark.equation("eq-dh-prev")
def test_the_right_gradients_are_those_of_core_python_on_200_cases():
    for case in random_cases(200, seed=3):
        p = words.Parameters(
            **{name: values.tolist() for name, values in case.parameters.items()}
        )
        _, hidden, logits = (values.tolist() for values in forward(case))
        states = [case.h0.tolist(), *hidden]
        totals = {name: 0.0 for name in case.parameters}
        later = [0.0] * p.hidden_size
        for t in reversed(range(len(case.ids))):
            found, later = words.rnn_step_backward(
                words.one_hot(int(case.ids[t]), p.vocab_size),
                states[t],
                states[t + 1],
                logits[t],
                int(case.targets[t]),
                p,
                later,
            )
            totals = {
                name: total + np.array(vars(found)[name])
                for name, total in totals.items()
            }
        assert largest_error(right_gradients(case), totals) < 1e-12


def test_dz_is_the_derivative_of_the_cross_entropy():
    case = case_of(3, 1.0, 0)
    _, _, logits = forward(case)
    dz = functions.d_cross_entropy(logits, case.targets)
    assert np.allclose(backward(case)["dz"], dz[0])  # the last one visited
    assert np.allclose(right_gradients(case)["by"], dz.sum(axis=0))


@mistakes
def test_the_check_rejects_every_mistake(wrong):
    """The smallest error of all is 0.047; the border lies well below."""
    for proof in PROOFS:
        case = case_of(*proof)
        report = checked(case, wrong.gradients(case))
        assert not report.ok
        assert max(row.error for row in report.rows) > 1e-3, (proof, report)


@mistakes
def test_the_kind_says_whether_one_step_shows_it(wrong):
    for seed in range(10):
        case = case_of(1, 0.5, seed)
        found, right = wrong.gradients(case), right_gradients(case)
        if wrong.kind == "step" or wrong.name in WRONG_AT_ONE_STEP:
            assert largest_error(found, right) > 1e-3
        else:
            assert all(np.array_equal(found[n], right[n]) for n in right)


@mistakes
def test_a_wrong_gradient_keeps_its_shape_and_changes_no_case(wrong):
    case, same = case_of(4, 1.0, 7), case_of(4, 1.0, 7)
    found = wrong.gradients(case)
    assert {n: g.shape for n, g in found.items()} == {
        n: w.shape for n, w in case.parameters.items()
    }
    assert all(np.isfinite(g).all() and g.dtype == np.float64 for g in found.values())
    assert all(
        np.array_equal(case.parameters[n], same.parameters[n]) for n in same.parameters
    )
    again = wrong.gradients(case)
    assert all(np.array_equal(found[n], again[n]) for n in found)


def test_mistakes_differ_from_each_other():
    case = case_of(5, 1.0, 3)  # T is not V: dividing by them differs
    flat = {
        name: np.concatenate([np.ravel(g) for g in wrong.gradients(case).values()])
        for name, wrong in MISTAKES.items()
    }
    names = sorted(flat)
    same = {
        (a, b)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if relative_error(flat[a], flat[b]) < 1e-3
    }
    assert same == TWINS


def test_tiny_weights_let_wrong_gradients_pass():
    """At scale 0.01 tanh is a straight line, and there is nothing to clip."""
    passed = set(MISTAKES)
    for seed in range(3):
        case = case_of(6, 0.01, seed)
        for name, wrong in MISTAKES.items():
            report = checked(case, wrong.gradients(case), tolerance=1e-3)
            assert not report.ok
            if Verdict.WRONG in {row.verdict for row in report.rows}:
                passed.discard(name)
    assert passed == PASS_IF_TINY


def test_tiny_weights_make_no_right_gradient_wrong():
    for scale in (1e-1, 1e-2, 1e-3, 1e-4, 1e-6):
        for seed in range(3):
            case = case_of(6, scale, seed)
            report = checked(case, right_gradients(case))
            assert Verdict.WRONG not in {row.verdict for row in report.rows}


def test_the_registry_is_large_and_of_both_kinds():
    kinds = [wrong.kind for wrong in MISTAKES.values()]
    assert len(MISTAKES) >= 28
    assert min(kinds.count("step"), kinds.count("time")) >= 10
    assert set(kinds) == {"step", "time"}
    assert set(WRONG_AT_ONE_STEP) <= {
        name for name, wrong in MISTAKES.items() if wrong.kind == "time"
    }


@mistakes
def test_names_and_texts(wrong):
    assert MISTAKES[wrong.name] is wrong
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", wrong.name)
    assert len(wrong.pieces) == 1 and wrong.pieces.keys() <= PIECES.keys()
    for text in (wrong.what, wrong.how, wrong.message):
        assert len(text) > 25 and text.endswith(".") and "  " not in text
    assert re.search(r"\byour?s?\b", wrong.message, re.IGNORECASE)
    assert not re.search(r"\b(you|your)\b", wrong.what, re.IGNORECASE)
    assert wrong.what.count(". ") == 0  # one sentence


def test_no_text_is_used_twice():
    for field in ("what", "message"):
        texts = [getattr(wrong, field) for wrong in MISTAKES.values()]
        assert len(set(texts)) == len(texts)


@mistakes
def test_the_line_shown_is_the_line_that_runs(wrong):
    known = backward(case_of(4, 1.0, 0), leftover=np.ones(5)) | {"t": 2}
    ((piece, function),) = wrong.pieces.items()
    for line, runs in ((wrong.code, function), (wrong.right_code, PIECES[piece])):
        name, _, expression = line.partition(" = ")
        assert name == piece and len(line) < 60
        shown = eval(expression, {"np": np}, {n: known[n] for n in needs(runs)})
        assert np.array_equal(np.asarray(shown), np.asarray(call(runs, known)))
    assert wrong.code != wrong.right_code


def test_a_mistake_shows_its_source():
    wrong = MISTAKES["y-minus-p"]
    assert wrong.code == "dz = y - p" and wrong.right_code == "dz = p - y"
    assert "return y - p" in inspect.getsource(wrong.pieces["dz"])


def earlier(hidden, h0, t):
    """The wrong state to return here."""
    return hidden[t]


def nothing(H):
    return np.zeros(H)


def test_a_mistake_in_two_pieces():
    two = Mistake(
        name="two",
        kind="time",
        what="",
        how="",
        message="",
        pieces={"h_prev": earlier, "carry": nothing},
    )
    assert two.code == "h_prev = hidden[t]\ncarry = np.zeros(H)"
    assert two.right_code == (
        "h_prev = hidden[t - 1] if t > 0 else h0\ncarry = Wh.T @ da"
    )
    case = case_of(4, 1.0, 0)
    found, alone = two.gradients(case), MISTAKES["one-step-only"].gradients(case)
    assert largest_error(found, right_gradients(case)) > 1e-3
    assert np.array_equal(found["Wx"], alone["Wx"])
    assert largest_error({"Wh": found["Wh"]}, {"Wh": alone["Wh"]}) > 1e-3


def test_what_the_previous_sequence_leaves_is_its_last_carry():
    case = case_of(4, 1.0, 0)
    last = backward(case)["carry"]
    found = MISTAKES["carry-not-reset"].gradients(case)
    expected = totals(backward(case, PIECES | {"start": lambda: last}))
    assert all(np.array_equal(found[n], expected[n]) for n in expected)


def test_random_cases_are_within_reason_and_repeat():
    case, same = case_of(4, 0.5, 9), case_of(4, 0.5, 9)
    assert all(
        np.array_equal(case.parameters[n], same.parameters[n]) for n in case.parameters
    )
    assert np.array_equal(case.ids, same.ids)
    assert np.array_equal(case.targets, same.targets)
    for values in (*case.parameters.values(), case.h0):
        assert values.dtype == np.float64 and values.all()
    assert np.abs(case.h0).max() < 1
    assert np.array_equal(case_of(np.int64(4), np.float64(0.5), 9).ids, case.ids)
    assert 0.3 < np.std(case_of(1, 0.5, 0, H=40).parameters["Wh"]) < 0.7


def enter(piece="dz", kind="step", name="new"):
    def function(p):
        return p

    function.__name__ = name
    return mistake(piece, kind=kind, what="", how="", message="")(function)


def parts(**changes):
    case = case_of(2, 1.0, 0)
    whole = {
        "parameters": case.parameters,
        "ids": case.ids,
        "targets": case.targets,
        "h0": case.h0,
    }
    for name, values in changes.items():
        if name in case.parameters:
            whole["parameters"] = case.parameters | {name: values}
        else:
            whole[name] = values
    return Case(**whole)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: enter(piece="dzz"), "piece is 'dzz'; expected one of steps"),
        (lambda: enter(kind="bptt"), "kind is 'bptt'; expected 'step' or 'time'"),
        (lambda: enter(name="y_minus_p"), "y-minus-p is in the collection already"),
        (
            lambda: backward(case_of(1, 1.0, 0), PIECES | {"carry": lambda s: s.da}),
            "<lambda> has the argument 's'; expected only values that are known by "
            "then: Wx, Wh, .*, da, dWx",
        ),
        (
            lambda: backward(case_of(1, 1.0, 0), PIECES | {"x": lambda dz: dz}),
            "has the argument 'dz'; .*, t$",
        ),
        (
            lambda: case_of(0, 1.0, 0),
            "T is 0; expected a whole number, 1 or more",
        ),
        (
            lambda: case_of(2, 1.0, 0, H=2.5),
            "H is 2.5; expected a whole number, 1 or more",
        ),
        (lambda: case_of(1, 1.0, 0, V=True), "V is True; expected a whole number"),
        (
            lambda: case_of(1, "1", 0),
            "scale is '1'; expected a positive, finite number",
        ),
        (lambda: case_of(1, 1.0, 0, H=0), "H is 0"),
        (lambda: case_of(1, 1.0, 0, V=-1), "V is -1"),
        (
            lambda: case_of(1, 0.0, 0),
            "scale is 0.0; expected a positive, finite number",
        ),
        (lambda: case_of(1, np.nan, 0), "scale is nan"),
        (
            lambda: parts(Wx=np.ones((4, 5))),
            r"Wx has shape \(4, 5\); expected \(5, 4\), without a 0, for an h0 of 5",
        ),
        (lambda: parts(Wh=[[1.0]]), "Wh has shape of no array"),
        (lambda: parts(bh=np.ones(4)), r"bh has shape \(4,\); expected \(5,\)"),
        (lambda: parts(targets=np.array([0])), r"targets has shape \(1,\); exp"),
        (lambda: parts(ids=np.zeros(0, int)), r"ids has shape \(0,\)"),
        (lambda: parts(ids=np.array([0, 4])), r"ids\[1\] is 4; expected 0 to 3"),
        (lambda: parts(targets=np.array([-1, 0])), r"targets\[0\] is -1"),
        (lambda: parts(targets=np.array([0.0, 1.0])), "targets has dtype float64"),
        (
            lambda: parts(parameters={"Wx": np.ones((5, 4))}),
            r"parameters has \['Wx'\]; expected \['Wh'",
        ),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
    assert "new" not in MISTAKES

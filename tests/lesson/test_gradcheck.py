"""The gradient check: right where it should be, and silent nowhere."""

import copy
import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rnn_src.gradcheck import (
    Verdict,
    check_gradients,
    numeric_gradient,
    relative_error,
)
from rnn_src.gradcheck.check import worst_entry
from rnn_src.gradcheck.differences import shape_of

sizes = st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple)
seeds = st.integers(0, 10_000)


def waves(parameters):
    """A loss with a gradient that is known, for lists and arrays alike."""
    return sum(
        float(np.sum(np.sin(values)) + np.sum(values) ** 2)
        for values in parameters.values()
    )


def d_waves(parameters):
    return {
        name: np.cos(values) + 2 * np.sum(values) for name, values in parameters.items()
    }


def drawn(shape, seed, scale=1.0):
    rng = np.random.default_rng(seed)
    return {"W": rng.normal(0, scale, shape), "b": rng.normal(0, scale, 2)}


def as_lists(parameters):
    return {name: values.tolist() for name, values in parameters.items()}


def bits(parameters):
    return {name: np.asarray(values).tobytes() for name, values in parameters.items()}


def small_check(change=None, loss=None, **options):
    """Check a small case after a change to its parameters or gradients."""
    p = drawn((2, 3), seed=1)
    g = d_waves(p)
    if change:
        change(p, g)
    return check_gradients(loss or (lambda: waves(p)), p, g, **options)


@pytest.mark.equation("eq-central-difference")
@given(sizes, seeds)
def test_the_numeric_gradient_of_a_known_function(shape, seed):
    p = drawn(shape, seed)
    lists, before = as_lists(p), bits(p)
    numeric = numeric_gradient(lambda: waves(p), p)
    for name, exact in d_waves(p).items():
        assert numeric[name].shape == exact.shape
        assert np.allclose(numeric[name], exact, rtol=1e-8, atol=1e-7)
    assert bits(p) == before
    assert numeric_gradient(lambda: waves(lists), lists) == as_lists(numeric)
    assert bits(lists) == before


@pytest.mark.equation("eq-central-difference")
def test_the_difference_is_taken_on_both_sides():
    """Of a cube, central differences are off by epsilon squared, exactly."""
    p = {"w": [2.0]}
    found = numeric_gradient(lambda: p["w"][0] ** 3, p, epsilon=0.5)
    assert found == {"w": [12 + 0.25]}


def test_each_entry_is_nudged_alone_and_in_place():
    p = {"W": [[1.0, 2.0], [3.0, 4.0]], "b": np.array([5.0])}
    seen = []

    def loss():
        seen.append([*p["W"][0], *p["W"][1], p["b"][0]])
        return 0.0

    numeric_gradient(loss, p, epsilon=0.25)
    rest = [1, 2, 3, 4, 5]
    nudged = [
        [w + sign * 0.25 * (i == k) for k, w in enumerate(rest)]
        for i in range(5)
        for sign in (1, -1)
    ]
    assert seen == [rest, *nudged, rest]


@pytest.mark.parametrize("kind", ["arrays", "lists"])
@pytest.mark.parametrize("fails_at", range(1, 19))
def test_what_was_nudged_is_restored_even_if_the_loss_raises(kind, fails_at):
    p = drawn((2, 3), seed=2)
    p = as_lists(p) if kind == "lists" else p
    before, calls = bits(p), []

    def loss():
        calls.append(None)
        if len(calls) == fails_at:
            raise KeyboardInterrupt
        return waves(p)

    with pytest.raises(KeyboardInterrupt):
        numeric_gradient(loss, p)
    assert len(calls) == fails_at and bits(p) == before


def test_values_that_a_nudge_rounds_are_restored_bit_for_bit():
    p = {"w": [0.1, 1 / 3, 1e16, -0.0, 5e-324, 3]}
    before = copy.deepcopy(p)
    numeric_gradient(lambda: 0.0, p)
    assert repr(p) == repr(before)


def test_a_view_with_strides_is_nudged_in_its_array():
    whole = np.arange(12.0).reshape(3, 4)
    p = {"W": whole[:, ::2].T}
    found = numeric_gradient(lambda: float((whole**2).sum()), p)
    assert np.allclose(found["W"], 2 * p["W"], atol=1e-6)


@pytest.mark.equation("eq-relative-error")
def test_the_relative_error_by_hand():
    assert relative_error([1.0, 2.0], [1.0, 4.0]) == 0.5
    assert relative_error([[4.0], [0.0]], [[4.0], [1.0]]) == 0.25
    assert relative_error([1.0], [-1.0]) == 2
    assert relative_error([0.0], [3.0]) == relative_error([3.0], [0.0]) == 1
    assert relative_error([0.0, 0.0], [0.0, -0.0]) == 0
    assert relative_error([1.0, math.nan], [1.0, 1.0]) == math.inf
    assert relative_error([math.inf], [math.inf]) == math.inf


@pytest.mark.equation("eq-relative-error")
@given(sizes, seeds, st.floats(1e-3, 1e3))
def test_the_relative_error_is_symmetric_and_has_no_unit(shape, seed, unit):
    a, n = drawn(shape, seed)["W"], drawn(shape, seed + 1)["W"]
    error = relative_error(a, n)
    assert error == relative_error(n, a) == relative_error(a.tolist(), n)
    assert math.isclose(relative_error(unit * a, unit * n), error)
    assert error == np.abs(a - n).max() / np.abs([a, n]).max()
    assert 0 < error <= 2 and relative_error(a, a) == 0


@given(sizes, seeds, st.booleans())
def test_a_right_gradient_is_found_right(shape, seed, lists):
    p = drawn(shape, seed)
    p["W"].flat[0] = 1.0  # a matrix must have a weight that reaches 0.1
    g = d_waves(p)
    if lists:
        p, g = as_lists(p), as_lists(g)
    report = check_gradients(lambda: waves(p), p, g)
    assert report.ok and [row.verdict for row in report.rows] == [
        Verdict.RIGHT,
        Verdict.RIGHT,
    ]
    assert max(row.error for row in report.rows) < 1e-7


@given(sizes, seeds, st.data())
def test_a_single_wrong_entry_is_found_and_named(shape, seed, data):
    p = drawn(shape, seed)
    p["W"].flat[0] = 1.0
    g = d_waves(p)
    index = tuple(data.draw(st.integers(0, n - 1)) for n in shape)
    right = g["W"][index]
    largest = np.abs(g["W"]).max()
    g["W"][index] += data.draw(st.sampled_from([-1e-3, 1e-3])) * largest
    report = check_gradients(lambda: waves(p), p, g)
    W, b = report.rows
    assert not report.ok
    assert (W.name, W.verdict, W.index) == ("W", Verdict.WRONG, index)
    assert math.isclose(W.error, 1e-3, rel_tol=2e-3)
    assert W.analytic == g["W"][index]
    assert math.isclose(W.numeric, right, rel_tol=1e-6, abs_tol=1e-7 * largest)
    assert b.verdict == Verdict.RIGHT


def test_the_tolerance_is_the_border():
    def off(p, g):
        g["W"] *= 1 + 1e-4

    assert not small_check(off).ok
    assert not small_check(off, tolerance=0.9e-4).ok
    assert small_check(off, tolerance=1.1e-4).ok


def test_a_gradient_that_is_not_finite_is_wrong():
    def broken(p, g):
        g["W"][1, 2] = np.nan
        g["b"][1] = np.inf

    report = small_check(broken)
    W, b = report.rows
    assert (W.verdict, W.error, W.index) == (Verdict.WRONG, math.inf, (1, 2))
    assert (b.verdict, b.error, b.index) == (Verdict.WRONG, math.inf, (1,))
    for line, shown in zip(str(report).splitlines()[1:3], ["nan", "inf"], strict=True):
        assert line.split()[1] == "inf" and shown in line.split()


def test_zero_over_zero_says_nothing():
    p = {"w": [1.0, 2.0], "unused": [[3.0]]}
    g = {"w": [1.0, 1.0], "unused": [[0.0]]}
    report = check_gradients(lambda: sum(p["w"]), p, g)
    assert [row.verdict for row in report.rows] == [Verdict.RIGHT, Verdict.ALL_ZERO]
    assert report.rows[1].error == 0 and not report.ok
    assert str(report).endswith("\nAll zero: says nothing.")


@pytest.mark.parametrize("zero", ["analytic", "numeric"])
def test_one_zero_against_something_is_wrong(zero):
    p = {"w": [1.0, 2.0]}
    g = {"w": [0.0, 0.0] if zero == "analytic" else [1.0, 1.0]}
    report = check_gradients(lambda: sum(p["w"]) if zero == "analytic" else 1.0, p, g)
    assert report.rows[0].verdict == Verdict.WRONG and report.rows[0].error == 1


def test_agreement_says_nothing_if_the_weights_are_small():
    p = {"w": [0.09, -0.01], "b": np.array([0.05])}
    report = check_gradients(lambda: waves(p), p, d_waves(p))
    assert {row.verdict for row in report.rows} == {Verdict.TOO_SMALL}
    assert not report.ok and max(row.error for row in report.rows) < 1e-6
    p["w"][1] = -0.1  # one weight is enough, whatever its sign
    assert check_gradients(lambda: waves(p), p, d_waves(p)).ok


@pytest.mark.parametrize("scale", [1.0, 1e-2, 1e-3, 1e-4])
@pytest.mark.parametrize("factor", [-1.0, 0.0])
def test_a_reversed_or_missing_gradient_is_wrong_at_any_size(scale, factor):
    """Also where the gradient, which shrinks with the weights, is all but lost."""
    rng = np.random.default_rng(5)
    p = {name: rng.normal(0, scale, (3, 3)) for name in ("Wx", "Wh")}

    def loss():
        return float(np.tanh(p["Wh"] @ np.tanh(p["Wx"])).sum())

    g = numeric_gradient(loss, p)
    report = check_gradients(loss, p, {n: factor * v for n, v in g.items()})
    assert {row.verdict for row in report.rows} == {Verdict.WRONG}


def test_every_matrix_needs_a_large_weight():
    p = {"W": np.ones((2, 2)), "small": np.full((2, 2), 0.05)}
    report = check_gradients(lambda: waves(p), p, d_waves(p))
    assert {row.verdict for row in report.rows} == {Verdict.TOO_SMALL}


def test_a_loss_that_writes_into_the_gradients_changes_no_verdict():
    p = drawn((2, 2), seed=3)
    g = {name: values + 1.0 for name, values in d_waves(p).items()}

    def loss():
        for name, values in d_waves(p).items():
            g[name][:] = values
        return waves(p)

    assert not check_gradients(loss, p, g).ok


PRINTED = """\
       error    worst at  analytic  numeric  verdict
right  < 1e-06                               right
off    9.1e-02  [1]       1.1       1        WRONG
zero   0/0                                   all zero
A gradient is wrong."""


def test_the_report_as_it_is_printed():
    p = {"right": [1.0, 2.0], "off": np.array([0.0, 1.0]), "zero": [[1.0]]}
    g = {"right": [1.0, 1.0], "off": [1.0, 1.1], "zero": [[0.0]]}
    report = check_gradients(lambda: sum(p["right"]) + p["off"].sum(), p, g)
    assert str(report) == PRINTED


ALL_RIGHT = """\
   error    verdict
w  < 1e-06  right
Every gradient is right."""


def test_where_all_is_right_no_column_is_empty():
    p = {"w": [1.0, 2.0]}
    assert str(check_gradients(lambda: sum(p["w"]), p, {"w": [1.0, 1.0]})) == ALL_RIGHT


def test_the_silent_verdicts_are_listed_in_one_sentence():
    """Tiny weights, a gradient of zero, and no wrong one."""
    p = {"W": [[0.01]], "unused": [[0.01]]}
    report = check_gradients(lambda: p["W"][0][0], p, {"W": [[1.0]], "unused": [[0.0]]})
    assert [row.verdict for row in report.rows] == [Verdict.TOO_SMALL, Verdict.ALL_ZERO]
    assert not any(row.ok for row in report.rows)
    assert str(report).splitlines()[-1] == (
        "All zero: says nothing; weights too small: says nothing."
    )


def test_a_numeric_gradient_of_zero_is_printed_as_zero():
    p = {"w": [1.0, 0.1]}
    report = check_gradients(
        lambda: math.sin(p["w"][0]) ** 2 + 1e-10 * p["w"][1],
        p,
        {"w": [math.sin(2.0), 2.0]},
    )
    assert report.rows[0].numeric != 0
    cells = str(report).splitlines()[1].split()
    assert cells == ["w", "1.0e+00", "[1]", "2", "0", "WRONG"]


@pytest.mark.parametrize(
    ("scale", "factor", "last"),
    [
        (1.0, 1.0, "Every gradient is right."),
        (1.0, 2.0, "A gradient is wrong."),
        (1e-3, 1.0, "Weights too small: says nothing."),
        (1e-3, 2.0, "A gradient is wrong."),
    ],
)
def test_the_last_line_sums_up(scale, factor, last):
    p = drawn((2, 3), seed=4, scale=scale)
    g = {name: factor * values for name, values in d_waves(p).items()}
    assert str(check_gradients(lambda: waves(p), p, g)).endswith("\n" + last)


@example((1,), 440, 1e6, 1.0)  # a huge loss: the gradient is lost in rounding
@given(
    sizes,
    seeds,
    st.sampled_from([1e-3, 1.0, 1e6]),
    st.sampled_from([0.0, 1.0, -1e-4, 1e9]),
)
def test_the_report_fits_a_page_without_rounding(shape, seed, scale, factor):
    p = drawn(shape, seed, scale)
    g = {name: factor * values for name, values in d_waves(p).items()}
    report = check_gradients(lambda: waves(p), p, g)
    assert all(len(line) < 80 for line in str(report).splitlines())
    for row, line in zip(report.rows, str(report).splitlines()[1:-1], strict=True):
        assert line.startswith(row.name)
        no_figure = row.verdict in (Verdict.ALL_ZERO, Verdict.TOO_FLAT)
        assert ("< 1e-06" in line) == (row.error < 1e-6 and not no_figure)


def change(name, values, in_gradients=False):
    def put(p, g):
        (g if in_gradients else p)[name] = values

    return put


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: small_check(change("W", np.ones((2, 3), np.float32))),
            "W has dtype float32; expected float64: two nearly equal losses",
        ),
        (
            lambda: small_check(change("W", np.ones((2, 3), int))),
            "W has dtype int64; expected float64",
        ),
        (
            lambda: small_check(change("W", [[np.float32(1)] * 3] * 2)),
            r"W\[0\]\[0\] is .*float32.*; expected Python floats",
        ),
        (lambda: small_check(change("b", [1.0, True])), r"b\[1\] is True, of"),
        (lambda: small_check(change("b", [1.0, None])), r"b\[1\] is None"),
        (lambda: small_check(change("b", (1.0, 2.0))), r"b is \(1.0, 2.0\), of"),
        (lambda: small_check(change("b", 1.0)), "b is 1.0, a bare number"),
        (
            lambda: small_check(change("W", [[1.0], [1.0, 2.0]])),
            r"W has entries of shapes \[\(1,\), \(2,\)\]",
        ),
        (lambda: small_check(change("b", [])), r"b has shape \(0,\)"),
        (
            lambda: small_check(change("b", np.ones((0, 2)))),
            r"b has shape \(0, 2\); expected at least one entry",
        ),
        (
            lambda: small_check(change("W", np.ones((3, 2)), True)),
            r"the gradient of W has shape \(3, 2\); expected \(2, 3\), as W itself",
        ),
        (
            lambda: small_check(change("b", [[1.0, 2.0]], True)),
            r"the gradient of b has shape \(1, 2\); expected \(2,\)",
        ),
        (
            lambda: small_check(change("b", 1.0, True)),
            r"the gradient of b has shape \(\); expected \(2,\)",
        ),
        (
            lambda: small_check(change("b", np.ones(2, np.float32), True)),
            "the gradient of b has dtype float32",
        ),
        (
            lambda: small_check(lambda p, g: g.pop("b")),
            r"gradients has the names \['W'\]",
        ),
        (
            lambda: small_check(change("dW", [1.0], True)),
            r"names \['W', 'b', 'dW'\]; expected those of parameters, \['W', 'b'\]",
        ),
        (lambda: check_gradients(lambda: 0.0, {}, {}), "parameters is empty"),
        (lambda: small_check(epsilon=0.0), "epsilon is 0.0; expected a positive"),
        (lambda: small_check(epsilon=-1e-5), "epsilon is -1e-05"),
        (lambda: small_check(epsilon=math.nan), "epsilon is nan"),
        (lambda: small_check(tolerance=0.0), "tolerance is 0.0"),
        (lambda: small_check(tolerance=math.inf), "tolerance is inf"),
        (lambda: small_check(loss=lambda: math.nan), "loss gave nan; expected"),
        (lambda: small_check(loss=lambda: -math.inf), "loss gave -inf"),
        (lambda: small_check(loss=lambda: None), "loss gave None"),
        (lambda: small_check(loss=lambda: [1.0]), r"loss gave \[1.0\]"),
        (
            lambda: small_check(loss=lambda: np.float32(1)),
            "loss gave .*; expected one finite number, in float64",
        ),
        (
            lambda: relative_error([1.0], [1.0, 2.0]),
            r"analytic has shape \(1,\) and numeric has shape \(2,\)",
        ),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_loss_that_changes_by_itself_is_refused():
    calls = iter(range(1000))
    with pytest.raises(ValueError, match="loss was 0.0 and is 5.0 for"):
        numeric_gradient(lambda: next(calls), {"w": [1.0, 2.0]})


def test_shapes_of_lists_and_arrays():
    assert shape_of("W", [[[1.0, 2.0]], [[3, 4.0]]]) == (2, 1, 2)
    assert shape_of("W", np.zeros((2, 1, 2))) == (2, 1, 2)
    assert shape_of("w", np.float64(1)) == shape_of("w", 1) == ()


def square_pair():
    """A loss with the gradient 2W for a square W, and that gradient."""
    W = np.array([[1.0, 2.0, -0.5], [0.3, 1.0, 0.7], [-1.2, 0.4, 0.9]])
    return W, lambda: float((W * W * np.arange(1, 10).reshape(3, 3)).sum())


def test_the_worst_entry_of_a_transpose_is_the_upper_one():
    """Its errors come in pairs; rounding must not choose between them."""
    W, loss = square_pair()
    right = 2 * W * np.arange(1, 10).reshape(3, 3)
    (row,) = check_gradients(loss, {"W": W}, {"W": right.T}).rows
    assert row.verdict == Verdict.WRONG and row.index[0] < row.index[1]
    assert worst_entry(np.array([[0, 1], [1 + 1e-9, 0]]), np.zeros((2, 2))) == (0, 1)


def test_a_gradient_lost_in_rounding_says_nothing():
    W, loss = square_pair()
    small = {"W": 2e-9 * W * np.arange(1, 10).reshape(3, 3)}
    (row,) = check_gradients(lambda: 1 + 1e-9 * loss(), {"W": W}, small).rows
    assert row.verdict == Verdict.TOO_FLAT
    for wrong in ({"W": small["W"] + 1.0}, {"W": -small["W"]}):
        (row,) = check_gradients(lambda: 1 + 1e-9 * loss(), {"W": W}, wrong).rows
        assert row.verdict == Verdict.WRONG


@pytest.mark.parametrize(("more", "epsilon"), [(100.0, 1e-5), (0.0, 1e-7)])
def test_rounding_grows_with_the_loss_and_with_a_smaller_nudge(more, epsilon):
    """Right gradients, which would look wrong for a loss of 1 and 1e-5."""
    W, loss = square_pair()
    right = {"W": 2e-4 * W * np.arange(1, 10).reshape(3, 3)}
    (row,) = check_gradients(
        lambda: 1 + more + 1e-4 * loss(), {"W": W}, right, epsilon
    ).rows
    assert row.verdict == Verdict.TOO_FLAT
    (row,) = check_gradients(lambda: 1 + 1e-4 * loss(), {"W": W}, right).rows
    assert row.verdict == Verdict.RIGHT


def test_a_large_bias_does_not_stand_in_for_a_matrix():
    W, b = np.full((2, 2), 0.01), np.array([1.0, 2.0])
    report = check_gradients(
        lambda: float((W.sum() + b.sum()) ** 2),
        {"W": W, "b": b},
        {"W": np.full((2, 2), 2 * 3.04), "b": np.full(2, 2 * 3.04)},
    )
    assert {row.verdict for row in report.rows} == {Verdict.TOO_SMALL}

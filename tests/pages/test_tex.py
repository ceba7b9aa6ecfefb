"""The reader of TeX refuses what it does not know; the worlds are the package's."""

import re

import numpy as np
import pytest
from tex.prove import Differs, prove
from tex.tokens import Refused
from tex.worlds import (
    H,
    T,
    V,
    World,
    gated,
    one_row,
    one_step,
    sequence,
    softmax,
)

from rnn_src import functions
from rnn_src.lstm import LSTM
from rnn_src.mistakes import loss, random_case, right_gradients

STEP = one_step()
rng = np.random.default_rng(0)
ARRAYS = {
    "u": rng.normal(size=3),
    "v": rng.normal(size=3),
    "A": rng.normal(size=(3, 3)),
}
ARRAYS |= {"W": rng.normal(size=(3, 4)), "x": rng.normal(size=4), "c": 2.0, "k": 1}


@pytest.mark.parametrize("seed", range(3))
def test_derivatives_of_the_worlds_are_gradients_of_the_package(seed):
    case = random_case(np.random.default_rng(seed), T, H, V, 0.7)
    world = sequence(case)
    assert world.values["L"] == pytest.approx(loss(case), rel=1e-12)
    for name, expected in right_gradients(case).items():
        found = world.gradient("L", f"{name[0]}_{name[1]}")
        np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)


def test_derivatives_of_the_gated_world_are_gradients_of_the_package():
    world, values = gated(), gated().values
    names = {"W_x": "Wx", "W_h": "Wh", "W_y": "Wy", "b": "b", "b_y": "by"}
    model = LSTM.from_parameters({names[name]: values[name] for name in names})
    x = np.array([[values[f"x_{t}"].argmax()] for t in range(1, T + 1)])
    targets = np.array([[values[f"y_{t}"]] for t in range(1, T + 1)])
    model.forward(x, np.array([[values["h_0"]], [values["c_0"]]]))
    assert world.values["L"] == pytest.approx(model.bptt(targets), rel=1e-12)
    found = model.gradients | {"h_0": model.dh0[0, 0], "c_0": model.dh0[1, 0]}
    for name in (*names, "h_0", "c_0"):
        expected = world.gradient("L", name)
        np.testing.assert_allclose(
            found[names.get(name, name)], expected, rtol=1e-10, atol=1e-12
        )


def test_the_softmax_of_the_worlds_is_that_of_the_package():
    z = rng.normal(size=V)
    np.testing.assert_allclose(softmax(z), functions.softmax(z), rtol=1e-12)


def test_a_total_derivative_follows_all_paths_and_an_immediate_one_none():
    formulas = {"b": lambda v: v["x"] ** 2, "L": lambda v: v["b"] * v["x"]}
    world = World({"x": 3.0}, formulas)
    assert prove(r"\frac{dL}{dx} = 3 x^2", world)
    assert prove(r"\frac{\partial^{+} L}{\partial x} = b", world)


@pytest.mark.parametrize(
    ("tex", "complaint"),
    [
        (r"h \otimes x = h", r"cannot read \otimes after 'h'"),
        (r"\int h = h", r"cannot read \int after ''"),
        ("(h = h", "cannot read = after '(h'"),
        ("h + = h", "cannot read the end after 'h+'"),
        ("h[0 = h", "cannot read = after 'h[0'"),
        (r"h^{\dagger} = h", r"cannot read \dagger"),
        ("p - 1_y", "a single side"),
        (r"h = z \quad\text{if } y > 9", "its condition never holds"),
        ("h < h", "not what an equation claims"),
        ("h = q", "q has no value here"),
        ("h[3] = h[3]", "there is no entry 3 of 3"),
        (r"\frac{dL}{dy} = 0", "y is a whole number"),
        (r"W_y[i][l] = W_y[l][i]", "l runs over 3 and over 4"),
        (r"z = h W_y^{\mathsf T} + b_y", "a product of shapes (3,) and (3, 4)"),
        ("z + h = z", "a sum of shapes"),
        (r"h \cdot z = 0", "a product of shapes"),
        (r"\frac{h}{h} = 1", "a vector cannot divide"),
        (r"\frac{dz}{dW_y} = 0", "more than two axes"),
        ("y = m", "nothing says what m runs over"),
    ],
)
def test_what_is_not_known_is_refused(tex, complaint):
    with pytest.raises(Refused, match=re.escape(complaint)):
        prove(tex, STEP)


def test_a_vector_comes_before_a_matrix_only_where_vectors_are_rows():
    assert prove(r"z = h W_y^{\mathsf T} + b_y", one_row())


@pytest.mark.parametrize(
    "tex",
    [
        r"(u\, v^{\mathsf T})[i][j] = u[i]\, v[j]",
        r"u^{\mathsf T} v = u \cdot v = \sum_i u[i]\, v[i]",
        r"(W x)[i] = \sum_{j=0}^{3} W[i][j]\, x[j]",
        r"(A W)[i][j] = \sum_m A[i][m]\, W[m][j]",
        r"u^2\, c = c\, u\, u",
        r"W^{\mathsf T}[j][i] = W[i][j]",
        r"\max_i u[i] \ge u[k]",
        r"-u - v = -(u + v)",
        r"\ln e^{c} / 2 = 1",
        r"[i = j]\, u[i] = [j = i]\, u[j]",
        r"\begin{aligned} u &= v + u \\ &- v \end{aligned}",
        r"A[i][j] = \begin{cases} A[i][i] & \text{if } i = j \\ A[i][j]"
        r" & \text{otherwise} \end{cases}",
    ],
)
def test_what_is_known_is_computed(tex):
    assert prove(tex, World(ARRAYS))


@pytest.mark.parametrize(
    ("tex", "complaint"),
    [
        (r"u = -u", r"-u is not u: they differ by \d\.\d+ at \[\d\]"),
        (r"u[i] = v[i]", r"they differ by [\d.]+, i = 0"),
        (r"W = W^{\mathsf T}", r"has shape \(4, 3\), W has \(3, 4\)"),
        (r"c = 3 \quad\text{if } c > 1", "3 is not c"),
        (r"c \le 1", r"c \\le 1 does not hold"),
    ],
)
def test_a_difference_is_said(tex, complaint):
    with pytest.raises(Differs, match=complaint):
        prove(tex, World(ARRAYS))

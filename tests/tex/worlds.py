r"""Worlds in which the book's equations must hold: random values for its names.

A world has given values, and formulas for the others, in order. So it knows both
derivatives of the book. For a total one, all that comes after what was nudged is
computed anew; for an immediate one only the names in the expression, and what
is written out in their formulas (a_t in that of h_t).
"""

from collections.abc import Callable, Mapping

import numpy as np

from rnn_src.dynamics import spectral_radius, step_jacobian
from rnn_src.functions import one_hot
from rnn_src.mistakes import Case, random_case
from rnn_src.model import VanillaRNN

V, H, T = 4, 3, 5
STEP = 1e-30  # of a complex step, which cancels nothing: f(x + iε) is f + iε f'


def softmax(z):
    """The package's refuses complex numbers; `test_worlds` compares the two."""
    return np.exp(z) / np.exp(z).sum()


FUNCTIONS = {
    r"\ln": np.log,
    r"\tanh": np.tanh,
    r"\cos": lambda a: np.cos(a),
    r"\arccos": np.arccos,
    r"\sqrt": np.sqrt,
    r"\max": np.maximum,
    r"\min": np.minimum,
    r"\sigma": lambda a: 1 / (1 + np.exp(-a)),
    r"\mathrm{softmax}": softmax,
    r"\mathrm{diag}": np.diag,
    r"\rho": spectral_radius,
}


class World:
    """Values by the names of the book, as `W_y`, `h_2`, `h_t-1` or `p_1,2`.

    `written_out` are the names that count as part of the formulas they are in;
    `steps` the letters that count from 1, each with the name of its last value;
    `after` what \\leftarrow leads to. In a world of `rows` a vector may be one.
    """

    def __init__(
        self,
        given: Mapping,
        formulas: Mapping[str, Callable] | None = None,
        functions: Mapping[str, Callable] | None = None,
        written_out: frozenset = frozenset(),
        steps: Mapping[str, str] | None = None,
        after: Mapping | None = None,
        rows: bool = False,
    ):
        self.given, self.formulas = dict(given), dict(formulas or {})
        self.functions = FUNCTIONS | dict(functions or {})
        self.written_out, self.steps = written_out, dict(steps or {})
        self.after, self.rows = dict(after or {}), rows
        self.values, self.cache = {}, {}
        self.values = self.computed({})
        self.letters = (set("ijklm") | set(self.steps)) - set(self.values)

    def computed(self, nudged: Mapping, only: frozenset | None = None) -> dict:
        """All values, where some are not what they are by their formulas."""
        values = {name: np.asarray(array) for name, array in self.given.items()}
        values |= nudged
        for name, formula in self.formulas.items():
            if name not in nudged:
                again = only is None or name in only | self.written_out
                found = formula(values) if again else self.values[name]
                values[name] = np.asarray(found)
        return values

    def nudged(self, name: str, place: tuple, only: frozenset | None) -> dict:
        """All values after a complex step of one entry."""
        key = name, place, only
        if key not in self.cache:
            array = self.values[name].astype(complex)
            array[place] += STEP * 1j
            self.cache[key] = self.computed({name: array}, only)
        return self.cache[key]

    def gradient(self, what: str, name: str) -> np.ndarray:
        """The total derivative of a number, in the shape of `name`."""
        array = np.empty(self.values[name].shape)
        for place in np.ndindex(array.shape):
            array[place] = self.nudged(name, place, None)[what].imag / STEP
        return array


def book_name(name: str) -> str:
    """Wx as W_x."""
    return f"{name[0]}_{name[1]}"


def parameters(case: Case) -> dict[str, np.ndarray]:
    return {book_name(name): array for name, array in case.parameters.items()}


def backpropagated(case: Case, steps: slice, h0: np.ndarray) -> tuple[dict, np.ndarray]:
    """The package's gradients of some steps that begin with h0; their last state."""
    model = VanillaRNN.from_parameters(case.parameters)
    hidden, _ = model.forward(case.ids[steps, np.newaxis], h0[np.newaxis])
    last = hidden[-1, 0].copy()
    model.bptt(case.targets[steps, np.newaxis])
    gradients = {book_name(n): array.copy() for n, array in model.gradients.items()}
    return gradients | {"h_0": model.dh0[0].copy()}, last


def one_step(rows: bool = False) -> World:
    """A single step, with h_{t-1} given: Parts II and III."""
    case = random_case(np.random.default_rng(1), 1, H, V, 0.7)
    given = parameters(case) | {
        "x": one_hot(case.ids, V)[0],
        "h_t-1": case.h0,
        "y": case.targets[0],
        "V": V,
        r"\eta": 0.1,
    }
    formulas = {
        "a": lambda v: v["W_x"] @ v["x"] + v["W_h"] @ v["h_t-1"] + v["b_h"],
        "h": lambda v: np.tanh(v["a"]),
        "z": lambda v: v["W_y"] @ v["h"] + v["b_y"],
        "S": lambda v: np.exp(v["z"]).sum(),
        "p": lambda v: softmax(v["z"]),
        "L": lambda v: -np.log(v["p"][v["y"]]),
        "g": lambda v: v["p"] - one_hot(v["y"], V),
    }
    return World(given, formulas, rows=rows)


def one_row() -> World:
    return one_step(rows=True)


def step(t: int) -> dict[str, Callable]:
    """The formulas of step t, with a W_h of its own."""
    return {
        f"W_h_{t}": lambda v: v["W_h"],
        f"u_{t}": lambda v: v["W_x"] @ v[f"x_{t}"],
        f"a_{t}": lambda v: v[f"u_{t}"] + v[f"W_h_{t}"] @ v[f"h_{t - 1}"] + v["b_h"],
        f"h_{t}": lambda v: np.tanh(v[f"a_{t}"]),
        f"z_{t}": lambda v: v["W_y"] @ v[f"h_{t}"] + v["b_y"],
        f"p_{t}": lambda v: softmax(v[f"z_{t}"]),
        f"L_{t}": lambda v: -np.log(v[f"p_{t}"][v[f"y_{t}"]]),
        f"J_{t}": lambda v: step_jacobian(v[f"h_{t}"], v["W_h"]),
    }


def sequence(case: Case, last: bool = False, rows: bool = False, **more) -> World:
    """A network unrolled through T steps; L is the sum of its losses, or the last.

    There is a step T + 1, of which nothing comes: for t = T the second term of
    the gradient is zero.
    """
    each, rng = range(1, T + 1), np.random.default_rng(0)
    given = parameters(case) | {"h_0": case.h0, "T": T, "N": T, "V": V, r"\eta": 0.1}
    given |= {"u": rng.normal(size=H), "v": rng.normal(size=H)} | more
    formulas = {}
    for t in range(1, T + 2):
        i, y = case.ids[t % T - 1], case.targets[t % T - 1]
        given |= {f"x_{t}": one_hot(i, V), f"i_{t}": i, f"y_{t}": y}
        formulas |= step(t)
    formulas["L"] = lambda v: v[f"L_{T}"] if last else sum(v[f"L_{t}"] for t in each)
    h0 = case.h0 - 0.1 * backpropagated(case, slice(None), case.h0)[0]["h_0"]
    return World(
        given,
        formulas,
        written_out=frozenset(f"{n}_{t}" for n in ("a", "u", "W_h") for t in each),
        steps={"t": "T", "s": "T"},
        after={"h_0": h0},
        rows=rows,
    )


def through_time() -> World:
    return sequence(random_case(np.random.default_rng(2), T, H, V, 0.7))


def lag() -> World:
    """s is read at step 1 alone, only the last step has a loss, and h_0 is 0."""
    case = random_case(np.random.default_rng(3), T, H, V, 0.7)
    case.ids[:], case.h0[:] = [2, *[0] * (T - 1)], 0
    before = sequence(case).values[f"h_{T - 1}"]
    single, _ = backpropagated(case, slice(T - 1, T), before)
    marked = {rf"L_{T}/W_x \text{{single step}}": single["W_x"]}
    return sequence(case, last=True, s=2, **marked)


def pieces(k: int = 2) -> World:
    """A stream in pieces of k steps; c_s is the first step of the piece of s."""
    case = random_case(np.random.default_rng(4), T, H, V, 0.7)
    total, h = 0, case.h0
    for first in range(0, T, k):
        gradients, h = backpropagated(case, slice(first, first + k), h)
        total = total + gradients["W_h"]
    starts = {f"c_{s}": s - (s - 1) % k for s in range(1, T + 1)}
    return sequence(case, **starts, **{r"L/W_h \text{in pieces}": total})


def rows() -> World:
    """Vectors as rows, and arrays with a row for each step: chapter 11."""
    case = random_case(np.random.default_rng(5), T, H, V, 0.7)
    world, each = sequence(case), range(1, T + 1)
    arrays = {
        "S": [world.values[f"h_{t}"] for t in each],
        "Z": [world.values[f"z_{t}"] for t in each],
        "X": [world.values[f"x_{t}"] for t in each],
        "dZ": [world.gradient("L", f"z_{t}") for t in each],
        "dS": [world.gradient(f"L_{t}", f"h_{t}") for t in each],
        "dA": [world.gradient("L", f"a_{t}") for t in each],
        "dU": [world.gradient("L", f"u_{t}") for t in each],
    }
    named = {rf"\mathbf{{{name}}}": np.array(array) for name, array in arrays.items()}
    before = np.array([world.values[f"h_{t - 1}"] for t in each])
    named[r"\mathbf{S}_\text{before}"] = before
    return sequence(case, rows=True, **named)


def batch() -> World:
    """B sequences side by side, and the loss that the package finds."""
    B, rng = 2, np.random.default_rng(6)
    case = random_case(rng, T, H, V, 0.7)
    x, targets = rng.integers(V, size=(2, T, B))
    model = VanillaRNN.from_parameters(case.parameters)
    given = {"B": B, "T": T, "L": model.loss(x, targets)}
    _, logits = model.forward(x)
    for t, b in np.ndindex(T, B):
        given[f"p_{t + 1},{b + 1}"] = softmax(logits[t, b])
        given[f"y_{t + 1},{b + 1}"] = targets[t, b]
    return World(given)


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def gated_step(t: int) -> dict[str, Callable]:
    """The formulas of step t of an LSTM: a_t is cut into four, each squashed."""
    squash = {"i": sigmoid, "f": sigmoid, "g": np.tanh, "o": sigmoid}
    formulas = {
        f"a_{t}": lambda v: v["W_x"] @ v[f"x_{t}"] + v["W_h"] @ v[f"h_{t - 1}"] + v["b"]
    }
    for place, (gate, function) in enumerate(squash.items()):
        part = slice(place * H, (place + 1) * H)
        name = rf"\tilde {gate}_{t}"
        formulas[name] = lambda v, part=part: v[f"a_{t}"][part]
        formulas[f"{gate}_{t}"] = lambda v, name=name, f=function: f(v[name])
    return formulas | {
        f"c_{t}": lambda v: v[f"f_{t}"] * v[f"c_{t - 1}"] + v[f"i_{t}"] * v[f"g_{t}"],
        f"h_{t}": lambda v: v[f"o_{t}"] * np.tanh(v[f"c_{t}"]),
        f"z_{t}": lambda v: v["W_y"] @ v[f"h_{t}"] + v["b_y"],
        f"L_{t}": lambda v: -np.log(softmax(v[f"z_{t}"])[v[f"y_{t}"]]),
    }


def gated() -> World:
    """An LSTM unrolled through T steps; there is a step T + 1, which counts nothing."""
    rng, each = np.random.default_rng(7), range(1, T + 1)
    shapes = {"W_x": (4 * H, V), "W_h": (4 * H, H), "W_y": (V, H)}
    shapes |= {"b": (4 * H,), "b_y": (V,), "h_0": (H,), "c_0": (H,)}
    given = {name: rng.normal(0, 0.7, shape) for name, shape in shapes.items()}
    given |= {"T": T}
    formulas = {}
    for t in range(1, T + 2):
        given |= {f"x_{t}": one_hot(rng.integers(V), V), f"y_{t}": rng.integers(V)}
        formulas |= gated_step(t)
    formulas["L"] = lambda v: sum(v[f"L_{t}"] for t in each)
    written = [n for n in formulas if n[0] in "aifgo" or n.startswith(r"\tilde")]
    return World(given, formulas, written_out=frozenset(written), steps={"t": "T"})

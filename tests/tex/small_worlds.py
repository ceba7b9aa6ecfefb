"""Worlds of a few letters: algebra, losses, nudges, steps on the way."""

from math import log

import numpy as np

from rnn_src.clipping import clip_by_norm, clip_by_value
from rnn_src.descent import Adam, Momentum
from rnn_src.dynamics import angle
from rnn_src.functions import cross_entropy, one_hot
from rnn_src.functions import softmax as package_softmax
from rnn_src.gradcheck import relative_error
from rnn_src.heldout import ngram_loss
from rnn_src.words.counting import BigramTable
from rnn_src.words.loss import perplexity
from rnn_src.words.network import Parameters
from rnn_src.words.training import all_rows, update
from tex.worlds import STEP, World, softmax


def drawn(names: str, *shape: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    return {name: rng.normal(size=shape) for name in names}


def algebra() -> World:
    """Vectors u, v, z and a matrix W; x is the one-hot vector of word k."""
    given = drawn("uvz", 4) | drawn("W", 3, 4) | {"c": 0.7, "k": 2, "V": 4}
    return World(given | {"x": one_hot(2, 4), "p": package_softmax(given["z"])})


def square() -> World:
    """Matrices of the same shape, Q an orthogonal one."""
    given = drawn("ABW", 3, 3) | drawn("v", 3) | {"I": np.eye(3)}
    return World(given | {"Q": np.linalg.qr(given["A"])[0]})


def shear() -> World:
    return World({"W": [[0.5, 4], [0, 0.5]]})


def number() -> World:
    """A number a, and what chapter 6 makes of it."""
    formulas = {
        "u": lambda v: np.exp(v["a"]),
        "v": lambda v: np.exp(-v["a"]),
        "w": lambda v: 1 + np.exp(-v["a"]),
        "s": lambda v: 1 / (1 + np.exp(-v["a"])),
    }
    return World({"a": 0.3}, formulas)


def prediction() -> World:
    """A prediction of which word y came; a table of counts."""
    z, y = np.array([0.3, -0.8, 1.1, 0.2]), 1
    table = BigramTable([[0, 1, 2, 0, 1, 1, 2, 2, 1, 0, 2, 1]], 3)
    given = {"z": z, "y": y, "p": package_softmax(z), "m": z.max(), "V": 4}
    given |= {"n": table.counts, "L": cross_entropy(z, y)}

    def p(j, i):
        return table.probabilities(int(i))[int(j)]

    return World(given, functions={"p": p})


def total_loss() -> World:
    """The loss of N predictions."""
    return World({"L": 7.3, "N": 5, r"\text{perplexity}": perplexity(7.3, 5)})


def pendulum() -> World:
    """The loss of a table of counts on A, B, …, Z, …, B, A."""
    letters = [*range(26), *range(24, -1, -1)]
    return World({"L": BigramTable([letters], 26).loss(letters)})


def two_answers(q: float = 0.3) -> World:
    def f(q):
        return -np.log(q) - np.log(1 - q)

    def slope(q):
        return f(q + STEP * 1j).imag / STEP

    return World({"q": q}, functions={"f": f, "f'": slope})


def best_answer() -> World:
    return two_answers(0.5)


def temperature() -> World:
    """Logits that are divided by a temperature."""
    formulas = {
        "u": lambda v: v["z"] / v[r"\tau"],
        "p": lambda v: softmax(v["u"]),
        "L": lambda v: -np.log(v["p"][v["y"]]),
    }
    return World(drawn("z", 4) | {r"\tau": 1.7, "y": 2, "V": 4}, formulas)


def cube() -> World:
    return World({r"\varepsilon": 0.1}, functions={"f": lambda w: w**3})


def nudge() -> World:
    """A loss of one weight; a gradient, and one that differs a little."""
    given = drawn(["g", r"\hat g"], 4) | {"w": 0.6, r"\varepsilon": 1e-5}
    given[r"\text{relative error}"] = relative_error(given["g"], given[r"\hat g"])

    def L(w):
        return np.exp(w) + w**4

    return World(given, {"L": lambda v: L(v["w"])}, {"L": L})


def descent(along_gradient: bool = True) -> World:
    """All five weights of the smallest network as w, and a small step."""
    rate, given = 1e-6, drawn("wd", 5)
    formulas = {"L": lambda v: np.sum(np.exp(v["w"]) * np.arange(1, 6))}
    g = World(given, formulas).gradient("L", "w")
    moved = smallest(given["w"])
    update(moved, smallest(g), rate)
    step = rate * (g if along_gradient else given["d"])
    values = {"w": given["w"] - step}
    before, after = (formulas["L"](at) for at in (given, values))
    given |= {"g": g, r"\eta": rate, r"\alpha": np.radians(angle(g, given["d"]))}
    return World(
        given,
        formulas,
        {r"\text{change of }": lambda _: after - before},
        after={"w": np.concatenate(all_rows(moved))},
    )


def smallest(w: np.ndarray) -> Parameters:
    """The network of one word and one unit with these weights."""
    return Parameters([[w[0]]], [[w[1]]], [[w[2]]], [w[3]], [w[4]])


def descent_along_d() -> World:
    return descent(along_gradient=False)


def clipping(clip) -> World:
    """A gradient that is too long, and what the package makes of it."""
    given = drawn("g", 4) | {"c": 0.5}
    clipped = given["g"].copy()
    clip(clipped, given["c"])
    return World(given, after={"g": clipped})


def clipping_by_value() -> World:
    return clipping(clip_by_value)


def clipping_by_norm() -> World:
    return clipping(clip_by_norm)


def directions() -> World:
    """Two vectors, and the angle between them."""
    given = drawn("uv", 4)
    given[r"\alpha"] = np.radians(angle(given["u"], given["v"]))

    def cos(*of):
        return np.cos(of[0] if len(of) == 1 else np.radians(angle(*of)))

    return World(given, functions={r"\cos": cos})


def one_unit() -> World:
    """The smallest network there is: chapter 10."""
    formulas = {
        "h_1": lambda v: np.tanh(v["w"] * v["h_0"]),
        "h_2": lambda v: np.tanh(v["w"] * v["h_1"]),
        "L": lambda v: v["h_1"] + v["h_2"],
    }
    return World({"w": 1.2, "h_0": 0.5}, formulas)


def doubling(T: int = 5) -> World:
    """One unit with the weight 2: chapter 14."""
    formulas = {
        f"h_{t}": lambda v, t=t: np.tanh(2 * v[f"h_{t - 1}"]) for t in range(1, T + 1)
    }
    return World({"h_0": 0.01, "T": T}, formulas, steps={"t": "T"})


def eigenvector() -> World:
    W = np.array([[0.7, 0.4], [0.4, 0.7]])
    return World({"W": W, "v": [2, 2], r"\lambda": 1.1, "n": 4})


def eigenvalues() -> World:
    given = drawn("W", 4, 4)
    return World(given | {r"\lambda": np.linalg.eigvals(given["W"])})


def counts() -> World:
    """What followed the id 3 c[k] times, and what a table then predicts."""
    c, alpha = np.array([3, 1, 2, 0]), 0.1
    train = [i for k, times in enumerate(c) for i in [3, k] * times]
    losses = [ngram_loss(train, [3, k], 2, 4, alpha) for k in range(4)]
    return World({"c": c, r"\alpha": alpha, "V": 4, "p": np.exp(-np.array(losses))})


def mixed_counts() -> World:
    """The same, where each context gets what the shorter table predicts."""
    c, alpha = np.array([3, 1, 2, 0]), 0.1
    train = [i for k, times in enumerate(c) for i in [3, k] * times]
    q = [unigram_share(train, k, 4, alpha) for k in range(4)]
    losses = [ngram_loss(train, [3, k], 2, 4, alpha, mixed=True) for k in range(4)]
    given = {"c": c, "q": np.array(q), r"\alpha": alpha, "V": 4}
    return World(given | {"p": np.exp(-np.array(losses))})


def unigram_share(train: list[int], k: int, V: int, alpha: float) -> float:
    return (train.count(k) + alpha) / (len(train) + alpha * V)


GRADIENTS = np.array([0.7, -0.4, 1.1, 0.5])


def rules() -> World:
    """Some updates of one weight, by the rules of the package."""
    momentum, adam = Momentum(0.8), Adam(0.7, 0.95)
    given = {r"\beta": 0.8, r"\beta_1": 0.7, r"\beta_2": 0.95, "N": len(GRADIENTS)}
    given |= {"v_0": 0.0, "m_0": 0.0, "s_0": 0.0}
    for n, gradient in enumerate(GRADIENTS[:, np.newaxis], 1):
        adam(gradient)
        given |= {f"g_{n}": gradient[0], f"v_{n}": momentum(gradient)[0]}
        for name in "ms":
            given[f"{name}_{n}"] = mean = adam.state[name][0]
            beta = {"m": 0.7, "s": 0.95}[name]
            weights = sum((1 - beta) * beta**j for j in range(n))
            given[rf"\hat {name}_{n}"] = mean / weights
    return World(given, steps={"n": "N"})


def step_of_adam() -> World:
    """The step of the last of these updates."""
    adam, lr, eps = Adam(0.7, 0.95, 0.01), 0.1, 0.01
    for gradient in GRADIENTS[:, np.newaxis]:
        direction = adam(gradient)[0]
    n, w = len(GRADIENTS), 0.3
    mean, square = adam.state["m"][0], adam.state["s"][0]
    given = {r"\hat m_n": mean / (1 - 0.7**n), r"\hat s_n": square / (1 - 0.95**n)}
    given |= {"w": w, r"\eta": lr, r"\varepsilon": eps}
    return World(given, after={"w": w - lr * direction})


def truncation() -> World:
    """N steps in pieces of k; after a reset the first d of each are guessed."""
    N, k, d, V = 12, 4, 3, 5
    guessed = [log(V) if n < d else 0 for n in range(k)]
    return World({"N": N, "k": k, "d": d, "V": V, r"\text{floor}": sum(guessed) / k})


def shards() -> World:
    """The mean loss of 5 sequences, of the first 3 and of the last 2."""
    losses = [lambda w, n=n: np.cos(n * w) for n in range(1, 6)]

    def mean(part: slice):
        return lambda v: sum(loss(v["w"]) for loss in losses[part]) / len(losses[part])

    parts = {"L": slice(None), "L_1": slice(3), "L_2": slice(3, None)}
    formulas = {name: mean(part) for name, part in parts.items()}
    return World({"w": 0.3, "B": 5, "B_1": 3, "B_2": 2}, formulas)


def dot_product() -> World:
    formulas = {"s": lambda v: v["u"] @ v["v"], "L": lambda v: v["s"] ** 2}
    return World(drawn("uv", 4), formulas)


def one_path() -> World:
    """From x through y to L."""
    formulas = {"y": lambda v: np.sin(v["x"]), "L": lambda v: np.exp(v["y"])}
    return World({"x": 2.0} | drawn("c") | {"v": [3.0, 1.0, 2.0]}, formulas)


def two_paths() -> World:
    """From x through y_1 and y_2 to L."""
    formulas = {
        "y_1": lambda v: v["x"] ** 2,
        "y_2": lambda v: 3 * v["x"],
        "L": lambda v: v["y_1"] * v["y_2"],
    }
    return World({"x": 2.0}, formulas)


def two_variables() -> World:
    return World({"x": 2.0, "y": 0.7}, {"f": lambda v: v["x"] ** 2 * v["y"]})


def weights_times_vector() -> World:
    formulas = {"z": lambda v: v["W"] @ v["v"], "L": lambda v: np.sum(v["z"] ** 2)}
    return World(drawn("W", 3, 4) | drawn("v", 4), formulas)


def sum_of_vectors() -> World:
    formulas = {"z": lambda v: v["u"] + v["v"], "L": lambda v: np.sum(v["z"] ** 3)}
    return World(drawn("uv", 4), formulas)


def entry_by_entry() -> World:
    formulas = {"z": lambda v: np.sin(v["u"]), "L": lambda v: np.sum(v["z"] ** 2)}
    return World(drawn("u", 4), formulas, {"f": np.sin, "f'": np.cos})

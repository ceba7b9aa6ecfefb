"""The exercises of chapter 5: the output layer."""

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws, from_registry
from rnn_exercises.registry import ask
from rnn_src.words import add, logits_backward, matvec, output_backward


def by_share(s: float) -> tuple:
    """The gradients of the small layer, by its own functions."""
    return by_dz([-s, s])


def by_dz(dz: list[float]) -> tuple:
    """What follows from dL/dz, right or wrong."""
    return (dz, *output_backward(dz, [2.0], [[1.0], [-1.0]]))


ask(
    "05-by-hand",
    kind="derive",
    arguments=("s",),
    answers=("dz", "dWy", "dby", "dh"),
    case=lambda rng: (round(float(rng.uniform(0.05, 0.9)), 3),),
    right=by_share,
    edges=lambda rng: {"no doubt at all": (0.0,), "an even guess": (0.5,)},
    mistakes=(
        Wrong(
            "signs-turned",
            "Your signs are reversed. dL/dz is p minus 1 at the target: "
            "the target's entry is negative.",
            lambda s: ([s, -s], [[2 * s], [-2 * s]], [s, -s], [2 * s]),
        ),
        Wrong(
            "the-probabilities",
            "That is p. At the target 1 is subtracted.",
            lambda s: {"dz": [1 - s, s]},
            also=(lambda s: by_dz([1 - s, s]),),
        ),
        Wrong(
            "other-target",
            "You subtract the 1 at word 1. The target is word 0.",
            lambda s: {"dz": [1 - s, s - 1]},
            also=(lambda s: by_dz([1 - s, s - 1]),),
        ),
        Wrong(
            "h-forgotten",
            "Your dL/dWy lacks h, which is 2: a weight's gradient is what "
            "arrives times what came in.",
            lambda s: {"dWy": [[-s], [s]]},
        ),
        Wrong(
            "one-path",
            "Your dL/dh has only one of the two paths. h reaches the loss through "
            "both logits: add.",
            lambda s: {"dh": [-s]},
        ),
        Wrong(
            "wy-forgotten",
            "You add dL/dz up without Wy. In the forward pass h was multiplied by 1 "
            "and by -1.",
            lambda s: {"dh": [0.0]},
        ),
        Wrong(
            "dh-sign",
            "The sign of dL/dh is reversed. Raising h raises the logit of the "
            "target: the loss falls.",
            lambda s: {"dh": [2 * s]},
        ),
    ),
    hints=(
        "p is (1 - s, s). What is p minus the one-hot target?",
        "dL/dWy has a row for each word: its entry of dL/dz times h.",
        "dL/dh adds both paths: 1 times dL/dz[0], and -1 times dL/dz[1].",
    ),
)


def zeros_of_a_quiet_unit() -> tuple[int, int, str]:
    """In an example like that of the chapter, unit 1 at 0."""
    rng = np.random.default_rng(0)
    Wy, by = draws.matrix(rng, 3, 2), draws.vector(rng, 3)
    h = [0.5, 0.0]
    dWy, dby, dh = output_backward(logits_backward(add(matvec(Wy, h), by), 0), h, Wy)
    return (
        sum(entry == 0 for row in dWy for entry in row),
        sum(entry == 0 for entry in dby),
        "yes" if dh[1] == 0 else "no",
    )


ask(
    "05-dead",
    kind="predict",
    answers=("zeros in dWy", "zeros in dby", "whether dh[1] is zero"),
    right=zeros_of_a_quiet_unit,
    mistakes=(
        Wrong(
            "one-entry",
            "Every word has a weight from unit 1: a whole column has the factor h[1].",
            {"zeros in dWy": 1},
        ),
        Wrong(
            "a-row",
            "The rows belong to the words, the columns to the units. Column "
            "1 has as many entries as there are words.",
            {"zeros in dWy": 2},
        ),
        Wrong(
            "all-of-it",
            "Column 0 has the factor h[0], which is not zero.",
            {"zeros in dWy": 6},
        ),
        Wrong(
            "bias-too", "The biases do not see h: dL/dby is dL/dz.", {"zeros in dby": 1}
        ),
        Wrong(
            "dh-too",
            "h[1] is not a factor of dL/dh[1]. A weight's gradient needs what came "
            "in; the gradient of what came in needs the weight.",
            {"whether dh[1] is zero": "yes"},
        ),
    ),
    hints=(
        "dL/dWy[i][k] is dL/dz[i] times h[k]. Which k?",
        "dL/dh[k] is a sum of dL/dz[i] times Wy[i][k]. Is h in it?",
    ),
)


def layer(rng: np.random.Generator, V: int = 0, H: int = 0, size: float = 1.0) -> tuple:
    """A case; by default of drawn sizes. `size` multiplies dL/dz."""
    drawn = draws.sizes(rng, "VH")
    V, H = V or drawn[0], H or drawn[1]
    dlogits = [size * entry for entry in draws.vector(rng, V)]
    return dlogits, draws.state(rng, H), draws.matrix(rng, V, H)


ask(
    "05-output",
    kind="code",
    arguments=("dlogits", "h", "Wy"),
    answers=("dWy", "dby", "dh"),
    axes={"dlogits": "V"},
    case=layer,
    right=output_backward,
    edges=lambda rng: {
        "a single unit": (lambda dz, h, Wy: (dz, h[:1], [row[:1] for row in Wy]))(
            *layer(rng)
        ),
        "a unit at 0": (lambda dz, h, Wy: (dz, [0.0, *h[1:]], Wy))(*layer(rng)),
        "a word whose dlogits is 0": (lambda dz, h, Wy: ([0.0, *dz[1:]], h, Wy))(
            *layer(rng)
        ),
        "many words and few units": layer(rng, 14, 2),
        "few words and many units": layer(rng, 2, 14),
        "large gradients": layer(rng, size=3000.0),
        "tiny gradients": layer(rng, size=1e-9),
    },
    mistakes=from_registry.from_pieces(
        ("dz", "h", "Wy"), {"dWy": "dWy", "dby": "dby", "dh": "dh"}
    )
    + (
        Wrong(
            "h-forgotten",
            "Each row of your dL/dWy repeats dL/dz. Multiply by what came in, h.",
            lambda dlogits, h, Wy: {"dWy": np.outer(dlogits, np.ones(len(h)))},
        ),
        Wrong(
            "bias-of-ones",
            "Your dL/dby is 1 everywhere. That is how a logit changes with "
            "its bias; the chain rule multiplies what arrives by it.",
            lambda dlogits, h, Wy: {"dby": np.ones(len(dlogits))},
        ),
        Wrong(
            "first-word-only",
            "Your dL/dh has the path through word 0 alone. Add over all words.",
            lambda dlogits, h, Wy: {"dh": dlogits[0] * np.array(Wy[0])},
        ),
        Wrong(
            "last-word-only",
            "Your dL/dh has the path through the last word alone. Add over all words.",
            lambda dlogits, h, Wy: {"dh": dlogits[-1] * np.array(Wy[-1])},
        ),
    ),
    hints=(
        "One weight first: Wy[i][k] moves z[i] alone, with the factor h[k].",
        "dWy has a row for each word, [d * value for value in h]. dby is a "
        "copy of dlogits.",
        "dh[k] adds dlogits[i] * Wy[i][k] over all words i: down a column.",
    ),
)


def two_places(rng: np.random.Generator, *sizes: float) -> tuple:
    dlogits, h, _ = layer(rng, *sizes)
    return dlogits, h


ask(
    "05-tied",
    kind="derive",
    arguments=("dlogits", "h"),
    answers="dc",
    axes={"dlogits": "V"},
    case=two_places,
    edges=lambda rng: {
        "three words and two units": two_places(rng, 3, 2),
        "seven words and six units": two_places(rng, 7, 6),
        "large gradients": two_places(rng, 4, 3, 3000.0),
    },
    right=lambda dlogits, h: float(np.outer(dlogits, h)[[0, 2], [0, 1]].sum()),
    mistakes=(
        Wrong(
            "first-place-only",
            "c appears in two places. You follow the path through Wy[0][0] alone.",
            lambda dlogits, h: dlogits[0] * h[0],
        ),
        Wrong(
            "second-place-only",
            "c appears in two places. You follow the path through Wy[2][1] alone.",
            lambda dlogits, h: dlogits[2] * h[1],
        ),
        Wrong(
            "mean-of-both",
            "You take the mean. Paths add up.",
            lambda dlogits, h: (dlogits[0] * h[0] + dlogits[2] * h[1]) / 2,
        ),
        Wrong(
            "multiplied",
            "You multiply the two paths. Along a path you multiply, over "
            "paths you add.",
            lambda dlogits, h: dlogits[0] * h[0] * dlogits[2] * h[1],
        ),
        Wrong(
            "factor-of-the-second",
            "c - 0.9 changes as much as c does: the factor is 1, not -0.9 or 0.1.",
            lambda dlogits, h: dlogits[0] * h[0] - 0.9 * dlogits[2] * h[1],
        ),
        Wrong(
            "indices-exchanged",
            "In Wy[2][1] the row is 2 and the column 1: word 2 and unit 1.",
            lambda dlogits, h: dlogits[0] * h[0] + dlogits[1] * h[2],
        ),
    ),
    hints=(
        "Along a path multiply, over paths add. How many paths lead from c to "
        "the loss?",
        "dL/dc is dL/dWy[0][0] plus dL/dWy[2][1]; each is an entry of dlogits "
        "times an entry of h.",
    ),
)


def product_case(rng: np.random.Generator) -> tuple:
    (n,) = draws.sizes(rng, "H")
    return draws.vector(rng, 1)[0], draws.vector(rng, n), draws.vector(rng, n)


ask(
    "05-product",
    kind="derive",
    arguments=("ds", "u", "v"),
    answers=("du", "dv"),
    case=product_case,
    right=lambda ds, u, v: (ds * np.array(v), ds * np.array(u)),
    edges=lambda rng: {
        "vectors of one entry": (0.7, [1.5], [-0.4]),
        "an entry that is 0": (0.7, [0.0, 1.0, 2.0], [0.5, -0.6, 0.8]),
        "equal entries": (-0.7, [0.4, 0.4, 0.4], [0.5, 0.5, -0.6]),
        "a gradient of 0": (0.0, *product_case(rng)[1:]),
        "a large gradient": (3000.0, *product_case(rng)[1:]),
        "a tiny gradient": (1e-9, *product_case(rng)[1:]),
    },
    mistakes=(
        Wrong(
            "exchanged",
            "u[k] is multiplied by v[k]: so v appears in dL/du, and u in dL/dv.",
            lambda ds, u, v: (ds * np.array(u), ds * np.array(v)),
        ),
        Wrong(
            "ds-forgotten",
            "That is how s changes. The chain rule multiplies what arrives, ds, by it.",
            lambda ds, u, v: (np.array(v), np.array(u)),
        ),
        Wrong(
            "both-factors",
            "You keep both factors. A derivative with respect to u[k] leaves v[k].",
            lambda ds, u, v: (ds * np.array(u) * v, ds * np.array(u) * v),
        ),
        Wrong(
            "summed",
            "You have summed. Each entry has one path, so there is no sum.",
            lambda ds, u, v: (
                np.full(len(u), ds * sum(v)),
                np.full(len(u), ds * sum(u)),
            ),
        ),
    ),
    hints=(
        "s is u[0] v[0] + u[1] v[1] + … In which terms does u[k] appear?",
        "In one, with the factor v[k]. Multiply by what arrives.",
    ),
)

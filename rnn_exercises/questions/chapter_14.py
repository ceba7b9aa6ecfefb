"""The exercises of chapter 14: vanishing and exploding."""

import math
from functools import cache
from itertools import count

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.registry import ask
from rnn_src.clipping import clip_by_norm, clip_by_value
from rnn_src.data import recall
from rnn_src.dynamics import angle, step_jacobian
from rnn_src.model import VanillaRNN
from rnn_src.parameters import parameter_shapes
from rnn_src.training import update

WH = np.array([[1.0, 2.0], [0.0, 1.0]])
H1, H2 = np.array([0.6, 0.0]), np.array([0.0, 0.8])


def products(J1: np.ndarray, J2: np.ndarray) -> dict[str, np.ndarray]:
    """All that follows from the two Jacobians."""
    return {
        "J1": J1,
        "J2": J2,
        "product": J2 @ J1,
        "wrong order": J1 @ J2,
        "dh0": (J2 @ J1)[0],
    }


J1, J2 = step_jacobian(H1, WH), step_jacobian(H2, WH)
BY_HAND = products(J1, J2)


ask(
    "14-by-hand",
    kind="derive",
    answers=("J1", "J2", "product", "wrong order", "dh0"),
    right=lambda: tuple(BY_HAND.values()),
    within=0.005,  # two decimals are enough
    mistakes=(
        Wrong(
            "columns-scaled",
            "Your factors multiply columns. 1 - h[i]**2 belongs to the new "
            "state, and the new state has the rows: it multiplies row i.",
            products(WH * (1 - H1**2), WH * (1 - H2**2)),
        ),
        Wrong(
            "no-tanh-prime",
            "Your Jacobians are W_h alone. After W_h comes tanh: multiply row i "
            "by 1 - h[i]**2.",
            products(WH, WH),
        ),
        Wrong(
            "no-square",
            "You multiply by 1 - h. The derivative of tanh is 1 - h**2: "
            "square h first.",
            products((1 - H1)[:, np.newaxis] * WH, (1 - H2)[:, np.newaxis] * WH),
        ),
        Wrong(
            "states-exchanged",
            "You have swapped J1 and J2. h_1 is the state that step 1 makes, so it "
            "belongs to J1.",
            products(J2, J1),
        ),
        Wrong(
            "other-order",
            "You have swapped the two orders. The first step acts on the nudge "
            "first, so J1 is next to it, on the right.",
            {"product": J1 @ J2, "wrong order": J2 @ J1},
            also=({"product": J1 @ J2, "wrong order": J2 @ J1, "dh0": (J1 @ J2)[0]},),
        ),
        Wrong(
            "entry-by-entry",
            "You multiply the Jacobians entry by entry. A matrix product "
            "takes row i of the left one and column j of the right one, and "
            "adds.",
            {"product": J1 * J2, "wrong order": J1 * J2},
            also=({"product": J1 * J2, "wrong order": J1 * J2, "dh0": (J1 * J2)[0]},),
        ),
        Wrong(
            "dh0-not-transposed",
            "Your dL/dh0 is the product times (1, 0), its first column. Going "
            "back, it is the transpose that acts.",
            {"dh0": (J2 @ J1)[:, 0]},
        ),
        Wrong(
            "dh0-in-the-wrong-order",
            "Your dL/dh0 belongs to the wrong order. Going back, the gradient "
            "meets step 2 first: the transpose of J1 times (the transpose of J2 "
            "times dL/dh2).",
            {"dh0": (J1 @ J2)[0]},
        ),
    ),
    hints=(
        "The factors 1 - h**2 are (0.64, 1) for step 1 and (1, 0.36) for step "
        "2. Each multiplies a row of W_h.",
        "The product is J2 times J1. Its entry at the top right is row 0 of J2 "
        "times column 1 of J1.",
        "The transpose of a matrix times (1, 0) is the first row of that matrix.",
    ),
)


def turned() -> tuple:
    """The answers about the gradient (3, 4)."""
    gradient = np.array([3.0, 4.0])
    found = []
    for clip, limit in ((clip_by_value, 3.0), (clip_by_norm, 2.5)):
        clipped = gradient.copy()
        clip(clipped, limit)
        found += [np.linalg.norm(clipped), angle(gradient, clipped)]
    return *map(float, found), "b"


ask(
    "14-angle",
    kind="derive",
    answers=(
        "length by value",
        "angle by value",
        "length by norm",
        "angle by norm",
        "never turned",
    ),
    right=turned,
    within=0.05,
    mistakes=(
        Wrong(
            "largest-entry",
            "By value you scale the whole gradient until its largest entry "
            "is 3. Clipping by value looks at each entry alone: the 3 stays, "
            "the 4 becomes 3.",
            {"length by value": 3.75, "angle by value": 0.0},
            also=({"length by value": 3.75},),
        ),
        Wrong(
            "by-value-twice",
            "The second result is clipped by value too. By norm all entries get "
            "the same factor, limit / length.",
            lambda: {
                "length by norm": 2.5 * math.sqrt(2),
                "angle by norm": turned()[1],
            },
        ),
        Wrong(
            "radians",
            "Your angle is in radians. In degrees it is 180 / pi times as large.",
            lambda: {"angle by value": math.radians(turned()[1])},
        ),
        Wrong(
            "direction-of-the-result",
            "That is the direction of the result, its angle to the first "
            "axis. The question asks for the turn: the angle between the result "
            "and the gradient, which has a direction of its own.",
            lambda: {
                "angle by value": 45.0,
                "angle by norm": math.degrees(math.atan2(4, 3)),
            },
            also=({"angle by value": 45.0},),
        ),
        Wrong(
            "rounded-to-whole",
            "You round to a whole number. Give one decimal.",
            lambda: {
                "length by value": float(round(turned()[0])),
                "angle by value": float(round(turned()[1])),
            },
        ),
        Wrong(
            "limit-as-length",
            "3 is the limit, and the largest entry. Clipped by value, each entry "
            "is at most 3; the length of the whole is more.",
            {"length by value": 3.0},
        ),
        Wrong(
            "norm-turns",
            "You let clipping by norm turn the gradient. It multiplies all "
            "entries by the same factor.",
            lambda: {"angle by norm": turned()[1]},
        ),
        Wrong(
            "divided-by-the-limit",
            "By norm, the factor is the limit divided by the length, 2.5 / "
            "5. It makes the result as long as the limit.",
            {"length by norm": 2.0},
        ),
        Wrong(
            "one-sign",
            "(3, 4) has no negative entry, and it was turned. What matters "
            "is not the sign of the entries but their size.",
            {"never turned": "a"},
        ),
        Wrong(
            "short-ones",
            "A high limit leaves a short gradient alone, but a low one "
            "cuts it. What shape of gradient is safe, whatever the limit?",
            {"never turned": "c"},
        ),
    ),
    hints=(
        "Clip first: by value each entry on its own, by norm all by the same factor.",
        "By value the result is (3, 3). The cosine of an angle is the dot "
        "product divided by both lengths.",
        "The cosine is 21 / (5 * sqrt(18)); np.degrees(np.arccos(...)) turns "
        "it into degrees. For the last question: when are all entries cut by one "
        "factor?",
    ),
)


def horizon_case(rng: np.random.Generator) -> tuple[float, float]:
    return (
        round(float(rng.uniform(0.3, 0.95)), 3),
        round(float(rng.uniform(0.001, 0.2)), 4),
    )


def first_below(factor: float, share: float) -> float:
    """Ask Python about one number of steps after the other."""
    if factor >= 1:
        return math.inf
    return next(n for n in count() if factor**n < share)


ask(
    "14-horizon",
    kind="code",
    arguments=("factor", "share"),
    answers="n",
    case=horizon_case,
    right=first_below,
    edges=lambda rng: {
        "a power that equals the share": (0.5, 0.125),
        "a power of a quarter that equals the share": (0.25, 0.0625),
        "a share that is passed at the first step": (0.25, 0.5),
        "a factor close to 1": (0.999, 0.001),
        "a factor very close to 1": (0.9999, 0.01),
        "a tiny share": (0.5, 1e-200),
        "a factor of 1, which never falls below": (1.0, 0.01),
        "a factor above 1, which grows": (1.1, 0.01),
    },
    mistakes=(
        Wrong(
            "rounded-down",
            "You are one step too early: after that many steps the product "
            "has not yet fallen below the share.",
            lambda factor, share: first_below(factor, share) - 1,
        ),
        Wrong(
            "not-whole",
            "That is not a whole number of steps. At the whole number below it "
            "the product is still above the share: take the next whole one.",
            lambda factor, share: (
                math.log(share) / math.log(factor) if factor < 1 else math.inf
            ),
        ),
        Wrong(
            "logarithms-exchanged",
            "You have swapped the two logarithms. From n ln(factor) < ln(share) "
            "divide by ln(factor).",
            lambda factor, share: (
                math.floor(math.log(factor) / math.log(share)) + 1
                if factor < 1
                else math.inf
            ),
        ),
        Wrong(
            "straight-line",
            "You take away the same amount at each step. Take away the same share "
            "of what is left: that makes a power of the factor.",
            lambda factor, share: (
                math.floor((1 - share) / (1 - factor)) + 1 if factor < 1 else math.inf
            ),
        ),
        Wrong(
            "below-or-equal",
            "For a power that equals the share you stop one step too early: "
            "give the first n for which it is below.",
            lambda factor, share: first_below(factor, share * (1 + 1e-9)),
        ),
    ),
    hints=(
        "No formula is needed: try n = 0, 1, 2 and so on.",
        "Go on while factor**n is not below share. A formula with logarithms "
        "says the same on paper, but logarithms are rounded.",
        "With a factor of 1 or more there is no such n: return math.inf before "
        "the loop. Else n = 0, and `while factor**n >= share: n += 1`.",
    ),
)


def chain_case(rng: np.random.Generator, *shape: int) -> tuple:
    T, H = shape or draws.sizes(rng, "TH")
    return (
        np.array([draws.state(rng, H) for _ in range(T)]),
        np.array(draws.matrix(rng, H, H, 0.3, 1.0)),
    )


def chain(hidden: np.ndarray, Wh: np.ndarray) -> np.ndarray:
    """The product of the Jacobians, each by the package."""
    product = np.eye(len(Wh))
    for h in hidden:
        product = step_jacobian(h, Wh) @ product
    return product


def wrong_chain(factor, *, left: bool = True):
    """A product of T matrices, each `factor(h, Wh)`, in one of two orders."""

    def answer(hidden: np.ndarray, Wh: np.ndarray) -> np.ndarray:
        product = np.eye(len(Wh))
        for h in hidden:
            J = factor(np.array(h), np.array(Wh))
            product = J @ product if left else product @ J
        return product

    return answer


ask(
    "14-product",
    kind="code",
    arguments=("hidden", "Wh"),
    answers="product",
    case=chain_case,
    right=chain,
    edges=lambda rng: {
        "a single step": (
            np.array([draws.state(rng, 3)]),
            np.array(draws.matrix(rng, 3, 3)),
        ),
        "no step at all": (np.empty((0, 3)), np.array(draws.matrix(rng, 3, 3))),
        "states of zero": (np.zeros((4, 3)), np.array(draws.matrix(rng, 3, 3))),
        "a unit that is saturated": (
            np.array([[0.5, 1.0], [0.3, -0.4]]),
            np.array(draws.matrix(rng, 2, 2)),
        ),
        "a product over sixteen steps": chain_case(rng, 16, 3),
        "a single hidden unit": chain_case(rng, 4, 1),
        "a single step of nine units": chain_case(rng, 1, 9),
    },
    mistakes=(
        Wrong(
            "other-order",
            "The order is reversed. J_1 acts first, so it is on the "
            "right: each new Jacobian goes to the left of the product.",
            wrong_chain(step_jacobian, left=False),
        ),
        Wrong(
            "columns-scaled",
            "1 - h**2 multiplies the columns of your W_h. An array of shape "
            "(H,) is stretched along rows: make a column of it, (H, 1).",
            wrong_chain(lambda h, Wh: (1 - h**2) * Wh),
        ),
        Wrong(
            "no-tanh-prime",
            "Your product is a power of W_h. That is right only near zero: "
            "at each step multiply row i by 1 - h[i]**2.",
            wrong_chain(lambda h, Wh: Wh),
        ),
        Wrong(
            "no-square",
            "You multiply by 1 - h. The derivative of tanh is 1 - h**2.",
            wrong_chain(lambda h, Wh: (1 - h)[:, np.newaxis] * Wh),
        ),
        Wrong(
            "tanh-again",
            "You take the tanh of the states once more. `hidden` holds h, which is "
            "tanh(a) already: the factor is 1 - h**2.",
            wrong_chain(lambda h, Wh: (1 - np.tanh(h) ** 2)[:, np.newaxis] * Wh),
        ),
        Wrong(
            "plus-the-square",
            "You multiply by 1 + h**2. The derivative of tanh is 1 - h**2.",
            wrong_chain(lambda h, Wh: (1 + h**2)[:, np.newaxis] * Wh),
        ),
        Wrong(
            "divided-by-tanh-prime",
            "You divide by 1 - h**2. The nudge passes tanh, so it is multiplied by "
            "the derivative.",
            wrong_chain(lambda h, Wh: Wh / (1 - h**2)[:, np.newaxis]),
        ),
        Wrong(
            "wh-transposed",
            "You use the transpose of W_h. That is for a gradient going "
            "back; a nudge going forward meets W_h.",
            wrong_chain(lambda h, Wh: (1 - h**2)[:, np.newaxis] * Wh.T),
        ),
        Wrong(
            "entry-by-entry",
            "`*` multiplies entry by entry. The product of two Jacobians is "
            "a matrix product, `@`.",
            lambda hidden, Wh: (
                np.prod([step_jacobian(h, Wh) for h in hidden], axis=0)
                if len(hidden)
                else np.eye(len(Wh))
            ),
        ),
        Wrong(
            "last-step-alone",
            "That is the Jacobian of the last step. The product has one for each step.",
            lambda hidden, Wh: (
                step_jacobian(np.array(hidden[-1]), Wh)
                if len(hidden)
                else np.eye(len(Wh))
            ),
        ),
        Wrong(
            "first-step-missing",
            "The Jacobian of the first step is missing. hidden[0] is h_1, "
            "not the initial state: the loop begins with it.",
            lambda hidden, Wh: chain(hidden[1:], Wh),
        ),
    ),
    hints=(
        "Begin with the matrix that changes nothing, np.eye(H), and go through "
        "the states from first to last.",
        "The Jacobian of a step is W_h with row i multiplied by 1 - h[i]**2: "
        "(1 - h**2)[:, np.newaxis] * Wh.",
        "product = J @ product, the new one on the left.",
    ),
)


def gradients_case(rng: np.random.Generator) -> tuple:
    V, H = draws.sizes(rng, "VH")
    gradients = {
        name: np.array(draws.vector(rng, math.prod(shape))).reshape(shape)
        for name, shape in parameter_shapes(V, H).items()
    }
    gradients["Wh"] *= 3  # lengths that differ: one is always below the limit
    gradients["by"] *= 0.1
    return gradients, round(float(rng.uniform(0.5, 1.0)), 3)


def length_of(gradients: dict[str, np.ndarray]) -> float:
    """The length of all gradients together."""
    return math.sqrt(sum(float(np.sum(g**2)) for g in gradients.values()))


def clip_together(gradients: dict[str, np.ndarray], limit: float) -> None:
    """Put all gradients into one vector, clip it, and take it apart again."""
    vector = np.concatenate([g.ravel() for g in gradients.values()])
    clip_by_norm(vector, limit)
    for gradient in gradients.values():
        gradient[...] = vector[: gradient.size].reshape(gradient.shape)
        vector = vector[gradient.size :]


def wrong_clip(factor):
    """All gradients times `factor(gradients, limit, gradient)`, in place."""

    def answer(gradients: dict[str, np.ndarray], limit: float) -> None:
        factors = [factor(gradients, limit, g) for g in gradients.values()]
        for gradient, one in zip(gradients.values(), factors, strict=True):
            gradient *= one

    return answer


def by_value(gradients: dict[str, np.ndarray], limit: float) -> None:
    for gradient in gradients.values():
        clip_by_value(gradient, limit)


def found_anew(gradients: dict[str, np.ndarray], limit: float) -> None:
    """The length is computed in the loop, when the first ones are cut already."""
    for gradient in gradients.values():
        gradient *= min(1, limit / (length_of(gradients) or limit))


def times(factor: float, rng: np.random.Generator) -> tuple:
    """A case whose gradients are shorter, or longer."""
    gradients, limit = gradients_case(rng)
    return {name: factor * g for name, g in gradients.items()}, limit


def long_together(rng: np.random.Generator) -> tuple:
    """No gradient is longer than the limit, but all of them together are."""
    gradients, limit = gradients_case(rng)
    return {
        name: 0.9 * limit / np.linalg.norm(g) * g for name, g in gradients.items()
    }, limit


def one_long(rng: np.random.Generator) -> tuple:
    """One gradient is long, all others are zero."""
    gradients, limit = gradients_case(rng)
    return {name: g if name == "Wh" else 0 * g for name, g in gradients.items()}, limit


ask(
    "14-bug",
    kind="bug",
    arguments=("gradients", "limit"),
    answers="gradients",
    changes="gradients",
    case=gradients_case,
    right=clip_together,
    within=1e-5,  # PyTorch divides by the length + 1e-6
    edges=lambda rng: {
        "a gradient shorter than the limit": times(0.01, rng),
        "a gradient of zeros": times(0.0, rng),
        "one long gradient among zeros": one_long(rng),
        "a gradient whose parts are too long only together": long_together(rng),
        "a gradient with entries of hundreds": times(500, rng),
        "a limit of 25": (times(100, rng)[0], 25.0),
    },
    mistakes=(
        Wrong(
            "each-by-its-own",
            "Each gradient still gets a factor of its own, so their "
            "proportions change and the whole turns. Find one length, that "
            "of all entries together, and one factor.",
            wrong_clip(
                lambda gradients, limit, g: min(
                    1, limit / max(1e-300, np.linalg.norm(g))
                )
            ),
        ),
        Wrong(
            "by-value",
            "You cut entry by entry. That turns the gradient too: multiply "
            "all entries by one factor.",
            by_value,
        ),
        Wrong(
            "always-scaled",
            "A gradient that is shorter than the limit has been made longer. "
            "Clip only what is too long.",
            wrong_clip(lambda gradients, limit, g: limit / (length_of(gradients) or 1)),
            also=(
                wrong_clip(  # 0 / 0 of the zeros
                    lambda gradients, limit, g: limit / np.float64(length_of(gradients))
                ),
            ),
        ),
        Wrong(
            "found-anew",
            "You compute the length again for each gradient, when earlier ones "
            "have already been cut. Compute it once, before the loop.",
            found_anew,
        ),
        Wrong(
            "only-the-long-ones",
            "You leave a gradient alone if it is shorter than the limit by itself. "
            "Use one factor for all five, or for none.",
            wrong_clip(
                lambda gradients, limit, g: (
                    limit / length_of(gradients) if np.linalg.norm(g) > limit else 1
                )
            ),
        ),
        Wrong(
            "largest-entry",
            "You divide by the size of the largest entry. The length of all "
            "together is the root of the sum of their squares.",
            wrong_clip(
                lambda gradients, limit, g: min(
                    1,
                    limit / max(1e-300, *(abs(g).max() for g in gradients.values())),
                )
            ),
        ),
        Wrong(
            "no-root",
            "You divide by the square of the length: a root is missing.",
            wrong_clip(
                lambda gradients, limit, g: min(
                    1, limit / max(1e-300, length_of(gradients) ** 2)
                )
            ),
        ),
        Wrong(
            "sum-of-lengths",
            "You add up the lengths of the five gradients. The length of all "
            "together is the root of the sum of their squares.",
            wrong_clip(
                lambda gradients, limit, g: min(
                    1, limit / max(1e-300, sum(map(np.linalg.norm, gradients.values())))
                )
            ),
        ),
        Wrong(
            "largest-length",
            "You measure the longest of the gradients alone. The length of "
            "all together is the root of the sum of their squares.",
            wrong_clip(
                lambda gradients, limit, g: min(
                    1, limit / max(1e-300, *map(np.linalg.norm, gradients.values()))
                )
            ),
        ),
        Wrong(
            "unchanged",
            "The arrays you were given have not changed. Change them in place, "
            "`gradient *= factor`: `gradient = ...` and `gradients[name] = ...` "
            "make new ones, and the model keeps the old ones.",
            lambda gradients, limit: None,
        ),
    ),
    hints=(
        "What has to be the same for all five, so that the gradient as a whole "
        "keeps its direction?",
        "One factor. It is limit divided by the length of all entries "
        "together, and it is used only if that length is above the limit.",
        "The length is math.sqrt(sum(np.sum(g**2) for g in "
        "gradients.values())). Then `gradient *= factor` for each.",
    ),
)


FACTORS = (0.5, 0.9, 1.0, 1.5, 2.0)


def solves(factor: float, seed: int) -> bool:
    """Whether a network learns to recall over 20 steps in 300 updates."""
    rng = np.random.default_rng(seed)
    model = VanillaRNN(5, 32, rng)
    normal = rng.normal(size=(32, 32))
    model.parameters["Wh"][:] = factor * np.linalg.qr(normal)[0]
    ids, targets, mask = recall(20, 4, 4, np.random.default_rng(0))
    ids[0] = targets[:] = range(4)
    return any(
        update(model, ids, targets, mask=mask, lr=0.1, clip=1.0, clip_by="norm")[0]
        < 0.1
        for _ in range(300)
    )


@cache
def solved() -> tuple[int, ...]:
    """Of three seeds, how many solve it, for each factor."""
    return tuple(sum(solves(factor, seed) for seed in range(3)) for factor in FACTORS)


ask(
    "14-scale",
    kind="experiment",
    answers=tuple(f"the count at {factor:g}" for factor in FACTORS),
    right=solved,
    mistakes=(
        Wrong(
            "one-best-radius",
            "That would be true if only a radius of exactly 1 let a gradient "
            "through. But there is clipping, and tanh: run it for 1.5 and for 2.",
            (0, 0, 3, 0, 0),
        ),
        Wrong(
            "small-is-safe",
            "A small factor does not explode. But what is left of a gradient after "
            "20 steps with 0.5?",
            (3, 3, 3, 0, 0),
        ),
        Wrong(
            "near-one-is-near-enough",
            "0.9 is near 1, but 0.9 to the power of 21 is not. Look at the "
            "norm of its product, and run it.",
            (0, 3, 3, 3, 3),
        ),
        Wrong(
            "all-of-them",
            "All of them? Count a network only if its loss falls below 0.1 "
            "within 300 updates.",
            (3, 3, 3, 3, 3),
        ),
        Wrong(
            "none-above-one-and-a-half",
            "At 2 the product is large before training. Does that stay so? "
            "Clipping keeps the steps short, and tanh damps it.",
            (0, 0, 3, 3, 0),
        ),
        Wrong(
            "not-what-a-run-gives",
            "That is not what the runs give, and only they can tell. For "
            'each factor, make network("orthogonal", seed) with '
            "seeds 0, 1 and 2, multiply its Wh in place, and count how often "
            "the second value of solve(model, 20, 300) is True.",
            {"the count at 1.5": 2},
            also=tuple(
                {f"the count at {factor:g}": solved}
                for factor, others in zip(
                    FACTORS, ((1, 2, 3), (1, 2), (0, 1, 2), (0, 1), (1, 2)), strict=True
                )
                for solved in others
            ),
        ),
    ),
    hints=(
        'Use network("orthogonal", seed) with seeds 0, 1 and 2, multiply '
        'model.parameters["Wh"] by the factor in place, and call '
        "solve(model, 20, 300).",
        "solve returns two values. The second says whether the loss fell below 0.1.",
        "For each factor: sum(solve(model, 20, 300)[1] for the three models).",
    ),
)

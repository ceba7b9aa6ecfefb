"""The exercises of chapter 4: the loss and the softmax."""

import math

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.registry import ask
from rnn_src.functions import softmax
from rnn_src.words import logits_backward, loss_backward, softmax_jacobian


def even_pair() -> tuple:
    p = [0.5, 0.5]
    return (p, loss_backward(p, 0), softmax_jacobian(p), logits_backward([0.0, 0.0], 0))


ask(
    "04-by-hand",
    kind="derive",
    answers=("p", "dp", "jacobian", "dz"),
    right=even_pair,
    mistakes=(
        Wrong(
            "not-inverted",
            "The derivative of -ln p is -1/p: one divided by p, not p.",
            {"dp": [-0.5, 0]},
        ),
        Wrong("dp-sign", "L is -ln p[0]: its derivative is -1/p[0].", {"dp": [2, 0]}),
        Wrong(
            "dp-everywhere",
            "The loss looks at p[0] alone: the other entry of dL/dp is 0.",
            {"dp": [-2, -2]},
        ),
        Wrong(
            "dp-minus-one",
            "That is dL/dz. With respect to the probabilities the "
            "derivative is -1/p[0] at the target, and 0 elsewhere.",
            {"dp": [-0.5, 0.5]},
            also=({"dp": [-0.5, 0.5], "dz": [-0.25, 0.25]},),
        ),
        Wrong(
            "diagonal-only",
            "Off the diagonal the Jacobian is -p[i] p[j]: raising one logit lowers "
            "the other probability.",
            {"jacobian": [[0.25, 0], [0, 0.25]]},
        ),
        Wrong(
            "sign-beside",
            "Off the diagonal the sign is negative: the probabilities keep their sum.",
            {"jacobian": [[0.25, 0.25], [0.25, 0.25]]},
        ),
        Wrong(
            "jacobian-half",
            "On the diagonal it is p (1 - p): a half times a half.",
            {"jacobian": [[0.5, -0.5], [-0.5, 0.5]]},
        ),
        Wrong(
            "dz-sign",
            "The signs are reversed: p minus 1 at the target.",
            {"dz": [0.5, -0.5]},
        ),
        Wrong(
            "dz-of-target-only",
            "The other logit has a gradient too: raising it lowers p[0].",
            {"dz": [-0.5, 0]},
        ),
        Wrong(
            "dz-is-p", "That is p. At the target 1 is subtracted.", {"dz": [0.5, 0.5]}
        ),
    ),
    hints=(
        "Equal logits, equal probabilities. L = -ln p[0].",
        "The Jacobian has p[i] (1 - p[i]) on its diagonal and -p[i] p[j] off it.",
        "dL/dz[j] is dL/dp[0] times the Jacobian's entry [0][j].",
    ),
)


def steps_case(rng: np.random.Generator, T: int | None = None) -> tuple:
    V, steps = draws.sizes(rng, "VT")
    T = T or steps
    targets = [1 + k for k in draws.ids(rng, T, V - 1)]
    return draws.matrix(rng, T, V), targets, int(rng.integers(T))


def of_step(logits: list, targets: list, t: int) -> np.ndarray:
    dz = softmax(np.array(logits[t]))
    dz[targets[t]] -= 1
    return dz


def of_all(logits: list, targets: list) -> np.ndarray:
    return sum(of_step(logits, targets, t) for t in range(len(logits)))


ask(
    "04-sum",
    kind="derive",
    arguments=("logits", "targets", "t"),
    answers=("of_the_sum", "of_the_mean"),
    axes={"logits": "TV"},
    case=steps_case,
    right=lambda logits, targets, t: (
        of_step(logits, targets, t),
        of_step(logits, targets, t) / len(logits),
    ),
    edges=lambda rng: {
        "a sentence of one step": steps_case(rng, 1),
        "a long sentence": steps_case(rng, 20),
        "the first step": (*steps_case(rng)[:2], 0),
        "the last step": (draws.matrix(rng, 4, 6), [5, 1, 3, 2], 3),
        "a target with the id 0": (draws.matrix(rng, 4, 6), [5, 0, 3, 0], 1),
        "a target that comes back": (draws.matrix(rng, 4, 6), [2, 5, 2, 2], 2),
        "another word with the target's logit": (
            [[0.4, -0.9, 0.4, 0.4]] * 2,
            [2, 0],
            0,
        ),
        "very large logits": ([[1000.0, 998.0, 999.0]] * 2, [2, 1], 1),
    },
    mistakes=(
        Wrong(
            "same-for-both",
            "The mean is the sum divided by the number of steps. Divide its gradient "
            "too.",
            lambda logits, targets, t: {"of_the_mean": of_step(logits, targets, t)},
        ),
        Wrong(
            "divided-by-three",
            "You divide by 3, the number of steps in the example. Divide by that of "
            "the sentence, len(logits).",
            lambda logits, targets, t: {"of_the_mean": of_step(logits, targets, t) / 3},
        ),
        Wrong(
            "divided-by-v",
            "You divide by V, the number of words. The mean is over the steps.",
            lambda logits, targets, t: {
                "of_the_mean": of_step(logits, targets, t) / len(logits[t])
            },
        ),
        Wrong(
            "divided-by-t",
            "You divide by the number of the step. The mean is over all steps.",
            lambda logits, targets, t: {
                "of_the_mean": of_step(logits, targets, t) / (t + 1)
            },
        ),
        Wrong(
            "exchanged",
            "You have swapped the two: the gradient of the sum is the larger one.",
            lambda logits, targets, t: (
                of_step(logits, targets, t) / len(logits),
                of_step(logits, targets, t),
            ),
        ),
        Wrong(
            "mean-times-t",
            "You multiply by the number of steps. The mean divides.",
            lambda logits, targets, t: {
                "of_the_mean": of_step(logits, targets, t) * len(logits)
            },
        ),
        Wrong(
            "all-steps",
            "You add up the gradients of all steps. The logits of step t "
            "enter the loss of step t and no other.",
            lambda logits, targets, t: (
                of_all(logits, targets),
                of_all(logits, targets) / len(logits),
            ),
            also=(
                lambda logits, targets, t: {
                    "of_the_mean": of_all(logits, targets) / len(logits)
                },
            ),
        ),
    ),
    hints=(
        "Which of the losses do the logits of step t enter?",
        "One path, so the gradient of the sum is p - 1 at the target, of step t "
        "alone. For the mean, divide that by the number of steps.",
    ),
)


def word_case(rng: np.random.Generator) -> tuple[list, int]:
    """The id 0 is an edge of its own."""
    (V,) = draws.sizes(rng, "V")
    return draws.vector(rng, V), int(rng.integers(1, V))


def minus_target(values: np.ndarray, target: int) -> np.ndarray:
    values = np.array(values)
    values[target] -= 1
    return values


ask(
    "04-logits",
    kind="code",
    arguments=("logits", "target"),
    answers="dlogits",
    axes={"logits": "V"},
    case=word_case,
    right=logits_backward,
    edges=lambda rng: {
        "the target with the id 0": ([0.4, -0.9, 0.7], 0),
        "very large logits": ([1000.0, 998.0, 999.0], 2),
        "logits far below zero": ([-1000.0, -998.0, -999.0], 0),
        "huge logits": ([100_000.0, 99_998.0, 99_999.0], 2),
        "logits very far below zero": ([-100_000.0, -99_998.0, -99_999.0], 0),
        "logits that are far apart": ([-1000.0, 1000.0, 0.0], 0),
        "logits that are far apart, the largest first": ([1000.0, -1000.0], 1),
        "a single word": ([0.8], 0),
        "another word with the target's logit": ([0.4, -0.9, 0.4, 0.4], 2),
        "a network that is confident and wrong": ([0.0, -50.0, 0.0], 1),
    },
    mistakes=(
        Wrong(
            "y-minus-p",
            "The sign is reversed: p minus 1 at the target.",
            lambda logits, target: -minus_target(softmax(np.array(logits)), target),
        ),
        Wrong(
            "only-p",
            "That is p. At the target 1 is subtracted.",
            lambda logits, target: softmax(np.array(logits)),
        ),
        Wrong(
            "with-respect-to-p",
            "That is the gradient with respect to the probabilities. Send it "
            "through the Jacobian of the softmax.",
            lambda logits, target: loss_backward(
                softmax(np.array(logits)).tolist(), target
            ),
        ),
        Wrong(
            "without-softmax",
            "You subtract 1 from the logit. It is subtracted from the probability.",
            lambda logits, target: minus_target(logits, target),
        ),
        Wrong(
            "diagonal-only",
            "You use the diagonal of the Jacobian alone. Raising a logit "
            "lowers all other probabilities.",
            lambda logits, target: np.where(
                np.arange(len(logits)) == target,
                minus_target(softmax(np.array(logits)), target),
                0.0,
            ),
        ),
        Wrong(
            "one-everywhere",
            "You subtract 1 from every entry. Only the target's gets it.",
            lambda logits, target: softmax(np.array(logits)) - 1,
        ),
        Wrong(
            "next-word",
            "You subtract the 1 at a word that is not the target.",
            lambda logits, target: minus_target(
                softmax(np.array(logits)), (target + 1) % len(logits)
            ),
            also=(
                lambda logits, target: minus_target(
                    softmax(np.array(logits)), target - 1
                ),
            ),
        ),
        Wrong(
            "softmax-twice",
            "You take the softmax twice, the second time of the probabilities.",
            lambda logits, target: minus_target(
                softmax(softmax(np.array(logits))), target
            ),
        ),
        Wrong(
            "overflows",
            "exp of a large logit overflows. Take a softmax that subtracts the "
            "largest logit first, as the one in chapter 2 does.",
            lambda logits, target: minus_target(
                [math.exp(z) / sum(math.exp(one) for one in logits) for z in logits],
                target,
            ),
            also=(
                lambda logits, target: minus_target(
                    np.exp(logits) / np.exp(logits).sum(), target
                ),
            ),
        ),
    ),
    hints=(
        "dL/dz is p minus the one-hot target. Take the softmax of chapter 2 that "
        "large logits cannot break.",
        "dlogits = softmax(logits), a new list; then dlogits[target] -= 1.",
    ),
)


def warm_case(rng: np.random.Generator) -> tuple:
    logits, target = word_case(rng)
    return logits, target, round(float(rng.uniform(1.5, 4)), 2)


def warm(logits: list, tau: float) -> np.ndarray:
    return softmax(np.array(logits) / tau)


ask(
    "04-temperature",
    kind="derive",
    arguments=("logits", "target", "tau"),
    answers="dz",
    axes={"logits": "V"},
    case=warm_case,
    right=lambda logits, target, tau: minus_target(warm(logits, tau), target) / tau,
    edges=lambda rng: {
        "the target with the id 0": ([0.4, -0.9, 0.7], 0, 1.7),
        "a temperature that is a whole number": (*word_case(rng), 3),
        "a temperature of 1": (*word_case(rng), 1.0),
        "a temperature below 1": (*word_case(rng), 0.5),
        "a high temperature": (*word_case(rng), 50.0),
        "another word with the target's logit": ([0.4, -0.9, 0.4, 0.4], 2, 1.7),
        "very large logits": ([1000.0, 998.0, 999.0], 2, 1.5),
        "logits that are far apart": ([-1000.0, 1000.0], 0, 0.5),
    },
    mistakes=(
        Wrong(
            "two-for-tau",
            "Your temperature is 2, as in the example. Use tau.",
            lambda logits, target, tau: minus_target(warm(logits, 2), target) / 2,
        ),
        Wrong(
            "outer-factor-forgotten",
            "You go back to z / tau and stop. One step is left, with the "
            "factor 1 / tau.",
            lambda logits, target, tau: minus_target(warm(logits, tau), target),
        ),
        Wrong(
            "times-tau",
            "You multiply by tau. z / tau changes by 1 / tau when z changes by 1.",
            lambda logits, target, tau: tau * minus_target(warm(logits, tau), target),
        ),
        Wrong(
            "cold-softmax",
            "Your p is the softmax of z. Here it is the softmax of z / tau.",
            lambda logits, target, tau: minus_target(warm(logits, 1), target) / tau,
        ),
        Wrong(
            "no-temperature",
            "There is no temperature in your formula.",
            lambda logits, target, tau: minus_target(warm(logits, 1), target),
        ),
        Wrong(
            "p-over-tau",
            "You divide p by tau, and then subtract 1. Subtract first.",
            lambda logits, target, tau: minus_target(warm(logits, tau) / tau, target),
        ),
        Wrong(
            "multiplied-inside",
            "Inside the softmax you multiply by tau. It divides.",
            lambda logits, target, tau: (
                minus_target(warm(logits, 1 / tau), target) / tau
            ),
            also=(
                lambda logits, target, tau: (
                    minus_target(warm(logits, 1 / tau), target) * tau
                ),
                lambda logits, target, tau: minus_target(warm(logits, 1 / tau), target),
            ),
        ),
    ),
    hints=(
        "Call u = z / tau. You know dL/du. How does u change with z?",
        "dL/du is softmax(u) minus the one-hot target, and du/dz is 1 / tau. "
        "They multiply.",
    ),
)


def squares(logits: list, target: int) -> np.ndarray:
    """Through the Jacobian, all of it."""
    p = softmax(np.array(logits))
    jacobian = np.diag(p) - np.outer(p, p)
    return jacobian @ minus_target(p, target)


SURELY_WRONG = [0.0, -30.0], 1


ask(
    "04-squares",
    kind="experiment",
    arguments=("logits", "target"),
    answers="dz",
    axes={"logits": "V"},
    case=word_case,
    right=squares,
    edges=lambda rng: {
        "the example, confident and wrong": SURELY_WRONG,
        "a network that is confident and right": ([8.0, 0.0], 0),
        "the target with the id 0": ([0.4, -0.9, 0.7], 0),
        "another word with the target's logit": ([0.4, -0.9, 0.4, 0.4], 2),
        "very large logits": ([1000.0, 998.0, 999.0], 2),
        "logits that are far apart": ([-1000.0, 1000.0], 0),
    },
    mistakes=(
        Wrong(
            "at-the-probabilities",
            "That is p, minus 1 at the target: the gradient of the squares with "
            "respect to p, and of the cross-entropy with respect to z. The Jacobian "
            "is still to come.",
            lambda logits, target: minus_target(softmax(np.array(logits)), target),
        ),
        Wrong(
            "diagonal-only",
            "You use the diagonal of the Jacobian alone. Each logit moves "
            "all probabilities: add over them.",
            lambda logits, target: (
                minus_target(softmax(np.array(logits)), target)
                * softmax(np.array(logits))
                * (1 - softmax(np.array(logits)))
            ),
        ),
        Wrong(
            "first-half",
            "You multiply by p, entry by entry. The Jacobian also has -p[i] p[j], "
            "for all i and j.",
            lambda logits, target: (
                softmax(np.array(logits))
                * minus_target(softmax(np.array(logits)), target)
            ),
        ),
        Wrong(
            "of-the-example",
            "That is right for z = (0, -30) and the target 1. Use the arguments.",
            lambda logits, target: squares(*SURELY_WRONG),
        ),
        Wrong(
            "target-only",
            "You follow the path through the target's probability alone. "
            "Here all of them are in the loss.",
            lambda logits, target: (
                (softmax(np.array(logits))[target] - 1)
                * (
                    np.diag(softmax(np.array(logits)))
                    - np.outer(softmax(np.array(logits)), softmax(np.array(logits)))
                )[target]
            ),
        ),
        Wrong(
            "twice-too-large",
            "The loss is *half* the sum of the squares: the 2 of the square cancels.",
            lambda logits, target: 2 * squares(logits, target),
        ),
        Wrong(
            "sign-beside",
            "Off the diagonal the Jacobian is negative.",
            lambda logits, target: (
                (
                    np.diag(
                        2 * softmax(np.array(logits)) * (1 - softmax(np.array(logits)))
                    )
                    - (
                        np.diag(softmax(np.array(logits)))
                        - np.outer(softmax(np.array(logits)), softmax(np.array(logits)))
                    )
                )
                @ minus_target(softmax(np.array(logits)), target)
            ),
        ),
    ),
    hints=(
        "All probabilities are in this loss. So dL/dz[j] is a sum over i, of "
        "(p[i] - y[i]) times dp[i]/dz[j].",
        "softmax_jacobian(p)[i][j] is dp[i]/dz[j].",
        "[sum(dp[i] * J[i][j] for i in range(V)) for j in range(V)], with dp "
        "equal to p, minus 1 at the target.",
    ),
)

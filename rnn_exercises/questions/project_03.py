"""The project of Part I: a network whose weights were thought out."""

import math
import random
from collections.abc import Mapping

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.reading import kind_of
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.data import SENTENCES
from rnn_src.parameters import NAMES
from rnn_src.words import Parameters, init_parameters

VOCABULARY = words.Vocabulary(SENTENCES)
IDS = [VOCABULARY.encode(sentence) for sentence in SENTENCES]
EVEN = sum(len(ids) - 1 for ids in IDS) * math.log(len(VOCABULARY))
SHARE = 0.25  # of the even guess that the network may cost
NEARLY = 0.05  # how far a probability may be from an even share


def readable(given: object) -> Parameters | str:
    """Parameters of lists, or a sentence about what is wrong with them."""
    if not isinstance(given, (Mapping, Parameters)):
        return (
            f"my_parameters is {kind_of(given)}; expected a Parameters, or "
            f"a dict with {', '.join(NAMES)}."
        )
    try:
        values = given if isinstance(given, Mapping) else vars(given)
        parameters = Parameters(
            **{name: np.asarray(values[name], float).tolist() for name in NAMES}
        )
        parameters.check()
    except KeyError as error:
        return f"my_parameters has no {error}; expected {', '.join(NAMES)}."
    except (TypeError, ValueError) as error:
        return f"my_parameters cannot be used: {error}"
    return parameters


def farthest_from_even(parameters: Parameters) -> float:
    """How far any probability of the nine answers is from an even share."""
    V = len(VOCABULARY)
    return max(
        abs(share - 1 / V)
        for ids in IDS
        for logits in words.forward(ids[:-1], parameters)[1]
        for share in words.softmax(logits)
    )


def judge_parameters(given: object) -> str:
    """Whether the network predicts the three sentences."""
    parameters = readable(given)
    if isinstance(parameters, str):
        return parameters
    if parameters.vocab_size != len(VOCABULARY):
        return (
            f"my_parameters is for {parameters.vocab_size} words; expected "
            f"{len(VOCABULARY)}, those of SENTENCES."
        )
    try:
        total = sum(words.sentence_loss(ids, parameters) for ids in IDS)
    except ValueError as error:  # logits that are not finite
        return f"my_parameters cannot be used: {error}"
    right = sum(
        guess == target
        for ids in IDS
        for guess, target in zip(
            words.predict(ids[:-1], parameters), ids[1:], strict=True
        )
    )
    if total <= SHARE * EVEN:
        return ""
    if farthest_from_even(parameters) < NEARLY:
        return "even-guess"
    if right == 9:
        return "right-and-unsure"
    if total > EVEN:
        return "sure-and-wrong"
    return (
        f"{right} of 9 answers are right, at a loss of {total:.2f} nats. "
        f"The even guess costs {EVEN:.2f}; get down to "
        f"{SHARE * EVEN:.2f}."
    )


def thought_out(sureness: float) -> Parameters:
    """A unit for each word; it speaks for the word that follows."""
    V = len(VOCABULARY)
    follows = {
        word: target for ids in IDS for word, target in words.next_word_pairs(ids)
    }
    return Parameters(
        Wx=[[2.0 if k == i else 0.0 for i in range(V)] for k in range(V)],
        Wh=[[0.0] * V for _ in range(V)],
        Wy=[
            [sureness if follows.get(k) == i else 0.0 for k in range(V)]
            for i in range(V)
        ],
        bh=[0.0] * V,
        by=[0.0] * V,
    )


ask(
    "03-project",
    kind="project",
    answers="my_parameters",
    expects="a Parameters, or a dict with its names",
    right=lambda: thought_out(8.0),
    judge=judge_parameters,
    mistakes=(
        Wrong(
            "even-guess",
            "Your network guesses evenly, or nearly so. Are the weights still small, "
            "or zero? It has to *say* something: a large weight from each unit to "
            "the word that follows.",
            lambda: init_parameters(6, 8, random.Random(0), 0.1),
        ),
        Wrong(
            "sure-and-wrong",
            "Your network costs more than the even guess: to some word that "
            "follows it gives less than an even share. Which row of W_y belongs to "
            "that word? And which column to the unit?",
            lambda: thought_out(-8.0),
        ),
        Wrong(
            "right-and-unsure",
            "All nine answers are right, but the network is not sure of "
            "them. Make the weights of W_y larger.",
            lambda: thought_out(1.0),
        ),
    ),
    hints=(
        "Give each word a unit of its own: with Wx equal to 2 times the "
        "one-hot vectors, h[k] is near 1 for the word k that was read, and 0 "
        "for all others.",
        "Then column k of Wy says what follows word k: a large number in the "
        "row of that word.",
        "For these sentences the past is not needed: Wh may be zero. With 8 in "
        "Wy the loss is already small.",
    ),
)

"""The project of Part III: a text of the reader's own, and a network below
its floor.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from functools import cache

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions.project_03 import readable
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.words import Parameters, init_parameters
from rnn_src.words.training import train_steps

TEXTS = ("cats say meow", "cows say moo", "dogs say woof")
FLOOR = 2.0  # nats that the texts have to cost without memory
SHARE = 0.5  # of its floor that the network may cost

Sentence = Sequence[int]
Known = Callable[[Sentence, int], Hashable]


def last_word(sentence: Sentence, t: int) -> Hashable:
    return sentence[t]


def word_and_step(sentence: Sentence, t: int) -> Hashable:
    return t, sentence[t]


def all_words(sentence: Sentence, t: int) -> Hashable:
    return tuple(sentence[: t + 1])


def floor_of(sentences: Sequence[Sentence], known: Known) -> float:
    """What the best predictor pays for all sentences, if this is all it knows."""
    after = defaultdict(Counter)
    for sentence in sentences:
        for t, target in enumerate(sentence[1:]):
            after[known(sentence, t)][target] += 1
    return sum(
        count * math.log(counts.total() / count)
        for counts in after.values()
        for count in counts.values()
    )


def judge_text(answer: object) -> str:
    """Whether the texts need a past, and whether the network has one.

    As long as my_parameters is `...`, the texts are judged alone. A predictor that
    knows only the last word and the step pays at least the floor. So a network
    that pays less looks at the earlier words.
    """
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        return "The answer has two parts: my_texts, a list of texts, and my_parameters."
    texts, given = answer
    if texts is ...:
        return "my_texts is still missing: begin with it."
    if not isinstance(texts, (tuple, list, np.ndarray)):
        return "my_texts is not a list of texts in quotes."
    texts = list(texts)
    if fault := fault_of(texts):
        return fault
    floor = floor_of(encoded(texts), word_and_step)
    if given is ...:
        return (
            f"Your texts are good: their floor is {floor:.2f} nats. Still to "
            "do: the network, my_parameters."
        )
    parameters = readable(given)
    if isinstance(parameters, str):
        return parameters
    return fault_of_network(parameters, texts, floor)


def encoded(texts: Sequence[str]) -> list[Sentence]:
    return list(map(words.Vocabulary(texts).encode, texts))


def fault_of(texts: Sequence[str]) -> str:
    """What is wrong with the texts, as a mistake's name or a sentence."""
    if not all(isinstance(text, str) for text in texts):
        return "my_texts is not a list of texts in quotes."
    if not all(len(text.split()) > 1 for text in texts):
        return "A text in my_texts has fewer than two words."
    if not texts:
        return "my_texts is empty."
    sentences = encoded(texts)
    if floor_of(sentences, last_word) < 1e-9:
        return "nothing-to-remember"
    floor = floor_of(sentences, word_and_step)
    if floor < 1e-9:
        return "a-counter-does-it"
    if floor < FLOOR:
        return (
            f"The floor of your texts is {floor:.2f} nats. Choose texts that "
            f"ask more of a memory: at least {FLOOR}."
        )
    known = floor_of(sentences, all_words)
    if known >= SHARE * floor:
        return (
            "Some of your texts go on in different ways after the same "
            f"beginning. Even with a perfect memory they cost {known:.2f} nats, "
            f"and half of the floor is {SHARE * floor:.2f}."
        )
    return ""


def fault_of_network(parameters: Parameters, texts: Sequence[str], floor: float) -> str:
    """What is wrong with the network, as a mistake's name or a sentence."""
    V = len(words.Vocabulary(texts))
    if parameters.vocab_size != V:
        return (
            f"my_parameters is for {parameters.vocab_size} words; expected "
            f"{V}, those of my_texts."
        )
    loss = sum(words.sentence_loss(ids, parameters) for ids in encoded(texts))
    if not any(w for row in parameters.Wh for w in row):
        return "no-way-back"
    if not any(w - row[0] for row in parameters.Wx for w in row):
        return "sees-no-words"
    if loss >= floor:
        return (
            f"Your texts are good: their floor is {floor:.2f} nats. The network "
            f"costs {loss:.2f}, so it has shown no memory yet. Keep training, "
            "or begin with larger weights."
        )
    if not loss <= SHARE * floor:
        return (
            f"The network costs {loss:.2f} nats, which is below the floor of "
            f"{floor:.2f}: it has a memory. Keep training until it costs less "
            "than half of the floor."
        )
    return ""


@cache
def trained(texts: tuple[str, ...], cut: str = "") -> Parameters:
    """A network that was trained on the texts; or hardly, and `cut` is zero."""
    vocabulary = words.Vocabulary(texts)
    parameters = init_parameters(len(vocabulary), 8, random.Random(0), 0.5)
    sentences = [vocabulary.encode(text) for text in texts]
    train_steps(sentences, parameters, lr=0.3, epochs=1 if cut else 200)
    if cut:
        zeros = np.zeros_like(getattr(parameters, cut))
        setattr(parameters, cut, zeros.tolist())
    return parameters


EVERYDAY = ("cats say meow", "dogs bark loudly", "cows eat grass")

ask(
    "09-project",
    kind="project",
    answers=("my_texts", "my_parameters"),
    expects="a list of texts and the parameters of a network",
    seconds=20.0,
    right=lambda: (TEXTS, trained(TEXTS)),
    judge=judge_text,
    mistakes=(
        Wrong(
            "nothing-to-remember",
            "In your texts the last word leaves no doubt about the next one: "
            "their floor is 0, and success on them shows no memory. Find texts "
            "in which one word is followed by different ones.",
            lambda: (EVERYDAY, trained(EVERYDAY)),
        ),
        Wrong(
            "a-counter-does-it",
            "In your texts the last word and the number of the step leave no "
            "doubt about the next word: a network that counts does not need the "
            "earlier words. Let two texts have the same word at the same step, and "
            "different ones after it.",
            lambda: (["x a x b x c"], ...),
        ),
        Wrong(
            "no-way-back",
            "In your network W_h is zero. It cannot look back, so it cannot "
            "get below the floor.",
            lambda: (TEXTS, trained(TEXTS, cut="Wh")),
        ),
        Wrong(
            "sees-no-words",
            "In your network all columns of W_x are equal. Its states know the "
            "number of the step, but nothing about the words.",
            lambda: (TEXTS, trained(TEXTS, cut="Wx")),
        ),
    ),
    hints=(
        "Three sentences of three words are enough: a first word that differs, "
        "a second one that is the same in all, and a third one that depends on "
        "the first. As long as my_parameters is ..., the check judges your texts "
        "alone.",
        "Without memory, n different words after the same word cost n ln n.",
        "Try weights between -0.5 and 0.5, a learning rate of 0.3 and some 200 "
        "epochs. Begin each sentence with a state of zeros.",
    ),
)

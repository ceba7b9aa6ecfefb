"""The project of Part III: a text of the reader's own, and a network below
its floor.
"""

import random
from collections.abc import Sequence
from functools import cache

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions.project_03 import readable
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.words import BigramTable, Parameters, init_parameters
from rnn_src.words.training import train_steps

TEXTS = ("cats say meow", "cows say moo", "dogs say woof")
FLOOR = 2.0  # nats that a text has to cost without memory
SHARE = 0.5  # of its floor that the network may cost


def floor_of(sentences: Sequence[Sequence[int]], vocab_size: int) -> float:
    """What the best predictor without memory pays for all sentences."""
    table = BigramTable(sentences, vocab_size)
    return sum(table.loss(sentence) for sentence in sentences)


def judge_text(answer: object) -> str:
    """Whether the text needs a past, and whether the network has one.

    As long as my_parameters is `...`, the texts are judged alone.
    """
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        return "The answer has two parts: my_texts, a list of texts, and my_parameters."
    texts, given = answer
    if texts is ...:
        return "my_texts is still to come: begin with it."
    if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
        return "my_texts is no list of texts in quotes."
    if not all(len(text.split()) > 1 for text in texts):
        return "A text in my_texts has fewer than two words."
    if len(texts) == 0:
        return "my_texts is empty."
    vocabulary = words.Vocabulary(texts)
    sentences = [vocabulary.encode(text) for text in texts]
    V, floor = len(vocabulary), floor_of(sentences, len(vocabulary))
    if floor < 1e-9:
        return "nothing-to-remember"
    if floor < FLOOR:
        return (
            f"The floor of your text is {floor:.2f} nats. Take a text that "
            f"asks more of a memory: at least {FLOOR}."
        )
    if given is ...:
        return (
            f"Your text is good: its floor is {floor:.2f} nats. Still to "
            "do: the network, my_parameters."
        )
    parameters = readable(given)
    if isinstance(parameters, str):
        return parameters
    if parameters.vocab_size != V:
        return (
            f"my_parameters is for {parameters.vocab_size} words; expected "
            f"{V}, those of my_texts."
        )
    loss = sum(words.sentence_loss(ids, parameters) for ids in sentences)
    if loss >= floor:
        cut = max(abs(w) for row in parameters.Wh for w in row) == 0
        return (
            "no-way-back"
            if cut
            else (
                f"Your text is good: its floor is {floor:.2f} nats. The network "
                f"costs {loss:.2f}, so it has shown no memory yet. Train on, or "
                "begin with larger weights."
            )
        )
    if loss > SHARE * floor:
        return (
            f"The network costs {loss:.2f} nats and is below the floor of "
            f"{floor:.2f}: it has a memory. Train on, until it costs less "
            "than half of the floor."
        )
    return ""


@cache
def trained(texts: tuple[str, ...], cut: bool = False) -> Parameters:
    """A network that was trained on the texts, one step at a time."""
    vocabulary = words.Vocabulary(texts)
    parameters = init_parameters(len(vocabulary), 8, random.Random(0), 0.5)
    sentences = [vocabulary.encode(text) for text in texts]
    train_steps(sentences, parameters, lr=0.3, epochs=1 if cut else 200)
    if cut:
        parameters.Wh = [[0.0] * 8 for _ in range(8)]
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
            "In your text the last word leaves no doubt about the next one: "
            "its floor is 0, and success on it shows no memory. Find a text "
            "in which one word is followed by different ones.",
            lambda: (EVERYDAY, trained(EVERYDAY)),
        ),
        Wrong(
            "no-way-back",
            "In your network W_h is zero. It cannot look back, and it stays "
            "at the floor or above, as it must.",
            lambda: (TEXTS, trained(TEXTS, cut=True)),
        ),
    ),
    hints=(
        "Three sentences of three words are enough: a first word that differs, "
        "a second one that is the same in all, and a third one that depends on "
        "the first. As long as my_parameters is ..., the check judges your texts "
        "alone.",
        "To tell apart n words that follow the same word costs n ln n without memory.",
        "Weights between -0.5 and 0.5, a learning rate of 0.3, some 200 "
        "epochs. Begin each sentence with a state of zeros.",
    ),
)

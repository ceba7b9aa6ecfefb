"""The network of chapter 8, to be trained by hand: some updates, then a look."""

import json
import math
import random
from collections.abc import Sequence

from rnn_src.data import SENTENCES
from rnn_src.explorer import explore
from rnn_src.explorer.data import as_data
from rnn_src.words import (
    Vocabulary,
    argmax,
    forward,
    init_parameters,
    next_word_pairs,
    sentence_loss,
    softmax,
)
from rnn_src.words.training import train_step

HIDDEN_SIZE, SCALE = 8, 0.1  # as in the chapter


class Found(dict):
    """What a page shows of the network; it travels as JSON."""

    def _repr_html_(self) -> str:
        return json.dumps(self)


class Play:
    """Three sentences, one network, and the update that comes next."""

    def __init__(self, seed: int = 0):
        self.vocabulary = Vocabulary(SENTENCES)
        self.sentences = [self.vocabulary.encode(text) for text in SENTENCES]
        self.parameters = init_parameters(
            len(self.vocabulary), HIDDEN_SIZE, random.Random(seed), SCALE
        )
        self.updates = 0
        self.losses = [self.loss()]
        self.h: list[float] = []
        self.questions = [
            (word, target, place == 0)
            for ids in self.sentences
            for place, (word, target) in enumerate(next_word_pairs(ids))
        ]
        self.even_guess = len(self.questions) * math.log(len(self.vocabulary))

    def update(self, lr: float, times: int) -> Found:
        """Make some updates, each for the question that comes next; then look.

        Returns
        -------
        Found
            What happened, in a sentence; the losses and the answers as HTML; and
            what the explorer shows.
        """
        for _ in range(times):
            word, target, first = self.questions[self.updates % len(self.questions)]
            h = [0.0] * HIDDEN_SIZE if first else self.h
            self.h, _ = train_step(word, target, h, self.parameters, lr)
            self.updates += 1
            self.losses.append(self.loss())
        answers = self.answers()
        right = sum(guess == target for _, target, guess, _ in answers)
        return Found(
            said=f"After {self.updates} updates: a loss of {self.losses[-1]:.2f} nats, "
            f"{right} of {len(answers)} right.",
            html=curve(self.losses, self.even_guess) + table(answers),
            explorer=as_data(self.explorer()),
        )

    def start(self) -> Found:
        """What there is before the first update, and the explorer as HTML."""
        return Found(self.update(1.0, 0), frame=self.explorer()._repr_html_())

    def loss(self) -> float:
        """The loss of all questions, in nats."""
        return sum(sentence_loss(ids, self.parameters) for ids in self.sentences)

    def answers(self) -> list[tuple[str, str, str, float]]:
        """Of each question: the word, the target, the guess, the target's share."""
        words, found = self.vocabulary.words, []
        for ids in self.sentences:
            _, logits = forward(ids[:-1], self.parameters)
            for word, target, z in zip(ids[:-1], ids[1:], logits, strict=True):
                share = softmax(z)[target]
                found.append((words[word], words[target], words[argmax(z)], share))
        return found

    def explorer(self):
        """The first sentence, in the network as it is."""
        ids = self.sentences[0]
        return explore(self.parameters, ids[:-1], ids[1:], self.vocabulary.words)


def curve(losses: Sequence[float], even_guess: float) -> str:
    """The loss after each update, up to twice the even guess, which is dashed."""
    width = max(27, len(losses) - 1)
    points = " ".join(
        f"{300 * place / width:.1f},{100 - 50 * min(2, loss / even_guess):.1f}"
        for place, loss in enumerate(losses)
    )
    return (
        '<svg viewBox="-2 -2 304 104" role="img" aria-label="The loss after each update'
        '; the dashed line is the even guess."><path d="M0 50H300" '
        f'stroke-dasharray="4"/><polyline points="{points}"/></svg>'
    )


def table(answers: Sequence[tuple[str, str, str, float]]) -> str:
    """The answer to each question."""
    heads = ("word", "next", "guess", "probability of the next word")
    rows = ["".join(f'<th scope="col">{head}</th>' for head in heads)]
    for *words, share in answers:
        rows.append("".join(f"<td>{entry}</td>" for entry in [*words, f"{share:.3f}"]))
    return f'<table class="table"><tr>{"</tr><tr>".join(rows)}</tr></table>'

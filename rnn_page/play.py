"""The network of chapter 8, to be trained by hand: some updates, then a look."""

import json
import random

from rnn_src.data import SENTENCES
from rnn_src.explorer import explore
from rnn_src.explorer.page import as_data
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
        self.h: list[float] = []
        self.questions = [
            (word, target, place == 0)
            for ids in self.sentences
            for place, (word, target) in enumerate(next_word_pairs(ids))
        ]

    def update(self, lr: float, times: int) -> Found:
        """Make some updates, each for the question that comes next; then look.

        Returns
        -------
        Found
            How many updates there were, the total loss after each of these in nats,
            the answer to each question, and what the explorer shows.
        """
        losses = []
        for _ in range(times):
            word, target, first = self.questions[self.updates % len(self.questions)]
            h = [0.0] * HIDDEN_SIZE if first else self.h
            self.h, _ = train_step(word, target, h, self.parameters, lr)
            self.updates += 1
            losses.append(self.loss())
        return Found(
            updates=self.updates,
            losses=losses,
            loss=self.loss(),
            answers=self.answers(),
            explorer=as_data(self.explorer()),
        )

    def start(self) -> Found:
        """What there is before the first update, and the explorer as HTML."""
        return Found(self.update(1.0, 0), html=self.explorer()._repr_html_())

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

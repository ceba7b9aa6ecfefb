"""The same cases for many answers to a question.

What is right in a case is then found once, and what each mistake makes of it.
"""

import copy

from rnn_exercises import trials
from rnn_exercises.exercise import Question
from rnn_exercises.trials import Trial


class SameTrials:
    """Stands in for `judging.trials_of`; the first answer draws, for all."""

    def __init__(self):
        self.drawn: dict[int, tuple[Question, list[Trial]]] = {}

    def __call__(self, question: Question) -> list[Trial]:
        if id(question) not in self.drawn:
            drawn = trials.trials_of(question)
            # Each copy has what is found here.
            assert all(one.right and one.before is not None for one in drawn)
            self.drawn[id(question)] = question, drawn
        return [copy.copy(trial) for trial in self.drawn[id(question)][1]]

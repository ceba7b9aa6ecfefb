"""Every sentence that a template makes, with every label: read them aloud once.

They are written to `_build/sentences.txt`, each once, those of an exercise together.
"""

import re

import numpy as np
import pytest

from rnn_exercises import explaining, knowing, reading
from rnn_exercises.reading import sized
from rnn_exercises.registry import all_exercises
from rnn_exercises.trials import Trial
from tools.layout import ROOT

FILE = ROOT / "_build" / "sentences.txt"
ALL = {one.name: one for one in all_exercises()}
#: What fills the braces of a generic message.
FILLED = {
    "an-argument": [("",), ("h_prev, ",)],
    "factor": [(3.0,)],
    "rounded-factor": [(3,)],
    "constant": [("large", 0.25)],
    "too-large": [(knowing.COUNTS["T"],)],
    "too-small": [(knowing.COUNTS["B"],)],
    "rounded": [("2 decimals",)],
    "clipped": [(5.0,)],
    "other-shape": [(sized(np.ones((2, 3))), sized(np.ones(6)))],
}


def sentences_of(one):
    """All that the templates say of an exercise."""
    trial = Trial(one, 0)
    for part, right in trial.right.items():
        if right.dtype.kind == "f":
            for name, message in knowing.MESSAGES.items():
                kept = r"\1" if right.ndim else ""
                for filling in FILLED.get(name, [()]):
                    text = knowing.BRACKETS.sub(kept, message.format(*filling))
                    yield f"{part} {text}"
        yield f"{part} is {sized(right)}; expected {sized(right)}."
        yield f"{part} is None; a value is missing. {reading.NO_RETURN}"
        yield f"{part} holds text; expected {reading.wanted(right)}."
    names = [one.answers] if isinstance(one.answers, str) else one.answers
    yield f"Still to do: {explaining.joined(names)}."
    if not one.arguments:
        yield f"Right already: {explaining.joined(list(trial.right))}."
    for name in one.arguments:
        yield explaining.CHANGED.format("", name)
        yield explaining.PUT_BACK.format("", name)
    rng = np.random.default_rng(0)
    for edge in one.edges(rng) if one.edges else ():
        yield f"This happens for {edge}."
        yield f"Other inputs are right. It is wrong for {edge}."
    for label in one.refuses(rng) if one.refuses else ():
        yield f"But {label} gets an answer too; there is none."
        yield f"{label[0].upper()}{label[1:]} should raise a ValueError."
    for mistake in one.mistakes:
        yield mistake.message


@pytest.fixture(scope="module")
def page():
    found, known = {}, set()
    for name, one in ALL.items():
        if not one.judge:
            new = [text for text in sentences_of(one) if text not in known]
            found[name] = list(dict.fromkeys(new))
            known.update(new)
    FILE.parent.mkdir(exist_ok=True)
    lines = (line for name in found for line in (f"\n# {name}", *found[name]))
    FILE.write_text("\n".join(lines) + "\n", "utf8")
    return found


NONSENSE = re.compile(
    r"[{}]|  | an? (ndarray|int|str|float)\b|shape \(\)|\bthe the\b|\ba a\b|\.\.(?!\.)"
    r"|in every entry of|\[ |None;? a value is None"
)


def test_no_sentence_is_nonsense(page):
    for name, sentences in page.items():
        for sentence in sentences:
            plain = re.sub("`[^`]*`", "x", sentence)  # code may have braces
            assert not NONSENSE.search(plain), (name, sentence)
            assert sentence.rstrip()[-1] in ".?!)`:", (name, sentence)


#: How a label cannot begin: with a verb, or with a question.
NO_NOUN = re.compile(r"(does|do|is|are|has|have|can|will|why|what|when|who)\b", re.I)


@pytest.mark.parametrize("name", [name for name, one in ALL.items()])
def test_a_label_can_be_spoken_of(name):
    one, rng = ALL[name], np.random.default_rng(0)
    labels = [one.answers] if isinstance(one.answers, str) else list(one.answers)
    labels += list(one.edges(rng)) if one.edges else []
    labels += list(one.refuses(rng)) if one.refuses else []
    for label in labels:
        assert label.strip() == label and label[-1] not in ".?!", label
        assert not NO_NOUN.match(label), f"{label!r} is no noun"

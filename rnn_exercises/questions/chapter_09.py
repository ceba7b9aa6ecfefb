"""The exercises of chapter 9: what one step cannot see."""

import math
from functools import cache

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.registry import ask
from rnn_src.data import pendulum, recall
from rnn_src.model import VanillaRNN
from rnn_src.training import train, train_stream, update
from rnn_src.words import BigramTable, next_word_pairs


def counted(n: int) -> tuple[int, int, float]:
    """Questions, right answers and loss, from a table of counts."""
    there = list(range(n))
    text = there + there[-2::-1]
    table = BigramTable([text], n)
    right = sum(table.predict(word) == target for word, target in next_word_pairs(text))
    return len(text) - 1, right, table.loss(text)


ask(
    "09-floor",
    kind="derive",
    arguments=("n",),
    answers=("questions", "right", "floor"),
    case=lambda rng: (int(rng.integers(4, 40)),),
    right=counted,
    edges=lambda rng: {"two letters": (2,), "three letters": (3,)},
    mistakes=(
        Wrong(
            "read-letters",
            "You count the letters of the text. The last one is only "
            "a target: it asks nothing.",
            lambda n: {"questions": 2 * n - 1},
        ),
        Wrong(
            "ends-twice",
            "You read each letter twice. The two at the ends are read once.",
            lambda n: {"questions": 2 * n},
        ),
        Wrong(
            "half-of-the-questions",
            "n - 1 is half of the questions. After the letters at the two ends "
            "there is no doubt: both are right.",
            lambda n: {"right": n - 1},
        ),
        Wrong(
            "ends-forgotten",
            "After the letters at the ends there is no doubt: two more are right.",
            lambda n: {"right": n - 2},
        ),
        Wrong(
            "one-letter-too-many",
            "That is ln 2 for each of the 2(n - 1) questions. Two of them leave "
            "no doubt: those after the letters at the ends.",
            lambda n: {"floor": 2 * (n - 1) * math.log(2)},
        ),
        Wrong(
            "all-letters",
            "That is 2 ln 2 for each of the n letters. The two at the ends leave "
            "no doubt.",
            lambda n: {"floor": 2 * n * math.log(2)},
        ),
        Wrong(
            "once-each",
            "You count ln 2 once per letter in the middle. Each is read twice.",
            lambda n: {"floor": (n - 2) * math.log(2)},
        ),
        Wrong(
            "log2",
            "That is the floor in bits. In nats each doubt costs ln 2: in Python "
            "math.log(2).",
            lambda n: {"floor": 2.0 * (n - 2)},
        ),
        Wrong(
            "for-each-question",
            "That is the mean over the questions. The floor asked for is the sum.",
            lambda n: {"floor": (n - 2) * math.log(2) / (n - 1)},
        ),
    ),
    hints=(
        "Count the steps up, and the steps down.",
        "n - 1 up and n - 1 down. How many letters are read once, and how many twice?",
        "Each of the n - 2 letters in the middle costs 2 ln 2, and gives one "
        "right answer of two.",
    ),
)


@cache
def frozen_runs() -> tuple[str, str, int]:
    """What the run lacks, and what it shows once that is fixed."""
    ids, targets = pendulum()
    below, right = {}, {}
    for off in (False, True):
        model = VanillaRNN(26, 32, np.random.default_rng(0))
        if off:
            model.parameters["Wh"][:] = 0
        train(
            model,
            ids,
            targets,
            epochs=300,
            lr=0.5,
            rng=np.random.default_rng(0),
            clip=1,
            clip_by="norm",
            frozen=("Wh",),
        )
        below[off] = model.loss(ids, targets) < 48 * math.log(2)
        _, logits = model.forward(ids)
        right[off] = int((logits.argmax(axis=-1) == targets).sum())
    return "c", "yes" if below[False] else "no", right[True]


ask(
    "09-frozen",
    kind="bug",
    answers=(
        "the letter",
        "whether the loss is below the floor",
        "the number of right answers",
    ),
    right=frozen_runs,
    mistakes=(
        Wrong(
            "clipping",
            "The clipping only shortens a long gradient. Look at what W_h "
            "holds while it is frozen.",
            {"the letter": "a"},
        ),
        Wrong(
            "too-few-epochs",
            "50 of 50 is more than a network without a past can get. Too few "
            "epochs cannot be the problem.",
            {"the letter": "b"},
        ),
        Wrong(
            "above-the-floor",
            "More than 26 of 50 are right: the states hold something of the "
            "past. So the loss can be below the floor. Run it.",
            {"whether the loss is below the floor": "no"},
        ),
        Wrong(
            "still-all",
            "With W_h at zero the state holds only the current letter. How "
            "many answers can be right at best?",
            {"the number of right answers": 50},
        ),
        Wrong(
            "half",
            "The two letters at the ends leave no doubt: one more than half is right.",
            {"the number of right answers": 25},
        ),
    ),
    hints=(
        "What does `frozen` do with W_h? And what was in it before?",
        "Run it twice: as it is, and with model.parameters['Wh'][:] = 0 "
        "before training. right(model, ids, targets) counts the answers.",
    ),
)


def columns_filled() -> tuple[str, str, int, str]:
    """Which columns of dWx a step fills, and what lag 3 changes."""
    found = {}
    for lag in (1, 3):
        ids, targets, mask = recall(lag, 4, 6, np.random.default_rng(0))
        model = VanillaRNN(5, 32, np.random.default_rng(0))
        hidden, _ = model.forward(ids)
        model.bptt(targets, mask)
        full = model.gradients["Wx"].copy()
        model.forward(ids[-1:], hidden[-2])
        model.bptt(targets[-1:])
        single = model.gradients["Wx"].copy()
        found[lag] = np.allclose(single[:, 4], full[:, 4])
        symbols = np.any(single[:, :4])
        blanks = int((ids[:, 0] == 4).sum())
    return (
        "symbols" if symbols else "blank",
        "yes" if found[1] else "no",
        blanks,
        "yes" if found[3] else "no",
    )


ask(
    "09-cosine",
    kind="derive",
    answers=(
        "the columns that the single step fills",
        "whether the column is the same at lag 1",
        "the number of terms at lag 3",
        "whether the column is the same at lag 3",
    ),
    right=columns_filled,
    mistakes=(
        Wrong(
            "symbol-is-read-last",
            "The single step is the last one, and it reads a blank.",
            {"the columns that the single step fills": "symbols"},
        ),
        Wrong(
            "both",
            "One step reads one word for each sequence. At the last step "
            "that is the blank, everywhere.",
            {"the columns that the single step fills": "both"},
        ),
        Wrong(
            "not-the-same",
            "At lag 1 the blank is read once, at the last step. Its column "
            "is filled by that step alone, in both gradients.",
            {"whether the column is the same at lag 1": "no"},
        ),
        Wrong(
            "one-blank",
            "At lag 3 the blank is read at steps 2, 3 and 4. Each gives a term.",
            {"the number of terms at lag 3": 1},
        ),
        Wrong(
            "first-step-too",
            "Step 1 reads a symbol: its term goes to another column.",
            {"the number of terms at lag 3": 4},
        ),
        Wrong(
            "same-again",
            "At lag 3 the full gradient of the blank's column is a sum over "
            "several steps. The single step has only the last term.",
            {"whether the column is the same at lag 3": "yes"},
        ),
    ),
    hints=(
        "dL/dWx of a step is dL/da times the one-hot word: which column is that?",
        "At lag 1 step 1 reads a symbol and step 2 the blank. Write u for the "
        "single step's gradient, v for the full one: where is u zero, and "
        "where is it equal to v?",
        "Then u times v, entry by entry, added up, is u times u. Divide by "
        "both lengths.",
    ),
)


@cache
def without_carrying(carried_in_test: bool = False) -> tuple[str, int]:
    """Whether W_h moves, and how many answers are right from zeros."""
    ids, targets = pendulum()
    model = VanillaRNN(26, 32, np.random.default_rng(0))
    start = model.parameters["Wh"].copy()
    train_stream(
        model,
        ids,
        targets,
        epochs=100,
        k=1,
        lr=0.1,
        carried=False,
        clip=1,
        clip_by="norm",
    )
    shape = ids.shape if carried_in_test else (1, -1)
    _, logits = model.forward(ids.reshape(shape))
    right = (logits.argmax(-1) == targets.reshape(shape)).sum()
    moved = (model.parameters["Wh"] != start).any()
    return "yes" if moved else "no", int(right)


ask(
    "09-carried",
    kind="predict",
    answers=("whether W_h moves", "the number of right answers"),
    right=without_carrying,
    mistakes=(
        Wrong(
            "wh-is-trained",
            "dL/dWh is dL/da times h_prev. What is h_prev at each step here?",
            {"whether W_h moves": "yes"},
        ),
        Wrong(
            "all-right",
            "Each letter is read from zeros: the network sees that "
            "letter and nothing else. How many can be right then?",
            {"the number of right answers": 50},
        ),
        Wrong(
            "half",
            "After the letters at the two ends there is no doubt: one more than half.",
            {"the number of right answers": 25},
        ),
        Wrong(
            "carried-in-the-test",
            "That is what a test with a carried state gives: forward(ids) carries it "
            "from letter to letter. Starting from zeros means one letter in each "
            "sequence: ids.reshape(1, -1), and targets likewise.",
            lambda: {
                "the number of right answers": without_carrying(carried_in_test=True)[1]
            },
        ),
        Wrong(
            "none",
            "A network without a past still answers what the current letter "
            "tells it: a little more than half of the questions.",
            {"the number of right answers": 0},
        ),
    ),
    hints=(
        "Write down dL/dWh of a step whose h_prev is zero.",
        "W_h is always multiplied by zero: which predictor is that? You know "
        "how much it can answer.",
        "To test it, make 50 sequences of one letter each: right(model, "
        "ids.reshape(1, -1), targets.reshape(1, -1)).",
    ),
)


def in_a_quiet_room(lag: int, frozen: tuple[str, ...] = ()) -> tuple[int, bool]:
    """Symbols right out of 4, and whether their columns are as drawn."""
    rng = np.random.default_rng(0)
    model = VanillaRNN(5, 32, rng)
    start = model.parameters["Wx"].copy()
    for _ in range(400):
        ids, targets, _ = recall(lag, 4, 16, rng)
        hidden, _ = model.forward(ids[:-1])
        update(
            model,
            ids[-1:],
            targets[-1:],
            hidden[-1],
            lr=0.2,
            clip=1,
            clip_by="norm",
            frozen=frozen,
        )
    every = np.full((lag + 1, 4), 4)
    every[0] = range(4)
    same = (model.parameters["Wx"][:, :4] == start[:, :4]).all()
    return int((model.predict_next(every) == every[0]).sum()), bool(same)


@cache
def quiet_answers() -> tuple[str, str, int, str]:
    third, same = in_a_quiet_room(3)
    eighth, also = in_a_quiet_room(8)
    alone, _ = in_a_quiet_room(2, ("Wx", "Wh", "bh"))
    return (
        "yes" if third >= 3 else "no",
        "yes" if eighth >= 3 else "no",
        alone,
        "yes" if same and also else "no",
    )


ask(
    "09-blanks",
    kind="experiment",
    answers=(
        "whether lag 3 works",
        "whether lag 8 works",
        "the number that the read-out alone answers",
        "whether the columns are as drawn",
    ),
    right=quiet_answers,
    mistakes=(
        Wrong(
            "no-help",
            "Nothing that comes after the symbol could drown its echo. Run "
            "it at lag 3.",
            {"whether lag 3 works": "no"},
        ),
        Wrong(
            "any-lag",
            "At lag 8, 400 updates are too few to read so faint an echo. Run it "
            "at lag 8.",
            {"whether lag 8 works": "yes"},
        ),
        Wrong(
            "read-out-fails",
            "There are only four last states to tell apart, and even a faint "
            "echo makes them differ. Run it with the rest frozen.",
            {"the number that the read-out alone answers": 1},
        ),
        Wrong(
            "columns-trained",
            "The gradient of a single step goes to the column of the word "
            "that this step reads. That is the blank's.",
            {"whether the columns are as drawn": "no"},
        ),
    ),
    hints=(
        "Take the loop of `trained`, with `recall` instead of the task "
        "with symbols in between, for 5 symbols: VanillaRNN(5, 32, rng).",
        "For the read-out alone: frozen=('Wx', 'Wh', 'bh').",
        "Keep a copy of Wx from before training, and compare columns 0 to 3.",
    ),
)

"""Gates or none: three small tasks, how far a memory reaches, and a real text.

    .venv/bin/python -m benchmarks.gates            # all three
    .venv/bin/python -m benchmarks.gates tasks race

Each writes its part of rnn_src/plots/gates.json, which chapter 18 shows. Four minutes
for `tasks` and `horizon`, twelve for `race`, on one thread.
"""

import json
import os
import sys
from itertools import takewhile
from statistics import mean, median
from time import process_time

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy is loaded

import numpy as np

from benchmarks.report import processor
from rnn_src.descent import Adam
from rnn_src.heldout import mean_loss, ngram_loss
from rnn_src.lstm import LSTM
from rnn_src.model import VanillaRNN
from rnn_src.text import TEXTS, Characters, read_text, split, streams
from tools.layout import ROOT

RESULTS = ROOT / "rnn_src" / "plots" / "gates.json"
SEEDS, B = 3, 16

# Three tasks, for networks of about 1570 weights.

LIMIT, RATES = 500, (0.01, 0.03)
KINDS = {"plain, 0.1 N": "0.1 N", "plain, orthogonal": "orthogonal"}
KINDS |= {f"gated, forget bias {bias}": bias for bias in (0, 1, 2, 4)}
LAGS = (10, 20, 40, 80)


def last(T: int, number: int = 1) -> np.ndarray:
    """A mask in which only the last steps count."""
    return np.arange(T)[:, np.newaxis] + np.zeros(B, int) >= T - number


def blanks(lag: int, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Symbols 0 to 3, then blanks, 4; ids, targets and mask."""
    ids = np.full((lag + 1, B), 4)
    ids[0] = rng.integers(4, size=B)
    return ids, np.tile(ids[0], (lag + 1, 1)), last(lag + 1)


def noise(lag: int, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """One of 4 to 7, which must be kept, then any of 0 to 3."""
    ids = rng.integers(4, size=(lag + 1, B))
    ids[0] += 4
    return ids, np.tile(ids[0], (lag + 1, 1)), last(lag + 1)


def copy(lag: int, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Three symbols, blanks, a sign 5; then the three, one after the other."""
    ids = np.full((lag + 5, B), 4)
    ids[:3], ids[lag + 2] = rng.integers(4, size=(3, B)), 5
    targets = np.zeros_like(ids)
    targets[-3:] = ids[:3]
    return ids, targets, last(lag + 5, 3)


COLUMNS = {
    "blanks 20": (blanks, 20),
    "noise 20": (noise, 20),
    "noise 40": (noise, 40),
    "copy 5": (copy, 5),
}


def start(kind: str | int, seed: int, V: int = 8) -> VanillaRNN | LSTM:
    """A network of about 1570 weights; `kind` is a forget bias, or a name."""
    rng = np.random.default_rng(seed)
    if isinstance(kind, int):
        return LSTM(V, 15, rng, scale=15**-0.5, forget_bias=kind)
    model = VanillaRNN(V, 32, rng)
    if kind == "orthogonal":
        model.parameters["Wh"][:] = np.linalg.qr(rng.normal(size=(32, 32)))[0]
    return model


def updates_to_solve(kind, task, lag: int, seed: int, rate: float) -> int | None:
    """How many updates bring the running mean of the loss below 0.1, if any."""
    model, rng, running = start(kind, seed), np.random.default_rng(100 + seed), 2
    rule = Adam()
    for update in range(LIMIT + 1):
        ids, targets, mask = task(lag, rng)
        model.forward(ids)
        running = 0.9 * running + 0.1 * model.bptt(targets, mask) / mask[:, 0].sum()
        if running < 0.1:
            return update
        model.step(rate, 1.0, "norm", rule)
    return None


def tasks() -> dict:
    """The median of the updates of three seeds; null where two are not enough."""
    found = {str(rate): {} for rate in RATES}
    for rate in RATES:
        for name, kind in KINDS.items():
            found[str(rate)][name] = {}
            for column, (task, lag) in COLUMNS.items():
                runs = [
                    updates_to_solve(kind, task, lag, seed, rate)
                    for seed in range(SEEDS)
                ]
                middle = median(LIMIT + 1 if run is None else run for run in runs)
                found[str(rate)][name][column] = middle if middle <= LIMIT else None
            print(rate, name, found[str(rate)][name], flush=True)
    return {"seeds": SEEDS, "limit": LIMIT, "median": found}


def horizon() -> dict:
    """The longest lag up to which two of three seeds solve the task; 0 if none."""

    def reached(kind, task, lag: int) -> bool:
        solved = [
            updates_to_solve(kind, task, lag, seed, RATES[0]) is not None
            for seed in (0, 1)
        ]
        if solved[0] != solved[1]:  # the third decides
            return updates_to_solve(kind, task, lag, 2, RATES[0]) is not None
        return solved[0]

    found = {}
    for name, kind in KINDS.items():
        found[name] = {}
        for task in (blanks, noise):
            lags = takewhile(lambda n, k=kind, t=task: reached(k, t, n), LAGS)
            found[name][task.__name__] = max(lags, default=0)
        print(name, found[name], flush=True)
    return {"lags": LAGS, "rate": RATES[0], "longest": found}


# The novel of chapter 17, for networks of about 37,000 weights.

STREAMS, PIECE, SECONDS, EVERY = 32, 50, 45, 5
TRIED = (0.003, 0.01, 0.02, 0.03, 0.06)
NETWORKS = {"plain": (VanillaRNN, 128), "gated": (LSTM, 60)}


def novel() -> tuple[int, tuple, tuple, tuple, tuple, dict[str, float]]:
    """V, the streams to train on, to judge by, the same two to choose a rate with,
    which are both of the text to train on, and what counting reaches."""
    train, held_out = split(read_text(TEXTS / "pride-and-prejudice.txt"))
    characters = Characters.of(train)
    V, (train, held_out) = len(characters), map(characters.encode, (train, held_out))
    rest, chosen_by = split(train)
    counted = {
        "trigram": ngram_loss(train, held_out, 3, V),
        "mixed 6-gram": ngram_loss(train, held_out, 6, V, mixed=True),
    }
    whole = streams(train, STREAMS), streams(held_out, 20)
    return V, *whole, streams(rest, STREAMS), streams(chosen_by, 20), counted


def raced(kind, seed, V, train, held_out, rate) -> list[tuple]:
    """Train one network, at a rate that falls; seconds, updates and held-out loss."""
    (ids, targets), (make, H) = train, NETWORKS[kind]
    model = make(V, H, np.random.default_rng(seed), H**-0.5, np.float32)
    rule, h, used, updates, points, begin = Adam(), None, 0.0, 0, [], 0
    while used < SECONDS:
        if begin + PIECE > len(ids):
            begin, h = 0, None
        piece, before = slice(begin, begin + PIECE), process_time()
        model.forward(ids[piece], h)
        h = model.final
        model.bptt(targets[piece])
        model.gradients.vector[:] /= PIECE  # of the mean loss, as its clip
        model.step(rate * (1 - used / SECONDS), 1.0, "norm", rule)
        used += process_time() - before
        begin, updates = begin + PIECE, updates + 1
        if used >= (len(points) + 1) * EVERY:
            points.append((round(used, 1), updates, mean_loss(model, *held_out)))
    print(f"{kind}, rate {rate}, seed {seed}: {points[-1]}", flush=True)
    return points


def race() -> dict:
    """For each network the best rate, then the mean curve of three seeds."""
    V, train, held_out, rest, chosen_by, counted = novel()
    found = {"vocabulary": V, "counted": counted}
    for kind, (make, H) in NETWORKS.items():
        swept = {
            rate: raced(kind, 9, V, rest, chosen_by, rate)[-1][-1] for rate in TRIED
        }
        size = len(make(V, H, np.random.default_rng(0)).vector)
        found[kind] = {"weights": size, "H": H, "swept": list(swept.items())}
        found[kind] |= {"rate": min(swept, key=swept.get), "seeds": SEEDS}
    # In turns, so that what else the machine does disturbs both alike.
    runs = [
        {
            kind: raced(kind, seed, V, train, held_out, found[kind]["rate"])
            for kind in NETWORKS
        }
        for seed in range(SEEDS)
    ]
    for kind in NETWORKS:
        together = list(zip(*(run[kind] for run in runs), strict=True))
        found[kind]["curve"] = [
            [mean(column) for column in zip(*points, strict=True)]
            for points in together
        ]
        found[kind]["last"] = sorted(loss for _, _, loss in together[-1])
    return found


def main() -> None:
    parts = {part.__name__: part for part in (tasks, horizon, race)}
    for name in sys.argv[1:] or parts:
        measured = parts[name]()
        found = json.loads(RESULTS.read_text("utf8")) if RESULTS.exists() else {}
        found |= {"processor": processor(), name: measured}
        RESULTS.write_text(json.dumps(found, indent=1) + "\n", "utf8")
    print(f"written to {RESULTS.relative_to(ROOT)}; 18-gates.md shows it")


if __name__ == "__main__":
    main()

"""Gates or none, on a real text: held-out loss against processor time.

    .venv/bin/python -m benchmarks.gates

Two networks with nearly as many weights read the novel of chapter 17 for the same
time. Chapter 18 shows rnn_src/plots/gates.json, which this writes. Five minutes, one
thread.
"""

import json
import os
from statistics import mean
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
STREAMS, PIECE, SECONDS, EVERY, SEEDS = 32, 50, 45, 5, 3
#: Hidden units such that both have nearly as many weights, and of the rates 0.001,
#: 0.003 and 0.01 the one that was best after 30 seconds.
NETWORKS = {"plain": (VanillaRNN, 128, 0.003), "gated": (LSTM, 60, 0.01)}


def novel() -> tuple[int, tuple, tuple, dict[str, float]]:
    """V, the streams to train on, those to judge by, and what counting reaches."""
    train, held_out = split(read_text(TEXTS / "pride-and-prejudice.txt"))
    characters = Characters.of(train)
    V, ids = len(characters), [characters.encode(text) for text in (train, held_out)]
    counted = {"trigram": ngram_loss(*ids, 3, V)}
    return V, streams(ids[0], STREAMS), streams(ids[1], 20), counted


def raced(kind: str, seed: int, data: tuple) -> dict:
    """Train one network; its losses on the way."""
    V, (ids, targets), held_out, _ = data
    make, H, rate = NETWORKS[kind]
    model = make(V, H, np.random.default_rng(seed), H**-0.5, np.float32)
    rule, h, used, updates, points, start = Adam(), None, 0.0, 0, [], 0
    while used < SECONDS:
        if start + PIECE > len(ids):
            start, h = 0, None
        piece, before = slice(start, start + PIECE), process_time()
        model.forward(ids[piece], h)
        h = model.final
        model.bptt(targets[piece])
        model.gradients.vector[:] /= PIECE  # of the mean loss, as its clip
        model.step(rate, 1.0, "norm", rule)
        used += process_time() - before
        start, updates = start + PIECE, updates + 1
        if used >= (len(points) + 1) * EVERY:
            points.append((round(used, 1), updates, mean_loss(model, *held_out)))
    print(f"{kind}, seed {seed}: {points[-1]}", flush=True)
    return {"weights": len(model.vector), "H": H, "rate": rate, "points": points}


def main() -> None:
    data = novel()
    found = {"processor": processor(), "vocabulary": data[0], "counted": data[3]}
    # In turns, so that what else the machine does disturbs both alike.
    runs = [
        {kind: raced(kind, seed, data) for kind in NETWORKS} for seed in range(SEEDS)
    ]
    for kind in NETWORKS:
        curve = [
            [mean(column) for column in zip(*points, strict=True)]
            for points in zip(*(run[kind].pop("points") for run in runs), strict=True)
        ]
        found[kind] = runs[0][kind] | {"seeds": SEEDS, "curve": curve}
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", "utf8")
    print(f"written to {RESULTS.relative_to(ROOT)}; 18-gates.md shows it")


if __name__ == "__main__":
    main()

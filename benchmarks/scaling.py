"""How time grows with T, H and V, and memory with T, for `rnn_src` alone."""

import tracemalloc
from dataclasses import replace
from statistics import median
from time import perf_counter

from benchmarks.numpy_rnn import Network
from benchmarks.work import Work, numbers

BASE = Work(64, 128, 32, 32)
SIZES = {
    "T": (32, 64, 128, 256, 512),
    "H": (128, 256, 512, 1024),
    "V": (256, 512, 1024, 2048, 4096),
}


def network(size: str, value: int) -> Network:
    work = replace(BASE, **{size: value})
    return Network(work, *numbers(work))


def seconds(size: str, value: int, rounds: int) -> float:
    """The median time of loss and gradients."""
    made, found = network(size, value), []
    made.compute(1)
    for _ in range(rounds):
        start = perf_counter()
        made.compute(1)
        found.append(perf_counter() - start)
    return median(found)


def peak_megabytes(T: int) -> float:
    """The most that is allocated at once, parameters left out."""
    made = network("T", T)
    tracemalloc.start()
    made.compute(2)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def scaling(rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds against T, H and V, and megabytes against T."""
    found = {
        size: {str(value): 1000 * seconds(size, value, rounds) for value in values}
        for size, values in SIZES.items()
    }
    return found | {"memory": {str(T): peak_megabytes(T) for T in SIZES["T"]}}

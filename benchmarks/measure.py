"""Gate, then clock: medians over rounds in which all take their turn."""

from collections.abc import Callable, Sequence
from statistics import median

from benchmarks.gate import same
from benchmarks.work import Work
from benchmarks.worker import Worker

OURS, FLOOR = "numpy_rnn", "floor"
#: Modules of `benchmarks`, and what the table calls them.
IMPLEMENTATIONS = {
    OURS: "rnn_src",
    "torch_rnn": "PyTorch, eager",
    "jax_rnn": "JAX, jit",
    "jax_scan": "JAX, scanned epoch",
    FLOOR: "floor",
}
EPOCH = 300  # updates of a scanned epoch
LEAST = 0.03  # seconds that a timing should last


def taking_part(work: Work) -> list[str]:
    """A scanned epoch is one of updates."""
    return [name for name in IMPLEMENTATIONS if work.updates or name != "jax_scan"]


def results_of(work: Work, worker: Worker) -> dict:
    """Loss, gradients and, where updates are the work, what three of them make."""
    found = worker.ask("gradients")
    if work.updates:
        worker.ask("update", 3)
        found |= {
            f"{key} after 3 updates": array
            for key, array in worker.ask("parameters").items()
        }
    return found


def calls(seconds: Callable[[int], float]) -> int:
    """How many calls make a timing long enough to be read."""
    n = 1
    while (last := seconds(n)) < LEAST:
        n = max(2 * n, int(n * LEAST / max(last, 1e-9)))
    return n


def measure(work: Work, rounds: int, say: Callable[[str], None] = print) -> dict:
    """Seconds per call of each implementation, a list over the rounds.

    One that cannot be imported or run gets a sentence in place of the list.
    """
    command = "update" if work.updates else "compute"
    workers, found, results = {}, {}, {}
    try:
        for name in taking_part(work):
            worker = Worker(name)
            try:
                worker.ask("prepare", work)
                if name != FLOOR:  # it computes nothing to compare
                    results[name] = results_of(work, worker)
                workers[name] = worker
            except ImportError as error:
                found[name] = f"not installed ({error})"
            except RuntimeError as error:
                found[name] = f"did not run ({str(error).splitlines()[0][:80]})"
            if name not in workers:
                say(f"{IMPLEMENTATIONS[name]}: {found[name]}")
                worker.close()
        for name, result in results.items():
            same(IMPLEMENTATIONS[name], str(work), result, results[OURS])
        say(
            f"{work}: the same loss and gradients from "
            f"{', '.join(IMPLEMENTATIONS[name] for name in results)}"
        )
        found |= interleaved(command, workers, rounds)
    finally:
        for worker in workers.values():
            worker.close()
    return found


def interleaved(command: str, workers: dict[str, Worker], rounds: int) -> dict:
    """In each round each is timed once, and each round begins with another."""
    n = {
        name: EPOCH
        if name == "jax_scan"
        else calls(lambda k, worker=worker: worker.ask(command, k))
        for name, worker in workers.items()
    }
    if "jax_scan" in workers:
        workers["jax_scan"].ask(command, EPOCH)  # compiles
    names, times = list(workers), {name: [] for name in workers}
    for turn in range(rounds):
        start = turn % len(names)
        for name in names[start:] + names[:start]:
            times[name].append(workers[name].ask(command, n[name]) / n[name])
    return times


def ratio(others: Sequence[float], ours: Sequence[float]) -> float:
    """The median of the ratios within each round: above 1, rnn_src is faster."""
    return median(a / b for a, b in zip(others, ours, strict=True))

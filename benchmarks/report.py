"""What was measured, as a table in Markdown and as numbers."""

import datetime
import os
import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from statistics import median

from benchmarks.measure import IMPLEMENTATIONS, OURS, ratio
from benchmarks.scaling import BASE
from benchmarks.work import Work


def row(work: Work, found: Mapping[str, list[float] | str]) -> dict:
    """Microseconds of each, and how many times longer than rnn_src it takes."""
    timed = {name: times for name, times in found.items() if not isinstance(times, str)}
    return {
        "work": str(work),
        "microseconds": {
            IMPLEMENTATIONS[name]: 1e6 * median(times) for name, times in timed.items()
        },
        "ratios": {
            IMPLEMENTATIONS[name]: ratio(times, timed[OURS])
            for name, times in timed.items()
        },
        "missing": {
            IMPLEMENTATIONS[name]: reason
            for name, reason in found.items()
            if isinstance(reason, str)
        },
    }


def cell(entry: dict, name: str) -> str:
    if name in entry["missing"]:
        return entry["missing"][name].partition(" (")[0]
    if name not in entry["ratios"]:
        return "not measured"
    return f"{duration(entry['microseconds'][name])} ({entry['ratios'][name]:.2f})"


def duration(microseconds: float) -> str:
    if microseconds < 1000:
        return f"{microseconds:.0f} µs"
    return f"{microseconds / 1000:.{1 if microseconds < 1e5 else 0}f} ms"


def table(rows: list[dict]) -> str:
    """A line for each implementation, a column for each piece of work."""
    heads = ["time (times as long as rnn_src)", *(r["work"] for r in rows)]
    lines = [heads, ["---"] * len(heads)]
    lines += [
        [name, *(cell(r, name) for r in rows)] for name in IMPLEMENTATIONS.values()
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def versions() -> dict[str, str]:
    found = {"Python": platform.python_version()}
    for name in ("numpy", "torch", "jax"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def processor() -> str:
    """The name that the system gives its processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(
            line.partition(":")[2].strip()
            for line in lines
            if line.startswith("model name")
        )
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def kernels() -> str:
    """Which of its kernels NumPy's BLAS has chosen, if it can be asked."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "unknown"
    import numpy  # noqa: F401  (loads the BLAS that is asked about)

    return (
        ", ".join(
            f"{blas['internal_api']} {blas.get('architecture', '')}"
            for blas in threadpool_info()
            if blas["user_api"] == "blas"
        )
        or "unknown"
    )


def machine(rounds: int) -> dict:
    return {
        "date": datetime.date.today().isoformat(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "blas": kernels(),
        "rounds": rounds,
        "versions": versions(),
    }


def described(found: dict) -> str:
    """Where and how it was measured, in a sentence or two."""
    names = ", ".join(
        f"{name} {version}" for name, version in found["versions"].items()
    )
    return (
        f"Measured on {found['date']}: {found['processor']}, "
        f"{found['system']}, one thread on one core of {found['cores']}; "
        f"{names}; BLAS of NumPy: {found['blas']}; float32. Medians of "
        f"{found['rounds']} rounds in which all took their turn; the ratio is the "
        "median of the ratios within a round."
    )


def last_doubling(series: Mapping[str, float], size: str, what: str) -> str:
    """How much more the largest value of a size costs than the one before."""
    (a, before), (b, after) = list(series.items())[-2:]
    return f"{after / before:.1f} times {what} for {size} from {a} to {b}"


def growth(scaling: Mapping[str, Mapping[str, float]]) -> str:
    """What doubling a size costs at the largest sizes, in a sentence."""
    times = ", ".join(
        last_doubling(scaling[size], size, "as long") for size in ("T", "H", "V")
    )
    memory = last_doubling(scaling["memory"], "T", "the memory")
    return (
        f"If one size is doubled (the others: V={BASE.V} H={BASE.H} T={BASE.T} "
        f"B={BASE.B}), rnn_src takes {times}, and {memory}."
    )


def written(results: dict) -> str:
    """All of it, as it stands in the chapter."""
    return (
        "\n\n".join(
            (
                table(results["rows"]),
                growth(results["scaling"]),
                described(results["machine"]),
            )
        )
        + "\n"
    )

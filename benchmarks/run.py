"""`make bench`: the gate, the clock, the table."""

import argparse
import json
import multiprocessing
import sys

from benchmarks.gate import Different
from benchmarks.measure import measure
from benchmarks.report import machine, row, written
from benchmarks.scaling import scaling
from benchmarks.work import WORK
from benchmarks.worker import settle
from tools.layout import ROOT

RESULTS = ROOT / "rnn_src" / "plots" / "benchmark.json"
TABLE = ROOT / "benchmarks" / "results.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    settle()
    try:
        rows = [row(work, measure(work, rounds)) for work in WORK]
    except Different as error:
        sys.exit(f"bench: {error}")
    # In a process that was started after `settle`, as the workers were.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        results = {
            "machine": pool.apply(machine, (rounds,)),
            "rows": rows,
            "scaling": pool.apply(scaling, (rounds,)),
        }
    text = written(results)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf8")
    TABLE.write_text(text, "utf8")
    print(
        f"\n{text}\nbench: written to {TABLE.relative_to(ROOT)} and "
        f"{RESULTS.relative_to(ROOT)}; what-it-costs.md shows them"
    )


if __name__ == "__main__":
    main()

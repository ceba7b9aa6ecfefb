"""A process for each implementation, so that none disturbs another's threads.

All of them stay on one and the same core, where the system can do that, and
each library takes one thread and chooses its own kernels.
"""

import importlib
import multiprocessing
import os
from multiprocessing.connection import Connection
from time import perf_counter

from benchmarks.work import Work, numbers

ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JAX_PLATFORMS": "cpu",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}
#: Settings of the caller's that would force a library's hand.
FORCED = (
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
    "MKL_DEBUG_CPU_TYPE",
    "NPY_DISABLE_CPU_FEATURES",
)


def serve(module: str, connection: Connection) -> None:
    """Do what is asked for until the connection closes; errors are sent back."""
    network = None
    try:
        while True:
            command, argument = connection.recv()
            try:
                if command == "prepare":
                    network = importlib.import_module(f"benchmarks.{module}").Network(
                        argument, *numbers(argument)
                    )
                    answer = None
                elif command in ("update", "compute"):
                    start = perf_counter()
                    getattr(network, command)(argument)
                    answer = perf_counter() - start
                else:
                    answer = getattr(network, command)()
            except Exception as error:
                answer = (
                    error
                    if isinstance(error, ImportError)
                    else RuntimeError(f"{type(error).__name__}: {error}")
                )
            connection.send(answer)
    except EOFError:
        pass


class Worker:
    """The other end: `worker.ask("compute", 10)` gives seconds for 10 calls."""

    def __init__(self, module: str):
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(module, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, command: str, argument: Work | int | None = None):
        self.connection.send((command, argument))
        answer = self.connection.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        self.connection.close()
        self.process.join(timeout=10)


def settle() -> None:
    """One thread, one core, no forced kernels: for all processes started after."""
    for name in FORCED:
        os.environ.pop(name, None)
    os.environ.update(ONE_THREAD)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

"""A batch shared between two processes of one machine: does it pay?

    .venv-bench/bin/python -m benchmarks.shards

Times an update of an LSTM in three ways: one process with one thread; one process
with two threads; two processes with one thread each, which read half of the batch
each and add up their gradients, as in chapter 19. The ways take turns, and of each
the fastest counts, which other work on the machine has disturbed least. What is printed
is its time beside that of one process with one thread.
"""

import os
import sys
from tempfile import TemporaryDirectory
from time import perf_counter

import torch
import torch.distributed as dist
from torch import multiprocessing, nn
from torch.nn import functional as F

LOOPBACK = {"linux": "lo", "darwin": "lo0"}
V, TURNS = 50, 60
#: Units, steps, sequences, and how many updates are timed together.
SIZES = ((5, 8, 4, 5), (128, 50, 64, 1), (256, 50, 64, 1))
#: How many threads each process takes, and whether both read a shard.
WAYS = {"two threads": (2, False), "two processes": (1, True), "one": (1, False)}


class Network(nn.Module):
    def __init__(self, hidden_size: int):
        super().__init__()
        self.rnn = nn.LSTM(V, hidden_size)
        self.out = nn.Linear(hidden_size, V)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.out(self.rnn(x)[0])


def update(network: Network, x: torch.Tensor, y: torch.Tensor, shared: bool) -> None:
    """One step of plain descent, by the gradient of both shards or of this batch."""
    network.zero_grad()
    loss = F.cross_entropy(network(x).flatten(0, 1), y.flatten(), reduction="sum")
    (loss / x.shape[1]).backward()
    with torch.no_grad():
        for weight in network.parameters():
            if shared:
                dist.all_reduce(weight.grad)
                weight.grad /= 2
            weight -= 0.01 * weight.grad


def timed(rank: int, size: tuple[int, ...]) -> dict[str, list[float]]:
    """Seconds of each way, for each turn."""
    H, T, B, number = size
    torch.manual_seed(19)
    network, ids = Network(H), torch.randint(V, (T + 1, B))
    x, y = F.one_hot(ids[:-1], V).float(), ids[1:]
    seconds = {way: [] for way in WAYS}
    for _ in range(TURNS + 1):
        for way, (threads, shared) in WAYS.items():
            dist.barrier()
            if shared or rank == 0:
                torch.set_num_threads(threads)
                part = slice(rank, None, 2) if shared else slice(None)
                start = perf_counter()
                for _ in range(number):
                    update(network, x[:, part], y[:, part], shared)
                seconds[way].append(perf_counter() - start)
    return {way: found[1:] for way, found in seconds.items()}  # the first warms up


def run(rank: int, folder: str) -> None:
    store = dist.FileStore(f"{folder}/meet", 2)
    dist.init_process_group("gloo", store=store, rank=rank, world_size=2)
    for size in SIZES:
        seconds = timed(rank, size)
        if rank == 0:
            H, T, B, _ = size
            ratios = ", ".join(
                f"{way} {min(seconds[way]) / min(seconds['one']):.1f}"
                for way in WAYS
                if way != "one"
            )
            print(f"{H} units, {T} steps, {B} sequences: {ratios}", flush=True)
    dist.destroy_process_group()


def main() -> None:
    if sys.platform in LOOPBACK:
        os.environ.setdefault("GLOO_SOCKET_IFNAME", LOOPBACK[sys.platform])
    with TemporaryDirectory() as folder:
        multiprocessing.spawn(run, (folder,), nprocs=2)


if __name__ == "__main__":
    main()

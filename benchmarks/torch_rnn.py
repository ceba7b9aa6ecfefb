"""PyTorch: `nn.RNN` or `nn.LSTM`, and `nn.Linear`, as its users write them.

There is no compiled one beside it: in version 2.13 `torch.compile` by default
refuses `nn.RNN` (its `allow_rnn` is off), and runs all of a function that calls
it as it is.
"""

import numpy as np
import torch
from torch import nn

from benchmarks.work import CLIP, LR, Work

torch.set_num_threads(1)


class Network:
    def __init__(self, work: Work, parameters: dict, x: np.ndarray, y: np.ndarray):
        self.B, self.V = work.B, work.V
        self.rnn = (nn.LSTM if work.gated else nn.RNN)(work.V, work.H)
        self.out, self.bias = nn.Linear(work.H, work.V), "b" if work.gated else "bh"
        with torch.no_grad():
            for ours, theirs in self.pairs():
                theirs.copy_(torch.tensor(parameters[ours]))
            self.rnn.bias_hh_l0.zero_()  # its second hidden bias
        self.weights = [*self.rnn.parameters(), *self.out.parameters()]
        self.optimizer = torch.optim.SGD(self.weights, lr=LR)
        # nn.RNN takes one-hot vectors. They are made before the clock starts, but
        # it multiplies with them, where the others look up.
        self.x = nn.functional.one_hot(torch.tensor(x), work.V).float()
        self.y = torch.tensor(y).reshape(-1)

    def pairs(self) -> list[tuple[str, torch.Tensor]]:
        return [
            ("Wx", self.rnn.weight_ih_l0),
            ("Wh", self.rnn.weight_hh_l0),
            ("Wy", self.out.weight),
            (self.bias, self.rnn.bias_ih_l0),
            ("by", self.out.bias),
        ]

    def loss_of(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        logits = self.out(self.rnn(x)[0]).reshape(-1, self.V)
        return nn.functional.cross_entropy(logits, y, reduction="sum") / self.B

    def compute(self, n: int) -> None:
        for _ in range(n):
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.loss_of(self.x, self.y)
            loss.backward()
            self.loss = loss.item()

    def update(self, n: int) -> None:
        for _ in range(n):
            self.compute(1)
            nn.utils.clip_grad_value_(self.weights, CLIP)
            self.rnn.bias_hh_l0.grad = None  # one bias moves, as in the others
            self.optimizer.step()

    def gradients(self) -> dict[str, np.ndarray]:
        self.compute(1)
        return {
            "loss": np.array(self.loss),
            **{name: weight.grad.numpy() for name, weight in self.pairs()},
        }

    def parameters(self) -> dict[str, np.ndarray]:
        return {name: weight.detach().numpy() for name, weight in self.pairs()}

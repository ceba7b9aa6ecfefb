"""PyTorch again, through `torch.compile`."""
from benchmarks import torch_rnn


class Network(torch_rnn.Network):
    compiled = True

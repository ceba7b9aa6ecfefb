"""The plain recurrent network, of the layers that chapter 11 builds."""

import numpy as np

from rnn_src.layers import HiddenLayer
from rnn_src.network import RecurrentNetwork
from rnn_src.parameters import SHAPES


class VanillaRNN(RecurrentNetwork):
    """The plain network: Wx (H, V), Wh (H, H), Wy (V, H), bh (H,) and by (V,).

    Shapes as in PyTorch. Its state is h, shape (B, H), and `hidden[-1]` of a
    forward pass is the final one. All else is as in `RecurrentNetwork`.
    """

    shapes = SHAPES

    def state_shape(self, B: int) -> tuple[int, ...]:
        """(B, H): the hidden state h of each sequence."""
        return B, self.hidden_size

    def _hidden_layer(self, Wh: np.ndarray, b: np.ndarray) -> HiddenLayer:
        return HiddenLayer(Wh, b)

    def _hidden_and_final(self, trace: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return trace[1:], trace[-1].copy()

"""A word-level recurrent network in core Python: lists, loops and `math`.

A vector is a list of floats, a matrix a list of rows. Slow, and nothing hidden:
every number can be followed by hand. The shapes are those of the array version,
`Wx` (H, V), `Wh` (H, H), `Wy` (V, H), `bh` (H,), `by` (V,).
"""
from rnn_src.words.algebra import (Matrix, Vector, add, argmax, dot, finite,
                                   matvec, same_length, softmax, tanh)
from rnn_src.words.counting import BigramTable
from rnn_src.words.loss import (cross_entropy, log_sum_exp, perplexity,
                                sentence_loss)
from rnn_src.words.network import (Parameters, forward, init_parameters,
                                   predict, rnn_step)
from rnn_src.words.vocabulary import Vocabulary, next_word_pairs, one_hot

__all__ = [
    "BigramTable", "Matrix", "Parameters", "Vector", "Vocabulary", "add",
    "argmax", "cross_entropy", "dot", "finite", "forward", "init_parameters",
    "log_sum_exp", "matvec", "next_word_pairs", "one_hot", "perplexity",
    "predict", "rnn_step", "same_length", "sentence_loss", "softmax", "tanh",
]

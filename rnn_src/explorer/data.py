"""What the explorer's script is given: every number that it shows, for JSON."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.explorer.gated import GatedBack, GatedTrace
from rnn_src.explorer.trace import Truncated
from rnn_src.lstm import LSTM
from rnn_src.parameters import NAMES

if TYPE_CHECKING:
    from rnn_src.explorer.page import Explorer

GATED_NAMES = tuple(LSTM.shapes)
MOST_WEIGHTS = 1000  # of W_h and W_y; more of them are not written out


def as_data(shown: "Explorer") -> dict:
    """Every number of a trace that the script shows, and the words.

    Parameters
    ----------
    shown : Explorer
        What `explore` returns.

    Returns
    -------
    dict
        What the JSON of the element holds, and what its method `show` takes.
    """
    found, gated = shown.trace, isinstance(shown.trace, GatedTrace)
    names = ["a", "h", "h0", "z", "p", "losses", "from_word", "from_past", "by"]
    names += [*"ifgocb", "c0"] if gated else ["bh"]
    names += ["dz", "own"] if shown.backward else []
    if found.Wh.size + found.Wy.size <= MOST_WEIGHTS:
        names += ["Wh", "Wy"]
    runs = found.runs[0 if shown.pieces else -1 :] if shown.backward else ()
    return {name: rounded(getattr(found, name)) for name in names} | {
        "names": GATED_NAMES if gated else NAMES,
        "words": shown.words,
        "ids": found.ids.tolist(),
        "targets": found.targets.tolist(),
        "runs": [run_data(run) for run in runs],
    }


def run_data(run: Truncated | GatedBack) -> dict:
    """What the script needs of one backward pass: all of it."""
    return {
        name: {key: rounded(one) for key, one in value.items()}
        if isinstance(value, dict)
        else rounded(value)
        for name, value in vars(run).items()
    }


def rounded(values: ArrayLike) -> list | float:
    """Six significant digits, so that three decimals of it are rounded correctly.

    Anything below 1e-14 is a rounding error, which differs between machines.
    """
    array = np.round(np.asarray(values, float), 14)
    if array.ndim:
        return [rounded(entry) for entry in array]
    return float(f"{array:.6g}") + 0.0

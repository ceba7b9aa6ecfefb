"""The explorer as a piece of HTML, for a page or a notebook.

The script makes an element `<rnn-explorer>` of it, which has a method
`show(data)`: give it what `as_data` makes of other numbers, and it draws them in
place. Where no script runs, a reader sees what still.py makes: a figure and a table.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.explorer.gated import GatedBack, GatedTrace, gated_trace
from rnn_src.explorer.still import figure, table
from rnn_src.explorer.trace import Trace, Truncated, trace
from rnn_src.lstm import LSTM
from rnn_src.palette import BLUE, ORANGE, channels
from rnn_src.parameters import NAMES

SCRIPTS = ("numbers.js", "picture.js", "gated.js", "element.js")
GATED_NAMES = tuple(LSTM.shapes)
MOST_WEIGHTS = 1000  # of W_h and W_y; more of them are not written out
#: For the script, which mixes them with the ground: above zero, and below it.
COLOURS = "; ".join(
    f"--{name}: {', '.join(map(str, channels(colour)))}"
    for name, colour in (("plus", ORANGE), ("minus", BLUE))
)


@dataclass(frozen=True, eq=False)
class Explorer:
    """A trace and the words that belong to its ids; a notebook shows it."""

    trace: Trace | GatedTrace
    words: tuple[str, ...]
    backward: bool = True
    pieces: bool = False

    def __repr__(self) -> str:
        T, H = self.trace.h.shape
        read = " ".join(self.words[i] for i in self.trace.ids)
        return (
            f"explorer: {read!r}, {T} steps, {H} hidden units, loss "
            f"{self.trace.losses.sum():.4f}"
        )

    def _repr_html_(self) -> str:
        data = json.dumps(as_data(self), separators=(",", ":")).replace("<", "\\u003c")
        return (
            f'<rnn-explorer style="{COLOURS}">{figure(self.trace, self.words)}'
            f"{table(self.trace, self.words, self.backward)}"
            f'<script type="application/json">{data}</script>'
            f"</rnn-explorer><script>{script()}</script>"
        )


def explore(
    parameters: object,
    ids: ArrayLike,
    targets: ArrayLike,
    words: Sequence[str],
    h0: ArrayLike | None = None,
    *,
    backward: bool = True,
    pieces: bool = False,
) -> Explorer:
    """Look into a network during the forward and the backward pass.

    Parameters
    ----------
    parameters : a `VanillaRNN` or an `LSTM`, the `Parameters` of Part I, or a dict
    ids, targets : T ids each
    words : V texts
        What to call each id.
    h0 : array, shape (H,), or (2, H) for an LSTM, optional
        The state before the first word; zeros if left out.
    backward : bool
        Whether the backward pass is shown as well.
    pieces : bool
        Whether the reader may cut the backward pass into pieces; not for an LSTM.

    Raises
    ------
    ValueError
        If there are not V words, or `trace` refuses the rest.
    """
    if isinstance(parameters, LSTM):
        found = gated_trace(parameters, ids, targets, h0)
    else:
        values = getattr(parameters, "parameters", parameters)
        if not isinstance(values, Mapping):
            values = vars(values)
        found = trace(values, ids, targets, h0)
    if len(words) != found.z.shape[1]:
        raise ValueError(
            f"words has length {len(words)}; expected "
            f"{found.z.shape[1]}, a text for each id"
        )
    return Explorer(found, tuple(map(str, words)), backward, pieces)


@cache
def script() -> str:
    """The code of the element; it may appear on a page more than once."""
    folder = resources.files("rnn_src.explorer")
    code = "\n".join((folder / name).read_text("utf8") for name in SCRIPTS)
    return (
        'if (!customElements.get("rnn-explorer")) (() => {\n"use strict";\n'
        f"{code}}})();"
    )


def rounded(values: ArrayLike) -> list | float:
    """Six significant digits, so that three decimals of it are rounded correctly.

    Anything below 1e-14 is a rounding error, which differs between machines.
    """
    array = np.round(np.asarray(values, float), 14)
    if array.ndim:
        return [rounded(entry) for entry in array]
    return float(f"{array:.6g}") + 0.0


def as_data(shown: Explorer) -> dict:
    """What the script needs: every number that it shows."""
    found, gated = shown.trace, isinstance(shown.trace, GatedTrace)
    names = ["a", "h", "h0", "z", "p", "losses"]
    names += [*"ifgoc", "c0"] if gated else ["from_word", "from_past", "bh", "by"]
    names += ["dz", "own"] if shown.backward else []
    if not gated and found.Wh.size + found.Wy.size <= MOST_WEIGHTS:
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

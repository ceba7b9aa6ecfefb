"""The explorer as a piece of HTML, for a page or a notebook.

The script makes an element `<rnn-explorer>` of it, which has a method
`show(data)`: give it what data.py makes of other numbers, and it draws them in
place. Where no script runs, a reader sees what still.py makes: a figure and a table.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from numpy.typing import ArrayLike

from rnn_src.explorer.data import as_data
from rnn_src.explorer.gated import GatedTrace, gated_trace
from rnn_src.explorer.still import figure, table
from rnn_src.explorer.trace import Trace, trace
from rnn_src.lstm import LSTM
from rnn_src.palette import BLUE, GROUNDS, ORANGE, channels

SCRIPTS = tuple(
    f"{name}.js"
    for name in (
        *("text", "rows", "plain", "gated", "gradient"),  # the numbers
        *("picture", "cells", "table", "words", "style"),  # how they look
        *("choosing", "frame", "element"),  # what a reader does
    )
)
#: What a page need not carry: comments, spaces at the beginning of a line, empty lines.
#:
#: :meta hide-value:
ASIDE = re.compile(r"\s*/\*.*?\*/| +// .*?$|^\s+", re.DOTALL | re.MULTILINE)
#: For the script, which mixes them with the ground: above zero, below it, and what a
#: number is made of where the page has no colour for that.
#:
#: :meta hide-value:
COLOURS = "; ".join(
    f"--{name}: {', '.join(map(str, channels(colour)))}"
    for name, colour in (
        ("plus", ORANGE),
        ("minus", BLUE),
        ("lit", GROUNDS["marked"][0]),
    )
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
    code = ASIDE.sub("", code)
    return (
        'if (!customElements.get("rnn-explorer")) (() => {\n"use strict";\n'
        f"{code}}})();"
    )

"""The explorer as a piece of HTML that stands in a page or in a notebook.

The script makes an element `<rnn-explorer>` of it. Where no script runs, a
figure and a table stand in its place.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.explorer.trace import Trace, Truncated, trace

STEP_WIDTH, HEIGHT = 120, 190
SCRIPTS = ("numbers.js", "picture.js", "element.js")
MOST_WEIGHTS = 1000  # of W_h and W_y; more of them are not written out


@dataclass(frozen=True, eq=False)
class Explorer:
    """A trace and the words that belong to its ids; a notebook shows it."""

    trace: Trace
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
            f"<rnn-explorer>{figure(self)}{table(self)}"
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
    """Look into a network while it reads a sentence, and on the way back.

    Parameters
    ----------
    parameters : a `VanillaRNN`, the `Parameters` of Part I, or a dict
    ids, targets : T ids each
    words : V texts
        What to call each id.
    h0 : array, shape (H,), optional
        The state before the first word; zeros if left out.
    backward : bool
        Whether the way back is shown, too.
    pieces : bool
        Whether the reader may cut the way back into pieces.

    Raises
    ------
    ValueError
        If there are not V words; and what `trace` refuses.
    """
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
    """The code of the element, which a page may hold more than once."""
    folder = resources.files("rnn_src.explorer")
    code = "\n".join((folder / name).read_text("utf8") for name in SCRIPTS)
    return (
        'if (!customElements.get("rnn-explorer")) (() => {\n"use strict";\n'
        f"{code}}})();"
    )


def rounded(values: ArrayLike) -> list | float:
    """Six significant digits: three decimals of it are rounded rightly.

    What is below 1e-14 is rounding, and another on each machine.
    """
    array = np.round(np.asarray(values, float), 14)
    if array.ndim:
        return [rounded(entry) for entry in array]
    return float(f"{array:.6g}") + 0.0


def as_data(shown: Explorer) -> dict:
    """What the script needs: every number that it shows."""
    found = shown.trace
    names = ["from_word", "from_past", "bh", "by", "a", "h", "h0", "z", "p", "losses"]
    names += ["dz", "own"] if shown.backward else []
    names += ["Wh", "Wy"] if found.Wh.size + found.Wy.size <= MOST_WEIGHTS else []
    runs = found.runs[0 if shown.pieces else -1 :] if shown.backward else ()
    return {name: rounded(getattr(found, name)) for name in names} | {
        "words": shown.words,
        "ids": found.ids.tolist(),
        "targets": found.targets.tolist(),
        "runs": [run_data(run) for run in runs],
    }


def run_data(run: Truncated) -> dict:
    return (
        {"k": run.k}
        | {name: rounded(getattr(run, name)) for name in ("later", "dh", "da", "dh0")}
        | {
            name: {key: rounded(value) for key, value in getattr(run, name).items()}
            for name in ("sizes", "lost")
        }
    )


def figure(shown: Explorer) -> str:
    """The unrolled network, drawn: for pages without a script."""
    found, T = shown.trace, len(shown.trace.ids)
    read = ", ".join(shown.words[i] for i in found.ids)
    parts = [
        f'<svg viewBox="0 0 {STEP_WIDTH * (T + 1)} {HEIGHT}" role="img" '
        f'width="100%" style="max-width:{STEP_WIDTH * (T + 1)}px" '
        f'aria-label="The network unrolled over {T} steps. It reads '
        f"{escape(read, quote=True)}. The loss above each step stands in "
        'the table below." fill="none" stroke="currentColor" '
        'font-size="14" text-anchor="middle">',
        node(60, 95, "h0"),
    ]
    for t, (word, loss) in enumerate(zip(found.ids, found.losses, strict=True), 1):
        x = 60 + STEP_WIDTH * t
        parts += [
            f'<path d="M{x - 95} 95H{x - 25}M{x} 150V120M{x} 70V40"/>',
            node(x, 95, f"h{t}"),
            text(x, 170, shown.words[word]),
            text(x, 30, f"{loss:.2f}"),
        ]
    return "".join([*parts, "</svg>"])


def node(x: int, y: int, name: str) -> str:
    return f'<rect x="{x - 22}" y="{y - 22}" width="44" height="44" rx="8"/>' + text(
        x, y + 5, name
    )


def text(x: int, y: int, words: str) -> str:
    return (
        f'<text x="{x}" y="{y}" fill="currentColor" stroke="none">'
        f"{escape(words)}</text>"
    )


def table(shown: Explorer) -> str:
    """What happens at each step, in a few numbers."""
    found = shown.trace
    columns = {
        "step": range(1, len(found.ids) + 1),
        "reads": [shown.words[i] for i in found.ids],
        "should say": [shown.words[i] for i in found.targets],
        "says": [shown.words[i] for i in found.p.argmax(axis=1)],
        "p of the target": [
            f"{p[i]:.3f}" for p, i in zip(found.p, found.targets, strict=True)
        ],
        "loss in nats": [f"{loss:.3f}" for loss in found.losses],
    }
    if shown.backward:
        columns["length of dL/dh"] = [
            f"{np.linalg.norm(dh):.3f}" for dh in found.runs[-1].dh
        ]
    heads = "".join(f'<th scope="col">{head}</th>' for head in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in zip(*columns.values(), strict=True)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"

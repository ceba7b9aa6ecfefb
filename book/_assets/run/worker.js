/* Python in a worker: boots, runs one cell at a time, and reports what it shows. */
import { loadPyodide } from "../pyodide/pyodide.mjs";

const HOME = "/home/pyodide/progress.json";
// What a cell could reach the network or the browser's storage with.
const CLOSED = ("fetch XMLHttpRequest WebSocket WebTransport EventSource Worker " +
  "importScripts indexedDB caches BroadcastChannel").split(" ");
const DRAWS = /\bplots\s*\.|\bmatplotlib\b/;
const fetchFile = self.fetch.bind(self);
const say = self.postMessage.bind(self);
let python, record, cells, play; // `play` has names of its own

/* Bring all files into the browser's cache, and report how far that is. */
async function download(files) {
  let loaded = 0;
  await Promise.all(files.map(async (url) => {
    const answer = await fetchFile(url);
    if (!answer.ok) throw new Error(`${url} is not there (${answer.status})`);
    for (const reader = answer.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) return;
      loaded += value.length;
      say({ type: "progress", loaded });
    }
  }));
}

async function boot({ folder, core, wheel }) {
  await download([...core.map((name) => folder + name), wheel]);
  python = await loadPyodide({
    indexURL: folder, packages: ["numpy"],
    env: { HOME: "/home/pyodide", MPLBACKEND: "agg", RNN_BOOK_PROGRESS: HOME },
  });
  python.unpackArchive(await (await fetchFile(wheel)).arrayBuffer(), "wheel");
  python.pyimport("rnn_page.figures").load_plots_later();
  for (const name of CLOSED)
    for (let one = self; one; one = Object.getPrototypeOf(one)) delete one[name];
}

/* Begin a page: with Python anew, or in the one that runs. */
async function start({ solved, cells: all, ...files }) {
  if (!python) await boot(files);
  python.FS.writeFile(HOME, JSON.stringify({ solved }));
  record = python.pyimport("rnn_exercises.record");
  const { Cells } = python.pyimport("rnn_page");
  const show = (kind, text) => say({ type: "show", kind, text });
  [cells, play] = [Cells(show, python.toPy(all)), Cells(show)];
}

/* Matplotlib is loaded before the first cell that draws. */
async function drawing(source) {
  if (!DRAWS.test(source) || "matplotlib" in python.loadedPackages) return;
  say({ type: "say", text: "Loading Matplotlib, once…" });
  self.fetch = fetchFile;
  await python.loadPackage("matplotlib", { messageCallback() {} });
  delete self.fetch;
}

const does = {
  start,
  plan: ({ number, source }) => ({ missing: cells.missing(number, source).toJs() }),
  play: ({ source }) => ({ ok: play.run(source) }),
  async run({ number, source = cells.source(number) }) {
    await drawing(source);
    return { ok: cells.run(source, number), solved: record.read().toJs()[0] };
  },
};

addEventListener("message", async ({ data }) => {
  try {
    say({ type: "done", ...await does[data.type](data) });
  } catch (error) {
    say({ type: "broken", text: String(error) });
  }
});

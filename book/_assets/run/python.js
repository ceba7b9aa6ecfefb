/* The worker that runs Python: one at a time, ended and begun anew when it must be. */
export class Python {
  /* `book` is what the build wrote for every page; `solved()` names what is solved. */
  constructor(book, solved) {
    Object.assign(this, { book, solved, dead: true });
  }

  /* Start a worker, if there is none, and wait until it can run a cell. */
  async start(say) {
    this.say = say;
    if (this.dead) this.begin();
    await this.ready;
    say("");
  }

  begin() {
    this.dead = false;
    this.worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = () => this.end("Python could not start in this browser.");
    this.ready = this.ask({
      type: "start", folder: new URL("../pyodide/", import.meta.url).href, core: this.book.core,
      wheel: new URL(this.book.wheel, import.meta.url).href, solved: this.solved(),
      cells: this.book.cells.map(({ now, solution }) => [now, Boolean(solution)]),
    });
    this.ready.catch(() => {});
  }

  /* Ask the worker for something; the listener hears what it shows and says. */
  ask(message, listener) {
    this.listener = listener;
    this.worker.postMessage(message);
    return new Promise((resolve, reject) => { this.answer = { resolve, reject }; });
  }

  hear({ type, ...data }) {
    if (type === "show") this.listener.show(data.kind, data.text);
    else if (type === "say") this.listener.say(data.text);
    else if (type === "progress") this.say(data.loaded < this.book.bytes
      ? `Loading Python, once: ${Math.round(100 * data.loaded / this.book.bytes)} %`
      : "Starting Python…");
    else if (type === "done") this.answer.resolve(data);
    else this.end(`Python stopped: ${data.text}`);
  }

  /* End what runs, and have a new worker ready. */
  stop(why) {
    this.end(why);
    this.begin();
  }

  end(why) {
    this.worker.terminate();
    this.dead = true;
    this.answer.reject(new Error(why));
  }
}

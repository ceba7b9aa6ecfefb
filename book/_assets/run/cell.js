/* One cell that is open: an editor, buttons, and what it shows. */
import { createEditor } from "../prism-code-editor/index.js";
import { defaultKeymap, editHistory, editorCommands }
  from "../prism-code-editor/extensions/commands/index.js";
import "../prism-code-editor/languages/python.js";
import "../prism-code-editor/prism/languages/python.js";
import { button, make } from "./dom.js";
import { form } from "./fields.js";
import * as memory from "./memory.js";
import { Outputs } from "./outputs.js";

export class Cell {
  constructor(page, box) {
    this.page = page;
    this.box = box;
    this.number = Number(box.className.match(/ run-(\d+)/)[1]);
    Object.assign(this, page.data.cells[this.number]); // source, name, version, limit
    this.starter = this.source;
    const input = box.querySelector(".cell_input");
    this.printed = [input.firstElementChild, input.querySelector(".run-start")];
    for (const one of this.printed) one.hidden = true;
    this.outputs = new Outputs(box, box.querySelector(":scope > .cell_output"));
    this.show = (kind, text) => this.outputs.show(kind, text);
    this.build(page, input);
    if (this.name) this.restore();
    this.editor.textarea.focus({ preventScroll: true });
  }

  build(page, input) {
    const code = make("div");
    this.editor = createEditor(code, {
      language: "python", tabSize: 4, lineNumbers: false, value: this.source,
    }, editorCommands(defaultKeymap), editHistory());
    this.editor.on("update", (source) => this.changed(source));
    this.editor.textarea.ariaLabel =
      `${this.name ?? "Code"}: Control and Enter run it, Escape leaves it`;
    code.addEventListener("keydown", (event) => this.key(event), true);
    this.form = this.name && form(this.starter, (source) => this.set(source));
    this.go = button(this.name ? "Check" : "Run", () => page.run(this));
    this.halt = Object.assign(button("Stop", () => page.python.stop("Stopped.")), { hidden: true });
    this.status = make("span", { className: "run-status", role: "status" });
    this.say = (text) => { this.status.textContent = text; };
    this.clock = make("span", { ariaHidden: "true" }); // what changes is not read aloud
    this.count = (text) => { this.clock.textContent = text; };
    this.place = make("div", { className: "run-cell" }, ...this.form ? [this.form.box] : [],
      code, make("div", { className: "run-bar" }, this.go,
        ...this.name ? [button("Hint", () => this.hint())] : [],
        button("Reset", () => this.reset()), this.halt, this.status, this.clock));
    input.append(this.place);
  }

  set(source) {
    if (source !== this.source) this.editor.setOptions({ value: source });
  }

  changed(source) {
    this.source = source;
    this.form?.follow(source);
    if (!this.name) return;
    if (source === this.starter) memory.forgetAnswer(this.name);
    else if (!memory.keepAnswer(this.name, source, this.version)) this.say(memory.LOST);
  }

  /* Bring a kept answer back; that of another version is offered. */
  restore() {
    const kept = memory.answer(this.name);
    if (kept?.version === this.version) this.set(kept.source);
    else this.offer("An answer to an older version of this exercise is kept.");
  }

  offer(text) {
    const kept = memory.answer(this.name);
    if (kept && kept.source !== this.source)
      this.ask(text, "Show it", () => this.set(kept.source));
  }

  /* Say something, with a button that goes on. */
  ask(text, label, act) {
    this.say(`${text} `);
    this.status.append(button(label, () => { this.say(""); act(); }));
  }

  key(event) {
    if (event.key === "Escape") this.go.focus();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
      this.page.run(this);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  began() {
    this.outputs.clear(true);
    this.go.disabled = true;
    this.halt.hidden = false;
    this.say("Starting…");
  }

  /* Show the time, from now on; a cell is stopped at its limit. */
  tick(limit = Infinity) {
    const start = performance.now();
    const until = limit < Infinity ? `, stops at ${limit} s` : "";
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      const seconds = Math.floor((performance.now() - start) / 1000);
      if (seconds) this.count(`${seconds} s${until}`);
      if (seconds >= limit) this.page.python.stop(
        `Stopped after ${limit} s. Does every loop come to an end? You can go on.`);
    }, 250);
  }

  ended(text) {
    clearInterval(this.timer);
    this.count("");
    this.go.disabled = false;
    this.halt.hidden = true;
    this.say(text);
    this.box.classList.toggle("run-solved", memory.solved().includes(this.name));
  }

  /* Open the next hint of the exercise, which is above the cell. */
  hint() {
    const next = document.querySelector(`#ex-${this.name} ~ details.hint`);
    const closed = [next, ...next.querySelectorAll("details")].find((one) => !one.open);
    if (!closed) return this.say("There are no more hints. The solution is below.");
    closed.open = true;
    closed.querySelector("summary").focus();
  }

  reset() {
    this.outputs.clear(false);
    if (this.name) return this.set(this.starter);
    this.page.cells.delete(this.number);
    this.place.remove();
    for (const one of this.printed) one.hidden = false;
    this.printed[1].focus();
  }
}

/* <rnn-explorer>: a network during the forward and the backward pass.

   Everything that it shows is in its JSON, made by rnn_src/explorer, or is a
   sum of products of that. No library, no network, no build step: page.py puts
   numbers.js and picture.js in front, and the colours of plus and minus into
   the style of the element. */
const STYLE = `
  :host { display: block; font-size: 0.9rem; line-height: 1.4;
          --page: var(--pst-color-background, var(--jp-layout-color0, Canvas)); }
  fieldset { border: 1px solid; border-radius: 0.4rem; padding: 0.6rem 0.8rem;
             margin: 0; min-width: 0; }
  legend { font-weight: bold; padding: 0 0.3rem; }
  .bar { display: flex; flex-wrap: wrap; gap: 0.4rem 0.7rem;
         align-items: center; }
  .bar label { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; }
  [hidden] { display: none !important; }
  button, select { font: inherit; color: inherit; background: transparent;
                   border: 1px solid; border-radius: 0.3rem;
                   min-height: 2rem; padding: 0 0.6rem; cursor: pointer; }
  option { color: CanvasText; background: Canvas; }
  button:disabled { opacity: 0.45; cursor: default; }
  .slider { flex: 1 1 10rem; }
  input[type=range] { flex: 1; min-width: 6rem; height: 2rem; }
  :focus-visible { outline: 3px solid rgb(var(--minus)); outline-offset: 1px; }
  td:focus-visible { outline-offset: -2px; }
  .wide { overflow-x: auto; }
  svg { display: block; width: 100%; max-height: 13rem; margin: 0.5rem 0; }
  svg .now { stroke-width: 3; }
  svg .faint { opacity: 0.35; }
  p { margin: 0.4rem 0; }
  table { border-collapse: separate; border-spacing: 2px; }
  th { text-align: left; font-weight: normal; padding: 0 0.4rem; }
  th[scope=row], td.head { position: sticky; left: 0; background: var(--page);
                           box-shadow: 0 0 0 2px var(--page); }
  td { min-width: 3.1rem; height: 1.8rem; padding: 0 0.2rem;
       text-align: right; font-variant-numeric: tabular-nums;
       border: 1px solid rgba(128, 128, 128, 0.5); cursor: pointer; }
  .head { border: 0; text-align: center; cursor: default; }
  output { display: block; min-height: 2.9em; padding: 0.3rem 0.5rem;
           border-left: 0.3rem solid rgb(var(--plus)); }
  #legend { opacity: 0.85; font-size: 0.85em; }
  @media (max-width: 600px) {
    td { min-width: 2.7rem; padding: 0 0.1rem; font-size: 0.75rem; }
    th { padding: 0 0.2rem; font-size: 0.75rem; max-width: 5rem; }
  }
`;
const ASK = "Choose a number to see how it is made.";
const options = (entries) => entries.map(([value, text]) =>
  `<option value="${value}">${text}</option>`).join("");

class Explorer extends HTMLElement {
  connectedCallback() {
    if (this.d) return;
    const found = this.querySelector('script[type="application/json"]');
    if (found) this.show(JSON.parse(found.textContent));
    else {    // in a page that is still being read the data may come later
      document.addEventListener("DOMContentLoaded",
                                () => this.connectedCallback(), { once: true });
    }
  }

  /* Show other numbers: an object as in the JSON, which as_data of page.py makes. It may
     come as often as you like. Step, pieces and the chosen number stay as they
     are where the new numbers have them, too. */
  show(data) {
    const first = !this.d, t = first ? 0 : Math.min(this.t, data.ids.length - 1);
    const back = !first && this.backward && data.runs.length > 0;
    const whole = first || this.k === this.T;
    this.d = data;
    this.T = data.ids.length;
    this.last = (data.runs.length ? 2 : 1) * this.T - 1;
    this.place = back ? 2 * this.T - 1 - t : t;  // 0 to T - 1 forwards, then backwards
    if (whole || !data.runs.some(({ k }) => k === this.k)) this.k = this.T;
    if (first || !data.names.includes(this.gradient)) this.gradient = "";
    if (first) this.frame();
    this.controls();
    this.draw();
  }

  /* What stays, whatever numbers are shown. */
  frame() {
    this.attachShadow({ mode: "open" }).innerHTML = `<style>${STYLE}</style>
      <fieldset><legend>Explorer</legend>
      <div class="bar">
        <button id="back">\u25c0 Back</button>
        <button id="on">On \u25b6</button>
        <label class="slider"><span id="way"></span>
        <input type="range" id="place" min="0"></label>
        <label>Gradient in pieces of <select id="k"></select></label>
      </div>
      <div class="wide" id="picture" tabindex="0" role="group"
           aria-label="The unrolled network"></div>
      <p id="says" aria-live="polite"></p>
      <div class="wide" id="numbers"></div>
      <output aria-live="polite">${ASK}</output>
      <div id="sums"><p id="sizes"></p>
      <label>In numbers: <select id="gradient"></select></label>
      <div class="wide" id="entries"></div></div>
      <p id="legend"></p></fieldset>`;
    this.part("k").onchange = ({ target }) => this.set({ k: Number(target.value) });
    this.part("gradient").onchange = ({ target }) =>
      this.set({ gradient: target.value });
    this.part("place").oninput = ({ target }) => this.go(Number(target.value));
    this.part("back").onclick = () => this.go(this.place - 1);
    this.part("on").onclick = () => this.go(this.place + 1);
    for (const id of ["numbers", "entries"]) {
      this.part(id).addEventListener("focusin", ({ target }) =>
        this.explain(id, target));
      this.part(id).onkeydown = (event) => this.walk(event);
    }
  }

  /* What can be set depends on the numbers. */
  controls() {
    const { runs, names, c } = this.d;
    this.part("way").textContent = runs.length ? "Forward, then backward" : "Step";
    this.part("place").max = this.last;
    this.part("k").innerHTML = options(runs.map(({ k }) =>
      [k, k === this.T ? `${k} (all steps)` : k]));
    this.part("k").value = this.k;
    this.part("k").parentNode.hidden = runs.length < 2;
    this.part("gradient").innerHTML = options([["", "none"],
      ...names.map((name) => [name, `d${name}`])]);
    this.part("gradient").value = this.gradient;
    this.part("gradient").parentNode.hidden = Boolean(c);
  }

  part(id) { return this.shadowRoot.getElementById(id); }
  get backward() { return this.place >= this.T; }
  get t() { return this.backward ? 2 * this.T - 1 - this.place : this.place; }
  get run() { return this.d.runs.find((run) => run.k === this.k); }
  get before() { return this.t ? this.d.h[this.t - 1] : this.d.h0; }
  get cut() { return this.t + 1 < this.T && (this.t + 1) % this.k === 0; }

  go(place) { this.set({ place: Math.max(0, Math.min(this.last, place)) }); }
  set(values) { Object.assign(this, values); delete this.chosen; this.draw(); }

  draw() {
    this.grids = {
      numbers: (this.d.c ? this.backward ? gatedBackwardRows : gatedForwardRows
        : this.backward ? backwardRows : forwardRows)(this),
      entries: this.backward && this.gradient
        ? gradientRows(this, this.gradient) : [] };
    this.part("place").value = this.place;
    this.part("place").setAttribute("aria-valuetext", this.where());
    this.part("back").disabled = this.place === 0;
    this.part("on").disabled = this.place === this.last;
    const wide = this.part("picture");
    wide.innerHTML = picture(this);
    wide.scrollLeft = wide.scrollWidth * centre(this.t + 1) / (STEP * (this.T + 1))
      - wide.clientWidth / 2;     // the step in question stays in sight
    this.part("says").textContent = this.sentence();
    this.part("legend").textContent = `In the table orange is above zero, blue below;
      the stronger, the farther from zero, each row for itself. In the picture a state
      has the more colour, the longer ${this.backward ? `its gradient is, and the
      number at an arrow is the length of what comes along it` : "it is"}.`;
    this.part("sums").hidden = !this.backward;
    this.part("sizes").textContent = this.backward ? this.sizes() : "";
    const active = this.shadowRoot.activeElement?.dataset.row;
    for (const [id, rows] of Object.entries(this.grids)) {
      this.part(id).innerHTML = rows.length ? this.table(rows) : "";
    }
    this.say(ASK);
    const cell = this.chosen && this.cell(...this.chosen);
    if (cell) this.explain(this.chosen[0], cell);
    if (cell && active) cell.focus({ preventScroll: true });
  }

  where() {
    return `${this.backward ? "backward" : "forward"}, step ${this.t + 1} of ${
      this.T}`;
  }

  sentence() {
    const { d, t, run } = this;
    const where = this.where().replace(/^./, (c) => c.toUpperCase());
    if (!this.backward) {
      const best = d.p[t].indexOf(Math.max(...d.p[t]));
      return `${where}: reads ${d.words[d.ids[t]]}. Most likely next: ${
        d.words[best]}, with ${show(d.p[t][best])}. The target is ${
        d.words[d.targets[t]]}, with ${show(d.p[t][d.targets[t]])}: a loss of ${
        show(d.losses[t])} nats.`;
    }
    const later = t + 1 === this.T ? "Nothing comes after it"
      : this.cut ? "The piece ends here: what later steps say is cut off"
      : `From step ${t + 2} and later comes a gradient of length ${
        show(norm(run.later[t]))}`;
    const cell = d.c ? ` The cell gets ${show(norm(run.from_h[t]))} through its state and
      ${show(norm(run.later_c[t]))} from the next cell.` : "";
    return `${where}. From its own prediction h${t + 1} gets a gradient of length ${
      show(norm(d.own[t]))}. ${later}. Together: ${show(norm(run.dh[t]))}.${cell}`;
  }

  sizes() {
    const { d, run, t, k, T } = this;
    const all = (text) => d.names.map((name) => `d${name} ${text(name)}`).join(", ");
    const lost = k === T ? "" : ` In pieces of ${k}, the length of the difference from
      the full gradient, at the end, as a part of its length: ${
      all((name) => `${(100 * run.lost[name]).toFixed(0)} %`)}.`;
    return `Added up so far, lengths (the root of the sum of all squares): ${
      all((name) => show(run.sizes[name][t]))}.${lost}`;
  }

  table(rows) {
    let heads = null;
    return `<table role="grid" aria-label="Numbers of ${this.where()}"><tbody>${
      rows.map((row, number) => {
        const most = Math.max(...row.values.map(Math.abs));
        const top = row.heads.join() === heads?.join() ? ""
          : `<tr><td class="head"></td>${row.heads.map((head) =>
            `<th class="head" scope="col">${typeof head === "number"
              ? `[${head}]` : escaped(head)}</th>`).join("")}</tr>`;
        heads = row.heads;
        return `${top}<tr><th scope="row">${escaped(row.name)}</th>${
          row.values.map((v, i) => `<td role="gridcell" data-row="${
            number}" data-column="${i}" tabindex="${number + i ? -1 : 0}" style="background:${
            colour(v, most)}">${show(v)}</td>`).join("")}</tr>`;
      }).join("")}</tbody></table>`;
  }

  walk(event) {
    const cell = event.target;
    const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0],
                   ArrowUp: [-1, 0] }[event.key];
    if (!move || !cell.dataset?.row) return;
    event.preventDefault();
    const row = Number(cell.dataset.row) + move[0];
    const column = Number(cell.dataset.column) + move[1];
    const cells = event.currentTarget.querySelectorAll(`td[data-row="${row}"]`);
    cells[Math.min(column, cells.length - 1)]?.focus();
  }

  cell(id, row, column) {
    return this.part(id).querySelector(
      `td[data-row="${row}"][data-column="${column}"]`);
  }

  say(text) { this.shadowRoot.querySelector("output").textContent = text; }

  explain(id, cell) {
    if (!cell.dataset?.row) return;
    this.chosen = [id, cell.dataset.row, cell.dataset.column];
    for (const other of this.part(id).querySelectorAll("td[data-row]")) {
      other.tabIndex = other === cell ? 0 : -1;
    }
    this.say(this.grids[id][cell.dataset.row].why(Number(cell.dataset.column)));
  }
}

customElements.define("rnn-explorer", Explorer);

/* <rnn-explorer>: a network while it reads a sentence, and on the way back.

   Everything that it shows stands in its JSON, made by rnn_src/explorer. It
   computes nothing of the network. No library, no network, no build step. */
(() => {
  if (customElements.get("rnn-explorer")) return;

  const STYLE = `
    :host { display: block; font-size: 0.9rem; line-height: 1.4;
            --plus: 213, 94, 0; --minus: 0, 114, 178; }
    fieldset { border: 1px solid; border-radius: 0.4rem; padding: 0.6rem 0.8rem;
               margin: 0; min-width: 0; }
    legend { font-weight: bold; padding: 0 0.3rem; }
    .bar { display: flex; flex-wrap: wrap; gap: 0.4rem 0.7rem;
           align-items: center; }
    button, select { font: inherit; color: inherit; background: transparent;
                     border: 1px solid; border-radius: 0.3rem;
                     min-height: 2rem; padding: 0 0.6rem; cursor: pointer; }
    option { color: #111; background: #fff; }
    button:disabled { opacity: 0.45; cursor: default; }
    input[type=range] { flex: 1 1 8rem; min-width: 6rem; height: 2rem; }
    :focus-visible { outline: 3px solid rgb(var(--minus)); outline-offset: 1px; }
    .wide { overflow-x: auto; }
    svg { display: block; width: 100%; min-width: 20rem; max-height: 13rem;
          margin: 0.5rem 0; }
    svg .now { stroke-width: 3; }
    svg .faint { opacity: 0.35; }
    p { margin: 0.4rem 0; }
    table { border-collapse: separate; border-spacing: 2px; }
    th { text-align: left; font-weight: normal; padding: 0 0.4rem;
         white-space: nowrap; }
    td { min-width: 3.1rem; height: 1.8rem; padding: 0 0.2rem;
         text-align: right; font-variant-numeric: tabular-nums;
         border: 1px solid rgba(128, 128, 128, 0.5); cursor: pointer; }
    .head { border: 0; text-align: center; cursor: default; }
    output { display: block; min-height: 2.9em; padding: 0.3rem 0.5rem;
             border-left: 0.3rem solid rgb(var(--plus)); }
  `;
  const NAMES = ["Wx", "Wh", "Wy", "bh", "by"];
  const show = (v) => {
    const size = Math.abs(v);
    const text = size && size < 0.001 ? v.toExponential(0) : v.toFixed(3);
    return text.replace("-", "\u2212");
  };
  const escaped = (text) => text.replace(/[&<>"]/g, (c) =>
    ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
  const norm = (v) => Math.hypot(...v);
  const colour = (v, most) => {
    const part = Math.min(1, Math.abs(v) / (most || 1)) * 0.5;
    return `rgba(var(--${v < 0 ? "minus" : "plus"}), ${part.toFixed(2)})`;
  };

  class Explorer extends HTMLElement {
    connectedCallback() {
      // In a page that is still being read the data may come later.
      if (this.shadowRoot) return;
      const found = this.querySelector('script[type="application/json"]');
      if (!found) {
        document.addEventListener("DOMContentLoaded",
                                  () => this.connectedCallback(), { once: true });
        return;
      }
      this.d = JSON.parse(found.textContent);
      this.T = this.d.ids.length;
      const runs = this.d.runs;
      this.place = 0;         // 0 to T - 1 forwards, T to 2 T - 1 backwards
      this.last = (runs.length ? 2 : 1) * this.T - 1;
      this.k = this.T;
      this.attachShadow({ mode: "open" }).innerHTML = `<style>${STYLE}</style>
        <fieldset><legend>Explorer</legend>
        <div class="bar">
          <button id="back">\u25c0 Back</button>
          <button id="on">On \u25b6</button>
          <input type="range" id="place" min="0" max="${this.last}"
                 aria-label="Step${runs.length ? ": forward, then backward" : ""}">
          <label ${runs.length > 1 ? "" : "hidden"}>Gradient in pieces of
          <select id="k">${runs.map((run) =>
            `<option value="${run.k}">${run.k === this.T
              ? `${run.k} (all steps)` : run.k}</option>`).join("")}
          </select></label>
        </div>
        <div class="wide" id="picture" tabindex="0" role="group"
             aria-label="The unrolled network"></div>
        <p id="says" aria-live="polite"></p>
        <div class="wide" id="numbers"></div>
        <output aria-live="polite">Choose a number to see how it is made.</output>
        <p id="sizes"></p></fieldset>`;
      const part = (id) => this.shadowRoot.getElementById(id);
      part("k").value = this.k;
      part("k").onchange = (event) => {
        this.k = Number(event.target.value);
        this.draw();
      };
      part("place").oninput = (event) => this.go(Number(event.target.value));
      part("back").onclick = () => this.go(this.place - 1);
      part("on").onclick = () => this.go(this.place + 1);
      const numbers = part("numbers");
      numbers.addEventListener("focusin", (event) => this.explain(event.target));
      numbers.onkeydown = (event) => this.walk(event);
      this.draw();
    }

    get backward() { return this.place >= this.T; }
    get t() {
      return this.backward ? 2 * this.T - 1 - this.place : this.place;
    }
    get run() { return this.d.runs.find((run) => run.k === this.k); }
    get before() { return this.t ? this.d.h[this.t - 1] : this.d.h0; }
    word(i) { return this.d.words[i]; }

    go(place) {
      this.place = Math.max(0, Math.min(this.last, place));
      this.draw();
    }

    draw() {
      const part = (id) => this.shadowRoot.getElementById(id);
      part("place").value = this.place;
      part("place").setAttribute("aria-valuetext", this.where());
      part("back").disabled = this.place === 0;
      part("on").disabled = this.place === this.last;
      part("picture").innerHTML = this.picture();
      part("says").textContent = this.sentence();
      part("numbers").innerHTML = this.table();
      part("sizes").textContent = this.backward ? this.sizes() : "";
      this.shadowRoot.querySelector("output").textContent =
        "Choose a number to see how it is made.";
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
        return `${where}: reads ${this.word(d.ids[t])}. Most likely next: ${
          this.word(best)}, with ${show(d.p[t][best])}. The target is ${
          this.word(d.targets[t])}, with ${show(d.p[t][d.targets[t]])}: a loss of ${
          show(d.losses[t])} nats.`;
      }
      const later = t + 1 === this.T ? "Nothing comes after it"
        : this.cut(t) ? "The piece ends here: what later steps say is cut off"
        : `From step ${t + 2} and later comes a gradient of length ${
          show(norm(run.later[t]))}`;
      return `${where}. From its own prediction h${t + 1} gets a gradient of length ${
        show(norm(d.own[t]))}. ${later}. Together: ${show(norm(run.dh[t]))}.`;
    }

    cut(t) { return t + 1 < this.T && (t + 1) % this.k === 0; }

    sizes() {
      const { run, t } = this;
      const list = NAMES.map((name) =>
        `d${name} ${show(run.sizes[name][t])}`).join(", ");
      const lost = this.k === this.T ? "" : ` In pieces of ${this.k}, what is missing at
        the end has this part of the whole length: ${NAMES.map((name) =>
        `d${name} ${(100 * run.lost[name]).toFixed(0)} %`).join(", ")}.`;
      return `Added up so far, lengths of the gradients: ${list}.${lost}`;
    }

    /* The rows of numbers of this step: name, values, heads of the columns. */
    rows() {
      const { d, t, run } = this;
      const s = t + 1;
      const units = d.a[t].map((_, k) => k);
      const rows = this.backward ? [
        [`dL/dz${s}`, d.dz[t], d.words], [`h${s}, own prediction`, d.own[t], units],
        [`h${s}, later steps`, run.later[t], units], [`dL/dh${s}`, run.dh[t], units],
        [`dL/da${s}`, run.da[t], units]] : [
        [`h${t}`, this.before, units], [`a${s}`, d.a[t], units],
        [`h${s}`, d.h[t], units], [`z${s}`, d.z[t], d.words],
        [`p${s}`, d.p[t], d.words]];
      return rows;
    }

    table() {
      let heads = null;
      return `<table role="grid" aria-label="Numbers of ${this.where()}"><tbody>${
        this.rows().map(([name, values, columns], row) => {
          const most = Math.max(...values.map(Math.abs));
          const top = columns === heads || columns.join() === heads?.join() ? ""
            : `<tr><td class="head"></td>${columns.map((column) =>
              `<th class="head" scope="col">${typeof column === "number"
                ? `[${column}]` : escaped(column)}</th>`).join("")}</tr>`;
          heads = columns;
          return `${top}<tr><th scope="row">${name}</th>${values.map((v, i) =>
            `<td role="gridcell" data-row="${row}" data-column="${i}" tabindex="${
              row + i ? -1 : 0}" style="background:${colour(v, most)}">${
              show(v)}</td>`).join("")}</tr>`;
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
      const cells = this.shadowRoot.querySelectorAll(`td[data-row="${row}"]`);
      cells[Math.min(column, cells.length - 1)]?.focus();
    }

    explain(cell) {
      if (!cell.dataset?.row) return;
      for (const other of this.shadowRoot.querySelectorAll("td[data-row]")) {
        other.tabIndex = other === cell ? 0 : -1;
      }
      this.shadowRoot.querySelector("output").textContent =
        this.reason(Number(cell.dataset.row), Number(cell.dataset.column));
    }

    /* How one number is made, with the numbers that make it. */
    reason(row, i) {
      const { d, t, run } = this;
      const s = t + 1;
      const word = this.word(i);
      if (this.backward) {
        const after = this.cut(t) ? "0: the piece ends here"
          : s === this.T ? "0: there is no later step"
          : `entry ${i} of Wh\u1d40 dL/da${s + 1}: ${show(run.later[t][i])}`;
        return [
          `dL/dz${s}[${word}] = p${s}[${word}]${i === d.targets[t]
            ? " \u2212 1, for the target," : ""} = ${show(d.p[t][i])}${
            i === d.targets[t] ? " \u2212 1" : ""} = ${show(d.dz[t][i])}`,
          `What h${s}[${i}] gets from its own prediction is entry ${i} of Wy\u1d40 dL/dz${
            s}: ${show(d.own[t][i])}`,
          `What h${s}[${i}] gets from later steps is ${after}`,
          `dL/dh${s}[${i}] = own + later = ${show(d.own[t][i])} + ${
            show(run.later[t][i])} = ${show(run.dh[t][i])}`,
          `dL/da${s}[${i}] = dL/dh${s}[${i}] \u00b7 (1 \u2212 h${s}[${i}]\u00b2) = ${
            show(run.dh[t][i])} \u00b7 ${show(1 - d.h[t][i] ** 2)} = ${
            show(run.da[t][i])}`][row];
      }
      return [
        t ? `h${t}[${i}] comes from step ${t}: ${show(this.before[i])}`
          : `h0[${i}] is the state before the first word: ${show(this.before[i])}`,
        `a${s}[${i}] = Wx[${i}][${this.word(d.ids[t])}] + (Wh h${t})[${i}] + bh[${
          i}] = ${show(d.from_word[t][i])} + ${show(d.from_past[t][i])} + ${
          show(d.bh[i])} = ${show(d.a[t][i])}`,
        `h${s}[${i}] = tanh(a${s}[${i}]) = tanh(${show(d.a[t][i])}) = ${
          show(d.h[t][i])}`,
        `z${s}[${word}] = (Wy h${s})[${word}] + by[${word}] = ${show(d.z[t][i])}`,
        `p${s}[${word}] = exp(z${s}[${word}]) / sum of all = ${show(d.p[t][i])}${
          i === d.targets[t] ? `; loss \u2212ln p = ${show(d.losses[t])}` : ""}`][row];
    }

    picture() {
      const { d, T, t, run } = this;
      const step = 110, width = step * (T + 1);
      const x = (s) => 55 + step * s;
      const most = run && Math.max(...run.dh.map(norm), ...run.later.map(norm));
      const arrow = (path, tip, faint, thick) =>
        `<g class="${faint ? "faint" : ""}" stroke-width="${thick}"><path d="${
          path}"/><path d="${tip}" fill="currentColor" stroke="none"/></g>`;
      const right = (a, y) => `M${a} ${y}l-9-5v10z`;
      const left = (a, y) => `M${a} ${y}l9-5v10z`;
      const up = (a, y) => `M${a} ${y}l-5 9h10z`;
      const down = (a, y) => `M${a} ${y}l-5-9h10z`;
      const text = (a, y, words) => `<text x="${a}" y="${y}" fill="currentColor"
        stroke="none">${escaped(words)}</text>`;
      let svg = `<svg viewBox="0 0 ${width} 200" aria-hidden="true" fill="none"
        stroke="currentColor" text-anchor="middle" font-size="15">`;
      for (let s = 0; s <= T; s++) {
        const now = s === t + 1;
        svg += `<rect class="${now ? "now" : ""}" x="${x(s) - 21}" y="78" width="42"
          height="42" rx="8" style="fill:${s ? colour(this.backward
            ? norm(run.dh[s - 1]) : norm(d.h[s - 1]),
            this.backward ? most : Math.sqrt(d.bh.length)) : "none"}"/>${
          text(x(s), 104, `h${s}`)}`;
        if (!s) continue;
        const done = this.backward ? s > t : s <= t + 1;
        svg += text(x(s), 176, this.word(d.ids[s - 1]))
          + text(x(s), 22, done || this.backward ? `L${s} ${
            show(d.losses[s - 1])}` : `L${s}`);
        if (this.backward) {
          const thick = (v) => (1 + 5 * norm(v) / most).toFixed(1);
          svg += arrow(`M${x(s)} 32V66`, down(x(s), 76), !done, thick(d.own[s - 1]));
          if (s < T) {
            svg += this.cut(s - 1) ? `<path d="M${x(s) + 55} 70v58" stroke-dasharray="5 4"
              stroke-width="2"/>` : arrow(`M${x(s + 1) - 24} 99H${x(s) + 34}`,
              left(x(s) + 24, 99), s <= t, thick(run.later[s - 1]));
          }
        } else {
          svg += arrow(`M${x(s - 1) + 22} 99H${x(s) - 32}`, right(x(s) - 23, 99),
                       !done, 1.5)
            + arrow(`M${x(s)} 158V132`, up(x(s), 122), !done, 1.5)
            + arrow(`M${x(s)} 77V40`, up(x(s), 30), !done, 1.5);
        }
      }
      return `${svg}</svg>`;
    }
  }

  customElements.define("rnn-explorer", Explorer);
})();

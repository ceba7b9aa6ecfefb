/* <rnn-explorer>: a network during the forward and the backward pass.

   Everything that it shows is in its JSON, made by rnn_src/explorer, or is a
   sum of products of that. No library, no network, no build step: page.py puts
   the other files in front, and the colours of plus and minus into the style of
   the element. */
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
    const whole = first || this.k === this.T, place = this.place;
    if (first || back !== this.backward) delete this.chosen;
    this.d = data;
    this.T = data.ids.length;
    this.last = (data.runs.length ? 2 : 1) * this.T - 1;
    this.place = back ? 2 * this.T - 1 - t : t;  // 0 to T - 1 forwards, then backwards
    if (whole || !data.runs.some(({ k }) => k === this.k)) this.k = this.T;
    if (first || !data.names.includes(this.gradient)) this.gradient = "";
    if (first) build(this);
    this.speak("off");    // what a page feeds is not read aloud, what a reader does is
    fill(this);
    this.draw();
    if (place !== this.place) this.follow();
  }

  part(id) { return this.shadowRoot.getElementById(id); }
  get backward() { return this.place >= this.T; }
  get t() { return this.backward ? 2 * this.T - 1 - this.place : this.place; }
  get run() { return this.d.runs.find((run) => run.k === this.k); }
  get room() { return this.part("picture").clientWidth || 690; }
  get cut() { return this.t + 1 < this.T && (this.t + 1) % this.k === 0; }

  go(place) { this.set({ place: Math.max(0, Math.min(this.last, place)) }); }
  speak(live) {
    for (const one of this.shadowRoot.querySelectorAll("[aria-live]")) one.ariaLive = live;
  }
  choose(chosen) {
    this.speak("polite");
    this.chosen = chosen;
    mark(this);
  }

  /* In another step the number at the same place is the chosen one; of another pass, or
     of another gradient, none is. */
  set(values) {
    const { backward, gradient, place } = this;
    Object.assign(this, values);
    this.speak("polite");
    if (backward !== this.backward || gradient !== this.gradient) delete this.chosen;
    this.draw();
    if (place !== this.place) this.follow();
  }

  /* The step in question comes into sight. */
  follow() {
    const wide = this.part("picture");
    wide.scrollLeft = wide.scrollWidth * (this.t + 1.5) / (this.T + 1) - wide.clientWidth / 2;
  }

  draw() {
    const { t, backward, gradient } = this;
    this.v = (this.d.c ? gated : plain)(this);
    this.grids = { numbers: this.v[backward ? "backward" : "forward"](t + 1),
                   entries: backward && gradient ? gradientRows(this, gradient) : [] };
    this.part("place").value = this.place;
    this.part("place").setAttribute("aria-valuetext", where(this));
    this.part("back").disabled = this.place === 0;
    this.part("on").disabled = this.place === this.last;
    this.shadowRoot.querySelectorAll(".ways span").forEach((way, i) =>
      way.classList.toggle("now", backward === (i === 1)));
    this.part("k").parentNode.hidden = !backward || this.d.runs.length < 2;
    this.part("picture").innerHTML = picture(this);
    this.part("says").innerHTML = sentence(this);
    this.part("legend").textContent = legend(this);
    this.drawTables();
    this.shadowRoot.querySelectorAll(".wide").forEach(fade);
  }

  drawTables() {
    const focused = this.shadowRoot.activeElement?.dataset.row;
    for (const [id, rows] of Object.entries(this.grids)) {
      this.part(id).innerHTML = rows.length ? grid(rows, `Numbers of ${where(this)}`) : "";
    }
    this.part("sums").hidden = !this.backward;
    this.part("lengths").tBodies[0].innerHTML = this.backward ? lengths(this) : "";
    for (const button of this.part("lengths").querySelectorAll("button")) {
      button.setAttribute("aria-pressed", button.dataset.gradient === this.gradient);
    }
    mark(this);
    if (focused && this.chosen) cellAt(this, this.chosen)?.focus({ preventScroll: true });
  }
}

customElements.define("rnn-explorer", Explorer);

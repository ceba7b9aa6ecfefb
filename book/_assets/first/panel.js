/* The first page: a network learns the reader's own sentence, here and now.

   The explorer below the panel shows the same network. Numbers come from network.js,
   words from sentence.js. This runs while the page is read, so that nothing moves later. */
(() => {
  const SPEED = 50, MOST = 200; // updates a second, and in all
  const WIDE = 330, HIGH = 180, TOP = 24, LOW = 172, SIDE = 8; // the drawing of the loss
  const box = document.querySelector(".own-sentence");
  box.innerHTML = `<form>
    <label for="own-text">Your sentence</label>
    <input id="own-text" dir="auto" autocomplete="off" autocapitalize="none"
      spellcheck="false" enterkeyhint="go" aria-describedby="own-about">
    <button>Train</button>
    <p id="own-about" role="status"></p>
    </form>
    <div class="own-seen"><div class="own-wide" role="region" tabindex="0"
    aria-label="What the network says"><table><thead><tr><th scope="col">reads</th>
    <th scope="col">should say</th><th scope="col">says</th>
    <th scope="col">chance of the right word</th></tr></thead><tbody></tbody></table></div>
    <div class="own-cost"><p>How wrong it is: a loss of <b></b> nats</p>
    <svg viewBox="0 0 ${WIDE} ${HIGH}" role="img"></svg>
    <label><input type="range" min="0" max="${MOST}" value="0"><span>Updates</span>
    <b></b></label>
    </div></div>
    <p class="own-said" role="status"></p>`;
  const [form, text, button, about, body, loss, svg, slider, updates, said] = ["form",
    "#own-text", "button", "#own-about", "tbody", ".own-cost p b", "svg", "[type=range]",
    "label b", ".own-said"].map((name) => box.querySelector(name));
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let sentence, networks, losses, timer = 0;

  /* A new sentence, a new network; or a word on why not. */
  const read = () => {
    const found = ownSentence.read(text.value);
    stop();
    if (!found.refused) begin(found);
    about.textContent = found.refused ?? `${found.ids.length + 1} words, ${
      found.words.length} of them different. The network has ${
      Object.values(networks[0]).flat(2).length} numbers to train.`;
    text.setAttribute("aria-invalid", Boolean(found.refused));
    button.disabled = slider.disabled = Boolean(found.refused);
  };

  const begin = (found) => {
    sentence = found;
    networks = [ownNetwork.start(found.words.length)];
    losses = [];
    show(0);
  };

  /* The network after n updates. Those that are missing are made now. */
  const show = (n) => {
    const { words, ids, targets } = sentence;
    while (networks.length <= n) {
      networks.push(ownNetwork.update(networks.at(-1), ids, targets));
    }
    for (const one of networks.slice(losses.length)) {
      losses.push(ownNetwork.forward(one, ids, targets).losses
        .reduce((sum, share) => sum + share));
    }
    const seen = ownNetwork.look(networks[n], ids, targets, words);
    const answers = seen.p.map((p) => p.indexOf(Math.max(...p)));
    slider.value = n;
    slider.setAttribute("aria-valuetext", `${n} updates, loss ${losses[n].toFixed(2)}`);
    updates.textContent = n;
    loss.textContent = losses[n].toFixed(2);
    body.style.setProperty("--letters", Math.max(...words.map((word) => word.length)));
    body.replaceChildren(...rows(seen, answers));
    draw(n);
    said.textContent = verdict(n, answers);
    document.querySelector("rnn-explorer")?.show?.(seen);
  };

  const rows = ({ words, ids, targets, p }, answers) => ids.map((id, t) => {
    const row = document.createElement("tr"), right = answers[t] === targets[t];
    const says = words[answers[t]] + (right ? " ✓" : "");
    for (const word of [words[id], words[targets[t]], says]) {
      row.insertCell().textContent = word;
    }
    row.className = right ? "right" : "";
    const chance = row.insertCell();
    chance.textContent = p[t][targets[t]].toFixed(2);
    chance.style.setProperty("--part", p[t][targets[t]].toFixed(3));
    return row;
  });

  const verdict = (n, answers) => {
    const { targets, floor } = sentence, all = targets.length;
    const right = targets.filter((target, t) => target === answers[t]).length;
    const memory = floor ? losses[n] < floor
      ? "No machine without memory gets this low: it remembers what came before." : ""
      : "No word here is followed by two different ones, so this takes no memory. " +
        "Repeat a word to ask for more.";
    if (right === all) return `All ${all} right. ${memory}`;
    return `${right} of ${all} right${n === MOST
      ? `, after ${n} updates. This one needs a longer training.` : "."}`;
  };

  /* The loss so far, and what it costs to know nothing, or to remember nothing. */
  const draw = (n) => {
    const { even, floor } = sentence, most = Math.max(even, ...losses);
    const x = (update) => SIDE + update * (WIDE - 2 * SIDE) / MOST;
    const y = (value) => LOW - (LOW - TOP) * value / most;
    const guess = `even guess: ${sentence.ids.length} ln ${sentence.words.length} =`;
    const line = (value, name, words) => `<path class="${name}" d="M0 ${y(value)}H${
      WIDE}"/><text x="${WIDE}" y="${y(value) - 6}">${words} ${value.toFixed(2)}</text>`;
    svg.innerHTML = `<path d="M0 ${LOW}H${WIDE}"/>${line(even, "even", guess)}${
      floor ? line(floor, "floor", "without memory, at best") : ""}<polyline points="${
      losses.map((value, update) => `${x(update)},${y(value).toFixed(1)}`).join(" ")}"/>
      <circle cx="${x(n)}" cy="${y(losses[n])}" r="5"/>`;
    svg.setAttribute("aria-label", `The loss after each update, from ${
      losses[0].toFixed(2)} to ${losses.at(-1).toFixed(2)}. An even guess costs ${
      even.toFixed(2)}${floor ? `; without memory it is ${floor.toFixed(2)} at best` : ""}.`);
  };

  /* A screen reader waits with what changes in the explorer. */
  const busy = (is) => document.querySelector("rnn-explorer")?.setAttribute("aria-busy", is);

  const stop = () => {
    cancelAnimationFrame(timer);
    timer = 0;
    button.textContent = "Train";
    busy(false);
  };

  const train = () => {
    if (timer) return stop();
    if (matchMedia("(pointer: coarse)").matches) text.blur(); // the keyboard goes away
    box.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
    if (still.matches) return show(MOST);
    const first = Number(slider.value) % MOST, began = performance.now();
    const step = (now) => {
      const n = Math.min(MOST, first + Math.max(0, Math.floor((now - began) * SPEED / 1000)));
      show(n);
      if (n === MOST) stop();
      else timer = requestAnimationFrame(step);
    };
    button.textContent = "Stop";
    busy(true);
    timer = requestAnimationFrame(step);
  };

  form.onsubmit = (event) => { event.preventDefault(); train(); };
  text.oninput = read;
  slider.oninput = () => { stop(); show(Number(slider.value)); };
  text.value = box.dataset.sentence;
  read();
  // The explorer comes later on the page, after its training.
  document.addEventListener("DOMContentLoaded", () => show(0));
})();

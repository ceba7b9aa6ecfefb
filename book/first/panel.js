/* The first page: a network learns the reader's own sentence, here and now.

   The explorer below the panel shows the same network. Numbers come from network.js,
   words from sentence.js, the curve from curve.js. This runs while the page is read, so
   that nothing moves later. */
(() => {
  const SPEED = 50, MOST = 200; // updates a second, and in all
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
    <svg viewBox="${ownCurve.BOX}" role="img"></svg>
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
    about.textContent = found.refused ?? described(found);
    text.setAttribute("aria-invalid", Boolean(found.refused));
    button.disabled = slider.disabled = Boolean(found.refused);
  };

  const described = ({ words: { length: V }, ids }) => {
    const many = ids.length + 1, different = V === many ? "all" : `${V} of them`;
    return `${many} words, ${different} different. The network has ${
      Object.values(networks[0]).flat(2).length} numbers to train.`;
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
    ownCurve.draw(svg, sentence, losses, n, MOST);
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
      ? "No machine without memory gets this low: this one remembers what came before." : ""
      : "No word here is followed by two different ones, so this takes no memory. " +
        "Repeat a word to ask for more.";
    if (right === all) return `All ${all} right. ${memory}`;
    return `${right} of ${all} right${n === MOST
      ? `, after ${n} updates. This one needs a longer training.` : "."}`;
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

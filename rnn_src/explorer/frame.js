/* What stays of <rnn-explorer> whatever numbers it shows: what can be set, and places. */
const FRAME = `<style>${STYLE}</style>
  <fieldset><legend>Explorer</legend>
  <div class="bar">
    <button id="back">\u25c0 Back</button>
    <input type="range" id="place" min="0">
    <button id="on">On \u25b6</button>
    <div class="ways" aria-hidden="true"><span>forward</span><span>backward</span></div>
  </div>
  <label class="pieces">Gradient in pieces of <select id="k"></select></label>
  <div class="wide" id="picture" tabindex="0" role="group"
       aria-label="The unrolled network"></div>
  <p id="says" aria-live="polite"></p>
  <div class="wide" id="numbers"></div>
  <div class="answer"><output aria-live="polite"></output>
  <div class="wide" id="more"></div></div>
  <div id="sums"><p id="added">The gradients, added up over the steps so far. Choose one to
  see its entries.</p>
  <div class="wide"><table id="lengths" aria-labelledby="added"><thead></thead><tbody></tbody>
  </table></div>
  <div class="wide" id="entries"></div></div>
  <p id="legend"></p></fieldset>`;
const options = (entries) => entries.map(([value, text]) =>
  `<option value="${value}">${text}</option>`).join("");

/* Once: what is heard. */
const build = (one) => {
  one.attachShadow({ mode: "open" }).innerHTML = FRAME;
  const go = (by) => () => one.go(one.place + by);
  one.part("back").onclick = go(-1);
  one.part("on").onclick = go(1);
  one.part("place").oninput = ({ target }) => one.go(Number(target.value));
  one.part("k").onchange = ({ target }) => one.set({ k: Number(target.value) });
  one.part("lengths").onclick = ({ target }) => {
    const name = target.closest("button")?.dataset.gradient;
    if (name) one.set({ gradient: name === one.gradient ? "" : name });
  };
  for (const id of ["numbers", "entries"]) {
    one.part(id).addEventListener("focusin", ({ target: { dataset } }) => {
      const chosen = [id, dataset.row, dataset.column];
      if (dataset.row && chosen.join() !== one.chosen?.join()) one.choose(chosen);
    });
    one.part(id).onkeydown = walk;
  }
  const wide = one.shadowRoot.querySelectorAll(".wide");
  for (const box of wide) box.onscroll = () => fade(box);
  let room;
  new ResizeObserver(() => {    // the picture takes the room that there is
    if (room !== one.room) one.draw();
    room = one.room;
  }).observe(one.part("picture"));
};

const fade = (box) => {
  box.classList.toggle("gone", box.scrollLeft > 2);
  box.classList.toggle("on", box.scrollLeft + box.clientWidth < box.scrollWidth - 2);
};

/* For other numbers: what can be set depends on them. */
const fill = (one) => {
  const { runs, names } = one.d, back = runs.length > 0;
  one.part("place").max = one.last;
  one.part("place").setAttribute("aria-label",
                                 back ? "Step, forward and then backward" : "Step");
  one.shadowRoot.querySelector(".ways").hidden = !back;
  one.part("k").innerHTML = options(runs.map(({ k }) =>
    [k, k === one.T ? `${k} (all steps)` : k]));
  one.part("k").value = one.k;
  one.part("lengths").tHead.innerHTML = `<tr><td class="head"></td>${lengthHeads(names)}</tr>`;
};

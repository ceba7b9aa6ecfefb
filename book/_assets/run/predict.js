/* "Predict": what the next cell shows is covered until the reader looks, where the
   reader has chosen so: one switch for the book. */
(() => {
  const KEPT = "rnn-by-hand:predict";
  const all = document.querySelector("#predict-switch");

  const cover = (output) => {
    const look = document.createElement("button");
    Object.assign(look, { type: "button", className: "run-look", textContent: "Look" });
    look.onclick = () => uncover(output);
    output.classList.add("run-covered");
    output.before(look);
  };
  const uncover = (output) => {
    output.classList.remove("run-covered");
    output.parentNode.querySelector(":scope > .run-look")?.remove();
  };
  const turn = () => {
    for (const output of document.querySelectorAll(".predicted > .cell_output"))
      (all.checked ? cover : uncover)(output);
  };

  if (!all) return;
  try { all.checked = localStorage.getItem(KEPT) === "on"; } catch { /* stays off */ }
  if (all.checked) turn();
  all.onchange = () => {
    turn();
    try { localStorage.setItem(KEPT, all.checked ? "on" : "off"); } catch { /* so be it */ }
  };
})();

/* All of running that a page has before the first click: buttons. */
(() => {
  const here = document.currentScript.src;
  const kept = (key) => {
    try { return localStorage.getItem(`rnn-by-hand:${key}`); } catch { return null; }
  };
  const button = (textContent, place, act) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "run-start", textContent });
    made.onclick = () => act(made);
    place.append(made);
  };
  const open = async (made, box, module) => {
    if (location.protocol === "file:") {
      made.outerHTML = '<span role="alert" class="run-status">A page opened from a file ' +
        "cannot run code. In its folder run <code>python3 -m http.server</code>, then open " +
        "<code>http://localhost:8000</code>.</span>";
      return;
    }
    made.disabled = true;
    try {
      await (await import(new URL(module, here))).open(box);
    } catch (error) {
      made.textContent = `This did not work: ${error.message}`;
    }
    made.disabled = false;
  };

  for (const box of document.querySelectorAll('div.cell[class*=" run-"]')) {
    const [, name] = box.className.match(/ solve-(\S+)/) ?? [];
    const text = !name ? "Run" : kept(`answer:${name}`) ? "Go on with your answer"
      : "Solve it here";
    button(text, box.querySelector(".cell_input"), (made) => open(made, box, "page.js"));
    if (name && kept(`solved:${name}`)) box.classList.add("run-solved");
  }

  if (document.querySelector("#run-progress") && location.protocol !== "file:")
    import(new URL("list.js", here));
  for (const box of document.querySelectorAll(".run-play"))
    button(box.dataset.label, box, (made) =>
      open(made, box, "play.js").then(() => made.remove()));
})();

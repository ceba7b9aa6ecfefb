/* On the list of exercises: what is solved, where to go on, and all of it as a file. */
import { button, make } from "./dom.js";
import * as memory from "./memory.js";

const place = document.querySelector("#run-progress");
const links = new Map([...document.querySelectorAll('td > a[href*="#ex-"]')].map(
  (link) => [link.hash.replace("#ex-", ""), link]));
const said = make("span", { role: "status" });
const file = make("input", { type: "file", accept: ".json", hidden: true });

function show() {
  const solved = memory.solved().filter((name) => links.has(name));
  for (const name of solved) links.get(name).parentNode.classList.add("run-solved");
  const parts = [`${solved.length} of ${links.size} solved in this browser. `];
  const link = links.get(memory.latest());
  if (link) parts.push(make("a", { href: link.href },
    `Go on where you were: ${link.parentNode.textContent}`));
  place.replaceChildren(make("p", {}, ...parts), make("p", { className: "run-bar" },
    button("Save to a file", save), button("Read a file", () => file.click()), file, said));
}

function save() {
  const url = URL.createObjectURL(new Blob([memory.asFile()], { type: "application/json" }));
  make("a", { href: url, download: "progress.json" }).click();
  URL.revokeObjectURL(url);
}

file.addEventListener("change", async () => {
  if (!file.files.length) return;
  said.textContent = memory.fromFile(await file.files[0].text());
  file.value = "";
  show();
});
show();

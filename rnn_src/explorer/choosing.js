/* A chosen number of <rnn-explorer>: it is framed, and what it is made of is lit. */
const MOVES = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0],
                ArrowUp: [-1, 0] };

const cellAt = (one, [id, number, i]) => one.part(id).querySelector(
  `td[data-row="${number}"][data-column="${i}"]`);

/* The arrow keys go from number to number. */
const walk = (event) => {
  const cell = event.target, move = MOVES[event.key];
  if (!move || !cell.dataset.row) return;
  event.preventDefault();
  const number = Number(cell.dataset.row) + move[0];
  const i = Number(cell.dataset.column) + move[1];
  const cells = event.currentTarget.querySelectorAll(`td[data-row="${number}"]`);
  cells[Math.min(i, cells.length - 1)]?.focus();
};

/* Frame the chosen number, light what it is made of, and say how. */
const mark = (one) => {
  const cell = one.chosen && cellAt(one, one.chosen);
  for (const old of one.shadowRoot.querySelectorAll(".chosen, .lit")) {
    if (old.classList.contains("chosen")) old.setAttribute("aria-selected", false);
    old.classList.remove("chosen", "lit");
  }
  if (!cell) return answer(one, { text: ASK, of: [] });
  for (const other of one.part(one.chosen[0]).querySelectorAll("td[data-row]")) {
    other.tabIndex = other === cell ? 0 : -1;
  }
  cell.classList.add("chosen");
  cell.setAttribute("aria-selected", true);
  const [id, number, i] = one.chosen, box = one.shadowRoot.querySelector(".answer");
  if (one.part(id).nextElementSibling !== box) one.part(id).after(box);
  answer(one, one.grids[id][number].made(Number(i)));
};

const answer = (one, { text, of, more }) => {
  const output = one.shadowRoot.querySelector("output");
  if (output.innerHTML !== text) output.innerHTML = text;
  const rows = one.grids.numbers, places = ([{ values }, some]) => some ?? range(values.length);
  const number = ([{ id }]) => rows.findIndex((row) => row.id === id);
  for (const operand of of) {
    for (const i of places(operand)) {
      cellAt(one, ["numbers", number(operand), i])?.classList.add("lit");
    }
    const home = operand[0].home;
    if (home) one.part("picture").querySelector(`[data-at="${home}"]`)?.classList.add("lit");
  }
  const rest = more ? [] : of.filter((operand) => number(operand) < 0);
  const single = rest.filter(([{ values }, some]) => some || values.length === 1);
  const lines = more ?? rest.filter((operand) => !single.includes(operand)).map(([row]) => row);
  one.part("more").innerHTML = single.flatMap((operand) =>
    places(operand).map((i) => singly(operand[0], i))).join("")
    + (lines.length ? others(lines, "Also made of") : "");
  fade(one.part("more"));
};

/* The tables of <rnn-explorer>. */
const headText = (head) => typeof head === "number" ? `[${head}]` : head;

/* Rows of numbers. A row of heads comes first, and wherever the heads change. */
const table = (rows, attributes, cell) => {
  let heads = null;
  return `<table ${attributes}><tbody>${rows.map((one, number) => {
    const top = one.heads.join() === heads?.join() ? ""
      : `<tr><td class="head"></td>${one.heads.map((head) =>
        `<th class="head" scope="col">${headText(head)}</th>`).join("")}</tr>`;
    heads = one.heads;
    return `${top}<tr><th scope="row">${one.name}</th>${one.values.map((v, i) =>
      cell(one, number, v, i)).join("")}</tr>`;
  }).join("")}</tbody></table>`;
};

const tint = (one, v) => `--tint:${colour(v, Math.max(...one.values.map(Math.abs)))}`;

/* Numbers to choose from. */
const grid = (rows, name) => table(rows, `role="grid" aria-label="${name}"`,
  (one, number, v, i) => `<td role="gridcell" aria-selected="false" data-row="${
    number}" data-column="${i}" tabindex="${number + i ? -1 : 0}" style="${
    tint(one, v)}">${show(v)}</td>`);

/* What a number is made of and is not among those to choose from: all of it is lit. */
const others = (rows, name) => table(rows, `aria-label="${name}"`, (one, _, v) =>
  `<td class="lit" style="${tint(one, v)}">${show(v)}</td>`);
const singly = (one, i) => `<span class="single">${at(one, i)} <b class="lit">${
  show(one.values[i])}</b></span>`;

/* The length of each gradient so far, and what pieces miss of it. The heads choose one. */
const lengthHeads = (names) => names.map((name) => `<th scope="col"><button
  data-gradient="${name}" aria-pressed="false">dL/d${parameter(name)}</button></th>`).join("");
const lengths = ({ d, run, t, k, T }) => {
  const line = (name, text) => `<tr><th scope="row">${name}</th>${d.names.map((one) =>
    `<td>${text(one)}</td>`).join("")}</tr>`;
  return line("length so far", (name) => show(run.sizes[name][t])) + (k === T ? ""
    : line(`in pieces of ${k}, missing at the end`,
           (name) => `${(100 * run.lost[name]).toFixed(0)} %`));
};

/* What <rnn-explorer> shows at a step: rows of numbers, and how each is made.

   A row has a name, values, the heads of its columns, and `why`, a function
   from a column to a sentence. */
const MINUS = "\u2212", DOT = " \u00b7 ";

const show = (v) => {
  const size = Math.abs(v);
  if (size < 1e-15) return "0.000";
  const text = size < 0.001 || size >= 1e6 ? v.toExponential(1) : v.toFixed(3);
  return text.replaceAll("-", MINUS);
};
const inBrackets = (v) => v < 0 ? `(${show(v)})` : show(v);
const signed = (v, first) => v < 0 ? (first ? MINUS : ` ${MINUS} `)
  : first ? "" : " + ";
const sum = (values) => values.map((v, j) =>
  signed(v, !j) + show(Math.abs(v))).join("");
const products = (u, v) => u.map((x, j) =>
  signed(x, !j) + show(Math.abs(x)) + DOT + inBrackets(v[j])).join("");
const norm = (v) => Math.hypot(...v.flat());
const column = (matrix, j) => matrix.map((row) => row[j]);
const range = (n) => [...Array(n).keys()];

/* " = 0.1 · 0.2 + …": the products of a sum, if the weights are there; a large
   network comes without. */
const written = (weights, vector) =>
  weights ? ` = ${products(weights, vector)}` : "";

/* The rows of step t in the forward pass. */
const forwardRows = ({ d, t, before }) => {
  const s = t + 1, units = range(d.bh.length);
  const word = (i) => d.words[i];
  const exps = d.z[t].map(Math.exp), total = exps.reduce((x, y) => x + y);
  return [
    { name: `h${t}`, values: before, heads: units, why: (i) => t
      ? `h${t}[${i}] comes from step ${t}: ${show(before[i])}`
      : `h0[${i}] is what the network starts from: ${show(before[i])}` },
    { name: `a${s}`, values: d.a[t], heads: units, why: (i) =>
      `a${s}[${i}] = Wx[${i}][${word(d.ids[t])}] + (Wh h${t})[${i}] + bh[${i}] = ${
        sum([d.from_word[t][i], d.from_past[t][i], d.bh[i]])} = ${show(d.a[t][i])}${
        d.Wh ? `. Here (Wh h${t})[${i}]${written(d.Wh[i], before)} = ${
          show(d.from_past[t][i])}` : ""}` },
    { name: `h${s}`, values: d.h[t], heads: units, why: (i) =>
      `h${s}[${i}] = tanh(a${s}[${i}]) = tanh(${show(d.a[t][i])}) = ${
        show(d.h[t][i])}` },
    { name: `z${s}`, values: d.z[t], heads: d.words, why: (i) =>
      `z${s}[${word(i)}] = (Wy h${s})[${word(i)}] + by[${word(i)}]${d.Wy
        ? `${written(d.Wy[i], d.h[t])}${signed(d.by[i])}${
          show(Math.abs(d.by[i]))}` : ""} = ${show(d.z[t][i])}` },
    { name: `p${s}`, values: d.p[t], heads: d.words, why: (i) =>
      `p${s}[${word(i)}] = exp(z${s}[${word(i)}]) / sum of exp(z${s})${
        Number.isFinite(total) ? ` = ${show(exps[i])} / ${show(total)}` : ""} = ${
        show(d.p[t][i])}${i === d.targets[t]
        ? `. It is the target: loss = ${MINUS}ln p = ${show(d.losses[t])}` : ""}` },
  ];
};

/* The rows of step t in the backward pass. */
const backwardRows = ({ d, t, run, T, cut }) => {
  const s = t + 1, units = range(d.bh.length);
  const word = (i) => d.words[i];
  const back = (matrix, i, values) =>
    matrix ? written(column(matrix, i), values) : "";
  const rows = [
    { name: `dL/dz${s}`, values: d.dz[t], heads: d.words, why: (i) =>
      `dL/dz${s}[${word(i)}] = p${s}[${word(i)}] ${MINUS} ${i === d.targets[t]
        ? "1, since it is the target" : "0, since it is not the target"}: ${
        show(d.p[t][i])} ${MINUS} ${i === d.targets[t] ? 1 : 0} = ${
        show(d.dz[t][i])}` },
    { name: `h${s}, own prediction`, values: d.own[t], heads: units, why: (i) =>
      `What h${s}[${i}] gets from its own prediction: column ${i} of Wy times dL/dz${
        s}${back(d.Wy, i, d.dz[t])} = ${show(d.own[t][i])}` },
    { name: `h${s}, later steps`, values: run.later[t], heads: units, why: (i) =>
      `What h${s}[${i}] gets from later steps${cut ? ": 0, the piece ends here"
        : s === T ? ": 0, there is no later step" : `: column ${i} of Wh times dL/da${
          s + 1}${back(d.Wh, i, run.da[s])} = ${show(run.later[t][i])}`}` },
    { name: `dL/dh${s}`, values: run.dh[t], heads: units, why: (i) =>
      `dL/dh${s}[${i}] = own prediction + later steps = ${
        sum([d.own[t][i], run.later[t][i]])} = ${show(run.dh[t][i])}` },
    { name: `dL/da${s}`, values: run.da[t], heads: units, why: (i) =>
      `dL/da${s}[${i}] = dL/dh${s}[${i}]${DOT}(1 ${MINUS} h${s}[${i}]\u00b2) = ${
        show(run.dh[t][i])}${DOT}${show(1 - d.h[t][i] ** 2)} = ${
        show(run.da[t][i])}` },
  ];
  return t ? rows : [...rows,
    { name: "dL/dh0", values: run.dh0, heads: units, why: (i) =>
      `dL/dh0[${i}]: column ${i} of Wh times dL/da1${
        back(d.Wh, i, run.da[0])} = ${show(run.dh0[i])}` }];
};

/* A gradient when the backward pass has reached step t: rows, each entry a sum
   over the steps that are done. */
const gradientRows = ({ d, t, run, T }, name) => {
  const steps = range(T).filter((s) => s >= t).reverse();
  const units = range(d.bh.length);
  const before = (s) => s ? d.h[s - 1] : d.h0;
  const one = () => [1];
  // For each parameter: what its rows and its columns belong to.
  const [left, right, rows, heads, from, to] = {
    Wx: [(s) => run.da[s], (s) => d.words.map((_, v) => Number(v === d.ids[s])),
         units, d.words, "da", (s, j) => `x${s + 1}[${d.words[j]}]`],
    Wh: [(s) => run.da[s], before, units, units, "da", (s, j) => `h${s}[${j}]`],
    Wy: [(s) => d.dz[s], (s) => d.h[s], d.words, units, "dz",
         (s, j) => `h${s + 1}[${j}]`],
    bh: [(s) => run.da[s], one, units, [""], "da", () => ""],
    by: [(s) => d.dz[s], one, d.words, [""], "dz", () => ""],
  }[name];
  return rows.map((row, i) => ({
    name: `d${name}[${row}]`, heads,
    values: heads.map((_, j) => steps.reduce(
      (all, s) => all + left(s)[i] * right(s)[j], 0)),
    why: (j) => {
      const place = name[0] === "b" ? `[${row}]` : `[${row}][${heads[j]}]`;
      const names = steps.map((s) => [`${from}${s + 1}[${row}]`, to(s, j)]
        .filter(Boolean).join(DOT)).join(" + ");
      const values = name[0] === "b" ? sum(steps.map((s) => left(s)[i]))
        : products(steps.map((s) => left(s)[i]), steps.map((s) => right(s)[j]));
      const total = steps.reduce((all, s) => all + left(s)[i] * right(s)[j], 0);
      return `d${name}${place} so far = ${names} = ${values} = ${show(total)}`;
    },
  }));
};

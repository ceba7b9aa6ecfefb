/* What <rnn-explorer> shows of an LSTM: rows of numbers, and the cell's own path. */
const HALVES = { i: 0, f: 1, g: 2, o: 3 };    // where each is in a

/* The rows of step t in the forward pass. */
const gatedForwardRows = ({ d, t, before }) => {
  const s = t + 1, units = range(d.h0.length), cell = t ? d.c[t - 1] : d.c0;
  const gate = (name) => ({ name: `${name}${s}`, values: d[name][t], heads: units,
    why: (k) => `${name}${s}[${k}] = ${name === "g" ? "tanh" : "\u03c3"}(${
      show(d.a[t][HALVES[name] * units.length + k])}), of what ${d.words[d.ids[t]]}
      and h${t} add up to, = ${show(d[name][t][k])}` });
  return [
    { name: `h${t}`, values: before, heads: units, why: (k) =>
      `h${t}[${k}] comes from step ${t}: ${show(before[k])}` },
    { name: `c${t}`, values: cell, heads: units, why: (k) =>
      `c${t}[${k}] comes from step ${t}: ${show(cell[k])}` },
    ...["f", "i", "g"].map(gate),
    { name: `c${s}`, values: d.c[t], heads: units, why: (k) =>
      `c${s}[${k}] = f${DOT}c${t} + i${DOT}g = ${products(
        [d.f[t][k], d.i[t][k]], [cell[k], d.g[t][k]])} = ${show(d.c[t][k])}` },
    gate("o"),
    { name: `h${s}`, values: d.h[t], heads: units, why: (k) =>
      `h${s}[${k}] = o${DOT}tanh(c${s}) = ${show(d.o[t][k])}${DOT}tanh(${
        show(d.c[t][k])}) = ${show(d.h[t][k])}` },
    { name: `p${s}`, values: d.p[t], heads: d.words, why: (l) =>
      `p${s}[${d.words[l]}] is the softmax of z${s}: ${show(d.p[t][l])}${
        l === d.targets[t] ? `. It is the target: loss = ${MINUS}ln p = ${
          show(d.losses[t])}` : ""}` },
  ];
};

/* The rows of step t in the backward pass. */
const gatedBackwardRows = ({ d, t, run, T }) => {
  const s = t + 1, units = range(d.h0.length), cell = t ? d.c[t - 1] : d.c0;
  const row = (name, values, why) => ({ name, values, heads: units, why });
  const total = (name, first, second, values) => row(`dL/d${name}${s}`, values,
    (k) => `dL/d${name}${s}[${k}], both paths: ${sum([first[k], second[k]])} = ${
      show(values[k])}`);
  const times = (name, by, u, called, v) => row(`dL/d${name}${s}`, run[`d${name}`][t],
    (k) => `dL/d${name}${s}[${k}] = dL/d${by}${s}${DOT}${called} = ${
      products([u[k]], [v[k]])} = ${show(run[`d${name}`][t][k])}`);
  const tanh = d.c[t].map(Math.tanh);
  const rows = [
    row(`h${s}, own prediction`, d.own[t], (k) => `What h${s}[${k}] gets from its own
      prediction: column ${k} of Wy times dL/dz${s}: ${show(d.own[t][k])}`),
    row(`h${s}, later steps`, run.later[t], (k) => `What h${s}[${k}] gets from later
      steps${s === T ? ": 0, there is no later step" : `: column ${k} of Wh times
      dL/da${s + 1}, all four gates: ${show(run.later[t][k])}`}`),
    total("h", d.own[t], run.later[t], run.dh[t]),
    row(`c${s}, through h${s}`, run.from_h[t], (k) => `What c${s}[${k}] gets through h${
      s}: dL/dh${s}${DOT}o${DOT}(1 ${MINUS} tanh(c${s})\u00b2) = ${show(run.dh[t][k])}${
      DOT}${show(d.o[t][k])}${DOT}${show(1 - tanh[k] ** 2)} = ${
      show(run.from_h[t][k])}`),
    row(`c${s}, next cell`, run.later_c[t], (k) => `What c${s}[${k}] gets from the next
      cell${s === T ? ": 0, there is no later step" : `: dL/dc${s + 1}${DOT}f${s + 1} = ${
      products([run.dc[s][k]], [d.f[s][k]])} = ${show(run.later_c[t][k])}`}`),
    total("c", run.from_h[t], run.later_c[t], run.dc[t]),
    times("f", "c", run.dc[t], `c${t}`, cell),
    times("i", "c", run.dc[t], `g${s}`, d.g[t]),
    times("g", "c", run.dc[t], `i${s}`, d.i[t]),
    times("o", "h", run.dh[t], `tanh(c${s})`, tanh),
  ];
  return t ? rows : [...rows,
    row("dL/dh0", run.dh0, (k) => `dL/dh0[${k}]: column ${k} of Wh times dL/da1: ${
      show(run.dh0[k])}`),
    row("dL/dc0", run.dc0, (k) => `dL/dc0[${k}] = dL/dc1${DOT}f1 = ${
      products([run.dc[0][k]], [d.f[0][k]])} = ${show(run.dc0[k])}`)];
};

/* The line of cells below that of the states: their own arrows, and one to each
   state. */
const cells = ({ d, T, t, run, backward }, s, most) => {
  const x = centre(s), y = 150;
  const size = backward ? norm(s ? run.dc[s - 1] : run.dc0)
    : norm(s ? d.c[s - 1] : d.c0);
  const thick = (v) => backward ? (1 + 5 * norm(v) / (most || 1)).toFixed(1) : 1.5;
  let svg = `<rect class="${s === t + 1 ? "now" : ""}" x="${x - 21}" y="${y}" width="42"
    height="42" rx="8" style="fill:${colour(size, most)}"/>${
    label(x, y + 26, `c${s}`)}`;
  if (!backward) {
    return s ? svg + arrow(`M${x - STEP + 22} ${y + 21}H${x - 32}`,
      tip("right", x - 23, y + 21), s > t + 1, 1.5)
      + arrow(`M${x} ${y - 1}V131`, tip("up", x, 122), s > t + 1, 1.5) : svg;
  }
  if (s) {
    svg += arrow(`M${x} 122V138`, tip("down", x, y - 1), s <= t,
      thick(run.from_h[s - 1])) + label(x + 26, 140, show(norm(run.from_h[s - 1])), 12);
  }
  if (s === T) return svg;
  const later = s ? run.later_c[s - 1] : run.dc0;
  return svg + arrow(`M${x + STEP - 22} ${y + 21}H${x + 34}`,
    tip("left", x + 24, y + 21), s < t, thick(later))
    + label(x + STEP / 2, y + 12, show(norm(later)), 12);
};

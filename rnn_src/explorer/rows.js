/* A row of numbers of <rnn-explorer>, and how each of them is made.

   `id` names it; `name` is what is read; `heads` are those of its columns; `home` is
   its part of the picture. `made(i)` says how number i is made: a text, and
   `of`, the numbers that it is made of: rows, each with the places in it, or all. */
const row = (id, name, values, heads, home, made) =>
  ({ id, name, values, heads, home, made });
const single = (name, value, home) => row(name, name, [value], [""], home);
const at = (one, i) => one.heads[i] === "" ? one.name : `${one.name}[${one.heads[i]}]`;
const made = (one, i, steps, of) =>
  ({ text: equal(at(one, i), ...steps, show(one.values[i])), of });

/* The products of a sum, if the weights are there; a large network comes without. */
const written = (weights, values) => weights ? [products(weights, values)] : [];

/* What a gradient sends back through a matrix to entry i of what it multiplied. */
const sentBack = (what, name, matrix, i, gradient, value) => {
  const weights = matrix && column(matrix, i), line = `column ${i} of ${parameter(name)}`;
  return { text: equal(`${what}: ${line} times ${gradient.name}`,
                       ...written(weights, gradient.values), show(value)),
           of: [[gradient], ...weights ? [[row(line, line, weights, gradient.heads)]] : []] };
};

/* Entry i of what the word, the state before and the bias add up to. */
const preactivation = ({ d, v }, s, i, name, bias, value) => {
  const before = v.h(s - 1), past = d.from_past[s - 1][i], line = `${sub("W", "h")}[${i}]`;
  const word = single(`${sub("W", "x")}[${i}][${v.x(s).heads[d.ids[s - 1]]}]`,
                      d.from_word[s - 1][i], `x${s}`);
  const from = single(`(${sub("W", "h")} ${before.name})[${i}]`, past);
  const b = single(`${parameter(bias)}[${i}]`, d[bias][i]);
  return {
    text: `${equal(name, [word, from, b].map((one) => one.name).join(" + "),
                   sum([word, from, b].map((one) => one.values[0])), show(value))}${
      d.Wh ? `.<br>Here ${equal(from.name, products(d.Wh[i], before.values), show(past))}` : ""}`,
    of: [[word], [b], [before], d.Wh ? [row(line, line, d.Wh[i], before.heads)] : [from]],
  };
};

/* Rows that every network has: what it reads, its states, and what it says. */
const common = (view) => {
  const { d, T } = view, v = {}, words = d.words.map(escaped);
  const units = range(d.h0.length), hot = (l) => words.map((_, w) => Number(w === l));
  const target = (s) => d.targets[s - 1];
  const targetRow = (s) => row(`y${s}`, sub("y", s), hot(target(s)), words, `L${s}`);
  return Object.assign(v, {
    x: (s) => row(`x${s}`, sub("x", s), hot(d.ids[s - 1]), words, `x${s}`),
    z: (s) => row(`z${s}`, sub("z", s), d.z[s - 1], words, `L${s}`, (l) => {
      const h = v.h(s), line = `${sub("W", "y")}[${words[l]}]`;
      const b = single(`${sub("b", "y")}[${words[l]}]`, d.by[l]);
      const steps = [`(${sub("W", "y")} ${h.name})[${words[l]}] + ${b.name}`];
      if (d.Wy) steps.push(products(d.Wy[l], h.values) + signed(d.by[l]) + show(Math.abs(d.by[l])));
      return made(v.z(s), l, steps,
                  [[h], [b], ...d.Wy ? [[row(line, line, d.Wy[l], units)]] : []]);
    }),
    p: (s) => row(`p${s}`, sub("p", s), d.p[s - 1], words, `L${s}`, (l) => {
      const z = v.z(s), exps = z.values.map(Math.exp), total = exps.reduce((a, b) => a + b);
      const found = made(v.p(s), l, [`exp(${at(z, l)}) / sum of exp(${z.name})`,
        ...Number.isFinite(total) ? [`${show(exps[l])} / ${show(total)}`] : []], [[z]]);
      return l === target(s) ? { ...found, text: `${found.text}. It is the target: ${
        equal(sub("L", s), `${MINUS}ln ${at(v.p(s), l)}`, show(d.losses[s - 1]))}` } : found;
    }),
    dz: (s) => row(`dz${s}`, `dL/d${sub("z", s)}`, d.dz[s - 1], words, `L${s}`, (l) => {
      const p = v.p(s), y = targetRow(s);
      return made(v.dz(s), l, [`${at(p, l)} ${MINUS} ${y.values[l]}, since it is ${
        y.values[l] ? "" : "not "}the target`,
        `${show(p.values[l])} ${MINUS} ${y.values[l]}`], [[p, [l]], [y, [l]]]);
    }),
    own: (s) => row(`own${s}`, `${sub("h", s)}, own prediction`, d.own[s - 1], units, `own${s}`,
      (i) => sentBack(`What ${at(v.h(s), i)} gets from its own prediction`, "Wy", d.Wy, i,
                      v.dz(s), d.own[s - 1][i])),
    later: (s) => row(`later${s}`, `${sub("h", s)}, later steps`, view.run.later[s - 1], units,
      `later${s}`, (i) => {
        const what = `What ${at(v.h(s), i)} gets from later steps`;
        if (s === T) return { text: `${what}: 0, there is no later step`, of: [] };
        return s % view.k ? sentBack(what, "Wh", d.Wh, i, v.da(s + 1), view.run.later[s - 1][i])
          : { text: `${what}: 0, the piece ends here`, of: [] };
      }),
    dh: (s) => row(`dh${s}`, `dL/d${sub("h", s)}`, s ? view.run.dh[s - 1] : view.run.dh0, units,
      `h${s}`, (i) => {
        if (!s) return sentBack(at(v.dh(0), i), "Wh", d.Wh, i, v.da(1), view.run.dh0[i]);
        const own = v.own(s), later = v.later(s);
        return made(v.dh(s), i, ["own prediction + later steps",
          sum([own.values[i], later.values[i]])], [[own, [i]], [later, [i]]]);
      }),
  });
};

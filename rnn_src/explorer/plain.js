/* The rows of a plain network: those of a step forward, and of a step backward. */
const plain = (view) => {
  const { d } = view, v = common(view), units = range(d.h0.length);
  Object.assign(v, {
    h: (s) => row(`h${s}`, sub("h", s), s ? d.h[s - 1] : d.h0, units, `h${s}`, (i) => {
      if (!s) return { text: `${at(v.h(0), i)} is what the network starts from: ${
        show(d.h0[i])}`, of: [] };
      const a = v.a(s);
      return made(v.h(s), i, [`tanh(${at(a, i)})`, `tanh(${show(a.values[i])})`], [[a, [i]]]);
    }),
    a: (s) => row(`a${s}`, sub("a", s), d.a[s - 1], units, `h${s}`, (i) =>
      preactivation({ d, v }, s, i, at(v.a(s), i), "bh", d.a[s - 1][i])),
    da: (s) => row(`da${s}`, `dL/d${sub("a", s)}`, view.run.da[s - 1], units, `h${s}`, (i) => {
      const dh = v.dh(s), h = v.h(s);
      return made(v.da(s), i, [`${at(dh, i)}${DOT}(1 ${MINUS} ${at(h, i)}\u00b2)`,
        `${show(dh.values[i])}${DOT}(1 ${MINUS} ${inBrackets(h.values[i])}\u00b2)`,
        times(dh.values[i], 1 - h.values[i] ** 2)], [[dh, [i]], [h, [i]]]);
    }),
  });
  v.forward = (s) => [v.h(s - 1), v.a(s), v.h(s), v.z(s), v.p(s)];
  v.backward = (s) => [v.dz(s), v.own(s), v.later(s), v.dh(s), v.da(s),
                       ...s > 1 ? [] : [v.dh(0)]];
  return v;
};

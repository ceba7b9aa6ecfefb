/* The rows of an LSTM: those of a step forward, and of a step backward. */
const GATES = ["i", "f", "g", "o"];    // in the order of a
const TILDE = "\u0303";

const gated = (view) => {
  const v = common(view), H = view.d.h0.length;
  const parts = {    // the pre-activation of gate j, unit k, is entry j H + k of a
    place: (name, k) => GATES.indexOf(name) * H + k,
    heads: GATES.flatMap((name) => range(H).map((k) => `${name}${TILDE}[${k}]`)),
  };
  gatedForward(view, v, parts);
  gatedBackward(view, v, parts);
  return v;
};

const gatedForward = ({ d }, v, { place }) => {
  const units = range(d.h0.length);
  const start = (one, k) => ({ text: `${at(one, k)} is what the network starts from: ${
    show(one.values[k])}`, of: [] });
  for (const name of GATES) {
    const squash = name === "g" ? "tanh" : "\u03c3";
    v[name] = (s) => row(name + s, sub(name, s), d[name][s - 1], units,
      name === "o" ? `h${s}` : `c${s}`, (k) => {
        const j = place(name, k), a = d.a[s - 1][j];
        const inside = `${sub(name + TILDE, s)}[${k}]`;
        const from = preactivation({ d, v }, s, j, inside, "b", a);
        const { text } = made(v[name](s), k, [`${squash}(${inside})`, `${squash}(${show(a)})`]);
        return { text: `${text}.<br>Here ${from.text}`, of: from.of };
      });
  }
  v.c = (s) => row(`c${s}`, sub("c", s), s ? d.c[s - 1] : d.c0, units, `c${s}`, (k) => {
    if (!s) return start(v.c(0), k);
    const [f, c, i, g] = [v.f(s), v.c(s - 1), v.i(s), v.g(s)];
    return made(v.c(s), k, [`${at(f, k)}${DOT}${at(c, k)} + ${at(i, k)}${DOT}${at(g, k)}`,
      products([f.values[k], i.values[k]], [c.values[k], g.values[k]])],
      [f, c, i, g].map((one) => [one, [k]]));
  });
  v.h = (s) => row(`h${s}`, sub("h", s), s ? d.h[s - 1] : d.h0, units, `h${s}`, (k) => {
    if (!s) return start(v.h(0), k);
    const o = v.o(s), c = v.c(s);
    return made(v.h(s), k, [`${at(o, k)}${DOT}tanh(${at(c, k)})`,
      `${show(o.values[k])}${DOT}tanh(${show(c.values[k])})`], [[o, [k]], [c, [k]]]);
  });
  v.forward = (s) => [v.h(s - 1), v.c(s - 1), v.f(s), v.i(s), v.g(s), v.c(s), v.o(s), v.h(s),
                      v.z(s), v.p(s)];
};

const gatedBackward = (view, v, { place, heads }) => {
  const { d, T } = view, units = range(d.h0.length);
  const back = (id, name, values, home, how) =>
    row(id, name, values, units, home, how);
  const simple = (name, by, other, home, how = (x) => x, called = (text) => text) => {
    v[`d${name}`] = (s) => back(`d${name}${s}`, `dL/d${sub(name, s)}`,
      view.run[`d${name}`][s - 1], `${home}${s}`, (k) => {
        const u = v[by](s), w = other(s);
        return made(v[`d${name}`](s), k, [`${at(u, k)}${DOT}${called(at(w, k))}`,
          times(u.values[k], how(w.values[k]))], [[u, [k]], [w, [k]]]);
      });
  };
  v.through = (s) => back(`through${s}`, `${sub("c", s)}, through ${sub("h", s)}`,
    view.run.from_h[s - 1], `through${s}`, (k) => {
      const dh = v.dh(s), o = v.o(s), c = v.c(s), slope = 1 - Math.tanh(c.values[k]) ** 2;
      return { of: [[dh, [k]], [o, [k]], [c, [k]]],
        text: equal(`What ${at(c, k)} gets through ${sub("h", s)}: ${at(dh, k)}${DOT}${
          at(o, k)}${DOT}(1 ${MINUS} tanh(${at(c, k)})\u00b2)`,
          `${times(dh.values[k], o.values[k])}${DOT}(1 ${MINUS} tanh(${show(c.values[k])})\u00b2)`,
          times(dh.values[k], o.values[k], slope), show(view.run.from_h[s - 1][k])) };
    });
  v.next = (s) => back(`next${s}`, `${sub("c", s)}, next cell`, view.run.later_c[s - 1],
    `next${s}`, (k) => {
      const what = `What ${at(v.c(s), k)} gets from the next cell: `;
      return s === T ? { text: `${what}0, there is no later step`, of: [] }
        : carried(s, what, k, view.run.later_c[s - 1][k]);
    });
  const carried = (s, what, k, value) => {
    const dc = v.dc(s + 1), f = v.f(s + 1);
    return { text: what + equal(`${at(dc, k)}${DOT}${at(f, k)}`, times(dc.values[k], f.values[k]),
                                show(value)), of: [[dc, [k]], [f, [k]]] };
  };
  v.dc = (s) => back(`dc${s}`, `dL/d${sub("c", s)}`, s ? view.run.dc[s - 1] : view.run.dc0,
    `c${s}`, (k) => {
      if (!s) return carried(0, `${at(v.dc(0), k)} = `, k, view.run.dc0[k]);
      const one = v.through(s), other = v.next(s);
      return made(v.dc(s), k, [`through ${sub("h", s)} + next cell`,
        sum([one.values[k], other.values[k]])], [[one, [k]], [other, [k]]]);
    });
  simple("f", "dc", (s) => v.c(s - 1), "c");
  simple("i", "dc", v.g, "c");
  simple("g", "dc", v.i, "c");
  simple("o", "dh", v.c, "h", Math.tanh, (name) => `tanh(${name})`);
  v.da = (s) => row(`da${s}`, `dL/d${sub("a", s)}`, view.run.da[s - 1], heads, `h${s}`, (j) => {
    const name = GATES[Math.floor(j / units.length)], k = j % units.length;
    const u = v[`d${name}`](s), w = v[name](s), x = w.values[k], g = name === "g";
    const gate = at(w, k), one = `1 ${MINUS} ${gate}${g ? "\u00b2" : ""}`;
    return { of: [[u, [k]], [w, [k]]],
      text: equal(`dL/d${sub(name + TILDE, s)}[${k}]`,
        `${at(u, k)}${DOT}${g ? "" : gate + DOT}(${one})`,
        g ? times(u.values[k], 1 - x ** 2) : times(u.values[k], x, 1 - x),
        show(view.run.da[s - 1][place(name, k)])) };
  });
  v.backward = (s) => [v.dz(s), v.own(s), v.later(s), v.dh(s), v.through(s), v.next(s), v.dc(s),
    v.df(s), v.di(s), v.dg(s), v.do(s), v.da(s), ...s > 1 ? [] : [v.dh(0), v.dc(0)]];
};

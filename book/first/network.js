/* The network of the first page: forward, backward through time, update.

   Names and shapes are those of rnn_src, and `look` returns what rnn_src/explorer
   shows. tests/pages/test_first_page.py compares every number with the package's. */
const ownNetwork = (() => {
  const H = 6, RATE = 0.1, SCALE = 0.5;
  const NAMES = ["Wx", "Wh", "Wy", "bh", "by"];

  const times = (W, x) => W.map((row) => row.reduce((sum, v, j) => sum + v * x[j], 0));
  const back = (W, d) => W[0].map((_, j) => W.reduce((sum, row, i) => sum + row[j] * d[i], 0));
  const outer = (d, x) => d.map((v) => x.map((u) => v * u));
  // a + c b, of numbers or of arrays of any depth.
  const plus = (a, b, c = 1) => a.map?.((v, i) => plus(v, b[i], c)) ?? a + c * b;
  const norm = (a) => Math.hypot(...a.flat());
  const zeros = (size) => Array(size).fill(0);

  /* Numbers that look drawn by chance, and are the same in every browser. */
  const start = (V) => {
    let k = 0;
    const draw = (rows, columns) => Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => SCALE * Math.sin(++k ** 2)));
    return { Wx: draw(H, V), Wh: draw(H, H), Wy: draw(V, H), bh: zeros(H), by: zeros(V) };
  };

  const forward = (w, ids, targets) => {
    const made = { from_word: [], from_past: [], a: [], h: [], z: [], p: [], losses: [] };
    let h = zeros(H);
    ids.forEach((id, t) => {
      const from_word = w.Wx.map((row) => row[id]), from_past = times(w.Wh, h);
      const a = plus(plus(from_word, from_past), w.bh);
      h = a.map(Math.tanh);
      const z = plus(times(w.Wy, h), w.by), top = Math.max(...z);
      const powers = z.map((v) => Math.exp(v - top));
      const sum = powers.reduce((one, other) => one + other);
      const step = { from_word, from_past, a, h, z, p: powers.map((v) => v / sum),
        losses: Math.log(sum) + top - z[targets[t]] };
      for (const [name, value] of Object.entries(step)) made[name].push(value);
    });
    return made;
  };

  /* The backward pass: the gradients, and all that is met on the way. */
  const backward = (w, ids, targets, { h, p }) => {
    const V = w.by.length, T = ids.length, h0 = zeros(H);
    const one = (i) => Object.assign(zeros(V), { [i]: 1 });
    const dz = p.map((row, t) => plus(row, one(targets[t]), -1));
    const own = dz.map((d) => back(w.Wy, d));
    const run = { k: T, later: [], dh: [], da: [], lost: {},
      sizes: Object.fromEntries(NAMES.map((name) => [name, []])) };
    let total = { Wx: outer(h0, zeros(V)), Wh: outer(h0, h0), Wy: outer(zeros(V), h0),
      bh: h0, by: zeros(V) };
    let later = zeros(H);
    for (let t = T - 1; t >= 0; t--) {
      const dh = plus(own[t], later), da = dh.map((d, i) => d * (1 - h[t][i] ** 2));
      const share = { Wx: outer(da, one(ids[t])), Wh: outer(da, h[t - 1] ?? h0),
        Wy: outer(dz[t], h[t]), bh: da, by: dz[t] };
      total = Object.fromEntries(NAMES.map((name) => [name, plus(total[name], share[name])]));
      for (const name of NAMES) run.sizes[name].unshift(norm(total[name]));
      for (const [name, value] of Object.entries({ later, dh, da })) run[name].unshift(value);
      later = back(w.Wh, da);
    }
    for (const name of NAMES) run.lost[name] = 0; // nothing is cut off
    return { gradients: total, dz, own, run: { ...run, dh0: later } };
  };

  /* What <rnn-explorer> shows of a network that reads a sentence. */
  const look = (w, ids, targets, words) => {
    const made = forward(w, ids, targets);
    const { dz, own, run } = backward(w, ids, targets, made);
    const { Wh, Wy, bh, by } = w;
    return { names: NAMES, words, ids, targets, h0: zeros(H), Wh, Wy, bh, by, ...made,
      dz, own, runs: [run] };
  };

  /* The network after one more step downhill. */
  const update = (w, ids, targets) => {
    const { gradients } = backward(w, ids, targets, forward(w, ids, targets));
    return Object.fromEntries(NAMES.map((name) => [name, plus(w[name], gradients[name], -RATE)]));
  };

  return { start, forward, backward, look, update, RATE };
})();

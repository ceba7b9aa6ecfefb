/* The line of cells of an LSTM, below that of the states: arrows of its own, and one
   to each state. */
const cells = (view, s, most) => {
  const { d, T, t, run, backward } = view, x = centre(view, s), y = 150, step = gap(view);
  const size = backward ? norm(s ? run.dc[s - 1] : run.dc0)
    : norm(s ? d.c[s - 1] : d.c0);
  const thick = (v) => (1 + 5 * norm(v) / (most || 1)).toFixed(1);
  let svg = box(x, y, "c", s, { now: s === t + 1, fill: colour(size, most) });
  if (!backward) {
    const faint = s > t + 1;
    return s ? svg + arrow(`M${x - step + 22} ${y + 21}H${x - 32}`, "right", x - 23, y + 21,
                           { faint })
      + arrow(`M${x} ${y - 1}V131`, "up", x, 122, { faint }) : svg;
  }
  if (s) {
    svg += arrow(`M${x} 122V138`, "down", x, y - 1,
                 { faint: s <= t, thick: thick(run.from_h[s - 1]), at: `through${s}` })
      + label(x + 8, 140, show(norm(run.from_h[s - 1])), 11, "", "start");
  }
  if (s === T) return svg;
  const later = s ? run.later_c[s - 1] : run.dc0;
  return svg + arrow(`M${x + step - 22} ${y + 21}H${x + 34}`, "left", x + 24, y + 21,
                     { faint: s < t, thick: thick(later), at: `next${s}` })
    + label(x + step / 2, y + 12, show(norm(later)), 11);
};

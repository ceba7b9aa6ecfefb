/* The unrolled network of <rnn-explorer>: arrows forward, or arrows back. */
const STEP = 110;
const escaped = (text) => text.replace(/[&<>"]/g, (c) =>
  ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const colour = (v, most) => {
  const part = Math.min(1, Math.abs(v) / (most || 1)) * 0.5;
  return `rgba(var(--${v < 0 ? "minus" : "plus"}), ${part.toFixed(2)})`;
};
const centre = (s) => 55 + STEP * s;
const arrow = (path, tip, faint, thick) =>
  `<g class="${faint ? "faint" : ""}" stroke-width="${thick}"><path d="${
    path}"/><path d="${tip}" fill="currentColor" stroke="none"/></g>`;
const TIPS = { right: "l-9-5v10z", left: "l9-5v10z", up: "l-5 9h10z",
               down: "l-5-9h10z" };
const tip = (way, x, y) => `M${x} ${y}${TIPS[way]}`;
const label = (x, y, words, size = 15) => `<text x="${x}" y="${y}"
  font-size="${size}" fill="currentColor" stroke="none">${escaped(words)}</text>`;

const picture = (view) => {
  const { d, T, t, run, backward } = view;
  const sizes = backward && [run.dh0, ...run.dh].map(norm);
  const most = backward ? Math.max(...sizes, ...run.later.map(norm),
                                   ...(d.c ? run.dc.map(norm) : []))
    : Math.sqrt(d.h0.length);
  const below = d.c ? 72 : 0;       // room for a line of cells
  let svg = `<svg viewBox="0 0 ${STEP * (T + 1)} ${200 + below}" style="min-width:${
    82 * (T + 1)}px" aria-hidden="true" fill="none" stroke="currentColor"
    text-anchor="middle" font-size="15">`;
  for (let s = 0; s <= T; s++) {
    const x = centre(s);
    const size = backward ? sizes[s] : s ? norm(d.h[s - 1]) : norm(d.h0);
    svg += `<rect class="${s === t + 1 ? "now" : ""}" x="${x - 21}" y="78" width="42"
      height="42" rx="8" style="fill:${colour(size, most)}"/>${
      label(x, 104, `h${s}`)}`;
    svg += backward ? arrowsBack(view, s, most) : s ? arrowsThere(view, s) : "";
    if (d.c) svg += cells(view, s, most);
    if (!s) continue;
    const known = backward || s <= t + 1;
    svg += label(x, 176 + below, d.words[d.ids[s - 1]])
      + label(x, 22, `L${s}${known ? ` ${show(d.losses[s - 1])}` : ""}`);
  }
  return `${svg}</svg>`;
};

const arrowsThere = ({ t, d }, s) => {
  const x = centre(s), faint = s > t + 1;
  return arrow(`M${x - STEP + 22} 99H${x - 32}`, tip("right", x - 23, 99), faint, 1.5)
    + (d.c ? arrow(`M${x} 230V203`, tip("up", x, 194), faint, 1.5)
      : arrow(`M${x} 158V132`, tip("up", x, 122), faint, 1.5))
    + arrow(`M${x} 77V40`, tip("up", x, 30), faint, 1.5);
};

/* Into h_s from its own loss and from the step after it. */
const arrowsBack = ({ d, T, t, run, k }, s, most) => {
  const x = centre(s);
  const thick = (v) => (1 + 5 * norm(v) / (most || 1)).toFixed(1);
  const own = s ? arrow(`M${x} 32V66`, tip("down", x, 76), s <= t,
                        thick(d.own[s - 1]))
    + label(x + 26, 56, show(norm(d.own[s - 1])), 12) : "";
  if (s === T) return own;
  if (s && s % k === 0) {
    return `${own}<path d="M${x + 55} 70v58" stroke-dasharray="5 4"
      stroke-width="2"/>`;
  }
  const later = s ? run.later[s - 1] : run.dh0;
  return own + arrow(`M${x + STEP - 22} 99H${x + 34}`, tip("left", x + 24, 99),
                     s < t, thick(later))
    + label(x + STEP / 2, 90, show(norm(later)), 12);
};

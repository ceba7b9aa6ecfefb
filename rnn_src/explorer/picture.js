/* The unrolled network of <rnn-explorer>: arrows forward, or arrows back. Each part
   has a name, `data-at`, by which it is lit. */
const BOX = 40, EDGE = 6, LEAST = 75.5;    // nine states fit beside each other in 686 px
const gap = ({ T, room }) => Math.max(LEAST, Math.min(110, (room - EDGE) / (T + 1)));
const centre = (view, s) => gap(view) * (s + 0.5);
const colour = (v, most) => {
  const part = Math.min(1, Math.abs(v) / (most || 1)) * 0.5;
  return `rgba(var(--${v < 0 ? "minus" : "plus"}), ${part.toFixed(2)})`;
};
const TIPS = { right: "l-9-5v10z", left: "l9-5v10z", up: "l-5 9h10z",
               down: "l-5-9h10z" };
const arrow = (path, way, x, y, { faint, thick = 1.5, at = "" }) =>
  `<g class="${faint ? "faint" : ""}" data-at="${at}" stroke-width="${thick}"><path d="${
    path}"/><path d="M${x} ${y}${TIPS[way]}" fill="currentColor" stroke="none"/></g>`;
const lowered = (text) => text.replace(/<sub>(.*?)<\/sub>(.*)/, (_, low, rest) =>
  `<tspan dy="0.3em" font-size="72%">${low}</tspan>${
    rest && `<tspan dy="-0.22em">${rest}</tspan>`}`);
const label = (x, y, text, size = 15, at = "", anchor = "middle") =>
  `<text x="${x}" y="${y}" data-at="${at}" font-size="${size}" text-anchor="${
    anchor}" fill="currentColor" stroke="none">${lowered(text)}</text>`;
const box = (x, y, name, s, { now, fill }) =>
  `<rect class="${now ? "now" : ""}" data-at="${name}${s}" x="${x - BOX / 2}" y="${y}"
    width="${BOX}" height="${BOX}" rx="8" style="fill:${fill}"/>${
    label(x, y + 26, sub(name, s))}`;
/* A long word is written smaller, so that it does not reach into the next one. */
const wordSize = (word, view) => Math.min(15, 1.6 * gap(view) / word.length);

const picture = (view) => {
  const { d, T, t, run, backward } = view;
  const sizes = backward && [run.dh0, ...run.dh].map(norm);
  const most = backward ? Math.max(...sizes, ...run.later.map(norm),
                                   ...(d.c ? run.dc.map(norm) : []))
    : Math.sqrt(d.h0.length);
  const below = d.c ? 72 : 0;       // room for a line of cells
  const width = gap(view) * (T + 1) + EDGE;
  let svg = `<svg viewBox="0 0 ${width} ${186 + below}" style="max-width:${
    width}px;min-width:${0.92 * width}px" aria-hidden="true" fill="none"
    stroke="currentColor">`;
  for (let s = 0; s <= T; s++) {
    const x = centre(view, s);
    const size = backward ? sizes[s] : s ? norm(d.h[s - 1]) : norm(d.h0);
    svg += box(x, 78, "h", s, { now: s === t + 1, fill: colour(size, most) });
    svg += backward ? arrowsBack(view, s, most) : s ? arrowsThere(view, s) : "";
    if (d.c) svg += cells(view, s, most);
    if (!s) continue;
    const known = backward || s <= t + 1, word = d.words[d.ids[s - 1]];
    svg += label(x, 178 + below, escaped(word), wordSize(word, view), `x${s}`)
      + label(x, 22, sub("L", s) + (known ? ` ${show(d.losses[s - 1])}` : ""), 14, `L${s}`);
  }
  return `${svg}</svg>`;
};

const arrowsThere = (view, s) => {
  const { t, d } = view, x = centre(view, s), faint = s > t + 1, low = d.c ? 72 : 0;
  return arrow(`M${x - gap(view) + 22} 99H${x - 32}`, "right", x - 23, 99, { faint })
    + arrow(`M${x} ${160 + low}V${132 + low}`, "up", x, 122 + low, { faint })
    + arrow(`M${x} 77V40`, "up", x, 30, { faint });
};

/* Into h_s from its own loss and from the step after it. */
const arrowsBack = (view, s, most) => {
  const { d, T, t, run, k } = view, x = centre(view, s), step = gap(view), low = d.c ? 72 : 0;
  const thick = (v) => (1 + 5 * norm(v) / (most || 1)).toFixed(1);
  const own = s ? arrow(`M${x} 32V66`, "down", x, 76,
                        { faint: s <= t, thick: thick(d.own[s - 1]), at: `own${s}` })
    + label(x + 8, 52, show(norm(d.own[s - 1])), 11, "", "start")
    + `<path class="faint" d="M${x} ${160 + low}V${121 + low}" stroke-dasharray="2 4"/>` : "";
  if (s === T) return own;
  if (s && s % k === 0) {
    return `${own}<path d="M${x + step / 2} 70v58" stroke-dasharray="5 4"
      stroke-width="2"/>`;
  }
  const later = s ? run.later[s - 1] : run.dh0;
  return own + arrow(`M${x + step - 22} 99H${x + 34}`, "left", x + 24, 99,
                     { faint: s < t, thick: thick(later), at: `later${s}` })
    + label(x + step / 2, 90, show(norm(later)), 11);
};

/* How <rnn-explorer> writes numbers, names and sums. Texts are HTML: what comes from
   outside, the words, is escaped. */
const MINUS = "\u2212", DOT = "\u00a0\u00b7\u00a0";    // no line ends in a product
const escaped = (text) => text.replace(/[&<>"]/g, (c) =>
  ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const sub = (letter, below) => `${letter}<sub>${below}</sub>`;
/* "Wx" is written W with a small x, and so on. */
const parameter = (name) => name[1] ? sub(name[0], name[1]) : name;

const show = (v) => {
  const size = Math.abs(v);
  if (size < 1e-15) return "0.000";
  const text = size < 0.001 || size >= 1e6 ? v.toExponential(1) : v.toFixed(3);
  return text.replaceAll("-", MINUS);
};
const inBrackets = (v) => v < 0 ? `(${show(v)})` : show(v);
const signed = (v, first) => v < 0 ? (first ? MINUS : ` ${MINUS}\u00a0`)
  : first ? "" : " +\u00a0";
const sum = (values) => values.map((v, j) =>
  signed(v, !j) + show(Math.abs(v))).join("");
const products = (u, v) => u.map((x, j) =>
  signed(x, !j) + show(Math.abs(x)) + DOT + inBrackets(v[j])).join("");
const times = (...factors) => factors.map((v, j) => j ? inBrackets(v) : show(v)).join(DOT);
/* A line breaks before "=" rather than elsewhere. */
const equal = (first, ...rest) =>
  [first, ...rest.map((text) => `<span>= ${text}</span>`)].join(" ");

const norm = (v) => Math.hypot(...v.flat());
const column = (matrix, j) => matrix.map((row) => row[j]);
const range = (n) => [...Array(n).keys()];

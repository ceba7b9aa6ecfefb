/* What <rnn-explorer> says of a step, in sentences. */
const ASK = "Choose a number to see how it is made.";
const where = ({ backward, t, T }) =>
  `${backward ? "backward" : "forward"}, step ${t + 1} of ${T}`;

const sentence = (view) => {
  const { d, t, run, T, v } = view, s = t + 1, word = (l) => `<b>${escaped(d.words[l])}</b>`;
  const place = where(view).replace(/^./, (c) => c.toUpperCase());
  if (!view.backward) {
    const best = d.p[t].indexOf(Math.max(...d.p[t])), target = d.targets[t];
    return `${place}: reads ${word(d.ids[t])}. Most likely next: ${word(best)}, with ${
      show(d.p[t][best])}. The target is ${word(target)}, with ${
      show(d.p[t][target])}: a loss of ${show(d.losses[t])} nats.`;
  }
  const later = s === T ? "Nothing comes after it"
    : view.cut ? "The piece ends here: what later steps say is cut off"
    : `From step ${s + 1} and later comes a gradient of length ${
      show(norm(run.later[t]))}`;
  const cell = d.c ? ` The cell gets ${show(norm(run.from_h[t]))} through its state and ${
    show(norm(run.later_c[t]))} from the next cell.` : "";
  return `${place}. From its own prediction ${v.h(s).name} gets a gradient of length ${
    show(norm(d.own[t]))}. ${later}. Together: ${show(norm(run.dh[t]))}.${cell}`;
};

const legend = ({ backward, k, T }) => `In the table orange is above zero, blue below; the
  stronger, the farther from zero, each row for itself. The framed number is the one that
  you chose; those that it is made of are marked and underlined. In the picture a state has
  the more colour, the longer ${backward ? `its gradient is, and the number at an arrow is
  the length of what comes along it` : "it is"}. A length is the root of the sum of all
  squares.${backward && k < T ? ` What is missing is the length of the difference from the
  full gradient, as a share of the length of the full one.` : ""}`;

/* What the browser keeps: answers, and what is solved. Nothing leaves it. */
const ANSWER = "rnn-by-hand:answer:";
const SOLVED = "rnn-by-hand:solved:";
export const LOST = "This browser keeps nothing. Save your answers on the page Exercises.";

function attempt(act, otherwise) {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

const keep = (key, value) =>
  attempt(() => { localStorage.setItem(key, value); return true; }, false);
const names = (prefix) => attempt(() => Object.keys(localStorage)
  .filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)).sort(), []);
const isText = (value) => typeof value === "string";

/* The answer to an exercise, {source, version, when}, or null. */
export const answer = (name) => attempt(() => {
  const kept = JSON.parse(localStorage.getItem(ANSWER + name));
  return isText(kept?.source) ? kept : null;
}, null);

/* Whether an answer, or that an exercise is solved, could be kept. */
export const keepAnswer = (name, source, version, when = Date.now()) =>
  keep(ANSWER + name, JSON.stringify({ source, version, when }));
export const keepSolved = (name) => keep(SOLVED + name, "1");
export const forgetAnswer = (name) => attempt(() => localStorage.removeItem(ANSWER + name));
export const solved = () => names(SOLVED);

/* Call `heard(name)` when another tab of the book has changed an answer. */
export const onOtherTab = (heard) => addEventListener("storage", ({ key }) =>
  key?.startsWith(ANSWER) && heard(key.slice(ANSWER.length)));

/* The exercise whose answer was changed last. */
export function latest() {
  const when = (name) => answer(name)?.when ?? 0;
  return names(ANSWER).sort((one, other) => when(other) - when(one))[0];
}

/* Everything, as `progress()` of the notebooks keeps it, with the answers beside it. */
export const asFile = () => JSON.stringify({ solved: solved(),
  answers: Object.fromEntries(names(ANSWER).map((name) => [name, answer(name)])) }, null, 1);

/* Take in such a file, and say what came of it. An answer that is here stays. */
export function fromFile(text) {
  const file = attempt(() => JSON.parse(text), null);
  if (!Array.isArray(file?.solved) || !file.solved.every(isText))
    return "This file holds no progress. Choose the progress.json that you saved.";
  let kept = file.solved.every(keepSolved);
  const differ = [];
  for (const [name, { source, version, when }] of Object.entries(file.answers ?? {})) {
    if (!isText(source)) continue;
    if ((answer(name) ?? { source }).source !== source) differ.push(name);
    else kept = keepAnswer(name, source, version, when) && kept;
  }
  const stay = differ.length
    ? ` The file has other answers to ${differ.join(", ")}; yours stay as they are.` : "";
  return kept ? `Read: ${file.solved.length} solved.${stay}` : LOST;
}

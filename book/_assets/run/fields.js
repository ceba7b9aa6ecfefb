/* Fields for an answer that is a value: each stands for a `...` of the starter. */
import { make } from "./dom.js";

const LINE = /^(\s*(?:\w+ *= *)?)(.+?)(,?)[ \t]*(?:#\s*(.*))?$/;
const WORD = /^(?!(?:True|False|None)$)[A-Za-z][A-Za-z -]*$/;

/* Which lines of a starter are gaps; none if it asks for code. */
function gaps(starter) {
  if (/^\s*(def|class|for|if|while) /m.test(starter)) return [];
  return starter.split("\n").flatMap((line, number) => {
    const [, before, gap, comma, label] = line.match(LINE) ?? [];
    return gap !== "..." ? []
      : [{ number, before, comma, label: label || before.replace("=", "").trim() }];
  });
}

/* The starter with what is in the fields. A word is written as Python writes it. */
function filled(starter, found, values) {
  const lines = starter.split("\n");
  for (const [place, { number, before, comma, label }] of found.entries()) {
    const text = values[place].trim() || "...";
    lines[number] = `${before}${WORD.test(text) ? `"${text}"` : text}${comma}    # ${label}`;
  }
  return lines.join("\n");
}

/* The values that the code of an answer has in its gaps; null if it has other lines. */
function values(source, starter, found) {
  const lines = source.split("\n");
  if (lines.length !== starter.split("\n").length) return null;
  return found.map(({ number }) => {
    const text = lines[number].match(LINE)?.[2] ?? "";
    const word = text.match(/^"(.*)"$/)?.[1] ?? "";
    return text === "..." ? "" : WORD.test(word) ? word : text;
  });
}

/* A form above the editor, which writes the code; `change(source)` hears of it. */
export function form(starter, change) {
  const found = gaps(starter);
  if (!found.length) return null;
  const oninput = () => change(filled(starter, found, inputs.map((one) => one.value)));
  const inputs = found.map(() => make("input",
    { oninput, spellcheck: false, autocapitalize: "off", autocomplete: "off" }));
  const box = make("div", { className: "run-fields" }, ...found.map(({ label }, place) =>
    make("label", {}, label, inputs[place])));
  return {
    box,
    /* Follow the code; without a word if it is no longer of the starter's shape. */
    follow(source) {
      const now = values(source, starter, found);
      box.hidden = !now;
      now?.forEach((value, place) => {
        if (document.activeElement !== inputs[place]) inputs[place].value = value;
      });
    },
  };
}

addEventListener("DOMContentLoaded", () => {
  // Written when all pages have been read, and so not known to Sphinx.
  const data = document.createElement("script");
  data.src = "_static/symbols.js";
  data.onload = () => lookForSymbols();
  document.head.append(data);
});

// One way to write what can be written in several: no blanks, no TeX that
// only sets type, ^ for every power.
function normal(line) {
  return line.replaceAll("**", "^").replaceAll("\u2212", "-")
    .replace(/\\(mathsf|mathrm|left|right|bigl|bigr|quad|text|,)/g, "")
    .replace(/[\s\\{}_]/g, "").toLowerCase();
}

function lookForSymbols() {
  const MOST = 12;
  const query = new URLSearchParams(location.search).get("q") || "";
  const wanted = normal(query);
  if (wanted.length < 2) return;
  const found = SYMBOLS.filter((row) => normal(row[3]).includes(wanted));
  if (!found.length) return;
  // A short line that is nearly all of it comes first.
  found.sort((one, other) => one[3].length - other[3].length);
  const box = document.createElement("section");
  box.id = "symbol-results";
  box.setAttribute("aria-label", "In formulas and code");
  const head = document.createElement("h2");
  head.textContent = "In formulas and code";
  const list = document.createElement("ul");
  for (const [page, anchor, title, line] of found.slice(0, MOST)) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${page}.html#${anchor}`;
    link.textContent = title;
    const code = document.createElement("code");
    code.textContent = line;
    item.append(link, ": ", code);
    list.append(item);
  }
  box.append(head, list);
  if (found.length > MOST) {
    const more = document.createElement("p");
    more.textContent = `${found.length - MOST} more lines have it.`;
    box.append(more);
  }
  // A plain word is more often looked for in the text: that comes first then.
  const results = document.getElementById("search-results");
  if (/^\w+$/.test(query)) results.after(box);
  else results.before(box);
}

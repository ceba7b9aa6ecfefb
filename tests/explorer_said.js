/* Choose every number that the explorer shows: the name of its row, the number, and what
   is said of it. */
() => {
  const root = document.querySelector("rnn-explorer").shadowRoot;
  const note = root.querySelector("output");
  return [...root.querySelectorAll("td[data-row]")].map((cell) => {
    cell.focus();
    const name = cell.parentNode.querySelector("th").innerText;
    return [name.split(",")[0], cell.innerText, note.innerText];
  });
}

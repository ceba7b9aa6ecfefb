/* Choose every number of the explorer in turn, at each of these places: its name and value,
   the names and values of those that are lit, and the parts of the picture that are. */
(places) => {
  const one = document.querySelector("rnn-explorer"), root = one.shadowRoot, found = [];
  const all = (query) => [...root.querySelectorAll(query)];
  const named = (name, head) => name + (!head || head[0] === "[" ? head : `[${head}]`);
  const name = (cell) => {
    const i = [...cell.parentNode.children].indexOf(cell);
    let top = cell.parentNode;
    while (!top.querySelector(".head")) top = top.previousElementSibling;
    return named(cell.parentNode.firstChild.textContent, top.children[i].textContent);
  };
  const single = (node) => {
    const value = node.querySelector("b").textContent;
    return [node.textContent.slice(0, -value.length).trim(), value];
  };
  const choose = (id, place) => {
    for (const cell of all(`#${id} td[data-row]`)) {
      cell.focus();
      found.push({
        name: name(cell), value: cell.textContent, place,
        lit: [...all("td.lit").map((lit) => [name(lit), lit.textContent]),
              ...all(".single").map(single)],
        chosen: all("[aria-selected=true]").map((chosen) => chosen === cell),
        picture: all("#picture .lit").map((part) => part.dataset.at),
      });
    }
  };
  for (const place of places) {
    one.go(place);
    choose("numbers", place);
    for (const button of one.backward ? all("[data-gradient]") : []) {
      button.click();
      choose("entries", place);
      button.click();
    }
  }
  return found;
}

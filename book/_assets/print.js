/* Printed, a chapter has its solutions at its end, what is folded is open, and each
   sheet says what it is a part of. */
(() => {
  const sheet = document.createElement("style");
  const font = "font: 8pt sans-serif";
  sheet.textContent = `@page { margin: 20mm 16mm;
    @top-left { content: ${JSON.stringify(document.title)}; ${font} }
    @bottom-center { content: counter(page); ${font} } }`;
  document.head.append(sheet);

  const moved = [], opened = [];

  addEventListener("beforeprint", () => {
    opened.push(...document.querySelectorAll("details.curious:not([open])"));
    for (const aside of opened) aside.open = true;
    const article = document.querySelector("article.bd-article");
    const solutions = [...article?.querySelectorAll("div.solution") ?? []];
    if (!solutions.length || moved.length) return;
    const end = document.createElement("section");
    const head = document.createElement("h2");
    head.textContent = "Solutions";
    end.append(head);
    end.id = "printed-solutions";
    for (const solution of solutions) {
      const place = document.createComment("a solution");
      solution.replaceWith(place);
      end.append(solution);
      moved.push([place, solution]);
    }
    article.append(end);
  });

  addEventListener("afterprint", () => {
    for (const aside of opened.splice(0)) aside.open = false;
    for (const [place, solution] of moved.splice(0)) place.replaceWith(solution);
    document.getElementById("printed-solutions")?.remove();
  });
})();

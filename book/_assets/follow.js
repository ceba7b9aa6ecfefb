/* The lists at both sides show where the reader is. The theme marks a heading when it
   comes into view, so not after a jump, nor on the way back up. */
(() => {
  const READ = 0.3; // of the window: a heading above that line has been reached
  const LAST = "li:has(> a[href='#exercises'])"; // always in view, by book/look/sides.css

  /* Scroll a list, and not the page, until an entry of it can be seen. */
  const reveal = (list, entry, below = 0) => {
    const frame = list.getBoundingClientRect(), box = entry.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom - below)
      list.scrollTop += box.top - frame.top - frame.height / 3;
  };

  addEventListener("load", () => {
    const book = document.querySelector("#pst-primary-sidebar");
    const here = book?.querySelector("a.current");
    if (here) reveal(book, here);

    const page = document.querySelector("#pst-secondary-sidebar");
    const links = [...page?.querySelectorAll("nav a[href^='#']") ?? []];
    const heads = links.map((link) =>
      document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const last = page?.querySelector(LAST);
    const mark = () => {
      const reached = heads.findLastIndex((head) =>
        head?.getBoundingClientRect().top < READ * innerHeight);
      links.forEach((link, number) => {
        link.classList.toggle("active", number === reached);
        if (number === reached) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
      for (const entry of page.querySelectorAll("li"))
        entry.classList.toggle("active", entry.contains(links[reached] ?? null));
      if (reached >= 0 && !last?.contains(links[reached]))
        reveal(page, links[reached], last?.offsetHeight);
    };
    if (!links.length) return;
    let rest;
    addEventListener("scroll", () => {
      clearTimeout(rest);
      rest = setTimeout(mark, 100); // when the theme has had its turn
    }, { passive: true });
    mark();
  });
})();

// The part of page_checks.py that runs in the page.
const COLOURS = ["color-contrast", "link-in-text-block"];
const SMALLEST = 16.1;  // pixels, of an equation that should fit (book/look/math.css)
let shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });

globalThis.pageChecks = {
  // How far the page moved while it loaded, as Lighthouse counts it.
  shift() { return this.moved; },

  // How much higher the page is than what ends it, before anything is opened.
  emptyEnd() {
    const ends = [...document.querySelectorAll("main, footer")]
      .map((e) => e.getBoundingClientRect().bottom + scrollY);
    return document.documentElement.scrollHeight - Math.max(innerHeight, ...ends);
  },

  // Signs that begin a line, and belong to the code before them.
  torn() {
    const mark = document.createRange();
    return [...document.querySelectorAll("article code.literal")].filter((code) => {
      const after = code.nextSibling;
      if (!/^[.,;:!?)\]]/.test(after?.data) || !code.checkVisibility()) return false;
      mark.setStart(after, 0);
      mark.setEnd(after, 1);
      return mark.getBoundingClientRect().top > [...code.getClientRects()].at(-1).bottom;
    }).map((code) => "a line begins with what follows " + code.textContent);
  },

  // Wait for the fonts, open what is folded, and leave no movement that a
  // check could catch half-way.
  async settle() {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame++) {
      await new Promise((done) => requestAnimationFrame(done));
    }
    this.moved = shift;
    this.below = this.emptyEnd();
    const style = document.createElement("style");
    style.textContent =
      "* { transition: none !important; animation: none !important; }";
    document.head.append(style);
    document.querySelectorAll("details").forEach((e) => { e.open = true; });
    document.querySelectorAll("button.toggle-button-hidden")
      .forEach((e) => e.click());
    await document.fonts.ready;
  },

  // Connections that a page prepares do not show among its requests.
  hints() {
    const prepared = "link[rel~=preconnect], link[rel~=dns-prefetch]";
    return [...document.querySelectorAll(prepared)].map((e) => e.href);
  },

  // What a tab that is not chosen or a closed box holds has no size, and need not.
  formulas() {
    const complaints = [];
    const all = [...document.querySelectorAll("article .katex")]
      .filter((e) => !e.closest(".sd-tab-content, [popover]") || e.checkVisibility());
    for (const e of all) {
      const box = e.getBoundingClientRect();
      if (!box.width || !box.height) {
        complaints.push("no size: " + e.textContent.slice(0, 80));
      }
    }
    for (const e of document.querySelectorAll("article .held")) {
      const lines = [...e.children].map((part) => part.getBoundingClientRect());
      if (lines.some((box, n) => n && box.left < lines[n - 1].right - 1)) {
        complaints.push("a line breaks between " + e.textContent);
      }
    }
    for (const e of document.querySelectorAll("article .katex-display")) {
      const size = parseFloat(getComputedStyle(e.firstElementChild).fontSize);
      const fits = getComputedStyle(e.parentElement).containerType === "inline-size";
      if (fits && size > SMALLEST && e.scrollWidth > e.clientWidth) {
        complaints.push("thought to be narrower: " + e.textContent.slice(0, 80));
      }
    }
    for (const e of document.querySelectorAll(".katex-error")) {
      complaints.push("KaTeX could not read: " + e.textContent.slice(0, 80));
    }
    const fonts = [...document.fonts].filter((f) => f.status === "loaded")
      .map((f) => f.family.replaceAll('"', ""));
    if (all.length && !fonts.includes("KaTeX_Main")) {
      complaints.push("the font KaTeX_Main is not loaded");
    }
    return complaints;
  },

  // The prose: what stands neither in code nor in a formula.
  texts() {
    const texts = [];
    for (const article of document.querySelectorAll("article")) {
      const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (!parent.closest("pre, code, script, style, .katex")) {
          texts.push(walker.currentNode.data);
        }
      }
    }
    return texts;
  },

  tooWide() {
    const complaints = [];
    const name = (e) => e.outerHTML.slice(0, 100);
    if (document.documentElement.scrollWidth > innerWidth) {
      const wide = [...document.querySelectorAll("article *")]
        .filter((e) => e.getBoundingClientRect().right > innerWidth);
      complaints.push("the page scrolls sideways: "
        + wide.slice(0, 3).map(name).join(" "));
    }
    const content = "article :is(.katex .base, pre, table, img)";
    for (const e of document.querySelectorAll(content)) {
      const frame = e.checkVisibility() && this.cutBy(e);
      if (frame) complaints.push(`${name(e)} is cut off by ${name(frame)}`);
    }
    return complaints;
  },

  // The box that hides a part of an element from every reader, if there is
  // one. What sticks out of a scrolling box on its right can be reached, but
  // not what sticks out on its left; and that box may itself be cut off.
  cutBy(element) {
    let box = element.getBoundingClientRect();
    for (let e = element.parentElement; e; e = e.parentElement) {
      const overflow = getComputedStyle(e).overflowX;
      if (overflow === "visible") continue;
      const frame = e.getBoundingClientRect();
      if (box.left < frame.left - e.scrollLeft - 1) return e;
      const scrolls = overflow === "auto" || overflow === "scroll";
      if (!scrolls && box.right > frame.right + 1) return e;
      if (scrolls) box = frame;
    }
    return null;
  },

  pictures() {
    return [...document.querySelectorAll("article img")].map((e) =>
      [e.getAttribute("src").slice(-60), e.alt, e.naturalWidth > 0,
       this.stretched(e)]);
  },

  // How many times as high as its width asks for a picture is shown.
  stretched(e) {
    const { width, height } = e.getBoundingClientRect();
    return height * e.naturalWidth / (width * e.naturalHeight);
  },

  // What axe finds. It looks at every element of a long chapter for seconds, so it
  // gets the article without what is there many times; then, for the rules about
  // colours, those words alone that are marked.
  async barriers(tags) {
    const rules = Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }]));
    this.thin();
    return [...await this.found({ runOnly: tags, rules }), ...await this.badColours()];
  },

  // The same of its colours alone, which are others where the page turns dark.
  async colours() {
    this.thin();
    return this.badColours();
  },

  // Put another element in the place of one; `swaps` keeps which.
  swap(e, other, swaps) {
    e.replaceWith(other);
    swaps.push([e, other]);
  },

  // The very elements return: an explorer that is made anew would draw itself.
  undo(swaps) {
    swaps.reverse().forEach(([e, other]) => other.replaceWith(e));
  },

  whole() {
    this.undo(this.thinned ?? []);
    delete this.thinned;
    return this;
  },

  async found(options) {
    const { violations } = await axe.run({
      ...options, resultTypes: ["violations"], preload: false });
    return violations;
  },

  async badColours() {
    const coloured = this.coloured(), kept = new Set(), swaps = [];
    for (const one of coloured) {
      one.dataset.look = "";
      for (let e = one; e; e = e.parentNode ?? e.host) kept.add(e);
    }
    for (const e of document.querySelectorAll("body :not(style, script, link)")) {
      if (!kept.has(e) && kept.has(e.parentNode)) this.swap(e, new Comment(), swaps);
    }
    axe.configure({ rules: [
      { id: "color-contrast", selector: "[data-look]" },
      { id: "link-in-text-block", selector: "a[href][data-look]" }] });
    const found = await this.found({ runOnly: { type: "rule", values: COLOURS } });
    this.undo(swaps);
    coloured.forEach((e) => delete e.dataset.look);
    return found;
  },

  // The first, the second and the last element of each look that words have:
  // of a colour, a size and a weight, with the same painted behind them. More
  // than one, since one may be out of sight. On a phone an article has the
  // colours that it has on a wide page.
  coloured() {
    const narrow = innerWidth < 600;
    const grounds = new Map([[undefined, ""]]), looks = new Map();
    const ground = (e) => {
      if (!grounds.has(e)) {
        const style = getComputedStyle(e);
        const behind = e.parentElement ?? e.getRootNode().host;
        const own = [style.backgroundColor, style.backgroundImage, style.opacity,
          style.position].join("/");
        const shows = own === "rgba(0, 0, 0, 0)/none/1/static" ? "" : own;
        grounds.set(e, ground(behind) + shows);
      }
      return grounds.get(e);
    };
    const inside = (root) => [...root.querySelectorAll("*")]
      .flatMap((e) => e.shadowRoot ? [e, ...inside(e.shadowRoot)] : [e]);
    for (const e of inside(document.body)) {
      const says = e.matches("input, select, textarea")
        || [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
      if (!says || this.unseen(e) || (narrow && e.closest("article"))) continue;
      const style = getComputedStyle(e);
      const link = e.matches("a") ? [style.textDecorationLine, style.borderBottom,
        getComputedStyle(e.parentElement).color] : [];
      const look = [ground(e), style.color, style.fontSize, style.fontWeight,
        style.textShadow, ...link].join("/");
      looks.set(look, [...(looks.get(look) ?? []).slice(0, 2), e]);
    }
    return [...looks.values()].flat();
  },

  // What is hidden, or so small that it is read aloud alone.
  unseen(e) {
    const { width, height } = e.getBoundingClientRect();
    return width < 2 || height < 2 || e.closest("math")
      || !e.checkVisibility({ visibilityProperty: true });
  },

  // Of the words of code that have the same colours, leave the first. Of a
  // formula leave what is read aloud, and its parts in the first alone: the part
  // that is seen is hidden from axe but for its colour, and that is the text's,
  // unless it has its own. One that scrolls stays whole: the keyboard must be
  // able to scroll it.
  thin() {
    if (this.thinned) return;
    const swaps = this.thinned = [], seen = new Set();
    const all = (kind) => [...document.querySelectorAll("article " + kind)];
    for (const code of all("pre")) {
      const short = code.cloneNode(true), block = code.parentElement;
      for (const word of short.querySelectorAll("span")) {
        const kind = [block.closest(".admonition")?.className, block.className,
          word.parentElement.className, word.className].join("/");
        if (seen.has(kind)) word.replaceWith(...word.childNodes);
        seen.add(kind);
      }
      short.normalize();
      this.swap(code, short, swaps);
    }
    const unseen = all(".katex-html").filter((formula) => {
      const line = formula.closest(".katex-display");
      const scrolls = line && line.scrollWidth > line.clientWidth;
      return !scrolls && !formula.querySelector("[style*=color]");
    });  // after all were measured
    unseen.forEach((formula) => this.swap(formula, new Comment(), swaps));
    for (const math of all("math").slice(1)) {
      const short = math.cloneNode();
      short.textContent = math.textContent;
      this.swap(math, short, swaps);
    }
  },

  repeatedIds() {
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))];
  },
};

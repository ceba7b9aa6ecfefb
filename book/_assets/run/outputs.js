/* What a cell shows, below it. A reader's HTML runs no script in the page. */
import DOMPurify from "../dompurify/purify.es.mjs";
import { make } from "./dom.js";

const SHOWN = { stdout: "stream", stderr: "stderr", text: "text_plain", error: "traceback" };
const SAYS_HEIGHT = "<script>new ResizeObserver(() => parent.postMessage(" +
  "document.documentElement.scrollHeight, '*')).observe(document.body)</script>";

export const clean = (html) => DOMPurify.sanitize(html);

/* HTML that needs a script, as the explorer does, gets a frame of its own, from which
   it reaches neither the page nor its storage. */
export function framed(html, title) {
  const { color, font, colorScheme } = getComputedStyle(document.body);
  const frame = make("iframe", { className: "run-frame", title });
  frame.sandbox = "allow-scripts";
  frame.srcdoc = `<!doctype html><style>body{margin:0;color:${color};font:${font};` +
    `color-scheme:${colorScheme}}</style>${html}${SAYS_HEIGHT}`;
  addEventListener("message", ({ source, data }) => {
    if (source && source === frame.contentWindow) frame.height = Math.min(data, 5000);
  });
  return frame;
}

export class Outputs {
  /* At the end of a cell, in place of what the page has printed there. */
  constructor(cell, printed) {
    this.printed = printed;
    this.alt = printed?.querySelector("img")?.alt;
    this.caption = printed?.querySelector("figcaption");
    this.box = make("div", {
      className: "cell_output docutils container run-output", ariaLive: "polite", hidden: true,
    });
    cell.append(this.box);
  }

  /* Begin with nothing, or give the printed ones back. */
  clear(mine) {
    this.box.replaceChildren();
    this.box.hidden = !mine;
    if (this.printed) this.printed.hidden = mine;
  }

  /* A figure that is drawn anew keeps its caption, with its number. */
  captioned(shown) {
    return this.caption ? make("figure", {}, shown, this.caption.cloneNode(true)) : shown;
  }

  show(kind, text) {
    const last = this.box.lastElementChild;
    if (kind === "html") {
      this.box.append(this.captioned(make("div", { className: "output text_html" },
        text.includes("<script") ? framed(text, "What the cell shows")
          : make("div", { innerHTML: clean(text) }))));
    } else if (kind === "png") {
      const alt = this.alt ?? "The figure that the cell has drawn.";
      this.box.append(this.captioned(make("img", { src: `data:image/png;base64,${text}`, alt })));
    } else if (last?.className === `output ${SHOWN[kind]}`) {
      last.firstChild.append(text);
    } else {
      this.box.append(make("div", { className: `output ${SHOWN[kind]}` }, make("pre", {}, text)));
    }
  }
}

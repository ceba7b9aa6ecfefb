/* The book as an app: what was read stays here, and a new edition is announced. Asks
   nobody but the server of the book, and does nothing in a book opened from files. */
(() => {
  const root = new URL("..", document.currentScript.src);
  const workers = navigator.serviceWorker;
  if (!location.protocol.startsWith("http") || !workers) return;
  const alone = !matchMedia("(display-mode: browser)").matches;

  const manifest = document.createElement("link");
  Object.assign(manifest, { rel: "manifest", href: new URL("manifest.webmanifest", root) });
  document.head.append(manifest);

  const tell = () => {
    if (document.querySelector(".new-edition")) return;
    const note = document.createElement("div");
    note.className = "new-edition";
    note.setAttribute("role", "status");
    document.body.append(note); // first the empty note, so that it is read out
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: "Load it" });
    button.onclick = () => location.reload();
    note.append("There is a new edition of this book. ", button);
  };
  workers.onmessage = ({ data }) => {
    // Asked here: the script runs before the page has come to its edition.
    const edition = document.querySelector("meta[name=edition]")?.content;
    if (data.edition && data.edition !== edition) tell();
  };
  workers.startMessages();

  addEventListener("load", async () => {
    const found = await workers.register(new URL("sw.js", root)).catch(() => null);
    if (!found) return; // not allowed here: the page is as without it
    const { active } = await workers.ready;
    const here = performance.getEntriesByType("resource").map((entry) => entry.name);
    active.postMessage({ keep: [location.href, ...here], all: alone });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) found.update().catch(() => {});
    });
  });
})();

/* Keeps the files of the book that were read, so that they are here without a network.
   tools/offline.py writes the edition, and the hash of each of its files, in front. */
const NAME = "rnn-by-hand";
const CACHE = `${NAME}:${self.registration.scope}:${EDITION}`;
const PATIENCE = 3000; // ms, until a page that is kept is shown in place of a slow one
let patience = PATIENCE; // less, once the line was slow
const HEAVY = "_static/pyodide/"; // kept once it was used, and not asked for again
const ABSENT = `<!doctype html><meta charset="utf-8"><title>Not here yet</title>
<meta name="viewport" content="width=device-width"><h1>This page is not here yet</h1>
<p>You are not connected, and have not read this page on this device. What you have
read is here: <a href="index.html">to the contents</a>.</p>`;

/* The file of the book that an address means, if it means one. */
const fileOf = (url) => {
  const { href } = new URL(url), { scope } = self.registration;
  if (!href.startsWith(scope)) return null;
  const name = decodeURIComponent(href.slice(scope.length).replace(/[?#].*/, ""));
  return [name, `${name}index.html`, `${name}.html`].find((file) => file in FILES);
};
const place = (file) => self.registration.scope + encodeURI(file);

const fetchAndKeep = async (file, cache) => {
  const sent = await fetch(place(file), { cache: "no-cache" });
  // A server may lead from a.html to a; a browser takes no such answer for a page.
  const answer = sent.redirected ? new Response(sent.body, sent) : sent;
  if (answer.ok) await cache.put(place(file), answer.clone());
  patience = PATIENCE;
  return answer;
};

/* The caches of earlier editions of this book. */
const older = async () => (await caches.keys()).filter((key) =>
  key.startsWith(`${NAME}:${self.registration.scope}:`) && key !== CACHE);

/* A new edition begins with what was kept of the one before: what is the same is
   copied, the rest fetched. */
const takeOver = async () => {
  const cache = await caches.open(CACHE);
  for (const key of await older()) {
    const old = await caches.open(key);
    const hashes = await (await old.match(place("sw.files")))?.json() ?? {};
    for (const request of await old.keys()) {
      const file = fileOf(request.url);
      if (!file) continue;
      if (hashes[file] === FILES[file]) await cache.put(request, await old.match(request));
      else await fetchAndKeep(file, cache);
    }
  }
  await cache.put(place("sw.files"), new Response(JSON.stringify(FILES)));
};

const answer = async (file) => {
  const cache = await caches.open(CACHE), kept = await cache.match(place(file));
  if (kept && file.startsWith(HEAVY)) return kept;
  const fresh = fetchAndKeep(file, cache);
  if (!kept) return fresh.catch(() => file.endsWith(".html")
    ? new Response(ABSENT, { status: 503, headers: { "Content-Type": "text/html" } })
    : Response.error());
  const slow = new Promise((resolve) => setTimeout(resolve, patience, null));
  const good = fresh.then((sent) => sent.ok ? sent : kept, () => kept);
  const first = await Promise.race([good, slow]);
  if (!first) patience = 50;
  return first ?? kept;
};

const keep = async (files) => {
  const cache = await caches.open(CACHE);
  for (const file of new Set(files))
    if (file && !await cache.match(place(file)))
      await fetchAndKeep(file, cache).catch(() => {});
};

addEventListener("install", (event) => event.waitUntil(takeOver().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const key of await older()) await caches.delete(key);
  await clients.claim();
  for (const page of await clients.matchAll()) page.postMessage({ edition: EDITION });
})()));
addEventListener("fetch", (event) => {
  const file = event.request.method === "GET" && fileOf(event.request.url);
  if (file) event.respondWith(answer(file));
});
addEventListener("message", (event) => {
  const { keep: read, all } = event.data;
  const whole = Object.keys(FILES).filter((file) => !file.startsWith(HEAVY));
  event.waitUntil(keep(all ? whole : read.map(fileOf)));
});

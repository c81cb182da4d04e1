/* Keeps the sheets of one private link readable without connection, and says how old the kept copy is.

   Served from the link's own address, it sees that link's pages and nothing else. It keeps the list of sheets and the
   sheets that were opened; hours, rights and files never. An address that no longer opens (404, 403, 410) empties
   everything kept for it, and the worker goes. */
"use strict";

const SCOPE = new URL(self.registration.scope).pathname;
const PAGES = "filage-pages " + SCOPE;
const LOOKS = "filage-looks " + SCOPE;
const KEPT_ON = "X-Filage-Kept";
const FONTS = ["inter-latin-400-normal", "inter-latin-500-normal", "inter-latin-600-normal", "eb-garamond-latin-500-normal"]
  .map((name) => "/static/filage/fonts/" + name + ".woff2");
const GONE = [403, 404, 410];

const isKept = (path) => path === SCOPE || /^feuille\/\d+\/$/.test(path.slice(SCOPE.length));
const isPage = (response) => response.ok && !response.redirected && (response.headers.get("Content-Type") || "").startsWith("text/html");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

let gone = false;

async function forget() {
  gone = true;
  await Promise.all([caches.delete(PAGES), caches.delete(LOOKS)]);
  await self.registration.unregister();
}

/* the page, with the instant it was kept */
async function keep(path, response) {
  if (gone) return;
  const headers = new Headers(response.headers);
  headers.set(KEPT_ON, new Date().toISOString());
  ["Content-Length", "Content-Encoding"].forEach((name) => headers.delete(name));
  const html = await response.text();
  const pages = await caches.open(PAGES);
  await pages.put(path, new Response(html, { headers }));
  const looks = await caches.open(LOOKS);
  const wanted = [...html.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((found) => found[1].replace(/&amp;/g, "&"));
  await Promise.all([...new Set([...wanted, ...FONTS])].map(async (address) => {
    if (await looks.match(address, { ignoreVary: true })) return;
    const found = await fetch(address).catch(() => null);
    if (found && found.ok) await looks.put(address, found);
  }));
  if (gone) await forget(); // the link closed while its page was being kept
}

function when(instant, language) {
  const minutes = Math.max(0, Math.round((Date.now() - instant) / 60000));
  const [count, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 1440 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
  const day = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(instant);
  return day + " (" + new Intl.RelativeTimeFormat(language).format(-count, unit) + ")";
}

/* what is kept of a page, saying so; `failed` when something was to be sent */
async function kept(path, failed) {
  const found = await caches.match(path, { ignoreVary: true, cacheName: PAGES });
  if (!found) return null;
  let html = await found.text();
  const language = (html.match(/<html lang="([a-z]+)"/) || [])[1] === "en" ? "en-GB" : "fr-FR";
  const told = when(new Date(found.headers.get(KEPT_ON)), language);
  html = html.replace(/(<p[^>]*data-kept[^>]*?) hidden(="")?>/, "$1>").replace("{when}", told);
  if (failed) html = html.replace(/(<p[^>]*data-unsent[^>]*?) hidden(="")?>/, "$1>");
  return new Response(html, { headers: found.headers });
}

async function open(request, path) {
  let response;
  try {
    response = await fetch(request);
  } catch (lost) {
    const found = await kept(path, false) || await kept(SCOPE, false);
    if (found) return found;
    throw lost;
  }
  if (GONE.includes(response.status)) await forget();
  else if (isKept(path) && isPage(response)) await keep(path, response.clone());
  return response;
}

async function send(request, path) {
  try {
    return await fetch(request);
  } catch (lost) {
    const found = await kept(path.replace(/lu\/$/, ""), true);
    if (found) return found;
    throw lost;
  }
}

async function look(request) {
  return await caches.match(request, { ignoreVary: true, cacheName: LOOKS }) || fetch(request);
}

self.addEventListener("fetch", (event) => {
  const request = event.request, address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.method === "GET" && address.pathname.startsWith("/static/")) event.respondWith(look(request));
  else if (request.mode !== "navigate" || !address.pathname.startsWith(SCOPE)) return;
  else if (request.method === "GET") event.respondWith(open(request, address.pathname));
  else if (request.method === "POST" && /feuille\/\d+\/lu\/$/.test(address.pathname)) event.respondWith(send(request, address.pathname));
});

/* a page asks to be kept: the first one opened is not yet in the worker's hands */
self.addEventListener("message", (event) => {
  const asked = event.data && event.data.keep;
  if (typeof asked !== "string" || !isKept(asked)) return;
  event.waitUntil((async () => {
    if (gone) return;
    const had = () => caches.match(asked, { ignoreVary: true, cacheName: PAGES });
    if (!(await had()) || event.data.fresh) {
      const response = await fetch(asked, { credentials: "same-origin" }).catch(() => null);
      if (response && GONE.includes(response.status)) return forget();
      if (response && isPage(response)) await keep(asked, response);
    }
    if (gone) await forget();
    else if (await had()) event.source.postMessage({ kept: asked });
  })());
});

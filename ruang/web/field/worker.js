/* Lets the pages of this area open without a signal: it keeps code and one empty page, never
   anything that was shown or written. Everything else goes past it. */
"use strict";
const SHELL = "{{ shell }}", SCOPE = "{{ scope }}";
const FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const NAME = "ruang-lapangan-" + FILES.join("|").split("").reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) >>> 0, 7);

async function shell() {
  const answer = await fetch(SHELL, { credentials: "same-origin", cache: "no-store", redirect: "error" });
  if (!answer.ok) { throw new Error("not signed in"); }
  const kept = await caches.open(NAME);
  await kept.put(SHELL, answer);
}

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(FILES)).then(shell).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("ruang-lapangan-") && name !== NAME;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  const { request } = event, { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) { return; }
  if (FILES.includes(pathname)) {
    event.respondWith(caches.match(pathname).then((kept) => kept || fetch(request)));
  } else if (request.mode === "navigate" && pathname.startsWith(SCOPE)) {
    event.respondWith(fetch(request).catch(() => caches.match(SHELL)));
  }
});

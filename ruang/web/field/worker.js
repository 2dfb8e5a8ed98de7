/* Lets the pages of this area open without a signal: it keeps code and one empty page, never
   anything that was shown or written. Everything else goes past it. What it keeps has the name of
   all that is in it: another log key or another form is another name, fetched whole before the old goes. */
"use strict";
const SHELL = "{{ shell }}", SCOPE = "{{ scope }}", NAME = "ruang-lapangan-{{ version }}-{{ stamp }}";
const FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const kept = (path) => caches.open(NAME).then((all) => all.match(path));

async function shell() {
  const answer = await fetch(SHELL, { credentials: "same-origin", cache: "no-store", redirect: "error" });
  if (!answer.ok) { throw new Error("not signed in"); }
  const all = await caches.open(NAME);
  await all.put(SHELL, answer);
}

/* A phone that tidies up may take what is kept here and leave this worker. */
async function whole() {
  const all = await caches.open(NAME);
  await all.addAll(FILES);
  await shell();
}

self.addEventListener("install", (event) => {
  event.waitUntil(whole().then(() => self.skipWaiting()));
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
    event.respondWith(kept(pathname).then((found) => found || fetch(request)));
  } else if (request.mode === "navigate" && pathname.startsWith(SCOPE)) {
    event.respondWith(fetch(request).catch(() => kept(SHELL).then((found) => found || Response.error())));
    event.waitUntil(kept(SHELL).then((found) => found || whole()).catch(() => null));
  }
});

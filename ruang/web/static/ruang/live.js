/* Live parts of staff pages. The server says which topic has changed, never what; a part that
   waits for it (data-ruang-live="desk:<id>", data-ruang-live-url) is fetched again by the same
   view. Without the stream the parts are asked for every 15 seconds. A part in which somebody
   is typing waits until they have left it. What moves by itself, such as a progress bar
   (data-ruang-often), is asked for every two seconds until it says it is done. */
(function () {
  "use strict";
  const doc = document;
  const EVERY = 15000, OFTEN = 2000, SETTLE = 300;
  const parts = () => [...doc.querySelectorAll("[data-ruang-live]")];
  const topicsOf = (part) => part.dataset.ruangLive.split(/\s+/).filter(Boolean);
  const say = (name, on) => (on || doc).dispatchEvent(new CustomEvent(name, { bubbles: true }));
  const waiting = new Set(), busy = new Set();
  let stream = null, listening = false, timer = 0;

  function isTyping(part) {
    const at = doc.activeElement;
    return part.contains(at) && (at.closest("form") !== null || at.isContentEditable);
  }

  function replace(part, again) {
    const open = [...part.querySelectorAll("details[id][open]")].map((one) => one.id);
    say("htmx:before:swap");
    again.querySelectorAll("details[id]").forEach((one) => { one.open ||= open.includes(one.id); });
    part.replaceWith(again);
    window.htmx?.process(again);
    say("htmx:after:swap");
  }

  async function refresh(id) {
    if (busy.has(id)) { waiting.add(id); return; }
    let part = doc.getElementById(id);
    if (!part) { return; }
    if (isTyping(part) || doc.hidden) { waiting.add(id); return; }
    busy.add(id);
    try {
      const url = part.dataset.ruangLiveUrl || location.href;
      const headers = { "X-Ruang-Auto": "1", "HX-Request": "true", "HX-Target": id };
      const answer = await fetch(url, { headers, cache: "no-store", redirect: "error" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const again = page.getElementById(id);
      if (!answer.ok || !again) { throw new Error("not the part"); }
      part = doc.getElementById(id);
      if (!part) { return; }
      if (isTyping(part)) { waiting.add(id); return; }
      if (part.outerHTML !== again.outerHTML) { replace(part, doc.importNode(again, true)); }
      say("ruang:fresh");
    } catch {
      say("ruang:stale");
    } finally {
      busy.delete(id);
    }
  }

  const soon = new Map();
  function later(id) {
    if (!soon.has(id)) {
      soon.set(id, setTimeout(() => { soon.delete(id); refresh(id); }, SETTLE * Math.random()));
    }
  }
  function catchUp() {
    const ids = [...waiting];
    waiting.clear();
    ids.forEach(later);
  }
  doc.addEventListener("focusout", () => setTimeout(catchUp));
  doc.addEventListener("visibilitychange", () => { if (!doc.hidden) { catchUp(); } });

  function poll(on) {
    if (on && !timer) {
      timer = setInterval(() => parts().forEach((part) => refresh(part.id)), EVERY);
    } else if (!on) { clearInterval(timer); timer = 0; }
  }

  function listen() {
    const topics = [...new Set(parts().flatMap(topicsOf))];
    if (!topics.length) { return; }
    const query = topics.map((topic) => `t=${encodeURIComponent(topic)}`).join("&");
    stream = new EventSource(`/langsung/?${query}`);
    stream.addEventListener("listening", () => { listening = true; poll(false); say("ruang:fresh"); });
    stream.addEventListener("message", (event) => {
      const { topic } = JSON.parse(event.data);
      parts().filter((part) => topicsOf(part).includes(topic)).forEach((part) => later(part.id));
    });
    stream.addEventListener("error", () => {
      const ended = listening && stream.readyState === EventSource.CONNECTING;
      listening = false;
      poll(true);
      if (ended) { return; } /* the usual end of a connection: the browser comes back by itself */
      say("ruang:stale");
      if (stream.readyState === EventSource.CLOSED) { setTimeout(listen, EVERY); }
    });
  }
  const moving = () => [...doc.querySelectorAll("[data-ruang-often]")];
  if (moving().length) {
    setInterval(() => { if (!doc.hidden) { moving().forEach((part) => refresh(part.id)); } }, OFTEN);
  }
  window.addEventListener("pagehide", () => { stream?.close(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) { listen(); } });
  listen();
})();

/* A report that is being written down: saved as it is typed, without losing a word. Nothing is
   kept in the browser but the page itself. What cannot be saved stays in the fields, is said,
   and is tried again; "Save" does the same without any of this. */
(function () {
  "use strict";
  const form = document.getElementById("catat");
  const line = document.getElementById("simpanan");
  if (!form || !line) { return; }
  const PAUSE = 1200, LONGEST = 5000, AGAIN = [2000, 4000, 8000, 15000];
  let unsaved = form.dataset.unsaved === "1", halted = form.dataset.halted === "1";
  let busy = false, leaving = false, tries = 0, timer = 0, since = 0;

  /* a page that the browser copied from another is a page of its own */
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  form.elements.jendela.value = bytes.map((one) => one.toString(16).padStart(2, "0")).join("");

  function say(what, time) {
    const words = line.dataset[what].replace("#", time || "");
    line.dataset.state = what;
    if (line.textContent !== words) { line.textContent = words; }
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  function typed(event) {
    if (event.target.type === "file") { form.querySelector("button[name=tambah]").click(); return; }
    if (!unsaved) { since = Date.now(); }
    unsaved = true;
    if (halted) { return; }
    if (line.dataset.state !== "offline") { say("saving"); }
    if (!tries) { plan(Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now()))); }
  }

  async function send(keepalive) {
    try {
      const answer = await fetch(form.dataset.save, {
        method: "POST", body: new URLSearchParams(new FormData(form)),
        cache: "no-store", redirect: "error", keepalive,
      });
      const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (isOurs) { return { ok: answer.ok, ...await answer.json() }; }
      return { why: answer.status < 500 ? "door" : "offline" };
    } catch {
      return { why: "offline" };
    }
  }

  async function save(keepalive) {
    clearTimeout(timer);
    if (busy || !unsaved || halted) { return; }
    busy = true;
    unsaved = false;
    const said = await send(keepalive === true);
    busy = false;
    if (said.ok) { saved(said); return; }
    unsaved = true;
    if (said.why === "offline") {
      say("offline");
      plan(AGAIN[Math.min(tries, AGAIN.length - 1)]);
      tries += 1;
      return;
    }
    halted = true;
    if (said.words) { line.textContent = said.words; } else { say(said.why); }
  }

  function saved(said) {
    tries = 0;
    form.elements.versi.value = said.version;
    if (location.pathname !== form.getAttribute("action")) {
      history.replaceState(null, "", form.getAttribute("action"));
    }
    if (unsaved) { since = Date.now(); say("saving"); plan(PAUSE); } else { say("saved", said.at); }
  }

  form.addEventListener("input", (event) => { if (event.target.type !== "file") { typed(event); } });
  form.addEventListener("change", typed);
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  window.addEventListener("online", () => { if (unsaved) { save(); } });
  document.addEventListener("visibilitychange", () => { if (document.hidden) { save(true); } });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !leaving) { save(true); event.preventDefault(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) { return; }
    event.preventDefault();
    tries = 0;
    if (halted) { form.querySelector("button[name=simpan]").click(); } else { save(); }
  });
})();

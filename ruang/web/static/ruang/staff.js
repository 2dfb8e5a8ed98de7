/* Staff pages: keeps the keyboard where it was when a part of the page changes, stops a form
   from being sent twice, closes menus, counts letters, says a chosen day in words, says when live
   updates have stopped. */
(function () {
  "use strict";
  const doc = document;
  const one = (name) => doc.querySelector(`[data-ruang="${name}"]`);

  /* --- the keyboard stays where it was ---------------------------------------------------- */
  const WHERE = ["id", "href", "name", "value", "action"];
  function trail(element) {
    if (!element || element === doc.body || element === doc.documentElement) { return null; }
    const row = element.closest("[id]");
    const marks = WHERE.filter((mark) => element.hasAttribute(mark))
      .map((mark) => `[${mark}="${CSS.escape(element.getAttribute(mark))}"]`).join("");
    const local = element.tagName.toLowerCase() + marks;
    const selector = row && row !== element ? `#${CSS.escape(row.id)} ${local}` : local;
    const all = [...doc.querySelectorAll(selector)];
    return { element, selector, place: all.indexOf(element) };
  }
  let held = null;
  doc.addEventListener("htmx:before:swap", () => { held = trail(doc.activeElement); });
  doc.addEventListener("htmx:after:swap", () => {
    const was = held;
    held = null;
    if (!was || was.element.isConnected || doc.activeElement !== doc.body) { return; }
    const again = [...doc.querySelectorAll(was.selector)];
    const goal = again[was.place] || again[0] || doc.getElementById("isi");
    goal.focus({ preventScroll: true });
  });

  /* --- signing out: the phone forgets which sessions it knew ------------------------------ */
  function forgotten() {
    return new Promise((done) => {
      const asked = indexedDB.open("ruang-lapangan");
      asked.onupgradeneeded = () => asked.transaction.abort(); /* there was none: make none */
      asked.onerror = asked.onblocked = done;
      asked.onsuccess = () => {
        const base = asked.result, end = () => { base.close(); done(); };
        if (!base.objectStoreNames.contains("ingat")) { end(); return; }
        const step = base.transaction("ingat", "readwrite", { durability: "strict" });
        step.objectStore("ingat").delete("bekal");
        step.oncomplete = step.onabort = end;
      };
    }).catch(() => null);
  }
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.ruang !== "sign-out" || !window.indexedDB) { return; }
    event.preventDefault();
    const late = new Promise((done) => { setTimeout(done, 1500); });
    Promise.race([forgotten(), late]).then(() => form.submit());
  });

  /* --- nothing is sent twice -------------------------------------------------------------- */
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method.toLowerCase() !== "post" || event.defaultPrevented) { return; }
    if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); return; }
    form.setAttribute("aria-busy", "true");
    const button = event.submitter;
    if (!button || button.classList.contains("rk-as-link")) { return; }
    button.dataset.words = button.textContent;
    /* after the browser has read the button's own name and value */
    setTimeout(() => { button.disabled = true; button.textContent = doc.body.dataset.sending; });
  });
  function ready(form) {
    form.removeAttribute("aria-busy");
    form.querySelectorAll("button[data-words]").forEach((button) => {
      button.disabled = false;
      button.textContent = button.dataset.words;
      delete button.dataset.words;
    });
  }
  const allReady = () => doc.querySelectorAll("form[aria-busy]").forEach(ready);
  const formOf = (event) => event.detail.ctx?.sourceElement?.closest("form[method=post]");
  doc.addEventListener("htmx:before:request", (event) => {
    const form = formOf(event);
    if (!form) { return; }
    if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); return; }
    form.setAttribute("aria-busy", "true");
  });
  doc.addEventListener("htmx:finally:request", (event) => {
    const form = formOf(event);
    if (form) { ready(form); }
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) { location.reload(); } else { allReady(); }
  });

  /* --- menus ------------------------------------------------------------------------------ */
  const drops = () => doc.querySelectorAll('details[data-ruang="drop"][open], details.rk-who[open]');
  doc.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { return; }
    drops().forEach((drop) => {
      drop.open = false;
      if (drop.contains(doc.activeElement)) { drop.querySelector("summary").focus(); }
    });
  });
  doc.addEventListener("click", (event) => {
    drops().forEach((drop) => { if (!drop.contains(event.target)) { drop.open = false; } });
  });

  /* --- how many letters are left ---------------------------------------------------------- */
  doc.addEventListener("input", (event) => {
    const field = event.target;
    if (field.dataset.ruang !== "count") { return; }
    const line = field.parentElement.querySelector(".rk-count");
    const left = Number(field.dataset.most) - [...field.value].length;
    const words = left < 0 ? line.dataset.over : line.dataset.left;
    line.textContent = words.replace("#", Math.abs(left));
    line.classList.toggle("is-over", left < 0);
  });

  /* --- a date field speaks the browser's language; below it the day is said in the page's --- */
  const order = doc.documentElement.lang === "en" ? "en-GB" : "id"; /* the day first, as here */
  const inWords = new Intl.DateTimeFormat(order, {
    weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  function sayDay(field) {
    let words = field.nextElementSibling;
    if (!words || words.tagName !== "OUTPUT") {
      words = doc.createElement("output");
      words.className = "rk-mute";
      words.htmlFor = field.id;
      field.after(words);
    }
    words.textContent = field.valueAsDate ? inWords.format(field.valueAsDate) : "";
  }
  const DAY = 'input[type="date"]';
  doc.addEventListener("input", (event) => {
    if (event.target.matches(DAY)) { sayDay(event.target); }
  });
  doc.querySelectorAll(DAY).forEach(sayDay);

  /* --- live updates have stopped ---------------------------------------------------------- */
  let fresh = new Date();
  const time = () => {
    const two = (number) => String(number).padStart(2, "0");
    const mark = doc.documentElement.lang === "en" ? ":" : ".";
    return two(fresh.getHours()) + mark + two(fresh.getMinutes());
  };
  function stale(is) {
    const strip = one("stale");
    if (!strip || strip.hidden === !is) { return; }
    strip.textContent = is ? strip.dataset.words.replace("#", time()) : "";
    strip.hidden = !is;
  }
  const alive = () => { fresh = new Date(); stale(false); };
  doc.addEventListener("htmx:sse:error", () => stale(true));
  doc.addEventListener("htmx:sse:after:connection", alive);
  doc.addEventListener("htmx:sse:after:message", alive);
  doc.addEventListener("ruang:stale", () => stale(true));
  doc.addEventListener("ruang:fresh", alive);

  /* --- keys in the queue: never while typing, and they can be switched off ------------------ */
  const queue = () => doc.querySelector('[data-ruang-keys="queue"]');
  const help = one("keys");
  if (queue() && help) {
    const kept = { get: () => null, set: () => null };
    try {
      const store = window.localStorage;
      kept.get = () => store.getItem("ruang-keys");
      kept.set = (word) => store.setItem("ruang-keys", word);
    } catch (error) { /* no storage here: the keys are on until the page goes */ }
    const tick = help.querySelector("input");
    tick.checked = kept.get() !== "off";
    tick.addEventListener("change", () => kept.set(tick.checked ? "on" : "off"));
    const opener = one("keys-open");
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
    const row = () => doc.activeElement.closest("tr");
    const step = (by) => {
      const links = [...queue().querySelectorAll('a[data-ruang="row"]')];
      const here = links.findIndex((link) => row() && row().contains(link));
      const next = here < 0 ? (by > 0 ? 0 : links.length - 1) : here + by;
      if (links[next]) { links[next].focus(); }
    };
    const acts = {
      j: () => step(1),
      k: () => step(-1),
      a: () => { if (row()) { row().querySelector('button[form="ambil"]')?.click(); } },
      "/": () => doc.getElementsByName("nomor")[0].focus(),
      "?": () => help.showModal(),
    };
    doc.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      const other = event.ctrlKey || event.metaKey || event.altKey;
      if (typing || other || help.open || !tick.checked || !acts[event.key]) { return; }
      event.preventDefault();
      acts[event.key]();
    });
  }

  /* --- the result of an action, or what is wrong, is read first ---------------------------- */
  const first = one("errors") || one("result");
  if (first) { first.focus({ preventScroll: false }); }
})();

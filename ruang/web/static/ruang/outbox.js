/* The outbox of a phone without a signal. What is written is sealed at once to the office's log
   key and kept as it is sealed: this page, this phone and whoever takes it read none of it any
   more. It is sent once there is a signal and its owner is signed in; sent twice is once. */
(function () {
  "use strict";
  const place = document.getElementById("keluar");
  if (!place || !window.crypto || !crypto.subtle || !window.indexedDB) { return; }
  const words = place.dataset, list = place.querySelector("ul"), line = place.querySelector("p");
  const SUITES = { x25519: 2, p256: 3 }, AGAIN = 30000;
  const SIZES = [8192, 32768, 131072, 524288, 1048576, 2097152, 4194304];
  const text = new TextEncoder();
  const hex = (digits) => Uint8Array.from(digits.match(/../g), (two) => parseInt(two, 16));
  const join = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    parts.forEach((part) => { whole.set(part, at); at += part.length; });
    return whole;
  };
  const number = (value, width) => {
    const bytes = new Uint8Array(width);
    for (let at = width - 1; at >= 0; at -= 1) { bytes[at] = value % 256; value = Math.floor(value / 256); }
    return bytes;
  };

  /* --- sealing: nothing that opens it again stays here ------------------------------------- */
  async function pair() {
    try {
      const made = await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
      return { made, way: { name: "X25519" }, kind: "x25519" };
    } catch { /* an older browser */ }
    const way = { name: "ECDH", namedCurve: "P-256" };
    return { made: await crypto.subtle.generateKey(way, false, ["deriveBits"]), way, kind: "p256" };
  }

  function filled(said, data) {
    const told = text.encode(JSON.stringify(said));
    const plain = join(number(told.length, 4), told, number(data.length, 4), data);
    const size = SIZES.find((one) => one >= plain.length);
    if (!size) { throw new RangeError("too large"); }
    return join(plain, new Uint8Array(size - plain.length));
  }

  async function sealed(said, data) {
    const { made, way, kind } = await pair();
    const lock = hex(words[kind]);
    const id = crypto.getRandomValues(new Uint8Array(16));
    id[6] = (id[6] & 0x0f) | 0x40;
    id[8] = (id[8] & 0x3f) | 0x80;
    const head = join(number(SUITES[kind], 1), number(Number(words.version), 2), id);
    const own = new Uint8Array(await crypto.subtle.exportKey("raw", made.publicKey));
    const office = await crypto.subtle.importKey("raw", lock, way, false, []);
    const shared = await crypto.subtle.deriveBits(
      { name: way.name, public: office }, made.privateKey, 256,
    );
    const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: join(own, lock), info: join(text.encode("ruang|phone|"), head) },
      base, { name: "AES-GCM", length: 256 }, false, ["encrypt"],
    );
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const body = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv: nonce, additionalData: head }, key, filled(said, data),
    );
    const name = [...id].map((one) => one.toString(16).padStart(2, "0")).join("");
    return { id: name, blob: join(head, own, nonce, new Uint8Array(body)) };
  }

  /* --- keeping: on the disk before anybody is told so -------------------------------------- */
  let opening = null;
  function base() {
    opening = opening || new Promise((done, fail) => {
      const asked = indexedDB.open("ruang-lapangan", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("keluar", { keyPath: "id" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    return opening;
  }

  async function act(mode, work) {
    const store = await base();
    return new Promise((done, fail) => {
      const step = store.transaction("keluar", mode, { durability: "strict" });
      const asked = work(step.objectStore("keluar"));
      step.oncomplete = () => done(asked.result);
      step.onerror = step.onabort = () => fail(step.error);
    });
  }

  const all = () => act("readonly", (store) => store.getAll());
  const drop = (id) => act("readwrite", (store) => store.delete(id));

  async function keep(said, data) {
    const owner = words.owner || "";
    const entry = await sealed({ v: 1, owner, at: new Date().toISOString(), ...said }, data || new Uint8Array());
    await act("readwrite", (store) => store.put({ ...entry, owner, at: Date.now() }));
    await show();
    flush();
    return entry.id;
  }

  /* --- sending ------------------------------------------------------------------------------ */
  const state = { why: "", answers: new Map() };
  const mine = (entry) => entry.owner === words.owner || entry.owner === "";

  async function sent(entry) {
    const form = new FormData();
    form.append("csrfmiddlewaretoken", words.token);
    form.append("entri", new Blob([entry.blob], { type: "application/octet-stream" }), "entri");
    try {
      const answer = await fetch(words.send, { method: "POST", body: form, cache: "no-store", redirect: "manual" });
      const ours = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (ours) { return await answer.json(); }
      return { state: answer.status < 500 ? "door" : "offline" }; /* a redirect has status 0 */
    } catch {
      return { state: "offline" };
    }
  }

  async function flushed() {
    if (!words.token) { return; }
    const open = (one) => mine(one) && state.answers.get(one.id)?.state !== "refused";
    const drawn = (await all()).filter(open).map((one) => [crypto.getRandomValues(new Uint32Array(1))[0], one]);
    const waiting = drawn.sort(([a], [b]) => a - b).map(([, one]) => one); /* the order tells nothing */
    state.why = "";
    for (const entry of waiting) {
      const answer = await sent(entry);
      if (answer.state === "offline" || answer.state === "door") { state.why = answer.state; break; }
      state.answers.set(entry.id, answer);
      if (answer.state === "done" || answer.state === "waiting") {
        await drop(entry.id);
        document.dispatchEvent(new CustomEvent("ruang:sent", { detail: { ...answer, id: entry.id } }));
      }
    }
    await show();
  }

  let running = null;
  function flush() {
    running = (running || Promise.resolve()).then(() => (
      navigator.locks ? navigator.locks.request("ruang-lapangan", flushed) : flushed()
    )).catch(() => null);
    return running;
  }

  /* --- saying so ---------------------------------------------------------------------------- */
  const clock = (at) => {
    const time = new Date(at), two = (one) => String(one).padStart(2, "0");
    return two(time.getHours()) + (document.documentElement.lang === "en" ? ":" : ".") + two(time.getMinutes());
  };

  function row(entry) {
    const item = document.createElement("li"), said = document.createElement("span");
    const answer = state.answers.get(entry.id);
    const other = mine(entry) ? words.kept : words.other;
    said.textContent = `${clock(entry.at)} · ${answer ? answer.words : other}`;
    item.append(said);
    if (answer && answer.state === "refused") {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rk-as-link";
      button.textContent = words.remove;
      button.addEventListener("click", async () => {
        if (!window.confirm(words.sure)) { return; }
        await drop(entry.id);
        await show();
      });
      item.append(" ", button);
    }
    return item;
  }

  async function show() {
    const entries = await all();
    const done = [...state.answers.values()].filter((one) => one.state === "done" || one.state === "waiting");
    const last = done.length ? done[done.length - 1].words : "";
    const what = entries.length ? words[state.why || (navigator.onLine && words.token ? "sending" : "offline")] : last;
    place.hidden = !entries.length && !done.length;
    line.textContent = entries.length ? what.replace("#", entries.length) : last;
    list.replaceChildren(...entries.map(row));
    document.dispatchEvent(new CustomEvent("ruang:kept", { detail: { count: entries.length } }));
  }

  window.ruangOutbox = { keep, flush, show };
  window.addEventListener("online", flush);
  setInterval(async () => { if (navigator.onLine && (await all()).length) { flush(); } }, AGAIN);
  show().then(flush).catch(() => { delete window.ruangOutbox; });
})();

/* The outbox of a phone without a signal. What is written is sealed at once to the office's log
   key and kept as it is sealed: this page, this phone and whoever takes it read none of it any
   more. It is sent once there is a signal and its owner is signed in, and what somebody told by
   whoever is; sent twice is once. */
(function () {
  "use strict";
  const place = document.getElementById("keluar");
  if (!place || !window.crypto || !crypto.subtle) { return; }
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
  const FIRST = "segera", OTHERS = "keluar", KNOWN = "ingat", STORES = [FIRST, OTHERS, KNOWN];
  let opening = null;
  function base() {
    opening = opening || new Promise((done, fail) => {
      const asked = indexedDB.open("ruang-lapangan", 2);
      asked.onupgradeneeded = () => {
        const missing = STORES.filter((name) => !asked.result.objectStoreNames.contains(name));
        missing.forEach((name) => asked.result.createObjectStore(name, name === KNOWN ? {} : { keyPath: "id" }));
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => { asked.result.close(); opening = null; };
        done(asked.result);
      };
      asked.onerror = () => fail(asked.error);
      asked.onblocked = () => fail(new Error("an older page holds it"));
    }).catch((fault) => { opening = null; throw fault; });
    return opening;
  }

  async function act(mode, work) {
    const store = await base();
    try {
      return await new Promise((done, fail) => {
        const step = store.transaction(STORES, mode, { durability: "strict" });
        const asked = work((name) => step.objectStore(name));
        step.oncomplete = () => done(asked.result);
        step.onerror = step.onabort = () => fail(step.error);
      });
    } catch (fault) {
      store.close();
      opening = null; /* the next try begins anew */
      throw fault;
    }
  }

  const lying = (where) => act("readonly", (store) => store(where).getAll());
  const known = (name) => act("readonly", (store) => store(KNOWN).get(name));
  const note = (name, value) => act("readwrite", (store) => store(KNOWN).put(value, name));
  const forget = (name) => act("readwrite", (store) => store(KNOWN).delete(name));
  const drop = (id) => act("readwrite", (store) => { store(FIRST).delete(id); return store(OTHERS).delete(id); });
  const all = async () => [...await lying(FIRST), ...await lying(OTHERS)].sort((a, b) => a.at - b.at);

  /* a page without a signal knows nobody: then it was written by who signed in here last */
  let owner = words.owner || "";
  async function whose() {
    if (words.owner) { await note("pemilik", owner); } else { owner = (await known("pemilik")) || ""; }
    return owner;
  }

  let lasting = null;
  const locked = (by, said, data) => sealed(
    { v: 1, owner: by, at: new Date().toISOString(), ...said }, data || new Uint8Array(),
  );
  async function keep(said, data) {
    const by = await whose(), told = said.kind === "tell";
    const entry = await locked(by, said, data);
    await act("readwrite", (store) => {
      if (told) { store(KNOWN).put(later(), "sampai"); }
      return store(told ? FIRST : OTHERS).put({ ...entry, owner: by, at: Date.now() });
    });
    lasting = lasting || Promise.resolve(navigator.storage?.persist?.()).catch(() => null);
    show().catch(() => null);
    flush();
    return entry.id;
  }

  /* --- sending: what somebody told first and at once, all else a while after it ------------- */
  const SOONEST = 5 * 60000, LATEST = 45 * 60000;
  const state = { why: "", answers: new Map() };
  const mine = (entry) => entry.owner === owner || entry.owner === "";
  const drawn = () => crypto.getRandomValues(new Uint32Array(1))[0];
  const later = () => Date.now() + SOONEST + (LATEST - SOONEST) * drawn() / 2 ** 32;

  async function held() {
    const left = ((await known("sampai")) || 0) - Date.now();
    if (left > 0 && left <= LATEST) { return true; } /* a clock that was set back holds nothing */
    await forget("sampai");
    return false;
  }

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

  /* Sends what lies in one store; false once nothing more can be sent now. */
  async function emptied(where, wanted) {
    const open = (one) => wanted(one) && state.answers.get(one.id)?.state !== "refused";
    const lot = (await lying(where)).filter(open).map((one) => [drawn(), one]);
    for (const [, entry] of lot.sort(([a], [b]) => a - b)) { /* the order tells nothing */
      if (where === OTHERS && await held()) { state.why = "held"; return false; }
      const answer = await sent(entry);
      if (answer.state === "offline" || answer.state === "door") { state.why = answer.state; return false; }
      state.answers.set(entry.id, answer);
      if (answer.state === "done" || answer.state === "waiting") {
        if (where === FIRST) { await note("sampai", later()); }
        await drop(entry.id);
        document.dispatchEvent(new CustomEvent("ruang:sent", { detail: { ...answer, id: entry.id } }));
      }
    }
    return true;
  }

  /* A phone that keeps nothing: what was locked goes at once, or not at all. */
  const works = () => known("pemilik").then(() => true, () => false);
  const ready = (said, data) => locked(owner, said, data);
  async function straight(entry) {
    if (!words.token || !navigator.onLine) { return { state: "offline" }; }
    return (await held().catch(() => false)) ? { state: "held" } : sent(entry);
  }

  async function flushed() {
    if (!words.token) { return; }
    state.why = "";
    if (await emptied(FIRST, () => true)) { await emptied(OTHERS, mine); }
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

  window.ruangOutbox = { keep, flush, show, whose, known, note, forget, works, ready, straight };
  window.addEventListener("online", flush);
  setInterval(() => {
    if (navigator.onLine) { all().then((kept) => { if (kept.length) { flush(); } }).catch(() => null); }
  }, AGAIN);
  whose().then(show).then(flush).catch(() => null);
})();

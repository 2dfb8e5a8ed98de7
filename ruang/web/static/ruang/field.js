/* In the hall: large buttons to count with, and forms that are sealed into the outbox. Without
   any of this the same forms are sent as they are. */
(function () {
  "use strict";
  const doc = document, box = window.ruangOutbox, place = doc.getElementById("keluar");
  if (place && place.dataset.worker && navigator.serviceWorker) {
    navigator.serviceWorker.register(place.dataset.worker, { scope: place.dataset.scope }).catch(() => null);
  }

  /* --- counting ----------------------------------------------------------------------------- */
  const value = (field) => Math.max(0, Math.min(2000, Math.floor(Number(field.value) || 0)));
  function total() {
    const out = doc.getElementById("jumlah");
    if (out) { out.textContent = [...doc.querySelectorAll('[name^="orang-"]')].reduce((sum, one) => sum + value(one), 0); }
  }
  function stepper(field) {
    const button = (sign, by) => {
      const made = doc.createElement("button");
      made.type = "button";
      made.className = "rk-step";
      made.textContent = sign;
      made.setAttribute("aria-label", `${sign} ${field.labels[0] ? field.labels[0].textContent : ""}`);
      made.addEventListener("click", () => {
        field.value = Math.max(0, Math.min(2000, value(field) + by));
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      return made;
    };
    field.before(button("−", -1));
    field.after(button("+", 1));
  }
  doc.querySelectorAll("input.rk-number").forEach(stepper);
  doc.addEventListener("input", total);
  total();

  /* --- forms that go into the outbox -------------------------------------------------------- */
  if (!box) { return; }
  doc.querySelectorAll('[data-ruang="scripts"]').forEach((part) => { part.hidden = false; });
  const found = location.pathname.match(/\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//);
  const session = found ? found[1] : "";
  const fields = (form) => Object.fromEntries(
    [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "once"),
  );
  let dirty = false;

  function say(form, what) {
    const out = form.querySelector('[data-ruang="answer"]');
    out.textContent = form.dataset[what] || "";
    out.hidden = !out.textContent;
    out.classList.toggle("govuk-error-message", what !== "saved" && what !== "bycode");
    if (out.textContent) { out.focus(); }
    return false;
  }

  const readers = {
    log(form) {
      const counted = [];
      let fits = true;
      form.querySelectorAll('[name^="orang-"]').forEach((field) => {
        const key = field.name.slice("orang-".length);
        const [sex, ...band] = key.split("-");
        const [people, first, other] = ["orang", "baru", "disabilitas"].map((part) => value(form.elements[`${part}-${key}`]));
        if (first > people || other > people) { fits = false; }
        if (people) { counted.push([sex, band.join("-"), people, first, other]); }
      });
      if (!fits) { return say(form, "misfit"); }
      const whole = form.elements.semua.checked, scanned = form.elements.pindai.checked;
      if (scanned && (counted.length || whole)) { return say(form, "both"); }
      /* how many came by code a page knows only as it was opened: what is ticked counts */
      if (!counted.length && !scanned && (whole || !Number(form.dataset.arrived))) { return say(form, "nobody"); }
      const rts = [...form.querySelectorAll('[name="rt"]')];
      const here = rts.filter((one) => one.checked).map((one) => one.value);
      if (rts.length && !here.length) { return say(form, "nort"); }
      return {
        kind: "log", session, counted, whole, by_code: scanned, rts: form.dataset.rts ? here : null,
        note: form.elements.catatan.value, starts_at: form.dataset.starts || null,
      };
    },
    tell(form) {
      const said = fields(form);
      if (!said.bahaya || !said.umur || !said.cara) { return say(form, "missing"); }
      return { kind: "tell", door: form.dataset.door, fields: said };
    },
    async sheet(form) {
      const code = [...form.elements.kode.value.normalize("NFC").toLowerCase()].filter((one) => /[\p{L}\p{N}]/u.test(one)).join("");
      if (!code) { return say(form, "missing"); }
      const pair = await hashed(code);
      if (used.has(pair)) { return say(form, "twice"); }
      const said = fields(form);
      const names = new Set([...form.querySelectorAll('[name^="t-"]')].map((one) => one.name));
      const answers = [...names].map((name) => [name.slice(2), name in said ? Number(said[name]) : null]);
      return { kind: "sheet", session, phase: form.dataset.phase, pair, answers };
    },
  };

  /* a code is hashed here, for this session alone: nobody learns it, and it pairs nothing else */
  const used = new Set();
  async function hashed(code) {
    const salt = Uint8Array.from(session.replaceAll("-", "").match(/../g), (two) => parseInt(two, 16));
    const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(code), "PBKDF2", false, ["deriveBits"]);
    const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: 50000 }, base, 128);
    return [...new Uint8Array(bits)].map((one) => one.toString(16).padStart(2, "0")).join("");
  }

  if (!session) {
    doc.querySelectorAll('form[data-entry="log"], #foto').forEach((part) => { part.closest("section").hidden = true; });
  }
  doc.querySelectorAll("form[data-entry]").forEach((form) => {
    form.addEventListener("input", () => { dirty = true; });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = event.submitter;
      if (button && button.disabled) { return; }
      if (button) { button.disabled = true; }
      try {
        const said = await readers[form.dataset.entry](form);
        if (!said) { return; }
        await box.keep(said);
        if (said.pair) { used.add(said.pair); }
        form.reset();
        dirty = false;
        total();
        say(form, said.by_code ? "bycode" : "saved");
        if (form.dataset.entry === "log") { form.querySelector("[data-ruang=fold]").hidden = true; }
      } catch {
        if (!form.elements.csrfmiddlewaretoken || !navigator.onLine) { say(form, "failed"); return; }
        dirty = false;
        form.submit(); /* this phone keeps nothing: it goes as it would without any of this */
      } finally {
        if (button) { button.disabled = false; }
      }
    });
  });
  window.addEventListener("beforeunload", (event) => { if (dirty) { event.preventDefault(); } });

  /* the page for no signal goes on by itself once the office answers, if nothing is half typed */
  async function back() {
    const painting = doc.querySelector('#foto [data-part="work"]:not([hidden])');
    if (dirty || painting || !navigator.onLine) { return; }
    try {
      await fetch(place.dataset.scope, { method: "HEAD", cache: "no-store", redirect: "manual" });
      location.reload();
    } catch { /* not yet */ }
  }
  if (!place.dataset.token) {
    window.addEventListener("online", back);
    setInterval(back, 4000);
  }
})();

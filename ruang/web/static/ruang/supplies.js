/* What the phone knows of the own sessions without a signal: which RT, which questions. No name of
   a person and nothing anybody said. Forgotten once logged, when signing out, and after its days. */
(function () {
  "use strict";
  const doc = document, box = window.ruangOutbox, place = doc.getElementById("keluar");
  if (!place || !box) { return; }
  const KEY = "bekal", OLDEST = 10 * 86400000, AHEAD = 86400000;

  /* --- with a signal: what is kept is what the office says now, and nothing else ------------ */
  async function fetched() {
    try {
      const answer = await fetch(place.dataset.supplies, {
        cache: "no-store", redirect: "error", headers: { "X-Ruang-Auto": "1" },
      });
      if (!answer.ok) { return; }
      const { owner, sessions } = await answer.json();
      await (sessions.length ? box.note(KEY, { owner, sessions, at: Date.now() }) : box.forget(KEY));
    } catch { /* no signal, or a phone that keeps nothing: it goes on without */ }
  }
  if (place.dataset.token) {
    doc.addEventListener("ruang:sent", fetched);
    fetched();
    return;
  }

  /* --- without: what was kept for whoever signed in here last, and is not too old ----------- */
  async function kept() {
    const lot = await box.known(KEY), owner = await box.whose(), now = Date.now();
    if (!lot) { return []; }
    const fits = owner && lot.owner === owner && now - lot.at < OLDEST;
    if (fits && lot.at - now >= AHEAD) { return []; } /* a clock that went back: until it is right again */
    const left = fits ? lot.sessions.filter((one) => Date.parse(one.until) > now) : [];
    if (!left.length) { await box.forget(KEY); }
    else if (left.length < lot.sessions.length) { await box.note(KEY, { ...lot, sessions: left }); }
    return left;
  }

  const made = (name, text, more) => Object.assign(doc.createElement(name), { textContent: text }, more);
  const part = (name) => doc.querySelector(`#bekal [data-part="${name}"]`);
  const address = (one) => `${place.dataset.scope}${one.id}/`;

  function choice(type, name, value, words, id) {
    const label = made("label", "", { className: "rk-choice", htmlFor: id });
    label.append(Object.assign(doc.createElement("input"), { type, id, name, value, autocomplete: "off" }), made("b", words));
    return label;
  }

  function listed(sessions) {
    part("list").replaceChildren(...sessions.map((one) => {
      const item = doc.createElement("li"), link = made("a", "", { className: "govuk-link", href: address(one) });
      link.append(made("b", one.programme));
      item.append(link, doc.createElement("br"), one.about);
      return item;
    }));
    part("list").hidden = false;
  }

  function named(one) {
    doc.getElementById("bekal-h").textContent = one.programme;
    part("about").textContent = one.about;
    part("about").hidden = false;
  }

  function toLog(one) {
    const form = doc.querySelector('form[data-entry="log"]'), rts = doc.getElementById("rt-bekal");
    form.dataset.starts = one.starts;
    form.dataset.rts = one.rts.length ? "1" : "";
    rts.append(...one.rts.map(([id, name]) => choice("checkbox", "rt", id, name, `rt-${id}`)));
    rts.querySelectorAll("input").forEach((field) => { field.defaultChecked = true; });
    rts.hidden = !one.rts.length;
    part("sheets").querySelectorAll("a").forEach((link) => { link.href = `${address(one)}tes/${link.dataset.phase}/`; });
    part("sheets").hidden = !one.questions.length;
  }

  function toAnswer(one, phase) {
    const sheet = doc.getElementById("lembar"), isBefore = phase === "sebelum";
    sheet.querySelector("form").dataset.phase = isBefore ? "before" : "after";
    doc.getElementById("lembar-h").textContent = isBefore ? sheet.dataset.before : sheet.dataset.after;
    doc.getElementById("tanya-bekal").replaceChildren(...one.questions.map(([id, words, choices]) => {
      const group = made("fieldset", "", { className: "govuk-fieldset" });
      group.append(made("legend", words, { className: "govuk-fieldset__legend" }));
      group.append(...choices.map((text, n) => choice("radio", `t-${id}`, String(n), text, `t-${id}-${n}`)));
      return group;
    }));
    part("back").querySelector("a").href = address(one);
    part("back").hidden = false;
    sheet.hidden = false;
    doc.querySelectorAll('form[data-entry="log"], #foto').forEach((other) => { other.closest("section").hidden = true; });
  }

  kept().then((sessions) => {
    const found = sessions.find((one) => location.pathname.includes(one.id));
    const phase = location.pathname.match(/\/tes\/(sebelum|sesudah)\//);
    const isList = location.pathname === place.dataset.scope;
    if (!found && !(isList && sessions.length)) { return; } /* another session: as if nothing were known */
    if (isList) { listed(sessions); } else { named(found); }
    if (found && phase && found.questions.length) { toAnswer(found, phase[1]); } else if (found) { toLog(found); }
    doc.getElementById("bekal").hidden = false;
  }).catch(() => null);
})();

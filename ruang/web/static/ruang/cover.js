/* Faces are covered on the phone: what is covered is painted over before the picture is made
   anew, so that neither the pixels below nor the camera's notes (place, device) leave it. */
(function () {
  "use strict";
  const part = document.getElementById("foto");
  if (!part || !window.ruangOutbox || !window.createImageBitmap) { return; }
  const doc = document, file = part.querySelector("input[type=file]"), canvas = part.querySelector("canvas");
  const work = part.querySelector("[data-part=work]"), sure = part.querySelector("input[type=checkbox]");
  const line = part.querySelector("[data-ruang=answer]"), send = part.querySelector("[data-part=send]");
  const pen = canvas.getContext("2d"), LONGEST = 1600, SMALLEST = 12, COVER = "#000";
  let picture = null, boxes = [], chosen = -1, drawn = null, pending = null;

  function say(what, words) {
    line.textContent = words || part.dataset[what] || "";
    line.hidden = !line.textContent;
  }

  function paint(target, marks) {
    target.drawImage(picture, 0, 0, canvas.width, canvas.height);
    target.fillStyle = COVER;
    boxes.forEach((one) => target.fillRect(one.x, one.y, one.w, one.h));
    if (!marks) { return; }
    if (drawn) { target.fillRect(drawn.x, drawn.y, drawn.w, drawn.h); }
    if (boxes[chosen]) {
      const one = boxes[chosen];
      target.lineWidth = Math.max(4, canvas.width / 150);
      target.strokeStyle = "#ffdd00";
      target.strokeRect(one.x, one.y, one.w, one.h);
    }
  }
  const show = () => { if (picture) { paint(pen, true); } };

  function fit(one) {
    const w = Math.min(canvas.width, Math.max(SMALLEST, one.w)), h = Math.min(canvas.height, Math.max(SMALLEST, one.h));
    return {
      w, h, x: Math.min(canvas.width - w, Math.max(0, one.x)), y: Math.min(canvas.height - h, Math.max(0, one.y)),
    };
  }
  function add(one) {
    boxes.push(fit(one));
    chosen = boxes.length - 1;
    show();
  }
  const middle = () => {
    const side = Math.round(Math.min(canvas.width, canvas.height) / 4);
    return { x: (canvas.width - side) / 2, y: (canvas.height - side) / 2, w: side, h: side };
  };
  function remove() {
    if (chosen < 0) { return; }
    boxes.splice(chosen, 1);
    chosen = boxes.length - 1;
    show();
  }

  file.addEventListener("change", async () => {
    say("");
    boxes = [];
    chosen = -1;
    sure.checked = false;
    if (!file.files[0]) { work.hidden = true; return; }
    try {
      picture = await createImageBitmap(file.files[0], { imageOrientation: "from-image" });
    } catch {
      work.hidden = true;
      say("unreadable");
      return;
    }
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    work.hidden = false;
    pending = null;
    show();
    if (!await window.ruangOutbox.works()) { say(navigator.onLine ? "straight" : "unkept"); }
  });

  /* --- with a finger or a mouse ------------------------------------------------------------- */
  const where = (event) => {
    const frame = canvas.getBoundingClientRect();
    return {
      x: (event.clientX - frame.left) * canvas.width / frame.width,
      y: (event.clientY - frame.top) * canvas.height / frame.height,
    };
  };
  let from = null;
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
    from = where(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) { return; }
    const to = where(event);
    drawn = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) };
    show();
  });
  const letGo = () => {
    if (!from) { return; }
    const point = from, made = drawn;
    from = drawn = null;
    if (made && made.w >= SMALLEST && made.h >= SMALLEST) { add(made); return; }
    const inside = (one) => point.x >= one.x && point.x <= one.x + one.w && point.y >= one.y && point.y <= one.y + one.h;
    chosen = boxes.map(inside).lastIndexOf(true);
    show();
  };
  canvas.addEventListener("pointerup", letGo);
  canvas.addEventListener("pointercancel", () => { from = drawn = null; show(); });

  /* --- with the keyboard: arrows move, with Shift they change the size ---------------------- */
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener("keydown", (event) => {
    const one = boxes[chosen], way = ARROWS[event.key], step = Math.max(4, Math.round(canvas.width / 60));
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); add(middle()); return; }
    if (!one) { return; }
    if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); remove(); return; }
    if (!way) { return; }
    event.preventDefault();
    const [x, y] = way.map((by) => by * step);
    boxes[chosen] = fit(event.shiftKey ? { ...one, w: one.w + x, h: one.h + y } : { ...one, x: one.x + x, y: one.y + y });
    show();
  });
  part.querySelector("[data-part=add]").addEventListener("click", () => { add(middle()); canvas.focus(); });
  part.querySelector("[data-part=remove]").addEventListener("click", remove);

  function gone(what) {
    picture.close();
    picture = pending = null;
    boxes = [];
    file.value = "";
    work.hidden = true;
    say(what);
  }

  /* Into the outbox; where this phone keeps nothing, straight to the office and kept nowhere. The
     same picture pressed twice is the same entry, so that it arrives once. */
  async function sendOff(said, bytes) {
    const box = window.ruangOutbox, drawing = JSON.stringify(boxes);
    try {
      await box.keep(said, bytes);
      gone("saved");
      return;
    } catch { /* it keeps nothing, or not so much */ }
    if (!pending || pending.drawing !== drawing) { pending = { drawing, entry: await box.ready(said, bytes) }; }
    const { state, words } = await box.straight(pending.entry);
    if (state === "done" || state === "waiting") { gone("sent"); return; }
    say({ offline: "unkept", held: "held", door: "door" }[state] || "failed", state === "refused" || state === "later" ? words : "");
  }

  /* --- made anew, sealed, gone --------------------------------------------------------------- */
  send.addEventListener("click", async () => {
    if (!picture) { return; }
    if (!sure.checked) { say("unsure"); return; }
    send.disabled = true;
    try {
      const clean = doc.createElement("canvas");
      clean.width = canvas.width;
      clean.height = canvas.height;
      paint(clean.getContext("2d", { alpha: false }), false);
      const made = await new Promise((done) => { clean.toBlob(done, "image/jpeg", 0.8); });
      const found = location.pathname.match(/\/([0-9a-f-]{36})\//);
      await sendOff({ kind: "photo", session: found[1] }, new Uint8Array(await made.arrayBuffer()));
    } catch {
      say("failed");
    } finally {
      send.disabled = false;
    }
  });
})();

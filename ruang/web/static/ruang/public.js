/* Public pages: leaving quickly, and sending steps without leaving a trace in session files.
   Everything works without this file. Old phones: ES5, no modules, no globals. Words come from
   the footer's data attributes, which the server writes in the page's language. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement;
  var sending = null, gone = false;

  function one(name, from) { return (from || doc).querySelector('[data-ruang="' + name + '"]'); }
  function say(key) { var foot = one("foot"); return (foot && foot.getAttribute("data-" + key)) || ""; }
  function announce(words) { var place = one("say"); if (place) { place.textContent = words; } }
  function each(list, work) { Array.prototype.forEach.call(list, work); }
  function near(node, selector) {
    while (node && node.nodeType === 1) {
      if ((node.matches || node.msMatchesSelector || node.webkitMatchesSelector).call(node, selector)) { return node; }
      node = node.parentNode;
    }
    return null;
  }

  /* --- leaving ------------------------------------------------------------------------- */

  function silence() {
    each(doc.querySelectorAll("audio,video"), function (player) {
      try {
        player.pause();
        if (player.srcObject && player.srcObject.getTracks) {
          each(player.srcObject.getTracks(), function (track) { track.stop(); });
          player.srcObject = null;
        }
        player.removeAttribute("src");
      } catch (ignore) { /* leaving matters more */ }
    });
  }

  function emptied() {
    each(doc.forms, function (form) { try { form.reset(); } catch (ignore) { /* go on */ } });
    each(doc.querySelectorAll("input,textarea,select"), function (field) {
      if (field.type === "checkbox" || field.type === "radio") { field.checked = false; return; }
      try { field.value = ""; } catch (ignore) { /* go on */ }
    });
  }

  function wipe() {
    gone = true;
    if (sending) { sending.abort(); sending = null; }
    emptied();
    doc.body.textContent = "";
  }

  function leave(target) {
    var words = say("loading"), cover = doc.createElement("div");
    /* whoever holds a microphone or a socket lets go now */
    try { doc.dispatchEvent(new CustomEvent("ruang:leave")); } catch (ignore) { /* old phone */ }
    silence();
    wipe();
    cover.className = "rk-cover";
    cover.textContent = words;
    doc.body.appendChild(cover);
    window.scrollTo(0, 0);
    location.replace(target);
  }

  doc.addEventListener("click", function (event) {
    var link = near(event.target, '[data-ruang="exit"],[data-ruang="leave"]');
    if (link) { event.preventDefault(); leave(link.href); }
  }, true);

  /* a jump inside the page moves the keyboard, and leaves no entry behind */
  doc.addEventListener("click", function (event) {
    var link = near(event.target, 'a[href^="#"]'), goal;
    goal = link && doc.getElementById(link.getAttribute("href").slice(1));
    if (!goal) { return; }
    event.preventDefault();
    if (!near(goal, "a,button,input,textarea,select,[tabindex]")) { goal.setAttribute("tabindex", "-1"); }
    goal.focus();
    (goal.id === "isi" ? goal : near(goal, "label,fieldset,.govuk-form-group") || goal).scrollIntoView();
  });

  var presses = 0, last = 0;
  doc.addEventListener("keydown", function (event) {
    var exit = one("exit"), now = Date.now();
    if (event.key !== "Shift" && event.keyCode !== 16) { presses = 0; return; }
    if (event.repeat || !exit) { return; }
    presses = now - last > 5000 ? 1 : presses + 1;
    last = now;
    if (presses >= 3) { leave(exit.href); return; }
    announce(say("shift-" + (3 - presses)));
  });

  window.addEventListener("pagehide", wipe);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { wipe(); location.reload(); }
  });

  /* --- sending a step ------------------------------------------------------------------ */

  var able = window.FormData && window.XMLHttpRequest && "upload" in new XMLHttpRequest();
  var pressed = null;

  doc.addEventListener("click", function (event) {
    var button = near(event.target, "button,input[type=submit]");
    pressed = button && button.form ? button : pressed;
  });

  function submitter(event, form) {
    if (event.submitter) { return event.submitter; }
    if (pressed && pressed.form === form) { return pressed; }
    return form.querySelector("button:not([type=button]),input[type=submit]");
  }

  function answers(form, button) {
    var idle = [], data;
    /* an empty file field breaks some older iPhones */
    each(form.querySelectorAll("input[type=file]"), function (field) {
      if (!field.files.length && !field.disabled) { field.disabled = true; idle.push(field); }
    });
    data = new FormData(form);
    idle.forEach(function (field) { field.disabled = false; });
    if (button && button.name) { data.append(button.name, button.value); }
    return data;
  }

  function carries(form) {
    var found = false;
    each(form.querySelectorAll("input[type=file]"), function (field) {
      if (field.files.length) { found = true; }
    });
    return found;
  }

  function busy(form, button) {
    var label = button ? button.innerHTML : "", bar = null, late;
    var place = doc.createElement("div");
    place.className = "rk-sending";
    place.setAttribute("role", "status");
    if (button && button.parentNode) { button.parentNode.insertBefore(place, button); } else { form.appendChild(place); }
    if (near(place, ".rk-foot")) { form.appendChild(place); }
    if (button) { button.disabled = true; button.textContent = say("sending"); }
    form.setAttribute("aria-busy", "true");
    announce(say("sending"));
    late = setTimeout(function () {
      var line = doc.createElement("p");
      line.textContent = say("trying");
      place.appendChild(line);
    }, 4000);
    return {
      progress: function (share) {
        if (!bar) {
          bar = doc.createElement("progress");
          bar.max = 100;
          bar.setAttribute("aria-label", say("uploading"));
          place.insertBefore(bar, place.firstChild);
        }
        bar.value = Math.round(share * 100);
      },
      end: function (words) {
        clearTimeout(late);
        form.removeAttribute("aria-busy");
        if (button) { button.disabled = false; button.innerHTML = label; }
        each(doc.querySelectorAll(".rk-unsent"), function (old) { old.parentNode.removeChild(old); });
        place.removeAttribute("role");
        place.textContent = "";
        if (!words) { return; }
        place.className = "rk-note rk-note--late rk-unsent";
        place.setAttribute("role", "alert");
        place.setAttribute("tabindex", "-1");
        place.textContent = words;
        if (button) { button.focus(); }
      }
    };
  }

  function take(old, fresh) {
    if (old && fresh) { old.parentNode.replaceChild(doc.importNode(fresh, true), old); }
  }

  function swap(page) {
    var main = page.querySelector("main"), lang = page.documentElement.lang, goal;
    if (lang !== root.lang) {
      take(doc.querySelector(".govuk-skip-link"), page.querySelector(".govuk-skip-link"));
      take(doc.querySelector(".rk-top"), page.querySelector(".rk-top"));
      root.lang = lang;
    }
    take(doc.querySelector("main"), main);
    take(one("foot"), one("foot", page));
    announce("");
    goal = one("errors") || doc.querySelector("main h1");
    if (goal) {
      if (!goal.hasAttribute("tabindex")) { goal.setAttribute("tabindex", "-1"); }
      goal.focus();
    }
    window.scrollTo(0, 0);
  }

  function failed(status) { return status === 413 ? "large" : "failed"; }

  function send(form, button) {
    var request = new XMLHttpRequest(), data = answers(form, button), files = carries(form);
    var state = busy(form, button), stalled;
    function restart() {
      clearTimeout(stalled);
      stalled = setTimeout(function () { request.abort(); over("failed"); }, 90000);
    }
    function over(key) {
      if (sending !== request) { return; }
      clearTimeout(stalled);
      sending = null;
      announce("");
      state.end(key ? say(key) : "");
    }
    sending = request;
    request.open("POST", form.getAttribute("action") || location.pathname);
    request.responseType = "document";
    request.setRequestHeader("Accept", "text/html");
    if (files && request.upload) {
      request.upload.onprogress = function (event) {
        restart();
        if (event.lengthComputable) { state.progress(event.loaded / event.total); }
      };
    }
    request.onprogress = restart;
    request.onload = function () {
      var page = request.response, whole = page && page.querySelector && page.querySelector("main");
      if (gone) { return; }
      /* a page that says our server failed would cost her what she typed: keep hers instead,
         unless the answer itself carries the form on */
      whole = whole && (request.status < 500 && request.status !== 413 || one("step", whole));
      if (!whole) { over(failed(request.status)); return; }
      over("");
      swap(page);
    };
    request.onerror = function () { over("failed"); };
    restart();
    request.send(data);
  }

  if (able) {
    doc.addEventListener("submit", function (event) {
      var form = event.target;
      if (form.getAttribute("data-ruang") !== "step" || (form.method || "").toLowerCase() !== "post") { return; }
      event.preventDefault();
      if (sending || gone) { return; }
      send(form, submitter(event, form));
      pressed = null;
    });
  }
})();

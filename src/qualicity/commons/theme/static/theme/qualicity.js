// Small comforts; every page works without them.
(function () {
  "use strict";

  // the chooser of plan, place and day needs no button
  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-standing]");
    if (form && form.checkValidity()) form.requestSubmit();
  });

  // the chooser keeps what else the address says (a filter, a search), and leaves out what is empty
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("form[data-standing]")) return;
    var own = new Set(["plan", "place", "as_of", "known_on", "page"]);
    new URLSearchParams(location.search).forEach(function (value, name) {
      if (own.has(name) || !value) return;
      var field = document.createElement("input");
      field.type = "hidden"; field.name = name; field.value = value;
      form.append(field);
    });
    form.querySelectorAll('input[name="known_on"]').forEach(function (field) { field.disabled = !field.value; });
  });

  // plan, place and day belong in the address, so that any page can be sent to a colleague
  function complete() {
    var form = document.querySelector("form[data-standing]");
    if (!form || form.method !== "get") return;
    var address = new URL(location.href), before = address.search;
    new FormData(form).forEach(function (value, name) {
      if (value && !address.searchParams.has(name)) address.searchParams.set(name, value);
    });
    if (address.search !== before) history.replaceState(history.state, "", address);
  }
  complete();

  // one open menu at a time; Escape and a click elsewhere close it
  function closeOthers(kept) {
    document.querySelectorAll("details[data-popup][open]").forEach(function (one) { if (one !== kept) one.open = false; });
  }
  document.addEventListener("click", function (event) { closeOthers(event.target.closest("details[data-popup]")); });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details[data-popup][open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });

  // a table that is wider than its room is scrolled by keyboard, too
  function reachable() {
    document.querySelectorAll(".table-responsive").forEach(function (one) {
      if (one.scrollWidth > one.clientWidth) one.tabIndex = 0; else one.removeAttribute("tabindex");
    });
  }
  reachable();
  window.addEventListener("resize", reachable);
  document.addEventListener("htmx:afterSettle", reachable);

  // whoever signs out takes their own pages along; what has not been sent yet stays, and they are told
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("form[data-leaving]")) return;
    var unsent = Number(localStorage.getItem("unsent") || 0);
    if (unsent && !window.confirm(form.dataset.leaving.replace("0", unsent))) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    if (!window.caches) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    caches.keys().then(function (names) {
      return Promise.all(names.filter(function (one) { return one.indexOf("own-") === 0; }).map(function (one) { return caches.delete(one); }));
    }).finally(function () { form.submit(); });
  });

  // a form is sent once
  document.addEventListener("submit", function (event) {
    if (event.target.method !== "post" || event.target.hasAttribute("hx-post")) return;
    var button = event.submitter;
    if (button) setTimeout(function () { button.disabled = true; button.setAttribute("aria-busy", "true"); }, 0);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll('button[aria-busy="true"]').forEach(function (one) { one.disabled = false; one.removeAttribute("aria-busy"); });
  });

  // print by a button where a page offers one
  document.addEventListener("click", function (event) { if (event.target.closest("[data-print]")) window.print(); });
})();

// Drag and drop, and how much has been sent; the form works the same without this file.
(function () {
  "use strict";
  var form = document.querySelector("form[data-filing]");
  if (!form || !window.FormData || !window.XMLHttpRequest) return;
  var drop = form.querySelector("[data-filing-drop]"), field = form.querySelector("input[type=file]");
  var progress = form.querySelector("[data-filing-progress]"), bar = progress.querySelector("progress");
  var status = form.querySelector("[data-filing-status]"), alert = form.querySelector("[data-filing-errors]");
  form.querySelector("[data-filing-hint]").hidden = false;

  ["dragenter", "dragover"].forEach(function (name) {
    drop.addEventListener(name, function (event) { event.preventDefault(); drop.classList.add("is-over"); });
  });
  ["dragleave", "drop"].forEach(function (name) {
    drop.addEventListener(name, function (event) { event.preventDefault(); drop.classList.remove("is-over"); });
  });
  drop.addEventListener("drop", function (event) {
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });

  function done() {
    form.querySelectorAll("button").forEach(function (one) { one.disabled = false; one.removeAttribute("aria-busy"); });
    progress.hidden = true;
  }

  function fail(words) {
    var list = alert.querySelector("[data-filing-words]");
    list.replaceChildren();
    words.forEach(function (word) {
      var line = document.createElement("p");
      line.className = "m-0";
      line.textContent = word;
      list.append(line);
    });
    alert.hidden = false;
    alert.scrollIntoView({ block: "nearest" });
    done();
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    alert.hidden = true;
    progress.hidden = false;
    status.textContent = form.dataset.sending;
    var request = new XMLHttpRequest();
    request.open("POST", location.href);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", function (sent) {
      if (sent.lengthComputable) bar.value = 100 * sent.loaded / sent.total;
    });
    request.upload.addEventListener("load", function () { bar.removeAttribute("value"); status.textContent = form.dataset.checking; });
    request.addEventListener("error", function () { fail([form.dataset.broken]); });
    request.addEventListener("load", function () {
      var answer = {};
      try { answer = JSON.parse(request.responseText); } catch (_) { /* an error page, not ours */ }
      if (answer.location) location.assign(answer.location);
      else fail(answer.errors || [form.dataset.broken]);
    });
    request.send(new FormData(form));
  });
})();

// A form of field work: saved on the phone while it is filled in, with photographs, signatures and the place.
(function () {
  "use strict";
  const field = window.field, whole = document.querySelector("[data-field-target]");
  if (!field || !whole) return;
  const SMALL = 1500000, TYPES = ["image/jpeg", "image/png"], THUMB = 160;

  whole.querySelectorAll("[data-field-form]").forEach(function (form) { field.ready.then(function () { return begin(form); }); });

  async function begin(form) {
    const kind = form.dataset.fieldForm, target = whole.dataset.fieldTarget;
    const known = (await field.all()).filter(function (one) { return String(one.target) === target && one.kind === kind; }).pop();
    if (known && known.state === "sent") return already(form, known);
    const sheet = known || {
      id: form.elements.client_id.value, person: field.told.person, target: target, kind: kind, title: whole.dataset.fieldTitle,
      action: form.action, page: location.pathname, fields: [], files: [], state: "draft", at: Date.now(),
    };
    if (known) fill(form, known); else form.elements.sampled_at.value = field.now();
    const photos = photographs(form, sheet), pads = signatures(form, sheet);
    position(form);
    let timer = 0;
    async function keep(state) {
      clearTimeout(timer);
      timer = 0;
      const without = ["csrfmiddlewaretoken", "photo", "sampler_signature", "unit_signature"];
      sheet.fields = Array.from(new FormData(form)).filter(function (pair) { return without.indexOf(pair[0]) < 0 && typeof pair[1] === "string"; });
      sheet.files = photos().concat(pads());
      sheet.state = state;
      if (state !== "refused") { sheet.errors = null; sheet.why = ""; }
      try {
        await field.save(sheet);
      } catch (error) {
        say(form, error && error.name === "QuotaExceededError" ? field.word("space") : String(error));
        return false;
      }
      return true;
    }
    function soon() {
      timer = 0;
      keep(sheet.state === "refused" ? "refused" : "draft").then(function (done) { if (done) say(form, field.word("saved")); });
    }
    function later() {
      clearTimeout(timer);
      timer = setTimeout(soon, 400);
    }
    document.addEventListener("visibilitychange", function () { if (document.hidden && timer) soon(); });
    form.addEventListener("input", later);
    form.addEventListener("field:changed", later);
    form.addEventListener("submit", async function (event) {
      event.preventDefault();
      event.stopPropagation();
      const missing = lacking(form, sheet, photos, pads);
      if (missing.length) return show(form, missing);
      if (await keep("kept")) location.assign(field.told.home);
    });
    if (known && known.errors) show(form, problems(form, known.errors));
  }

  function already(form, known) {
    const note = document.createElement("p"), link = document.createElement("a");
    note.className = "alert alert-success";
    link.href = known.address;
    link.textContent = known.number || field.word("sent");
    note.append(field.word("sent") + " ", link);
    form.replaceWith(note);
  }

  // what is typed comes back as it was
  function fill(form, known) {
    const given = new Map();
    known.fields.forEach(function (pair) { given.set(pair[0], (given.get(pair[0]) || []).concat(pair[1])); });
    Array.from(form.elements).forEach(function (one) {
      if (!one.name || one.type === "file" || one.name === "csrfmiddlewaretoken") return;
      const values = given.get(one.name) || [];
      if (one.type === "checkbox" || one.type === "radio") one.checked = values.indexOf(one.value) >= 0;
      else one.value = values[0] || "";
    });
    form.querySelectorAll("details").forEach(function (one) { if (one.querySelector("input") && one.querySelector("input").value) one.open = true; });
  }

  function changed(form) { form.dispatchEvent(new Event("field:changed")); }
  function say(form, words) { form.querySelector("[data-field-status]").textContent = words; }

  // -- photographs
  function photographs(form, sheet) {
    const place = form.querySelector("[data-field-photos]"), thumbs = place.querySelector("[data-field-thumbs]");
    let kept = sheet.files.filter(function (one) { return one.kind === "photo"; });
    place.querySelector("[data-field-pick]").hidden = false;
    place.querySelector("[data-field-plain]").remove();
    async function draw() {
      const items = await Promise.all(kept.map(async function (one) {
        const item = document.createElement("li"), picture = document.createElement("img"), remove = document.createElement("button");
        picture.alt = one.name;
        picture.src = await thumbnail(one.blob);
        remove.type = "button";
        remove.className = "btn btn-sm field-remove";
        remove.textContent = "×";
        remove.setAttribute("aria-label", field.word("remove") + " " + one.name);
        remove.addEventListener("click", function () { kept = kept.filter(function (other) { return other !== one; }); draw(); changed(form); });
        item.append(picture, remove);
        return item;
      }));
      thumbs.replaceChildren.apply(thumbs, items);
    }
    place.querySelectorAll("[data-field-add]").forEach(function (input) {
      input.addEventListener("change", async function () {
        const chosen = Array.from(input.files);
        input.value = "";
        for (const file of chosen) {
          if (kept.length >= field.told.most) { say(form, field.word("full")); break; }
          kept.push({ kind: "photo", name: file.name || "photo.jpg", blob: await smaller(file) });
        }
        await draw();
        changed(form);
      });
    });
    draw();
    return function () { return kept; };
  }
  async function scaled(blob, longest) {
    const picture = await createImageBitmap(blob, { imageOrientation: "from-image" });
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height)), canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas;
  }
  // a small photograph stays as it is; what the phone cannot read is for the house to judge
  async function smaller(file) {
    if (file.size <= SMALL && TYPES.indexOf(file.type) >= 0) return file;
    try {
      const canvas = await scaled(file, field.told.longest);
      return (await new Promise(function (done) { canvas.toBlob(done, "image/jpeg", 0.85); })) || file;
    } catch (error) {
      return file;
    }
  }
  async function thumbnail(blob) {
    try {
      return (await scaled(blob, THUMB)).toDataURL("image/jpeg", 0.7);
    } catch (error) {
      return "data:,";
    }
  }

  // -- signatures
  function signatures(form, sheet) {
    const every = Array.from(form.querySelectorAll("[data-field-sign]"), function (place) {
      const kind = place.dataset.fieldSign, pad = place.querySelector(".field-pad"), canvas = pad.querySelector("canvas");
      let kept = sheet.files.find(function (one) { return one.kind === kind; }) || null;
      pad.hidden = false;
      const ratio = Math.max(window.devicePixelRatio || 1, 1);
      canvas.width = canvas.offsetWidth * ratio;
      canvas.height = canvas.offsetHeight * ratio;
      canvas.getContext("2d").scale(ratio, ratio);
      const drawn = new SignaturePad(canvas, { penColor: "#10243f", backgroundColor: "#ffffff" });
      if (kept) createImageBitmap(kept.blob).then(function (picture) { canvas.getContext("2d").drawImage(picture, 0, 0, canvas.offsetWidth, canvas.offsetHeight); });
      drawn.addEventListener("endStroke", function () {
        canvas.toBlob(function (blob) { kept = { kind: kind, name: kind + ".png", blob: blob }; changed(form); }, "image/png");
      });
      place.querySelector("[data-field-clear]").addEventListener("click", function () { drawn.clear(); kept = null; changed(form); });
      return function () { return kept; };
    });
    return function () { return every.map(function (one) { return one(); }).filter(Boolean); };
  }

  // -- the place
  function position(form) {
    const place = form.querySelector("[data-field-position]");
    if (!place || !navigator.geolocation) return;
    const words = place.querySelector("[data-field-located]"), names = ["latitude", "longitude", "accuracy_metres"];
    function shown() {
      const found = names.map(function (name) { return Number(form.elements[name].value); });
      words.textContent = form.elements.latitude.value ? found[0].toFixed(5) + ", " + found[1].toFixed(5) + " (±" + Math.round(found[2]) + " m)" : "";
    }
    place.hidden = false;
    shown();
    place.querySelector("[data-field-locate]").addEventListener("click", function () {
      words.textContent = field.word("locating");
      navigator.geolocation.getCurrentPosition(function (found) {
        [found.coords.latitude, found.coords.longitude, found.coords.accuracy].forEach(function (value, at) { form.elements[names[at]].value = String(value); });
        shown();
        changed(form);
      }, function () {
        words.textContent = field.word("denied");
        if (form.elements.address) form.elements.address.focus();
      }, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
    });
  }

  // -- what is missing is said before the sheet is kept, network or not
  function lacking(form, sheet, photos, pads) {
    const found = [];
    function miss(id, label) { found.push({ id: id, text: label + ": " + field.word("missing") }); }
    form.querySelectorAll("[required]").forEach(function (one) { if (!one.value.trim()) miss(one.id, label(form, one)); });
    if (!photos().length) miss("", form.querySelector("[data-field-photos]").dataset.fieldPhotos);
    if (sheet.kind === "vain") {
      if (!form.querySelector('[name="outcome"]:checked')) miss("", form.querySelector("legend").textContent);
      if (!form.elements.note.value.trim()) miss("vain_note", label(form, form.elements.note));
      return found;
    }
    const drawn = pads().map(function (one) { return one.kind; });
    ["sampler", "unit"].forEach(function (side) {
      const typed = form.elements[side + "_typed"].value.trim() && form.elements[side + "_confirmed"].checked;
      if (drawn.indexOf(side + "_signature") < 0 && !typed) miss("id_" + side + "_signature", document.querySelector("#id_" + side + "_signature .form-label").textContent);
    });
    if (form.querySelectorAll('[name="samplers"]:checked').length < 2) found.push({ id: "id_samplers_0", text: field.word("two") });
    if (!form.elements.latitude.value && !form.elements.address.value.trim()) miss("id_address", label(form, form.elements.address));
    return found;
  }
  function label(form, one) {
    const found = one.id && form.querySelector('label[for="' + one.id + '"]');
    return found ? found.textContent.trim() : one.name;
  }
  function problems(form, errors) {
    return Object.keys(errors).flatMap(function (name) {
      const one = form.elements[name], id = one && one.id ? one.id : "id_" + name;
      const before = name === "__all__" || !document.getElementById(id) ? "" : label(form, document.getElementById(id)) + ": ";
      return errors[name].map(function (text) { return { id: id, text: before + text }; });
    });
  }
  function show(form, found) {
    const box = form.querySelector("[data-field-errors]"), list = box.querySelector("[data-field-problems]");
    list.replaceChildren.apply(list, found.map(function (one) {
      const item = document.createElement("li");
      if (one.id && document.getElementById(one.id)) {
        const link = document.createElement("a");
        link.href = "#" + one.id;
        link.textContent = one.text;
        item.append(link);
      } else item.textContent = one.text;
      return item;
    }));
    box.hidden = false;
    box.focus();
    box.scrollIntoView({ block: "start" });
  }
})();

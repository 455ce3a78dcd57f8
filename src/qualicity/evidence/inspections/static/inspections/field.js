// The list of field work: what lies on this phone, how it stands, and what can be done with it.
(function () {
  "use strict";
  const field = window.field, card = document.querySelector("[data-field-kept]");
  if (!field || !card) return;
  const list = card.querySelector("[data-field-list]"), said = card.querySelector("[data-field-said]");
  const button = card.querySelector("[data-field-send]");

  function look(state) {
    const found = document.querySelector('template[data-look="' + state + '"]').content.firstElementChild.cloneNode(true);
    found.querySelector("span").textContent = field.word(state);
    return found;
  }
  function element(name, text, css) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (css) made.className = css;
    return made;
  }
  function act(words, css, does) {
    const made = element("button", words, css);
    made.type = "button";
    made.addEventListener("click", does);
    return made;
  }

  function row(one) {
    const item = element("li", "", "list-group-item field-target");
    item.dataset.fieldState = one.state;
    item.append(element("span", one.title + (one.kind === "vain" ? " · " + field.word("vain") : ""), "field-name"), look(one.state));
    if (one.state === "sent") {
      const words = element("p", "", "m-0");
      if (one.number) {
        const link = element("a", one.number);
        link.href = one.address;
        words.append(field.word("number") + " ", link);
      }
      item.append(words, act(field.word("forget"), "btn btn-ghost-secondary btn-sm", function () { field.forget(one.id); }));
      return item;
    }
    if (one.why) item.append(why(one));
    if (one.errors && one.state === "refused") {
      const problems = element("ul", "", "m-0 tone-bad");
      Object.values(one.errors).flat().forEach(function (text) { problems.append(element("li", text)); });
      item.append(problems);
    }
    if (one.state !== "sending") item.append(ways(one));
    return item;
  }
  function why(one) {
    const words = element("p", field.word(one.why), "m-0 text-secondary");
    if (one.why === "sign_in") {
      const link = element("a", field.word("sign_in"));
      link.href = field.told.signIn;
      words.replaceChildren(link);
    }
    return words;
  }
  function ways(one) {
    const every = element("div", "", "btn-list");
    const form = element("a", field.word("resume"), "btn btn-sm");
    form.href = one.page;
    every.append(form, act(field.word("discard"), "btn btn-ghost-secondary btn-sm", function () {
      if (window.confirm(field.word("delete"))) field.forget(one.id);
    }));
    return every;
  }

  async function show(found) {
    const strangers = await field.others();
    const spoken = found.map(function (one) { return one.title + ": " + field.word(one.state); }).join("; ");
    if (said.textContent !== spoken) said.textContent = spoken;
    list.replaceChildren.apply(list, found.map(row));
    if (strangers) list.append(element("li", field.word("others"), "list-group-item text-secondary"));
    card.hidden = !found.length && !strangers;
    button.hidden = !found.some(function (one) { return one.state === "kept"; });
    document.querySelectorAll("[data-field-of]").forEach(function (place) {
      const mine = found.filter(function (one) { return String(one.target) === place.dataset.fieldOf; }).pop();
      place.replaceChildren.apply(place, mine ? [look(mine.state)] : []);
    });
  }

  button.addEventListener("click", function () { field.send(); });
  field.ready.then(function () {
    field.onChange(show);
    field.send();
    const targets = Array.from(document.querySelectorAll("a[data-field-keep]"), function (one) { return one.href; });
    return field.keepPages([field.told.home].concat(targets));
  });
})();

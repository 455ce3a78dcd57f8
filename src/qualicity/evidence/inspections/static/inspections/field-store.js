// Sheets that lie on this phone until they have been sent, and the sending of them, each once.
(function () {
  "use strict";
  const place = document.getElementById("field-phone");
  if (!place || !window.idbKeyval || !window.indexedDB) return; // the pages work as plain forms then
  const told = JSON.parse(place.textContent);
  const sheets = idbKeyval.createStore("qualicity-field", "sheets");
  const PAGES = "own-field-pages", SENT_STAYS = 3 * 24 * 3600 * 1000, PATIENCE = 120000;
  const listeners = [];

  function word(name) {
    const found = document.getElementById("field-words").content.querySelector('[data-word="' + name + '"]');
    return found ? found.textContent : name;
  }

  // The house may live on another day than the phone: the difference is taken whenever a page comes fresh from the house.
  function difference() {
    const seen = localStorage.getItem("field-moment");
    if (seen !== told.moment) {
      localStorage.setItem("field-moment", told.moment);
      localStorage.setItem("field-difference", String(Date.parse(told.moment) - Date.now()));
    }
    return Number(localStorage.getItem("field-difference") || 0);
  }
  const ahead = difference();
  function now() {
    const zone = /([+-])(\d\d):(\d\d)$/.exec(told.moment);
    const minutes = zone ? (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
    return new Date(Date.now() + ahead + minutes * 60000).toISOString().slice(0, 16);
  }

  async function all() {
    const found = (await idbKeyval.values(sheets)).sort(function (one, other) { return one.at - other.at; });
    return found.filter(function (one) { return one.person === told.person; });
  }
  async function others() {
    return (await idbKeyval.values(sheets)).some(function (one) { return one.person !== told.person && one.state !== "sent"; });
  }
  async function save(one) {
    await idbKeyval.set(one.id, one, sheets);
    await changed();
  }
  async function forget(id) {
    await idbKeyval.del(id, sheets);
    await changed();
  }
  async function changed() {
    const found = await all();
    const unsent = found.filter(function (one) { return one.state !== "sent"; }).length;
    localStorage.setItem("unsent", String(unsent)); // signing out asks by it
    listeners.forEach(function (tell) { tell(found); });
  }

  // Another window may be sending: whoever holds the lock sends, the other leaves it to them.
  function alone(work) {
    if (!navigator.locks) return work();
    return navigator.locks.request("field-sending", { ifAvailable: true }, function (held) { return held ? work() : null; });
  }
  function send() {
    return alone(async function () {
      for (const one of await all()) {
        // what was on its way when a window was closed is sent again: the house knows it by its id
        if (one.state !== "kept" && one.state !== "sending") continue;
        if (!(await sendOne(one))) break;
      }
    });
  }
  async function sendOne(one) {
    await save(Object.assign(one, { state: "sending", why: "" }));
    const wait = new AbortController(), timer = setTimeout(function () { wait.abort(); }, PATIENCE);
    let answer, said = null;
    try {
      answer = await fetch(one.action, {
        method: "POST", body: body(one), credentials: "same-origin", redirect: "manual", signal: wait.signal,
        headers: { Accept: "application/json", "X-CSRFToken": token() },
      });
      if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) said = await answer.json();
    } catch (error) {
      await save(Object.assign(one, { state: "kept", why: "waits" }));
      return false;
    } finally {
      clearTimeout(timer);
    }
    if (answer.ok && said && said.address) {
      const sent = { id: one.id, person: one.person, target: one.target, kind: one.kind, title: one.title, at: Date.now(), state: "sent", number: said.number, address: said.address };
      await save(sent);
      return true;
    }
    if (said && said.errors && answer.status < 500) {
      await save(Object.assign(one, { state: "refused", why: "mend", errors: said.errors }));
      return true;
    }
    const ended = answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect";
    await save(Object.assign(one, { state: "kept", why: ended ? "sign_in" : "trouble" }));
    return false;
  }
  function body(one) {
    const data = new FormData();
    one.fields.forEach(function (pair) { data.append(pair[0], pair[1]); });
    one.files.forEach(function (file) { data.append(file.kind, file.blob, file.name); });
    return data;
  }
  function token() {
    const found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    return found ? found[1] : "";
  }

  // Only this person's own pages stay on the phone.
  async function keepPages(addresses) {
    if (!window.caches || !navigator.onLine) return;
    const pages = await caches.open(PAGES);
    for (const address of addresses) {
      try {
        const answer = await fetch(address, { credentials: "same-origin" });
        if (answer.ok && !answer.redirected) await pages.put(new URL(address, location.href).pathname, answer);
      } catch (error) {
        return; // no network: what was kept before still serves
      }
    }
  }
  async function settle() {
    if (localStorage.getItem("field-person") !== told.person) {
      if (window.caches) await caches.delete(PAGES);
      localStorage.setItem("field-person", told.person);
    }
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    if (navigator.serviceWorker) navigator.serviceWorker.register(told.worker, { scope: told.home }).catch(function () {});
    const old = (await all()).filter(function (one) { return one.state === "sent" && Date.now() - one.at > SENT_STAYS; });
    for (const one of old) await idbKeyval.del(one.id, sheets);
    await changed();
  }

  function offline() {
    document.querySelectorAll("[data-field-offline]").forEach(function (one) { one.hidden = navigator.onLine; });
  }
  window.addEventListener("online", function () { offline(); send(); });
  window.addEventListener("offline", offline);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) send(); });
  setInterval(function () { if (navigator.onLine) send(); }, 30000);
  offline();

  window.field = {
    told: told, word: word, now: now, all: all, others: others, save: save, forget: forget, send: send, keepPages: keepPages,
    ready: settle(), onChange: function (tell) { listeners.push(tell); changed(); },
  };
})();

// Keeps the pages of field work on the phone, and what they are made of; nothing else passes through here.
"use strict";
const SETTINGS = {{ settings|safe }};
const PARTS = "field-parts-" + SETTINGS.version, PAGES = "own-field-pages", PATIENCE = 8000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PARTS).then((kept) => kept.addAll(SETTINGS.assets)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((one) => one.startsWith("field-parts-") && one !== PARTS).map((one) => caches.delete(one))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const request = event.request, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith(SETTINGS.static)) event.respondWith(part(request));
  else if (request.mode === "navigate" && address.pathname.startsWith(SETTINGS.home)) event.respondWith(page(request, address));
});

async function part(request) {
  const known = await caches.match(request, { cacheName: PARTS });
  return known || fetch(request);
}

// The network first: what is kept is only for when it fails, is too slow, or the server is in trouble.
async function page(request, address) {
  const kept = () => caches.open(PAGES).then((pages) => pages.match(address.pathname));
  try {
    const answer = await soon(fetch(request));
    if (answer.status >= 500) return (await kept()) || answer;
    if (answer.ok && !answer.redirected) {
      const pages = await caches.open(PAGES);
      await pages.put(address.pathname, answer.clone());
    }
    return answer;
  } catch (error) {
    return (await kept()) || (await caches.match(SETTINGS.home, { cacheName: PAGES })) || Response.error();
  }
}

function soon(promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error("slow")), PATIENCE))]);
}

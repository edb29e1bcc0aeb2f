// Answers when there is no network: with the pages that somebody asked to keep, and the
// files they are made of. Everything else goes its way as if this were not here.
"use strict";
const FILES = "{{ files|escapejs }}";
const LEAVING = /\/account\/logout\/$/;
// A page varies by cookies and language, which a worker does not see.
const LOOSE = { ignoreVary: true };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const ours = async () => (await caches.keys()).filter((name) => name.startsWith("mosty-kept-"));
const forget = async () => Promise.all((await ours()).map((name) => caches.delete(name)));

// Network first; what is kept is renewed on the way, and stands in where nothing comes.
async function answer(request, isFile) {
  let response = null;
  try {
    response = await fetch(request);
    if (response.status < 500) {
      if (response.ok && !response.redirected) await renew(request, response.clone(), isFile);
      return response;
    }
  } catch (error) {
    const kept = await caches.match(request, LOOSE);
    if (kept) return kept;
    throw error;
  }
  return (await caches.match(request, LOOSE)) || response;
}

async function renew(request, response, isFile) {
  for (const name of await ours()) {
    const cache = await caches.open(name);
    if (!isFile) {
      if (!(await cache.match(request, LOOSE))) continue;
      // Another may be signed in by now: her page is not put in the place of his.
      const owner = name.slice("mosty-kept-".length);
      if (!(await response.clone().text()).includes(`data-owner="${owner}"`)) continue;
    }
    await cache.put(request, response.clone());
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && LEAVING.test(pathname)) event.waitUntil(forget());
  if (request.method !== "GET") return;
  const isFile = pathname.startsWith(FILES);
  if (isFile || request.mode === "navigate") event.respondWith(answer(request, isFile));
});

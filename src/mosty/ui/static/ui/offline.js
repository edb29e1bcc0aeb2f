// Keeps a page for use without network, if its reader asks: docs/explanation/offline.md.
(async () => {
  "use strict";
  if (!("caches" in window) || !navigator.serviceWorker) return;
  const owner = document.querySelector("[data-queue-list]")?.dataset.owner;
  const name = `mosty-kept-${owner}`;
  const box = document.querySelector("[data-keep-page]");
  if (!box || !owner) return;
  const button = box.querySelector("button");
  const state = box.querySelector("[role=status]");
  const page = location.pathname;

  async function show() {
    const kept = await caches.match(page, { cacheName: name, ignoreVary: true });
    button.textContent = kept ? box.dataset.stop : box.dataset.keep;
    button.dataset.kept = kept ? "yes" : "";
    state.textContent = kept ? box.dataset.kept : "";
    box.hidden = false;
  }

  async function keep() {
    await navigator.serviceWorker.register(box.dataset.worker, { scope: "/" });
    await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
    for (const node of document.querySelectorAll("script[src], link[href]")) files.push(new URL(node.src || node.href));
    const ours = files.filter((file) => file.origin === location.origin && file.pathname.startsWith(box.dataset.files));
    const cache = await caches.open(name);
    await cache.addAll([page, ...new Set(ours.map((file) => file.href))]);
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if (button.dataset.kept) await (await caches.open(name)).delete(page, { ignoreVary: true });
      else await keep();
      await show();
    } catch {
      state.textContent = box.dataset.failed;
    }
    button.disabled = false;
  });
  show();
})();

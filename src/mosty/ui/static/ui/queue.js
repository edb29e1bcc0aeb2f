// Forms that wait for the network: docs/explanation/offline.md.
// Every form also works without this file, as long as there is a network.
(() => {
  "use strict";
  const list = document.querySelector("[data-queue-list]");
  // Pages that another kept on this device (offline.js) are not for whoever is signed in
  // now. Here and not there, since this stands on each of her pages.
  const reader = list?.dataset.owner;
  if (reader && reader !== "device" && window.caches) {
    const others = (name) => name.startsWith("mosty-kept-") && name !== `mosty-kept-${reader}`;
    caches.keys().then((names) => names.filter(others).forEach((name) => caches.delete(name)));
  }
  if (!list || !window.indexedDB) return;
  const { owner, word } = { owner: list.dataset.owner, word: list.dataset };
  const QUICK = 1500; // what is sent at once is not shown as waiting
  const PAUSES = [5000, 15000, 60000];
  const news = window.BroadcastChannel ? new BroadcastChannel("mosty-queue") : null;
  const mine = new Map(); // forms of this page, by the key under which they wait
  let fault = ""; // why nothing is sent at the moment
  let tried = 0;
  let timer = 0;

  // The store ---------------------------------------------------------------

  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open("mosty", 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore("queue", { keyPath: "n", autoIncrement: true });
      store.createIndex("owner", "owner");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => {}); // said to whoever adds

  async function inStore(mode, act) {
    const transaction = (await opened).transaction("queue", mode, { durability: "strict" });
    const request = act(transaction.objectStore("queue"));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
  const all = () => inStore("readonly", (store) => store.index("owner").getAll(owner));
  const put = (entry) => inStore("readwrite", (store) => store.put(entry));
  const drop = (entry) => inStore("readwrite", (store) => store.delete(entry.n));

  const newKey = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    // Addresses without https have no randomUUID.
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // What is told to the page, and to other tabs of it.
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`queue:${name}`, { detail }));
  const changed = async () => {
    await show();
    news?.postMessage({ changed: owner });
  };
  news?.addEventListener("message", ({ data }) => {
    if (data.changed === owner) show();
    if (data.owner === owner) settled(data.name, data.detail);
  });

  function settled(name, detail) {
    tell(name, detail);
    const form = mine.get(detail.entry.key);
    if (!form) return;
    mine.delete(detail.entry.key);
    if (name === "taken" && detail.answer.url) location.assign(detail.answer.url);
    const place = form.querySelector("[data-queue-error]");
    if (name !== "refused" || !place || !form.isConnected) return;
    // The form is still before her eyes, with all she typed: said there, not in the list.
    place.textContent = detail.answer.text;
    place.hidden = false;
    form.querySelectorAll("button[type=submit]").forEach((button) => (button.disabled = false));
    drop(detail.entry).then(changed);
  }

  // Adding --------------------------------------------------------------------

  async function add({ url, fields, label, data = {} }) {
    const entry = { key: newKey(), owner, url, fields, label, data, noted: Date.now(), state: "waiting" };
    entry.n = await put(entry);
    tell("kept", { entry });
    changed();
    send();
    return entry;
  }

  // Before forms.js, which would take the form for one that is being sent.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || !("queue" in form.dataset)) return;
      const button = event.submitter;
      const fields = [...new FormData(form, button)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "key");
      if (fields.some(([, value]) => typeof value !== "string")) return; // files go the usual way
      event.preventDefault();
      const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
      const label = button?.dataset.queueLabel || form.dataset.queueLabel || document.title;
      add({ url, fields, label }).then(
        (entry) => {
          mine.set(entry.key, form);
          form.dispatchEvent(new CustomEvent("queue:kept", { bubbles: true }));
          rest(form);
        },
        () => {
          // This browser keeps nothing: as without this file.
          if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
          HTMLFormElement.prototype.submit.call(form);
        },
      );
    },
    true,
  );

  // What is kept is not sent again by a second click, but what is typed anew is.
  function rest(form) {
    const buttons = [...form.querySelectorAll("button[type=submit]")];
    buttons.forEach((button) => (button.disabled = true));
    form.addEventListener("input", () => buttons.forEach((button) => (button.disabled = false)), { once: true });
  }

  // Sending -------------------------------------------------------------------

  const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) || "";

  // One sender at a time, over all tabs; a tab that crashes gives the lock back.
  const alone = (act) => (navigator.locks ? navigator.locks.request("mosty-queue", act) : act());
  let sending = null;
  let again = false;
  function send() {
    if (sending) {
      again = true;
      return sending;
    }
    clearTimeout(timer);
    sending = alone(sendAll)
      .catch(() => (fault = fault || "offline"))
      .then(async () => {
        sending = null;
        await show();
        if (again) {
          again = false;
          send();
        } else if (fault && fault !== "signin") {
          timer = setTimeout(send, PAUSES[Math.min(tried++, PAUSES.length - 1)]);
        }
      });
    return sending;
  }

  async function sendAll() {
    fault = "";
    for (;;) {
      const entry = (await all()).find((one) => one.state === "waiting");
      if (!entry) break;
      fault = await sendOne(entry);
      await changed();
      if (fault) return;
    }
    tried = 0;
  }

  // Returns why sending has to stop, or nothing.
  async function sendOne(entry) {
    const body = new URLSearchParams(entry.fields);
    body.set("key", entry.key);
    body.set("noted", entry.noted);
    body.set("sent", Date.now());
    const headers = { "X-Queue": owner, "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" };
    let response;
    try {
      response = await fetch(entry.url, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout?.(20000) });
    } catch {
      return "offline";
    }
    if (response.type === "opaqueredirect" || response.status === 401) return "signin";
    if (response.status >= 500 || response.status === 429 || response.status === 408) return "server";
    let answer = null;
    try {
      answer = await response.json();
    } catch (error) {
      // The answer broke off, or it is a page: only the first is worth another try.
      if (response.ok || error.name !== "SyntaxError") return "offline";
    }
    if (response.ok && answer.state === "taken") {
      await drop(entry);
      announce("taken", { entry, answer });
      return "";
    }
    Object.assign(entry, { state: answer?.state === "conflict" ? "conflict" : "refused", answer: answer || { text: `${word.unread} (${response.status})`, links: [] } });
    await put(entry);
    announce("refused", { entry, answer: entry.answer });
    return "";
  }

  function announce(name, detail) {
    settled(name, detail);
    news?.postMessage({ owner, name, detail });
  }

  // Showing -------------------------------------------------------------------

  const state = list.querySelector("[data-queue-state]");
  const entries = list.querySelector("[data-queue-entries]");
  const signIn = list.querySelector("[data-queue-sign-in]");
  const sendNow = list.querySelector("[data-queue-send]");
  const pattern = list.querySelector("template");
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

  async function show() {
    const kept = await all();
    const waiting = kept.filter((entry) => entry.state === "waiting");
    const fresh = waiting.filter((entry) => Date.now() - entry.noted < QUICK);
    tell("shown", { entries: kept });
    if (kept.length && kept.length === fresh.length && !fault) {
      setTimeout(show, QUICK);
      return;
    }
    list.hidden = !kept.length;
    const said = !waiting.length ? "" : fault === "signin" ? word.signin : fault === "server" ? word.server : fault ? word.offline : word.sending;
    if (state.textContent !== said) state.textContent = said;
    signIn.hidden = fault !== "signin";
    sendNow.hidden = !waiting.length || fault === "signin";
    const focused = entries.contains(document.activeElement);
    entries.replaceChildren(...kept.map(line));
    if (focused) entries.querySelector("button, a")?.focus();
  }

  function line(entry) {
    const item = pattern.content.cloneNode(true).firstElementChild;
    const part = (name) => item.querySelector(`[data-part=${name}]`);
    item.dataset.state = entry.state;
    part("label").textContent = entry.label;
    part("time").textContent = clock.format(entry.noted);
    part("time").dateTime = new Date(entry.noted).toISOString();
    const answered = entry.state !== "waiting";
    part("state").textContent = answered ? (entry.state === "conflict" ? word.conflict : word.refused) : word.waiting;
    part("text").textContent = answered ? entry.answer.text : "";
    part("text").hidden = !answered;
    const acts = part("acts");
    acts.hidden = !answered;
    if (!answered) return item;
    for (const { url, label } of (entry.answer.links || []).filter(({ url }) => url.startsWith("/"))) {
      acts.prepend(Object.assign(document.createElement("a"), { className: "btn", href: url, textContent: label }));
    }
    part("retry").addEventListener("click", async () => {
      await put({ ...entry, state: "waiting", answer: null });
      send();
    });
    const remove = part("remove");
    remove.addEventListener("click", async () => {
      if (!remove.dataset.sure) {
        remove.dataset.sure = "yes";
        remove.textContent = word.sure;
        return;
      }
      await drop(entry);
      tell("dropped", { entry });
      changed();
    });
    return item;
  }

  // When ------------------------------------------------------------------------

  sendNow.addEventListener("click", send);
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  window.mostyQueue = Object.freeze({ add, all, drop: (entry) => drop(entry).then(changed), owner });
  opened.then(() => {
    show();
    send();
  }, () => {});
})();

// Recording one consultation after the other. Every form also works without this file.
(() => {
  "use strict";
  const form = document.querySelector("form[data-record]");
  const queue = () => window.mostyQueue;
  if (!form) return;
  const said = form.querySelector("[data-said]");
  const again = form.querySelector("[data-again]");
  const count = document.querySelector("[data-count]");
  const mend = form.querySelector("[data-mend]");
  const notTaken = document.querySelector("[data-not-taken]");
  const day = form.elements.day;
  const owner = document.querySelector("[data-queue-list]")?.dataset.owner;
  const place = `mosty-last-${owner}-${form.dataset.point}`;
  let last = null;

  // A page that was kept for use without network may be of another day.
  const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  let usual = day.value;
  function newDay() {
    if (day.value === usual) day.value = usual = today();
  }
  newDay();
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && newDay());

  // What was said is codes only: note and sign are never kept here.
  function read() {
    return [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "key", "note", "sign", "day"].includes(name));
  }
  function fill(fields, { only = () => true } = {}) {
    const given = new Map();
    for (const [name, value] of fields) given.set(name, [...(given.get(name) || []), value]);
    for (const control of form.elements) {
      const { name, type } = control;
      if (!name || ["csrfmiddlewaretoken", "key"].includes(name) || !only(control)) continue;
      const values = given.get(name) || [];
      if (type === "radio") control.checked = values.length ? values.includes(control.value) : control.value === (name === "returning" ? "unknown" : "");
      else if (type === "checkbox") control.checked = values.includes(control.value);
      else if (control !== day || values.length) control.value = values[0] || "";
    }
    form.dispatchEvent(new Event("input"));
  }
  const isSticky = (control) => Boolean(control.closest("[data-sticky]"));
  function remember(fields) {
    last = fields;
    again.hidden = false;
    try {
      localStorage.setItem(place, JSON.stringify(fields));
    } catch {
      // A browser that keeps nothing: the page still knows.
    }
  }
  try {
    const known = JSON.parse(localStorage.getItem(place) || "null");
    if (Array.isArray(known)) {
      remember(known);
      if (!form.querySelector(".wrong")) fill(known, { only: isSticky });
    }
  } catch {
    last = null;
  }
  again.addEventListener("click", () => {
    fill(last, { only: (control) => control !== day && !["note", "sign"].includes(control.name) });
    form.querySelector("[type=submit]").focus();
  });

  // Kept on the device: the next one can be recorded at once.
  form.addEventListener("queue:kept", () => {
    const fields = read();
    said.textContent = said.dataset.kept;
    mend.hidden = true;
    setTimeout(() => {
      remember(fields);
      fill([], { only: (control) => !isSticky(control) && control !== day });
      form.querySelector("[data-more]").open = day.value !== usual;
      form.querySelector("[data-ask=topic] input").focus();
    });
  });
  document.addEventListener("queue:taken", ({ detail }) => {
    if (new URL(detail.entry.url).pathname !== location.pathname) return;
    said.textContent = detail.answer.text;
    // What was just saved, one press away: a wrong tap is seen at once.
    mend.href = detail.answer.record;
    mend.hidden = false;
    if (!detail.answer.late) count.textContent = Number(count.textContent) + 1;
  });

  // What typing says stands before a button; a button takes back what was typed.
  form.addEventListener("input", ({ target }) => {
    const ask = target.closest?.("[data-ask]");
    if (!ask) return;
    const typed = ask.querySelector(".typed-other input");
    if (!typed) return;
    const buttons = [...ask.querySelectorAll("input[type=radio]")];
    if (target === typed) {
      if (typed.value) buttons.forEach((one) => (one.checked = false));
    } else if (target.type === "radio") typed.value = "";
  });

  // What was not taken waits in the list; here it can be mended.
  function showRefused(entries) {
    const entry = entries.find((one) => one.state === "refused" && new URL(one.url, location.href).pathname === location.pathname);
    notTaken.hidden = !entry;
    if (!entry) return;
    notTaken.querySelector("[data-part=text]").textContent = entry.answer.text;
    notTaken.querySelector("[data-part=put]").onclick = async () => {
      fill(entry.fields);
      form.querySelector("[data-more]").open = true;
      await queue().drop(entry);
      day.focus();
    };
  }
  document.addEventListener("queue:shown", ({ detail }) => showRefused(detail.entries));
  queue()?.all().then(showRefused, () => {});
})();

// Marks by a tap: each is kept on the device and sent by queue.js. Without this file, or
// where nothing can be kept, the whole form is sent by its button.
(() => {
  "use strict";
  const form = document.querySelector("form[data-roster]");
  const queue = window.mostyQueue;
  if (!form || !queue) return;
  const pattern = form.querySelector("template[data-correct]");
  const word = pattern.dataset;
  const rows = new Map([...form.querySelectorAll(".person")].map((row) => [row.dataset.code, row]));
  const kindLabel = (row, kind) => row.querySelector(`.kind.${kind} span`).textContent;
  const radio = (row, kind) => row.querySelector(`input[value="${kind}"]`);
  const minutesOf = (row) => row.querySelector(".minutes input");
  const mine = new Set(); // marked on this page: a wrong tap is put right by one more
  document.body.classList.add("with-script");
  delete form.dataset.guard; // nothing typed here waits for a button

  // What the page shows -------------------------------------------------------

  function set(row, { kind, minutes, version }, note) {
    Object.assign(row.dataset, { kind, minutes: minutes || "", version });
    form.querySelectorAll(`[name="kind-${row.dataset.code}"]`).forEach((one) => (one.checked = one.value === kind));
    minutesOf(row).value = minutes || "";
    row.querySelector("[data-note]").textContent = note;
    const box = row.querySelector(".correct");
    const hadFocus = box?.contains(document.activeElement);
    box?.remove();
    // Whoever goes by keyboard stays with the person.
    if (hadFocus) (row.querySelector("input:checked") ?? row.querySelector("input")).focus();
  }
  const held = (row) => ({ kind: row.dataset.kind, minutes: row.dataset.minutes, version: Number(row.dataset.version) });
  function tally() {
    for (const count of document.querySelectorAll("[data-count]")) {
      count.textContent = [...rows.values()].filter((row) => row.dataset.kind === count.dataset.count).length;
    }
  }

  // Marking ---------------------------------------------------------------------

  function late() {
    const passed = Math.round((Date.now() / 1000 - Number(form.dataset.starts)) / 60);
    return Math.min(Math.max(passed, 1), Number(form.dataset.minutes));
  }

  // Arrow keys pass over marks on their way to one: it counts once Enter or the space bar
  // is pressed, or the row is left. A tap counts at once.
  let byArrow = false;
  let reached = null;
  form.addEventListener("keydown", (event) => {
    if (event.target.type !== "radio") return;
    byArrow = event.key.startsWith("Arrow");
    if (event.target === reached && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose(reached);
    }
  });
  form.addEventListener("focusout", (event) => {
    if (event.target === reached && event.relatedTarget?.name !== reached.name) choose(reached);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    if (byArrow) reached = event.target;
    else choose(event.target);
    byArrow = false;
  });

  function choose(one) {
    const row = one.closest(".person");
    reached = null;
    if (!row) return;
    const kind = one.value;
    row.querySelector(".correct")?.remove();
    if (kind === row.dataset.kind && kind !== "late") return;
    if (kind !== "late" && !row.dataset.kind) return void mark(row, kind);
    if (kind === "late" && !minutesOf(row).value) minutesOf(row).value = late();
    ask(row, kind);
  }

  // Late needs its minutes, a correction its reason: asked for below the buttons.
  function ask(row, kind) {
    const box = pattern.content.cloneNode(true).firstElementChild;
    const reason = box.querySelector("[data-part=reason]");
    const input = reason.querySelector("input");
    reason.hidden = !row.dataset.kind;
    if (mine.has(row.dataset.code)) input.value = word.mistap;
    const save = () => {
      const minutes = kind === "late" ? minutesOf(row).value : "";
      if (kind === "late" && !minutesOf(row).reportValidity()) return;
      if (kind === "late" && !minutes) return minutesOf(row).focus();
      if (row.dataset.kind && !input.value.trim()) return input.focus();
      mark(row, kind, minutes, input.value.trim());
    };
    box.querySelector("[data-part=save]").addEventListener("click", save);
    box.querySelector("[data-part=leave]").addEventListener("click", () => {
      set(row, held(row), row.querySelector("[data-note]").textContent);
    });
    row.querySelector("fieldset").append(box);
    const first = kind === "late" ? minutesOf(row) : input;
    first.focus();
    first.select();
    box.parentElement.onkeydown = (event) => {
      if (event.key !== "Enter" || event.target.type === "button") return;
      event.preventDefault();
      save();
    };
  }

  function mark(row, kind, minutes = "", reason = "") {
    const { code, name } = row.dataset;
    const before = held(row);
    const fields = [
      ["tap", "1"],
      [`kind-${code}`, kind],
      [`minutes-${code}`, minutes],
      ["seen", `${code}:${before.version}:${before.kind}:${before.minutes}`],
      ["reason", reason],
    ];
    mine.add(code);
    const now = { kind, minutes, version: before.version + 1 };
    set(row, now, word.kept);
    tally();
    const label = `${name}: ${kindLabel(row, kind)}${minutes ? `, ${minutes} min` : ""}`;
    return send(fields, label, [[code, before, now]]);
  }

  async function send(fields, label, changes) {
    try {
      await queue.add({ url: location.pathname, fields, label, data: { changes } });
    } catch {
      // Nothing can be kept here: the form goes the usual way, with its button.
      document.body.classList.remove("with-script");
      form.querySelector("[data-without-script] button").focus();
    }
  }

  form.querySelector("[data-rest]").addEventListener("click", (event) => {
    event.preventDefault();
    const left = [...rows.values()].filter((row) => !row.dataset.kind);
    if (!left.length) return;
    const now = { kind: "present", minutes: "", version: 1 };
    const changes = left.map((row) => [row.dataset.code, held(row), now]);
    for (const row of left) {
      mine.add(row.dataset.code);
      set(row, now, word.kept);
    }
    tally();
    const listed = left.map((row) => row.dataset.code).join(" ");
    send([["tap", "1"], ["rest", "present"], ["listed", listed]], event.currentTarget.dataset.label, changes);
  });

  // What became of it -------------------------------------------------------------

  const ours = (entry) => entry.url === location.pathname && entry.data?.changes;
  const each = (entry, act) => entry.data.changes.forEach(([code, before, now]) => rows.has(code) && act(rows.get(code), before, now));

  document.addEventListener("queue:taken", ({ detail: { entry, answer } }) => {
    if (!ours(entry)) return;
    each(entry, (row, before, now) => {
      // A later tap of the same person may wait already.
      if (Number(row.dataset.version) !== now.version) return;
      const version = answer.versions?.[row.dataset.code] ?? now.version;
      set(row, { ...now, version }, word.saved);
    });
    tally();
  });
  const putBack = (entry, note) => {
    each(entry, (row, before, now) => {
      if (Number(row.dataset.version) === now.version && row.dataset.kind === now.kind) set(row, before, note);
    });
    tally();
  };
  document.addEventListener("queue:refused", ({ detail: { entry } }) => ours(entry) && putBack(entry, word.failed));
  // After a reload: what waits on this device is shown as it was tapped.
  queue.all().then((entries) => {
    for (const entry of entries.filter(ours)) {
      if (entry.state === "waiting") each(entry, (row, before, now) => set(row, now, word.kept));
    }
    tally();
  });

  // What was tapped before this file was here counts as well.
  for (const row of rows.values()) {
    const chosen = row.querySelector("input[type=radio]:checked");
    if (chosen && chosen.value !== row.dataset.kind) chosen.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Searching ---------------------------------------------------------------------

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[łŁ]/g, "l").toLowerCase();
  const names = new Map([...rows.values()].map((row) => [row, fold(row.querySelector("legend").textContent)]));
  const find = document.getElementById("find");
  find.closest("[data-search]").hidden = false;
  find.addEventListener("input", () => {
    const wanted = fold(find.value.trim());
    let some = false;
    for (const [row, name] of names) {
      row.hidden = !name.includes(wanted);
      some ||= !row.hidden;
    }
    form.querySelector("[data-nobody]").hidden = some;
  });
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
})();

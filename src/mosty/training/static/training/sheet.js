// The signed sheet typed by keyboard alone. Without this file the radio buttons do it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keys]");
  if (!form) return;
  const letters = [...form.dataset.keys];
  const rows = [...form.querySelectorAll(".person")];
  const radios = (row) => [...row.querySelectorAll("input[type=radio]")];
  const enter = (row) => (radios(row).find((one) => one.checked) || radios(row)[0]).focus();
  document.querySelector("[data-keys-help]").hidden = false;

  function go(row, by) {
    const next = rows[rows.indexOf(row) + by];
    if (next) enter(next);
    else if (by > 0) form.querySelector("button[type=submit]").focus();
  }

  form.addEventListener("keydown", (event) => {
    const row = event.target.closest(".person");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const inMinutes = event.target.type === "number";
    const by = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
    if (by) {
      event.preventDefault();
      go(row, by);
      return;
    }
    // In the minutes a digit is a digit; elsewhere it is a mark.
    const digit = inMinutes ? -1 : "1234".indexOf(event.key);
    const index = digit >= 0 ? digit : letters.indexOf(event.key.toLowerCase());
    if (index < 0 || event.key.length !== 1) return;
    event.preventDefault();
    const chosen = radios(row)[index];
    chosen.checked = true;
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
    if (chosen.value === "late") row.querySelector("input[type=number]").focus();
    else chosen.focus();
  });
  if (rows.length) enter(rows[0]);
})();

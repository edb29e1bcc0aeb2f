// Guards what people type. Every form also works without this file.
(() => {
  "use strict";
  const guarded = (form) => form instanceof HTMLFormElement && form.method === "post";
  const unsaved = new Set();

  // A second click sends nothing; the browser's "back" makes the button work again.
  // A form goes to the address of its page with all that the address ends in: after the link to
  // the content the browser would go there again, past the list of mistakes.
  document.addEventListener("submit", () => {
    if (location.hash === "#main") history.replaceState(history.state, "", location.pathname + location.search);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!guarded(form) || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    unsaved.delete(form);
    // After the browser has read the button's own name and value.
    setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((b) => (b.disabled = true)));
    // A form that answers with a file leaves its page standing.
    setTimeout(() => release(form), 8000);
  });
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button[type=submit]").forEach((b) => (b.disabled = false));
  };
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-sent]");
    if (form) release(form);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.form;
      if (guarded(form)) form.requestSubmit();
    }
    if (event.key === "Escape") {
      const menu = event.target.closest?.("details.menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && "guard" in form.dataset) unsaved.add(form);
  });
  // What queue.js keeps on the device is not lost with the page.
  document.addEventListener("queue:kept", (event) => unsaved.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
  });

  // A table that fits its box is nothing to stop at: only what scrolls takes the focus.
  const boxes = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      const box = target.closest(".table-scroll");
      box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
    }
  });
  const watch = (part) => part.querySelectorAll?.(".table-scroll, .table-scroll > table").forEach((one) => boxes.observe(one));
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt));

  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("error-summary")?.focus();
    watch(document);
  });
})();

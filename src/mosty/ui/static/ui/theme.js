// Chooses light or dark before anything is painted, and keeps the reader's choice.
(() => {
  "use strict";
  const KEY = "theme";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const read = () => {
    try {
      return localStorage.getItem(KEY) || "auto";
    } catch {
      return "auto"; // storage is switched off: follow the device
    }
  };
  const show = () => {
    const choice = read();
    const theme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
    document.documentElement.setAttribute("data-bs-theme", theme);
  };
  show();
  dark.addEventListener("change", show);

  document.addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("theme-choice");
    if (!select) return;
    select.value = read();
    select.parentElement.hidden = false;
    select.addEventListener("change", () => {
      try {
        if (select.value === "auto") localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, select.value);
      } catch {
        document.documentElement.setAttribute("data-bs-theme", select.value);
        return;
      }
      show();
    });
  });
})();

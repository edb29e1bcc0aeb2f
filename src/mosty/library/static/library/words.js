// Counts words as they are typed; the server counts the same way (library/common/template.py).
(() => {
  const count = (text) => text.split(/\s+/u).filter(Boolean).length;
  for (const field of document.querySelectorAll("[data-words]")) {
    const least = Number(field.dataset.wordsLeast);
    const most = Number(field.dataset.wordsMost);
    const told = document.createElement("p");
    told.className = "words";
    const tell = () => {
      const words = count(field.value);
      const range = least ? `${least}–${most}` : `≤ ${most}`;
      told.textContent = `${field.dataset.words.replace("{n}", words)} (${range})`;
      told.classList.toggle("off", words > most || (words > 0 && words < least));
    };
    field.after(told);
    field.addEventListener("input", tell);
    tell();
  }
})();

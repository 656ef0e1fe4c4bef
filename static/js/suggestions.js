// A text field with suggestions below it ([data-suggest]): the list arrives by htmx, arrow keys and Enter choose, Escape closes.
// Choosing puts the value into the field and says its words beside it; whatever is typed stays possible.
"use strict";

(() => {
  const parts = (box) => ({
    input: box.querySelector("[role=combobox]"),
    options: [...box.querySelectorAll("[role=option]")],
    label: box.querySelector("[data-suggest-label]"),
  });

  const mark = (box, chosen) => {
    const { input, options } = parts(box);
    options.forEach((option) => option.setAttribute("aria-selected", String(option === chosen)));
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
    input.setAttribute("aria-expanded", String(options.length > 0));
  };

  const close = (box) => {
    box.querySelector("[role=listbox]").replaceChildren();
    mark(box, null);
  };

  const choose = (box, option) => {
    const { input, label } = parts(box);
    input.value = option.dataset.value;
    label.textContent = option.dataset.label;
    close(box);
  };

  const onKey = (box, event) => {
    const { options } = parts(box);
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (!options.length) return;
    if (event.key === "ArrowDown") mark(box, options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") mark(box, options[(at <= 0 ? options.length : at) - 1]);
    else if (event.key === "Enter" && at >= 0) choose(box, options[at]);
    else if (event.key === "Escape") close(box);
    else return;
    event.preventDefault();
  };

  document.querySelectorAll("[data-suggest]").forEach((box) => {
    const { input, label } = parts(box);
    input.addEventListener("keydown", (event) => onKey(box, event));
    input.addEventListener("input", () => { label.textContent = ""; });
    input.addEventListener("blur", () => close(box));
    // Pressing the mouse must not take the focus away, or the list would close before the click arrives.
    box.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      event.preventDefault();
      choose(box, option);
    });
    new MutationObserver(() => {
      if (document.activeElement !== input) return;
      mark(box, null);
    }).observe(box, { childList: true });
  });
})();

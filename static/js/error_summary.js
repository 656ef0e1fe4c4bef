// Moves the keyboard to the summary of errors after a refused form (whole page or fragment), and from its links into the fields they name.
"use strict";

(() => {
  const focusSummary = () => document.querySelector("[data-error-summary]")?.focus();

  focusSummary();
  document.addEventListener("htmx:after:swap", focusSummary);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-error-summary] a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    field.closest("details")?.setAttribute("open", "");
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
})();

// Warns before unsaved input is lost. A form that comes back with errors counts as unsaved from the start.
"use strict";

(() => {
  const unsaved = new Set();

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) unsaved.add(form);
  });

  document.addEventListener("submit", (event) => unsaved.delete(event.target));
  // What saves itself says so: everything is stored, or kept for the next visit.
  document.addEventListener("kept", (event) => unsaved.delete(event.target));

  // A fragment that was saved by htmx replaces its form; forms no longer on the page cannot lose anything.
  window.addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
  });

  if (document.querySelector("[data-error-summary]")) {
    document.querySelectorAll("form[data-guard]").forEach((form) => {
      if (form.querySelector("[aria-invalid]")) unsaved.add(form);
    });
  }
})();

// Stops a second click on a form that is already on its way. The server would recognise it too (idempotency key); this only spares the wait.
// Forms handled by htmx manage themselves. After ten seconds the form is free again, since a download leaves the page standing.
"use strict";

(() => {
  const RELEASE_AFTER_MS = 10000;

  const release = (form) => {
    delete form.dataset.sending;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("[data-submit-once]:not([hx-post], [data-hx-post])")) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), RELEASE_AFTER_MS);
  });

  // The browser may bring a page back from its cache exactly as it was left.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));
})();

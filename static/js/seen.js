// Tells once that the own people have opened a round: reading a page never writes, so the page itself cannot.
"use strict";

(() => {
  const page = document.querySelector("[data-seen]");
  if (!page) return;
  const note = new FormData();
  note.set("csrf_token", page.dataset.token);
  note.set("idempotency_key", page.dataset.key);
  // Nothing depends on it for the reader: a lost connection is no message.
  fetch(page.dataset.seen, { method: "POST", body: note, credentials: "same-origin" }).catch(() => {});
})();

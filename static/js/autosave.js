// Saves the rows of form[data-autosave] while they are filled: shortly after typing and when a field is left.
// A dropped connection is tried again; with an expired sign-in the rows stay in this browser and are offered after the next one.
// Without this script the button of the form saves everything.
"use strict";

import { rowsOf } from "./grid_rows.js";
import { forget, keep, keptFor } from "./kept_rows.js";

const DELAY_MS = 1500;
const LEAVING_MS = 50; // a pasted block changes many fields at once
const RETRY_MS = [2000, 5000, 10000, 30000];

const form = document.querySelector("form[data-autosave]");

const start = () => {
  const texts = form.dataset;
  const rows = rowsOf(form);
  const state = document.querySelector("[data-save-state]");
  let timer = 0;
  let attempts = 0;
  let running = null; // the save that is on its way
  let isStopped = false; // the sign-in has expired or the demand no longer takes anything

  const rowOf = (element) => {
    const line = element.closest?.("[data-article], [data-details]");
    return line ? rows.get(line.dataset.article ?? line.dataset.details) : undefined;
  };
  const open = () => [...rows.values()].filter((row) => row.isOpen);
  const versions = () => document.querySelectorAll("form[data-autosave] input[name=version], [data-demand-version] input[name=version]");

  const say = (text, tone = "") => {
    if (!state) return;
    state.className = `save-state${tone ? ` save-state--${tone}` : ""}`;
    if (state.textContent !== text) state.textContent = text;
  };

  const later = (delay) => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(save, delay);
  };

  // Everything not stored is kept in the browser too, so that closing the window loses nothing.
  const settle = () => {
    const unsaved = open();
    if (unsaved.length) keep(texts.keptKey, form.elements.version.value, unsaved);
    else {
      forget(texts.keptKey);
      form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
    }
  };

  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const post = (batch) => {
    const fields = new URLSearchParams({ version: form.elements.version.value });
    batch.forEach((row) => {
      fields.set(`seen-${row.id}`, row.mark);
      Object.entries(row.values()).forEach(([name, value]) => fields.set(name, value));
    });
    return fetch(texts.autosave, {
      method: "POST",
      body: fields,
      redirect: "manual",
      headers: { "X-CSRFToken": form.elements.csrf_token.value, "Idempotency-Key": newKey(), Accept: "application/json" },
    });
  };

  const failed = (batch) => {
    batch.forEach((row) => {
      row.changed = true;
    });
    say(texts.textOffline, "warning");
    later(RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)]);
    attempts += 1;
  };

  const stopped = (batch, text, link = "") => {
    isStopped = true;
    batch.forEach((row) => {
      row.changed = true;
    });
    say(text, "danger");
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = texts.login;
      anchor.textContent = link;
      state?.append(" ", anchor);
    }
    keep(texts.keptKey, form.elements.version.value, open());
    form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  };

  const told = (answer) => {
    const conflicts = [...rows.values()].filter((row) => row.conflict).length;
    const refused = [...rows.values()].filter((row) => row.isRefused && !row.hasFocus).length;
    const counted = (one, many, count) => (count === 1 ? one : many.replace("{count}", count)).replace("{time}", answer.saved_at);
    if (conflicts) say(counted(texts.textDecideOne, texts.textDecide, conflicts), "warning");
    else if (refused) say(counted(texts.textPartlyOne, texts.textPartly, refused), "warning");
    else say(texts.textSaved.replace("{time}", answer.saved_at), "success");
  };

  const taken = (batch, answer) => {
    attempts = 0;
    versions().forEach((input) => {
      input.value = answer.version;
    });
    batch.forEach((row) => {
      const theirs = answer.conflicts.find((conflict) => String(conflict.article) === row.id);
      if (theirs) {
        row.showConflict(theirs, texts, () => (settle(), later(0)));
        return;
      }
      row.saved(answer.rows[row.id]);
      if (row.changed) return; // typed on since; comes with the next save
      row.clearObjections();
      row.objections = Object.fromEntries(Object.entries(answer.fields).filter(([name]) => name.endsWith(`-${row.id}`)));
      row.showObjections();
    });
    const forecast = document.querySelector("[data-forecast]");
    if (forecast) forecast.innerHTML = answer.forecast;
    told(answer);
  };

  const answered = async (batch, response) => {
    // An expired sign-in answers with a redirect to the sign-in page, a replaced session with a refused token.
    if (response.type === "opaqueredirect" || response.status === 400) stopped(batch, texts.textExpired, texts.textLogin);
    else if (response.status >= 500) failed(batch);
    else if (!response.ok) stopped(batch, `${texts.textRefused} ${((await response.json().catch(() => ({}))).messages ?? []).join(" ")}`);
    else taken(batch, await response.json());
  };

  // True when nothing is left to send.
  const save = async () => {
    clearTimeout(timer);
    if (running) await running;
    const batch = [...rows.values()].filter((row) => row.changed && !row.conflict);
    if (!batch.length || isStopped) return !isStopped;
    batch.forEach((row) => {
      row.changed = false;
      row.isSending = true;
    });
    running = post(batch)
      .then((response) => answered(batch, response))
      .catch(() => failed(batch))
      .finally(() => {
        batch.forEach((row) => {
          row.isSending = false;
        });
        running = null;
        settle();
      });
    await running;
    return attempts === 0 && !isStopped;
  };

  form.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    row.changed = true;
    row.clearObjections();
    row.count();
    if (isStopped) keep(texts.keptKey, form.elements.version.value, open());
    later(attempts ? RETRY_MS[0] : DELAY_MS);
  });
  form.addEventListener("change", () => later(attempts ? RETRY_MS[0] : LEAVING_MS));
  form.addEventListener("focusout", () => setTimeout(() => rows.forEach((row) => row.isRefused && row.showObjections())));
  window.addEventListener("online", () => open().length && later(0));
  window.addEventListener("pagehide", () => open().length && settle());

  // Other buttons of the page come after what was typed is stored; the grid's own button waits for a save on its way.
  document.addEventListener(
    "submit",
    (event) => {
      const isGrid = event.target === form;
      if (event.target.method !== "post" || !(isGrid ? running : [...rows.values()].some((row) => row.changed || row.isSending))) {
        if (isGrid) clearTimeout(timer);
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      (isGrid ? running : save()).then(() => event.target.requestSubmit(event.submitter));
    },
    true,
  );

  document.addEventListener("click", (event) => {
    const article = event.target.closest?.("[data-attach]")?.dataset.attach;
    const choice = article && document.querySelector("#attachments select[name=article_id]");
    if (!choice) return;
    choice.value = article;
    choice.closest("details")?.setAttribute("open", "");
    choice.form.querySelector("input[type=file]")?.focus();
  });

  const offer = () => {
    const kept = keptFor(texts.keptKey, rows);
    const box = document.querySelector("[data-kept]");
    if (!kept || !box) return;
    box.querySelector("[data-kept-rows]").textContent = Object.keys(kept.rows).map((id) => rows.get(id).title).join(", ");
    box.querySelector("[data-kept-restore]").addEventListener("click", () => {
      // With the old version the server compares each row, so that nobody's later change is overwritten unseen.
      form.elements.version.value = kept.version;
      Object.entries(kept.rows).forEach(([id, { mark, cells }]) => {
        const row = rows.get(id);
        row.fill(cells);
        row.mark = mark;
        row.changed = true;
      });
      box.hidden = true;
      save();
    });
    box.querySelector("[data-kept-drop]").addEventListener("click", () => {
      forget(texts.keptKey);
      box.hidden = true;
    });
    box.hidden = false;
  };

  // Somebody may have typed before this script was there.
  rows.forEach((row) => {
    row.changed = row.cells().some((cell) => cell.value !== cell.defaultValue);
    if (row.changed) later(DELAY_MS);
  });
  offer();
};

if (form) start();

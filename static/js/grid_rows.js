// One row of the grid a lead fills: its cells, what is wrong in them, and what somebody else stored meanwhile.
// A row is the line of the table with its details line below; both carry the number of the article.
"use strict";

const COLUMNS = ["minimum", "expected", "maximum", "note", "site", "start_on", "budget_account"];
const DETAILS = ["site", "start_on", "budget_account"];

const icon = (name) => {
  const drawn = document.createElement("span");
  drawn.className = `kern-icon kern-icon--${name} kern-icon--small`;
  drawn.setAttribute("aria-hidden", "true");
  return drawn;
};

const button = (text, onClick) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link-button";
  made.textContent = text;
  made.addEventListener("click", onClick);
  return made;
};

export class Row {
  constructor(form, line) {
    this.form = form;
    this.line = line;
    this.id = line.dataset.article;
    this.details = form.querySelector(`[data-details="${this.id}"]`);
    this.mark = line.dataset.mark;
    this.title = line.dataset.title;
    this.changed = false;
    this.isSending = false;
    this.objections = {};
    this.conflict = null;
    this.stored = this.values();
  }

  cells() {
    return COLUMNS.map((column) => this.form.elements[`${column}-${this.id}`]).filter(Boolean);
  }

  values() {
    return Object.fromEntries(this.cells().map((cell) => [cell.name, cell.value]));
  }

  fill(values) {
    this.cells().forEach((cell) => {
      if (cell.name in values) cell.value = values[cell.name];
    });
    this.count();
  }

  // Whether something in the row is not stored: changed, on its way, refused or to be decided.
  get isOpen() {
    return this.changed || this.isSending || this.isRefused || this.conflict !== null;
  }

  get isRefused() {
    return Object.keys(this.objections).length > 0;
  }

  get hasFocus() {
    const focused = document.activeElement;
    return this.line.contains(focused) || Boolean(this.details?.contains(focused));
  }

  // How many details are filled stands beside the word that opens them.
  count() {
    const filled = DETAILS.filter((column) => this.form.elements[`${column}-${this.id}`]?.value.trim()).length;
    const files = this.details?.querySelectorAll("a[href*='/attachments/']").length ?? 0;
    const shown = this.line.querySelector("[data-filled]");
    if (shown) shown.textContent = filled + files || "";
  }

  clearObjections() {
    this.objections = {};
    [this.line, this.details].forEach((part) => part?.querySelectorAll(".form-field__error").forEach((old) => old.remove()));
    this.cells().forEach((cell) => {
      cell.classList.remove("cell-input--error");
      cell.removeAttribute("aria-invalid");
      cell.removeAttribute("aria-describedby");
    });
  }

  // Not while somebody is still typing in the row: "minimum above expected" is true for a moment in every correction.
  showObjections() {
    if (this.hasFocus) return;
    Object.entries(this.objections).forEach(([name, sentences]) => {
      const cell = this.form.elements[name];
      if (!cell || cell.hasAttribute("aria-invalid")) return;
      const shown = document.createElement("p");
      shown.className = "form-field__error";
      shown.id = `${name}-error`;
      const words = document.createElement("span");
      words.textContent = sentences.join(" ");
      shown.append(icon("danger"), words);
      cell.classList.add("cell-input--error");
      cell.setAttribute("aria-invalid", "true");
      cell.setAttribute("aria-describedby", shown.id);
      cell.after(shown);
      if (this.details?.contains(cell)) this.line.querySelector(".row-more details")?.setAttribute("open", "");
    });
  }

  saved({ mark, is_taken_over: isTakenOver }) {
    this.mark = mark;
    this.line.querySelector("[data-taken-over]")?.toggleAttribute("hidden", !isTakenOver);
  }

  // Both states stay visible until one is chosen; what was typed is still in the cells.
  showConflict(found, texts, onChoice) {
    this.conflict?.remove();
    const line = document.createElement("tr");
    line.className = "conflict-row";
    const cell = document.createElement("td");
    cell.colSpan = this.line.cells.length;
    const words = document.createElement("p");
    const stored = found.stored || texts.textEmptied;
    words.append(icon("warning"), texts.textConflict.replace("{who}", found.who).replace("{at}", found.at).replace("{stored}", stored));
    const choose = (keepsMine) => {
      this.mark = found.mark;
      line.remove();
      this.conflict = null;
      this.changed = keepsMine;
      if (!keepsMine) this.fill(found.cells);
      this.form.elements[`expected-${this.id}`].focus();
      onChoice();
    };
    cell.append(words, button(texts.textMine, () => choose(true)), " ", button(texts.textTheirs, () => choose(false)));
    line.append(cell);
    this.line.after(line);
    this.conflict = line;
  }
}

export const rowsOf = (form) => new Map([...form.querySelectorAll("tr[data-article]")].map((line) => [line.dataset.article, new Row(form, line)]));

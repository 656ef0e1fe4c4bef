// Tables of input fields (table[data-grid]): arrow keys and Enter move between cells, a block copied from Excel fills the cells.
// What was filled is marked, counted in a spoken message and can be taken back; the server still checks every value.
"use strict";

(() => {
  const CONTROL = "input:not([type=hidden], [disabled], [readonly]), select:not([disabled]), textarea:not([disabled], [readonly])";

  const controlIn = (row, column) => row?.cells[column]?.querySelector(CONTROL) ?? null;

  // Rows without a control in this column (sums, headings of a group) are passed over, lines with details altogether.
  const step = (cell, rows, columns) => {
    const table = cell.closest("table");
    let row = cell.parentElement.rowIndex + rows;
    let column = cell.cellIndex + columns;
    while (row >= 0 && row < table.rows.length && column >= 0) {
      const line = table.rows[row];
      if (columns && column >= line.cells.length) return null;
      const control = line.dataset.details ? null : controlIn(line, column);
      if (control) return control;
      row += rows;
      column += columns;
    }
    return null;
  };

  const atEdge = (control, direction) => {
    if (control.selectionStart === null || control.selectionStart === undefined) return false;
    const everything = control.selectionStart === 0 && control.selectionEnd === control.value.length;
    return everything || (direction < 0 ? control.selectionEnd === 0 : control.selectionStart === control.value.length);
  };

  const target = (control, key) => {
    const cell = control.closest("td, th");
    if (cell.closest("[data-details]")) return null;
    const isText = control.matches("input:not([type=checkbox], [type=radio])");
    if (key === "Enter") return isText ? step(cell, 1, 0) : null;
    if (key === "ArrowDown") return isText ? step(cell, 1, 0) : null;
    if (key === "ArrowUp") return isText ? step(cell, -1, 0) : null;
    if (key === "ArrowLeft") return isText && atEdge(control, -1) ? step(cell, 0, -1) : null;
    if (key === "ArrowRight") return isText && atEdge(control, 1) ? step(cell, 0, 1) : null;
    return null;
  };

  document.addEventListener("keydown", (event) => {
    const control = event.target.closest?.("table[data-grid] :is(input, select, textarea)");
    if (!control || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = target(control, event.key);
    // Enter on the last row must not send a half-filled grid.
    if (next || (event.key === "Enter" && control.matches("input"))) event.preventDefault();
    if (!next) return;
    next.focus();
    next.select?.();
  });

  const blockOf = (text) => text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));

  const write = (control, text) => {
    const wanted = text.trim();
    if (control.matches("select")) {
      const option = [...control.options].find((candidate) => candidate.text.trim() === wanted || candidate.value === wanted);
      if (!option) return false;
      control.value = option.value;
    } else if (control.matches("[type=checkbox], [type=radio], [type=file]")) {
      return false;
    } else {
      control.value = wanted;
    }
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };

  const fill = (start, block) => {
    const firstCell = start.closest("td, th");
    const before = [];
    let missed = 0;
    let row = firstCell.parentElement;
    block.forEach((line, index) => {
      // Beyond the last row nothing fits; the rest is only counted.
      if (index > 0) row = row && step(row.cells[firstCell.cellIndex], 1, 0)?.closest("tr");
      line.forEach((text, offset) => {
        const control = row && controlIn(row, firstCell.cellIndex + offset);
        const old = control?.value;
        if (!control || !write(control, text)) {
          if (text.trim()) missed += 1;
          return;
        }
        before.push([control, old]);
      });
    });
    return { before, missed };
  };

  const report = (table, { before, missed }, lines) => {
    const message = table.closest(".table-frame")?.parentElement.querySelector(".grid-message");
    if (!message) return;
    const texts = table.dataset;
    message.textContent = texts.textPasted.replace("{count}", before.length).replace("{rows}", lines);
    if (missed) message.append(" ", texts.textMissed.replace("{count}", missed));
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "link-button";
    undo.textContent = texts.textUndo;
    undo.addEventListener("click", () => {
      before.forEach(([control, old]) => {
        control.value = old;
        control.classList.remove("cell-input--pasted");
        control.dispatchEvent(new Event("input", { bubbles: true }));
      });
      message.textContent = texts.textUndone;
      before[0]?.[0].focus();
    });
    message.append(" ", undo);
  };

  document.addEventListener("paste", (event) => {
    const control = event.target.closest?.("table[data-grid] tr:not([data-details]) :is(input, select)");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!control || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const table = control.closest("table");
    const block = blockOf(text);
    const filled = fill(control, block);
    table.querySelectorAll(".cell-input--pasted").forEach((old) => old.classList.remove("cell-input--pasted"));
    filled.before.forEach(([changed]) => changed.classList.add("cell-input--pasted"));
    report(table, filled, block.length);
  });
})();

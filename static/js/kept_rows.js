// Rows that could not be saved stay in this browser, under the demand and the account, until they are saved or thrown away.
"use strict";

// A browser may forbid the store; then what was typed stays on the page only.
const store = (action) => {
  try {
    return action(window.localStorage);
  } catch {
    return null;
  }
};

export const keep = (key, version, rows) => {
  const kept = Object.fromEntries(rows.map((row) => [row.id, { mark: row.mark, cells: row.values() }]));
  store((place) => place.setItem(key, JSON.stringify({ version, rows: kept })));
};

export const forget = (key) => store((place) => place.removeItem(key));

// What is kept and differs from what the page shows; nothing otherwise.
export const keptFor = (key, rows) => {
  const kept = store((place) => JSON.parse(place.getItem(key) ?? "null"));
  if (!kept) return null;
  const different = Object.entries(kept.rows).filter(([id, { cells }]) => {
    const shown = rows.get(id)?.values();
    return shown && Object.entries(cells).some(([name, value]) => shown[name] !== value);
  });
  return different.length ? { version: kept.version, rows: Object.fromEntries(different) } : null;
};

/** Tables as CSV (RFC 4180, UTF-8 with a mark at the beginning, for spreadsheets). Pure. */

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A number keeps its sign. */
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** @param {string} value @returns {string} A value that no spreadsheet runs: what begins like a formula gets a `'`. */
export const harmless = (value) => (FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value);

/** @param {string} value @returns {string} */
const cell = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/**
 * @param {string[]} columns
 * @param {Object<string, string>[]} rows
 * @returns {string} a header and a line for each row
 */
export const csv = (columns, rows) => {
  const lines = [columns, ...rows.map((row) => columns.map((column) => harmless(row[column] ?? '')))];
  return `\uFEFF${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`;
};

/** Tables as CSV (RFC 4180, UTF-8 with a mark at the beginning, for spreadsheets). Pure. */

/** @param {string} value @returns {string} */
const cell = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/**
 * @param {string[]} columns @param {Object<string, string>[]} rows
 * @param {RegExp} guard  what a spreadsheet would run: such a value gets a `'` in front
 * @returns {string} a header and a line for each row
 */
export const csv = (columns, rows, guard) => {
  const safe = (/** @type {string} */ value) => (guard.test(value) ? `'${value}` : value);
  const lines = [columns, ...rows.map((row) => columns.map((column) => safe(row[column] ?? '')))];
  return `\uFEFF${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`;
};

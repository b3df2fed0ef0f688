/**
 * Records as columns, read back: the inverse of `kg/page/columns.py`, whose description says what a column may be. Pure.
 *
 * @typedef {unknown[] | {of: unknown[], at: number[]} | {rows: number[], values: unknown[]} | {steps: number[]}} Column
 * @typedef {{n: number, [field: string]: Column | number}} Columns
 */

/** @param {Column} column @param {number} count @returns {unknown[]} A value for each record; null or undefined is none. */
const valuesOf = (column, count) => {
  if (Array.isArray(column)) return column;
  if ('of' in column) return column.at.map((number) => column.of[number]);
  if ('steps' in column) {
    let sum = 0;
    return column.steps.map((step) => {
      sum += step;
      return sum;
    });
  }
  const cells = new Array(count).fill(null);
  for (const [place, row] of column.rows.entries()) cells[row] = column.values[place];
  return cells;
};

/**
 * @param {Columns} columns
 * @returns {Object<string, any>[]} the records, each with the fields that it has
 */
export const decode = (columns) => {
  const { n: count, ...fields } = columns;
  const records = Array.from({ length: count }, () => /** @type {Object<string, any>} */ ({}));
  for (const [field, column] of Object.entries(fields)) {
    const values = valuesOf(/** @type {Column} */ (column), count);
    for (let row = 0; row < count; row += 1) {
      if (values[row] !== null && values[row] !== undefined) records[row][field] = values[row];
    }
  }
  return records;
};

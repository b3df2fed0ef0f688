"""XLSX as rows of texts (ECMA-376, part 1, SpreadsheetML), with the standard library.

Values are those that the cells show: dates as EDTF, as exact as their format; the values of
formulas; merged cells in each cell that they cover. What a hostile file asks for is bounded: by
the size of its parts, and by the number of its cells, wherever these stand.
"""

ENDING = ".xlsx"

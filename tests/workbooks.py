"""XLSX files for tests, written by hand: their parts as ECMA-376 has them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="mmm\\ yyyy"/>
<numFmt numFmtId="165" formatCode="yyyy"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/>
<xf numFmtId="165"/></cellXfs></styleSheet>"""
STRINGS = f"""<sst xmlns="{MAIN}"><si><t>country</t></si><si><r><t>Côte </t></r><r><t>d'Orr</t></r>
<rPh sb="0" eb="1"><t>kana</t></rPh></si></sst>"""


def workbook(file: Path, sheets: Mapping[str, str], more: Mapping[str, str] | None = None) -> Path:
    """Write a workbook: what stands in each sheet beside its root element, and parts that replace
    others.
    """
    numbered = list(enumerate(sheets.items(), 1))
    names = "".join(f'<sheet name="{name}" r:id="r{n}"/>' for n, (name, _) in numbered)
    targets = "".join(
        f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered
    )
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">'
        f"<workbookPr/><sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="x">{targets}</Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": STRINGS,
    }
    for n, (_, inner) in numbered:
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{MAIN}">{inner}</worksheet>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (parts | dict(more or {})).items():
            archive.writestr(name, text)
    return file


def rows(*cells: str) -> str:
    """The data of a sheet of rows, each the XML of its cells."""
    inner = "".join(f'<row r="{n}">{row}</row>' for n, row in enumerate(cells, 1) if row)
    return f"<sheetData>{inner}</sheetData>"


def text(*values: str) -> str:
    """A row of texts."""
    return "".join(f'<c t="inlineStr"><is><t>{value}</t></is></c>' for value in values)

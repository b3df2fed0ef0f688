"""XLSX as tables: what cells show, in rows that are found again, whatever a file asks for."""

from __future__ import annotations

import os
import resource
import zipfile
from pathlib import Path

import pytest
from workbooks import DOCUMENT, MAIN, rows, text, workbook

from kg.diagnostics import KgError
from kg.model.corpus import Corpus
from kg.sources.spreadsheets import parts
from kg.sources.spreadsheets import workbook as reader
from kg.sources.spreadsheets.workbook import read_sheet
from kg.sources.tables.rows import TableLayout, read_table
from kg.sources.texts.verification import read_copies


def cells(folder: Path, *written: str, more: str = "") -> list[tuple[str, ...]]:
    """The rows of a sheet as they are read."""
    return list(read_sheet(workbook(folder / "a.xlsx", {"S": rows(*written) + more})).rows.values())


def test_cells_give_what_they_show(tmp_path: Path) -> None:
    shown = {
        '<c t="s"><v>1</v></c>': "Côte d'Orr",
        "<c><v>5</v></c>": "5",
        "<c><v>0.30000000000000004</v></c>": "0.3",
        "<c><v>-1.5E-3</v></c>": "-0.0015",
        '<c s="1"><v>43784</v></c>': "2019-11-15",
        '<c s="2"><v>43784.5</v></c>': "2019-11-15T12:00:00",
        '<c s="3"><v>43770</v></c>': "2019-11",
        '<c s="4"><v>43770</v></c>': "2019",
        '<c s="1"><v>1</v></c>': "1900-01-01",
        '<c s="1"><v>61</v></c>': "1900-03-01",
        '<c s="1"><v>99999999999</v></c>': "99999999999",
        '<c t="b"><v>1</v></c>': "TRUE",
        '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>': "#DIV/0!",
        '<c t="str"><f>A1</f><v>a  b</v></c>': "a b",
        "<c><f>1+1</f><v>2</v></c>": "2",
        '<c t="inlineStr"><is><t>x_x000D_y\nz</t></is></c>': "x y z",
    }
    assert cells(tmp_path, "".join(shown)) == [tuple(shown.values())]


def test_merged_cells_show_their_value_in_each_row_that_holds_more(tmp_path: Path) -> None:
    merged = '<mergeCells><mergeCell ref="A2:A4"/></mergeCells>'
    more = '<c r="B3"><v>2</v></c>'
    read = cells(tmp_path, text("who", "n"), text("Arden", "1"), more, more="")
    assert read == [("who", "n"), ("Arden", "1"), ("", "2")]
    read = cells(tmp_path, text("who", "n"), text("Arden", "1"), more, more=merged)
    assert read == [("who", "n"), ("Arden", "1"), ("Arden", "2")]


def test_a_sheet_is_a_table_whose_rows_are_paragraphs_of_its_text(tmp_path: Path) -> None:
    sheets = {
        "Notes": rows(text("x")),
        "The parties": rows("", text("who", "n"), "", text("Arden"), text("", "2")),
    }
    file = workbook(tmp_path / "b.xlsx", sheets)
    table = read_table(tmp_path / "b.xlsx#The parties")
    assert [tuple(row) for row in table.rows] == [
        ({"who": "Arden", "n": ""}, 2, 4),
        ({"who": "", "n": "2"}, 3, 5),
    ]
    below = read_table(tmp_path / "b.xlsx#The parties", TableLayout(header=2))
    assert below == table
    with pytest.raises(KgError, match="its row 3 holds nothing"):
        read_table(tmp_path / "b.xlsx#The parties", TableLayout(header=3))
    copies = read_copies(Corpus(), tmp_path)
    by_name = {each.name: each for each in copies.others}
    copy = by_name["b.xlsx#The parties"]
    assert (copy.sha256, copy.paragraphs) == (table.sha256, ("who n", "Arden", "2"))
    with pytest.raises(KgError, match="several sheets") as raised:
        read_table(file)
    assert "b.xlsx#Notes" in raised.value.hint
    with pytest.raises(KgError, match="no sheet 'The party'"):
        read_table(tmp_path / "b.xlsx#The party")


FAR = '<sheetData><row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>2</v></c></row></sheetData>'


def test_one_cell_far_away_takes_no_more_than_its_row(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", {"S": FAR}))
    assert list(sheet.rows) == [1, 1_048_576]
    assert len(sheet.rows[1_048_576]) == 16_384
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


DOCTYPE = f"""<!DOCTYPE x [<!ENTITY a "x"><!ENTITY b SYSTEM "file:///etc/passwd">]>
<worksheet xmlns="{MAIN}"><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    ("sheet", "more", "message"),
    [
        (rows("<c><f>1+1</f><v></v></c>"), {}, "cell A1: a formula without its value"),
        (rows('<c t="s"><v>77</v></c>'), {}, "sheet 'S', cell A1"),
        (rows('<c t="s"><v>x</v></c>'), {}, "sheet 'S', cell A1"),
        (rows('<c s="99"><v>1</v></c>'), {}, "sheet 'S', cell A1"),
        (rows("<c><v>x</v></c>"), {}, "sheet 'S', cell A1"),
        (rows("<c><v>1e999</v></c>"), {}, "cell A1: '1e999' is no number"),
        (rows(text("", "a_x0002_")), {}, "cell B1: a text holds U+0002"),
        (rows('<c r="ZZZZ1"><v>1</v></c>'), {}, "sheet1.xml cannot be read: 'ZZZZ1' is no cell"),
        ("<sheetData>", {}, "sheet1.xml cannot be read: mismatched tag"),
        ("", {"xl/worksheets/sheet1.xml": DOCTYPE}, "it declares a document type"),
        ("", {"xl/workbook.xml": "<workbook/>"}, "has no sheet ''"),
        (
            "",
            {
                "xl/workbook.xml": f'<workbook xmlns:r="{DOCUMENT}"><sheet name="S" r:id="r1"/></workbook>',
                "xl/_rels/workbook.xml.rels": '<R><Relationship Id="r1" Target="worksheets/no.xml"/></R>',
            },
            "worksheets/no.xml",
        ),
        (
            rows(text("a"), text("b"))
            + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            {},
            "merged cells cover too much",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, sheet: str, more: dict[str, str], message: str
) -> None:
    file = workbook(tmp_path / "a.xlsx", {"S": sheet}, more)
    with pytest.raises(KgError) as raised:
        read_sheet(file)
    assert message in str(raised.value)
    assert str(raised.value).startswith(str(file))
    assert raised.value.hint


def test_what_unpacks_to_too_much_or_is_no_workbook_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (2 << 20))
    monkeypatch.setattr(reader, "MOST_BYTES", 1 << 20)
    with pytest.raises(KgError, match="holds more than 1 MB, unpacked"):
        read_sheet(bomb)
    # A size in the directory that lies is found out by the sum of the part.
    data = bytearray(bomb.read_bytes())
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = (10).to_bytes(4, "little")
    bomb.write_bytes(data)
    with pytest.raises(KgError, match=r"workbook\.xml is damaged"):
        read_sheet(bomb)
    bomb.write_bytes(b"PK nothing")
    with pytest.raises(KgError, match="no XLSX file"):
        read_sheet(bomb)
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(KgError, match="not a regular file"):
        read_sheet(tmp_path / "pipe.xlsx")
    monkeypatch.setattr(parts, "MOST_CELLS", 3)
    with pytest.raises(KgError, match="more than 3 cells"):
        read_sheet(workbook(bomb, {"S": rows(text(*"abcd"))}))


def test_a_cell_beyond_the_named_columns_is_told_with_its_row(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", {"S": rows(text("who"), text("Arden", "x"))})
    with pytest.raises(KgError, match="row 2: 2 cells where the header has 1"):
        read_table(file)

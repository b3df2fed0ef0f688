"""``kg import``: rows of tables as assertions, cited to their rows, the same each time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Kg, shared_path
from hypothesis import given
from hypothesis import strategies as st

from kg.diagnostics import KgError
from kg.sources.tables.convert import Conversion, ConvertedRecords
from kg.sources.tables.emit import source_files
from kg.sources.tables.ledger import Ledger
from kg.sources.tables.map_file import read_map
from kg.sources.tables.rows import TableLayout, read_table
from kg.sources.tables.templates import FILTERS
from kg.sources.yamlfile import Mapping, Scalar, Sequence, read_yaml
from kg.text.characters import FORBIDDEN

MAP = """\
dir: .
defaults: {{article: {{publisher: post, originator: post, published: 2004}}, empty: ["", "-9"]}}
things: {{actors: {{post: {{type: MediaOrganization, label: The Post}}}}}}
tables:
  rows.csv:
    title: Rows
    {more}
    things:
      - {{section: actors, id: "{{who|id}}", label: "{{who}}", type: State}}
    assertions:
      {rules}
"""


def convert(folder: Path, rules: str, table: str, more: str = "", **others: str) -> Conversion:
    """What a map with some rules makes of a table, run."""
    (folder / "rows.csv").write_text(table, "utf-8", newline="")
    for name, text in others.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8", newline="")
    made = Conversion(
        read_map("map.yaml", MAP.format(rules=rules, more=more).encode()), folder, Ledger("ids")
    )
    made.run()
    return made


def said(made: Conversion) -> list[Any]:
    """The assertions without their citations, field by field."""
    return [{k: v for k, v in each.items() if k != "cite"} for each in made.records.assertions]


def cited(made: Conversion) -> list[Any]:
    """The citations of the assertions."""
    return [each["cite"] for each in made.records.assertions]


MEETS = '- {subject: "{who|id}", predicate: meets, object: "{whom}", when: "{day}"}'


def test_a_row_is_cited_as_the_paragraph_in_which_it_begins(tmp_path: Path) -> None:
    table = 'who,whom,day\r\nArden,x,2001\r\n\r\n"Lower\r\nArden",y,\r\nBrell,z,-9\r\n'
    made = convert(tmp_path, MEETS, table)
    assert cited(made) == [{"rows": ["2"]}, {"rows": ["3"]}, {"rows": ["5"]}]
    assert [each.get("when") for each in made.records.assertions] == ["2001", None, None]
    article = made.records.sections["articles"]["rows"]
    assert isinstance(article, dict)
    assert article["paragraphs"] == "5"


def test_rows_without_an_end_are_left_out_and_counted_by_column(tmp_path: Path) -> None:
    made = convert(tmp_path, MEETS, "who,whom,day\nArden,,2001\nArden,-9,2002\nArden,x,\n")
    assert len(made.records.assertions) == 1
    assert made.told[0].dropped == {("assertions", "whom", "object"): 2}
    assert made.told[0].rows == 3


@pytest.mark.parametrize(
    ("rule", "given", "missing"),
    [
        ('according_to: "{by|id}"', ["brell"], {("by", "according_to"): 2}),
        ('according_to: ["{by|id}"]', [["brell"]], {("by", "according_to"): 2}),
        ('according_to: "[{by|id}]"', ["brell", None, None], {}),
        (
            'according_to: {of: sure, no: "{by|id}", else: ""}',
            ["brell", None],
            {("by", "according_to"): 1},
        ),
        ("mode: {of: by, Brell: planned, '': actual}", ["planned", "actual", "actual"], {}),
        ("mode: {of: by, '/B.*/': planned}", ["planned"], {("by", "mode"): 2}),
        (
            "negated: {of: sure, 'yes': 'false'}",
            ["false"],
            {("sure (no choice fits)", "negated"): 2},
        ),
        ('condition: "{by}"', ["Brell"], {("by", "condition"): 2}),
    ],
)
def test_a_row_whose_speaker_or_mode_is_not_told_never_says_more_than_it_does(
    tmp_path: Path, rule: str, given: list[Any], missing: dict[tuple[str, str], int]
) -> None:
    """A claim of somebody would be a fact in the register's own voice."""
    table = "who,whom,day,by,sure\nArden,x,2001,Brell,no\nArden,y,2002,,no\nArden,z,2003,,yes\n"
    made = convert(tmp_path, MEETS.replace('}"}', f'}}", {rule}}}'), table, "unused: [by, sure]")
    assert [each.get(rule.partition(":")[0]) for each in said(made)] == given
    assert made.told[0].dropped == {("assertions", *k): n for k, n in missing.items()}


def test_choices_conditions_and_columns_set_fields(tmp_path: Path) -> None:
    rules = (
        '- {subject: "{who|id}", predicate: {of: kind, war: attacks, "/talk.*/": meets}, '
        'object: "{whom}", mode: {of: sure, no: planned, yes: ""}, with: {role: "{role}"}, '
        'note: "from {day|bc}[ until {end}]", if: {of: kind, none: "", else: "yes"}}'
    )
    table = (
        "who,whom,kind,sure,role,day,end\n"
        "Arden,x,war,no,ally,44 BC,\n"
        "Arden,y,talks,yes,,1 BC,5\n"
        "Arden,z,none,no,,3,\n"
    )
    assert said(convert(tmp_path, rules, table)) == [
        {
            "subject": "arden",
            "predicate": "attacks",
            "object": "x",
            "mode": "planned",
            "with": {"role": "ally"},
            "note": "from -0043",
        },
        {"subject": "arden", "predicate": "meets", "object": "y", "note": "from 0000 until 5"},
    ]


def test_each_column_that_says_something_is_an_assertion(tmp_path: Path) -> None:
    rules = (
        '- {subject: "{who|id}", predicate: "{each}", object: x, when: "{cell}", '
        "each: {signed: signed, ended: terminates}}"
    )
    made = convert(tmp_path, rules, "who,signed,ended\nArden,2001,\nBrell,2002,2003\n")
    assert [(each["predicate"], each["when"]) for each in said(made)] == [
        ("signed", "2001"),
        ("signed", "2002"),
        ("terminates", "2003"),
    ]


def test_what_rows_say_together_is_one_assertion_cited_to_all(tmp_path: Path) -> None:
    rules = MEETS.replace('}"}', '}", note: "{note}", merge: true}')
    made = convert(tmp_path, rules, "who,whom,day,note\nA,x,2001,p\nA,x,2001,q\nA,x,2002,\n")
    assert [each.get("note") for each in said(made)] == ["p; q", None]
    assert cited(made) == [{"rows": ["2", "3"]}, {"rows": ["4"]}]
    assert made.told[0].merged == 1


def test_citations_come_from_another_table_by_key(tmp_path: Path) -> None:
    rules = (
        '- {subject: "{who|id}", predicate: meets, object: "{whom}", cite: {table: cites.csv, '
        'key: "{n}", match: "{row}", article: "{source|id}", place: "{page}"}}\n'
        "  cites.csv:\n    title: Citations\n"
        '    articles: [{id: "{source|id}", title: "{source}", publisher: post}]'
    )
    table = "who,whom,n\nArden,x,1\nBrell,y,2\n"
    cites = "row,source,page\n1,Book One,4\n1,Book Two,\n1,Book One,9\n"
    made = convert(tmp_path, rules, table, cites_csv=cites)
    assert cited(made) == [{"book-one": ["4", "9"], "book-two": ["whole"]}, {"rows": ["3"]}]
    assert {"book-one", "book-two"} <= made.records.sections["articles"].keys()
    by_page = rules.replace('place: "{page}"', 'place: {page: "{page}"}')
    made = convert(tmp_path, by_page, table, cites_csv=cites)
    assert cited(made)[0] == {"book-one": [{"page": "4"}, {"page": "9"}], "book-two": ["whole"]}
    with pytest.raises(KgError, match="a place has no 'pgae'"):
        convert(tmp_path, by_page.replace("{page: ", "{pgae: "), table, cites_csv=cites)


def test_a_list_comes_from_another_table_by_key(tmp_path: Path) -> None:
    rules = (
        MEETS + "\n  names.csv:\n    title: Names\n    things:\n"
        '      - {section: things, id: "x-{row}", type: Thing, label: "{url|host}", aliases: '
        '{table: rows.csv, key: "{row}", match: "{n}", value: "{who}"}}'
    )
    table = "who,whom,day,n\nArden,x,2001,1\nBrell,y,,1\nArden,z,,1\n"
    names = "row,url\n1,https://www.Example.org:80/a\n2,no address\n"
    made = convert(tmp_path, rules, table, names_csv=names)
    things = made.records.sections["things"]
    assert things["x-1"] == {
        "type": "Thing",
        "label": "example.org",
        "aliases": ["Arden", "Brell"],
    }
    assert things["x-2"] == {"type": "Thing"}
    speakers = '{table: names.csv, key: "{n}", match: "{row}", value: "{url}"}'
    rules = MEETS.replace('}"}', f'}}", according_to: {speakers}}}')
    rules += "\n  names.csv:\n    title: Names\n"
    made = convert(tmp_path, rules, table.replace("y,,1", "y,,7"), names_csv=names)
    missing = ("assertions", "n (no row of names.csv fits)", "according_to")
    assert made.told[0].dropped == {missing: 1}


def test_an_id_stays_however_the_table_grows(tmp_path: Path) -> None:
    first, second = Ledger("ids"), None
    assert [first.id_for("", name) for name in ("Côte", "COTE", "cote")] == [
        "cote",
        "cote-2",
        "cote-3",
    ]
    assert first.id_for("t-", "cote") == "cote"
    second = Ledger("ids", first.data())
    assert [second.id_for("", name) for name in ("côte", "cote", "Côte")] == [
        "cote-4",
        "cote-3",
        "cote",
    ]
    assert second.data().startswith(first.data())
    assert Ledger("ids", second.data()).data() == second.data()
    named = Ledger("ids", "before,text,id\n,大阪,osaka\n".encode())
    assert [named.id_for("", each) for each in ("大阪", "東京", "X")] == ["osaka", "x", "x-2"]
    assert (named.without_letters, named.shared) == (["東京"], {"x": {"X"}})


@pytest.mark.parametrize(
    ("rules", "place", "message"),
    [
        (MEETS.replace("{whom}", "{whim}"), "11:9", "no column 'whim'"),
        (MEETS.replace("{whom}", "{whom|if}"), "11:57", "no filter is called 'if'"),
        (MEETS.replace("{whom}", "[{whom}"), "11:57", "never closed"),
        (MEETS.replace("{whom}", "{whom}}"), "11:57", "stands alone"),
        (MEETS.replace("{day}", "2001"), "5:3", "does not name these columns: day"),
        (MEETS.replace('"{day}"', '{of: day, "/(/": x}'), "", "no regular expression"),
    ],
)
def test_a_mistake_in_a_map_is_told_with_its_place(
    tmp_path: Path, rules: str, place: str, message: str
) -> None:
    with pytest.raises(KgError, match=r"map\.yaml:") as raised:
        convert(tmp_path, rules, "who,whom,day\nArden,x,2001\n")
    assert message in str(raised.value)
    assert f"map.yaml:{place}" in str(raised.value)
    assert raised.value.hint


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"a,b\n1\n", "a.csv:2: 1 cells where the header has 2"),
        ("a.csv", b"a,a\n1,2\n", "two columns"),
        ("a.csv", b",".join(b"c%d" % n for n in range(100_000)) + b"\n1\n", "1 cells where"),
        ("a.csv", b"", "holds nothing"),
        ("a.csv", b"a;b\n1,5;2\n", "a.csv:1: ';' parts the columns, not a comma"),
        ("a.csv", b"a\tb\n1\t2\n", "a.csv:1: a tab parts the columns, not a comma"),
        ("a.csv", b'"a, b"\n1,2\n', "a.csv:2: 2 cells where the header has 1"),
        ("a.csv", b'a,b\n"1,2\n', "unexpected end of data"),
        ("a.csv", b"a\n\xff\n", "not UTF-8"),
        ("a.jsonl", b'{"a": 1}\n[1]\n', "a.jsonl:2: this line is no row"),
        ("a.csv", b"a\n1\n\x01\n", "a.csv:3: a text holds U[+]0001"),
        ("a.csv", b"a\n" + b"x" * (1 << 24) + b"y\n", "a.csv:2: field larger than field limit"),
        ("a.jsonl", b'{"a": 1}\n{"a": "\\ud800"}', "a.jsonl:2: a text holds U[+]D800"),
        ("a.jsonl", b'\n{"a": ' + b"[" * 100_000, "a.jsonl:2: lists and objects are nested"),
        ("a.xls", b"a\n", "no table that can be read"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_with_its_line(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(KgError, match=message):
        read_table(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data", "layout"),
    [
        ("a.csv", "who;n\nÅland;1\n".encode("cp1252"), TableLayout("windows-1252", ";")),
        ("a.tsv", "who\tn\r\nÅland\t1\r\n".encode("utf-16"), TableLayout("utf-16")),
        ("A.CSV", "\ufeff who ,{n}\r\nÅland,1\r\n".encode(), TableLayout()),
        ("a.csv", '\n,,\n"who\n",n,\nÅland,1,\n,,\n'.encode(), TableLayout()),
        ("a.csv", "Ports,,\nof 2004,,\nwho,n,\nÅland,1,,\n".encode(), TableLayout(header=3)),
        ("a.jsonl", '{"who": "\\nÅland", "n": 1}'.encode(), TableLayout()),
    ],
)
def test_tables_are_read_as_registers_write_them(
    tmp_path: Path, name: str, data: bytes, layout: TableLayout
) -> None:
    (tmp_path / name).write_bytes(data)
    table = read_table(tmp_path / name, layout)
    assert table.columns == ("who", "n")
    assert table.rows[0].cells == {"who": "Åland", "n": "1"}


def test_a_header_beyond_the_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('a,b\n"1\n2",3\n')
    for line in (3, 9):
        with pytest.raises(KgError, match=f"a.csv: no row begins in line {line}"):
            read_table(tmp_path / "a.csv", TableLayout(header=line))


def test_values_within_values_of_json_lines_are_columns(tmp_path: Path) -> None:
    row = {"who": {"name": "Arden", "ids": ["Q1", "Q2"]}, "day": True, "whom": {}, "more": {"a": 1}}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    assert read_table(tmp_path / "a.jsonl").rows[0].cells == {
        "who.name": "Arden",
        "who.ids.1": "Q1",
        "who.ids.2": "Q2",
        "day": "true",
        "whom": "",
        "more.a": "1",
    }
    rules = '- {subject: "{who.name|id}", predicate: meets, object: "{who.ids.1}"}'
    text = MAP.replace("rows.csv", "a.jsonl").replace('"{{who|id}}", label: "{{who}}"', '"x"')
    plan = text.format(rules=rules, more="unused: [more, day, whom, who.ids.2]")
    made = Conversion(read_map("map.yaml", plan.encode()), tmp_path, Ledger("ids"))
    assert made.run().assertions[0]["subject"] == "arden"


@pytest.mark.parametrize(
    ("name", "cell", "text"),
    [
        ("dmy", "5.11.2019", "2019-11-05"),
        ("dmy", "11/2019", "2019-11"),
        ("mdy", "11/5/2019", "2019-11-05"),
        ("dmy", "5.11.19", "5.11.19"),
        ("decimal", "1.234.567,5", "1234567.5"),
        ("decimal", "-51,25", "-51.25"),
        ("decimal", "1 234", "1234"),
        ("decimal", "1.5", "1.5"),
        ("decimal", "1,5,2", "1,5,2"),
        ("bc", "44 BC", "-0043"),
    ],
)
def test_filters_write_dates_and_numbers_as_sources_do(name: str, cell: str, text: str) -> None:
    assert FILTERS[name](cell) == text


def test_every_row_and_condition_is_accounted_for(tmp_path: Path) -> None:
    rules = MEETS.replace('}"}', '}", if: {of: sure, yes: a, maybee: b}, ') + CITED
    table = "who,whom,day,sure,n\nArden,x,,yes,1\nBrell,y,,yes,\nBrell,z,,no,2\n,-9,,yes,3\n"
    made = convert(tmp_path, rules, table, cites_csv="row,page\n1,-9\n1,7\n-9,8\n")
    rows, cites = made.told
    assert cited(made) == [{"cites": ["2", "3"]}, {"rows": ["3"]}]
    assert (rows.rows, rows.silent, rows.uncited) == (4, [5], {"cites.csv": 1})
    assert list(rows.unmet.values()) == [1]
    assert rows.idle == ["map.yaml:11:86: no cell of 'sure' says 'maybee'"]
    assert (cites.rows, cites.silent) == (3, [4])


CITED = """cite: {table: cites.csv, key: "{n}", match: "{row}"}}
  cites.csv: {title: Cites, unused: [page]}"""


def test_rows_that_say_the_same_are_counted(tmp_path: Path) -> None:
    made = convert(tmp_path, MEETS, "who,whom,day\nA,x,2001\nA,x,2001\nA,x,2002\n")
    assert (len(made.records.assertions), made.told[0].repeated) == (3, 1)


def test_words_that_the_ontology_does_not_have_are_told_before_any_row(
    kg: Kg, tmp_path: Path
) -> None:
    assert kg("init", "w").code == 0
    each = "{predicate: '{each}', subject: a, object: b, each: {who: meets, whom: metts}}"
    rules = MEETS.replace("meets", "{of: day, x: enters, else: '{day}'}") + f"\n      - {each}"
    text = MAP.format(rules=rules, more="").replace("type: State}", "type: Stat}")
    (tmp_path / "map.yaml").write_text(text)
    made = kg("-C", "w", "import", "map.yaml")
    assert made.code == 2
    assert [line.split(": ")[1] for line in made.stderr.splitlines()[::3]][:3] == [
        "the ontology has no type 'Stat'",
        "the ontology has no predicate 'enters'",
        "the ontology has no predicate 'metts'",
    ]


def test_all_mistakes_of_a_map_are_told_at_once(tmp_path: Path) -> None:
    rules = (
        '- {subject: "{who|id}", predicate: meets, object: "{whom}", whenn: "{day}", merge: yes}\n'
        '      - {subjet: "{who|id}", predicate: meets, object: "{whom|no}"}\n'
        "  rows-csv.csv: {title: Others, id: rows, header: last, unsed: [a]}"
    )
    with pytest.raises(KgError, match="7 mistakes in the map") as raised:
        convert(tmp_path, rules, "who,whom,day\nArden,x,2001\n")
    places = [line.split(": ")[0] for line in raised.value.findings.splitlines()[::3]]
    assert places == [
        *(f"map.yaml:{place}" for place in ("11:67", "11:90", "12:10", "12:9", "12:56")),
        *(f"map.yaml:{place}" for place in ("13:57", "13:51")),
    ]


def test_mistakes_in_several_tables_are_told_at_once(tmp_path: Path) -> None:
    rules = MEETS.replace("{whom}", "{whim}") + "\n  b.csv: {title: B}\n  c.csv: {title: C}"
    with pytest.raises(KgError, match="3 mistakes") as raised:
        convert(tmp_path, rules, "who,whom,day\nArden,x,2001\n", b_csv="a,b\n1\n")
    assert "b.csv:2: 1 cells where" in raised.value.findings
    assert "c.csv: No such file" in raised.value.findings
    assert "map.yaml:11:9: the table 'rows.csv' has no column 'whim'" in raised.value.findings


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"before,text,id\n,Arden,arden\n,Brell,arden\n", "ids:3: the text 'Brell' has another"),
        (b"before,text,id\n,Arden,arden\n,Arden,a\n", "ids:3: the text 'Arden' has another"),
        (b"before,text,id\n<<<<<<< HEAD\n", "ids:2: this line is none"),
        (b"before,text,id\n,\xff,a\n", "no ledger of ids"),
        (b"a,b\n", "no ledger of ids"),
    ],
)
def test_a_ledger_that_was_damaged_is_refused_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(KgError, match=message):
        Ledger("ids", data)


def test_a_ledger_whose_last_line_end_is_gone_is_still_appended_to() -> None:
    ledger = Ledger("ids", b"before,text,id\n,Arden,arden")
    ledger.id_for("", "Brell")
    assert ledger.data() == b"before,text,id\n,Arden,arden\n,Brell,brell\n"


def test_tabs_and_json_lines_are_tables_too(tmp_path: Path) -> None:
    rows = [{"who": "Arden", "n": "1"}, {"who": "Brell", "n": ""}]
    (tmp_path / "a.tsv").write_text("who\tn\nArden\t1\nBrell\t\n")
    (tmp_path / "a.jsonl").write_text('{"who": "Arden", "n": 1}\n\n{"who": "Brell", "n": null}\n')
    tabs, lines = read_table(tmp_path / "a.tsv"), read_table(tmp_path / "a.jsonl")
    assert [row.cells for row in tabs.rows] == rows == [row.cells for row in lines.rows]
    assert [row.paragraph for row in lines.rows] == [1, 2]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda text: not FORBIDDEN.search(text)
)


@given(TEXT, TEXT)
def test_what_is_written_reads_back_as_the_cells_were(key: str, text: str) -> None:
    records = ConvertedRecords(
        {"actors": {"a": {"label": text}}}, [{"note": text, "with": {key: [text]}}]
    )
    ((_, data),) = source_files("x", "# made", records).items()
    root, problems = read_yaml("x.yaml", data)
    assert not [each for each in problems if each.is_error]
    assert plain(root) == {
        "actors": {"a": {"label": text}},
        "assertions": [{"note": text, "with": {key: [text]}}],
    }


def plain(node: Any) -> Any:
    match node:
        case Mapping(entries=entries):
            return {key.text: plain(value) for key, value in entries}
        case Sequence(items=items):
            return [plain(each) for each in items]
        case Scalar(text=text):
            return text


WIPO = {
    "depositsInstrumentOn": "own:depositsInstrumentOn a owl:ObjectProperty , kg:Relation ;"
    ' rdfs:label "deposits its instrument on"@en ; rdfs:comment "It."@en ;'
    " schema:domainIncludes kg:Actor ; schema:rangeIncludes kg:Pact ;"
    " kg:temporalKind kg:EventRelation ; kg:family kg:PactTie ."
}
PREFIXES = """\
@prefix own: <https://example.org/own#> . @prefix kg: <https://w3id.org/actor-kg/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""


def test_a_real_register_comes_in_whole_and_every_row_is_found_again(
    kg: Kg, tmp_path: Path
) -> None:
    data = shared_path("data/wipo_copyright")
    text = shared_path("import/wipo.map.yaml").read_text("utf-8")
    assert kg("init", "w").code == 0
    (tmp_path / "w" / "sources" / "start-here.yaml").unlink()
    (tmp_path / "w" / "ontology" / "own.ttl").write_text(PREFIXES + "".join(WIPO.values()))
    own = text.replace("dir: ../shared/data/wipo_copyright", f"dir: {json.dumps(str(data))}")
    (tmp_path / "w" / "wipo.yaml").write_text(own, "utf-8")
    made = kg("-C", "w", "import", "w/wipo.yaml")
    assert made.code == 0, made.stderr
    assert made.stdout.startswith("memberships.csv: 1,501 rows: actors 194, assertions 4,258,")
    checked = kg("-C", "w", "check", "--texts", data)
    assert "4,258 citations: 4258 verified" in checked.stdout
    assert checked.code == 0
    again = kg("-C", "w", "import", "w/wipo.yaml")
    assert "2 files, 0 of them changed" in again.stdout
    assert kg("-C", "w", "import", "w/wipo.yaml", "--check").code == 0
    (tmp_path / "w" / "wipo.v2.yaml").write_text(own, "utf-8")
    other = kg("-C", "w", "import", "w/wipo.v2.yaml")
    assert (other.code, "wipo-01.yaml was not made of wipo.v2.yaml" in other.stderr) == (2, True)
    file = tmp_path / "w" / "sources" / "imported" / "wipo-01.yaml"
    file.write_text(file.read_text("utf-8").replace("Algeria", "Algiers"), "utf-8")
    stale = kg("-C", "w", "import", "w/wipo.yaml", "--check")
    assert (stale.code, stale.stdout.splitlines()[0][:12]) == (1, "wipo-01.yaml")


SHARED = """\
defaults: {article: {publisher: post, originator: post, published: 2024}}
things: {actors: {post: {type: MediaOrganization, label: The Post}}}
tables:
  rows.csv:
    title: Rows
    things: [{section: actors, id: "{who|id}", label: "{who}", type: State}]
    assertions:
      - {subject: "{who|id}", predicate: meets, object: "{whom|id}", when: "{day|dmy}"}
      - {subject: "{who|id}", predicate: "{each}", object: post, when: "{cell}", each: {end: leaves}}
"""


def test_dates_that_kg_cannot_read_are_told_once_for_each_column_with_the_row(
    kg: Kg, tmp_path: Path
) -> None:
    assert kg("init", "w").code == 0
    rows = 'Arden,Brell,15.11.19,\nBrell,"Ar\nden",5.11.2019,2001-2003\nBrell,Arden,16.11.19,2001\n'
    (tmp_path / "w" / "rows.csv").write_text(f"who,whom,day,end\n{rows}")
    (tmp_path / "w" / "m.yaml").write_text(SHARED)
    made = kg("import", "m.yaml", cwd=tmp_path / "w")
    assert "2 dates of 'day' cannot be read, the first '15.11.19' at rows.csv:2\n" in made.stdout
    told = "1 date of 'end' cannot be read, the first '2001-2003' at rows.csv:3\n    hint: did you"
    assert told in made.stdout


def test_a_map_is_refused_where_another_of_its_name_or_a_broken_workspace_stands(
    kg: Kg, tmp_path: Path
) -> None:
    folder = tmp_path / "w"
    assert kg("init", "w").code == 0
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "rows.csv").write_text("who,whom,day,end\nArden,Brell,2001,\n")
        (folder / name / "m.yaml").write_text(SHARED)
    assert kg("-C", "w", "import", "w/a/m.yaml").code == 0
    made = folder / "sources" / "imported" / "m-01.yaml"
    before = made.read_bytes()
    assert before.startswith(b"# Made by kg import of a/m.yaml (sha256 ")
    other = kg("-C", "w", "import", "w/b/m.yaml")
    assert (other.code, made.read_bytes()) == (2, before)
    assert "m-01.yaml was not made of b/m.yaml\n  hint: it was made of a/m.yaml" in other.stderr
    (tmp_path / "m.yaml").write_text(SHARED)
    (tmp_path / "rows.csv").write_text("who,whom,day,end\nArden,Brell,2001,\n")
    assert "made of ../m.yaml\n" in kg("-C", "w", "import", "m.yaml").stderr
    (folder / "a" / "m.yaml").unlink()
    assert kg("-C", "w", "import", "w/b/m.yaml").code == 0

    (folder / "b" / "f.yaml").write_text(
        'files: {o.jsonl: {article: {publisher: post, originator: post, published: "2024"}}}'
    )
    (folder / "b" / "o.jsonl").write_text('{"id": "x", "schema": "Person", "properties": {}}\n')
    denied = "assertions: [{denies: made-by-the-map, cite: {rows: [whole]}}]"
    source = folder / "sources" / "own.yaml"
    source.write_text(denied)
    assert kg("-C", "w", "import", "w/b/f.yaml").code == 0
    source.write_text("assertions: [{subject: a}]")
    broken = kg("-C", "w", "import", "w/b/f.yaml", "--check")
    assert broken.code == 1
    assert "nothing was imported: sources/own.yaml:1:14: " in broken.stderr
    assert "kg check" in broken.stderr
    (folder / "ontology" / "own.ttl").write_text("no Turtle")
    broken = kg("-C", "w", "import", "w/b/m.yaml")
    assert (broken.code, "ontology/own.ttl:1" in broken.stderr) == (1, True)

"""How a source file becomes a tree of texts with places, and which files are refused, where and by
which rule.
"""

from __future__ import annotations

import json
import tarfile

import pytest
from conftest import shared_path
from hypothesis import given
from hypothesis import strategies as st

from kg.diagnostics import Rule, rules
from kg.sources.yamlfile import (
    MOST_DEPTH,
    MOST_VALUES,
    Mapping,
    Scalar,
    Sequence,
    YamlNode,
    read_yaml,
)
from kg.text.characters import FORBIDDEN


def tree(text: str | bytes) -> YamlNode:
    """The tree of a file without mistakes."""
    root, found = read_yaml("x.yaml", text if isinstance(text, bytes) else text.encode())
    assert not found
    assert root is not None
    return root


def only(text: str | bytes) -> tuple[Rule, int, int]:
    """The one mistake of a file: its rule, line and column."""
    _, found = read_yaml("x.yaml", text if isinstance(text, bytes) else text.encode())
    assert len(found) == 1, found
    return found[0].rule, found[0].span.line, found[0].span.column


def plain(node: YamlNode) -> object:
    """A tree as Python's own lists, dictionaries and texts."""
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {key.text: plain(value) for key, value in entries}


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "on",
        "~",
        "null",
        "1.10",
        "0x1F",
        "1e3",
        "007",
        "12:30:45",
        "2019-11-15",
        ".nan",
        "0o17",
        "=",
        "1_000",
    ],
)
def test_every_scalar_is_text_as_written(text: str) -> None:
    assert plain(tree(f"a: {text}")) == {"a": text}
    assert plain(tree(f"a: '{text}'")) == {"a": text}


def test_every_value_knows_its_place_in_characters() -> None:
    root = tree("日本: [é, '東京']\nb:\n  - c\n")
    assert isinstance(root, Mapping)
    (key, value), (_, second) = root.entries
    assert (key.span.line, key.span.column, key.span.end_column) == (1, 1, 3)
    assert isinstance(value, Sequence)
    assert [(item.span.line, item.span.column) for item in value.items] == [(1, 6), (1, 9)]
    assert isinstance(second, Sequence)
    assert (second.items[0].span.line, second.items[0].span.column) == (3, 5)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029"])
def test_only_line_ends_end_lines(separator: str) -> None:
    text = f"# one{separator}\na: x{separator}y\nb: 'p{separator}q'\nc: z\n"
    assert plain(tree(text)) == {"a": f"x{separator}y", "b": f"p{separator}q", "c": "z"}
    root = tree(text)
    assert isinstance(root, Mapping)
    assert [key.span.line for key, _ in root.entries] == [2, 3, 4]


def test_a_byte_order_mark_and_crlf_make_no_difference() -> None:
    text = "a:\n  - b\n  - |\n    c\n    d\n"
    assert tree(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == tree(text)


def test_the_line_end_that_closes_a_block_is_not_part_of_its_text() -> None:
    assert plain(tree("a: |\n  b\n\n  c\n\nd: >\n  e\n  f\n")) == {"a": "b\n\nc", "d": "e f"}
    assert plain(tree('a: "b\\n"\n')) == {"a": "b\n"}


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("a: b #c", True),
        ("a: b # c", True),
        ("a: b  #c", True),
        ("a: b  # c", False),
        ("a: b", False),
        ("a: b#c", False),
        ("a: 'b' #c", False),
        ("a: {b: c #d\n  }", True),
    ],
)
def test_a_comment_that_may_have_cut_a_text_short_is_noticed(line: str, cut: bool) -> None:
    root = tree(line + "\n")
    assert isinstance(root, Mapping)
    value = root.entries[0][1]
    value = value.entries[0][1] if isinstance(value, Mapping) else value
    assert isinstance(value, Scalar)
    assert value.comment is cut


REFUSED: dict[str, tuple[str | bytes, Rule, int, int]] = {
    "Latin-1": (b"a: caf\xe9\n", rules.NOT_UTF8, 1, 1),
    "Latin-1 further down": (b"a: b\nc: caf\xe9\n", rules.NOT_UTF8, 2, 1),
    "UTF-16": ("a: b\n".encode("utf-16"), rules.NOT_UTF8, 1, 1),
    "UTF-32": ("a: b\n".encode("utf-32"), rules.NOT_UTF8, 1, 1),
    "UTF-16 without a mark": ("a: b\n".encode("utf-16-be"), rules.CONTROL_CHARACTER, 1, 1),
    "CESU-8": (b"a: \xed\xa0\xbd\xed\xb8\x80\n", rules.NOT_UTF8, 1, 1),
    "overlong UTF-8": (b"a: \xc0\xaf\n", rules.NOT_UTF8, 1, 1),
    "half a character": (b"a: \xe2\x82", rules.NOT_UTF8, 1, 1),
    "beyond Unicode": (b"a: \xf4\x90\x80\x80\n", rules.NOT_UTF8, 1, 1),
    "NUL": ("a: b\0\n", rules.CONTROL_CHARACTER, 1, 5),
    "escape": ("a: b\nc: \x1b[31m\n", rules.CONTROL_CHARACTER, 2, 4),
    "NEL": ("a: b\x85c: d\n", rules.CONTROL_CHARACTER, 1, 5),
    "a lone CR": ("a: b\rc: d\n", rules.CONTROL_CHARACTER, 1, 5),
    "CR CR LF": ("a: b\r\r\n", rules.CONTROL_CHARACTER, 1, 5),
    "a noncharacter": ("a: b\ufffe\n", rules.CONTROL_CHARACTER, 1, 5),
    "a noncharacter that the reader uses itself": ("a: b\ufdd0\n", rules.CONTROL_CHARACTER, 1, 5),
    "an anchor": ("a: &x b\n", rules.ANCHOR_OR_ALIAS, 1, 4),
    "an anchor in brackets": ("a: [b, &x c]\n", rules.ANCHOR_OR_ALIAS, 1, 8),
    "an anchor of a key": ("&x a: b\n", rules.ANCHOR_OR_ALIAS, 1, 1),
    "an anchor of a list": ("a: &x\n  - b\n", rules.ANCHOR_OR_ALIAS, 1, 4),
    "an alias": ("a: *x\n", rules.ANCHOR_OR_ALIAS, 1, 4),
    "an alias as key": ("*x : b\n", rules.ANCHOR_OR_ALIAS, 1, 1),
    "an anchor without a name": ("a: & b\n", rules.ANCHOR_OR_ALIAS, 1, 5),
    "a merge key": ("a:\n  <<: {b: c}\n", rules.MERGE_KEY, 2, 3),
    "a merge key in brackets": ("a: {<<: {b: c}}\n", rules.MERGE_KEY, 1, 5),
    "a tag": ("a: !!str b\n", rules.TAG, 1, 4),
    "a tag of one's own": ("a: !x b\n", rules.TAG, 1, 4),
    "a tag in full": ("a: !<tag:yaml.org,2002:str> b\n", rules.TAG, 1, 4),
    "a tag of nothing": ("a: ! b\n", rules.TAG, 1, 4),
    "a tag of a list": ("a: !!set\n  - b\n", rules.TAG, 1, 4),
    "a tag whose handle is unknown": ("a: !e!f b\n", rules.TAG, 1, 4),
    "a version": ("%YAML 1.2\n---\na: b\n", rules.DIRECTIVE, 1, 1),
    "a version that is none": ("%YAML 3.0\n---\na: b\n", rules.DIRECTIVE, 1, 1),
    "a handle": ("%TAG ! tag:x,2000:\n---\na: b\n", rules.DIRECTIVE, 1, 1),
    "an unknown directive": ("%FOO bar\n---\na: b\n", rules.DIRECTIVE, 1, 5),
    "a second document": ("a: b\n---\nc: d\n", rules.SECOND_DOCUMENT, 2, 1),
    "an empty second document": ("a: b\n---\n", rules.SECOND_DOCUMENT, 2, 1),
    "a second document without its sign": ("a: b\n...\nc: d\n", rules.SECOND_DOCUMENT, 3, 1),
    "a key twice": ("a: b\nc: d\na: e\n", rules.KEY_TWICE, 3, 1),
    "a key twice, once in quotes": ("a: b\n'a': c\n", rules.KEY_TWICE, 2, 1),
    "a key twice, once escaped": ('ab: c\n"a\\u0062": d\n', rules.KEY_TWICE, 2, 1),
    "a key twice in brackets": ("x: {a: b, a: c}\n", rules.KEY_TWICE, 1, 11),
    "a list as key": ("? [a, b]\n: c\n", rules.KEY_NOT_TEXT, 1, 3),
    "a mapping as key": ("? {a: b}\n: c\n", rules.KEY_NOT_TEXT, 1, 3),
    "nothing": ("", rules.EMPTY_FILE, 1, 1),
    "blank lines": ("  \n\n", rules.EMPTY_FILE, 1, 1),
    "a mark alone": (b"\xef\xbb\xbf", rules.EMPTY_FILE, 1, 1),
    "comments": ("# a\n\n# b\n", rules.EMPTY_FILE, 1, 1),
    "the sign of a document alone": ("---\n", rules.EMPTY_FILE, 1, 1),
    "a tab as indentation": ("a:\n\tb: c\n", rules.NOT_YAML, 2, 1),
    "a text with a colon": ("a: b: c\n", rules.NOT_YAML, 1, 5),
    "a quote that is not closed": ("a: b\nc: 'd\ne: f\n", rules.NOT_YAML, 2, 4),
    "a bracket that is not closed": ("a: b\nc: [d,\ne: f\n", rules.NOT_YAML, 2, 4),
    "a key in the wrong column": ("a:\n   b: c\n  d: e\n", rules.NOT_YAML, 3, 3),
    "a surrogate": ('a: "\\ud800"\n', rules.NOT_YAML, 1, 7),
    "a key of more than 1,024 characters": (f"a: b\n{'k' * 1100}: c\n", rules.NOT_YAML, 2, 1101),
    "depth in brackets": ("[" * 100_000, rules.TOO_DEEP, 1, MOST_DEPTH + 1),
    "depth in lines": (
        "".join(f"{' ' * n}a:\n" for n in range(99)),
        rules.TOO_DEEP,
        MOST_DEPTH + 1,
        MOST_DEPTH + 1,
    ),
    "depth in hyphens": ("- " * 999, rules.TOO_DEEP, 1, 2 * MOST_DEPTH + 1),
}


@pytest.mark.parametrize(("text", "rule", "line", "column"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_named_with_its_place(
    text: str | bytes, rule: Rule, line: int, column: int
) -> None:
    found = only(text)
    assert (found[0].code, *found[1:]) == (rule.code, line, column)


def test_depth_and_values_are_bounded_where_the_page_says() -> None:
    tree("[" * MOST_DEPTH + "]" * MOST_DEPTH)
    assert only("- a\n" * MOST_VALUES)[:2] == (rules.TOO_LARGE, MOST_VALUES)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\tb: c\n", "tab"),
        ("a:\n  -\tb: c\n", "tab"),
        ("a: b: c\n", "quotes"),
        ("a: @b\n", "quotes"),
        ("a: 'b\n", "quote"),
        ("a: b\n\ufeffc: d\n", "U+FEFF"),
        ("a: b\nc\nd: e\n", "indented deeper"),
        ("a:\n   b: c\n  d: e\n", "indentation"),
    ],
)
def test_mistakes_in_yaml_itself_get_a_hint(text: str, hint: str) -> None:
    _, (found,) = read_yaml("x.yaml", text.encode())
    assert hint in found.hint


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=20
).filter(lambda text: not FORBIDDEN.search(text))


@given(
    st.recursive(
        TEXTS, lambda below: st.lists(below, max_size=4) | st.dictionaries(TEXTS, below, max_size=4)
    )
)
def test_what_is_written_as_json_is_read_as_it_is(value: object) -> None:
    text = json.dumps({"top": value}, ensure_ascii=False)
    assert plain(tree(text)) == {"top": value}


@given(
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.binary(max_size=60)
)
def test_any_bytes_give_a_tree_or_say_why_not(data: bytes) -> None:
    root, found = read_yaml("x.yaml", data)
    assert root is not None or found
    for diagnostic in found:
        assert diagnostic.span.line >= 1
        assert diagnostic.message.isprintable()


QUESTION_MARKS = {"652Z", "HM87/01"}
"""Cases in which libyaml takes a question mark between brackets for the sign of a key."""


def expected(value: object) -> object:
    """What a case of the YAML test suite reads as, each scalar as text, without line ends at its
    end.
    """
    match value:
        case list():
            return [expected(item) for item in value]
        case dict():
            return {str(key).rstrip("\n"): expected(item) for key, item in value.items()}
        case str():
            return value.rstrip("\n")
    return "" if value is None else json.dumps(value)


def test_the_cases_of_the_yaml_test_suite_are_read_as_it_says_or_refused() -> None:
    with tarfile.open(shared_path("suites/yaml-test-suite-data.tar.xz")) as suite:
        files = {
            m.name: b"" if (f := suite.extractfile(m)) is None else f.read()
            for m in suite
            if m.isfile()
        }
    compared = 0
    for name, data in sorted(files.items()):
        folder, _, file = name.rpartition("/")
        if file != "in.yaml":
            continue
        root, found = read_yaml(name, data)
        assert root is not None or found, name
        json_text = files.get(f"{folder}/in.json")
        is_bad, is_odd = f"{folder}/error" in files, folder.split("/", 1)[1] in QUESTION_MARKS
        if json_text is None or is_bad or is_odd or any(d.is_error for d in found):
            continue
        read = expected(plain(root)) if root else ""
        assert read == expected(json.loads(json_text or b'""')), name
        compared += 1
    assert compared > 150

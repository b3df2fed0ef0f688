"""How trees become a corpus: fields, ids, lists, denials, and what is left out for a mistake of its
own.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import CORE

from kg.files.workspace import SourceFile
from kg.model import Assertion
from kg.model.modes import Polarity
from kg.model.references import Reference, Text
from kg.sources.addresses import url_problem
from kg.sources.hints import MOST_HINTS
from kg.sources.loader import Loaded, load_corpus
from kg.text.characters import BIDI, FORBIDDEN, forbidden_character, printable, visible_text

PRINT = "0b3c200e861947e227072fd46684a5e411d83163a186183559764b39129396fc"
ARTICLE = f"""\
articles:
  gazette-may:
    title: Talks end
    publisher: gazette
    originator: gazette
    published: 2019-05-04
    paragraphs: 9
    text_sha256: {PRINT}
"""


def loaded(*texts: str) -> Loaded:
    """What some source files hold; the objects of ``hasFullName`` are texts."""
    files = [
        SourceFile(f"sources/{n}.yaml", text.encode("utf-8", "surrogatepass"))
        for n, text in enumerate(texts)
    ]
    return load_corpus(files, CORE)


def codes(*texts: str) -> list[tuple[int, str]]:
    """Line and code of all that is found in some source files."""
    return sorted((d.span.line, d.rule.code) for d in loaded(*texts).diagnostics)


def said(text: str) -> list[Assertion]:
    """The assertions of a list of YAML lines, all of them right."""
    result = loaded(f"assertions:\n{text}")
    assert not result.diagnostics, result.diagnostics
    return list(result.corpus.assertions.values())


def field(value: str, key: str = "label") -> list[str]:
    """The codes found for one field of an actor."""
    other = "" if key == "label" else ", label: Gamma"
    return [
        code for _, code in codes(f"actors:\n  gamma: {{type: State, {key}: {value}{other}}}\n")
    ]


def of_article(line: str) -> list[str]:
    """The codes found for one more line of an article."""
    return [code for _, code in codes(f"{ARTICLE}    {line}\n")]


def cited(citation: str) -> list[str]:
    """The codes found for one ``cite``."""
    return [
        code
        for _, code in codes(
            f"assertions:\n- {{subject: a, predicate: meets, object: b, cite: {citation}}}\n"
        )
    ]


MEETS = "- {subject: alpha, predicate: meets, object: beta, cite: {gazette-may: [3]}%s}\n"


def test_a_list_of_objects_is_short_for_several_assertions_with_the_same_citations() -> None:
    one, two = said(
        "- {subject: alpha, predicate: signed, object: [p, q], when: 1998, cite: {gazette-may: [3, 4]}}\n"
    )
    assert [one.object_key, two.object_key] == ["p", "q"]
    assert one.citations == two.citations
    assert len({one.id, two.id}) == 2


def test_objects_are_texts_where_the_ontology_says_so() -> None:
    (one,) = said(
        "- {subject: alpha, predicate: hasFullName, object: 15, cite: {gazette-may: 3}}\n"
    )
    assert isinstance(one.object, Text)
    (two,) = said(MEETS % "")
    assert isinstance(two.object, Reference)


@given(st.permutations(["id1", "id2", "id3"]), st.integers(1, 9))
def test_derived_ids_depend_on_what_is_said_alone(order: list[str], paragraph: int) -> None:
    def ids(objects: list[str], paragraph: int) -> set[str]:
        line = (
            "- {subject: a, predicate: meets, object: %s, when: 1998, cite: {gazette-may: [%d]}}\n"
        )
        return {a.id for a in said("".join(line % (object, paragraph) for object in objects))}

    assert ids(order, paragraph) == ids(["id1", "id2", "id3"], 1)


def test_a_denial_has_the_triple_and_the_mode_of_what_it_denies_and_the_other_polarity() -> None:
    plan, denial, again = said(
        "- {id: plan, subject: alpha, predicate: meets, object: beta, mode: planned, cite: {gazette-may: [3]}}\n"
        "- {id: no, denies: plan, according_to: beta, cite: {gazette-may: [4]}}\n"
        "- {id: yes, denies: no, according_to: alpha, cite: {gazette-may: [5]}}\n"
    )
    for one in (denial, again):
        assert (one.subject.id, one.predicate.id, one.object_key) == ("alpha", "meets", "beta")
        assert one.mode is plan.mode
    assert (plan.polarity, denial.polarity, again.polarity) == (
        Polarity.ASSERTS,
        Polarity.DENIES,
        Polarity.ASSERTS,
    )


def test_denials_may_stand_before_what_they_deny_and_in_other_files() -> None:
    result = loaded(
        "assertions:\n- {id: c, denies: b, according_to: alpha, cite: {x: 1}}\n- {id: b, denies: a, cite: {x: 2}}\n",
        "assertions:\n- {id: a, subject: alpha, predicate: meets, object: beta, cite: {x: 3}}\n",
    )
    assert not result.diagnostics
    assert {a.id: a.polarity.value for a in result.corpus.assertions.values()} == {
        "a": "asserts",
        "b": "denies",
        "c": "asserts",
    }


@pytest.mark.parametrize("length", [1, 2, 3, 500])
def test_a_circle_of_denials_is_told_once_and_denials_of_it_not_at_all(length: int) -> None:
    ring = "".join(
        f"- {{id: d{n}, denies: d{(n + 1) % length}, cite: {{x: 1}}}}\n" for n in range(length)
    )
    result = loaded(f"assertions:\n{ring}- {{id: tail, denies: d0, cite: {{x: 1}}}}\n")
    assert [d.rule.code for d in result.diagnostics] == ["KG410"]
    assert not result.corpus.assertions


def test_a_denial_of_nothing_is_told_where_it_stands_and_denials_of_it_are_not() -> None:
    assert codes(
        "assertions:\n- {id: a, denies: nobody-said-so, cite: {x: 1}}\n- {denies: a, cite: {x: 2}}\n"
        "- {denies: gamma, cite: {x: 3}}\nactors:\n  gamma: {type: State, label: Gamma}\n"
    ) == [(2, "KG201"), (4, "KG210")]


def test_ids_are_one_over_sections_files_and_letter_case() -> None:
    actor, pact = (
        "actors: {Gamma: {type: State, label: G}}\n",
        "pacts: {gamma: {type: Treaty, label: P}}\n",
    )
    assert codes(actor, pact) == [(1, "KG203")]
    assert codes(actor, "conflicts: {GAMMA: {question: q, kind: several, between: [a, b]}}\n") == [
        (1, "KG203")
    ]
    assert codes(actor, f"assertions:\n{MEETS % ', id: gamma'}") == [(2, "KG203")]
    article = "articles: {gamma: {title: T, publisher: p, originator: p%s}}\n"
    assert codes(actor, article % "") == [(1, "KG203")]
    # What else is wrong with the one that is left out is told in the same run.
    assert codes(actor, article % ", doi: x") == [(1, "KG110"), (1, "KG203")]


@pytest.mark.parametrize("id", ["a", "A-1", "007", "a--b", "constructor", "x" * 200])
def test_ids_of_ascii_letters_digits_and_hyphens_are_good(id: str) -> None:
    assert not codes(f"actors: {{{id}: {{type: State, label: Gamma}}}}\n")


@pytest.mark.parametrize(
    "id",
    [
        *(
            "-a",
            "a-",
            "a_b",
            "a.b",
            "a/b",
            "../a",
            "a b",
            "a:b",
            "<b>",
            "%41",
            "__proto__",
            "x" * 201,
            "",
        ),
        *("é", "e\u0301", "ａ", "а", "a\u200bb", "𝐚", "ﬁ", "a\\nb", "日本"),
    ],
)
def test_all_other_ids_are_refused(id: str) -> None:
    assert codes(f'actors: {{"{id}": {{type: State, label: Gamma}}}}\n') == [(1, "KG202")]


def test_a_record_with_a_mistake_is_left_out_and_its_id_remembered() -> None:
    result = loaded(
        f"actors:\n  gamma: {{type: State}}\n  delta: x\nassertions:\n{MEETS % ', id: met, mode: maybe'}"
    )
    assert [d.rule.code for d in result.diagnostics] == ["KG102", "KG104", "KG105"]
    assert not result.corpus.things
    assert not result.corpus.assertions
    assert result.broken_ids == {"gamma", "delta", "met"}
    assert result.complete


@pytest.mark.parametrize("text", ["[", "- a\n", "a: &b c\n", "\xff"])
def test_where_a_file_cannot_be_read_names_may_stand_in_it(text: str) -> None:
    assert not load_corpus([SourceFile("sources/x.yaml", text.encode("latin-1"))]).complete


def test_the_same_said_again_is_told_at_the_second_place() -> None:
    assert codes(f"assertions:\n{MEETS % ''}", f"assertions:\n{MEETS % ', note: again'}") == [
        (2, "KG310")
    ]
    assert codes(f"assertions:\n{MEETS % ', id: x'}{MEETS % ''}") == [(3, "KG310")]
    assert codes(
        "assertions:\n- {subject: a, predicate: signed, object: [p, p], cite: {x: 1}}\n"
    ) == [(2, "KG310")]
    assert not codes(
        f"assertions:\n{MEETS % ''}{MEETS % ', when: 1998'}{MEETS % ', according_to: gamma'}"
    )


LABELS = {
    "of one word": ("Gamma", []),
    "that other tools take for a value": ("~", []),
    "in Arabic": ("الحلفاء", []),
    "with a zero-width non-joiner": ("کتاب\u200cها", []),
    "with a mark of direction": ("الحلفاء\u200f (1998)", []),
    "with a line separator": ("Gam\u2028ma", []),
    "with combining marks": ("Z" + "\u0337" * 400, []),
    "beyond the basic plane": ("𠮷野家", []),
    "of private use": ("Gam\ue000ma", []),
    "with tags and variation selectors": ("Gamma\ufe0f\U000e0061", []),
    "of twenty thousand characters": ("x" * 20_000, []),
    "with a tab": ('"Gam\\tma"', ["KG108"]),
    "with a line end": ('"Gam\\nma"', ["KG108"]),
    "with a bell": ('"Gam\\ama"', ["KG108"]),
    "with NEL": ('"Gam\\Nma"', ["KG108"]),
    "with an override": ('"Gam\\u202ema"', ["KG108"]),
    "with an isolate": ('"Gam\\u2066ma"', ["KG108"]),
    "with an embedding": ('"Gam\\u202ama"', ["KG108"]),
    "with a noncharacter": ('"Gam\\U0001fffema"', ["KG108"]),
    "with a noncharacter that the reader uses itself": ('"Gam\\ufdd0ma"', ["KG108"]),
    "with blanks at the ends": ('" Gamma\u3000"', ["KG109"]),
    "with unseen blanks at the ends": ('"\\u200bGamma\\ufeff"', ["KG109"]),
    "of a no-break space": ('"\\_"', ["KG103"]),
    "that nobody sees": ('"\\u200b\\u3164"', ["KG103"]),
    "that is empty": ('""', ["KG103"]),
    "that is a list": ("[Gamma]", ["KG104"]),
    "in no language": ("{}", ["KG103"]),
    "in two languages": ("{en: Gamma, ja: ガンマ, zh-Hant-TW: 伽瑪, sr-Latn-RS-x-foo: Gama}", []),
    "in a language twice": ("{en: Gamma, EN: Gammas}", ["KG113"]),
    "in an empty language": ("{en: }", ["KG103"]),
    "in a language that is none": ("{english: Gamma}", ["KG113"]),
    "in a language with an underscore": ("{en_GB: Gamma}", ["KG113"]),
    "in a language that RDF cannot hold": ("{en-12: Gamma}", ["KG113"]),
    "in a language with two regions": ("{en-ab-cd: Gamma}", ["KG113"]),
}


@pytest.mark.parametrize(("label", "wanted"), LABELS.values(), ids=LABELS)
def test_a_label(label: str, wanted: list[str]) -> None:
    assert field(label) == wanted


def test_of_a_file_with_ten_thousand_errors_the_rest_is_not_read() -> None:
    result = loaded("assertions:\n" + "  - {}\n" * 12_000)
    assert len(result.diagnostics) < 10_010
    assert [each.message for each in result.diagnostics if each.rule.code == "KG003"] == [
        "more than 10,000 errors up to here: the rest is not read"
    ]
    assert not result.complete


def test_a_blank_at_an_end_that_nobody_sees_is_named() -> None:
    seen, unseen = (
        [
            each.message
            for each in loaded(f"actors:\n  a: {{type: State, label: {label}}}").diagnostics
        ]
        for label in ('" Gamma"', '"Gamma\\u200b"')
    )
    assert "white space: " in seen[0]
    assert r"white space (U+200B ZERO WIDTH SPACE): 'Gamma\u200b'" in unseen[0]


def test_no_character_that_python_calls_printable_is_forbidden_or_shown_as_an_escape() -> None:
    every = [chr(code) for code in range(0x110000)]
    assert [c for c in every if forbidden_character(c)] == [c for c in every if FORBIDDEN.match(c)]
    assert not [c for c in every if c.isprintable() and printable(f"{c}\x00")[:-4] != c]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_a_label_in_any_script_is_kept_as_it_is(label: str) -> None:
    if (
        FORBIDDEN.search(label)
        or not visible_text(label)
        or label.strip(" \u200b\u2060\ufeff") != label
        or label != label.strip()
    ):
        return
    quoted = label.replace("\\", "\\\\").replace('"', '\\"')
    result = loaded(f'actors:\n  gamma: {{type: State, label: "{quoted}"}}\n')
    assert not result.diagnostics
    assert result.corpus.things["gamma"].label == label


@pytest.mark.parametrize(
    ("aliases", "wanted"),
    [
        ("Gam", []),
        ("[Gam, {name: ガム, lang: ja}, {name: Gum, cite: {x: [1]}}]", []),
        ("", ["KG103"]),
        ("[]", ["KG103"]),
        ("[[Gam]]", ["KG104"]),
        ("[{lang: ja}]", ["KG102"]),
        ("[{name: Gam, language: en}]", ["KG101"]),
        ('["Gam\\nma"]', ["KG108"]),
    ],
)
def test_aliases(aliases: str, wanted: list[str]) -> None:
    assert field(aliases, "aliases") == wanted


NUMBERS = [
    "0",
    "-1",
    "+4",
    "03",
    "4.0",
    "4.",
    "3.5",
    "1e0",
    "0x4",
    "1_0",
    "IV",
    "four",
    "４",
    "٤",
    "'4 '",
    "4-6",
    "9" * 7,
    "true",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_are_plain_digits(number: str) -> None:
    assert cited(f"{{x: [{number}]}}") == ["KG106"]
    changed = ARTICLE.replace("paragraphs: 9", f"paragraphs: {number}")
    assert [code for _, code in codes(changed)] == ["KG106"]


CITATIONS = {
    "{x: 4}": [],
    "{x: [4, 5], y: [1]}": [],
    "{x: {p: 4}}": [],
    "{x: [4, {p: 5, quote: 'a few words'}]}": [],
    f"{{x: [{{p: 4, span: [0, 5], sha256: {PRINT}}}]}}": [],
    f"{{x: [{{p: 4, span: [0, 5], sha256: {PRINT}, quote: 'words'}}]}}": [],
    "{}": ["KG103"],
    "{x: []}": ["KG103"],
    "{x: }": ["KG103"],
    "{x: [{p: 4, quote: ''}]}": ["KG103"],
    "x": ["KG104"],
    "[x]": ["KG104"],
    "''": ["KG104"],
    "~": ["KG104"],
    "{x: [[4]]}": ["KG104"],
    "{x: [{p: [4]}]}": ["KG104"],
    "{x: [{}]}": ["KG102"],
    "{x: [{quote: words}]}": ["KG102"],
    "{x: [{p: 4, page: 3}]}": ["KG111"],
    "{x: [{p: 4, span: [1, 5]}]}": ["KG111"],
    f"{{x: [{{p: 4, sha256: {PRINT}}}]}}": ["KG111"],
    f"{{x: [{{p: 4, span: [1, 5], sha256: {PRINT[1:]}}}]}}": ["KG112"],
    f"{{x: [{{p: 4, span: [1, 5], sha256: {PRINT.upper()}}}]}}": ["KG112"],
} | {
    f"{{x: [{{p: 4, span: {span}, sha256: {PRINT}}}]}}": ["KG405"]
    for span in (
        "[5, 5]",
        "[9, 5]",
        "[-1, 5]",
        "[1]",
        "[1, 2, 3]",
        "[a, b]",
        "[01, 5]",
        "[1.0, 5]",
        "1-5",
        "{}",
        "[[1], 5]",
        "''",
    )
}


@pytest.mark.parametrize(("citation", "wanted"), CITATIONS.items())
def test_a_citation(citation: str, wanted: list[str]) -> None:
    assert cited(citation) == wanted


GOOD_URLS = [
    "http://example.org",
    "https://example.org/a?b=c&d=%20#e",
    "HTTPS://Example.org/",
    "https://example.org:8443/",
    "https://[2001:db8::1]/",
    "https://xn--fsq.example/",
    "https://例え.jp/パス",
    "http://example.org/café",
    "https://example.org/@someone",
    "https://example.org/" + "x" * 1980,
]
BAD_URLS = [
    "",
    "~",
    "example.org",
    "//example.org/",
    "/a",
    "https://",
    "https:///a",
    "https:example.org",
    "https:/example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://example.org/",
    "mailto:a@example.org",
    "blob:https://example.org/x",
    "https：//example.org/",
    "https://u@example.org/",
    "https://u:p@example.org/",
    "https://@example.org/",
    "https://example.org:0/",
    "https://example.org:99999/",
    "https://example.org:port/",
    "https://example.org:-1/",
    "https://[2001:db8::1/",
    "https://[nothing]/",
    "https://example.org/%",
    "https://example.org/%4",
    "https://example.org/%zz",
    "https://example.org/a b",
    " https://example.org/",
    "https://example.org/\n",
    "https://example.org/\u00a0",
    "https://example.org/\u2028",
    "https://example.org\\a",
    'https://example.org/"a"',
    "https://example.org/<a>",
    "https://example.org/{a}",
    "https://example.org/a|b",
    "https://example.org/a^b",
    "https://example.org/a`b",
    "https://example.org/[a]",
    "https://example.org/a#b#c",
    "https://example.org/\u200f",
    "https://example.org/\u202e",
    "https://example.org/\x7f",
    "https://example.org/\ue000",
    "https://example.org/\U000e0061",
    "https://example.org/\ufffd",
    "https://example.org/" + "x" * 3000,
]


@pytest.mark.parametrize("url", GOOD_URLS)
def test_an_address_that_can_be_followed_is_kept(url: str) -> None:
    assert not url_problem(url)
    assert of_article(f"url: {url}") == []


@pytest.mark.parametrize("url", BAD_URLS)
def test_an_address_that_cannot_be_followed_is_refused_in_words_that_can_be_printed(
    url: str,
) -> None:
    problem = url_problem(url)
    assert not FORBIDDEN.search(problem)
    assert not BIDI.search(problem)
    assert 0 < len(problem) < 200
    assert "url" in problem


@pytest.mark.parametrize("doi", ["10.1000/182", "10.1000/a.b-c_(d)", "10.1002/%3C1661::AID%3E3.0"])
def test_a_bare_doi_is_kept(doi: str) -> None:
    assert of_article(f"doi: {doi}") == []


@pytest.mark.parametrize(
    "doi",
    [
        "https://doi.org/10.1000/182",
        "doi:10.1000/182",
        "11.1000/1",
        "10.1/x",
        "10.1000/",
        "'10.1000/a b'",
    ],
)
@pytest.mark.parametrize("end", ["", "%zz", "<", "[a]", "?a"])
def test_what_is_no_doi_or_makes_no_link_is_refused(doi: str, end: str) -> None:
    assert of_article(f'doi: "{doi}{end}"') == ["KG110"]
    if end:
        assert of_article(f'doi: "10.1000/1{end}"') == ["KG110"]


FIELDS = {
    ", status: accepted": ["KG107"],
    ", acording_to: gamma": ["KG101"],
    ", polarity: denies": ["KG101"],
    ", mode: [planned]": ["KG104"],
    ", mode: ": ["KG103"],
    ", mode: Planned": ["KG105"],
    ", mode: alleged": ["KG105"],
    ", mode: conditional": ["KG111"],
    ", mode: conditional, condition: it rains": [],
    ", condition: it rains": ["KG111"],
    ", outcome: open": ["KG111"],
    ", mode: opinion, according_to: alpha, outcome: open": ["KG111"],
    ", mode: opinion": ["KG415"],
    ", mode: opinion, acording_to: alpha": ["KG101"],
    ", mode: opinion, basis: editorial, note: Our view": [],
    ", acording_to: alpha, withdrawn: {when: 2019, cite: {x: [1]}}": ["KG101"],
    ", mode: conditional, conditon: it rains": ["KG101"],
    ", supercedes: x, retroactive: true": ["KG101"],
    ", mode: planned, outcome: open": [],
    ", mode: planned, outcome: maybe": ["KG105"],
    ", mode: planned, outcome: [open]": ["KG104"],
    ", mode: planned, outcome: {kind: happened, realised_by: x}": [],
    ", mode: planned, outcome: {realised_by: x}": ["KG102"],
    ", basis: inferred": ["KG111"],
    ", basis: inferred, from: []": ["KG103"],
    ", basis: inferred, from: x": [],
    ", from: [x]": ["KG111"],
    ", basis: editorial": ["KG111"],
    ", basis: editorial, note: because": [],
    ", retroactive: true": ["KG111"],
    ", retroactive: yes, supersedes: x": ["KG105"],
    ", retroactive: true, supersedes: x": [],
    ", withdrawn: true, according_to: gamma": ["KG104"],
    ", withdrawn: {}, according_to: gamma": ["KG102"],
    ", withdrawn: {when: 2019}, according_to: gamma": ["KG102"],
    ", withdrawn: {cite: {x: 1}}": ["KG111"],
    ", withdrawn: {when: 2019, cite: {x: 1}}, according_to: gamma": [],
    ", according_to: []": ["KG103"],
    ", according_to: {a: b}": ["KG104"],
    ", confidence: 0.9": ["KG105"],
    ", when: yesterday": ["KG401"],
    ", when: [1914, 1916]": ["KG401"],
    ", when: ": ["KG103"],
    ", said: 2019-02-30": ["KG401"],
    ", denies: x": ["KG111", "KG111", "KG111"],
    ", note: ''": ["KG103"],
}


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ("speaker: beta, cite: {x: [1]}", "did you mean 'according_to'?"),
        ("date: 2019, cite: {x: [1]}", "did you mean 'when'?"),
        ("source: {x: [1]}", "did you mean 'cite'?"),
        ("quote: as it said, cite: {x: [1]}", "words stand in a citation: cite: {"),
        ("cite: {x: [1, as it said]}", "words stand beside their paragraph: [{p: 4, quote: ...}]"),
    ],
)
def test_a_key_of_everyday_words_is_told_as_the_one_that_is_meant(fields: str, hint: str) -> None:
    source = f"assertions:\n- {{subject: alpha, predicate: meets, object: beta, {fields}}}\n"
    [problem] = loaded(source).diagnostics
    assert problem.hint.startswith(hint)


def test_a_misspelt_required_field_is_told_once() -> None:
    written = "assertions:\n- {subjekt: alpha, predicate: meets, object: beta, cites: {x: [1]}}\n"
    assert [code for _, code in codes(written)] == ["KG101", "KG101"]


@pytest.mark.parametrize(("fields", "wanted"), FIELDS.items())
def test_fields_of_an_assertion(fields: str, wanted: list[str]) -> None:
    assert [code for _, code in codes(f"assertions:\n{MEETS % fields}")] == wanted


def test_one_name_and_a_list_of_one_are_the_same_and_a_name_given_twice_counts_once() -> None:
    one, two, three = (
        said(MEETS % f", according_to: {names}")[0] for names in ("x", "[x]", "[x, x]")
    )
    assert [[s.id for s in a.speakers] for a in (one, two, three)] == [["x"]] * 3


@pytest.mark.parametrize(
    ("between", "wanted"),
    [
        ("[a, b]", []),
        ("[a, b, a]", []),
        ("[a]", ["KG413"]),
        ("[a, a]", ["KG413"]),
        ("a", ["KG413"]),
        ("[]", ["KG103"]),
        ("", ["KG103"]),
        ("[[a, b]]", ["KG104"]),
    ],
)
def test_a_conflict_has_two_answers_and_one_mistake_is_told_once(
    between: str, wanted: list[str]
) -> None:
    text = f"conflicts:\n  q: {{question: Which?, kind: several, between: {between}}}\n"
    assert [code for _, code in codes(text)] == wanted


SECTIONS = {
    "actors: []\n": [(1, "KG104")],
    "assertions: {}\n": [(1, "KG104")],
    "actors: ~\n": [(1, "KG104")],
    "actors:\n": [(1, "KG014")],
    "actors: {}\n": [],
    "actor: {}\n": [(1, "KG101")],
    "~: x\n": [(1, "KG101")],
    "actors: {gamma: Gamma}\n": [(1, "KG104")],
    "assertions:\n- alpha meets beta\n": [(2, "KG104")],
    "assertions:\n- \n": [(2, "KG104")],
}


@pytest.mark.parametrize(("text", "wanted"), SECTIONS.items())
def test_sections(text: str, wanted: list[tuple[int, str]]) -> None:
    assert codes(text) == wanted


def test_what_turns_text_around_is_found_in_comments_too_and_beside_warnings() -> None:
    assert codes("# \u202e\nactors: {}\n") == [(1, "KG108")]
    line = "actors:\n  gamma: {type: State, label: Gamma # \u202e\n    }\n"
    assert codes(line) == [(2, "KG016"), (2, "KG108")]
    assert codes('actors:\n  gamma: {type: State, label: "a\u202eb"}\n') == [(2, "KG108")]


def test_hints_name_the_nearest_word_for_as_many_findings_as_are_shown() -> None:
    found = loaded("".join(f"actorz{n}: x\n" for n in range(MOST_HINTS + 5))).diagnostics
    assert sum("did you mean 'actors'?" in d.hint for d in found) == MOST_HINTS
    assert all(d.hint for d in found)


def test_a_circle_of_denials_is_told_with_its_members() -> None:
    (found,) = loaded(
        "assertions:\n- {id: a, denies: b, cite: {x: 1}}\n- {id: b, denies: c, cite: {x: 1}}\n"
        "- {id: c, denies: a, cite: {x: 1}}\n"
    ).diagnostics
    assert "(a -> b -> c -> a)" in found.message


def test_an_object_that_stands_twice_in_a_list_is_named_with_its_place() -> None:
    text = "assertions:\n- subject: x\n  predicate: meets\n  object: [y, z, y]\n  cite: {a: [1]}\n"
    (found,) = loaded(text).diagnostics
    assert found.message.startswith("'x meets y' is written twice")
    assert (str(found.span), found.message.split()[-1]) == (
        "sources/0.yaml:4:18",
        "sources/0.yaml:4:12",
    )


def test_an_id_with_a_letter_that_looks_like_another_shows_which() -> None:
    (found,) = loaded("actors:\n  gоv: {type: State, label: Government}\n").diagnostics
    assert "('о', U+043E CYRILLIC SMALL LETTER O)" in found.message


def test_a_long_chain_of_denials_is_resolved_in_the_order_of_its_links() -> None:
    record_count = 2_000
    lines = [
        f"- {{id: d{n}, denies: d{n - 1}, cite: {{a: [1]}}}}" for n in range(record_count, 0, -1)
    ]
    first = "- {id: d0, subject: x, predicate: meets, object: y, cite: {a: [1]}}"
    assertions = loaded("assertions:\n" + "\n".join([*lines, first]) + "\n").corpus.assertions
    assert len(assertions) == record_count + 1
    assert assertions[f"d{record_count}"].triple == ("x", "meets", "y")

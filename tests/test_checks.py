"""What must hold of a corpus as a whole: each law with what breaks it, and with what comes close
and does not.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from itertools import product

import pytest
from conftest import CORE_FOLDER, REPOSITORY
from counting import calls

from kg.checks.draft import CorpusDraft
from kg.checks.laws import check_draft
from kg.checks.lookalikes import skeletons_of
from kg.dates import Day
from kg.diagnostics import LEAST_ALIKE, MOST_COMPARED, Diagnostic, Span, did_you_mean
from kg.files.workspace import SourceFile, Workspace
from kg.model import Assertion
from kg.model.references import Reference
from kg.ontology import Ontology
from kg.ontology.reader import read_ontology
from kg.sources.hints import MOST_HINTS
from kg.sources.loader import load_corpus
from kg.status.propositions import _entailed, entailed_propositions

TODAY = Day(2026, 1, 1)
DATASET = "ontology/dataset.ttl"
BASE = """\
articles:
  gazette-may:
    title: Talks end
    publisher: gazette
    originator: gazette
    published: 2019-05-04
    paragraphs: 9
    text_sha256: 0b3c200e861947e227072fd46684a5e411d83163a186183559764b39129396fc
actors:
  alpha: {type: State, label: Alpha}
  beta: {type: State, label: Beta}
  gazette: {type: MediaOrganization, label: The Gazette}
pacts:
  pact: {type: Treaty, label: River Pact}
disputes:
  row: {type: Dispute, label: Border row}
events:
  talks: {type: Meeting, label: River talks}
places:
  here: {type: City, label: Here}
  there: {type: City, label: There}
assertions:
  - {id: in, subject: alpha, predicate: partyTo, object: pact, when: 1998, cite: {gazette-may: [3]}}
  - {id: against, subject: beta, predicate: opposes, object: row, cite: {gazette-may: [4]}}
  - {id: at, subject: talks, predicate: takesPlaceIn, object: here, when: 2019-05-02, cite: {gazette-may: [1]}}
  - {id: in-here, subject: there, predicate: locatedIn, object: here, cite: {gazette-may: [1]}}
"""


@cache
def known() -> Ontology:
    core = Workspace(REPOSITORY).files(CORE_FOLDER.as_posix(), (".ttl",)).contents
    dataset = SourceFile(DATASET, (REPOSITORY / DATASET).read_bytes())
    found, problems = read_ontology([*core, dataset])
    assert not problems
    return found


def found_in(*texts: str) -> tuple[Diagnostic, ...]:
    """All that loader and checks find in source files."""
    files = [SourceFile(f"sources/{n}.yaml", text.encode()) for n, text in enumerate(texts)]
    loaded = load_corpus(files, known())
    sound = not any(d.is_error for d in loaded.diagnostics)
    draft = CorpusDraft(loaded.corpus, known(), loaded.broken_ids, loaded.complete, sound, TODAY)
    return (*loaded.diagnostics, *check_draft(draft))


def codes(text: str) -> list[tuple[int, str]]:
    """Line and code of all that is found in a file beside the base."""
    return sorted((d.span.line, d.rule.code) for d in found_in(BASE, text))


def said(*fields: str) -> str:
    """An ``assertions`` section with one line for each: alpha meets beta, unless the fields say
    otherwise.
    """
    lines = []
    for field in fields:
        own = re.sub(r"\{.*?\}", "", field)
        triple = (
            {}
            if "denies: " in own
            else {"subject": "alpha", "predicate": "meets", "object": "beta"}
        )
        usual = {
            key: value
            for key, value in (triple | {"cite": "{gazette-may: [5]}"}).items()
            if f"{key}: " not in own
        }
        written = [f"{key}: {value}" for key, value in usual.items()] + [field] * bool(field)
        lines.append("- {" + ", ".join(written) + "}\n")
    return "assertions:\n" + "".join(lines)


def actor(fields: str, id: str = "gamma") -> str:
    """An actor that acts for alpha and so is used."""
    return f"actors:\n  {id}: {{type: Government, acts_for: alpha, {fields}}}\n"


def test_what_a_triple_entails_depends_on_no_name() -> None:
    ontology, place = known(), Span("a.yaml")
    for name, ends in product(ontology.relations, (("a", "b"), ("b", "a"), ("a", "a"))):
        subject, object = ends
        one, predicate, other = (Reference(each, place) for each in (subject, name, object))
        assertion = Assertion("x", place, one, predicate, other, ())
        found = entailed_propositions(assertion, ontology)
        assert found == _entailed((subject, name, object), ontology)


def test_nothing_is_wrong_with_the_base() -> None:
    assert not found_in(BASE)


LAWS: dict[str, tuple[str, list[tuple[int, str]]]] = {
    # names
    "an unknown subject": (said("subject: alhpa"), [(2, "KG201")]),
    "an unknown object": (said("object: bta"), [(2, "KG201")]),
    "words as subject": (said("subject: some words"), [(2, "KG201")]),
    "an unknown speaker": (said("according_to: nobody"), [(2, "KG201")]),
    "a pact that speaks": (said("according_to: pact"), [(2, "KG209")]),
    "an article that speaks": (said("according_to: gazette-may"), [(2, "KG209")]),
    "a place that passes on": (said("via: here"), [(2, "KG209")]),
    "an actor as place": (said("where: beta"), [(2, "KG210")]),
    "an unknown place": (said("where: heer"), [(2, "KG201")]),
    "an unknown article": (said("cite: {gazette-june: [3]}"), [(2, "KG201")]),
    "an actor cited": (said("cite: {gazette: [3]}"), [(2, "KG210")]),
    "an unknown assertion corrected": (said("supersedes: nope"), [(2, "KG201")]),
    "an actor corrected": (said("supersedes: alpha"), [(2, "KG210")]),
    "an inference from nothing": (said("basis: inferred, from: [nope]"), [(2, "KG201")]),
    "a plan realised by nothing": (
        said("mode: planned, outcome: {kind: happened, realised_by: nope}"),
        [(2, "KG201")],
    ),
    "a plan realised by itself": (
        said("id: x, mode: planned, outcome: {kind: happened, realised_by: x}"),
        [(2, "KG210")],
    ),
    "a plan realised by a deed": (
        said("mode: planned, outcome: {kind: happened, realised_by: in}"),
        [],
    ),
    "an unknown rival": (
        "conflicts: {q: {question: Q, kind: several, between: [in, nope]}}\n",
        [(1, "KG201")],
    ),
    "a conflict as its own rival": (
        "conflicts: {q: {question: Q, kind: several, between: [in, q]}}\n",
        [(1, "KG210")],
    ),
    "rivals that are known": (
        "conflicts: {q: {question: Q, kind: several, between: [in, at]}}\n",
        [],
    ),
    "an unknown name is told once, its thing not as unused": (
        actor("label: Gamma") + said("object: gama"),
        [(4, "KG201")],
    ),
    "a name whose record has a mistake is not told again": (
        "actors:\n  gamma: {type: State}\n" + said("object: gamma"),
        [(2, "KG102")],
    ),
    # labels and aliases
    "one label": (actor("label: Alpha"), [(2, "KG204")]),
    "one label in capitals": (actor("label: ALPHA"), [(2, "KG204")]),
    "one label in full width": (actor("label: Ａｌｐｈａ"), [(2, "KG204")]),
    "one label with two blanks": (actor("label: The  Gazette"), [(2, "KG204")]),
    "one label of one thing in two languages": (actor("label: {en: Gamma, fr: Gamma}"), []),
    "a label that looks alike": (actor("label: Веta"), [(2, "KG205")]),
    "a label with an unseen character": (actor("label: Al\u200bpha"), [(2, "KG205")]),
    "labels of one thing that look alike": (actor("label: {en: Gamma, el: Gаmma}"), []),
    "an alias that is a label": (actor("label: Gamma, aliases: [Alpha]"), [(2, "KG206")]),
    "an alias that is an id": (
        actor("label: Gamma, aliases: [gazette-may, gazette]"),
        [(2, "KG206")],
    ),
    "an alias that is the thing's own id": (actor("label: Gamma Land, aliases: [gamma]"), []),
    "an alias with its own citation": (
        actor("label: Gamma, aliases: [{name: Alpha, cite: {gazette-may: [2]}}]"),
        [],
    ),
    "an alias cited behind the end": (
        actor("label: Gamma, aliases: [{name: Gam, cite: {gazette-may: [20]}}]"),
        [(2, "KG404")],
    ),
    "a thing nobody uses": ("actors: {gamma: {type: State, label: Gamma}}\n", [(1, "KG207")]),
    "an article nobody cites": (
        BASE[: BASE.index("actors:")].replace("gazette-may", "june").replace("0b3c", "1b3c"),
        [(2, "KG208")],
    ),
    "an article cited for a withdrawal only": (
        BASE[: BASE.index("actors:")].replace("gazette-may", "june").replace("0b3c", "1b3c")
        + said("according_to: beta, withdrawn: {cite: {june: [1]}}"),
        [],
    ),
    # ontology
    "an unknown class": (actor("label: Gamma").replace("Government", "Goverment"), [(2, "KG301")]),
    "a class of another section, and what follows from it": (
        "actors:\n  gamma: {type: Treaty, label: Gamma}\n" + said("object: gamma"),
        [(2, "KG303")],
    ),
    "an unknown relation": (said("predicate: mets"), [(2, "KG302")]),
    "a class as relation": (said("predicate: State"), [(2, "KG302")]),
    "a dispute as party": (said("subject: row, predicate: partyTo, object: pact"), [(2, "KG304")]),
    "a party to a dispute": (said("predicate: partyTo, object: row"), [(2, "KG305")]),
    "a denial is not judged again": (
        said("id: x, subject: row, predicate: partyTo, object: pact", "denies: x"),
        [(2, "KG304")],
    ),
    "somebody who meets themselves": (said("object: alpha"), [(2, "KG309")]),
    "acting for a pact": (
        "actors: {gamma: {type: State, label: G, acts_for: pact}}\n",
        [(1, "KG209")],
    ),
    "acting for oneself": (
        "actors: {gamma: {type: State, label: G, acts_for: gamma}}\n",
        [(1, "KG308")],
    ),
    "acting in a circle, with one who acts for it": (
        "actors:\n  a: {type: State, label: A, acts_for: b}\n  b: {type: State, label: B, acts_for: a}\n"
        "  c: {type: State, label: C, acts_for: a}\n",
        [(2, "KG308")],
    ),
    # dates
    "an event to come": (said("when: 2999"), [(2, "KG402")]),
    "a plan to come": (said("when: 2999, mode: planned"), []),
    "the denial of an event to come": (
        said("id: x, when: 2999, mode: planned", "denies: x, when: 2999"),
        [],
    ),
    "an event that ends in years to come": (said("when: 2001/2999"), [(2, "KG402")]),
    "an event that goes on": (said("when: 2001/.."), []),
    "an event whose end is unknown": (said("when: 2001/"), []),
    "this year": (
        said("when: 2026, cite: {new: [1]}")
        + BASE[: BASE.index("actors:")]
        .replace("gazette-may", "new")
        .replace("0b3c", "1b3c")
        .replace("2019-05-04", "2026-01-01"),
        [],
    ),
    "a statement to come": (said("said: 2999, according_to: beta"), [(2, "KG402")]),
    "an article to come": (
        BASE[: BASE.index("actors:")]
        .replace("gazette-may", "new")
        .replace("0b3c", "1b3c")
        .replace("2019-05-04", "2999-01-01")
        + said("cite: {new: [1]}"),
        [(2, "KG402")],
    ),
    "an event after its article": (said("when: 2019-05-05"), [(2, "KG403")]),
    "an event on the day of its article": (said("when: 2019-05-04"), []),
    "an event in the month of its article": (said("when: 2019-05"), []),
    "a state after its article": (
        said("predicate: partyTo, object: pact, when: 2019-06"),
        [(2, "KG403")],
    ),
    "a state that goes on": (said("predicate: partyTo, object: pact, when: 2019/.."), []),
    "a statement after its article": (said("said: 2019-06, according_to: beta"), [(2, "KG403")]),
    "a plan after its article": (said("when: 2019-06, mode: planned"), []),
    "perhaps after its article": (said("when: 2019-05-05~"), []),
    "withdrawn before it was said": (
        said(
            "according_to: beta, said: 2019-02, withdrawn: {when: 2019-01, cite: {gazette-may: [1]}}"
        ),
        [(2, "KG407")],
    ),
    "withdrawn in the month it was said": (
        said(
            "according_to: beta, said: 2019-02-03, withdrawn: {when: 2019-02, cite: {gazette-may: [1]}}"
        ),
        [],
    ),
    # citations
    "the last paragraph": (said("cite: {gazette-may: [9]}"), []),
    "behind the last paragraph": (said("cite: {gazette-may: [10]}"), [(2, "KG404")]),
    "behind the last paragraph, for two objects": (
        said("predicate: opposes, object: [row, beta], cite: {gazette-may: [10]}"),
        [(2, "KG404")],
    ),
    "one paragraph twice": (said("cite: {gazette-may: [3, 3]}"), [(2, "KG406")]),
    "two quotes of one paragraph": (
        said("cite: {gazette-may: [{p: 3, quote: a}, {p: 3, quote: b}]}"),
        [],
    ),
    # arguments
    "a correction of itself": (said("id: x, supersedes: x"), [(2, "KG411")]),
    "corrections in a circle": (
        said(
            "id: x, supersedes: y",
            "id: y, when: 1998, supersedes: z",
            "id: z, when: 1999, supersedes: x",
        ),
        [(4, "KG411")],
    ),
    "corrections in a row": (
        said("id: x", "id: y, when: 1998, supersedes: x", "id: z, when: 1999, supersedes: y"),
        [],
    ),
    "an inference from itself": (said("id: x, basis: inferred, from: [in, x]"), [(2, "KG412")]),
    "an inference from two": (said("id: x, basis: inferred, from: [in, at]"), []),
    # functional relations
    "two places at one time": (
        said("subject: talks, predicate: takesPlaceIn, object: there"),
        [(2, "KG601")],
    ),
    "three places at one time": (
        said("subject: talks, predicate: takesPlaceIn, object: [there, elsewhere]")
        + "places: {elsewhere: {type: City, label: Elsewhere}}\n",
        [(2, "KG601"), (2, "KG601")],
    ),
    "two places at two times": (
        said("subject: talks, predicate: takesPlaceIn, object: there, when: 2019-04"),
        [],
    ),
    "a denial of one day of a month": (
        said("id: x, when: 2019-04", "denies: x, when: 2019-04-05"),
        [(3, "KG416")],
    ),
    "a denial of a claim in one place only": (
        said("id: x, according_to: alpha", "negated: true, where: here"),
        [(2, "KG603"), (3, "KG603")],
    ),
    "two places, one of them planned": (
        said("subject: talks, predicate: takesPlaceIn, object: there, mode: planned"),
        [],
    ),
    "one place told twice": (
        said("subject: talks, predicate: takesPlaceIn, object: here, when: 2019-05"),
        [],
    ),
    "two places in a conflict that was declared": (
        said("id: x, subject: talks, predicate: takesPlaceIn, object: there")
        + "conflicts: {q: {question: Where?, kind: exactly-one, between: [at, x]}}\n",
        [],
    ),
    "two places, one withdrawn": (
        said(
            "subject: talks, predicate: takesPlaceIn, object: there, according_to: beta, "
            "withdrawn: {cite: {gazette-may: [6]}}"
        ),
        [],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), LAWS.values(), ids=LAWS)
def test_a_law_is_told_where_it_is_broken_and_nowhere_else(
    text: str, wanted: list[tuple[int, str]]
) -> None:
    assert codes(text) == wanted


ALIKE = {
    "Cyrillic": ("Paris", "Раris"),
    "Greek": ("Alpha", "Αlpha"),
    "Armenian": ("So", "Տo"),
    "phonetic": ("Alpha", "Alphɑ"),
    "mathematical": ("Alpha", "𝐀𝐥𝐩𝐡𝐚"),
    "capital I and small l": ("Kim Il", "Kim II"),
    "one and small l": ("Treaty 1", "Treaty l"),
    "nought and capital O": ("O2", "02"),
    "rn and m": ("Modern", "Modem"),
    "apostrophes": ("O'Neil", "O’Neil"),
    "hyphens": ("A-B", "A\u2010B"),
    "a soft hyphen": ("Alpha", "Al\u00adpha"),
    "a joiner": ("Alpha", "Al\u200dpha"),
    "a variation selector": ("Alpha", "Alpha\ufe0f"),
    "tags": ("Alpha", "Alpha\U000e0061"),
    "a mark of direction": ("Alpha", "Alpha\u200f"),
    "a no-break space": ("New Alpha", "New\u00a0Alpha"),
    "normal forms": ("Café", "Cafe\u0301"),
}
UNLIKE = [
    ("Müller", "Muller"),
    ("MAIL", "MALL"),
    ("Ó", "O"),
    ("İzmir", "Izmir"),
    ("カ", "ガ"),
    ("東京", "京東"),
    ("a b", "ab"),
]


@pytest.mark.parametrize("pair", ALIKE.values(), ids=ALIKE)
def test_labels_that_readers_take_for_one_have_one_skeleton(pair: tuple[str, str]) -> None:
    assert len(set(skeletons_of(pair).values())) == 1


@pytest.mark.parametrize("pair", UNLIKE)
def test_labels_that_readers_can_tell_apart_have_two_skeletons(pair: tuple[str, str]) -> None:
    assert len(set(skeletons_of(pair).values())) == 2


def test_where_a_file_could_not_be_read_no_name_is_called_unknown() -> None:
    assert [d.rule.code for d in found_in(BASE, said("object: gamma"), "actors: [")] == ["KG005"]


def test_what_is_mistyped_gets_the_nearest_name_of_its_kind() -> None:
    (found,) = found_in(BASE, said("cite: {gazete-mai: [3]}"))
    assert found.hint == "did you mean 'gazette-may'?"
    many = found_in(
        BASE, said(*(f"object: betta, when: '{year:04}'" for year in range(1, MOST_HINTS + 20)))
    )
    assert sum("beta" in d.hint for d in many) == MOST_HINTS
    assert all(d.hint for d in many)


def test_of_many_names_only_the_most_alike_are_compared_letter_by_letter() -> None:
    many = "".join(
        f"  state-{n}: {{type: State, label: State {n}, acts_for: alpha}}\n"
        for n in range(1000, 1600)
    )
    found: list[Diagnostic] = []
    counted = calls(
        lambda: found.extend(
            found_in(
                BASE, f"actors:\n{many}", said(*(f"object: staet-{n}" for n in range(1100, 1120)))
            )
        )
    )
    assert [d.hint for d in found] == [f"did you mean 'state-{n}'?" for n in range(1100, 1120)]
    assert 0 < counted["SequenceMatcher.real_quick_ratio"] <= 20 * MOST_COMPARED


def test_the_nearest_name_is_the_nearest_of_all_whatever_their_lengths() -> None:
    words = ["".join(letters) for n in (1, 2, 3) for letters in product("abß", repeat=n)]
    words += [word * times for word in ("ab", "ß", "aß") for times in (3, 5, 9)]
    for word in words:
        others = {each.casefold(): each for each in sorted(words) if each != word}
        near = get_close_matches(word.casefold(), others, 1, LEAST_ALIKE)
        expected = f"did you mean '{others[near[0]]}'?" if near else ""
        assert did_you_mean(word, [each for each in words if each != word]) == expected


def test_what_has_the_id_of_another_brings_no_second_finding() -> None:
    actors = "actors:\n  accord: {type: State, label: Accord}\n"
    pacts = "pacts:\n  Beta: {type: Treaty, label: B}\n  accord: {type: Treaty, label: A}\n"
    found = found_in(
        BASE,
        actors,
        pacts,
        said("predicate: partyTo, object: Beta", "predicate: partyTo, object: accord"),
    )
    assert [d.rule.code for d in found] == ["KG203", "KG203"]


REVERSAL = "events: {one: {type: Decision, label: One}, two: {type: Decision, label: Two}}\n"


@pytest.mark.parametrize(
    ("first", "second", "reversal", "is_wrong"),
    [
        ("2018-03", "2018-04", "", True),
        ("2018-03", "2018-03", "", False),
        ("2018-04", "2018-03", "", False),
        ("2018", "2018-06", "", False),
        ("2018~", "2019-02", "", False),
        ("", "2018-04", "2018-03", True),
        ("", "2018-04", "", False),
        ("2018-03", "", "", False),
        ("2018-03", "2018-04", "2018-05", True),
    ],
)
def test_a_reversal_by_what_certainly_came_before_is_written_backwards(
    first: str, second: str, reversal: str, is_wrong: bool
) -> None:
    """``one`` is said to reverse ``two``; the decisions and the reversal have dates or none."""
    told = [
        f"predicate: takesDecision, object: {id}" + (f", when: '{when}'" if when else "")
        for id, when in (("one", first), ("two", second))
    ]
    back = "subject: one, predicate: reverses, object: two" + (
        f", when: '{reversal}'" if reversal else ""
    )
    found = found_in(BASE, REVERSAL, said(*told, back))
    assert [d.rule.code for d in found] == ["KG414"] * is_wrong


def test_a_claimed_reversal_is_no_mistake_of_the_curator() -> None:
    told = [
        f"predicate: takesDecision, object: {id}, when: '{when}'"
        for id, when in (("one", 2017), ("two", 2018))
    ]
    claimed = "subject: one, predicate: reverses, object: two, according_to: beta"
    assert not found_in(BASE, REVERSAL, said(*told, claimed))


def test_a_circle_is_told_at_the_link_that_closes_it() -> None:
    inferred = "basis: inferred, note: n, from"
    text = said(
        f"id: one, {inferred}: [two, other]", f"id: two, {inferred}: [other, one]", "id: other"
    )
    [told] = [d for d in found_in(BASE, text) if "two" in d.message]
    first = re.search(r"(one|two) ->", told.message)
    line = text.split("\n")[told.span.line - 1]
    assert first
    assert line[told.span.column - 1 : told.span.end_column - 1] == first[1]


def test_a_circle_of_many_is_told_in_few_words() -> None:
    ring = [f"id: x{n}, when: '{n + 1:04}', supersedes: x{(n + 1) % 900}" for n in range(900)]
    (found,) = found_in(BASE, said(*ring))
    assert found.rule.code == "KG411"
    assert len(found.message) < 200


def test_a_chain_of_twice_the_length_takes_twice_the_steps_to_check() -> None:
    def steps(length: int) -> int:
        chain = "".join(
            f"  a{n}: {{type: State, label: Actor {n}, acts_for: a{n + 1}}}\n"
            for n in range(length)
        )
        files = BASE, f"actors:\n{chain}  a{length}: {{type: State, label: The last}}\n"
        assert not found_in(*files)
        return calls(lambda: found_in(*files)).total()

    assert steps(400) < 2.2 * steps(200)

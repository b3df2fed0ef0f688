"""What changed in a statement between two versions of a workspace, part by part."""

from __future__ import annotations

from dataclasses import replace

from pictures import CLASSES, cite, corpus_of, picture_with, statement, to

from kg.dates import parse_date
from kg.model import Thing
from kg.model.corpus import Corpus
from kg.model.references import Text
from kg.reports.comparison import compare_statements
from kg.status.judgement import Judgement
from kg.status.status import Status
from kg.view.picture import Node, Picture

THINGS = {
    id: Node(id, id.title(), (), "state", CLASSES["State"])
    for id in ("arden", "brell", "lume", "osk")
}
CORPUS = corpus_of(THINGS.values())
Said = tuple[str, str, str, str]
"""Source, target, status and date of an assertion."""


def version(said: dict[str, Said], corpus: Corpus = CORPUS) -> Picture:
    """The picture of some assertions by id."""
    statements = [
        statement(corpus, id, (source, "meets", target), status, when=parse_date(when))
        for id, (source, target, status, when) in said.items()
    ]
    ids = {end for source, target, _, _ in said.values() for end in (source, target)}
    return picture_with([THINGS[id] for id in ids], statements, corpus)


def with_first(picture: Picture, **fields: object) -> Picture:
    """The same picture, its first statement with other fields."""
    id, first = next(iter(picture.statements.items()))
    changed = replace(first, **fields)  # type: ignore[arg-type]
    ties = tuple(
        replace(tie, statement=changed) if tie.assertion == id else tie for tie in picture.ties
    )
    return replace(picture, statements={**picture.statements, id: changed}, ties=ties)


def with_assertion(picture: Picture, **fields: object) -> Picture:
    """The same picture, the assertion of its first statement with other fields."""
    first = next(iter(picture.statements.values()))
    return with_first(picture, assertion=replace(first.assertion, **fields))  # type: ignore[arg-type]


ONE = version(
    {"a": ("arden", "brell", "attributed", "2018"), "b": ("lume", "osk", "accepted", "2018")}
)


def before(new: Picture, old: Picture = ONE) -> dict[str, str]:
    """How the first statement was before, by part."""
    return dict(compare_statements(old.statements["a"], new.statements["a"]))


def test_each_part_that_changed_is_told_with_what_it_was() -> None:
    assert before(with_assertion(ONE, when=parse_date("2019"))) == {"When": "2018"}
    assert before(with_assertion(ONE, said=parse_date("2019-11-22"), note="A note.")) == {
        "Said on": "none",
        "Note": "none",
    }
    assert before(with_assertion(ONE, via=(to("osk"),))) == {"Via": "none"}
    assert before(with_first(ONE, against=("b",))) == {"Against this": "without b"}


def test_articles_that_count_as_others_are_other_sources() -> None:
    article = CORPUS.articles["gulftoday-2019-11-23"]
    other = replace(article, originators=(to("new-york-times"),))
    corpus = replace(CORPUS, articles={**CORPUS.articles, article.id: other})
    assert before(with_first(ONE, judgement=Judgement(corpus, {}, {}))) == {
        "Sources": "Associated Press, New York Times"
    }


def test_of_citations_only_what_differs_is_told() -> None:
    cited = cite(("nyt-2019-11-22", 4), ("nyt-2019-11-22", 16), ("kyodo-2019-11-15", 2))
    told = "without kyodo-2019-11-15, paragraph 2; with gulftoday-2019-11-23, paragraph 3"
    assert before(with_assertion(ONE, citations=cited)) == {
        "Citations": told,
        "Sources": "Associated Press, New York Times",
    }


def test_another_status_alone_is_no_other_sentence_although_it_is_worded_otherwise() -> None:
    new = with_first(ONE, status=Status.WITHDRAWN)
    assert new.statements["a"].words != ONE.statements["a"].words
    assert before(new) == {"Status": "attributed"}


def test_another_speaker_is_another_sentence() -> None:
    new = with_assertion(ONE, speakers=(to("osk"),))
    assert before(new) == {"Sentence": "Japan says that Arden meets Brell"}


def test_a_thing_that_is_only_called_otherwise_changes_no_tie() -> None:
    def called(id: str, label: str) -> dict[str, Thing]:
        thing = CORPUS.things[id]
        return {id: replace(thing, labels=(Text(label, thing.span),))}

    names = called("arden", "Republic of Arden") | called("japan", "Nippon")
    corpus = replace(CORPUS, things={**CORPUS.things, **names})
    new = with_first(ONE, judgement=Judgement(corpus, {}, {}))
    assert new.statements["a"].sentence == "Nippon says that Republic of Arden meets Brell"
    assert before(new) == {}

"""What is offered to whoever types a SPARQL query."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.editing.choices import Choices
from kg.editing.question import MOST_SUGGESTED, QuestionWords
from kg.files.workspace import find_workspace
from kg.reading import read


@pytest.fixture
def words(quarrel: Path) -> QuestionWords:
    reading = read(find_workspace(quarrel), questions=())
    return QuestionWords(reading, Choices(reading))


def test_what_is_offered_fits_the_place_in_the_triple(words: QuestionWords) -> None:
    def first(before: str) -> str:
        return words.suggest(before).choices[0].text

    assert first("sel") == "SELECT"
    assert first("SELECT ?who ?pact { ?w") == "?who"
    assert first("{ ?who a pa") == "kg:Pact"
    assert first("{ ?who kg:party") == "kg:partyTo"
    assert first("{ ?who a kg:Actor ; party") == "kg:partyTo"
    assert first("{ ?a kg:status kg:Cont") == "kg:Contested"
    # A thing is found by its name; behind a relation those that it takes.
    assert first("{ vae") == ":vael"
    assert first("{ ?who kg:partyTo compact") == ":osk-compact"
    assert first("{ ?who kg:partyTo :osk-compact , ") in {
        each.text for each in words.suggest("{ ?who kg:partyTo ").choices
    }
    assert all(each.text[:3] == "kg:" for each in words.suggest("{ ?a kg:").choices)


def test_what_is_taken_replaces_what_is_typed_and_nothing_else(words: QuestionWords) -> None:
    for before in ("SELECT ?x { ?x kg:par", "{ ?who ", "{ ?who", "", "{", "{ ?who kg:partyTo :os"):
        suggested = words.suggest(before)
        assert len(suggested.choices) <= MOST_SUGGESTED
        assert suggested.start <= len(before)
        assert before[: suggested.start] == "" or before[suggested.start - 1] in " {"


@pytest.mark.parametrize("before", ['{ ?x rdfs:label "vae', "{ # vae", "{ ?x <https://vae", "{ 'a"])
def test_within_strings_comments_and_addresses_nothing_is_offered(
    words: QuestionWords, before: str
) -> None:
    assert words.suggest(before).choices == []

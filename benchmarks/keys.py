"""Keys and clicks that a cited assertion takes in the composer, replayed over a workspace.

    python benchmarks/keys.py [-C DIR]

Every cited assertion is written again, in the order of articles and paragraphs, as somebody would
who knows the names: from what was written before it, by the completion of the composer itself.
Counted are the press and release of the mouse that marks the words, the key that opens the form,
each letter, each arrow down, each Enter, and the two keys that write. Of all ways to name something
the shortest is counted: the begin of a name, or of two of its words. A text that no completion can
know is counted letter by letter, and so are qualifiers.
Of several citations the first is counted.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from kg.editing.choices import MOST_SHOWN, Choices
from kg.editing.ranking import Choice
from kg.files.workspace import find_workspace
from kg.model import Assertion
from kg.model.modes import Mode
from kg.reading import Reading, read

MARK, OPEN, WRITE = 2, 1, 2
"""Press and release of the mouse; a, d or n; Ctrl and Enter."""
MORE, MODE = 4, 2
"""Shift, Tab, Enter and Tab to the fields that are folded away; the letters of a mode."""
MOST_LETTERS = 12


def typed(names: Iterable[str]) -> list[str]:
    """What somebody may type who knows some names, the shortest first: nothing, a begin, the begins
    of two words.
    """
    found = {""}
    for name in names:
        name = name.lower()
        found.update(name[:count] for count in range(1, min(len(name), MOST_LETTERS) + 1))
        words = re.findall(r"[^\W_]+", name)
        for at, first in enumerate(words):
            found.update(first[:count] for count in range(1, 5))
            for other in words[at + 1 :]:
                found.update(f"{first[:a]} {other[:b]}" for a in (1, 2, 3) for b in (1, 2, 3))
    return sorted(found, key=lambda each: (len(each), each))


def keys(
    wanted: str,
    words: Iterable[str],
    choose: Callable[[str], list[Choice]],
    may_be_empty: bool = False,
) -> int | None:
    """The fewest keys that take a choice, Enter included; None where none does. ``words`` come in
    order of length. Of a field that may stay empty the first choice needs an arrow, too.
    """
    best = None
    for each in words:
        if best is not None and len(each) + 1 >= best:
            break
        first = int(may_be_empty and not each)
        for place, choice in enumerate(choose(each)[:MOST_SHOWN], first):
            if choice.id == wanted and (best is None or len(each) + place + 1 < best):
                best = len(each) + place + 1
    return best


class Replay:
    """A workspace as it was before each assertion of it."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._written = reading, list[Assertion]()

    def cost(self, assertion: Assertion) -> int:
        """Return the keys and clicks of an assertion, which counts for those behind it."""
        article = assertion.citations[0].article.id
        choices = Choices(self._reading, article, list(self._written))
        total = MARK + OPEN + WRITE
        if assertion.denies:
            total += self._named(choices.claims, assertion.denies.id)
        else:
            total += self._triple(choices, assertion)
        total += self._speaker(choices, assertion)
        date = assertion.when or (assertion.said if assertion.denies else None)
        total += self._date(choices, date.text) if date else 1
        is_planned = assertion.mode is not Mode.ACTUAL
        said = assertion.said if date is not assertion.said else None
        if is_planned or said or assertion.where:
            total += MORE + (MODE if is_planned else 0)
        if said:
            total += 1 + self._date(choices, said.text)
        if assertion.where:
            total += 1 + self._thing(choices, assertion.where.id, "", False)
        total += sum(len(each.name) + 4 for each in assertion.qualifiers)
        self._written.append(assertion)
        return total

    def _triple(self, choices: Choices, assertion: Assertion) -> int:
        subject, relation, object = assertion.triple
        things = self._reading.written.things
        total = self._thing(choices, subject, "", False)
        total += self._relation(choices, relation, subject)
        if object in things:
            return total + self._thing(choices, object, relation, True)
        return total + len(object) + 1

    def _thing(self, choices: Choices, id: str, relation: str, is_object: bool) -> int:
        words = typed(self._names(id))
        taken = keys(id, words, lambda each: choices.things(each, relation, is_object))
        return taken or len(id) + 1

    def _relation(self, choices: Choices, name: str, subject: str) -> int:
        label = self._reading.ontology.relations[name].label
        taken = keys(name, typed([label, name]), lambda each: choices.relations(each, subject))
        return taken or len(name) + 1

    def _speaker(self, choices: Choices, assertion: Assertion) -> int:
        total = 0
        for speaker in assertion.speakers:
            words = typed(self._names(speaker.id))
            total += keys(speaker.id, words, choices.speakers, True) or len(speaker.id) + 1
        return total or 1

    def _date(self, choices: Choices, date: str) -> int:
        parts = [date, date[-2:].lstrip("0"), date[5:], date[5:].lstrip("0")]
        words = sorted({"", *parts}, key=len)
        return keys(date, words, choices.dates, True) or len(date) + 1

    def _named(self, choose: Callable[[str], list[Choice]], id: str) -> int:
        corpus = self._reading.written
        each = corpus.assertions[id]
        names = [name for end in (each.subject.id, each.object_key) for name in self._names(end)]
        return keys(id, typed([*names, id]), choose) or len(id) + 1

    def _names(self, id: str) -> list[str]:
        thing = self._reading.written.things.get(id)
        if thing is None:
            return [id]
        short = [thing.short] if thing.short else []
        return [thing.label, *short, *(alias.name.text for alias in thing.aliases)]


def replayed(reading: Reading) -> list[int]:
    """Return the keys and clicks of every assertion with a citation, in order of what it cites."""
    assertions = [each for each in reading.written.assertions.values() if each.citations]
    assertions.sort(key=lambda each: (each.citations[0].article.id, each.citations[0].paragraph))
    replay = Replay(reading)
    return [replay.cost(each) for each in assertions]


def main() -> None:
    """Print how many keys and clicks the assertions of a workspace take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-C", dest="workspace", type=Path, default=Path())
    costs = sorted(replayed(read(find_workspace(parser.parse_args().workspace), questions=())))
    below = sum(cost < 45 for cost in costs)
    ninety = costs[int(0.9 * (len(costs) - 1))]
    print(f"{len(costs)} cited assertions: median {median(costs):g} keys and clicks")
    print(
        f"90 % take at most {ninety}; {100 * below / len(costs):.1f} % below 45; most {costs[-1]}"
    )


if __name__ == "__main__":
    main()

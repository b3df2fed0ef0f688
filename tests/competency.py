"""The forty competency questions: how one is asked of the graph, and how its answer is brought into
a shape to compare.

The questions' words and the expected answers stay where they are, in ``../shared/questions.yaml``;
what is told of a question here is in our own words. A question is asked by saved queries, or by a
command where SPARQL is the wrong tool.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meaning import clauses, tells, told_among

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a saved query: its cells by column, and the articles behind it."""

    cells: Mapping[str, Cell]
    articles: frozenset[str]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph calls things: labels and classes' labels by id, and the originators of
    articles.
    """

    labels: Mapping[str, str]
    kinds: Mapping[str, str]
    originators: Mapping[str, str]

    def ids(self, text: str) -> list[str]:
        """The ids of things and articles that stand in a text, in order."""
        return [
            word
            for word in re.findall(r"[\w-]+", text)
            if word in self.labels or word in self.originators
        ]

    def id(self, label: str) -> str:
        """The id of the thing with a label."""
        return next(id for id, known in self.labels.items() if known == label)

    def described(self, value: Any) -> str:
        """A thing by its label and kind; a text as it is."""
        return f"{self.labels[value]} ({self.kinds[value]})" if value in self.labels else str(value)

    def sentence(self, row: Row) -> str:
        """What a row with subject, relation and object says."""
        return f"{self.described(row['subject'])} {row['relation']} {self.described(row['object'])}"


@dataclass(frozen=True, slots=True)
class Query:
    """A saved query with its parameters."""

    name: str
    params: Mapping[str, str]

    def __str__(self) -> str:
        given = "".join(f" --param {name}={_quoted(value)}" for name, value in self.params.items())
        return f"kg query {self.name}{given}"


@dataclass(frozen=True, slots=True)
class Command:
    """A command of kg with its arguments; it is asked for JSON."""

    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return f"kg {' '.join(map(_quoted, self.arguments))}"


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s']", value) else value


Found = Sequence[Any]
"""What came back for each thing asked: a list of rows, or the JSON of a command."""


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question: its gist, what is asked, the answer from what came back, and when that
    is as expected.
    """

    gist: str
    asks: tuple[Query | Command, ...]
    answer: Callable[[Found, Known], Any]
    agrees: Callable[[Any, Any, Known], bool] = lambda answer, expected, known: bool(
        answer == expected
    )
    unknown: bool = False


def query(saved: str, /, **params: str) -> Query:
    """A saved query; ``from_`` stands for the parameter ``from``."""
    return Query(saved, {key.rstrip("_"): value for key, value in params.items()})


def command(line: str) -> Command:
    """A command line without its ``kg``."""
    return Command(tuple(line.split()))


def column(name: str) -> Callable[[Found, Known], Any]:
    """All values of a column of the first answer, as a set."""
    return lambda found, known: {row[name] for row in found[0]}


def as_set(answer: Any, expected: Any, known: Known) -> bool:
    """Whether a set has exactly the expected members; one expected value is a set of one."""
    return bool(answer == set([expected] if isinstance(expected, str) else expected))


def as_articles(
    answer: Mapping[Any, Iterable[str]], expected: Mapping[Any, Any], known: Known
) -> bool:
    """Whether each key has exactly the expected articles, of which there may be one."""
    return {key: set(found) for key, found in answer.items()} == {
        key: set([articles] if isinstance(articles, str) else articles)
        for key, articles in expected.items()
    }


def as_told(answer: Mapping[str, str], expected: Mapping[str, str], known: Known) -> bool:
    """Whether the keys are the expected ones and each text tells what is expected of its key."""
    return answer.keys() == expected.keys() and all(
        tells(answer[key], text) for key, text in expected.items()
    )


# Answers that need more than a column


def by(found: Iterable[Row], name: str) -> dict[Any, set[str]]:
    """The articles behind rows, by a column."""
    gathered: dict[Any, set[str]] = defaultdict(set)
    for row in found:
        gathered[row[name]] |= row.articles
    return dict(gathered)


def talks(found: Found, known: Known) -> object:
    rows = {row["aspect"]: row for row in found[0]}
    lasts, mostly = rows["lasts"], rows["is mostly about"]
    assert lasts["on_the_word_of"] == mostly["on_the_word_of"]
    return {
        "duration": lasts["what"],
        "main_subject": mostly["what"],
        "according_to": lasts["on_the_word_of"],
    }


def undiscussed(found: Found, known: Known) -> str:
    return " ".join(
        known.described(row["what"]) for row in found[0] if row["aspect"] == "does not take up"
    )


def position(found: Found, known: Known) -> dict[str, str]:
    return {row["person"]: f"{row['position']} {row['of']} {row['of_name']}" for row in found[0]}


def party(found: Found, known: Known) -> tuple[str, list[str]]:
    parties = {row["party"] for row in found[0]}
    answer = "no" if parties and not parties & {"united-states", "gov-us"} else "yes"
    return answer, [f"{row['relation']} {row['when']}" for row in found[1]]


def party_told(answer: tuple[str, list[str]], expected: Mapping[str, str], known: Known) -> bool:
    return answer[0] == expected["answer"] and told_among(answer[1], expected["relation"])


def due(found: Found, known: Known) -> list[str]:
    life = found[0]
    holds = [step["words"] for step in life["passed"] if step["holds"]]
    ahead = [
        f"{plan['mode']} {plan['words']} {plan['when']}"
        for plan in life["announced"]
        if plan["when"]
    ]
    assert "Terminated" not in life["stages"]
    return [life["status"], *holds, *ahead]


def controls(found: Found, known: Known) -> dict[str, list[str]]:
    life = found[0]
    return {
        "in_force": [life["in_force"]],
        "next": [plan["words"] for plan in life["announced"] if plan["mode"] == "planned"],
        "demand": [plan["words"] for plan in life["announced"] if plan["mode"] == "demanded"],
    }


def each_told(answer: Mapping[str, list[str]], expected: Mapping[str, str], known: Known) -> bool:
    return answer.keys() == expected.keys() and all(
        told_among(answer[key], text) for key, text in expected.items()
    )


def strike(found: Found, known: Known) -> str:
    (row,) = found[1]
    return f"{found[0]['status']} {row['when']} {row['on_that_day']}"


def same_unknown(answer: str, expected: str, known: Known) -> bool:
    dates = set(re.findall(r"\d{4}-\d\d-\d\d", expected))
    return answer.startswith(expected.split(":")[0]) and dates == set(
        re.findall(r"\d{4}-\d\d-\d\d", answer)
    )


def claimed(found: Found, known: Known) -> object:
    rows = [row for row in found[0] if row["mode"] == "actual" and row["polarity"] == "asserts"]
    (claimant,) = {row["speaker"] for row in rows}
    return claimant, set().union(*(row.articles for row in rows))


def denied(found: Found, known: Known) -> dict[tuple[str, ...], set[str]]:
    voices: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in found[0]:
        voices[tuple(filter(None, (row["speaker"], row["via"])))] |= row.articles
    return dict(voices)


def judged(found: Found, known: Known) -> dict[str, list[str]]:
    judgements = defaultdict(list)
    for row in found[0]:
        judgements[row["holder"]].append(row["judgement"])
    return dict(judgements)


def judged_told(answer: Mapping[str, list[str]], expected: Mapping[str, str], known: Known) -> bool:
    """An expected holder may be the reporter of an article, which is its originator; his judgements
    may be several.
    """
    holders = {known.originators.get(key.split()[0], key): text for key, text in expected.items()}
    return answer.keys() == holders.keys() and all(
        all(tells(" ".join(answer[holder]), clause) for clause in clauses(text))
        for holder, text in holders.items()
    )


def motives(found: Found, known: Known) -> dict[str, set[str]]:
    return {
        f"{relation} {known.described(motive)}": articles
        for (relation, motive), articles in _two(found).items()
    }


def _two(found: Found) -> dict[tuple[str, str], set[str]]:
    gathered: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in found[0]:
        gathered[row["relation"], row["motive"]] |= row.articles
    return gathered


def motives_told(answer: Mapping[str, set[str]], expected: Mapping[str, str], known: Known) -> bool:
    return len(answer) == len(expected) and all(
        any(tells(text, motive) and articles == {article} for text, articles in answer.items())
        for motive, article in expected.items()
    )


CLAUSES: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("contested", lambda row: row["status"] == "contested"),
    ("seen as", lambda row: row["status"] == "opinion" and row["sort"] == "cause"),
    ("claimed by", lambda row: row["status"] == "attributed" and row["sort"] == "cause"),
    ("claim", lambda row: row["status"] == "attributed"),
    ("order", lambda row: row["status"] == "accepted" and row["sort"] == "order"),
    ("sequence", lambda row: row["status"] == "accepted" and row["sort"] == "order"),
    ("reported", lambda row: row["status"] == "accepted" and row["sort"] != "order"),
    ("left open", lambda row: row["relation"] == "leaves open"),
)
"""What the expected chain calls the standing of a link, and the rows that show it; the first that
fits counts.
"""


def chain(found: Found, known: Known) -> list[Row]:
    """Every link, with a cause or order that is told of a dispute also told of the events that are
    about it.
    """
    links, open_questions, concerns = found
    rows = list(links)
    for row in open_questions:
        left = {"subject": row["thing"], "object": row["words"], "sort": "open"}
        rows.append(Row({**row.cells, **left}, row.articles))
    for about in concerns:
        for row in links:
            if row["subject"] == about["object"] and about["object"].startswith("dispute-"):
                rows.append(Row({**row.cells, "subject": about["subject"]}, row.articles))
    return rows


def chain_told(answer: list[Row], expected: Sequence[Mapping[str, str]], known: Known) -> bool:
    return all(_link_told(answer, link["step"], link["standing"], known) for link in expected)


def _link_told(rows: list[Row], step: str, standing: str, known: Known) -> bool:
    """Whether each part of a link's standing is shown by a row between its ends, in the articles
    that it names.
    """
    first, second = re.split(r" -> | reverses ", step)
    ends = [_named(part, rows, known) for part in first.split(", ")]
    at_first: set[str] = set().union(*ends)
    between = [
        row
        for row in rows
        if (row["object"] == second and row["subject"] in at_first)
        or (
            row["subject"] == second
            and (row["object"] in at_first or row["relation"] == "leaves open")
        )
    ]
    parts = re.split(r"; |, (?=left|cause)", standing.removeprefix("contested: "))
    if standing.startswith("contested"):
        parts[0] = f"contested {parts[0]}"
    return all(ends) and all(_part_told(part, between, known) for part in parts)


def _part_told(part: str, between: list[Row], known: Known) -> bool:
    shows = next(shows for phrase, shows in CLAUSES if phrase in part)
    showing = [row for row in between if shows(row)]
    articles = {id for id in known.ids(part) if id in known.originators}
    return bool(showing) and articles <= set().union(*(row.articles for row in showing))


def _named(words: str, rows: list[Row], known: Known) -> set[str]:
    """The things that words name: an id, or the things of the rows whose label tells them."""
    if words in known.labels:
        return {words}
    things = {row[end] for row in rows for end in ("subject", "object") if row[end] in known.labels}
    return {id for id in things if tells(known.labels[id], words)}


def path(found: Found, known: Known) -> list[list[str]]:
    """The things of each path, every hop of which is cited or stands in the record itself."""
    for path in found[0]["paths"]:
        for hop in path["hops"]:
            assert all(tie["citations"] or tie["by_the_record"] for tie in hop["ties"]), hop
    return [path["things"] for path in found[0]["paths"]]


def path_found(answer: list[list[str]], expected: list[str], known: Known) -> bool:
    return _states(expected) in [_states(path) for path in answer]


def _states(path: Iterable[str]) -> list[str]:
    """A path with a government taken for its state (the two are one agent), each once in a row."""
    named = [id.removeprefix("gov-") for id in path]
    return [id for number, id in enumerate(named) if named[number - 1 : number] != [id]]


def weakest(found: Found, known: Known) -> tuple[list[list[str]], tuple[str, str]]:
    weakest = found[0]["paths"][0]["weakest"]
    return path(found, known), (weakest["from"], weakest["to"])


def weakest_found(
    answer: tuple[list[list[str]], tuple[str, str]], expected: Mapping[str, Any], known: Known
) -> bool:
    path = [step.split()[0] for step in expected["path"]]
    return path == answer[0][0] and list(answer[1]) == known.ids(expected["weakest_link"])[:2]


def _met(row: Row, known: Known) -> set[str]:
    return {known.id(name) for name in row["participants"].split(", ")}


def meetings(found: Found, known: Known) -> list[tuple[set[str], str, int]]:
    return [
        (_met(row, known), known.labels[row["place"]], len(row["sides"].split(", ")))
        for row in found[0]
    ]


def meetings_told(
    answer: list[tuple[set[str], str, int]], expected: list[str], known: Known
) -> bool:
    numbers = {"bilateral": 2, "trilateral": 3}
    return len(answer) == len(expected) and all(
        people == set(known.ids(text))
        and place in text
        and sides == next(numbers[n] for n in numbers if n in text)
        for (people, place, sides), text in zip(answer, expected, strict=True)
    )


def talks_of_two(found: Found, known: Known) -> list[dict[str, Any]]:
    return [
        {"date": row["when"], "participants": _met(row, known), "place": row["place"]}
        for row in found[0]
    ]


def talks_of_two_same(
    answer: list[dict[str, Any]], expected: list[dict[str, Any]], known: Known
) -> bool:
    return answer == [{**row, "participants": set(row["participants"])} for row in expected]


def met_ministers(found: Found, known: Known) -> set[str]:
    """Those who met a minister of each side; the ties name whom they met."""
    ministers = {row["name"] for row in found[1]}
    return {
        row["actor"]
        for row in found[0]
        if all(
            any(name in row[ties] for name in ministers)
            for ties in ("ties_to_one", "ties_to_other")
        )
    }


def between(found: Found, known: Known) -> dict[str, list[str]]:
    """The ties of each third party to both sides; a state and its government are one agent."""
    ties = defaultdict(list)
    for row in found[0]:
        agent = row["actor"].replace("united-states", "gov-us")
        ties[agent].append(f"{row['ties_to_one']} {row['ties_to_other']}")
    return dict(ties)


def between_told(
    answer: Mapping[str, list[str]], expected: Mapping[str, str], known: Known
) -> bool:
    """Articles named in brackets are left out here: each row's evidence shows them."""
    plain = {actor: re.sub(r"\([^)]*\)", "", text) for actor, text in expected.items()}
    return answer.keys() == plain.keys() and all(
        all(
            tells(" ".join(answer[actor]), clause, but=("third", "together"))
            for clause in clauses(text)
        )
        for actor, text in plain.items()
    )


def order(found: Found, known: Known) -> list[tuple[str, str]]:
    """Every accepted assertion of the timeline, as date and words, in its order."""
    return [
        (
            point["date"],
            f"{told['words']} {known.described(event['event']) if event['event'] else ''}",
        )
        for point in found[0]["points"]
        for event in point["events"]
        for told in event["assertions"]
        if told["citations"]
    ]


def order_told(answer: list[tuple[str, str]], expected: list[str], known: Known) -> bool:
    at = -1
    for item in expected:
        date, words = item.split(" ", 1)
        later = (
            n
            for n, (when, text) in enumerate(answer)
            if n > at and when == date and tells(text, words)
        )
        at = next(later, len(answer))
    return at < len(answer)


def days(found: Found, known: Known) -> Any:
    (row,) = found[0]
    return row["most_days"] if row["most_days"] == row["least_days"] else None


ENDS = ("terminates", "lets lapse")
"""The relations by which a pact ends."""


def expired(found: Found, known: Known) -> str:
    """No, where no end is a fact and every end that was ahead is reported not to have come."""
    planned = [row for row in found[0] if row["relation"] in ENDS]
    done = [row for row in found[1] if row["relation"] in ENDS]
    return (
        "no"
        if planned and not done and {row["outcome"] for row in planned} == {"did not happen"}
        else "yes"
    )


def stated(found: Found, known: Known) -> tuple[str, list[str]]:
    return "stated" if found[0] or found[1] else "not stated", [
        known.sentence(row) for row in found[2]
    ]


def stated_same(answer: tuple[str, list[str]], expected: Mapping[str, str], known: Known) -> bool:
    told = any(tells(text, expected["contrast"], but=("stated",)) for text in answer[1])
    return answer[0] == expected["answer"] and told


def numbers(found: Found, known: Known) -> dict[str, int]:
    return {row["article"] or "distinct": row["number"] for row in found[0]}


def uses(found: Found, known: Known) -> dict[str, set[str]]:
    return {
        f"{row['article']} p{row['paragraph']}": {r["thing"] for r in rows}
        for rows in found
        for row in rows[:1]
    }


def uses_same(answer: Mapping[str, set[str]], expected: Mapping[str, str], known: Known) -> bool:
    return answer == {place: set(known.ids(text)) for place, text in expected.items()}


def acting(found: Found, known: Known) -> dict[str, set[str]]:
    return {
        row["state"]: {r["body"] for r in rows if r["acts_for_state"]}
        for rows in found
        for row in rows[:1]
    }


def same_sets(
    answer: Mapping[str, set[str]], expected: Mapping[str, list[str]], known: Known
) -> bool:
    return answer == {key: set(values) for key, values in expected.items()}

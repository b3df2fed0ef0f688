"""Stories: ``viz/NAME.story.yaml`` leads a reader step by step through the picture of the view
``viz/NAME.rq``.

A story points at things and assertions by their ids, so it is held to what the sources say: an id
that is unknown, or that the view does not show on the step's days, is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from kg.checks.draft import CorpusDraft
from kg.dates import Day
from kg.diagnostics import Diagnostic, Span, rules
from kg.files.workspace import STORY_ENDINGS, VIEWS, Folder, SourceFile
from kg.model.references import Reference, Text
from kg.sources.record import Notes, Record, read_record
from kg.sources.yamlfile import Mapping, Scalar, Sequence, YamlNode, read_yaml
from kg.text.characters import quoted
from kg.text.wording import Name, Words
from kg.viz.pointers import Pointer, QuotationPlace
from kg.viz.quotations import KEYS as QUOTE_KEYS
from kg.viz.quotations import Quotation, read_quotation

_TARGET = re.compile(r"\]\((?P<id>[^()\s]*)\)")
LINK = re.compile(rf"\[(?P<words>[^\[\]]+){_TARGET.pattern}")
"""What stands in a step's text for a thing: ``[the pact](gsomia)``."""

_KEYS = ("title", "standfirst", "steps")
_MANDATORY = ("title", "steps")
_STEP_KEYS = ("title", "text", "things", "assertions", "quote", "true_on", "known_by")


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One step of a story: what is told, and what a reader looks at meanwhile.

    ``things`` and ``assertions`` are ids, none where the whole picture is meant; the days are those
    of the lens. ``quote`` are a few words of a source, if it quotes any.
    """

    title: str
    words: Words
    things: tuple[str, ...] = ()
    assertions: tuple[str, ...] = ()
    true_on: Day | None = None
    known_by: Day | None = None
    quote: Quotation | None = None


class Story(NamedTuple):
    """Steps that lead a reader through a picture, in order. ``title`` is the headline of its page;
    ``standfirst``, if there is one, says below it in a sentence what happened.
    """

    title: str
    steps: tuple[StoryStep, ...]
    standfirst: str = ""


class Script(NamedTuple):
    """A story file: the story (as far as it can be read), all that it points at, quotes or links
    to, and what is wrong with it.
    """

    view: str
    file: str
    story: Story
    pointers: tuple[Pointer, ...] = ()
    links: tuple[Reference, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    quotations: tuple[QuotationPlace, ...] = ()


def view_of(name: str) -> str:
    """The view that a story file belongs to."""
    return re.sub(r"\.story\.ya?ml$", "", PurePosixPath(name).name, flags=re.IGNORECASE)


def read_story(file: SourceFile, draft: CorpusDraft) -> Script:
    """A story file, read against what is known of the sources."""
    root, yaml_problems = read_yaml(file.name, file.data)
    lines = file.data.decode("utf-8-sig", "replace").splitlines()
    reader = _Reader(draft, lines, Notes(list(yaml_problems)))
    story = reader.story(root)
    problems = tuple(
        problem for problem in reader.notes.problems if problem.rule is not rules.EMPTY_FILE
    )
    if root is None and not problems:
        hint = "write its title and steps, or delete it"
        problems = (rules.EMPTY_VALUE.at(Span(file.name, 1, 1, 1, 1), "the story is empty", hint),)
    return Script(
        view_of(file.name),
        file.name,
        story,
        tuple(reader.pointers),
        tuple(reader.links),
        problems,
        tuple(reader.quotations),
    )


def read_stories(views: Folder, draft: CorpusDraft) -> tuple[tuple[Script, ...], list[Diagnostic]]:
    """Return the stories of a workspace, as far as they can be read, and what is wrong with them,
    their pictures not looked at.
    """
    scripts = tuple(read_story(file, draft) for file in views.files(STORY_ENDINGS).contents)
    return scripts, list(_story_problems(views, scripts))


def _story_problems(views: Folder, scripts: Iterable[Script]) -> Iterator[Diagnostic]:
    files = views.files(STORY_ENDINGS)
    # Linked folders are told of with the views, which lie beside the stories.
    yield from (problem for problem in files.diagnostics if problem.rule is not rules.LINKED_FOLDER)
    names = {PurePosixPath(file.name).stem for file in views.files((".rq",)).contents}
    first: dict[str, str] = {}
    for script in scripts:
        yield from script.problems
        view = script.view
        if view not in names:
            yield rules.STORY_WITHOUT_VIEW.at(
                Span(script.file),
                f"no view is called {quoted(view)}, so nobody sees its story",
                f"the story of {VIEWS}/NAME.rq is {VIEWS}/NAME.story.yaml"
                + (f"; there are: {', '.join(sorted(names))}" if names else ""),
            )
        elif view in first:
            yield rules.STORY_WITHOUT_VIEW.at(
                Span(script.file), f"{first[view]} tells the story of this view already", "keep one"
            )
        first.setdefault(view, script.file)


class _Reader:
    """Takes the tree of a story file apart; what is wrong is noted."""

    def __init__(self, draft: CorpusDraft, lines: list[str], notes: Notes) -> None:
        self.draft, self.lines, self.notes = draft, lines, notes
        self.pointers: list[Pointer] = []
        self.links: list[Reference] = []
        self.quotations: list[QuotationPlace] = []
        self.things, self.assertions = draft.corpus.things, draft.corpus.assertions

    def story(self, root: YamlNode | None) -> Story:
        record = self.record(root, "the story", _KEYS, _MANDATORY)
        if record is None:
            return Story("", ())
        title, standfirst = record.text("title"), record.text("standfirst")
        node = record.nodes.get("steps")
        steps: list[StoryStep] = []
        if isinstance(node, Sequence):
            steps = [step for item in node.items if (step := self.step(item))]
            if not node.items:
                record.report(
                    rules.EMPTY_VALUE,
                    node.span,
                    "'steps' is an empty list",
                    "write one step at least",
                )
        elif node is not None:
            record.report(
                rules.WRONG_SHAPE,
                node.span,
                "'steps' must be a list",
                "begin each step with '- title: ...'",
            )
        below = standfirst.text if standfirst else ""
        return Story(title.text if title else "", tuple(steps), below)

    def step(self, node: YamlNode) -> StoryStep | None:
        record = self.record(node, "a step", _STEP_KEYS, ("title", "text"))
        if record is None:
            return None
        title, text = record.text("title"), record.text("text")
        true_on, known_by = self.day(record, "true_on"), self.day(record, "known_by")
        things, assertions = record.references("things"), record.references("assertions")
        for references, is_thing in ((things, True), (assertions, False)):
            for reference in references:
                self.check_reference(reference, is_thing)
                self.pointers.append(Pointer(reference, is_thing, true_on, known_by))
        return StoryStep(
            title.text if title else "",
            self.words(text) if text else (),
            tuple(reference.id for reference in things),
            tuple(reference.id for reference in assertions),
            true_on,
            known_by,
            self.quotation(record.nodes.get("quote"), known_by),
        )

    def quotation(self, node: YamlNode | None, known_by: Day | None) -> Quotation | None:
        record = self.record(node, "a quotation", QUOTE_KEYS, QUOTE_KEYS)
        if record is None:
            return None
        reference, quotation = read_quotation(record, self.draft)
        if reference:
            self.quotations.append(QuotationPlace(reference, quotation, known_by))
        return quotation

    def record(
        self, node: YamlNode | None, what: str, keys: tuple[str, ...], mandatory: tuple[str, ...]
    ) -> Record | None:
        """A mapping as a record; whatever else stands there is wrong."""
        if isinstance(node, Mapping):
            return read_record(node, what, keys, mandatory, self.notes)
        if node is not None:
            shape = "a text" if isinstance(node, Scalar) else "a list"
            message = f"{what} must be a mapping, not {shape}"
            self.notes.report(rules.WRONG_SHAPE, node.span, message, f"known: {', '.join(keys)}")
        return None

    def day(self, record: Record, field: str) -> Day | None:
        """A field that takes one day, as the option of the same name does."""
        date = record.date(field)
        if date is None or date.start_earliest != date.end_latest or date.instant:
            if date:
                record.report(
                    rules.BAD_DATE,
                    record.place(field),
                    f"'{field}' takes one day, not {quoted(date.text)}",
                    "as in 2019-11-16",
                )
            return None
        return date.start_earliest

    def check_reference(self, reference: Reference, is_thing: bool) -> None:
        kind, table = ("thing", self.things) if is_thing else ("assertion", self.assertions)
        self.notes.problems.extend(self.draft.unknown(reference, kind, table))

    def words(self, text: Text) -> Words:
        """A step's text, its links as names."""
        parts: list[str | Name] = []
        position = 0
        places = self.places(text.span)
        for link in LINK.finditer(text.text):
            parts += [text.text[position : link.start()], Name(link["id"], link["words"])]
            position = link.end()
            place = next(places.get(link["id"], iter(())), text.span)
            self.links.append(Reference(link["id"], place))
            self.check_reference(self.links[-1], is_thing=True)
        parts.append(text.text[position:])
        return tuple(part for part in parts if part)

    def places(self, span: Span) -> dict[str, Iterator[Span]]:
        """Return where the links to each id stand within a text, in order; it may be folded over
        several lines.
        """
        places: dict[str, list[Span]] = {}
        for number in range(span.line, min(span.end_line, len(self.lines)) + 1):
            for link in _TARGET.finditer(self.lines[number - 1]):
                column, end = link.start("id") + 1, link.end("id") + 1
                place = Span(span.file, number, column, number, end)
                places.setdefault(link["id"], []).append(place)
        return {id: iter(each) for id, each in places.items()}

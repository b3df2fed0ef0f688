"""Drafts read again with the whole workspace, and written where that gets no new error."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from kg.diagnostics import Diagnostic, KgError, rules
from kg.editing.insertion import Insertion
from kg.files.disk import read_regular
from kg.files.folders import locked
from kg.files.output import write_file, write_files, writing
from kg.files.scaffold import completed_ignore
from kg.files.workspace import TEXTS, Workspace, real_path
from kg.reading import Reading, read
from kg.status.lens import Lens
from kg.text import count_noun, join_and


class NewErrors(KgError):
    """The workspace would have new errors; ``texts`` are the files as they would be, ``done`` is
    what was not done for them.
    """

    def __init__(
        self, errors: tuple[Diagnostic, ...], texts: Mapping[str, str], done: str = "written"
    ) -> None:
        count = count_noun(len(errors), "error")
        super().__init__(f"nothing was {done}: the workspace would get {count}", 1)
        self.errors, self.texts = errors, texts


class Draft(NamedTuple):
    """What is to be written: the insertions, the files as they will be, by name, the workspace as
    it will read, and the warnings that it gets.
    """

    insertions: tuple[Insertion, ...]
    files: Mapping[str, bytes]
    reading: Reading
    warnings: tuple[Diagnostic, ...]

    def line_of(self, insertion: Insertion) -> int:
        """Return the line on which an insertion stands: others may come before it in its file."""
        here = [each for each in _in_order(self.insertions) if each.file == insertion.file]
        above = here[: here.index(insertion)]
        return insertion.line + sum(each.text.count("\n") for each in above)

    def lines_of(self, insertion: Insertion) -> str:
        """Return the lines of its file, as it will be, that an insertion makes or is a part of."""
        text = insertion.text.replace("\r\n", "\n")
        if text.endswith("\n"):
            return text.strip("\n")
        line = self.line_of(insertion)
        lines = self.files[insertion.file].decode("utf-8").replace("\r\n", "\n").split("\n")
        return "\n".join(lines[line - 1 : line + text.count("\n")])


def join_drafts(first: Draft, second: Draft) -> Draft:
    """Return one draft of two, of which the second was prepared from what the first makes."""
    known = {each.file: each.before for each in first.insertions}
    later = (each._replace(before=known.get(each.file, each.before)) for each in second.insertions)
    return Draft(
        (*first.insertions, *later),
        {**first.files, **second.files},
        second.reading,
        (*first.warnings, *second.warnings),
    )


TO_BE_USED = (rules.UNUSED_THING, rules.UNCITED_ARTICLE)
"""Warnings that a new record has until the next one."""


def prepare(reading: Reading, insertions: Iterable[Insertion], id: str) -> Draft:
    """Return what a workspace becomes by some insertions, which make or extend the record of an id;
    nothing is written.

    Raises NewErrors where it would get an error that it has not now, KgError where that record
    would not be read, or another one would be lost.
    """
    drafted = tuple(insertions)
    files = _inserted({file.name: file.data for file in reading.sources.contents}, drafted)
    drafts = {**reading.workspace.drafts, **files}
    after = read(reading.workspace._replace(drafts=drafts), questions=())
    news = new_problems(reading.diagnostics, after.diagnostics)
    if errors := tuple(problem for problem in news if problem.is_error):
        raise NewErrors(errors, after.texts)
    if lost := reading.written.ids - after.written.ids:
        raise KgError(f"nothing was written: '{min(lost)}' would be lost by it", 1)
    if id not in after.written.ids:
        message = f"nothing was written: '{id}' would not be read where it would stand"
        raise KgError(message, 1, hint="kg check tells what is wrong with that file")
    warnings = tuple(each for each in news if each.rule not in TO_BE_USED)
    return Draft(drafted, files, after, warnings)


def write(draft: Draft) -> None:
    """Write a draft: all files are written before the first takes its place.

    Raises KgError where one was changed meanwhile, or cannot be written: then nothing is changed.
    """
    before = {each.file: each.before for each in draft.insertions}
    exchange_files(draft.reading.workspace.root, before, draft.files)


def exchange_files(root: Path, before: Mapping[str, str], after: Mapping[str, bytes]) -> None:
    """Give files of a workspace another content; ``before`` are the fingerprints (SHA-256) of those
    that they had, empty for new ones. All are written before the first takes its place.

    Raises KgError where one was changed meanwhile, or cannot be written: then nothing is changed.
    """
    paths = {name: real_path(root / PurePosixPath(name)) for name in after}
    for name, path in paths.items():
        if not path.is_relative_to(root.resolve()):
            raise KgError(f"{name} leads out of the workspace", 1, hint="name another file: --to")
    with writing(root):
        for path in paths.values():
            path.parent.mkdir(parents=True, exist_ok=True)
        with locked(root):
            for name, path in paths.items():
                data = read_regular(path) if path.exists() else b""
                if (hashlib.sha256(data).hexdigest() if data else "") != before[name]:
                    message = f"{name} was changed meanwhile (nothing was written)"
                    raise KgError(message, 1, hint="give the command again")
            write_files({paths[name]: data for name, data in after.items()}, lambda: None)


def _inserted(contents: Mapping[str, bytes], drafted: Iterable[Insertion]) -> dict[str, bytes]:
    """The files that insertions change, as they will be."""
    texts: dict[str, str] = {}
    for each in reversed(_in_order(drafted)):
        text = texts.get(each.file, contents.get(each.file, b"").decode("utf-8"))
        after = text[each.offset + each.replaced :]
        texts[each.file] = text[: each.offset] + each.text + after
    return {name: text.encode() for name, text in texts.items()}


def _in_order(drafted: Iterable[Insertion]) -> list[Insertion]:
    """Insertions as they will stand; of two at one place the first comes first."""
    return sorted(drafted, key=lambda each: each.offset)


def _law_and_words(problem: Diagnostic) -> tuple[str, str]:
    """What stays of a problem when lines move."""
    return problem.rule.code, problem.message


def new_problems(
    before: Iterable[Diagnostic],
    after: Iterable[Diagnostic],
    key: Callable[[Diagnostic], Hashable] = _law_and_words,
) -> list[Diagnostic]:
    """Return the problems that were not there before; those of one ``key`` are the same."""
    counts = Counter(map(key, before))
    news = []
    for problem in after:
        counts[key(problem)] -= 1
        if counts[key(problem)] < 0:
            news.append(problem)
    return news


def copy_text(workspace: Workspace, path: Path, data: bytes, id: str) -> Path:
    """Put a copy of an article among the texts of a workspace, under the article's id, and return
    where it is; one that lies there already stays. A folder that is made for it is kept out of git.

    Raises KgError where it cannot be written, or another text has that name.
    """
    folder = workspace.texts or workspace.root / TEXTS
    if real_path(path).parent == real_path(folder):
        return path
    copy = folder / f"{id}.txt"
    if copy.exists() and copy.read_bytes() != data:
        raise KgError(f"{copy} is another text", 1, hint="give another --id, or move it away")
    if folder == workspace.root / TEXTS:
        ignore = workspace.root / ".gitignore"
        write_file(ignore, completed_ignore(ignore))
    write_file(copy, data)
    return copy


def sentence_of(draft: Draft, id: str) -> str:
    """Return what the record of an id says, in the words of ``kg why``; nothing where the workspace
    has errors.
    """
    reading = draft.reading
    if reading.data_errors:
        return ""
    if id in reading.written.assertions:
        statement = reading.under(Lens()).statements[id]
        return f"{statement.sentence} [{id}, {statement.status}]"
    if id in reading.written.articles:
        article = reading.written.articles[id]
        publishers = [reading.written.things[each.id].label for each in article.publishers]
        when = f"{join_and(publishers)}, {article.published_text}"
        return (
            f"'{article.title.text}' ({when}), {count_noun(article.paragraphs, 'paragraph')} [{id}]"
        )
    thing = reading.written.things[id]
    kind = reading.ontology.classes[thing.type.id].label
    names = dict.fromkeys(alias.name.text for alias in thing.aliases)
    others = ", ".join(name for name in names if name != thing.label)
    return f"{thing.label}, {kind}{f', also called {others}' if others else ''} [{id}]"

"""Drafts read again with the whole workspace, and written where that gets no new error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from kg.diagnostics import Diagnostic, KgError, findings, rules
from kg.editing.insertion import Insertion, RecordDraft, fingerprint_of
from kg.files.disk import read_regular
from kg.files.folders import lock_folder, replace_each
from kg.files.output import report_write_errors, write_file
from kg.files.scaffold import keep_out_of_git
from kg.files.workspace import TEXTS, Workspace, real_path
from kg.reading import Reading, read
from kg.status.lens import Lens
from kg.text import count_noun, join_and


def refuse_errors(
    problems: Iterable[Diagnostic], texts: Mapping[str, str], deed: str = "written"
) -> None:
    """Raise KgError where some of the problems that a workspace would get are errors; ``texts`` are
    the files as they would be, ``deed`` is what is not done then.
    """
    if errors := [each for each in problems if each.is_error]:
        message = f"nothing was {deed}: the workspace would get {count_noun(len(errors), 'error')}"
        raise KgError(message, 1, findings=findings.findings_as_text(errors, texts))


class DraftPart(NamedTuple):
    """Text that a draft writes: its file, its line there, the YAML, and the fingerprint of the file
    before.
    """

    file: str
    line: int
    yaml: str
    before: str


class Draft(NamedTuple):
    """What is to be written: the id of a record, the texts that make it, the files as they will be,
    by name, the workspace as it will read, and the warnings that it gets.
    """

    id: str
    parts: tuple[DraftPart, ...]
    files: Mapping[str, bytes]
    reading: Reading
    warnings: tuple[Diagnostic, ...]


def join_drafts(first: Draft, second: Draft) -> Draft:
    """Return one draft of two, of which the second was prepared from what the first makes."""
    texts = {each.file: each.before for each in first.parts}
    later = (each._replace(before=texts.get(each.file, each.before)) for each in second.parts)
    return Draft(
        second.id,
        (*first.parts, *later),
        {**first.files, **second.files},
        second.reading,
        (*first.warnings, *second.warnings),
    )


TO_BE_USED = (rules.UNUSED_THING, rules.UNCITED_ARTICLE)
"""Warnings that a new record has until the next one."""


def prepare_draft(reading: Reading, record: RecordDraft) -> Draft:
    """Return what a workspace becomes by a record that is made or extended; nothing is written.

    Raises KgError where it would get an error that it has not now, where that record would not be
    read, or another one would be lost.
    """
    id, insertions = record
    files = _insert_all({file.name: file.data for file in reading.sources.contents}, insertions)
    drafts = {**reading.workspace.drafts, **files}
    after = read(reading.workspace._replace(drafts=drafts), questions=())
    news = new_problems(reading.diagnostics, after.diagnostics)
    refuse_errors(news, after.texts)
    if lost_ids := reading.written.ids - after.written.ids:
        raise KgError(f"nothing was written: '{min(lost_ids)}' would be lost by it", 1)
    if id not in after.written.ids:
        message = f"nothing was written: '{id}' would not be read where it would stand"
        raise KgError(message, 1, hint="kg check tells what is wrong with that file")
    warnings = tuple(each for each in news if each.rule not in TO_BE_USED)
    return Draft(id, tuple(_parts_of(insertions, files)), files, after, warnings)


def write_draft(draft: Draft) -> None:
    """Write a draft: all files are written before the first takes its place.

    Raises KgError where one was changed meanwhile, or cannot be written: then nothing is changed.
    """
    root = draft.reading.workspace.root
    with lock_folder(root):
        exchange_files(root, {each.file: each.before for each in draft.parts}, draft.files)


def exchange_files(
    root: Path,
    before: Mapping[str, str],
    after: Mapping[str, bytes],
    between: Callable[[], object] = lambda: None,
) -> None:
    """Give files of a workspace another content, in their order; ``before`` are the fingerprints of
    what they had. All are written before the first takes its place, and ``between`` is called then.
    To be called under the lock of the workspace.

    Raises KgError where one was changed meanwhile, or cannot be written: then nothing is changed.
    """
    contents: dict[Path, bytes] = {}
    with report_write_errors(root):
        for name, data in after.items():
            path = real_path(root / PurePosixPath(name))
            if not path.is_relative_to(root.resolve()):
                message = f"{name} leads out of the workspace"
                raise KgError(message, 1, hint="name another file: --to")
            if fingerprint_of(read_regular(path) if path.exists() else b"") != before[name]:
                message = f"{name} was changed meanwhile (nothing was written)"
                raise KgError(message, 1, hint="give the command again")
            path.parent.mkdir(parents=True, exist_ok=True)
            contents[path] = data
        replace_each(contents, between)


def _insert_all(contents: Mapping[str, bytes], insertions: Iterable[Insertion]) -> dict[str, bytes]:
    """The files that insertions change, as they will be."""
    texts: dict[str, str] = {}
    for each in reversed(_in_order(insertions)):
        text = texts.get(each.file, contents.get(each.file, b"").decode("utf-8"))
        after = text[each.offset + each.replaced :]
        texts[each.file] = text[: each.offset] + each.text + after
    return {name: text.encode() for name, text in texts.items()}


def _parts_of(insertions: Sequence[Insertion], files: Mapping[str, bytes]) -> Iterator[DraftPart]:
    """Yield where insertions stand in files as they will be, each with the lines that it makes or
    is a part of.
    """
    in_order = _in_order(insertions)
    for each in insertions:
        above = in_order[: in_order.index(each)]
        line = each.line + sum(one.text.count("\n") for one in above if one.file == each.file)
        yaml = each.text.replace("\r\n", "\n")
        if not yaml.endswith("\n"):
            lines = files[each.file].decode("utf-8").replace("\r\n", "\n").split("\n")
            yaml = "\n".join(lines[line - 1 : line + yaml.count("\n")])
        else:
            yaml = yaml.strip("\n")
        yield DraftPart(each.file, line, yaml, each.before)


def _in_order(insertions: Iterable[Insertion]) -> list[Insertion]:
    """Insertions as they will stand; of two at one place the first comes first."""
    return sorted(insertions, key=lambda each: each.offset)


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


def copy_text(workspace: Workspace, path: Path, id: str) -> Path:
    """Put a copy of an article among the texts of a workspace, under the article's id, and return
    where it is; one that lies there already stays. A folder that is made for it is kept out of git.

    Raises KgError where it cannot be written, or another text has that name.
    """
    folder = workspace.texts or workspace.root / TEXTS
    if real_path(path).parent == real_path(folder):
        return path
    copy, data = folder / f"{id}.txt", read_regular(path)
    if copy.exists() and copy.read_bytes() != data:
        raise KgError(f"{copy} is another text", 1, hint="give another --id, or move it away")
    if folder == workspace.root / TEXTS:
        keep_out_of_git(workspace.root)
    write_file(copy, data)
    return copy


def tell_record(reading: Reading, id: str) -> str:
    """Return what the record of an id says, in the words of ``kg why``; nothing where the workspace
    has errors.
    """
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

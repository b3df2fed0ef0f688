"""What is kept of a reading gives what reading gives, or is as good as not there."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import stat
from collections.abc import Iterator
from dataclasses import replace
from functools import cache as cache_of_call
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import REPOSITORY, Kg
from corpora import worlds
from hypothesis import HealthCheck, given, settings

from kg.cli.sources import version_reading
from kg.dates import Day
from kg.diagnostics import Span
from kg.export.redaction import redact_reading
from kg.files import cache
from kg.files.cache import Cache, fingerprint, open_cache, without_cache
from kg.files.versions import open_version
from kg.files.workspace import SourceFile, Workspace
from kg.model.references import Reference
from kg.ontology import Ontology
from kg.ontology.reader import read_ontology
from kg.reading import Reading, read
from kg.reading.reading_cache import known_ontology
from kg.reports.open_questions import as_said_by
from kg.site.files import Site
from kg.sources.entries import CLASSES
from kg.sources.loader import Loaded, RecordCache, load_corpus
from kg.status.lens import Lens

SPANS = (Span,)
SPAN = Span("a.yaml", 1, 2, 3, 4)


@cache_of_call
def ontology() -> Ontology:
    files = Workspace(REPOSITORY).files("ontology", (".ttl",)).contents
    return read_ontology(files)[0]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    """The cache of a workspace, among caches that are nobody else's."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    opened = open_cache(tmp_path)
    assert opened
    return opened


def entries(kept: Cache) -> list[Path]:
    return sorted(path for path in kept.folder.iterdir() if path.name != "workspace")


def without_places(loaded: Loaded) -> Loaded:
    """What is loaded, but for the places of ids and how much was known."""
    return loaded._replace(references=(), reused=0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(world=worlds())
def test_what_is_kept_of_any_world_is_what_reading_it_gives(kept: Cache, world: object) -> None:
    files = [SourceFile("sources/world.yaml", json.dumps(world, indent=1).encode())]
    known = RecordCache(kept, "")
    read_anew = load_corpus(files, ontology())
    first, second = load_corpus(files, ontology(), known), load_corpus(files, ontology(), known)
    assert without_places(first) == without_places(second) == without_places(read_anew)
    assert second.reused or any(d.is_error for d in read_anew.diagnostics)


def test_what_is_kept_of_the_example_is_what_reading_it_gives(
    kept: Cache, repository: Path
) -> None:
    files = Workspace(repository).files("sources", (".yaml",)).contents
    known = RecordCache(kept, "")
    read_anew = load_corpus(files, ontology())
    load_corpus(files, ontology(), known)
    second = load_corpus(files, ontology(), known)
    assert second.reused == len(files)
    assert without_places(second) == without_places(read_anew)


@pytest.fixture
def large(repository: Path, tmp_path: Path, kept: Cache) -> Workspace:
    """A workspace that is large enough to be kept, of two files."""
    root = tmp_path / "large"
    (root / "sources").mkdir(parents=True)
    shutil.copytree(repository / "ontology", root / "ontology")
    (root / "sources" / "things.yaml").write_text(
        "articles:\n  art: {title: T, publisher: press, originator: press, published: 2019-03, "
        "paragraphs: 9, text_sha256: " + "0" * 64 + "}\n"
        "actors:\n  press: {type: MediaOrganization, label: Press}\n"
        "  alpha: {type: State, label: Alpha}\n  beta: {type: State, label: Beta}\n"
    )
    said = "  - {id: a, subject: alpha, predicate: meets, object: beta, when: 2018, cite: {art: 1}}"
    (root / "sources" / "said.yaml").write_text(f"assertions:\n{said}\n")
    return Workspace(root)


def found(reading: Reading) -> object:
    return reading.written, reading.diagnostics, reading.verification


def edit(workspace: Workspace, old: str, new: str) -> None:
    """Exchange as many bytes for others, at the same time of change as far as a file tells."""
    path = workspace.root / "sources" / "said.yaml"
    status = path.stat()
    path.write_text(path.read_text().replace(old, new))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2018", "2017"),
        ("meets", "metts"),
        ("{art: 1}", "{ark: 9}"),
        ("assertions:", "assertions: ["),
    ],
)
def test_a_changed_byte_is_seen_and_only_its_file_is_read(
    large: Workspace, old: str, new: str
) -> None:
    assert read(large, questions=()).reused == 0
    edit(large, old, new)
    after = read(large, questions=())
    assert after.reused == 1
    with without_cache():
        assert found(read(large, questions=())) == found(after)
    assert found(read(large, questions=())) == found(after)


def test_a_changed_ontology_makes_all_be_read_again(large: Workspace) -> None:
    read(large, questions=())
    with open(large.root / "ontology" / "dataset.ttl", "a") as file:
        file.write("# changed")
    assert read(large, questions=()).reused == 0


def test_what_is_kept_of_an_ontology_is_what_reading_it_gives(
    large: Workspace, kept: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("", "kg:mine a kg:Relation .\n", "not Turtle\n"):
        with open(large.root / "ontology" / "dataset.ttl", "a") as file:
            file.write(text)
        files = large.files("ontology", (".ttl",)).contents
        anew, problems = read_ontology(files)
        known_ontology(large.root, files)
        known_ontology.cache_clear()
        with monkeypatch.context() as unread:
            unread.setattr("kg.ontology.reader.read_ontology", None)
            known, told = known_ontology(large.root, files)
        assert (known, known.quads, told) == (anew, anew.quads, problems)
        [entry] = kept.folder.parent.glob("*/ontology")
        entry.write_bytes(b"damaged")
        known_ontology.cache_clear()
        assert known_ontology(large.root, files) == (anew, problems)


def test_what_another_version_kept_is_not_used(
    large: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(large, questions=())
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    cache._code_stamp.cache_clear()
    try:
        assert read(large, questions=()).reused == 0
    finally:
        monkeypatch.undo()
        cache._code_stamp.cache_clear()


def test_without_a_cache_a_build_has_the_same_bytes(large: Workspace) -> None:
    read(large, questions=())
    reused = read(large, questions=())
    with without_cache():
        anew = read(large, questions=())
    assert (reused.reused, anew.reused) == (2, 0)
    assert Site(reused.under(Lens())).all_files() == Site(anew.under(Lens())).all_files()


def standings_of(reading: Reading) -> list[object]:
    """All that a reading judges, in its order."""
    judgement = reading.under(Lens()).judgement
    return [
        list(judgement.standings.items()),
        list(judgement.corpus.assertions),
        *judgement[:1],
        *judgement[2:],
    ]


def test_what_is_kept_of_a_judgement_is_what_judging_gives(workspace: Path, kept: Cache) -> None:
    readings = [read(Workspace(workspace), questions=()) for _ in range(3)]
    first = standings_of(readings[0])
    second = standings_of(readings[1])
    assert readings[1].reused
    with without_cache():
        assert standings_of(read(Workspace(workspace), questions=())) == first == second
    under_lens = readings[2].under(Lens(according_to=("gov-japan",)))
    anew = replace(under_lens, reading_cache=None)
    assert [*under_lens.standings] == [*anew.standings]
    assert str(under_lens.standings) == str(anew.standings)


def test_what_is_kept_of_a_graph_is_what_writing_gives(
    workspace: Path, kept: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    with without_cache():
        anew = read(Workspace(workspace), questions=()).nquads
    assert read(Workspace(workspace), questions=()).nquads == anew
    with monkeypatch.context() as unwritten:
        unwritten.setattr("kg.rdf.writer.write_graph", None)
        assert read(Workspace(workspace), questions=()).nquads == anew
    earlier = Lens(known_by=Day(2019, 3, 1))
    assert read(Workspace(workspace), questions=()).under(earlier).nquads != anew


COMMANDS = (
    "why radar-lock-on",
    "why gsomia --inferred",
    "why gsomia --known-by 2019-11-16",
    "status gsomia --on 2019-09-01",
    "timeline gsomia",
    "disputes",
    "query parties --param pact=gsomia --evidence",
    "query contested --true-on 2019-09-01",
    "query contested --according-to gov-japan",
    "report --all",
    "analyse",
    "path japan south-korea",
    "export --format csv",
    "export --format csv --redact Person",
    "export --format nq --redact Person",
    "disputes --on 2019-09-01",
)


def test_every_command_says_with_what_is_kept_what_it_says_without(
    workspace: Path, tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    assert all(kg(*words.split(), cwd=workspace).code == 0 for words in COMMANDS[4:7])
    for words in COMMANDS:
        known = kg(*words.split(), cwd=workspace)
        anew = kg("--no-cache", *words.split(), cwd=workspace)
        assert (known.code, known.stdout, known.stderr) == (0, anew.stdout, anew.stderr), words


def test_what_is_kept_is_never_told_of_other_words(workspace: Path, kept: Cache) -> None:
    for _ in range(2):
        assert read(Workspace(workspace), questions=()).under(Lens()).nquads
    with without_cache():
        anew = read(Workspace(workspace), questions=())
    known = read(Workspace(workspace), questions=())
    assert known.reused

    def others(each: Reading) -> list[Reading]:
        return [redact_reading(each, ["Person"]), as_said_by(each, Day(2019, 3, 1))]

    for told, right in zip(others(known), others(anew), strict=True):
        assert standings_of(told) == standings_of(right)
        assert told.nquads == right.nquads


def test_check_says_what_it_reused_and_no_cache_reuses_nothing(
    large: Workspace, kept: Cache, kg: Kg
) -> None:
    first, second = kg("check", cwd=large.root), kg("check", cwd=large.root)
    assert "read 2 files: " in first.stdout
    assert second.stdout == first.stdout.replace("2 files", "2 files (2 known from the cache)", 1)
    assert kg("check", "--no-cache", cwd=large.root).stdout == first.stdout
    assert kg("check", cwd=large.root, env={"KG_CACHE": "off"}).stdout == first.stdout


def test_only_what_the_last_reading_used_is_kept(large: Workspace, kept: Cache) -> None:
    for year in ("2017", "2016", "2015"):
        read(large, questions=())
        edit(large, f"when: {int(year) + 1}", f"when: {year}")
    folders = [path for path in kept.folder.parent.iterdir() if path != kept.folder]
    [mine] = [path for path in folders if (path / "workspace").read_text() == str(large.root)]
    read(large, questions=())
    # The ontology, two files, what the checks found, and how many stand against each other.
    kept_last = entries(Cache(mine))
    assert len(kept_last) == 5
    # What is read with drafts is perhaps never written.
    said = (large.root / "sources" / "said.yaml").read_bytes()
    drafts = {"sources/said.yaml": said.replace(b"when", b"said")}
    assert read(large._replace(drafts=drafts), questions=()).reused == 1
    assert set(kept_last) < set(entries(Cache(mine)))


def test_of_an_earlier_version_only_what_has_changed_since_is_read(
    large: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(large.root, tmp_path / "earlier")
    edit(large, "2018", "2017")
    read(large, questions=())
    with open_version(large, str(tmp_path / "earlier")) as version:
        earlier = version_reading(version, Lens(), large)
        with without_cache():
            assert found(earlier) == found(version_reading(version, Lens(), large))
    assert earlier.reused == 1
    # Nothing is kept of it.
    assert read(large, questions=()).reused == 2
    assert read(version.workspace, questions=()).reused == 0


def test_the_cache_of_a_workspace_that_is_no_more_goes(kept: Cache, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    cache_of_gone = open_cache(gone)
    assert cache_of_gone
    gone.rmdir()
    assert open_cache(tmp_path / "another")
    assert not cache_of_gone.folder.exists()
    assert kept.folder.exists()


@pytest.fixture
def entry(kept: Cache) -> Path:
    kept.keep("key", [SPAN], SPANS)
    assert kept.find("key", SPANS) == [SPAN]
    return kept.folder / "key"


def test_a_damaged_entry_is_none(kept: Cache, entry: Path) -> None:
    whole = entry.read_bytes()
    damaged: list[bytes] = [whole[:n] for n in range(len(whole))]
    damaged += [whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(len(whole))]
    for data in (*damaged, whole + b"."):
        entry.write_bytes(data)
        assert kept.find("key", SPANS) is None


class Evil:
    """Whoever reads it as Python would runs a command."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.mark),)


def test_an_entry_makes_nothing_but_values_of_the_classes_asked_for(
    kept: Cache, entry: Path, tmp_path: Path
) -> None:
    for value in (Evil(tmp_path / "mark"), Reference("a", SPAN), os.path.join, eval, Span.start):
        try:
            data = pickle.dumps(value)
        except (pickle.PicklingError, TypeError):
            continue
        entry.write_bytes(sha256(data).digest() + data)
        assert kept.find("key", SPANS) is None
    assert not (tmp_path / "mark").exists()


def test_what_others_can_write_to_is_not_used(kept: Cache, entry: Path, tmp_path: Path) -> None:
    entry.chmod(0o666)
    assert kept.find("key", SPANS) is None
    entry.chmod(0o600)
    assert kept.find("key", SPANS) == [SPAN]
    entry.rename(tmp_path / "elsewhere")
    entry.symlink_to(tmp_path / "elsewhere")
    assert kept.find("key", SPANS) is None
    for folder in (kept.folder, kept.folder.parent):
        folder.chmod(0o777)
        assert open_cache(tmp_path) is None
        folder.chmod(0o700)
    moved = kept.folder.rename(tmp_path / "moved")
    kept.folder.symlink_to(moved)
    assert open_cache(tmp_path) is None


def test_a_cache_is_closed_to_others(kept: Cache) -> None:
    for folder in (kept.folder, kept.folder.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_where_nothing_can_be_kept_all_is_read(large: Workspace, kept: Cache) -> None:
    before = found(read(large, questions=()))
    for path in kept.folder.parent.iterdir():
        path.rename(path.with_name(f"old-{path.name}"))
        path.write_text("a file in the way")
    assert found(read(large, questions=())) == before


@pytest.fixture
def writer(kept: Cache) -> Iterator[int]:
    """A process that keeps one of two values under a key, again and again."""
    child = os.fork()
    if not child:
        for number in range(1_000_000):
            kept.keep("key", [SPAN._replace(line=number % 2)] * 2000, SPANS)
        os._exit(0)
    yield child
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_two_writers_and_one_that_is_killed_leave_the_old_value_or_the_new(
    kept: Cache, writer: int
) -> None:
    values = [[SPAN._replace(line=line)] * 2000 for line in (0, 1)]
    kept.keep("key", values[1], SPANS)
    for turn in range(100):
        assert kept.find("key", SPANS) in values
        if turn == 50:
            os.kill(writer, signal.SIGSTOP)
        if turn % 10 == 0:
            kept.keep("key", values[0], SPANS)


def test_a_fingerprint_tells_what_is_put_together_of_other_parts() -> None:
    assert len({fingerprint("ab", "c"), fingerprint("a", "bc"), fingerprint("abc")}) == 3
    assert all(each.__module__.startswith("kg.") for each in CLASSES)

"""Write the graph and all pages to site/.

Check the workspace and, if it has no errors, write graph.nq, graph.ttl, one HTML page for each
view, and, of up to 20,000 assertions, one for each record and each saved question. The same
workspace gives the same bytes. Files appear whole or not at all; where nothing has changed since
the last build, and all of its files are whole, none is made again (kg --no-cache build makes all).
Of a large graph a store is kept beside the files (site/.graph-*.store): kg query asks it in place.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.lens import lens_options, say_lens, selected_lens
from kg.cli.options import options
from kg.cli.sources import checked_reading, opened_workspace, relative_path, version_reading
from kg.diagnostics import KgError
from kg.text import count_noun
from kg.text.characters import quoted

if TYPE_CHECKING:
    from kg.files.workspace import Workspace
    from kg.reading import Reading
    from kg.site.edition import Earlier
    from kg.site.workers import SiteFiles


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "--out DIR": "where to write (default: site/ in the workspace)",
            "--base-url URL": (
                "where the site will be published: each page of a record then names its address"
            ),
            "--since VERSION": (
                "tell on a page and in a feed what changed since a tag or commit of git, or since "
                "an "
                "earlier copy in a folder"
            ),
            "--graph-only": "write the graph and its store, and no pages",
            "--jobs N": "make pages in so many processes (default: one a processor)",
        },
    )
    lens_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the graph and the pages, then the store that questions ask."""
    from kg.files.last_build import last_build
    from kg.files.outcome import read_state
    from kg.files.output import SITE, output_folder
    from kg.files.workspace import real_path
    from kg.reading.stores import keep_store

    begun, workspace = time.time_ns(), opened_workspace(arguments)
    folder, lens = output_folder(workspace, arguments.out), selected_lens(arguments)
    state = None if arguments.since else read_state(workspace)
    if arguments.graph_only and (arguments.since or arguments.base_url):
        hint = "leave out --graph-only, or --since and --base-url"
        raise KgError(
            "--since and --base-url are told on pages, and --graph-only has none", 2, hint
        )
    options = f"{lens!r} {arguments.base_url} {arguments.graph_only} {Path.cwd()}"
    last = last_build(state, folder, options, begun) if state else None
    last_words = last.find() if last else None
    if last_words:
        sys.stdout.write(last_words)
    else:
        last_words = _write(folder, arguments, begun, state.workspace if state else workspace)
        if last and last_words:
            last.keep(last_words)
    # What was read and made is let go first: a large store takes memory of its own.
    is_asked = not lens and folder == real_path(workspace.root / SITE)
    keep_store(folder, is_asked=is_asked)
    say_lens(lens, sys.stdout)
    return 0


def base_url(text: str) -> str:
    """Return an address of the web with a slash at its end, or nothing. Raises KgError where a text
    is none.
    """
    from kg.sources.addresses import url_problem

    problem = url_problem(text) if text else ""
    if not problem and ("?" in text or "#" in text):
        problem = "pages stand below it, so it holds no '?' and no '#'"
    if problem:
        raise KgError(
            f"--base-url takes an address of the web, not {quoted(text)}: {problem}",
            hint="as in --base-url https://example.org/row/",
        )
    return f"{text.rstrip('/')}/" if text else ""


def _page_folders(folder: Path, files: SiteFiles) -> Iterator[str]:
    """Yield a line for each folder with pages of records: how many, and how large."""
    sizes: dict[str, list[int]] = {}
    pages = Counter[str]()
    for name in files:
        part, _, page = name.partition("/")
        if page:
            sizes.setdefault(part, []).append(files.size(name))
            pages[part] += page.endswith(".html")
    for part, each in sorted(sizes.items()):
        place = relative_path(folder / part)
        yield f"{place}/  {count_noun(pages[part], 'page')}, {sum(each):,} bytes"


def _earlier(reading: Reading, arguments: argparse.Namespace) -> Earlier | None:
    """Return what a build is compared with, if that is named."""
    from kg.files.versions import open_version
    from kg.site.edition import compare

    if not arguments.since:
        return None
    with open_version(reading.workspace, arguments.since) as version:
        earlier = version_reading(version, reading.lens, reading.workspace)
        return compare(earlier, version.name, reading)


def _warn_of_lost_pages(reading: Reading, earlier: Earlier | None, folder: Path) -> None:
    """Say which pages of records the version or else the build before has, and this one has not."""
    from kg.diagnostics import findings
    from kg.files.output import read_manifest
    from kg.site.addresses import find_addresses
    from kg.site.edition import Edition
    from kg.site.redirects import find_lost

    if reading.lens:
        return
    manifest = read_manifest(folder)
    before = manifest.get("files", ())
    published = earlier.addresses if earlier else tuple(find_addresses(before))
    lost_pages = tuple(find_lost(published, Edition(reading, lambda _: None, earlier=earlier)))
    if lost_pages:
        print(findings.findings_as_text(lost_pages, {}), end="", file=sys.stderr)


def _room(folder: Path, reading: Reading) -> Path:
    """The folder that is there, of one to be written and those above it. Where the graph is asked
    on the disk, it is made now.
    """
    from kg.files.output import report_write_errors
    from kg.site.index import has_records

    if not has_records(reading):
        with report_write_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def _write(folder: Path, arguments: argparse.Namespace, begun: int, workspace: Workspace) -> str:
    """Write the files of a build and say which; return what is to be said where nothing has changed
    when they are asked for again: nothing where a limit stopped a question, which is tried again
    then. ``begun`` is when the workspace began to be read.
    """
    from kg.files.output import write_site
    from kg.site.files import Site
    from kg.site.graph_files import graph_files
    from kg.site.workers import processors

    reading = checked_reading(arguments, with_views=True, workspace=workspace)
    jobs, room = arguments.jobs or processors(), _room(folder, reading)
    if arguments.graph_only:
        files = graph_files(reading, jobs, room)
    else:
        earlier = _earlier(reading, arguments)
        address = base_url(arguments.base_url or "")
        files = Site(reading, address, earlier).all_files(jobs, room)
        _warn_of_lost_pages(reading, earlier, folder)
    # A build under a lens is not what the sources say now: no query may take it for that.
    version = f"{reading.lens}" if reading.lens else reading.inputs.version
    write_site(folder, files, replace(reading.inputs, version=version, read_ns=begun))
    names = sorted(name for name in files if "/" not in name)
    lines = [f"{relative_path(folder / name)}  {files.size(name):,} bytes" for name in names]
    lines += _page_folders(folder, files)
    assertions, warnings = len(reading.corpus.assertions), len(reading.diagnostics)
    summary = f"{count_noun(len(files), 'file')} from {count_noun(assertions, 'assertion')}"
    warned = f"; {count_noun(warnings, 'warning')}: kg check" if warnings else ""
    source_files = count_noun(len(reading.sources.contents), "source file")
    reused = f" ({reading.reused} of {source_files} known from the cache)" if reading.reused else ""
    print(*lines, f"built {summary}{reused}{warned}", sep="\n")
    lines.append(f"nothing has changed since the last build: {summary}{warned}\n")
    return "" if files.was_stopped else "\n".join(lines)

"""Counts what can be read of pictures in Chromium: crossings, lines through shapes that they do not
tie, names that lines strike, and names shown; then how soon each page answers (response.py).

usage: python benchmarks/legibility.py [--sizes 40,300,5000] [SITE]

SITE is a folder of built pages (default: site). The generated pages are those of
benchmarks/pages.py, placed anew; at 1280 x 800 and 390 x 844.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE), str(HERE.parent / "tests")]
from pages import chromium, invented, look  # noqa: E402
from readable import Legibility, legibility  # noqa: E402
from response import table  # noqa: E402

from kg.page import render_view, sizes  # noqa: E402
from kg.viz.layout import place_things  # noqa: E402

SCREENS = ((1280, 800), (390, 844))
HEAD = (
    f"{'page':<14} {'width':>5} {'things':>6} {'lines':>6} {'crossings':>9} {'through':>7}"
    f" {'struck':>6} {'breaking':>8} {'covered':>7} {'named':>6} {'lying':>6}"
)


def generated(things: int) -> str:
    """Return the page of an invented network of so many things."""
    picture, style = invented(things), look()
    start = time.process_time()
    pairs = [(tie.source, tie.target) for tie in picture.ties]
    places = place_things([node.id for node in picture.nodes], pairs, sizes(picture, style))
    print(f"{things} things placed in {time.process_time() - start:.1f} CPU-s")
    return render_view(picture, places, style)


def count(browser: Browser, file: Path) -> Iterator[tuple[int, Legibility]]:
    """Yield the width of each screen with what can be read of a page there."""
    for width, height in SCREENS:
        page = browser.new_page(viewport={"width": width, "height": height})
        # The picture of the whole, without the step of a story.
        page.goto(f"{file.as_uri()}#?")
        page.wait_for_function("() => globalThis.actorKg && actorKg.picture.figures.length > 0")
        page.wait_for_timeout(300)
        page.wait_for_function("() => !actorKg.picture.work.isGoingOn")
        yield width, legibility(page)
        page.close()


def line(file: Path, width: int, found: Legibility) -> str:
    """Return the line of the table for a page on a screen."""
    return (
        f"{file.stem:<14} {width:>5} {found.things:>6} {found.lines:>6} {found.crossings:>9}"
        f" {found.through:>7} {found.struck:>6} {found.breaking:>8} {found.covered:>7}"
        f" {found.share_named:>6.0%} {found.lying:>6}"
    )


def main() -> None:
    """Measure every page on every screen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", nargs="?", default="site", help="folder of built pages")
    parser.add_argument("--sizes", default="40,300,5000", help="things, by commas")
    arguments = parser.parse_args()
    program = chromium()
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder:
        pages = sorted(Path(arguments.site).resolve().glob("*.html"))
        files = [page for page in pages if 'id="picture"' in page.read_text("utf-8")]
        for things in filter(None, arguments.sizes.split(",")):
            file = Path(folder, f"generated-{things}.html")
            file.write_text(generated(int(things)), "utf-8")
            files.append(file)
        print(HEAD)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=sandbox)
            for file in files:
                for width, found in count(browser, file):
                    print(line(file, width, found), flush=True)
            browser.close()
        print()
        for row in table(files, program):
            print(row, flush=True)


if __name__ == "__main__":
    main()

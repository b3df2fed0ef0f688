"""Makes docs/screenshots from the example's pages, in the browser of this machine: python
tests/screenshots.py
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from kg.files.workspace import Workspace
from kg.reading import read
from kg.site.pages import build_pages

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = REPOSITORY / "docs" / "screenshots"


CONTESTED = "#assertion/pact-linked-to-trade"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to take: of which view in which state, how wide, light or dark."""

    view: str
    width: int
    theme: Literal["light", "dark"]
    address: str
    state: str = ""

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return "-".join(filter(None, (self.view, self.state, str(self.width), self.theme)))


SHOTS = (
    Shot("actors", 1280, "light", "#?"),
    Shot("actors", 1280, "dark", "#thing/japan", "focus"),
    Shot("gsomia", 1280, "light", CONTESTED),
    Shot("gsomia", 1280, "dark", "#step/4", "story"),
    Shot("gsomia", 1280, "light", "#?by=2019-11-16&on=2019-11-15", "lens"),
    Shot("disputes", 1280, "light", "#?view=positions", "positions"),
    Shot("gsomia", 390, "light", "#step/1", "story"),
    Shot("gsomia", 390, "dark", CONTESTED),
)


def take(browser: Browser, shot: Shot, page_file: Path) -> None:
    """Write one picture."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": 844 if shot.width < 500 else 800},
        color_scheme=shot.theme,
    )
    page = context.new_page()
    page.goto(page_file.as_uri() + shot.address)
    page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / f"{shot.name}.png")
    context.close()


def main() -> None:
    """Write all pictures."""
    program = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if program is None:
        sys.exit("no Chromium on this machine")
    made = build_pages(read(Workspace(REPOSITORY)))
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=sandbox)
        for name, content in made.items():
            Path(folder, name).write_bytes(content)
        for shot in SHOTS:
            take(browser, shot, Path(folder, f"{shot.view}.html"))
        browser.close()


if __name__ == "__main__":
    main()

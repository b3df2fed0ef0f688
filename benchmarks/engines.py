"""Opens pages in Firefox and WebKitGTK, wide and as narrow as their windows get, where these are
installed, and counts in each what can be read (readable.py), as legibility.py does in Chromium.

usage: python benchmarks/engines.py [--pictures FOLDER] PAGE ...

Firefox is driven over Marionette and WebKitGTK (MiniBrowser) by WebKitWebDriver within Xvfb; Debian
has them as firefox-esr, webkit2gtk-driver and xvfb. Needs no package of Python beside the tests'.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE), str(HERE.parent / "tests")]
from readable import COUNT, Legibility  # noqa: E402

SCREENS = ((1280, 800), (390, 844))
RESTS = """
    const picture = window.actorKg && actorKg.picture;
    return Boolean(picture) && picture.figures.length > 0 && !picture.work.isGoingOn;
"""
PATIENCE = 240


class Firefox:
    """Firefox over Marionette: messages in JSON, each behind its length."""

    def __init__(self, port: int) -> None:
        self._socket = _connected(port)
        self._file, self._number = self._socket.makefile("rb"), 0
        self._read()
        self._ask("WebDriver:NewSession", {})

    def _read(self) -> Any:
        length = b""
        while (digit := self._file.read(1)) != b":":
            length += digit
        return json.loads(self._file.read(int(length)))

    def _ask(self, command: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            sys.exit(f"firefox: {error['message']}")
        return result.get("value") if isinstance(result, dict) and "value" in result else result

    def resize(self, width: int, height: int) -> None:
        """Give the page so many pixels."""
        for _ in range(2):
            inner = self.run("return [innerWidth, innerHeight, outerWidth, outerHeight]")
            size = {"width": width + inner[2] - inner[0], "height": height + inner[3] - inner[1]}
            self._ask("WebDriver:SetWindowRect", size)

    def open(self, address: str) -> None:
        """Open a page."""
        self._ask("WebDriver:Navigate", {"url": "about:blank"})
        self._ask("WebDriver:Navigate", {"url": address})

    def run(self, script: str) -> Any:
        """Return what a script returns."""
        return self._ask("WebDriver:ExecuteScript", {"script": script, "args": []})

    def picture(self) -> bytes:
        """Return what is seen, as PNG."""
        return base64.b64decode(self._ask("WebDriver:TakeScreenshot", {"full": False}))


class WebDriver:
    """A browser behind an HTTP server for WebDriver."""

    def __init__(self, port: int, capabilities: dict[str, Any]) -> None:
        _connected(port).close()
        self._base = f"http://127.0.0.1:{port}"
        value = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self._base += f"/session/{value['sessionId']}"

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["value"]

    def resize(self, width: int, height: int) -> None:
        """Give the page so many pixels."""
        for _ in range(2):
            inner = self.run("return [innerWidth, innerHeight]")
            rect = self._ask("GET", "/window/rect")
            size = {
                "width": rect["width"] + width - inner[0],
                "height": rect["height"] + height - inner[1],
            }
            self._ask("POST", "/window/rect", size)
            time.sleep(0.5)

    def open(self, address: str) -> None:
        """Open a page."""
        self._ask("POST", "/url", {"url": "about:blank"})
        self._ask("POST", "/url", {"url": address})

    def run(self, script: str) -> Any:
        """Return what a script returns."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": []})

    def picture(self) -> bytes:
        """Return what is seen, as PNG."""
        return base64.b64decode(self._ask("GET", "/screenshot"))


Engine = Firefox | WebDriver


def _connected(port: int) -> socket.socket:
    """Return a connection to a program that has just been started."""
    begun = time.monotonic()
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), PATIENCE)
        except OSError:
            if time.monotonic() - begun > PATIENCE:
                raise
            time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(*command: str, **environment: str) -> Iterator[None]:
    """Run a program meanwhile."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=quiet, stderr=quiet
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def firefox(stack: ExitStack) -> Engine | None:
    """Start Firefox, if it is there."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        return None
    profile, port = stack.enter_context(tempfile.TemporaryDirectory()), _free_port()
    Path(profile, "user.js").write_text(f'user_pref("marionette.port", {port});\n', "utf-8")
    stack.enter_context(started(program, "--headless", "--marionette", "--profile", profile))
    return Firefox(port)


def webkit(stack: ExitStack) -> Engine | None:
    """Start WebKitGTK's small browser, if it is there."""
    program, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"))
    if not (program and screen and browsers):
        return None
    display, port = f":{90 + _free_port() % 900}", _free_port()
    stack.enter_context(started(screen, display, "-screen", "0", "1400x1000x24"))
    stack.enter_context(started(program, f"--port={port}", DISPLAY=display, GDK_BACKEND="x11"))
    options = {"binary": str(browsers[-1]), "args": ["--automation"]}
    return WebDriver(port, {"webkitgtk:browserOptions": options})


ENGINES = {"Firefox": firefox, "WebKitGTK": webkit}


def seen(engine: Engine, page: Path, width: int, height: int) -> Legibility:
    """Return what can be read of a page on a screen, once its picture rests."""
    engine.resize(width, height)
    engine.open(f"{page.as_uri()}#?")
    begun = time.monotonic()
    while not engine.run(RESTS):
        if time.monotonic() - begun > PATIENCE:
            sys.exit(f"{page.name}: the picture did not come to rest")
        time.sleep(0.2)
    return Legibility(*engine.run(f"return ({COUNT})()"))


def main() -> None:
    """Open every page in every engine that there is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGE")
    parser.add_argument("--pictures", type=Path, help="folder for what is seen, as PNG")
    arguments = parser.parse_args()
    for name, start in ENGINES.items():
        with ExitStack() as stack:
            engine = start(stack)
            if engine is None:
                print(f"{name}: not installed")
                continue
            print(f"{name}: {engine.run('return navigator.userAgent')}")
            for page in arguments.pages:
                for width, height in SCREENS:
                    found = seen(engine, page.resolve(), width, height)
                    print(
                        f"{name:<10} {page.stem:<12} {engine.run('return innerWidth'):>5}"
                        f" through {found.through} struck {found.struck} covered {found.covered}"
                        f" named {found.share_named:.0%}",
                        flush=True,
                    )
                    if arguments.pictures:
                        arguments.pictures.mkdir(exist_ok=True)
                        file = f"{name}-{page.stem}-{width}.png"
                        (arguments.pictures / file).write_bytes(engine.picture())


if __name__ == "__main__":
    main()

"""Times pages in Chromium, without a GPU: ours against stock pyvis, vis-network used directly, and
Cytoscape.js.

usage: (cd benchmarks && npm ci --ignore-scripts) && python benchmarks/pages.py [--sizes
100,1000,5000,20000]

Every page shows the same invented network, twice as many ties as things; vis-network and
Cytoscape.js are given our positions. A page is stable when its browser has used next to no CPU for
half a second. CPU seconds are those of all processes of a browser started for this page alone, less
what an empty page takes.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kg.page import Style, render_view, sizes, style
from kg.view.network import network
from kg.view.picture import Node, Picture
from kg.viz.layout.layout import place_graph

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tests"))
from pictures import picture_of  # noqa: E402

LIMIT = 180.0
"""Seconds after which a page that never rests is given up."""

KINDS = (
    ("State", ("State", "Actor")),
    ("Person", ("Person", "Actor")),
    ("Treaty", ("Treaty", "Pact")),
)
STATUSES = ("accepted", "accepted", "accepted", "attributed", "contested", "prospective")


def invented(things: int) -> Picture:
    """A network that grows by preference for what is tied already; every tie has citations."""
    chance = random.Random(things)
    nodes = tuple(
        Node(f"n{n}", f"{KINDS[n % 3][0]} number {n}", (), KINDS[n % 3][0], KINDS[n % 3][1])
        for n in range(things)
    )
    ends: list[int] = [0]
    ties = []
    for number in range(2 * things):
        one = number % things
        other = chance.choice(ends)
        if other == one:
            other = (one + 1) % things
        ends += [one, other]
        ties.append((f"n{one}", "is party to", f"n{other}", chance.choice(STATUSES)))
    return picture_of(nodes, ties)


def look() -> Style:
    """The example's style."""
    return style("style.yaml", (HERE.parent / "viz" / "style.yaml").read_bytes())


def ours(picture: Picture, where: dict[str, tuple[int, int]]) -> str:
    """Our page."""
    return render_view(picture, where, look())


def stock(picture: Picture, _where: object) -> str:
    """pyvis as it comes, everything in one file, with its own physics."""
    from pyvis.network import Network

    drawing = Network(directed=True, cdn_resources="in_line")
    for node in picture.nodes:
        drawing.add_node(node.id, label=node.label)
    for tie in picture.ties:
        drawing.add_edge(tie.source, tie.target, title=tie.label)
    return str(drawing.generate_html(notebook=False))


def plain_vis(picture: Picture, where: dict[str, tuple[int, int]]) -> str:
    """vis-network by hand: our positions, no physics."""
    code = (HERE / "node_modules/vis-network/standalone/umd/vis-network.min.js").read_text("utf-8")
    nodes = [
        {"id": n.id, "label": n.label, "x": where[n.id][0], "y": where[n.id][1]}
        for n in picture.nodes
    ]
    edges = [{"from": tie.source, "to": tie.target, "arrows": "to"} for tie in picture.ties]
    options = {"physics": False, "layout": {"improvedLayout": False}, "edges": {"smooth": False}}
    return (
        "<!doctype html><meta charset=utf-8><div id=p style='height:780px'></div>"
        f"<script>{code}</script><script>new vis.Network(document.getElementById('p'),"
        f"{{nodes:{json.dumps(nodes)},edges:{json.dumps(edges)}}},{json.dumps(options)})</script>"
    )


def cytoscape(picture: Picture, where: dict[str, tuple[int, int]]) -> str:
    """Cytoscape.js by hand: our positions."""
    code = (HERE / "node_modules/cytoscape/dist/cytoscape.min.js").read_text("utf-8")
    made: list[object] = [
        {
            "data": {"id": n.id, "label": n.label},
            "position": {"x": where[n.id][0], "y": where[n.id][1]},
        }
        for n in picture.nodes
    ]
    made += [
        {"data": {"id": f"e{number}", "source": tie.source, "target": tie.target}}
        for number, tie in enumerate(picture.ties)
    ]
    return (
        "<!doctype html><meta charset=utf-8><div id=p style='height:780px'></div>"
        f"<script>{code}</script><script>cytoscape({{container:document.getElementById('p'),layout:{{name:'preset'}},"
        "style:[{selector:'node',style:{label:'data(label)'}},{selector:'edge',style:{'target-arrow-shape':'triangle',"
        f"'curve-style':'straight'}}}}],elements:{json.dumps(made)}}})</script>"
    )


def cpu_seconds(parent: int) -> float:
    """User and system time of a process and all that descend from it, as far as they still run."""
    kin, total = {parent}, 0.0
    stats = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            stats.append((int(entry.name), int(fields[1]), int(fields[11]) + int(fields[12])))
    for _ in range(6):
        kin |= {pid for pid, above, _ in stats if above in kin}
    total = sum(ticks for pid, _, ticks in stats if pid in kin)
    return total / os.sysconf("SC_CLK_TCK")


def browser_pid(profile: str) -> int:
    """The browser that uses this profile folder."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if f"--user-data-dir={profile}".encode() in words and not any(
                w.startswith(b"--type=") for w in words
            ):
                return int(entry.name)
    sys.exit("the browser was not found in /proc")


def rested(pid: int) -> float:
    """CPU seconds until half a second has passed almost without any."""
    begun, before, calm = time.monotonic(), cpu_seconds(pid), 0
    while calm < 3 and time.monotonic() - begun < LIMIT:
        time.sleep(0.25)
        now = cpu_seconds(pid)
        calm = calm + 1 if now - before < 0.02 else 0
        before = now
    return before if calm >= 3 else float("inf")


def measured(
    file: Path, program: str, then: Callable[[Page], float] | None = None
) -> tuple[float, float]:
    """CPU seconds to a stable page, and what a further look at it gives."""
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=program,
            headless=True,
            args=[*sandbox, "--disable-gpu", "--disable-background-networking"],
            viewport={"width": 1280, "height": 800},
        )
        pid = browser_pid(profile)
        opened = context.pages[0]
        opened.goto("about:blank")
        rested(pid)
        start = cpu_seconds(pid)
        opened.goto(file.as_uri(), wait_until="commit")
        taken = rested(pid) - start
        found = then(opened) if then and taken != float("inf") else 0.0
        context.close()
    return taken, found


COUNT = """() => {
    globalThis.drawn = 0;
    const step = () => { globalThis.drawn += 1; requestAnimationFrame(step); };
    requestAnimationFrame(step);
}"""


def frames(opened: Page) -> float:
    """Frames per second while the picture is dragged and zoomed by the mouse, for two seconds."""
    free = """() => {
        for (let x = 60; x < 700; x += 7) {
            for (let y = 60; y < 500; y += 7) {
                const { kind } = actorKg.picture.at(x, y);
                if (kind === 'nothing') return [x + 204, y + 90];
            }
        }
        return [214, 100];
    }"""
    x, y = opened.evaluate(free)
    opened.mouse.move(x, y)
    opened.evaluate(COUNT)
    begun = time.monotonic()
    opened.mouse.down()
    step = 0
    while time.monotonic() - begun < 1:
        step += 1
        opened.mouse.move(x + 200 * math.sin(step / 10), y)
    opened.mouse.up()
    while time.monotonic() - begun < 2:
        step += 1
        opened.mouse.wheel(0, 40 if step % 40 < 20 else -40)
        opened.wait_for_timeout(16)
    return float(opened.evaluate("() => globalThis.drawn")) / (time.monotonic() - begun)


def chromium() -> str:
    """Where this machine's Chromium is; ends the program where there is none."""
    names = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    return program or sys.exit("no Chromium on this machine")


def main() -> None:
    """Measure every page at every size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="100,1000,5000,20000", help="things, by commas")
    parser.add_argument("--only", default="", help="ours, pyvis, vis-network or Cytoscape.js")
    arguments = parser.parse_args()
    program = chromium()
    kinds = {"ours": ours, "pyvis": stock, "vis-network": plain_vis, "Cytoscape.js": cytoscape}
    print(f"{'things':>7}  {'page':<13} {'MB':>6}  {'CPU-s':>7}  {'frames/s':>8}")
    for size in map(int, arguments.sizes.split(",")):
        picture = invented(size)
        start = time.process_time()
        where = dict(place_graph(network(picture), sizes(picture, look())))
        print(f"{size:>7}  (placed in {time.process_time() - start:.1f} CPU-s)")
        for name, make in kinds.items():
            if arguments.only not in ("", name):
                continue
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder, "page.html")
                file.write_text(make(picture, where), "utf-8")
                taken, rate = measured(file, program, frames if name == "ours" else None)
                said = f"{taken:7.2f}" if taken != float("inf") else f"> {LIMIT:.0f} s"
                print(
                    f"{'':>7}  {name:<13} {file.stat().st_size / 1e6:6.2f}  {said:>7}  "
                    f"{rate or '':>8.4}",
                    flush=True,
                )


if __name__ == "__main__":
    main()

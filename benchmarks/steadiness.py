"""What reliability.py measures of builds, texts, bad inputs and the W3C's tests."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY), "OPENBLAS_NUM_THREADS": "1"}
KG = (sys.executable, "-m", "kg")
SEEDS = ("0", "1", "4242")
PLACES = (("C.UTF-8", "UTC"), ("POSIX", "Asia/Tokyo"))
RDFLIB = """
import hashlib, rdflib, sys
data = rdflib.Dataset().parse(sys.argv[1], format="nquads")
text = "".join(data.serialize(format=form) for form in ("nquads", "trig"))
print(hashlib.sha256(text.encode()).hexdigest())
"""


def environments() -> list[dict[str, str]]:
    """Environments that differ in what must not matter."""
    return [
        {**ENVIRONMENT, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        for seed, (locale, zone) in itertools.product(SEEDS, PLACES)
    ]


def builds_of_kg(workspace: Path) -> tuple[int, int]:
    """How many builds there were, and with how many different results."""
    results = set()
    for environment in environments():
        shutil.rmtree(workspace / "site", ignore_errors=True)
        subprocess.run((*KG, "build"), cwd=workspace, env=environment, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        sums = [hashlib.sha256(each.read_bytes()) for each in sorted((workspace / "site").iterdir())
                if each.is_file()]  # fmt: skip
        results.add("".join(each.hexdigest() for each in sums))
    return len(environments()), len(results)


def builds_of_rdflib(graph: Path) -> int:
    """How many different files rdflib writes of one graph, in as many runs."""
    words = (sys.executable, "-c", RDFLIB, str(graph))
    return len(
        {
            subprocess.run(words, env=each, check=True, capture_output=True).stdout
            for each in environments()
        }
    )


def naughty_strings(names: Sequence[str], scratch: Path) -> tuple[int, int, str]:
    """How many strings are taken as labels, how many come back as they are, and how often a page of
    them ran a script or asked for something.
    """
    folder = scratch / "naughty"
    subprocess.run((*KG, "init", str(folder)), check=True, env=ENVIRONMENT, capture_output=True)
    for source in (folder / "sources").iterdir():
        source.unlink()
    file = folder / "sources" / "names.yaml"
    labels = dict(enumerate(names))
    while True:
        file.write_text(_world(labels))
        words = (*KG, "check", "--format", "json")
        ran = subprocess.run(words, cwd=folder, env=ENVIRONMENT, check=False, capture_output=True)
        lines = {
            each["line"]
            for each in json.loads(ran.stdout)["findings"]
            if each["severity"] == "error"
        }
        bad = {int(match[1]) for line in lines if (match := _KEY.match(_line(file, line)))}
        if not bad:
            break
        labels = {number: name for number, name in labels.items() if number not in bad}
    subprocess.run((*KG, "build"), cwd=folder, env=ENVIRONMENT, check=True, capture_output=True)
    question = "SELECT ?n ?l { ?t a kg:State ; rdfs:label ?l BIND(STRAFTER(STR(?t), '/z') AS ?n) }"
    words = (*KG, "query", "-", "--format", "json")
    ran = subprocess.run(words, cwd=folder, env=ENVIRONMENT, check=True, capture_output=True,
                         input=question.encode())  # fmt: skip
    found = json.loads(ran.stdout)["results"]["bindings"]
    back = {int(row["n"]["value"].rpartition("z")[2]): row["l"]["value"] for row in found}
    # White space at the ends of a label is no part of it.
    same = sum(back.get(number) == name.strip() for number, name in labels.items())
    return len(labels), same, _open_page(folder / "site" / "everything.html")


_KEY = re.compile(r"  z(\d+): ")


def _line(file: Path, number: int) -> str:
    return file.read_text().split("\n")[number - 1]


def _quoted(name: str) -> str:
    """A text in the quotes of YAML, which writes what lies beyond U+FFFF otherwise than JSON."""
    letters = (
        each if each.isprintable() and each not in '"\\' else f"\\U{ord(each):08x}" for each in name
    )
    return f'"{"".join(letters)}"'


def _world(labels: dict[int, str]) -> str:
    lines = ["actors:", "  press: {type: MediaOrganization, label: Press}"]
    lines += [f"  z{n}: {{type: State, label: {_quoted(name)}}}" for n, name in labels.items()]
    lines += ["articles:", "  wire: {title: T, publisher: press, originator: press,"]
    lines += [f"    published: 2020-01-01, paragraphs: 9, text_sha256: '{0:064d}'}}", "assertions:"]
    said = "predicate: meets, object: press, cite: {wire: [1]}"
    lines += [f"  - {{subject: z{number}, {said}}}" for number in labels]
    return "\n".join(lines) + "\n"


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def _open_page(page: Path) -> str:
    """Open a page in Chromium: how many scripts of its texts ran (as dialogs or errors), and how
    many requests it made.
    """
    from playwright.sync_api import sync_playwright

    scripts: list[str] = []
    requests: list[str] = []
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("dialog", lambda dialog: (scripts.append(dialog.message), dialog.dismiss()))
        tab.on("pageerror", lambda error: scripts.append(str(error)))
        tab.on("request", lambda request: requests.append(request.url))
        tab.goto(page.as_uri())
        tab.wait_for_timeout(5000)
        browser.close()
    return f"{len(scripts)}, {sum(not url.startswith(('file:', 'data:')) for url in requests)}"


def read_by_rdflib(names: Sequence[str]) -> int:
    """How many strings rdflib writes as N-Triples and reads back as they were."""
    import rdflib

    same = 0
    for name in names:
        graph = rdflib.Graph()
        node = rdflib.URIRef("https://example.org/x")
        graph.add((node, rdflib.RDFS.label, rdflib.Literal(name)))
        again = rdflib.Graph().parse(data=graph.serialize(format="nt"), format="nt")
        same += [str(value) for value in again.objects()] == [name]
    return same


def bad_inputs(runner: Path, scratch: Path) -> tuple[int, int]:
    """How many inputs of the corpus are handled as it says, and how many are not."""
    template = scratch / "template"
    subprocess.run((*KG, "init", str(template)), check=True, env=ENVIRONMENT, capture_output=True)
    for view in set((template / "viz").glob("*.rq")) - {template / "viz" / "everything.rq"}:
        view.unlink()
    words = (sys.executable, str(runner), "--kg", f"{shlex.quote(sys.executable)} -m kg",
             "--workspace-template", str(template), "--slack", "4", "--half", "open")  # fmt: skip
    ran = subprocess.run(words, env=ENVIRONMENT, check=False, capture_output=True, text=True)
    print(ran.stdout, file=sys.stderr)
    passed, failed = re.findall(r"(\d+) (?:passed|failed)", ran.stdout.splitlines()[-1])
    return int(passed), int(failed)


def answers_of_w3c(archive: Path) -> tuple[int, int, int, int]:
    """How many tests there are, and how many kg, its engine and rdflib pass."""
    sys.path.insert(0, str(REPOSITORY / "tests"))
    import pyoxigraph as ox
    from test_w3c import engine, kg_query  # type: ignore[import-not-found, unused-ignore]
    from w3c import (  # type: ignore[import-not-found, unused-ignore]
        Answer,
        passes,
        read_result,
        read_suite,
    )

    def by_rdflib(store: ox.Store, text: str, base: str) -> Answer:
        import rdflib

        graph = rdflib.Dataset()
        graph.parse(data=store.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
        try:
            result = graph.query(text, base=base)
            if result.type in ("CONSTRUCT", "DESCRIBE"):
                data = result.serialize(format="nt") or b""
                quads = ox.parse(data, ox.RdfFormat.N_TRIPLES)
                return Answer(triples=tuple(quad.triple for quad in quads))
            data = result.serialize(format="json") or b""
            return read_result(ox.parse_query_results(data, ox.QueryResultsFormat.JSON))
        except Exception as error:
            raise ValueError(str(error)) from error

    suite = list(read_suite(archive))
    counts = [sum(passes(test, ask) for test in suite) for ask in (kg_query, engine, by_rdflib)]
    return len(suite), counts[0], counts[1], counts[2]

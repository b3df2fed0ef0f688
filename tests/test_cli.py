"""The command as a real process: exit codes, streams, encodings, and the first use of every
command.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from clipage import commands
from conftest import OFFLINE, REPOSITORY, Kg, hear_signals

from kg import __version__
from kg.cli.parser import build_parser
from kg.files.scaffold import start_workspace

NAMES = [name for name, _, _ in commands(build_parser())]
SOURCE = """\
articles:
  wire-2020:
    {title: One, publisher: wire, originator: wire, published: 2020, paragraphs: 3,
     text_sha256: FINGERPRINT}
actors:
  arden: {type: State, label: Arden}
  brell: {type: State, label: ブレル, aliases: [Bréll]}
  wire: {type: MediaOrganization, label: Wire}
pacts:
  pact: {type: Treaty, label: Pact}
assertions:
  - {id: fact, subject: arden, predicate: partyTo, object: pact, when: 1998/..,
     cite: {wire-2020: [1]}}
  - {id: claim, subject: brell, predicate: contravenes, object: pact, according_to: arden,
     cite: {wire-2020: [2]}}
  - {id: denial, denies: claim, according_to: brell, cite: {wire-2020: [3]}}
""".replace("FINGERPRINT", "0" * 64)


@pytest.fixture
def row(tmp_path: Path) -> Path:
    """A new workspace with three assertions."""
    start_workspace(tmp_path / "row", example=False)
    (tmp_path / "row" / "sources" / "start-here.yaml").write_text(SOURCE, "utf-8")
    return tmp_path / "row"


def test_the_version_is_that_of_the_package(kg: Kg) -> None:
    ran = kg("--version")
    assert (ran.code, ran.stdout, ran.stderr) == (0, f"kg {__version__}\n", "")


def test_help_lists_every_command(kg: Kg) -> None:
    ran = kg("--help")
    assert (ran.code, ran.stderr) == (0, "")
    assert all(f"\n    {name.split()[0]}" in ran.stdout for name in NAMES)
    assert "exit codes: 0 " in ran.stdout


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_without_a_workspace(kg: Kg, name: str) -> None:
    ran = kg(*name.split(), "--help")
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith(f"usage: kg {name}")
    described = next(
        command.description for each, _, command in commands(build_parser()) if each == name
    )
    assert described
    assert described in ran.stdout


def test_options_of_kg_itself_may_stand_behind_every_command() -> None:
    own = {"-C", "--texts", "--no-texts", "--no-cache"}
    for name, _, command in commands(build_parser()):
        taken = {option for action in command._actions for option in action.option_strings}
        assert own <= taken, name


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say everything that is wrong, in one run"),
        (("chekc",), "invalid choice: 'chekc'"),
        (("ad",), "\n  hint: did you mean 'add'?\n"),
        (("add", "actr"), "\n  hint: did you mean 'actor'?\n"),
        (("check", "--formt", "json"), "unrecognized arguments: --formt"),
        (("check", "\x1b[31mx"), r"unrecognized arguments: \x1b[31mx"),
        (("check", "--format", "xml"), "invalid choice: 'xml'"),
        (("why",), "the following arguments are required: ID"),
        (("query", "parties", "--timeout", "soon"), "'soon' is not a number of seconds"),
        (("query", "parties", "--most-rows", "0"), "'0' is not a whole number from 1"),
        (("why", "arden", "--status", "true"), "invalid choice: 'true'"),
        (("completion", "csh"), "invalid choice: 'csh'"),
    ],
)
def test_wrong_usage_is_told_on_standard_error_and_ends_with_2(
    kg: Kg, arguments: tuple[str, ...], said: str
) -> None:
    ran = kg(*arguments)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("usage: kg")
    assert said in ran.stderr


def at_the_end_of(*words: str, told: str) -> list[str]:
    """The words of what Python tells when a command has ended."""
    code = f"import atexit, gc, sys; atexit.register(lambda: print({told}, file=sys.stderr));"
    code += f"from kg.cli import main; main({list(words)})"
    line = [sys.executable, "-c", code]
    done = subprocess.run(line, capture_output=True, text=True, check=True, timeout=60)
    return done.stderr.split()


def loaded_by(*words: str) -> set[str]:
    """The modules that a command loads."""
    return set(at_the_end_of(*words, told="*sys.modules"))


def test_python_looks_for_no_rings_when_a_command_has_ended() -> None:
    assert at_the_end_of("help", "check", told="gc.get_freeze_count() > 0") == ["True"]


@pytest.mark.parametrize("options", [(), ("--no-cache", "-C", "view", "--texts", "query")])
def test_a_command_loads_no_other_one(options: tuple[str, ...]) -> None:
    loaded = loaded_by(*options, "help", "check")
    assert {"kg.cli.help", "kg.cli.check"} <= loaded
    assert loaded.isdisjoint({"kg.cli.query", "kg.cli.view", "kg.cli.mcp"})


def test_what_is_known_of_a_workspace_is_told_without_what_reads_it(
    row: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    readers = {"yaml", "pyoxigraph", "kg.checks.laws", "kg.ontology.reader"}
    assert readers <= loaded_by("-C", str(row), "disputes")
    assert loaded_by("-C", str(row), "disputes").isdisjoint(readers)


@pytest.mark.parametrize("name", ["check", "build", "query", "why", "view", "ontology"])
def test_a_folder_that_is_no_workspace_is_told_with_the_next_step(
    kg: Kg, name: str, tmp_path: Path
) -> None:
    ran = kg(name, *(["arden"] if name in ("why", "query") else []))
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"kg: no workspace at {tmp_path}: it has no ontology folder\n"
        "  hint: start one: kg init DIR\n"
    )


def test_the_workspace_is_named_or_found_at_or_above_where_one_stands(
    kg: Kg, row: Path, tmp_path: Path
) -> None:
    deeper = row / "sources" / "pacts" / "old"
    deeper.mkdir(parents=True)
    answers = [kg("query", "parties", cwd=folder) for folder in (row, deeper)]
    answers += [
        kg("-C", folder, "query", "parties")
        for folder in ("row", row, tmp_path / "row" / "sources" / "..")
    ]
    assert {(answer.code, answer.stderr) for answer in answers} == {(0, "")}
    assert len({answer.stdout for answer in answers}) == 1
    assert kg("-C", deeper, "check").code == 2
    assert kg("-C", "nowhere", "check").stderr == f"kg: {tmp_path / 'nowhere'} is not a folder\n"


def test_a_workspace_within_another_is_told(kg: Kg, row: Path) -> None:
    made = kg("init", "mine", cwd=row / "sources")
    assert made.code == 0
    assert made.stderr.startswith(f"kg: mine lies inside of another workspace, {row}\n")
    assert kg("init", "../beside", cwd=row).stderr == ""


def test_a_new_workspace_checks_and_builds(kg: Kg, tmp_path: Path) -> None:
    made = kg("init", "row")
    assert (made.code, made.stderr) == (0, "")
    assert made.stdout.endswith("next: kg -C row check\nhow to go on: kg help tutorial\n")
    checked = kg("-C", "row", "check")
    assert (checked.code, checked.stdout.splitlines()[-1]) == (0, "0 errors, 0 warnings")
    built = kg("-C", "row", "build")
    assert (built.code, built.stderr) == (0, "")
    names = {
        path.name for path in (tmp_path / "row" / "site").iterdir() if not path.name.startswith(".")
    }
    assert names >= {"graph.nq", "graph.ttl", "everything.html", "build.json"}
    assert all(f"row/site/{name}" in built.stdout for name in names - {"build.json"})


def test_the_example_checks_without_a_warning(kg: Kg) -> None:
    assert kg("init", "--example", "example").code == 0
    checked = kg("-C", "example", "check")
    assert (checked.code, checked.stdout.splitlines()[-1]) == (0, "0 errors, 0 warnings")


def test_a_folder_with_anything_in_it_is_left_alone(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("dear", "utf-8")
    refused = kg("init", "mine")
    assert (refused.code, refused.stdout) == (2, "")
    assert (
        refused.stderr
        == "kg: mine exists and is not empty\n  hint: name a new folder: kg init DIR\n"
    )
    assert os.listdir(tmp_path / "mine") == ["thesis.txt"]
    (tmp_path / "empty").mkdir()
    assert kg("init", "empty").code == 0


def test_warnings_end_with_0_errors_with_1_the_unreadable_with_2_and_limits_with_3(
    kg: Kg, row: Path
) -> None:
    source = row / "sources" / "more.yaml"
    codes = {}
    for name, data in {
        "warning": b"actors: {lonely: {type: Person, label: Lonely}}",
        "error": b"actors: {lonely: {type: Persona, label: Lonely}}",
        "unreadable": b"actors: {lonely: {type: Person, label: L\xf6nely}}",
        "limit": b"[" * 65 + b"]" * 65,
    }.items():
        source.write_bytes(data)
        ran = kg("check", cwd=row)
        assert ran.stderr == ""
        codes[name] = ran.code
    assert codes == {"warning": 0, "error": 1, "unreadable": 2, "limit": 3}
    assert kg("query", "parties", "--most-rows", "1", cwd=row).code == 3
    source.unlink()
    limited = kg("query", "contested", "--most-rows", "1", cwd=row)
    assert (limited.code, limited.stdout) == (3, "")
    assert "the limit of 1 rows" in limited.stderr


@pytest.mark.parametrize("command", [("build",), ("view",), ("why", "arden"), ("query", "parties")])
def test_nothing_is_made_of_sources_with_errors(
    kg: Kg, row: Path, command: tuple[str, ...]
) -> None:
    (row / "sources" / "more.yaml").write_text(
        "actors: {lonely: {type: Persona, label: Lonely}}", "utf-8"
    )
    ran = kg(*command, cwd=row)
    assert (ran.code, ran.stdout) == (1, "")
    assert "sources/more.yaml:1:25" in ran.stderr
    assert "[KG301]" in ran.stderr
    assert not (row / "site").exists()


def test_why_tells_who_says_and_who_denies_and_where(kg: Kg, row: Path) -> None:
    ran = kg("why", "claim", cwd=row)
    assert (ran.code, ran.stderr) == (0, "")
    assert "Arden says that ブレル contravenes Pact." in ran.stdout
    assert "contested" in ran.stdout
    assert "ブレル denies that ブレル contravenes Pact" in ran.stdout
    assert "wire-2020, paragraph 2: 'One' (Wire, 2020)" in ran.stdout
    assert "wire-2020, paragraph 3: 'One' (Wire, 2020)" in ran.stdout


def test_why_is_json_for_programs(kg: Kg, row: Path) -> None:
    ran = kg("why", "claim", "--format", "json", cwd=row)
    told = json.loads(ran.stdout)
    assert (told["asked"], told["articles"][0]["id"]) == ("claim", "wire-2020")
    (claim,), (denial,) = told["assertions"], told["beside"]
    assert (claim["id"], claim["status"], claim["against"]) == ("claim", "contested", ["denial"])
    assert claim["words"] == "Arden says that ブレル contravenes Pact"
    assert denial["citations"] == [{"article": "wire-2020", "paragraph": 3, "times": 1}]


@pytest.mark.parametrize(
    ("id", "assertions"), [("arden", 2), ("pact", 3), ("wire-2020", 3), ("fact", 1), ("brell", 2)]
)
def test_why_answers_for_things_articles_and_assertions(
    kg: Kg, row: Path, id: str, assertions: int
) -> None:
    ran = kg("why", id, "--format", "json", cwd=row)
    assert len(json.loads(ran.stdout)["assertions"]) == assertions


def test_sparql_in_the_place_of_a_name_is_told_where_it_goes(kg: Kg, row: Path) -> None:
    told = kg("query", "SELECT ?x WHERE { ?x a/rdfs:label ?y }", cwd=row)
    assert (told.code, told.stdout) == (2, "")
    assert "hint: kg query - reads it from standard input" in told.stderr


def test_a_parameter_that_is_given_twice_is_refused(kg: Kg, row: Path) -> None:
    told = kg("query", "about", "--param", "thing=arden", "--param", "thing=brell", cwd=row)
    assert (told.code, told.stdout) == (2, "")
    assert "--param names thing twice: 'arden' and 'brell'" in told.stderr


def test_a_mistake_in_a_map_is_told_with_the_path_that_leads_to_it(kg: Kg, row: Path) -> None:
    (row / "maps").mkdir()
    (row / "maps" / "tax.yaml").write_text("tables:\n  tax.csv: {}\n", "utf-8")
    assert kg("import", "maps/tax.yaml", cwd=row).stderr.startswith("kg: maps/tax.yaml:2:3: ")
    (row / "maps" / "tax.yaml").write_text("dir: ../dat\ntables: {}\n", "utf-8")
    told = kg("import", "maps/tax.yaml", cwd=row).stderr
    assert told.endswith("hint: 'dir:' is told from the folder of the map\n")


def test_an_unknown_name_is_told_with_the_nearest_one(kg: Kg, row: Path) -> None:
    for arguments, known in (
        (("why", "ardem"), "arden"),
        (("query", "partees"), "parties"),
        (("view", "evrything"), "everything"),
        (("ontology", "partyto"), "partyTo"),
        (("query", "parties", "--param", "pct=pact"), "pact"),
        (("query", "parties", "--param", "pact=pakt"), "pact"),
        (("why", "arden", "--according-to", "ardem"), "arden"),
    ):
        ran = kg(*arguments, cwd=row)
        assert ran.code in (1, 2), arguments
        assert ran.stdout == ""
        assert ran.stderr.endswith(f"  hint: did you mean '{known}'?\n"), arguments


def test_the_ontology_is_listed_and_told_term_by_term(kg: Kg, row: Path) -> None:
    listed = kg("ontology", "--all", cwd=row)
    assert (listed.code, listed.stderr) == (0, "")
    assert "\nPactTie:\n" in listed.stdout
    assert "Actor -> Pact" in next(
        line for line in listed.stdout.splitlines() if line.startswith("  partyTo ")
    )
    assert "Actor -> Pact" in kg("ontology", "partyTo", cwd=row).stdout
    assert "special kind of: Agreement" in kg("ontology", "Treaty", cwd=row).stdout


def test_a_query_is_a_saved_one_a_file_or_standard_input(kg: Kg, row: Path, tmp_path: Path) -> None:
    text = (row / "queries" / "parties.rq").read_text("utf-8")
    (tmp_path / "mine.rq").write_text(text, "utf-8")
    asked = [
        kg("query", "parties", cwd=row),
        kg("query", "queries/parties.rq", cwd=row),
        kg("-C", row, "query", "mine.rq"),
        kg("query", "-", cwd=row, stdin=text),
    ]
    assert {(answer.code, answer.stderr) for answer in asked} == {(0, "")}
    assert len({answer.stdout for answer in asked}) == 1
    assert "arden" in asked[0].stdout
    listed = kg("query", "--list", cwd=row)
    assert {path.stem for path in (row / "queries").glob("*.rq")} <= set(listed.stdout.split())


def test_a_view_is_written_where_asked_with_another_title(kg: Kg, row: Path) -> None:
    ran = kg("view", "everything", "--out", "public", "--title", "Who & <what>", cwd=row)
    assert (ran.code, ran.stderr) == (0, "")
    page = (row / "public" / "everything.html").read_text("utf-8")
    assert "<title>Who &amp; &lt;what&gt;" in page
    assert not (row / "site").exists()


def test_a_build_goes_nowhere_among_what_the_curator_wrote(kg: Kg, row: Path) -> None:
    before = sorted(path.relative_to(row) for path in row.rglob("*"))
    for out in ("sources/site", "queries", ".", "..", "sources/start-here.yaml"):
        ran = kg("build", "--out", out, cwd=row)
        assert (ran.code, ran.stdout) == (2, ""), out
        assert "cannot build to" in ran.stderr
    for command in (("schema",), ("dossier", "arden", "--force"), ("check", "--schema")):
        option = () if "--schema" in command else ("--out",)
        ran = kg(*command, *option, "sources/start-here.yaml", cwd=row)
        assert ran.code == 2, command
        assert "cannot write to" in ran.stderr
    assert (row / "sources" / "start-here.yaml").read_text("utf-8") == SOURCE
    assert sorted(path.relative_to(row) for path in row.rglob("*")) == before


def test_what_is_printed_is_utf_8_whatever_the_language_of_the_system(kg: Kg, row: Path) -> None:
    plain = {
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    for arguments in (
        ("why", "claim"),
        ("query", "about", "--param", "thing=brell"),
        ("query", "names"),
        ("check",),
    ):
        here = kg(*arguments, cwd=row)
        there = kg(*arguments, cwd=row, env=plain)
        assert (there.code, there.stdout, there.stderr) == (here.code, here.stdout, here.stderr)
    assert "ブレル" in kg("why", "claim", cwd=row, env=plain).stdout
    unknown = kg("why", "ブレ", cwd=row, env=plain)
    assert (unknown.code, unknown.stdout) == (2, "")
    assert unknown.stderr.startswith("kg: nothing here is called")


@pytest.mark.parametrize(
    "arguments",
    [
        ("why", "brelll"),
        ("status", "brelll", "--on", "2024-03-01"),
        ("timeline", "brelll"),
        ("disputes", "brelll"),
        ("path", "brell", "ardenn"),
        ("analyse", "--between", "brell", "ardenn"),
        ("ontology", "partyToo"),
        ("query", "abouut"),
        ("query", "about", "--param", "thing=brelll"),
        ("view", "everythingg"),
        ("rename", "brelll", "brell-2"),
        ("cite", "gazettte", "words", "--texts", "."),
    ],
    ids=" ".join,
)
def test_to_ask_for_what_is_not_there_is_wrong_usage(
    kg: Kg, row: Path, arguments: tuple[str, ...]
) -> None:
    asked = kg(*arguments, cwd=row)
    assert (asked.code, asked.stdout) == (2, "")
    assert asked.stderr.startswith("kg: ")
    assert " is called '" in asked.stderr or "no record has the id 'brelll'" in asked.stderr


def test_a_command_prints_its_own_usage_where_it_does_not_know_an_option(kg: Kg, row: Path) -> None:
    asked = kg("timeline", "--formt", "json", cwd=row)
    assert (asked.code, asked.stdout) == (2, "")
    assert asked.stderr.startswith("usage: kg timeline ")
    assert "kg timeline: error: unrecognized arguments: --formt\n" in asked.stderr


def process(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    """The command, running; its output stays in pipes."""
    environment = {**os.environ, "PYTHONPATH": f"{OFFLINE}{os.pathsep}{REPOSITORY}"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments],
        cwd=cwd,
        env=environment,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        preexec_fn=hear_signals,
    )


@pytest.mark.parametrize(
    "arguments", [("ontology",), ("query", "names"), ("check",), ("why", "pact"), ("--help",)]
)
def test_a_reader_who_goes_away_is_no_error(row: Path, arguments: tuple[str, ...]) -> None:
    with process(*arguments, cwd=row) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_an_interruption_is_told_in_one_line(row: Path) -> None:
    with process("query", "-", cwd=row) as running:
        assert running.stdin
        # More than a pipe holds: once it is written, kg is reading, or just about to go on with
        # that: then a second signal wakes it.
        running.stdin.write(b"#" * 300_000)
        running.stdin.flush()
        for _ in range(2):
            running.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(timeout=20)
        _, messages = running.communicate(timeout=60)
    assert (running.returncode, messages) == (130, b"kg: interrupted\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh"])
def test_completion_scripts_name_every_command_and_parse(kg: Kg, shell: str) -> None:
    ran = kg("completion", shell)
    assert (ran.code, ran.stderr) == (0, "")
    assert all(name.split()[-1] in ran.stdout for name in (*NAMES, "evidence"))
    if shell != "tcsh" and shutil.which(shell):
        parsed = subprocess.run(
            [shell, "-n"], input=ran.stdout, capture_output=True, encoding="utf-8", check=False
        )
        assert (parsed.returncode, parsed.stderr) == (0, "")


def test_zsh_completes_options_before_a_name_that_nothing_completes(kg: Kg) -> None:
    script = kg("completion", "zsh").stdout
    why = script[script.index("_shtab_kg_why_options=(") :]
    (name,) = re.findall(r'^  ":.*', why[: why.index("\n)")], re.MULTILINE)
    # An empty action would show a message, and zsh inserts nothing beside one.
    assert name.endswith(':{:}"')


def test_bash_completes_commands_options_and_files(kg: Kg, tmp_path: Path) -> None:
    if not shutil.which("bash"):
        pytest.skip("no bash on this machine")
    (tmp_path / "schema.json").touch()
    script = kg("completion", "bash").stdout
    function = next(line.split() for line in script.splitlines() if line.startswith("complete "))
    name = function[function.index("-F") + 1]
    tell = f"{name}; printf '%s\n' ${{COMPREPLY[@]}}"
    first = f"COMP_WORDS=(kg qu); COMP_CWORD=1; {tell}"
    second = f"COMP_WORDS=(kg check --schema {tmp_path}/sch); COMP_CWORD=3; {tell}"
    ran = subprocess.run(
        ["bash", "-c", f"{script}\n{first}\n{second}"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.stdout.split() == ["query", f"{tmp_path}/schema.json"]


def test_why_tells_what_only_the_lens_leaves_out_from_what_is_not_there(kg: Kg, row: Path) -> None:
    hidden = kg("why", "claim", "--known-by", "1990-01-01", cwd=row)
    assert (hidden.code, "not there through this lens: known by 1990-01-01" in hidden.stderr) == (
        1,
        True,
    )
    assert (
        "nothing here is called 'nobody'"
        in kg("why", "nobody", "--known-by", "1990-01-01", cwd=row).stderr
    )


def test_why_breaks_its_lines_so_that_values_stay_in_their_column(repository: Path, kg: Kg) -> None:
    lines = kg("why", "gsomia", cwd=repository).stdout.splitlines()
    assert len(lines) > 100
    assert max(map(len, lines)) <= 100
    assert {line[:13].strip() for line in lines if line.startswith("  ") and line[2] != " "} >= {
        "status",
        "sources",
    }
    assert any(line.startswith(" " * 15) and line[15] != " " for line in lines)


def test_headings_and_sentences_call_a_thing_by_one_english_name(kg: Kg, tmp_path: Path) -> None:
    kg("init", "row", cwd=tmp_path)
    sources = tmp_path / "row" / "sources"
    for file in sources.glob("*.yaml"):
        file.unlink()
    (sources / "pact.yaml").write_text(NAMED_IN_TWO_LANGUAGES, "utf-8")
    for command in (("status", "pact"), ("why", "pact"), ("timeline", "pact", "--format", "md")):
        ran = kg(*command, cwd=tmp_path / "row")
        assert ran.code == 0, ran.stderr
        assert ran.stdout.lstrip("# ").startswith("GSOMIA")
        assert "Alpha signs GSOMIA" in ran.stdout
        assert "軍事情報" not in ran.stdout


NAMED_IN_TWO_LANGUAGES = """\
articles:
  news-2016:
    title: Alpha signs
    publisher: news
    originator: news
    published: 2016-11-24
    paragraphs: 1
    text_sha256: "0000000000000000000000000000000000000000000000000000000000000000"
actors:
  alpha: {type: State, label: Alpha}
  news: {type: MediaOrganization, label: The News}
pacts:
  pact: {type: Treaty, label: {ja: 軍事情報包括保護協定, en: GSOMIA}}
assertions:
  - {id: signed, subject: alpha, predicate: signed, object: pact, when: 2016-11-23,
     cite: {news-2016: [1]}}
"""


ANSWERS = (
    ("--version",),
    ("--help",),
    ("check",),
    ("export", "--format", "nq"),
    ("query", "parties", "--param", "pact=pact"),
)


def _ran(folder: Path, command: str) -> tuple[int, str]:
    """Exit code and messages of a line of shell in which ``kg`` is the command."""
    script = f'kg() {{ "$PYTHON" -m kg "$@"; }}; {command}'
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHON": sys.executable}
    run = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True
    )
    return run.returncode, run.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("words", ANSWERS, ids=lambda words: words[0])
def test_an_answer_that_a_full_disk_does_not_take_is_told(
    row: Path, words: tuple[str, ...]
) -> None:
    message = "kg: cannot write to standard output: No space left on device\n"
    hint = "  hint: what it took is not the whole answer\n"
    assert _ran(row, f"kg {' '.join(words)} > /dev/full") == (2, message + hint)


def test_a_command_whose_standard_output_is_closed_does_nothing(row: Path) -> None:
    message = "kg: standard output is closed\n  hint: kg ... > /dev/null says nothing\n"
    assert _ran(row, "kg build >&-") == (2, message)
    assert not (row / "site").exists()


def test_a_command_without_the_other_streams_does_its_work(row: Path) -> None:
    code, errors = _ran(row, "kg check 2>&- && kg query - <&- >/dev/null")
    assert (code, errors.splitlines()[0]) == (1, "kg: <query>:1:1: the query is empty")


def test_messages_that_nobody_takes_leave_the_exit_code(row: Path) -> None:
    assert _ran(row, "kg query nothing 2>&-") == (2, "")


def test_a_word_that_is_not_utf_8_is_refused(row: Path) -> None:
    code, errors = _ran(row, r"kg view --title $'caf\xe9'")
    assert code == 2
    assert errors.startswith(r"kg: word 3 of the command line is not UTF-8: 'caf\udce9'" + "\n")


@pytest.mark.parametrize(
    "words",
    [
        "check --texts NAME",
        "export --format nq --out NAME",
        "init NAME",
    ],
)
def test_a_name_that_is_too_long_is_told(row: Path, words: str) -> None:
    code, errors = _ran(row, f"kg {words.replace('NAME', 'x' * 300)}")
    assert (code, errors.count("\n"), errors.endswith("File name too long\n")) == (2, 1, True)


def test_a_working_folder_that_is_gone_is_told(row: Path) -> None:
    code, errors = _ran(row, "mkdir gone; cd gone; rmdir ../gone; kg check")
    told = "kg: the working folder is gone\n  hint: change to one that exists: cd\n"
    assert (code, errors) == (2, told)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("why", "Mara"), "give its id: 'senn'"),
        (("why", "row over the osk compact"), "give its id: 'compact-row'"),
        (("status", "Pilot"), "give its id: 'pilot-convention', 'first-ruling' or"),
        (("dossier", "gov"), "give its id: 'gov-vael', 'gov-torrin' or 'gov-quill'"),
        (("text", "A word taken"), "give its id: 'ledger-"),
        (("--texts", "sources", "cite", "A word taken", "a word"), "give its id: 'ledger-"),
    ],
)
def test_a_name_or_its_beginning_in_the_place_of_an_id_is_told_with_the_ids(
    quarrel: Path, kg: Kg, arguments: tuple[str, ...], hint: str
) -> None:
    assert hint in " ".join(kg(*arguments, cwd=quarrel).stderr.split())


def test_kg_find_lists_the_articles_of_whoever_is_called_so(quarrel: Path, kg: Kg) -> None:
    found = kg("find", "Coast Wire", cwd=quarrel).stdout
    assert "article: Strait neighbours quarrel over who is bound" in found

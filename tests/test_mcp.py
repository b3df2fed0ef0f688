"""Language models get what the commands give, with its lens, from a real server."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY
from test_proposals import workspace

from kg.cli import main
from kg.cli.mcp import Tools
from kg.files.workspace import find_workspace

__all__ = ["workspace"]

Call = tuple[str, dict[str, Any]]
Told = tuple[bool, str]


def ask_server(folder: Path, calls: list[Call], *options: str) -> tuple[dict[str, Any], list[Told]]:
    """The tools that a server offers, and whether each call failed, with what it told."""
    # It takes a fifth of the time in which all tests are read: not where others are tried. What it
    # takes for the place of messages is pytest's then.
    from mcp import Client, StdioServerParameters, stdio_client

    async def talk() -> tuple[dict[str, Any], list[Told]]:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "kg", "-C", str(folder), "mcp", *options],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )
        async with Client(stdio_client(server, sys.__stderr__ or sys.stderr)) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            told = []
            for name, arguments in calls:
                result = await client.call_tool(name, arguments)
                content: Any = result.content[0]
                told.append((bool(result.is_error), content.text))
            return tools, told

    # A thread of its own: a browser of other tests may have a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(talk())).result()


def test_answers_are_those_of_the_commands_and_name_their_lens(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tools, told = ask_server(
        workspace,
        [
            ("why", {"id": "vael-says-quill", "known_by": "2018-03-12"}),
            ("find", {"words": "mara"}),
            ("sparql", {"query": "SELECT ?who WHERE { ?who kg:entersInto ?pact }"}),
            ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}),
            ("why", {"id": "--help"}),
            ("ask", {"question": "../sources/quarrel.yaml"}),
        ],
    )
    assert "propose_assertion" not in tools
    assert all(tool.annotations.read_only_hint for tool in tools.values())
    why, find, sparql = (json.loads(text) for is_error, text in told[:3] if not is_error)
    command = ["why", "vael-says-quill", "--known-by", "2018-03-12", "--format", "json"]
    main(["-C", str(workspace), *command])
    assert why["answer"] == json.loads(capsys.readouterr().out)
    assert "2018-03-12" in why["lens"]
    assert find["answer"]["things"][0]["id"] == "senn"
    assert find["lens"] == "none: everything that is written"
    assert sparql["answer"]["results"]["evidence"]
    assert all(sparql["answer"]["results"]["evidence"])
    assert [is_error for is_error, _ in told[3:]] == [True, True, True]
    assert "nothing here is called '--help'" in told[4][1]


def test_a_proposal_is_one_verbatim_passage_or_nothing(workspace: Path) -> None:
    claim = {
        "subject": "vael",
        "relation": "partyTo",
        "object": "osk-compact",
        "speaker": "rook",
    }
    wish = {"article": "post", "claim": claim}
    tools, told = ask_server(
        workspace,
        [
            ("propose_assertion", {**wish, "words": "a serious mistake"}),
            ("propose_assertion", {**wish, "words": "a grave mistake"}),
        ],
        "--propose",
    )
    assert not tools["propose_assertion"].annotations.read_only_hint
    assert [is_error for is_error, _ in told] == [True, False]
    assert "letter by letter" in told[0][1]
    assert [file.name for file in (workspace / "proposals").iterdir()] == [
        "vael-party-to-osk-compact.yaml"
    ]


def test_half_a_character_ends_nothing(workspace: Path) -> None:
    from mcp.server.mcpserver.exceptions import ToolError

    with pytest.raises(ToolError, match="surrogate"):
        Tools(find_workspace(workspace)).find("\ud800")


def test_without_the_extra_it_is_said_how_to_get_it(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    assert main(["-C", str(workspace), "mcp"]) == 2
    assert "pip install 'actor-kg[mcp]'" in capsys.readouterr().err

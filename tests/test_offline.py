"""The tests have no network, and neither has what they start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ASK = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"


def test_a_connection_to_another_machine_is_refused() -> None:
    with pytest.raises(RuntimeError, match="no network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="no network"):
        socket.getaddrinfo("example.org", 443)


def test_a_process_that_the_tests_start_is_refused_too(repository: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(repository / "tests" / "offline")}
    ran = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "the tests have no network" in ran.stderr

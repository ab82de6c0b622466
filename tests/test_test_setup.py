"""The test set-up keeps its promises."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def test_a_test_cannot_leave_this_machine():
    with socket.socket() as out, pytest.raises(PermissionError, match="tests use no network"):
        out.connect(("192.0.2.1", 80))


def test_a_test_can_talk_to_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as out:
        out.connect(server.getsockname())


@pytest.mark.parametrize(
    ("ci", "status", "words"),
    [("", 0, "1 browser tests were not run: no Chromium was found"), ("true", 1, "In CI every browser test runs")],
)
def test_a_browser_test_without_a_browser_is_told_and_red_in_ci(tmp_path, ci, status, words):
    (tmp_path / "test_page.py").write_text(
        "import pytest\n@pytest.mark.browser\ndef test_page():\n    assert False\n", encoding="utf-8"
    )
    environment = {**os.environ, "CI": ci, "CHENGXIN_CHROMIUM": "no-such-browser", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-c", str(ROOT / "pyproject.toml"), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout
    assert words in done.stdout

"""`./chengxin` becomes `uv run chengxin …`, from any path, and needs nothing else."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TELL = """#!{python}
import json, os, sys
names = ["CHENGXIN_HOME", "UV_PYTHON_DOWNLOADS", "VIRTUAL_ENV"]
print(json.dumps([sys.argv[1:], *map(os.environ.get, names)]))
"""


@pytest.fixture
def checkout(tmp_path):
    """Give a checkout in a path with spaces, and a uv on PATH that only tells what it was asked."""
    home = tmp_path / "a checkout with spaces"
    home.mkdir()
    shutil.copy(ROOT / "chengxin", home / "chengxin")
    (tmp_path / "bin").mkdir()
    uv = tmp_path / "bin" / "uv"
    uv.write_text(TELL.format(python=sys.executable))
    uv.chmod(0o755)
    return home


def launch(checkout, *words):
    environment = {**os.environ, "PATH": f"{checkout.parent / 'bin'}:{os.environ['PATH']}", "VIRTUAL_ENV": "/elsewhere"}
    environment.pop("CHENGXIN_HOME", None)
    done = subprocess.run(
        [sys.executable, str(checkout / "chengxin"), *words], env=environment, cwd="/", capture_output=True, check=True
    )
    return json.loads(done.stdout)


def test_a_first_demo_installs_no_developer_tools_and_shows_progress(checkout):
    words, home, downloads, environment = launch(checkout, "demo", "--size", "S")
    assert words == [
        "run", "--frozen", "--inexact", "--no-dev", "--project", str(checkout), "chengxin", "demo", "--size", "S",
    ]  # fmt: skip
    assert (home, downloads, environment) == (str(checkout), "never", None)


def test_later_runs_are_quiet_and_tests_get_their_tools(checkout):
    built = checkout / ".venv" / "bin" / "chengxin"
    built.parent.mkdir(parents=True)
    built.touch()
    assert launch(checkout, "test", "-k", "a b")[0] == [
        "run", "--frozen", "--quiet", "--project", str(checkout), "chengxin", "test", "-k", "a b",
    ]  # fmt: skip


def command(*words):
    environment = {**os.environ, "CHENGXIN_HOME": str(ROOT)}
    chengxin = str(Path(sys.executable).parent / "chengxin")
    return subprocess.run([chengxin, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_every_word_of_chengxin_test_reaches_pytest():
    done = command("test", "--co", "-q", "-k", "test_every_word_of", "tests/test_launcher.py")
    assert "test_launcher.py::test_every_word_of_chengxin_test_reaches_pytest" in done.stdout, done.stderr


def test_a_postgresql_that_is_not_there_is_named():
    done = command("test", "--postgres", "3")
    assert (done.returncode, "apt-get install postgresql-3" in done.stderr) == (2, True)

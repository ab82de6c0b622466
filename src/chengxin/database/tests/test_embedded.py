"""The embedded server starts whatever happened before, whoever starts it, wherever it lies."""

import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from chengxin.database import postmaster
from chengxin.database.binaries import ServerUnavailable, is_open_to_all, placed
from chengxin.database.embedded import EmbeddedServer, socket_directory

SOURCE = Path(__file__).resolve().parents[3]
IS_ROOT = os.geteuid() == 0


@pytest.fixture
def folder():
    """Give a folder everybody can reach: pytest's own is closed, and root's server runs as another user."""
    with tempfile.TemporaryDirectory(prefix="chengxin-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def server(folder):
    server = EmbeddedServer(folder / "data", durable=False)
    yield server
    server.stop()


def ask(server, sql):
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        return connection.execute(sql).fetchone()


def start_in_a_process(data, *, before="", **options):
    code = (
        f"import sys, os; sys.path.insert(0, {str(SOURCE)!r})\n"
        "from pathlib import Path\n"
        "from chengxin.database.embedded import EmbeddedServer\n"
        "from chengxin.database import postmaster\n"
        f"{before}\n"
        f"server = EmbeddedServer(Path({str(data)!r}), durable=False).start()\n"
        "print(postmaster.read_pid(server.cluster))"
    )
    return subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=120, **options
    )


def test_it_starts_twice_and_stops_twice(server):
    assert not server.alive
    server.start()
    pid = postmaster.read_pid(server.cluster)
    assert server.start().alive
    assert postmaster.read_pid(server.cluster) == pid
    server.stop()
    server.stop()
    assert not server.alive


def test_chinese_text_is_classified_and_compared_by_code_point(server):
    server.start()
    assert ask(
        server,
        r"select '诚信' ~ '^\w+$', upper('é'), 'Z' < 'a', pg_encoding_to_char(encoding) "
        "from pg_database where datname = 'postgres'",
    ) == (True, "É", True, "UTF8")


def test_four_starts_at_once_make_one_server(folder, server):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: start_in_a_process(folder / "data"), range(4)))
    assert [answer.returncode for answer in answers] == [0, 0, 0, 0], answers[0].stderr
    assert len({answer.stdout for answer in answers}) == 1
    assert server.alive


def test_after_kill_9_it_comes_back_with_every_acknowledged_row(folder):
    server = EmbeddedServer(folder / "data").start()
    try:
        ask(server, "select 1")
        with psycopg.connect(server.conninfo(), autocommit=True) as connection:
            connection.execute("create table kept (number int)")
            for number in range(50):
                connection.execute("insert into kept values (%s)", [number])
            os.kill(postmaster.read_pid(server.cluster), signal.SIGKILL)
        server.start()
        assert ask(server, "select count(*), sum(number) from kept") == (50, 1225)
    finally:
        server.stop()


def test_a_killed_server_that_nobody_reaps_is_not_taken_for_a_living_one(server, folder):
    server.start()
    server.stop()
    # Not waited for, so a zombie until the end; of the server's user, whose dead alone PostgreSQL takes for living.
    zombie = subprocess.Popen(["/bin/true"], **server._identity)
    try:
        while postmaster.process_state(zombie.pid) == "running":
            pass
        pid_file = server.cluster / "postmaster.pid"
        pid_file.write_text(f"{zombie.pid}\n{server.cluster}\n1\n5432\n{server.socket_directory}\n\n 0 0\nready\n")
        assert not server.alive
        server.start()
        assert ask(server, "select 1") == (1,)
    finally:
        zombie.wait()


def test_a_half_made_data_folder_is_made_anew(server):
    server.start()
    server.stop()
    (server.cluster / "initdb.done").unlink()
    (server.cluster / "global" / "pg_control").unlink()
    server.start()
    assert ask(server, "select 1") == (1,)


@pytest.mark.parametrize("name", ["with spaces and 'quotes'", "诚信", "long-" * 30])
def test_any_path_will_do(folder, name):
    server = EmbeddedServer(folder / name / "data", durable=False).start()
    try:
        assert ask(server, "select 1") == (1,)
    finally:
        server.stop()
    assert len(str(socket_directory(folder / name / "data"))) <= 90


def test_a_data_folder_of_another_version_is_refused_and_kept(server):
    server.start()
    server.stop()
    (server.cluster / "PG_VERSION").write_text("12\n")
    with pytest.raises(ServerUnavailable, match="made by PostgreSQL 12"):
        server.start()
    assert (server.cluster / "global" / "pg_control").exists()


def test_it_says_what_is_wrong_when_it_cannot_start(server):
    server.start()
    server.stop()
    with (server.cluster / "postgresql.conf").open("a") as conf:
        conf.write("no_such_setting = 1\n")
    with pytest.raises(ServerUnavailable, match="no_such_setting"):
        server.start()


@pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
def test_under_root_the_server_runs_as_nobody(server):
    server.start()
    assert Path(f"/proc/{postmaster.read_pid(server.cluster)}").stat().st_uid != 0
    assert server.cluster.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
def test_an_ordinary_user_starts_one_of_his_own(folder):
    ours = folder / "home"
    ours.mkdir()
    os.chown(ours, 65534, 65534)
    answer = start_in_a_process(
        ours / "data",
        before="os.setgroups([]); os.setgid(65534); os.setuid(65534)",
        cwd="/",
        env={"PATH": os.environ["PATH"]},
    )
    assert answer.returncode == 0, answer.stderr
    server = EmbeddedServer(ours / "data", durable=False)
    assert server.alive
    server.stop()


@pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
def test_a_folder_of_root_tells_the_ordinary_user_what_to_do(folder):
    (folder / "roots").mkdir(mode=0o755)
    answer = start_in_a_process(
        folder / "roots" / "data",
        before="os.setgroups([]); os.setgid(65534); os.setuid(65534)",
        cwd="/",
        env={"PATH": os.environ["PATH"]},
    )
    assert "belongs to another user of this machine" in answer.stderr


@pytest.mark.skipif(not IS_ROOT, reason="only root runs the server as another user")
def test_under_a_closed_home_root_keeps_the_data_outside(folder):
    home = folder / "home"
    home.mkdir(mode=0o700)
    assert not is_open_to_all(home / "chengxin" / "var" / "postgres")
    elsewhere = placed(home / "chengxin" / "var" / "postgres")
    assert elsewhere.parent == Path("/var/lib/chengxin")
    home.chmod(0o755)
    assert placed(home / "chengxin" / "var" / "postgres") == home / "chengxin" / "var" / "postgres"

"""`chengxin migrate` prepares an installation from nothing, again at no cost, and after a kill."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from chengxin.database import postmaster
from chengxin.database.connection import embedded_server

ROOT = Path(__file__).resolve().parents[1]
CHENGXIN = str(Path(sys.executable).parent / "chengxin")


@pytest.fixture
def own_cluster():
    with tempfile.TemporaryDirectory(prefix="chengxin-test-") as folder:
        Path(folder).chmod(0o755)
        own = {name: value for name, value in os.environ.items() if not name.startswith("CHENGXIN_")}
        environ = {**own, "CHENGXIN_HOME": str(ROOT), "CHENGXIN_VAR": f"{folder}/var with spaces"}
        environ.pop("DATABASE_URL", None)
        if "CHENGXIN_PG_BIN" in os.environ:
            environ["CHENGXIN_PG_BIN"] = os.environ["CHENGXIN_PG_BIN"]
        yield environ
        embedded_server(environ).stop()


def chengxin(environ, *words):
    done = subprocess.run([CHENGXIN, *words], cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_it_prepares_from_nothing_then_again_and_after_a_kill(own_cluster):
    first = chengxin(own_cluster, "migrate")
    assert "migrate database 0001_guard" in first
    assert chengxin(own_cluster, "migrate") == ["The database is ready."]
    server = embedded_server(own_cluster)
    os.kill(postmaster.read_pid(server.cluster), signal.SIGKILL)
    assert chengxin(own_cluster, "migrate") == ["The database is ready."]
    with psycopg.connect(server.conninfo(user="chengxin_web", dbname="chengxin")) as web:
        assert web.execute("select count(*) > 0 from vendor.django_migrations").fetchone() == (True,)
        schemas = web.execute("select distinct schemaname from pg_tables where tablename like 'django\\_%'").fetchall()
        assert schemas == [("vendor",)]
    key = Path(own_cluster["CHENGXIN_VAR"]) / "keys" / "guard.key"
    assert (key.stat().st_mode & 0o777, len(key.read_text())) == (0o600, 64)
    assert chengxin(own_cluster, "stop") == ["The embedded PostgreSQL is stopped."]
    assert not server.alive


def test_the_administrators_script_makes_the_same_roles(own_cluster):
    server = embedded_server(own_cluster).start()
    script = "\n".join(line for line in chengxin(own_cluster, "migrate", "--roles-sql") if not line.startswith("\\"))
    with psycopg.connect(server.conninfo(), autocommit=True) as admin:
        for statement in script.split(";"):
            if statement.strip():
                admin.execute(statement)
        made = admin.execute(
            "select rolname, rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname ~ '^chengxin' order by 1"
        ).fetchall()
    assert made == [
        ("chengxin_app", False, False, False),
        ("chengxin_keys", True, False, False),
        ("chengxin_owner", True, False, False),
        ("chengxin_sequencer", True, False, False),
        ("chengxin_web", True, False, False),
        ("chengxin_worker", True, False, False),
    ]
    assert chengxin(own_cluster, "migrate")[-1] == "The database is ready."
    with psycopg.connect(server.conninfo(dbname="chengxin")) as admin:
        entering = "select has_database_privilege(%s, 'chengxin', 'connect')"
        answers = [admin.execute(entering, [who]).fetchone() for who in ("pg_monitor", "chengxin_web")]
    assert answers == [(False,), (True,)]

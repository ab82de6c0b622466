"""The test set-up keeps its promises."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.database.testing import TestDatabase

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


@pytest.mark.parametrize(
    "statement",
    [
        "insert into vendor.django_session values ('a', 'b', now())",
        "create policy hole on records_version using (true)",
        "drop policy subject_makes on archives_report",
        "alter table records_version no force row level security",
        "update catalogue_item_version set digest = 'x' || id::text",
        "set session_replication_role = replica; delete from catalogue_item_version",
        "create table left_behind (x int)",
        "create function left_behind() returns int language sql as 'select 1'",
        "grant delete on records_version to chengxin_web",
    ],
)
@pytest.mark.django_db(transaction=True)
def test_whatever_a_test_commits_is_gone_before_the_next(statement: str, django_db_setup: TestDatabase) -> None:
    before = state(django_db_setup)
    with psycopg.connect(django_db_setup.conninfo("postgres"), autocommit=True) as admin:
        admin.execute(statement)
    assert state(django_db_setup) != before
    django_db_setup.renew()
    assert state(django_db_setup) == before
    assert len(catalogue.item_version_ids()) == before[1]


STATE = """
    select (select count(*) from vendor.django_session), (select count(*) from catalogue_item_version),
           (select md5(string_agg(digest, ',' order by id)) from catalogue_item_version),
           (select md5(string_agg(p::text, ',' order by oid)) from pg_policy p),
           (select md5(string_agg(relname || relforcerowsecurity || coalesce(relacl::text, ''), ',' order by oid))
              from pg_class where relkind = 'r'),
           (select count(*) from pg_proc)
"""


def state(database: TestDatabase) -> tuple[object, ...]:
    with psycopg.connect(database.conninfo("postgres")) as admin:
        found = admin.execute(STATE).fetchone()
    assert found is not None
    return found

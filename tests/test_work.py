"""The worker as a process: it logs in as itself, tells what it did, and never outlives its parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from chengxin.jobs.tests.conftest import draft, put
from chengxin.jobs.tests.test_outbox import rows
from chengxin.kernel.clock import now

CHENGXIN = str(Path(sys.executable).parent / "chengxin")
PARENT = "import time; from chengxin.cli.beside import beside\nwith beside('work'): time.sleep(600)"
WORKERS = "select count(*) from pg_stat_activity where usename = 'chengxin_worker' and datname = %s"
WORKER = "chengxin_worker"
LISTENING = f"{WORKERS} and state = 'idle' and now() - state_change > interval '0.2 s'"
PATIENCE = 120.0
# What retention asks once a day whether it has ended.
KEPT = (
    "application",
    "association_act",
    "case_paper",
    "clearance",
    "comment",
    "dispute",
    "honour_letter",
    "identity_claim",
    "inspection_reserve",
    "inspection_words",
    "lake_result",
    "lead",
    "lead_note",
    "draft",
    "mandate",
    "nomination",
    "objection",
    "presentation",
    "repair",
    "report",
    "statutory_name",
    "lead_unfounded",
    "letter",
    "match_answer",
    "match_index",
    "record",
    "tip",
    "upload",
)

# What each task of a worker says when nothing is there.
NOTHING: dict[str, dict[str, int]] = {
    "access.carried": {"swept": 0},
    "audit.log": {"waiting": 0},
    "casework.day": {"escalated": 0, "lapsed": 0, "officers": 0, "outcomes": 0, "service": 0},
    "consents.end": {"ended": 0, "used": 0},
    "couriers.day": {"figures": 0, "flows": 0, "rates": 0, "limits": 0, "tasks": 0},
    "credentials.status": {"lists": 0},
    "duties.day": {"reminded": 0},
    "honours.day": {"opened": 0},
    "leads.day": {"expired": 0},
    "leads.detect": {"found": 0, "opened": 0},
    "lists.day": {"ended": 0, "listed": 0, "shown": 0, "told": 0},
    "lists.moved": {"ended": 0, "listed": 0, "shown": 0, "told": 0},
    "looks.day": {"handed_on": 0, "lapsed": 0, "summaries": 0},
    "looks.leads": {"leads": 0},
    "market.day": {"changed": 0, "covered": 0, "looked": 0, "opened": 0, "reminded": 0},
    "market.warnings": {"answered": 0, "lifted": 0, "warned": 0},
    "market.warnings_day": {"answered": 0, "lifted": 0, "warned": 0},
    "measures.end": {"ended": 0},
    "misuse.day": {"alerts": 0, "drawn": 0, "looks": 0},
    "misuse.fast": {"alerts": 0},
    "objections.day": {"lifted": 0, "stopped": 0},
    "records.day": {"published": 0, "ended": 0, "told": 0},
    "records.recall": {"told": 0},
    "representation.day": {"over": 0},
    "retention.day": dict.fromkeys(KEPT, 0),
    "reviews.day": {"insufficient": 0, "scored": 0, "voices": 0},
    "watches.day": {"ended": 0, "lifted": 0, "raised": 0},
    "watches.moved": {"ended": 0, "lifted": 0, "raised": 0},
}


@pytest.fixture
def environ(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    where = connection.settings_dict
    url = f"postgresql:///{where['NAME']}?host={where['HOST']}"
    own = {"CHENGXIN_LAKE": str(tmp_path / "lake"), "CHENGXIN_FILES": str(tmp_path / "files")}
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "chengxin.site.settings", **own}


def work(environ: dict[str, str], *words: str) -> tuple[int, dict[str, Any]]:
    command = [CHENGXIN, "work", "--once", "--json", *words]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_once_delivers_sweeps_and_says_so(environ: dict[str, str], client: Any) -> None:
    assert client.get("/api/v1/health").json() == {"status": "never", "worker_at": None, "tasks": [], "outbox": {}}
    put(draft(), now=now())
    status, told = work(environ)
    assert (status, told["status"], told["delivered"]) == (0, "ok", 1)
    assert told["tasks"] == NOTHING
    assert told["outbox"] == {"waiting": 0, "dead": 0, "unanswered": 1}
    assert [row.attempts for row in rows()] == [1]
    assert work(environ)[1]["delivered"] == 0
    health = client.get("/api/v1/health").json()
    assert (health["status"], [task["name"] for task in health["tasks"]]) == ("ok", sorted(told["tasks"]))
    assert health["outbox"]["unanswered"] == 1


@pytest.fixture
def parent(environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", PARENT], env=environ) as process:
        yield process
        process.kill()


def test_a_worker_delivers_what_is_put_and_dies_with_a_parent_that_is_killed(
    parent: subprocess.Popen[bytes], django_db_setup: Any
) -> None:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(django_db_setup.conninfo("postgres"), autocommit=True) as look:
        until(lambda: look.execute(WORKERS, [name]).fetchone() == (1,))
        put(draft(), now=now())
        until(lambda: rows()[0].delivered_at is not None)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        until(lambda: look.execute(WORKERS, [name]).fetchone() == (0,))


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "It never came about."
        time.sleep(0.05)


def test_a_worker_that_is_killed_is_started_again(parent: subprocess.Popen[bytes], django_db_setup: Any) -> None:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(django_db_setup.conninfo("postgres"), autocommit=True) as look:
        until(lambda: look.execute(WORKERS, [name]).fetchone() == (1,))
        (worker,) = children_of(parent.pid)
        os.kill(worker, signal.SIGKILL)
        until(lambda: children_of(parent.pid) not in ([worker], []))
        put(draft(), now=now())
        until(lambda: rows()[0].delivered_at is not None)


def test_a_worker_outlives_the_loss_of_its_session(parent: subprocess.Popen[bytes], django_db_setup: Any) -> None:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(django_db_setup.conninfo("postgres"), autocommit=True) as look:
        until(lambda: look.execute(WORKERS, [name]).fetchone() == (1,))
        put(draft(), now=now())
        until(lambda: rows()[0].delivered_at is not None)
        before = children_of(parent.pid)
        until(lambda: look.execute(LISTENING, [name]).fetchone() == (1,))
        look.execute(f"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{WORKER}'")
        put(draft("r1:mark:2"), now=now())
        until(lambda: rows()[1].delivered_at is not None)
        assert children_of(parent.pid) == before


def children_of(pid: int) -> list[int]:
    folders = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(word) for folder in folders for word in folder.read_text().split()]

"""Whatever dies in the middle of an acceptance, nothing of the batch stands, and the second try takes it in whole.

The acceptance is held at a table by a lock of another session, so the moment of death is chosen, not guessed: at
`records_version` the step of the case and the subjects are written and no record; at `records_publication` all
records are written and none is public.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.installation import Answer, Installation, kill, own_installation

from chengxin.crypto.contracts import KeyServiceAway
from chengxin.crypto.facade import service_pid
from chengxin.intake.tests.test_main_job import BAD, FIRM, HEAD, PERSON
from chengxin.kernel.clock import legal_day, now

FIRMS = 40
NUMBERS = count(1)
RECORDS = "select row_number from records_version where body = 'YTSJ' and batch_id = %s order by row_number"
STEPS = "select s.verb from casework_step s join casework_case c on c.id = s.case_id where c.ref_id = %s order by place"
PUBLIC = "select count(*) from records_publication p join records_version v using (record_id) where v.batch_id = %s"
Death = Callable[[Installation], None]


@pytest.fixture(scope="module")
def installation() -> Iterator[tuple[Installation, dict[str, str]]]:
    with own_installation() as own:
        who = own.prepare()
        own.serve()
        yield own, who


def write_file(folder: Path) -> Path:
    """Write a file of 40 firms, a person and a row that is questioned; no two files share a document number."""
    series = next(NUMBERS)
    ago = legal_day(now()) - timedelta(days=30)
    texts = [FIRM.replace("1号", f"{series}{place:02}号") for place in range(FIRMS)]
    rows = "".join([*texts, PERSON.replace("3号", f"{series}77号"), BAD.replace("2027/3/1", "2099/3/1")])
    for date in ("2026/10/1", "2026-10-08", "2026-09-20", "2026-09-21"):
        rows = rows.replace(date, ago.isoformat())
    file = folder / f"双公示{series}.csv"
    file.write_bytes((HEAD + rows).encode("gb18030"))
    return file


def load(own: Installation, file: Path, *more: str) -> dict[str, Any]:
    return json.loads(own.command(*words_for(file), "--json", *more).splitlines()[-1])


def words_for(file: Path) -> tuple[str, ...]:
    return ("intake", "load", str(file), "--item", "penalty", "--body", "YTSJ", "--clerk", "ytsj-clerk")


def id_of(own: Installation, number: str) -> str:
    return str(own.ask("select id from intake_batch where number = %s", number)[0][0])


def id_of_file(own: Installation, file: Path) -> str:
    return str(own.ask("select id from intake_batch where file_name = %s", file.name)[0][0])


def has_nothing(own: Installation, batch: str) -> bool:
    found = own.ask(RECORDS, batch), own.ask(PUBLIC, batch), own.ask(STEPS, batch)
    return found == ([], [(0,)], [("open",)])


def has_all(own: Installation, batch: str) -> bool:
    rows = [(row,) for row in range(2, FIRMS + 3)]
    is_public = own.ask(PUBLIC, batch) == [(FIRMS,)]
    return is_public and own.ask(RECORDS, batch) == rows and own.ask(STEPS, batch) == [("open",), ("approve",)]


def terminate(own: Installation) -> None:
    own.ask("select pg_terminate_backend(%s)", own.wait_for_a_waiter())


def stop_now(own: Installation) -> None:
    own.wait_for_a_waiter()
    own.stop_database_now()


def kill_database(own: Installation) -> None:
    own.wait_for_a_waiter()
    own.kill_database()


@pytest.mark.clause("P3.3a")
@pytest.mark.parametrize(
    ("death", "table"),
    [(terminate, "records_version"), (stop_now, "records_publication"), (kill_database, "records_version")],
)
def test_a_database_that_dies_mid_acceptance_leaves_nothing_and_the_second_try_takes_all(
    installation: tuple[Installation, dict[str, str]], tmp_path: Path, death: Death, table: str
) -> None:
    own, who = installation
    batch = id_of(own, load(own, write_file(tmp_path))["number"])
    case = own.ask("select case_id from intake_batch where id = %s", batch)[0][0]
    approver, page = who["approver"], f"/dept/batches/{batch}"

    def approve() -> Answer:
        return own.post(f"/dept/cases/{case}/steps", session=approver, verb="approve")

    with ThreadPoolExecutor(1) as pool, own.stalled_at(table):
        asked = pool.submit(approve)
        death(own)
        answer = asked.result()
    assert (answer.status, "UNAVAILABLE" in answer.text, "请过几分钟再试" in answer.text) == (503, True, True)
    if death is not terminate:
        away = own.get(page, session=approver), own.get(f"/api/v1/batches/{batch}", client=who["client"])
        assert [one.status for one in away] == [503, 503]
        assert "请过几分钟再试" in away[0].text
        assert json.loads(away[1].text)["code"] == "UNAVAILABLE"
        own.database.start()
    assert has_nothing(own, batch)
    shown = own.get(page, session=approver)
    assert (shown.status, "上一次入库中断了" in shown.text, "没有一行入库" in shown.text) == (200, True, True)
    assert "没有办完就中断了" in own.get(f"/dept/cases/{case}", session=approver).text

    assert approve().status == 200
    assert has_all(own, batch)
    shown = own.get(page, session=approver)
    assert ("已入库" in shown.text, "中断" in shown.text) == (True, False)
    assert approve().status == 422
    assert has_all(own, batch)


@pytest.mark.clause("P3.3a")
def test_a_web_server_killed_mid_acceptance_leaves_nothing(
    installation: tuple[Installation, dict[str, str]], tmp_path: Path
) -> None:
    own, who = installation
    batch = id_of(own, load(own, write_file(tmp_path))["number"])
    page = f"/dept/batches/{batch}"
    with ThreadPoolExecutor(1) as pool, own.stalled_at("records_publication"):
        asked = pool.submit(own.post, f"{page}/decide", session=who["approver"], verb="approve")
        own.wait_for_a_waiter()
        own.kill_web()
        with pytest.raises((OSError, HTTPException)):
            asked.result()
    own.serve()
    own.wait_until_nobody_waits()
    assert has_nothing(own, batch)
    assert "上一次入库中断了" in own.get(page, session=who["approver"]).text
    assert own.post(f"{page}/decide", session=who["approver"], verb="approve").status == 200
    assert has_all(own, batch)


@pytest.mark.clause("P3.3a")
def test_an_upload_whose_database_goes_away_takes_nothing_and_says_what_to_do(
    installation: tuple[Installation, dict[str, str]], tmp_path: Path
) -> None:
    own, _who = installation
    file = write_file(tmp_path)
    before = own.ask("select count(*) from intake_batch"), own.ask("select count(*) from intake_questioned_row")
    with own.stalled_at("intake_batch"):
        process = own.start_command(*words_for(file), stderr=subprocess.PIPE)
        terminate(own)
        said = process.communicate()[1].decode()
    assert (process.returncode, "（UNAVAILABLE）" in said, "Traceback" in said) == (1, True, False)
    assert "\nPostgreSQL: " in said
    assert before == (
        own.ask("select count(*) from intake_batch"),
        own.ask("select count(*) from intake_questioned_row"),
    )
    assert (load(own, file)["state"], load(own, file)["questioned"]) == ("submitted", 1)


@pytest.mark.clause("P3.3a")
def test_a_command_killed_mid_acceptance_is_run_again_and_again_with_the_same_result(
    installation: tuple[Installation, dict[str, str]], tmp_path: Path
) -> None:
    own, _who = installation
    file = write_file(tmp_path)
    with own.stalled_at("records_publication"):
        process = own.start_command(*words_for(file), "--approver", "ytsj-approver")
        own.wait_for_a_waiter()
        kill(process)
    own.wait_until_nobody_waits()
    batch = id_of_file(own, file)
    assert has_nothing(own, batch)
    first = load(own, file, "--approver", "ytsj-approver")
    assert {name: first[name] for name in ("state", "rows", "good", "questioned", "accepted", "repeated")} == {
        "state": "accepted",
        "rows": FIRMS + 2,
        "good": FIRMS + 1,
        "questioned": 1,
        "accepted": FIRMS + 1,
        "repeated": 0,
    }
    assert load(own, file, "--approver", "ytsj-approver") == first
    assert has_all(own, batch)


def test_a_key_service_that_is_killed_is_back_at_once_and_all_goes_on(
    installation: tuple[Installation, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, _who = installation
    monkeypatch.setenv("CHENGXIN_KEY_SOCKET", str(Path(own.environ["CHENGXIN_VAR"]) / "keys.sock"))
    before = service_pid()
    os.kill(before, signal.SIGKILL)
    end = time.monotonic() + 20
    while (pid := _pid_if_any()) in {0, before}:
        assert time.monotonic() < end, "no key service came back"
        time.sleep(0.05)
    file = write_file(tmp_path)
    number = load(own, file, "--approver", "ytsj-approver")["number"]
    assert has_all(own, id_of(own, number))
    assert (service_pid(), pid) == (pid, pid)


def _pid_if_any() -> int:
    try:
        return service_pid()
    except KeyServiceAway:
        return 0

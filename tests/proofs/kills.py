"""Kill the processes of a working installation, one after the other, and count what was lost, given away or doubled.

A department files and approves, a person looks at their own archive, messages wait for delivery; whoever gets no answer
asks again in the same words. After each kill the installation must answer both kinds of request again.
"""

from __future__ import annotations

import itertools
import json
import random
import threading
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from tests.installation import Installation, own_installation
from tests.proofs._services import DATABASE, SERVICES, Services, wait_until
from tests.test_crashes import BAD, FIRM, HEAD, PERSON

from chengxin.kernel.clock import legal_day, now

SUMMARY = "kill -9 of database, sequencer, key service, web worker and job worker: nothing lost, unlogged or doubled."
Report = Callable[[str], None]
NAME = "林禾舟"
FIRMS = 3
SHORT, FULL = 5, 60
SEED = 9


@dataclass
class Acknowledged:
    """What the installation said it had done, as those remember it who were told."""

    batches: dict[str, str] = field(default_factory=dict)
    approved: set[str] = field(default_factory=set)
    looks: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    retries: int = 0
    bare_looks: int = 0


def run(short: bool, report: Report) -> dict[str, int | float]:
    """Kill under load, let everything settle, and compare what stands with what was acknowledged."""
    cycles = SHORT if short else FULL
    dice = random.Random(SEED)
    with own_installation() as own:
        load = Load(own, own.prepare())
        services = Services(own)
        killed: Counter[str] = Counter()
        waits: list[float] = []
        with services.running():
            load.start(own)
            report("an installation is at work")
            for place, victim in zip(range(cycles), itertools.cycle([DATABASE, *SERVICES]), strict=False):
                time.sleep(dice.uniform(0.05, 0.8))
                before = load.done()
                services.kill(victim)
                waits.append(wait_until(f"work after {victim} was killed", lambda before=before: load.went_on(before)))
                killed[victim] += 1
                if place % 10 == 9:
                    report(f"{place + 1} kills, {load.done()} answers, longest silence {max(waits):.1f} s")
            load.stop()
            wait_until("the log and the outbox are empty", lambda: _is_settled(own))
        counts = judge(own, load.told)
        _the_judge_sees(own, load.told)
    assert not any(counts.values()), counts
    told = load.told
    return {
        "kills": sum(killed.values()),
        **{f"kills_of_{name.replace(' ', '_')}": count for name, count in killed.items()},
        "restarts": services.restarts,
        "retries": told.retries,
        "acknowledged_writes": len(told.batches) + len(told.approved) + len(told.messages),
        "acknowledged_looks": len(told.looks),
        **counts,
        "longest_silence_seconds": round(max(waits), 1),
    }


class Load:
    """Threads that file, approve, look and send, and ask again whatever was not answered."""

    def __init__(self, own: Installation, who: dict[str, Any]) -> None:
        self._own, self._who = own, who
        self.told = Acknowledged()
        self._is_over = threading.Event()
        self._failures: list[str] = []
        self._threads = [
            threading.Thread(target=self._until_over, args=(work,), daemon=True)
            for work in (self._file, self._look, self._send)
        ]

    def start(self, own: Installation) -> None:
        """File once, so that there is a person to look at themselves, then let all begin."""
        self._file()
        self._who |= own.citizen("390101199001010017")
        self._look()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish what they began."""
        self._is_over.set()
        for thread in self._threads:
            thread.join(120)
        assert not self._failures, self._failures[:3]

    def done(self) -> tuple[int, int, int]:
        """Return how many approvals, looks and messages were acknowledged."""
        return len(self.told.approved), len(self.told.looks), len(self.told.messages)

    def went_on(self, before: tuple[int, int, int]) -> bool:
        """Tell whether each kind of work was done anew since."""
        assert not self._failures, self._failures[:3]
        return all(present > past for present, past in zip(self.done(), before, strict=True))

    def _until_over(self, work: Callable[[], None]) -> None:
        while not self._is_over.is_set():
            try:
                work()
            except AssertionError as error:
                self._failures.append(str(error))
                return

    def _file(self) -> None:
        """Hand a file in under a key of its own, and approve it as the second person."""
        key = uuid4().hex[:12]
        credentials = {"Authorization": f"Basic {b64encode(self._who['client'].encode()).decode()}"}
        form, kind = _form(_file_of(key))
        headers = {**credentials, "Content-Type": kind, "Idempotency-Key": key}
        status, text, _ = self._asked("/api/v1/batches", form, headers)
        assert status == 201, text
        batch = json.loads(text)["id"]
        self.told.batches[key] = batch
        cookies = {"Cookie": f"sessionid={self._who['approver']}; csrftoken={'a' * 32}"}
        approval = f"csrfmiddlewaretoken={'a' * 32}&verb=approve".encode()
        status, text, _ = self._asked(f"/dept/batches/{batch}/decide", approval, cookies)
        # Asked again after an answer that was lost, the approval is refused because it stands.
        state = json.loads(self._asked(f"/api/v1/batches/{batch}", None, credentials)[1])["state"]
        assert state == "accepted", (status, state)
        self.told.approved.add(batch)

    def _look(self) -> None:
        """Look at one's own archive; an answer that names the person comes with the receipt of its event."""
        headers = {"Cookie": f"sessionid={self._who['citizen']}"}
        status, text, receipt = self._asked("/api/v1/me/archive", None, headers)
        assert status == 200, text
        assert NAME in text, "an archive without its person"
        if receipt:
            self.told.looks += [part.partition("event=")[2].partition(";")[0] for part in receipt.split(", ")]
        else:
            self.told.bare_looks += 1

    def _send(self) -> None:
        """Put a message into the outbox in a transaction of its own, as an act does."""
        time.sleep(0.1)
        message = str(uuid4())
        try:
            self._own.ask(SEND, message, message, now(), now())
        except psycopg.OperationalError:
            return
        self.told.messages.append(message)

    def _asked(self, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str, str]:
        """Ask until there is an answer other than that it is not possible just now."""
        end = time.monotonic() + 90
        while time.monotonic() < end:
            request = urllib.request.Request(f"http://127.0.0.1:{self._own.port}{path}", data=body, headers=headers)
            try:
                with urllib.request.urlopen(request, timeout=20) as reply:
                    return reply.status, reply.read().decode(), reply.headers.get("Chengxin-Receipt", "")
            except urllib.error.HTTPError as error:
                text = error.read().decode("utf-8", "replace")
                if error.code == 500:
                    raise AssertionError(f"{path} broke: {text[:300]}") from error
                if error.code not in {502, 503}:
                    return error.code, text, ""
            except (OSError, HTTPException):
                pass
            self.told.retries += 1
            time.sleep(0.1)
        raise AssertionError(f"{path} was not answered for 90 s")


SEND = """
    insert into jobs_message (id, topic, recipient, key, kind, reference, payload, digest, sender_key, sender_body,
                              created_at, attempts, next_attempt_at, last_error, receipt_kind)
    values (%s, 'record.withdrawn', 'body:YTSJ', %s, 'inbox', 'x', '{}', sha256('{}'), 'platform:proof', '', %s, 0, %s,
            '', '') returning id
"""


def _file_of(key: str) -> bytes:
    ago = (legal_day(now())).replace(day=1).isoformat()
    rows = "".join(FIRM.replace("1号", f"{key}{place}号") for place in range(FIRMS))
    text = HEAD + rows + PERSON.replace("3号", f"{key}7号") + BAD.replace("2027/3/1", "2099/3/1")
    for date in ("2026/10/1", "2026-10-08", "2026-09-20", "2026-09-21"):
        text = text.replace(date, ago)
    return text.encode()


def _form(content: bytes) -> tuple[bytes, str]:
    edge = "proof-edge"
    parts = f'--{edge}\r\nContent-Disposition: form-data; name="item"\r\n\r\npenalty\r\n--{edge}\r\n'
    parts += 'Content-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    return parts.encode() + content + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def _is_settled(own: Installation) -> bool:
    waiting = """
        select (select count(*) from audit_queue where kind <> 'heartbeat'),
               (select count(*) from jobs_message where delivered_at is null)
    """
    try:
        return own.ask(waiting) == [(0, 0)]
    except psycopg.OperationalError:
        return False


def judge(own: Installation, told: Acknowledged) -> dict[str, int]:
    """Count what was acknowledged and does not stand, what was shown and is not in the log, what stands twice."""
    batches = dict(own.ask("select idempotency_key, id::text from intake_batch where idempotency_key <> ''"))
    records = dict(own.ask("select batch_id::text, count(*) from records_version group by 1"))
    messages = {one for (one,) in own.ask("select id::text from jobs_message where delivered_at is not null")}
    leaves = {one for (one,) in own.ask("select event_id::text from audit_leaf join audit_event on id = event_id")}
    opened = _opened(Path(own.environ["CHENGXIN_VAR"]) / "services.log")
    events = {one for (one,) in own.ask("select id::text from audit_event")}
    lost = sum(batches.get(key) != batch for key, batch in told.batches.items())
    lost += sum(records.get(batch) != FIRMS + 1 for batch in told.approved)
    lost += len(set(told.messages) - messages)
    (twice,) = own.ask(TWICE)[0]
    return {
        "acknowledged_writes_lost": lost,
        "unlogged_disclosures": len(set(told.looks) - leaves) + told.bare_looks + len(opened - events),
        "duplicates": twice,
    }


TWICE = """
    select (select count(*) from (select from records_version where document_key <> '' group by document_key
                                  having count(*) > 1) x)
         + (select count(*) from (select from casework_step where verb = 'approve' group by case_id
                                  having count(*) > 1) x)
         + (select count(*) from (select from intake_batch where idempotency_key <> '' group by idempotency_key
                                  having count(*) > 1) x)
"""


def _opened(log: Path) -> set[str]:
    """Return the events for which the key service says it opened something."""
    lines = log.read_text("utf-8", "replace").splitlines()
    return {line.partition(" open event=")[2].split()[0] for line in lines if " open event=" in line}


def _the_judge_sees(own: Installation, told: Acknowledged) -> None:
    """Take one of each away, or add one: a judge who does not see that would see nothing."""
    for spoils, what in (
        (f"delete from records_version where batch_id = '{max(told.approved)}' and row_number = 2", "lost"),
        (f"delete from jobs_message where id = '{told.messages[-1]}'", "lost"),
        (f"delete from audit_leaf where event_id = '{told.looks[-1]}'", "unlogged"),
        (f"delete from audit_event where id = '{told.looks[-2]}'", "unlogged"),
    ):
        before = judge(own, told)
        with psycopg.connect(own.database.conninfo(dbname="chengxin"), autocommit=True) as admin:
            admin.execute("set session_replication_role = replica")
            admin.execute(spoils)
        changed = {name for name, count in judge(own, told).items() if count > before[name]}
        assert any(what in name for name in changed), f"nobody saw: {spoils}"

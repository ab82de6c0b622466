"""A wrong line is seen, contested, corrected; everyone who read it hears, late or not; the person proves each step.

The recipients are processes of their own with files of their own: one is called and up, one is called and away for an
hour. What the person holds in the end are files, and `chengxin-verify` needs nothing else.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.archives.tests.conftest import lin, sign_in
from chengxin.audit import facade as audit
from chengxin.audit.tests.conftest import sequence
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.consents import facade as consents
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.inquiries.tests.conftest import LIN_NO
from chengxin.intake.tests.conftest import SETUP, Office, accept, ground, hand_in, market
from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Tried
from chengxin.jobs.models import Message
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.jobs.tests.test_webhooks import certificate
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import now
from chengxin.objections import facade as objections
from chengxin.objections.tests.conftest import read
from chengxin_subscriber.client import Platform
from chengxin_verify.ed25519 import public_key

__all__ = ["accept", "ground", "hand_in", "lin", "market", "sequence"]
BIN = Path(sys.executable).parent
PATIENCE = 30.0


@dataclass
class Recipient:
    """A body's program: its client, its key and state in a folder, and its process while it runs."""

    body: str
    client: str
    secret: str
    folder: Path
    address: str
    platform_key: str = ""
    running: subprocess.Popen[str] | None = None

    def words(self, command: str, *more: str) -> list[str]:
        own = ["--client", self.client, "--key", str(self.folder / "own.key"), "--state", str(self.folder / "state")]
        return [str(BIN / "chengxin-subscriber"), command, *more, "--platform", f"{self.address}/api/v1", *own]

    def run(self, command: str, *more: str) -> dict[str, Any]:
        done = subprocess.run(self.words(command, *more), env=self.environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    @property
    def seed(self) -> bytes:
        return bytes.fromhex((self.folder / "own.key").read_text("utf-8"))

    @property
    def environ(self) -> dict[str, str]:
        return {**os.environ, "CHENGXIN_SECRET": self.secret}

    def listen(self, pem: Path, key: str, *, port: int = 0) -> int:
        """Start to listen and return the port; a restart takes the one it had."""
        told = ("--certificate", str(pem), "--platform-key", key, "--port", str(port))
        self.running = subprocess.Popen(
            self.words("listen", *told), env=self.environ, stdout=subprocess.PIPE, text=True
        )
        return int(self.hear("listening"))

    def hear(self, word: str, *, least: int = 0) -> Any:
        """Wait until the process says a word (with at least so much)."""
        assert self.running is not None
        assert self.running.stdout is not None
        for line in self.running.stdout:
            told = json.loads(line)
            if word in told and (word == "listening" or isinstance(told[word], str) or told[word] >= least):
                return told[word]
        raise AssertionError(f"{self.body} never said {word}")

    def die(self) -> None:
        if self.running is not None:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait()
            assert self.running.stdout is not None
            self.running.stdout.close()
            self.running = None

    def state(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "state").read_text("utf-8")))


@pytest.fixture
def recipients(lin: Actor, tmp_path: Path, live_server: Any, settings: Any) -> Iterator[list[Recipient]]:
    """A personnel department that reads by statute, and a bank that reads by consent."""
    settings.WEBHOOK_NETWORKS, settings.WEBHOOK_CA = "127.0.0.0/8, ::1/128", str(certificate(tmp_path))
    found = [recipient(code, tmp_path / code, live_server.url) for code in ("RSJ", "YTYH")]
    yield found
    for one in found:
        one.die()


def recipient(code: str, folder: Path, address: str) -> Recipient:
    names = {"name_zh": f"{code}单位", "name_en": code, "uscc": "", "area": "390100", "level": "city"}
    body = Body(code=code, **names, fields_of_work=(), parent="", is_credit_office=False)
    access.open_bodies([body], actor=SETUP, now=now())
    made = subprocess.run(
        [BIN / "chengxin-subscriber", "init", folder / "own.key"], capture_output=True, text=True, check=True
    )
    scopes = ["statutory.request", "consent.request", "record.query", "outbox.receive"]
    key = bytes.fromhex(made.stdout.strip())
    new = access.register_client(code, body=code, scopes=scopes, actor=SETUP, now=now(), public_key=key)
    return Recipient(body=code, client=str(new.client.id), secret=new.secret, folder=folder, address=address)


def read_by_statute(organ: Recipient) -> str:
    """Let the department ask about Lin, its second person approve, and its program read; return the record."""
    for role in ("clerk", "approver"):
        account = access.open_account(f"rsj-{role}", actor=SETUP, now=now())
        access.give_post(account.id, body="RSJ", role=role, actor=SETUP, now=now(), starts_on=now().date())
    asked = {
        "rule": "organ.recruitment",
        "basis": "GWY/26",
        "procedure_number": "云人社招〔2026〕12号",
        "announced_on": "2026-11-20",
        "announced_at": "https://example.org/12",
        "announced_count": "1",
        "matter": "2026年公务员招录资格审查",
        "persons": f"林禾舟 {LIN_NO}",
    }
    address = sign_in("rsj-clerk").post("/dept/statutory-queries/new", asked)["Location"]
    decided = sign_in("rsj-approver").post(f"{address}/decide", {"verb": "approve", "reasons": "已核对公告和名单"})
    assert decided.status_code == 302
    query = address.rstrip("/").split("/")[-1]
    (record,) = organ.run("read", f"statutory-queries/{query}/facts", "{}")["held"]
    return str(record)


def read_by_consent(bank: Recipient) -> str:
    """Let the bank ask, Lin tick and agree, and the bank's program read; return the record."""
    consents.register(SETUP, body="YTYH", rule="bank.loan_watch", registration="REG-1", now=now())
    asking = Platform(address=f"{bank.address}/api/v1", client=bank.client, secret=bank.secret, seed=bank.seed)
    asked = asking.post("consent-requests", {"rule": "bank.loan_watch", "number": LIN_NO, "reference": "L-1"})
    agreed = sign_in("lin").post(f"/me/consents/requests/{asked['code']}", {"items": ["penalty"], "answer": "agree"})
    assert agreed.status_code == 302
    consent = asking.get(f"consent-requests/{asked['id']}")["consent"]
    (record,) = bank.run("read", "authorised-queries", json.dumps({"consent": consent, "rule": "bank.loan_watch"}))[
        "held"
    ]
    return str(record)


def messages() -> list[tuple[str, str, bool, str]]:
    """Return what was put, in its order: change, who is told, whether it arrived, what was answered."""
    with access.acting_for(platform("look"), channel=Channel.JOB, purpose="correction"):
        found = Message.objects.order_by("id")
        return [(row.topic, row.recipient, row.delivered_at is not None, row.receipt_kind) for row in found]


def answers(one: Recipient) -> list[str]:
    return [answered for _topic, who, _arrived, answered in messages() if who == f"client:{one.client}"]


def deliver(at: datetime) -> Tried:
    with log_in_as_worker():
        return jobs.deliver_due(now=at)


def contest(record: str) -> Case:
    """See the line on one's own page, follow its link, object; return the case as its source finds it."""
    person = sign_in("lin")
    assert f"/me/objections/new/{record}" in person.get("/me").content.decode()
    words = {"ground": "error", "words": "决定书写的是“发布的广告与实际不符”，不是虚假广告。"}
    receipt = person.post(f"/me/objections/new/{record}", words)
    assert receipt.status_code == 302
    number = receipt["Location"].split("/")[-1].split("?")[0]
    return next(case for case in cases_of_lin() if case.number == number)


def cases_of_lin() -> list[Case]:
    account = access.find_account("lin", on=now().date())
    assert account is not None
    assert account.subject_id is not None
    actor = access.actor_for_account(account, on=now().date())
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        return list(casework.list_cases_about(account.subject_id))


def correct(case: Case, market: Office) -> None:
    """Let the source's clerk correct the line and its approver decide."""
    read(case, market.clerk, market.approver)
    changed = {"violation_facts": "发布的广告与实际不符"}
    objections.propose(
        market.clerk, case.id, verb="propose_correct", changed=changed, reasons="核对了决定书原件。", now=now()
    )
    done = casework.carry_out(case.id, verb="correct", actor=market.approver, now=now(), reasons="原件与更正一致。")
    assert done.state == "corrected"


def prove(folder: Path) -> list[dict[str, Any]]:
    """Download the proof of every event about oneself, check each from its file alone, and return their contents."""
    person, contents = sign_in("lin"), []
    for event in own_events():
        answer = person.get(f"/api/v1/log/proof/{event}")
        assert answer.status_code == 200
        file = folder / f"{event}.json"
        file.write_bytes(answer.content)
        status, kind = verify(folder, file)
        assert status == 0
        contents.append({"step": kind, **json.loads(answer.json()["body"])})
    return contents


def own_events() -> list[str]:
    account = access.find_account("lin", on=now().date())
    assert account is not None
    assert account.subject_id is not None
    actor = access.actor_for_account(account, on=now().date())
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        return [str(look.event_id) for look in reversed(audit.list_looks(account.subject_id, limit=200))]


def verify(folder: Path, paper: Path) -> tuple[int, str]:
    """Run the verifier as whoever holds the files would; return its status and what it says happened."""
    words = [str(BIN / "chengxin-verify"), "--keys", str(folder / "keys.txt"), "proof", str(paper)]
    environ = {"PATH": os.environ["PATH"]}
    done = subprocess.run(words, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.split(" ")[0]


@pytest.mark.clause("P4.3a")
@pytest.mark.clause("R9")
@pytest.mark.wall_clock
@pytest.mark.django_db(transaction=True)
def test_a_wrong_line_is_contested_corrected_and_everyone_who_read_it_hears_and_the_person_proves_each_step(
    lin: Actor, market: Office, recipients: list[Recipient], sequence: Callable[[], int], tmp_path: Path
) -> None:
    organ, bank = recipients
    record = read_by_statute(organ)
    assert read_by_consent(bank) == record
    ports = {one.body: be_called(one, tmp_path) for one in recipients}
    bank.die()

    case = contest(record)
    correct(case, market)
    began = now()
    assert deliver(began) == Tried(delivered=4, failed=3)  # The source hears of the mark too.
    for _message in range(3):
        organ.hear("called")
    wait_for(lambda: answers(organ) == ["marked", "replaced", "replaced"])
    assert answers(bank) == ["", "", ""]
    assert organ.state()["held"][record]["version"] == 2
    assert bank.state()["held"][record]["version"] == 1

    hour = began + timedelta(hours=1)
    assert deliver(hour) == Tried(failed=3)
    bank.listen(tmp_path / "localhost.pem", bank.platform_key, port=ports["YTYH"])
    bank.hear("answered", least=3)  # What came while it was away waited in its feed.
    assert deliver(hour + timedelta(hours=6)) == Tried()
    assert all(arrived for _topic, _who, arrived, _answered in messages())
    assert answers(bank) == ["marked", "deleted", "not_held"]
    assert record not in bank.state()["held"]  # Its consent allows one look in thirty days, so it deleted the line.

    sequence()
    every_step_is_proven(tmp_path)
    said = sign_in("lin").get(f"/me/objections/{case.number}").content.decode()
    assert "RSJ单位" in said
    assert "YTYH单位" in said
    assert signed_by(organ, record) == signed_by(bank, record) == 3


def every_step_is_proven(folder: Path) -> None:
    """Take the proofs of all that happened and check that each step is among them, and that a changed one fails."""
    (folder / "keys.txt").write_text(audit.public_keys(), "utf-8")
    steps = prove(folder)
    told = sorted(step["step"] for step in steps if step["step"] in {"mark", "correct", "consent"})
    assert told == ["consent", "correct", "mark", "mark"]
    receipts = sorted(step["body"] for step in steps if step["step"] == "receipt")
    assert receipts == ["RSJ"] * 3 + ["YTYH"] * 3
    paper = json.loads(next(folder.glob("*-*.json")).read_text("utf-8"))
    (folder / "forged").write_text(json.dumps({**paper, "body": paper["body"] + " "}), "utf-8")
    assert verify(folder, folder / "forged")[0] == 1


def signed_by(one: Recipient, record: str) -> int:
    """Return how many receipts about a record stand with a signature that the recipient's own key made."""
    key = public_key(one.seed)
    with access.acting_for(platform("look"), channel=Channel.JOB, purpose="correction"):
        rows = list(Message.objects.filter(reference=record, recipient=f"client:{one.client}"))
    said = [json.loads(crypto.open_by(key, row.receipt_statement, kind="receipt+jws")) for row in rows]
    assert [one["message"] for one in said] == [str(row.id) for row in rows]
    return len(said)


def be_called(one: Recipient, folder: Path) -> int:
    """Tell the platform where to call, and listen there; return the port."""
    one.platform_key = one.run("call-me", "https://localhost:1/")["public_key"]
    port = one.listen(folder / "localhost.pem", one.platform_key)
    one.run("call-me", f"https://localhost:{port}/")
    return port


def wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)

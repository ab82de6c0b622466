"""A correction travels: a wrong line is entered, read, contested, corrected, and everybody who read it hears of it.

Departments, the bank and the person act as in life: two recipients are programs in processes of their own, one of them
away for an hour of the outbox's clock; what the person holds in the end are files that `chengxin-verify` checks alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import orjson

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.audit.contracts import LookFilter
from chengxin.casework import facade as casework
from chengxin.consents import facade as consents
from chengxin.database.contracts import Channel
from chengxin.demo.bodies import body_by_code
from chengxin.demo.life.papers import Sent, paper
from chengxin.demo.life.stage import Stage
from chengxin.demo.recipients import Recipient, make_certificate, make_key
from chengxin.demo.staff import BUILDER, GUESTS
from chengxin.inquiries import facade as inquiries
from chengxin.inquiries.contracts import Person, Procedure
from chengxin.intake import facade as intake
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.looks import facade as looks
from chengxin.objections import facade as objections
from chengxin.objections.contracts import Ground
from chengxin.records import facade as records
from chengxin.records.contracts import Done, Told

WHO, ITEM, SOURCE, ORGAN = "chen", "penalty", "390100.market", "390000.human_resources"
HOUR = timedelta(hours=1)
LONG_AFTER = timedelta(hours=7)
PATIENCE = 60.0
WRONG, RIGHT = "经查，当事人发布虚假广告。", "经查，当事人发布的广告与实际不符，已在期限内改正。"
_RULE = "bank.loan_watch"


@dataclass
class Ending:
    """What came of it: receipts by recipient, versions held at the end, proofs that were checked and one forged."""

    receipts: dict[str, list[str]] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    verified: dict[str, int] = field(default_factory=dict)
    forgery_was_noticed: bool = False


@dataclass
class Correction:
    """The scenario: `fetch` is the person's browser, `carry` the worker so much later, `settle` lets the log go on."""

    stage: Stage
    platform: str
    folder: Path
    fetch: Callable[[str], bytes]
    carry: Callable[[timedelta], None]
    settle: Callable[[], None]
    say: Callable[[str], None]

    def tell(self) -> Ending:
        """Play all of it and return what came of it."""
        self._began = now()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._certificate = self.folder / "localhost.pem"
        organ, bank = self._recipients()
        ending = Ending()
        try:
            record = self._enter()
            self._is_read(record, organ, bank)
            number = self._contest(record)
            self._correct(number)
            self._deliver(record, organ, bank)
            ending.receipts = self._receipts(record)
            ending.held = {
                one.name: int(one.held()[record]["version"]) for one in (organ, bank) if record in one.held()
            }
        finally:
            for one in (organ, bank):
                one.end()
        self._prove(ending)
        return ending

    def _actor(self, who: str) -> Actor:
        return self.stage.actor(who, on=legal_day(now()))

    def _recipients(self) -> tuple[Recipient, Recipient]:
        """Register the two programs with keys of their own."""
        found = []
        scopes = ("statutory.request", "consent.request", "record.query", "outbox.receive")
        for place, (body, name) in enumerate(((ORGAN, "人社厅订阅程序"), (GUESTS["bank"], "银行订阅程序"))):
            folder = self.folder / ("organ", "bank")[place]
            new = access.register_client(
                f"{name} {now():%m%d%H%M%S}",
                body=body,
                scopes=scopes,
                actor=BUILDER,
                now=now(),
                public_key=make_key(folder),
            )
            (folder / "state").unlink(missing_ok=True)
            found.append(
                Recipient(
                    name=name, client=str(new.client.id), secret=new.secret, folder=folder, platform=self.platform
                )
            )
        return found[0], found[1]

    def _enter(self) -> str:
        """Let the source file a line with a mistake; a second person approves it."""
        clerk, approver = self._actor("clerk"), self._actor("approver")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "line")
            path.write_bytes(orjson.dumps(self._cells()))
            with access.acting_for(clerk, channel=Channel.INTAKE, purpose="filing"):
                batch = intake.upload(
                    path, file_name="处罚.jsonl", item_code=ITEM, actor=clerk, now=now(), channel="page"
                )
                batch = intake.submit(batch.id, actor=clerk, now=now())
        batch = intake.decide(batch.id, approves=True, actor=approver, now=now())
        person = self._actor(WHO)
        assert person.subject_id is not None
        with access.acting_for(person, channel=Channel.SELF, purpose="own_archive"):
            newest = max(records.list_of_subject(person.subject_id), key=lambda one: one.record_id)
        self.say(f"① 写错：澜汀市市场监督管理局报送批次 {batch.number}，陈若汀名下多了一条处罚，事实写成“{WRONG}”")
        return str(newest.record_id)

    def _cells(self) -> dict[str, str]:
        today, source = legal_day(now()), body_by_code(SOURCE)
        member = next(one for one in self.stage.province.cast if one.key == WHO)
        return {
            "subject_name": member.name,
            "subject_kind": "自然人",
            "id_type": "身份证",
            "id_no": self.stage.province.id_no_of(WHO),
            "decision_no": f"汀市监罚〔{today.year}〕演{now():%m%d%H%M%S}号",
            "violation_kind": "发布虚假广告",
            "violation_facts": WRONG,
            "legal_basis": "《中华人民共和国广告法》第五十五条",
            "penalty_kind": "罚款",
            "penalty_content": "责令改正，罚款0.10万元。",
            "fine": "0.10",
            "determined_on": (today - timedelta(days=9)).isoformat(),
            "notified_on": (today - timedelta(days=7)).isoformat(),
            "body_name": source.name,
            "body_code": source.uscc,
            "severity": "一般",
            "procedure": "普通程序",
            "provenance": "认定",
        }

    def _is_read(self, record: str, organ: Recipient, bank: Recipient) -> None:
        """Let one body read by statute and one by the person's consent, each with its own program."""
        for one in (organ, bank):
            one.be_called(make_certificate(self.folder) if one is organ else self._certificate)
        held = organ.do("read", f"statutory-queries/{self._statutory_query()}/facts", "{}")["held"]
        assert record in held
        self.say("② 看到：省人社厅按公告依法查询，另一个人批准以后，它的程序读到了这一条")
        asked = json.dumps({"consent": str(self._consent(bank)), "rule": _RULE})
        assert record in bank.do("read", "authorised-queries", asked)["held"]
        self.say("   看到：陈若汀同意银行贷后查看，银行的程序也读到了这一条")

    def _statutory_query(self) -> UUID:
        clerk, approver = self._actor("clerk2"), self._actor("approver2")
        member = next(one for one in self.stage.province.cast if one.key == WHO)
        query = inquiries.request(
            clerk,
            rule="organ.recruitment",
            basis="GWY/26",
            procedure=Procedure(
                number=f"云人社招〔{now().year}〕演{now():%m%d%H%M%S}号",
                announced_on=legal_day(now()) - timedelta(days=5),
                address="https://www.example.org/zhaolu/demo",
                announced_count=1,
                matter="公务员招录资格审查",
            ),
            persons=[Person(name=member.name, number=self.stage.province.id_no_of(WHO))],
            now=now(),
        )
        case = inquiries.get_query(clerk, query, now=now()).case_id
        casework.carry_out(case, verb="approve", actor=approver, now=now(), reasons="已核对公告、依据和名单。")
        return query

    def _consent(self, bank: Recipient) -> UUID:
        if consents.find_grant(GUESTS["bank"], rule=_RULE, on=legal_day(now())) is None:
            consents.register(self._actor("officer"), body=GUESTS["bank"], rule=_RULE, registration="演示", now=now())
        program = next(
            access.actor_for_client(one) for one in access.list_clients(GUESTS["bank"]) if str(one.id) == bank.client
        )
        number = self.stage.province.id_no_of(WHO)
        asked = consents.ask(program, rule=_RULE, number=number, reference="贷款合同-演示", now=now())
        return consents.give(self._actor(WHO), asked.code, items=[ITEM], authenticated=["password"], now=now())

    def _contest(self, record: str) -> str:
        """Let the person see the line with who read it, and object; from then on it is marked everywhere."""
        page = self.fetch(f"/me/records/{record}").decode()
        assert WRONG in page
        readers = "、".join(archives.body_name(body) for body in self._readers(record))
        self.say(f"③ 看见：陈若汀打开自己的这一条，看到谁写的、为什么可以写，谁读过：{readers}")
        words = "决定书写的是“发布的广告与实际不符”，不是虚假广告。"
        papers = casework.keep_papers([Sent(paper("决定书照片", words))])
        case = objections.object_to(
            self._actor(WHO), UUID(record), ground=Ground.ERROR, words=words, papers=papers, now=now()
        )
        self.say(f"④ 异议：{case.number}，这一条从这一刻起在所有出口带“有异议”标注，期限到{case.due_on}")
        return case.number

    def _readers(self, record: str) -> list[str]:
        person = self._actor(WHO)
        assert person.subject_id is not None
        with access.acting_for(person, channel=Channel.SELF, purpose="own_archive"):
            return sorted({one.body for one in records.list_received(person.subject_id, UUID(record)) if one.body})

    def _correct(self, number: str) -> None:
        person, clerk, approver = self._actor(WHO), self._actor("clerk"), self._actor("approver")
        with access.acting_for(person, channel=Channel.SELF, purpose="own_archive"):
            case = casework.find_case(number, actor=person)
        assert case is not None
        for officer in (clerk, approver):
            with access.acting_for(officer, channel=Channel.BODY, purpose="case_handling"):
                for digest in casework.papers_of(case.id):
                    casework.open_evidence(case.id, digest=digest, actor=officer, now=now())
        objections.propose(
            clerk,
            case.id,
            verb="propose_correct",
            changed={"violation_facts": RIGHT},
            reasons=f"{number}：核对了决定书原件，上报时写错。",
            now=now(),
        )
        casework.carry_out(
            case.id, verb="correct", actor=approver, now=now(), reasons=f"{number}：原件与更正一致，同意。"
        )
        self.say(f"⑤ 更正：经办人写明改成什么，另一个人看过材料后决定；现在写的是“{RIGHT}”")

    def _deliver(self, record: str, organ: Recipient, bank: Recipient) -> None:
        """Deliver with the bank away, again an hour later, and once more when it is back."""
        bank.end()
        self.say("⑥ 送达：银行的程序停了（它的机房断电一小时），人社厅的在")
        self.carry(timedelta())
        self._wait("人社厅回执", lambda: len(self._answers(record, ORGAN)) == 3)
        version = organ.held()[record]["version"]
        self.say(f"   人社厅已换成第{version}版，回执：{self._in_words(record, ORGAN)}；银行还没有回执")
        self.carry(HOUR)
        self.say("   过了一小时（投递钟），再叫一次，银行仍然不在")
        bank.be_called(self._certificate)
        bank.hear("answered")
        self.carry(LONG_AFTER)
        self._wait("银行回执", lambda: len(self._answers(record, GUESTS["bank"])) == 3)
        self.say(f"   银行回来，补收并办完，回执：{self._in_words(record, GUESTS['bank'])}")

    def _told(self, record: str) -> list[Told]:
        person = self._actor(WHO)
        assert person.subject_id is not None
        with access.acting_for(person, channel=Channel.SELF, purpose="own_archive"):
            return records.list_told(person.subject_id, UUID(record))

    def _answers(self, record: str, body: str) -> list[str]:
        return [one.done for one in self._told(record) if one.body == body and one.done]

    def _in_words(self, record: str, body: str) -> str:
        return "、".join(str(records.words_of_done(Done(one))) for one in self._answers(record, body))

    def _receipts(self, record: str) -> dict[str, list[str]]:
        return {body: self._answers(record, body) for body in (ORGAN, GUESTS["bank"])}

    def _prove(self, ending: Ending) -> None:
        """Download the proof of every event about oneself since the beginning, and check each from its file alone."""
        self.settle()
        folder = self.folder / "proofs"
        folder.mkdir(exist_ok=True)
        (folder / "keys.txt").write_bytes(self.fetch("/openness/log-keys.txt"))
        chosen = LookFilter(since=self._began)
        lines = looks.own_looks(self._actor(WHO), now=now(), chosen=chosen, limit=200).lines
        file = folder / "none"
        for look in reversed(lines):
            file = folder / f"{look.event_id}.json"
            file.write_bytes(self.fetch(f"/me/looks/{look.event_id}/proof"))
            status, said = verify(folder / "keys.txt", file)
            if status:
                raise RuntimeError(f"{file.name}: {said}")
            ending.verified[look.kind] = ending.verified.get(look.kind, 0) + 1
        counted = "，".join(f"{kind} {count}" for kind, count in sorted(ending.verified.items()))
        self.say(f"⑦ 验证：下载 {len(lines)} 份证明，用 chengxin-verify 只凭文件逐份验过：{counted}")
        forged = folder / "forged.json"
        paper_of = json.loads(file.read_text("utf-8"))
        forged.write_text(json.dumps({**paper_of, "body": paper_of["body"] + " "}), "utf-8")
        status, _said = verify(folder / "keys.txt", forged)
        ending.forgery_was_noticed = status != 0
        self.say(f"   改动一个空格以后：{'验不过' if ending.forgery_was_noticed else '居然验过了'}")
        self.say(f"   文件在 {folder}")

    def _wait(self, what: str, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise RuntimeError(f"没有等到{what}。")
            time.sleep(0.2)


def verify(keys: Path, file: Path) -> tuple[int, str]:
    """Check one proof as whoever holds the files would; return the status and what was said."""
    words = [sys.executable, "-m", "chengxin_verify", "--keys", str(keys), "proof", str(file)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    return done.returncode, done.stderr.strip()

"""An interception and its end: a listed enterprise applies for a licence, a named officer decides, repair lifts it.

Three bodies follow the list and one program asked about the applicant, each in a process of its own; one of them is
away for an hour of the outbox's clock. Nothing is blocked by the match: a person proposes, another decides.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.demo.life import listing
from chengxin.demo.life.papers import Sent, paper
from chengxin.demo.life.stage import Stage
from chengxin.demo.recipients import Recipient, make_certificate, make_key
from chengxin.demo.staff import BUILDER, GUESTS
from chengxin.determinations import facade as determinations
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now, simulated
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Shown
from chengxin.matters import facade as matters
from chengxin.matters.contracts import Asked, Opened
from chengxin.measures.contracts import Proposal
from chengxin.records import facade as records

LICENSER, ASKER = "390200.market", "390000.market"
FOLLOWERS = ("390000.finance", GUESTS["platform_client"], GUESTS["bank"])
AWAY = GUESTS["bank"]
KEEPS = ("lists.moved", "measures.end")
ROWS, AGO = range(3, 40), 290
HOUR, LONG_AFTER = timedelta(hours=1), timedelta(hours=7)
PATIENCE, LONGEST_MINUTES = 60.0, 5


@dataclass
class Ending:
    """What came of it: receipts by body, what each still has in use, and how long the warning stood after the end."""

    hits_before: int = 0
    hits_after: int = 0
    in_force: int = 0
    receipts: dict[str, list[str]] = field(default_factory=dict)
    in_use: dict[str, int] = field(default_factory=dict)
    recalled: list[str] = field(default_factory=list)
    seconds: float = 0.0
    seconds_after_return: float = 0.0


@dataclass
class Interception:
    """The scenario: `keep` is the worker that keeps lists and measures, `carry` the one that delivers so much later."""

    stage: Stage
    platform: str
    folder: Path
    keep: Callable[[], None]
    carry: Callable[[timedelta], None]
    say: Callable[[str], None]

    def tell(self) -> Ending:
        """Play all of it and return what came of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        certificate, ending = make_certificate(self.folder), Ending()
        entry = self._entry()
        firm = self._firm(entry)
        followers = {body: self._program(body, "list.follow") for body in FOLLOWERS}
        asker = self._program(ASKER, "list.match")
        try:
            for one in (*followers.values(), asker):
                one.be_called(certificate)
            self._is_held(entry, followers, asker)
            self._intercept(entry, firm, ending)
            followers[AWAY].end()
            self._repair(entry, firm)
            self._lift(entry, firm, followers, certificate, ending)
            ending.in_use = {
                one.name: sum(held["status"] == "in_use" for held in one.held().values())
                for one in (*followers.values(), asker)
            }
        finally:
            for one in (*followers.values(), asker):
                one.end()
        return ending

    def _officer(self, role: str, body: str) -> Actor:
        return self.stage.actor(f"{role}@{body}", on=legal_day(now()))

    def _entry(self) -> Shown:
        """Return an entry that has stood for more than a year; one that an earlier telling ended is passed by."""
        self.keep()
        at = self.stage.moment(AGO, "09:30")
        for row in ROWS:
            firm = listing.firm_at(self.stage, row)
            if firm["kind"] != "legal_person":
                continue
            found = listing.standing_entry(firm["uscc"], at=now())
            if found is None and not self._was_listed(firm["uscc"]):
                with simulated(at):
                    told = {"firm": row, "number": f"演{row}", "approver": "approver"}
                    listing.list_firm(self.stage, self.stage.actor("clerk", on=legal_day(at)), told, at)
                found = listing.standing_entry(firm["uscc"], at=now())
            if found is not None and found.listed_on and found.listed_on < legal_day(now()) - timedelta(days=366):
                self.say(f"① 在列：{found.name}，{found.listed_on}列入，到{found.ends_on}；公示在 /lists/market")
                return found
        raise LookupError("No enterprise has been on the list for a year.")

    def _was_listed(self, uscc: str) -> bool:
        return access.find_account(f"firm-{uscc[-9:].lower()}", on=legal_day(now())) is not None

    def _firm(self, entry: Shown) -> Actor:
        """Return the enterprise's own account."""
        username, on = f"firm-{entry.uscc[-9:].lower()}", legal_day(now())
        if access.find_account(username, on=on) is None:
            access.open_account(username, actor=BUILDER, now=now(), subject_id=entry.subject_id)
        return self.stage.actor(username, on=on)

    def _program(self, body: str, scope: str) -> Recipient:
        folder = self.folder / body
        name = f"{body} 名单程序"
        new = access.register_client(
            f"{name} {now():%m%d%H%M%S}",
            body=body,
            scopes=(scope, "outbox.receive"),
            actor=BUILDER,
            now=now(),
            public_key=make_key(folder),
        )
        (folder / "state").unlink(missing_ok=True)
        return Recipient(name=name, client=str(new.client.id), secret=new.secret, folder=folder, platform=self.platform)

    def _is_held(self, entry: Shown, followers: dict[str, Recipient], asker: Recipient) -> None:
        """Let three programs follow the list, and one ask about the applicant."""
        for one in followers.values():
            one.do("follow", "market")
            assert str(entry.id) in one.held()
        query = {"id": "1", "kind": "enterprise", "name": entry.name, "uscc": entry.uscc}
        asked = {"purpose": "no_fast_track", "lists": ["market"], "queries": [query]}
        assert str(entry.record_id) in asker.do("read", "screen", json.dumps(asked))["held"]
        self.say(f"② 订阅：{len(followers)}个单位的程序订阅了名单，省局的程序比对过这家企业；各有一条预警")

    def _open(self, entry: Shown) -> Opened:
        asked = Asked(kind=matters.get_kind("food_licence"), number=self.number, uscc=entry.uscc)
        return matters.open_matter(self._officer("clerk", LICENSER), asked, now=now())

    @property
    def number(self) -> str:
        """Return the number of the matter at the body that handles it."""
        return f"汀食许受〔{legal_day(now()).year}〕演1号"

    def _intercept(self, entry: Shown, firm: Actor, ending: Ending) -> None:
        """Let an officer see the hit and propose; the enterprise states its case; another officer decides."""
        clerk, approver = self._officer("clerk", LICENSER), self._officer("approver", LICENSER)
        opened = self._open(entry)
        hits = [hit for one in opened.matched for hit in one.hits]
        ending.hits_before = len(hits)
        assert [(hit.action.value, hit.record_id) for hit in hits] == [("block_proposed", entry.record_id)]
        assert opened.applied == []
        self.say(f"③ 办件：{self.number}，经办人看到{len(hits)}条命中，号码相同；系统没有拦截，申请照常在办")
        proposal = Proposal(
            measure="no_fast_track",
            subject_id=entry.subject_id,
            record_id=entry.record_id,
            decision_no=f"汐市监普〔{now().year}〕演{now():%m%d%H%M%S}号",
            reasons="在市场监督管理严重违法失信名单上，与食品经营许可有关。",
            proportionality="只按普通程序办理，不影响申请本身。",
            not_spared="没有在申请以前改正。",
            matter=self.number,
        )
        decision = listing.proposed(clerk, proposal, now=now())
        found = determinations.open_of_body(clerk, decision, now=now()).found
        listing.serve(clerk, decision, "notice", now=now())
        determinations.answer(firm, found.number, text="已经整改，请按普通程序办理即可。", now=now())
        casework.carry_out(found.case_id, verb="propose", actor=clerk, now=now(), reasons="陈述申辩已经听取。")
        determinations.open_paper(approver, decision, "notice", now=now())
        casework.carry_out(found.case_id, verb="decide", actor=approver, now=now(), reasons="核对主体和依据，同意。")
        assert self._open(entry).applied == []
        listing.serve(clerk, decision, "decision", now=now())
        ending.in_force = len(self._open(entry).applied)
        self.say(f"④ 决定：{found.number}，先告知、听取申辩，另一个人决定，送达以后才生效：不适用容缺受理")

    def _repair(self, entry: Shown, firm: Actor) -> None:
        """Let the enterprise ask to leave the list, and another person of the body that listed it decide."""
        papers = [Sent(paper("整改情况说明", "存在的问题已经改正，并接受了现场复查。"))]
        case = lists.ask_to_leave(firm, entry.id, words="已经改正，附复查记录。", papers=papers, now=now())
        approver = self.stage.actor("approver", on=legal_day(now()))
        with access.acting_for(approver, channel=Channel.BODY, purpose="repair"):
            for digest in casework.papers_of(case.id):
                casework.open_evidence(case.id, digest=digest, actor=approver, now=now())
        self._began = time.monotonic()
        casework.carry_out(case.id, verb="approve", actor=approver, now=now(), reasons="复查过，已经改正，准予移出。")
        self.say(f"⑤ 移出：{case.number}，看过材料以后准予；从这一刻起所有页面和接口都没有这一条")

    def _lift(
        self,
        entry: Shown,
        firm: Actor,
        followers: dict[str, Recipient],
        certificate: Path,
        ending: Ending,
    ) -> None:
        """Deliver with one program away, again an hour later, and once more when it is back."""
        self.keep()
        self.carry(timedelta())
        there = [body for body in FOLLOWERS if body != AWAY]
        self._wait("订阅单位回执", lambda: set(there) <= self._answered(firm, entry))
        self._wait("比对过的程序回执", lambda: bool(self._recalls(firm, entry)))
        ending.seconds = time.monotonic() - self._began
        after = self._open(entry)
        ending.hits_after = sum(len(one.hits) for one in after.matched) + len(after.applied)
        self.say(f"⑥ 解除：在线的程序全部撤下并回执，用时 {ending.seconds / 60:.2f} 分钟；措施同时解除，办件里不再提示")
        assert AWAY not in self._answered(firm, entry)
        self.carry(HOUR)
        self.say("   有一个程序停了一小时（投递钟），再叫一次，仍然不在")
        back = time.monotonic()
        followers[AWAY].be_called(certificate)
        followers[AWAY].hear("answered")
        self.carry(LONG_AFTER)
        self._wait("回来的程序回执", lambda: AWAY in self._answered(firm, entry))
        ending.seconds_after_return = time.monotonic() - back
        told = [one for one in lists.list_told(firm, entry.id) if one[1] == "ended"]
        ending.receipts = {body: [done for who, _change, done in told if who == body] for body in FOLLOWERS}
        ending.recalled = self._recalls(firm, entry)
        self.say(f"   它回来以后 {ending.seconds_after_return / 60:.2f} 分钟补收、撤下并回执")
        within = max(ending.seconds, ending.seconds_after_return) <= LONGEST_MINUTES * 60
        self.say(f"⑦ 不超过{LONGEST_MINUTES}分钟：{'是' if within else '否'}")

    def _answered(self, firm: Actor, entry: Shown) -> set[str]:
        return {body for body, change, done in lists.list_told(firm, entry.id) if change == "ended" and done}

    def _recalls(self, firm: Actor, entry: Shown) -> list[str]:
        with access.acting_for(firm, channel=Channel.SELF, purpose="own_archive"):
            told = records.list_told(entry.subject_id, UUID(str(entry.record_id)))
        return [one.done for one in told if one.body == ASKER and one.done]

    def _wait(self, what: str, holds: Callable[[], Any]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise RuntimeError(f"没有等到{what}。")
            time.sleep(0.2)

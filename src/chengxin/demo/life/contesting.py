"""Objections, reviews, repairs and determinations as the people of the stories carry them."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from uuid import UUID

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.demo.life.papers import Sent, as_file, paper
from chengxin.demo.life.stage import Doing, Stage, Told
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Service, Way
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.objections import facade as objections
from chengxin.objections.contracts import Ground
from chengxin.repair import facade as repair
from chengxin.repair.contracts import Handed

_READING = timedelta(minutes=4)
_PROOFS = {
    "performance": ("罚没款缴款收据", "今收到行政处罚罚款，款项已经全部缴清。"),
    "correction": ("整改情况说明", "存在的问题已经改正，并接受了现场复查。"),
}


def object_to(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Object to a line of one's own, with a paper."""
    record = stage.record(told["of"], told["line"], at=now)
    papers = casework.keep_papers([Sent(paper("情况说明", told["words"]))])
    objections.object_to(
        actor, record.record_id, ground=Ground(told["ground"]), words=told["words"], papers=papers, now=now
    )


def ask_review(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Ask for the review of a decision."""
    case = stage.case({**told, "procedure": "objection"}, at=now)
    objections.ask_review(actor, case.id, words=told["words"], now=now)


def correct(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Propose a correction with the line it leads to."""
    case = stage.case({**told, "procedure": "objection"}, at=now)
    _read(case, actor, now=now)
    objections.propose(
        actor,
        case.id,
        verb="propose_correct",
        changed=told["changed"],
        reasons=f"{case.number}：{told['reasons']}",
        now=now + _READING,
    )


def take(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Read the papers of a case and take a verb in it."""
    case = stage.case(told, at=now)
    _read(case, actor, now=now)
    reasons = f"{case.number}：{told['reasons']}" if told.get("reasons") else ""
    casework.carry_out(case.id, verb=told["verb"], actor=actor, now=now + _READING, reasons=reasons)


def apply(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Apply for the repair of a line with the papers it asks for."""
    record = stage.record(told["of"], told["line"], at=now)
    prospect = repair.own_prospect(actor, record.record_id, now=now)
    with ExitStack() as files:
        papers = [
            Handed(kind=kind, path=files.enter_context(as_file(paper(*_PROOFS[kind.value]))))
            for kind in prospect.papers
        ]
        repair.apply(
            actor,
            record.record_id,
            papers=papers,
            is_corrected=True,
            is_performed=True,
            is_promised=True,
            now=now,
        )


def handle_repair(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Read an application for repair with its papers and take a verb in its case."""
    case = stage.case({**told, "procedure": "repair"}, at=now)
    handling = repair.open_application(actor, UUID(case.ref.id), now=now)
    for one in handling.application.papers:
        repair.open_paper(actor, handling.application.id, one.id, now=now)
    casework.carry_out(case.id, verb=told["verb"], actor=actor, now=now + _READING, reasons=told["reasons"])


def draft(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Draft a determination about one of the cast."""
    member = next(one for one in stage.province.cast if one.key == told["of"])
    cells = {
        "subject_name": member.name,
        "subject_kind": "自然人",
        "id_type": "身份证",
        "id_no": stage.province.id_no_of(member.key),
        "severity": "一般",
        **told["cells"],
    }
    determinations.draft(actor, told["item"], cells=cells, now=now)


def serve(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Serve a notice or a decision with its proof."""
    case = stage.case({**told, "procedure": "determination"}, at=now)
    act = {"notice": determinations.serve_notice, "decision": determinations.serve_decision}[told["what"]]
    with as_file(paper("送达回证", "受送达人已经当面签收。")) as proof:
        act(actor, UUID(case.ref.id), Service(way=Way.IN_PERSON, served_on=legal_day(now), proof=proof), now=now)


def sign(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Read the proof of the notice and sign the decision."""
    case = stage.case({**told, "procedure": "determination"}, at=now)
    determinations.open_paper(actor, UUID(case.ref.id), "notice", now=now)
    casework.carry_out(case.id, verb="decide", actor=actor, now=now + _READING, reasons=told["reasons"])


def answer(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """State one's case before a determination."""
    case = stage.case({**told, "procedure": "determination"}, at=now)
    determinations.answer(actor, case.number, text=told["words"], now=now)


def report_undone(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Report that a decision which became a record was undone."""
    case = stage.case({**told, "procedure": "determination"}, at=now)
    document = told["document_no"].replace("YEAR", str(now.year))
    determinations.report_undone(actor, UUID(case.ref.id), document_no=document, undone_on=legal_day(now), now=now)


def state_own_view(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Say something about a line of one's own."""
    archives.state_own_view(
        actor, stage.record(told["of"], told["line"], at=now).record_id, text=told["words"], now=now
    )


def _read(case: Case, actor: Actor, *, now: datetime) -> None:
    """Open every paper of a case, as whoever decides must have."""
    with access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"):
        for digest in casework.papers_of(case.id):
            casework.open_evidence(case.id, digest=digest, actor=actor, now=now)


DOINGS: dict[str, Doing] = {
    "object": object_to,
    "ask_review": ask_review,
    "correct": correct,
    "take": take,
    "apply": apply,
    "handle_repair": handle_repair,
    "draft": draft,
    "serve": serve,
    "sign": sign,
    "answer": answer,
    "report_undone": report_undone,
    "state_own_view": state_own_view,
}

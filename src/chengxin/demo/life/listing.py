"""Enterprises on the list of market regulation and what follows: penalty, listing, a measure; each takes its course."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.demo.bodies import body_by_code
from chengxin.demo.life.papers import as_file, paper
from chengxin.demo.life.stage import Doing, Stage, Told
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Service, Way
from chengxin.intake import facade as intake
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, simulated
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Shown
from chengxin.measures import facade as measures
from chengxin.measures.contracts import Proposal

SOURCE = "390100.market"
_DAY = timedelta(days=1)
HEARING = timedelta(days=25)
"""Longer than the working days in which a statement may be handed in, whatever holidays there are."""


def list_firm(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Penalise an operator gravely and put it on the list: told, heard, signed by another, served, entered."""
    firm, number = firm_at(stage, told["firm"]), told["number"]
    approver = stage.actor(told["approver"], on=legal_day(now))
    _penalise(actor, approver, firm, number=number, now=now)
    told_at, heard_at = now + _DAY, now + HEARING
    found = lists.draft_listing(
        actor, "market", cells=_listing(firm, number, year=legal_day(now).year), now=now + timedelta(hours=1)
    )
    take_course(actor, approver, found.id, told_at=told_at, heard_at=heard_at)
    with simulated(heard_at):
        casework.carry_out(found.case_id, verb="enter", actor=actor, now=heard_at)
        lists.settle(now=heard_at, since=now - _DAY)


def restrict(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Apply a measure to an operator on the list: proposed, told, heard, decided by another, served."""
    entry = standing_entry(firm_at(stage, told["firm"])["uscc"], at=now)
    assert entry is not None
    approver = stage.actor(told["approver"], on=legal_day(now))
    proposal = Proposal(
        measure=told["measure"],
        subject_id=entry.subject_id,
        record_id=entry.record_id,
        decision_no=told["decision_no"],
        reasons=told["reasons"],
        proportionality=told["proportionality"],
        not_spared=told["not_spared"],
    )
    found = proposed(actor, proposal, now=now)
    take_course(actor, approver, found, told_at=now + _DAY, heard_at=now + HEARING)


def firm_at(stage: Stage, row: int) -> dict[str, Any]:
    """Return an operator of the province by its row."""
    return dict(stage.province.operators.row(row, named=True))


def standing_entry(uscc: str, *, at: datetime) -> Shown | None:
    """Return an operator's entry on the list as the public sees it, or None."""
    return next((one for one in lists.list_public("market", at=at, limit=500) if one.uscc == uscc), None)


def proposed(officer: Actor, proposal: Proposal, *, now: datetime) -> UUID:
    """Propose a measure and return its decision."""
    number = measures.propose(officer, proposal, now=now)
    listed = determinations.list_of_body(officer, limit=20, offset=0)
    return next(one.id for one in listed if one.number == number)


def take_course(clerk: Actor, approver: Actor, decision: UUID, *, told_at: datetime, heard_at: datetime) -> None:
    """Take a drafted decision to its service; another person reads the proof of the notice and signs."""
    case = determinations.open_of_body(clerk, decision, now=told_at).found.case_id
    serve(clerk, decision, "notice", now=told_at)
    casework.carry_out(case, verb="propose", actor=clerk, now=heard_at, reasons="告知期满，事实清楚，证据充分。")
    determinations.open_paper(approver, decision, "notice", now=heard_at)
    casework.carry_out(case, verb="decide", actor=approver, now=heard_at, reasons="看过送达凭证和证据，同意。")
    serve(clerk, decision, "decision", now=heard_at)


def serve(clerk: Actor, decision: UUID, what: str, *, now: datetime) -> None:
    """Serve a notice or a decision in person, with its proof."""
    act = {"notice": determinations.serve_notice, "decision": determinations.serve_decision}[what]
    with as_file(paper("送达回证", "受送达人已经当面签收。")) as proof:
        act(clerk, decision, Service(way=Way.IN_PERSON, served_on=legal_day(now), proof=proof), now=now)


def _penalise(clerk: Actor, approver: Actor, firm: dict[str, Any], *, number: str, now: datetime) -> None:
    """File a grave penalty as its source; a second person approves."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "line")
        path.write_bytes(orjson.dumps(_penalty(firm, number, now=now)))
        with access.acting_for(clerk, channel=Channel.INTAKE, purpose="filing"):
            batch = intake.upload(
                path, file_name=f"{number}.jsonl", item_code="penalty", actor=clerk, now=now, channel="page"
            )
            batch = intake.submit(batch.id, actor=clerk, now=now)
    intake.decide(batch.id, approves=True, actor=approver, now=now)


def _penalty(firm: dict[str, Any], number: str, *, now: datetime) -> dict[str, str]:
    source, today = body_by_code(SOURCE), legal_day(now)
    return {
        "subject_name": firm["name"],
        "subject_kind": "法人及非法人组织",
        "uscc": firm["uscc"],
        "decision_no": f"汀市监罚〔{today.year}〕{number}号",
        "violation_kind": "生产经营标签不实的食品",
        "violation_facts": "经查，当事人多次生产经营标签不实的食品，情节严重。",
        "legal_basis": "《中华人民共和国食品安全法》第一百二十五条",
        "penalty_kind": "吊销许可证件",
        "penalty_content": "吊销一处门店的食品经营许可证。",
        "determined_on": (today - timedelta(days=9)).isoformat(),
        "notified_on": (today - timedelta(days=7)).isoformat(),
        "body_name": source.name,
        "body_code": source.uscc,
        "severity": "严重",
        "procedure": "普通程序",
        "provenance": "认定",
    }


def _listing(firm: dict[str, Any], number: str, *, year: int) -> dict[str, str]:
    return {
        "subject_name": firm["name"],
        "subject_kind": "法人及非法人组织",
        "uscc": firm["uscc"],
        "entry_no": f"汀市监列〔{year}〕{number}号",
        "entry_reason": "受到较重行政处罚并且情节严重",
        "legal_basis": "市场监督管理严重违法失信名单管理办法",
        "exit_conditions": "列入满规定期限，已经改正的，可以申请提前移出；不服的，可以复议、诉讼。",
        "measures_told": "限制参加政府采购；不适用告知承诺和容缺受理。",
        "basis_document_no": f"汀市监罚〔{year}〕{number}号",
        "upper_consent_no": f"云市监函〔{year}〕{number}号",
    }


DOINGS: dict[str, Doing] = {"list_firm": list_firm, "restrict": restrict}

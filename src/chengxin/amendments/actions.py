"""Draft an amendment, take and look at comments, answer them, assess; the rest are verbs of its case."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.amendments import models, rules
from chengxin.amendments.contracts import Amendment, Assessment, HiddenBecause, Look, Verdict, Version
from chengxin.amendments.kinds import kind_of, kind_of_text
from chengxin.amendments.queries import PURPOSE, absent, amendment_of, get_public
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if

_SUBSTANCE = ("necessity", "impact", "safeguards", "expert", "expert_note")


def draft(actor: Actor, text: str, *, reasons: str, now: datetime) -> Amendment:
    """Draft an amendment (起草) from YAML; raises `ItemError` for whatever the loader of files would refuse."""
    require_keeper(actor, now=now)
    if not 2 <= len(reasons.strip()) <= rules.LONGEST:
        raise Refused(
            Refusal(
                code="AMEND-REASONS",
                what="请写明修订的理由。",
                why="公众会看到理由，并据此提意见。",
                next_step="写清楚为什么要改、依据什么。",
                field="reasons",
            )
        )
    item = kind_of_text(text).read_draft(text)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE), transaction.atomic():
        amendment_id = new_id(now)
        case = casework.open_case(
            "catalogue_change",
            ref=Ref(kind="catalogue_change", id=str(amendment_id)),
            body=actor.body,
            opened_by=actor,
            facts={"item": item.code, "version": item.version},
            reasons=reasons,
            now=now,
        )
        row = _write(amendment_id, item, text, case=case, reasons=reasons.strip(), actor=actor, now=now)
    return amendment_of(row, state=case.state)


def _write(
    amendment_id: UUID, item: Version, text: str, *, case: Case, reasons: str, actor: Actor, now: datetime
) -> models.Amendment:
    definition = kind_of(item.code).definition_of(item)
    before = models.Amendment.objects.filter(item_code=item.code).aggregate(last=Max("place"))
    row = models.Amendment.objects.create(
        id=amendment_id,
        number=case.number,
        item_code=item.code,
        place=(before["last"] or 0) + 1,
        version=item.version,
        written=text,
        definition=definition,
        digest=_digest(definition),
        effective_on=item.effective_on,
        reasons=reasons,
        body=actor.body,
        case_id=case.id,
        drafted_by=actor.key,
        drafted_at=now,
    )
    row.refresh_from_db()
    return row


def _digest(definition: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON."""
    text = json.dumps(definition, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def comment(code: str, place: int, *, text: str, name: str, now: datetime) -> None:
    """Take what somebody says about an open amendment (提意见); nobody is asked who they are."""
    amendment = get_public(code, place)
    if not amendment.takes_comments(legal_day(now)):
        raise Refused(
            Refusal(
                code="COMMENT-CLOSED",
                what="这件修订的征求意见已经结束。",
                next_step="结果和答复会和决定一起公布在这一页。",
            )
        )
    refuse_if(rules.why_not_said(text, name))
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE):
        # Whoever comments may not read what waits for its look, so the row is not asked back.
        models.Comment.objects.bulk_create(
            [
                models.Comment(
                    id=new_id(now),
                    amendment_id=amendment.id,
                    text=text.strip(),
                    name=name.strip(),
                    at=now,
                    look=Look.WAITING,
                )
            ]
        )


def publish_comment(actor: Actor, amendment_id: UUID, comment_id: UUID, *, now: datetime) -> None:
    """Publish a comment after a look for personal data (公布意见)."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE), transaction.atomic():
        row = _waiting(actor, amendment_id, comment_id, now=now)
        row.look, row.looked_by, row.looked_at = Look.SHOWN, actor.key, now
        row.save(update_fields=["look", "looked_by", "looked_at"])
        _record(actor, amendment_id, "comment.published", now=now)


def hide_comment(
    actor: Actor, amendment_id: UUID, comment_id: UUID, *, because: HiddenBecause, reasons: str, now: datetime
) -> None:
    """Keep a comment back (不公布意见) with a reason of the list and in words; how many and why is public."""
    if not reasons.strip():
        raise Refused(
            Refusal(
                code="COMMENT-HIDDEN-WHY",
                what="请写明不公布的理由。",
                why="不同意修订不是理由。不公布的条数和理由会公开。",
                next_step="用一句话说明这条意见的哪一处不能公布，不要写出内容。",
                field="reasons",
            )
        )
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE), transaction.atomic():
        row = _waiting(actor, amendment_id, comment_id, now=now)
        row.look, row.looked_by, row.looked_at = Look.HIDDEN, actor.key, now
        row.hidden_because, row.hidden_reasons = because, reasons.strip()
        row.save(update_fields=["look", "looked_by", "looked_at", "hidden_because", "hidden_reasons"])
        _record(actor, amendment_id, f"comment.hidden.{because}", now=now)


def reply(actor: Actor, amendment_id: UUID, comment_id: UUID, *, verdict: Verdict, text: str, now: datetime) -> None:
    """Answer a published comment (答复意见); the answer is public together with the decision."""
    if not text.strip():
        raise Refused(
            Refusal(code="COMMENT-REPLY", what="请写明答复。", next_step="写明是否采纳和理由。", field="reply")
        )
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE), transaction.atomic():
        row = _locked_comment(actor, amendment_id, comment_id, now=now)
        if row.look != Look.SHOWN:
            raise Refused(absent())
        _require_open(row.amendment)
        row.verdict, row.reply, row.replied_by = verdict, text.strip(), actor.key
        row.save(update_fields=["verdict", "reply", "replied_by"])
        _record(actor, amendment_id, "comment.answered", now=now)


def assess(
    actor: Actor, amendment_id: UUID, assessment: Assessment, *, effective_on: date | None, now: datetime
) -> None:
    """Write the impact assessment and the expert note (影响评估、专家意见), and put the first day off if need be."""
    said = {name: value.strip() for name, value in asdict(assessment).items() if name in _SUBSTANCE}
    if not all(said.values()):
        raise Refused(
            Refusal(
                code="AMEND-ASSESSMENT",
                what="评估的每一项都要填写。",
                why="个人信息保护影响评估有三项法定内容；专家意见写明专业和单位，不写姓名。",
                next_step="没有影响的，写明为什么没有影响。",
                basis=("PIPL/56",),
                field=next(name for name, value in said.items() if not value),
            )
        )
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE), transaction.atomic():
        require_keeper(actor, now=now)
        row = models.Amendment.objects.select_for_update().filter(id=amendment_id, body=actor.body).first()
        if row is None:
            raise Refused(absent())
        _require_open(row)
        if effective_on and effective_on > row.effective_on:
            row.effective_on = effective_on
        refuse_if(rules.why_not_in_time(row.effective_on, published_on=legal_day(now), pack=settings.LAW_PACK))
        row.assessment, row.assessed_by, row.assessed_at = said, actor.key, now
        row.save(update_fields=["assessment", "assessed_by", "assessed_at", "effective_on"])
        _record(actor, amendment_id, "assessed", now=now)


def require_keeper(actor: Actor, *, now: datetime) -> None:
    """Refuse whoever does not keep the catalogue: the officers of the highest credit office."""
    resource = Resource(body=actor.body, area=actor.area, parties=frozenset(_credit_offices(actor)))
    access.require(actor, action="catalogue.amend", resource=resource, purpose=PURPOSE, now=now)
    if casework.supervisor_of(actor.body):
        raise Refused(
            Refusal(
                code="AMEND-NOT-HERE",
                what="目录由最高一级的信用办公室修订。",
                why="公共信用信息目录由省里统一编制，各地不另立条目。",
                next_step="请把修订建议报上一级信用办公室。",
                basis=("SD/10", "ZJ/12"),
            )
        )


def _credit_offices(actor: Actor) -> frozenset[str]:
    return frozenset(access.credit_offices_over(actor.area)) if actor.area else frozenset()


def _require_open(row: models.Amendment) -> None:
    """Refuse to change what is before the one who decides, or was decided."""
    if casework.find_cases_by_number([row.number])[row.number].state not in {"comment", "draft"}:
        raise Refused(
            Refusal(
                code="AMEND-CLOSED",
                what="这件修订已经送批准或者已经办结。",
                next_step="需要改动的，请批准人先退回补充。",
            )
        )


def _waiting(actor: Actor, amendment_id: UUID, comment_id: UUID, *, now: datetime) -> models.Comment:
    row = _locked_comment(actor, amendment_id, comment_id, now=now)
    if row.look != Look.WAITING:
        raise Refused(
            Refusal(code="COMMENT-LOOKED", what="这条意见已经有人看过。", next_step="请刷新页面，查看处理结果。")
        )
    return row


def _locked_comment(actor: Actor, amendment_id: UUID, comment_id: UUID, *, now: datetime) -> models.Comment:
    require_keeper(actor, now=now)
    row = models.Comment.objects.select_for_update().filter(id=comment_id, amendment_id=amendment_id).first()
    if row is None:
        raise Refused(absent())
    return row


def _record(actor: Actor, amendment_id: UUID, what: str, *, now: datetime) -> None:
    record_event(
        Event(
            kind=Kind.ADMINISTER,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Channel.OFFICE,
            reference=str(amendment_id),
            categories=(f"catalogue_change.{what}",),
        )
    )

"""Letters about honours (来信): proposals and objections from anybody, each answered by the granting body."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.database.contracts import Channel
from chengxin.honours import models
from chengxin.honours.contracts import Outcome, Standing, Way
from chengxin.honours.drafts import PURPOSE
from chengxin.honours.kinds import get_kind
from chengxin.honours.queries import find_public, require_handling
from chengxin.honours.rules import ABSENT, LONGEST, SHORTEST
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_number
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused


def bodies_for(kind_code: str, *, now: datetime) -> list[str]:
    """Return the bodies that grant a kind of honour."""
    kind = get_kind(kind_code)
    sources = access.source_bodies(kind.item, on=legal_day(now))
    return sorted(code for code in sources if kind.bodies & set(access.get_body(code).fields_of_work))


def propose(kind_code: str, *, body: str, text: str, sender: Actor = ANYONE, now: datetime) -> str:
    """Propose a nominee to a granting body (提名建议) and return the number of the letter."""
    if body not in bodies_for(kind_code, now=now):
        raise Refused(
            Refusal(code="HON-BODY", what="这个单位不授予这一种荣誉。", next_step="请另选一个单位。", field="body")
        )
    letter = models.Letter(way=Way.PROPOSAL, kind=kind_code, body=body, from_body=sender.body)
    return _send(letter, text, case_ref="", now=now)


def object_to(number: str, *, text: str, now: datetime) -> str:
    """Object to a nomination in public notice (公示异议) and return the number of the letter."""
    found = find_public(number, now=now)
    if found is None:
        raise Refused(ABSENT)
    if found.standing is not Standing.NOTICED or found.notice_until is None or legal_day(now) > found.notice_until:
        raise Refused(
            Refusal(
                code="HON-NOTICE-OVER",
                what="公示期已经结束，不再收异议。",
                next_step="已经授予的，可以向授予单位反映，由它复核。",
            )
        )
    letter = models.Letter(way=Way.OBJECTION, kind=found.kind, body=found.body, nomination_id=found.id)
    return _send(letter, text, case_ref=number, now=now)


def reply(actor: Actor, letter_id: UUID, *, outcome: Outcome, text: str, now: datetime) -> None:
    """Answer a letter (答复): adopted or not, and why; the answer names nobody."""
    if outcome is Outcome.WAITING or not text.strip():
        raise Refused(
            Refusal(
                code="HON-REPLY", what="请写明答复。", next_step="写明是否采纳和理由，不写任何人的姓名。", field="reply"
            )
        )
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = models.Letter.objects.select_for_update().filter(id=letter_id, body=actor.body, outcome="").first()
        if row is None:
            raise Refused(ABSENT)
        require_handling(actor, body=row.body, now=now)
        row.outcome, row.reply, row.replied_by, row.replied_at = outcome, text.strip(), actor.key, now
        row.save(update_fields=["outcome", "reply", "replied_by", "replied_at"])
        audit.record_event(
            Event(kind=Kind.DECIDE, actor=actor, at=now, purpose=PURPOSE, channel=Channel.BODY, reference=row.number)
        )


def _send(letter: models.Letter, text: str, *, case_ref: str, now: datetime) -> str:
    if not SHORTEST <= len(text.strip()) <= LONGEST:
        raise Refused(
            Refusal(
                code="HON-LETTER",
                what="请用十个字以上、两千字以内写清楚。",
                why="收信的单位要能去核实。",
                next_step="写明什么事、什么时候、在哪里；不写证件号码。",
                field="text",
            )
        )
    letter.id, letter.number, letter.sent_at, letter.text = (
        new_id(now),
        new_number("LX", day=legal_day(now)),
        now,
        text.strip(),
    )
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE, case_ref=case_ref):
        # Whoever writes may not read what others wrote, so the row is not asked back.
        models.Letter.objects.bulk_create([letter])
    return letter.number

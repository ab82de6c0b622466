"""Serve notices and note that they were read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import orjson
from django.db import transaction

from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.notices import models
from chengxin.notices.contracts import Notice
from chengxin.notices.queries import notice_of
from chengxin.notices.rules import why_not_carried
from chengxin.notices.texts import names_in


def serve(
    *,
    kind: str,
    text: str,
    parameters: Mapping[str, str],
    reference: str,
    actor: Actor,
    now: datetime,
    to_subject: UUID | None = None,
    to_body: str = "",
    channel: str = "inbox",
    proof: str = "",
) -> Notice:
    """Serve a notice (送达) on one subject or one body.

    `proof` is the digest of a receipt from outside; a notice in the platform's own inbox proves itself by its digest.
    """
    if (to_subject is None) == (to_body == ""):
        raise ValueError("A notice has one addressee, a subject or a body.")
    _require_whole(text, parameters)
    _require_proof(channel, proof)
    row = models.Notice(
        id=new_id(now),
        subject_id=to_subject,
        body=to_body,
        sender_body=actor.body,
        kind=kind,
        text_code=text,
        parameters=dict(parameters),
        reference=reference,
        channel=channel,
        served_at=now,
        proof=proof,
    )
    row.proof = proof or _digest(row)
    with transaction.atomic():
        row.save(force_insert=True)
    return notice_of(row)


def mark_read(notice_id: UUID, *, now: datetime) -> bool:
    """Note the first opening of a notice by its addressee; tell whether this was it."""
    return models.Notice.objects.filter(id=notice_id, read_at__isnull=True).update(read_at=now) == 1


def _require_whole(text: str, parameters: Mapping[str, str]) -> None:
    """Refuse what a notice may not carry; raise LookupError when its text wants more than it is given."""
    refuse_if(why_not_carried(parameters))
    if missing := names_in(text) - parameters.keys():
        raise LookupError(f"The notice text {text} wants {sorted(missing)}.")


def _require_proof(channel: str, proof: str) -> None:
    if channel != "inbox" and not proof:
        raise Refused(
            Refusal(code="N-NO-PROOF", what="缺少送达凭证。", why="没有凭证不能算作送达。", next_step="请上传回执。")
        )


def _digest(row: models.Notice) -> str:
    told = [str(row.id), str(row.subject_id), row.body, row.text_code, row.parameters, row.served_at.isoformat()]
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()

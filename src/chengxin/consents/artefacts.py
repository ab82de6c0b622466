"""The consent artefact (授权凭证): what was agreed to, signed, under a pseudonym that differs for each institution."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson

from chengxin.consents.contracts import Grant, Request
from chengxin.crypto import facade as crypto

KIND: Final = "consent+jws"


def pseudonym_of(subject_id: UUID, *, body: str) -> str:
    """Return by what an institution knows a subject: two institutions cannot tell that they know the same one."""
    return crypto.blind(f"consents.pairwise.{body}", subject_id.hex).hex()


def sign_artefact(
    consent_id: UUID,
    *,
    request: Request,
    grant: Grant,
    subject_id: UUID,
    item_fields: Mapping[str, Sequence[str]],
    authenticated: Sequence[str],
    now: datetime,
    until: datetime,
) -> str:
    """Return the signed artefact of a consent: everything that was shown and chosen, and nobody's name or number."""
    rule, limits = request.rule, request.limits
    said: dict[str, Any] = {
        "id": consent_id,
        "subject": pseudonym_of(subject_id, body=request.body),
        "requester": {"body": request.body, "registration": grant.registration, "class": rule.requester},
        "request": request.id,
        "purpose": {"rule": rule.code, "code": rule.purpose, "basis": rule.basis},
        "text": request.text,
        "text_sha256": hashlib.sha256(request.text.encode()).hexdigest(),
        "alternative": request.alternative,
        "items": {item: sorted(names) for item, names in item_fields.items()},
        "records_from": limits.look_back_from,
        "keep": rule.keep,
        "keep_days": limits.keep_days,
        "occurrence": rule.occurrence,
        "per_30_days": limits.per_month if rule.occurrence == "periodic" else 1,
        "from": now,
        "until": until,
        "authenticated": {"by": list(authenticated), "at": now},
    }
    return crypto.statement_signer().sign(orjson.dumps(said, option=orjson.OPT_SORT_KEYS), kind=KIND)


def read_artefact(artefact: str) -> dict[str, Any]:
    """Return what a signed artefact says; raise `NotSigned` when a byte of it was changed."""
    said: dict[str, Any] = orjson.loads(crypto.statement_signer().open(artefact, kind=KIND))
    return said

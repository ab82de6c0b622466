"""Issue a credential, end it, and sign the status lists: a status is read from the records themselves, never stored."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.archives import facade as archives
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.credentials import models, sdjwt
from chengxin.credentials.contracts import Credential, Issued, Status
from chengxin.credentials.rules import read_key, thumbprint, why_not_issue
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.law import facade as law
from chengxin.presentations import facade as presentations

PURPOSE: Final = "credential"
SIGNING: Final = "credential_status"
SIGNER: Final = platform("credentials")
TYPE: Final = "urn:chengxin:credential:claims:1"
LAW: Final = law.beside(__file__)
FRESH: Final = timedelta(minutes=1)
_LIST_LASTS: Final = timedelta(minutes=5)
_DRAWS: Final = 5
_MOST: Final = 50


def offer(actor: Actor, *, now: datetime) -> list[tuple[str, bool]]:
    """Return each claim and whether it holds for the subject who asks."""
    subject_id = _own(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        return _answers(subject_id, tuple(presentations.claims()), now=now)


def issue(actor: Actor, *, chosen: Sequence[str], key: str, issuer: str, now: datetime) -> Issued:
    """Issue a credential of the chosen claims, bound to the holder's key; its text is handed over and not kept."""
    subject_id = _own(actor, now=now)
    holder = read_key(key)
    days = int(LAW.value("credential.lasts", on=legal_day(now), pack=settings.LAW_PACK).number)
    expires_at = now + timedelta(days=days)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        holding = [code for code, answer in _answers(subject_id, tuple(presentations.claims()), now=now) if answer]
        refuse_if(why_not_issue(chosen, holding=holding, key=holder))
        assert holder is not None
        row = _stand(subject_id, chosen, holder, issuer=issuer, now=now, expires_at=expires_at)
        _tell(actor, row, kind=Kind.CONSENT, now=now)
    # To the hour: a finer moment would tell two verifiers that they saw the same credential.
    since = now.replace(minute=0, second=0, microsecond=0)
    said = {
        "iss": issuer,
        "vct": TYPE,
        "iat": int(since.timestamp()),
        "exp": int(expires_at.replace(minute=0, second=0, microsecond=0).timestamp()),
        "as_of": legal_day(now).isoformat(),
        "cnf": {"jwk": holder},
        "status": {"status_list": {"idx": row.place, "uri": row.list.uri}},
    }
    text = sdjwt.issue(said, dict.fromkeys(chosen, True), sign=_sign)
    return Issued(text=text, claims=tuple(chosen), expires_at=expires_at)


def revoke(actor: Actor, credential_id: UUID, *, now: datetime) -> None:
    """End a credential (停用凭证); the next signed list says so."""
    subject_id = _own(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        row = models.Credential.objects.filter(id=credential_id, subject_id=subject_id).first()
        if row is None:
            raise Refused(Refusal(code="ABSENT", what="没有这份凭证。"))
        if models.Credential.objects.filter(id=row.id, revoked_at__isnull=True).update(revoked_at=now):
            _tell(actor, row, kind=Kind.REVOKE, now=now)


def list_own(actor: Actor, *, now: datetime) -> list[Credential]:
    """Return the credentials of the subject who asks, the newest first, each as the list would say of it now."""
    subject_id = _own(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        rows = models.Credential.objects.filter(subject_id=subject_id).order_by("-id")[:_MOST]
        return [
            Credential(
                id=row.id,
                claims=tuple(row.claims),
                key=row.key,
                issued_at=row.issued_at,
                expires_at=row.expires_at,
                revoked_at=row.revoked_at,
                status=status_of(row, now=now),
            )
            for row in rows
        ]


def signed_list(list_id: UUID, *, now: datetime) -> str:
    """Return a status list, signed anew when the last one is more than a minute old."""
    with access.acting_for(SIGNER, channel=Channel.JOB, purpose=SIGNING):
        row = models.StatusList.objects.filter(id=list_id).first()
        if row is None:
            raise Refused(Refusal(code="ABSENT", what="没有这份状态清单。"))
        if row.made_at is None or not timedelta() <= now - row.made_at < FRESH:
            _sign_list(row, now=now)
        return row.token


def sign_lists(*, now: datetime) -> int:
    """Sign every list that has a credential which is not over; return how many."""
    with access.acting_for(SIGNER, channel=Channel.JOB, purpose=SIGNING):
        living = models.Credential.objects.filter(expires_at__gt=now).values("list_id")
        rows = list(models.StatusList.objects.filter(id__in=living).order_by("id"))
        for row in rows:
            _sign_list(row, now=now)
    return len(rows)


def status_of(row: models.Credential, *, now: datetime) -> Status:
    """Return what holds of a credential now: ended by its holder, no longer true, or valid.

    It is read from the marks and clocks of the records, so a repair or a withdrawal shows with the next list.
    """
    if row.revoked_at is not None:
        return Status.INVALID
    answers = _answers(row.subject_id, row.claims, now=now)
    return Status.VALID if len(answers) == len(row.claims) and all(yes for _code, yes in answers) else Status.SUSPENDED


def issuer_keys() -> dict[str, Any]:
    """Return the public key credentials and lists are signed with, as a JWK set."""
    return {"keys": [crypto.statement_signer().public_jwk]}


def _sign_list(row: models.StatusList, *, now: datetime) -> None:
    held = models.Credential.objects.filter(list_id=row.id, expires_at__gt=now).order_by("id")
    row.token = sdjwt.status_list(
        {one.place: status_of(one, now=now) for one in held},
        uri=row.uri,
        now=int(now.timestamp()),
        lasts=int(_LIST_LASTS.total_seconds()),
        ttl=int(FRESH.total_seconds()),
        sign=_sign,
    )
    row.made_at = now
    row.save(update_fields=["token", "made_at"])


def _stand(
    subject_id: UUID, chosen: Sequence[str], holder: dict[str, str], *, issuer: str, now: datetime, expires_at: datetime
) -> models.Credential:
    """Write a credential down at a place drawn by lot; a list in which lots keep falling on taken places is full."""
    newest = models.StatusList.objects.order_by("-id").first() or _new_list(issuer, now=now)
    for draw in range(2 * _DRAWS):
        if draw == _DRAWS:
            newest = _new_list(issuer, now=now)
        try:
            with transaction.atomic():
                return models.Credential.objects.create(
                    id=new_id(now),
                    subject_id=subject_id,
                    list=newest,
                    place=secrets.randbelow(sdjwt.PLACES),
                    claims=list(chosen),
                    key=thumbprint(holder),
                    issued_at=now,
                    expires_at=expires_at,
                )
        except IntegrityError:
            continue
    raise RuntimeError("No free place was drawn in a new list.")


def _new_list(issuer: str, *, now: datetime) -> models.StatusList:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('credentials list', 0))")
    list_id = new_id(now)
    return models.StatusList.objects.create(
        id=list_id, uri=f"{issuer}/api/v1/credentials/status/{list_id}", token="", made_at=None
    )


def _answers(subject_id: UUID, codes: Sequence[str], *, now: datetime) -> list[tuple[str, bool]]:
    known, found = presentations.claims(), archives.presentable(subject_id, now=now)
    return [(code, presentations.holds(known[code], found)) for code in codes if code in known]


def _sign(payload: bytes, kind: str) -> str:
    return crypto.statement_signer().sign(payload, kind=kind)


def _own(actor: Actor, *, now: datetime) -> UUID:
    if actor.subject_id is None:
        raise Refused(
            Refusal(
                code="SIGN_IN_REQUIRED",
                what="请先登录，再领取您的凭证。",
                next_step="请用您的账户登录。",
                basis=("PIPL/45",),
            )
        )
    resource = Resource(kind=PURPOSE, subject_id=actor.subject_id)
    access.require(actor, action="credential.issue", resource=resource, purpose=PURPOSE, now=now)
    return actor.subject_id


def _tell(actor: Actor, row: models.Credential, *, kind: Kind, now: datetime) -> None:
    audit.record_event(
        Event(
            kind=kind,
            actor=actor,
            at=now.astimezone(UTC),
            purpose=PURPOSE,
            channel=Channel.SELF,
            subject_id=row.subject_id,
            basis=("PIPL/45",),
            reference=str(row.id),
        )
    )

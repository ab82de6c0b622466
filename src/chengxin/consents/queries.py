"""Read grants, requests, authorisations and uses; row security shows each reader its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from chengxin.access import facade as access
from chengxin.consents import models
from chengxin.consents.contracts import Grant, Ground, Held, PurposeRule, Request, Use
from chengxin.consents.purpose_table import find_rule
from chengxin.consents.rules import limits_of, state_of
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused


def find_grant(body: str, *, rule: str, on: date) -> Grant | None:
    """Return the registration of an institution for a purpose on a day, suspended or not, or None."""
    row = models.Grant.objects.filter(_in_force(on), body=body, rule=rule).order_by("-id").first()
    return grant_of(row) if row else None


def list_grants(*, on: date, area: str = "") -> list[Grant]:
    """Return the registrations in force on a day inside an area, by institution and purpose."""
    rows = models.Grant.objects.filter(_in_force(on), area__startswith=area).order_by("body", "rule", "id")
    return [grant_of(row) for row in rows]


def count_uses(bodies: Iterable[str]) -> dict[tuple[str, str], tuple[int, int, int, datetime | None]]:
    """Return by institution and purpose its uses, those that owe a result, adverse ones, and the last."""
    rows = (
        models.Use.objects.filter(body__in=list(bodies))
        .values("body", "rule")
        .annotate(
            uses=Count("id"),
            owed=Count("id", filter=Q(result_at=None)),
            adverse=Count("id", filter=Q(is_adverse=True)),
            last=Max("at"),
        )
        .order_by("body", "rule")
    )
    return {(row["body"], row["rule"]): (row["uses"], row["owed"], row["adverse"], row["last"]) for row in rows}


def list_own(subject_id: UUID, *, at: datetime) -> list[Held]:
    """Return the authorisations over a subject, the newest first, each with its uses."""
    rows = models.Authorisation.objects.filter(subject_id=subject_id).order_by("-id")
    uses = _uses_of([row.id for row in rows])
    return [held_of(row, at=at, uses=uses.get(row.id, ())) for row in rows]


def find_held(authorisation_id: UUID, *, at: datetime) -> Held | None:
    """Return an authorisation the reader holds, or None; another's and none at all look the same."""
    row = models.Authorisation.objects.filter(id=authorisation_id).first()
    return held_of(row, at=at) if row else None


def find_use(use_id: UUID) -> Use | None:
    """Return a use of the reader's own institution, or None."""
    row = models.Use.objects.filter(id=use_id).first()
    return use_of(row) if row else None


def oldest_owed(body: str, *, rule: str) -> date | None:
    """Return the legal day of an institution's oldest use under a purpose without a result, or None."""
    row = models.Use.objects.filter(body=body, rule=rule, result_at=None).order_by("at", "id").first()
    return legal_day(row.at) if row else None


def get_request(row: models.Request) -> Request:
    """Return the value of a request with the exact words the person reads."""
    rule = find_rule(row.rule)
    if rule is None:
        raise absent()
    asked = own_request(rule, body=row.body, code=row.code, now=row.asked_at)
    return replace(
        asked,
        id=row.id,
        item_fields={item: tuple(names) for item, names in row.items.items()},
        answer_by=row.answer_by,
        consent_id=row.consent_id,
    )


def own_request(rule: PurposeRule, *, body: str, code: str, now: datetime) -> Request:
    """Return what an institution would ask under a rule in the exact words the person reads, whoever begins."""
    if rule.text is None or rule.alternative is None:
        raise absent()
    name = access.get_body(body).name_zh
    return Request(
        id=new_id(now),
        code=code,
        body=body,
        rule=rule,
        item_fields=rule.item_fields,
        text=rule.text.zh.replace("{body}", name),
        alternative=rule.alternative.zh.replace("{body}", name),
        starts_at=now,
        answer_by=now,
        limits=limits_of(rule, on=legal_day(now)),
    )


def grant_of(row: models.Grant) -> Grant:
    """Return the value of a row."""
    return Grant(
        id=row.id,
        body=row.body,
        rule=row.rule,
        registration=row.registration,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        suspended_at=row.suspended_at,
        suspended_because=row.suspended_because,
        audited_on=row.audited_on,
    )


def held_of(row: models.Authorisation, *, at: datetime, uses: Sequence[Use] = ()) -> Held:
    """Return the value of a row as it stands at a moment."""
    return Held(
        id=row.id,
        ground=Ground(row.ground),
        subject_id=row.subject_id,
        body=row.body,
        rule=row.rule,
        purpose=row.purpose,
        item_fields={item: tuple(names) for item, names in row.items.items()},
        text=row.text,
        reference=row.reference,
        artefact=row.artefact,
        granted_at=row.granted_at,
        ends_at=row.ends_at,
        since=row.since,
        state=state_of(ends_at=row.ends_at, revoked_at=row.revoked_at, used_up_at=row.used_up_at, at=at),
        revoked_at=row.revoked_at,
        uses=tuple(uses),
    )


def use_of(row: models.Use) -> Use:
    """Return the value of a row."""
    return Use(
        id=row.id,
        authorisation_id=row.authorisation_id,
        body=row.body,
        at=row.at,
        record_count=row.record_count,
        items=tuple(row.items),
        result=row.result,
        is_adverse=row.is_adverse,
        items_used=tuple(row.items_used),
        result_at=row.result_at,
    )


def absent() -> Refused:
    """Return the refusal that tells neither that a request exists nor for whom it is."""
    return Refused(
        Refusal(
            code="ABSENT",
            what="没有找到这份授权请求，它可能已经过期，或者不是给您的。",
            next_step="请向请求授权的机构核对授权码。",
        )
    )


def _uses_of(ids: Sequence[UUID]) -> dict[UUID, list[Use]]:
    found: dict[UUID, list[Use]] = {}
    for row in models.Use.objects.filter(authorisation_id__in=ids).order_by("-id"):
        found.setdefault(row.authorisation_id, []).append(use_of(row))
    return found


def _in_force(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))

"""Read mandates under row security: each side its own, and whether one lives, as the database itself answers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Sealed
from chengxin.crypto.contracts import Aad
from chengxin.database.contracts import Channel
from chengxin.database.facade import ask
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day
from chengxin.representation import models
from chengxin.representation.contracts import Application, Ground, Mandate, Standing
from chengxin.subjects import facade as subjects

PURPOSE: Final = "representation"
BASIS: Final = ("PIPL/44", "CC/165")
_MOST: Final = 50
_COLUMNS: Final = (
    "id", "number", "subject_id", "ground", "scopes", "granted_at", "ends_on", "holder_key", "accepted_at", "ended_at",
    "rests_since", "contest_number",
)  # fmt: skip
_LIVE: Final = f"""
    select {", ".join(_COLUMNS)}
      from representation_mandate where id = %s::uuid and subject_id = guard.represented_id('look')
"""


def find_live(actor: Actor, mandate_id: UUID, subject_id: UUID, *, now: datetime) -> Mandate | None:
    """Return the mandate an account acts on while it lives, or None: accepted, not ended, and the person lives too.

    Who fills in at a counter must still be a hall clerk: whoever lost the post or is frozen has nothing open.
    """
    bare = access.representing(actor, subject_id, scope=frozenset(), ground=Ground.MANDATE.value)
    with access.acting_for(bare, channel=Channel.SELF, purpose=PURPOSE):
        rows = ask(_LIVE, [mandate_id])
    if not rows:
        return None
    found = mandate_of(models.Mandate(**dict(zip(_COLUMNS, rows[0], strict=True))))
    may_fill_in = found.ground is not Ground.COUNTER or actor.has(Role.HALL_CLERK)
    return found if may_fill_in and found.standing(legal_day(now)) is Standing.LIVE else None


def list_given(subject_id: UUID) -> list[models.Mandate]:
    """Return the mandates a person has given, the newest first."""
    return list(models.Mandate.objects.filter(subject_id=subject_id).order_by("-id")[:_MOST])


def list_held(holder: str) -> list[Mandate]:
    """Return the mandates an account has accepted, the newest first; what is filled in at a counter is none of them."""
    held = models.Mandate.objects.filter(holder_key=holder).exclude(ground=Ground.COUNTER.value)
    return [mandate_of(row) for row in held.order_by("-id")[:_MOST]]


def list_offered(subject_id: UUID, *, now: datetime) -> list[Mandate]:
    """Return what is offered to whoever has the number of the subject that asks; row security compares the numbers."""
    rows = models.Mandate.objects.filter(accepted_at__isnull=True, ended_at__isnull=True, ends_on__gt=legal_day(now))
    return [mandate_of(row) for row in rows.exclude(subject_id=subject_id).order_by("-id")[:_MOST]]


def list_filed(subject_id: UUID) -> list[models.Application]:
    """Return a person's own applications to act by law, the newest first."""
    return list(models.Application.objects.filter(subject_id=subject_id).order_by("-id")[:_MOST])


def list_about(subject_id: UUID) -> list[models.Application]:
    """Return the open applications of others to act for a person, which that person was told of."""
    return list(models.Application.objects.filter(ward_id=subject_id, closed_at=None).order_by("-id")[:_MOST])


def is_arranged(subject_id: UUID) -> bool:
    """Tell whether a person wants no next of kin to look after their file (身后安排)."""
    return models.Arrangement.objects.filter(subject_id=subject_id, withdrawn_at=None).exists()


def names_of(actor: Actor, keys: Collection[str], *, now: datetime) -> dict[str, str]:
    """Return the names of one's representatives by their accounts, as one wrote them when one gave the mandate."""
    if actor.subject_id is None or not keys:
        return {}
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        rows = [row for row in list_given(actor.subject_id) if row.holder_key in keys]
        names = open_names(rows, actor=actor, now=now)
    return {row.holder_key: name for row, name in zip(rows, names, strict=True)}


def open_names(rows: Collection[models.Mandate], *, actor: Actor, now: datetime) -> list[str]:
    """Open the names a person wrote on their mandates; one event tells of it, none where there are none."""
    if not rows:
        return []
    keys = subjects.wrapped_keys([row.subject_id for row in rows])
    sealed = [
        Sealed(
            subject_id=row.subject_id,
            wrapped_key=keys.get(row.subject_id, b""),
            aad=name_aad(row.id),
            ciphertext=bytes(row.sealed_name),
        )
        for row in rows
    ]
    opened = audit.disclose(sealed, actor=actor, now=now, purpose=PURPOSE, channel=Channel.SELF, basis=BASIS)
    return [value.decode() for value in opened]


def name_aad(mandate_id: UUID) -> Aad:
    """Return the place a name on a mandate is sealed for."""
    return Aad(table="representation_mandate", column="sealed_name", row=mandate_id)


def mandate_of(row: models.Mandate) -> Mandate:
    """Return a mandate as others see it."""
    return Mandate(
        id=row.id,
        number=row.number,
        subject_id=row.subject_id,
        ground=Ground(row.ground),
        scopes=tuple(row.scopes),
        granted_at=row.granted_at,
        ends_on=row.ends_on,
        holder=row.holder_key,
        accepted_at=row.accepted_at,
        ended_at=row.ended_at,
        rests_since=row.rests_since,
        contest_number=row.contest_number,
    )


def application_of(row: models.Application) -> Application:
    """Return an application as others see it."""
    return Application(
        id=row.id,
        number=row.number,
        case_id=row.case_id,
        ground=Ground(row.ground),
        body=row.body,
        filed_at=row.filed_at,
        proposed_at=row.proposed_at,
        contested_at=row.contested_at,
        closed_at=row.closed_at,
    )

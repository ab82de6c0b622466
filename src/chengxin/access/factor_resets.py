"""Take the lost second factors of an account away: two named people, written down, the next sign-in begins anew."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator

from chengxin.access import models, proofs
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id


def holds_factor(account_id: UUID) -> bool:
    """Tell whether an account has set up a second factor."""
    row = models.Account.objects.filter(id=account_id).first()
    return row is not None and proofs.holds_factor(row)


def reset_factors(account_id: UUID, *, proposed_by: str, actor: Actor, now: datetime, case_number: str) -> None:
    """Take all factors and recovery codes away (重置), inside the transaction of the second person's confirmation.

    The password becomes a one-time one: open sessions lead to nothing but its change, which asks for the old one.
    """
    models.FactorReset.objects.create(
        id=new_id(now),
        account_id=account_id,
        at=now,
        case_number=case_number,
        proposed_by=proposed_by,
        confirmed_by=actor.key,
    )
    Authenticator.objects.filter(user_id=account_id).delete()
    models.Account.objects.filter(id=account_id).update(password_is_one_time=True)
    record_event(
        Event(
            kind=Kind.ADMINISTER,
            actor=actor,
            at=now,
            purpose="administration",
            channel=Channel.OFFICE,
            reference=f"factor:reset:{account_id}",
        )
    )


def last_reset(account: models.Account) -> models.FactorReset | None:
    """Return the latest reset of an account's factors, or None."""
    return models.FactorReset.objects.filter(account=account).order_by("-at", "-id").first()
